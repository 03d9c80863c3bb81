from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.articles.article import ParagraphKind
from reader.page import ROW_LIMIT, Layer, ShadowedSentence, page_of, shadows
from reader.text.span import Span
from tests.support.pages import analysis_of, article_of, mark, page, span_of

TEXT = "Podul se închide. Lucrările durează.\nNimeni nu știe de ce."


def texts(one):
    return [row.span.of(one.text) for row in one.rows]


# -- rows ----------------------------------------------------------------------------------------------------------


def test_every_paragraph_is_a_row_with_the_sentences_that_begin_in_it():
    shown = page(TEXT)
    assert texts(shown) == TEXT.split("\n")
    assert [row.sentences for row in shown.rows] == [(0, 2), (2, 3)]


def test_before_the_analysis_an_article_is_rows_alone():
    shown = page_of(article_of(TEXT))
    assert texts(shown) == TEXT.split("\n")
    assert (shown.sentences, shown.language) == ((), "und")


def test_an_empty_article_has_no_rows():
    assert page_of(article_of("")).rows == ()
    assert page("").sentence_at(0) is None


def test_the_header_is_left_out_of_the_first_row():
    article = article_of(" date 2026-03-14 Podul se închide.", header=Span(1, 16))
    assert texts(page_of(article, analysis_of(article))) == ["Podul se închide."]


def test_a_header_that_is_a_paragraph_of_its_own_is_no_row():
    article = article_of("date 2026-03-14\nPodul se închide.", header=Span(0, 15))
    assert texts(page_of(article, analysis_of(article))) == ["Podul se închide."]


def test_a_row_has_the_kind_and_language_of_its_paragraph_and_else_the_articles_language():
    article = article_of(TEXT)
    tail = replace(article.paragraphs[1], kind=ParagraphKind.NOTICE, language="es")
    shown = page_of(article, analysis_of(article, "ro", (article.paragraphs[0], tail)))
    assert [(row.kind, row.language) for row in shown.rows] == [
        (ParagraphKind.BODY, "ro"),
        (ParagraphKind.NOTICE, "es"),
    ]
    assert shown.sentence_language(2) == "es"


def test_a_very_long_paragraph_is_cut_before_sentences():
    text = "Una două trei patru cinci. " * 1000
    shown = page(text.strip())
    assert len(shown.rows) > 3
    assert all(len(row.span) <= ROW_LIMIT for row in shown.rows)
    assert all(row.span.of(shown.text).startswith("Una") for row in shown.rows)
    assert [row.sentences[0] for row in shown.rows[1:]] == [row.sentences[1] for row in shown.rows[:-1]]


def test_a_very_long_line_without_a_sentence_end_is_cut_anywhere_and_whole_again_in_its_rows():
    text = "ă" * (5 * ROW_LIMIT + 7)
    shown = page(text)
    assert "".join(texts(shown)) == text
    assert max(len(row.span) for row in shown.rows) <= 2 * ROW_LIMIT


@given(st.lists(st.sampled_from(["a. ", "bb ", "\n", "c" * 7000, " ", ". "]), max_size=30))
def test_rows_stand_in_order_without_overlap_and_hold_every_letter(parts):
    text = "".join(parts)
    shown = page(text)
    assert all(one.span.end <= other.span.start for one, other in pairwise(shown.rows))
    assert "".join("".join(texts(shown)).split()) == "".join(text.split())
    assert [row.sentences[0] for row in shown.rows] == [0, *(row.sentences[1] for row in shown.rows)][: len(shown.rows)]


# -- places --------------------------------------------------------------------------------------------------------


def test_a_place_between_sentences_belongs_to_none():
    shown = page(TEXT)
    assert shown.sentence_at(TEXT.index("Lucrările")) == 1
    assert shown.sentence_at(TEXT.index(" Lucrările")) is None


def test_a_span_holds_the_sentences_it_overlaps():
    shown = page(TEXT)
    assert shown.sentences_in(span_of(TEXT, "închide. Lucrările")) == range(2)
    assert shown.sentences_in(span_of(TEXT, ". L")) == range(2)
    assert shown.sentences_in(Span(0, len(TEXT))) == range(3)


