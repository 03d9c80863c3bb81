"""Say who spoke each quote: a reporting verb's subject, a name before a colon, or whoever spoke just before.

Saying nothing beats saying wrong: an organisation, an unnamed person or a noun that no file knows ends the chain
and gives no speaker. All knowledge of languages is in `resources/languages`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.analysis.cues import Role, Shelf
from reader.analysis.reporting import COLON, INTRODUCED, NOBODY, SAID, Cue, find_cue, reported_after
from reader.analysis.results import Quote, QuoteKind, Speaker
from reader.analysis.roles import RoleBook
from reader.analysis.scene import Frame, items_of, lay_out
from reader.analysis.subjects import (
    Fits,
    Subject,
    Who,
    first_name,
    first_nominal,
    subject_after,
    subject_before,
    subject_in,
)
from reader.articles.article import Paragraph, ParagraphKind
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.analysis.cues import PhraseBook
    from reader.analysis.languages import Language
    from reader.analysis.results import Mention, Sentence

CHAINED, CARRIED, HEADLINE, IMPLIED = 0.75, 0.6, 0.6, 0.5
_INTERJECTED = re.compile(r"[,.!?…]\s*[—–―-]\s+")
_INTERJECTION = 120  # characters
_FAR = 2000  # characters
_NESTED_WITHIN = 8  # items between a verb and the quote inside a quote


@dataclass(slots=True)
class _State:
    """Who spoke or acted last, as the text goes on.

    `newest` is "" where that was nobody we can name, `person` the last one that had a name; `organisation` says that
    the newest was one, so that "he" can't mean it. `only` is the one person whom the sentence before names, in
    whatever place. `age` counts paragraphs since.
    """

    newest: str | None = None
    person: str | None = None
    only: str | None = None
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
        self._books: list[PhraseBook] = []
        self._starts = [mention.span.start for mention in mentions]
        self._named: dict[str, list[int]] = {}
        for mention in mentions:
            self._named.setdefault(mention.person, []).append(mention.span.start)
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
            book = self._shelf.book(paragraph)
            quotes: list[tuple[int, Quote]] = []
            while quote < len(self._quotes) and self._quotes[quote].outer.start < paragraph.span.end:
                if self._quotes[quote].parent is None:
                    quotes.append((quote, self._quotes[quote]))
                self._books.append(book)
                quote += 1
            mentions: list[tuple[int, Mention]] = []
            while mention < len(self._mentions) and self._mentions[mention].span.start < paragraph.span.end:
                mentions.append((mention, self._mentions[mention]))
                mention += 1
            yield _Place(paragraph, lay_out(self._text, paragraph.span, spans.get(index, []), quotes, mentions, book))

    def _read(self, place: _Place, state: _State) -> None:
        for number, frame in enumerate(place.frames):
            if all(self._quotes[index].kind is QuoteKind.TERM for index in frame.quotes):
                self._follow(frame, state)
            for order, index in enumerate(frame.quotes):
                quote = self._quotes[index]
                cue = find_cue(self._text, frame, quote) or self._interjected(place, quote)
                if cue and cue.why == COLON and place.paragraph.kind is not ParagraphKind.BODY:
                    cue = _headline(frame, quote, cue)
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
        named = {self._mentions[item.mention].person for item in frame.items if item.mention is not None}
        state.only = next(iter(named)) if len(named) == 1 else None
        verb = next((i for i, item in enumerate(frame.items) if item.roles & Role.VERB), None)
        subject = None
        if verb is not None:
            subject = subject_before(frame.items, verb) or subject_after(frame.items, verb)
        subject = subject or subject_in(frame.items)
        if verb is None and (subject is None or subject.who is Who.NOBODY):
            subject = first_name(frame.items) or subject
        if subject is None or not subject.sure:
            return
        person, _, _ = self._resolve(Cue(subject, 1.0, None, ""), state)
        if person or verb is not None or (subject.who is Who.NOBODY and not subject.organisation):
            state.heard(person, organisation=subject.organisation)

    def _implied(self, place: _Place, number: int, order: int, state: _State) -> Cue | None:
        """Return a cue for a quote that no verb reports: who speaks goes on, or acts in its sentence."""
        frame = place.frames[number]
        quote = self._quotes[frame.quotes[order]]
        before = frame.before(quote.outer.start)
        if order and frame.quotes[order - 1] in self._said:
            return Cue(None, CHAINED, None, "goes on in the same sentence")
        if before:
            subject = subject_in(before)
            return Cue(subject or NOBODY, IMPLIED, None, "the subject of its sentence")
        if quote.outer.start == place.paragraph.span.start and not quote.close and quote.continues is None:
            return None  # a dialogue: the next line is another's
        ahead = self._said_ahead(place, number)
        if ahead and not (number and state.age == 0):
            return ahead
        if place.paragraph.kind in (ParagraphKind.NOTICE, ParagraphKind.BYLINE):
            return None
        if state.age > 1 or state.newest is None:
            return None
        return Cue(None, CHAINED if state.age == 0 else CARRIED, None, "goes on from who spoke before")

    def _said_ahead(self, place: _Place, number: int) -> Cue | None:
        """Return the cue of the next quote, where it follows at once in the same paragraph."""
        for frame in place.frames[number + 1 : number + 2]:
            for index in frame.quotes[:1]:
                quote = self._quotes[index]
                if not frame.before(quote.outer.start):
                    cue = reported_after(frame, quote, self._text)
                    return replace(cue, confidence=CHAINED) if cue else None
        return None

    def _interjected(self, place: _Place, quote: Quote) -> Cue | None:
        """Return the cue of a clause set between dashes inside the marks: «No, — said Pop. — Never»."""
        book = self._shelf.book(place.paragraph)
        for dash in _INTERJECTED.finditer(self._text, quote.span.start, min(quote.span.end, quote.span.start + _FAR)):
            span = Span(dash.end(), min(quote.span.end, dash.end() + _INTERJECTION))
            items = items_of(self._text, span, self._named_in(span), book)
            verb = next((i for i, item in enumerate(items[:2]) if item.roles & Role.VERB), None)
            if verb is not None:
                subject = (first_nominal(items[:verb]) if verb else None) or subject_after(items, verb)
                return Cue(subject, SAID, Span(items[verb].start, items[verb].end), "said inside the quote")
        return None

    def _resolve(self, cue: Cue, state: _State) -> tuple[str | None, float, str]:
        """Return the person a cue points to, how sure that is, and why."""
        subject = cue.subject
        verb = f" (“{cue.span.of(self._text)}”)" if cue.span else ""
        if subject is None:
            return state.newest or None, min(cue.confidence, CHAINED), cue.why + verb
        words = f"{cue.why}{verb}: “{subject.span.of(self._text)}”"
        if subject.who is Who.PERSON and subject.mention is not None:
            mention = self._mentions[subject.mention]
            return mention.person or mention.text, cue.confidence * min(1.0, 0.5 + mention.confidence), words
        if subject.who is Who.PRONOUN:
            person = state.person if state.organisation else state.newest
            if not person and state.only:
                return state.only, min(cue.confidence, 0.6), f"{words}, the only one named before"
            return person or None, min(cue.confidence, 0.8), f"{words}, who acted or spoke before"
        if subject.who is Who.ROLE:
            holders = self._roles.holders(subject)
            if holders:
                person = self._latest(holders, subject.span.start)
                return person, min(cue.confidence, 0.8), f"{words}, as {person} is called in this article"
            known = state.person if state.newest or state.organisation else None
            free = known and (subject.fits is Fits.ANYBODY or not self._roles.has_title(known))
            alike = subject.sure or cue.why != COLON  # "the answer: …" is no role
            if known and free and alike and subject.fits is not Fits.NOBODY and state.age <= 1:
                return known, min(cue.confidence, 0.6), f"{words}, taken for who acted or spoke before"
        return None, 0.0, words

    def _latest(self, people: Sequence[str], position: int) -> str:
        """Return the one of them named last before a position, else the first named at all."""
        if len(people) == 1:
            return people[0]
        before = {person: bisect_left(self._named[person], position) for person in people}
        named = [person for person in people if before[person]]
        if named:
            return max(named, key=lambda person: self._named[person][before[person] - 1])
        return min(people, key=lambda person: self._named[person][0])

    def _share_continued(self) -> None:
        """Give a quote that runs over several paragraphs one speaker."""
        for index, quote in enumerate(self._quotes):
            if quote.continues is not None:
                one, other = self._said.get(quote.continues), self._said.get(index)
                best = max((s for s in (one, other) if s), key=lambda s: s.confidence, default=None)
                self._said[index] = self._said[quote.continues] = best

    def _read_nested(self) -> None:
        """Give a quote inside another the outer one's speaker, unless the words before it name another."""
        for index, quote in enumerate(self._quotes):
            if quote.parent is None:
                continue
            start = max(self._quotes[quote.parent].span.start, quote.outer.start - _INTERJECTION)
            span = Span(start, quote.outer.start)
            items = items_of(self._text, span, self._named_in(span), self._books[index])[-_NESTED_WITHIN:]
            verb = next((i for i in range(len(items) - 1, -1, -1) if items[i].roles & Role.VERB), None)
            if verb is None and not span.of(self._text).rstrip().endswith(":"):
                self._said[index] = self._said.get(quote.parent)
                continue
            subject = subject_before(items, verb) if verb is not None else None
            if subject and subject.mention is not None:
                mention = self._mentions[subject.mention]
                self._said[index] = Speaker(
                    mention.person or mention.text,
                    mention.span,
                    INTRODUCED * min(1.0, 0.5 + mention.confidence),
                    None,
                    f"named inside the quote around it: “{mention.text}”",
                )

    def _named_in(self, span: Span) -> list[tuple[int, Mention]]:
        """Return the mentions inside a span, numbered."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [(i, self._mentions[i]) for i in range(first, last) if self._mentions[i].span.end <= span.end]


def _headline(frame: Frame, quote: Quote, cue: Cue) -> Cue:
    """Return the cue of a headline's colon: its only name speaks, whatever stands before that name."""
    named = [item for item in frame.before(quote.outer.start) if item.mention is not None]
    if (cue.subject and cue.subject.sure) or len(named) != 1:
        return cue
    subject = Subject(Who.PERSON, Span(named[0].start, named[0].end), mention=named[0].mention)
    return replace(cue, subject=subject, confidence=HEADLINE)
