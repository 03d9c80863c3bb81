"""What is exported: a passage with all that makes it evidence, and which passages are wanted in which order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from reader.annotations.anchoring import EXACT
from reader.finding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reader.annotations.annotation import Target
    from reader.articles.article import Paragraph
    from reader.text.span import Span

DETECTED = "detected"
CONFIRMED = "accepted"
ASSIGNED = "assigned"

# "argos uk → en 1.9 and en → ro 1.0", and "argos uk-en 1.9" as notes of other readers have it
_PACKAGE = re.compile(r"(\w+(?: → |-)\w+)(?: (\d[\w.]*))?")


@dataclass(frozen=True, slots=True)
class SentenceTranslation:
    """A sentence's translation as the reader shows it.

    `how` is "machine", "manual" (a person's correction), "reference" (bundled with a sample) or "same" (the
    sentence is in the target language already). `engine` and `package_sha256` say what made a machine's.
    """

    text: str
    how: str = "machine"
    doubts: tuple[str, ...] = ()
    engine: str = ""
    package_sha256: str = ""


@dataclass(frozen=True, slots=True)
class PassageTranslation:
    """A passage's translation: that of the sentences it stands in, or the words stored with it.

    `how` is that of `SentenceTranslation`, "mixed" where they differ. `complete` is false where a sentence has
    none.
    """

    text: str
    language: str
    how: str = "machine"
    by_sentence: bool = True
    complete: bool = True
    doubts: tuple[str, ...] = ()
    engine: str = ""
    package_sha256: str = ""

    @property
    def made_with(self) -> tuple[str, str, str]:
        """Engine, packages and their versions, each empty where nothing is known of it."""
        packages = _PACKAGE.findall(self.engine)
        name = _PACKAGE.split(self.engine, maxsplit=1)[0].strip()
        return name, ", ".join(pair for pair, _ in packages), ", ".join(version for _, version in packages if version)


@dataclass(frozen=True, slots=True)
class Source:
    """The article that a passage stands in. `sha256` is of its bytes, `text_sha256` of its canonical text.

    `outlet` is who published it, where the file says so; `opening` is how it begins, where it has no title.
    """

    file: str
    sha256: str
    text_sha256: str
    language: str
    title: str | None = None
    translated_title: str | None = None
    date: str | None = None
    outlet: str | None = None
    opening: str = ""

    @property
    def heading(self) -> str:
        """What stands above its passages: the title, else how it begins, else where it comes from."""
        return self.title or self.opening or self.origin

    @property
    def origin(self) -> str:
        """Where it comes from in a word or two: the outlet, else the file."""
        return self.outlet or self.file


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage as evidence.

    `original` is the article's text at `span`, code point by code point; an unplaced one has no span and the
    words stored when it was marked. `before` and `after` are the rest of the sentences it stands in, `open` and
    `close` the quote marks around it. `paragraphs` counts from 1, first and last. `person` is the speaker of a
    quote or the person of a mention; `person_how` is "detected", "accepted", "assigned" or "" where there is
    none. `status` is "detected" or the annotation's. `marked` are the stored words where the article's differ.
    """

    source: Source
    kind: str
    original: str
    span: Span | None
    target: Target
    language: str
    paragraphs: tuple[int, int] | None = None
    before: str = ""
    after: str = ""
    open: str = ""
    close: str = ""
    term: bool = False
    placement: str = EXACT
    marked: str | None = None
    id: str | None = None
    status: str = DETECTED
    person: str | None = None
    person_how: str = ""
    confidence: float | None = None
    evidence: str = ""
    translation: PassageTranslation | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    colour: str | None = None
    created: str = ""
    modified: str = ""
    colour_name: str = ""


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence beside its translation; `paragraph` is the index of the one it stands in."""

    span: Span
    paragraph: int
    original: str
    language: str
    translation: SentenceTranslation | None


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """A whole article with both languages and its passages, in the order of the text, unplaced ones last.

    `language` is the one it is translated into.
    """

    source: Source
    text: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[SentencePair, ...]
    passages: tuple[Passage, ...]


class Order(StrEnum):
    """What passages are sorted by; where they are alike, by article as given and by place."""

    PLACE = "place"
    PERSON = "person"
    DATE = "date"
    TAG = "tag"


class Form(StrEnum):
    """How much is said of each passage: all that is known, or what a quotation needs."""

    FULL = "full"
    COMPACT = "compact"


class Content(StrEnum):
    """Passages one by one, or the whole articles with their passages marked."""

    PASSAGES = "passages"
    ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which passages to take; an empty set of kinds, persons, colours or tags takes all of them.

    `terms` says whether quotes of kind *term* (titles, scare quotes) count as quotes. `since` and `until` are days
    in ISO 8601, both included; an article without a date is in no range. Each of `words` must occur somewhere in a
    passage, its translation, note, tags, person or title; capitals and accents don't matter.
    """

    kinds: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    colours: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    terms: bool = True
    since: str = ""
    until: str = ""
    words: str = ""

    def takes(self, passage: Passage) -> bool:
        """Say whether the passage is wanted. Names, tags and words are compared without regard to capitals."""
        return (
            (not self.kinds or passage.kind in self.kinds)
            and (not self.persons or (passage.person or "").casefold() in set(map(str.casefold, self.persons)))
            and (not self.colours or passage.colour in self.colours)
            and (not self.tags or self._has_tag(passage))
            and (self.terms or not passage.term)
            and self.takes_article(passage.source)
            and (not self.words or self._has_words(passage))
        )

    def takes_article(self, source: Source) -> bool:
        """Say whether an article's date is in the range."""
        if not (self.since or self.until):
            return True
        return source.date is not None and self.since <= source.date and (not self.until or source.date <= self.until)

    def _has_tag(self, passage: Passage) -> bool:
        return not set(map(str.casefold, self.tags)).isdisjoint(map(str.casefold, passage.tags))

    def _has_words(self, passage: Passage) -> bool:
        source, translation = passage.source, passage.translation
        hay = (
            *(passage.original, translation.text if translation else "", passage.note, *passage.tags),
            *(passage.person or "", source.file, source.title or "", source.translated_title or ""),
            source.outlet or "",
        )
        folded = fold("\n".join(hay))
        return all(word in folded for word in fold(self.words).split())


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Request:
    """What an export holds and how it looks.

    `content` None is the format's own: whole articles for sentence pairs (TMX), else passages. `template` is the
    name of a shipped one or a file, for Markdown alone. An empty `title` is made from the articles. `colours` are
    the names that a person gave to colours.
    """

    format: str = "md"
    selection: Selection = field(default=EVERYTHING)
    order: Order = Order.PLACE
    form: Form = Form.FULL
    content: Content | None = None
    template: str | Path = ""
    title: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
