"""One text pane: a read-only text edit whose blocks are a page's rows, with marks, a gutter and a current sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from reader.ui.theme import Theme

SPACE = 0.85
"""Space below a row in line heights."""
TITLE_LINE_HEIGHT = 122
GROUND = QTextFormat.Property.BackgroundBrush
GUTTER = 30
"""Pixels beside the text in which its marks stand, on the side where its lines begin."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How text is set: characters of a line at most, where a wider pane gets wider margins; line height in per cent."""

    measure: int = 76
    line_height: int = 148


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one block with a text format; offsets in UTF-16 units of the block."""

    start_u16: int
    end_u16: int
    form: QTextCharFormat
    words: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A bar in the gutter beside the lines of a stretch of one block.

    `style` is "bar" (own highlights), "thin" (quotes), "dotted" (corrections) or "ring" (a correction is offered):
    a cue besides the colour. Bars of highlights that overlap stand in lanes, the first beside the text.
    """

    start_u16: int
    end_u16: int
    colour: QColor
    style: str = "bar"
    lane: int = 0


@dataclass(slots=True)
class Block:
    """What one block shows. `role` is "title", "body" or "aside" (notices, links, bylines)."""

    text: str
    role: str = "body"
    right_to_left: bool = False
    tag: str = ""
    runs: Sequence[Run] = ()
    edges: Sequence[Edge] = ()
    extra: float = field(default=0.0, compare=False)


class _Marker(QSyntaxHighlighter):
    """Apply each block's runs. Later runs win where they set the same property."""

    def __init__(self, document: QTextDocument, blocks: list[Block]) -> None:
        super().__init__(document)
        self._blocks = blocks

    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        if number >= len(self._blocks):
            return
        runs = self._blocks[number].runs
        cuts = sorted({edge for run in runs for edge in (run.start_u16, run.end_u16)})
        for start, end in pairwise(cuts):
            form = QTextCharFormat()
            for run in runs:
                if run.start_u16 <= start and end <= run.end_u16:
                    form.merge(run.form)
            self.setFormat(start, end - start, form)


