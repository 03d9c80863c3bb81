"""Colour roles from a theme file, and the one style sheet made of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from reader.resources import resources_dir
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Roles(Template):
    idpattern = r"[a-z]+\.[a-z_]+"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme's colours by role, named "group.role" ("text.muted", "highlights.yellow")."""

    name: str
    dark: bool
    roles: Mapping[str, str]

    def colour(self, role: str) -> QColor:
        """Return the colour of a role; a role that no theme file has raises `KeyError`."""
        return QColor(self.roles[role])

    def style_sheet(self) -> str:
        """Return the window's style sheet in this theme's colours."""
        sheet = (resources_dir() / "themes" / "window.qss").read_text("utf-8")
        icons = (resources_dir() / "icons").as_posix()
        ticks = [f"{icons}/tick-{shade}.svg" for shade in ("dark", "light")]
        tick, tick_on_accent = reversed(ticks) if self.dark else ticks
        paths = {"paths.icons": icons, "paths.tick": tick, "paths.tick_on_accent": tick_on_accent}
        return _Roles(sheet).substitute({**self.roles, **paths})

    def palette(self) -> QPalette:
        """Return a palette for what style sheets don't reach (placeholder text, links, disabled text)."""
        palette = QPalette()
        for which, role in {
            QPalette.ColorRole.Window: "surfaces.window",
            QPalette.ColorRole.Base: "surfaces.page",
            QPalette.ColorRole.AlternateBase: "surfaces.sidebar",
            QPalette.ColorRole.Button: "surfaces.raised",
            QPalette.ColorRole.Text: "text.normal",
            QPalette.ColorRole.WindowText: "text.normal",
            QPalette.ColorRole.ButtonText: "text.normal",
            QPalette.ColorRole.ToolTipBase: "surfaces.raised",
            QPalette.ColorRole.ToolTipText: "text.normal",
            QPalette.ColorRole.PlaceholderText: "text.faint",
            QPalette.ColorRole.Link: "text.accent",
            QPalette.ColorRole.Highlight: "marks.selection",
            QPalette.ColorRole.HighlightedText: "text.normal",
        }.items():
            palette.setColor(which, self.colour(role))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, self.colour("text.faint"))
        return palette


def dress(theme: Theme) -> None:
    """Give the application a theme's palette and style sheet."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    sheet = theme.style_sheet()
    if application.styleSheet() != sheet:  # every widget would be measured anew
        application.setPalette(theme.palette())
        application.setStyleSheet("")  # Qt 6.11 takes three times as long to put one sheet in another's place
        application.setStyleSheet(sheet)


def load_theme(name: str) -> Theme:
    """Read `resources/themes/<name>.toml`; raises `ResourceError` that names the file."""
    path = resources_dir() / "themes" / f"{name}.toml"
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        roles = {
            f"{group}.{role}": str(value)
            for group, table in tables.items()
            if isinstance(table, dict)
            for role, value in table.items()
        }
        return Theme(str(tables["name"]), bool(tables["dark"]), roles)
    except (OSError, tomllib.TOMLDecodeError, KeyError) as exc:
        raise ResourceError(f"The theme {path.name} can't be read: {exc}. Install the reader again.", path) from exc


def theme_for(choice: str) -> Theme:
    """Return the theme of a preference: "light", "dark", or "system", which asks the desktop."""
    if choice not in ("light", "dark"):
        hints = QGuiApplication.styleHints()
        choice = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
    return load_theme(choice)
