"""The library's list on screen: its rows' heights, its place while they change, and what keys and mouse do to it.

A table view of one column: a list or tree view asks for the height of each of 10,000 rows whenever they change
(70 to 170 ms), a table keeps them in its header, which is told the few that differ.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from reader.library.listing import Group, ListedArticle
from reader.ui.library_rows import LibraryDelegate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from reader.ui.library_model import LibraryModel
    from reader.ui.theme import Theme


class LibraryView(QTableView):
    """The list. Left and Right close and open groups, Return and Space act on the row.

    Signals:
        article_chosen: a person came to the article of the payload's path.
        menu_wanted: `(global position, row)`.
    """

    article_chosen = Signal(object)
    menu_wanted = Signal(object)

    def __init__(self, model: LibraryModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articles")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalScrollBar().setSingleStep(24)
        self.delegate = LibraryDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self._rows = model
        self._quiet = False
        self._at_heading = False
        self._fitted = 0
        self._narrowed = QTimer(self, singleShot=True, interval=40)
        self._narrowed.timeout.connect(self._fit_width)
        self._open: Path | None = None
        self._place: tuple[str | None, Path | None] | None = None
        self._anchor: tuple[tuple[str | None, Path | None], int] | None = None
        self.setModel(model)
        model.rearranging.connect(self._keep_place)
        model.rearranged.connect(self._restore_place)
        model.dataChanged.connect(self._row_changed)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.clicked.connect(self._clicked)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.delegate.set_theme(theme)
        self.viewport().update()

    @property
    def open_article(self) -> Path | None:
        """The article that was chosen last."""
        return self._open

    # -- the current row -----------------------------------------------------------------------------------------

    def show_current(self, path: Path | None) -> None:
        """Make an article's row the current one without choosing it again; its group opens."""
        self._open, self._at_heading = path, False
        row = self._rows.row_at(self._group_of_current(), path) if path else None
        if row is None:
            return
        with self._silent():
            self.setCurrentIndex(self._rows.index(row, 0))
            self.scrollTo(self.currentIndex())

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) article in the shown order."""
        row = self.currentIndex().row() + by
        while 0 <= row < self._rows.rowCount() and isinstance(self._rows.at(row), Group):
            row += by
        if 0 <= row < self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(row, 0))

    def _group_of_current(self) -> str | None:
        return self._rows.place_of(self.currentIndex().row())[0] if self.currentIndex().isValid() else None

    @contextmanager
    def _silent(self) -> Iterator[None]:
        """Move the current row without anybody having chosen it."""
        self._quiet = True
        yield
        self._quiet = False

    def _current_changed(self, current: QModelIndex) -> None:
        if self._quiet or not current.isValid():
            return
        content = self._rows.at(current.row())
        self._at_heading = isinstance(content, Group)
        if isinstance(content, ListedArticle):
            self._open = content.summary.path
            self.article_chosen.emit(content.summary.path)

    # -- the place while rows change -----------------------------------------------------------------------------

    def _keep_place(self) -> None:
        """Remember the current row, and a row on screen with its height there."""
        current = self.currentIndex()
        self._place = self._rows.place_of(current.row()) if current.isValid() else None
        if self._place is not None and self._place[1] is None and not self._at_heading:
            self._place = self._place[0], self._open  # its group was closed
        seen = current.row() if current.isValid() and self._is_on_screen(current) else self.rowAt(0)
        self._anchor = (self._rows.place_of(seen), self.rowViewportPosition(seen)) if seen >= 0 else None
        if seen == 0:
            self._anchor = None if not current.isValid() or current.row() else self._anchor

    def _is_on_screen(self, index: QModelIndex) -> bool:
        return self.viewport().rect().intersects(self.visualRect(index))

    def _restore_place(self) -> None:
        self._fit_rows()
        group, path = self._place or (None, self._open)
        row = self._rows.row_at(group, path)
        if row is None and group is not None and (head := self._rows.row_at(group, None)) is not None:
            content = self._rows.at(head)  # the group was closed, or the filter leaves the article out
            row = head if isinstance(content, Group) and not content.is_open else None
        if row is None and self._open is not None:
            row = self._rows.row_at(group, self._open)
        if row is not None:
            with self._silent():
                self.setCurrentIndex(self._rows.index(row, 0))
        seen = self._rows.row_at(*self._anchor[0]) if self._anchor else None
        if seen is not None and self._anchor is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(seen) - self._anchor[1])
        elif row is not None and self._open is not None and row == self._rows.row_at(group, self._open):
            self.scrollTo(self._rows.index(row, 0))
        else:
            self.scrollToTop()

    def _fit_rows(self) -> None:
        """Give every row its height; the most usual one is the header's own, so few have to be told."""
        self._fitted = self.viewport().width()
        kinds = self.delegate.kinds(self._rows.contents(), self.font(), self._fitted)
        heights = self.delegate.heights(self.font())
        usual = max(range(len(heights)), key=kinds.count)
        header = self.verticalHeader()
        header.blockSignals(True)  # each change would lay the view out anew; once is enough
        header.setDefaultSectionSize(heights[usual])
        for row, kind in enumerate(kinds):
            if header.sectionSize(row) != heights[kind]:
                header.resizeSection(row, heights[kind])
        header.blockSignals(False)
        self.updateGeometries()
        self.viewport().update()

    def _row_changed(self, first: QModelIndex) -> None:
        (kind,) = self.delegate.kinds([self._rows.at(first.row())], self.font(), self.viewport().width())
        self.verticalHeader().resizeSection(first.row(), self.delegate.heights(self.font())[kind])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._fitted:
            self._narrowed.start()

    def _fit_width(self) -> None:
        """Give every row the height that it needs in another width; what is on top stays there."""
        top = self.rowAt(0)
        above = self.rowViewportPosition(top)
        self._fit_rows()
        if top > 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(top) - above)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_rows"):
            self._fit_rows()

    # -- keys and mouse ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        key = event.key()
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._rows.rowCount() - 1}
        if key in ends and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(ends[Qt.Key(key)], 0))
        elif current.isValid() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._turn(current.row(), is_open=key == Qt.Key.Key_Right)
        elif current.isValid() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._act(current)
        elif key == Qt.Key.Key_Menu and current.isValid():
            at = self.viewport().mapToGlobal(self.visualRect(current).center())
            self.menu_wanted.emit((at, current.row()))
        elif key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)

    def _turn(self, row: int, *, is_open: bool) -> None:
        """Open or close a group; on an article, go to its heading."""
        content = self._rows.at(row)
        if isinstance(content, Group):
            self._rows.set_open(row, is_open)
        elif not is_open and (head := self._rows.head_above(row)) is not None:
            self.setCurrentIndex(self._rows.index(head, 0))

    def _clicked(self, index: QModelIndex) -> None:
        if isinstance(self._rows.at(index.row()), Group):
            self._act(index)

    def _act(self, index: QModelIndex) -> None:
        content = self._rows.at(index.row())
        if isinstance(content, Group):
            self._rows.set_open(index.row(), not content.is_open)
        else:
            self.article_chosen.emit(content.summary.path)
