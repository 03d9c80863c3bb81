import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtWidgets import QApplication

from reader.export.passages import SentenceTranslation
from reader.page import Layer
from reader.text.span import Span
from reader.ui.reading import ReadingView
from reader.ui.theme import load_theme
from tests.support.pages import mark, page, span_of
from tests.ui.support import shown_view

LINES = [
    "Podul se închide luni. Lucrările durează 😀 trei luni și vor costa mai mult decât s-a spus.",
    "Nu mai\u00a0putem aștepta. Nimeni nu știe de ce, iar primăria tace.",
    "Scurt.",
    *(
        f"Rândul {n} are o propoziție. Are și a doua, ceva mai lungă decât prima, ca să treacă pe linia următoare."
        for n in range(30)
    ),
]
TEXT = "\n".join(LINES)


def english(page_):
    """Make a translation that is sometimes much longer and sometimes much shorter than its sentence."""
    return [SentenceTranslation(f"Sentence {n}. " * (1 + n % 5)) for n in range(len(page_.sentences))]


@pytest.fixture
def view(qtbot, theme):
    reading = shown_view(qtbot, theme, "DejaVu Serif", 500)
    shown = page(TEXT)
    reading.show_page(shown, [], english(shown), "en", pending=True)
    settle(qtbot, reading)
    return reading


def settle(qtbot, view):
    """Wait until every row is laid out and as high as its twin."""
    qtbot.waitUntil(lambda: view.settled)


def tops(pane):
    return [pane.block_top(row) for row in range(len(pane.blocks))]


def is_level(view):
    return all(abs(a - b) < 1.5 for a, b in zip(tops(view.original), tops(view.translation), strict=True))


def point_of(pane, row, offset=1):
    """Return where a letter of a row stands in the pane's viewport."""
    cursor = pane.cursor_over(row, offset, offset)
    return pane.cursorRect(cursor).center()


def hover(qtbot, pane, row, offset=1):
    qtbot.mouseMove(pane.viewport(), point_of(pane, row, offset))


def select(pane, row, start, end, last_row=None):
    first = pane.document().findBlockByNumber(row).position() + start
    last = pane.document().findBlockByNumber(row if last_row is None else last_row).position() + end
    cursor = QTextCursor(pane.document())
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)


def overlaid(pane, name="sentence"):
    """Return the texts over which an overlay lies."""
    return [one.cursor.selectedText() for one in pane._selections.get(name, [])]


# -- rows stand beside each other --------------------------------------------------------------------------------


def test_each_pair_of_rows_starts_at_the_same_height(view):
    assert is_level(view)
    assert view.original.verticalScrollBar().maximum() == view.translation.verticalScrollBar().maximum()


def test_rows_stay_level_when_the_window_is_resized(qtbot, view):
    view.resize(620, 500)
    settle(qtbot, view)
    assert is_level(view)


def test_rows_stay_level_when_one_pane_becomes_narrower(qtbot, view):
    view.splitter.setSizes([250, 650])
    settle(qtbot, view)
    assert is_level(view)


def test_rows_stay_level_when_the_font_changes(qtbot, view):
    font = QFont("DejaVu Sans")
    font.setPointSizeF(17)
    view.set_fonts(font, font)
    settle(qtbot, view)
    assert is_level(view)


def test_rows_stay_level_when_translations_arrive(qtbot, view):
    view.set_shown(
        {0: SentenceTranslation("A very long sentence that goes on. " * 12), 7: SentenceTranslation("Short.")}
    )
    settle(qtbot, view)
    assert is_level(view)


def test_rows_are_as_high_as_their_own_text_where_only_one_pane_is_shown(qtbot, view):
    view.set_view("original")
    settle(qtbot, view)
    assert [block.extra for block in view.original.blocks] == [0.0] * len(view.page.rows)
    view.set_view("both")
    settle(qtbot, view)
    assert is_level(view)


def test_the_place_stays_while_translations_above_it_arrive(qtbot, view):
    view.go_to_row(15)
    settle(qtbot, view)
    view.set_shown({n: SentenceTranslation("A very long sentence that goes on. " * 12) for n in range(6)})
    settle(qtbot, view)
    assert view.visible_rows()[0] in (14, 15)
    assert is_level(view)


