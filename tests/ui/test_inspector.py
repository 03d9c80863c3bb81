"""The inspector's lists are filtered, sorted and used by keys, and commands there are about the chosen row."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from reader.library.presence import Presence
from reader.page import Layer
from tests.support.news import BRIDGE, MILL, write
from tests.ui.conftest import close
from tests.ui.support import open_article, put_caret, select, settle, trigger


@pytest.fixture
def reading(qtbot, window, tmp_path):
    """The window with the bridge article open."""
    open_article(qtbot, window, write(tmp_path / "news", "bridge.txt", BRIDGE))
    return window


def shown(tab):
    return [tab.view.model().index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(tab.view.model().rowCount())]


def headings(tab):
    return [entry.heading for entry in shown(tab)]


def choose(window, tab, number):
    """Give the list of a tab the focus with a row chosen, as arrow keys do."""
    window.inspector.setCurrentWidget(tab)
    tab.view.setFocus()
    tab.view.setCurrentIndex(tab.view.model().index(number, 0))
    return tab.chosen()


def marks(window, layer):
    return [mark for mark in window.desk.opened.marks() if mark.layer is layer]


def test_people_are_sorted_by_mentions_by_name_or_by_place(reading):
    people = reading.inspector.people
    by_mentions = [len(entry.places) for entry in shown(people)]
    assert by_mentions == sorted(by_mentions, reverse=True)
    people.sort.setCurrentText("Name")
    assert headings(people) == sorted(headings(people))
    people.sort.setCurrentText("Place")
    places = [entry.places[0].start for entry in shown(people)]
    assert places == sorted(places)


def test_quotes_are_sorted_by_speaker_and_stay_so_after_an_edit(qtbot, reading, monkeypatch):
    quotes = reading.inspector.quotes
    quotes.sort.setCurrentText("Speaker")
    assert headings(quotes) == sorted(headings(quotes))
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Zoe Abel", True))
    choose(reading, quotes, 0)
    trigger(reading, "reassign")
    assert headings(quotes)[-1] == "Zoe Abel"


def test_passages_are_sorted_by_colour(reading):
    for words, colour in (("Podul vechi", 3), ("trei luni", 1), ("pod provizoriu", 2)):
        select(reading, words)
        trigger(reading, f"colour_{colour}")
    passages = reading.inspector.passages
    assert [entry.text for entry in shown(passages)] == ["Podul vechi", "trei luni", "pod provizoriu"]
    passages.sort.setCurrentText("Colour")
    assert [entry.text for entry in shown(passages)] == ["trei luni", "pod provizoriu", "Podul vechi"]


def test_the_filter_counts_what_it_leaves_and_the_arrow_leads_into_the_list(qtbot, reading):
    people = reading.inspector.people
    reading.inspector.setCurrentWidget(people)
    assert not people.count.isVisible()
    people.filter.setFocus()
    qtbot.keyClicks(people.filter, "petrescu")
    assert people.count.text() == f"1 of {len(people.model.entries)}"
    assert people.count.isVisible()
    qtbot.keyClick(people.filter, Qt.Key.Key_Down)
    assert people.view.hasFocus()
    assert people.chosen().heading == "Maria Petrescu"


@pytest.mark.parametrize("by", ["click", "Enter"])
def test_a_row_leads_to_its_place_and_flashes_it(qtbot, reading, by):
    quotes = reading.inspector.quotes
    entry = choose(reading, quotes, 1)
    if by == "Enter":
        qtbot.keyClick(quotes.view, Qt.Key.Key_Return)
    else:
        at = quotes.view.visualRect(quotes.view.currentIndex()).center()
        qtbot.mouseClick(quotes.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert reading.reading.caret_offset() == entry.places[0].start
    (flash,) = reading.reading.original._selections["flash"]
    assert " ".join(flash.cursor.selectedText().split()) == entry.text


def test_enter_on_a_person_goes_from_mention_to_mention(qtbot, reading):
    people = reading.inspector.people
    entry = choose(reading, people, 0)
    seen = []
    for _ in entry.places:
        qtbot.keyClick(people.view, Qt.Key.Key_Return)
        seen.append(reading.reading.caret_offset())
    assert seen == [place.start for place in entry.places]


def test_keys_in_the_list_are_about_its_row_and_not_about_the_caret(qtbot, reading):
    put_caret(reading, "Nu mai putem")
    entry = choose(reading, reading.inspector.quotes, 1)
    qtbot.keyClick(reading.inspector.quotes.view, Qt.Key.Key_Q)
    stored = [mark for mark in marks(reading, Layer.QUOTE) if mark.stored]
    assert [mark.span for mark in stored] == list(entry.places)
    choose(reading, reading.inspector.quotes, 0)
    qtbot.keyClick(reading.inspector.quotes.view, Qt.Key.Key_Delete)
    assert [mark.span for mark in marks(reading, Layer.QUOTE)] == list(entry.places)


def test_a_person_is_renamed_and_dropped_by_keys_from_the_list(qtbot, reading, monkeypatch):
    people = reading.inspector.people
    names = headings(people)
    choose(reading, people, names.index("Maria Petrescu"))
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Maria P.", True))
    trigger(reading, "rename_person")
    settle(qtbot, reading)
    assert "Maria P." in headings(people)
    choose(reading, people, headings(people).index("Maria P."))
    qtbot.keyClick(people.view, Qt.Key.Key_Delete)
    settle(qtbot, reading)
    assert "Maria P." not in headings(people)
    trigger(reading, "undo")
    settle(qtbot, reading)
    assert "Maria P." in headings(people)


# -- terms -----------------------------------------------------------------------------------------------------------

TERM = """Fabrica plătește lumina

