from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pathlib import Path


settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")


@pytest.fixture
def article_path(tmp_path: Path) -> Path:
    """An article's path in a folder of its own."""
    folder = tmp_path / "news"
    folder.mkdir()
    return folder / "podul.txt"