def test_an_article_without_a_row_is_shown_as_nothing(qtbot, view):
    view.show_page(page(""), [], [], "en", pending=False)
    settle(qtbot, view)
    assert view.original.toPlainText() == ""
    assert view.selected_span() is None
    assert view.caret_offset() == 0


def test_panes_above_each_other_have_their_natural_heights_and_the_same_row_at_the_top(qtbot, view):
    view.set_beside(False)
    settle(qtbot, view)
    assert view.original.mapTo(view, QPoint(0, 0)).y() < view.translation.mapTo(view, QPoint(0, 0)).y()
    assert view.original.width() == view.translation.width()
    assert {block.extra for block in view.original.blocks + view.translation.blocks} == {0.0}
    for leader, follower in ((view.original, view.translation), (view.translation, view.original)):
        for row in (7, 20):
            leader.show_place(row, 4)
            assert follower.top_place()[0] == row
    view.set_beside(True)
    settle(qtbot, view)
    assert is_level(view)


# -- scrolling ---------------------------------------------------------------------------------------------------


def test_scrolling_one_pane_scrolls_the_other(view):
    view.original.verticalScrollBar().setValue(200)
    assert view.translation.verticalScrollBar().value() == 200
    view.translation.verticalScrollBar().setValue(90)
    assert view.original.verticalScrollBar().value() == 90


def test_unlinked_panes_scroll_alone_and_linking_them_brings_them_together(view):
    view.set_linked(False)
    view.original.verticalScrollBar().setValue(200)
    assert view.translation.verticalScrollBar().value() == 0
    view.set_linked(True)
    assert view.translation.verticalScrollBar().value() == 200


def test_the_wheel_over_the_translation_moves_both_panes(qtbot, view):
    before = view.original.verticalScrollBar().value()
    view.translation.setFocus()
    qtbot.keyClick(view.translation, Qt.Key.Key_PageDown)
    assert view.original.verticalScrollBar().value() == view.translation.verticalScrollBar().value() > before


def test_the_rows_on_screen_are_told(qtbot, view):
    with qtbot.waitSignal(view.rows_seen) as seen:
        view.go_to_row(12)
    first, last = seen.args[0]
    assert first in (11, 12)
    assert first < last < len(view.page.rows)


def test_the_rows_on_screen_are_told_while_the_panes_move_without_a_pause(qtbot, view):
    seen = []
    view.rows_seen.connect(seen.append)
    bar = view.original.verticalScrollBar()

    def moved():
        bar.setValue((bar.value() + 7) % bar.maximum())
        return len(seen) > 2

    qtbot.waitUntil(moved)


# -- the sentence in both languages --------------------------------------------------------------------------------


def test_pointing_at_a_sentence_marks_it_and_its_translation(qtbot, view):
    hover(qtbot, view.original, 1, 2)
    assert overlaid(view.original) == ["Nu mai\u00a0putem aștepta."]
    assert overlaid(view.translation) == [view.shown(2).text]


def test_pointing_at_a_translation_marks_it_and_its_sentence(qtbot, view):
    hover(qtbot, view.translation, 2, 2)
    assert overlaid(view.translation) == [view.shown(4).text]
    assert overlaid(view.original) == ["Scurt."]


def test_pointing_after_an_emoji_marks_the_right_sentence(qtbot, view):
    hover(qtbot, view.original, 0, TEXT.index("trei") + 3)
    assert overlaid(view.original) == ["Lucrările durează 😀 trei luni și vor costa mai mult decât s-a spus."]


def test_when_the_mouse_leaves_the_caret_marks_its_sentence_again(qtbot, view):
    view.go_to(span_of(TEXT, "Scurt."))
    hover(qtbot, view.original, 1, 2)
    QApplication.sendEvent(view.original, QEvent(QEvent.Type.Leave))
    assert overlaid(view.original) == ["Scurt."]


def test_the_caret_marks_its_sentence_in_both_panes(qtbot, view):
    view.original.setFocus()
    qtbot.mouseClick(view.original.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view.original, 1, 3))
    assert view.current_sentence == 2
    qtbot.keyClick(view.original, Qt.Key.Key_Down)
    assert view.current_sentence in (3, 4)
    assert overlaid(view.translation) == [view.shown(view.current_sentence).text]


