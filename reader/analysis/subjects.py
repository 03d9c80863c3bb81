"""Find the subject of a reporting verb among the items of a frame: a name, a role, a pronoun, or nobody we can name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from reader.analysis.cues import Role
from reader.analysis.scene import HOLE, TERM
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.analysis.scene import Item

_FARTHEST = 14  # items after a verb in which its subject may stand
_FARTHEST_BACK = 60  # items before it
_DEEPEST = 4  # verbs that may share one subject
_SHORTLY = 3  # items
_PRONOUN = 4  # letters that he and she have in any language
_CLITIC = 3  # letters; a plain word this short is no noun
_BREAKS = frozenset(".;:!?…()[]" + HOLE)
_DASHES = frozenset("—–―")
_GOVERNED = (
    Role.TITLE | Role.PREPOSITION | Role.ORGANISATION | Role.UNNAMED | Role.DEFINITE | Role.INDEFINITE | Role.PRONOUN
)
_ROLE_ENDS = Role.PREPOSITION | Role.UNNAMED | Role.VERB | Role.STOP | Role.ADVERB
_NO_NAME = Role.UNNAMED | Role.ORGANISATION | Role.INDEFINITE
_ROLE = Role.TITLE | Role.PRONOUN | Role.SAME_SOURCE | Role.LEADER
_NOMINAL = Role.TITLE | Role.PRONOUN | Role.UNNAMED | Role.ORGANISATION | Role.SAME_SOURCE


class Who(Enum):
    """What kind of subject was found. `NOBODY` is an organisation, an unnamed person, or a noun no file knows."""

    PERSON = "a name"
    ROLE = "a role"
    PRONOUN = "a pronoun"
    NOBODY = "nobody named"


class Fits(Enum):
    """Whom a role without a name may mean: nobody but its known holder, who has no other role, or anybody."""

    NOBODY = 0
    SAME_ROLE = 1
    ANYBODY = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: the mention for a name, its folded words for a role, with those of them that are titles.

    `firm` is a role that says of what ("head of NATO"); `fits` says whom a role without a name may mean;
    `unnamed` that it is a word for somebody unnamed, unless the article says who; `sure` is false where a plain word
    was taken for a noun.
    """

    who: Who
    span: Span
    mention: int | None = None
    words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    firm: bool = False
    fits: Fits = Fits.NOBODY
    article: tuple[str, ...] = ()
    organisation: bool = False
    unnamed: bool = False
    sure: bool = True


def breaks(item: Item, before: Item | None = None) -> bool:
    """Say whether a sentence, a parenthesis or a quote ends before an item; the stop of "Dr." or "h.c." is none."""
    if before is not None and item.gap.strip() == "." and (before.roles & Role.TITLE or len(before.words[-1]) == 1):
        return False
    return any(char in _BREAKS for char in item.gap)


def pauses(item: Item) -> bool:
    """Say whether a comma or a dash stands before an item."""
    return "," in item.gap or any(char in _DASHES for char in item.gap) or " - " in item.gap


def first_nominal(items: Sequence[Item]) -> Subject | None:
    """Return the first noun phrase that no preposition governs; a name next to a role or a noun is its name."""
    phrase = _Phrase(items)
    place = 0
    while place < len(items):
        item = items[place]
        if item.mention is not None and (phrase.nobody is None or phrase.ends_with(item)):
            return named_by(items[_last_name(items, place)])
        if item.roles & Role.PREPOSITION:
            if phrase.head is not None and not item.roles & Role.GENITIVE:
                break
            place = _past_phrase(items, place + 1)
            continue
        if item.roles & (Role.VERB | Role.STOP) and not item.roles & _NOMINAL:
            if phrase.begun:
                break
        elif not phrase.begun:
            phrase.take(place)
        place += 1
    return phrase.subject(place)


