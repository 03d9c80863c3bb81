"""Find the subject of a reporting verb among the items of a frame: a name, a role, a pronoun, or nobody we can name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from reader.analysis.cues import Role
from reader.analysis.scene import HOLE
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.analysis.scene import Item

_FARTHEST = 14  # items after a verb in which its subject may stand
_FARTHEST_BACK = 60  # items before it
_DEEPEST = 4  # verbs that may share one subject
_CLITIC = 3  # letters; a plain word this short is no noun
_BREAKS = frozenset(".;:!?…()[]" + HOLE)
_DASHES = frozenset("—–―")
_NOMINAL = Role.TITLE | Role.PRONOUN | Role.UNNAMED | Role.ORGANISATION | Role.SAME_SOURCE


class Who(Enum):
    """What kind of subject was found. `NOBODY` is an organisation, an unnamed person, or a noun no file knows."""

    PERSON = "a name"
    ROLE = "a role"
    PRONOUN = "a pronoun"
    NOBODY = "nobody named"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: the mention for a name, its folded words for a role, with those of them that are titles.

    `generic` is a role that may stand for whoever spoke last ("the minister"); `sure` is false where a plain
    word was taken for a noun.
    """

    who: Who
    span: Span
    mention: int | None = None
    words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    generic: bool = False
    organisation: bool = False
    sure: bool = True


def breaks(item: Item, before: Item | None = None) -> bool:
    """Say whether a sentence, a parenthesis or a quote ends before an item; the stop of "Dr." is none."""
    if before is not None and before.roles & Role.TITLE and item.gap.strip() == ".":
        return False
    return any(char in _BREAKS for char in item.gap)


def pauses(item: Item) -> bool:
    """Say whether a comma or a dash stands before an item."""
    return "," in item.gap or any(char in _DASHES for char in item.gap) or " - " in item.gap


def first_nominal(items: Sequence[Item]) -> Subject | None:
    """Return the first noun phrase that no preposition governs; a name next to a role or a noun is its name."""
    head: int | None = None  # where a role begins
    noun: int | None = None  # where plain words begin
    place = 0
    while place < len(items):
        item = items[place]
        if item.mention is not None:
            while place + 1 < len(items) and items[place + 1].mention is not None and not items[place + 1].gap.strip():
                place += 1  # "the adviser of X, Y" without its comma: the second is the one
            return _person(items[place])
        if item.roles & Role.PREPOSITION:
            place = _past_phrase(items, place + 1)
            continue
        if head is None and item.roles & (Role.ORGANISATION | Role.UNNAMED) and not item.roles & Role.TITLE:
            if not (item.roles & Role.UNNAMED and _named_next(items, place)):
                return _nobody(item, organisation=bool(item.roles & Role.ORGANISATION))
        elif item.roles & (Role.VERB | Role.STOP) and head is not None:
            break
        elif item.roles & Role.TITLE:
            head = place if head is None else head
        elif item.roles & (Role.PRONOUN | Role.SAME_SOURCE) and head is None:
            return Subject(Who.PRONOUN, Span(item.start, item.end), words=item.words)
        elif item.plain and noun is None and len(item.words[0]) > _CLITIC:
            noun = place
        place += 1
    if head is not None:
        words = tuple(word for item in items[head:place] for word in item.words)
        titles = tuple(word for item in items[head:place] if item.roles & Role.TITLE for word in item.words)
        generic = bool(items[head].roles & Role.PRONOUN)
        return Subject(Who.ROLE, Span(items[head].start, items[head].end), words=words, titles=titles, generic=generic)
    return _nobody(items[noun], sure=False) if noun is not None else None


def subject_after(items: Sequence[Item], verb: int) -> Subject | None:
    """Return the subject that follows a verb ("a declarat premierul, Ion Pop"), None where none does."""
    end = verb + 1
    while end < min(len(items), verb + 1 + _FARTHEST):
        item, before = items[end], items[end - 1]
        if breaks(item, before) or pauses(item) or item.roles & (Role.VERB | Role.STOP):
            break
        end += 1
    found = first_nominal(items[verb + 1 : end])
    if found and found.who in (Who.ROLE, Who.NOBODY) and not found.organisation and end < len(items):
        named = _in_apposition(items, end)
        if named:
            return named
    return found


