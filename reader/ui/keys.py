"""The keys of the commands: the usual ones, a person's own, the list of them, and the page that changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.ui.actions import COMMANDS, MENUS, shown
from reader.ui.command_table import CommandTable
from reader.ui.dialogs import muted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QAction

    from reader.ui.command_table import Group
    from reader.ui.settings import Settings

Keys = dict[str, tuple[str, ...]]

PORTABLE = QKeySequence.SequenceFormat.PortableText
_STEPS = ("Tab", "Backtab", "Return", "Enter", "Space", "Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home", "End")
MOVING = frozenset({"Esc", "Menu", *_STEPS, *(f"Shift+{key}" for key in _STEPS)})
"""Keys by which a person moves about in the window: no command can have them."""
MENU_KEYS = frozenset(f"Alt+{menu[0]}" for menu in MENUS)
"""Keys that open the menus: a command with one of them would keep both from working."""


def normal(keys: str) -> str:
    """Return a key in Qt's spelling; "" of what is no key, or one that a command can't have."""
    sequence = QKeySequence.fromString(keys, PORTABLE)
    text = sequence.toString(PORTABLE)
    return "" if sequence.count() != 1 or text in MOVING or text in MENU_KEYS else text


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


def _shown(keys: Iterable[str]) -> str:
    return shown(QKeySequence.fromString(key, PORTABLE) for key in keys)


def apply_keys(settings: Settings, actions: Mapping[str, QAction]) -> None:
    """Give every action the keys that hold."""
    for name, keys in keys_of(settings).items():
        actions[name].setShortcuts([QKeySequence.fromString(key, PORTABLE) for key in keys])


def _plain(words: str) -> str:
    return words.replace("&", "")


def _groups(actions: Mapping[str, QAction]) -> list[Group]:
    """Return all commands below their menus, in the words that they have there now."""
    commands = [(command.menu, command.name, _plain(actions[command.name].text())) for command in COMMANDS]
    return [(menu, tuple((name, words) for place, name, words in commands if place == menu)) for menu in MENUS]


def _single_keys() -> QLabel:
    words = "Keys without Ctrl or Alt act when no text field has the focus."
    return muted(QCoreApplication.translate("keys", words))


class KeysDialog(QDialog):
    """All commands with their keys, and those keys that are always the same.

    Signals:
        change_wanted: a person wants other keys.
    """

    change_wanted = Signal()

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.resize(480, 640)
        keys = {name: shown(action.shortcuts()) for name, action in actions.items()}
        always = (
            ("step back", self.tr("One Step Back"), "Esc"),
            ("correction", self.tr("Keep a Correction"), "Ctrl+Return"),
        )
        groups = [
            (menu, tuple(command for command in commands if keys[command[0]])) for menu, commands in _groups(actions)
        ]
        groups.append((self.tr("Always the same"), tuple((name, words) for name, words, _ in always)))
        self.filter = _filter_field(self.tr("Filter commands"))
        self.table = CommandTable(group for group in groups if group[1])
        self.table.show_keys({**keys, **{name: _shown([key]) for name, _, key in always}})
        self.filter.textChanged.connect(self.table.filter)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        change = buttons.addButton(self.tr("Change keys…"), QDialogButtonBox.ButtonRole.ActionRole)
        change.setObjectName("change")
        change.clicked.connect(self.change_wanted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        layout.addWidget(_single_keys())
        layout.addWidget(buttons)


def _filter_field(words: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(words)
    field.setAccessibleName(words)
    field.setClearButtonEnabled(True)
    return field


class KeysPage(QWidget):
    """All commands with their keys, to be changed. `keep` writes what was changed into the settings."""

    def __init__(self, settings: Settings, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = keys_of(settings)
        self._words = {command.name: f"{command.menu} → {_plain(actions[command.name].text())}" for command in COMMANDS}
        self.filter = _filter_field(self.tr("Filter commands"))
        self.table = CommandTable(_groups(actions))
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        # Qt's own has Backtab without the Shift that always comes with it, so that there is no way back (6.11.3)
        back = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Backtab)
        self.edit.setFinishingKeyCombinations([QKeyCombination(Qt.Key.Key_Tab), back])
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
        self.filter.textChanged.connect(self.table.filter)
        self.table.itemSelectionChanged.connect(self._refresh)
        self.edit.keySequenceChanged.connect(self._refresh)
        self.add.clicked.connect(self._add)
        self.none.clicked.connect(self._clear)
        self.usual.clicked.connect(self._reset)
        self.all_usual.clicked.connect(self._reset_all)
        self._refresh()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.edit, 1)
        for button in (self.add, self.none, self.usual):
            line.addWidget(button)
        below = QHBoxLayout()
        below.addWidget(_single_keys(), 1)
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
        self.table.choose(name)

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
        self.keys[self.table.chosen] = (*self.keys[self.table.chosen], key)
        self.edit.clear()
        self.edit.setFocus()  # the button goes grey, and Enter would press its neighbour, which takes the keys away
        self._refresh()

    def _clear(self) -> None:
        self.keys[self.table.chosen] = ()
        self._refresh()

    def _reset(self) -> None:
        """Give the chosen command its usual keys, but for those that another command has now."""
        mine = self.table.chosen
        usual = usual_keys()[mine]
        self.keys[mine] = tuple(key for key in usual if self._owner(key) in (None, mine))
        self._refresh()
        if taken := [key for key in usual if key not in self.keys[mine]]:
            self._say_owner(taken[0])

    def _reset_all(self) -> None:
        self.keys = usual_keys()
        self._refresh()

    def _refresh(self) -> None:
        self.table.show_keys({name: _shown(keys) for name, keys in self.keys.items()})
        key, pressed = self._key(), not self.edit.keySequence().isEmpty()
        owner = self._owner(key) if key else None
        mine = self.table.chosen
        self.add.setText(self.tr("Take it over") if owner not in (None, mine) else self.tr("Add key"))
        self.add.setEnabled(bool(key) and owner != mine)
        self.none.setEnabled(bool(self.keys[mine]))
        self.usual.setEnabled(self.keys[mine] != usual_keys()[mine])
        self.all_usual.setEnabled(self.keys != usual_keys())
        self.hint.setProperty("role", "warning" if owner or (pressed and not key) else "muted")
        self.hint.style().polish(self.hint)
        if pressed and not key:
            self.hint.setText(self._why_not(self.edit.keySequence().toString(PORTABLE)))
        elif owner:
            self._say_owner(key)
        else:
            self.hint.setText(self.tr("A new key for “{command}”").format(command=self._words[mine]))

    def _why_not(self, key: str) -> str:
        if key in MENU_KEYS:
            menu = next(menu for menu in MENUS if key == f"Alt+{menu[0]}")
            return self.tr("This key opens the menu {menu}: no command can have it.").format(menu=menu)
        return self.tr("This key moves about in the window: no command can have it.")

    def _say_owner(self, key: str) -> None:
        owner = self._owner(key)
        assert owner is not None
        words = self.tr("{key} belongs to “{command}”.").format(key=_shown([key]), command=self._words[owner])
        self.hint.setText(words)
