"""The results of the analysis: spans with the evidence for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.articles.article import Paragraph
    from reader.text.span import Span

CERTAIN = 0.5
"""Confidence below which a find is a suggestion."""


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """An ISO 639-1 code ("und" where nothing could be told), with a confidence in 0–1.

    `how` is "detected", "manual" (a person said so) or "default" (too little text to tell).
    """

    code: str
    confidence: float
    how: str = "detected"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's span, trimmed of white space, and the index of the paragraph it stands in."""

    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name as it stands in the text.

    `person` is the identity's display name in Latin script; `confidence` in 0–1; `evidence` names the rule
    or model and what it saw, in words for the user.
    """

    span: Span
    text: str
    person: str
    confidence: float
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """One person: the display name, the spellings met (most used first), how many mentions, and why joined."""

    person: str
    names: tuple[str, ...]
    mentions: int
    evidence: tuple[str, ...] = ()


class QuoteKind(StrEnum):
    """`SPEECH` is an utterance, `TERM` a title, a name, a scare quote or a short fragment."""

    SPEECH = "speech"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said a quote: the person, the mention that shows it (where there is one), and the reporting verb."""

    person: str
    mention: Span | None
    confidence: float
    cue: Span | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted text: `span` inside its marks, `outer` with them. `parent` is the index of the quote around it.

    `continues` is the index of the quote that this one goes on from (marks re-opened in the next paragraph).
    """

    span: Span
    outer: Span
    open: str
    close: str
    kind: QuoteKind = QuoteKind.SPEECH
    parent: int | None = None
    speaker: Speaker | None = None
    continues: int | None = None
    confidence: float = 1.0
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in one article. Sequences are in order of the text; sentences never overlap.

    `gaps` are sentences for the user about parts that could not run (a damaged model, a broken language file).
    """

    language: LanguageGuess
    paragraphs: tuple[Paragraph, ...]
    title: Span | None
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    people: tuple[Mention, ...]
    identities: tuple[Identity, ...] = ()
    gaps: tuple[str, ...] = ()
