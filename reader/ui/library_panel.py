"""The library: the opened articles as a list that is sorted, filtered as one types, and drawn row by row."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.library.catalogue import natural_key
from reader.ui.drawing import draw_lines, scaled
from reader.ui.icons import draw_icon

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reader.page import Summary
    from reader.ui.theme import Theme

SUMMARY_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
DEMI, META = QFont.Weight.DemiBold, 0.88
SORTS = ("date", "title", "language", "file")


class LibraryModel(QAbstractListModel):
    """The summaries of the opened articles, in the order they were opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summaries: list[Summary] = []
        self._row_of: dict[Path, int] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._summaries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        summary = self._summaries[index.row()]
        if role == SUMMARY_ROLE:
            return summary
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return summary.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return summary.error or f"{summary.translated_title or summary.title}\n{summary.path.name}"
        return None

    def add(self, summaries: Sequence[Summary]) -> None:
        """Append articles that are not in the list yet."""
        new = [summary for summary in summaries if summary.path not in self._row_of]
        if not new:
            return
        first = len(self._summaries)
        self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
        for summary in new:
            self._row_of[summary.path] = len(self._summaries)
            self._summaries.append(summary)
        self.endInsertRows()

    def update(self, summary: Summary) -> None:
        """Replace the summary of an article in the list."""
        row = self._row_of.get(summary.path)
        if row is None or self._summaries[row] == summary:
            return
        self._summaries[row] = summary
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def at(self, row: int) -> Summary:
        """Return the summary in a row."""
        return self._summaries[row]

    def summary(self, path: Path) -> Summary | None:
        """Return an article's summary, None where it is not in the list."""
        row = self._row_of.get(path)
        return None if row is None else self._summaries[row]

    def paths(self) -> list[Path]:
        """Return the opened articles in the order they were opened."""
        return [summary.path for summary in self._summaries]

    def row(self, path: Path) -> int | None:
        """Return an article's row."""
        return self._row_of.get(path)

    def clear(self) -> None:
        """Empty the list."""
        self.beginResetModel()
        self._summaries.clear()
        self._row_of.clear()
        self.endResetModel()