def test_the_row_of_a_place_before_the_first_and_after_the_last_is_the_nearest():
    shown = page(f"\n\n{TEXT}")
    assert shown.row_at(0) == 0
    assert shown.row_at(10_000) == 1


# -- marks on the translation --------------------------------------------------------------------------------------


def shadow(source, translation, words, layer=Layer.QUOTE, order=0, **fields):
    span = ShadowedSentence(Span(0, len(source)), translation).shadow(mark(source, words, layer, **fields), order)
    return None if span is None else span.of(translation)


def test_a_quote_over_the_whole_sentence_covers_the_whole_translation():
    assert shadow("Nu mai putem aștepta.", "We cannot wait.", "Nu mai putem aștepta.") == "We cannot wait."


def test_a_quoted_part_is_what_stands_between_the_translations_own_marks():
    source = "Podul „nu mai poate fi reparat deloc”, a spus primarul orașului."
    assert shadow(source, "The bridge “cannot be repaired”, he said.", "nu mai poate fi reparat deloc") == (
        "cannot be repaired"
    )


def test_the_second_quote_of_a_sentence_is_the_second_in_the_translation():
    text = "A spus „da” și apoi „nu” fără grabă."
    shown = page(text)
    marks = [mark(text, "da", Layer.TERM), mark(text, "nu", Layer.TERM)]
    found = shadows(shown, marks, {0: 'He said "yes" and then "no" without haste.'})
    assert [span.of('He said "yes" and then "no" without haste.') for span, _ in found[0]] == ["yes", "no"]


def test_a_quote_whose_marks_the_translation_lost_covers_the_whole_sentence_and_a_term_nothing():
    source = "Podul „nu mai poate fi reparat deloc”, a spus primarul orașului."
    assert shadow(source, "It is beyond repair.", "nu mai poate fi reparat deloc") == "It is beyond repair."
    assert shadow(source, "It is beyond repair.", "nu mai poate fi reparat deloc", Layer.TERM) is None


def test_an_own_highlight_covers_the_translation_of_its_sentence():
    assert shadow("Podul se închide luni.", "The bridge closes.", "Podul", Layer.HIGHLIGHT) == "The bridge closes."


@pytest.mark.parametrize(
    ("name", "translation", "spelled"),
    [
        ("Orest Hlinianski", "Captain Orest Hlynyansky signed.", "Orest Hlynyansky"),
        ("Ilinca Vârlan", "Director Vârlan's report is out.", "Vârlan"),
        ("Volodymyr Zelenskyy", "President Volodimir Zelenski came.", "Volodimir Zelenski"),
        ("Andrei Voicu", "The mayor came.", None),
    ],
)
def test_a_name_is_found_in_another_spelling(name, translation, spelled):
    found = shadow("Numele stă aici.", translation, "Numele", Layer.PERSON, name=name)
    assert found is None if spelled is None else found is not None and found.startswith(spelled)


def test_a_mark_over_two_sentences_falls_on_both_translations():
    text = "Nu putem. Nu vrem."
    found = shadows(page(text), [mark(text, text)], {0: "We cannot.", 1: "We will not."})
    assert {
        index: [span.of(("We cannot.", "We will not.")[index]) for span, _ in hits] for index, hits in found.items()
    } == {
        0: ["We cannot."],
        1: ["We will not."],
    }


def test_nothing_falls_on_a_sentence_without_a_translation():
    text = "Nu putem. Nu vrem."
    assert list(shadows(page(text), [mark(text, text)], {1: "We will not."})) == [1]


@given(st.text(max_size=60), st.sampled_from(Layer), st.text(max_size=20))
def test_a_shadow_never_leaves_its_translation(translation, layer, name):
    text = "O propoziție cu ceva în ea."
    span = ShadowedSentence(Span(0, len(text)), translation).shadow(mark(text, "ceva", layer, name=name))
    assert span is None or 0 <= span.start <= span.end <= len(translation)
