from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def article_path(tmp_path: Path) -> Path:
    """An article's path in a folder of its own, with another around it: moved notes are looked for nearby."""
    folder = tmp_path / "disk" / "news"
    folder.mkdir(parents=True)
    return folder / "podul.txt"


@pytest.fixture
def sidecar(article_path: Path) -> Path:
    """A sidecar with two highlights whose backup has the first."""
    from tests.annotations.support import two_highlights

    return two_highlights(article_path)
