"""The right side: passages, quotes and people of the open article as lists, and the editor of a passage's note."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.annotation import COLOURS
from reader.ui.actions import with_keys
from reader.ui.drawing import draw_lines, lines_height, scaled
from reader.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QAction, QContextMenuEvent, QResizeEvent

    from reader.annotations.annotation import Annotation
    from reader.text.span import Span
    from reader.ui.theme import Theme

ENTRY_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the inspector: heading, text and translation, with the places in the article it leads to.

    `key` is the mark's key (a person's name on the people tab); `colour` that of an own highlight; `faint`
    draws the heading as an absence ("No named speaker"); `badge` is a count at the right.
    """

    key: str
    heading: str
    text: str
    translation: str = ""
    places: tuple[Span, ...] = ()
    colour: str | None = None
    badge: str = ""
    faint: bool = False


SortKey = Callable[[Entry], tuple[int, str]]


def _place(entry: Entry) -> tuple[int, str]:
    return entry.places[0].start if entry.places else sys.maxsize, ""


def _name(entry: Entry) -> tuple[int, str]:
    return int(entry.faint), entry.heading.casefold()


def _colour(entry: Entry) -> tuple[int, str]:
    return COLOURS.index(entry.colour) if entry.colour in COLOURS else len(COLOURS), ""


