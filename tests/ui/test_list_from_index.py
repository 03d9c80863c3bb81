"""The list of a folder that is indexed: it comes out of the index, and only what changed since is looked through."""

from __future__ import annotations

import pytest

from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.library import building, extracting
from reader.library.building import build
from reader.library.index import Index
from reader.text.span import Span
from tests.support.news import BRIDGE, FERRY, MILL, write
from tests.support.processes import InThisProcess
from tests.ui.support import settle


@pytest.fixture
def folder(tmp_path, monkeypatch, analyzer):
    """A folder of two articles that is indexed."""
    monkeypatch.setattr(building, "Pool", InThisProcess)
    monkeypatch.setattr(extracting, "_analyzer", lambda: analyzer)
    library = tmp_path / "news"
    library.mkdir()
    write(library, "bridge.txt", BRIDGE)
    write(library, "mill.txt", MILL)
    index = Index(library)
    build(index)
    index.close()
    building._kept().service.close()
    building._kept.cache_clear()
    return library


@pytest.fixture
def asked(window, monkeypatch):
    """The names of the articles that are looked through for the list."""
    names = []
    real = window._workspace.summarise

    def summarise(path):
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(window._workspace, "summarise", summarise)
    return names


def test_what_the_index_knows_stands_in_the_list_and_is_not_looked_through_again(qtbot, window, folder, asked):
    window.add_paths([folder], choose=False)
    settle(qtbot, window)
    assert asked == []
    summary = window.library.model.summary(folder / "bridge.txt")
    assert (summary.language, set(summary.persons)) == ("ro", {"Andrei Voicu", "Maria Petrescu"})
    window.library.filter.setText("petrescu")
    assert [path.name for path in window.library.model.shown_paths()] == ["bridge.txt"]


def test_only_what_changed_since_is_looked_through(qtbot, window, folder, asked):
    write(folder, "mill.txt", FERRY)
    write(folder, "new.txt", FERRY)
    notes = NotesSession.open(read_article(folder / "bridge.txt"))
    notes.add(Span(0, 4))
    notes.save()
    window.add_paths([folder], choose=False)
    settle(qtbot, window)
    assert sorted(asked) == ["bridge.txt", "mill.txt", "new.txt"]
    assert window.library.model.summary(folder / "bridge.txt").highlights == 1


def test_without_an_index_every_article_is_looked_through(qtbot, window, tmp_path, asked):
    write(tmp_path / "other", "bridge.txt", BRIDGE)
    window.add_paths([tmp_path / "other"], choose=False)
    settle(qtbot, window)
    assert asked == ["bridge.txt"]
