"""The window over the whole folder: search, people and quotes, and how far the index has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from reader.articles.reading import shown_name
from reader.ui.folder_tab import GAP, SIDE, FolderTab, label, shortcut
from reader.ui.ledger import LedgerTab
from reader.ui.messages import MessageArea
from reader.ui.register import RegisterTab
from reader.ui.search import SearchTab

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from reader.ui.theme import Theme


class FolderWindow(QDialog):
    """Three tabs beside the reading window; it stays open while one reads.

    Signals:
        folder_chosen: the number of the folder to look into.
        pause_wanted: the index shall wait, or go on.
        problems_wanted: a person wants to know what could not be indexed.
        woken: the window became the active one; notes may have been made meanwhile.
    """

    folder_chosen = Signal(int)
    pause_wanted = Signal()
    problems_wanted = Signal()
    woken = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("The Whole Folder"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(1040, 700)
        self.folders = QComboBox()
        self.folders.setAccessibleName(self.tr("Folder"))
        self.folder = label(role="heading")
        self.folder.setWordWrap(False)
        self.progress = label()
        self.messages = MessageArea(theme)
        self.pause = QPushButton(self.tr("Pause"))
        self.pause.hide()
        self.problems = QPushButton()
        self.problems.hide()
        self.unfinished = ""
        self.search, self.people, self.quotes = SearchTab(theme), RegisterTab(theme), LedgerTab(theme)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("folder")
        for tab, name in (
            (self.search, self.tr("Search")),
            (self.people, self.tr("People")),
            (self.quotes, self.tr("Quotes")),
        ):
            self.tabs.addTab(tab, name)
        top = QHBoxLayout()
        top.setContentsMargins(SIDE, 12, SIDE, 4)
        top.setSpacing(GAP)
        top.addWidget(self.folder)
        top.addWidget(self.folders)
        top.addWidget(self.progress, 1)
        top.addWidget(self.problems)
        top.addWidget(self.pause)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.messages)
        layout.addLayout(top)
        layout.addWidget(self.tabs, 1)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in a line is for the line
        self.folders.activated.connect(self.folder_chosen)
        self.pause.clicked.connect(self.pause_wanted)
        self.problems.clicked.connect(self.problems_wanted)
        self.people.search_wanted.connect(self._search_for)
        for part in self._tabs():
            part.said.connect(self.messages.say)
        shortcut("F6", self, self._next_pane, Qt.ShortcutContext.WindowShortcut)

    def show_folders(self, folders: Sequence[Path], current: int) -> None:
        """Offer the folders; with one there is nothing to choose."""
        self.folders.clear()
        for folder in folders:
            self.folders.addItem(shown_name(folder) or str(folder))
            self.folders.setItemData(self.folders.count() - 1, str(folder), Qt.ItemDataRole.ToolTipRole)
        self.folders.setCurrentIndex(current)
        self.folders.setVisible(len(folders) > 1)
        self.folder.setVisible(len(folders) == 1)
        if len(folders) == 1:
            self.folder.setText(self.folders.itemText(0))
            self.folder.setToolTip(str(folders[0]))

    def show_progress(self, words: str, *, running: bool, paused: bool = False) -> None:
        """Say how far the index has come."""
        self.progress.setText(words)
        self.pause.setVisible(running)
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        state = self.tr("Indexing is paused.") if paused else self.tr("This folder is being indexed.")
        self.show_unfinished(f"{state} {words}." if running else "")

    def show_unfinished(self, words: str) -> None:
        """Let empty lists say why they may be empty; "" says that the index is whole."""
        self.unfinished = words
        for tab in self._tabs():
            tab.set_indexing(words)

    def show_problems(self, count: int) -> None:
        """Offer to list what could not be indexed."""
        self.problems.setVisible(count > 0)
        words = self.tr("1 problem…") if count == 1 else self.tr("{n} problems…").format(n=count)
        self.problems.setText(words)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.messages.set_theme(theme)
        for tab in (self.search, self.people, self.quotes):
            tab.set_theme(theme)

    def _tabs(self) -> tuple[FolderTab, ...]:
        return self.search, self.people, self.quotes

    def _next_pane(self) -> None:
        """Give the focus to the next part of the tab."""
        tab = self.tabs.currentWidget()
        assert isinstance(tab, FolderTab)
        panes = [pane for pane in tab.panes() if pane.isVisible() and pane.isEnabled()]
        here = next((number for number, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.woken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._step_back():
            return
        super().keyPressEvent(event)

    def _step_back(self) -> bool:
        """Take away messages, go from a list to the line above, empty the line; say no where the window is to close."""
        tab = self.tabs.currentWidget()
        assert isinstance(tab, FolderTab)
        if self.messages.words:
            self.messages.clear()
        elif tab.filter.text():
            if tab.filter.hasFocus():
                tab.filter.clear()
            tab.filter.setFocus()
        else:
            return False
        return True

    def _search_for(self, line: str) -> None:
        self.show_tab(self.search, self.search.query)
        self.search.query.setText(line)
        self.search.look()

    def show_tab(self, tab: QWidget, field: QWidget) -> None:
        """Bring a tab to the front and give its field the focus."""
        self.tabs.setCurrentWidget(tab)
        self.show()
        self.raise_()
        self.activateWindow()
        field.setFocus()
