"""What the tabs of the window over the whole folder share: a line that filters, lists of entries, work on the index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reader.articles.reading import shown_name
from reader.ui.entry_list import Entry, EntryDelegate, EntryModel, EntryView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QLayout, QListView

    from reader.library.index import Index
    from reader.text.errors import ReaderError
    from reader.ui.jobs import Job
    from reader.ui.theme import Theme

TYPING = 180
"""Milliseconds after the last key until the index is asked."""
LONG = frozenset({"days", "alike", "same"})
"""What may take seconds in a large folder, and is waited for less than a list."""
SIDE, GAP = 16, 8
"""The margin of the window's parts, and what lies between two of them."""


class EntryList(EntryView):
    """A list of entries that stand for values.

    Signals:
        chosen: the value of an entry that was activated, or clicked where that is enough.
        picked: the values that are selected now.
    """

    chosen = Signal(object)
    picked = Signal(object)

    def __init__(self, theme: Theme, name: str, *, several: bool = False, click_chooses: bool = False) -> None:
        super().__init__()
        self.model_ = EntryModel(self)
        self.delegate = EntryDelegate(theme, self)
        self._values: list[object] = []
        self.setModel(self.model_)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setLayoutMode(EntryView.LayoutMode.Batched)
        self.setVerticalScrollMode(EntryView.ScrollMode.ScrollPerPixel)
        if several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.activated.connect(self._choose)
        if click_chooses:
            self.clicked.connect(self._choose)
        self.selectionModel().selectionChanged.connect(self._selected)

    def show_values(self, values: Sequence[object], entries: Sequence[Entry], row: int | None = None) -> None:
        """Replace the list and select a row, the last one where there are fewer."""
        self._values = list(values)
        self.model_.set_entries(entries)
        if row is not None and values:
            self.setCurrentIndex(self.model_.index(min(row, len(values) - 1)))

    def values(self) -> list[Any]:
        """Return the values that are selected."""
        return [self._values[index.row()] for index in sorted(self.selectedIndexes())]

    def value_at(self, index: QModelIndex) -> object:
        """Return the value of a row, None where there is none."""
        return self._values[index.row()] if index.isValid() else None

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.delegate.theme = theme
        self.viewport().update()

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._values[index.row()])

    def _selected(self, selected: QItemSelection) -> None:
        self.picked.emit(self.values())


class FolderTab(QWidget):
    """A line to type in, above a list that follows it.

    Signals:
        place_chosen: `(path, span)` to be opened.
        work_wanted: `(key, work, done, failed)`: `work` is to be called with the index and its job in the background;
            what was asked before under the same key is wanted no more, unless the key is "". Work of a key in `LONG`
            holds up no other.
        said: `(words, level)` for the messages.
    """

    place_chosen = Signal(object)
    work_wanted = Signal(object)
    said = Signal(str, str)

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(hint)
        self.filter.setAccessibleName(name)
        self.filter.setClearButtonEnabled(True)
        self.folder: Path | None = None
        """What is looked into."""
        self.indexing = ""
        """Why lists may be empty: the index is not whole yet; "" where it is."""
        self.asked = ""
        """The line for which was asked last."""
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._typing.timeout.connect(self.look)
        self.filter.textChanged.connect(self._typed)
        self.filter.returnPressed.connect(self.enter_list)
        shortcut("Down", self.filter, self.enter_list)

    def look(self) -> None:
        """Fetch what the line asks for."""
        raise NotImplementedError

    def list_view(self) -> QListView:
        """Return the list that follows the line."""
        raise NotImplementedError

    def panes(self) -> list[QWidget]:
        """Return the parts that F6 goes round."""
        return [self.filter, self.list_view()]

    def set_indexing(self, words: str) -> None:
        """Say this in place of “nothing” until the index is whole, which "" says."""
        self.indexing = words

    def ask(self, key: str, work: Callable[[Index, Job], Any], done: Callable[[Any], None]) -> None:
        """Let `work` be done in the background; its errors are said."""
        self.work_wanted.emit((key, work, done, self.failed))

    def failed(self, error: ReaderError) -> None:
        """Say why something could not be done."""
        self.said.emit(str(error), "error")

    def enter_list(self) -> None:
        """Go from the line into the list, and fetch it where the line was changed a moment ago."""
        if self._typing.isActive():
            self.look()
        view = self.list_view()
        if view.model().rowCount():
            view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not view.currentIndex().isValid():
                view.setCurrentIndex(view.model().index(0, 0))

    def _typed(self) -> None:
        self._typing.start()

    def taken_up(self) -> str:
        """Return what stands in the line, and wait no longer for more of it."""
        self._typing.stop()
        self.asked = self.filter.text()
        return self.asked


