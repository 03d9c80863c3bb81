"""Tell women from men inside one article, as far as names, titles and verbs show it for certain."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reader.analysis.cues import FEMININE, Role
from reader.analysis.phonetic import romanise
from reader.analysis.subjects import breaks, pauses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.analysis.cues import PhraseBook
    from reader.analysis.results import Mention
    from reader.analysis.scene import Frame, Item

_TITLES = 3  # words before a name that may tell its gender
_WOMANS = "a"  # how a woman's given name ends in all ten languages; men's that do are listed


class GenderBook:
    """The people whose gender an article shows; `FEMININE` or `MASCULINE`, 0 for the others."""

    def __init__(self, frames: Iterable[tuple[Frame, PhraseBook]], mentions: Sequence[Mention]) -> None:
        votes: dict[str, Counter[int]] = {}
        for frame, book in frames:
            for place, item in enumerate(frame.items):
                if item.mention is not None:
                    person = mentions[item.mention].person
                    counted = votes.setdefault(person, Counter())
                    counted[_by_words(frame.items, place, book)] += 1
                    counted[_by_name(person, book)] += 1
                    counted[_by_verb(frame.items, place, book)] += 1
        self._known = {person: _decided(counted) for person, counted in votes.items()}

    def of(self, person: str) -> int:
        """Return a person's gender, 0 where the article doesn't show it."""
        return self._known.get(person, 0)


def _decided(counted: Counter[int]) -> int:
    """Return what the mentions agree on; where they don't, nothing is certain."""
    told = [gender for gender in counted if gender]
    return told[0] if len(told) == 1 else 0


def _by_words(items: Sequence[Item], place: int, book: PhraseBook) -> int:
    for before in range(place - 1, max(-1, place - 1 - _TITLES), -1):
        item, right = items[before], items[before + 1]
        if item.mention is not None or breaks(right, item) or pauses(right) or item.roles & (Role.VERB | Role.STOP):
            return 0
        if item.roles & Role.INDEFINITE:
            return 0  # "her lawyer X" tells nothing of X
        told = book.gender(item.words)
        if told or item.roles & Role.PREPOSITION:
            return told
    return 0


def _by_name(person: str, book: PhraseBook) -> int:
    names = person.lower().split()
    if len(names) == 1:
        return 0
    return book.gender((names[0],)) or (FEMININE if romanise(names[0]).endswith(_WOMANS) else 0)


def _by_verb(items: Sequence[Item], place: int, book: PhraseBook) -> int:
    """Return the gender of a reporting verb right before a name, or of the word right after it, most often a verb."""
    if place and items[place - 1].roles & Role.VERB and not items[place].gap.strip():
        return book.verb_gender(items[place - 1].words)
    after = items[place + 1] if place + 1 < len(items) else None
    free = not place or not items[place - 1].roles & Role.PREPOSITION
    if after and free and not after.gap.strip() and not after.capital and (after.plain or after.roles & Role.VERB):
        return book.verb_gender(after.words)
    return 0
