"""The settings as the window uses them: saved a moment after a change, with the window's shape beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QPoint, QSettings, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from reader import settings
from reader.settings import SETTINGS, Kind, Value, kind_of
from reader.text.errors import SettingsNotSaved

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow, QSplitter

SAVED_AFTER = 500
"""Milliseconds: what changes in a row is written once."""


class _Teller(QObject):
    failed = Signal(object)


class Settings(settings.Settings):
    """The settings of a folder; `window.ini` beside them has the shape of the window, which only Qt can read.

    `failed` is a signal: its payload is the `SettingsNotSaved`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder)
        self._shape = QSettings(str(self.file.with_name("window.ini")), QSettings.Format.IniFormat)
        self._teller = _Teller()
        self.failed = self._teller.failed
        self._later = QTimer(self._teller, singleShot=True, interval=SAVED_AFTER)
        self._later.timeout.connect(self.save_now)
        if not self.file.exists():
            self._take_over()

    def set(self, name: str, value: Value | None) -> None:
        """Keep a value and write it soon."""
        super().set(name, value)
        if QCoreApplication.instance() is not None:
            self._later.start()

    def save_now(self) -> None:
        """Write what was changed; a failure is told."""
        self._later.stop()
        try:
            self.save()
        except SettingsNotSaved as exc:
            self.failed.emit(exc)

    def keep_window(self, window: QMainWindow, splitters: dict[str, QSplitter]) -> None:
        """Keep the window's geometry and its splitters, and all settings with them."""
        self._shape.setValue("window/geometry", window.saveGeometry())
        self._shape.setValue("window/corner", window.pos())
        for name, splitter in splitters.items():
            self._shape.setValue(f"window/{name}", splitter.saveState())
        self._shape.sync()
        self.save_now()

    def restore_window(self, window: QMainWindow, splitters: dict[str, QSplitter]) -> bool:
        """Restore what `keep_window` kept; say whether there was anything."""
        geometry = self._shape.value("window/geometry")
        for name, splitter in splitters.items():
            state = self._shape.value(f"window/{name}")
            if isinstance(state, QByteArray):
                splitter.restoreState(state)
        restored = isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)
        corner = self._shape.value("window/corner")
        whole = not window.isMaximized() and not window.isFullScreen()
        if restored and whole and isinstance(corner, QPoint) and QGuiApplication.screenAt(corner) is not None:
            window.move(corner)  # Qt leaves room for a title bar above, also where windows have none
        return restored

    def _take_over(self) -> None:
        """Read what an earlier version kept in `window.ini`, once: the file of settings is there from then on."""
        for name in SETTINGS:
            kind, value = kind_of(name), self._shape.value(name)
            assert kind is not None
            if value is not None and kind.takes(taken := _typed(kind, value)):
                self.set(name, taken)  # type: ignore[arg-type]  # as `takes` says


def _typed(kind: Kind, value: object) -> object:
    """Return a value of an INI file, where everything is a text or a list of them, as a kind has it."""
    if kind.type is list:
        return [value] if isinstance(value, str) else value
    if kind.type is bool:
        return {"true": True, "false": False}.get(str(value).casefold())
    if kind.type is float:
        try:
            return float(str(value))
        except ValueError:
            return None
    return value
