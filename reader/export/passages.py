"""What is exported: a passage with all that makes it evidence, and which passages are wanted in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reader.annotations.anchoring import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.annotations.annotation import Target
    from reader.text.span import Span

DETECTED = "detected"
CONFIRMED = "accepted"
ASSIGNED = "assigned"


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


@dataclass(frozen=True, slots=True)
class Source:
    """The article that a passage stands in. `sha256` is of its bytes, `text_sha256` of its canonical text."""

    file: str
    sha256: str
    text_sha256: str
    language: str
    title: str | None = None
    translated_title: str | None = None
    date: str | None = None


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


class Order(StrEnum):
    """What passages are sorted by; articles keep the order they were given in where they are alike."""

    PLACE = "place"
    PERSON = "person"
    DATE = "date"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which passages to take; an empty set of kinds, persons, colours or tags takes all of them.

    `terms` says whether quotes of kind *term* (titles, scare quotes) count as quotes.
    """

    kinds: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    colours: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    terms: bool = True

    def takes(self, passage: Passage) -> bool:
        """Say whether the passage is wanted. Names are compared without regard to capitals."""
        return (
            (not self.kinds or passage.kind in self.kinds)
            and (not self.persons or (passage.person or "").casefold() in {name.casefold() for name in self.persons})
            and (not self.colours or passage.colour in self.colours)
            and (not self.tags or not self.tags.isdisjoint(passage.tags))
            and (self.terms or not passage.term)
        )


EVERYTHING = Selection()


def arrange(passages: Iterable[Passage], order: Order) -> tuple[Passage, ...]:
    """Sort the passages of several articles; those without a person, date or tag come last."""
    if order is Order.PLACE:
        return tuple(passages)
    return tuple(sorted(passages, key=_KEYS[order]))


def _by_person(passage: Passage) -> tuple[bool, str]:
    return passage.person is None, (passage.person or "").casefold()


def _by_date(passage: Passage) -> tuple[bool, str]:
    return passage.source.date is None, passage.source.date or ""


def _by_tag(passage: Passage) -> tuple[bool, str]:
    return not passage.tags, min(map(str.casefold, passage.tags), default="")


_KEYS = {Order.PERSON: _by_person, Order.DATE: _by_date, Order.TAG: _by_tag}
