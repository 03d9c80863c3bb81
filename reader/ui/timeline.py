"""The chart of a person or a search by day: bars of what names them, dots of what they said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMessageBox, QToolTip, QWidget

from reader.ui.drawing import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from reader.library.timeline import Day
    from reader.ui.theme import Theme

SIDE, TOP, BOTTOM = 44, 26, 24
EXPORTED = QSize(960, 260)
MOST_DAYS = 366
"""Days that get a bar each; a longer time is shown by month."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Timeline(QWidget):
    """Bars of mentions (or of articles, for a search) and dots of quotes; a click or Enter chooses a day.

    Signals:
        day_chosen: the day, or the month of a long time, as the search's `date:` takes it.
    """

    day_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._title = ""
        self._bars: list[tuple[str, int, int]] = []
        self._by_month = False
        self._current = -1
        self.setMinimumHeight(130)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Timeline"))

    def set_days(self, title: str, days: Sequence[Day]) -> None:
        """Show the days of a person or a search."""
        self._title = title
        known = {day.date: (day.mentions or day.articles, day.quotes) for day in days}
        self._bars, self._current = _bars(known), -1
        self._by_month = bool(self._bars) and len(self._bars[0][0]) < len("2026-02-11")
        said = ", ".join(f"{when}: {count}" for when, count, quotes in self._bars if count or quotes)
        self.setAccessibleDescription(f"{title}. {said}"[:2000])
        self.update()

    @property
    def empty(self) -> bool:
        """Say whether there is no day to show."""
        return not self._bars

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 150)

    # -- draw ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(painter, self.rect())
        if self.hasFocus():
            painter.setPen(QPen(self.theme.colour("text.accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def draw(self, painter: QPainter, ground: QRect) -> None:
        """Draw the chart into a rectangle."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(ground, self.theme.colour("surfaces.page"))
        small = scaled(self.font(), 0.88)
        painter.setFont(small)
        inside = ground.adjusted(SIDE, TOP, -14, -BOTTOM)
        painter.setPen(self.theme.colour("text.muted"))
        if not self._bars:
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, self.tr("No dated article to show."))
            return
        self._draw_legend(painter, QRect(SIDE, 4, ground.width() - SIDE - 14, TOP - 8))
        most = max(max(count, quotes) for _, count, quotes in self._bars)
        for level in sorted({most, most // 2} - {0}):
            y = inside.bottom() - inside.height() * level / most
            painter.setPen(QPen(self.theme.colour("surfaces.line"), 1))
            painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))
            painter.setPen(self.theme.colour("text.muted"))
            place = QRectF(0, y - 9, SIDE - 8, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(level))
        self._draw_bars(painter, inside, most)
        self._draw_axis(painter, inside)

    def _draw_legend(self, painter: QPainter, line: QRect) -> None:
        """Draw what bars and dots mean, at the right, and the title in what is left of the line."""
        metrics, x = QFontMetrics(painter.font()), float(line.right())
        middle = line.top() + line.height() / 2
        for words, role, is_bar in (
            (self.tr("quoted"), "marks.person", False),
            (self.tr("named"), "marks.quote_edge", True),
        ):
            x -= metrics.horizontalAdvance(words)
            painter.setPen(self.theme.colour("text.muted"))
            painter.drawText(QPointF(x, middle + metrics.ascent() / 2 - 1), words)
            x -= 9
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour(role))
            if is_bar:
                painter.drawRect(QRectF(x - 3, middle - 5, 6, 10))
            else:
                painter.drawEllipse(QPointF(x, middle), 4, 4)
            x -= 18
        painter.setPen(self.theme.colour("text.normal"))
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, int(x) - line.left())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)

    def _draw_bars(self, painter: QPainter, inside: QRect, most: int) -> None:
        step = inside.width() / len(self._bars)
        width = max(1.5, min(26.0, step * 0.72))
        for number, (_, count, quotes) in enumerate(self._bars):
            x = inside.left() + step * (number + 0.5)
            height = inside.height() * count / most
            role = "text.accent" if number == self._current else "marks.quote_edge"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour(role))
            if count:
                painter.drawRoundedRect(QRectF(x - width / 2, inside.bottom() - height, width, height), 1.5, 1.5)
            if quotes:
                painter.setPen(QPen(self.theme.colour("surfaces.page"), 1.5))
                painter.setBrush(self.theme.colour("marks.person"))
                painter.drawEllipse(QPointF(x, inside.bottom() - inside.height() * quotes / most), 4, 4)

    def _draw_axis(self, painter: QPainter, inside: QRect) -> None:
        painter.setPen(QPen(self.theme.colour("text.faint"), 1))
        painter.drawLine(inside.bottomLeft(), inside.bottomRight())
        painter.setPen(self.theme.colour("text.muted"))
        metrics = QFontMetrics(painter.font())
        step = inside.width() / len(self._bars)
        free = float("-inf")
        for number, (when, _, _) in enumerate(self._bars):
            label = _label(when)
            width = metrics.horizontalAdvance(label)
            x = inside.left() + step * (number + 0.5) - width / 2
            x = max(inside.left() - 20.0, min(x, inside.right() - width + 8.0))
            if x >= free:
                painter.drawText(QPointF(x, inside.bottom() + metrics.ascent() + 5), label)
                free = x + width + 14

    # -- choose --------------------------------------------------------------------------------------------------

    def _at(self, x: float) -> int:
        inside = self.rect().adjusted(SIDE, TOP, -14, -BOTTOM)
        if not self._bars or not inside.left() <= x <= inside.right():
            return -1
        return min(len(self._bars) - 1, int((x - inside.left()) / inside.width() * len(self._bars)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._at(event.position().x()))
        if self._current >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self._words(self._current), self)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().x())
        if number >= 0:
            self.day_chosen.emit(self._bars[number][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self._bars:
            self._step(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self.day_chosen.emit(self._bars[self._current][0])
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """Go to the next day on which there is something."""
        number = self._current + by if self._current >= 0 else (0 if by > 0 else len(self._bars) - 1)
        while 0 <= number < len(self._bars) and not any(self._bars[number][1:]):
            number += by
        if 0 <= number < len(self._bars):
            self._point_at(number)
            self.setAccessibleDescription(self._words(number))

    def _point_at(self, number: int) -> None:
        if number != self._current:
            self._current = number
            self.update()

    def _words(self, number: int) -> str:
        when, count, quotes = self._bars[number]
        return self.tr("{day}: named {n} ×, quoted {m} ×").format(day=when, n=count, m=quotes)

    # -- export --------------------------------------------------------------------------------------------------

    def export(self, file: Path) -> bool:
        """Write the chart as SVG or PNG, by the file's suffix; say whether that could be done."""
        ground = QRect(0, 0, EXPORTED.width(), EXPORTED.height())
        if file.suffix.lower() == ".svg":
            picture = QSvgGenerator()
            picture.setFileName(str(file))
            picture.setSize(EXPORTED)
            picture.setViewBox(ground)
            picture.setTitle(self._title)
            painter = QPainter()
            if not painter.begin(picture):
                return False
            self.draw(painter, ground)
            return painter.end()
        image = QImage(EXPORTED * 2, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(2)
        painter = QPainter(image)
        self.draw(painter, ground)
        painter.end()
        return image.save(str(file))

    def ask_export(self) -> None:
        """Ask for a file and write the chart to it."""
        kinds = self.tr("SVG picture (*.svg);;PNG picture (*.png)")
        name, kind = QFileDialog.getSaveFileName(self, self.tr("Save the chart"), "timeline.svg", kinds)
        if not name:
            return
        file = Path(name)
        if not file.suffix:
            file = file.with_suffix(".png" if "png" in kind else ".svg")
        if not self.export(file):
            words = self.tr("The chart could not be written to {file}. Choose another place.")
            QMessageBox.warning(self, self.tr("Save the chart"), words.format(file=file))


def _bars(known: dict[str, tuple[int, int]]) -> list[tuple[str, int, int]]:
    """Return a bar for every day from the first to the last, or for every month of a long time."""
    days = {}
    for when, counts in known.items():
        try:
            days[date.fromisoformat(when)] = counts
        except ValueError:  # a header may state any day
            continue
    if not days:
        return []
    first, last = min(days), max(days)
    if (last - first).days < MOST_DAYS:
        run = (first + timedelta(number) for number in range((last - first).days + 1))
        return [(day.isoformat(), *days.get(day, (0, 0))) for day in run]
    months: dict[str, tuple[int, int]] = {}
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        months[f"{number // 12:04}-{number % 12 + 1:02}"] = (0, 0)
    for day, (count, quotes) in days.items():
        key = f"{day.year:04}-{day.month:02}"
        months[key] = (months[key][0] + count, months[key][1] + quotes)
    return [(month, *counts) for month, counts in months.items()]


def _label(when: str) -> str:
    """Return how an axis names a day or a month."""
    year, month, *day = when.split("-")
    name = MONTHS[int(month) - 1]
    return f"{int(day[0])} {name} {year}" if day else f"{name} {year}"
