"""Search in the whole folder: a query line, the articles that match with their places, and their timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.library.query import doubts
from reader.library.search import Found, Hit, Place, search
from reader.library.timeline import Days, of_search
from reader.text.span import Utf16Map
from reader.ui.drawing import direction_of, draw_lines, scaled
from reader.ui.entry_list import ENTRY_ROLE, Index
from reader.ui.folder_tab import SIDE, FolderTab, column_of, label, name_in
from reader.ui.timeline import TimelinePanel

if TYPE_CHECKING:
    from pathlib import Path

    from reader.library.index import Index as LibraryIndex
    from reader.text.errors import ReaderError
    from reader.ui.jobs import Job
    from reader.ui.theme import Theme

HELP = 'words   "a phrase"   begin*   -not   person:Rutte   lang:uk   date:2026-02   date:2026-02-01..   tag:budget'


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: an article, or (with `place`) one of its places."""

    hit: Hit
    place: Place | None = None


class HitModel(QAbstractListModel):
    """Articles, each with its places below."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ENTRY_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.hit.title if row.place is None else row.place.snippet
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.hit.path)
        return None

    def show_found(self, found: Found) -> None:
        """Replace the list."""
        self.beginResetModel()
        self._rows = [Row(hit, place) for hit in found.hits for place in (None, *hit.places)]
        self.endResetModel()


class HitDelegate(QStyledItemDelegate):
    """Draw an article as a heading with its date and language, a place as a line with what matches marked."""

    SIDE, INSET = 16, 30

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self.folder: Path | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ENTRY_ROLE)
        line = option.fontMetrics.lineSpacing()
        return QSize(60, 2 * line + 16 if row.place is None else line + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ENTRY_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self.theme.colour("surfaces.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, self.theme.colour("surfaces.hover"))
        if row.place is None:
            self._paint_article(painter, option, row.hit, first=index.row() == 0)
        else:
            self._paint_place(painter, option, row.place)
        painter.restore()

    def _paint_article(self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit, *, first: bool) -> None:
        if not first:
            painter.setPen(QPen(self.theme.colour("surfaces.line"), 1))
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        inside = option.rect.adjusted(self.SIDE, 8, -self.SIDE, 0)
        heading = scaled(option.font, 1, QFont.Weight.DemiBold)
        y = draw_lines(painter, inside, hit.title, heading, self.theme.colour("text.normal"), 1)
        name = name_in(self.folder, hit.path)
        count = self.tr("1 place") if hit.count == 1 else self.tr("{n} places").format(n=hit.count)
        parts = (hit.date or "", (hit.language or "").upper(), name, count if hit.count else "")
        meta = QRect(inside.left(), y, inside.width(), option.rect.height())
        words = " · ".join(part for part in parts if part)
        draw_lines(painter, meta, words, scaled(option.font, 0.88), self.theme.colour("text.muted"), 1)

    def _paint_place(self, painter: QPainter, option: QStyleOptionViewItem, place: Place) -> None:
        inside = option.rect.adjusted(self.INSET, 4, -self.SIDE, 0)
        labels = {"translation": self.tr("translation"), "note": self.tr("note")}
        if place.found_in in labels:
            small = scaled(option.font, 0.88)
            painter.setFont(small)
            painter.setPen(self.theme.colour("text.accent"))
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, labels[place.found_in])
            inside.setLeft(inside.left() + painter.fontMetrics().horizontalAdvance(labels[place.found_in]) + 10)
        shown = " ".join(place.snippet.split("\n"))
        layout = QTextLayout(
            option.fontMetrics.elidedText(shown, Qt.TextElideMode.ElideRight, inside.width()), option.font
        )
        units = Utf16Map(shown)
        formats = []
        for mark in place.marks:
            marked = QTextLayout.FormatRange()
            marked.start = units.to_u16(mark.start)
            marked.length = units.to_u16(mark.end) - marked.start
            look = QTextCharFormat()
            look.setBackground(self.theme.colour("marks.find"))
            look.setFontWeight(QFont.Weight.DemiBold)
            marked.format = look
            formats.append(marked)
        layout.setFormats(formats)
        direction = direction_of(shown)
        from_right = direction == Qt.LayoutDirection.RightToLeft
        setting = QTextOption(Qt.AlignmentFlag.AlignRight if from_right else Qt.AlignmentFlag.AlignLeft)
        setting.setTextDirection(direction)
        setting.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(setting)
        layout.beginLayout()
        layout.createLine().setLineWidth(inside.width())
        layout.endLayout()
        painter.setPen(self.theme.colour("text.normal"))
        painter.setClipRect(option.rect)
        layout.draw(painter, inside.topLeft())


class SearchTab(FolderTab):
    """The query line over the list of hits; Down goes into the list, Enter opens."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.query = self.filter
        self.query.setPlaceholderText(self.tr("Search originals, translations and notes"))
        self.query.setAccessibleName(self.tr("Search the folder"))
        self.query.setToolTip(HELP)
        self.help, self.state = label(HELP), label()
        self.model = HitModel(self)
        self.view = QListView()
        self.view.setAccessibleName(self.tr("Places found"))
        self.view.setModel(self.model)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.delegate = HitDelegate(theme, self.view)
        self.view.setItemDelegate(self.delegate)
        self.panel = TimelinePanel(theme)
        self._nothing = False
        layout = column_of(self.query, self.help, self.state, self.view, self.panel)
        layout.setContentsMargins(SIDE, 12, SIDE, 12)
        layout.setStretchFactor(self.view, 1)
        self.setLayout(layout)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.panel.chart.day_chosen.connect(self.add_date)
        self.panel.said.connect(self.said)
        self._show(Found(), Days())

    def list_view(self) -> QListView:
        return self.view

    def panes(self) -> list[QWidget]:
        return [self.query, self.view, self.panel.chart]

    def look(self) -> None:
        """Search for what stands in the line, in the background."""
        line = self.taken_up()
        if not line.strip():
            self._show(Found(), Days())
            return

        def work(index: LibraryIndex, _: Job) -> tuple[str, Found]:
            return line, search(index, line)

        def days(index: LibraryIndex, job: Job) -> tuple[str, Days]:
            return line, of_search(index, line, lambda: not job.cancelled)

        self.ask("search", work, self._found)
        self.ask("days", days, self._show_days)  # after it: the places are what is waited for

    def add_date(self, when: str) -> None:
        """Keep only a day, a month or a year of what is found."""
        words = [word for word in self.query.text().split() if not word.lower().startswith("date:")]
        self.query.setText(" ".join([*words, f"date:{when}"]))
        self.query.setFocus()

    def set_indexing(self, words: str) -> None:
        super().set_indexing(words)
        if words and self._nothing:
            self.state.setText(words)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.delegate.theme = theme
        self.panel.set_theme(theme)
        self.view.viewport().update()

    def enter_list(self) -> None:
        super().enter_list()
        if self.model.rowCount() and self.view.currentIndex().row() < 1:
            self.view.setCurrentIndex(self.model.index(min(1, self.model.rowCount() - 1)))

    def failed(self, error: ReaderError) -> None:
        """Say in place of the list what is wrong with the line."""
        self._show(Found(), Days())
        self._nothing = False
        self.state.setText(str(error))
        self.state.show()

    def _found(self, result: tuple[str, Found]) -> None:
        line, found = result
        if line == self.asked:  # else something else is being typed
            self._show(found)

    def _show_days(self, result: tuple[str, Days]) -> None:
        line, days = result
        if line == self.asked:
            self.panel.show_days(line, days, articles=True)
            self.panel.setVisible(bool(days.days or days.undated))

    def _show(self, found: Found, days: Days | None = None) -> None:
        self.delegate.folder = self.folder
        self.model.show_found(found)
        asked = bool(self.asked.strip())
        self.help.setVisible(not asked)
        if days is not None:
            self.panel.show_days("", days, articles=True)
            self.panel.hide()
        self._nothing = asked and not found.hits
        self.state.setVisible(asked)
        if self._nothing:
            nothing = self.tr("Nothing found. Every word must stand in the article, its translation or notes.")
            self.state.setText(self.indexing or " ".join((nothing, *doubts(self.asked))))
        elif asked:
            n, shown = found.articles, len(found.hits)
            words = self.tr("1 article") if n == 1 else self.tr("{n:,} articles").format(n=n)
            if shown < n:
                words += self.tr(", the best {shown} shown").format(shown=shown)
            if found.ways:
                words += self.tr(" · also spelled {ways}").format(ways=", ".join(found.ways[:6]))
            self.state.setText(" ".join((words, *doubts(self.asked))))
        else:
            self.state.clear()

    def _choose(self, index: QModelIndex) -> None:
        row: Row = index.data(ENTRY_ROLE)
        place = row.place or next(iter(row.hit.places), None)
        self.place_chosen.emit((row.hit.path, place.span if place is not None and place.span else None))
