"""The whole analysis of an article, and what it does where a part is damaged."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reader.analysis import display, language, languages, people, phrases, romanise
from reader.analysis.analyzer import Analyzer
from reader.analysis.identities import Edit
from reader.analysis.languages import load_language
from reader.analysis.report import to_json
from reader.analysis.results import CERTAIN
from reader.articles.article import Article, ParagraphKind
from reader.articles.reading import read_article
from reader.resources import resources_dir
from reader.text.errors import ResourceError
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader.analysis.people import PersonFinder

ROMANIAN = """ date 2026-03-04 Ministrul transporturilor, Horia Mânzatu, a anunțat miercuri că podul se deschide.

„Am promis și am terminat mai devreme”, a declarat Horia Mânzatu la fața locului. „Urmează șoseaua”, a adăugat Mânzatu.

Constructorul a transmis că „lucrările au costat mai puțin decât era prevăzut”.

Citește și:

Horia Mânzatu: „Nu mai fac promisiuni”
"""
ENGLISH = """The bridge at Sălcuța opens in June

Horia Mânzatu, the transport minister, said the bridge “is ready before its time and below its price”.
"""


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def article(folder: Path, text: str, name: str = "a.txt") -> Article:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_article(path)


def test_an_article_is_analysed_from_language_to_speakers(analyzer: Analyzer, tmp_path: Path) -> None:
    read = article(tmp_path, ROMANIAN)
    found = analyzer.analyze(read)
    assert (found.language.code, found.language.how) == ("ro", "detected")
    assert found.gaps == ()
    certain = [(q, q.speaker if q.speaker and q.speaker.confidence >= CERTAIN else None) for q in found.quotes]
    assert [(q.span.of(read.text)[:12], speaker.person if speaker else None) for q, speaker in certain] == [
        ("Am promis și", "Horia Mânzatu"),
        ("Urmează șose", "Horia Mânzatu"),
        ("lucrările au", None),
        ("Nu mai fac p", "Horia Mânzatu"),
    ]
    assert [p.kind for p in found.paragraphs[-2:]] == [ParagraphKind.RELATED, ParagraphKind.RELATED]


def test_the_header_belongs_to_no_sentence(analyzer: Analyzer, tmp_path: Path) -> None:
    read = article(tmp_path, ROMANIAN)
    first = analyzer.analyze(read).sentences[0]
    assert first.span.of(read.text).startswith("Ministrul transporturilor")


def test_sentences_lie_in_their_paragraphs_and_never_overlap(analyzer: Analyzer, tmp_path: Path) -> None:
    read = article(tmp_path, ROMANIAN)
    found = analyzer.analyze(read)
    ends = [0, *(sentence.span.end for sentence in found.sentences)]
    for end, sentence in zip(ends, found.sentences, strict=False):
        assert end <= sentence.span.start
        assert found.paragraphs[sentence.paragraph].span.covers(sentence.span)


def test_a_language_chosen_by_a_person_wins(analyzer: Analyzer, tmp_path: Path) -> None:
    guess = analyzer.analyze(article(tmp_path, ENGLISH), "ro").language
    assert (guess.code, guess.confidence, guess.how) == ("ro", 1.0, "manual")


@pytest.mark.parametrize("text", ["", "\n\n", "…", "12", "„”"])
def test_an_article_of_almost_nothing_gives_an_analysis(analyzer: Analyzer, tmp_path: Path, text: str) -> None:
    found = analyzer.analyze(article(tmp_path, text))
    assert (found.quotes, found.people, found.gaps) == ((), (), ())


def test_the_same_article_gives_the_same_analysis(analyzer: Analyzer, tmp_path: Path) -> None:
    read = article(tmp_path, ROMANIAN)
    assert analyzer.analyze(read) == Analyzer().analyze(read)


def test_without_its_model_the_analysis_goes_on_and_says_so(tmp_path: Path) -> None:
    def broken(_: object) -> PersonFinder:
        raise ResourceError("The model of names is damaged: install the reader again.")

    damaged = Analyzer(load_people=broken)
    found = damaged.analyze(article(tmp_path, ROMANIAN))
    assert found.gaps == ("The model of names is damaged: install the reader again.",)
    assert found.people == ()
    assert len(found.quotes) == 4
    assert all(quote.speaker is None for quote in found.quotes)
    assert damaged.gaps() == found.gaps


def test_with_a_broken_language_file_the_default_serves_and_the_gap_is_named_once(tmp_path: Path) -> None:
    def load(code: str) -> object:
        if code == "ro":
            raise ResourceError("The language file ro.toml has an error.")
        return load_language(code)

    found = Analyzer(load=load).analyze(article(tmp_path, ROMANIAN))
    assert found.gaps == ("The language file ro.toml has an error.",)
    assert len(found.quotes) == 4


def test_linking_gives_one_person_one_name_and_renames_the_speakers(analyzer: Analyzer, tmp_path: Path) -> None:
    both = [
        analyzer.analyze(article(tmp_path, ROMANIAN, "ro.txt")),
        analyzer.analyze(article(tmp_path, ENGLISH, "en.txt")),
    ]
    first, second = analyzer.link(both, [Edit("H. M. the Builder", ("Horia Mânzatu", "Mânzatu"))])
    assert {mention.person for mention in (*first.people, *second.people)} == {"H. M. the Builder"}
    assert first.quotes[0].speaker is not None
    assert first.quotes[0].speaker.person == "H. M. the Builder"


def test_a_name_that_is_no_person_speaks_no_quote(analyzer: Analyzer, tmp_path: Path) -> None:
    found = analyzer.analyze(article(tmp_path, ROMANIAN))
    (linked,) = analyzer.link([found], [Edit(None, ("Horia Mânzatu", "Mânzatu"))])
    assert linked.people == ()
    assert all(quote.speaker is None for quote in linked.quotes)


def test_the_command_lines_object_has_every_field_of_its_contract(analyzer: Analyzer, tmp_path: Path) -> None:
    read = article(tmp_path, ROMANIAN)
    found = to_json(read, analyzer.analyze(read))
    assert json.loads(json.dumps(found)) == found
    assert found["date"] == "2026-03-04"
    assert read.text[found["title"]["start"] :].startswith("Ministrul transporturilor")
    assert set(found) == {
        *("path", "sha256", "encoding", "language", "date", "title", "paragraphs", "sentences", "quotes", "people"),
    }
    quote = found["quotes"][0]
    assert set(quote) == {"start", "end", "outer", "open", "close", "kind", "parent", "speaker"}
    assert set(quote["speaker"]) == {"person", "start", "end", "confidence", "why"}
    start, end = quote["outer"]
    assert read.text[start] == quote["open"]
    assert read.text[end - 1] == quote["close"]
    assert (start, end) == (quote["start"] - 1, quote["end"] + 1)


def test_a_speaker_without_a_mention_has_null_offsets(analyzer: Analyzer, tmp_path: Path) -> None:
    read = article(tmp_path, ROMANIAN)
    found = analyzer.analyze(read)
    speaker = found.quotes[0].speaker
    assert speaker is not None
    unshown = replace(found.quotes[0], speaker=replace(speaker, mention=None))
    printed = to_json(read, replace(found, quotes=(unshown,), title=Span(17, 20)))
    assert printed["quotes"][0]["speaker"]["start"] is None
    assert printed["title"] == {"start": 17, "end": 20}


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a copy of the reader's resources that may be damaged; what was read before is forgotten."""
    copy = tmp_path / "resources"
    for name in ("languages", "models"):
        shutil.copytree(resources_dir() / name, copy / name)
    for name in ("public_figures.tsv", "romanisation.toml"):
        shutil.copy(resources_dir() / name, copy / name)
    for module in (languages, people, display, romanise):
        monkeypatch.setattr(module, "resources_dir", lambda: copy)
    forget()
    yield copy
    forget()


