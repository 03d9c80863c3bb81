from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QStyleOptionViewItem

from reader.library.listing import GROUPINGS, SORTS, Group
from reader.page import Summary
from reader.ui.library_model import LibraryModel, error_words
from reader.ui.library_panel import LibraryPanel
from tests.support.news import BRIDGE, FERRY, HARBOUR, MILL, write
from tests.ui.conftest import close
from tests.ui.support import open_article, settle, trigger

SUMMARIES = (
    Summary(
        Path("b10.txt"), "Zăpadă la munte", "2026-03-02", "ro", "Snow in the mountains", 2, 1, persons=("Andrei Voicu",)
    ),
    Summary(Path("b2.txt"), "Apa crește", "2026-03-09", "ro", None, 0, 0),
    Summary(Path("a1.txt"), "Порт відкриють", None, "uk", "The port opens", 1, 1, persons=("Orest Hlynianskyi",)),
    Summary(Path("c.txt"), "c.txt", error="c.txt may not be read: you lack the permission."),
)


@pytest.fixture
def panel(qtbot, theme):
    library = LibraryPanel(theme)
    qtbot.addWidget(library)
    library.resize(280, 500)
    library.model.add(SUMMARIES)
    library.show()
    qtbot.waitExposed(library)
    return library


def shown(panel):
    rows = [panel.model.at(row) for row in range(panel.model.rowCount())]
    return [f"[{panel.model.label(row)}]" if isinstance(row, Group) else row.summary.path.name for row in rows]


def sort(panel, name):
    panel.sort.setCurrentIndex(SORTS.index(name))


def group(panel, name):
    panel.grouping.setCurrentIndex(GROUPINGS.index(name))


def option_of(panel, row):
    option = QStyleOptionViewItem()
    option.rect = panel.view.visualRect(panel.model.index(row, 0))
    option.font = panel.view.font()
    return option


def click(qtbot, panel, row):
    place = panel.view.visualRect(panel.model.index(row, 0)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_files_sort_as_a_person_counts(panel):
    sort(panel, "date")
    sort(panel, "file")
    assert shown(panel) == ["a1.txt", "b2.txt", "b10.txt", "c.txt"]


def test_articles_stand_in_the_order_of_their_files_from_the_start(panel):
    assert shown(panel) == ["a1.txt", "b2.txt", "b10.txt", "c.txt"]


def test_dates_sort_the_newest_first_and_articles_without_one_last(panel):
    sort(panel, "date")
    assert shown(panel) == ["b2.txt", "b10.txt", "a1.txt", "c.txt"]


def test_titles_sort_by_their_letters(panel):
    sort(panel, "title")
    assert shown(panel) == ["b2.txt", "c.txt", "b10.txt", "a1.txt"]


def test_languages_stand_together_with_the_unknown_ones_last(panel):
    sort(panel, "language")
    assert shown(panel) == ["b2.txt", "b10.txt", "a1.txt", "c.txt"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("zăpadă", ["b10.txt"]),
        ("snow", ["b10.txt"]),
        ("b2", ["b2.txt"]),
        ("uk", ["a1.txt"]),
        ("hlynianskyi", ["a1.txt"]),
        ("VOICU munte", ["b10.txt"]),
        ("voicu creste", []),
        ("zapada", ["b10.txt"]),
        ("ukrainian", ["a1.txt"]),
        ("2026-03", ["b2.txt", "b10.txt"]),
        ("", ["a1.txt", "b2.txt", "b10.txt", "c.txt"]),
    ],
)
def test_the_filter_looks_in_title_translation_file_language_date_and_people(panel, words, found):
    panel.filter.setText(words)
    assert shown(panel) == found


def test_the_filter_keeps_up_with_articles_that_are_analysed_later(qtbot, panel):
    panel.filter.setText("petrescu")
    assert shown(panel) == []
    panel.model.update(Summary(Path("b2.txt"), "Apa crește", persons=("Maria Petrescu",)))
    qtbot.waitUntil(lambda: shown(panel) == ["b2.txt"])


def test_the_count_says_how_many_the_filter_leaves(panel):
    assert panel.count.text() == "4 articles"
    panel.filter.setText("snow")
    assert panel.count.text() == "1 of 4 articles"


def test_filtering_does_not_open_another_article(qtbot, panel):
    panel.show_current(Path("a1.txt"))
    with qtbot.assertNotEmitted(panel.article_chosen):
        panel.filter.setText("snow")
        panel.filter.setText("")


