"""A table of commands and their keys, below the names of the menus that have them, with a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from reader.ui.drawing import scaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Group = tuple[str, tuple[tuple[str, str], ...]]
"""A heading, and the names and words of the commands below it."""


class CommandTable(QTableWidget):
    """Two columns: words, keys. A heading can't be chosen, and goes where the filter leaves none of its commands."""

    def __init__(self, groups: Iterable[Group], parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self._groups = tuple(groups)
        self._names: list[str | None] = []
        self.setAccessibleName(self.tr("Commands and keys"))
        self.setHorizontalHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for heading, commands in self._groups:
            self._append(None, heading)
            for name, words in commands:
                self._append(name, words)
        self.choose(self.names[0])

    def _append(self, name: str | None, words: str) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self._names.append(name)
        cells = QTableWidgetItem(words), QTableWidgetItem()
        for column, cell in enumerate(cells):
            self.setItem(row, column, cell)
        if name is None:
            cells[0].setFlags(Qt.ItemFlag.NoItemFlags)
            cells[0].setFont(scaled(self.font(), 0.94, QFont.Weight.DemiBold))
            self.setSpan(row, 0, 1, 2)

    @property
    def names(self) -> list[str]:
        """The commands from top to bottom."""
        return [name for name in self._names if name is not None]

    @property
    def chosen(self) -> str:
        """The chosen command."""
        return self._names[self.currentRow()] or self.names[0]

    def choose(self, name: str) -> None:
        """Choose a command."""
        self.setCurrentCell(self._names.index(name), 0)

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Show the keys of each command."""
        for row, name in enumerate(self._names):
            cell = self.item(row, 1)
            if name is not None and cell is not None and cell.text() != keys.get(name, ""):
                cell.setText(keys.get(name, ""))

    def filter(self, text: str) -> None:
        """Leave the commands that have every word of `text` in their menu, words or keys."""
        wanted = text.casefold().split()
        row = 0
        for heading, commands in self._groups:
            head, left = row, False
            for row in range(head + 1, head + 1 + len(commands)):
                shown = f"{heading} {self._text(row, 0)} {self._text(row, 1)}".casefold()
                hidden = not all(word in shown for word in wanted)
                self.setRowHidden(row, hidden)
                left |= not hidden
            self.setRowHidden(head, not left)
            row = head + 1 + len(commands)
        if self.isRowHidden(self.currentRow()):
            first = next((row for row, name in enumerate(self._names) if name and not self.isRowHidden(row)), None)
            if first is not None:
                self.setCurrentCell(first, 0)

    def _text(self, row: int, column: int) -> str:
        cell = self.item(row, column)
        return cell.text() if cell is not None else ""
