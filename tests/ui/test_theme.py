import ast
import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPalette

from reader.annotations.annotation import COLOURS
from reader.resources import resources_dir
from reader.text.errors import ResourceError
from reader.ui import theme
from reader.ui.icons import icon
from reader.ui.theme import load_theme, theme_for
from tests.ui.walking import contrast

THEMES = ("light", "dark")

ON = {
    "text.normal": (
        *("window", "sidebar", "page", "raised", "field", "hover", "selected", "pressed"),
        *("marks.sentence", "marks.selection", "marks.quote", "marks.flash", "marks.find", "marks.found"),
        *(f"highlights.{colour}" for colour in COLOURS),
    ),
    "text.muted": ("window", "sidebar", "page", "raised", "field", "hover", "selected"),
    "text.faint": ("sidebar", "page", "field", "raised", "marks.quote"),
    "text.accent": ("window", "page", "sidebar", "raised", "hover", "selected"),
    "text.on_accent": ("text.accent",),
    "text.warning": ("window", "raised"),
    "text.error": ("window", "page", "sidebar", "raised", "selected", "hover"),
    "text.good": ("window",),
}
"""The surfaces each text role stands on."""


def surface(theme, name):
    return theme.colour(name if "." in name else f"surfaces.{name}")


def test_black_on_white_has_the_known_contrast():
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_text_is_readable_on_every_surface_it_stands_on(name):
    theme = load_theme(name)
    low = {
        (role, ground): round(contrast(theme.colour(role), surface(theme, ground)), 2)
        for role, grounds in ON.items()
        for ground in grounds
        if contrast(theme.colour(role), surface(theme, ground)) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("name", THEMES)
def test_marks_and_their_edges_stand_out_from_the_page(name):
    theme = load_theme(name)
    roles = [f"marks.{edge}" for edge in ("quote_edge", "term_edge", "person", "doubt", "correction")]
    roles += [f"highlight_edges.{colour}" for colour in COLOURS]
    low = {role: contrast(theme.colour(role), surface(theme, "page")) for role in roles}
    assert {role: ratio for role, ratio in low.items() if ratio < 3} == {}


@pytest.mark.parametrize("name", THEMES)
def test_marks_in_lists_stand_out_from_every_state_of_a_row(name):
    theme = load_theme(name)
    roles = ["text.accent", "text.muted", "text.error", *(f"highlight_edges.{colour}" for colour in COLOURS)]
    low = {
        (role, ground): round(contrast(theme.colour(role), surface(theme, ground)), 2)
        for role, ground in product(roles, ("sidebar", "hover", "selected"))
    }
    assert {pair: ratio for pair, ratio in low.items() if ratio < 3} == {}


@pytest.mark.parametrize("name", THEMES)
def test_scroll_bars_stand_out_from_what_they_scroll(name):
    theme = load_theme(name)
    grounds = ("window", "sidebar", "page", "raised", "field")
    assert min(contrast(theme.colour("marks.scroll"), surface(theme, ground)) for ground in grounds) >= 3
    assert theme.colour("text.faint") != theme.colour("marks.scroll")  # under the mouse


@pytest.mark.parametrize("name", THEMES)
def test_hovered_selected_and_pressed_rows_differ(name):
    theme = load_theme(name)
    assert len({theme.roles[f"surfaces.{state}"] for state in ("sidebar", "hover", "selected", "pressed")}) == 4


@pytest.mark.parametrize("name", THEMES)
def test_an_underline_stands_out_from_a_highlight_below_it(name):
    theme = load_theme(name)
    grounds = ["marks.quote", *(f"highlights.{colour}" for colour in COLOURS)]
    low = {
        ground: round(contrast(theme.colour("marks.person"), theme.colour(ground)), 2)
        for ground in grounds
        if contrast(theme.colour("marks.person"), theme.colour(ground)) < 3
    }
    assert low == {}


@pytest.mark.parametrize("name", THEMES)
def test_the_focus_ring_stands_out_from_what_is_around_it(name):
    theme = load_theme(name)
    assert (
        min(
            contrast(theme.colour("text.accent"), surface(theme, ground))
            for ground in ("window", "page", "raised", "sidebar", "field", "line", "selected", "hover")
        )
        >= 3
    )


@pytest.mark.parametrize("name", THEMES)
def test_arrows_ticks_and_boxes_stand_out_from_their_fields(name):
    theme = load_theme(name)
    for sign in ("chevron", "chevron-up", "clear"):
        (ink,) = re.findall('stroke="(#[0-9a-f]{6})"', (resources_dir() / "icons" / f"{sign}.svg").read_text())
        assert contrast(QColor(ink), theme.colour("surfaces.field")) >= 3
    assert contrast(theme.colour("text.faint"), theme.colour("surfaces.field")) >= 3
    (shown,) = re.findall(r"indicator:checked { image: url\(\"(.*?)\"", theme.style_sheet())
    (tick,) = re.findall('stroke="(#[0-9a-f]{6})"', Path(shown).read_text())
    assert contrast(QColor(tick), theme.colour("surfaces.raised")) >= 3
    assert contrast(theme.colour("text.on_accent"), theme.colour("text.accent")) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_placeholders_tooltips_and_selections_take_their_colours_from_the_theme(name):
    theme = load_theme(name)
    palette, roles = theme.palette(), QPalette.ColorRole
    assert palette.color(roles.PlaceholderText) == theme.colour("text.faint")
    assert (palette.color(roles.ToolTipText), palette.color(roles.ToolTipBase)) == (
        theme.colour("text.normal"),
        theme.colour("surfaces.raised"),
    )
    assert (palette.color(roles.HighlightedText), palette.color(roles.Highlight)) == (
        theme.colour("text.normal"),
        theme.colour("marks.selection"),
    )
    assert f"placeholder-text-color: {theme.roles['text.faint']}" in theme.style_sheet()


def test_both_themes_have_the_same_roles():
    light, dark = (load_theme(name) for name in THEMES)
    assert light.roles.keys() == dark.roles.keys()
    assert (light.dark, dark.dark) == (False, True)


@pytest.mark.parametrize("name", THEMES)
def test_every_role_of_a_theme_is_a_colour(name):
    theme = load_theme(name)
    assert [role for role in theme.roles if not QColor.isValidColorName(theme.roles[role])] == []


@pytest.mark.parametrize(("name", "colour"), list(product(THEMES, COLOURS)))
def test_every_highlight_colour_has_a_tint_and_an_edge(name, colour):
    theme = load_theme(name)
    assert theme.colour(f"highlights.{colour}") != theme.colour(f"highlight_edges.{colour}")


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_has_a_colour_for_each_role_it_names(name):
    sheet = load_theme(name).style_sheet()
    assert "${" not in sheet


def test_a_theme_can_be_chosen_against_the_system(qapp):
    assert theme_for("dark").dark
    assert not theme_for("light").dark
    assert theme_for("system").name in ("Light", "Dark")


def test_a_damaged_theme_names_its_file(tmp_path, monkeypatch):
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "light.toml").write_text("name = ")
    monkeypatch.setattr("reader.ui.theme.resources_dir", lambda: tmp_path)
    with pytest.raises(ResourceError, match=r"light\.toml"):
        load_theme("light")