def test_choosing_a_row_asks_for_its_article(qtbot, panel):
    with qtbot.waitSignal(panel.article_chosen) as chosen:
        click(qtbot, panel, 1)
    assert chosen.args == [Path("b2.txt")]


def test_the_arrow_keys_walk_through_the_shown_order(qtbot, panel):
    panel.show_current(Path("a1.txt"))
    panel.view.setFocus()
    with qtbot.waitSignal(panel.article_chosen) as chosen:
        qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert chosen.args == [Path("b2.txt")]


def test_a_row_tells_a_screen_reader_what_its_marks_tell_the_eye(panel):
    panel.model.update(Summary(Path("b2.txt"), "Apa crește", "2026-03-09", "ro", "The water rises", 2, 1, 3, True))
    panel.model.set_unread(Path("c.txt"), False)
    panel.model.set_missing(Path("c.txt"), True)
    spoken = [panel.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (1, 3)]
    assert spoken == [
        "Apa crește. The water rises. 2026-03-09. Romanian. Unread. Translated. 3 own highlights. 2 quotes. 1 person",
        "c.txt. File gone: the notes are kept. c.txt may not be read: you lack the permission.",
    ]


def test_the_tooltip_names_the_file_and_what_is_wrong_with_it(panel):
    words = panel.model.index(3, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "c.txt" in words
    assert "may not be read" in words


def test_a_title_is_never_taken_for_html(panel):
    panel.model.update(Summary(Path("b2.txt"), "<img src=x> & Co"))
    assert "&lt;img src=x&gt; &amp; Co" in panel.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_each_mark_says_what_it_means_when_the_mouse_rests_on_it(panel):
    panel.model.update(Summary(Path("b2.txt"), "Apa crește", "2026-03-09", "ro", "The water rises", 2, 1, 3, True))
    option = option_of(panel, 1)
    words = {
        panel.view.delegate._words_at(x, option.rect.bottom() - 15, option, panel.model.at(1))
        for x in range(option.rect.width())
    }
    assert words == {"", "Unread", "Translated", "Own highlights: 3", "Quotes: 2", "People: 1"}


def test_every_row_can_be_drawn_in_both_themes(panel):
    from reader.ui.theme import load_theme

    pictures = []
    for name in ("light", "dark"):
        panel.set_theme(load_theme(name))
        pictures.append(panel.view.grab().toImage())
    assert pictures[0] != pictures[1]


def test_ten_thousand_articles_load_sort_group_and_filter(qtbot, theme):
    library = LibraryPanel(theme)
    qtbot.addWidget(library)
    library.model.add([Summary(Path(f"{n}.txt"), f"Title {n}", f"2026-01-{n % 28 + 1:02}") for n in range(10_000)])
    assert library.model.rowCount() == 10_000
    sort(library, "date")
    assert library.model.at(0).summary.date == "2026-01-28"
    group(library, "date")
    assert library.model.rowCount() == 10_028
    library.filter.setText("title 9999")
    assert shown(library) == ["[Sunday, 4 January 2026]", "9999.txt"]


def test_an_article_stands_in_the_library_once(qtmodeltester):
    model = LibraryModel()
    model.add(SUMMARIES)
    model.add(SUMMARIES)
    assert len(model) == model.rowCount() == 4
    model.set_grouping("person")
    qtmodeltester.check(model)


# -- groups ----------------------------------------------------------------------------------------------------------


def test_articles_group_by_date_the_newest_first_and_those_without_one_last(panel):
    group(panel, "date")
    assert shown(panel) == [
        *("[Monday, 9 March 2026]", "b2.txt"),
        *("[Monday, 2 March 2026]", "b10.txt"),
        *("[No date]", "a1.txt", "c.txt"),
    ]


def test_articles_group_by_language(panel):
    group(panel, "language")
    assert shown(panel) == [
        *("[Romanian]", "b2.txt", "b10.txt"),
        *("[Ukrainian]", "a1.txt"),
        *("[Language not known yet]", "c.txt"),
    ]


def test_groups_of_people_are_closed_until_one_opens_them(qtbot, panel):
    group(panel, "person")
    assert shown(panel) == ["[Andrei Voicu]", "[Orest Hlynianskyi]", "[No people found]"]
    click(qtbot, panel, 1)
    assert shown(panel) == ["[Andrei Voicu]", "[Orest Hlynianskyi]", "a1.txt", "[No people found]"]


def test_a_heading_tells_its_articles_and_whether_it_is_open(panel):
    group(panel, "language")
    panel.model.set_unread(Path("b2.txt"), False)
    index = panel.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Romanian: 2 articles, 2 unread, open"
    panel.model.set_open(0, False)
    assert panel.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("1 unread, closed")


def test_left_and_right_close_and_open_groups(qtbot, panel):
    group(panel, "language")
    panel.show_current(Path("b10.txt"))
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    assert panel.view.currentIndex().row() == 0
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    assert shown(panel)[:2] == ["[Romanian]", "[Ukrainian]"]
    assert panel.view.currentIndex().row() == 0
    qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    assert shown(panel)[:3] == ["[Romanian]", "b2.txt", "b10.txt"]


def test_return_and_space_turn_a_heading(qtbot, panel):
    group(panel, "language")
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Home)
    for key, rows in ((Qt.Key.Key_Return, 5), (Qt.Key.Key_Space, 7)):
        qtbot.keyClick(panel.view, key)
        assert panel.model.rowCount() == rows


