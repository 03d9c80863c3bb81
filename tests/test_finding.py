from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.finding import FoldedText, find_all, fold
from reader.text.span import Span


def found(text, needle):
    return [span.of(text) for span in find_all(text, needle)]


def test_letters_match_whatever_their_case():
    assert found("Podul și PODUL", "podul") == ["Podul", "PODUL"]


@pytest.mark.parametrize(("text", "needle"), [("graniță", "granita"), ("Zăpadă", "zapadă"), ("йога", "иога")])
def test_letters_match_whatever_their_diacritics(text, needle):
    assert found(text, needle) == [text]


def test_a_hit_stands_exactly_where_the_words_are_after_emoji_and_ligatures():
    text = "😀 ﬁnal straße și apa"
    assert find_all(text, "apa") == [Span(17, 20)]
    assert found(text, "final") == ["ﬁnal"]
    assert found(text, "STRASSE") == ["straße"]


def test_a_combining_mark_belongs_to_its_letter():
    text = "cafe\u0301 bar"
    assert found(text, "cafe") == ["cafe\u0301"]


def test_hits_do_not_overlap():
    assert find_all("aaaa", "aa") == [Span(0, 2), Span(2, 4)]


@pytest.mark.parametrize("nothing", ["", "\u0301"])
def test_nothing_is_found_where_nothing_is_looked_for(nothing):
    assert find_all("text", nothing) == []


LETTERS = st.sampled_from("sSßaăfiﬁ \u0301İ")


@given(st.text(LETTERS, max_size=20), st.text(LETTERS, min_size=1, max_size=3))
def test_every_hit_is_a_stretch_of_the_text(text, needle):
    hits = find_all(text, needle)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


WORDS = "Podul e pod, podurile și POD-ul; pod2 nu."


def test_whole_words_leave_out_what_goes_on():
    assert found(WORDS, "pod") == ["Pod", "pod", "pod", "POD", "pod"]
    assert [WORDS[span.start :][:4] for span in find_all(WORDS, "pod", whole_words=True)] == ["pod,", "POD-"]


def test_several_words_can_be_whole_too():
    assert found("mai multe; mai multele", "MAI multe") == ["mai multe", "mai multe"]
    assert find_all("mai multe; mai multele", "mai multe", whole_words=True) == [Span(0, 9)]


def test_scripts_are_not_mixed():
    assert found("РОТ", "pot") == []
    assert found("Її їжа", "іі") == ["Її"]


@given(st.text(LETTERS, max_size=20))
def test_every_letter_of_a_folded_text_leads_back_to_where_it_came_from(text):
    folded = FoldedText(text)
    places = [place for place, char in enumerate(text) for _ in fold(char)]
    assert [folded._place(at) for at in range(len(places))] == places
