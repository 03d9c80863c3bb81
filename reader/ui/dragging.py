"""Drag a passage out of the panes and of the inspector's lists: both languages and the source go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QListView, QTextEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData


class PassageDrag(QObject):
    """Begins a drag where the mouse goes down on a passage and moves on with the button held.

    `passage` returns what is dragged from a point of the widget, None where nothing is. It goes before what the
    widget itself would drag: a QTextEdit gives away its own text, with NBSP turned into spaces.
    """

    def __init__(self, area: QTextEdit | QListView, passage: Callable[[QPoint], QMimeData | None]) -> None:
        super().__init__(area)
        self._area, self._passage = area, passage
        self._from: QPoint | None = None
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            held = event.button() == Qt.MouseButton.LeftButton and self._is_on_passage(event.position().toPoint())
            self._from = event.position().toPoint() if held else None
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._from = None
        elif event.type() == QEvent.Type.MouseMove and self._from is not None:
            moved = (event.position().toPoint() - self._from).manhattanLength()
            if moved >= QApplication.startDragDistance():
                self._begin()
            return True
        return False

    def _is_on_passage(self, point: QPoint) -> bool:
        """Say whether a drag may begin here; in text that is on the selection, elsewhere the mouse selects."""
        if isinstance(self._area, QListView):
            return self._area.indexAt(point).isValid()
        cursor, at = self._area.textCursor(), self._area.cursorForPosition(point).position()
        return cursor.hasSelection() and cursor.selectionStart() <= at < cursor.selectionEnd()

    def _begin(self) -> None:
        assert self._from is not None
        mime = self._passage(self._from)
        self._from = None
        if mime is not None:
            drag = QDrag(self._area)
            drag.setMimeData(mime)
            carry(drag)


def carry(drag: QDrag) -> None:
    """Let the person carry it; returns when it is dropped."""
    drag.exec(Qt.DropAction.CopyAction)
