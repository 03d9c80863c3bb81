"""The window over the whole folder: search, people, quotes and their timelines."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.library import building, extracting
from reader.library.index import Index
from reader.library.schema import index_file
from reader.library.timeline import Day, Days
from reader.text.errors import LibraryError
from reader.text.span import Span
from reader.ui.folder_desk import libraries_of
from reader.ui.folder_tab import name_in
from reader.ui.register import ALIKE, DECIDED, EVERYBODY
from reader.ui.search import ENTRY_ROLE
from reader.ui.theme import load_theme
from reader.ui.timeline import Timeline, TimelinePanel
from tests.support.news import write
from tests.support.processes import InThisProcess
from tests.ui.support import open_article, settle, trigger

if TYPE_CHECKING:
    from pathlib import Path

TALKS_RO = """ date 2026-05-12 Ministra de externe, Ilinca Vârlan, a vorbit miercuri despre reluarea dialogului.

„Aș încuraja orice inițiativă diplomatică a parlamentului european în privința canalului”, a declarat Ilinca Vârlan.

„Nu am venit aici ca să dau lecții vecinilor noștri”, a adăugat Vârlan.
"""
TALKS_UK = """ date 2026-05-11 Міністерка закордонних справ Ілінка Вирлан виступила на пресконференції.

"Я підтримаю кожну дипломатичну ініціативу європейського парламенту щодо каналу", - сказала Вирлан.
"""
FAIR = """ date 2026-05-12 Târgul s-a deschis sâmbătă, a anunțat primarul Andrei Voicu.