def test_steps_go_from_sentence_to_sentence_and_stop_at_the_ends(view):
    seen = []
    for by in (1, 1, 1, -1, -1, -1, -1):
        view.step_sentence(by)
        seen.append(view.current_sentence)
    assert seen == [0, 1, 2, 1, 0, 0, 0]
    view.go_to(view.page.sentences[-1].span)
    view.step_sentence(1)
    assert view.current_sentence == len(view.page.sentences) - 1


def test_going_to_a_sentence_brings_it_on_screen(qtbot, view):
    last = view.page.sentences[-1].span
    view.go_to(last)
    settle(qtbot, view)
    first_row, last_row = view.visible_rows()
    assert first_row <= view.page.row_at(last.start) <= last_row


def test_a_place_far_down_is_reached_before_all_rows_are_laid_out(qtbot, theme):
    reading = ReadingView(theme)
    qtbot.addWidget(reading)
    reading.show()
    shown = page("\n".join(f"Rândul {n}." for n in range(400)))
    reading.show_page(shown, [], [None] * 400, "en", pending=False)
    reading.go_to(shown.sentences[390].span)
    assert reading.current_sentence == 390
    settle(qtbot, reading)


# -- selecting ---------------------------------------------------------------------------------------------------


def test_a_selection_after_emoji_and_nbsp_is_exact_to_the_code_point(view):
    select(view.original, 0, TEXT.index("trei") + 1, TEXT.index("luni și") + 5)
    assert view.selected_span() == span_of(TEXT, "trei luni")
    select(view.original, 1, 3, 12)
    assert view.selected_span().of(TEXT) == "mai\u00a0putem"


def test_a_selection_over_rows_runs_from_the_first_to_the_last(view):
    select(view.original, 0, 0, 6, last_row=2)
    assert view.selected_span() == Span(0, TEXT.index("Scurt.") + 6)


def test_white_space_at_the_ends_of_a_selection_is_left_out(view):
    select(view.original, 0, 5, 9)
    assert view.selected_span() == span_of(TEXT, "se")


def test_a_selection_in_the_translation_becomes_whole_sentences_of_the_original(view):
    view.translation.setFocus()
    select(view.translation, 1, 3, 14)
    assert view.selected_span() == view.page.sentences[2].span
    select(view.translation, 0, 20, 9, last_row=1)
    assert view.selected_span() == Span(view.page.sentences[1].span.start, view.page.sentences[2].span.end)


def test_a_selection_is_mirrored_in_the_other_pane(view):
    view.original.setFocus()
    select(view.original, 1, 0, 4)
    assert overlaid(view.translation, "mirror") == [view.shown(2).text]
    assert overlaid(view.original, "mirror") == []


def test_a_selection_of_nothing_is_none(view):
    select(view.original, 1, 2, 3)
    assert view.selected_span() is None


# -- marks, view, theme --------------------------------------------------------------------------------------------


def drawn(view, row=0):
    return [run.words for run in view.original.blocks[row].runs]


def test_marks_appear_and_go_without_touching_the_text(view):
    before = view.original.toPlainText()
    view.set_marks([mark(TEXT, "Podul", words="Quote")])
    assert drawn(view) == ["Quote"]
    view.set_marks([])
    assert drawn(view) == []
    assert view.original.toPlainText() == before


def test_a_hidden_kind_of_mark_is_not_drawn_until_it_is_shown_again(view):
    view.set_marks([mark(TEXT, "Podul", words="Quote"), mark(TEXT, "luni", Layer.PERSON, name="X", words="Person")])
    view.hide_layers([Layer.PERSON])
    assert drawn(view) == ["Quote"]
    view.hide_layers([])
    assert sorted(drawn(view)) == ["Person", "Quote"]


def test_what_a_mark_means_is_said_at_its_place(view):
    view.set_marks([mark(TEXT, "Podul", words="Quote: Voicu")])
    assert view.original.words_at(0, 2) == "Quote: Voicu"
    assert view.original.words_at(0, 20) == ""


def test_marks_are_on_the_text_as_formats(view):
    view.set_marks([mark(TEXT, "luni", Layer.HIGHLIGHT, colour="green")])
    (form,) = view.original.document().firstBlock().layout().formats()
    assert (form.start, form.length) == (TEXT.index("luni"), 4)
    assert form.format.background().color() == load_theme("light").colour("highlights.green")


