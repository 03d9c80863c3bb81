"""Run every part of the analysis over an article, in order; a part that can't run leaves a gap, not a failure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from reader.analysis.display import Figures
from reader.analysis.given import GivenNames
from reader.analysis.identities import Names, link
from reader.analysis.language import UNDETERMINED, LanguageDetector
from reader.analysis.languages import DEFAULT_CODE, Language, load_language
from reader.analysis.notices import classify_paragraphs
from reader.analysis.people import PersonFinder
from reader.analysis.quotes import find_quotes
from reader.analysis.results import Analysis, Identity, LanguageGuess, Mention, Quote, Sentence
from reader.analysis.romanise import load_systems
from reader.analysis.sentences import split_sentences
from reader.analysis.speakers import attribute
from reader.analysis.weighing import Model, load_model
from reader.articles.article import Article, Paragraph, ParagraphKind
from reader.text.errors import ResourceError
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.analysis.identities import Edit


_NAME = re.compile(r"[^\W\d_]{2}")  # a sentence without two letters together names nobody, whatever its length


class Analyzer:
    """Analyses articles; models load at the first article that needs them. One analyzer may serve several threads."""

    def __init__(
        self,
        detector: LanguageDetector | None = None,
        load_people: Callable[[Callable[[str], Language]], PersonFinder] = PersonFinder.load,
        load: Callable[[str], Language] = load_language,
    ) -> None:
        self._detector = detector or LanguageDetector()
        self._load_people = load_people
        self._languages = _Languages(load)
        self._people: PersonFinder | None = None
        self._people_gap = ""
        self._loading = Lock()

    def analyze(self, article: Article, language: str | None = None) -> Analysis:
        """Return all that is found in an article; `language` is an ISO 639-1 code chosen by a person."""
        gaps: list[str] = []
        text = article.text
        found = self._detector.detect(text)
        guess = LanguageGuess(language, 1.0, "manual") if language else found
        # by what was found: a person's word is for all that is not in a third language
        paragraphs = self._read_paragraphs(article, found, gaps)

        def words_of(paragraph: Paragraph) -> Language:
            return self._languages.of(paragraph.language or guess.code, gaps)

        sentences = _split(article, paragraphs, words_of)
        quotes = find_quotes(text, paragraphs, words_of)
        mentions, identities = self._find_people(text, sentences, paragraphs, guess.code, gaps)
        quotes = attribute(text, sentences, paragraphs, quotes, mentions, words_of, _weights(gaps))
        title = next((p.span for p in paragraphs if p.kind is ParagraphKind.TITLE), None)
        if title is not None and article.title is not None and title.covers(article.title):
            title = article.title  # without the header that may stand before it
        gaps = list(dict.fromkeys(gaps))
        return Analysis(guess, paragraphs, title, sentences, quotes, mentions, identities, tuple(gaps))

    def link(self, analyses: Sequence[Analysis], edits: Sequence[Edit] = ()) -> tuple[Analysis, ...]:
        """Return the analyses with one display name for one person in all of them; `edits` always win."""
        try:
            names = [Names(each.language.code, each.people) for each in analyses]
            linked = link(names, edits, language=self._languages.quietly)
        except ResourceError as exc:
            return tuple(replace(each, gaps=(*each.gaps, str(exc))) for each in analyses)
        return tuple(
            replace(_renamed(each, people), identities=_those_of(people, linked.identities))
            for each, people in zip(analyses, linked.articles, strict=True)
        )

    def gaps(self) -> tuple[str, ...]:
        """Load every part and return a sentence for each that is damaged."""
        gaps: list[str] = []
        self._languages.of(DEFAULT_CODE, gaps)
        self._finder(gaps)
        for load in (Figures.load, GivenNames.load, load_systems, load_model):
            try:
                load()
            except ResourceError as exc:
                gaps.append(str(exc))
        return tuple(gaps)

    def close(self) -> None:
        """Nothing is held; here because an analyzer in a process of its own is closed."""

    def _read_paragraphs(self, article: Article, guess: LanguageGuess, gaps: list[str]) -> tuple[Paragraph, ...]:
        texts = [paragraph.span.of(article.text) for paragraph in article.paragraphs]
        codes = self._detector.detect_paragraphs(texts, guess)
        try:
            return classify_paragraphs(article, codes, guess.code)
        except ResourceError as exc:
            gaps.append(str(exc))
            return tuple(replace(p, language=code) for p, code in zip(article.paragraphs, codes, strict=True))

    def _find_people(
        self, text: str, sentences: Sequence[Sentence], paragraphs: Sequence[Paragraph], code: str, gaps: list[str]
    ) -> tuple[tuple[Mention, ...], tuple[Identity, ...]]:
        finder = self._finder(gaps)
        if finder is None:
            return (), ()
        named = [each for each in sentences if _NAME.search(text, each.span.start, each.span.end)]
        try:
            mentions = finder.find(text, named, paragraphs, code)
        except ResourceError as exc:
            gaps.append(str(exc))
            return (), ()
        try:
            linked = link([Names(code, mentions)], language=self._languages.quietly)
        except ResourceError as exc:
            gaps.append(str(exc))
            return tuple(replace(mention, person=mention.text) for mention in mentions), ()
        return linked.articles[0], linked.identities

    def _finder(self, gaps: list[str]) -> PersonFinder | None:
        """Return the person finder, loaded once; where it can't load, say so each time."""
        with self._loading:
            if self._people is None and not self._people_gap:
                try:
                    self._people = self._load_people(self._languages.quietly)
                except ResourceError as exc:
                    self._people_gap = str(exc)
        if self._people_gap:
            gaps.append(self._people_gap)
        return self._people