„Avem trei sute de standuri”, a spus Voicu.
"""


@pytest.fixture(autouse=True)
def _one_process(monkeypatch, analyzer):
    building._kept.cache_clear()
    monkeypatch.setattr(building, "Pool", InThisProcess)
    monkeypatch.setattr(extracting, "_analyzer", lambda: analyzer)
    yield
    if building._kept.cache_info().currsize:
        building._kept().service.close()
        building._kept.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = tmp_path / "library"
    for name, text in (("ro.txt", TALKS_RO), ("uk.txt", TALKS_UK), ("fair.txt", FAIR)):
        write(library, name, text)
    return library


@pytest.fixture
def whole(qtbot, window, folder):
    """Open the folder in the window, and the window over all of it; return both."""
    window.add_paths([folder])
    settle(qtbot, window)
    trigger(window, "search_library")
    desk = window.folder_desk
    over = desk._window
    qtbot.waitUntil(lambda: "3 articles indexed" in over.progress.text(), timeout=20_000)
    calm(qtbot, window)
    return window, over


def calm(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.busy and window.folder_desk._control is None, timeout=20_000)


def look(qtbot, window, over, line):
    over.search.query.setText(line)
    over.search.look()
    calm(qtbot, window)


def rows(over):
    return [over.search.model.index(row).data(ENTRY_ROLE) for row in range(over.search.model.rowCount())]


def headings(entries):
    return [entry.heading for entry in entries.model_.entries]


# -- search ----


def test_ctrl_shift_f_puts_the_caret_into_the_query_line(whole):
    window, over = whole
    assert window.actions_["search_library"].shortcuts()[0].toString() == "Ctrl+Shift+F"
    assert over.isVisible()
    assert over.tabs.currentWidget() is over.search
    assert over.search.help.isVisible(), "an empty line shows what may be typed"


def test_hits_stand_under_their_article_with_the_match_marked(qtbot, whole):
    window, over = whole
    look(qtbot, window, over, "Vârlan")
    found = rows(over)
    assert {row.hit.path.name for row in found if row.place is None} == {"ro.txt", "uk.txt"}
    marked = {mark.of(row.place.snippet) for row in found if row.place for mark in row.place.marks}
    assert {"Vârlan", "Вирлан"} <= marked
    assert "2 articles" in over.search.state.text()
    assert "вирлан" in over.search.state.text(), "the other spelling that was looked for is said"


def test_the_list_is_reached_and_a_place_opened_with_keys_alone(qtbot, whole):
    window, over = whole
    look(qtbot, window, over, "lecții")
    QTest.keyClick(over.search.query, Qt.Key.Key_Return)
    assert over.search.view.currentIndex().row() == 1
    QTest.keyClick(over.search.view, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.desk.opened.path.name == "ro.txt"
    row = window.reading.page.row_at(TALKS_RO.index("lecții"))
    qtbot.waitUntil(lambda: window.reading.visible_rows()[0] <= row <= window.reading.visible_rows()[1])


def test_escape_empties_the_line_and_then_leaves_the_window(qtbot, whole):
    window, over = whole
    look(qtbot, window, over, "lecții")
    QTest.keyClick(over.search.query, Qt.Key.Key_Escape)
    assert over.search.query.text() == ""
    assert over.isVisible()
    QTest.keyClick(over.search.query, Qt.Key.Key_Escape)
    assert not over.isVisible()


def test_a_place_in_the_open_article_is_gone_to_without_opening_it_again(qtbot, whole, monkeypatch):
    window, _ = whole
    opened = window.desk.opened
    assert opened is not None
    gone = []
    monkeypatch.setattr(window.reading, "go_to", gone.append)
    window.folder_desk.place_wanted.emit((opened.path, Span(5, 9)))
    assert gone == [Span(5, 9)]
    assert window.desk.opened is opened


def test_what_is_not_found_and_what_is_no_date_is_said(qtbot, whole):
    window, over = whole
    look(qtbot, window, over, "gibtesnicht")
    assert over.search.state.text().startswith("Nothing found")
    look(qtbot, window, over, "date:soon")
    assert "is no date" in over.search.state.text()
    look(qtbot, window, over, "")
    assert over.search.state.text() == ""


def test_typing_searches_after_a_moment(qtbot, whole):
    window, over = whole
    QTest.keyClicks(over.search.query, "standuri")
    qtbot.waitUntil(lambda: over.search.model.rowCount() > 0, timeout=10_000)
    calm(qtbot, window)
    assert rows(over)[0].hit.path.name == "fair.txt"


def test_a_day_of_the_timeline_narrows_the_search(qtbot, whole):
    window, over = whole
    look(qtbot, window, over, "Vârlan date:2026")
    assert over.search.panel.chart.isVisible()
    over.search.panel.chart.day_chosen.emit("2026-05-11")
    assert over.search.query.text() == "Vârlan date:2026-05-11"
    over.search.look()
    calm(qtbot, window)
    assert {row.hit.path.name for row in rows(over)} == {"uk.txt"}


def test_a_new_article_is_found_when_the_window_is_called_again(qtbot, whole, folder):
    window, over = whole
    write(folder, "new.txt", "Farul vechi luminează din nou.\n")
    trigger(window, "search_library")
    qtbot.waitUntil(lambda: "4 articles" in over.progress.text(), timeout=20_000)
    look(qtbot, window, over, "farul")
    assert rows(over)[0].hit.path.name == "new.txt"


def test_a_note_made_meanwhile_is_found_when_one_comes_back(qtbot, whole, folder):
    window, over = whole
    notes = NotesSession.open(read_article(folder / "fair.txt"))
    notes.add(Span(17, 23), note="whose stalls?")
    notes.save()
    over.woken.emit()
    calm(qtbot, window)
    look(qtbot, window, over, "stalls")
    assert [row.place.found_in for row in rows(over) if row.place] == ["note"]


# -- people ----


@pytest.fixture
def people(qtbot, whole):
    window, over = whole
    trigger(window, "people_register")
    calm(qtbot, window)
    return window, over.people


def choose(tab, name):
    row = headings(tab.people).index(name)
    tab.people.setCurrentIndex(tab.people.model_.index(row))


def test_a_person_shows_spellings_articles_and_days(qtbot, people):
    window, tab = people
    choose(tab, "Ilinca Vârlan")
    calm(qtbot, window)
    assert {"Ilinca Vârlan", "Вирлан", "Ілінка Вирлан"} <= set(headings(tab.spellings))
    assert len(tab.articles.model_.entries) == 2
    assert tab.panel.chart.isVisible()
    assert "2 articles · 3 quotes" in tab.about.text()


def test_a_day_of_a_persons_chart_is_searched_for(qtbot, people):
    window, tab = people
    choose(tab, "Ilinca Vârlan")
    calm(qtbot, window)
    tab.panel.chart.day_chosen.emit("2026-05-11")
    calm(qtbot, window)
    over = window.folder_desk._window
    assert over.tabs.currentWidget() is over.search
    assert over.search.query.text() == 'person:"Ilinca Vârlan" date:2026-05-11'
    assert {row.hit.path.name for row in rows(over)} == {"uk.txt"}


def test_a_person_is_renamed_and_that_is_undone(qtbot, people, folder, monkeypatch):
    window, tab = people
    choose(tab, "Andrei Voicu")
    calm(qtbot, window)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("The Mayor", True))
    tab.buttons["rename"].click()
    calm(qtbot, window)
    assert "The Mayor" in headings(tab.people)
    assert json.loads((folder / "people.json").read_bytes())["people"][0]["person"] == "The Mayor"
    assert tab.buttons["undo"].toolTip() == "Rename person (Ctrl+Z)"
    tab.buttons["undo"].click()
    calm(qtbot, window)
    assert "Andrei Voicu" in headings(tab.people)
    assert "The Mayor" not in headings(tab.people)


def test_two_people_are_merged(qtbot, people, monkeypatch):
    window, tab = people
    for row in range(tab.people.model_.rowCount()):
        tab.people.selectionModel().select(
            tab.people.model_.index(row), tab.people.selectionModel().SelectionFlag.Select
        )
    assert tab.buttons["merge"].isEnabled()
    assert not tab.buttons["rename"].isEnabled()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Everybody", True))
    tab.buttons["merge"].click()
    calm(qtbot, window)
    assert headings(tab.people) == ["Everybody"]


def test_who_is_no_person_goes(qtbot, people):
    window, tab = people
    choose(tab, "Andrei Voicu")
    calm(qtbot, window)
    tab.buttons["nobody"].click()
    calm(qtbot, window)
    assert "Andrei Voicu" not in headings(tab.people)


def test_spellings_are_split_off(qtbot, people, monkeypatch):
    window, tab = people
    choose(tab, "Ilinca Vârlan")
    calm(qtbot, window)
    assert not tab.buttons["split"].isEnabled()
    row = headings(tab.spellings).index("Ілінка Вирлан")
    tab.spellings.setCurrentIndex(tab.spellings.model_.index(row))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Ilinka Vyrlan", True))
    tab.buttons["split"].click()
    calm(qtbot, window)
    assert {"Ilinca Vârlan", "Ilinka Vyrlan"} <= set(headings(tab.people))


def test_the_filter_takes_any_spelling(qtbot, people):
    window, tab = people
    tab.filter.setText("вирлан")
    tab.look()
    calm(qtbot, window)
    assert headings(tab.people) == ["Ilinca Vârlan"]


def test_where_nobody_is_alike_the_proposals_say_so(qtbot, people):
    window, tab = people
    tab.modes[ALIKE].click()
    calm(qtbot, window)
    assert not tab.same.model_.entries
    assert tab.empty.text() == "No two people have names alike."
    tab.modes[EVERYBODY].click()
    assert tab.people.isVisible()


ALSO = """ date 2026-05-14 Ministra Ilinca Vârlan-Popa a plecat la Lotca, a anunțat guvernul.

