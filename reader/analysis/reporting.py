"""Find what reports a quote in its own sentence: a verb before or after it, "according to", or a colon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.analysis.cues import Role
from reader.analysis.scene import HOLE
from reader.analysis.subjects import (
    Subject,
    Who,
    antecedent,
    breaks,
    first_nominal,
    in_apposition,
    named_by,
    pauses,
    subject_after,
    subject_before,
    subject_in,
)
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.analysis.results import Quote
    from reader.analysis.scene import Frame, Item

SAID, INTRODUCED, ACCORDING, LIKELY, GUESSED = 0.95, 0.85, 0.85, 0.6, 0.45
NOBODY = Subject(Who.NOBODY, Span(0, 0), sure=False)
SEVERAL = Subject(Who.NOBODY, Span(0, 0), organisation=True)
_AFTER_WITHIN = 8  # items between a closing mark and its verb
_CLAUSE = 3  # items that make a clause of its own after a quote
COLON = "named before the colon"


@dataclass(frozen=True, slots=True)
class Cue:
    """Why a quote has its speaker: the subject (None: the verb has none of its own), how sure, and in words."""

    subject: Subject | None
    confidence: float
    span: Span | None
    why: str


def find_cue(text: str, frame: Frame, quote: Quote) -> Cue | None:
    """Return what reports a quote in its own sentence: after it, before it, or by a colon."""
    before = _before(frame, quote, text)
    after = reported_after(frame, quote, text)
    if before and after:
        told = after.subject is not None and after.subject.sure
        if not told and after.subject is not None:
            return before
        if told and not (before.subject and before.subject.sure):
            return after
        first = next((char for char in quote.span.of(text) if char.isalnum()), "a")
        integrated = first.islower() or before.why == COLON
        return before if integrated or before.subject is None else after
    return before or after


def _before(frame: Frame, quote: Quote, text: str) -> Cue | None:
    items = frame.before(quote.outer.start)
    if not items:
        return None
    start = max((i for i, item in enumerate(items) if HOLE in item.gap), default=0)
    colon = ":" in text[items[-1].end : quote.outer.start]
    inner: Cue | None = None  # "X said that officials had said": X reports it
    for place in range(len(items) - 1, start - 1, -1):
        item = items[place]
        if item.roles & Role.ACCORDING and not item.roles & Role.VERB:
            source = _named_back(items, place) if item.roles & Role.RELATIVE else _source(items, place)
            if source:
                return Cue(source, ACCORDING, Span(item.start, item.end), "according to")
        if item.roles & Role.VERB:
            late = _late_subject(items, place) if colon else None
            if late:
                return Cue(late, INTRODUCED, None, COLON)
            cue = _reported(_subject(items, place), item)
            if cue.subject is None or cue.subject.who is not Who.NOBODY:
                return cue if cue.subject or inner is None else inner
            inner = inner or cue
    if inner:
        return inner
    if colon:
        return _by_colon(items[start:])
    return None


def _by_colon(items: Sequence[Item]) -> Cue:
    """Return the cue of words that lead to a colon without a reporting verb.

    "For mayor X the matter is clear: …" names its speaker anywhere; "then, more earnestly: …" goes on.
    """
    subject = _introduced(items)
    if subject and subject.sure:
        return Cue(subject, INTRODUCED, None, COLON)
    only = only_name(items)
    if only:
        sure = LIKELY if _begins_with(items, only) else GUESSED
        return Cue(only, sure, None, "the only one named before the colon")
    return Cue(subject, LIKELY, None, COLON if subject else "goes on before a colon")


def _begins_with(items: Sequence[Item], subject: Subject) -> bool:
    """Say whether a name is what a clause's first preposition governs, a title aside."""
    place = next(i for i, item in enumerate(items) if item.mention == subject.mention)
    while place and items[place - 1].roles & Role.TITLE:
        place -= 1
    return place == 1 and bool(items[0].roles & Role.PREPOSITION)


def only_name(items: Sequence[Item]) -> Subject | None:
    """Return the one name among items that tell of no organisation and nobody unnamed."""
    named = [item for item in items if item.mention is not None]
    if len(named) != 1 or any(item.roles & (Role.ORGANISATION | Role.UNNAMED) for item in items):
        return None
    return Subject(Who.PERSON, Span(named[0].start, named[0].end), mention=named[0].mention)


def _reported(subject: Subject | None, verb: Item) -> Cue:
    """Return the cue of a reporting verb; one in the plural has no single speaker."""
    if verb.roles & Role.PLURAL:
        subject = SEVERAL
    return Cue(subject, SAID, Span(verb.start, verb.end), "subject of the reporting verb")


def _late_subject(items: Sequence[Item], verb: int) -> Subject | None:
    """Return the name in the clauses before a colon, where those come after the verb's."""
    start = next((i for i in range(verb + 1, len(items)) if pauses(items[i])), None)
    found = _introduced(items[start:]) if start else None
    return found if found and found.who is Who.PERSON else None


def _subject(items: Sequence[Item], verb: int) -> Subject | None:
    """Return a verb's subject from before it or, where only a plain word stands there, from after it."""
    found = subject_before(items, verb)
    if found and found.sure:
        return found
    after = subject_after(items, verb)
    told = after and after.sure and not (found and after.who is Who.NOBODY)
    return after if told else found or after


def _introduced(items: Sequence[Item]) -> Subject | None:
    """Return the subject of the clause that leads to a colon, else of one further back."""
    end, weak = len(items), None
    for start in range(len(items) - 1, -1, -1):
        if start and not pauses(items[start]) and not breaks(items[start], items[start - 1]):
            continue
        found = antecedent(items, start) or first_nominal(items[start:end])
        if found and found.sure:
            return found
        weak, end = weak or found, start
    return weak


