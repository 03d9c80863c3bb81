"""Text drawn by delegates: wrapped to a number of lines, the last one elided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter


def wrapped(text: str, font: QFont, width: int, lines: int) -> list[str]:
    """Break `text` into at most `lines` lines of `width` pixels, the last one elided where text is left."""
    text = " ".join(text.split())
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    pieces: list[str] = []
    layout.beginLayout()
    start = 0
    while start < len(text) and len(pieces) < lines - 1:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        # Qt counts UTF-16 units; beyond the basic plane the break may shift by a letter, which eliding absorbs
        pieces.append(text[start : start + line.textLength()].rstrip())
        start += line.textLength()
    layout.endLayout()
    if start < len(text):
        pieces.append(QFontMetrics(font).elidedText(text[start:], Qt.TextElideMode.ElideRight, max(1, width)))
    return [piece for piece in pieces if piece]


def draw_lines(painter: QPainter, rect: QRect, text: str, font: QFont, ink: QColor, lines: int) -> int:
    """Draw `text` from the top of `rect` in at most `lines` lines; return the y below it."""
    painter.setFont(font)
    painter.setPen(ink)
    height = QFontMetrics(font).lineSpacing()
    y = rect.top()
    for line in wrapped(text, font, rect.width(), lines):
        painter.drawText(QRect(rect.left(), y, rect.width(), height), Qt.AlignmentFlag.AlignVCenter, line)
        y += height
    return y


def lines_height(text: str, font: QFont, width: int, lines: int) -> int:
    """Return the height that `draw_lines` takes."""
    return len(wrapped(text, font, width, lines)) * QFontMetrics(font).lineSpacing()


def scaled(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """Return a font in another size and weight of the type scale."""
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() * factor)
    if weight is not None:
        other.setWeight(weight)
    return other
