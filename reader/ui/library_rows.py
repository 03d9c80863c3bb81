"""How a row of the library's list is drawn: a heading, or an article with its marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from reader.library.listing import Group, ListedArticle
from reader.resources import language_name
from reader.ui.drawing import direction_of, draw_line, draw_lines, plain, scaled
from reader.ui.icons import icon
from reader.ui.library_model import ROW_ROLE, LibraryModel, error_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QHelpEvent, QIcon

    from reader.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
DEMI, META = QFont.Weight.DemiBold, 0.88
ICON = 13
LEFT_TO_RIGHT, RIGHT_TO_LEFT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
WIDE = "\u2e80"
"""From here on letters may be as wide as they are high."""
MOST_LINES = 3
"""Lines of a title and its translation together; two of the title."""


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
        self._setting: tuple[str, int] | None = None
        self._letters = 0.0
        self._advances: dict[tuple[str, bool], float] = {}
        self._lines: dict[tuple[str, str | None, bool], int] = {}
        self.theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.theme = theme
        self._icons.clear()

    # -- measure -------------------------------------------------------------------------------------------------

    def heights(self, font: QFont) -> tuple[int, ...]:
        """Return the height of headings, and those of articles by the lines of their titles."""
        line = QFontMetrics(scaled(font, 1, DEMI)).lineSpacing()
        rest = 2 * self.TOP + self.GAP + QFontMetrics(scaled(font, META)).height()
        return line + 16, *(rest + lines * line for lines in range(1, MOST_LINES + 1))

    def kinds(self, contents: Iterable[Group | ListedArticle], font: QFont, width: int) -> bytes:
        """Return which of `heights` each row has in a list of some width: 0 for headings, else its titles' lines."""
        if self._setting != (font.key(), width):
            if self._setting is None or self._setting[0] != font.key():
                self._advances.clear()
            self._setting = font.key(), width
            self._letters = (width - self.LEFT - self.RIGHT) / QFontMetrics(font).height()
            self._lines.clear()
        known = self._lines
        found = bytearray()
        for content in contents:
            if isinstance(content, Group):
                found.append(0)
                continue
            key = content.summary.title, content.summary.translated_title, content.unread
            if key not in known:
                known[key] = self._count_lines(*key, font, width - self.LEFT - self.RIGHT)
            found.append(known[key])
        return bytes(found)

    def _count_lines(self, title: str, translated: str | None, unread: bool, font: QFont, width: int) -> int:
        lines = 1 if self._fits(title, font, width, unread) else 2
        if translated:
            lines += 1 if lines == 2 or self._fits(translated, font, width, False) else 2
        return min(lines, MOST_LINES)

    def _fits(self, text: str, font: QFont, width: int, bold: bool) -> bool:
        """Say whether a text fits into one line. Measuring takes longer than all the rest, so the clear ones aren't."""
        if len(text) > 4 * self._letters or (len(text) < self._letters and max(text, default="") < WIDE):
            return len(text) < self._letters
        if (text, bold) not in self._advances:
            metrics = QFontMetricsF(scaled(font, 1, DEMI) if bold else font)
            self._advances[text, bold] = metrics.horizontalAdvance(" ".join(text.split()))
        return self._advances[text, bold] <= width

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        (kind,) = self.kinds([index.data(ROW_ROLE)], option.font, option.rect.width())
        return QSize(120, self.heights(option.font)[kind])

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
        label = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room.width())
        draw_line(painter, room, label, self.theme.colour("text.normal"), direction_of(label), LEFT_TO_RIGHT)

    def _paint_article(
        self, painter: QPainter, option: QStyleOptionViewItem, article: ListedArticle, index: Index
    ) -> None:
        summary, side = article.summary, direction_of(article.summary.title)
        inside = self._inside(option.rect, side)
        faint = summary.error is not None or article.missing
        title = scaled(option.font, 1, DEMI if article.unread else QFont.Weight.Normal)
        if article.unread:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("text.accent"))
            middle = inside.top() + QFontMetrics(title).lineSpacing() / 2
            beside = option.rect.left() + 9.5 if side == LEFT_TO_RIGHT else option.rect.right() - 8.5
            painter.drawEllipse(QPointF(beside, middle), 3.2, 3.2)
        ink = self.theme.colour("text.muted" if faint else "text.normal")
        y = draw_lines(painter, inside, summary.title, title, ink, 2, side)
        if summary.translated_title:
            left = MOST_LINES - round((y - inside.top()) / QFontMetrics(title).lineSpacing())
            below = QRect(inside.left(), y, inside.width(), inside.height())
            muted = self.theme.colour("text.muted")
            y = draw_lines(painter, below, summary.translated_title, option.font, muted, left, side)
        meta = scaled(option.font, META)
        line = QRect(inside.left(), y + self.GAP, inside.width(), QFontMetrics(meta).height())
        painter.setFont(meta)
        self._paint_line(painter, line, article, index, side)

    def _inside(self, rect: QRect, side: Qt.LayoutDirection) -> QRect:
        """Return where the words of a row stand."""
        return QStyle.visualRect(side, rect, rect.adjusted(self.LEFT, self.TOP, -self.RIGHT, -self.TOP))

    def _paint_line(
        self, painter: QPainter, line: QRect, article: ListedArticle, index: Index, side: Qt.LayoutDirection
    ) -> None:
        """Draw the line below the titles: what is wrong with the file, or date, language and marks."""
        wrong = self.tr("File gone") if article.missing else error_words(article.summary)
        metrics = painter.fontMetrics()
        marks = [] if article.summary.error else self._marks(article, line, metrics)
        room = QRect(line)
        if marks:
            room.setRight(marks[-1].place.left() - 10)
        if wrong:
            square = QRect(line.left(), line.center().y() - 6, ICON, ICON)
            self._icon("warning", "text.error").paint(painter, QStyle.visualRect(side, line, square))
            room.setLeft(room.left() + ICON + 5)
        words = wrong or self._date_and_language(article, index, metrics, room.width())
        elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        ink = self.theme.colour("text.error" if wrong else "text.muted")
        draw_line(painter, QStyle.visualRect(side, line, room), elided, ink, LEFT_TO_RIGHT, side)
        for mark in marks:
            role = "text.accent" if mark.icon in ("translate", "highlight") else "text.muted"
            place = QStyle.visualRect(side, line, mark.place)
            self._icon(mark.icon, role).paint(painter, QRect(place.left(), line.center().y() - 6, ICON, ICON))
            draw_line(painter, place, mark.number, self.theme.colour(role), LEFT_TO_RIGHT, RIGHT_TO_LEFT)

    def _date_and_language(self, article: ListedArticle, index: Index, metrics: QFontMetrics, width: int) -> str:
        """Return what the heading above does not say already; the language's name, or its code where that is long."""
        summary, model = article.summary, index.model()
        grouping = model.arrangement.grouping if isinstance(model, LibraryModel) else "none"
        date = summary.date if grouping != "date" else None
        code = summary.language if summary.language != "und" and grouping != "language" else None
        for language in (language_name(code), code.upper()) if code else ("",):
            words = " · ".join(filter(None, (date, language)))
            if metrics.horizontalAdvance(words) < width:  # it is rounded, and what is a hair too long is cut
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
        if direction_of(article.summary.title) == RIGHT_TO_LEFT:
            x = option.rect.left() + option.rect.right() - x
        if article.unread and x < option.rect.left() + self.LEFT - 2:
            return self.tr("Unread")
        metrics = QFontMetrics(scaled(option.font, META))
        inside = self._inside(option.rect, LEFT_TO_RIGHT)
        # the line may stand a line higher where the title is short: the whole lower part of the row answers
        marks = self._marks(article, inside, metrics)
        below = y > inside.top() + QFontMetrics(scaled(option.font, 1, DEMI)).lineSpacing()
        return next(
            (mark.words for mark in marks if below and mark.place.left() - 4 <= x <= mark.place.right() + 4), ""
        )