def test_all_groups_close_and_open_at_once(panel):
    group(panel, "date")
    panel.model.set_all_open(False)
    assert panel.model.rowCount() == 3
    panel.model.set_all_open(True)
    assert panel.model.rowCount() == 7


def test_the_next_article_is_not_a_heading(qtbot, panel):
    group(panel, "language")
    panel.show_current(Path("b10.txt"))
    with qtbot.waitSignal(panel.article_chosen) as chosen:
        panel.step(1)
    assert chosen.args == [Path("a1.txt")]


def test_a_closed_group_has_its_heading_marked_for_the_open_article_within(panel):
    group(panel, "language")
    panel.show_current(Path("b10.txt"))
    panel.model.set_all_open(False)
    assert panel.view.currentIndex().row() == 0
    panel.model.set_all_open(True)
    panel.filter.setText("apa")
    assert shown(panel) == ["[Romanian]", "b2.txt", "b10.txt"]
    panel.filter.setText("creste")
    assert not panel.view.currentIndex().isValid()


def test_the_open_article_stays_the_current_one_through_filter_sort_and_groups(qtbot, panel):
    panel.show_current(Path("b10.txt"))
    with qtbot.assertNotEmitted(panel.article_chosen):
        panel.filter.setText("port")
        assert not panel.view.currentIndex().isValid()
        panel.filter.clear()
        sort(panel, "date")
        group(panel, "language")
    assert panel.model.place_of(panel.view.currentIndex().row()) == ("ro", Path("b10.txt"))


# -- keys of the filter ----------------------------------------------------------------------------------------------


def test_return_in_the_filter_opens_the_first_article_that_is_left(qtbot, panel):
    panel.filter.setText("voicu")
    with qtbot.waitSignal(panel.article_chosen) as chosen:
        qtbot.keyClick(panel.filter, Qt.Key.Key_Return)
    assert chosen.args == [Path("b10.txt")]


def test_escape_clears_the_filter_and_then_leads_to_the_list(qtbot, panel):
    panel.filter.setFocus()
    panel.filter.setText("voicu")
    qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.filter.text() == ""
    qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.view.hasFocus()


def test_down_leads_from_the_filter_into_the_list(qtbot, panel):
    panel.show_current(Path("b2.txt"))
    panel.filter.setFocus()
    qtbot.keyClick(panel.filter, Qt.Key.Key_Down)
    assert panel.view.hasFocus()


def test_an_empty_list_says_what_to_do(qtbot, theme, panel):
    panel.filter.setText("xyzzy")
    assert panel.empty.isVisible()
    assert "xyzzy" in panel.empty.text()
    panel.filter.clear()
    assert not panel.empty.isVisible()
    empty = LibraryPanel(theme)
    qtbot.addWidget(empty)
    assert "Open a folder" in empty.empty.text()


# -- rows on screen --------------------------------------------------------------------------------------------------


def test_a_row_grows_when_its_translated_title_arrives(panel):
    height = panel.view.rowHeight(1)
    panel.model.update(Summary(Path("b2.txt"), "Apa crește", translated_title="The water rises"))
    assert panel.view.rowHeight(1) > height == panel.view.rowHeight(3)


