"""Tokens, features and the model file."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given as generate
from hypothesis import strategies as st

from reader.analysis.languages import load_language
from reader.analysis.tagger import Cues, NameLists, Surroundings, features, is_initial, tokenise

LISTS = NameLists(frozenset({"ana", "volodimir"}), frozenset({"popesku"}), frozenset({"popesku"}), frozenset({"roma"}))


def words(text):
    return [token.word for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("J.K. Rowland", ["J.", "K.", "Rowland"]),
        ("J.-B. Quentin", ["J.-B.", "Quentin"]),
        ("Б.О. Шевчишин", ["Б.", "О.", "Шевчишин"]),
        ("dell'Ucraina", ["dell'", "Ucraina"]),
        ("L’Espresso", ["L'", "Espresso"]),
        ("Sant’Elmo", ["Sant'", "Elmo"]),
        ("D'Amelio", ["D'", "Amelio"]),
        ("O'Hanlon's plan", ["O'", "Hanlon", "'s", "plan"]),
        ("Guivarc’h-Petit", ["Guivarc'h-Petit"]),
        ("Дерев’янко", ["Дерев'янко"]),
        ("Popescu-Albu", ["Popescu-Albu"]),
        ("„Anna”, spune", ["„", "Anna", "”", ",", "spune"]),
        ("Co\u00admisar", ["Comisar"]),
        ("Ann\u200ba", ["Anna"]),
        ("Zelen\u0301ka", ["Zeleńka"]),
        ("3,5% la", ["3", ",", "5", "%", "la"]),
    ],
)
def test_text_is_cut_into_words_and_marks(text, expected):
    assert words(text) == expected


def test_an_initial_is_a_letter_and_a_full_stop():
    assert is_initial("J.")
    assert is_initial("J.-B.")
    assert not is_initial("Jr.")


def test_an_arabic_article_makes_no_lower_case_word():
    assert [token.capital for token in tokenise("al-Assad екс-президент")] == [True, False]


@generate(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_tokens_cover_what_they_say_and_never_overlap(text):
    tokens = tokenise(text)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)


@generate(st.text(alphabet="АбBc.-' ’\u0301\u200b9«»", max_size=60))
def test_every_token_has_a_row_of_features(text):
    tokens = tokenise(text)
    cues = Cues.of(load_language("uk").names, load_language("uk").speech)
    rows = features(tokens, cues, Surroundings.of(tokens, LISTS), LISTS)
    assert len(rows) == len(tokens)
    assert all(row[0] == ("cap" if token.capital else "small") for row, token in zip(rows, tokens, strict=True))


def test_the_lists_know_a_name_in_its_case_forms_and_scripts():
    assert LISTS.flags("volodymyr") == "G"
    assert LISTS.flags("volodymyrom") == "g"
    assert LISTS.flags("popescu") == "SF"
    assert LISTS.flags("roma") == "P"
    assert LISTS.flags("wetter") == ""


def test_lists_without_a_word_no_longer_know_it():
    assert LISTS.without(frozenset({"anna"})).flags("anna") == ""
    assert LISTS.flags("anna") == "G"


def test_the_article_tells_which_words_it_has_in_lower_case_and_after_a_given_name():
    around = Surroundings.of(tokenise("Anna Wolkan vede un lup. Lup!"), LISTS)
    assert "lup" in around.lower
    assert "wolk" in around.surnames
