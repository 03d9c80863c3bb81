"""What the index keeps of one article: first its words, then what the analysis, the notes and the cache know.

Runs in the processes of a pool: functions of a path, values that can be pickled, and no writing anywhere. A sidecar is
only glanced at; one that is damaged is mended when its article is opened, not here.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from reader.analysis.analyzer import Analyzer
from reader.analysis.identities import Edit
from reader.analysis.phonetic import plain
from reader.analysis.results import QuoteKind
from reader.annotations.anchoring import place
from reader.annotations.annotation import MANUAL, PERSON, QUOTE, REJECTED, SUGGESTED, Detection, Target
from reader.annotations.loading import glance
from reader.annotations.places import data_folder, place_away, sidecar_path
from reader.annotations.review import stored_for
from reader.articles.reading import read_article, shown_name
from reader.library.tokens import folded, token_line, tokens
from reader.text.errors import ReaderError
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from reader.analysis.results import Analysis
    from reader.annotations.anchoring import Placement
    from reader.annotations.annotation import Annotation, Notes
    from reader.articles.article import Article

    Translates = Callable[[str, Sequence[str]], Sequence[str | None]]

TITLE = 160
"""Code points of a title that are kept."""

Lines: TypeAlias = tuple[str, str, str]
"""The folded words of original, translation and notes."""


Tags: TypeAlias = tuple[tuple[str, Span], ...]
"""Tags with the passages that have them."""


@dataclass(frozen=True, slots=True)
class Words:
    """An article as its bytes tell it: enough to be found. `problem` says why it can't be read."""

    path: Path
    size: int
    mtime: int
    sha256: str = ""
    notes_stamp: str = ""
    date: str | None = None
    title: str = ""
    text: str = ""
    line: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person in one article: the name there, whether a person gave it, and the mentions with their spelling."""

    name: str
    manual: bool
    mentions: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A quote: the number of its speaker among the appearances, and its sentences' translation where one is kept."""

    span: Span
    kind: str
    speaker: int | None
    text: str
    translation: str | None = None


@dataclass(frozen=True, slots=True)
class Finds:
    """What the analysis, the notes and the translations add to an article's `Words`.

    `sentences` are the spans of the original with the length of each one's translation (0: none), which stand in
    `translation` in the same order, with a line break after each.
    """

    path: Path
    sha256: str
    notes_stamp: str
    language: str = "und"
    title: str = ""
    sentences: tuple[tuple[int, int, int], ...] = ()
    translation: str = ""
    untranslated: int = 0
    notes: str = ""
    note_places: tuple[tuple[int, int, int], ...] = ()
    tags: Tags = ()
    appearances: tuple[Appearance, ...] = ()
    quotes: tuple[Said, ...] = ()
    lines: Lines = ("", "", "")
    names: tuple[str, ...] = ()
    problem: str | None = None


def notes_stamp(article: Path) -> str:
    """Return what changes whenever an article's notes do."""
    stamps = []
    for sidecar in (sidecar_path(article), place_away(article, data_folder())):
        try:
            found = sidecar.stat()
        except OSError:
            stamps.append("")
        else:
            stamps.append(f"{found.st_size}.{found.st_mtime_ns}")
    return " ".join(stamps).strip()


def read_words(path: Path) -> Words:
    """Read an article for the index; what goes wrong is in the result, never raised."""
    size = mtime = 0
    try:
        found = path.stat()
        size, mtime = found.st_size, found.st_mtime_ns
        article = _read(path, _notes(path))
    except OSError as exc:
        return Words(path, size, mtime, problem=f"{shown_name(path)} can't be read ({exc.strerror}).")
    except ReaderError as exc:
        return Words(path, size, mtime, problem=str(exc))
    # what was read, not what was looked at before: a file that grows meanwhile is read again next time
    size, mtime = article.stamp[:2]
    title = _one_line(article.title.of(article.text)) if article.title else _first_line(article)
    text, line = article.text, token_line(article.text)
    return Words(path, size, mtime, article.sha256, notes_stamp(path), article.date, title, text, line)


