from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)

from reader.ui.actions import COMMANDS, MENUS
from reader.ui.dialogs import KeysDialog, PackagesDialog
from reader.ui.export_dialog import ExportDialog, Where
from tests.support.news import BRIDGE, write
from tests.ui.support import open_article, trigger

INTERACTIVE = (QAbstractButton, QLineEdit, QComboBox, QTextEdit, QPlainTextEdit, QAbstractItemView)
INNER = ("qt_", "ScrollLeftButton", "ScrollRightButton", "CornerButton")


def nameless(window):
    """Return the interactive widgets that a screen reader could only call by their type."""
    found = []
    for kind in INTERACTIVE:
        for widget in window.findChildren(kind):
            parent = widget.parentWidget()
            is_inner = widget.objectName().startswith(INNER) or isinstance(
                parent, (QComboBox, QLineEdit, QAbstractItemView)
            )
            is_inner = is_inner or parent.metaObject().className() == "QComboBoxPrivateContainer"
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not is_inner and not (widget.accessibleName() or text.strip()):
                found.append(f"{type(widget).__name__} {widget.objectName()} in {type(parent).__name__}")
    return found


def test_every_interactive_widget_of_the_window_has_a_name(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    window.reading.go_to(window.reading.page.sentences[1].span)
    trigger(window, "note")
    trigger(window, "find")
    window.messages.say("One line.", "error")
    assert nameless(window) == []


@pytest.mark.parametrize("kind", ["packages", "export", "keys"])
def test_every_interactive_widget_of_a_dialog_has_a_name(qtbot, window, kind):
    dialog = {
        "packages": lambda: PackagesDialog(Path("packages")),
        "export": lambda: ExportDialog(Where(3), Path("out")),
        "keys": lambda: KeysDialog(window.actions_),
    }[kind]()
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []


def test_every_command_stands_in_a_menu_with_its_words_and_keys(window):
    menus = {action.text().replace("&", ""): action.menu() for action in window.menuBar().actions()}
    assert list(menus) == list(MENUS)
    for command in COMMANDS:
        (action,) = [each for each in menus[command.menu].actions() if each.objectName() == command.name]
        assert len(action.shortcuts()) == len(command.keys)


def test_no_key_is_taken_twice():
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_the_keys_of_the_design_are_there():
    keys = {key: command.name for command in COMMANDS for key in command.keys}
    wanted = {
        **{"H": "highlight", "N": "note", "T": "tag", "Del": "remove", "Q": "accept", "S": "reassign"},
        **{str(number): f"colour_{number}" for number in range(1, 7)},
        **{"Ctrl+Z": "undo", "Ctrl+Shift+Z": "redo", "Ctrl+F": "find", "F3": "find_next", "Shift+F3": "find_previous"},
        **{"Alt+Down": "next_sentence", "Alt+Up": "previous_sentence", "]": "next_quote", "[": "previous_quote"},
        **{"}": "next_person", "{": "previous_person", "Alt+Left": "back", "Alt+Right": "forward"},
        **{"F6": "cycle_panes", "F9": "show_library", "Ctrl+H": "show_inspector", "F1": "keys"},
        **{"Ctrl+=": "zoom_in", "Ctrl+-": "zoom_out", "Ctrl+0": "zoom_reset", "Ctrl+Return": "translate"},
        **{"Ctrl+E": "export"},
    }
    assert {key: keys.get(key) for key in wanted} == wanted


def test_the_window_can_be_walked_through_with_tab(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    window.library.filter.setFocus()
    seen = []
    for _ in range(40):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if window.focusWidget() in seen:
            break
        seen.append(window.focusWidget())
    for part in (window.library.view, window.reading.original, window.reading.translation):
        assert part in seen


def test_a_message_can_be_copied_and_dismissed(qtbot, window):
    window.messages.say("One line.", "error")
    copy, close = window.messages.findChildren(QAbstractButton)
    copy.click()
    close.click()
    assert window.messages.words == ()


def test_a_message_is_said_once_and_never_as_rich_text(window):
    window.messages.say("<b>file</b>.txt", "error")
    window.messages.say("<b>file</b>.txt", "error")
    assert window.messages.words == ("<b>file</b>.txt",)
    assert window.messages._messages[0].label.textFormat() == Qt.TextFormat.PlainText


def test_only_plain_text_stands_in_labels_that_show_the_articles_words(window):
    labels = [window.header, window.reading.original_caption, window.library.count, window.status.progress]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("menu", MENUS)
def test_every_letter_of_a_menu_leads_to_one_command(menu):
    words = [command.words.casefold() for command in COMMANDS if command.menu == menu]
    letters = [each[each.index("&") + 1] for each in words if "&" in each]
    assert len(letters) == len(set(letters))
