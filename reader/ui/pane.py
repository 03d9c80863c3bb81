"""One text pane: a read-only text edit whose blocks are a page's rows, with marks, a gutter and a current sentence."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QPainter,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QTextEdit, QToolTip, QWidget

from reader.ui.blocks import TextStyle
from reader.ui.gutter import Gutter
from reader.ui.layout import BlockLayout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from reader.ui.blocks import Block, Edge, Run
    from reader.ui.theme import Theme

    Place: TypeAlias = tuple[int, int]

SPACE = 1.0
"""Space below a row in sizes of its pane's font."""
TITLE_SIZE, TITLE_LINE_HEIGHT = 1.25, 130
"""The title's size by that of the text, and its line height in per cent of that."""
ASIDE_SIZE = 0.88
USUAL_TEXT = "The council of the town approved on Thursday, by eleven votes to six, what it had refused in March. "
"""What a line's characters are counted in; the average width that a font states itself is up to a third too large."""
GROUND = QTextFormat.Property.BackgroundBrush
GUTTER = 28
"""Pixels beside the text in which its marks stand, on the side where its lines begin."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How text is set: characters of a line at most, where a wider pane gets wider margins, and the height of a line.

    The height is in per cent of the font's size, since fonts differ in how high they call their own lines.
    """

    measure: int = 76
    line_height: int = 150


