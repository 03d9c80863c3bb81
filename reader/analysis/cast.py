"""The people of one article: where each is named, which roles and gender they have, and whom words may mean."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from reader.analysis.gender import GenderBook
from reader.analysis.roles import RoleBook
from reader.analysis.subjects import Fits, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.analysis.cues import PhraseBook
    from reader.analysis.results import Mention
    from reader.analysis.scene import Frame
    from reader.text.span import Span

_BACK = 12  # mentions in which the one that a pronoun means is looked for
_NEAR = 4  # mentions in which somebody of unknown gender may be meant


class Cast:
    """Answers who is named where, and who agrees with a role or a gender."""

    def __init__(self, mentions: Sequence[Mention], frames: Sequence[tuple[Frame, PhraseBook]]) -> None:
        self.mentions = mentions
        self._starts = [mention.span.start for mention in mentions]
        self._named: dict[str, list[int]] = {}
        for mention in mentions:
            self._named.setdefault(mention.person, []).append(mention.span.start)
        self._genders = GenderBook(frames, mentions)
        self._roles = RoleBook((frame for frame, _ in frames), mentions)

    def inside(self, span: Span) -> list[tuple[int, Mention]]:
        """Return the mentions inside a span, numbered."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [(i, self.mentions[i]) for i in range(first, last) if self.mentions[i].span.end <= span.end]

    def before(self, position: int) -> Iterator[Mention]:
        """Yield the mentions before a position, the nearest first, as far back as words may mean one."""
        end = bisect_left(self._starts, position)
        return reversed(self.mentions[max(0, end - _BACK) : end])

    def numbered_before(self, position: int) -> range:
        """Return the numbers of those mentions."""
        end = bisect_left(self._starts, position)
        return range(end - 1, max(0, end - _BACK) - 1, -1)

    def numbered_after(self, position: int, reach: int) -> range:
        """Return the numbers of the mentions that begin after a position, as far as `reach` characters."""
        return range(bisect_left(self._starts, position), bisect_left(self._starts, position + reach))

    def after(self, position: int) -> Mention | None:
        """Return the first mention after a position."""
        first = bisect_left(self._starts, position)
        return self.mentions[first] if first < len(self.mentions) else None

    def fits(self, person: str, gender: int) -> bool:
        """Say whether a gender may be a person's; where one of the two is 0, any may."""
        return not gender or self._genders.of(person) != -gender

    def agreeing(self, person: str | None, gender: int, position: int) -> str | None:
        """Return a person unless the gender told is another; then the last one named before who agrees."""
        if person is None or self.fits(person, gender):
            return person
        named = [mention.person for mention in self.before(position)]
        agreeing = [other for other in named if self._genders.of(other) == gender]
        unknown = [other for other in named[:_NEAR] if not self._genders.of(other)]
        return next(iter([*agreeing, *unknown]), None)

    def holder(self, role: Subject, gender: int, position: int) -> str | None:
        """Return who holds a role in this article; of several, the one named last before a position."""
        people = [person for person in self._roles.holders(role) if self.fits(person, gender)]
        if not people:
            return None
        before = {person: bisect_left(self._named[person], position) for person in people}
        named = [person for person in people if before[person]]
        if named:
            return max(named, key=lambda person: self._named[person][before[person] - 1])
        return min(people, key=lambda person: self._named[person][0])

    def shares_role(self, person: str, role: Subject) -> tuple[int, int]:
        """Return how many of a role's titles, and of its other words, the article says of a person."""
        return self._roles.shared(person, role)

    def may_hold(self, person: str, role: Subject) -> bool:
        """Say whether nothing speaks against a person's being who a role means."""
        if role.fits is Fits.NOBODY or not role.sure:
            return False
        return role.fits is Fits.ANYBODY or not self._roles.has_title(person)
