"""The middle of the window: original and translation as two panes that read as one page."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTextBoundaryFinder, QTimer, Signal
from PySide6.QtWidgets import QToolTip

from reader.annotations.annotation import COLOURS
from reader.page import Mark, Page, row_again, shadows
from reader.text.span import Span, Utf16Map
from reader.ui.correcting import SentenceEditor
from reader.ui.panes import PagePanes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QFont
    from PySide6.QtWidgets import QWidget

    from reader.export.passages import SentenceTranslation
    from reader.repeats import Offer
    from reader.ui.pane import Place, TextPane
    from reader.ui.theme import Theme


class ReadingView(PagePanes):
    """Two panes over one page, the current sentence marked in both, and what a person does in them.

    Signals:
        sentence_changed: the sentence under the caret became that of the payload's index, or None.
        selection_changed: the payload is the selected `Span` of the original, or None; a selection in the
            translation stands for the sentences it touches.
        menu_wanted: `(global position, span or None, offset)` of a context menu over the original's place.
        correction_wanted: a person asked to correct the sentence of the payload's index.
    """

    sentence_changed = Signal(object)
    selection_changed = Signal(object)
    menu_wanted = Signal(object)
    correction_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.editor = SentenceEditor(self.translation)
        self._current: int | None = None
        self._pointed: int | None = None
        self._marked_row: int | None = None
        self._mirror: tuple[Span, TextPane] | None = None
        self._caret_in = self.original
        self._connect()

    def _connect(self) -> None:
        for pane in (self.original, self.translation):
            pane.pointed.connect(self._point_original if pane is self.original else self._point_translation)
            pane.caret_moved.connect(self._caret_original if pane is self.original else self._caret_translation)
            pane.menu_wanted.connect(self._menu_original if pane is self.original else self._menu_translation)
            pane.selectionChanged.connect(self._report_selection)
        self.translation.chosen.connect(self._want_correction)

    # -- content -------------------------------------------------------------------------------------------------

    def _leave_page(self) -> None:
        self.editor.close_field()
        self._current = self._pointed = None

    def _finish(self, rows: Collection[int]) -> None:
        super()._finish(rows)
        if self._marked_row in rows:
            self._mark_sentence()
        if self._mirror and not self._on_screen().isdisjoint(rows):
            self._mark_mirror()

    def swap_page(
        self,
        page: Page,
        marks: Sequence[Mark],
        shown: Sequence[SentenceTranslation | None],
        target: str,
        *,
        pending: bool,
    ) -> None:
        """Show another version of the page: what was on screen stays there, and so does the caret."""
        old, (row, offset) = self.page, self.place()
        caret = self.caret_offset()
        caret_row = old.row_at(caret) if old.rows else 0
        begun = self._current is not None or caret > 0
        self._take_page(page, marks, shown, target, pending=pending)
        there = bool(old.rows and page.rows)
        self.go_to_row(row_again(old, page, row) if there else 0, offset if there else 0.0)
        self._queue_rows()
        self._mark_sentence()
        if begun and there:
            span = page.rows[row_again(old, page, caret_row)].span
            self._put_caret(min(span.start + max(0, caret - old.rows[caret_row].span.start), span.end))

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in another theme; the place stays."""
        self.editor.commit()
        self._theme = theme
        for pane in (self.original, self.translation):
            pane.set_theme(theme)
        self._redraw(range(len(self.page.rows)))
        self._mark_sentence()
        self._report_selection()

    def set_fonts(self, original: QFont, translation: QFont) -> None:
        """Set the reading fonts of both panes; the place stays."""
        self.editor.commit()
        super().set_fonts(original, translation)

    # -- the current sentence ------------------------------------------------------------------------------------

    @property
    def current_sentence(self) -> int | None:
        """The sentence that was last pointed at by caret or key."""
        return self._current

    def _sentence_at(self, side: int, place: tuple[int, int] | None) -> int | None:
        for piece in self._pieces_of(side, place[0]) if place is not None else ():
            if place is not None and piece.start_u16 <= place[1] <= piece.end_u16:
                return piece.sentence
        return None

    def _point_original(self, place: tuple[int, int] | None) -> None:
        self._point(self._sentence_at(0, place))

    def _point_translation(self, place: tuple[int, int] | None) -> None:
        self._point(self._sentence_at(1, place))

    def _point(self, sentence: int | None) -> None:
        if sentence != self._pointed:
            self._pointed = sentence
            self._mark_sentence()

    def _caret_original(self, place: tuple[int, int]) -> None:
        self._caret_in = self.original
        self._set_current(self._sentence_at(0, place))

    def _caret_translation(self, place: tuple[int, int]) -> None:
        self._caret_in = self.translation
        self._set_current(self._sentence_at(1, place))

    def _set_current(self, sentence: int | None) -> None:
        if sentence != self._current:
            self._current = sentence
            self._mark_sentence()
            self.sentence_changed.emit(sentence)

    def _mark_sentence(self) -> None:
        wanted = self._pointed if self._pointed is not None else self._current
        if wanted is not None and wanted >= len(self.page.sentences):
            wanted = None
        self._marked_row = self.page.row_of(wanted) if wanted is not None else None
        colour = self._theme.colour("marks.sentence")
        for side, pane in enumerate((self.original, self.translation)):
            free: list[tuple[int, int, int]] = []
            held: dict[str, list[tuple[int, int, int]]] = {name: [] for name in COLOURS}
            for row, start, end in self._places(side, wanted):
                bars = [edge for edge in pane.blocks[row].edges if edge.style == "bar"]
                cuts = {at for edge in bars for at in (edge.start_u16, edge.end_u16) if start < at < end}
                for first, last in pairwise((start, *sorted(cuts), end)):
                    ground = pane.ground_at(row, first, last)
                    name = next((name for name in COLOURS if self._theme.colour(f"highlights.{name}") == ground), None)
                    (held[name] if name else free).append((row, first, last))
            pane.set_overlay("sentence", free, colour)
            for name, places in held.items():  # own highlights keep their colour in it
                pane.set_overlay(f"sentence {name}", places, _stronger(self._theme.colour(f"highlights.{name}")))

    def step_sentence(self, by: int) -> None:
        """Go to the next (`by` = 1) or previous (-1) sentence."""
        if not self.page.sentences:
            return
        here = self._current
        if here is None:
            first = self.page.rows[self.visible_rows()[0]].span.start
            here = self.page.sentences_in(Span(first, first + 1)).start - (1 if by > 0 else 0)
        self.go_to(self.page.sentences[max(0, min(here + by, len(self.page.sentences) - 1))].span, flash=False)

    # -- places --------------------------------------------------------------------------------------------------

    def go_to(self, span: Span, *, flash: bool = True) -> None:
        """Bring a span of the original on screen, put the caret on it, and flash it."""
        row = self.page.row_at(span.start)
        start, end = self._units(row, span)
        self._scroll_to(row, start)
        self._put_caret(span.start)
        if flash:
            self._flash(row, start, end)

    def begin_at(self, row: int) -> None:
        """Begin to read at a row: it stands at the top, and the steps from sentence to sentence start there."""
        self.go_to_row(row)
        if row < len(self.page.rows) and row:
            self._put_caret(self.page.rows[row].span.start)

    def _put_caret(self, offset: int) -> None:
        row = self.page.row_at(offset)
        start, _ = self._units(row, Span(offset, offset))
        self.original.setTextCursor(self.original.cursor_over(row, start, start))
        self._caret_in = self.original
        self._set_current(self.page.sentence_at(offset))

    def _scroll_to(self, row: int, start_u16: int) -> None:
        pane = self._leader()
        self._finish(range(max(0, row - 1), min(row + 2, len(self.page.rows))))
        bar, page = pane.verticalScrollBar(), pane.viewport().height()
        y = pane.block_top(row) + pane.line_top(row, start_u16 if pane is self.original else 0)
        if not bar.value() + page * 0.1 <= y <= bar.value() + page * 0.8:
            bar.setValue(int(y - page * 0.3))
            self._aligner.moved()

    def point_out(self, span: Span, words: str) -> None:
        """Flash a span that is on screen and say at the caret what it is; the caret stays."""
        row = self.page.row_at(span.start)
        self._flash(row, *self._units(row, span))
        at = self.original.viewport().mapToGlobal(self.original.cursorRect().bottomLeft())
        QToolTip.showText(at, words, self.original)

    def _flash(self, row: int, start_u16: int, end_u16: int) -> None:
        self.original.set_overlay("flash", [(row, start_u16, end_u16)], self._theme.colour("marks.flash"))
        QTimer.singleShot(900, self.original, self._end_flash)

    def _end_flash(self) -> None:
        self.original.set_overlay("flash", (), self._theme.colour("marks.flash"))

    def show_matches(self, spans: Sequence[Span], parts: Sequence[tuple[int, Span]]) -> None:
        """Lay the find colour over spans of the original and over `(sentence, span of its translation)` parts."""
        places = [(row, *self._units(row, span)) for span in spans for row in (self.page.row_at(span.start),)]
        self.original.set_overlay("find", places, self._theme.colour("marks.find"))
        there = [place for sentence, span in parts for place in self._part_places(sentence, span)]
        self.translation.set_overlay("find", there, self._theme.colour("marks.find"))
        for pane in (self.original, self.translation):
            pane.set_overlay("found", (), self._theme.colour("marks.found"))

    def show_match(self, span: Span, sentence: int = -1, part: Span | None = None, *, select: bool = False) -> None:
        """Bring a hit on screen and mark it above the others, or select it; `part` is in a sentence's translation."""
        self.go_to(span, flash=False)
        row = self.page.row_at(span.start)
        pane, places = self.original, [(row, *self._units(row, span))]
        if part is not None:
            pane, places = self.translation, self._part_places(sentence, part)
        pane.set_overlay("found", places, self._theme.colour("marks.found"))
        self.clear_selection()
        for number, start, end in places if select else ():
            pane.setTextCursor(pane.cursor_over(number, end, start))
            pane.ensureCursorVisible()

    def _part_places(self, sentence: int, part: Span) -> list[tuple[int, int, int]]:
        spelled = self._respelled(sentence)
        part = spelled.shown(part) if spelled else part
        units = Utf16Map(self._words(sentence))
        return [
            (row, start + units.to_u16(part.start), start + units.to_u16(part.end))
            for row, start, _ in self._places(1, sentence)
        ]

    # -- selection -----------------------------------------------------------------------------------------------

    def selected_span(self) -> Span | None:
        """Return what is selected, as a span of the original without white space at its ends."""
        ends = self.original.selected_ends()
        if ends and (self.original.hasFocus() or not self.translation.selected_ends()):
            return self._original_span(*ends)
        ends = self.translation.selected_ends()
        touched = self._touched(*ends) if ends else None
        if touched is None:
            return None
        first, last = touched
        return Span(self.page.sentences[first].span.start, self.page.sentences[last].span.end)

    def _touched(self, start: Place, end: Place) -> tuple[int, int] | None:
        """Return the first and the last sentence whose translation a selection touches."""

        def within(row: int) -> list[int]:
            first = start[1] if row == start[0] else 0
            last = end[1] if row == end[0] else sys.maxsize
            pieces = self._pieces_of(1, row)
            return [piece.sentence for piece in pieces if piece.start_u16 < last and first < piece.end_u16]

        rows = range(start[0], end[0] + 1)
        first = next((found[0] for row in rows if (found := within(row))), None)
        last = next((found[-1] for row in reversed(rows) if (found := within(row))), None)
        return None if first is None or last is None else (first, last)

    def _original_span(self, first: Place, last: Place) -> Span | None:
        start = self._offset(first[0], self._whole(*first, -1))
        end = self._offset(last[0], self._whole(*last, 1))
        inside = self.page.text[start:end]
        start += len(inside) - len(inside.lstrip())
        end -= len(inside) - len(inside.rstrip())
        return Span(start, end) if end > start else None

    def _whole(self, row: int, offset_u16: int, step: int) -> int:
        """Return the edge of what the eye takes for one character, at `offset_u16` or beyond it in the direction.

        Qt's own steps leave such clusters whole; a selection by the mouse or by another program may not.
        """
        text = self.page.rows[row].span.of(self.page.text)
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
        finder.setPosition(offset_u16)
        if finder.isAtBoundary():
            return offset_u16
        return finder.toNextBoundary() if step > 0 else finder.toPreviousBoundary()

    def _report_selection(self) -> None:
        span = self.selected_span()
        self.selection_changed.emit(span)
        from_original = bool(self.original.selected_ends()) and self.original.hasFocus()
        self._mirror = (span, self.translation if from_original else self.original) if span is not None else None
        self._mark_mirror()

    def _mark_mirror(self) -> None:
        """Mark, in the other pane, the sentences on screen that the selection touches."""
        span, other = self._mirror or (None, None)
        rows = self._on_screen() if span is not None else set()
        touched = self.page.sentences_in(span) if span is not None else range(0)
        if rows:
            first, last = self.page.rows[min(rows)].sentences[0], self.page.rows[max(rows)].sentences[1]
            touched = range(max(touched.start, first), min(touched.stop, last))
        colour = self._theme.colour("marks.selection")
        for side, pane in enumerate((self.original, self.translation)):
            found = touched if pane is other else ()
            pane.set_overlay("mirror", [place for index in found for place in self._places(side, index)], colour)

    def _lead(self, leader: TextPane, follower: TextPane) -> None:
        super()._lead(leader, follower)
        if self._mirror:
            self._mark_mirror()

    def clear_selection(self) -> None:
        """Drop the selection in both panes; the caret stays."""
        for pane in (self.original, self.translation):
            cursor = pane.textCursor()
            if cursor.hasSelection():
                cursor.clearSelection()
                pane.setTextCursor(cursor)

    # -- intentions ----------------------------------------------------------------------------------------------

    def caret_offset(self) -> int:
        """Return the place of the caret moved last; of one in the translation, where what it stands on begins."""
        if self._caret_in is self.translation and self._current is not None:
            return self._behind(self._current, self.translation.caret_place())
        row, offset = self.original.caret_place()
        return self._offset(row, offset) if row < len(self.page.rows) else 0

    def _behind(self, sentence: int, place: tuple[int, int]) -> int:
        """Return where the innermost mark at a place of the translation begins in the original, else its sentence."""
        span = self.page.sentences[sentence].span
        row, offset_u16 = place
        text = self._words(sentence)
        starts = [start for number, start, _ in self._places(1, sentence) if number == row]
        if not text or not starts:
            return span.start
        offset = Utf16Map(text).to_code_points(max(0, offset_u16 - starts[0]))
        carried = shadows(self.page, self._marks_of_row.get(row, ()), {sentence: text}).get(sentence, [])
        under = [mark for there, mark in carried if there.start <= offset <= there.end]
        return max(span.start, min(under, key=lambda mark: len(mark.span)).span.start) if under else span.start

    def _menu_original(self, asked: tuple[QPoint, int, int]) -> None:
        at, row, place = asked
        offset, span = self._offset(row, place), self.selected_span()
        if span is None:
            self._put_caret(offset)  # its commands are about what was clicked
        self.menu_wanted.emit((at, span, offset))

    def _menu_translation(self, asked: tuple[QPoint, int, int]) -> None:
        at, row, offset = asked
        sentence = self._sentence_at(1, (row, offset))
        if sentence is not None:
            self._set_current(sentence)
            self.menu_wanted.emit((at, self.selected_span(), self._behind(sentence, (row, offset))))

    def edit_sentence(self, index: int, *, corrected: bool, offers: Sequence[Offer]) -> None:
        """Let a person correct a sentence's translation where it stands."""
        self.go_to(self.page.sentences[index].span, flash=False)
        part = self._shown[index]

        def place() -> QRectF | None:
            here = self._places(1, index)
            return self.translation.stretch_rect(*here[0]) if here else None

        self.editor.edit(index, part.text if part else "", place, corrected=corrected, offers=offers)

    def _want_correction(self, place: tuple[int, int]) -> None:
        sentence = self._sentence_at(1, place)
        if sentence is not None:
            self.correction_wanted.emit(sentence)


def _stronger(colour: QColor) -> QColor:
    """Return a highlight's colour as it is in the current sentence."""
    return colour.darker(107) if colour.lightness() > 127 else colour.lighter(125)