class _Phrase:
    """A noun phrase in the making: where a role or a noun with its article begins, or who is nobody we can name."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._weak: Item | None = None  # a plain word that may be a noun
        self.head: int | None = None
        self.nobody: Item | None = None
        self._noun: tuple[str, ...] = ()  # the word after it

    @property
    def begun(self) -> bool:
        """Say whether the phrase has begun."""
        return self.head is not None or self.nobody is not None

    def ends_with(self, item: Item) -> bool:
        """Say whether a name ends a phrase with an indefinite article or a possessive: "his deputy X"."""
        begun = self.nobody
        return begun is not None and bool(begun.roles & Role.INDEFINITE) and not pauses(item) and not breaks(item)

    def take(self, place: int) -> None:
        """Let the phrase begin at an item, if it can."""
        item = self._items[place]
        if item.roles & _NO_NAME and not item.roles & Role.TITLE:
            if item.roles & Role.ORGANISATION and _governed(self._items, place):
                return
            if item.roles & Role.ORGANISATION or not _named_next(self._items, place):
                self.nobody = item
                self._noun = self._items[place + 1].words if place + 1 < len(self._items) else ()
        elif item.roles & _ROLE or _definite_noun(self._items, place):
            self.head = place
        elif item.plain and item.noun and len(item.words[0]) > _CLITIC:
            self._weak = self._weak or item

    def subject(self, end: int) -> Subject | None:
        """Return what the phrase is, where it ends before an item."""
        if self.nobody is not None:
            return _nobody(self.nobody, self._noun, organisation=bool(self.nobody.roles & Role.ORGANISATION))
        if self.head is not None:
            before = self._items[self.head - 1] if self.head else None
            article = before.words if before and before.roles & Role.DEFINITE else ()
            words = self._items[self.head : end]
            return _role(words[: _role_end(words)], article)
        return _nobody(self._weak, sure=False) if self._weak is not None else None


def _governed(items: Sequence[Item], place: int) -> bool:
    """Say whether an organisation belongs to a noun or a preposition before it, and a name follows.

    "In a comment to the paper X", "head of department X", in languages whose nouns have cases.
    """
    before = items[max(0, place - _SHORTLY) : place]
    noun = before[-1:] and before[-1].plain and before[-1].noun and not items[place].gap.strip()
    after = items[place + 1 : place + 1 + _FARTHEST]
    near = any(item.roles & Role.PREPOSITION for item in before) and not any(map(pauses, before))
    return bool(near or noun) and any(item.mention is not None for item in after)


def _last_name(items: Sequence[Item], place: int) -> int:
    """Return the last of the names that follow one another: in "the adviser of X Y" the second is the subject."""
    while place + 1 < len(items) and items[place + 1].mention is not None and not items[place + 1].gap.strip():
        place += 1
    return place


def _definite_noun(items: Sequence[Item], place: int) -> bool:
    """Say whether a noun stands with its definite article, before it or built in."""
    item = items[place]
    if item.capital and place == 0 and not item.roles & Role.DEFINITE:
        return False
    if place > _FARTHEST or any(not items[i].roles & (Role.DEFINITE | Role.ADVERB) for i in range(place)):
        return False
    if item.roles & Role.DEFINITE:
        return len(item.words[0]) > _CLITIC + 1
    return item.plain and not item.capital and place > 0 and bool(items[place - 1].roles & Role.DEFINITE)


def _role(items: Sequence[Item], article: tuple[str, ...]) -> Subject:
    """Return a pronoun, or a role with all its words."""
    head = items[0]
    span = Span(head.start, head.end)
    words = tuple(word for item in items for word in item.words)
    alone = len(items) == 1 or len(head.words[0]) <= _PRONOUN
    if head.roles & (Role.PRONOUN | Role.SAME_SOURCE) and not head.roles & Role.TITLE and alone:
        return Subject(Who.PRONOUN, span, words=words)
    titles = tuple(word for item in items if item.roles & Role.TITLE for word in item.words)
    if head.roles & Role.LEADER or not head.roles & Role.TITLE:
        fits = Fits.ANYBODY
    elif head.roles & Role.UNNAMED or not (head.roles & Role.PRONOUN or article):
        fits = Fits.NOBODY
    else:
        fits = Fits.SAME_ROLE
    sure = bool(head.roles & _ROLE)
    unnamed = bool(head.roles & Role.UNNAMED)
    return Subject(
        Who.ROLE,
        span,
        words=words,
        titles=titles,
        firm=_firm(items),
        fits=fits,
        article=article,
        unnamed=unnamed,
        sure=sure,
    )


def _role_end(items: Sequence[Item]) -> int:
    """Return where a role's words end: before a preposition that doesn't go on with it, or a comma."""
    for place, item in enumerate(items[1:], start=1):
        if (
            pauses(item)
            or breaks(item, items[place - 1])
            or (item.roles & _ROLE_ENDS and not item.roles & Role.GENITIVE)
        ):
            return place
    return len(items)


def _firm(items: Sequence[Item]) -> bool:
    """Say whether a role tells of what it is one: a name, an organisation, or a genitive."""
    rest = items[1:]
    return any(item.roles & (Role.GENITIVE | Role.ORGANISATION) or (item.plain and item.capital) for item in rest)


def subject_after(items: Sequence[Item], verb: int) -> Subject | None:
    """Return the subject that follows a verb ("a declarat premierul, Ion Pop"), None where none does."""
    end = verb + 1
    while end < min(len(items), verb + 1 + _FARTHEST):
        item, before = items[end], items[end - 1]
        if breaks(item, before) or pauses(item) or item.roles & (Role.VERB | Role.STOP):
            break
        end += 1
    found = first_nominal(items[verb + 1 : end])
    if found and _describes(found) and end < len(items):
        named = in_apposition(items, end)
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
            told_of = antecedent(items, end)
            if told_of:
                return told_of
            continue
        start = _past_relative(items, end)
        if start == end:
            start = _clause_start(items, end, to_verb=True)
            found = _in_run(items, start, end)
            if found and found.sure:
                return found
            weak = weak or found
        end = start
    return weak


def _past_relative(items: Sequence[Item], end: int) -> int:
    """Return where a relative clause begins that ends before a place, the place itself where none does."""
    if not pauses(items[end]):
        return end
    clause = _clause_start(items, end)
    if _is_relative(items[clause:end]):
        return clause
    start = _clause_start(items, end, to_verb=True)
    if start and items[start - 1].roles & Role.RELATIVE:
        return start  # "X, the woman who led the delegation, said"
    return end


def _in_run(items: Sequence[Item], start: int, end: int) -> Subject | None:
    """Return the subject in a run before a verb: its name, or the name that the run is set beside."""
    found = first_nominal(items[start:end])
    if found is None or (
        found.organisation and start and pauses(items[start]) and items[start].roles & Role.PREPOSITION
    ):
        return None  # "X, of Kent Police, said"
    if _describes(found):
        named = _named_before(items, start)
        if named:
            return named
    if found.who is Who.ROLE and not found.sure:  # "the builder said": a new one as often as the one before
        return Subject(Who.NOBODY, found.span, words=found.words, article=found.article, sure=False)
    return found


def _clause_start(items: Sequence[Item], end: int, *, to_verb: bool = False) -> int:
    """Return where the run before `end` begins: after a comma or a break, or (`to_verb`) after a verb or "that"."""
    start = end - 1
    while start > 0 and not (pauses(items[start]) or breaks(items[start], items[start - 1])):
        if to_verb and (_is_verb(items[start - 1]) or items[start - 1].roles & Role.STOP):
            break
        start -= 1
    return start


def _describes(subject: Subject) -> bool:
    """Say whether a subject is a noun that a name may be set beside: "his wife, X"."""
    return subject.who in (Who.ROLE, Who.NOBODY) and not subject.organisation


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
            if _describes(found) and end < len(items) and pauses(items[end]):
                return in_apposition(items, end) or found
            return found
        weak = weak or found
        start = end
    return weak


def first_name(items: Sequence[Item]) -> Subject | None:
    """Return the first name that no preposition governs, whatever stands before it."""
    place = 0
    while place < len(items):
        if items[place].mention is not None:
            return named_by(items[place])
        place = _past_phrase(items, place + 1) if items[place].roles & Role.PREPOSITION else place + 1
    return None


def antecedent(items: Sequence[Item], place: int) -> Subject | None:
    """Return the name right before a relative clause that begins at a place: "…, Ion Pop, who …"."""
    if place and items[place].roles & Role.RELATIVE and pauses(items[place]) and items[place - 1].mention is not None:
        return named_by(items[place - 1])
    return None


def named_by(item: Item) -> Subject:
    """Return the subject that a name is."""
    return Subject(Who.PERSON, Span(item.start, item.end), mention=item.mention)


def _nobody(item: Item, more: tuple[str, ...] = (), *, organisation: bool = False, sure: bool = True) -> Subject:
    words = (*item.words, *more)
    return Subject(Who.NOBODY, Span(item.start, item.end), words=words, organisation=organisation, sure=sure)


def _past_phrase(items: Sequence[Item], place: int) -> int:
    """Return the place after what a preposition governs: a name with its title, or one word."""
    if place < len(items) and TERM in items[place].gap:
        return place  # "of “New Dawn” X": the preposition governs the quoted name
    governed = 0
    while place < len(items) and (items[place].roles & _GOVERNED or _before_title(items, place)):
        if governed & Role.ORGANISATION and items[place].roles & Role.TITLE:
            return place  # "for the Economic Journal professor X"
        if governed & (Role.ORGANISATION | Role.TITLE) and items[place].roles & (Role.DEFINITE | Role.INDEFINITE):
            return place  # "in a statement the club said"
        governed |= items[place].roles
        place += 1
    article = items[place - 1].roles & (Role.DEFINITE | Role.INDEFINITE) and len(items[place - 1].words[0]) <= _CLITIC
    if governed & Role.TITLE or (governed and article):
        for ahead in range(place, min(len(items), place + 4)):
            if items[ahead].mention is not None:
                return ahead + 1
            if not items[ahead].plain:
                break
    if governed & (Role.TITLE | Role.ORGANISATION | Role.UNNAMED | Role.PRONOUN) or place == len(items):
        return place
    return place + 1 if items[place].mention is not None or items[place].plain else place


def _before_title(items: Sequence[Item], place: int) -> bool:
    """Say whether a plain word leads to a title with its name: "with the German chancellor X"."""
    ahead = items[place + 1 : place + 3]
    return items[place].plain and len(ahead) > 1 and bool(ahead[0].roles & Role.TITLE) and ahead[1].mention is not None


def _named_next(items: Sequence[Item], place: int) -> bool:
    after = items[place + 1] if place + 1 < len(items) else None
    return after is not None and after.mention is not None and not pauses(after) and not breaks(after)


def in_apposition(items: Sequence[Item], place: int) -> Subject | None:
    """Return the name that a comma sets beside the role before it: "the mayor, Ion Pop, …"."""
    if not pauses(items[place]) or breaks(items[place]):
        return None
    for ahead in range(place, min(len(items), place + 4)):
        item = items[ahead]
        if ahead > place and (pauses(item) or breaks(item, items[ahead - 1])):
            return None
        if item.mention is not None:
            after = items[ahead + 1] if ahead + 1 < len(items) else None
            return named_by(item) if after is None or pauses(after) or breaks(after) else None
        if not item.roles & Role.TITLE and not item.plain:
            return None
    return None


def _named_before(items: Sequence[Item], start: int) -> Subject | None:
    """Return the name that a role is set beside: "Ion Pop, the mayor, …"."""
    if start and pauses(items[start]) and items[start - 1].mention is not None:
        return named_by(items[start - 1])
    return None


def _is_relative(stretch: Sequence[Item]) -> bool:
    return any(item.roles & Role.STOP for item in stretch[:2])
