from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.languages import known_languages, load_language
from reader.analysis.sentences import split_sentences
from reader.text.span import Span
from tests.benchmarks.sentences import counts, f1, our_starts, read_cases, sentencex_starts

TEN = ("bg", "de", "en", "es", "fr", "it", "pl", "ro", "ru", "uk")
PARTS = ("", ".held-out")


def split(text, code="en"):
    return [span.of(text) for span in split_sentences(text, Span(0, len(text)), load_language(code))]


def total(starts):
    return [sum(column) for column in zip(*(counts(c, part, starts)[:3] for c in TEN for part in PARTS), strict=True)]


def test_there_are_two_hundred_hard_cases():
    assert sum(len(read_cases(code, part)) for code in TEN for part in PARTS) >= 200


def test_hard_cases_reach_the_goal():
    assert f1(*total(our_starts)) >= 0.98


def test_we_are_better_than_sentencex():
    pytest.importorskip("sentencex")
    assert f1(*total(our_starts)) > f1(*total(sentencex_starts))


@pytest.mark.parametrize(
    ("code", "text", "sentences"),
    [
        ("en", "Wendy R. Sherman met A. V. Grushko. They left.", 2),
        ("ro", "„Ne oprim?” a întrebat primarul.", 1),
        ("de", "Am 3. Mai kam er. Es regnete.", 2),
        ("ro", "Totul e bine.Urmează votul.", 2),
        ("en", "See example.org and docs.example.org today.", 1),
        ("fr", "« Assez ! » Il partit.", 2),
        ("it", "«tutta l'Europa» . Il continente trema.", 2),
        ("en", "It (really!) happened. It (?) did.", 2),
        ("zh", "他说。她走了。", 2),
        ("qq", "Prva rečenica. Druga rečenica?", 2),
    ],
)
def test_a_sentence_ends_where_it_should(code, text, sentences):
    assert len(split(text, code)) == sentences


def test_a_closing_mark_belongs_to_the_sentence_it_ends():
    assert split("“I saw it.” He left.") == ["“I saw it.”", "He left."]


def test_only_the_given_span_is_split():
    text = "One. Two. Three."
    assert [s.of(text) for s in split_sentences(text, Span(5, 9), load_language("en"))] == ["Two."]


def test_white_space_alone_has_no_sentence():
    assert split(" \n\t ") == []


def test_marks_alone_are_one_sentence():
    assert split("... !!! ???") == ["... !!! ???"]


@given(st.text(st.sampled_from('aBя1 .!?…"„”«»“()-–\n\u00a0。')), st.sampled_from(sorted(known_languages())))
def test_sentences_are_trimmed_in_order_and_cover_all_text(text, code):
    spans = split_sentences(text, Span(0, len(text)), load_language(code))
    end = 0
    for span in spans:
        assert not text[end : span.start].strip()
        assert span.of(text) == span.of(text).strip() != ""
        end = span.end
    assert not text[end:].strip()


@given(st.text())
def test_any_text_can_be_split(text):
    spans = split_sentences(text, Span(0, len(text)), load_language("qq"))
    assert all(a.end <= b.start for a, b in pairwise(spans))
