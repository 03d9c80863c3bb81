"""What a person does at the window, and waiting until it has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextCursor

from reader.text.span import Span
from reader.ui.reading import ReadingView

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from reader.opened import OpenArticle
    from reader.ui.main_window import MainWindow
    from reader.ui.theme import Theme


def shown_view(qtbot: QtBot, theme: Theme, family: str, height: int) -> ReadingView:
    """Show two empty panes, 900 pixels wide, with text of 12 points."""
    reading = ReadingView(theme)
    qtbot.addWidget(reading)
    reading.resize(900, height)
    font = QFont(family)
    font.setPointSizeF(12)
    reading.set_fonts(font, font)
    reading.show()
    qtbot.waitExposed(reading)
    return reading


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no job runs and every row is laid out."""
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)
    qtbot.waitUntil(lambda: window.reading.settled, timeout=20_000)


def open_article(qtbot: QtBot, window: MainWindow, *paths: Path) -> OpenArticle:
    """Put articles into the library, open the first and wait for its analysis; return it."""
    window.add_paths(paths)
    settle(qtbot, window)
    opened = window.desk.opened
    assert opened is not None
    assert opened.analysis is not None
    return opened


def trigger(window: MainWindow, name: str) -> None:
    """Carry out a command as its menu entry does."""
    window.actions_[name].trigger()


def select(window: MainWindow, words: str) -> None:
    """Select `words` in the original with the focus on its pane."""
    opened = window.desk.opened
    assert opened is not None
    start = opened.article.text.index(words)
    reading = window.reading
    pane, row = reading.original, reading.page.row_at(start)
    first, last = reading._units(row, Span(start, start + len(words)))
    block = pane.document().findBlockByNumber(row).position()
    cursor = QTextCursor(pane.document())
    cursor.setPosition(block + first)
    cursor.setPosition(block + last, QTextCursor.MoveMode.KeepAnchor)
    pane.setFocus()
    pane.setTextCursor(cursor)


def put_caret(window: MainWindow, words: str, into: int = 1) -> None:
    """Put the caret into the original, `into` letters after the beginning of `words`."""
    select(window, words)
    pane = window.reading.original
    cursor = pane.textCursor()
    cursor.setPosition(cursor.selectionStart() + into)
    pane.setTextCursor(cursor)


def widgets(window: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    """Return the widgets of some kinds in a window or dialog, those inside others' private parts left out."""
    return [
        widget for kind in kinds for widget in window.findChildren(kind) if not widget.objectName().startswith("qt_")
    ]