Fabrica de hârtie „Crinul Alb” va plăti iluminatul. „Cine citește noaptea are nevoie de lumină”, a spus Andrei Voicu.
"""


@pytest.fixture
def mill(qtbot, window, tmp_path):
    """The window with an article open that has a quote and a name in quotation marks."""
    opened = open_article(qtbot, window, write(tmp_path / "news", "mill.txt", TERM))
    assert {mark.layer for mark in opened.marks()} >= {Layer.QUOTE, Layer.TERM}
    return window


def test_terms_are_neither_listed_nor_counted_among_quotes_until_one_asks_for_them(mill):
    quotes, tabs = mill.inspector.quotes, mill.inspector.tabBar()
    assert [entry.heading for entry in shown(quotes)] == ["Andrei Voicu"]
    assert tabs.tabText(1) == "Quotes 1"
    assert quotes.asides.isVisibleTo(quotes)
    assert quotes.asides.text() == "Show terms (1)"
    quotes.asides.click()
    assert [entry.text for entry in shown(quotes)] == ["Crinul Alb", "Cine citește noaptea are nevoie de lumină"]
    assert tabs.tabText(1) == "Quotes 2"


def test_a_term_is_nobodys_speech(mill):
    mill.inspector.quotes.asides.click()
    term = shown(mill.inspector.quotes)[0]
    assert (term.heading, term.faint) == ("Term", True)


def test_without_terms_nothing_offers_them(reading):
    quotes = reading.inspector.quotes
    reading.inspector.setCurrentWidget(quotes)
    assert not quotes.asides.isVisible()


# -- people ----------------------------------------------------------------------------------------------------------


def test_a_person_with_one_spelling_is_named_once_and_why_spellings_were_joined_stands_in_the_tooltip(reading):
    people = {entry.heading: entry for entry in shown(reading.inspector.people)}
    assert people["Andrei Voicu"].text == "Voicu"
    assert "Voicu" in people["Andrei Voicu"].why
    tips = [index.data(Qt.ItemDataRole.ToolTipRole) for index in map(reading.inspector.people.model.index, range(2))]
    assert any("Voicu" in (tip or "") for tip in tips)


def test_people_tell_where_else_in_the_library_they_are_named(qtbot, window, tmp_path, monkeypatch):
    asked = []

    def presences_in(folder, article, names, *, files):
        asked.append((folder, article, files))
        return {"Andrei Voicu": Presence(41, 12), "Maria Petrescu": Presence(2, 1)}

    monkeypatch.setattr("reader.ui.mentions.presences_in", presences_in)
    folder = tmp_path / "news"
    write(folder, "bridge.txt", BRIDGE)
    open_article(qtbot, window, folder)
    people = window.inspector.people
    qtbot.waitUntil(lambda: any(entry.note for entry in shown(people)))
    assert {entry.heading: entry.note for entry in shown(people)} == {
        "Andrei Voicu": "2 here · 41 in 12 articles",
        "Maria Petrescu": "2 here · in no other article",
    }
    assert asked[-1] == (folder, folder / "bridge.txt", False)
    trigger(window, "close_library")


def test_what_is_known_of_one_articles_people_is_not_said_of_the_next(qtbot, window, tmp_path, monkeypatch):
    answers = iter([{"Andrei Voicu": Presence(41, 12)}])
    monkeypatch.setattr("reader.ui.mentions.presences_in", lambda *_, **__: next(answers, {}))
    paths = [write(tmp_path / "news", name, text) for name, text in (("a.txt", BRIDGE), ("b.txt", MILL))]
    open_article(qtbot, window, *paths)
    people = window.inspector.people
    qtbot.waitUntil(lambda: any(entry.note for entry in shown(people)))
    window.open_article(paths[1])
    settle(qtbot, window)
    assert [entry.note for entry in shown(people)] == [""]


# -- kept between runs -----------------------------------------------------------------------------------------------


def test_tab_order_filter_and_terms_of_the_lists_come_back(qtbot, mill, make_window):
    inspector = mill.inspector
    inspector.setCurrentWidget(inspector.people)
    inspector.people.sort.setCurrentText("Name")
    inspector.quotes.filter.setText("noaptea")
    inspector.quotes.asides.click()
    close(mill)
    again = make_window().inspector
    assert again.currentWidget() is again.people
    assert again.people.sort.currentText() == "Name"
    assert again.quotes.sort.currentText() == "Place"
    assert again.quotes.filter.text() == "noaptea"
    assert again.quotes.asides.isChecked()
