"""The right side: passages, quotes and people of the open article as lists, and the editor of a passage's note."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QWidget

from reader.annotations.annotation import COLOURS
from reader.ui.entry_tab import EntryTab
from reader.ui.passage_editor import PassageEditor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.ui.entry_list import Entry
    from reader.ui.settings import Settings
    from reader.ui.theme import Theme


def _place(entry: Entry) -> tuple[int, str]:
    return entry.places[0].start if entry.places else sys.maxsize, ""


def _name(entry: Entry) -> tuple[int, str]:
    return int(entry.faint), entry.heading.casefold()


def _colour(entry: Entry) -> tuple[int, str]:
    return COLOURS.index(entry.colour) if entry.colour in COLOURS else len(COLOURS), ""


class Inspector(QTabWidget):
    """The three tabs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.passages = EntryTab(
            theme,
            self.tr("Passages"),
            self.tr(
                "What you highlight stands here, with your notes and tags. Select text in either pane, then choose "
                "Annotate → Highlight."
            ),
            {
                "place": (self.tr("Place"), None),
                "colour": (self.tr("Colour"), _colour),
                "note": (self.tr("Note"), _name),
            },
        )
        self.quotes = EntryTab(
            theme,
            self.tr("Quotes"),
            self.tr(
                "The quotes of the open article stand here. Where one was missed, select it and choose "
                "Annotate → Mark Selection as Quote."
            ),
            {"place": (self.tr("Place"), None), "speaker": (self.tr("Speaker"), _name)},
            (self.tr("Show terms ({n})"), self.tr("Names and single words in quotation marks: nobody's speech")),
        )
        self.people = EntryTab(
            theme,
            self.tr("People"),
            self.tr(
                "The people of the open article stand here. Where one was missed, select the name and choose "
                "Annotate → Mark Selection as Person."
            ),
            {
                "mentions": (self.tr("Mentions"), None),
                "name": (self.tr("Name"), _name),
                "place": (self.tr("Place"), _place),
            },
        )
        self.editor = PassageEditor(theme)
        self.passages.layout_.addWidget(self.editor)
        self._labels = (self.tr("Passages"), self.tr("Quotes"), self.tr("People"))
        for tab, label in zip(self.tabs.values(), self._labels, strict=True):
            self.addTab(tab, label)
            tab.counted.connect(self.show_counts)

    @property
    def tabs(self) -> dict[str, EntryTab]:
        """The tabs by the names that the settings have for them."""
        return {"passages": self.passages, "quotes": self.quotes, "people": self.people}

    def keep(self, settings: Settings) -> None:
        """Keep orders, filters and the tab for the next run."""
        for name, tab in self.tabs.items():
            tab.keep(settings, name)
            if tab is self.currentWidget():
                settings.set("inspector/tab", name)
        settings.set("inspector/terms", self.quotes.asides.isChecked())

    def restore(self, settings: Settings) -> None:
        """Take up orders, filters and the tab of the last run."""
        for name, tab in self.tabs.items():
            tab.restore(settings, name)
        self.setCurrentWidget(self.tabs[settings.text("inspector/tab", "passages")])
        self.quotes.asides.setChecked(settings.flag("inspector/terms", False))

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        for tab in self.tabs.values():
            tab.delegate.theme = theme
            tab.view.viewport().update()
        self.editor.set_theme(theme)

    def set_colour_names(self, names: Mapping[str, str]) -> None:
        """Call the colours what the person calls them."""
        self.editor.set_colour_names(names)
        self.passages.model.colour_names = self.passages.delegate.colour_names = names
        self.passages.view.viewport().update()

    def show_counts(self) -> None:
        """Put the numbers of entries on the tabs."""
        for number, (tab, label) in enumerate(zip(self.tabs.values(), self._labels, strict=True)):
            self.setTabText(number, f"{label} {tab.total}" if tab.total else label)
