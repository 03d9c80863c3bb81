"""How the window looks: theme, what is shown of it, reading font and size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QGuiApplication

from reader.annotations.annotation import COLOURS
from reader.page import Layer
from reader.settings import SIZES
from reader.ui.icons import icon
from reader.ui.pane import Shape
from reader.ui.theme import dress, theme_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from reader.ui.reading import ReadingView
    from reader.ui.settings import Settings
    from reader.ui.theme import Theme

    class Themed(Protocol):
        """A part of the window that draws in a theme's colours."""

        def set_theme(self, theme: Theme) -> None:
            """Draw in another theme."""


READING_FONTS = ("Source Serif 4", "Noto Serif", "Charter", "Georgia", "Cambria", "DejaVu Serif")
LETTER_HEIGHT = 5.9
"""Points from the line up to the top of a small letter: fonts of one size differ in it by a quarter."""
ZOOM_STEP = 1.0
VIEWS = ("original", "both", "translation")
LAYERS = {
    "show_quotes": (Layer.QUOTE, Layer.TERM),
    "show_people": (Layer.PERSON,),
    "show_highlights": (Layer.HIGHLIGHT,),
}
KEPT = (*LAYERS, "respell_names", "show_library", "show_inspector", "link_panes", "panes_beside")
"""Commands of the View menu whose state is kept between runs."""


def usual_size(family: str) -> float:
    """Return the size in points at which a font's letters are as high as those of other fonts at theirs."""
    large = QFont(family, 100)  # so large that no pixel is rounded
    return round(2 * LETTER_HEIGHT * QFontInfo(large).pixelSize() / QFontMetricsF(large).xHeight()) / 2


class Appearance(QObject):
    """Carry out the View menu and keep its state in the settings."""

    def __init__(self, settings: Settings, reading: ReadingView, parts: Mapping[str, QWidget], parent: QWidget) -> None:
        """`parts` are the widgets that "show_library" and "show_inspector" show."""
        super().__init__(parent)
        self._window = parent
        self._settings, self._reading, self._parts = settings, reading, parts
        self._actions: dict[str, QAction] = {}
        self._themed: Sequence[Themed] = ()

    def begin(self, actions: dict[str, QAction], themed: Sequence[Themed]) -> None:
        """Restore what was kept and show it."""
        self._actions, self._themed = actions, themed
        for name in KEPT:
            actions[name].setChecked(self._settings.flag(f"view/{name}", True))
        theme = self._settings.text("theme", "system")
        actions[f"theme_{theme}" if f"theme_{theme}" in actions else "theme_system"].setChecked(True)
        view = self._settings.text("view/panes", "both")
        actions[f"view_{view}" if view in VIEWS else "view_both"].setChecked(True)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_theme_changed)
        self._apply_theme()
        self._apply_font()
        self._apply_view()

    def keep(self) -> None:
        """Keep what is shown for the next run."""
        for name in KEPT:
            self._settings.set(f"view/{name}", self._actions[name].isChecked())

    def show_part(self, name: str) -> None:
        """Show "library" or "inspector" where it is hidden."""
        self._actions[f"show_{name}"].setChecked(True)
        self._apply_view()

    def _apply_theme(self) -> None:
        theme = theme_for(self._settings.text("theme", "system"))
        with self._reading.held():
            dress(theme)
        for part in self._themed:
            part.set_theme(theme)
        ink = theme.colour("text.muted")
        for name in (*(f"view_{view}" for view in VIEWS), "link_panes"):
            self._actions[name].setIcon(icon(name.removeprefix("view_").removesuffix("_panes"), ink))
            self._actions[name].setIconVisibleInMenu(False)
        for number, name in enumerate(COLOURS, 1):
            edge, fill = theme.colour(f"highlight_edges.{name}"), theme.colour(f"highlights.{name}")
            self._actions[f"colour_{number}"].setIcon(icon("swatch", edge, fill))

    def _choose_theme(self, choice: str) -> None:
        self._settings.set("theme", choice)
        self._apply_theme()

    def do_theme_system(self) -> None:
        """Follow the desktop's light or dark setting."""
        self._choose_theme("system")

    def do_theme_light(self) -> None:
        """Pin the light theme."""
        self._choose_theme("light")

    def do_theme_dark(self) -> None:
        """Pin the dark theme."""
        self._choose_theme("dark")

    def _system_theme_changed(self) -> None:
        if self._settings.text("theme", "system") == "system":
            self._apply_theme()

    def _apply_view(self) -> None:
        on = {name for name, action in self._actions.items() if action.isChecked()}
        view = next(view for view in VIEWS if f"view_{view}" in on)
        self._settings.set("view/panes", view)
        self._reading.set_beside("panes_beside" in on)
        self._reading.set_view(view)
        self._reading.set_linked("link_panes" in on)
        self._reading.set_respelling("respell_names" in on)
        self._reading.hide_layers(layer for name, layers in LAYERS.items() if name not in on for layer in layers)
        for name, part in self._parts.items():
            part.setVisible(name in on)

    do_view_both = do_view_original = do_view_translation = do_link_panes = do_panes_beside = _apply_view
    do_show_quotes = do_show_people = do_show_highlights = do_show_library = do_show_inspector = _apply_view
    do_respell_names = _apply_view

    def _apply_font(self) -> None:
        for pane in (self._reading.original, self._reading.translation):
            pane.shape = self.shape()
        self._reading.set_fonts(*self.fonts())

    def shape(self) -> Shape:
        """Return the measure and the line height of both panes."""
        usual = Shape()
        return Shape(
            int(self._settings.number("reading/measure", usual.measure)),
            int(self._settings.number("reading/line_height", usual.line_height)),
        )

    def fonts(self, *, zoomed: bool = True) -> tuple[QFont, QFont]:
        """Return the fonts of original and translation; the translation's is the original's unless it has its own."""
        family = self._family()
        size = self._size(family)
        families = (family, self._settings.text("reading/translation_font") or family)
        sizes = (size, self._settings.number("reading/translation_size", size))
        zoom = self._settings.number("reading/zoom", 0) if zoomed else 0
        fonts = []
        for name, points in zip(families, sizes, strict=True):
            font = QFont(name)
            font.setPointSizeF(max(SIZES[0], min(SIZES[1], points + zoom)))
            fonts.append(font)
        return fonts[0], fonts[1]

    def _family(self) -> str:
        there = set(QFontDatabase.families())
        usual = next((name for name in READING_FONTS if name in there), self._window.font().family())
        return self._settings.text("reading/font") or usual

    def _size(self, family: str) -> float:
        return self._settings.number("reading/size", usual_size(family))

    def apply(self) -> None:
        """Show what the settings say of theme, fonts and the shape of the text; the place stays."""
        self._actions[f"theme_{self._settings.text('theme', 'system')}"].setChecked(True)
        self._apply_theme()
        self._zoom(self._settings.number("reading/zoom", 0))

    def _zoom(self, zoom: float) -> None:
        size = self._size(self._family())
        self._settings.set("reading/zoom", max(SIZES[0] - size, min(SIZES[1] - size, zoom)))
        row, _ = self._reading.place()
        self._apply_font()
        self._reading.go_to_row(row)

    def do_zoom_in(self) -> None:
        """Enlarge the text."""
        self._zoom(self._settings.number("reading/zoom", 0) + ZOOM_STEP)

    def do_zoom_out(self) -> None:
        """Reduce the text."""
        self._zoom(self._settings.number("reading/zoom", 0) - ZOOM_STEP)

    def do_zoom_reset(self) -> None:
        """Return to the size of the preferences."""
        self._zoom(0)
