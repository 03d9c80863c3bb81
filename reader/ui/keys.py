"""The keys of the commands: the usual ones, a person's own, and the page that changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.ui.actions import COMMANDS, MENUS
from reader.ui.dialogs import muted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from reader.ui.settings import Settings

Keys = dict[str, tuple[str, ...]]

PORTABLE = QKeySequence.SequenceFormat.PortableText
NATIVE = QKeySequence.SequenceFormat.NativeText
MOVING = frozenset({"Esc", "Tab", "Shift+Tab", "Backtab", "Return", "Enter", "Space", "Up", "Down", "Left", "Right"})
"""Keys by which a person moves about in the window: no command can have them."""


def normal(keys: str) -> str:
    """Return a key in Qt's spelling; "" of what is no key, or one that a command can't have."""
    sequence = QKeySequence.fromString(keys, PORTABLE)
    return "" if sequence.count() != 1 or (text := sequence.toString(PORTABLE)) in MOVING else text


def usual_keys() -> Keys:
    """Return every command's keys as they come with the reader."""
    return {command.name: tuple(map(normal, command.keys)) for command in COMMANDS}


def keys_of(settings: Settings) -> Keys:
    """Return every command's keys; a person's own win, and what can't be is reported in the settings."""
    usual = usual_keys()
    own: Keys = {}
    taken: dict[str, str] = {}
    for name in usual:
        wanted = settings.texts(f"keys/{name}")
        keys = tuple(map(normal, wanted or ()))
        if not all(keys):
            settings.report(f"keys/{name}", 'a list of keys that a command can have, such as ["Ctrl+E"]')
        elif twice := [key for key in keys if key in taken]:
            other = taken[twice[0]]
            settings.report(f"keys/{name}", f"free to have {twice[0]}, which keys.{other} has")
        elif wanted is not None:
            own[name] = keys
            taken |= dict.fromkeys(keys, name)
    return {name: own.get(name, tuple(key for key in keys if key not in taken)) for name, keys in usual.items()}


def apply_keys(settings: Settings, actions: Mapping[str, QAction]) -> None:
    """Give every action the keys that hold."""
    for name, keys in keys_of(settings).items():
        actions[name].setShortcuts([QKeySequence.fromString(key, PORTABLE) for key in keys])


