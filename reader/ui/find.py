"""Find in the open article: in original, translation and notes, with a count and all hits marked."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from reader.finding import FoldedText
from reader.text.span import Span
from reader.ui.actions import with_keys
from reader.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtGui import QAction

    from reader.page import Page
    from reader.ui.desk import Desk
    from reader.ui.reading import ReadingView
    from reader.ui.theme import Theme

SLICE = 0.01
"""Seconds of looking through a long article before the window answers again."""
LONGEST_PREFILL = 80


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and where."""

    words: str = ""
    whole_words: bool = False
    original: bool = True
    translation: bool = True
    notes: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the original; with `part`, a place in the translation of sentence `sentence` that stands for it."""

    span: Span
    sentence: int = -1
    part: Span | None = None


class FindBar(QWidget):
    """A field for words to find, where to look, the count of hits, and steps between them.

    Signals:
        search_changed: another `Search` is wanted.
        step_wanted: 1 or -1.
        left: Escape: back to where one was.
        stayed: the close button: stay at the hit.
        closed: the bar is closed.
    """

    search_changed = Signal(object)
    step_wanted = Signal(object)
    left = Signal()
    stayed = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this article"))
        self.field.setAccessibleName(self.tr("Find in article"))
        self.field.setMinimumWidth(140)
        self.field.setMaximumWidth(280)
        self.field.returnPressed.connect(self._forward)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.count.setAccessibleName(self.tr("Hits"))
        self.original = self._toggle(self.tr("Original"), self.tr("Look in the original"))
        self.translation = self._toggle(self.tr("Translation"), self.tr("Look in the translation"))
        self.notes = self._toggle(self.tr("Notes"), self.tr("Look in your notes and tags"))
        self.whole_words = self._toggle(self.tr("Whole words"), self.tr("Leave out longer words"), on=False)
        self._buttons = {
            "previous": (self._button(self.tr("Previous hit")), self._backward),
            "next": (self._button(self.tr("Next hit")), self._forward),
            "close": (self._button(self.tr("Close and stay here; Esc goes back to where you were")), self._stay),
        }
        self._lay_out()
        self.field.textChanged.connect(self._report)
        self._shortcut("Escape", self._leave)
        self._shortcut("Shift+Return", self._backward)
        self.set_theme(theme)
        self.hide()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(28, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(self.field, 1)
        for button, slot in list(self._buttons.values())[:2]:
            button.clicked.connect(slot)
            layout.addWidget(button)
        layout.addWidget(self.count)
        layout.addStretch(1)
        for toggle in (self.original, self.translation, self.notes, self.whole_words):
            layout.addWidget(toggle)
        close, slot = self._buttons["close"]
        close.clicked.connect(slot)
        layout.addWidget(close)

    def _toggle(self, words: str, tip: str, *, on: bool = True) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setChecked(on)
        button.toggled.connect(self._report)
        return button

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setIconSize(QSize(15, 15))
        return button

    def _shortcut(self, keys: str, slot: object) -> None:
        # PySide6 6.11.3 ignores `context` where a slot is given too
        shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def show_keys(self, actions: Mapping[str, QAction]) -> None:
        """Name the keys of the steps in tooltips."""
        for name in ("previous", "next"):
            button, _ = self._buttons[name]
            button.setToolTip(with_keys(button.accessibleName(), actions[f"find_{name}"]))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in another theme."""
        for name, (button, _) in self._buttons.items():
            button.setIcon(icon(name, theme.colour("text.muted")))

    def search(self) -> Search:
        """Return what is looked for."""
        toggles = (self.whole_words, self.original, self.translation, self.notes)
        return Search(self.field.text(), *(toggle.isChecked() for toggle in toggles))

    def open_bar(self, words: str = "") -> None:
        """Show the bar with its words selected, or with others."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._report()

    @property
    def has_focus(self) -> bool:
        """Say whether a person types or chooses in the bar."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def close_bar(self) -> None:
        """Hide the bar; the hits lose their marks."""
        self.closed.emit()  # while the focus still tells who closed it
        self.hide()

    def _report(self) -> None:
        self.search_changed.emit(self.search())

    def _leave(self) -> None:
        self.left.emit()
        self.close_bar()

    def _stay(self) -> None:
        self.stayed.emit()
        self.close_bar()

    def _forward(self) -> None:
        self.step_wanted.emit(1)

    def _backward(self) -> None:
        self.step_wanted.emit(-1)