class EntryModel(QAbstractListModel):
    """The entries of one tab."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self.colour_names: Mapping[str, str] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            colour = f" ({self.colour_names.get(entry.colour, entry.colour)})" if entry.colour else ""
            return f"{entry.heading}{colour}: {entry.text} {entry.translation}".strip()
        return None

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Replace the entries; equal ones change nothing."""
        if tuple(entries) != self._entries:
            self.beginResetModel()
            self._entries = tuple(entries)
            self.endResetModel()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries in the order of the text."""
        return self._entries


class EntryDelegate(QStyledItemDelegate):
    """Draw an entry: a colour bar, heading and badge, three lines of text, two of translation."""

    SIDE, TOP, TEXT_LINES, TRANSLATION_LINES = 16, 9, 3, 2

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
        height = lines_height(entry.heading, heading, width, 1) + lines_height(entry.text, option.font, width, 3)
        height += lines_height(entry.translation, small, width, 2) + 3 * bool(entry.translation)
        return QSize(60, height + 2 * self.TOP + 3)

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
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        inside = option.rect.adjusted(self.SIDE, self.TOP, -self.SIDE, -self.TOP)
        if entry.colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour(f"highlight_edges.{entry.colour}"))
            painter.drawRoundedRect(QRectF(inside.left() - 9, inside.top() + 1, 3, inside.height() - 2), 1.5, 1.5)
        y = self._paint_heading(painter, inside, entry, heading)
        ink = self.theme.colour("text.normal")
        rest = QRect(inside.left(), y + 2, inside.width(), inside.height())
        y = draw_lines(painter, rest, entry.text, option.font, ink, self.TEXT_LINES)
        rest.moveTop(y + 3)
        draw_lines(painter, rest, entry.translation, small, self.theme.colour("text.muted"), self.TRANSLATION_LINES)
        painter.restore()

    def _paint_heading(self, painter: QPainter, inside: QRect, entry: Entry, font: QFont) -> int:
        room = QRect(inside)
        if badge := entry.badge or self.colour_names.get(entry.colour or "", ""):
            painter.setFont(font)
            painter.setPen(self.theme.colour("text.muted"))
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, badge)
            room.setRight(inside.right() - painter.fontMetrics().horizontalAdvance(badge) - 8)
        ink = self.theme.colour("text.muted" if entry.faint else "text.normal")
        return draw_lines(painter, room, entry.heading, font, ink, 1)


class EntryFilter(QSortFilterProxyModel):
    """Keep entries in which every word of the filter occurs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._key: SortKey | None = None

    def set_key(self, key: SortKey | None) -> None:
        """Sort by what `key` says of an entry, with none as the entries come."""
        self._key = key
        self.invalidate()
        self.sort(0 if key else -1)

    def lessThan(self, left: Index, right: Index) -> bool:
        if self._key is None:
            return left.row() < right.row()
        first, second = (self._key(index.data(ENTRY_ROLE)) for index in (left, right))
        return (first, left.row()) < (second, right.row())

    def set_words(self, text: str) -> None:
        """Filter as the person types."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        shown = str(self.sourceModel().index(row, 0).data()).casefold()
        return all(word in shown for word in self._words)


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


class EntryTab(QWidget):
    """A filter box and an order over a list of entries, with words for an empty list.

    Signals:
        entry_chosen: `(entry, place index)`; choosing a person again leads to the next mention.
        menu_wanted: `(global position, entry)`.
    """

    entry_chosen = Signal(object)
    menu_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        empty: str,
        sorts: Mapping[str, SortKey | None],
        parent: QWidget | None = None,
    ) -> None:
        """`sorts` are the words of each order and what it goes by, the first one holds at the start."""
        super().__init__(parent)
        self.model = EntryModel(self)
        self._order = EntryFilter(self)
        self._order.setSourceModel(self.model)
        self._turn: tuple[str, int] = ("", -1)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter {list}").format(list=name))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.filter.installEventFilter(self)
        self.sort = QComboBox()
        self.sort.setAccessibleName(self.tr("Sort {list}").format(list=name))
        self.sort.addItems(list(sorts))
        self._sorts = tuple(sorts.values())
        self.sort.currentIndexChanged.connect(self._sort)
        self.view = EntryView()
        self.view.setAccessibleName(name)
        self.view.setModel(self._order)
        self.view.setMouseTracking(True)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)  # a huge article has thousands of rows to measure
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.delegate = EntryDelegate(theme, self.view)
        self.view.setItemDelegate(self.delegate)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.view.menu_wanted.connect(self.menu_wanted)
        self._why_empty = empty
        self.empty = QLabel()
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setContentsMargins(16, 8, 16, 8)
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 8, 0, 0)
        self.layout_.setSpacing(6)
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(6)
        line.addWidget(self.filter, 1)
        line.addWidget(self.sort)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.count.setContentsMargins(16, 0, 16, 0)
        self.layout_.addLayout(line)
        self.layout_.addWidget(self.count)
        self.layout_.addWidget(self.empty)
        self.layout_.addWidget(self.view, 1)
        self.show_entries(())

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Replace the list; the chosen entry stays chosen."""
        chosen = self.view.currentIndex().data(ENTRY_ROLE) if self.view.currentIndex().isValid() else None
        self.model.set_entries(entries)
        self._say_empty()
        if chosen is not None:
            self.select(chosen.key)

    def _filter(self, words: str) -> None:
        self._order.set_words(words)
        self._say_empty()

    def _sort(self, number: int) -> None:
        self._order.set_key(self._sorts[number])
        self.view.scrollTo(self.view.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            into = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if into and self._order.rowCount():  # from the filter into the list, without the mouse
                if not self.view.currentIndex().isValid():
                    self.view.setCurrentIndex(self._order.index(0, 0))
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _say_empty(self) -> None:
        """Say how many entries the filter leaves, and over an empty list why it is empty, and what to do."""
        total = len(self.model.entries)
        left = self._order.rowCount()
        self.count.setText(self.tr("{n} of {all}").format(n=left, all=total))
        self.count.setVisible(0 < left < total)
        filtered = self.tr("Nothing in this list has “{words}”. Clear the filter to see all {n}.")
        words = filtered.format(words=self.filter.text().strip(), n=total) if total else self._why_empty
        self.empty.setText(words)
        self.empty.setVisible(self._order.rowCount() == 0)

    def select(self, key: str) -> None:
        """Mark the entry of a key as chosen."""
        for row in range(self._order.rowCount()):
            if self._order.index(row, 0).data(ENTRY_ROLE).key == key:
                self.view.setCurrentIndex(self._order.index(row, 0))

    def chosen(self) -> Entry | None:
        """Return the chosen entry."""
        index = self.view.currentIndex()
        return index.data(ENTRY_ROLE) if index.isValid() else None

    def _choose(self, index: QModelIndex) -> None:
        entry: Entry = index.data(ENTRY_ROLE)
        number = (self._turn[1] + 1) % max(1, len(entry.places)) if self._turn[0] == entry.key else 0
        self._turn = (entry.key, number)
        self.entry_chosen.emit((entry, number))


class TagCompleter(QCompleter):
    """Complete the tag being typed, the last one of a list with commas, from tags used before."""

    def __init__(self, field: QLineEdit) -> None:
        self._tags = QStringListModel()
        super().__init__(self._tags, field)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self._field = field
        field.setCompleter(self)

    def set_tags(self, tags: Iterable[str]) -> None:
        """Offer these tags."""
        self._tags.setStringList(list(tags))

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: Index) -> str:
        before = self._field.text().rpartition(",")[0].strip()
        tag = str(self._tags.data(index) if index.model() is self._tags else index.data())
        return f"{before}, {tag}" if before else tag


