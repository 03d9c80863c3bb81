from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt

from reader.page import Summary
from reader.ui.library_panel import SORTS, SUMMARY_ROLE, LibraryModel, LibraryOrder, LibraryPanel
from tests.support.news import BRIDGE, FERRY, HARBOUR, MILL, write
from tests.ui.support import open_article, settle

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
    return [panel.order.index(row, 0).data(SUMMARY_ROLE).path.name for row in range(panel.order.rowCount())]


def sort(panel, name):
    panel.sort.setCurrentIndex(SORTS.index(name))


def test_files_sort_as_a_person_counts(panel):
    sort(panel, "date")
    sort(panel, "file")
    assert shown(panel) == ["a1.txt", "b2.txt", "b10.txt", "c.txt"]


def test_articles_stand_in_the_order_of_their_files_from_the_start(panel):
    assert shown(panel) == ["a1.txt", "b2.txt", "b10.txt", "c.txt"]


def test_dates_sort_the_newest_first_and_articles_without_one_last(panel):
    sort(panel, "date")
    assert shown(panel) == ["b2.txt", "b10.txt", "c.txt", "a1.txt"]


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
        ("voicu apa", []),
        ("", ["a1.txt", "b2.txt", "b10.txt", "c.txt"]),
    ],
)
def test_the_filter_looks_in_title_translation_file_language_and_people(panel, words, found):
    panel.filter.setText(words)
    assert shown(panel) == found


def test_the_filter_keeps_up_with_articles_that_are_analysed_later(panel):
    panel.filter.setText("petrescu")
    assert shown(panel) == []
    panel.model.update(Summary(Path("b2.txt"), "Apa crește", persons=("Maria Petrescu",)))
    assert shown(panel) == ["b2.txt"]


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
        qtbot.mouseClick(
            panel.view.viewport(),
            Qt.MouseButton.LeftButton,
            pos=panel.view.visualRect(panel.order.index(1, 0)).center(),
        )
    assert chosen.args == [Path("b2.txt")]


def test_the_arrow_keys_walk_through_the_shown_order(qtbot, panel):
    panel.show_current(Path("a1.txt"))
    panel.view.setFocus()
    with qtbot.waitSignal(panel.article_chosen) as chosen:
        qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert chosen.args == [Path("b2.txt")]


def test_a_row_tells_its_title_to_a_screen_reader_and_its_error_in_the_tooltip(panel):
    index = panel.model.index(3)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "c.txt"
    assert "may not be read" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_every_row_can_be_drawn_in_both_themes(panel):
    from reader.ui.theme import load_theme

    pictures = []
    for name in ("light", "dark"):
        panel.set_theme(load_theme(name))
        pictures.append(panel.view.grab().toImage())
    assert pictures[0] != pictures[1]


def test_ten_thousand_articles_load_sort_and_filter(qtbot, theme):
    library = LibraryPanel(theme)
    qtbot.addWidget(library)
    library.model.add([Summary(Path(f"{n}.txt"), f"Title {n}", f"2026-01-{n % 28 + 1:02}") for n in range(10_000)])
    assert library.order.rowCount() == 10_000
    sort(library, "date")
    assert library.order.index(0, 0).data(SUMMARY_ROLE).date == "2026-01-28"
    library.filter.setText("title 9999")
    assert shown(library) == ["9999.txt"]


def test_an_article_stands_in_the_library_once(qtmodeltester):
    model = LibraryModel()
    model.add(SUMMARIES)
    model.add(SUMMARIES)
    assert model.rowCount() == 4
    qtmodeltester.check(model)


def test_the_order_is_a_sound_model(qtmodeltester):
    model = LibraryModel()
    order = LibraryOrder(model)
    model.add(SUMMARIES)
    qtmodeltester.check(order)
    assert order.rowCount(QModelIndex()) == 4


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
    assert window.library.model.rowCount() == 0
    assert window.welcome_card.isVisible()
    assert not window.reading.isVisible()
    assert window.inspector.quotes.model.entries == ()
