"""The state of the notes in the window: saved, saving, not saved and why, and what happens then."""

import errno
import json
import os

import pytest
from PySide6.QtWidgets import QMessageBox

from reader.annotations import session
from reader.annotations.places import data_folder, sidecar_path
from reader.annotations.session import NotesSession
from reader.text.errors import SidecarNotSaved
from reader.ui import saver
from tests.support.news import BRIDGE, MILL, write
from tests.ui.support import open_article, select, settle, trigger


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "news", "bridge.txt", BRIDGE)


@pytest.fixture
def other(tmp_path):
    return write(tmp_path / "elsewhere", "mill.txt", MILL)


@pytest.fixture(params=["few notes", "many notes"])
def noted(qtbot, window, path, other, request, monkeypatch):
    """The window with two articles, the open one with a highlight that is not saved yet.

    Many notes are saved in the background.
    """
    if request.param == "many notes":
        monkeypatch.setattr(session, "LARGE", -1)
    open_article(qtbot, window, path, other)
    select(window, "trei luni")
    trigger(window, "highlight")
    return window


@pytest.fixture
def no_space(noted, path):
    """Let every save beside the article fail until the function is called that this returns."""
    replace = os.replace

    def full(source, target, **names):
        if str(target) == str(sidecar_path(path)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(source, target, **names)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "replace", full)
        yield patched.undo


def exact(file):
    return [
        each["target"]["selector"][0]["exact"]
        for each in json.loads(file.read_bytes())["annotations"]
        if each["kind"] == "highlight"
    ]


def test_the_status_bar_says_that_the_notes_are_being_saved_and_then_that_they_are(qtbot, noted, path):
    assert noted.status.saved.text() == "Saving…"
    assert not sidecar_path(path).exists()
    qtbot.waitUntil(lambda: noted.status.saved.text() == "Saved")
    assert exact(sidecar_path(path)) == ["trei luni"]


def test_a_failed_save_says_why_and_is_tried_again_until_it_works(qtbot, noted, path, no_space, monkeypatch):
    noted.desk.saver._retry.setInterval(20)
    qtbot.waitUntil(lambda: noted.status.saved.text() == "Not saved: No space left on device")
    assert "your changes are kept here" in noted.status.saved.toolTip()
    assert sum("No space left" in words for words in noted.messages.words) == 1
    no_space()
    qtbot.waitUntil(lambda: noted.status.saved.text() == "Saved")
    assert noted.messages.words == ()
    assert exact(sidecar_path(path)) == ["trei luni"]


def test_a_message_that_was_dismissed_does_not_come_back_with_every_attempt(qtbot, noted, no_space):
    assert not noted.desk.save()
    noted.messages.clear()
    assert not noted.desk.save()
    assert noted.messages.words == ()
    assert noted.status.saved.text().startswith("Not saved")
    no_space()


@pytest.mark.parametrize("leave", ["another article", "close all"])
def test_notes_that_can_not_be_saved_go_to_the_data_folder_when_their_article_is_left(
    qtbot, noted, other, no_space, leave
):
    noted.open_article(other) if leave == "another article" else trigger(noted, "close_library")
    (kept,) = data_folder().glob("*.notes.json")
    assert exact(kept) == ["trei luni"]
    assert any(str(kept) in words and "bridge.txt" in words for words in noted.messages.words)
    settle(qtbot, noted)


def test_a_window_that_closes_says_where_it_kept_the_notes(noted, no_space, monkeypatch):
    told = []
    monkeypatch.setattr(QMessageBox, "information", lambda *words: told.append(words[-1]))
    noted.close()
    assert not noted.isVisible()
    (kept,) = data_folder().glob("*.notes.json")
    assert exact(kept) == ["trei luni"]
    assert str(kept) in told[0]


def test_notes_kept_in_the_data_folder_come_home_when_the_article_is_opened_again(qtbot, noted, path, other, no_space):
    noted.open_article(other)
    settle(qtbot, noted)
    no_space()
    noted.open_article(path)
    settle(qtbot, noted)
    assert [mark.span.of(BRIDGE) for mark in noted.desk.opened.marks() if mark.layer == "highlight"] == ["trei luni"]
    qtbot.waitUntil(lambda: sidecar_path(path).exists())
    assert exact(sidecar_path(path)) == ["trei luni"]
    assert list(data_folder().glob("*.notes.json")) == []


@pytest.mark.parametrize("leave", ["another article", "close all", "close the window"])
def test_an_article_is_not_left_against_ones_will_while_its_notes_can_be_saved_nowhere(
    noted, other, monkeypatch, leave
):
    def fails(_):
        raise SidecarNotSaved("bridge.txt.notes.json could not be saved: no space left on the disk.")

    with monkeypatch.context() as patched:
        patched.setattr(NotesSession, "save", fails)
        patched.setattr(NotesSession, "save_elsewhere", fails)
        patched.setattr(QMessageBox, "warning", lambda *_: QMessageBox.StandardButton.Cancel)
        {
            "another article": lambda: noted.open_article(other),
            "close all": lambda: trigger(noted, "close_library"),
            "close the window": noted.close,
        }[leave]()
        assert noted.isVisible()
        assert [mark.layer for mark in noted.desk.opened.marks()].count("highlight") == 1
    assert noted.desk.save()


def test_somebody_who_types_without_a_pause_is_saved_all_the_same(qtbot, noted, path):
    qtbot.waitUntil(lambda: sidecar_path(path).exists())
    trigger(noted, "note")
    before = sidecar_path(path).read_bytes()

    def typed_until_saved():
        qtbot.keyClick(noted.inspector.editor.note, "a")
        return sidecar_path(path).read_bytes() != before

    qtbot.waitUntil(typed_until_saved, timeout=20 * saver.SAVE_AFTER)


def test_many_notes_are_saved_while_one_goes_on(qtbot, noted, path, monkeypatch):
    monkeypatch.setattr(session, "LARGE", -1)
    assert noted.desk.saver.begin()
    select(noted, "Lucrările")
    trigger(noted, "highlight")
    assert not sidecar_path(path).exists() or exact(sidecar_path(path)) == ["trei luni"]
    qtbot.waitUntil(lambda: noted.status.saved.text() == "Saved", timeout=10_000)
    assert exact(sidecar_path(path)) == ["Lucrările", "trei luni"]
    trigger(noted, "undo")
    assert [mark.span.of(BRIDGE) for mark in noted.desk.opened.marks() if mark.layer == "highlight"] == ["trei luni"]


def test_who_saves_at_once_waits_for_the_save_in_the_background(noted, path, monkeypatch):
    monkeypatch.setattr(session, "LARGE", -1)
    assert noted.desk.saver.begin()
    assert noted.desk.save()
    assert exact(sidecar_path(path)) == ["trei luni"]
    assert not noted.desk.opened.notes.dirty