def test_every_row_has_its_height_whatever_the_order(panel):
    panel.model.update(Summary(Path("b2.txt"), "Apa crește", translated_title="The water rises"))
    for name in GROUPINGS:
        group(panel, name)
        panel.model.set_all_open(True)
        heights = panel.view.delegate.heights(panel.view.font())
        kinds = panel.view.delegate.kinds(panel.model.contents(), panel.view.font(), panel.view.viewport().width())
        assert [panel.view.rowHeight(row) for row in range(len(kinds))] == [heights[kind] for kind in kinds]


LONG = "The council postpones the repair of the old harbour bridge until the autumn of next year"


@pytest.mark.parametrize(
    ("title", "translated", "lines"),
    [("Short", None, 1), (LONG, None, 2), ("Short", "Short too", 2), ("Short", LONG, 3), (LONG, "Short", 3)],
)
def test_a_row_is_as_high_as_its_titles_need(panel, title, translated, lines):
    panel.model.update(Summary(Path("b2.txt"), title, translated_title=translated))
    assert panel.view.rowHeight(1) == panel.view.delegate.heights(panel.view.font())[lines]


def test_rows_have_their_heights_in_a_list_of_another_width(qtbot, panel):
    panel.model.update(Summary(Path("b2.txt"), LONG))
    heights = panel.view.delegate.heights(panel.view.font())
    assert panel.view.rowHeight(1) == heights[2]
    panel.resize(900, 500)
    qtbot.waitUntil(lambda: panel.view.rowHeight(1) == heights[1])


def inked(panel, row):
    """Return the first and the last column of a row in which something is drawn, and the row's width."""
    picture = panel.view.viewport().grab(panel.view.visualRect(panel.model.index(row, 0))).toImage()
    ground = picture.pixelColor(picture.width() // 2, 2)
    columns = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) != ground for y in range(2, picture.height() - 3))
    ]
    return columns[0], columns[-1], picture.width()


def test_a_row_whose_title_reads_from_the_right_is_mirrored(panel):
    panel.model.update(Summary(Path("b2.txt"), "גשר ישן"))
    panel.model.update(Summary(Path("a1.txt"), "Old bridge"))
    (left, _, _), (_, right, width) = inked(panel, 0), inked(panel, 1)
    assert left < 8  # the mark of what is unread stands before the title
    assert width - right < 8
    assert panel.view.delegate._words_at(width - 3, 20, option_of(panel, 1), panel.model.at(1)) == "Unread"


def test_an_error_below_a_file_name_does_not_repeat_it():
    summary = Summary(Path("c.txt"), "c.txt", error="c.txt: this is not text in any encoding the reader knows.")
    assert error_words(summary) == "This is not text in any encoding the reader knows."
    assert error_words(SUMMARIES[3]) == "May not be read: you lack the permission."
    assert error_words(SUMMARIES[0]) is None


def test_the_row_on_top_stays_while_articles_find_their_places(qtbot, theme):
    library = LibraryPanel(theme)
    qtbot.addWidget(library)
    library.resize(280, 500)
    library.model.add([Summary(Path(f"{n}.txt"), f"Title {n:04}") for n in range(400)])
    sort(library, "title")
    library.show()
    qtbot.waitExposed(library)
    library.view.verticalScrollBar().setValue(9_000)
    row = library.view.rowAt(0)
    path, y = library.model.at(row).summary.path, library.view.rowViewportPosition(row)
    library.model.update(Summary(Path("390.txt"), "A title that comes first"))
    qtbot.waitUntil(lambda: library.model.at(0).summary.path == Path("390.txt"))
    row = library.view.rowAt(0)
    assert (library.model.at(row).summary.path, library.view.rowViewportPosition(row)) == (path, y)


def test_the_menu_of_a_row_marks_it_read_and_takes_it_out(qtbot, panel):
    panel.model.set_missing(Path("b2.txt"), True)
    actions = {action.text(): action for action in panel.menu_of(1).actions()}
    with qtbot.waitSignal(panel.unread_chosen) as chosen:
        actions["Mark as Read"].trigger()
    assert chosen.args == [(Path("b2.txt"), False)]
    with qtbot.waitSignal(panel.removal_wanted) as chosen:
        actions["Take out of the List"].trigger()
    assert chosen.args == [Path("b2.txt")]


# -- in the window ---------------------------------------------------------------------------------------------------


