"""Every command of the window in one table: its menu, words and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QMainWindow

MENUS = ("File", "Edit", "View", "Go", "Annotate", "People", "Translate", "Help")


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `name` is the window's method `do_<name>`; keys without a modifier work outside text fields.

    `group` separates commands in their menu; `choice` makes it one of several in its group of which one is on.
    """

    name: str
    menu: str
    words: str
    keys: tuple[str, ...] = ()
    group: int = 0
    checkable: bool = False
    choice: str = ""


COMMANDS = (
    Command("open_files", "File", "&Open Files…", ("Ctrl+O",)),
    Command("open_folder", "File", "Open &Folder…", ("Ctrl+Shift+O",)),
    Command("open_samples", "File", "Open the &Samples"),
    Command("choose_encoding", "File", "E&ncoding…", (), 1),
    Command("export", "File", "&Export…", ("Ctrl+E",), 1),
    Command("close_library", "File", "&Close All Articles", ("Ctrl+W",), 2),
    Command("quit", "File", "&Quit", ("Ctrl+Q",), 2),
    Command("undo", "Edit", "&Undo", ("Ctrl+Z",)),
    Command("redo", "Edit", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("copy", "Edit", "&Copy", ("Ctrl+C",), 1),
    Command("copy_citation", "Edit", "Copy with C&itation", ("Ctrl+Shift+C",), 1),
    Command("context_menu", "Edit", "&Menu of This Place", ("Shift+F10",), 1),
    Command("find", "Edit", "&Find in Article", ("Ctrl+F",), 2),
    Command("find_next", "Edit", "Find &Next", ("F3",), 2),
    Command("find_previous", "Edit", "Find &Previous", ("Shift+F3",), 2),
    Command("search_library", "Edit", "Search the &Whole Folder…", ("Ctrl+Shift+F",), 2),
    Command("filter_library", "Edit", "Filter the &Library", ("Ctrl+Alt+F",), 2),
    Command("preferences", "Edit", "Pr&eferences…", ("Ctrl+,",), 3),
    Command("view_both", "View", "Original and Translation", ("Ctrl+1",), 0, True, "view"),
    Command("view_original", "View", "Original Only", ("Ctrl+2",), 0, True, "view"),
    Command("view_translation", "View", "Translation Only", ("Ctrl+3",), 0, True, "view"),
    Command("panes_beside", "View", "Panes Beside Each Other", ("Ctrl+Shift+L",), 1, True),
    Command("link_panes", "View", "Scroll Panes Together", ("Ctrl+L",), 1, True),
    Command("show_quotes", "View", "Show Quotes", (), 2, True),
    Command("show_people", "View", "Show People", (), 2, True),
    Command("show_highlights", "View", "Show Own Highlights", (), 2, True),
    Command("respell_names", "View", "Known Names in One Spelling", (), 2, True),
    Command("show_library", "View", "Library", ("F9",), 3, True),
    Command("show_inspector", "View", "Inspector", ("Ctrl+H",), 3, True),
    Command("zoom_in", "View", "Larger Text", ("Ctrl+=", "Ctrl++"), 4),
    Command("zoom_out", "View", "Smaller Text", ("Ctrl+-",), 4),
    Command("zoom_reset", "View", "Normal Text Size", ("Ctrl+0",), 4),
    Command("choose_font", "View", "Reading Fonts…", (), 4),
    Command("theme_system", "View", "Theme of the System", (), 5, True, "theme"),
    Command("theme_light", "View", "Light Theme", (), 5, True, "theme"),
    Command("theme_dark", "View", "Dark Theme", (), 5, True, "theme"),
    Command("next_sentence", "Go", "Next Sentence", ("Alt+Down",)),
    Command("previous_sentence", "Go", "Previous Sentence", ("Alt+Up",)),
    Command("next_quote", "Go", "Next Quote", ("]",), 1),
    Command("previous_quote", "Go", "Previous Quote", ("[",), 1),
    Command("next_person", "Go", "Next Person", ("}",), 1),
    Command("previous_person", "Go", "Previous Person", ("{",), 1),
    Command("next_article", "Go", "Next Article", ("Ctrl+PgDown",), 2),
    Command("previous_article", "Go", "Previous Article", ("Ctrl+PgUp",), 2),
    Command("back", "Go", "Back", ("Alt+Left",), 3),
    Command("forward", "Go", "Forward", ("Alt+Right",), 3),
    Command("cycle_panes", "Go", "Next Pane", ("F6",), 4),
    Command("highlight", "Annotate", "&Highlight", ("H",)),
    Command("highlight_all", "Annotate", "Highlight All &Occurrences", ("Shift+H",)),
    Command("next_mark", "Annotate", "Choose the Ne&xt Mark Here", ("M",)),
    *(
        Command(f"colour_{number}", "Annotate", f"Highlight in {colour}", (str(number),), 1)
        for number, colour in enumerate(("Yellow", "Green", "Blue", "Pink", "Orange", "Purple"), 1)
    ),
    Command("note", "Annotate", "&Note", ("N",), 2),
    Command("tag", "Annotate", "&Tag", ("T",), 2),
    Command("remove", "Annotate", "&Remove or Reject", ("Del",), 2),
    Command("accept", "Annotate", "&Accept Quote or Person", ("Q",), 3),
    Command("mark_quote", "Annotate", "Mark Selection as &Quote", (), 3),
    Command("mark_person", "Annotate", "Mark Selection as &Person", (), 3),
    Command("people_register", "People", "People of the &Folder…", ("Ctrl+Shift+P",)),
    Command("quote_ledger", "People", "&Quotes of the Folder…", ("Ctrl+Shift+U",)),
    Command("reassign", "People", "Reassign &Speaker…", ("S",), 1),
    Command("rename_person", "People", "&Rename Person…", (), 1),
    Command("merge_people", "People", "&Merge with…", (), 1),
    Command("split_person", "People", "S&plit off a Spelling…", (), 1),
    Command("not_a_person", "People", "&Not a Person", (), 1),
    Command("translate", "Translate", "&Translate", ("Ctrl+Return",)),
    Command("stop_translation", "Translate", "&Stop", ()),
    Command("translate_all", "Translate", "Translate &All Articles", ("Ctrl+Shift+Return",), 1),
    Command("pause_queue", "Translate", "Pa&use or Resume the Library's Translation", (), 1),
    Command("cancel_queue", "Translate", "Cancel the Library's Translation", (), 1),
    Command("correct", "Translate", "&Correct This Sentence", ("F2",), 2),
    Command("take_correction", "Translate", "Ta&ke Over a Correction Made Elsewhere", ("Shift+F2",), 2),
    Command("choose_target", "Translate", "This Article Int&o…", (), 2),
    Command("choose_language", "Translate", "Article &Language…", (), 2),
    Command("packages", "Translate", "Language &Packages…", (), 3),
    Command("install_package", "Translate", "&Install Package from File…", (), 3),
    Command("download_package", "Translate", "&Download Package…", (), 3),
    Command("keys", "Help", "&Keys", ("F1",)),
    Command("about", "Help", "&About the Parallel Reader"),
)


def add_menus(window: QMainWindow, handlers: Sequence[object]) -> dict[str, QAction]:
    """Build the menus of `window` from `COMMANDS`; each action calls `do_<name>` of the handler that has it."""
    menus = {name: window.menuBar().addMenu(f"&{_tr(name)}") for name in MENUS}
    menus["Translate"].setToolTipsVisible(True)  # why a command is off
    groups: dict[str, int] = {}
    actions: dict[str, QAction] = {}
    choices: dict[str, QActionGroup] = {}
    for command in COMMANDS:
        menu = menus[command.menu]
        if groups.get(command.menu, command.group) != command.group:
            menu.addSeparator()
        groups[command.menu] = command.group
        action = QAction(_tr(command.words), window)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(command.checkable)
        if command.choice:
            choices.setdefault(command.choice, QActionGroup(window)).addAction(action)
        slot = f"do_{command.name}"
        action.triggered.connect(getattr(next(one for one in handlers if hasattr(one, slot)), slot))
        menu.addAction(action)
        window.addAction(action)
        actions[command.name] = action
    return actions


def shown(keys: Iterable[QKeySequence]) -> str:
    """Return keys as they are written on this platform."""
    return ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def with_keys(words: str, action: QAction) -> str:
    """Return the words of a tooltip with the keys of the command that does the same."""
    keys = shown(action.shortcuts())
    return f"{words} ({keys})" if keys else words


def _tr(words: str) -> str:
    return QCoreApplication.translate("commands", words)
