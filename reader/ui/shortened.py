"""A label that never makes a window wider."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class ShortenedLabel(QLabel):
    """One line that gives way where it has no room for all its words; a tooltip has them.

    `left_out` says which are left out: those at the end, or those in the middle of a file's name.
    """

    def __init__(self, left_out: Qt.TextElideMode = Qt.TextElideMode.ElideRight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left_out = left_out
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, words: str) -> None:
        super().setText(words)
        self.setToolTip(f"<span>{escape(words)}</span>" if words else "")  # else a name could pass for HTML

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), self._left_out, room.width())
        align = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.style().drawItemText(
            QPainter(self), room, align, self.palette(), self.isEnabled(), words, self.foregroundRole()
        )