def test_the_library_shows_what_was_found_in_each_article(qtbot, window, tmp_path):
    folder = tmp_path / "news"
    for name, text in {"bridge.txt": BRIDGE, "mill.txt": MILL, "harbour.txt": HARBOUR, "ferry.txt": FERRY}.items():
        write(folder, name, text)
    open_article(qtbot, window, folder)
    found = {path.name: window.library.model.summary(path) for path in window.library.model.paths()}
    assert {name: each.language for name, each in found.items()} == {
        "bridge.txt": "ro",
        "mill.txt": "ro",
        "harbour.txt": "uk",
        "ferry.txt": "en",
    }
    assert found["bridge.txt"].title == "Podul vechi se închide luni"
    assert (found["bridge.txt"].quotes, found["bridge.txt"].people) == (2, 2)
    assert found["mill.txt"].date == "2026-03-14"
    assert "Andrei Voicu" in found["mill.txt"].persons


def test_a_broken_file_shows_its_error_and_the_rest_goes_on(qtbot, window, tmp_path):
    folder = tmp_path / "news"
    good = write(folder, "a-bridge.txt", BRIDGE)
    (folder / "b-picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    last = write(folder, "c-ferry.txt", FERRY)
    open_article(qtbot, window, folder)
    errors = {path.name: window.library.model.summary(path).error for path in window.library.model.paths()}
    assert errors.pop("b-picture.txt")
    assert set(errors.values()) == {None}
    assert window.desk.opened.path == good
    window.open_article(last)
    settle(qtbot, window)
    assert window.desk.opened.path == last


def test_next_and_previous_article_follow_the_shown_order(qtbot, window, tmp_path):
    folder = tmp_path / "news"
    paths = [write(folder, f"{n}.txt", BRIDGE) for n in (1, 2, 10)]
    open_article(qtbot, window, folder)
    assert window.desk.opened.path == paths[0]
    for command, expected in (("next_article", paths[1]), ("next_article", paths[2]), ("previous_article", paths[1])):
        window.actions_[command].trigger()
        settle(qtbot, window)
        assert window.desk.opened.path == expected


def test_closing_all_articles_leads_back_to_the_welcome(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    window.actions_["close_library"].trigger()
    assert len(window.library.model) == 0
    assert window.welcome_card.isVisible()
    assert not window.reading.isVisible()
    assert window.inspector.quotes.model.entries == ()


# -- read marks and the folders on disk ------------------------------------------------------------------------------


def unread(window):
    return {path.name for path in window.library.model.paths() if window.library.model.article(path).unread}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "news"
    write(folder, "bridge.txt", BRIDGE)
    write(folder, "mill.txt", MILL)
    return folder


def test_an_article_is_read_once_it_was_shown_and_stays_so_in_the_next_run(qtbot, window, make_window, folder):
    open_article(qtbot, window, folder)
    assert unread(window) == {"mill.txt"}
    close(window)
    again = make_window()
    again.add_paths([folder], choose=False)
    settle(qtbot, again)
    assert unread(again) == {"mill.txt"}


def test_an_article_can_be_marked_as_unread_again(qtbot, window, folder):
    open_article(qtbot, window, folder)
    actions = {action.text(): action for action in window.library.menu_of(0).actions()}
    actions["Mark as Unread"].trigger()
    assert unread(window) == {"bridge.txt", "mill.txt"}


def test_a_new_file_appears_in_the_list_and_is_analysed(qtbot, window, folder):
    open_article(qtbot, window, folder)
    new = write(folder, "ferry.txt", FERRY)
    qtbot.waitUntil(lambda: new in window.library.model)
    settle(qtbot, window)
    assert window.library.model.summary(new).language == "en"
    assert window.desk.opened.path == folder / "bridge.txt"


def test_a_new_folder_is_looked_into(qtbot, window, folder):
    open_article(qtbot, window, folder)
    new = write(folder / "march", "ferry.txt", FERRY)
    window.shelf.look_again()
    qtbot.waitUntil(lambda: new in window.library.model)


def test_a_file_that_is_replaced_is_analysed_anew_and_unread(qtbot, window, folder):
    open_article(qtbot, window, folder, folder / "mill.txt")
    path = folder / "mill.txt"
    window.shelf.read(path)
    write(folder, "other", FERRY).replace(path)
    qtbot.waitUntil(lambda: "mill.txt" in unread(window))
    qtbot.waitUntil(lambda: window.library.model.summary(path).language == "en")
    settle(qtbot, window)


def test_a_file_written_in_place_is_noticed_when_the_window_is_used_again(qtbot, window, folder):
    open_article(qtbot, window, folder)
    write(folder, "mill.txt", FERRY)
    window.shelf.look_again()
    qtbot.waitUntil(lambda: window.library.model.summary(folder / "mill.txt").language == "en")
    settle(qtbot, window)


def test_a_vanished_file_shows_as_such_and_its_notes_stay(qtbot, window, folder):
    open_article(qtbot, window, folder)
    path, notes = folder / "mill.txt", folder / "mill.txt.notes.json"
    notes.write_text("{}")
    path.unlink()
    qtbot.waitUntil(lambda: window.library.model.article(path).missing)
    assert any("mill.txt" in words for words in window.messages.words)
    assert notes.exists()
    write(folder, "mill.txt", MILL)
    qtbot.waitUntil(lambda: not window.library.model.article(path).missing)
    settle(qtbot, window)


def test_of_the_open_article_one_message_says_that_its_file_is_gone(qtbot, window, folder):
    open_article(qtbot, window, folder)
    path = window.desk.opened.path
    path.rename(path.with_name("renamed.txt"))
    window.shelf.look_again()
    qtbot.waitUntil(lambda: any(path.name in words for words in window.messages.words))
    settle(qtbot, window)
    window.desk.look_again()
    assert [words for words in window.messages.words if path.name in words] == [
        f"{path.name} is no longer there: it was moved, renamed or deleted. Its text and notes stay here."
    ]


def test_a_vanished_article_can_be_taken_out_of_the_list(qtbot, window, folder):
    open_article(qtbot, window, folder)
    (folder / "mill.txt").unlink()
    qtbot.waitUntil(lambda: window.library.model.article(folder / "mill.txt").missing)
    actions = {action.text(): action for action in window.library.menu_of(1).actions()}
    actions["Take out of the List"].trigger()
    assert window.library.model.paths() == [folder / "bridge.txt"]
    settle(qtbot, window)


def test_one_new_file_makes_no_other_be_read_again(qtbot, window, folder, monkeypatch):
    open_article(qtbot, window, folder)
    read = []
    summarise = window._workspace.summarise
    monkeypatch.setattr(window._workspace, "summarise", lambda path: (read.append(path.name), summarise(path))[1])
    write(folder, "ferry.txt", FERRY)
    qtbot.waitUntil(lambda: bool(read))
    settle(qtbot, window)
    assert read == ["ferry.txt"]


def test_closing_all_articles_ends_the_watch(qtbot, window, folder):
    open_article(qtbot, window, folder)
    trigger(window, "close_library")
    assert window.shelf._watcher.directories() == []
    assert window.shelf.roots == ()


def test_articles_by_the_thousand_come_in_slices(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr("reader.ui.library_desk.SLICE", 2)
    monkeypatch.setattr(window._summariser, "add", lambda paths: None)
    paths = [write(tmp_path / "news", f"{n}.txt", FERRY) for n in range(7)]
    window.add_paths([tmp_path / "news"])
    qtbot.waitUntil(lambda: len(window.library.model) == 7)
    settle(qtbot, window)
    assert window.desk.opened.path == paths[0]


def test_what_is_still_being_scanned_does_not_come_after_all_was_closed(qtbot, window, folder):
    window.add_paths([folder])
    trigger(window, "close_library")
    settle(qtbot, window)
    assert len(window.library.model) == 0
    assert window.desk.opened is None


# -- recent folders --------------------------------------------------------------------------------------------------


def recent(window):
    return [action.text() for action in window._recent_menu.actions() if action.data()]


def test_folders_opened_stand_in_the_file_menu_the_last_one_first(qtbot, window, tmp_path, monkeypatch):
    assert not window._recent_menu.isEnabled()
    for name in ("april", "may", "april"):
        write(tmp_path / name, "bridge.txt", BRIDGE)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, name=name: str(tmp_path / name))
        trigger(window, "open_folder")
        settle(qtbot, window)
    assert recent(window) == ["april", "may"]


def test_a_recent_folder_opens_from_the_welcome(qtbot, window, make_window, folder):
    open_article(qtbot, window, folder)
    close(window)  # settings are written a moment after a change, or now
    again = make_window()
    (button,) = [each for each in again.welcome_card.findChildren(QPushButton) if "“news”" in each.text()]
    button.click()
    settle(qtbot, again)
    assert again.desk.opened.path == folder / "bridge.txt"


def test_recent_folders_can_be_forgotten(qtbot, window, folder):
    open_article(qtbot, window, folder)
    window._recent_menu.actions()[-1].trigger()
    assert recent(window) == []
    assert not window._recent_menu.isEnabled()
