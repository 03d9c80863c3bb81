"""Say who spoke each quote: a reporting verb's subject, a name before a colon, or whoever spoke just before.

Saying nothing beats saying wrong: an organisation, an unnamed person or a noun that no file knows ends the chain
and gives no speaker. All knowledge of languages is in `resources/languages`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.analysis.cues import Role, Shelf
from reader.analysis.results import Quote, QuoteKind, Speaker
from reader.analysis.roles import RoleBook
from reader.analysis.scene import HOLE, Frame, Item, items_of, lay_out
from reader.analysis.subjects import (
    Fits,
    Subject,
    Who,
    breaks,
    first_name,
    first_nominal,
    pauses,
    subject_after,
    subject_before,
    subject_in,
)
from reader.articles.article import Paragraph, ParagraphKind
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.analysis.languages import Language
    from reader.analysis.results import Mention, Sentence

SAID, INTRODUCED, ACCORDING = 0.95, 0.85, 0.85
CHAINED, CARRIED, IMPLIED = 0.75, 0.6, 0.5
_AFTER_WITHIN = 8  # items between a closing mark and its verb
_INTERJECTED = re.compile(r"[,.!?…]\\s*[—–―-]\\s+")
_INTERJECTION = 120  # characters
_FAR = 2000


@dataclass(frozen=True, slots=True)
class _Cue:
    """Why a quote has its speaker: the subject (None: nobody is named, the sentence goes on), and the words."""

    subject: Subject | None
    confidence: float
    span: Span | None
    why: str


@dataclass(slots=True)
class _State:
    """Who spoke or acted last, as the text goes on.

    `newest` is "" where that was nobody we can name, `person` the last one that had a name; `organisation` says that
    the newest was one, so that "he" can't mean it. `age` counts paragraphs since.
    """

    newest: str | None = None
    person: str | None = None
    organisation: bool = False
    age: int = 0

    def heard(self, person: str | None, *, organisation: bool = False) -> None:
        """Note who spoke; None for nobody we can name."""
        self.newest, self.organisation, self.age = person or "", organisation and not person, 0
        self.person = person or self.person


@dataclass(frozen=True, slots=True)
class _Place:
    """A laid-out paragraph."""

    paragraph: Paragraph
    frames: list[Frame]
    mentions: list[tuple[int, Mention]]


def attribute(
    text: str,
    sentences: Sequence[Sentence],
    paragraphs: Sequence[Paragraph],
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    language: Callable[[Paragraph], Language],
) -> tuple[Quote, ...]:
    """Return the quotes with their speakers; `mentions` must carry the names of their people."""
    return _Attribution(text, sentences, paragraphs, quotes, mentions, Shelf(language)).run()


class _Attribution:
    """One article's quotes on the way to their speakers."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        paragraphs: Sequence[Paragraph],
        quotes: Sequence[Quote],
        mentions: Sequence[Mention],
        shelf: Shelf,
    ) -> None:
        self._text = text
        self._quotes = quotes
        self._mentions = mentions
        self._shelf = shelf
        self._said: dict[int, Speaker | None] = {}
        self._places = list(self._lay_out(sentences, paragraphs))
        self._roles = RoleBook((frame for place in self._places for frame in place.frames), mentions)

    def run(self) -> tuple[Quote, ...]:
        """Return the quotes, each with what was found for it."""
        state = _State()
        for place in self._places:
            if place.paragraph.kind is ParagraphKind.BODY:
                state.age += 1
                self._read(place, state)
            else:  # links keep to themselves; a title may name whom the text begins with
                apart = _State()
                self._read(place, apart)
                if place.paragraph.kind is ParagraphKind.TITLE and state.newest is None:
                    state = apart
        self._share_continued()
        self._read_nested()
        return tuple(replace(quote, speaker=self._said.get(index)) for index, quote in enumerate(self._quotes))

    def _lay_out(self, sentences: Sequence[Sentence], paragraphs: Sequence[Paragraph]) -> Iterator[_Place]:
        """Yield every paragraph with its frames; a quote belongs to the paragraph it opens in."""
        spans: dict[int, list[Span]] = {}
        for sentence in sentences:
            spans.setdefault(sentence.paragraph, []).append(sentence.span)
        quote = mention = 0
        for index, paragraph in enumerate(paragraphs):
            quotes: list[tuple[int, Quote]] = []
            while quote < len(self._quotes) and self._quotes[quote].outer.start < paragraph.span.end:
                if self._quotes[quote].parent is None:
                    quotes.append((quote, self._quotes[quote]))
                quote += 1
            mentions: list[tuple[int, Mention]] = []
            while mention < len(self._mentions) and self._mentions[mention].span.start < paragraph.span.end:
                mentions.append((mention, self._mentions[mention]))
                mention += 1
            book = self._shelf.book(paragraph)
            yield _Place(
                paragraph,
                lay_out(self._text, paragraph.span, spans.get(index, []), quotes, mentions, book),
                mentions,
            )

    def _read(self, place: _Place, state: _State) -> None:
        for number, frame in enumerate(place.frames):
            if not frame.quotes:
                self._follow(frame, state)
            for order, index in enumerate(frame.quotes):
                quote = self._quotes[index]
                cue = find_cue(self._text, frame, quote) or self._interjected(place, quote)
                if cue is None and quote.kind is QuoteKind.SPEECH:
                    cue = self._implied(place, number, order, state)
                if cue is None:
                    continue
                person, confidence, why = self._resolve(cue, state)
                mention = (
                    self._mentions[cue.subject.mention].span
                    if cue.subject and cue.subject.mention is not None
                    else None
                )
                self._said[index] = Speaker(person, mention, confidence, cue.span, why) if person else None
                if quote.kind is QuoteKind.SPEECH or cue.subject is not None:
                    state.heard(person, organisation=bool(cue.subject and cue.subject.organisation))

    def _follow(self, frame: Frame, state: _State) -> None:
        """Keep track of who acts in a sentence without quotes."""
        verb = next((i for i, item in enumerate(frame.items) if item.roles & Role.VERB), None)
        subject = None
        if verb is not None:
            subject = subject_before(frame.items, verb) or subject_after(frame.items, verb)
        subject = subject or subject_in(frame.items)
        if verb is None and (subject is None or subject.who is Who.NOBODY):
            subject = first_name(frame.items)
        if subject is None or not subject.sure:
            return
        person, _, _ = self._resolve(_Cue(subject, 1.0, None, ""), state)
        if person or verb is not None:
            state.heard(person, organisation=subject.organisation)

    def _implied(self, place: _Place, number: int, order: int, state: _State) -> _Cue | None:
        """Return a cue for a quote that no verb reports: who speaks goes on, or acts in its sentence."""
        frame = place.frames[number]
        quote = self._quotes[frame.quotes[order]]
        before = [item for item in frame.items if item.end <= quote.outer.start]
        if order and frame.quotes[order - 1] in self._said:
            return _Cue(None, CHAINED, None, "goes on in the same sentence")
        if before:
            subject = subject_in(before)
            return _Cue(subject or _NOBODY, IMPLIED, None, "the subject of its sentence")
        ahead = self._said_ahead(place, number)
        if ahead and not (number and state.age == 0):
            return ahead
        if place.paragraph.kind in (ParagraphKind.NOTICE, ParagraphKind.BYLINE):
            return None
        if state.age > 1 or state.newest is None:
            return None
        return _Cue(None, CHAINED if state.age == 0 else CARRIED, None, "goes on from who spoke before")

    def _said_ahead(self, place: _Place, number: int) -> _Cue | None:
        """Return the cue of the next quote, where it follows at once in the same paragraph."""
        for frame in place.frames[number + 1 : number + 2]:
            for index in frame.quotes[:1]:
                quote = self._quotes[index]
                if not any(item.end <= quote.outer.start for item in frame.items):
                    cue = _after(frame, quote, self._text)
                    return replace(cue, confidence=CHAINED) if cue else None
        return None

    def _interjected(self, place: _Place, quote: Quote) -> _Cue | None:
        """Return the cue of a clause set between dashes inside the marks: «No, — said Pop. — Never»."""
        book = self._shelf.book(place.paragraph)
        for dash in _INTERJECTED.finditer(self._text, quote.span.start, min(quote.span.end, quote.span.start + _FAR)):
            span = Span(dash.end(), min(quote.span.end, dash.end() + _INTERJECTION))
            inside = [(i, m) for i, m in place.mentions if span.start <= m.span.start and m.span.end <= span.end]
            items = items_of(self._text, span, inside, book)
            verb = next((i for i, item in enumerate(items[:2]) if item.roles & Role.VERB), None)
            if verb is not None:
                subject = (first_nominal(items[:verb]) if verb else None) or subject_after(items, verb)
                return _Cue(subject, SAID, Span(items[verb].start, items[verb].end), "said inside the quote")
        return None

    def _resolve(self, cue: _Cue, state: _State) -> tuple[str | None, float, str]:
        """Return the person a cue points to, how sure that is, and why."""
        subject = cue.subject
        if subject is None:
            return state.newest or None, min(cue.confidence, CHAINED), cue.why
        words = f"{cue.why}: “{subject.span.of(self._text)}”"
        if subject.who is Who.PERSON and subject.mention is not None:
            mention = self._mentions[subject.mention]
            return mention.person or mention.text, cue.confidence * min(1.0, 0.5 + mention.confidence), words
        if subject.who is Who.PRONOUN:
            person = state.person if state.organisation else state.newest
            return person or None, min(cue.confidence, 0.8), words
        if subject.who is Who.ROLE:
            holders = self._roles.holders(subject)
            if holders:
                return self._latest(holders, subject.span.start), min(cue.confidence, 0.8), words
            known = state.person if state.newest or state.organisation else None
            free = known and (subject.fits is Fits.ANYBODY or not self._roles.has_title(known))
            if known and free and subject.fits is not Fits.NOBODY and state.age <= 1:
                return known, min(cue.confidence, 0.6), words
        return None, 0.0, words

    def _latest(self, people: Sequence[str], position: int) -> str:
        """Return the one of them named last before a position, else the first named at all."""
        if len(people) == 1:
            return people[0]
        named = [mention for mention in self._mentions if mention.person in people]
        before = [mention.person for mention in named if mention.span.start < position]
        return before[-1] if before else named[0].person

    def _share_continued(self) -> None:
        """Give a quote that runs over several paragraphs one speaker."""
        for index, quote in enumerate(self._quotes):
            if quote.continues is not None:
                one, other = self._said.get(quote.continues), self._said.get(index)
                best = max((s for s in (one, other) if s), key=lambda s: s.confidence, default=None)
                self._said[index] = self._said[quote.continues] = best

    def _read_nested(self) -> None:
        """Give a quote inside another the outer one's speaker, unless the words around it name somebody else."""
        for index, quote in enumerate(self._quotes):
            if quote.parent is None:
                continue
            parent = self._quotes[quote.parent]
            start = max(parent.span.start, quote.outer.start - _INTERJECTION)
            book = self._shelf.book(self._places[0].paragraph)
            before = items_of(self._text, Span(start, quote.outer.start), [], book)
            verb = any(item.roles & Role.VERB for item in before[-4:])
            told = self._text[start : quote.outer.start].rstrip().endswith(":")
            self._said[index] = None if verb or told else self._said.get(quote.parent)


