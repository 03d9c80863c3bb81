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
            {self.tr("Place"): None, self.tr("Colour"): _colour, self.tr("Note"): _name},
        )
        self.quotes = EntryTab(
            theme,
            self.tr("Quotes"),
            self.tr(
                "The quotes of the open article stand here. Where one was missed, select it and choose "
                "Annotate → Mark Selection as Quote."
            ),
            {self.tr("Place"): None, self.tr("Speaker"): _name},
        )
        self.people = EntryTab(
            theme,
            self.tr("People"),
            self.tr(
                "The people of the open article stand here. Where one was missed, select the name and choose "
                "Annotate → Mark Selection as Person."
            ),
            {self.tr("Mentions"): None, self.tr("Name"): _name, self.tr("Place"): _place},
        )
        self.editor = PassageEditor(theme)
        self.passages.layout_.addWidget(self.editor)
        for tab, label in ((self.passages, "Passages"), (self.quotes, "Quotes"), (self.people, "People")):
            self.addTab(tab, self.tr(label))

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        for tab in (self.passages, self.quotes, self.people):
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
        for number, (tab, label) in enumerate(
            ((self.passages, self.tr("Passages")), (self.quotes, self.tr("Quotes")), (self.people, self.tr("People")))
        ):
            count = len(tab.model.entries)
            self.setTabText(number, f"{label} {count}" if count else label)
