"""Text drawn by delegates: wrapped to a number of lines, the last one elided."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter


def direction_of(text: str) -> Qt.LayoutDirection:
    """Return the direction in which a text reads: that of its first letter."""
    first = next((side for side in map(unicodedata.bidirectional, text) if side in ("L", "R", "AL")), "L")
    return Qt.LayoutDirection.LeftToRight if first == "L" else Qt.LayoutDirection.RightToLeft


def wrapped(text: str, font: QFont, width: int, lines: int) -> list[str]:
    """Break `text` into at most `lines` lines of `width` pixels, the last one elided where text is left."""
    text = " ".join(text.split())
    layout = QTextLayout(text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(direction_of(text))
    layout.setTextOption(option)
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


def draw_lines(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    ink: QColor,
    lines: int,
    side: Qt.LayoutDirection | None = None,
) -> int:
    """Draw `text` from the top of `rect` in at most `lines` lines; return the y below it.

    The lines begin at the side where a text of the direction `side` begins, where none is given at their own.
    """
    painter.setFont(font)
    height = QFontMetrics(font).lineSpacing()
    y = rect.top()
    for line in wrapped(text, font, rect.width(), lines):
        draw_line(painter, QRect(rect.left(), y, rect.width(), height), line, ink, direction_of(text), side)
        y += height
    return y


def draw_line(
    painter: QPainter,
    rect: QRect,
    text: str,
    ink: QColor,
    direction: Qt.LayoutDirection,
    side: Qt.LayoutDirection | None = None,
) -> None:
    """Draw one line in the middle of `rect`, reading in a direction, at the side where `side` begins."""
    from_right = (direction if side is None else side) == Qt.LayoutDirection.RightToLeft
    edge = Qt.AlignmentFlag.AlignRight if from_right else Qt.AlignmentFlag.AlignLeft
    painter.setPen(ink)
    painter.setLayoutDirection(direction)
    painter.drawText(rect, edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, text)


def lines_height(text: str, font: QFont, width: int, lines: int) -> int:
    """Return the height that `draw_lines` takes."""
    return len(wrapped(text, font, width, lines)) * QFontMetrics(font).lineSpacing()


def plain(words: str) -> str:
    """Return `words` as a tooltip that Qt can't take for HTML: titles and names come from the files."""
    return f"<p style='white-space: pre-wrap'>{escape(words)}</p>"


def scaled(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """Return a font in another size and weight of the type scale."""
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() * factor)
    if weight is not None:
        other.setWeight(weight)
    return other