def subject_before(items: Sequence[Item], verb: int, deep: int = 0) -> Subject | None:
    """Return the subject that stands before a verb, past relative clauses and participles.

    Where another reporting verb comes first, its subject is this one's too ("said …, adding").
    """
    end, weak = verb, None
    while end > max(0, verb - _FARTHEST_BACK) and not breaks(items[end], items[end - 1]):
        if _is_verb(items[end - 1]):
            if deep == _DEEPEST:
                return weak
            shared = subject_before(items, end - 1, deep + 1)
            if shared and shared.sure:
                return shared
            return subject_after(items, end - 1) or shared or weak
        if items[end - 1].roles & Role.STOP:
            end -= 1
            continue
        clause = _clause_start(items, end)
        if pauses(items[end]) and _is_relative(items[clause:end]):
            end = clause
            continue
        start = _clause_start(items, end, to_verb=True)
        found = first_nominal(items[start:end])
        if found and found.who is Who.ROLE:
            return _named_before(items, start) or found
        if found and found.sure:
            return found
        weak = weak or found
        end = start
    return weak


def _clause_start(items: Sequence[Item], end: int, *, to_verb: bool = False) -> int:
    """Return where the run before `end` begins: after a comma or a break, or (`to_verb`) after a verb or "that"."""
    start = end - 1
    while start > 0 and not (pauses(items[start]) or breaks(items[start], items[start - 1])):
        if to_verb and (_is_verb(items[start - 1]) or items[start - 1].roles & Role.STOP):
            break
        start -= 1
    return start


def _is_verb(item: Item) -> bool:
    return bool(item.roles & Role.VERB) and not item.roles & _NOMINAL


def subject_in(items: Sequence[Item]) -> Subject | None:
    """Return the first subject of a run of items, clause by clause from its start."""
    start, weak = 0, None
    for end in range(1, len(items) + 1):
        if end < len(items) and not (pauses(items[end]) or breaks(items[end], items[end - 1])):
            continue
        found = None if _is_relative(items[start:end]) else first_nominal(items[start:end])
        if found and found.sure:
            if found.who is Who.ROLE and end < len(items) and pauses(items[end]):
                return _in_apposition(items, end) or found
            return found
        weak = weak or found
        start = end
    return weak


def _person(item: Item) -> Subject:
    return Subject(Who.PERSON, Span(item.start, item.end), mention=item.mention)


def _nobody(item: Item, *, organisation: bool = False, sure: bool = True) -> Subject:
    return Subject(Who.NOBODY, Span(item.start, item.end), words=item.words, organisation=organisation, sure=sure)


def _past_phrase(items: Sequence[Item], place: int) -> int:
    """Return the place after what a preposition governs: a name with its title, or one word."""
    titled = False
    while place < len(items) and items[place].roles & (Role.TITLE | Role.PREPOSITION | Role.ORGANISATION):
        titled = titled or bool(items[place].roles & Role.TITLE)
        place += 1
    if titled:
        for ahead in range(place, min(len(items), place + 4)):
            if items[ahead].mention is not None:
                return ahead + 1
            if not items[ahead].plain:
                break
        return place
    return place + 1 if place < len(items) and (items[place].mention is not None or items[place].plain) else place


def _named_next(items: Sequence[Item], place: int) -> bool:
    after = items[place + 1] if place + 1 < len(items) else None
    return after is not None and after.mention is not None and not pauses(after)


def _in_apposition(items: Sequence[Item], place: int) -> Subject | None:
    """Return the name that a comma sets beside the role before it: "the mayor, Ion Pop, …"."""
    if not pauses(items[place]) or breaks(items[place]):
        return None
    for ahead in range(place, min(len(items), place + 4)):
        item = items[ahead]
        if ahead > place and (pauses(item) or breaks(item, items[ahead - 1])):
            return None
        if item.mention is not None:
            after = items[ahead + 1] if ahead + 1 < len(items) else None
            return _person(item) if after is None or pauses(after) or breaks(after) else None
        if not item.roles & Role.TITLE and not item.plain:
            return None
    return None


def _named_before(items: Sequence[Item], start: int) -> Subject | None:
    """Return the name that a role is set beside: "Ion Pop, the mayor, …"."""
    if start and pauses(items[start]) and items[start - 1].mention is not None:
        return _person(items[start - 1])
    return None


def _is_relative(stretch: Sequence[Item]) -> bool:
    return any(item.roles & Role.STOP for item in stretch[:2])
