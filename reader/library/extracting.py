"""What the index keeps of one article: first its words, then what the analysis, the notes and the cache know.

Runs in the processes of a pool: functions of a path, values that can be pickled, and no writing anywhere. A sidecar is
only glanced at; one that is damaged is mended when its article is opened, not here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from reader.analysis.analyzer import Analyzer
from reader.analysis.identities import Edit
from reader.analysis.phonetic import plain, romanise, sound
from reader.analysis.results import QuoteKind
from reader.annotations.anchoring import place
from reader.annotations.annotation import MANUAL, PERSON, QUOTE, REJECTED, SUGGESTED, Detection, Target
from reader.annotations.loading import glance
from reader.annotations.places import data_folder, place_away, sidecar_path
from reader.annotations.review import stored_for
from reader.articles.reading import read_article, shown_name
from reader.finding import fold
from reader.library.sameness import traits
from reader.library.signatures import keys_of
from reader.library.summaries import Facts, notes_stamp
from reader.library.tokens import bones_of, token_line
from reader.text.errors import ReaderError
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from reader.analysis.results import Analysis
    from reader.annotations.anchoring import Placement
    from reader.annotations.annotation import Annotation, Notes
    from reader.articles.article import Article

    Translates = Callable[[str, Sequence[str]], Mapping[str, Sequence[str | None]]]
    Shown = dict[str, list[str | None]]

ENGLISH = "en"
"""The language through which quotes in two languages are compared."""
TITLE = 160
"""Code points of a title that are kept."""

Lines: TypeAlias = tuple[str, str, str]
"""The folded words of original, translation and notes."""

Places: TypeAlias = tuple[tuple[int, int, int], ...]
"""Spans of the original, each with the length of what is said of it."""

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
    """A person in one article: the name there, whether a person gave it, and the mentions with their spelling.

    `keys` are what others must share to be held for the same person.
    """

    name: str
    manual: bool
    mentions: tuple[tuple[Span, str], ...]
    spellings: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A quote: the number of its speaker among the appearances, and its sentences in English where that is kept.

    `traits` are the keys by which the same quote elsewhere finds it.
    """

    span: Span
    kind: str
    speaker: int | None
    text: str
    translation: str | None = None
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finds:
    """What the analysis, the notes and the translations add to an article's `Words`.

    `sentences` are, by target language, the spans of the original with the length of each one's translation (0: none),
    which stand in `translation` in the same order, with a line break after each. `lines` is None where the words are
    those of the original alone, which are indexed already.
    """

    path: Path
    sha256: str
    notes_stamp: str
    language: str = "und"
    title: str = ""
    facts: Facts = field(default_factory=Facts)
    sentences: tuple[tuple[str, Places], ...] = ()
    translation: str = ""
    untranslated: int = 0
    notes: str = ""
    note_places: Places = ()
    tags: Tags = ()
    appearances: tuple[Appearance, ...] = ()
    quotes: tuple[Said, ...] = ()
    lines: Lines | None = None
    names: tuple[tuple[str, str], ...] = ()
    problem: str | None = None


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
    title = _shortened(article.title.of(article.text)) if article.title else _first_line(article)
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
    sentences, translation = _in_lines(analysis, shown)
    said, note_places, tags = _said(placed)
    by_hand = {each.person for each in edits if each.person}
    appearances, numbers = _appearances(text, analysis, placed, by_hand)
    quotes = tuple(_quotes(text, analysis, placed, numbers, shown.get(ENGLISH)))
    title = _shortened(analysis.title.of(text)) if analysis.title else _first_line(article)
    return Finds(
        article.path,
        article.sha256,
        stamp,
        analysis.language.code,
        title,
        _facts(analysis, title, shown, placed, appearances, quotes),
        sentences,
        translation,
        sum(words == "" for each in shown.values() for words in each),
        said,
        note_places,
        tags,
        appearances,
        quotes,
        (token_line(text), token_line(translation), token_line(said)) if translation or said else None,
        tuple(_name_bones(appearances)),
    )


def _name_bones(appearances: Iterable[Appearance]) -> set[tuple[str, str]]:
    """Return the words of names, folded, each with the consonants by which its spellings find each other."""
    words = {word for each in appearances for name in each.spellings for word in token_line(name).split()}
    return {(bones, word) for word in words for bones in bones_of(sound(romanise(word)))}


