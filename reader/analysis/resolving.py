"""Say whom a cue means, as the text goes on: the name it gives, a role's holder, or who acted or spoke before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reader.analysis.cues import split_words
from reader.analysis.reporting import COLON
from reader.analysis.roles import stems
from reader.analysis.subjects import Subject, Who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.analysis.cast import Cast
    from reader.analysis.cues import PhraseBook
    from reader.analysis.reporting import Cue

CHAINED, PRONOUN, ROLE, GUESSED = 0.75, 0.8, 0.6, 0.4  # below a half it is a suggestion
ANSWERED = "the one who was asked just before"
IMPLIED = "the subject of its sentence"
SAME_SENTENCE = "goes on in the same sentence"
CLEAR = 0.85  # from which on a name beside a verb or a colon needs no weighing
_SOON = 300  # characters


@dataclass(slots=True)
class State:
    """Who spoke or acted last, as the text goes on.

    `person` is the last one that had a name; `unnamed` are the words for somebody without one who has spoken since,
    and `organisation` says that an organisation or several people have, so that a quote that nothing reports can't
    be that person's. `asked` is whom somebody unnamed has just asked, `speaker` who said the last quote; `age` counts
    paragraphs since.
    """

    person: str | None = None
    unnamed: tuple[str, ...] | None = None
    organisation: bool = False
    asked: str | None = None
    speaker: str | None = None
    age: int = 0

    def heard(self, person: str | None, subject: Subject | None = None) -> None:
        """Note who spoke or acted: a person, or (None) what the subject tells of nobody."""
        self.age, self.asked = 0, None
        if person:
            self.person, self.unnamed, self.organisation = person, None, False
        elif subject is not None and subject.sure:
            self.organisation = subject.organisation
            self.unnamed = None if subject.organisation else subject.words

    def same(self, words: Sequence[str]) -> bool:
        """Say whether words mean somebody unnamed who has spoken: "the neighbour", after "a neighbour"."""
        return not set(stems(words)).isdisjoint(stems(self.unnamed or ()))


class Answer(NamedTuple):
    """Whom a cue means, how sure that is, why in words, and of which kind the cue is."""

    person: str | None
    confidence: float
    why: str
    kind: str


class Resolver:
    """Finds the person that a cue means."""

    def __init__(self, text: str, cast: Cast) -> None:
        self._text = text
        self._cast = cast

    def person(self, cue: Cue, state: State, book: PhraseBook) -> Answer:
        """Return the person a cue means, how sure that is, and why."""
        subject = cue.subject
        if cue.why == ANSWERED:
            return Answer(state.asked, cue.confidence, cue.why, "answer")
        verb = f" (“{cue.span.of(self._text)}”)" if cue.span else ""
        if subject is None:
            goes_on = not state.organisation and state.unnamed is None
            person = self._last(cue, state, book) if goes_on else None
            kind = "verb" if cue.span else "same sentence" if cue.why == SAME_SENTENCE else "goes on"
            return Answer(person, min(cue.confidence, CHAINED), cue.why + verb, kind)
        words = f"{cue.why}{verb}: “{subject.span.of(self._text)}”"
        if subject.who is Who.PERSON and subject.mention is not None:
            mention = self._cast.mentions[subject.mention]
            kind = "acts" if cue.why == IMPLIED else "only name" if cue.confidence < CLEAR else "name"
            return Answer(
                mention.person or mention.text, cue.confidence * min(1.0, 0.5 + mention.confidence), words, kind
            )
        if subject.who is Who.NOBODY and subject.sure:
            return Answer(None, 0.0, words, "organisation" if subject.organisation else "unnamed")
        if subject.who is not Who.PRONOUN:
            holder = self._cast.holder(subject, self.gender(cue, book), subject.span.start)
            if holder:
                why = f"{words}, as {holder} is called in this article"
                return Answer(holder, min(cue.confidence, 0.8), why, "holder")
            if cue.why == COLON and not book.answers.isdisjoint(subject.words):
                asked = self._asked(subject.span.start, state)
                return Answer(asked, GUESSED, f"{words}, taken for whoever was asked", "answer")
        person = self._last(cue, state, book)
        fits = subject.who is Who.ROLE and person is not None and self._cast.may_hold(person, subject)
        kind = "pronoun" if subject.who is Who.PRONOUN else "role" if fits else "noun" if subject.sure else "vague"
        if person is None or self._is_another(cue, subject, state):
            return Answer(None, 0.0, words, kind)
        sure = PRONOUN if subject.who is Who.PRONOUN else ROLE if self._cast.may_hold(person, subject) else GUESSED
        return Answer(person, min(cue.confidence, sure), f"{words}, taken for who acted or spoke before", kind)

    def _is_another(self, cue: Cue, subject: Subject, state: State) -> bool:
        """Say whether a pronoun, a role or a noun means somebody else than the last person who had a name."""
        if subject.who is Who.PRONOUN:
            return state.unnamed is not None
        vague = not subject.sure and cue.why == IMPLIED  # "the result is “…”": no person acts
        return vague or subject.unnamed or state.same(subject.words)

    def _last(self, cue: Cue, state: State, book: PhraseBook) -> str | None:
        """Return who acted or spoke last, or before, where the cue tells the other gender."""
        place = cue.subject.span if cue.subject else cue.span
        return self._cast.agreeing(state.person, self.gender(cue, book), place.start if place else 0)

    def _asked(self, position: int, state: State) -> str | None:
        """Return the person who answers: the last one named before who didn't ask."""
        near = (each.person for each in self._cast.before(position) if position - each.span.end < _SOON)
        return next((person for person in near if person != state.speaker), None)

    def gender(self, cue: Cue, book: PhraseBook) -> int:
        """Return the gender that a cue's subject or verb tells, 0 where they tell none."""
        subject = cue.subject
        told = book.gender((*subject.article, *subject.words)) if subject else 0
        if told or cue.span is None:
            return told
        return book.verb_gender([word.folded for word in split_words(self._text, cue.span.start, cue.span.end)])
