import ast
from importlib import import_module
from itertools import chain as joined
from pathlib import Path
from pkgutil import iter_modules

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QKeySequenceEdit,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWizard,
)

import reader.ui
from reader.annotations.annotation import Correction
from reader.repeats import Offer
from reader.ui.actions import COMMANDS, MENUS
from reader.ui.crashes import CrashReports
from reader.ui.dialogs import PackagesDialog
from reader.ui.downloads import DownloadDialog
from reader.ui.export_dialog import ExportDialog, Where
from reader.ui.folder_window import FolderWindow
from reader.ui.keys import KeysDialog
from reader.ui.main_window import MainWindow
from reader.ui.preferences import PreferencesDialog
from tests.support.news import BRIDGE, write
from tests.ui import walking
from tests.ui.support import open_article, put_caret, select, settle, trigger

INTERACTIVE = (
    *(QAbstractButton, QLineEdit, QComboBox, QTextEdit, QPlainTextEdit, QAbstractItemView),
    *(QAbstractSpinBox, QAbstractSlider, QKeySequenceEdit, QTabBar),
)
INNER = ("qt_", "ScrollLeftButton", "ScrollRightButton", "CornerButton")


def nameless(window):
    """Return the interactive widgets that a screen reader could only call by their type."""
    found = []
    for kind in INTERACTIVE:
        for widget in window.findChildren(kind):
            parent = widget.parentWidget()
            is_inner = widget.objectName().startswith(INNER) or isinstance(
                parent, (QComboBox, QLineEdit, QAbstractSpinBox, QAbstractItemView)
            )
            is_inner = is_inner or parent.metaObject().className() == "QComboBoxPrivateContainer"
            is_inner = is_inner or isinstance(widget, QScrollBar)
            name = walking.accessible(widget)[0]
            if not is_inner and not name:
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


def correcting_window(qtbot, window, tmp_path):
    """Show a sentence being corrected, with an offer, and the offer of a crash's report."""
    open_article(qtbot, window, window._workspace.samples(tmp_path)[0])
    trigger(window, "next_sentence")
    trigger(window, "correct")
    assert window.reading.editor.isVisible()
    window.reading.editor._show_offers([Offer(Correction("Una", 0, 3, "One."), tmp_path / "other.txt")])
    reports = CrashReports(tmp_path)
    reports.write(RuntimeError("a defect"))
    window.messages.say_crash(reports)
    return window


def unreadable_window(qtbot, window, tmp_path):
    (tmp_path / "broken.txt").write_bytes(bytes(range(256)) * 40)
    window.add_paths([tmp_path / "broken.txt"])
    qtbot.waitUntil(lambda: bool(window.messages.words))
    return window


def folder_window(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    trigger(window, "search_library")
    return window.folder_desk._window


def download_dialog(qtbot, window, tmp_path):
    return DownloadDialog(window._workspace.packages.dirs, window.jobs, parent=window)


def export_dialog(qtbot, window, tmp_path):
    shown = tuple((Path(f"{number}.txt"), f"Article {number}") for number in range(3))
    dialog = ExportDialog(Where(9, shown), Path("out"), parent=window)
    dialog.chosen_articles.setChecked(True)
    dialog.resize(1080, 1000)  # nothing of it is scrolled away then
    return dialog


TOPS = {
    "welcome": (MainWindow, lambda qtbot, window, tmp_path: window),
    "window": (MainWindow, reading_window),
    "correction": (MainWindow, correcting_window),
    "unreadable": (MainWindow, unreadable_window),
    "folder": (FolderWindow, folder_window),
    "packages": (PackagesDialog, lambda qtbot, window, tmp_path: PackagesDialog(Path("packages"), window)),
    "download": (DownloadDialog, download_dialog),
    "keys": (KeysDialog, lambda qtbot, window, tmp_path: KeysDialog(window.actions_, window)),
    "export": (ExportDialog, export_dialog),
    "preferences": (PreferencesDialog, lambda qtbot, window, tmp_path: window.preferences.dialog()),
}


def own_classes(*kinds):
    """Return the classes of the reader's interface that are of some kinds."""
    modules = [import_module(each.name) for each in iter_modules(reader.ui.__path__, "reader.ui.")]
    found = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    return {each for each in found if issubclass(each, kinds) and each.__module__.startswith("reader.ui")}


def test_no_window_or_dialog_is_forgotten_in_the_walk():
    assert own_classes(QDialog, QMainWindow, QDockWidget, QWizard) == {kind for kind, _ in TOPS.values()}


@pytest.fixture
def top(qtbot, window, tmp_path, request):
    """Return the window or the dialog of the test's parameter, shown and settled."""
    _, make = TOPS[request.param]
    top = make(qtbot, window, tmp_path)
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
        assert walking.stuck(qtbot, chain, top) == [], page
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


def reading_bridge(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))


def on_quote(qtbot, window, tmp_path):
    reading_bridge(qtbot, window, tmp_path)
    trigger(window, "next_quote")


def on_person(qtbot, window, tmp_path):
    reading_bridge(qtbot, window, tmp_path)
    put_caret(window, "Andrei Voicu")


def with_selection(qtbot, window, tmp_path):
    reading_bridge(qtbot, window, tmp_path)
    select(window, "Lucrările")


