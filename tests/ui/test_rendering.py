from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.results import Sentence
from reader.articles.article import ParagraphKind
from reader.export.passages import SentenceTranslation
from reader.page import Layer, Page, Row
from reader.text.span import Span
from reader.ui.rendering import PENDING, PageRenderer, visible
from reader.ui.theme import load_theme
from tests.support.pages import mark, page

TEXT = "😀 Podul se\u00a0închide. „Nu mai putem”, spune Voicu.\nVezi și: altceva."


def units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def stretch(block, part):
    """Return what a run, an edge or a piece covers of a block's text."""
    return block.text.encode("utf-16-le")[2 * part.start_u16 : 2 * part.end_u16].decode("utf-16-le")


@pytest.fixture
def renderer():
    return PageRenderer(page(TEXT), load_theme("light"), "en", PENDING)


def translated(*texts, **fields):
    return [SentenceTranslation(text, **fields) if text is not None else None for text in texts]


@given(st.text())
def test_shown_text_is_as_long_as_the_articles_in_code_points_and_in_utf_16(text):
    assert len(visible(text)) == len(text)
    assert units(visible(text)) == units(text)


@pytest.mark.parametrize("char", [*map(chr, range(0x20)), "\x7f", "\u2028", "\u2029", "\u0085", "\ufdd0", "\ufdd1"])
def test_no_character_of_an_article_can_break_a_block_in_two(qtbot, theme, char):
    from reader.ui.blocks import Block
    from reader.ui.pane import TextPane

    pane = TextPane(theme, "Original")
    qtbot.addWidget(pane)
    pane.show_blocks([Block(visible(f"a{char}b")), Block("c")])
    assert pane.document().blockCount() == 2
    assert pane.document().findBlockByNumber(0).length() - 1 == 3


@pytest.mark.parametrize("char", "\u202e\u2066\u0000\u001b")
def test_what_hides_or_reorders_text_is_shown_by_a_sign(char):
    assert visible(char).isprintable()


def test_a_sentence_is_found_at_its_utf_16_units_after_an_emoji(renderer):
    rendered = renderer.original(0, ())
    assert [stretch(rendered.block, piece) for piece in rendered.pieces] == [
        "😀 Podul se\u00a0închide.",
        "„Nu mai putem”, spune Voicu.",
    ]


def test_a_mark_is_drawn_at_its_utf_16_units_after_an_emoji(renderer):
    rendered = renderer.original(0, [mark(TEXT, "Nu mai putem"), mark(TEXT, "Voicu", Layer.PERSON, name="Voicu")])
    assert [stretch(rendered.block, run) for run in rendered.block.runs] == ["Nu mai putem", "Voicu"]


@pytest.mark.parametrize("certain", [True, False])
@pytest.mark.parametrize("layer", Layer)
def test_every_kind_of_mark_has_a_cue_besides_its_colour(renderer, layer, certain):
    rendered = renderer.original(0, [mark(TEXT, "Nu mai putem", layer, colour="green", certain=certain)])
    (run,) = rendered.block.runs
    underlined = run.form.underlineStyle() != run.form.UnderlineStyle.NoUnderline
    assert underlined or rendered.block.edges


def test_kinds_of_marks_differ_in_their_cues_alone(renderer):
    def cues(layer, certain):
        block = renderer.original(0, [mark(TEXT, "Nu mai putem", layer, certain=certain)]).block
        return block.runs[0].form.underlineStyle(), tuple(edge.style for edge in block.edges)

    seen = [cues(layer, True) for layer in Layer] + [cues(Layer.QUOTE, False), cues(Layer.PERSON, False)]
    assert len(set(seen)) == len(seen)


def test_a_mark_over_two_rows_is_drawn_in_both(renderer):
    whole = replace(mark(TEXT, "Podul"), span=Span(0, len(TEXT)))
    assert [
        stretch(renderer.original(row, [whole]).block, renderer.original(row, [whole]).block.runs[0]) for row in (0, 1)
    ] == [visible(line) for line in TEXT.split("\n")]