def analyse(path: Path, translate: Translates | None = None) -> Finds:
    """Analyse an article for the index; what goes wrong is in the result, never raised.

    `translate` gives the translations that are kept of sentences in a language.
    """
    stamp = notes_stamp(path)
    try:
        notes = _notes(path)
        article = _read(path, notes)
        return _finds(article, notes, stamp, translate)
    except ReaderError as exc:
        return Finds(path, "", stamp, problem=str(exc))
    except Exception as exc:  # the job boundary: one article must not end the index of all others
        words = f"{shown_name(path)} could not be looked through ({type(exc).__name__}: {exc}); its words are indexed."
        return Finds(path, "", stamp, problem=words)


@cache
def _analyzer() -> Analyzer:
    """Return this process's analyzer."""
    return Analyzer()


def _notes(path: Path) -> Notes | None:
    return glance(place_away(path, data_folder())) or glance(sidecar_path(path))


def _read(path: Path, notes: Notes | None) -> Article:
    chosen = notes.article.encoding if notes else None
    return read_article(path, chosen.value if chosen and chosen.how == MANUAL else None)


def _finds(
    article: Article,
    notes: Notes | None,
    stamp: str,
    translate: Translates | None,
) -> Finds:
    text = article.text
    chosen = notes.article.language if notes else None
    analyzer = _analyzer()
    analysis = analyzer.analyze(article, chosen.value if chosen and chosen.how == MANUAL else None)
    edits = [Edit(each.person, each.names, each.how) for each in notes.people] if notes else []
    if edits:
        (analysis,) = analyzer.link([analysis], edits)
    placed = _placed(text, notes)
    shown = _translations(text, analysis, notes, translate)
    translation = "".join(f"{words}\n" for words in shown)
    said, note_places, tags = _said(placed)
    by_hand = {each.person for each in edits if each.person}
    appearances, numbers = _appearances(text, analysis, placed, by_hand)
    title = _one_line(analysis.title.of(text)) if analysis.title else _first_line(article)
    return Finds(
        article.path,
        article.sha256,
        stamp,
        analysis.language.code,
        title,
        tuple(
            (each.span.start, each.span.end, len(words)) for each, words in zip(analysis.sentences, shown, strict=True)
        ),
        translation if translation.strip() else "",
        sum(not words for words in shown),
        said,
        note_places,
        tags,
        appearances,
        tuple(_quotes(text, analysis, placed, numbers, shown)),
        (token_line(text), token_line(translation), token_line(said)),
        tuple({folded(word) for each in appearances for _, name in each.mentions for word, _ in tokens(name)}),
    )


def _placed(text: str, notes: Notes | None) -> tuple[tuple[Annotation, Placement], ...]:
    return tuple((each, place(text, each.target)) for each in notes.annotations) if notes else ()


def _said(placed: Iterable[tuple[Annotation, Placement]]) -> tuple[str, tuple[tuple[int, int, int], ...], Tags]:
    """Return the notes of all passages one below the other, the place and length of each, and the tags."""
    words: list[str] = []
    places: list[tuple[int, int, int]] = []
    tags: list[tuple[str, Span]] = []
    for annotation, placement in placed:
        if annotation.status in (REJECTED, SUGGESTED):
            continue
        span = placement.span or Span(0, 0)
        tags += [(tag, span) for tag in annotation.tags]
        if annotation.note:
            words.append(annotation.note)
            places.append((span.start, span.end, len(annotation.note)))
    return "".join(f"{each}\n" for each in words), tuple(places), tuple(tags)


def _translations(
    text: str,
    analysis: Analysis,
    notes: Notes | None,
    translate: Translates | None,
) -> list[str]:
    """Return each sentence's translation, a person's own before the machine's, empty where none is known."""
    found = [""] * len(analysis.sentences)
    places = {each.span: i for i, each in enumerate(analysis.sentences)}
    corrections = [each for each in notes.corrections if notes.language_of(each) == "en"] if notes else []
    for correction in corrections:
        span = place(text, Target(correction.exact, start=correction.start, end=correction.end)).span
        if span in places and not correction.conflict:
            found[places[span]] = _one_line(correction.value)
    if translate is not None:
        waiting: dict[str, list[int]] = {}
        for i, sentence in enumerate(analysis.sentences):
            if not found[i]:
                language = analysis.paragraphs[sentence.paragraph].language or analysis.language.code
                waiting.setdefault(language, []).append(i)
        for language, indices in waiting.items():
            kept = translate(language, [analysis.sentences[i].span.of(text) for i in indices])
            for i, words in zip(indices, kept, strict=True):
                found[i] = _one_line(words or "")
    return found


