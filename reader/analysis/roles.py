"""Learn inside one article who holds which role: "the secretary general of NATO, Mark Rutte"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.analysis.cues import Role
from reader.analysis.subjects import Fits, Subject, breaks, pauses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.analysis.results import Mention
    from reader.analysis.scene import Frame, Item

_WIDEST = 8  # items that a role may have
_STEM = 5  # letters that a word keeps in all its cases


class RoleBook:
    """Roles and the people they were said to belong to, as stems of their words."""

    def __init__(self, frames: Iterable[Frame], mentions: Sequence[Mention]) -> None:
        self._heads: dict[str, set[str]] = {}
        self._complements: dict[str, set[str]] = {}
        for frame in frames:
            for place, item in enumerate(frame.items):
                if item.mention is not None:
                    for part in _around(frame.items, place):
                        self._learn(mentions[item.mention].person, part)

    def _learn(self, person: str, part: Item) -> None:
        table = self._heads if part.roles & Role.TITLE else self._complements
        table.setdefault(person, set()).update(_stems(part.words))

    def has_title(self, person: str) -> bool:
        """Say whether the article gives a person a title of any kind."""
        return bool(self._heads.get(person))

    def holders(self, role: Subject) -> list[str]:
        """Return the people a role without a name fits best; none where its words contradict all that was said."""
        heads = set(_stems(role.titles))
        rest = set(_stems(role.words)) - heads
        best: dict[str, int] = {}
        for person in self._heads.keys() | self._complements.keys():
            same_head = len(heads & self._heads.get(person, set()))
            same_rest = len(rest & self._complements.get(person, set()))
            if (same_head and (same_rest or not role.firm)) or (same_rest and role.fits is Fits.ANYBODY):
                best[person] = 2 * same_rest + same_head
        top = max(best.values(), default=0)
        return sorted(person for person, score in best.items() if score == top)


def _around(items: Sequence[Item], place: int) -> Iterator[Item]:
    """Yield the items of the roles that stand right before a name, or beside it after a comma."""
    before = title = place
    while before > 0 and place - before < _WIDEST:
        item, right = items[before - 1], items[before]
        if breaks(right, item) or (pauses(right) and before != place) or not _belongs(item):
            break
        if title < place and not item.roles & Role.TITLE:
            break  # what governs the title is not part of it
        before -= 1
        title = before if item.roles & Role.TITLE else title
    after = place + 1
    if after == len(items) or items[after].mention is None or items[after].gap.strip():
        yield from items[title:place]  # else the title is the next one's: "the deputy of X Y"
    if after < len(items) and pauses(items[after]) and items[after].roles & Role.TITLE:
        yield items[after]
        for item in items[after + 1 : after + _WIDEST]:
            if breaks(item) or pauses(item) or not _belongs(item):
                break
            yield item


def _belongs(item: Item) -> bool:
    return item.mention is None and not item.roles & (Role.VERB | Role.STOP)


def _stems(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if len(word) > 2:
            yield word[:_STEM]
