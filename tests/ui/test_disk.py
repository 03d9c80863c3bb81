"""What others do to the open article and its notes on the disk is noticed and shown, and nothing is lost by it."""

import os

import pytest

from reader.annotations.places import sidecar_path
from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.page import Layer
from reader.text.span import Span
from tests.support.news import BRIDGE, write
from tests.ui.support import open_article, put_caret, select, settle, trigger

LONG = BRIDGE + "".join(f"\nAl {n}-lea rând spune ceva despre pod. Primarul tace din nou.\n" for n in range(1, 80))


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "news", "bridge.txt", LONG)


@pytest.fixture
def reading(qtbot, window, path):
    """The window with the long article open."""
    open_article(qtbot, window, path)
    return window


def highlights(window):
    text = window.desk.opened.article.text
    return [mark.span.of(text) for mark in window.desk.opened.marks() if mark.layer is Layer.HIGHLIGHT]


def replaced(path, text):
    """Write a file as an editor does: beside it, then over it."""
    fresh = path.with_name("fresh")
    fresh.write_text(text, "utf-8")
    os.replace(fresh, path)


def in_place(path, text):
    path.write_text(text, "utf-8")


def another_reader(path, words, **fields):
    """Highlight words in a session of another reader, and save."""
    article = read_article(path)
    session = NotesSession.open(article)
    start = article.text.index(words)
    session.add(Span(start, start + len(words)), **fields)
    session.save()
    return session


def wait_for_text(qtbot, window, words):
    qtbot.waitUntil(lambda: words in window.desk.opened.article.text, timeout=10_000)
    settle(qtbot, window)


# -- the article -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write_as", [replaced, in_place])
def test_an_edit_of_the_open_article_is_noticed_by_itself(qtbot, reading, path, write_as):
    write_as(path, LONG.replace("Lucrările durează", "Toate lucrările durează"))
    wait_for_text(qtbot, reading, "Toate lucrările")
    assert "Toate lucrările durează" in reading.reading.original.toPlainText()
    assert reading.messages.words == ("bridge.txt was read again. All notes found their places.",)
    write_as(path, LONG + "\nÎncă un rând.\n")  # the watch goes on
    wait_for_text(qtbot, reading, "Încă un rând")


def test_highlights_move_with_their_words_and_undo_goes_on(qtbot, reading, path):
    select(reading, "trei luni")
    trigger(reading, "highlight")
    select(reading, "pod provizoriu")
    trigger(reading, "highlight")
    replaced(path, "Un rând nou deasupra.\n\n" + LONG)
    wait_for_text(qtbot, reading, "Un rând nou")
    assert highlights(reading) == ["trei luni", "pod provizoriu"]
    trigger(reading, "undo")
    assert highlights(reading) == ["trei luni"]
    trigger(reading, "undo")
    assert highlights(reading) == []
    trigger(reading, "redo")
    assert highlights(reading) == ["trei luni"]


def test_the_place_the_caret_and_the_note_being_written_stay(qtbot, reading, path):
    select(reading, "trei luni")
    trigger(reading, "note")
    qtbot.keyClicks(reading.inspector.editor.note, "Who pa")
    put_caret(reading, "Al 42-lea", into=5)
    reading.inspector.editor.note.setFocus()
    reading.reading.go_to_row(40)
    settle(qtbot, reading)
    top = reading.reading.page.rows[reading.reading.place()[0]].span.of(LONG)
    replaced(path, "Deasupra.\n\nȘi încă una.\n\n" + LONG.replace("Al 60-lea", "Al șaizecilea") + "\nLa sfârșit.\n")
    wait_for_text(qtbot, reading, "La sfârșit")
    page = reading.reading.page
    assert page.rows[reading.reading.place()[0]].span.of(page.text) == top
    assert page.text[reading.reading.caret_offset() - 5 :].startswith("Al 42-lea")
    qtbot.keyClicks(reading.inspector.editor.note, "ys?")
    assert [each.note for each in reading.desk.opened.notes.notes.annotations if each.kind == "highlight"] == [
        "Who pays?"
    ]


def test_passages_that_are_gone_are_named_and_listed(qtbot, reading, path):
    for words in ("trei luni", "pod provizoriu"):
        select(reading, words)
        trigger(reading, "highlight")
    replaced(path, LONG.replace("trei luni", "o vară întreagă"))
    wait_for_text(qtbot, reading, "o vară întreagă")
    assert reading.messages.words == ("bridge.txt was read again. No longer in the text: “trei luni” (1).",)
    assert highlights(reading) == ["pod provizoriu"]
    assert [entry.text for entry in reading.inspector.passages.model.entries if "Unplaced" in entry.heading] == [
        "trei luni"
    ]
    replaced(path, LONG)  # the words come back, and the passage with them
    qtbot.waitUntil(lambda: highlights(reading) == ["trei luni", "pod provizoriu"], timeout=10_000)