def name_in(folder: Path | None, path: Path) -> str:
    """Return an article's name for the eye, with its subfolder: other subfolders may have a file of that name."""
    within = path.relative_to(folder).parts if folder is not None and path.is_relative_to(folder) else (path.name,)
    named = "/".join(shown_name(Path(part)) for part in within[-2:])
    return f"…/{named}" if len(within) > 2 else named


def label(words: str = "", role: str = "muted") -> QLabel:
    """Return a label of plain text that may take several lines."""
    made = QLabel(words)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    return made


def shortcut(
    key: str | QKeySequence.StandardKey,
    widget: QWidget,
    slot: Callable[[], None],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetShortcut,
) -> None:
    """Let a key do something while the focus is on a widget."""
    made = QShortcut(QKeySequence(key), widget)
    made.setContext(context)  # PySide 6.11 ignores one that is given to the constructor
    made.activated.connect(slot)


def key_on(button: QPushButton, key: str, view: QWidget) -> None:
    """Let a key press a button while the focus is on a list; the tooltip tells."""
    button.setToolTip(key)
    shortcut(key, view, button.click)


def undo_keys(tab: QWidget, undo: QPushButton, redo: QPushButton) -> None:
    """Let the usual keys press the buttons while the focus is in the tab, but for a line that has its own undo."""
    for button, standard in ((undo, QKeySequence.StandardKey.Undo), (redo, QKeySequence.StandardKey.Redo)):
        shortcut(standard, tab, button.click, Qt.ShortcutContext.WidgetWithChildrenShortcut)


def show_undo(undo: QPushButton, redo: QPushButton, undone: str | None, redone: str | None) -> None:
    """Let the buttons say what they take back and make again."""
    for button, label, standard in (
        (undo, undone, QKeySequence.StandardKey.Undo),
        (redo, redone, QKeySequence.StandardKey.Redo),
    ):
        keys = QKeySequence(standard).toString(QKeySequence.SequenceFormat.NativeText)
        button.setEnabled(label is not None)
        button.setToolTip(f"{label} ({keys})" if label else "")


def row_of(*parts: QWidget | None) -> QHBoxLayout:
    """Return a line of widgets, None where what follows goes to the right."""
    line = QHBoxLayout()
    line.setSpacing(GAP)
    for part in parts:
        line.addStretch(1) if part is None else line.addWidget(part)
    return line


def column_of(*parts: QWidget | QLayout) -> QVBoxLayout:
    """Return widgets and lines one below the other."""
    column = QVBoxLayout()
    column.setSpacing(GAP)
    for part in parts:
        column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
    return column


def in_columns(tab: QWidget, left: QLayout, right: QLayout, sizes: tuple[int, int]) -> None:
    """Lay a tab out in two columns that can be drawn wider."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setChildrenCollapsible(False)
    for column, margins in ((left, (SIDE, 12, 12, 12)), (right, (SIDE, 12, SIDE, 12))):
        column.setContentsMargins(*margins)
        side = QWidget()
        side.setLayout(column)
        splitter.addWidget(side)
    splitter.setSizes(list(sizes))
    splitter.setStretchFactor(1, 1)
    layout = QVBoxLayout(tab)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(splitter)
