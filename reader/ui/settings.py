"""What the window keeps between runs, in one INI file of the user's configuration folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from reader.text import APPLICATION

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QSplitter


class Settings:
    """Typed access to the settings file; a value of the wrong type counts as missing."""

    def __init__(self, file: Path | None = None) -> None:
        folder = Path(platformdirs.user_config_dir(APPLICATION, appauthor=False))
        self._store = QSettings(str(file or folder / "window.ini"), QSettings.Format.IniFormat)

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        value = self._store.value(name, default)
        return value if isinstance(value, str) else default

    def number(self, name: str, default: float) -> float:
        """Return a number."""
        try:
            return float(str(self._store.value(name, default)))
        except ValueError:
            return default

    def flag(self, name: str, default: bool) -> bool:
        """Return a yes or no."""
        return str(self._store.value(name, default)).casefold() in ("true", "1")

    def paths(self, name: str) -> list[Path]:
        """Return a list of paths."""
        value = self._store.value(name, [])
        names = [value] if isinstance(value, str) else value
        return [Path(each) for each in names if isinstance(each, str) and each] if isinstance(names, list) else []

    def set(self, name: str, value: str | float | bool | list[str]) -> None:
        """Keep a value."""
        self._store.setValue(name, value)

    def keep_window(self, window: QMainWindow, splitters: dict[str, QSplitter]) -> None:
        """Keep the window's geometry and its splitters."""
        self._store.setValue("window/geometry", window.saveGeometry())
        for name, splitter in splitters.items():
            self._store.setValue(f"window/{name}", splitter.saveState())
        self._store.sync()

    def restore_window(self, window: QMainWindow, splitters: dict[str, QSplitter]) -> bool:
        """Restore what `keep_window` kept; say whether there was anything."""
        geometry = self._store.value("window/geometry")
        for name, splitter in splitters.items():
            state = self._store.value(f"window/{name}")
            if isinstance(state, QByteArray):
                splitter.restoreState(state)
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)
