"""Lay out the blocks of a document one by one, each when it is needed."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from reader.ui.blocks import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter, QTextBlock, QTextDocument, QTextFrame

    from reader.ui.blocks import Block, TextStyle

TOP, BOTTOM = 14.0, 60.0
"""Pixels above the first block and below the last."""
UNFILLED = 3
"""Letters that a line ends before its edge on average, for want of a word that fits."""
SAMPLE = 600
"""Characters of a document by which the width of all its letters is estimated."""


class BlockLayout(QAbstractTextDocumentLayout):
    """Lay out blocks when somebody looks at them, and take an estimate for the height of all others.

    Qt's own layout lays out all that stands above a place before it shows that place, at once and again after each
    change of font or width: a second and more for a long article. Blocks here are plain paragraphs of one column,
    without lists, tables, images or floats, as wide as the page less `margin` on either side.

    Whoever changes the text tells it (`reset`, `forget`): what Qt tells of a change is too wide, since formats that
    are set while a block is laid out count as changes too.

    Mind that an exception in what Qt asks below ends the process where Python had called Qt (PySide6 6.11.3).

    Signals:
        measured: the height of the block of the payload's number became known.
    """

    measured = Signal(object)

    def __init__(self, document: QTextDocument, style: TextStyle, margin: float) -> None:
        super().__init__(document)
        self._style, self._margin = style, margin
        self._blocks: Sequence[Block] = ()
        self._width = 0.0
        self.heights: list[float] = []
        """The heights of the blocks' lines, measured or estimated."""
        self._laid: set[int] = set()
        self.unmeasured: set[int] = set()
        """The blocks whose height is an estimate."""
        self._tops: list[float] | None = None

    # -- what changed --------------------------------------------------------------------------------------------

    def reset(self, blocks: Sequence[Block]) -> None:
        """Lay out these blocks, of which the document has got the texts; none while it gets them."""
        self._blocks = blocks
        self._laid.clear()
        self._measure_anew()

    def set_style(self, style: TextStyle) -> None:
        """Set all blocks otherwise."""
        self._style = style
        self._forget_lines()
        self._measure_anew()

    def set_ink(self, style: TextStyle) -> None:
        """Draw all blocks in other colours: lines and heights stay as they are."""
        self._style = style
        self._laid.clear()

    def forget(self, number: int, *, height: bool = True) -> None:
        """Lay out a block anew when it is needed: its formats are others, and with `height` so are its words."""
        if number in self._laid:
            self._laid.discard(number)
            self.document().findBlockByNumber(number).layout().clearLayout()
        if height:
            self.unmeasured.add(number)
            self.heights[number] = self._estimates(range(number, number + 1))[0]
            self._tops = None

    def spaced_anew(self) -> None:
        """Take over the extra space below blocks."""
        self._tops = None
        self.tell_size()

    def tell_size(self) -> None:
        """Tell the scroll bars how high the document is."""
        self.documentSizeChanged.emit(self.documentSize())

    def documentChanged(self, start: int, removed: int, added: int) -> None:
        width = self.document().pageSize().width()
        if width != self._width:
            self._width = width
            self._forget_lines()
            self._measure_anew()

    def _forget_lines(self) -> None:
        for number in self._laid:
            self.document().findBlockByNumber(number).layout().clearLayout()
        self._laid.clear()

    def _measure_anew(self) -> None:
        self.unmeasured.clear()
        self.unmeasured.update(range(len(self._blocks)))
        self.heights = self._estimates(range(len(self._blocks)))
        self._tops = None

    def _estimates(self, numbers: range) -> list[float]:
        """Return the heights that blocks have about, from the length of their texts."""
        sample = " ".join(block.text for block in self._blocks[:12])[:SAMPLE] or "x"
        letter = QFontMetricsF(self.document().defaultFont()).horizontalAdvance(sample) / len(sample)
        letters = max(1.0, (self._width - 2 * self._margin) / letter - UNFILLED)
        filled, heights = max(1, round(letters)), self._style.line_heights
        blocks = (self._blocks[number] for number in numbers)
        return [-(-max(1, len(block.text)) // filled) * heights[block.role] for block in blocks]

    # -- geometry ------------------------------------------------------------------------------------------------

    def tops(self) -> list[float]:
        """Return where each block begins, and after the last one, where a further one would."""
        if self._tops is None:
            space = self._style.space
            rows = zip(self.heights, self._blocks, strict=True)
            self._tops = list(accumulate((height + space + block.extra for height, block in rows), initial=TOP))
        return self._tops

    def block_at(self, y: float) -> int:
        """Return the number of the block at a height, or the one nearest to it."""
        return max(0, min(bisect_right(self.tops(), y) - 1, len(self._blocks) - 1))

    def lay_out(self, number: int) -> QTextLayout:
        """Return a block's lines, made now where they are not yet there."""
        block = self.document().findBlockByNumber(number)
        layout = block.layout()
        if number in self._laid:
            return layout
        height = self._set_lines(block, layout, self._blocks[number])
        self._laid.add(number)
        if number in self.unmeasured or height != self.heights[number]:
            self.unmeasured.discard(number)
            self.heights[number] = height
            self._tops = None
            self.measured.emit(number)
        return layout

    def _set_lines(self, block: QTextBlock, layout: QTextLayout, shown: Block) -> float:
        """Break a block into lines and return their height. As Qt's layout does, see `getLineHeightParams` there."""
        layout.setFormats(formats(shown, self._style))
        option = QTextOption(self.document().defaultTextOption())
        direction = block.textDirection()
        from_right = direction == Qt.LayoutDirection.RightToLeft
        option.setTextDirection(direction)
        side = Qt.AlignmentFlag.AlignRight if from_right else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        least, width, y = self._style.line_heights[shown.role], max(1.0, self._width - 2 * self._margin), 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(width)
            pitch = max(least, ceil(line.ascent() + line.descent() + line.leading()))
            line.setPosition(QPointF(0, y + pitch - line.height()))
            y += pitch
        layout.endLayout()
        return y

    # -- what Qt asks --------------------------------------------------------------------------------------------

    def pageCount(self) -> int:
        return 1

    def documentSize(self) -> QSizeF:
        return QSizeF(self._width, self.tops()[-1] + BOTTOM)

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        return QRectF(QPointF(0, 0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = block.blockNumber()
        if not 0 <= number < len(self._blocks):
            return QRectF(self._margin, TOP, 0, 0)
        self.lay_out(number)  # before its top is asked for: that may change by it
        width = max(1.0, self._width - 2 * self._margin)
        return QRectF(self._margin, self.tops()[number], width, self.heights[number])

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]  # never a QPoint
        exact = accuracy == Qt.HitTestAccuracy.ExactHit
        if not self._blocks:
            return -1 if exact else 0
        number = self.block_at(point.y())
        layout, top = self.lay_out(number), self.tops()[number]
        block = self.document().findBlockByNumber(number)
        x, y = point.x() - self._margin, point.y() - top
        if y < 0 or y > self.heights[number]:
            return -1 if exact else block.position() + (0 if y < 0 else block.length() - 1)
        lines = [layout.lineAt(index) for index in range(layout.lineCount())]
        line = next((line for line in lines if y < line.rect().bottom()), lines[-1])
        if exact and not line.naturalTextRect().contains(x, y):
            return -1
        edge = QTextLine.CursorPosition
        how = edge.CursorOnCharacter if exact else edge.CursorBetweenCharacters
        return block.position() + line.xToCursor(x, how)

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        if not self._blocks:
            return
        clip = context.clip if context.clip.isValid() else QRectF(QPointF(0, 0), self.documentSize())
        # copies: what a selection returns stands in the selection's own memory
        over = [
            (each.cursor.selectionStart(), each.cursor.selectionEnd(), QTextCharFormat(each.format))
            for each in context.selections
        ]
        painter.setPen(self._style.ink)
        for number in range(self.block_at(clip.top()), self.block_at(clip.bottom()) + 1):
            block = self.document().findBlockByNumber(number)
            start, length = block.position(), block.length()
            ranges = []
            for first, last, form in over:
                if first < start + length and last > start and last > first:
                    part = QTextLayout.FormatRange()
                    part.start, part.length, part.format = first - start, last - first, form
                    ranges.append(part)
            layout = self.lay_out(number)
            at = QPointF(self._margin, self.tops()[number])
            layout.draw(painter, at, ranges, clip)
            if start <= context.cursorPosition < start + length:
                layout.drawCursor(painter, at, context.cursorPosition - start)
