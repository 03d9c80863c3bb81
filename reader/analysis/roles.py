"""Learn inside one article who holds which role: "the secretary general of NATO, Mark Rutte"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reader.analysis.cues import Role
from reader.analysis.subjects import Fits, Subject, breaks, pauses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.analysis.results import Mention
    from reader.analysis.scene import Frame, Item

_WIDEST = 8  # items that a role may have
_STEM, _SHORT_STEM = 5, 4  # letters that a word keeps in all its cases


class RoleBook:
    """Roles and the people they were said to belong to, as stems of their words."""

    def __init__(self, frames: Iterable[Frame], mentions: Sequence[Mention]) -> None:
        self._heads: dict[str, set[str]] = {}  # by stem, the people
        self._complements: dict[str, set[str]] = {}
        self._titled: set[str] = set()
        for frame in frames:
            for place, item in enumerate(frame.items):
                if item.mention is not None:
                    for part in _around(frame.items, place):
                        self._learn(mentions[item.mention].person, part)

    def _learn(self, person: str, part: Item) -> None:
        if part.roles & Role.TITLE:
            self._titled.add(person)
        table = self._heads if part.roles & Role.TITLE else self._complements
        for stem in stems(part.words):
            table.setdefault(stem, set()).add(person)

    def has_title(self, person: str) -> bool:
        """Say whether the article gives a person a title of any kind."""
        return person in self._titled

    def shared(self, person: str, role: Subject) -> tuple[int, int]:
        """Return how many of a role's titles, and of its other words, were said of a person."""
        heads = set(stems(role.titles))
        rest = set(stems(role.words)) - heads
        same_heads = sum(person in self._heads.get(stem, ()) for stem in heads)
        return same_heads, sum(person in self._complements.get(stem, ()) for stem in rest)

    def holders(self, role: Subject) -> list[str]:
        """Return the people a role without a name fits best; none where its words contradict all that was said."""
        heads = set(stems(role.titles))
        rest = set(stems(role.words)) - heads
        same_head = Counter(person for stem in heads for person in self._heads.get(stem, ()))
        same_rest = Counter(person for stem in rest for person in self._complements.get(stem, ()))
        anybody = role.fits is Fits.ANYBODY or not role.sure
        best = {
            person: 2 * same_rest[person] + same_head[person]
            for person in same_head.keys() | same_rest.keys()
            if (same_head[person] and (same_rest[person] or not role.firm)) or (same_rest[person] and anybody)
        }
        if not best and len(same_head) == 1:
            return list(same_head)  # "the minister of the tapes", where one minister is named
        top = max(best.values(), default=0)
        return sorted(person for person, score in best.items() if score == top)


def _around(items: Sequence[Item], place: int) -> Iterator[Item]:
    """Yield the words that say what a name's owner is: right before it, or beside it after a comma.

    A name that another follows has none before it: in "the deputy of X Y" they are the next one's.
    """
    if place + 1 == len(items) or items[place + 1].mention is None or items[place + 1].gap.strip():
        titled = True  # so far nothing but titles: "the governor, Dame X"
        for before in range(place - 1, max(-1, place - 1 - _WIDEST), -1):
            item, right = items[before], items[before + 1]
            if breaks(right, item) or (pauses(right) and not titled) or not _belongs(item):
                break
            titled = titled and not pauses(right) and bool(item.roles & Role.TITLE)
            yield item
    segments = 0
    for after in range(place + 1, min(len(items), place + 1 + _WIDEST)):
        item = items[after]
        if breaks(item, items[after - 1]) or not _belongs(item):
            break
        segments += pauses(item)
        if segments in (1, 2):
            yield item
        else:
            break


def _belongs(item: Item) -> bool:
    if item.roles & (Role.VERB | Role.STOP) or item.mention is not None:
        return False
    return not item.roles & Role.PREPOSITION or bool(item.roles & (Role.GENITIVE | Role.TITLE))


def stems(words: Iterable[str]) -> Iterator[str]:
    """Yield what words keep in all their cases; short ones tell nothing."""
    for word in words:
        if len(word) > 3:
            yield word[: max(_SHORT_STEM, min(_STEM, len(word) - 2))]
