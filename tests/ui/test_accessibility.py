from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
)

from reader.ui.actions import COMMANDS, MENUS
from reader.ui.dialogs import PackagesDialog
from reader.ui.downloads import DownloadDialog
from reader.ui.export_dialog import ExportDialog, Where
from reader.ui.keys import KeysDialog
from tests.support.news import BRIDGE, write
from tests.ui import walking
from tests.ui.support import open_article, select, trigger

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


def reading_window(qtbot, window, tmp_path):
    """Show all that the window has: an article, a note being written, the find bar, a message, a card."""
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    select(window, "Lucrările")
    for command in ("note", "find"):
        trigger(window, command)
    window.messages.say("One line.", "error", details="More of it.")
    return window


def folder_window(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    trigger(window, "search_library")
    return window.folder_desk._window


TOPS = {
    "welcome": lambda qtbot, window, tmp_path: window,
    "window": reading_window,
    "folder": folder_window,
    "packages": lambda qtbot, window, tmp_path: PackagesDialog(Path("packages"), window),
    "download": lambda qtbot, window, tmp_path: DownloadDialog(window._workspace.packages.dirs, window.jobs, parent=window),
    "keys": lambda qtbot, window, tmp_path: KeysDialog(window.actions_, window),
    "export": lambda qtbot, window, tmp_path: ExportDialog(Where(3), Path("out"), parent=window),
    "preferences": lambda qtbot, window, tmp_path: window.preferences.dialog(),
}


@pytest.fixture
def top(qtbot, window, tmp_path, request):
    """Return the window or the dialog of the test's parameter, shown and settled."""
    top = TOPS[request.param](qtbot, window, tmp_path)
    top.show()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)
    yield top
    if top is not window:
        top.close()


@pytest.mark.parametrize("top", TOPS, indirect=True)
def test_every_interactive_widget_has_a_name_on_every_page(top):
    for page in walking.pages(top):
        assert nameless(top) == [], page


@pytest.mark.parametrize("top", TOPS, indirect=True)
def test_tab_reaches_everything_in_the_order_of_the_eye_and_a_screen_reader_knows_it(qtbot, top):
    for page in walking.pages(top):
        chain = walking.walk(qtbot, top)
        missed = [walking.described(widget) for widget in walking.stops(top) if widget not in chain]
        assert missed == [], page
        assert walking.backwards(chain, top) == [], page
        told = {walking.described(widget): walking.accessible(widget) for widget in chain}
        assert [widget for widget, (name, _) in told.items() if not name] == [], page
        # Qt itself has no role for a field that takes a key
        unknown = [widget for widget, (_, role) in told.items() if role in walking.UNKNOWN]
        assert [widget for widget in unknown if "QKeySequenceEdit" not in widget] == [], page


@pytest.mark.parametrize("top", TOPS, indirect=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_one_sees_in_both_themes_where_the_focus_is(qtbot, window, top, theme):
    trigger(window, f"theme_{theme}")
    for page in walking.pages(top):
        chain = walking.walk(qtbot, top)
        assert walking.without_ring(qtbot, chain, top) == [], page


@pytest.mark.parametrize("top", TOPS, indirect=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_that_a_window_draws_is_readable(qtbot, window, top, theme):
    trigger(window, f"theme_{theme}")
    for page in walking.pages(top):
        qtbot.wait(1)
        assert walking.faint_texts(top) == [], page


def test_a_text_that_is_too_faint_is_found(qtbot, window):
    dialog = QDialog(window)
    for number, colour in enumerate(("#777777", "#888888")):
        field = QLineEdit(dialog)
        field.setPlaceholderText(colour)
        field.setStyleSheet(f"background: white; placeholder-text-color: {colour}")
        field.setGeometry(10, 10 + 40 * number, 160, 30)
    dialog.show()
    (faint,) = walking.faint_texts(dialog, 4.4)
    assert "#888888" in faint
    dialog.close()


def test_a_widget_without_name_order_or_ring_is_found(qtbot, window):
    """The walk must be able to fail."""
    dialog = QDialog(window)
    dialog.setStyleSheet("QPushButton:focus { border: 1px solid palette(mid); }")
    first, second, button = QLineEdit(dialog), QLineEdit(dialog), QPushButton("Go", dialog)
    button.setAutoDefault(False)
    for widget, y in ((first, 80), (second, 40), (button, 120)):
        widget.setGeometry(10, y, 100, 24)
    dialog.resize(200, 200)
    dialog.show()
    chain = walking.walk(qtbot, dialog)
    assert len(nameless(dialog)) == 2
    assert chain == [first, second, button]
    assert walking.backwards(chain, dialog) != []
    assert walking.without_ring(qtbot, chain, dialog) == ["QPushButton “Go” in QDialog"]
    dialog.close()


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
