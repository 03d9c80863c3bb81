import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.text.span import Span
from tests.support.news import BRIDGE, FERRY, write
from tests.ui.support import open_article, put_caret, select, settle, trigger

FIRST, SECOND = BRIDGE.index("Voicu"), BRIDGE.index("Voicu.")


@pytest.fixture
def reading(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path / "news", "bridge.txt", BRIDGE))
    window.reading.original.setFocus()
    return window


@pytest.fixture
def bar(qtbot, reading):
    trigger(reading, "find")
    qtbot.waitUntil(reading.find_bar.field.hasFocus)
    return reading.find_bar


def look_for(bar, words):
    """Type words and wait until the article is looked through: on a busy machine that takes several turns."""
    bar.field.setText(words)
    while "so far" in bar.count.text():
        QTest.qWait(1)


def caret(window):
    return window.reading.caret_offset()


def marked(window, pane="original"):
    """Return the words under the find colour."""
    return [each.cursor.selectedText() for each in getattr(window.reading, pane)._selections.get("find", [])]


def test_find_leads_to_the_first_hit_while_one_types_and_counts_them(reading, bar):
    look_for(bar, "VOICU")
    assert bar.count.text() == "1 of 2"
    assert caret(reading) == FIRST
    assert bar.field.hasFocus()


def test_f3_goes_round_and_says_so(qtbot, reading, bar):
    look_for(bar, "voicu")
    seen = []
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F3):
        qtbot.keyClick(bar.field, key)
        seen.append((caret(reading), bar.count.text()))
    assert seen == [(SECOND, "2 of 2"), (FIRST, "1 of 2 · from the top again")]
    qtbot.keyClick(bar.field, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert (caret(reading), bar.count.text()) == (SECOND, "2 of 2 · from the end again")


def test_return_and_shift_return_step_too(qtbot, reading, bar):
    look_for(bar, "voicu")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert caret(reading) == SECOND
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert caret(reading) == FIRST


def test_find_begins_at_the_place_that_is_read(qtbot, reading):
    put_caret(reading, "a spus")
    trigger(reading, "find")
    look_for(reading.find_bar, "voicu")
    assert reading.find_bar.count.text() == "2 of 2"


def test_find_needs_no_diacritics_and_says_when_there_is_nothing(reading, bar):
    look_for(bar, "astepta nici macar")
    assert bar.count.text() == "1 of 1"
    look_for(bar, "xyzzy")
    assert bar.count.text() == "No hits"
    look_for(bar, "  ")
    assert bar.count.text() == ""


def test_whole_words_leave_out_longer_ones(reading, bar):
    look_for(bar, "pod")
    assert bar.count.text() == "1 of 3"
    bar.whole_words.click()
    assert bar.count.text() == "1 of 1"
    assert BRIDGE[caret(reading) :].startswith("pod provizoriu")


def test_all_hits_are_marked_and_the_one_reached_more_so(reading, bar):
    look_for(bar, "voicu")
    assert marked(reading) == ["Voicu", "Voicu"]
    (found,) = reading.reading.original._selections["found"]
    assert found.cursor.selectionStart() == reading.reading.original.textCursor().position()
    assert found.cursor.selectedText() == "Voicu"


def test_a_hit_reached_from_the_text_is_selected_and_can_be_highlighted_at_once(reading, bar):
    look_for(bar, "voicu")
    reading.reading.original.setFocus()
    trigger(reading, "find_next")
    trigger(reading, "highlight")
    assert [mark.span for mark in reading.desk.opened.marks() if mark.stored] == [Span(SECOND, SECOND + 5)]


def test_escape_leads_back_to_where_one_was(qtbot, reading):
    put_caret(reading, "Primarul")
    was = caret(reading)
    trigger(reading, "find")
    bar = reading.find_bar
    qtbot.waitUntil(bar.field.hasFocus)
    look_for(bar, "pe vremuri")
    assert caret(reading) != was
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert caret(reading) == was
    assert reading.reading.original.hasFocus()
    assert marked(reading) == []


def test_the_close_button_stays_at_the_hit(reading, bar):
    look_for(bar, "pe vremuri")
    bar._buttons["close"][0].click()
    assert not bar.isVisible()
    assert reading.reading.selected_span().of(BRIDGE) == "pe vremuri"
    assert reading.reading.original.hasFocus()


def test_escape_in_the_text_closes_find_and_stays(qtbot, reading, bar):
    look_for(bar, "pe vremuri")
    reading.reading.original.setFocus()
    qtbot.keyClick(reading.reading.original, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert caret(reading) == BRIDGE.index("pe vremuri")


def test_escape_elsewhere_leaves_find_open(qtbot, reading, bar):
    reading.library.filter.setFocus()
    qtbot.keyClick(reading.library.filter, Qt.Key.Key_Escape)
    assert bar.isVisible()


def test_f3_takes_up_the_last_search_when_the_bar_is_closed(qtbot, reading, bar):
    look_for(bar, "voicu")
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    put_caret(reading, "a spus")
    trigger(reading, "find_next")
    assert caret(reading) == SECOND
    assert bar.isVisible()


def test_selected_words_are_looked_for(qtbot, reading):
    select(reading, "podul")
    trigger(reading, "find")
    assert reading.find_bar.field.text() == "podul"


@pytest.fixture
def sample(qtbot, window, samples):
    opened = open_article(qtbot, window, samples / "ro-night-library.txt")
    trigger(window, "find")
    assert any("librarian" in part.text for part in opened.shown())
    return window


def test_find_looks_in_the_translation_and_marks_it_there(sample):
    look_for(sample.find_bar, "librarian")
    assert "No hits" not in sample.find_bar.count.text()
    assert set(marked(sample, "translation")) <= {"librarian", "Librarian"}
    assert marked(sample, "translation")
    (found,) = sample.reading.translation._selections["found"]
    assert found.cursor.selectedText().lower() == "librarian"


def test_a_language_can_be_left_out(sample):
    bar = sample.find_bar
    look_for(bar, "librarian")
    bar.translation.click()
    assert bar.count.text() == "No hits"


def test_find_looks_in_notes_and_tags(qtbot, reading):
    select(reading, "Lucrările durează")
    trigger(reading, "note")
    reading.inspector.editor.note.setPlainText("compare with the tender")
    trigger(reading, "find")
    bar = reading.find_bar
    look_for(bar, "TENDER")
    assert bar.count.text() == "1 of 1"
    assert caret(reading) == BRIDGE.index("Lucrările")
    bar.notes.click()
    assert bar.count.text() == "No hits"


def test_another_article_is_looked_through_for_the_same_words(qtbot, reading, bar, tmp_path):
    look_for(bar, "boat")
    assert bar.count.text() == "No hits"
    open_article(qtbot, reading, write(tmp_path, "ferry.txt", FERRY))
    assert bar.count.text() == "1 hit"


def test_a_long_article_is_looked_through_in_slices(qtbot, window, tmp_path, monkeypatch):
    text = "Titlu lung\n\n" + "\n\n".join(f"Rândul {n} vorbește despre pod și despre râu." for n in range(300))
    open_article(qtbot, window, write(tmp_path, "long.txt", text))
    settle(qtbot, window)
    monkeypatch.setattr("reader.ui.find.SLICE", 0.0)
    trigger(window, "find")
    window.find_bar.field.setText("despre")
    assert "so far" in window.find_bar.count.text()
    qtbot.waitUntil(lambda: window.find_bar.count.text() == "1 of 600")
    assert len(marked(window)) < 200
