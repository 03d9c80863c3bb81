"""The gold sets say what stands in their articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SPANS = ("quotes", "people", "optional_people", "colon_headlines")
GOLD = sorted(HERE.glob("*/*.txt.json"))


def read(path: Path) -> tuple[str, dict]:
    text = path.with_suffix("").read_bytes().decode("utf-8")
    return text, json.loads(path.read_text("utf-8"))


def people_of(folder: str) -> set[str]:
    return {person["person"] for path in GOLD if path.parent.name == folder for person in read(path)[1]["people"]}


@pytest.mark.parametrize("folder", ["dev", "heldout"])
def test_each_set_has_at_least_32_articles_in_ten_languages(folder):
    golds = [read(path)[1] for path in GOLD if path.parent.name == folder]
    assert len(golds) >= 32
    assert {gold["lang"] for gold in golds} == {"ro", "uk", "it", "bg", "ru", "en", "es", "fr", "de", "pl"}


@pytest.mark.parametrize("path", GOLD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_span_holds_the_text_that_it_names(path):
    text, gold = read(path)
    for name in SPANS:
        assert [entry["text"] for entry in gold[name]] == [text[e["start"] : e["end"]] for e in gold[name]]
    for entry in gold["boilerplate"]:
        assert 0 <= entry["start"] < entry["end"] <= len(text)
        assert text[entry["start"] : entry["end"]].strip() == text[entry["start"] : entry["end"]]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_quote_stands_between_its_marks(path):
    text, gold = read(path)
    for index, quote in enumerate(gold["quotes"]):
        assert text[quote["outer_start"] : quote["start"]].startswith(quote["open"])
        assert text[quote["end"] : quote["outer_end"]].strip() == quote["close"]
        if quote["nested_in"] is not None:
            around = gold["quotes"][quote["nested_in"]]
            assert quote["nested_in"] < index
            assert around["start"] <= quote["outer_start"] < quote["outer_end"] <= around["end"]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_speaker_is_named_in_the_article(path):
    _, gold = read(path)
    named = {person["person"] for person in gold["people"]}
    assert {quote["speaker"] for quote in gold["quotes"]} - {None} <= named


def test_the_two_sets_share_no_person():
    assert people_of("dev") & people_of("heldout") == set()
