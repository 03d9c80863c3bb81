"""Getting about in an article: sentences, quotes, people, and the places one was at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from reader.page import Layer
from reader.text.span import Span
from reader.ui.find import FindBar, Finder

if TYPE_CHECKING:
    from pathlib import Path

    from reader.ui.desk import Desk
    from reader.ui.reading import ReadingView

MOST_PLACES = 200


class Navigator(QObject):
    """Carry out the commands of the Go menu and of find.

    Signals:
        article_wanted: back or forward leads to a place in another article: `(path, span)`.
    """

    article_wanted = Signal(object)

    def __init__(self, desk: Desk, reading: ReadingView, find: FindBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._reading = desk, reading
        self.finder = Finder(desk, reading, find, self)
        self._past: list[tuple[Path, Span]] = []
        self._future: list[tuple[Path, Span]] = []

    # -- places --------------------------------------------------------------------------------------------------

    def here(self) -> tuple[Path, Span] | None:
        """Return the open article and the place in it that is being read."""
        opened = self._desk.opened
        if opened is None or not opened.page.rows:
            return None
        current = self._reading.current_sentence
        if current is not None and current < len(opened.page.sentences):
            return opened.path, opened.page.sentences[current].span
        start = opened.page.rows[self._reading.place()[0]].span.start
        return opened.path, Span(start, start)

    def jump(self, span: Span) -> None:
        """Go to a span and remember where one came from."""
        self.remember()
        self._reading.go_to(span)

    def remember(self) -> None:
        """Put the present place on the way back."""
        here = self.here()
        if here is not None and (not self._past or self._past[-1] != here):
            self._past = [*self._past[-MOST_PLACES:], here]
            self._future.clear()

    def do_back(self) -> None:
        """Go where one was before."""
        self._travel(self._past, self._future)

    def do_forward(self) -> None:
        """Undo a step back."""
        self._travel(self._future, self._past)

    def _travel(self, source: list[tuple[Path, Span]], other: list[tuple[Path, Span]]) -> None:
        here = self.here()
        if not source:
            return
        path, span = source.pop()
        if here is not None:
            other.append(here)
        if here is not None and path == here[0]:
            self._reading.go_to(span)
        else:
            self.article_wanted.emit((path, span))

    # -- steps ---------------------------------------------------------------------------------------------------

    def do_next_sentence(self) -> None:
        """Go to the next sentence."""
        self._reading.step_sentence(1)

    def do_previous_sentence(self) -> None:
        """Go to the previous sentence."""
        self._reading.step_sentence(-1)

    def do_next_quote(self) -> None:
        """Go to the next quote."""
        self._step_mark((Layer.QUOTE, Layer.TERM), 1)

    def do_previous_quote(self) -> None:
        """Go to the previous quote."""
        self._step_mark((Layer.QUOTE, Layer.TERM), -1)

    def do_next_person(self) -> None:
        """Go to the next mention of a person."""
        self._step_mark((Layer.PERSON,), 1)

    def do_previous_person(self) -> None:
        """Go to the previous mention of a person."""
        self._step_mark((Layer.PERSON,), -1)

    def _step_mark(self, layers: tuple[Layer, ...], by: int) -> None:
        opened = self._desk.opened
        if opened is None:
            return
        spans = [mark.span for mark in opened.marks() if mark.layer in layers]
        caret = self._reading.caret_offset()
        ahead = [span for span in spans if span.start > caret]
        behind = [span for span in spans if span.start < caret]
        if by > 0 and ahead:
            self._reading.go_to(ahead[0])
        elif by < 0 and behind:
            self._reading.go_to(behind[-1])

    @staticmethod
    def do_context_menu() -> None:
        """Open the menu of the caret's place or the chosen row: not every keyboard has a key for it."""
        focus = QApplication.focusWidget()
        if focus is not None:
            at = QRectF(focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)).center().toPoint()
            reason = QContextMenuEvent.Reason.Keyboard
            QApplication.sendEvent(focus, QContextMenuEvent(reason, at, focus.mapToGlobal(at)))

    # -- find ----------------------------------------------------------------------------------------------------

    def do_find(self) -> None:
        """Open the find bar."""
        self.finder.open()

    def do_find_next(self) -> None:
        """Go to the next hit."""
        self.finder.step(1)

    def do_find_previous(self) -> None:
        """Go to the previous hit."""
        self.finder.step(-1)
