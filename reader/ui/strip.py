"""The line over the panes: which article is open, and which of them are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from reader.ui.appearance import VIEWS
from reader.ui.shortened import ShortenedLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

COMMANDS = (*(f"view_{view}" for view in VIEWS), "link_panes")


class Strip(QWidget):
    """The open article's file, and a button for each view of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = ShortenedLabel(Qt.TextElideMode.ElideMiddle)
        self.header.setProperty("role", "muted")
        self._buttons = {name: QToolButton() for name in COMMANDS}
        line = QHBoxLayout(self)
        line.setContentsMargins(28, 6, 8, 6)
        line.setSpacing(2)
        line.addWidget(self.header, 1)
        for name, button in self._buttons.items():
            button.setObjectName(name)
            button.setAutoRaise(True)
            button.setIconSize(QSize(18, 18))
            line.addWidget(button)

    def begin(self, actions: Mapping[str, QAction]) -> None:
        """Let the buttons carry out the commands of the View menu."""
        for name, button in self._buttons.items():
            button.setDefaultAction(actions[name])
            button.setAccessibleName(actions[name].text())
