"""Two panes that draw one page: original and translation, row beside row, scrolled as one."""

from __future__ import annotations

from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from reader.page import Layer, Mark, Page
from reader.text.span import Span, Utf16Map
from reader.ui.alignment import Aligner
from reader.ui.pane import GUTTER, TextPane
from reader.ui.rendering import PENDING, PageRenderer, Piece
from reader.ui.shortened import ShortenedLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from PySide6.QtGui import QFont

    from reader.export.passages import SentenceTranslation
    from reader.respelling import Respelled
    from reader.ui.theme import Theme

SLICE = 0.008
"""Seconds for which rows that are not on screen are drawn and laid out before the window answers again."""


class PagePanes(QWidget):
    """Draw a page in two panes and keep them level; what a person does in them is `ReadingView`'s.

    Signals:
        rows_seen: the range of visible rows became the payload `(first, last)`.
    """

    rows_seen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme = theme
        self.original = TextPane(theme, self.tr("Original"))
        self.translation = TextPane(theme, self.tr("Translation"))
        self.original_caption, self.translation_caption = ShortenedLabel(), ShortenedLabel()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self._sides = (
            self._with_caption(self.original, self.original_caption),
            self._with_caption(self.translation, self.translation_caption),
        )
        for side in self._sides:
            self.splitter.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

        self.page = Page("", "und", ())
        self._target = "en"
        self._pending = False
        self._marks: tuple[Mark, ...] = ()
        self._marks_of_row: dict[int, list[Mark]] = {}
        self._hidden: frozenset[Layer] = frozenset()
        self._shown: list[SentenceTranslation | None] = []
        self._respelling = True
        self._respell: Callable[[int], Respelled | None] = lambda _: None
        self._spellings: dict[int, tuple[SentenceTranslation | None, Respelled | None]] = {}
        self._offered: dict[int, str] = {}
        self._colours: dict[str, str] = {}
        self._pieces: tuple[list[tuple[Piece, ...]], list[tuple[Piece, ...]]] = ([], [])
        self._linked = True
        self._view, self._beside = "both", True
        self._scrolling = self._filling = False
        self._aligner = Aligner(self.original, self.translation, self)
        self._stale: set[int] = set()
        self._queue: list[int] = []
        self._work = QTimer(self, singleShot=True, interval=0)
        self._work.timeout.connect(self._go_on)
        self._seen = QTimer(self, singleShot=True, interval=120)
        self._seen.timeout.connect(self._report_rows)
        for pane in (self.original, self.translation):
            pane.reshaped.connect(self._reshape)
            pane.drawing.connect(self._see)
        self.original.verticalScrollBar().valueChanged.connect(self._scrolled_original)
        self.translation.verticalScrollBar().valueChanged.connect(self._scrolled_translation)

    def _with_caption(self, pane: TextPane, caption: QLabel) -> QWidget:
        side = QWidget()
        side.setObjectName("page")
        caption.setObjectName("paneCaption")
        caption.setIndent(0)  # level with the text below
        line = QHBoxLayout()
        line.addWidget(caption, 1)

        def stand_over_the_text() -> None:
            line.setContentsMargins(pane.viewportMargins().left() + GUTTER, 0, 12, 0)

        stand_over_the_text()
        pane.reshaped.connect(stand_over_the_text)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(pane, 1)
        return side

    # -- content -------------------------------------------------------------------------------------------------

    def show_page(
        self,
        page: Page,
        marks: Sequence[Mark],
        shown: Sequence[SentenceTranslation | None],
        target: str,
        *,
        pending: bool,
    ) -> None:
        """Show another page from its top; `pending` says that missing translations are on their way."""
        self._take_page(page, marks, shown, target, pending=pending)
        self.go_to_row(0)
        self._queue_rows()

    def _take_page(
        self,
        page: Page,
        marks: Sequence[Mark],
        shown: Sequence[SentenceTranslation | None],
        target: str,
        *,
        pending: bool,
    ) -> None:
        """Give the panes another page's words; its rows are drawn when they come on screen, or in turn.

        Where the rows stay (other sentences, names or translations), so does what stands in the panes until then.
        """
        self._leave_page()
        old, self.page, self._target, self._pending = self.page, page, target, pending
        self._shown = list(shown)
        self._offered = {}
        self._stale = set(range(len(page.rows)))
        self._pieces = ([()] * len(page.rows), [()] * len(page.rows))
        self._index_marks(marks)
        renderer = self._renderer()
        originals = [renderer.plain_original(row) for row in range(len(page.rows))]
        self._scrolling = self._filling = True
        with self._aligner.filling():
            if old.text is page.text and [row.span for row in old.rows] == [row.span for row in page.rows]:
                self.original.set_roles(originals)
                self.translation.set_roles([renderer.plain_translation(row, ()) for row in range(len(page.rows))])
            else:
                self.original.show_blocks(originals)
                self.translation.show_blocks([renderer.plain_translation(row, shown) for row in range(len(page.rows))])
        self._scrolling = self._filling = False

    def _leave_page(self) -> None:
        """End what belongs to the page that goes."""

    def _renderer(self) -> PageRenderer:
        pending = PENDING if self._pending else ""
        return PageRenderer(
            self.page, self._theme, self._target, pending, self._respelled, self._offered, self._colours
        )

    def set_colour_names(self, names: Mapping[str, str]) -> None:
        """Call the highlights' colours what the person calls them."""
        if names != self._colours:
            self._colours = dict(names)
            self._redraw(set(range(len(self.page.rows))))

    def set_offered(self, offered: dict[int, str]) -> None:
        """Mark the sentences that were corrected elsewhere; what each became there is said at its place."""
        before, self._offered = self._offered, offered
        changed = {index for index in before.keys() | offered.keys() if before.get(index) != offered.get(index)}
        self._redraw({self.page.row_of(index) for index in changed})

    def spell_by(self, respell: Callable[[int], Respelled | None]) -> None:
        """Take the function that puts known names into the reader's spelling, for the page shown next."""
        self._respell = respell
        self._spellings.clear()

    def set_respelling(self, on: bool) -> None:
        """Show known names in the reader's spelling, or as the machine wrote them."""
        if on != self._respelling:
            self._respelling = on
            self._redraw(set(range(len(self.page.rows))))

    def _respelled(self, index: int) -> Respelled | None:
        if not self._respelling:
            return None
        shown = self._shown[index]
        known = self._spellings.get(index)
        if known is None or known[0] is not shown:
            known = self._spellings[index] = (shown, self._respell(index) if shown else None)
        return known[1]

    def _words(self, sentence: int) -> str:
        """Return the translation of a sentence as the pane shows it."""
        shown, spelled = self._shown[sentence], self._respelled(sentence)
        return spelled.text if spelled else shown.text if shown else ""

    def finish_layout(self) -> None:
        """Draw and lay out all rows at once (for pictures and tests)."""
        while self._queue:
            self._go_on()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Replace the highlight layer; only rows whose marks changed are drawn anew."""
        if marks is not self._marks:
            self._draw_marks(marks)

    def _draw_marks(self, marks: Sequence[Mark]) -> None:
        before = self._marks_of_row
        self._index_marks(marks)
        rows = before.keys() | self._marks_of_row.keys()
        self._redraw({row for row in rows if before.get(row) != self._marks_of_row.get(row)})

    def hide_layers(self, hidden: Iterable[Layer]) -> None:
        """Hide some kinds of marks."""
        before, self._hidden = self._hidden, frozenset(hidden)
        if before != self._hidden:
            self._draw_marks(self._marks)

    def _index_marks(self, marks: Sequence[Mark]) -> None:
        self._marks = tuple(marks)
        self._marks_of_row = {}
        for mark in self._marks:
            if mark.layer in self._hidden or not mark.span:
                continue
            for row in range(self.page.row_at(mark.span.start), self.page.row_at(mark.span.end - 1) + 1):
                self._marks_of_row.setdefault(row, []).append(mark)

    def set_shown(self, shown: dict[int, SentenceTranslation | None]) -> None:
        """Put in translations by sentence index."""
        changed = {index: part for index, part in shown.items() if self._shown[index] != part}
        for index, part in changed.items():
            self._shown[index] = part
        self._redraw({self.page.row_of(index) for index in changed})

    # -- drawing -------------------------------------------------------------------------------------------------

    def _redraw(self, rows: Collection[int]) -> None:
        """Draw rows anew, those on screen at once and the rest in slices."""
        if not rows:
            return
        self._stale.update(rows)
        self._see()
        self._queue_rows()

    def _reshape(self) -> None:
        """Lay out what is on screen in another width or font at once, and the rest in slices."""
        if self._filling:
            return
        self._aligner.level_all()
        self._see()
        self._queue_rows()

    def _see(self) -> None:
        """Draw and lay out what is on screen where that is still to do."""
        if self._filling:
            return
        while rows := self._on_screen() & (self._stale | self._aligner.unmeasured):
            self._finish(rows)

    def _on_screen(self) -> set[int]:
        spans = [pane.block_span() for pane in (self.original, self.translation) if pane.isVisible() and pane.blocks]
        return {row for first, last in spans for row in range(first, last + 1)}

    def _queue_rows(self) -> None:
        """Have all rows that are not done drawn and laid out in turn, those near the screen first."""
        here = self._leader().block_span()[0]
        self._queue = sorted(self._stale | self._aligner.unmeasured, key=lambda row: -abs(row - here))
        if self._queue:
            self._work.start()

    def _go_on(self) -> None:
        until = perf_counter() + SLICE
        with self._aligner.keeping_places():
            while self._queue and perf_counter() < until:
                self._finish([self._queue.pop()])
        if self._queue:
            self._work.start()

    def _finish(self, rows: Collection[int]) -> None:
        for row in rows:
            if row in self._stale:
                self._draw(row)
        self._aligner.measure(rows)

    def _draw(self, row: int) -> None:
        self._stale.discard(row)
        renderer, marks = self._renderer(), self._marks_of_row.get(row, ())
        original, translation = renderer.original(row, marks), renderer.translation(row, marks, self._shown)
        self._pieces[0][row], self._pieces[1][row] = original.pieces, translation.pieces
        self.original.restyle_block(row, original.block.runs, original.block.edges)
        self.translation.replace_block(row, translation.block)

    @property
    def settled(self) -> bool:
        """Say whether every row is drawn as it is now, and as high as its twin."""
        return not self._queue

    def shown(self, index: int) -> SentenceTranslation | None:
        """Return the translation shown for a sentence."""
        return self._shown[index]

    def set_fonts(self, original: QFont, translation: QFont) -> None:
        """Set the reading fonts of both panes; what is shown is drawn anew by whoever shows it."""
        self.original.set_text_font(original)
        self.translation.set_text_font(translation)

    # -- view ----------------------------------------------------------------------------------------------------

    @contextmanager
    def held(self) -> Iterator[None]:
        """Lay nothing out while the panes' widths change to and fro."""
        with self.original.held(), self.translation.held():
            yield

    def set_view(self, view: str) -> None:
        """Show "both", "original" or "translation"."""
        self._filling = True  # both panes become wider or narrower: that is one change
        focused = self.original.hasFocus() or self.translation.hasFocus()
        self._sides[0].setVisible(view != "translation")
        self._sides[1].setVisible(view != "original")
        self._view = view
        self._aligner.set_on(view == "both" and self._beside)
        self._show_scroll_bars()
        self._filling = False
        self._reshape()
        if focused and view != "both":  # it goes with the reader, not to whatever widget follows the hidden pane
            (self.original if view == "original" else self.translation).setFocus()

    def set_beside(self, beside: bool) -> None:
        """Let the panes stand beside each other, or the translation below the original."""
        if beside == self._beside:
            return
        self._beside = beside
        self.splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self.splitter.setSizes([1000, 1000])
        self.set_view(self._view)

    def set_linked(self, linked: bool) -> None:
        """Scroll the panes as one, or each by itself."""
        self._linked = linked
        self._show_scroll_bars()
        if linked:
            self._lead(self.original, self.translation)

    def _show_scroll_bars(self) -> None:
        """Panes beside each other that scroll as one share the right one's scroll bar."""
        shared = self._linked and self._beside and all(side.isVisibleTo(self) for side in self._sides)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if shared else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.original.setVerticalScrollBarPolicy(policy)

    def _scrolled_original(self) -> None:
        self._follow(self.original, self.translation)

    def _scrolled_translation(self) -> None:
        self._follow(self.translation, self.original)

    def _follow(self, leader: TextPane, follower: TextPane) -> None:
        """Scroll the follower to the leader's place; the guard keeps the two from leading each other."""
        if not self._seen.isActive():  # or while heights change all the time nobody would hear what is on screen
            self._seen.start()
        if not (self._scrolling or self._aligner.keeping or leader.reshaping or follower.reshaping):
            self._lead(leader, follower)

    def _lead(self, leader: TextPane, follower: TextPane) -> None:
        self._scrolling = True
        self._aligner.hold()
        self._see()
        if self._linked and self._aligner.on:
            follower.verticalScrollBar().setValue(leader.verticalScrollBar().value())
        elif self._linked and leader.blocks and follower.blocks:
            row, offset = leader.top_place()
            if offset > 0:
                self._aligner.measure([row])
                offset *= follower.block_height(row) / max(1.0, leader.block_height(row))
            follower.show_place(row, offset)
        self._aligner.hold()
        self._see()
        self._aligner.moved()
        self._scrolling = False

    def visible_rows(self) -> tuple[int, int]:
        """Return the numbers of the first and last visible rows."""
        first, last = self._leader().block_span()
        top = self.place()[0]
        return top, min(top + last - first, len(self.page.rows) - 1)

    def place(self) -> tuple[int, float]:
        """Return the row at the top, and by how many pixels it is scrolled up."""
        return self._aligner.place(self._leader())

    def _leader(self) -> TextPane:
        return self.original if self._sides[0].isVisible() else self.translation

    def _report_rows(self) -> None:
        if self.page.rows:
            self.rows_seen.emit(self.visible_rows())

    def go_to_row(self, row: int, offset: float = -2.0) -> None:
        """Scroll a row to the top, with `offset` pixels of it above."""
        self._aligner.keep(row, offset if row or offset > 0 else -self.original.block_top(0))
        self._see()
        self._seen.start()

    def _units(self, row: int, span: Span) -> tuple[int, int]:
        inside = self.page.rows[row].span
        units = Utf16Map(inside.of(self.page.text))
        start, end = min(max(span.start, inside.start), inside.end), min(span.end, inside.end)
        return units.to_u16(start - inside.start), units.to_u16(max(end, start) - inside.start)

    def _offset(self, row: int, offset_u16: int) -> int:
        span = self.page.rows[row].span
        return span.start + Utf16Map(span.of(self.page.text)).to_code_points(offset_u16)

    def _pieces_of(self, side: int, row: int) -> tuple[Piece, ...]:
        if row >= len(self.page.rows):
            return ()
        if row in self._stale:
            self._draw(row)
        return self._pieces[side][row]

    def _places(self, side: int, sentence: int | None) -> list[tuple[int, int, int]]:
        if sentence is None or sentence >= len(self.page.sentences):
            return []
        row = self.page.row_of(sentence)
        return [
            (row, piece.start_u16, piece.end_u16) for piece in self._pieces_of(side, row) if piece.sentence == sentence
        ]