class TextPane(QTextEdit):
    """A read-only pane of blocks.

    Signals:
        pointed: the mouse came to `(block, offset_u16)`, or None when it left.
        caret_moved: the caret came to `(block, offset_u16)` by keyboard or click.
        chosen: a place was double-clicked, or Enter pressed with the caret there.
        menu_wanted: a context menu is asked for: `(global position, block, offset_u16)`.
        reshaped: heights of blocks changed (width or font).
        measured: the height of the block of the payload's number became known.
        drawing: what is on screen is about to be drawn.
    """

    pointed = Signal(object)
    caret_moved = Signal(object)
    menu_wanted = Signal(object)
    reshaped = Signal()
    measured = Signal(object)
    drawing = Signal()
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
        self.reshaping = False
        """Whether width or font are about to change; scrolling then means nothing."""
        self._held = False
        self._layout = BlockLayout(self.document(), self._style(), GUTTER)
        self._layout.measured.connect(self.measured)
        self.document().setDocumentLayout(self._layout)
        self._gutter = Gutter(self)
        self._selections: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self._quiet = False
        self.cursorPositionChanged.connect(self._report_caret)

    # -- content -------------------------------------------------------------------------------------------------

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Replace everything by `blocks`; what is not on screen is laid out when it is needed."""
        self._quiet = True
        self._selections.clear()
        self.setExtraSelections([])
        self._layout.reset(())
        self.setPlainText("\n".join(block.text for block in blocks))
        self.blocks = list(blocks)
        self._set_directions()
        self._layout.reset(self.blocks)
        self._fit_measure()
        self._layout.tell_size()
        self._quiet = False
        self.verticalScrollBar().setValue(0)

    def _set_directions(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for from_right, group in groupby(enumerate(self.blocks), key=lambda pair: pair[1].right_to_left):
            numbers = [number for number, _ in group]
            first, last = (self.document().findBlockByNumber(numbers[at]) for at in (0, -1))
            form = QTextBlockFormat()
            if from_right:
                form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            cursor.setPosition(first.position())
            cursor.setPosition(last.position(), QTextCursor.MoveMode.KeepAnchor)
            cursor.setBlockFormat(form)
        cursor.endEditBlock()

    def set_roles(self, blocks: Sequence[Block]) -> None:
        """Give the blocks the roles, directions and tags of others; their texts stay."""
        turned = False
        for number, (block, other) in enumerate(zip(self.blocks, blocks, strict=True)):
            if block.role != other.role:
                self._layout.forget(number)
            turned |= block.right_to_left != other.right_to_left
            block.role, block.right_to_left, block.tag = other.role, other.right_to_left, other.tag
        if turned:
            self._set_directions()
            self._layout.reset(self.blocks)

    def replace_block(self, number: int, block: Block) -> None:
        """Put another text and its marks in the place of one block; the scroll position stays."""
        before = self.blocks[number]
        if block.text == before.text:
            self.restyle_block(number, block.runs, block.edges)
            return
        block.extra = before.extra
        self._layout.forget(number)
        self.blocks[number] = block
        old = self.document().findBlockByNumber(number)
        cursor = QTextCursor(old)
        self._quiet = True
        cursor.beginEditBlock()  # else each step of the cursor would lay the block out
        cursor.setPosition(old.position() + old.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(block.text)
        cursor.endEditBlock()
        self._quiet = False
        self._layout.forget(number)
        self.viewport().update()

    def restyle_block(self, number: int, runs: Sequence[Run], edges: Sequence[Edge]) -> None:
        """Give one block other marks; its text stays."""
        block = self.blocks[number]
        if block.runs == runs and block.edges == edges:
            return
        block.runs, block.edges = runs, edges
        self._layout.forget(number, height=False)
        self.viewport().update()

    # -- shape ---------------------------------------------------------------------------------------------------

    def _style(self) -> TextStyle:
        title, aside = QTextCharFormat(), QTextCharFormat()
        font, size = QFont(self.text_font), self.text_font.pointSizeF()
        font.setPointSizeF(size * TITLE_SIZE)
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        font = QFont(self.text_font)
        font.setPointSizeF(size * ASIDE_SIZE)
        aside.setFont(font)
        aside.setForeground(self.theme.colour("text.faint"))
        line = self._em() * self.shape.line_height / 100
        heights = {"body": line, "aside": line, "title": self._em() * TITLE_SIZE * TITLE_LINE_HEIGHT / 100}
        return TextStyle(
            self.theme.colour("text.normal"),
            {"title": title, "aside": aside},
            {role: float(round(height)) for role, height in heights.items()},
            self._em() * SPACE,
        )

    def _em(self) -> float:
        """Return the size of the reading font in pixels."""
        return self.text_font.pointSizeF() * self.logicalDpiY() / 72

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme; the blocks' marks are given anew by whoever shows them."""
        self.theme = theme
        self._layout.set_ink(self._style())
        self.viewport().update()

    @property
    def unmeasured(self) -> set[int]:
        """The blocks whose height is an estimate."""
        return self._layout.unmeasured

    def measure(self, number: int) -> None:
        """Lay a block out where that is still to do."""
        self._layout.lay_out(number)

    def block_height(self, number: int) -> float:
        """Return the height of a block's lines in pixels, without the space below it; an estimate before `measure`."""
        return self._layout.heights[number]

    def heights(self) -> Sequence[float]:
        """Return the heights of all blocks' lines, measured or estimated."""
        return self._layout.heights

    def spaced_anew(self) -> None:
        """Take over the `extra` of blocks."""
        self._layout.spaced_anew()
        self.viewport().update()

    def block_span(self) -> tuple[int, int]:
        """Return the numbers of the first and the last visible block."""
        top = self.verticalScrollBar().value()
        return self._layout.block_at(top), self._layout.block_at(top + self.viewport().height() - 1)

    def block_top(self, number: int) -> float:
        """Return the y of a block's top in the document, in pixels."""
        return self._layout.tops()[number]

    def top_place(self) -> tuple[int, float]:
        """Return the first visible block and by how many pixels it is scrolled up."""
        first, _ = self.block_span()
        return first, self.verticalScrollBar().value() - self.block_top(first)

    def known_place(self) -> tuple[int, float]:
        """Return the first visible block that is laid out, and by how many pixels it is scrolled up.

        What was on screen before stays where it is by that when blocks above it turn out higher than estimated.
        """
        first, last = self.block_span()
        known = next((number for number in range(first, last + 1) if number not in self.unmeasured), first)
        return known, self.verticalScrollBar().value() - self.block_top(known)

    def show_place(self, number: int, offset: float) -> None:
        """Scroll to where `top_place` returned these."""
        self.verticalScrollBar().setValue(round(self.block_top(number) + offset))

    def set_text_font(self, font: QFont) -> None:
        """Set the reading font, and the `shape` that holds now."""
        self.text_font = font
        self.reshaping = True
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._layout.set_style(self._style())
        self._fit_measure()
        self.reshaping = False
        self.reshaped.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            # QTextEdit would set the text in the widget's font, which a style sheet of the application changes
            QAbstractScrollArea.changeEvent(self, event)
        else:
            super().changeEvent(event)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Lay nothing out while the pane's width changes to and fro: the width at the end counts."""
        self._held = True
        yield
        self._held = False
        self.resizeEvent(QResizeEvent(self.viewport().size(), self.viewport().size()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._held:
            return
        if self.reshaping:
            super().resizeEvent(event)
            return
        self.reshaping = True
        before = self.document().pageSize().width(), self.viewportMargins().left()
        super().resizeEvent(event)
        self._fit_measure()
        self.reshaping = False
        if (self.document().pageSize().width(), self.viewportMargins().left()) != before:
            self.reshaped.emit()

    def _fit_measure(self) -> None:
        letter = QFontMetricsF(self.text_font).horizontalAdvance(USUAL_TEXT) / len(USUAL_TEXT)
        widest = letter * self.shape.measure + 2 * GUTTER
        side = max(0, int((self.width() - self.verticalScrollBar().sizeHint().width() - widest) / 2))
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)
        width = self.viewport().width()
        if self.document().pageSize().width() != width:  # Qt passes over a resize in which another one happens
            self.document().setPageSize(QSizeF(width, -1))

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
        if not self.blocks:
            return None
        cursor = self.cursorForPosition(point)
        rect = self._block_rect(cursor.blockNumber())
        if not rect.top() - 4 <= point.y() <= rect.bottom() + 4:
            return None
        return cursor.blockNumber(), cursor.positionInBlock()

    def caret_place(self) -> tuple[int, int]:
        """Return `(block, offset_u16)` of the caret."""
        cursor = self.textCursor()
        return cursor.blockNumber(), cursor.positionInBlock()

    def selected_ends(self) -> tuple[Place, Place] | None:
        """Return where the selection begins and ends, each in a block of which it holds something."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        first, last = self.document().findBlock(start), self.document().findBlock(end)
        while first != last and start >= first.position() + first.length() - 1:
            first = first.next()
            start = first.position()
        while first != last and end <= last.position():
            last = last.previous()
            end = last.position() + last.length() - 1
        if end <= start:
            return None
        return (first.blockNumber(), start - first.position()), (last.blockNumber(), end - last.position())

    def line_top(self, number: int, offset_u16: int) -> float:
        """Return by how many pixels the line of a place stands below its block's top."""
        line = self._layout.lay_out(number).lineForTextPosition(offset_u16)
        return line.rect().top() if line.isValid() else 0.0

    def stretch_rect(self, number: int, start_u16: int, end_u16: int) -> QRectF:
        """Return where the lines of a stretch of one block stand in the viewport, over the text's whole width."""
        layout = self._layout.lay_out(number)
        around = self._block_rect(number)
        top = layout.lineForTextPosition(start_u16).rect().top()
        bottom = layout.lineForTextPosition(max(start_u16, end_u16 - 1)).rect().bottom()
        side = GUTTER - 12
        return QRectF(side, around.top() + top, self.viewport().width() - 2 * side, bottom - top)

    def _block_rect(self, number: int) -> QRectF:
        top = self.block_top(number) - self.verticalScrollBar().value()
        return QRectF(0, top, self.viewport().width(), self.block_height(number))

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
        self.drawing.emit()
        super().paintEvent(event)
        if not self.blocks:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self.block_span()
        scrolled = self.verticalScrollBar().value()
        for number in range(first, last + 1):
            layout = self._layout.lay_out(number)
            self._gutter.paint(painter, self.blocks[number], layout, self.block_top(number) - scrolled)
        painter.end()
