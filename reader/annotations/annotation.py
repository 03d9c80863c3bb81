"""What a person, or the analysis, says about an article, and how it stands in the sidecar.

An annotation follows the W3C Web Annotation model. A stored quote with everything it may carry::

    {"id": "urn:uuid:…", "type": "Annotation", "motivation": "highlighting",
     "kind": "quote", "status": "accepted", "colour": "yellow",
     "created": "2026-11-22T01:05:00Z", "modified": "2026-11-22T01:06:10Z",
     "creator": {"how": "auto", "engine": "quotes", "version": "1", "confirmed_by": "manual"},
     "target": {"source": "mist.txt", "selector": [
       {"type": "TextQuoteSelector", "exact": "…", "prefix": "…", "suffix": "…"},
       {"type": "TextPositionSelector", "start": 188, "end": 215}]},
     "body": [
       {"type": "TextualBody", "purpose": "identifying", "value": "Mark Rutte", "creator": {"how": "manual"}},
       {"type": "TextualBody", "purpose": "describing", "language": "en", "value": "We have no right to delay",
        "creator": {"how": "auto", "engine": "argos uk-en 1.9", "package_sha256": "…"}},
       {"type": "TextualBody", "purpose": "commenting", "value": "a note"},
       {"type": "TextualBody", "purpose": "tagging", "value": "ceasefire"}]}

Where the model has a word, it is used: the speaker of a quote and the person of a mention are the body with the
purpose *identifying* (an empty value: a person said that nobody is named), the translation is *describing*, the
note *commenting*, each tag *tagging*. `kind`, `status`, `colour` and `conflict_of` are fields of our own beside
them. What is empty is left out, `body` too. A target placed again by hand keeps its first selectors in
`target.original`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from reader.text.span import Span

HIGHLIGHT = "highlight"
QUOTE = "quote"
PERSON = "person"
KINDS = (QUOTE, PERSON, HIGHLIGHT)

ACCEPTED = "accepted"
REJECTED = "rejected"
SUGGESTED = "suggested"

AUTO = "auto"
MANUAL = "manual"
REFERENCE = "reference"

COLOURS = ("yellow", "green", "blue", "pink", "orange", "purple")
"""The names of the highlight colours, in the order of the keys 1–6; a theme says how each looks."""

CONTEXT = 32
"""Code points of text that a target keeps on either side."""

JsonObject: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Target:
    """The passage as it stood when it was marked: its words, the text around them, its offsets.

    The words are the evidence, the offsets a hint; a sidecar written elsewhere may lack or garble the offsets,
    and then both are None.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None

    def __post_init__(self) -> None:
        if not self.exact:
            raise ValueError("a passage has at least one character")

    @property
    def span(self) -> Span | None:
        """The offsets as a span, where there are any."""
        return None if self.start is None or self.end is None else Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Creator:
    """Who made it: a person ("manual") or an engine ("auto"), which one, and who confirmed that."""

    how: str = MANUAL
    engine: str = ""
    version: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speaker of a quote or the person of a mention, found ("auto") or assigned ("manual").

    `person` is the identity's display name; None with "manual" means that a person said nobody is named.
    """

    person: str | None
    how: str = AUTO

    def __post_init__(self) -> None:
        if self.person == "" or (self.person is None and self.how != MANUAL):
            raise ValueError("only a person can say that nobody is named")


@dataclass(frozen=True, slots=True)
class Translation:
    """A passage's translation as it was shown, with what made it: "argos uk-en 1.9" and its package's hash."""

    text: str
    language: str = "en"
    engine: str = ""
    package_sha256: str = ""
    how: str = AUTO


@dataclass(frozen=True, slots=True)
class Annotation:
    """One highlight, quote or mention of a person, with a person's decisions about it.

    `kind` and `status` may hold words of a newer reader: they are shown generically and kept. Times are UTC,
    "2026-11-22T01:05:00Z". `original` is the first target of one placed again by hand. `raw` is the JSON it was
    read from, so that fields unknown here survive; it takes no part in comparisons and is never changed.
    """

    id: str
    kind: str
    target: Target
    status: str = ACCEPTED
    created: str = ""
    modified: str = ""
    creator: Creator = Creator()
    colour: str | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    attribution: Attribution | None = None
    translation: Translation | None = None
    conflict_of: str | None = None
    original: Target | None = None
    raw: JsonObject | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not (self.id and self.kind and self.status):
            raise ValueError("an annotation has an id, a kind and a status")
        if self.colour == "" or "" in self.tags or len(set(self.tags)) != len(self.tags):
            raise ValueError("an empty colour, or an empty or doubled tag")

    @property
    def person(self) -> str | None:
        """The speaker of a quote or the person of a mention, where one is known."""
        return self.attribution.person if self.attribution else None

    @property
    def decided(self) -> bool:
        """Say whether a person made, accepted, changed or rejected it; else the analysis may replace it."""
        return self.status != SUGGESTED


@dataclass(frozen=True, slots=True)
class Detection:
    """What the analysis found: a quote (`span` inside its marks) or a mention, with its speaker or person."""

    kind: str
    span: Span
    person: str | None = None
    engine: str = ""
    version: str = "1"


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence's translation as a person wrote it ("manual") or as bundled with a sample ("reference").

    `to` is its language where that is another than the notes' own (`Notes.language_of`).
    A window labels the latter as such. One with a `conflict` (an id of its own) lost against another reader's
    correction of the same sentence: it is kept and listed, never shown as the translation.
    """

    exact: str
    start: int
    end: int
    value: str
    modified: str = ""
    how: str = MANUAL
    conflict: str = ""
    to: str = ""
    raw: JsonObject | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """A person's word about names: all of `names` mean `person`, or nobody at all where it is None.

    A name is an identity's display name or a form in the text. In the sidecar "nobody" is an empty `person`.
    """

    person: str | None
    names: tuple[str, ...]
    how: str = MANUAL
    raw: JsonObject | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Deletion:
    """The id of an annotation that was removed, so that a merge doesn't bring it back."""

    id: str
    at: str
    raw: JsonObject | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """A language or encoding, and whether it was detected or chosen by hand ("detected", "manual", "default")."""

    value: str
    how: str = "detected"


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """The article that notes were last saved for."""

    file: str
    size: int = 0
    sha256: str = ""
    text_sha256: str = ""
    encoding: Choice | None = None
    language: Choice | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """An entry of a sidecar's list that can't be understood: kept as it is, listed with the reason."""

    where: str
    raw: object
    why: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """All that one sidecar holds. `raw` is its JSON without the four lists, for the fields unknown here.

    `translation_to` is the language of the corrections, `shown_in` the one in which a person wants to read this
    article, "" for that of all articles.
    """

    article: ArticleRecord
    annotations: tuple[Annotation, ...] = ()
    corrections: tuple[Correction, ...] = ()
    people: tuple[PersonEdit, ...] = ()
    deleted: tuple[Deletion, ...] = ()
    translation_to: str = "en"
    shown_in: str = ""
    revision: int = 0
    unread: tuple[Unread, ...] = ()
    min_reader: int = 1
    raw: JsonObject | None = field(default=None, compare=False, repr=False)

    def language_of(self, correction: Correction) -> str:
        """Return the language that a correction is in."""
        return correction.to or self.translation_to