def test_another_theme_keeps_the_place_and_the_text(qtbot, view):
    view.go_to_row(15)
    settle(qtbot, view)
    before = view.visible_rows()[0]
    view.set_theme(load_theme("dark"))
    settle(qtbot, view)
    assert abs(view.visible_rows()[0] - before) <= 1
    assert view.original.document().firstBlock().text().startswith("Podul se")
    assert is_level(view)


def test_either_pane_can_be_shown_alone(view):
    for name, shown in {"original": (True, False), "translation": (False, True), "both": (True, True)}.items():
        view.set_view(name)
        assert (view.original.isVisible(), view.translation.isVisible()) == shown


def test_a_double_click_on_a_translation_asks_to_correct_its_sentence(qtbot, view):
    with qtbot.waitSignal(view.correction_wanted) as wanted:
        qtbot.mouseDClick(view.translation.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view.translation, 2, 2))
    assert wanted.args == [4]


def test_below_the_last_line_the_mouse_points_at_nothing(view):
    view.set_view("original")
    view.show_page(page("Scurt."), [], [None], "en", pending=False)
    assert view.original.place_at(QPoint(40, 400)) is None


def test_the_text_of_a_pane_can_be_selected_but_not_edited(qtbot, view):
    view.original.setFocus()
    qtbot.keyClicks(view.original, "xyz")
    assert view.original.isReadOnly()
    assert "xyz" not in view.original.toPlainText()


def test_own_highlights_keep_their_colour_in_the_current_sentence(view, theme):
    view.set_marks([mark(TEXT, "trei luni", Layer.HIGHLIGHT, colour="green")])
    view.go_to(span_of(TEXT, "Lucrările"))
    assert overlaid(view.original) == ["Lucrările durează 😀 ", " și vor costa mai mult decât s-a spus."]
    assert overlaid(view.original, "sentence green") == ["trei luni"]
    (over,) = view.original._selections["sentence green"]
    ground, plain = over.format.background().color(), theme.colour("highlights.green")
    assert ground != plain
    assert abs(ground.hue() - plain.hue()) < 5
    view.set_marks([])
    assert overlaid(view.original) == ["Lucrările durează 😀 trei luni și vor costa mai mult decât s-a spus."]


# -- long articles -------------------------------------------------------------------------------------------------


@pytest.fixture
def long_view(qtbot, view):
    """The view over 600 rows, far more than fit on a screen."""
    shown = page("\n".join(f"Rândul {n} are o propoziție." for n in range(600)))
    view.show_page(shown, [], english(shown), "en", pending=True)
    settle(qtbot, view)
    return view


def test_many_translations_at_once_are_drawn_on_screen_first_and_the_rest_in_turns(qtbot, long_view):
    long_view.set_shown({n: SentenceTranslation(f"Another sentence {n}.") for n in range(600)})
    first, last = long_view.visible_rows()
    lines = long_view.translation.toPlainText().split("\n")
    assert lines[first : last + 1] == [f"Another sentence {n}." for n in range(first, last + 1)]
    assert "Another sentence 599." not in lines
    assert not long_view.settled
    settle(qtbot, long_view)
    assert long_view.translation.toPlainText().split("\n") == [f"Another sentence {n}." for n in range(600)]
    assert is_level(long_view)


def test_a_row_that_waits_to_be_drawn_is_drawn_when_somebody_goes_there(qtbot, long_view):
    long_view.set_shown({n: SentenceTranslation(f"Another sentence {n}.") for n in range(600)})
    long_view.go_to(long_view.page.sentences[590].span)
    assert overlaid(long_view.translation) == ["Another sentence 590."]


def test_marks_hidden_in_a_long_article_are_gone_on_screen_at_once_and_soon_everywhere(qtbot, long_view):
    text = long_view.page.text
    long_view.set_marks([mark(text, f"Rândul {n} ", words="Quote") for n in range(600)])
    settle(qtbot, long_view)
    long_view.hide_layers([Layer.QUOTE])
    assert drawn(long_view) == []
    settle(qtbot, long_view)
    assert not any(block.runs for block in long_view.original.blocks)
