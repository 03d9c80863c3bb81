"""The whole analysis on text that nobody wrote for it: random Unicode, broken and nested marks, endless repetition."""

from __future__ import annotations

import gc
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.analysis import identities
from reader.analysis.analyzer import Analyzer
from reader.analysis.identities import Names
from reader.analysis.results import Mention
from reader.articles.article import Article, Encoding
from reader.articles.structure import find_structure
from reader.text.span import Span

ANALYZER = Analyzer()

MARKS = "\"'„“”‟«»‹›‚‘’‛″＂「」『』《》`´<>()[]—–―-…"
STRANGE = (
    *"\u00a0\u00ad\u200b\u200d\u200e\u202e\u2028\u2029\ufeff\ufffd\x00\x0b\x0c\x1c\x85\u0301\u20dd\U000e0001\U0001f600",
    *(
        "İ",
        "ı",
        "ß",
        "ŉ",
        "ﬁ",
        "ǅ",
        "ῳ",
        "\U0001d400",
        "e\u0301",
        "👩‍👩‍👧",
        "ﷺ",
        "&quot;",
        ",,",
        "``",
        "''",
        "<<",
        ">>",
    ),
)
NEWS = (
    *("Ion Pop", "Pop", "Popei", "Dr. A. B. Ionescu", "Maria „Doc” Lupu", "O'Neil", "al-Assad", "van der Leyen", "J."),
    *("Олена Коваль", "Коваля", "Рютте", "Еміне", "Президент", "министр", "заяви", "сказав", "каза", "за словами"),
    *("a declarat", "a spus", "potrivit", "președintele", "said", "according to", "he", "who", "ha detto", "dijo"),
    *("Citește și:", "Read more", 'https://a.b/c?d="e"', "<a href='x'>", '18"', "5'", "nr. 3", "etc.", "U.S.", "1."),
    *(" date 2026-02-11 ", ".", "!", "?", ":", ";", ",", " ", " ", " ", "\n", "\n\n", "\n— ", "\n- ", "\t", "# ", "* "),
)
PIECES = st.one_of(st.sampled_from(MARKS), st.sampled_from(STRANGE), st.sampled_from(NEWS), st.text(max_size=6))
TEXTS = st.lists(PIECES, max_size=60).map("".join)
CODES = st.sampled_from([None, "ro", "uk", "it", "bg", "ru", "en", "es", "fr", "de", "pl", "hu", "zz"])


def article(text: str) -> Article:
    shape = find_structure(text)
    return Article(
        Path("a.txt"), text, 0, "", "", Encoding("utf-8"), shape.paragraphs, shape.date, shape.header, shape.title
    )


def check(text: str, code: str | None) -> None:
    """Check all that holds for any analysis."""
    read = article(text)
    found = ANALYZER.analyze(read, code)
    assert found.gaps == ()
    assert [p.span for p in found.paragraphs] == [p.span for p in read.paragraphs]
    end = 0
    for sentence in found.sentences:
        assert end <= sentence.span.start < sentence.span.end <= len(text)
        assert found.paragraphs[sentence.paragraph].span.covers(sentence.span)
        end = sentence.span.end
    check_quotes(text, found.quotes)
    check_people(text, found)
    assert ANALYZER.analyze(read, code) == found


def check_quotes(text, quotes):
    for index, quote in enumerate(quotes):
        assert 0 <= quote.outer.start <= quote.span.start < quote.span.end <= quote.outer.end <= len(text)
        assert text.startswith(quote.open, quote.outer.start)
        assert text[: quote.outer.end].endswith(quote.close)
        assert quote.span.of(text) == quote.span.of(text).strip()
        assert 0.0 <= quote.confidence <= 1.0
        if index:
            assert quotes[index - 1].outer.start < quote.outer.start
        if quote.parent is not None:
            assert quote.parent < index
            assert quotes[quote.parent].outer.covers(quote.outer)
        if quote.continues is not None:
            assert quote.continues < index


def check_people(text, found):
    end = 0
    names = {identity.person for identity in found.identities}
    for mention in found.people:
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.text == mention.span.of(text)
        assert mention.person in names
        assert mention.evidence
        assert 0.0 <= mention.confidence <= 1.0
        first = next(s for s in found.sentences if s.span.end > mention.span.start)
        last = next(s for s in found.sentences if s.span.end >= mention.span.end)
        assert first.span.start <= mention.span.start
        assert last.span.start < mention.span.end
        assert first.paragraph == last.paragraph
        end = mention.span.end
    spans = {mention.span for mention in found.people}
    for quote in found.quotes:
        if quote.speaker is not None:
            assert quote.speaker.person in names
            assert quote.speaker.mention is None or quote.speaker.mention in spans
            assert 0.0 < quote.speaker.confidence <= 1.0
            assert quote.speaker.evidence


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, CODES)
def test_any_text_gives_spans_in_order_inside_it(text, code):
    check(text, code)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=MARKS + " aA.\n", max_size=200), CODES)