def test_an_article_that_vanishes_stays_on_screen_with_its_notes(qtbot, reading, path):
    select(reading, "trei luni")
    trigger(reading, "highlight")
    path.unlink()
    qtbot.waitUntil(lambda: any("no longer there" in words for words in reading.messages.words))
    assert highlights(reading) == ["trei luni"]
    assert reading.desk.save()
    assert sidecar_path(path).exists()


def test_an_article_that_turned_into_a_picture_stays_on_screen(qtbot, reading, path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    qtbot.waitUntil(lambda: any("PNG" in words for words in reading.messages.words), timeout=10_000)
    assert "Lucrările durează" in reading.reading.original.toPlainText()
    assert reading.desk.opened is not None


def test_the_words_looked_for_are_found_again_in_the_changed_text(qtbot, reading, path):
    trigger(reading, "find")
    reading.find_bar.field.setText("provizoriu")
    replaced(path, "Deasupra: provizoriu.\n\n" + LONG)
    wait_for_text(qtbot, reading, "Deasupra")
    assert reading.find_bar.count.text() == "2 hits"


# -- the notes -------------------------------------------------------------------------------------------------------


def test_what_another_reader_saves_is_shown_while_the_article_is_open(qtbot, reading, path):
    another_reader(path, "pod provizoriu", note="Ours, too?")
    qtbot.waitUntil(lambda: highlights(reading) == ["pod provizoriu"])
    assert [entry.heading for entry in reading.inspector.passages.model.entries] == ["Ours, too?"]
    assert any("another reader" in words for words in reading.messages.words)
    select(reading, "trei luni")
    trigger(reading, "highlight")
    assert reading.desk.save()
    kept = NotesSession.open(read_article(path))
    assert sorted(each.target.exact for each in kept.notes.annotations if each.kind == "highlight") == [
        "pod provizoriu",
        "trei luni",
    ]


def test_what_another_reader_saved_meanwhile_is_merged_by_our_own_save_and_shown(qtbot, reading, path):
    reading.desk._watch.watch(None)
    select(reading, "trei luni")
    trigger(reading, "highlight")
    another_reader(path, "pod provizoriu")
    assert reading.desk.save()
    assert highlights(reading) == ["trei luni", "pod provizoriu"]
    assert any("another reader" in words for words in reading.messages.words)


def test_two_windows_on_one_article_show_each_others_notes(qtbot, reading, make_window, path):
    second = make_window()
    open_article(qtbot, second, path)
    select(reading, "trei luni")
    trigger(reading, "highlight")
    select(second, "pod provizoriu")
    trigger(second, "highlight")
    for window in (reading, second):
        qtbot.waitUntil(lambda window=window: highlights(window) == ["trei luni", "pod provizoriu"], timeout=10_000)
    trigger(reading, "undo")  # takes back our own edit, not theirs
    qtbot.waitUntil(lambda: highlights(second) == ["pod provizoriu"], timeout=10_000)


def test_notes_whose_file_is_deleted_are_saved_again(qtbot, reading, path):
    select(reading, "trei luni")
    trigger(reading, "highlight")
    settle(qtbot, reading)
    reading.desk.saver.save()
    before = highlights(reading)
    sidecar_path(path).unlink()
    qtbot.waitUntil(sidecar_path(path).exists, timeout=10_000)
    assert highlights(reading) == before
    again = NotesSession.open(read_article(path))
    assert len(again.notes.annotations) == len(reading.desk.opened.notes.notes.annotations)


def test_notes_that_moved_away_with_their_article_are_not_saved_again(qtbot, reading, path, tmp_path):
    select(reading, "trei luni")
    trigger(reading, "highlight")
    reading.desk.saver.save()
    for each in (path, sidecar_path(path)):
        each.rename(tmp_path / each.name)
    reading.desk.look_again()
    assert not reading.desk.opened.notes.dirty
    assert not sidecar_path(path).exists()


def test_our_own_save_is_no_news(qtbot, reading, path):
    select(reading, "trei luni")
    with qtbot.waitSignal(reading.desk._watch.changed):
        trigger(reading, "highlight")
        reading.desk.save()
    settle(qtbot, reading)
    assert reading.messages.words == ()


def test_people_joined_by_another_reader_are_joined_here(qtbot, reading, path):
    session = NotesSession.open(read_article(path))
    session.rename_person("Andrei Voicu", "A. Voicu", ["Andrei Voicu", "Voicu"])
    session.save()
    people = lambda: [entry.heading for entry in reading.inspector.people.model.entries]  # noqa: E731
    qtbot.waitUntil(lambda: "A. Voicu" in people(), timeout=10_000)
