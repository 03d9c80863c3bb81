"""The preferences: what holds for all articles and for the window, and carrying it out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QInputDialog, QTabWidget, QVBoxLayout, QWidget

from reader.resources import language_name
from reader.ui.keys import KeysDialog, KeysPage, apply_keys
from reader.ui.preference_pages import (
    ColoursPage,
    LanguagesPage,
    ReadingPage,
    expected_languages,
    target_language,
    targets,
    threads,
)
from reader.ui.storage import StoragePage
from reader.ui.theme import theme_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from PySide6.QtGui import QAction

    from reader.ui.appearance import Appearance
    from reader.ui.desk import Desk
    from reader.ui.folder_desk import FolderDesk
    from reader.ui.inspector import Inspector
    from reader.ui.jobs import JobRunner
    from reader.ui.settings import Settings

    class Keyed(Protocol):
        """A part of the window whose tooltips name the keys of commands."""

        def show_keys(self, actions: Mapping[str, QAction]) -> None:
            """Name the keys that the commands have now."""


CHANGE = 2
"""What the list of keys returns where other keys are wanted."""

__all__ = ["Preferences", "PreferencesDialog", "target_language", "threads"]


class PreferencesDialog(QDialog):
    """The pages of the preferences; nothing but the caches changes before OK."""

    def __init__(
        self,
        settings: Settings,
        appearance: Appearance,
        actions: Mapping[str, QAction],
        storage: StoragePage,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.resize(640, 520)
        self.languages = LanguagesPage(settings)
        self.reading = ReadingPage(settings, appearance.fonts(zoomed=False), appearance.shape())
        self.colours = ColoursPage(settings, theme_for(settings.text("theme", "system")))
        self.keys = KeysPage(settings, actions)
        self.storage = storage
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Pages"))
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(self.tr("Pages"))
        for page, words in (
            (self.languages, self.tr("Languages")),
            (self.reading, self.tr("Reading")),
            (self.colours, self.tr("Colours")),
            (self.keys, self.tr("Keys")),
            (self.storage, self.tr("Storage")),
        ):
            layout = page.layout()
            assert layout is not None
            layout.setContentsMargins(0, 16, 0, 0)
            self.tabs.addTab(page, words)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 8, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)

    def keep(self, settings: Settings) -> None:
        """Write all pages into the settings."""
        for page in (self.languages, self.reading, self.colours, self.keys):
            page.keep(settings)


class Preferences(QObject):
    """Carry out the commands that choose what holds for all articles, and for one.

    Signals:
        expected: the codes of the languages that a person expects articles in, by name.
        colours_named: what the six colours are called.
    """

    expected = Signal(object)
    colours_named = Signal(object)

    def __init__(
        self,
        settings: Settings,
        desk: Desk,
        appearance: Appearance,
        inspector: Inspector,
        folder_desk: FolderDesk,
        jobs: JobRunner,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window, self._settings, self._desk = parent, settings, desk
        self._appearance, self._inspector, self._folder_desk, self._jobs = appearance, inspector, folder_desk, jobs
        self._actions: Mapping[str, QAction] = {}
        self._keyed: Sequence[Keyed] = ()

    def begin(self, actions: Mapping[str, QAction], keyed: Sequence[Keyed]) -> None:
        """Give commands and colours the keys and names that were chosen, and `keyed` parts their tooltips."""
        self._actions, self._keyed = actions, keyed
        self._apply()

    def _apply(self) -> None:
        apply_keys(self._settings, self._actions)
        names = self._settings.colour_names()
        self._inspector.set_colour_names(names)
        self.colours_named.emit(names)
        for part in self._keyed:
            part.show_keys(self._actions)
        self.expected.emit(expected_languages(self._settings))
        for number, name in enumerate(names.values(), 1):
            self._actions[f"colour_{number}"].setText(self.tr("Highlight in {colour}").format(colour=name))

    def dialog(self) -> PreferencesDialog:
        """Return the dialog over what holds now."""
        storage = StoragePage(self._settings, self._jobs, self._folder_desk.let_go)
        return PreferencesDialog(self._settings, self._appearance, self._actions, storage, self._window)

    def do_preferences(self) -> None:
        """Choose what holds for all articles."""
        self._ask(self.dialog())

    def do_choose_font(self) -> None:
        """Choose the fonts of the panes."""
        dialog = self.dialog()
        dialog.tabs.setCurrentWidget(dialog.reading)
        self._ask(dialog)

    def do_keys(self) -> None:
        """Show all keys, and change them where that is wanted."""
        shown = KeysDialog(self._actions, self._window)
        shown.change_wanted.connect(partial(shown.done, CHANGE))
        change = shown.exec() == CHANGE
        shown.deleteLater()
        if change:
            dialog = self.dialog()
            dialog.tabs.setCurrentWidget(dialog.keys)
            self._ask(dialog)

    def _ask(self, dialog: PreferencesDialog) -> None:
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        if agreed:
            before = target_language(self._settings)
            dialog.keep(self._settings)
            self._apply()
            self._appearance.apply()
            if before != target_language(self._settings):
                self._desk.workspace.target = target_language(self._settings)
                self._desk.target_changed()
        dialog.deleteLater()

    def do_choose_target(self) -> None:
        """Choose the language in which the open article is read."""
        opened = self._desk.opened
        if opened is None:
            return
        usual = self.tr("{language}, as all articles").format(language=language_name(self._desk.workspace.target))
        codes = {usual: "", **{language_name(code): code for code in targets()}}
        names = list(codes)
        now = next((n for n, code in enumerate(codes.values()) if code == opened.notes.notes.shown_in), 0)
        title, label = self.tr("This article into…"), self.tr("Read this article in:")
        answer, agreed = QInputDialog.getItem(self._window, title, label, names, now, False)
        if agreed and codes[answer] != opened.notes.notes.shown_in:
            self._desk.set_target(codes[answer])
