"""An index over a folder of a test, built in this process: starting others would take a second each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.library import building, extracting
from reader.library.building import build
from reader.library.index import Index
from tests.support.news import write
from tests.support.processes import InThisProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _one_process(monkeypatch, analyzer):
    """Analyse here, with the tests' one analyzer and this test's own packages and cache."""
    building._kept.cache_clear()
    monkeypatch.setattr(building, "Pool", InThisProcess)
    monkeypatch.setattr(extracting, "_analyzer", lambda: analyzer)
    yield
    if building._kept.cache_info().currsize:
        building._kept().service.close()
        building._kept.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The library folder of a test."""
    library = tmp_path / "library"
    library.mkdir()
    return library


@pytest.fixture
def open_index(folder: Path) -> Iterator[Callable[..., Index]]:
    """Open indexes that are closed after the test."""
    opened: list[Index] = []

    def _open(*arguments, **options) -> Index:
        opened.append(Index(*(arguments or (folder,)), **options))
        return opened[-1]

    yield _open
    for index in opened:
        index.close()


@pytest.fixture
def indexed(folder: Path, open_index: Callable[..., Index]) -> Callable[..., Index]:
    """Write articles into the folder and return its index, up to date."""

    def _indexed(**articles: str) -> Index:
        for name, text in articles.items():
            write(folder, f"{name}.txt", text)
        index = open_index()
        build(index)
        return index

    return _indexed
