"""Paint the marks that stand beside the lines of a pane's blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPen

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QTextLayout

    from reader.ui.blocks import Block, Edge
    from reader.ui.pane import TextPane


class Gutter:
    """Paint bars, rings and language tags on the side where a block's lines begin."""

    def __init__(self, pane: TextPane) -> None:
        self._pane = pane

    def paint(self, painter: QPainter, shown: Block, layout: QTextLayout, top: float) -> None:
        """Paint the marks of a block that stands `top` pixels below the viewport's top."""
        width = self._pane.viewport().width()
        painter.save()
        if shown.right_to_left:
            painter.translate(width, 0)
            painter.scale(-1, 1)
        for edge in shown.edges:
            first = layout.lineForTextPosition(edge.start_u16)
            last = layout.lineForTextPosition(max(edge.start_u16, edge.end_u16 - 1))
            bottom = last.rect().top() + last.naturalTextRect().height()
            self._paint_edge(painter, edge, top + first.rect().top(), top + bottom)
        painter.restore()
        if shown.tag:
            font = QFont(self._pane.text_font)
            font.setPointSizeF(font.pointSizeF() * 0.62)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(self._pane.theme.colour("text.faint"))
            left = width - 14 if shown.right_to_left else 0
            painter.drawText(QRectF(left, top + 3, 14, 14), Qt.AlignmentFlag.AlignCenter, shown.tag)

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