„Voi lipsi două zile”, a spus Ilinca Vârlan-Popa.
"""


@pytest.fixture
def alike(qtbot, people, folder):
    """Return the window and the people's tab with a pair that may be one."""
    window, tab = people
    write(folder, "also.txt", ALSO)
    trigger(window, "people_register")
    calm(qtbot, window)
    tab.modes[ALIKE].click()
    calm(qtbot, window)
    return window, tab


def test_a_pair_shows_both_with_the_evidence_and_is_called_two_and_one_by_key(qtbot, alike, folder):
    window, tab = alike
    assert headings(tab.same) == ["Ilinca Vârlan – Ilinca Vârlan-Popa"]
    assert "is all in" in tab.about.text()
    assert {entry.translation for entry in tab.spellings.model_.entries} == {"Ilinca Vârlan", "Ilinca Vârlan-Popa"}
    tab.same.setFocus()
    QTest.keyClick(tab.same, Qt.Key.Key_N)
    calm(qtbot, window)
    assert headings(tab.same) == []
    assert json.loads((folder / "people.json").read_bytes())["different"][0]["persons"] == [
        "Ilinca Vârlan",
        "Ilinca Vârlan-Popa",
    ]
    QTest.keyClick(tab.same, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    calm(qtbot, window)
    assert len(headings(tab.same)) == 1
    QTest.keyClick(tab.same, Qt.Key.Key_Y)
    calm(qtbot, window)
    assert headings(tab.same) == []
    tab.modes[EVERYBODY].click()
    calm(qtbot, window)
    assert "Ilinca Vârlan-Popa" not in headings(tab.people)


def test_what_was_decided_is_listed_and_taken_back(qtbot, people, folder, monkeypatch):
    window, tab = people
    choose(tab, "Andrei Voicu")
    calm(qtbot, window)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("The Mayor", True))
    tab.people.setFocus()
    QTest.keyClick(tab.people, Qt.Key.Key_F2)
    calm(qtbot, window)
    tab.modes[DECIDED].click()
    calm(qtbot, window)
    (entry,) = tab.decided.model_.entries
    assert (entry.heading, "Voicu" in entry.text) == ("The Mayor", True)
    tab.decided.setFocus()
    QTest.keyClick(tab.decided, Qt.Key.Key_Delete)
    calm(qtbot, window)
    assert tab.empty.text() == "Nothing was decided about the people of this folder."
    assert json.loads((folder / "people.json").read_bytes())["people"] == []
    assert NotesSession.open(read_article(folder / "fair.txt")).notes.people == ()