class _Languages:
    """Loads languages; a broken file is replaced by the default, and a broken default by no words at all."""

    def __init__(self, load: Callable[[str], Language]) -> None:
        self._load = load

    def of(self, code: str, gaps: list[str]) -> Language:
        """Return a language's words; what is broken is added to `gaps`."""
        for name in (DEFAULT_CODE if code == UNDETERMINED else code, DEFAULT_CODE):
            try:
                return self._load(name)
            except ResourceError as exc:
                gaps.append(str(exc))
        return Language(code=DEFAULT_CODE, name=DEFAULT_CODE)

    def quietly(self, code: str) -> Language:
        """Return a language's words where another part reports what is broken."""
        return self.of(code, [])


def _weights(gaps: list[str]) -> Model | None:
    """Return the weights of who may speak, None where they can't be read: then the rules alone say it."""
    try:
        return load_model()
    except ResourceError as exc:
        gaps.append(str(exc))
        return None


def _split(
    article: Article, paragraphs: Sequence[Paragraph], words_of: Callable[[Paragraph], Language]
) -> tuple[Sentence, ...]:
    """Split every paragraph into sentences; the header's words belong to none."""
    sentences: list[Sentence] = []
    for index, paragraph in enumerate(paragraphs):
        span = paragraph.span
        if article.header is not None and span.start <= article.header.start < span.end:
            span = Span(min(article.header.end, span.end), span.end)
        sentences.extend(Sentence(each, index) for each in split_sentences(article.text, span, words_of(paragraph)))
    return tuple(sentences)


def _those_of(people: tuple[Mention, ...], identities: tuple[Identity, ...]) -> tuple[Identity, ...]:
    here = {mention.person for mention in people}
    return tuple(identity for identity in identities if identity.person in here)


def _renamed(analysis: Analysis, people: tuple[Mention, ...]) -> Analysis:
    """Return an analysis with its mentions as linked, and its speakers under the same names."""
    at = {mention.span: mention.person for mention in people}
    votes: dict[str, Counter[str | None]] = {}
    for mention in analysis.people:
        votes.setdefault(mention.person, Counter())[at.get(mention.span)] += 1
    now = {person: counted.most_common(1)[0][0] for person, counted in votes.items()}

    def rename(quote: Quote) -> Quote:
        speaker = quote.speaker
        if speaker is None:
            return quote
        shown = at.get(speaker.mention) if speaker.mention is not None else now.get(speaker.person, speaker.person)
        return replace(quote, speaker=replace(speaker, person=shown) if shown else None)

    return replace(analysis, people=people, quotes=tuple(map(rename, analysis.quotes)))
