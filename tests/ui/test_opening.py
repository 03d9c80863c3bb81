import os
import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton

from reader.annotations.places import sidecar_path
from reader.text.errors import AnalysisFailed
from reader.text.span import Span
from tests.support.news import BRIDGE, FERRY, HARBOUR, MILL, write
from tests.ui.support import open_article, select, settle, trigger


def names(window):
    return [path.name for path in window.library.model.paths()]


def dropped(window, *paths):
    """Drop files and folders onto the window as a file manager does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, buttons, keys = window.rect().center(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(at), Qt.DropAction.CopyAction, mime, buttons, keys))


# -- the ways in -----------------------------------------------------------------------------------------------------


def test_the_first_run_offers_to_open_a_folder_files_and_the_samples(window):
    assert window.welcome_card.isVisible()
    offered = [button.text() for button in window.welcome_card.findChildren(QPushButton)]
    assert offered == ["Open Folder…", "Open Files…", "Open the Samples"]


def test_the_samples_open_from_the_welcome_with_their_reference_translations_named(qtbot, window, home):
    (button,) = [each for each in window.welcome_card.findChildren(QPushButton) if "Samples" in each.text()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(names(window)) == 6
    assert all(path.is_relative_to(home) for path in window.library.model.paths())
    assert "reference translation" in window.reading.translation_caption.text()
    shown = [part for part in window.desk.opened.shown() if part]
    assert {part.how for part in shown} == {"reference"}
    assert not window.welcome_card.isVisible()
    assert not window.missing_card.isVisible()


def test_what_a_correction_would_replace_is_called_by_its_name(qtbot, window, home):
    trigger(window, "open_samples")
    settle(qtbot, window)
    window.open_article(next(path for path in window.library.model.paths() if path.stem == "ro-night-library"))
    settle(qtbot, window)
    window.reading.go_to(window.reading.page.sentences[1].span, flash=False)
    trigger(window, "correct")
    assert window.reading.editor.machine.isVisible()
    assert window.reading.editor.machine.text() == "Drop the reference translation"


def test_files_and_folders_open_when_they_are_dropped(qtbot, window, tmp_path):
    write(tmp_path / "folder", "mill.txt", MILL)
    write(tmp_path / "folder" / "deeper", "ferry.md", FERRY)
    dropped(window, write(tmp_path, "bridge.txt", BRIDGE), tmp_path / "folder")
    settle(qtbot, window)
    assert sorted(names(window)) == ["bridge.txt", "ferry.md", "mill.txt"]
    assert window.desk.opened.path.name == "bridge.txt"


def test_what_is_no_file_can_not_be_dropped(window):
    mime = QMimeData()
    mime.setText("words")
    event = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    window.dragEnterEvent(event)
    assert not event.isAccepted()


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No])
def test_a_dropped_package_is_installed_after_a_yes_only(qtbot, window, package_file, monkeypatch, answer):
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answer)
    dropped(window, package_file)
    settle(qtbot, window)
    assert len(window._workspace.packages.installed()) == (answer == QMessageBox.StandardButton.Yes)


def test_files_open_from_the_menu_and_the_folder_is_remembered(qtbot, window, tmp_path, monkeypatch):
    path = write(tmp_path / "news", "bridge.txt", BRIDGE)
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: (asked.append(args[2]), ([str(path)], ""))[1])
    trigger(window, "open_files")
    settle(qtbot, window)
    trigger(window, "open_files")
    assert window.desk.opened.path == path
    assert asked[1] == str(tmp_path / "news")


def test_a_folder_opens_from_the_menu(qtbot, window, tmp_path, monkeypatch):
    write(tmp_path / "news", "bridge.txt", BRIDGE)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "news"))
    trigger(window, "open_folder")
    settle(qtbot, window)
    assert names(window) == ["bridge.txt"]


def test_a_cancelled_file_dialog_changes_nothing(window, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    trigger(window, "open_files")
    trigger(window, "open_folder")
    assert window.welcome_card.isVisible()


def test_the_text_is_shown_while_its_analysis_still_runs(qtbot, window, tmp_path, monkeypatch):
    go = threading.Event()
    analyse = window._workspace.analyse
    monkeypatch.setattr(window._workspace, "analyse", lambda *article: (go.wait(20), analyse(*article))[1])
    window.add_paths([write(tmp_path, "bridge.txt", BRIDGE)])
    qtbot.waitUntil(lambda: "Podul vechi" in window.reading.original.toPlainText())
    assert window.inspector.quotes.model.entries == ()
    go.set()
    settle(qtbot, window)
    assert len(window.inspector.quotes.model.entries) == 2
    assert window.reading.current_sentence is None  # nobody has pointed at one


def test_the_focus_stays_in_the_text_when_the_next_article_is_slow(qtbot, window, tmp_path, monkeypatch):
    paths = [write(tmp_path, name, text) for name, text in (("a.txt", BRIDGE), ("b.txt", FERRY))]
    open_article(qtbot, window, *paths)
    window.reading.original.setFocus()
    go = threading.Event()
    analyse = window._workspace.analyse
    monkeypatch.setattr(window._workspace, "analyse", lambda *article: (go.wait(20), analyse(*article))[1])
    trigger(window, "next_article")
    qtbot.waitUntil(lambda: "The ferry" in window.reading.original.toPlainText())
    assert window.focusWidget() is window.reading.original
    go.set()
    settle(qtbot, window)
    assert window.focusWidget() is window.reading.original


def test_a_text_is_shown_although_its_analysis_fails(qtbot, window, tmp_path, monkeypatch):
    def fail(*_):
        raise AnalysisFailed("The process that looks for quotes and people ended.")

    monkeypatch.setattr(window._workspace, "analyse", fail)
    window.add_paths([write(tmp_path, "bridge.txt", BRIDGE)])
    settle(qtbot, window)
    assert "Podul vechi" in window.reading.original.toPlainText()
    assert "The process that looks for quotes and people ended." in said(window)
    select(window, "Andrei Voicu")
    trigger(window, "highlight")
    assert len(window.inspector.passages.model.entries) == 1


def test_an_article_that_is_left_before_it_is_analysed_does_not_come_back(qtbot, window, tmp_path):
    first, second = write(tmp_path, "bridge.txt", BRIDGE), write(tmp_path, "mill.txt", MILL)
    window.add_paths([first, second])
    qtbot.waitUntil(lambda: second in window.library.model)
    window.open_article(second)
    settle(qtbot, window)
    assert window.desk.opened.path == second
    assert "mill.txt" in window.header.text()
    assert window.library.model.summary(first).quotes == 2


def test_the_header_and_the_title_bar_name_the_article(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "mill.txt", MILL))
    assert window.header.text() == "mill.txt · 2026-03-14"
    assert window.windowTitle().startswith("Moara din Lunca")


# -- bad input -------------------------------------------------------------------------------------------------------

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def said(window):
    """Return the one message, which must be one line."""
    (words,) = window.messages.words
    assert "\n" not in words
    return words


def test_a_file_that_is_no_text_gets_one_line_and_a_card(qtbot, window, tmp_path):
    path = tmp_path / "picture.txt"
    path.write_bytes(PICTURE)
    window.add_paths([path])
    settle(qtbot, window)
    assert "picture.txt" in said(window)
    assert window.welcome_card.isVisible()
    card = [label.text() for label in window.welcome_card.findChildren(QLabel)]
    assert not any(said(window) in words or words in said(window) for words in card)
    assert "Encoding…" in [button.text() for button in window.welcome_card.findChildren(QPushButton)]
    assert not window.reading.isVisible()
    assert path.read_bytes() == PICTURE


def test_what_stood_in_the_inspector_goes_when_the_next_article_can_not_be_opened(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    (tmp_path / "picture.txt").write_bytes(PICTURE)
    window.add_paths([tmp_path / "picture.txt"])
    settle(qtbot, window)
    assert window.inspector.quotes.model.entries == window.inspector.people.model.entries == ()
    assert not window.status.language.isVisible()
    assert "bridge" not in window.header.text() or not window.header.isVisible()


def test_an_empty_file_opens_as_an_empty_article(qtbot, window, tmp_path):
    opened = open_article(qtbot, window, write(tmp_path, "empty.txt", ""))
    assert opened.article.text == ""
    assert window.header.text() == "empty.txt"
    assert window.inspector.quotes.model.entries == ()
    for command in ("next_sentence", "next_quote", "highlight", "accept", "remove", "copy", "zoom_in", "theme_dark"):
        trigger(window, command)


def test_windows_1251_opens_with_its_letters(qtbot, window, tmp_path):
    opened = open_article(qtbot, window, write(tmp_path, "harbour.txt", HARBOUR, "windows-1251"))
    assert opened.article.encoding.name == "windows-1251"
    assert opened.language == "uk"
    assert "Порт відкриють навесні" in window.reading.original.toPlainText()


def test_a_file_that_vanished_gets_one_line_and_the_others_open(qtbot, window, tmp_path):
    window.add_paths([tmp_path / "gone.txt", write(tmp_path, "bridge.txt", BRIDGE)])
    settle(qtbot, window)
    assert "gone.txt is not there" in said(window)
    assert window.desk.opened.path.name == "bridge.txt"


def test_a_file_that_vanishes_after_it_was_listed_gets_one_line(qtbot, window, tmp_path):
    first, second = write(tmp_path, "bridge.txt", BRIDGE), write(tmp_path, "mill.txt", MILL)
    open_article(qtbot, window, first, second)
    second.unlink()
    window.open_article(second)
    settle(qtbot, window)
    assert "mill.txt is no longer there" in said(window)
    window.open_article(first)
    settle(qtbot, window)
    assert window.desk.opened.path == first
    assert window.messages.words == ()


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_gets_one_line(qtbot, window, tmp_path):
    path = write(tmp_path, "secret.txt", BRIDGE)
    path.chmod(0)
    window.add_paths([path])
    settle(qtbot, window)
    assert "secret.txt may not be read" in said(window)


def test_a_folder_without_articles_gets_one_line(qtbot, window, tmp_path):
    (tmp_path / "empty").mkdir()
    window.add_paths([tmp_path / "empty"])
    settle(qtbot, window)
    assert "No articles in empty" in said(window)
    assert window.welcome_card.isVisible()


def test_broken_notes_get_one_line_and_are_kept(qtbot, window, tmp_path):
    path = write(tmp_path, "bridge.txt", BRIDGE)
    sidecar_path(path).write_bytes(b'{"format": "reader-no')
    open_article(qtbot, window, path)
    assert "bridge.txt.notes.json" in said(window)
    assert any(each.read_bytes() == b'{"format": "reader-no' for each in tmp_path.iterdir() if each.is_file())


def test_notes_of_a_newer_reader_are_shown_and_left_alone(qtbot, window, tmp_path):
    path = write(tmp_path, "bridge.txt", BRIDGE)
    newer = b'{"format": "reader-notes", "schema": {"version": 99, "min_reader": 99}, "annotations": []}'
    sidecar_path(path).write_bytes(newer)
    open_article(qtbot, window, path)
    assert len(window.messages.words) == 1
    assert "newer" in window.messages.words[0]
    window.reading.go_to(window.reading.page.sentences[1].span)
    trigger(window, "highlight")
    assert len(window.messages.words) <= 2
    assert sidecar_path(path).read_bytes() == newer


def test_a_line_of_five_megabytes_is_there_to_read_while_it_is_analysed(qtbot, window, tmp_path, monkeypatch):
    go = threading.Event()

    def analyse(opened, *article):
        go.wait(60)
        raise AnalysisFailed("Stopped by the test.")

    monkeypatch.setattr(window._workspace, "analyse", analyse)
    window.add_paths([write(tmp_path, "long.txt", "Podul se închide luni. " * 220_000)])
    qtbot.waitUntil(lambda: window.reading.isVisible(), timeout=20_000)
    assert "very long" in said(window)
    assert len(window.reading.original.document().firstBlock().text()) < 20_000
    select(window, "Podul")
    assert window.reading.selected_span() == Span(0, 5)
    go.set()


def test_the_window_closes_while_an_article_is_still_analysed(qtbot, window, tmp_path, monkeypatch):
    go = threading.Event()
    analyse = window._workspace.analyse
    monkeypatch.setattr(window._workspace, "analyse", lambda opened: (go.wait(60), analyse(opened))[1])
    monkeypatch.setattr(window._workspace, "close", go.set)  # as the analysis in a process of its own ends
    window.add_paths([write(tmp_path, "bridge.txt", BRIDGE)])
    qtbot.waitUntil(lambda: window.reading.isVisible())
    with qtbot.assertNotEmitted(window.desk.analysed, wait=100):
        window.close()


def test_a_long_file_name_is_shortened_and_makes_the_window_no_wider(qtbot, window, tmp_path):
    before = window.size()
    name = f"{'dispatch-' * 24}end.txt"
    open_article(qtbot, window, write(tmp_path, name, BRIDGE))
    assert window.size() == before
    assert window.header.text() == name
    assert name in window.header.toolTip()
    assert window.header.width() < window.header.fontMetrics().horizontalAdvance(name)


def test_long_captions_leave_both_panes_equally_wide(window):
    window.reading.original_caption.setText("Romanian")
    window.reading.translation_caption.setText("English · reference translation, bundled with the sample")
    window.reading.show()
    window.resize(900, 600)
    left, right = window.reading.splitter.sizes()
    assert abs(left - right) <= 1