@pytest.mark.parametrize("name", sorted(path.stem for path in (resources_dir() / "icons").glob("*.svg")))
def test_icons_are_drawn_afresh_at_twice_the_size(qapp, name):
    drawn = icon(name, QColor("#24221e"))
    once, twice = (drawn.pixmap(QSize(16, 16), scale) for scale in (1.0, 2.0))
    assert (twice.width(), twice.devicePixelRatio()) == (32, 2.0)
    blown_up = once.toImage().scaled(32, 32)
    assert twice.toImage().convertToFormat(blown_up.format()) != blown_up


# -- one scale of spaces and of type ----

SPACES = {0, 2, 4, 6, 8, 12, 16, 20, 24, 28, 30}
"""Pixels between things; 28 is where text begins on the page."""
TYPES = {0.62, 0.88, 0.94, 1, 1.15, 1.25}
"""Sizes of type by that of the place: a language's tag, small, second line, text, heading, title."""


def calls(*names):
    """Yield the calls in the window's code of methods and functions with these names, with their place."""
    for path in sorted(Path(theme.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
            if name in names:
                yield f"{path.name}:{node.lineno}", node


def test_spaces_in_layouts_are_steps_of_one_scale():
    stray, seen = [], 0
    for where, call in calls("setContentsMargins", "setSpacing", "setVerticalSpacing", "setHorizontalSpacing"):
        values = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
        seen += len(values)
        stray += [(where, value) for value in values if value not in SPACES]
    assert seen > 100
    assert stray == []


def test_sizes_of_type_are_steps_of_one_scale():
    stray, seen = [], 0
    for where, call in calls("scaled", "setPointSizeF"):
        factors = [
            node.value for argument in call.args for node in ast.walk(argument) if isinstance(node, ast.Constant)
        ]
        seen += len(factors)
        stray += [(where, factor) for factor in factors if isinstance(factor, float) and factor not in TYPES]
    assert seen > 8
    assert stray == []


def test_no_type_has_a_size_in_pixels():
    assert list(calls("setPixelSize")) == []
    assert "font-size" not in load_theme("light").style_sheet()
