"""The library's list on screen: how a row is drawn, and what keys and mouse do to it.

A table view of one column: a list or tree view asks for the height of each of 10,000 rows whenever they change
(70 to 170 ms), a table keeps them in its header, which is told the few that differ.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from reader.library.listing import Group, ListedArticle
from reader.ui.drawing import draw_lines, scaled
from reader.ui.icons import icon
from reader.ui.library_model import ROW_ROLE, LibraryModel, plain
from reader.ui.status import language_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QHelpEvent, QIcon, QKeyEvent

    from reader.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
DEMI, META = QFont.Weight.DemiBold, 0.88
ICON = 13


def _kind(content: Group | ListedArticle) -> int:
    """Return which of `LibraryDelegate.heights` a row has."""
    if isinstance(content, Group):
        return 0
    return 2 if content.summary.translated_title else 1


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A mark in a row: an icon and a number (the unread mark has neither), what they mean, and where they stand."""

    icon: str
    number: str
    words: str
    place: QRect


class LibraryDelegate(QStyledItemDelegate):
    """Draw an article: title, translated title, date and language, marks; or a heading with its counts."""

    LEFT, RIGHT, TOP, GAP = 16, 12, 8, 4

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons: dict[tuple[str, str], QIcon] = {}
        self.theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.theme = theme
        self._icons.clear()

    # -- measure -------------------------------------------------------------------------------------------------

    def heights(self, font: QFont) -> tuple[int, int, int]:
        """Return the heights of headings, of articles, and of articles with a translated title."""
        line = QFontMetrics(scaled(font, 1, DEMI)).lineSpacing()
        rest = 2 * self.TOP + self.GAP + QFontMetrics(scaled(font, META)).height()
        return line + 16, rest + 2 * line, rest + 3 * line

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.heights(option.font)[_kind(index.data(ROW_ROLE))])

    def _marks(self, article: ListedArticle, line: QRect, metrics: QFontMetrics) -> list[DrawnMark]:
        """Return the marks at the right end of the line below the titles, from right to left."""
        summary = article.summary
        counts = (
            ("quote", summary.quotes or 0, self.tr("Quotes: {n}")),
            ("person", summary.people or 0, self.tr("People: {n}")),
            ("highlight", summary.highlights, self.tr("Own highlights: {n}")),
            ("translate", int(summary.translated), self.tr("Translated")),
        )
        marks: list[DrawnMark] = []
        right = line.right()
        for name, count, words in counts:
            if not count:
                continue
            number = "" if name == "translate" else str(count)
            width = ICON + (metrics.horizontalAdvance(number) + 2 if number else 0)
            place = QRect(right - width, line.top(), width, line.height())
            marks.append(DrawnMark(name, number, words.format(n=count), place))
            right -= width + 8
        return marks

    # -- draw ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        content: Group | ListedArticle = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        if isinstance(content, Group):
            self._paint_group(painter, option, content, index.data())
        else:
            self._paint_article(painter, option, content, index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect, colour = option.rect, self.theme.colour
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("surfaces.selected"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("text.accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour("surfaces.hover"))
        painter.setPen(QPen(colour("surfaces.line"), 1))
        painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right() + 1, rect.bottom() + 0.5))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("text.accent"), 1))
            painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -1.5))

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, group: Group, label: str) -> None:
        rect = option.rect
        muted = self.theme.colour("text.muted")
        at = QPointF(rect.left() + 10, rect.center().y() + 0.5)
        tip, wing = (QPointF(0, 2.2), 4.0) if group.is_open else (QPointF(2.2, 0), 4.0)
        sides = (QPointF(-wing, -tip.y()), QPointF(wing, -tip.y())) if group.is_open else ()
        sides = sides or (QPointF(-tip.x(), -wing), QPointF(-tip.x(), wing))
        painter.setPen(QPen(muted, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF([at + sides[0], at + tip, at + sides[1]]))
        inside = rect.adjusted(self.LEFT + 2, 0, -self.RIGHT, 0)
        painter.setFont(scaled(option.font, META))
        painter.setPen(muted)
        count = self.tr("{n} unread · ").format(n=group.unread) if 0 < group.unread < group.count else ""
        count += str(group.count)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        room = inside.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(count) - 10, 0)
        painter.setFont(scaled(option.font, 0.94, DEMI))
        painter.setPen(self.theme.colour("text.normal"))
        label = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, label)

    def _paint_article(
        self, painter: QPainter, option: QStyleOptionViewItem, article: ListedArticle, index: Index
    ) -> None:
        summary = article.summary
        inside = option.rect.adjusted(self.LEFT, self.TOP, -self.RIGHT, -self.TOP)
        faint = summary.error is not None or article.missing
        title = scaled(option.font, 1, DEMI if article.unread else QFont.Weight.Normal)
        if article.unread:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("text.accent"))
            middle = inside.top() + QFontMetrics(title).lineSpacing() / 2
            painter.drawEllipse(QPointF(option.rect.left() + 9.5, middle), 3.2, 3.2)
        ink = self.theme.colour("text.muted" if faint else "text.normal")
        y = draw_lines(painter, inside, summary.title, title, ink, 2)
        if summary.translated_title:
            left = 3 - round((y - inside.top()) / QFontMetrics(title).lineSpacing())
            below = QRect(inside.left(), y, inside.width(), inside.height())
            y = draw_lines(painter, below, summary.translated_title, option.font, self.theme.colour("text.muted"), left)
        meta = scaled(option.font, META)
        line = QRect(inside.left(), y + self.GAP, inside.width(), QFontMetrics(meta).height())
        painter.setFont(meta)
        self._paint_line(painter, line, article, index)

    def _paint_line(self, painter: QPainter, line: QRect, article: ListedArticle, index: Index) -> None:
        """Draw the line below the titles: what is wrong with the file, or date, language and marks."""
        wrong = self.tr("File gone") if article.missing else article.summary.error
        metrics = painter.fontMetrics()
        marks = [] if article.summary.error else self._marks(article, line, metrics)
        room = QRect(line)
        if marks:
            room.setRight(marks[-1].place.left() - 10)
        if wrong:
            self._icon("warning", "text.error").paint(painter, QRect(line.left(), line.center().y() - 6, ICON, ICON))
            room.setLeft(room.left() + ICON + 5)
        painter.setPen(self.theme.colour("text.error" if wrong else "text.muted"))
        words = wrong or self._date_and_language(article, index, metrics, room.width())
        elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)
        for mark in marks:
            own = mark.icon in ("translate", "highlight")
            square = QRect(mark.place.left(), line.center().y() - 6, ICON, ICON)
            self._icon(mark.icon, "text.accent" if own else "text.muted").paint(painter, square)
            painter.setPen(self.theme.colour("text.accent" if own else "text.muted"))
            painter.drawText(mark.place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mark.number)

    def _date_and_language(self, article: ListedArticle, index: Index, metrics: QFontMetrics, width: int) -> str:
        """Return what the heading above does not say already; the language's name, or its code where that is long."""
        summary, model = article.summary, index.model()
        grouping = model.arrangement.grouping if isinstance(model, LibraryModel) else "none"
        date = summary.date if grouping != "date" else None
        code = summary.language if summary.language != "und" and grouping != "language" else None
        for language in (language_name(code), code.upper()) if code else ("",):
            words = " · ".join(filter(None, (date, language)))
            if metrics.horizontalAdvance(words) <= width:
                break
        if words:
            return words
        return summary.path.name if summary.title != summary.path.name else summary.path.parent.name

    def _icon(self, name: str, role: str) -> QIcon:
        found = self._icons.get((name, role))
        if found is None:
            found = self._icons[name, role] = icon(name, self.theme.colour(role))
        return found

    # -- tooltips ------------------------------------------------------------------------------------------------

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        content = index.data(ROW_ROLE)
        if event.type() == QEvent.Type.ToolTip and isinstance(content, ListedArticle):
            words = self._words_at(event.pos().x(), event.pos().y(), option, content)
            if words:
                QToolTip.showText(event.globalPos(), plain(words), view)
                return True
        return super().helpEvent(event, view, option, index)

    def _words_at(self, x: int, y: int, option: QStyleOptionViewItem, article: ListedArticle) -> str:
        """Return what the mark under a point means, "" beside the marks."""
        if article.unread and x < option.rect.left() + self.LEFT - 2:
            return self.tr("Unread")
        metrics = QFontMetrics(scaled(option.font, META))
        inside = option.rect.adjusted(self.LEFT, self.TOP, -self.RIGHT, -self.TOP)
        # the line may stand a line higher where the title is short: the whole lower part of the row answers
        marks = self._marks(article, inside, metrics)
        below = y > inside.top() + QFontMetrics(scaled(option.font, 1, DEMI)).lineSpacing()
        return next(
            (mark.words for mark in marks if below and mark.place.left() - 4 <= x <= mark.place.right() + 4), ""
        )


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
        kinds, heights = self._rows.kinds(), self.delegate.heights(self.font())
        usual = max(range(len(heights)), key=kinds.count)
        header = self.verticalHeader()
        header.setDefaultSectionSize(heights[usual])
        header.blockSignals(True)  # each change would lay the view out anew; once is enough
        for row, kind in enumerate(kinds):
            if kind != usual:
                header.resizeSection(row, heights[kind])
        header.blockSignals(False)
        self.updateGeometries()

    def _row_changed(self, first: QModelIndex) -> None:
        height = self.delegate.heights(self.font())[_kind(self._rows.at(first.row()))]
        self.verticalHeader().resizeSection(first.row(), height)

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
