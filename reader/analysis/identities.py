"""Tell which mentions are the same person, across cases, scripts and articles, and name each in Latin letters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.analysis.phonetic import plain, romanise, skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.analysis.results import Mention


@dataclass(frozen=True, slots=True)
class Names:
    """The mentions of one article, with the article's language."""

    language: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A decision of the user's: these names are this person, or (`person` None or "") no person.

    `names` are spelled as in the texts, in any case form; `article` limits it to one article's mentions.
    """

    person: str | None
    names: tuple[str, ...]
    how: str = "manual"
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """One person: the display name, the spellings met, how many mentions, and why they were joined."""

    person: str
    names: tuple[str, ...]
    mentions: int
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """The articles' mentions with `person` filled in, in the order given, and the identities they name."""

    articles: tuple[tuple[Mention, ...], ...]
    identities: tuple[Identity, ...]


def link(articles: Sequence[Names], edits: Sequence[Edit] = ()) -> Linked:
    """Join mentions to persons; `edits` always win."""
    display: dict[str, str] = {}
    linked = []
    for names in articles:
        for mention in sorted(names.mentions, key=lambda m: -len(m.text.split())):
            key = skeleton(romanise(plain(mention.text.split()[-1].lower())))[:4]
            display.setdefault(key, romanise(plain(mention.text.lower())).title())
        linked.append(
            tuple(
                replace(m, person=display[skeleton(romanise(plain(m.text.split()[-1].lower())))[:4]])
                for m in names.mentions
            )
        )
    return Linked(tuple(linked), ())