def _named_back(items: Sequence[Item], place: int) -> Subject | None:
    """Return the last name before "according to whom"."""
    return next((named_by(item) for item in reversed(items[:place]) if item.mention is not None), None)


def thus(items: Sequence[Item]) -> Cue | None:
    """Return who spoke a quote, from the sentence after it: "With these words X closed the debate"."""
    if not items or not items[0].roles & Role.THUS:
        return None
    end = next((i for i, item in enumerate(items) if i and breaks(item, items[i - 1])), len(items))
    found = first_nominal(items[1:end])
    found = found if found and found.who is Who.PERSON else only_name(items[1:end]) or found
    span = Span(items[0].start, items[0].end)
    return Cue(found, LIKELY, span, "told by the sentence after it") if found and found.who is not Who.NOBODY else None


def _source(items: Sequence[Item], place: int) -> Subject | None:
    """Return who "according to" names."""
    end = place + 1
    while end < len(items) and not breaks(items[end], items[end - 1]) and not (pauses(items[end]) and end > place + 1):
        end += 1
    rest = [
        item for item in items[place + 1 : end] if not item.roles & Role.PREPOSITION or item.roles & Role.INDEFINITE
    ]
    found = first_nominal(rest)
    if found and found.who is not Who.PERSON and end < len(items):
        found = in_apposition(items, end) or found
    if not found:
        return None
    if items[place].roles & Role.PREPOSITION and found.who is not Who.PERSON:
        return None  # "for", "by": too common to tell of a source
    return found


def reported_after(frame: Frame, quote: Quote, text: str) -> Cue | None:
    """Return what reports a quote right after it."""
    items = frame.after(quote.outer.end)
    if not items:
        return None
    lead = text[quote.outer.end : items[0].start]
    if any(char in ".;!?…" for char in lead):
        return None
    clause = items[: next((i for i, item in enumerate(items) if i and breaks(item, items[i - 1])), len(items))]
    if ":" in lead:
        found = subject_in(clause)
        only = None if found and found.sure else only_name(clause)
        return Cue(only or found or NOBODY, GUESSED if only else INTRODUCED, None, "named after the colon")
    for place, item in enumerate(clause[:_AFTER_WITHIN]):
        if item.roles & Role.STOP:
            break
        cue = _cue_at(clause, place)
        if cue:
            return cue
    return _untold(clause, dash=bool(lead.strip()), pause=text[quote.span.end - 1] in ",!?…")


def _untold(clause: Sequence[Item], *, dash: bool, pause: bool) -> Cue | None:
    """Return the cue of a clause after a quote that has no word of the language file: "…”, smiles Pop"."""
    if dash and clause[0].mention is not None and (len(clause) == 1 or pauses(clause[1])):
        return Cue(first_nominal(clause[:1]), INTRODUCED, None, "named after the quote")
    if not (dash or pause) or not clause[0].plain or clause[0].capital:
        return None
    named = _named_at_once(clause)
    if named is None or named.subject is None or named.subject.who is Who.NOBODY:
        named = _named_further_on(clause) or named
    if named is not None:
        return named
    verb = Span(clause[0].start, clause[0].end)
    pronoun = next((i for i, item in enumerate(clause[:_AFTER_WITHIN]) if item.roles & Role.PRONOUN), None)
    if pronoun is not None:
        return Cue(first_nominal(clause[pronoun : pronoun + 1]), INTRODUCED, verb, "named after the quote")
    if len(clause) >= _CLAUSE:
        return Cue(NOBODY, INTRODUCED, verb, "a clause that names nobody")
    return None


def _cue_at(clause: Sequence[Item], place: int) -> Cue | None:
    """Return the cue that one item after a quote gives: a verb, or "according to"."""
    item = clause[place]
    if item.roles & Role.VERB:
        between = first_nominal(clause[:place]) if place else None
        after = subject_after(clause, place)
        definite = between and between.who is Who.ROLE and not (after and after.who is Who.PERSON)
        if not (between and (between.sure or definite)) and (after and (after.sure or not between)):
            between = after
        only = only_name(clause[place:]) if between is None and not item.roles & Role.PLURAL else None
        if only:
            return Cue(only, GUESSED, Span(item.start, item.end), "the only one named beside the reporting verb")
        return _reported(between, item)
    source = _source(clause, place) if item.roles & Role.ACCORDING else None
    return Cue(source, ACCORDING, Span(item.start, item.end), "according to") if source else None


def _named_at_once(clause: Sequence[Item]) -> Cue | None:
    """Return the cue of a verb that no file knows, with a subject right after it ("smiles Pop")."""
    verb = clause[0]
    if len(clause) < 2 or pauses(clause[1]):
        return None
    named = first_nominal(clause[1:2])
    return Cue(named, INTRODUCED, Span(verb.start, verb.end), "named after the quote") if named and named.sure else None


def _named_further_on(clause: Sequence[Item]) -> Cue | None:
    """Return the cue of words that report in a picture: "throws up his hands mayor Pop"."""
    end = next((i for i, item in enumerate(clause) if i and (pauses(item) or item.roles & Role.STOP)), len(clause))
    only = only_name(clause[: min(end, _AFTER_WITHIN)])
    place = next((i for i, item in enumerate(clause) if only and item.mention == only.mention), 0)
    if not place or clause[place - 1].roles & Role.PREPOSITION:
        return None
    return Cue(only, LIKELY, None, "the only one named after the quote")
