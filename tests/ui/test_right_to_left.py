"""Arabic and Hebrew read from the right: lines begin there, and so do the marks beside them."""

import pytest
from PySide6.QtCore import Qt

from reader.export.passages import SentenceTranslation
from reader.page import Layer
from tests.support.pages import mark, page, span_of
from tests.ui.support import shown_view

ARABIC = "أغلق الجسر القديم يوم الاثنين 12.\nقال العمدة سامي إن الأعمال ستستمر ثلاثة أشهر. لا أحد يعرف السبب."
HEBREW = "הגשר הישן נסגר ביום שני.\nראש העיר אמר שהעבודות יימשכו שלושה חודשים. איש אינו יודע מדוע."
ENGLISH = ("The old bridge closed on Monday.", "The mayor said the works take three months.", "Nobody knows why.")


@pytest.fixture(params=[("ar", ARABIC, "الأعمال"), ("he", HEBREW, "שהעבודות")], ids=["Arabic", "Hebrew"])
def article(request):
    return request.param


@pytest.fixture
def view(qtbot, theme, article):
    language, text, word = article
    reading = shown_view(qtbot, theme, "DejaVu Sans", 400)
    shown = page(text, language)
    marks = [mark(text, word, Layer.HIGHLIGHT, colour="green")]
    reading.show_page(shown, marks, [SentenceTranslation(words) for words in ENGLISH], "en", pending=False)
    qtbot.waitUntil(lambda: reading.settled)
    return reading


def columns_of(pane, colour):
    """Return the columns of the pane's picture that have a colour."""
    picture = pane.viewport().grab().toImage()
    wanted = colour.rgb()
    width, height = picture.width(), picture.height()
    return [x for x in range(width) if any(picture.pixel(x, y) == wanted for y in range(height))]


def test_the_original_begins_at_the_right_and_its_translation_at_the_left(view):
    blocks = [pane.document().findBlockByNumber(1) for pane in (view.original, view.translation)]
    assert [block.textDirection() for block in blocks] == [
        Qt.LayoutDirection.RightToLeft,
        Qt.LayoutDirection.LeftToRight,
    ]
    first = view.original.cursorRect(view.original.cursor_over(1, 0, 0)).x()
    assert first > view.original.viewport().width() * 0.8
    assert view.translation.cursorRect(view.translation.cursor_over(1, 0, 0)).x() < 60


def test_the_mark_beside_a_line_stands_where_the_line_begins(view, theme):
    edge = theme.colour("highlight_edges.green")
    width = view.original.viewport().width()
    right, left = columns_of(view.original, edge), columns_of(view.translation, edge)
    assert right
    assert min(right) > width - 30
    assert left
    assert max(left) < 30


def test_a_selection_by_keys_is_exact(qtbot, view, article):
    _, text, word = article
    start = span_of(text, word).start - text.index("\n") - 1
    pane = view.original
    pane.setFocus()
    pane.setTextCursor(pane.cursor_over(1, start, start))
    for _ in word:
        qtbot.keyClick(pane, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_span().of(text) == word
    assert [one.cursor.selectedText() for one in view.translation._selections["mirror"]] == [ENGLISH[1]]


def test_pointing_at_a_sentence_marks_its_translation(qtbot, view):
    pane = view.original
    last = pane.blocks[1].text.rindex(" ") + 2
    qtbot.mouseMove(pane.viewport(), pane.cursorRect(pane.cursor_over(1, last, last)).center())
    assert [one.cursor.selectedText() for one in view.translation._selections["sentence"]] == [ENGLISH[2]]
