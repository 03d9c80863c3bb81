"""A list of entries: what was found or marked in articles, with heading, text and translation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QLineF,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.ui.drawing import draw_lines, lines_height, plain, scaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QContextMenuEvent, QResizeEvent

    from reader.text.span import Span
    from reader.ui.theme import Theme

ENTRY_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the inspector: heading, text and translation, with the places in the article it leads to.

    `key` is the mark's key (a person's name on the people tab); `colour` that of an own highlight; `faint`
    draws the heading as an absence ("No named speaker"); `badge` is a count at the right; `note` says something about
    all this (why two quotes may be one, where else a person is named); `why` is for the tooltip; an `aside` is
    listed only where a person asks for such.
    """

    key: str
    heading: str
    text: str
    translation: str = ""
    places: tuple[Span, ...] = ()
    colour: str | None = None
    badge: str = ""
    faint: bool = False
    note: str = ""
    why: str = ""
    aside: bool = False


class EntryModel(QAbstractListModel):
    """The entries of one tab."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._notes: Mapping[str, str] = {}
        self.colour_names: Mapping[str, str] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            colour = f" ({self.colour_names.get(entry.colour, entry.colour)})" if entry.colour else ""
            words = " ".join(filter(None, (entry.text, entry.translation, entry.note)))
            return f"{entry.heading}{colour}: {words}" if words else f"{entry.heading}{colour}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole) and entry.why:
            return plain(entry.why) if role == Qt.ItemDataRole.ToolTipRole else entry.why
        return None

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Replace the entries; equal ones change nothing."""
        entries = tuple(replace(entry, note=self._notes.get(entry.key, entry.note)) for entry in entries)
        if entries != self._entries:
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()

    def set_notes(self, notes: Mapping[str, str]) -> None:
        """Give the entries of these keys a note; those that come later, too."""
        self._notes = notes
        for row, entry in enumerate(self._entries):
            if (words := notes.get(entry.key, "")) != entry.note:
                changed = replace(entry, note=words)
                self._entries = (*self._entries[:row], changed, *self._entries[row + 1 :])
                self.dataChanged.emit(self.index(row), self.index(row))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries in the order of the text."""
        return self._entries


class EntryDelegate(QStyledItemDelegate):
    """Draw an entry: a colour bar, heading and badge, three lines of text, two of translation, two of a note."""

    SIDE, TOP, GAP, TEXT_LINES, TRANSLATION_LINES = 16, 8, 2, 3, 2

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self.colour_names: Mapping[str, str] = {}
        self._view = view

    def _fonts(self, option: QStyleOptionViewItem) -> tuple[QFont, QFont]:
        return scaled(option.font, 1, QFont.Weight.DemiBold), scaled(option.font, 0.94)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(ENTRY_ROLE)
        heading, small = self._fonts(option)
        width = self._view.viewport().width() - 2 * self.SIDE
        height = lines_height(entry.heading, heading, width, 1)
        for text, font, lines, _ in self._parts(entry, option.font, small):
            height += self.GAP + lines_height(text, font, width, lines)
        return QSize(60, height + 2 * self.TOP + 1)

    def _parts(self, entry: Entry, font: QFont, small: QFont) -> list[tuple[str, QFont, int, str]]:
        """Return what stands below the heading, with its font, its lines at most and its colour."""
        parts = (
            (entry.text, font, self.TEXT_LINES, "text.normal"),
            (entry.translation, small, self.TRANSLATION_LINES, "text.muted"),
            (entry.note, small, self.TRANSLATION_LINES, "text.accent"),
        )
        return [part for part in parts if part[0]]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY_ROLE)
        heading, small = self._fonts(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self.theme.colour("surfaces.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, self.theme.colour("surfaces.hover"))
        painter.setPen(QPen(self.theme.colour("surfaces.line"), 1))
        below = option.rect.bottom() + 0.5
        painter.drawLine(QLineF(option.rect.left(), below, option.rect.right() + 1, below))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self.theme.colour("text.accent"), 1))
            painter.drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -1.5))
        inside = option.rect.adjusted(self.SIDE, self.TOP, -self.SIDE, -self.TOP)
        if entry.colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour(f"highlight_edges.{entry.colour}"))
            painter.drawRoundedRect(QRectF(inside.left() - 9, inside.top() + 1, 3, inside.height() - 2), 1.5, 1.5)
        y = self._paint_heading(painter, inside, entry, heading)
        for text, font, lines, role in self._parts(entry, option.font, small):
            ink = self.theme.colour(role)
            y = draw_lines(painter, QRect(inside.left(), y + self.GAP, inside.width(), 0), text, font, ink, lines)
        painter.restore()

    def _paint_heading(self, painter: QPainter, inside: QRect, entry: Entry, font: QFont) -> int:
        room = QRect(inside)
        if badge := entry.badge or self.colour_names.get(entry.colour or "", ""):
            font_of_badge = scaled(font, 0.94, QFont.Weight.Normal)
            ink = self.theme.colour("text.muted")
            draw_lines(painter, inside, badge, font_of_badge, ink, 1, Qt.LayoutDirection.RightToLeft)
            room.setRight(inside.right() - painter.fontMetrics().horizontalAdvance(badge) - 8)
        ink = self.theme.colour("text.muted" if entry.faint else "text.normal")
        return draw_lines(painter, room, entry.heading, font, ink, 1)


class EntryView(QListView):
    """A list whose rows are laid out again when its width changes.

    Signals:
        menu_wanted: `(global position, entry)`.
    """

    menu_wanted = Signal(object)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos()) if event.reason() == event.Reason.Mouse else self.currentIndex()
        if index.isValid():
            self.menu_wanted.emit((event.globalPos(), index.data(ENTRY_ROLE)))
