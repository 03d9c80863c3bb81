"""How the text is set: characters in a line, the height of lines, margins, and what stands over it."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtTest import QTest

from reader.ui.appearance import READING_FONTS, usual_size
from reader.ui.pane import GUTTER
from tests.support.news import write
from tests.ui.support import settle, trigger

LATIN = "Consiliul a hotărât joi, după cinci ore de discuții, ca podul cel vechi să rămână deschis până la toamnă. " * 8
CYRILLIC = "Общинският съвет реши в четвъртък след дълъг спор старият мост да остане отворен чак до есента. " * 8
TEXT = {"latin": LATIN, "cyrillic": CYRILLIC}


def characters(pane):
    """Return how many characters the full lines of a pane's paragraphs have on average."""
    lengths = []
    for number, block in enumerate(pane.blocks):
        if block.role == "body":
            shown = pane.document().findBlockByNumber(number)
            pane.document().documentLayout().blockBoundingRect(shown)  # lays it out
            layout = shown.layout()
            lengths += [layout.lineAt(line).textLength() for line in range(layout.lineCount() - 1)]
    return sum(lengths) / len(lengths)


def show(qtbot, window, view):
    """Choose a view; the panes have their new widths in the next turn."""
    trigger(window, f"view_{view}")
    QTest.qWait(10)
    settle(qtbot, window)


@pytest.fixture
def read(qtbot, window, tmp_path):
    """Open a text in a window of some size and view; return its pane."""

    def open_in(script, width, view):
        window.resize(width, 860)
        path = write(tmp_path / "news", f"{script}.txt", f"{LATIN[:40]}\n\n{TEXT[script]}\n\n{TEXT[script]}\n")
        window.add_paths([path])
        settle(qtbot, window)
        show(qtbot, window, view)
        return window.reading.original

    return open_in


@pytest.mark.parametrize(
    ("width", "view"), [(1360, "original"), (1920, "both"), (1920, "original"), (2560, "both"), (2560, "original")]
)
@pytest.mark.parametrize("script", TEXT)
def test_a_line_has_60_to_80_characters_where_there_is_room(read, script, width, view):
    assert 60 <= characters(read(script, width, view)) <= 80


def test_side_by_side_with_both_sidebars_on_a_laptop_a_line_has_about_50_characters(read):
    assert characters(read("latin", 1360, "both")) >= 48
    assert characters(read("cyrillic", 1360, "both")) >= 40


@pytest.mark.parametrize("width", [900, 1360, 1920, 2560])
def test_the_text_is_as_wide_as_the_pane_shows(qtbot, window, read, width):
    pane = read("latin", width, "both")
    for view in ("both", "original", "both"):
        show(qtbot, window, view)
        for each in (pane, window.reading.translation):
            if each.isVisible():
                assert each.document().pageSize().width() == each.viewport().width()


def test_the_column_stands_in_the_middle_of_a_wide_pane_with_its_caption_over_it(window, read):
    pane = read("latin", 1920, "both")
    left = pane.viewport().mapTo(pane, pane.viewport().rect().topLeft()).x()
    right = pane.width() - pane.viewport().width() - left
    assert left > GUTTER
    assert abs(left - right) <= pane.verticalScrollBar().sizeHint().width()
    caption = window.reading.original_caption
    begins = pane.mapTo(window, pane.rect().topLeft()).x() + left + GUTTER
    assert caption.mapTo(window, caption.rect().topLeft()).x() == begins


def test_lines_are_half_as_high_again_as_the_font_is_large_whatever_it_calls_its_own_height(read):
    pane = read("latin", 1360, "both")
    layout = pane.document().findBlockByNumber(1).layout()
    size = pane.text_font.pointSizeF() * pane.logicalDpiY() / 72
    pitch = layout.lineAt(1).rect().bottom() - layout.lineAt(0).rect().bottom()
    assert pitch == pytest.approx(1.5 * size, abs=1)


def test_letters_are_equally_high_in_every_font(qapp):
    there = [name for name in (*READING_FONTS, "DejaVu Sans", "Noto Sans") if name in QFontDatabase.families()]
    heights = []
    for family in there:
        large = QFont(family, 100)
        heights.append(usual_size(family) * QFontMetricsF(large).xHeight() / QFontInfo(large).pixelSize())
    assert there
    assert max(heights) - min(heights) < 0.5