class TextPane(QTextEdit):
    """A read-only pane of blocks.

    Signals:
        pointed: the mouse came to `(block, offset_u16)`, or None when it left.
        caret_moved: the caret came to `(block, offset_u16)` by keyboard or click.
        chosen: a place was double-clicked, or Enter pressed with the caret there.
        menu_wanted: a context menu is asked for: `(global position, block, offset_u16)`.
        reshaped: heights of blocks changed (width or font).
    """

    pointed = Signal(object)
    caret_moved = Signal(object)
    menu_wanted = Signal(object)
    reshaped = Signal()
    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.viewport().setMouseTracking(True)
        self.theme = theme
        # kept here because a new style sheet of the application may reset a widget's own font
        self.text_font = QFont(self.font())
        self.shape = Shape()
        self.blocks: list[Block] = []
        self._marker = _Marker(self.document(), self.blocks)
        self._selections: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self._quiet = False
        self.cursorPositionChanged.connect(self._report_caret)
        self._reshape = QTimer(self, singleShot=True, interval=0)
        self._reshape.timeout.connect(self.reshaped)

    # -- content -------------------------------------------------------------------------------------------------

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Replace everything by `blocks`, the first ones at once; the caller appends the rest in slices."""
        self._quiet = True
        self.blocks.clear()
        self._selections.clear()
        self.clear()
        self._quiet = False
        self.setExtraSelections([])
        frame = self.document().rootFrame().frameFormat()
        frame.setTopMargin(14)
        frame.setBottomMargin(60)
        frame.setLeftMargin(GUTTER)
        frame.setRightMargin(GUTTER)  # text that reads from the right has its marks there
        self.document().rootFrame().setFrameFormat(frame)
        self.append_blocks(blocks)
        self._fit_measure()

    def append_blocks(self, blocks: Sequence[Block]) -> None:
        """Add blocks at the end."""
        cursor = QTextCursor(self.document())
        self._quiet = True
        cursor.beginEditBlock()
        for block in blocks:
            first = not self.blocks
            self.blocks.append(block)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            if first:
                cursor.setBlockFormat(self._block_format(block))
                cursor.setBlockCharFormat(self._char_format(block))
            else:
                cursor.insertBlock(self._block_format(block), self._char_format(block))
            cursor.insertText(block.text, self._char_format(block))
        cursor.endEditBlock()
        self._quiet = False

    def to_top(self) -> None:
        """Put caret and view at the beginning; appending text has carried the caret to the end."""
        self._quiet = True
        self.setTextCursor(QTextCursor(self.document()))
        self._quiet = False
        self.verticalScrollBar().setValue(0)

    def replace_block(self, number: int, block: Block) -> None:
        """Put another text and its runs in the place of one block; the scroll position stays."""
        target = self.document().findBlockByNumber(number)
        block.extra = self.blocks[number].extra
        self.blocks[number] = block
        cursor = QTextCursor(target)
        self._quiet = True
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(block.text, self._char_format(block))
        cursor.setBlockFormat(self._block_format(block))
        cursor.endEditBlock()  # the marker gives the new words their formats here
        self._quiet = False

    def restyle_block(self, number: int, runs: Sequence[Run], edges: Sequence[Edge]) -> None:
        """Give one block other marks; its text stays."""
        block = self.blocks[number]
        if block.runs == runs and block.edges == edges:
            return
        block.runs, block.edges = runs, edges
        self._marker.rehighlightBlock(self.document().findBlockByNumber(number))
        self.viewport().update()

    def _block_format(self, block: Block) -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setLineHeight(
            self.shape.line_height if block.role != "title" else TITLE_LINE_HEIGHT,
            QTextBlockFormat.LineHeightTypes.ProportionalHeight.value,
        )
        form.setBottomMargin(self._space() + block.extra)
        if block.right_to_left:
            form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        return form

    def _space(self) -> float:
        return QFontMetricsF(self.text_font).height() * SPACE

    def _char_format(self, block: Block) -> QTextCharFormat:
        form = QTextCharFormat()
        font = QFont(self.text_font)
        size = self.text_font.pointSizeF()
        if block.role == "title":
            font.setPointSizeF(size * 1.32)
            font.setWeight(QFont.Weight.DemiBold)
        elif block.role == "aside":
            font.setPointSizeF(size * 0.88)
        form.setFont(font)
        form.setForeground(self.theme.colour("text.faint" if block.role == "aside" else "text.normal"))
        return form

    # -- shape ---------------------------------------------------------------------------------------------------

    def block_height(self, number: int) -> float:
        """Return the height of a block's lines in pixels, without the space below it."""
        block = self.document().findBlockByNumber(number)
        self.document().documentLayout().blockBoundingRect(block)  # lays the block out where that is still to do
        layout = block.layout()
        last = layout.lineCount() - 1
        return layout.lineAt(last).rect().bottom() if last >= 0 else 0.0

    def set_extras(self, extras: dict[int, float]) -> None:
        """Set the additional space below blocks, in pixels."""
        changed = {number: extra for number, extra in extras.items() if abs(self.blocks[number].extra - extra) > 0.5}
        if not changed:
            return
        self._quiet = True
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, extra in changed.items():
            self.blocks[number].extra = extra
            cursor.setPosition(self.document().findBlockByNumber(number).position())
            form = cursor.blockFormat()
            form.setBottomMargin(self._space() + extra)
            cursor.setBlockFormat(form)
        cursor.endEditBlock()
        self._quiet = False

    def block_span(self) -> tuple[int, int]:
        """Return the numbers of the first and the last visible block."""
        first = self.cursorForPosition(QPoint(4, 4)).blockNumber()
        last = self.cursorForPosition(QPoint(4, self.viewport().height() - 4)).blockNumber()
        return first, last

    def block_top(self, number: int) -> float:
        """Return the y of a block's top in the document, in pixels."""
        block = self.document().findBlockByNumber(number)
        return self.document().documentLayout().blockBoundingRect(block).top()

    @property
    def reshaping(self) -> bool:
        """Say whether heights have just changed and `reshaped` is still to come; scrolling then means nothing."""
        return self._reshape.isActive()

    def top_place(self) -> tuple[int, float]:
        """Return the first visible block and by how many pixels it is scrolled up."""
        first, _ = self.block_span()
        return first, self.verticalScrollBar().value() - self.block_top(first)

    def show_place(self, number: int, offset: float) -> None:
        """Scroll to where `top_place` returned these."""
        self.verticalScrollBar().setValue(round(self.block_top(number) + offset))

    def set_text_font(self, font: QFont) -> None:
        """Set the reading font for the blocks that are shown next, in the `shape` that holds now."""
        self.text_font = font
        self.setFont(font)
        self._fit_measure()
        self._reshape.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._reshape.start()
        super().resizeEvent(event)
        self._fit_measure()

    def _fit_measure(self) -> None:
        widest = QFontMetricsF(self.text_font).averageCharWidth() * self.shape.measure + 2 * GUTTER
        side = max(0, int((self.width() - self.verticalScrollBar().width() - widest) / 2))
        margins = self.viewportMargins()
        if margins.left() != side:
            self._reshape.start()
            self.setViewportMargins(side, 0, side, 0)

    # -- places --------------------------------------------------------------------------------------------------

    def cursor_over(self, number: int, start_u16: int, end_u16: int) -> QTextCursor:
        """Return a cursor that selects a stretch of one block."""
        block = self.document().findBlockByNumber(number)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(start_u16, block.length() - 1))
        cursor.setPosition(block.position() + min(end_u16, block.length() - 1), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def set_overlay(self, name: str, places: Sequence[tuple[int, int, int]], colour: QColor) -> None:
        """Lay a background over `(block, start_u16, end_u16)` places; an overlay replaces the one of its name."""
        overlay = []
        for number, start, end in places:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self.cursor_over(number, start, end)
            selection.format.setBackground(colour)
            selection.format.setForeground(self.theme.colour("text.normal"))  # dimmed text would be too faint on it
            overlay.append(selection)
        if overlay == [] and not self._selections.get(name):
            return
        self._selections[name] = overlay
        self.setExtraSelections([one for part in self._selections.values() for one in part])

    def ground_at(self, number: int, start_u16: int, end_u16: int) -> QColor | None:
        """Return the colour on which a stretch of one block is drawn where a mark gives it one."""
        for run in reversed(self.blocks[number].runs):
            if run.start_u16 <= start_u16 and end_u16 <= run.end_u16 and run.form.hasProperty(GROUND):
                return run.form.background().color()
        return None

    def place_at(self, point: QPoint) -> tuple[int, int] | None:
        """Return `(block, offset_u16)` under a point of the viewport, None beside the text."""
        cursor = self.cursorForPosition(point)
        block = cursor.block()
        rect = self._block_rect(block)
        if not self.blocks or not rect.top() - 4 <= point.y() <= rect.bottom() + 4:
            return None
        return block.blockNumber(), cursor.positionInBlock()

    def caret_place(self) -> tuple[int, int]:
        """Return `(block, offset_u16)` of the caret."""
        cursor = self.textCursor()
        return cursor.blockNumber(), cursor.positionInBlock()

    def selected_places(self) -> list[tuple[int, int, int]]:
        """Return the selection as `(block, start_u16, end_u16)`, one for each block it touches."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return []
        places = []
        block = self.document().findBlock(cursor.selectionStart())
        while block.isValid() and block.position() < cursor.selectionEnd():
            start = max(0, cursor.selectionStart() - block.position())
            end = min(block.length() - 1, cursor.selectionEnd() - block.position())
            if end > start:
                places.append((block.blockNumber(), start, end))
            block = block.next()
        return places

    def stretch_rect(self, number: int, start_u16: int, end_u16: int) -> QRectF:
        """Return where the lines of a stretch of one block stand in the viewport, over the text's whole width."""
        block = self.document().findBlockByNumber(number)
        around, layout = self._block_rect(block), block.layout()
        top = layout.lineForTextPosition(start_u16).rect().top()
        bottom = layout.lineForTextPosition(max(start_u16, end_u16 - 1)).rect().bottom()
        frame = self.document().rootFrame().frameFormat()
        left, right = frame.leftMargin() - 12, frame.rightMargin() - 12
        return QRectF(left, around.top() + top, self.viewport().width() - left - right, bottom - top)

    def _block_rect(self, block: QTextBlock) -> QRectF:
        layout = block.layout()
        top = self.document().documentLayout().blockBoundingRect(block).top() - self.verticalScrollBar().value()
        last = layout.lineCount() - 1
        height = layout.lineAt(last).rect().bottom() if last >= 0 else 0.0
        return QRectF(0, top, self.viewport().width(), height)

    # -- events --------------------------------------------------------------------------------------------------

    def _report_caret(self) -> None:
        if not self._quiet and self.blocks:
            self.caret_moved.emit(self.caret_place())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self.blocks:
            self.chosen.emit(self.caret_place())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.pointed.emit(self.place_at(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        place = self.place_at(event.position().toPoint())
        if place is not None:
            self.chosen.emit(place)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.caret_place() if by_key else self.place_at(event.pos())
        at = self.viewport().mapToGlobal(self.cursorRect().bottomLeft()) if by_key else event.globalPos()
        if place is not None:
            self.menu_wanted.emit((at, *place))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            place = self.place_at(help_event.pos())
            words = self.words_at(*place) if place else ""
            QToolTip.showText(help_event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def words_at(self, number: int, offset_u16: int) -> str:
        """Return what the marks under a place say, a line each."""
        lines = [
            run.words for run in self.blocks[number].runs if run.start_u16 <= offset_u16 < run.end_u16 and run.words
        ]
        return "\n".join(dict.fromkeys(lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.blocks:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self.block_span()
        for number in range(first, min(last + 1, len(self.blocks))):
            self._paint_gutter(painter, number)
        painter.end()

    def _paint_gutter(self, painter: QPainter, number: int) -> None:
        block = self.document().findBlockByNumber(number)
        shown = self.blocks[number]
        rect = self._block_rect(block)
        layout = block.layout()
        painter.save()
        if shown.right_to_left:
            painter.translate(self.viewport().width(), 0)
            painter.scale(-1, 1)
        for edge in shown.edges:
            top = layout.lineForTextPosition(edge.start_u16).rect().top() + rect.top()
            line = layout.lineForTextPosition(max(edge.start_u16, edge.end_u16 - 1))
            bottom = line.rect().top() + line.naturalTextRect().height() + rect.top()
            self._paint_edge(painter, edge, top, bottom)
        painter.restore()
        if shown.tag:
            font = QFont(self.text_font)
            font.setPointSizeF(self.text_font.pointSizeF() * 0.62)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(self.theme.colour("text.faint"))
            left = self.viewport().width() - 14 if shown.right_to_left else 0
            painter.drawText(QRectF(left, rect.top() + 3, 14, 14), Qt.AlignmentFlag.AlignCenter, shown.tag)

    @staticmethod
    def _paint_edge(painter: QPainter, edge: Edge, top: float, bottom: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(edge.colour)
        if edge.style == "dotted":
            y = top + 3
            while y < bottom - 1:
                painter.drawEllipse(QRectF(15, y, 3, 3))
                y += 7
        elif edge.style == "ring":
            painter.setPen(QPen(edge.colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(13, (top + bottom) / 2 - 3.5, 7, 7))
        else:
            x, width = (22.0, 1.5) if edge.style == "thin" else (15.0 - 5.0 * min(edge.lane, 2), 3.0)
            painter.drawRoundedRect(QRectF(x, top + 2, width, max(6.0, bottom - top - 4)), width / 2, width / 2)
