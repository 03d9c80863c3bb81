"""The reader's own icons: SVG strokes in the colour of a theme role, sharp at any scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reader.resources import resources_dir

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QColor


def _renderer(name: str, colour: QColor, fill: QColor | None = None) -> QSvgRenderer:
    source = (resources_dir() / "icons" / f"{name}.svg").read_text("utf-8")
    source = source.replace("currentColor", colour.name()).replace("currentFill", (fill or colour).name())
    return QSvgRenderer(QByteArray(source.encode()))


class _StrokeEngine(QIconEngine):
    """Draw an SVG afresh at every size, so that no pixmap is scaled."""

    def __init__(self, name: str, colour: QColor, fill: QColor | None = None) -> None:
        super().__init__()
        self._name, self._colour, self._fill = name, colour, fill
        self._svg = _renderer(name, colour, fill)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(0.45)
        self._svg.render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _StrokeEngine(self._name, self._colour, self._fill)


def icon(name: str, colour: QColor, fill: QColor | None = None) -> QIcon:
    """Return the icon `resources/icons/<name>.svg` drawn in `colour`, its areas in `fill`."""
    # a copy, of which the engine is no child: the collector would free the engine of a QIcon in a cycle twice, and the
    # process would die as the window went (PySide6 6.11.3)
    return QIcon(QIcon(_StrokeEngine(name, colour, fill)))


def application_icon() -> QIcon:
    """Return the window's icon."""
    return QIcon(str(resources_dir() / "icons" / "parallel-reader.svg"))
