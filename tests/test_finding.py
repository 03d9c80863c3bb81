import unicodedata
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


ALIKE = [
    *(("graniță", "granita"), ("Zăpadă", "zapadă"), ("йога", "иога"), ("Їжак", "іжак"), ("ёлка", "елка")),
    *(("Łódź", "lodz"), ("Đoković", "dokovic"), ("Sønderjylland", "sonderjylland"), ("Iğdır", "igdir")),
    *(("Straße", "strasse"), ("STRASSE", "straße"), ("ΟΔΥΣΣΕΥΣ", "οδυσσεύς"), ("ґанок", "ганок")),
]


@pytest.mark.parametrize(("text", "needle"), ALIKE)
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


@pytest.mark.parametrize("written", ["Cafeneaua „Ștefan”", "Їй — сказав Йосип", "Ångström és Őrség"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("asked", ["NFC", "NFD"])
def test_composed_and_decomposed_text_are_found_by_one_another(written, form, asked):
    text = unicodedata.normalize(form, f"A {written} B")
    (hit,) = find_all(text, unicodedata.normalize(asked, written), whole_words=True)
    assert unicodedata.normalize("NFC", hit.of(text)) == written


def test_a_mark_after_the_last_letter_belongs_to_the_hit_and_ends_no_word():
    text = "lun\u0103 lunar\u0103"  # the second word goes on
    decomposed = unicodedata.normalize("NFD", text)
    assert found(decomposed, "lun") == ["lun", "lun"]
    assert [span.of(decomposed) for span in find_all(decomposed, "luna", whole_words=True)] == ["luna\u0306"]


def test_signs_that_nobody_sees_and_the_kind_of_apostrophe_dash_and_blank_make_no_difference():
    assert found("Bundes\u00adtag", "bundestag") == ["Bundes\u00adtag"]
    assert found("mi\u200cravam", "miravam") == ["mi\u200cravam"]
    assert found("l’école n’est pas", "l'ecole n'est") == ["l’école n’est"]
    assert found("12–15\u00a0май", "12-15 май") == ["12–15\u00a0май"]
    assert found("a doua\nzi", "doua zi") == ["doua\nzi"]
    assert found("el spune „da”", '"da"') == ["„da”"]


def test_hits_do_not_overlap():
    assert find_all("aaaa", "aa") == [Span(0, 2), Span(2, 4)]


@pytest.mark.parametrize("nothing", ["", "\u0301"])
def test_nothing_is_found_where_nothing_is_looked_for(nothing):
    assert find_all("text", nothing) == []


LETTERS = st.sampled_from("sSßaăfiﬁæ \u0301\u00adİ’")


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