def forget() -> None:
    loads = (languages.load_language, languages.load_notices, languages.load_common, languages.known_languages)
    for cached in (*loads, language._common, romanise.load_systems):
        cached.cache_clear()
    phrases.all_phrases.cache_clear()
    phrases.verbs_of.cache_clear()


def test_a_wrong_key_in_a_language_file_is_named_with_its_file_and_the_analysis_goes_on(resources: Path) -> None:
    path = resources / "languages" / "ro.toml"
    path.write_text(path.read_text("utf-8").replace("[speech]\nverbs = ", "[speech]\nverb = "), "utf-8")
    found = Analyzer().analyze(article(resources, ROMANIAN))
    assert found.gaps == (
        "The language file ro.toml has an error: “speech.verb” is unknown. Install the reader again.",
    )
    assert len(found.quotes) == 4
    assert "Horia Mânzatu" in {mention.text for mention in found.people}


def test_a_language_file_that_is_no_toml_is_named_and_the_analysis_goes_on(resources: Path) -> None:
    (resources / "languages" / "ro.toml").write_bytes(b"code = \xff")
    found = Analyzer().analyze(article(resources, ROMANIAN))
    assert len(found.gaps) == 1
    assert "ro.toml can't be read" in found.gaps[0]
    assert len(found.quotes) == 4


def test_without_any_language_file_the_analysis_goes_on(resources: Path) -> None:
    shutil.rmtree(resources / "languages")
    found = Analyzer().analyze(article(resources, ROMANIAN))
    assert "default.toml can't be read" in found.gaps[0]
    assert found.sentences


@pytest.mark.parametrize("damage", ["missing", "cut", "changed"])
def test_a_damaged_model_is_named_and_the_rest_is_found(resources: Path, damage: str) -> None:
    model = resources / "models" / "people.crfsuite"
    whole = model.read_bytes()
    model.unlink()
    if damage != "missing":
        model.write_bytes(whole[:1000] if damage == "cut" else whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    analyzer = Analyzer()
    found = analyzer.analyze(article(resources, ROMANIAN))
    assert len(found.gaps) == 1
    assert "people.crfsuite) is missing or damaged: people are not marked" in found.gaps[0]
    assert (len(found.quotes), found.people) == (4, ())
    assert analyzer.gaps() == found.gaps


@pytest.mark.parametrize("name", ["public_figures.tsv", "romanisation.toml"])
def test_without_a_table_of_names_people_are_found_as_written(resources: Path, name: str) -> None:
    (resources / name).unlink()
    analyzer = Analyzer()
    read = article(resources, "Міністр Тарас Вільховий заявив: «Міст відкриють у травні, якщо дозволить погода».\n")
    found = analyzer.analyze(read, "uk")
    assert [mention.text for mention in found.people] == ["Тарас Вільховий"]
    assert [mention.person for mention in found.people] == ["Тарас Вільховий"]
    assert len(found.gaps) == 1
    assert name in found.gaps[0]
    assert found.gaps[0] in analyzer.gaps()
