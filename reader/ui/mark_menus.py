"""The context menus of what is marked: of a place in the text, a row of the inspector, a passage without a place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from reader.annotations.annotation import COLOURS
from reader.page import Layer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QAction

    from reader.page import Mark
    from reader.text.span import Span
    from reader.ui.annotating import Annotator
    from reader.ui.desk import Desk
    from reader.ui.entry_list import Entry
    from reader.ui.reading import ReadingView

MOST_CANDIDATES = 8
"""Places offered for a passage that lost its own."""


class MarkMenus(QObject):
    """Show what can be done with the marks of a place; the annotator does it."""

    def __init__(
        self, annotator: Annotator, desk: Desk, reading: ReadingView, actions: Mapping[str, QAction], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._annotator, self._desk, self._reading = annotator, desk, reading
        self._actions, self._window = actions, parent

    def show_for_text(self, asked: tuple[QPoint, Span | None, int]) -> None:
        """Show the menu of a place in the text, as `ReadingView.menu_wanted` names it."""
        at, _, offset = asked
        self._show(self._of_place(offset), at)

    def show_for_entry(self, asked: tuple[QPoint, Entry]) -> None:
        """Show the menu of a passage or quote in the inspector; one without a place can be put somewhere."""
        at, entry = asked
        self._show(self._of_place(entry.places[0].start) if entry.places else self.of_unplaced(entry.key), at)

    def show_for_person(self, asked: tuple[QPoint, Entry]) -> None:
        """Show the menu of a person in the inspector."""
        at, entry = asked
        menu = QMenu(self._window)
        self._add_people_actions(menu, entry.key)
        self._show(menu, at)

    def _show(self, menu: QMenu | None, at: QPoint) -> None:
        if menu is not None:
            menu.exec(at)
            menu.deleteLater()

    def _of_place(self, offset: int) -> QMenu:
        annotator, actions = self._annotator, self._actions
        menu = QMenu(self._window)
        menu.addAction(actions["highlight"])
        menu.addMenu(self.tr("Colour")).addActions([actions[f"colour_{n}"] for n in range(1, len(COLOURS) + 1)])
        for name in ("note", "tag", "mark_quote", "mark_person"):
            menu.addAction(actions[name])
        for mark in annotator.marks_at(offset):
            menu.addSeparator()  # a section's own words are not drawn where a style sheet draws the line
            menu.addAction(annotator.words_of(mark)).setEnabled(False)
            self._add_mark_actions(menu, mark)
        menu.addSeparator()
        for name in ("copy", "copy_citation", "correct", "take_correction"):
            if name != "take_correction" or actions[name].isEnabled():
                menu.addAction(actions[name])
        return menu

    def _add_mark_actions(self, menu: QMenu, mark: Mark) -> None:
        annotator = self._annotator
        if not mark.stored:
            menu.addAction(self.tr("Accept"), partial(annotator.accept, mark))
        wording = self.tr("Remove") if mark.layer is Layer.HIGHLIGHT else self.tr("Reject")
        menu.addAction(wording, partial(annotator.remove, mark))
        if mark.layer in (Layer.QUOTE, Layer.TERM):
            menu.addAction(self.tr("Reassign speaker…"), partial(annotator.reassign, mark))
        if mark.layer is Layer.PERSON and mark.name:
            self._add_people_actions(menu, mark.name)

    def _add_people_actions(self, menu: QMenu, person: str) -> None:
        annotator = self._annotator
        menu.addAction(self.tr("Rename…"), partial(annotator.rename, person))
        menu.addAction(self.tr("Merge with…"), partial(annotator.merge, person))
        menu.addAction(self.tr("Split off a spelling…"), partial(annotator.split, person))
        menu.addAction(self.tr("Not a person"), partial(annotator.not_a_person, person))

    def of_unplaced(self, key: str) -> QMenu | None:
        """Return the menu of places for an annotation without one, None where it has a place."""
        opened = self._desk.opened
        found = next((each for each in opened.unplaced() if each[0].id == key), None) if opened else None
        if opened is None or found is None:
            return None
        menu, place = QMenu(self._window), self._annotator.place
        for span in found[1].candidates[:MOST_CANDIDATES]:
            around = opened.article.text[max(0, span.start - 30) : span.end + 30]
            words = self.tr("Place at “…{around}…”").format(around=" ".join(around.split())[:90])
            menu.addAction(words, partial(place, key, span))
        selected = self._reading.selected_span()
        if selected is not None:
            menu.addAction(self.tr("Place on the selection"), partial(place, key, selected))
        else:
            menu.addAction(self.tr("Select its new place in the original, then come back")).setEnabled(False)
        menu.addAction(self.tr("Remove"), partial(self._annotator.remove_unplaced, key))
        return menu
