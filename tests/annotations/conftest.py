from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def article_path(tmp_path: Path) -> Path:
    """An article's path in a folder of its own."""
    folder = tmp_path / "news"
    folder.mkdir()
    return folder / "podul.txt"
