import threading

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from reader.ui.preferences import PreferencesDialog
from reader.ui.settings import Settings
from tests.support.news import BRIDGE, FERRY, MILL, write
from tests.ui.conftest import close
from tests.ui.support import open_article, settle, trigger

LONG = BRIDGE + "".join(f"\nAl {n}-lea rând spune ceva despre pod. Primarul tace din nou.\n" for n in range(1, 80))


@pytest.fixture
def restarted(qtbot, make_window):
    """Close a window and start the program again without arguments."""

    def restart(window):
        close(window)
        again = make_window()
        again.reopen()
        settle(qtbot, again)
        return again

    return restart


def test_the_window_comes_back_in_its_size_with_its_columns(window, restarted):
    window.resize(790, 600)  # the offscreen platform's screen has 800 pixels
    window._splitter.setSizes([150, 400, 240])
    window.reading.splitter.setSizes([300, 200])
    before = window._splitter.sizes()
    again = restarted(window)
    assert again.size() == QSize(790, 600)
    assert again._splitter.sizes() == before


def test_a_window_without_a_title_bar_comes_back_where_it_stood(window, restarted):
    window.resize(700, 500)
    window.move(0, 0)
    again = restarted(window)
    assert (again.x(), again.y()) == (0, 0)


def test_views_and_hidden_marks_come_back(window, restarted):
    for command in ("view_original", "show_people", "show_inspector", "link_panes", "panes_beside"):
        trigger(window, command)
    again = restarted(window)
    assert not again.reading.translation.isVisible()
    assert not again.inspector_side.isVisible()
    for command in ("show_people", "show_inspector", "link_panes", "panes_beside"):
        assert not again.actions_[command].isChecked()
    assert again.actions_["show_quotes"].isChecked()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chosen_theme_comes_back(window, restarted, theme):
    trigger(window, f"theme_{theme}")
    again = restarted(window)
    assert again.actions_[f"theme_{theme}"].isChecked()
    assert again.reading.original.theme.dark == (theme == "dark")


def test_the_text_size_comes_back(qtbot, window, restarted):
    size = window.reading.original.font().pointSizeF()
    trigger(window, "zoom_in")
    trigger(window, "zoom_in")
    assert window.reading.original.font().pointSizeF() == size + 2
    again = restarted(window)
    assert again.reading.original.font().pointSizeF() == size + 2
    trigger(again, "zoom_reset")
    assert again.reading.original.font().pointSizeF() == size
    trigger(again, "zoom_out")
    assert again.reading.translation.font().pointSizeF() == size - 1


def test_the_text_has_a_largest_and_a_smallest_size(window):
    for _ in range(40):
        trigger(window, "zoom_in")
    assert window.reading.original.font().pointSizeF() == 32
    for _ in range(40):
        trigger(window, "zoom_out")
    assert window.reading.original.font().pointSizeF() == 7


def test_the_reading_fonts_are_chosen_in_the_preferences_and_come_back(window, restarted, monkeypatch):
    def choose(dialog):
        assert dialog.tabs.currentWidget() is dialog.reading
        dialog.reading.original.family.setCurrentFont(QFont("DejaVu Sans Mono"))
        dialog.reading.original.points.setValue(14)
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(PreferencesDialog, "exec", choose)
    trigger(window, "choose_font")
    again = restarted(window)
    assert again.reading.original.font().family() == "DejaVu Sans Mono"
    assert again.reading.original.font().pointSizeF() == 14


def test_the_last_article_comes_back_at_its_place(qtbot, window, restarted, tmp_path):
    path = write(tmp_path, "long.txt", LONG)
    open_article(qtbot, window, path, write(tmp_path, "ferry.txt", FERRY))
    window.reading.go_to_row(40)
    settle(qtbot, window)
    row = window.reading.visible_rows()[0]
    again = restarted(window)
    assert again.desk.opened.path == path
    assert again.library.model.rowCount() == 2
    assert abs(again.reading.visible_rows()[0] - row) <= 1


def test_the_place_comes_back_although_the_analysis_takes_its_time(qtbot, window, make_window, tmp_path, monkeypatch):
    open_article(qtbot, window, write(tmp_path, "long.txt", LONG))
    window.reading.go_to_row(40)
    settle(qtbot, window)
    row = window.reading.visible_rows()[0]
    close(window)
    again, go = make_window(), threading.Event()
    analyse = again._workspace.analyse
    monkeypatch.setattr(again._workspace, "analyse", lambda *article: (go.wait(20), analyse(*article))[1])
    again.reopen()
    qtbot.waitUntil(again.reading.isVisible)
    qtbot.waitUntil(lambda: abs(again.reading.visible_rows()[0] - row) <= 1)  # the plain text is at its place
    go.set()
    settle(qtbot, again)
    assert abs(again.reading.visible_rows()[0] - row) <= 1
    trigger(again, "next_sentence")
    assert abs(again.reading.page.row_at(again.reading.caret_offset()) - row) <= 2


def test_the_place_stays_when_the_article_changes_on_disk(qtbot, window, tmp_path):
    path = write(tmp_path, "long.txt", LONG)
    open_article(qtbot, window, path)
    with qtbot.waitSignal(window.reading.rows_seen):
        window.reading.go_to_row(40)
    path.write_text(f"{LONG}\nUn rând nou la sfârșit.\n", "utf-8")
    window.desk.look_again()
    settle(qtbot, window)
    assert "Un rând nou" in window.desk.opened.article.text
    assert abs(window.reading.visible_rows()[0] - 40) <= 1


def test_the_order_and_the_filter_of_the_library_come_back(qtbot, window, restarted, tmp_path):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE), write(tmp_path, "mill.txt", MILL))
    window.library.sort.setCurrentIndex(window.library.sort.findData("date"))
    window.library.filter.setText("moara")
    again = restarted(window)
    assert again.library.sort.currentData() == "date"
    assert again.library.filter.text() == "moara"
    qtbot.waitUntil(lambda: again.library.model.rowCount() == 1)


def test_what_vanished_between_two_runs_is_named_and_the_rest_opens(qtbot, window, restarted, tmp_path):
    gone, kept = write(tmp_path, "bridge.txt", BRIDGE), write(tmp_path, "mill.txt", MILL)
    open_article(qtbot, window, gone, kept)
    gone.unlink()
    again = restarted(window)
    assert [path.name for path in again.library.model.paths()] == ["mill.txt"]
    assert any("bridge.txt" in words for words in again.messages.words)


def test_what_is_open_is_kept_while_one_reads_since_a_crash_does_not_wait(qtbot, window, tmp_path):
    path = write(tmp_path, "long.txt", LONG)
    open_article(qtbot, window, path)
    window._settings.save_now()
    kept = Settings()
    assert (kept.paths("library/paths"), kept.paths("library/last")) == ([path], [path])
    window.reading.go_to_row(40)
    settle(qtbot, window)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    assert window._settings.number("library/row", 0) == window.reading.place()[0] > 30
