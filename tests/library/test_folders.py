import os
import sys

import pytest

from reader.library import folders as module
from reader.library.catalogue import scan
from reader.library.folders import Changes, WatchedFolders
from tests.support.news import BRIDGE, FERRY, write


@pytest.fixture
def top(tmp_path):
    write(tmp_path / "news", "bridge.txt", BRIDGE)
    write(tmp_path / "news" / "deeper", "ferry.txt", FERRY)
    return tmp_path / "news"


@pytest.fixture
def watched(top):
    return watch(top)


def watch(*paths):
    found, made = scan(paths), WatchedFolders()
    made.add(found.folders, found.articles)
    return made


def look(watched):
    return watched.look(watched.folders)


def test_nothing_is_told_where_nothing_happened(watched):
    assert look(watched) == Changes()
    assert not look(watched)


def test_new_changed_and_vanished_articles_are_told_once(watched, top):
    new = write(top / "deeper", "mill.md", BRIDGE)
    changed = write(top, "bridge.txt", BRIDGE + "!")
    gone = top / "deeper" / "ferry.txt"
    gone.unlink()
    assert look(watched) == Changes((new,), (changed,), (gone,))
    assert look(watched) == Changes()


def test_an_article_that_comes_back_is_told(watched, top):
    path = top / "bridge.txt"
    path.rename(top / "away")
    assert look(watched) == Changes(gone=(path,))
    (top / "away").rename(path)
    assert look(watched) == Changes(back=(path,))


def test_a_new_folder_is_walked_and_watched(watched, top):
    new = write(top / "later" / "march", "mill.txt", BRIDGE)
    assert watched.look([top]) == Changes(new=(new,))
    assert top / "later" / "march" in watched.folders
    another = write(top / "later" / "march", "tower.txt", BRIDGE)
    assert watched.look([top / "later" / "march"]) == Changes(new=(another,))


def test_a_folder_that_vanishes_takes_its_articles_along(watched, top):
    path = top / "deeper" / "ferry.txt"
    path.unlink()
    path.parent.rmdir()
    assert look(watched) == Changes(gone=(path,))


def test_notes_and_hidden_files_are_no_articles(watched, top):
    for name in ("bridge.txt.notes.json", ".hidden.txt", "picture.png"):
        write(top, name, "{}")
    assert look(watched) == Changes()


def test_of_a_file_opened_by_name_its_neighbours_are_none_of_our_business(top):
    watched = watch(top / "bridge.txt")
    write(top, "mill.txt", BRIDGE)
    assert look(watched) == Changes()
    (top / "bridge.txt").unlink()
    assert look(watched) == Changes(gone=(top / "bridge.txt",))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_back_into_the_folder_brings_no_article_twice(watched, top):
    os.symlink(top, top / "deeper" / "loop")
    assert look(watched) == Changes()


def test_a_file_of_another_kind_opened_by_name_stays_although_its_folder_is_watched(top):
    watched = watch(top, write(top, "page.html", BRIDGE))
    assert look(watched) == Changes()


def test_one_change_looks_at_one_folder(watched, top, monkeypatch):
    looked = []
    monkeypatch.setattr(module, "_stamp", lambda path: (looked.append(path.name), (1, 1))[1])
    watched.look([top / "deeper"])
    assert looked == ["ferry.txt"]


def test_a_forgotten_article_is_not_told_of_again(watched, top):
    path = top / "bridge.txt"
    path.unlink()
    look(watched)
    watched.forget(path)
    assert look(watched) == Changes()