def find_cue(text: str, frame: Frame, quote: Quote) -> _Cue | None:
    """Return what reports a quote in its own sentence: after it, before it, or by a colon."""
    before = _before(frame, quote, text)
    after = _after(frame, quote, text)
    if before and after:
        if not (before.subject and before.subject.sure) and after.subject and after.subject.sure:
            return after
        first = next((char for char in quote.span.of(text) if char.isalnum()), "a")
        integrated = first.islower() or before.why == _COLON
        return before if integrated or before.subject is None else after
    return before or after


_COLON = "named before the colon"
_NOBODY = Subject(Who.NOBODY, Span(0, 0), sure=False)


def _before(frame: Frame, quote: Quote, text: str) -> _Cue | None:
    items = [item for item in frame.items if item.end <= quote.outer.start]
    if not items:
        return None
    start = max((i for i, item in enumerate(items) if HOLE in item.gap), default=0)
    colon = ":" in text[items[-1].end : quote.outer.start]
    inner: _Cue | None = None  # "X said that officials had said": X reports it
    for place in range(len(items) - 1, start - 1, -1):
        item = items[place]
        if item.roles & Role.ACCORDING and not item.roles & Role.VERB:
            source = _source(items, place)
            if source:
                return _Cue(source, ACCORDING, Span(item.start, item.end), "according to")
        if item.roles & Role.VERB:
            late = _late_subject(items, place) if colon else None
            if late:
                return _Cue(late, INTRODUCED, None, _COLON)
            cue = _reported(_subject(items, place), item)
            if cue.subject is None or cue.subject.who is not Who.NOBODY:
                return cue if cue.subject or inner is None else inner
            inner = inner or cue
    if inner:
        return inner
    if colon:
        return _Cue(_introduced(items[start:]) or _NOBODY, INTRODUCED, None, _COLON)
    return None