QUESTIONS = {
    "who speaks": (on_quote, "reassign"),
    "another name": (on_person, "rename_person"),
    "the same person": (on_person, "merge_people"),
    "the spelling of somebody else": (on_person, "split_person"),
    "who is marked": (with_selection, "mark_person"),
    "the language of this article": (reading_bridge, "choose_target"),
    "about": (lambda qtbot, window, tmp_path: None, "about"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_can_be_answered_by_keyboard_and_a_screen_reader_reads_it(qtbot, window, tmp_path, question):
    prepare, command = QUESTIONS[question]
    prepare(qtbot, window, tmp_path)
    seen = []

    def look():
        dialog = QApplication.activeModalWidget()
        chain = walking.walk(qtbot, dialog)
        seen.append(
            {
                "nameless": nameless(dialog),
                "untitled": not dialog.windowTitle(),
                "missed": [walking.described(widget) for widget in walking.stops(dialog) if widget not in chain],
                "without ring": walking.without_ring(qtbot, chain, dialog),
            }
        )
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, look)
    trigger(window, command)
    assert seen == [{"nameless": [], "untitled": False, "missed": [], "without ring": []}]


ASKS = {"getItem", "getText", "getInt", "getDouble", "getMultiLineText", "getFont", "getColor"}


def test_no_question_is_forgotten_in_the_walk():
    """Each place of the interface that asks with one of Qt's dialogs has a question above, or asks as another does."""
    asking = set()
    for file in Path(reader.ui.__file__).parent.glob("*.py"):
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                called = {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
                asking |= {f"{file.stem}.{function.name}"} if called & ASKS else set()
    # the register asks for a name with a line to type in, as Qt's own dialog has it
    assert asking == {
        *("annotating._ask_person", "annotating.merge", "annotating.split"),
        *("preferences.do_choose_target", "register._ask"),
    }


# -- menus of a place or a row ----

WAYS = {
    "Accept": "accept",
    "Remove": "remove",
    "Reject": "remove",
    "Reassign speaker…": "reassign",
    "Rename…": "rename_person",
    "Merge with…": "merge_people",
    "Split off a spelling…": "split_person",
    "Not a person": "not_a_person",
}
"""What menus of a place call a command that needs no menu."""


def look_at_menu(seen):
    """Note the words of the menu that opens next, and where it stands, and leave it."""

    def look():
        menu = QApplication.activePopupWidget()
        within = [each.menu().actions() if each.menu() else [each] for each in menu.actions()]
        seen.append(([action.text() for action in joined(*within) if action.text() and action.isEnabled()], menu.pos()))
        menu.close()

    QTimer.singleShot(0, look)


@pytest.fixture
def menu():
    """Return the words of the menu that the command for it opens, and where it stands."""

    def menu(window):
        seen = []
        look_at_menu(seen)
        trigger(window, "context_menu")
        (found,) = seen
        return found

    return menu


@pytest.mark.parametrize("place", ["Andrei Voicu", "Nu mai putem", "Lucrările"])
def test_what_the_menu_of_a_place_offers_can_be_had_by_a_command_with_a_key_or_in_a_menu(
    qtbot, window, tmp_path, menu, place
):
    reading_bridge(qtbot, window, tmp_path)
    select(window, "Lucrările")
    trigger(window, "highlight")
    put_caret(window, place)
    shown, at = menu(window)
    commands = {action.text() for action in window.actions_.values()}
    assert len(shown) > 10
    assert "Highlight in Green" in shown
    assert [words for words in shown if words not in commands and WAYS.get(words) not in window.actions_] == []
    pane = window.reading.original
    assert pane.rect().contains(pane.mapFromGlobal(at))


@pytest.mark.parametrize(("tab", "first"), [("passages", "Highlight"), ("quotes", "Highlight"), ("people", "Rename…")])
def test_the_menu_of_a_row_opens_by_key(qtbot, window, tmp_path, menu, tab, first):
    reading_bridge(qtbot, window, tmp_path)
    select(window, "Lucrările")
    trigger(window, "highlight")
    part = getattr(window.inspector, tab)
    window.inspector.setCurrentWidget(part)
    part.view.setCurrentIndex(part.view.model().index(0, 0))
    part.view.setFocus()
    shown, at = menu(window)
    assert shown[0].replace("&", "") == first
    row = part.view.visualRect(part.view.currentIndex())
    assert row.top() <= part.view.viewport().mapFromGlobal(at).y() <= row.bottom()  # the screen is too narrow for x


def test_the_menu_of_the_librarys_row_opens_by_key(qtbot, window, tmp_path, menu):
    folder = tmp_path / "news"
    open_article(qtbot, window, *(write(folder, f"{number}.txt", BRIDGE) for number in range(5)))
    window.library.view.setFocus()
    window.library.step(1)
    window.library.step(1)
    settle(qtbot, window)
    window.library.view.setFocus()
    shown, _ = menu(window)
    assert shown == ["Mark as Unread", "Copy the File's Path"]


def test_the_key_of_the_menu_works_in_the_text(qtbot, window, tmp_path):
    reading_bridge(qtbot, window, tmp_path)
    window.reading.original.setFocus()
    seen = []
    look_at_menu(seen)
    qtbot.keyClick(window.reading.original, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert len(seen) == 1


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
