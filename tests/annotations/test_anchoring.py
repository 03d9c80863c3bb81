"""Finding a passage again: the order of the steps, and what is never guessed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.anchoring import make_target, place
from reader.annotations.annotation import Target
from reader.text.span import Span
from tests.annotations.support import QUOTE_TEXT, TEXT, span_of


def target_of(words: str, nth: int = 0) -> Target:
    return make_target(TEXT, span_of(words, nth=nth))


def test_a_target_keeps_32_code_points_of_context():
    text = "😀" * 40 + "aici" + "é" * 40
    target = make_target(text, Span(40, 44))
    assert (target.exact, target.prefix, target.suffix) == ("aici", "😀" * 32, "é" * 32)


@pytest.mark.parametrize("span", [Span(3, 3), Span(len(TEXT) - 1, len(TEXT) + 1)])
def test_an_empty_passage_or_one_beyond_the_text_makes_no_target(span):
    with pytest.raises(ValueError, match="no passage"):
        make_target(TEXT, span)


def test_the_position_counts_only_if_the_words_stand_there():
    target = target_of(QUOTE_TEXT)
    assert place(TEXT, target).how == "exact"
    moved = place("Știre.\n" + TEXT, target)
    assert (moved.span, moved.how) == (target.span.shifted(7), "moved")


def test_context_tells_one_of_several_occurrences():
    target = target_of("Voicu", nth=2)
    text = "Voicu, Voicu și Voicu.\n" + TEXT
    assert place(text, target).span == span_of("Voicu", text, nth=5)


def test_a_short_word_that_stands_at_the_old_offsets_by_chance_is_not_taken():
    target = target_of("el", nth=TEXT.count("el") - 1)
    start = target.start
    text = "x" * start + "el" + "y" * 40 + TEXT
    assert place(text, target).span == target.span.shifted(start + 42)


def test_the_only_occurrence_is_taken_when_its_context_is_new():
    text = "Cu totul alt început al articolului, și apoi: Nu mai putem aștepta nici măcar o săptămână! Sfârșit."
    found = place(text, target_of(QUOTE_TEXT))
    assert (found.span, found.how) == (span_of(QUOTE_TEXT, text), "moved")


def test_a_lone_short_word_in_all_new_surroundings_is_marked_approximate():
    found = place("Alt articol despre un oraș unde Voicu nu este primar deloc.", target_of("Voicu"))
    assert found.how == "approximate"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("închide. „Nu mai", 'închide.  "Nu mai'),
        ("pod provizoriu. „Oamenii", "pod\u00a0provizoriu.\n«Oamenii"),
        ("săptămână”, a spus", "săptămână”,\u2028a  spus"),
    ],
)
def test_quote_marks_and_white_space_may_change(was, now):
    text = "Nou.\n" + TEXT.replace(was, now)
    found = place(text, target_of(was))
    assert (found.span.of(text), found.how) == (now, "moved")


@pytest.mark.parametrize(("first", "second"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_decomposed_article_finds_composed_quotes_and_the_other_way_round(first, second):
    before = unicodedata.normalize(first, TEXT + "각하의 연설\n")
    after = unicodedata.normalize(second, "Știre nouă.\n" + TEXT + "각하의 연설\n")
    for words in (QUOTE_TEXT, "săptămână", "각하의 연설"):
        old, new = unicodedata.normalize(first, words), unicodedata.normalize(second, words)
        found = place(after, make_target(before, span_of(old, before)))
        assert (found.span, found.how) == (span_of(new, after), "moved")


def test_folding_never_cuts_through_a_composed_character():
    decomposed = unicodedata.normalize("NFD", "El a spus: măr. Apoi a plecat.")
    found = place(decomposed, Target("ma", "a spus: ", "r. Apoi"))
    assert found.span is None


def test_a_long_passage_with_few_edits_is_placed_as_approximate():
    text = "Nou.\n" + TEXT.replace("nici măcar o săptămână", "nici măcar o singură săptămână")
    text = text.replace("singură ", "o ")
    found = place(text, target_of(QUOTE_TEXT))
    assert found.how == "approximate"
    assert found.span.of(text) == "Nu mai putem aștepta nici măcar o o săptămână"


def test_two_lookalikes_are_both_offered_and_none_chosen():
    changed = QUOTE_TEXT.replace("putem", "putea")
    text = TEXT.replace(QUOTE_TEXT, changed) + f"\nA anunțat că podul se închide. „{changed}”, a spus Voicu.\n"
    found = place(text, target_of(QUOTE_TEXT))
    assert found.span is None
    assert len(found.candidates) == 2


def test_short_words_are_never_placed_by_likeness():
    assert place(TEXT.replace("provizoriu", "provizoric"), target_of("provizoriu")).how == "unplaced"


def test_a_target_without_offsets_is_placed_by_its_words():
    assert place(TEXT, Target(QUOTE_TEXT)).span == span_of(QUOTE_TEXT)


def test_candidates_are_those_nearest_to_the_old_place():
    text = "da, " * 100
    found = place(text, Target("da", "fără", "context", 202, 204))
    assert len(found.candidates) == 20
    assert all(160 <= span.start <= 244 for span in found.candidates)


@given(st.text(min_size=1, max_size=80), st.data())
def test_an_unchanged_text_places_every_passage_where_it_was(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = place(text, make_target(text, span))
    assert (found.span, found.how) == (span, "exact")


@given(st.text("abc é\u0301„”\n", max_size=60), st.text("abc é\u0301„”\n", min_size=1, max_size=12))
def test_any_placement_shows_the_words_or_says_approximate(text, words):
    found = place(text, Target(words, "ab", "c", 3, 3 + len(words)))
    if found.how in ("exact", "moved"):
        assert _plain(found.span.of(text)) == _plain(words)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("„", '"').replace("”", '"')
    return re.sub(r"\s+", " ", text)
