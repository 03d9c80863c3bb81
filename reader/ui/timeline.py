"""The chart of a person or a search by day: bars of what names or holds them, dots of what they said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from reader.ui.dialogs import may_replace
from reader.ui.drawing import scaled
from reader.ui.folder_tab import label, row_of
from reader.ui.theme import load_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from reader.library.timeline import Day, Days
    from reader.ui.theme import Theme

SIDE, TOP, BOTTOM, END = 44, 26, 24, 14
EXPORTED = QSize(960, 260)
MOST_BARS = 366
"""Days that get a bar each; a longer time is shown by month, and one of more months than this by year."""
DOT = 4.0
"""Radius of a dot where there is room."""
NEAR = 6.0
"""Pixels from a bar within which a click means it: in a long time bars are thin."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Timeline(QWidget):
    """Bars of mentions (or of articles, for a search) and dots of quotes; a click or Enter chooses a day.

    Signals:
        day_chosen: the day, or the month or year of a long time, as the search's `date:` takes it.
    """

    day_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._title = self._note = ""
        self._of_articles = False
        self._bars: list[tuple[str, int, int]] = []
        self._current = -1
        self.setMinimumHeight(130)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Timeline"))

    def set_days(self, title: str, days: Sequence[Day], note: str = "", *, articles: bool = False) -> None:
        """Show days: mentions and quotes on each, or `articles` and quotes; `note` is said beside the title."""
        self._title, self._note, self._of_articles = title, note, articles
        known = {day.date: (day.articles if articles else day.mentions, day.quotes) for day in days}
        self._bars, self._current = _bars(known), -1
        said = "; ".join(self._words(number) for number, bar in enumerate(self._bars) if any(bar[1:]))
        self.setAccessibleDescription(". ".join(filter(None, (title, said, note)))[:2000])
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
        inside = ground.adjusted(SIDE, TOP, -END, -BOTTOM)
        painter.setPen(self.theme.colour("text.muted"))
        if not self._bars:
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, self.tr("No dated article to show."))
            return
        self._draw_legend(painter, QRect(SIDE, 4, ground.width() - SIDE - END, TOP - 8))
        most = max(max(count, quotes) for _, count, quotes in self._bars)
        for level in sorted({most, most // 2} - {0}):
            y = inside.bottom() - inside.height() * level / most
            painter.setPen(QPen(self.theme.colour("surfaces.line"), 1))
            painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))
            painter.setPen(self.theme.colour("text.muted"))
            place = QRectF(0, y - 9, SIDE - 8, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{level:,}")
        self._draw_bars(painter, inside, most)
        self._draw_axis(painter, inside)

    def _draw_legend(self, painter: QPainter, line: QRect) -> None:
        """Draw what bars and dots mean, at the right, and the title in what is left of the line."""
        metrics, x = QFontMetrics(painter.font()), float(line.right())
        middle = line.top() + line.height() / 2
        for words, role, is_bar in (
            (self.tr("quotes"), "marks.person", False),
            (self.tr("articles") if self._of_articles else self.tr("mentions"), "marks.quote_edge", True),
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
                painter.drawEllipse(QPointF(x, middle), DOT, DOT)
            x -= 18
        pointed = self._words(self._current) if self._current >= 0 else ""
        painter.setPen(self.theme.colour("text.normal"))
        room = QRect(line.left(), line.top(), int(x) - line.left(), line.height())
        title = metrics.elidedText(pointed or self._title, Qt.TextElideMode.ElideRight, room.width())
        middle_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, middle_left, title)
        if self._note and not pointed:
            painter.setPen(self.theme.colour("text.muted"))
            room.setLeft(room.left() + metrics.horizontalAdvance(title) + 12)
            note = metrics.elidedText(self._note, Qt.TextElideMode.ElideRight, max(0, room.width()))
            painter.drawText(room, middle_left, note)

    def _draw_bars(self, painter: QPainter, inside: QRect, most: int) -> None:
        step = inside.width() / len(self._bars)
        width = max(1.5, min(26.0, step * 0.72))
        radius = max(1.5, min(DOT, step * 0.6))
        for number, (_, count, quotes) in enumerate(self._bars):
            x = inside.left() + step * (number + 0.5)
            height = inside.height() * count / most
            role = "text.accent" if number == self._current else "marks.quote_edge"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour(role))
            if count:
                painter.drawRoundedRect(QRectF(x - width / 2, inside.bottom() - height, width, height), 1.5, 1.5)
            if quotes:
                ring = QPen(self.theme.colour("surfaces.page"), 1.5)
                painter.setPen(ring if radius >= DOT else Qt.PenStyle.NoPen)
                painter.setBrush(self.theme.colour("marks.person"))
                painter.drawEllipse(QPointF(x, inside.bottom() - inside.height() * quotes / most), radius, radius)

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
        """Return the bar that is meant at a place: the nearest one that is there."""
        inside = self.rect().adjusted(SIDE, TOP, -END, -BOTTOM)
        if not self._bars:
            return -1
        step = inside.width() / len(self._bars)
        near = max(NEAR, step / 2)
        first = max(0, int((x - inside.left() - near) / step))
        last = min(len(self._bars), int((x - inside.left() + near) / step) + 1)
        away = {
            number: abs(inside.left() + step * (number + 0.5) - x)
            for number in range(first, last)
            if any(self._bars[number][1:])
        }
        nearest = min(away, key=lambda number: away[number], default=-1)
        return nearest if nearest >= 0 and away[nearest] <= near else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().x())
        self._point_at(number)
        self.setCursor(Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._point_at(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point_at(-1)
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().x())
        if number >= 0:
            self.day_chosen.emit(self._bars[number][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: 1, Qt.Key.Key_End: -1}
        key = Qt.Key(event.key())
        if key in steps and self._bars:
            if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
                self._current = -1
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current >= 0:
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
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _point_at(self, number: int) -> None:
        if number != self._current:
            self._current = number
            self.update()

    def _words(self, number: int) -> str:
        when, count, quotes = self._bars[number]
        if self._of_articles:
            counted = self.tr("1 article") if count == 1 else self.tr("{n:,} articles").format(n=count)
        else:
            counted = self.tr("1 mention") if count == 1 else self.tr("{n:,} mentions").format(n=count)
        quoted = self.tr("1 quote") if quotes == 1 else self.tr("{n:,} quotes").format(n=quotes)
        return f"{_label(when)}: {counted}, {quoted}"

    # -- export --------------------------------------------------------------------------------------------------

    def export(self, file: Path) -> None:
        """Write the chart as SVG or PNG, by the suffix, in light colours: it goes onto paper. Raises `OSError`."""
        ground = QRect(0, 0, EXPORTED.width(), EXPORTED.height())
        theme, self.theme = self.theme, load_theme("light")
        current, self._current = self._current, -1
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        try:
            if file.suffix.lower() == ".svg":
                picture = QSvgGenerator()
                picture.setOutputDevice(buffer)
                picture.setSize(EXPORTED)
                picture.setViewBox(ground)
                picture.setTitle(self._title)
                picture.setDescription(self.accessibleDescription())
                painter = QPainter(picture)
                self.draw(painter, ground)
                painter.end()
            else:
                image = QImage(EXPORTED * 2, QImage.Format.Format_RGB32)
                image.setDevicePixelRatio(2)
                painter = QPainter(image)
                self.draw(painter, ground)
                painter.end()
                image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, PySide takes a str
        finally:
            self.theme, self._current = theme, current
        file.write_bytes(buffer.data().data())


class TimelinePanel(QWidget):
    """The chart below a person or a search, what of it has no date, and a button that writes it to a file.

    Signals:
        said: `(words, level)` for the messages.
    """

    said = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = Timeline(theme)
        self.empty = label()
        self.save = QPushButton(self.tr("Save Chart…"))
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self._ask)
        self._title = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row_of(label(self.tr("Timeline")), self.empty, None, self.save))
        layout.addWidget(self.chart)

    def show_days(self, title: str, days: Days, *, articles: bool = False) -> None:
        """Show the days of a person, or those of the `articles` that a search finds."""
        self._title = title
        n = days.undated
        without = (
            self.tr("1 article without a date") if n == 1 else self.tr("{n:,} articles without a date").format(n=n)
        )
        note = self.tr("{without} not shown").format(without=without) if n else ""
        self.chart.set_days(title, days.days, note, articles=articles)
        self.empty.setText(without if n and self.chart.empty else "")
        for part in (self.chart, self.save):
            part.setVisible(not self.chart.empty)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.chart.set_theme(theme)

    def _ask(self) -> None:
        """Ask for a file and write the chart to it."""
        kinds = self.tr("SVG picture (*.svg);;PNG picture (*.png)")
        name = "".join(char if char.isalnum() or char in " -_." else " " for char in self._title)
        name = " ".join(name.split())[:60] or "timeline"
        asked, kind = QFileDialog.getSaveFileName(self, self.tr("Save the chart"), f"{name}.svg", kinds)
        if not asked:
            return
        file = Path(asked)
        if file.suffix.lower() not in (".svg", ".png"):
            file = file.with_name(f"{file.name}{'.png' if 'png' in kind else '.svg'}")
            if file.exists() and not may_replace(self, self.tr("Save the chart"), file):
                return
        try:
            self.chart.export(file)
        except OSError as exc:
            words = self.tr("The chart could not be written to {file} ({why}). Choose another place.")
            self.said.emit(words.format(file=file, why=exc.strerror or exc), "error")
        else:
            self.said.emit(self.tr("The chart is saved as {file}.").format(file=file), "info")


def _bars(known: dict[str, tuple[int, int]]) -> list[tuple[str, int, int]]:
    """Return a bar for every day from the first to the last, or for every month or year of a long time."""
    if not known:
        return []
    first, last = (date.fromisoformat(when) for when in (min(known), max(known)))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if (last - first).days < MOST_BARS:
        names = [(first + timedelta(number)).isoformat() for number in range((last - first).days + 1)]
    elif months <= MOST_BARS:
        start = first.year * 12 + first.month - 1
        names = [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, start + months)]
    else:
        names = [f"{year:04}" for year in range(first.year, last.year + 1)]
    bars = {name: [0, 0] for name in names}
    for when, (count, quotes) in known.items():
        bar = bars[when[: len(names[0])]]
        bar[0] += count
        bar[1] += quotes
    return [(name, count, quotes) for name, (count, quotes) in bars.items()]


def _label(when: str) -> str:
    """Return how an axis names a day, a month or a year."""
    year, *rest = when.split("-")
    words = [str(int(day)) for day in rest[1:]] + [MONTHS[int(month) - 1] for month in rest[:1]]
    return " ".join((*words, year))