def _reported(subject: Subject | None, verb: Item) -> _Cue:
    """Return the cue of a reporting verb; one in the plural has no single speaker."""
    if verb.roles & Role.PLURAL:
        subject = _NOBODY
    return _Cue(subject, SAID, Span(verb.start, verb.end), "subject of the reporting verb")


def _late_subject(items: Sequence[Item], verb: int) -> Subject | None:
    """Return the name in the last clause before a colon, where that clause comes after the verb's."""
    start = next((i for i in range(len(items) - 1, verb, -1) if pauses(items[i])), None)
    found = first_nominal(items[start:]) if start else None
    return found if found and found.who is Who.PERSON else None


def _subject(items: Sequence[Item], verb: int) -> Subject | None:
    """Return a verb's subject from before it or, where only a plain word stands there, from after it."""
    found = subject_before(items, verb)
    if found and found.sure:
        return found
    after = subject_after(items, verb)
    return after if after and after.sure else found or after


def _introduced(items: Sequence[Item]) -> Subject | None:
    """Return the subject of the clause that leads to a colon, else of one further back."""
    end, weak = len(items), None
    for start in range(len(items) - 1, -1, -1):
        if start and not pauses(items[start]) and not breaks(items[start], items[start - 1]):
            continue
        found = first_nominal(items[start:end])
        if found and found.sure:
            return found
        weak, end = weak or found, start
    return weak