def _facts(
    analysis: Analysis,
    title: str,
    shown: Shown,
    placed: Iterable[tuple[Annotation, Placement]],
    appearances: Sequence[Appearance],
    quotes: Sequence[Said],
) -> Facts:
    """Return what the list of the library shows of an article beside its title, language and date."""
    persons = tuple(each.name for each in appearances)
    titles = {}
    if analysis.title is not None:
        within = [i for i, each in enumerate(analysis.sentences) if each.span.overlaps(analysis.title)]
        titles = {target: " ".join(filter(None, (words[i] for i in within))) for target, words in shown.items()}
    own = [
        i
        for i, each in enumerate(analysis.sentences)
        if (analysis.paragraphs[each.paragraph].language or analysis.language.code) == analysis.language.code
    ]
    marked = (each for each, placement in placed if placement.span and each.status not in (REJECTED, SUGGESTED))
    return Facts(
        sum(each.kind != QuoteKind.TERM for each in quotes),
        sum(bool(each.mentions) for each in appearances),
        sum(each.kind not in (PERSON, QUOTE) for each in marked),
        {target: words for target, words in titles.items() if words},
        tuple(target for target, words in shown.items() if own and all(words[i] for i in own)),
        persons,
        fold("\n".join((title, *persons))),
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
) -> Shown:
    """Return by target language each sentence's translation, a person's own before the machine's.

    It is "" where none is known, and None where no package leads from the sentence's language to the target.
    """
    size = len(analysis.sentences)
    found: Shown = {}
    waiting: dict[str, list[int]] = {}
    for i, sentence in enumerate(analysis.sentences if translate is not None else ()):
        language = analysis.paragraphs[sentence.paragraph].language or analysis.language.code
        waiting.setdefault(language, []).append(i)
    for language, indices in waiting.items():
        assert translate is not None
        for target, kept in translate(language, [analysis.sentences[i].span.of(text) for i in indices]).items():
            here = found.setdefault(target, [None] * size)
            for i, words in zip(indices, kept, strict=True):
                here[i] = _one_line(words or "")
    places = {each.span: i for i, each in enumerate(analysis.sentences)}
    for correction in notes.corrections if notes else ():
        span = place(text, Target(correction.exact, start=correction.start, end=correction.end)).span
        if notes is not None and span in places and not correction.conflict:
            here = found.setdefault(notes.language_of(correction), [None] * size)
            here[places[span]] = _one_line(correction.value)
    return found


def _in_lines(analysis: Analysis, shown: Shown) -> tuple[tuple[tuple[str, Places], ...], str]:
    """Return by target the places of the sentences that may have a translation, and all of these, a line each."""
    places: list[tuple[str, Places]] = []
    lines: list[str] = []
    for target, every in shown.items():
        pairs = [(each.span, words) for each, words in zip(analysis.sentences, every, strict=True) if words is not None]
        places.append((target, tuple((span.start, span.end, len(words)) for span, words in pairs)))
        lines += [f"{words}\n" for _, words in pairs]
    translation = "".join(lines)
    return tuple(places), translation if translation.strip() else ""


def _appearances(
    text: str, analysis: Analysis, placed: tuple[tuple[Annotation, Placement], ...], by_hand: set[str]
) -> tuple[tuple[Appearance, ...], dict[str, int]]:
    """Return the persons of the article, rejected mentions apart, and the number of each by name."""
    people: dict[str, dict[Span, str]] = {}
    manual = set(by_hand)
    for mention in analysis.people:
        stored = stored_for(Detection(PERSON, mention.span, mention.person, "people"), placed) if placed else None
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
    found = []
    for name, spots in people.items():
        mentions = tuple((span, plain(_one_line(spots[span]))) for span in sorted(spots))
        spellings = tuple(sorted({spelling for _, spelling in mentions})) or (name,)
        keys = keys_of(analysis.language.code, spellings)
        found.append(Appearance(name, name in manual, mentions, spellings, keys))
    return tuple(found), {each.name: i for i, each in enumerate(found)}


def _quotes(
    text: str,
    analysis: Analysis,
    placed: tuple[tuple[Annotation, Placement], ...],
    numbers: dict[str, int],
    english: Sequence[str | None] | None,
) -> Iterable[Said]:
    """Yield the quotes, as a person decided on them where one did, with their sentences in English."""
    found: dict[Span, Said] = {}
    for quote in analysis.quotes:
        if not quote.span:
            continue
        speaker = quote.speaker.person if quote.speaker else None
        stored = stored_for(Detection(QUOTE, quote.span, speaker, "quotes"), placed) if placed else None
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
        said = found[span]
        translation = _over(span, analysis, english) if english else None
        shown = said.text if analysis.language.code == ENGLISH else translation
        speech = said.kind == QuoteKind.SPEECH
        yield replace(
            said, translation=translation, traits=frozenset(traits(said.text, shown)) if speech else frozenset()
        )


def _over(span: Span, analysis: Analysis, shown: Sequence[str | None]) -> str | None:
    """Return the translation of the sentences in which a passage stands, None where one lacks its own."""
    last = bisect_right(analysis.sentences, span.end - 1, key=lambda each: each.span.start)
    parts = [i for i in range(last) if analysis.sentences[i].span.end > span.start]
    words = [each for i in parts if (each := shown[i])]
    return " ".join(words) if parts and len(words) == len(parts) else None


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _first_line(article: Article) -> str:
    start = article.header.end if article.header else 0
    return _shortened(article.text[start : start + 4 * TITLE])


def _shortened(words: str) -> str:
    """Return a title on one line, cut at a word's end where it is longer than a headline."""
    words = _one_line(words)
    return words if len(words) <= TITLE else f"{words[:TITLE].rsplit(' ', 1)[0]}…"
