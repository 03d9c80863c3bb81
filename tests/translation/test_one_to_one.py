"""Sentences map one to one, whatever the text: what the splitter finds, the engine gives back, to the last word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.analysis.languages import load_language
from reader.analysis.sentences import split_sentences
from reader.text.span import Span
from reader.translation.cache import TranslationCache
from reader.translation.messages import Decoding
from reader.translation.service import TranslationService
from tests.support.argos_package import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.translation.packages import PackageStore

WORDS = [word.strip("„”«».,'’") for word in TEXT.split()[:60]]
NUMBER = re.compile(r"\d+")


@pytest.fixture(scope="module")
def service(stocked: PackageStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TranslationService]:
    cache = TranslationCache(tmp_path_factory.mktemp("cache") / "cache.sqlite")
    service = TranslationService(stocked, cache, threads=2, decoding=Decoding(retry=False))
    yield service
    service.close()
    cache.close()


clause = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
numbered = st.tuples(clause, st.integers(0, 9999)).map(lambda pair: f"{pair[0]} {pair[1]}")
sentence = st.one_of(
    numbered.map(lambda words: words.capitalize() + "."),
    numbered.map(lambda words: f"„{words.capitalize()}”, a declarat dl. Munteanu."),
    numbered.map(lambda words: f"Conform art. 5 alin. 2 din lege, {words} etc."),
    numbered.map(lambda words: f"– {words};"),
    numbered.map(lambda words: f"3) {words}"),
    st.lists(numbered, min_size=10, max_size=20).map(lambda parts: ", ".join(parts).capitalize() + "!"),
)
paragraph = st.lists(sentence, min_size=1, max_size=6).map(" ".join)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(paragraph, min_size=1, max_size=5).map("\n\n".join))
@example(", ".join(f"drumul {i} din Valea Plopilor" for i in range(140)) + ".")
def test_every_sentence_comes_back_once_and_whole(service: TranslationService, text: str):
    spans = split_sentences(text, Span(0, len(text)), load_language("ro"))
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    assert not "".join(text[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)).strip()
    sentences = [span.of(text) for span in spans]
    found = list(service.translate(service.route("ro", "en"), sentences))
    assert sorted(index for index, _ in found) == list(range(len(sentences)))
    for index, translation in found:
        # the test package is a cipher: words become words, numbers stay
        assert len(translation.text.split()) == len(sentences[index].split())
        assert NUMBER.findall(translation.text) == NUMBER.findall(sentences[index])