def _source(items: Sequence[Item], place: int) -> Subject | None:
    """Return who "according to" names."""
    end = place + 1
    while end < len(items) and not breaks(items[end], items[end - 1]) and not (pauses(items[end]) and end > place + 1):
        end += 1
    rest = [
        item for item in items[place + 1 : end] if not item.roles & Role.PREPOSITION or item.roles & Role.INDEFINITE
    ]
    found = first_nominal(rest)
    if not found or not found.sure:
        return None
    if items[place].roles & Role.PREPOSITION and found.who is not Who.PERSON:
        return None  # "for", "by": too common to tell of a source
    return found


def _after(frame: Frame, quote: Quote, text: str) -> _Cue | None:
    items = [item for item in frame.items if item.start >= quote.outer.end]
    if not items:
        return None
    lead = text[quote.outer.end : items[0].start]
    if any(char in ".;!?…" for char in lead):
        return None
    end = next((i for i, item in enumerate(items) if i and breaks(item, items[i - 1])), len(items))
    clause = items[:end]
    if ":" in lead:
        return _Cue(subject_in(clause) or _NOBODY, INTRODUCED, None, "named after the colon")
    for place, item in enumerate(clause[:_AFTER_WITHIN]):
        if item.roles & Role.STOP:
            break
        if item.roles & Role.ACCORDING and not item.roles & Role.VERB:
            source = _source(clause, place)
            if source:
                return _Cue(source, ACCORDING, Span(item.start, item.end), "according to")
        if item.roles & Role.VERB:
            between = first_nominal(clause[:place]) if place else None
            after = subject_after(clause, place)
            if not (between and between.sure) and (after and (after.sure or not between)):
                between = after
            return _reported(between, item)
    if clause[0].plain and not clause[0].capital and lead.strip() and len(clause) > 1 and not pauses(clause[1]):
        named = first_nominal(clause[1:2])
        if named and named.sure:
            return _Cue(named, INTRODUCED, Span(clause[0].start, clause[0].end), "named right after the quote")
    return None
