"""A tab of the inspector: a filter box and an order over a list of entries, with words for an empty one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from reader.ui.entry_list import ENTRY_ROLE, Entry, EntryDelegate, EntryModel, EntryView, Index

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reader.ui.settings import Settings
    from reader.ui.theme import Theme

SortKey = Callable[[Entry], tuple[int, str]]


class EntryFilter(QSortFilterProxyModel):
    """Keep entries in which every word of the filter occurs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._asides = False
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

    def show_asides(self, asides: bool) -> None:
        """Let asides through, or not."""
        self.beginFilterChange()
        self._asides = asides
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        index = self.sourceModel().index(row, 0)
        if index.data(ENTRY_ROLE).aside and not self._asides:
            return False
        shown = str(index.data()).casefold()
        return all(word in shown for word in self._words)


class EntryTab(QWidget):
    """A filter box and an order over a list of entries, with words for an empty list.

    Signals:
        entry_chosen: `(entry, place index)`; choosing a person again leads to the next mention.
        menu_wanted: `(global position, entry)`.
        counted: there are more entries, or fewer.
    """

    entry_chosen = Signal(object)
    menu_wanted = Signal(object)
    counted = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        empty: str,
        sorts: Mapping[str, tuple[str, SortKey | None]],
        asides: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`sorts` are the words of each order and what it goes by, the first one holds at the start.

        `asides` are the words for showing `{n}` asides, and what they are.
        """
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
        for order, (words, _) in sorts.items():
            self.sort.addItem(words, order)
        self._sorts = tuple(key for _, key in sorts.values())
        self.sort.currentIndexChanged.connect(self._sort)
        self._asides, what = asides or ("", "")
        self.asides = QCheckBox(self._asides.format(n=0))
        self.asides.setToolTip(what)
        self.asides.toggled.connect(self._show_asides)
        self.view = EntryView()
        self.view.setObjectName("entries")
        self.view.setAccessibleName(name)
        self.view.setModel(self._order)
        self.view.setMouseTracking(True)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)  # a huge article has thousands of rows to measure
        self.view.setBatchSize(25)
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
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(12, 0, 16, 0)
        if asides:
            below.addWidget(self.asides)
        below.addStretch(1)
        below.addWidget(self.count)
        self.layout_.addLayout(line)
        self.layout_.addWidget(self._below)
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

    @property
    def total(self) -> int:
        """How many entries there are without the filter; asides count where they are shown."""
        return sum(self.asides.isChecked() or not entry.aside for entry in self.model.entries)

    def set_notes(self, notes: Mapping[str, str]) -> None:
        """Give the entries of these keys a note."""
        self.model.set_notes(notes)

    def keep(self, settings: Settings, name: str) -> None:
        """Keep order and filter for the next run."""
        settings.set(f"inspector/{name}_sort", self.sort.currentData())
        settings.set(f"inspector/{name}_filter", self.filter.text())

    def restore(self, settings: Settings, name: str) -> None:
        """Take up order and filter of the last run."""
        self.sort.setCurrentIndex(max(0, self.sort.findData(settings.text(f"inspector/{name}_sort"))))
        self.filter.setText(settings.text(f"inspector/{name}_filter"))

    def _show_asides(self, asides: bool) -> None:
        self._order.show_asides(asides)
        self._say_empty()

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
        total, left = self.total, self._order.rowCount()
        self.count.setText(self.tr("{n} of {all}").format(n=left, all=total) if 0 < left < total else "")
        apart = sum(entry.aside for entry in self.model.entries)
        self.asides.setText(self._asides.format(n=apart))
        self.asides.setVisible(apart > 0)
        self._below.setVisible(0 < left < total or apart > 0)
        filtered = self.tr("Nothing in this list has “{words}”. Clear the filter to see all {n}.")
        words = filtered.format(words=self.filter.text().strip(), n=total) if total else self._why_empty
        self.empty.setText(words)
        self.empty.setVisible(left == 0)
        self.counted.emit()

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