def test_notes_that_are_not_saved_yet_and_a_decision_on_the_folder_both_stay(qtbot, people, folder, monkeypatch):
    window, tab = people
    opened = open_article(qtbot, window, folder / "fair.txt")
    opened.notes.add(Span(17, 23), note="whose stalls?")
    choose(tab, "Andrei Voicu")
    calm(qtbot, window)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("The Mayor", True))
    tab.buttons["rename"].click()
    calm(qtbot, window)
    window.desk.save()
    kept = NotesSession.open(read_article(folder / "fair.txt")).notes
    assert [each.note for each in kept.annotations if each.note] == ["whose stalls?"]
    assert [each.person for each in kept.people] == ["The Mayor"]
    tab.buttons["undo"].click()
    calm(qtbot, window)
    window.desk.save()
    kept = NotesSession.open(read_article(folder / "fair.txt")).notes
    assert [each.note for each in kept.annotations if each.note] == ["whose stalls?"]
    assert kept.people == ()


def test_what_can_t_be_decided_is_said_in_the_window_itself(qtbot, people, folder):
    window, tab = people
    (folder / "people.json").write_bytes(b"{ half of")
    choose(tab, "Andrei Voicu")
    calm(qtbot, window)
    tab.buttons["nobody"].click()
    calm(qtbot, window)
    over = window.folder_desk._window
    assert "people.json" in over.messages.words[0]
    QTest.keyClick(over, Qt.Key.Key_Escape)
    assert over.messages.words == ()
    assert over.isVisible()


def test_f6_goes_round_the_parts_of_a_tab(qtbot, people):
    window, tab = people
    choose(tab, "Ilinca Vârlan")
    calm(qtbot, window)
    tab.filter.setFocus()
    reached = []
    for _ in range(5):
        QTest.keyClick(window.folder_desk._window, Qt.Key.Key_F6)
        reached.append(window.folder_desk._window.focusWidget())
    assert reached == [tab.people, tab.spellings, tab.articles, tab.panel.chart, tab.filter]


# -- quotes ----


@pytest.fixture
def quotes(qtbot, whole):
    window, over = whole
    trigger(window, "quote_ledger")
    calm(qtbot, window)
    tab = over.quotes
    row = next(row for row, entry in enumerate(tab.quotes.model_.entries) if "încuraja" in entry.text)
    tab.quotes.setCurrentIndex(tab.quotes.model_.index(row))
    calm(qtbot, window)
    return window, tab


def test_the_same_quote_elsewhere_is_shown_with_its_reasons(quotes):
    _, tab = quotes
    (entry,) = tab.elsewhere.model_.entries
    assert entry.heading.startswith("uk.txt")
    assert entry.badge.endswith("%")
    assert "both by Ilinca Vârlan" in entry.note