def test_a_row_of_the_translation_joins_its_sentences(renderer):
    rendered = renderer.translation(0, (), translated("The 𝒳 bridge closes.", "“We cannot”, says Voicu.", "Other."))
    assert rendered.block.text == "The 𝒳 bridge closes. “We cannot”, says Voicu."
    assert [stretch(rendered.block, piece) for piece in rendered.pieces] == [
        "The 𝒳 bridge closes.",
        "“We cannot”, says Voicu.",
    ]


def test_a_quote_is_drawn_where_it_stands_in_the_translation(renderer):
    shown = translated("The 𝒳 bridge closes.", "“We cannot”, says Voicu.", "Other.")
    block = renderer.translation(
        0, [mark(TEXT, "Nu mai putem"), mark(TEXT, "Voicu", Layer.PERSON, name="Voicu")], shown
    ).block
    assert [stretch(block, run) for run in block.runs] == ["We cannot", "Voicu"]
    assert [stretch(block, edge) for edge in block.edges] == ["We cannot"]


def test_a_sentence_that_waits_for_its_translation_is_held_open(renderer):
    rendered = renderer.translation(0, (), translated("The bridge closes.", None, None))
    assert rendered.block.text == f"The bridge closes. {PENDING}"
    assert [run.words for run in rendered.block.runs] == ["Not translated yet"]


def test_without_a_package_the_translation_stays_empty():
    rendered = PageRenderer(page(TEXT), load_theme("light"), "en", "").translation(0, (), [None] * 3)
    assert rendered.block.text.strip() == ""


def test_a_doubtful_translation_has_a_dotted_underline_and_says_why(renderer):
    block = renderer.translation(0, (), translated("The bridge.", "We.", "Other.", doubts=("a number is lost",))).block
    assert {run.form.underlineStyle() for run in block.runs} == {block.runs[0].form.UnderlineStyle.DotLine}
    assert all("a number is lost" in run.words for run in block.runs)


def test_a_correction_is_marked_in_the_gutter_and_named(renderer):
    block = renderer.translation(0, (), translated("The bridge.", "We.", "Other.", how="manual")).block
    assert [edge.style for edge in block.edges] == ["dotted", "dotted"]
    assert {run.words for run in block.runs} == {"Corrected by you"}


def test_a_reference_translation_says_what_it_is(renderer):
    block = renderer.translation(0, (), translated("The bridge.", "We.", "Other.", how="reference")).block
    assert {run.words for run in block.runs} == {"Reference translation, bundled with the sample"}


def test_notices_are_set_apart_and_another_language_is_tagged():
    rows = (Row(Span(0, 7), ParagraphKind.NOTICE, "es", (0, 1)), Row(Span(8, 14), ParagraphKind.TITLE, "ro", (1, 2)))
    shown = Page("Aviso: . Titlu.", "ro", rows, (Sentence(Span(0, 7), 0), Sentence(Span(8, 14), 1)))
    renderer = PageRenderer(shown, load_theme("light"), "en", "")
    assert [(block.role, block.tag) for block in (renderer.original(row, ()).block for row in (0, 1))] == [
        ("aside", "ES"),
        ("title", ""),
    ]


def test_a_highlight_of_dimmed_text_brings_back_its_full_ink():
    theme = load_theme("dark")
    rows = (Row(Span(0, 7), ParagraphKind.NOTICE, "es", (0, 1)),)
    renderer = PageRenderer(Page("Aviso.", "ro", rows, (Sentence(Span(0, 6), 0),)), theme, "en", "")
    (run,) = renderer.original(0, [mark("Aviso.", "Aviso", Layer.HIGHLIGHT)]).block.runs
    assert run.form.foreground().color() == theme.colour("text.normal")


def test_arabic_is_set_from_right_to_left():
    text = "يغلق الجسر."
    renderer = PageRenderer(page(text, "ar"), load_theme("light"), "en", "")
    assert renderer.original(0, ()).block.right_to_left
    assert not renderer.translation(0, (), translated("The bridge closes.")).block.right_to_left