class PassageEditor(QWidget):
    """Note, tags and colour of the chosen passage; changes are reported as they are made.

    Signals:
        note_changed: `(annotation id, note)` while typing.
        tags_changed: `(annotation id, tags)` when the field is left.
        colour_chosen: `(annotation id, colour name)`.
    """

    note_changed = Signal(object)
    tags_changed = Signal(object)
    colour_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id: str | None = None
        self._buttons: dict[str, QToolButton] = {}
        self._names: Mapping[str, str] = {}
        colours = QHBoxLayout()
        colours.setSpacing(2)
        for name in COLOURS:
            button = QToolButton()
            button.setCheckable(True)
            button.setProperty("colour", name)
            button.clicked.connect(self._choose_colour)
            self._buttons[name] = button
            colours.addWidget(button)
        colours.addStretch(1)
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText(self.tr("Note on this passage"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(96)
        self.note.textChanged.connect(self._report_note)
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(self.tr("Tags, separated by commas"))
        self.tags.setAccessibleName(self.tr("Tags"))
        self.tags.editingFinished.connect(self._report_tags)
        self.known_tags = TagCompleter(self.tags)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(6)
        layout.addLayout(colours)
        layout.addWidget(self.note)
        layout.addWidget(self.tags)
        self.set_colour_names({name: name.capitalize() for name in COLOURS})
        self.set_theme(theme)
        self.show_annotation(None)

    def set_colour_names(self, names: Mapping[str, str]) -> None:
        """Call the colours what the person calls them."""
        self._names = names
        for colour, name in names.items():
            self._buttons[colour].setAccessibleName(self.tr("Colour {colour}").format(colour=name))

    def show_keys(self, actions: Mapping[str, QAction]) -> None:
        """Name the colours and their keys in tooltips."""
        for number, (colour, name) in enumerate(self._names.items(), 1):
            self._buttons[colour].setToolTip(with_keys(name, actions[f"colour_{number}"]))

    def set_theme(self, theme: Theme) -> None:
        """Draw the colour buttons in another theme."""
        for name, button in self._buttons.items():
            edge, fill = theme.colour(f"highlight_edges.{name}"), theme.colour(f"highlights.{name}")
            button.setIcon(icon("swatch", edge, fill))
            button.setIconSize(QSize(16, 16))

    def show_annotation(self, annotation: Annotation | None) -> None:
        """Edit another annotation; what is being typed into the same one is left alone."""
        self.setVisible(annotation is not None)
        if annotation is None:
            self._id = None
            return
        same = annotation.id == self._id
        self._id = annotation.id
        if not (same and self.note.hasFocus()) and self.note.toPlainText() != annotation.note:
            self.note.blockSignals(True)
            self.note.setPlainText(annotation.note)
            self.note.blockSignals(False)
        if not (same and self.tags.hasFocus()):
            self.tags.setText(", ".join(annotation.tags))
        for name, button in self._buttons.items():
            button.setChecked(name == annotation.colour)

    def finish(self) -> None:
        """Report what is typed but not reported yet."""
        self._report_tags()

    def _report_note(self) -> None:
        if self._id is not None:
            self.note_changed.emit((self._id, self.note.toPlainText()))

    def _report_tags(self) -> None:
        if self._id is not None:
            tags = tuple(tag.strip() for tag in self.tags.text().split(",") if tag.strip())
            self.tags_changed.emit((self._id, tags))

    def _choose_colour(self) -> None:
        if self._id is not None:
            self.colour_chosen.emit((self._id, self.sender().property("colour")))


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