def test_a_pair_is_confirmed_rejected_and_that_is_undone(qtbot, quotes, folder):
    window, tab = quotes
    tab.confirm.click()
    calm(qtbot, window)
    assert tab.elsewhere.model_.entries[0].badge == "confirmed"
    tab.reject.click()
    calm(qtbot, window)
    assert tab.elsewhere.model_.entries[0].badge == "not the same"
    assert json.loads((folder / "quotes.json").read_bytes())["pairs"][0]["status"] == "different"
    tab.elsewhere.setFocus()
    QTest.keyClick(tab.elsewhere, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    calm(qtbot, window)
    assert tab.elsewhere.model_.entries[0].badge == "confirmed"
    assert [entry.badge for entry in tab.quotes.model_.entries if entry.badge] == ["1 elsewhere"] * 2, "on both sides"
    QTest.keyClick(tab.elsewhere, Qt.Key.Key_Y)
    calm(qtbot, window)
    assert tab.elsewhere.model_.entries[0].badge.endswith("%"), "pressed again it takes the decision back"


def test_the_filter_keeps_quotes_and_a_quote_opens_its_place(qtbot, quotes):
    window, tab = quotes
    tab.filter.setText("person:voicu")
    tab.look()
    calm(qtbot, window)
    assert tab.state.text() == "1 quote"
    tab.open.click()
    settle(qtbot, window)
    assert window.desk.opened.path.name == "fair.txt"


# -- the index in the background ----


def held(monkeypatch, name=None):
    """Hold a build before it reads an article, or any; return what says that it is there, and what lets it go on."""
    reached, hold = threading.Event(), threading.Event()
    read = building.read_words

    def slowly(path):
        if name in (None, path.name):
            reached.set()
            hold.wait(20)
        return read(path)

    monkeypatch.setattr(building, "read_words", slowly)
    return reached, hold


def test_a_build_is_paused_and_resumed(qtbot, window, folder, monkeypatch):
    reached, hold = held(monkeypatch)
    window.add_paths([folder])
    settle(qtbot, window)
    trigger(window, "search_library")
    qtbot.waitUntil(reached.is_set, timeout=20_000)
    over = window.folder_desk._window
    over.pause_wanted.emit()
    assert window.folder_desk._control.paused
    assert over.pause.text() == "Resume"
    hold.set()
    over.pause.click()
    qtbot.waitUntil(lambda: "3 articles indexed" in over.progress.text(), timeout=20_000)
    assert not over.pause.isVisible()


def test_empty_lists_say_that_the_folder_is_being_indexed_until_it_is(qtbot, window, folder, monkeypatch):
    reached, hold = held(monkeypatch, "uk.txt")
    window.add_paths([folder])
    settle(qtbot, window)
    trigger(window, "search_library")
    over = window.folder_desk._window
    over.search.query.setText("gibtesnicht")
    over.people.filter.setText("gibtesnicht")
    over.quotes.filter.setText("gibtesnicht")
    try:
        qtbot.waitUntil(reached.is_set, timeout=20_000)
        words = ("being indexed", "of 3")
        places = (over.search.state, over.people.empty, over.quotes.state)
        qtbot.waitUntil(lambda: all(word in place.text() for place in places for word in words), timeout=20_000)
        over.pause_wanted.emit()
        assert all(place.text().startswith("Indexing is paused. ") for place in places)
        over.pause_wanted.emit()
    finally:
        hold.set()
    calm(qtbot, window)
    assert over.search.state.text().startswith("Nothing found.")
    assert over.people.empty.text() == "Nobody here is spelled “gibtesnicht”."
    assert over.quotes.state.text() == "No quote is kept by this."


def test_a_folder_that_can_t_be_indexed_is_not_said_to_be_empty(qtbot, whole, folder, monkeypatch):
    def fail(*arguments, **options):
        raise LibraryError("The disk is full.", folder)

    window, over = whole
    look(qtbot, window, over, "gibtesnicht")
    monkeypatch.setattr(building, "build", fail)
    trigger(window, "search_library")
    calm(qtbot, window)
    assert over.search.state.text() == "This folder could not be indexed in full."


def test_problems_are_counted_and_listed(qtbot, whole, folder, monkeypatch):
    window, over = whole
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    trigger(window, "search_library")
    qtbot.waitUntil(lambda: over.problems.isVisible(), timeout=20_000)
    assert over.problems.text() == "1 problem…"
    said = []
    monkeypatch.setattr(QMessageBox, "information", lambda *arguments: said.append(arguments[2]))
    over.problems.click()
    assert "picture.txt" in said[0]


def test_without_an_open_folder_the_window_says_what_to_do(qtbot, window):
    trigger(window, "search_library")
    over = window.folder_desk._window
    calm(qtbot, window)
    assert over.progress.text() == "Open a folder or files to search in them."
    over.search.query.setText("anything")
    over.search.look()
    calm(qtbot, window)


def test_folders_opened_meanwhile_are_offered_when_one_comes_back(qtbot, whole, tmp_path):
    window, over = whole
    index = window.folder_desk._index
    write(tmp_path / "another", "mill.txt", "Moara veche macină din nou.\n")
    window.add_paths([tmp_path / "another"])
    settle(qtbot, window)
    over.woken.emit()
    calm(qtbot, window)
    assert [over.folders.itemText(row) for row in range(over.folders.count())] == ["library", "another"]
    assert (over.folders.currentIndex(), window.folder_desk._index) == (0, index), "the folder looked into stays"
    over.folder_chosen.emit(1)
    qtbot.waitUntil(lambda: "1 article indexed" in over.progress.text(), timeout=20_000)


def test_closing_the_window_while_the_index_is_built_leaves_no_thread(qtbot, window, folder):
    window.add_paths([folder])
    settle(qtbot, window)
    trigger(window, "search_library")
    window.close()
    assert window.folder_desk._index is None


def test_leaving_a_folder_while_it_is_indexed_is_no_problem_to_be_told(qtbot, window, folder, tmp_path, monkeypatch):
    reached, hold = held(monkeypatch, "uk.txt")
    write(tmp_path / "another", "mill.txt", "Moara veche macină din nou.\n")
    window.add_paths([folder, tmp_path / "another"])
    settle(qtbot, window)
    trigger(window, "search_library")
    over, said = window.folder_desk._window, []
    monkeypatch.setattr(over.messages, "say", lambda *words: said.append(words))
    try:
        qtbot.waitUntil(reached.is_set, timeout=20_000)
        over.folder_chosen.emit(1)
        qtbot.waitUntil(lambda: window.folder_desk._index is not None, timeout=20_000)
    finally:
        hold.set()
    calm(qtbot, window)
    assert not said
    assert "1 article indexed" in over.progress.text()


@pytest.fixture
def opened_indexes(monkeypatch):
    """Return the list of all indexes that are opened from now on."""
    made: list[Index] = []
    begin = Index.__init__

    def note(self, *arguments, **options):
        begin(self, *arguments, **options)
        made.append(self)

    monkeypatch.setattr(Index, "__init__", note)
    return made


def test_an_index_that_was_opened_for_a_window_closed_meanwhile_is_closed(qtbot, window, folder, opened_indexes):
    window.add_paths([folder])
    settle(qtbot, window)
    opened_indexes.clear()
    trigger(window, "search_library")
    window.jobs._lanes["library"].submit(int).result(20)  # it is open, and not delivered yet
    window.close()
    assert [index._closed for index in opened_indexes] == [True]


def test_of_folders_chosen_one_after_the_other_only_the_last_one_stays_open(qtbot, whole, tmp_path, opened_indexes):
    window, over = whole
    write(tmp_path / "another", "mill.txt", "Moara veche macină din nou.\n")
    window.add_paths([tmp_path / "another"])
    settle(qtbot, window)
    over.woken.emit()
    calm(qtbot, window)
    opened_indexes.clear()
    for number in (1, 0, 1):
        over.folder_chosen.emit(number)
    calm(qtbot, window)
    kept = [index for index in opened_indexes if not index._closed and index.folder.name == "another"]
    assert window.folder_desk._index in kept
    assert not [index for index in opened_indexes if not index._closed and index is not window.folder_desk._index]
    assert "1 article indexed" in over.progress.text()


def test_an_article_is_named_with_its_subfolder_since_another_one_may_have_that_name(tmp_path):
    assert name_in(tmp_path, tmp_path / "a.txt") == "a.txt"
    assert name_in(tmp_path, tmp_path / "03" / "a.txt") == "03/a.txt"
    assert name_in(tmp_path, tmp_path / "2026" / "03" / "a\nb.txt") == "…/03/a\ufffdb.txt"
    assert name_in(None, tmp_path / "a.txt") == "a.txt"


def test_the_lists_name_an_article_in_a_subfolder_with_it(qtbot, window, folder):
    write(folder / "may", "ro.txt", TALKS_RO)
    window.add_paths([folder])
    settle(qtbot, window)
    trigger(window, "people_register")
    over = window.folder_desk._window
    qtbot.waitUntil(lambda: "4 articles indexed" in over.progress.text(), timeout=20_000)
    calm(qtbot, window)
    over.people.filter.setText("Vârlan")
    over.people.look()
    calm(qtbot, window)
    assert {"may/ro.txt", "uk.txt"} <= {entry.text.rsplit(" · ")[-1] for entry in over.people.articles.model_.entries}
    trigger(window, "quote_ledger")
    calm(qtbot, window)
    over.quotes.filter.setText("încuraja")
    over.quotes.look()
    calm(qtbot, window)
    over.quotes.quotes.setCurrentIndex(over.quotes.quotes.model_.index(1, 0))
    calm(qtbot, window)
    assert any(entry.heading.startswith("may/ro.txt · ") for entry in over.quotes.elsewhere.model_.entries)


def test_folders_inside_others_and_files_in_opened_folders_are_not_searched_twice(tmp_path):
    inner, other = tmp_path / "a" / "b", tmp_path / "c"
    for path in (inner, other):
        path.mkdir(parents=True)
    inside, alone = write(inner, "x.txt", "X"), write(other, "y.txt", "Y")
    assert libraries_of([tmp_path / "a", inner, inside, alone]) == [(tmp_path / "a", None), (other, (alone,))]


def test_every_control_has_a_name_for_a_screen_reader(whole):
    _, over = whole
    named = (
        *(over.folders, over.search.query, over.search.view, over.search.panel.chart, over.people.filter),
        *(over.people.people, over.people.spellings, over.people.articles, over.people.same),
        *(over.quotes.filter, over.quotes.quotes, over.quotes.elsewhere),
    )
    assert all(widget.accessibleName() for widget in named)


# -- the index while nobody looks into it ----


def people_notes(window):
    return " ".join(entry.note for entry in window.inspector.people.model.entries)


def test_the_people_tab_knows_the_folder_though_nobody_looked_into_it(qtbot, window, folder):
    window.folder_desk._soon.setInterval(10)
    open_article(qtbot, window, folder / "ro.txt", folder / "uk.txt")
    qtbot.waitUntil(lambda: "in 2 articles" in people_notes(window), timeout=20_000)
    assert window.folder_desk._window is None


def test_an_article_that_comes_into_a_folder_that_is_looked_into_shows_by_itself(qtbot, whole, folder):
    window, over = whole
    window.folder_desk._soon.setInterval(10)
    write(folder, "mill.txt", "Moara veche macină din nou.\n")
    window.shelf.look_again()
    qtbot.waitUntil(lambda: "4 articles indexed" in over.progress.text(), timeout=20_000)


def test_a_large_folder_is_indexed_unasked_only_after_somebody_looked_into_it(qtbot, window, folder, monkeypatch):
    monkeypatch.setattr("reader.ui.quiet_index.FEW", 2)
    window.folder_desk._soon.setInterval(10)
    open_article(qtbot, window, folder)
    qtbot.waitUntil(lambda: not window.folder_desk._soon.isActive(), timeout=20_000)
    calm(qtbot, window)
    assert not index_file(folder).exists()
    Index(folder).close()
    window.folder_desk.keep_up()
    qtbot.waitUntil(lambda: bool(people_notes(window)), timeout=20_000)


def test_an_index_that_is_damaged_is_told_though_nobody_looks_into_it(qtbot, window, folder, monkeypatch):
    said = []
    monkeypatch.setattr(window.messages, "say", lambda *words: said.append(words))
    window.folder_desk.said.connect(window.messages.say)
    index_file(folder).parent.mkdir(parents=True)
    index_file(folder).write_bytes(b"no index " * 400)
    window.folder_desk._soon.setInterval(10)
    open_article(qtbot, window, folder)
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    calm(qtbot, window)
    assert "built anew" in said[0][0]
    index = Index(folder)
    assert index.counts().analysed == 3
    index.close()


def test_an_index_that_can_t_be_kept_is_not_built_unasked(qtbot, window, folder, monkeypatch):
    said = []
    window.folder_desk.said.connect(lambda *words: said.append(words))
    index_file(folder).mkdir(parents=True)  # no file can be there
    window.folder_desk._soon.setInterval(10)
    monkeypatch.setattr(building, "build", lambda *arguments, **options: pytest.fail("it would be lost at once"))
    open_article(qtbot, window, folder)
    qtbot.waitUntil(lambda: not window.folder_desk._soon.isActive(), timeout=20_000)
    calm(qtbot, window)
    assert said == []


# -- the chart ----


@pytest.fixture
def chart(qtbot, theme):
    made = Timeline(theme)
    qtbot.addWidget(made)
    made.resize(500, 160)
    made.set_days("Ilinca Vârlan", [Day("2026-05-11", 1, 2, 1), Day("2026-05-14", 1, 4, 0)])
    made.show()
    return made


def test_a_chart_has_a_bar_for_every_day_between(chart):
    assert [when for when, _, _ in chart._bars] == ["2026-05-11", "2026-05-12", "2026-05-13", "2026-05-14"]


def test_a_long_time_is_shown_by_month(chart):
    chart.set_days("x", [Day("2024-01-31", 1, 2, 0), Day("2025-06-01", 1, 1, 1), Day("2025-06-30", 1, 1, 0)])
    assert chart._bars[0] == ("2024-01", 2, 0)
    assert chart._bars[-1] == ("2025-06", 2, 1)
    assert len(chart._bars) == 18


def test_a_very_long_time_is_shown_by_year_and_a_year_is_chosen(qtbot, chart):
    chart.set_days("x", [Day("1203-01-01", 1, 1, 0), Day("2024-01-31", 1, 2, 0), Day("2024-06-01", 1, 1, 1)])
    assert len(chart._bars) == 822
    assert chart._bars[-1] == ("2024", 3, 1)
    with qtbot.waitSignal(chart.day_chosen) as pressed:
        QTest.keyClick(chart, Qt.Key.Key_End)
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert pressed.args == ["2024"]


def test_an_empty_day_can_t_be_chosen(qtbot, chart):
    chart.set_days("x", [Day("2026-05-01", 1, 2, 1), Day("2026-05-31", 1, 4, 0)])
    with qtbot.assertNotEmitted(chart.day_chosen):
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPointF(250, 80).toPoint())