class Finder(QObject):
    """Look through the open article and lead from hit to hit. A long article is looked through in slices."""

    def __init__(self, desk: Desk, reading: ReadingView, bar: FindBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._reading, self._bar = desk, reading, bar
        self._search = Search()
        self._hits: list[Hit] = []
        self._hit = -1
        self._wrapped = ""
        self._from = 0
        self._lead = True
        self._place: tuple[int, float] | None = None
        self._folded: tuple[Page | None, dict[int, FoldedText]] = (None, {})
        self._scan: Iterator[list[Hit]] | None = None
        self._go_on = QTimer(self, singleShot=True, interval=0)
        self._go_on.timeout.connect(self._look_on)
        bar.search_changed.connect(self._begin)
        bar.step_wanted.connect(self.step)
        bar.left.connect(self._go_back)
        bar.stayed.connect(self._select)
        bar.closed.connect(self._forget)
        reading.rows_seen.connect(self._rows_seen)

    # -- what a person asks --------------------------------------------------------------------------------------

    def open(self) -> None:
        """Open the bar; words selected in the original are looked for."""
        if self._desk.opened is None:
            return
        if not self._bar.isVisible():
            self._from, self._place = self._reading.caret_offset(), self._reading.place()
        span = self._reading.selected_span() if self._reading.original.hasFocus() else None
        words = " ".join(span.of(self._reading.page.text).split()) if span is not None else ""
        self._bar.open_bar(words if len(words) <= LONGEST_PREFILL else "")

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) hit, from the last one on to the first."""
        if not self._bar.isVisible():
            if not self._bar.field.text():
                self.open()
                return
            self._from, self._place = self._reading.caret_offset(), self._reading.place()
            self._bar.show()
            self._begin(self._bar.search())
            return
        if not self._hits:
            return
        before, self._hit = self._hit, (self._hit + by) % len(self._hits)
        if before >= 0 and (self._hit - before) * by < 0:
            self._wrapped = self.tr("from the top again") if by > 0 else self.tr("from the end again")
        else:
            self._wrapped = ""
        self._show_hit()

    def close(self) -> bool:
        """Close the bar and stay; say whether it was open."""
        was_open = self._bar.isVisible()
        if was_open:
            self._bar.close_bar()
        return was_open

    def look_again(self) -> None:
        """Look for the same words in another article, or in this one as it was read again."""
        if self._bar.isVisible():
            self._from, self._place = self._reading.caret_offset(), self._reading.place()
            self._begin(self._bar.search(), lead=False)

    # -- look ----------------------------------------------------------------------------------------------------

    def _begin(self, search: Search, *, lead: bool = True) -> None:
        self._search = search
        self._hits, self._hit, self._wrapped = [], -1, ""
        self._scan = self._look_through(search) if search.words.strip() and self._desk.opened else None
        self._lead = lead
        self._look_on()

    def _look_on(self) -> None:
        """Look through rows until the time is up; lead to the first hit when all are done."""
        began = perf_counter()
        while self._scan is not None:
            hits = next(self._scan, None)
            if hits is None:
                self._scan = None
            else:
                self._hits += hits
            if perf_counter() - began >= SLICE:
                break
        if self._scan is not None:
            self._go_on.start()
            self._say_count()
            return
        self._go_on.stop()
        if self._hits and self._lead:
            ahead = (number for number, hit in enumerate(self._hits) if hit.span.start >= self._from)
            self._hit = next(ahead, 0)
            self._show_hit()
        else:
            self._mark()
            self._say_count()

    def _look_through(self, search: Search) -> Iterator[list[Hit]]:
        """Yield the hits of one row after the other, in the order of the text."""
        opened, page = self._desk.opened, self._reading.page
        assert opened is not None
        if self._folded[0] is not page:
            self._folded = (page, {})
        annotations = {each.id: each for each in opened.notes.notes.annotations} if search.notes else {}
        stored = [(mark.span, annotations.get(mark.key)) for mark in opened.marks() if mark.stored]
        notes = [(span, "\n".join((each.note, *each.tags))) for span, each in stored if each is not None]
        for number, row in enumerate(page.rows):
            hits: list[Hit] = []
            if search.original:
                hits += [Hit(span) for span in self._in_row(number, search)]
            if search.translation:
                for index in range(*row.sentences):
                    part = self._reading.shown(index)
                    found = self._find(part.text, search) if part else []
                    hits += [Hit(page.sentences[index].span, index, span) for span in found]
            hits += [
                Hit(span)
                for span, note in notes
                if row.span.start <= span.start < row.span.end and self._find(note, search)
            ]
            yield sorted(hits, key=lambda hit: (hit.span.start, hit.sentence, hit.part or hit.span))

    def _in_row(self, number: int, search: Search) -> list[Span]:
        row, folded = self._reading.page.rows[number], self._folded[1]
        if number not in folded:
            folded[number] = FoldedText(row.span.of(self._reading.page.text))
        found = folded[number].find(search.words, whole_words=search.whole_words)
        return [span.shifted(row.span.start) for span in found]

    @staticmethod
    def _find(text: str, search: Search) -> list[Span]:
        return FoldedText(text).find(search.words, whole_words=search.whole_words)

    # -- show ----------------------------------------------------------------------------------------------------

    def _show_hit(self) -> None:
        self._mark()
        hit = self._hits[self._hit]
        self._reading.show_match(hit.span, hit.sentence, hit.part, select=not self._bar.has_focus)
        self._say_count()

    def _mark(self) -> None:
        """Mark the hits on screen and near it: thousands at once would make the panes slow."""
        if not self._hits:
            self._reading.show_matches((), ())
            return
        first, last = self._reading.visible_rows()
        rows = self._reading.page.rows
        start, end = rows[max(0, first - 3)].span.start, rows[min(last + 3, len(rows) - 1)].span.end
        near = [hit for hit in self._hits if start <= hit.span.start < end]
        self._reading.show_matches(
            [hit.span for hit in near if hit.part is None],
            [(hit.sentence, hit.part) for hit in near if hit.part is not None],
        )

    def _rows_seen(self) -> None:
        if self._hits:
            self._mark()

    def _say_count(self) -> None:
        total = len(self._hits)
        if not self._search.words.strip():
            words = ""
        elif self._scan is not None:
            words = self.tr("{n} so far").format(n=total)
        elif not total:
            words = self.tr("No hits")
        elif self._hit < 0:
            words = self.tr("1 hit") if total == 1 else self.tr("{n} hits").format(n=total)
        else:
            words = self.tr("{n} of {total}").format(n=self._hit + 1, total=total)
            words += f" · {self._wrapped}" if self._wrapped else ""
        self._bar.count.setText(words)

    def _go_back(self) -> None:
        """Return to where one was when the bar was opened."""
        if self._place is not None and self._desk.opened is not None and self._reading.page.rows:
            self._reading.go_to(Span(self._from, self._from), flash=False)
            self._reading.go_to_row(*self._place)

    def _select(self) -> None:
        """Select the hit that was reached, to be highlighted or copied."""
        if self._hit >= 0:
            hit = self._hits[self._hit]
            self._reading.show_match(hit.span, hit.sentence, hit.part, select=True)

    def _forget(self) -> None:
        self._go_on.stop()
        self._scan = None
        self._hits, self._hit, self._place = [], -1, None
        self._reading.show_matches((), ())
        if self._bar.has_focus:
            self._reading.original.setFocus()