class KeysPage(QWidget):
    """All commands with their keys, to be changed. `keep` writes what was changed into the settings."""

    def __init__(self, settings: Settings, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = keys_of(settings)
        self._names = [command.name for menu in MENUS for command in COMMANDS if command.menu == menu]
        self._words = {
            command.name: f"{command.menu} → {actions[command.name].text().replace('&', '')}" for command in COMMANDS
        }
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter commands"))
        self.filter.setAccessibleName(self.tr("Filter commands"))
        self.filter.setClearButtonEnabled(True)
        self.table = self._table()
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(self.tr("New key"))
        self.edit.setClearButtonEnabled(True)
        field = self.edit.findChild(QLineEdit)
        assert isinstance(field, QLineEdit)
        field.setAccessibleName(self.tr("New key"))
        field.setPlaceholderText(self.tr("Press a key"))
        self.add = QPushButton()
        self.none = QPushButton(self.tr("No key"))
        self.usual = QPushButton(self.tr("Usual key"))
        self.all_usual = QPushButton(self.tr("All usual keys"))
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self._lay_out()
        self.filter.textChanged.connect(self._filter)
        self.table.itemSelectionChanged.connect(self._refresh)
        self.edit.keySequenceChanged.connect(self._refresh)
        self.add.clicked.connect(self._add)
        self.none.clicked.connect(self._clear)
        self.usual.clicked.connect(self._reset)
        self.all_usual.clicked.connect(self._reset_all)
        self.table.setCurrentCell(0, 0)
        self._refresh()

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._names), 2)
        table.setAccessibleName(self.tr("Commands and keys"))
        table.setHorizontalHeaderLabels([self.tr("Command"), self.tr("Keys")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for row, name in enumerate(self._names):
            table.setItem(row, 0, QTableWidgetItem(self._words[name]))
            table.setItem(row, 1, QTableWidgetItem())
        return table

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.edit, 1)
        for button in (self.add, self.none, self.usual):
            line.addWidget(button)
        below = QHBoxLayout()
        below.addWidget(muted(self.tr("Keys without Ctrl or Alt act when no text field has the focus.")), 1)
        below.addWidget(self.all_usual)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        layout.addLayout(line)
        layout.addWidget(self.hint)
        layout.addLayout(below)

    def keep(self, settings: Settings) -> None:
        """Write a person's own keys into the settings."""
        for name, usual in usual_keys().items():
            settings.set(f"keys/{name}", None if self.keys[name] == usual else list(self.keys[name]))

    # -- one command ---------------------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Choose a command."""
        self.table.setCurrentCell(self._names.index(name), 0)

    @property
    def _chosen(self) -> str:
        return self._names[max(0, self.table.currentRow())]

    def _key(self) -> str:
        return normal(self.edit.keySequence().toString(PORTABLE))

    def _owner(self, key: str) -> str | None:
        """Return the command that has a key."""
        return next((name for name, keys in self.keys.items() if key in keys), None)

    def _add(self) -> None:
        key = self._key()
        owner = self._owner(key)
        if owner is not None:
            self.keys[owner] = tuple(each for each in self.keys[owner] if each != key)
        self.keys[self._chosen] = (*self.keys[self._chosen], key)
        self.edit.clear()
        self._refresh()

    def _clear(self) -> None:
        self.keys[self._chosen] = ()
        self._refresh()

    def _reset(self) -> None:
        """Give the chosen command its usual keys, but for those that another command has now."""
        mine = self._chosen
        usual = usual_keys()[mine]
        self.keys[mine] = tuple(key for key in usual if self._owner(key) in (None, mine))
        self._refresh()
        if taken := [key for key in usual if key not in self.keys[mine]]:
            self._say_owner(taken[0])

    def _reset_all(self) -> None:
        self.keys = usual_keys()
        self._refresh()

    def _refresh(self) -> None:
        for row, name in enumerate(self._names):
            shown = ", ".join(QKeySequence.fromString(key, PORTABLE).toString(NATIVE) for key in self.keys[name])
            cell = self.table.item(row, 1)
            if cell is not None and cell.text() != shown:
                cell.setText(shown)
        key, pressed = self._key(), not self.edit.keySequence().isEmpty()
        owner = self._owner(key) if key else None
        mine = self._chosen
        self.add.setText(self.tr("Take it over") if owner not in (None, mine) else self.tr("Add key"))
        self.add.setEnabled(bool(key) and owner != mine)
        self.none.setEnabled(bool(self.keys[mine]))
        self.usual.setEnabled(self.keys[mine] != usual_keys()[mine])
        self.all_usual.setEnabled(self.keys != usual_keys())
        self.hint.setProperty("role", "warning" if owner or (pressed and not key) else "muted")
        self.hint.style().polish(self.hint)
        if pressed and not key:
            self.hint.setText(self.tr("This key moves about in the window: no command can have it."))
        elif owner:
            self._say_owner(key)
        else:
            self.hint.setText(self.tr("A new key for “{command}”").format(command=self._words[mine]))

    def _say_owner(self, key: str) -> None:
        owner = self._owner(key)
        assert owner is not None
        shown = QKeySequence.fromString(key, PORTABLE).toString(NATIVE)
        words = self.tr("{key} belongs to “{command}”.").format(key=shown, command=self._words[owner])
        self.hint.setText(words)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.table.rowCount()):
            cells = (self.table.item(row, column) for column in (0, 1))
            shown = " ".join(cell.text() for cell in cells if cell is not None).casefold()
            self.table.setRowHidden(row, not all(word in shown for word in words))
