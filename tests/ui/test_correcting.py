"""A sentence's translation is corrected where it stands, marked, kept, offered on repeats, and can be taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from tests.support.argos_package import write_package_folder
from tests.support.news import BRIDGE, FERRY, write
from tests.support.pages import span_of
from tests.ui.conftest import close
from tests.ui.support import open_article, put_caret, settle, trigger

WORKS = "The works take three months."


@pytest.fixture(autouse=True)
def installed(home):
    """Install a real package ro → en."""
    return write_package_folder(home / "packages" / "translate-ro_en-1_0", "ro", "en")


@pytest.fixture
def bridge(tmp_path):
    return write(tmp_path / "news", "bridge.txt", BRIDGE)


@pytest.fixture
def reading(qtbot, window, bridge):
    """The window with the bridge article and the caret on the sentence about the works."""
    open_article(qtbot, window, bridge)
    put_caret(window, "Lucrările")
    return window


def shown(window, index=3):
    return window.desk.opened.shown_sentence(index)


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget(), key, modifier)


def typed(qtbot, window, words):
    """Open the field with F2, type over what is in it, and keep it."""
    trigger(window, "correct")
    qtbot.keyClicks(window.focusWidget(), words)
    press(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)


def test_the_field_opens_over_the_sentence_with_its_present_words(qtbot, reading):
    trigger(reading, "correct")
    editor = reading.reading.editor
    assert editor.isVisible()
    assert editor.text.hasFocus()
    assert editor.text.toPlainText() == shown(reading).text
    (place,) = reading.reading._places(1, 3)
    assert abs(editor.y() - reading.reading.translation.stretch_rect(*place).top()) < 40


def test_ctrl_enter_keeps_a_correction_marked_named_in_undo_and_saved(qtbot, reading, make_window, bridge):
    machine = shown(reading).text
    typed(qtbot, reading, WORKS)
    assert shown(reading).how == "manual"
    assert WORKS in reading.reading.translation.toPlainText()
    assert reading.reading.translation.hasFocus()
    assert reading.actions_["undo"].text() == "&Undo Correct translation"
    row = reading.reading.page.row_at(BRIDGE.index("Lucrările"))
    assert any(edge.style == "dotted" for edge in reading.reading.translation.blocks[row].edges)
    close(reading)
    again = make_window()
    open_article(qtbot, again, bridge)
    assert shown(again).text == WORKS
    put_caret(again, "Lucrările")
    trigger(again, "correct")
    again.reading.editor.machine.click()
    settle(qtbot, again)
    assert shown(again).text == machine
    trigger(again, "undo")
    settle(qtbot, again)
    assert shown(again).text == WORKS
    assert WORKS in again.reading.translation.toPlainText()


def test_escape_keeps_nothing(qtbot, reading):
    before = shown(reading)
    trigger(reading, "correct")
    qtbot.keyClicks(reading.focusWidget(), "Something else")
    press(qtbot, reading, Qt.Key.Key_Escape)
    assert not reading.reading.editor.isVisible()
    assert shown(reading) == before
    assert reading.actions_["undo"].text() == "&Undo"


def test_the_same_words_are_no_correction(qtbot, reading):
    trigger(reading, "correct")
    press(qtbot, reading, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown(reading).how == "machine"
    assert not reading.desk.opened.notes.dirty


@pytest.mark.parametrize("by", ["double click", "Enter"])
def test_a_double_click_and_enter_in_the_translation_open_the_field(qtbot, reading, by):
    pane = reading.reading.translation
    (row, start, _), *_ = reading.reading._places(1, 3)
    pane.setTextCursor(pane.cursor_over(row, start + 2, start + 2))
    pane.setFocus()
    if by == "Enter":
        press(qtbot, reading, Qt.Key.Key_Return)
    else:
        at = pane.cursorRect(pane.cursor_over(row, start + 2, start + 2)).center()
        qtbot.mouseDClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert reading.reading.editor.sentence == 3


def test_what_was_typed_is_kept_when_the_article_is_left(qtbot, reading, tmp_path, bridge):
    trigger(reading, "correct")
    qtbot.keyClicks(reading.focusWidget(), WORKS)
    other = write(tmp_path / "news", "ferry.txt", FERRY)
    reading.add_paths([other])
    settle(qtbot, reading)
    reading.open_article(bridge)
    settle(qtbot, reading)
    assert shown(reading).text == WORKS


def test_what_was_typed_is_kept_when_the_article_changes_on_the_disk(qtbot, reading, bridge):
    trigger(reading, "correct")
    qtbot.keyClicks(reading.focusWidget(), WORKS)
    bridge.write_text("Un rând nou.\n\n" + BRIDGE, "utf-8")
    qtbot.waitUntil(lambda: "Un rând nou" in reading.desk.opened.article.text, timeout=10_000)
    settle(qtbot, reading)
    assert shown(reading, 4).text == WORKS


def test_a_correction_of_the_same_sentence_elsewhere_is_offered(qtbot, reading, tmp_path):
    typed(qtbot, reading, WORKS)
    other = write(tmp_path / "news", "again.txt", "Din nou\n\nLucrările durează trei luni. Nimeni nu știe mai mult.\n")
    reading.add_paths([other])
    settle(qtbot, reading)
    put_caret(reading, "Lucrările")
    trigger(reading, "correct")
    editor = reading.reading.editor
    assert any(WORKS in label.text() and "bridge.txt" in label.text() for label in editor.findChildren(QLabel))
    (take,) = [button for button in editor.findChildren(QPushButton) if button.text() == "Take it"]
    take.click()
    editor.keep.click()
    settle(qtbot, reading)
    assert shown(reading, reading.reading.current_sentence).text == WORKS


def test_a_correction_whose_sentence_was_changed_is_flagged(qtbot, reading, bridge):
    typed(qtbot, reading, WORKS)
    assert reading.desk.save()
    bridge.write_text(BRIDGE.replace("trei luni", "patru luni"), "utf-8")
    qtbot.waitUntil(lambda: "patru luni" in reading.desk.opened.article.text, timeout=10_000)
    settle(qtbot, reading)
    listed = [entry for entry in reading.inspector.passages.model.entries if "orrection" in entry.heading]
    assert [entry.translation for entry in listed] == [WORKS]
    assert "Lucrările durează trei luni." in listed[0].text
    assert any("Corrections whose sentence" in words for words in reading.messages.words)


def test_a_sentence_in_the_language_of_the_translation_says_why_it_can_not_be_corrected(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "ferry.txt", FERRY))
    put_caret(window, "We have waited")
    assert not window.actions_["correct"].isEnabled()
    assert "already" in window.actions_["correct"].toolTip()


AGAIN = "Din nou\n\nLucrările durează trei luni. Nimeni nu știe mai mult.\n"


@pytest.fixture
def repeated(qtbot, window, bridge):
    """The window over an article with a sentence that another article of its folder has corrected on the disk."""
    notes = NotesSession.open(read_article(bridge))
    notes.correct(span_of(BRIDGE, "Lucrările durează trei luni."), WORKS)
    notes.save()
    write(bridge.parent, "again.txt", AGAIN)
    open_article(qtbot, window, bridge.parent)
    assert window.desk.opened.path.name == "again.txt"
    return window


def ringed(window):
    """Return the tooltips in the translation at the places of rings."""
    pane = window.reading.translation
    return [
        pane.words_at(row, edge.start_u16)
        for row, block in enumerate(pane.blocks)
        for edge in block.edges
        if edge.style == "ring"
    ]


def test_a_correction_in_the_library_is_marked_and_told_without_opening_the_field_or_its_article(repeated):
    (words,) = ringed(repeated)
    assert f"In bridge.txt you corrected it to: “{WORKS}”" in words
    assert "Shift+F2 takes that over." in words
    assert any("corrected in other articles: 1" in said for said in repeated.messages.words)


def test_a_key_goes_to_the_sentence_and_takes_the_correction_over_and_undo_takes_it_back(qtbot, repeated):
    machine = shown(repeated, 1).text
    trigger(repeated, "take_correction")
    assert repeated.reading.current_sentence == 1
    trigger(repeated, "take_correction")
    settle(qtbot, repeated)
    assert shown(repeated, 1).text == WORKS
    assert ringed(repeated) == []
    assert not repeated.actions_["take_correction"].isEnabled()
    trigger(repeated, "undo")
    settle(qtbot, repeated)
    assert shown(repeated, 1).text == machine
    assert len(ringed(repeated)) == 1


def test_an_offer_stays_marked_in_another_theme(qtbot, repeated):
    trigger(repeated, "theme_dark")
    settle(qtbot, repeated)
    assert len(ringed(repeated)) == 1


def test_an_article_without_repeats_offers_nothing(qtbot, repeated, bridge):
    repeated.open_article(bridge)
    settle(qtbot, repeated)
    assert ringed(repeated) == []
    assert not repeated.actions_["take_correction"].isEnabled()


def test_a_correction_made_in_a_folder_opened_later_is_offered_too(qtbot, window, tmp_path, bridge):
    notes = NotesSession.open(read_article(bridge))
    notes.correct(span_of(BRIDGE, "Lucrările durează trei luni."), WORKS)
    notes.save()
    open_article(qtbot, window, write(tmp_path / "elsewhere", "again.txt", AGAIN))
    assert ringed(window) == []
    window.add_paths([bridge.parent], choose=False)
    settle(qtbot, window)
    assert len(ringed(window)) == 1
