"""Undo and redo over everything that edits; the menu names what it will take back."""

import pytest
from PySide6.QtWidgets import QInputDialog

from tests.support.argos_package import write_package_folder
from tests.support.news import BRIDGE, write
from tests.ui.support import open_article, put_caret, select, settle, trigger


@pytest.fixture
def reading(qtbot, window, tmp_path, home):
    write_package_folder(home / "packages" / "translate-ro_en-1_0", "ro", "en")
    open_article(qtbot, window, write(tmp_path / "news", "bridge.txt", BRIDGE))
    return window


def state(window):
    """Return all that an edit may change, as the window shows it."""
    opened = window.desk.opened
    return (
        opened.marks(),
        [part.text if part else None for part in opened.shown()],
        [entry.heading for entry in window.inspector.people.model.entries],
        window.reading.translation.toPlainText(),
        opened.language,
    )


def answer(monkeypatch, words):
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: (words, True))


def highlight(window, monkeypatch):
    select(window, "trei luni")
    trigger(window, "highlight")


def recolour(window, monkeypatch):
    highlight(window, monkeypatch)
    put_caret(window, "trei luni")
    trigger(window, "colour_3")


def write_note(window, monkeypatch):
    highlight(window, monkeypatch)
    window.inspector.editor.note.setPlainText("Who pays?")


def write_tags(window, monkeypatch):
    highlight(window, monkeypatch)
    window.inspector.editor.tags.setText("money, river")
    window.inspector.editor.finish()


def remove(window, monkeypatch):
    highlight(window, monkeypatch)
    put_caret(window, "trei luni")
    trigger(window, "remove")


def accept(window, monkeypatch):
    put_caret(window, "Nu mai putem")
    trigger(window, "accept")


def reject(window, monkeypatch):
    put_caret(window, "Nu mai putem")
    trigger(window, "remove")


def reassign(window, monkeypatch):
    put_caret(window, "Nu mai putem")
    answer(monkeypatch, "Maria Petrescu")
    trigger(window, "reassign")


def merge(window, monkeypatch):
    put_caret(window, "Maria Petrescu")
    answer(monkeypatch, "Andrei Voicu")
    trigger(window, "merge_people")


def rename(window, monkeypatch):
    put_caret(window, "Maria Petrescu")
    answer(monkeypatch, "M. Petrescu")
    trigger(window, "rename_person")


def not_a_person(window, monkeypatch):
    put_caret(window, "Maria Petrescu")
    trigger(window, "not_a_person")


def correct(window, monkeypatch):
    window.translator.keep(3, "The works take three months.")


def choose_language(window, monkeypatch):
    window.status.language_chosen.emit("it")


EDITS = {
    highlight: "Highlight",
    recolour: "Change colour",
    write_note: "Change note",
    write_tags: "Change tags",
    remove: "Remove",
    accept: "Accept quote",
    reject: "Reject quote",
    reassign: "Reassign speaker",
    merge: "Merge people",
    rename: "Rename person",
    not_a_person: "Not a person",
    correct: "Correct translation",
    choose_language: "Set language",
}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_is_named_undone_and_made_again(qtbot, reading, monkeypatch, edit):
    before = state(reading)
    edit(reading, monkeypatch)
    settle(qtbot, reading)
    after = state(reading)
    assert after != before or edit is remove  # of the highlight made for it
    assert reading.actions_["undo"].text() == f"&Undo {EDITS[edit]}"
    steps = 0
    while reading.actions_["undo"].isEnabled():
        trigger(reading, "undo")
        settle(qtbot, reading)
        steps += 1
    assert state(reading) == before
    assert reading.actions_["undo"].text() == "&Undo"
    while reading.actions_["redo"].isEnabled():
        trigger(reading, "redo")
        settle(qtbot, reading)
        steps -= 1
    assert steps == 0
    assert [part for part in zip(state(reading), after, strict=True) if part[0] != part[1]] == []
