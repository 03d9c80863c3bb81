"""Getting about in an article: sentences, quotes, people, the places one was at, and find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from reader.finding import find_all
from reader.page import Layer
from reader.text.span import Span
from reader.ui.icons import icon

if TYPE_CHECKING:
    from pathlib import Path

    from reader.ui.desk import Desk
    from reader.ui.reading import ReadingView
    from reader.ui.theme import Theme

MOST_PLACES = 200


class FindBar(QWidget):
    """A field for words to find, the count of hits, and steps between them.

    Signals:
        words_changed: what is looked for.
        step_wanted: 1 or -1.
        closed: the bar was closed.
    """

    words_changed = Signal(str)
    step_wanted = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in original and translation"))
        self.field.setAccessibleName(self.tr("Find in article"))
        self.field.setMaximumWidth(320)
        self.field.textChanged.connect(self.words_changed)
        self.field.returnPressed.connect(self._forward)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self._buttons = {
            "previous": (self._button(self.tr("Previous hit")), self._backward),
            "next": (self._button(self.tr("Next hit")), self._forward),
            "close": (self._button(self.tr("Close find")), self.close_bar),
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(28, 4, 10, 4)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.count)
        layout.addStretch(1)
        for button, slot in self._buttons.values():
            button.clicked.connect(slot)
            layout.addWidget(button)
        QShortcut(QKeySequence("Escape"), self, self.close_bar, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.set_theme(theme)
        self.hide()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setIconSize(QSize(15, 15))
        return button

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in another theme."""
        for name, (button, _) in self._buttons.items():
            button.setIcon(icon(name, theme.colour("text.muted")))

    def open_bar(self) -> None:
        """Show the bar with its words selected."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.words_changed.emit(self.field.text())

    def close_bar(self) -> None:
        """Hide the bar; the hits lose their mark."""
        self.hide()
        self.closed.emit()

    def _forward(self) -> None:
        self.step_wanted.emit(1)

    def _backward(self) -> None:
        self.step_wanted.emit(-1)


class Navigator(QObject):
    """Carry out the commands of the Go menu and of find.

    Signals:
        article_wanted: back or forward leads to a place in another article: `(path, span)`.
    """

    article_wanted = Signal(object)

    def __init__(self, desk: Desk, reading: ReadingView, find: FindBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._reading, self._find = desk, reading, find
        self._past: list[tuple[Path, Span]] = []
        self._future: list[tuple[Path, Span]] = []
        self._hits: list[Span] = []
        self._hit = -1
        find.words_changed.connect(self._look_for)
        find.step_wanted.connect(self._step_hit)
        find.closed.connect(self._forget_hits)

    # -- places --------------------------------------------------------------------------------------------------

    def here(self) -> tuple[Path, Span] | None:
        """Return the open article and the place in it that is being read."""
        opened = self._desk.opened
        if opened is None or not opened.page.rows:
            return None
        current = self._reading.current_sentence
        if current is not None and current < len(opened.page.sentences):
            return opened.path, opened.page.sentences[current].span
        start = opened.page.rows[self._reading.visible_rows()[0]].span.start
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

    # -- find ----------------------------------------------------------------------------------------------------

    def do_find(self) -> None:
        """Open the find bar."""
        if self._desk.opened is not None:
            self._find.open_bar()

    def do_find_next(self) -> None:
        """Go to the next hit."""
        self._step_hit(1)

    def do_find_previous(self) -> None:
        """Go to the previous hit."""
        self._step_hit(-1)

    def _look_for(self, words: str) -> None:
        opened = self._desk.opened
        if opened is None:
            return
        rows = opened.page.rows
        hits = set(find_all(opened.article.text, words)) if rows else set()
        for index, part in enumerate(opened.shown() if words else ()):
            span = opened.page.sentences[index].span
            if part and find_all(part.text, words) and not any(span.overlaps(hit) for hit in hits):
                hits.add(span)
        self._hits = sorted(hits)
        self._hit = -1
        self._reading.show_matches(self._hits)
        self._say_count(bool(words))

    def _step_hit(self, by: int) -> None:
        if not self._hits:
            return
        if self._hit < 0:
            caret = self._reading.caret_offset()
            ahead = [number for number, hit in enumerate(self._hits) if hit.start >= caret]
            self._hit = (ahead[0] if ahead else 0) if by > 0 else (ahead[0] - 1 if ahead else -1)
        else:
            self._hit += by
        self._hit %= len(self._hits)
        self._reading.go_to(self._hits[self._hit])
        self._say_count(True)

    def _say_count(self, looked: bool) -> None:
        if not looked:
            self._find.count.clear()
        elif not self._hits:
            self._find.count.setText(self.tr("No hits"))
        else:
            at = self.tr("{n} of ").format(n=self._hit + 1) if self._hit >= 0 else ""
            self._find.count.setText(at + self.tr("{n} hits").format(n=len(self._hits)))

    def _forget_hits(self) -> None:
        self._hits, self._hit = [], -1
        self._reading.show_matches(())
        self._reading.original.setFocus()