def test_any_jumble_of_marks_gives_spans_in_order_inside_it(text, code):
    check(text, code)


def test_an_article_in_the_middle_of_marks_of_all_kinds_keeps_its_people():
    text = f"{MARKS * 20}\n\nPreședintele Ion Pop a spus: „Plecăm mâine la București.”\n\n{MARKS * 20}"
    check(text, "ro")
    assert "Ion Pop" in {mention.text for mention in ANALYZER.analyze(article(text), "ro").people}


UNITS = (
    *('"', "'a ", "A. ", "ABC ", "A", "— ", "- x ", "a", "„a ", "«", "» ", '" ', 'a" ', '"a ', "‘a ", "(", ". ", ".A"),
    *("a\u0301", "\u200b", "a-", "a'", "1.", "123 ", "x@y ", "http://", "<a ", "Ion Pop, ", "Ion „Doc” ", "Ion van "),
    *("Ion Pop a spus „da”, ", "El a spus că ", "a: ", "\n— A, a spus B.", "Ion\n\n", "A.-B.", "« Non ! » ", "de la "),
)
SHORT, LONG = 20_000, 80_000


def seconds(text: str) -> float:
    """Return the least processor time of analysing a text."""
    read = article(text)
    times = []
    for _ in range(2):
        gc.collect()
        began = time.process_time()
        ANALYZER.analyze(read, "ro")
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length_and_no_faster(unit):
    """Four times the text may take ten times as long before we call it worse than linear (quadratic: sixteen)."""
    short, long = (seconds((unit * (length // len(unit) + 1))[:length]) for length in (SHORT, LONG))
    assert long < 10 * max(short, 0.01)


@pytest.mark.parametrize("unit", ['"', "'a ", "«", "A. ", "Ion\n\n", "Ion Pop a spus „da”, "])
def test_a_long_repetition_gives_spans_in_order_too(unit):
    check(unit * 400, "ro")


GIVEN = ("Ion", "Maria", "Andrei", "Elena", "Mihai", "Doina", "Vasile", "Cristina", "Radu", "Tudor", "Silviu", "Anca")
SYLLABLES = ("po", "ne", "lu", "ma", "ti", "ra", "du", "gri", "bo", "sta", "vla", "cio", "ro", "se", "mi", "ca", "fe")


def strangers(count):
    """Return names of as many persons, each followed by the surname alone."""
    chance, names = random.Random(3), {}
    while len(names) < count:
        surname = ("".join(chance.choices(SYLLABLES, k=3)) + chance.choice(("scu", "anu", "ru"))).capitalize()
        names.setdefault(surname, f"{chance.choice(GIVEN)} {surname}")
    return [text for surname, name in names.items() for text in (name, surname)]


def comparisons(names, monkeypatch, *, articles=1):
    """Return how many times names and words are compared when these are linked."""
    counted = []

    def counting(compare):
        return lambda *arguments, **options: counted.append(1) or compare(*arguments, **options)

    with monkeypatch.context() as patch:
        for name in ("compare", "surname_alike", "unlike", "unlike_given"):
            patch.setattr(identities, name, counting(getattr(identities, name)))
        mentions = [Mention(Span(i, i + 1), text, "", 1.0) for i, text in enumerate(names)]
        step = -(-len(mentions) // articles)
        identities.link([Names("ro", tuple(mentions[i : i + step])) for i in range(0, len(mentions), step)])
    return len(counted)


def test_linking_compares_a_spelling_once_however_often_it_is_met(monkeypatch):
    few = comparisons(["Ion Pop", "Pop", "Ion", "Maria Pop", "Popei"] * 10, monkeypatch)
    assert comparisons(["Ion Pop", "Pop", "Ion", "Maria Pop", "Popei"] * 1000, monkeypatch) == few


@pytest.mark.parametrize("articles", [1, 50])
def test_linking_eight_times_the_persons_takes_little_more_than_eight_times_the_comparisons(articles, monkeypatch):
    few, many = strangers(100), strangers(800)
    assert len(set(many)) == 1600
    assert comparisons(many, monkeypatch, articles=articles) < 16 * comparisons(few, monkeypatch, articles=articles)


@pytest.mark.parametrize("unit", ["Ion „Doc” ", "Ion van ", "Ion „Doc” Pop ", "Ion Pop "])
def test_no_name_goes_on_for_ever(unit):
    assert all(len(mention.text) < 100 for mention in ANALYZER.analyze(article(unit * 100), "ro").people)