def test_articles_without_a_date_are_counted_and_alone_take_no_chart(qtbot, theme):
    panel = TimelinePanel(theme)
    qtbot.addWidget(panel)
    panel.show_days("x", Days((Day("2026-05-01", 1, 2, 1),), 3))
    panel.show()
    assert panel.chart.isVisible()
    assert "3 articles without a date not shown" in panel.chart.accessibleDescription()
    panel.show_days("x", Days((), 1))
    assert not panel.chart.isVisible()
    assert panel.empty.text() == "1 article without a date"


def test_a_chart_that_is_saved_or_not_is_said(qtbot, theme, tmp_path, monkeypatch):
    panel = TimelinePanel(theme)
    qtbot.addWidget(panel)
    panel.show_days("Ilinca Vârlan", Days((Day("2026-05-01", 1, 2, 1),)))
    said = []
    panel.said.connect(lambda words, level: said.append((level, words)))
    answers = iter([(str(tmp_path / "chart"), "PNG picture (*.png)"), (str(tmp_path / "no" / "x.svg"), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: next(answers))
    panel.save.click()
    panel.save.click()
    assert not QImage(str(tmp_path / "chart.png")).isNull()
    assert [level for level, _ in said] == ["info", "error"]
    assert "No such file" in said[1][1]


def test_a_day_is_chosen_by_mouse_and_by_keys(qtbot, chart):
    with qtbot.waitSignal(chart.day_chosen) as clicked:
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPointF(90, 80).toPoint())
    assert clicked.args == ["2026-05-11"]
    QTest.keyClick(chart, Qt.Key.Key_Left)
    with qtbot.waitSignal(chart.day_chosen) as pressed:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert pressed.args == ["2026-05-14"]
    assert "4 mentions" in chart.accessibleDescription()


def test_a_chart_is_written_as_svg_and_as_png(chart, tmp_path):
    chart.export(tmp_path / "chart.svg")
    chart.export(tmp_path / "chart.png")
    svg = (tmp_path / "chart.svg").read_text("utf-8")
    assert "Ilinca" in svg
    assert not QImage(str(tmp_path / "chart.png")).isNull()
    for name in ("chart.png", "chart.svg"):
        with pytest.raises(OSError, match="No such file"):
            chart.export(tmp_path / "nowhere" / name)


def test_a_chart_without_days_and_in_the_dark_theme_is_drawn(chart):
    chart.set_days("nobody", [])
    assert chart.empty
    chart.set_theme(load_theme("dark"))
    assert not chart.grab().isNull()
