"""Walk a window as a person without a mouse does: what Tab reaches, in which order, and whether one sees it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

UNKNOWN = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window)
SAME_ROW = 6
"""Pixels by which widgets of one row may differ in height."""
SEEN = 20
"""Pixels that change clearly where a widget gets the focus: the shortest side of a ring has more."""


def luminance(colour: QColor) -> float:
    """Return the relative luminance of WCAG 2.2."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def described(widget: QWidget) -> str:
    """Return what names a widget in a failure."""
    parent = widget.parentWidget()
    name = widget.accessibleName() or widget.objectName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} “{name}” in {type(parent).__name__}"


def accessible(widget: QWidget) -> tuple[str, QAccessible.Role]:
    """Return what a screen reader is told: name and role."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip(), interface.role()


def stops(top: QWidget) -> list[QWidget]:
    """Return the widgets that Tab must reach: shown, enabled, and made for the keyboard."""
    found = []
    for widget in top.findChildren(QWidget):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        alone = not (isinstance(widget, QRadioButton) and not widget.isChecked())  # one of a group is reached
        if takes and alone and widget.window() is top and widget.isVisible() and widget.isEnabled():
            found.append(widget)
    return found


def pages(top: QWidget) -> Iterator[str]:
    """Show every combination of pages that a window's tabs have, one tab widget after the other; yield its name."""
    books = [book for book in top.findChildren(QTabWidget) if book.isVisible()]
    if not books:
        yield ""
    for book in books:
        for number in range(book.count()):
            book.setCurrentIndex(number)
            yield book.tabText(number)


def walk(qtbot: QtBot, top: QWidget) -> list[QWidget]:
    """Press Tab until the first widget has the focus again; return the widgets in order."""
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)
    QTest.qWait(1)
    start = next(iter(stops(top)))
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [_focus(top)]
    for _ in range(200):
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
        now = _focus(top)
        if now in seen:
            assert now is seen[0] or now is not seen[-1], f"Tab stays in {described(now)}"
            return seen
        seen.append(now)
    raise AssertionError("Tab never comes back")


def stuck(qtbot: QtBot, chain: list[QWidget], top: QWidget) -> list[str]:
    """Return the widgets that Shift+Tab doesn't leave."""
    held = []
    for widget in chain:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(widget, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        if _focus(top) is widget and len(chain) > 1:
            held.append(described(widget))
    return held


def _focus(top: QWidget) -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.window() is top
    return focus


def place(widget: QWidget, top: QWidget) -> QRect:
    """Return where a widget stands in its window."""
    return QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())


def backwards(chain: list[QWidget], top: QWidget) -> list[str]:
    """Return the steps of a walk that go up without going to the right, or left in a row."""
    wrong = []
    corners = [place(widget, top).topLeft().manhattanLength() for widget in chain]
    first = corners.index(min(corners))  # the walk is a circle: begin it where reading begins
    chain = chain[first:] + chain[:first]
    for one, other in pairwise(chain):
        here, there = place(one, top), place(other, top)
        same_row = abs(here.center().y() - there.center().y()) <= SAME_ROW
        up = there.bottom() < here.top()
        if (same_row and there.left() < here.left()) or (up and there.left() < here.right()):
            wrong.append(f"{described(one)} → {described(other)}")
    return wrong


def without_ring(qtbot: QtBot, chain: list[QWidget], top: QWidget) -> list[str]:
    """Return the widgets that look alike with and without the focus."""
    dull = []
    for number, widget in enumerate(chain):
        chain[number - 1].setFocus(Qt.FocusReason.TabFocusReason)
        widget.clearFocus()  # where it is the only one
        before = _picture(top)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        after = _picture(top)
        # a tab's bar, a header or a frame around the widget may show the focus in its stead
        area = place(widget, top).adjusted(-4, -4, 4, 4).intersected(top.rect())
        if clearly_changed(before, after, area) < SEEN:
            dull.append(described(widget))
    return dull


def faint_texts(top: QWidget, least: float = 4.5) -> list[str]:
    """Return the labels, buttons and fields whose text stands out too little from what is drawn around it."""
    picture, faint = _picture(top), []
    kinds = (QLabel, QPushButton, QToolButton, QCheckBox, QRadioButton, QLineEdit, QComboBox, QTabBar, QHeaderView)
    for widget in top.findChildren(QWidget):
        here = isinstance(widget, kinds) and widget.window() is top and widget.isVisible()
        if not here or not widget.isEnabled() or not _words(widget):  # what is off is exempt
            continue
        area = place(widget, top).adjusted(4, 3, -4, -3).intersected(QRect(QPoint(0, 0), top.size()))
        colours = Counter(picture.pixel(x, y) for y in range(*_range(area, 1)) for x in range(*_range(area, 0)))
        if not colours:
            continue
        ground = QColor(colours.most_common(1)[0][0])
        ratio = max(contrast(QColor(each), ground) for each in colours)
        if ratio < least:
            faint.append(f"{described(widget)} “{_words(widget)}” {ratio:.2f}")
    return faint


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QTabBar | QHeaderView):
        return "headings"
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
        return "" if not widget.icon().isNull() else widget.text()
    return str(getattr(widget, "text", str)())


def _range(area: QRect, axis: int) -> tuple[int, int]:
    return (area.top(), area.bottom() + 1) if axis else (area.left(), area.right() + 1)


def _picture(top: QWidget) -> QImage:
    QApplication.processEvents()
    return top.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def clearly_changed(before: QImage, after: QImage, area: QRect) -> int:
    """Count pixels of an area whose old and new colours have a contrast of 3 or more, up to what is enough."""
    count = 0
    known: dict[tuple[int, int], bool] = {}
    for y in range(area.top(), area.bottom() + 1):
        for x in range(area.left(), area.right() + 1):
            pair = (before.pixel(x, y), after.pixel(x, y))
            if pair[0] == pair[1]:
                continue
            if pair not in known:
                known[pair] = contrast(QColor(pair[0]), QColor(pair[1])) >= 3
            count += known[pair]
            if count >= SEEN:
                return count
    return count