class LibraryOrder(QSortFilterProxyModel):
    """Filter by words over title, file, language and people; sort by one of `SORTS`."""

    def __init__(self, library: LibraryModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library  # asked directly: through the model's indices 10,000 rows take seconds to sort
        self._words: list[str] = []
        self._sort = "file"
        self.setSourceModel(library)
        self.sort(0)

    def set_words(self, text: str) -> None:
        """Keep the articles in which every word of `text` occurs."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange()

    def set_sort(self, sort: str) -> None:
        """Sort by date (newest first), title, language or file name."""
        self._sort = sort
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if not self._words:
            return True
        summary = self._library.at(row)
        hay = " ".join(
            (summary.title, summary.translated_title or "", summary.path.name, summary.language or "", *summary.persons)
        ).casefold()
        return all(word in hay for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        one, other = self._library.at(left.row()), self._library.at(right.row())
        if self._sort == "date" and one.date != other.date:
            return (one.date or "") > (other.date or "")
        if self._sort == "language" and one.language != other.language:
            return (one.language or "~") < (other.language or "~")
        if self._sort != "file" and one.title != other.title:
            return one.title.casefold() < other.title.casefold()
        return _file_order(one.path) < _file_order(other.path)


@lru_cache(maxsize=1 << 14)
def _file_order(path: Path) -> tuple[object, ...]:
    """Return a key that sorts files as a person counts: 2 before 10."""
    return tuple(natural_key(part) for part in path.parts)


class LibraryDelegate(QStyledItemDelegate):
    """Draw a row: the title in two lines at most, below it date, language and counts."""

    SIDE, TOP, GAP = 14, 10, 5

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(scaled(option.font, 1, DEMI)).lineSpacing()
        meta = QFontMetrics(scaled(option.font, META)).height()
        return QSize(120, self.TOP * 2 + 2 * line + self.GAP + meta)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        summary: Summary = index.data(SUMMARY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        inside = option.rect.adjusted(self.SIDE, self.TOP, -self.SIDE, -self.TOP)
        ink = self.theme.colour("text.normal" if summary.error is None else "text.muted")
        bottom = draw_lines(painter, inside, summary.title, scaled(option.font, 1, DEMI), ink, 2)
        meta = QRect(inside.left(), bottom + self.GAP, inside.width(), QFontMetrics(scaled(option.font, META)).height())
        painter.setFont(scaled(option.font, META))
        if summary.error is not None:
            painter.setPen(self.theme.colour("text.error"))
            elided = painter.fontMetrics().elidedText(summary.error, Qt.TextElideMode.ElideRight, meta.width())
            painter.drawText(meta, Qt.AlignmentFlag.AlignVCenter, elided)
        else:
            self._paint_meta(painter, meta, summary)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, self.theme.colour("surfaces.selected"))
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), self.theme.colour("text.accent")
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, self.theme.colour("surfaces.hover"))
        painter.setPen(QPen(self.theme.colour("surfaces.line"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus and not selected:
            painter.setPen(QPen(self.theme.colour("text.accent"), 1))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))

    def _paint_meta(self, painter: QPainter, line: QRect, summary: Summary) -> None:
        muted = self.theme.colour("text.muted")
        painter.setPen(muted)
        words = " · ".join(part for part in (summary.date or "", (summary.language or "").upper()) if part)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words or summary.path.name)
        x = float(line.right())
        counts = (("highlight", summary.highlights or None), ("person", summary.people), ("quote", summary.quotes))
        for name, count in counts:
            if count is None:
                continue
            label = str(count)
            x -= painter.fontMetrics().horizontalAdvance(label)
            painter.drawText(QPointF(x, line.top() + painter.fontMetrics().ascent()), label)
            x -= 15
            draw_icon(painter, name, muted, QPointF(x, line.center().y() - 6), 13)
            x -= 8
        if summary.translated:
            x -= 9
            draw_icon(painter, "translate", self.theme.colour("text.accent"), QPointF(x, line.center().y() - 6), 13)


class LibraryPanel(QWidget):
    """The library list with its filter and order.

    Signals:
        article_chosen: a person chose the article of the payload's path.
    """

    article_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = LibraryModel(self)
        self.order = LibraryOrder(self.model, self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter articles"))
        self.filter.setAccessibleName(self.tr("Filter articles by title, file, language or person"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter_changed)
        self.sort = QComboBox()
        self.sort.setAccessibleName(self.tr("Sort articles by"))
        for name, label in zip(
            SORTS, (self.tr("Date"), self.tr("Title"), self.tr("Language"), self.tr("File")), strict=True
        ):
            self.sort.addItem(label, name)
        self.sort.setCurrentIndex(SORTS.index("file"))
        self.sort.currentIndexChanged.connect(self._sort_changed)
        self.view = QListView()
        self.view.setAccessibleName(self.tr("Articles"))
        # before the view hears of it: it makes another row the current one, which nobody chose
        self.order.rowsAboutToBeRemoved.connect(self._hush)
        self.view.setModel(self.order)
        self.order.rowsRemoved.connect(self._listen)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.delegate = LibraryDelegate(theme, self.view)
        self.view.setItemDelegate(self.delegate)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        for signal in (
            self.order.rowsInserted,
            self.order.rowsRemoved,
            self.order.modelReset,
            self.order.layoutChanged,
        ):
            signal.connect(self._count_rows)
        self._lay_out()
        self._quiet = False

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 4)
        top.addWidget(self.filter, 1)
        below = QHBoxLayout()
        below.setContentsMargins(14, 2, 12, 6)
        below.addWidget(self.count, 1)
        below.addWidget(self.sort)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(below)
        layout.addWidget(self.view, 1)
        self._count_rows()

    def show_current(self, path: Path) -> None:
        """Select an article's row without choosing it again."""
        row = self.model.row(path)
        if row is None:
            return
        self._quiet = True
        index = self.order.mapFromSource(self.model.index(row))
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self._quiet = False

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) article in the shown order."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < self.order.rowCount():
            self.view.setCurrentIndex(self.order.index(row, 0))

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.delegate.theme = theme
        self.view.viewport().update()

    def _hush(self) -> None:
        self._quiet = True

    def _listen(self) -> None:
        self._quiet = False

    def _selection_changed(self, selected: QItemSelection) -> None:
        if not self._quiet and (indexes := selected.indexes()):
            self.article_chosen.emit(indexes[0].data(SUMMARY_ROLE).path)

    def _filter_changed(self, text: str) -> None:
        self.order.set_words(text)
        self._count_rows()

    def _sort_changed(self) -> None:
        self.order.set_sort(self.sort.currentData())

    def _count_rows(self) -> None:
        shown, total = self.order.rowCount(), self.model.rowCount()
        if shown != total:
            self.count.setText(self.tr("{shown} of {total} articles").format(shown=shown, total=total))
        else:
            self.count.setText(self.tr("1 article") if total == 1 else self.tr("{n} articles").format(n=total))