def _appearances(
    text: str, analysis: Analysis, placed: tuple[tuple[Annotation, Placement], ...], by_hand: set[str]
) -> tuple[tuple[Appearance, ...], dict[str, int]]:
    """Return the persons of the article, rejected mentions apart, and the number of each by name."""
    people: dict[str, dict[Span, str]] = {}
    manual = set(by_hand)
    for mention in analysis.people:
        stored = stored_for(Detection(PERSON, mention.span, mention.person, "people"), placed)
        name = mention.person
        if stored is not None and stored.decided:
            if stored.status == REJECTED:
                continue
            if stored.attribution and stored.attribution.how == MANUAL and stored.attribution.person:
                name = stored.attribution.person
                manual.add(name)
        people.setdefault(name, {})[mention.span] = mention.text
    for annotation, placement in placed:
        if annotation.kind in (PERSON, QUOTE) and annotation.status not in (REJECTED, SUGGESTED) and annotation.person:
            spots = people.setdefault(annotation.person, {})
            if annotation.attribution and annotation.attribution.how == MANUAL:
                manual.add(annotation.person)
            if annotation.kind == PERSON and placement.span:
                spots.setdefault(placement.span, placement.span.of(text))
    found = tuple(
        Appearance(name, name in manual, tuple((span, plain(_one_line(spots[span]))) for span in sorted(spots)))
        for name, spots in people.items()
    )
    return found, {each.name: i for i, each in enumerate(found)}


def _quotes(
    text: str,
    analysis: Analysis,
    placed: tuple[tuple[Annotation, Placement], ...],
    numbers: dict[str, int],
    shown: Sequence[str],
) -> Iterable[Said]:
    """Yield the quotes, as a person decided on them where one did, with their sentences' translation."""
    found: dict[Span, Said] = {}
    for quote in analysis.quotes:
        if not quote.span:
            continue
        speaker = quote.speaker.person if quote.speaker else None
        stored = stored_for(Detection(QUOTE, quote.span, speaker, "quotes"), placed)
        if stored is not None and stored.decided:
            if stored.status == REJECTED:
                continue
            speaker = stored.person if stored.attribution else speaker
        found[quote.span] = Said(quote.span, str(quote.kind), numbers.get(speaker or ""), quote.span.of(text))
    for annotation, placement in placed:
        if annotation.kind == QUOTE and annotation.status not in (REJECTED, SUGGESTED) and (span := placement.span):
            number = numbers.get(annotation.person or "")
            found.setdefault(span, Said(span, str(QuoteKind.SPEECH), number, span.of(text)))
    for span in sorted(found):
        yield replace(found[span], translation=_over(span, analysis, shown))


def _over(span: Span, analysis: Analysis, shown: Sequence[str]) -> str | None:
    """Return the translation of the sentences in which a passage stands, None where one lacks its own."""
    last = bisect_right(analysis.sentences, span.end - 1, key=lambda each: each.span.start)
    parts = [i for i in range(last) if analysis.sentences[i].span.end > span.start]
    return " ".join(shown[i] for i in parts) if parts and all(shown[i] for i in parts) else None


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _first_line(article: Article) -> str:
    start = article.header.end if article.header else 0
    words = _one_line(article.text[start : start + 4 * TITLE])
    return words if len(words) <= TITLE else f"{words[:TITLE].rsplit(' ', 1)[0]}…"


def as_json(places: Sequence[tuple[int, int, int]]) -> str:
    """Write spans with lengths for a column of the index."""
    return json.dumps(places, separators=(",", ":"))
