"""Say who spoke each quote: a reporting verb's subject, a name before a colon, or whoever spoke just before.

Saying nothing beats saying wrong: an organisation, an unnamed person or a noun that no file knows ends the chain
and gives no speaker. All knowledge of languages is in `resources/languages`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.analysis.cues import Role, Shelf, split_words
from reader.analysis.gender import GenderBook
from reader.analysis.reporting import COLON, INTRODUCED, NOBODY, SAID, Cue, find_cue, only_name, reported_after
from reader.analysis.results import Quote, QuoteKind, Speaker
from reader.analysis.roles import RoleBook, stems
from reader.analysis.scene import Frame, items_of, lay_out
from reader.analysis.subjects import (
    Fits,
    Subject,
    Who,
    first_name,
    first_nominal,
    named_by,
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
PRONOUN, ROLE, GUESSED = 0.8, 0.6, 0.4
IMPLICIT = "the subject of its sentence"
_INTERJECTED = re.compile(r"[,.!?…]\s*[—–―-]\s+")
_INTERJECTION = 120  # characters
_FAR = 2000  # characters
_SOON = 300  # characters
_ALIKE = 4  # words
_TOLD = (ParagraphKind.BODY, ParagraphKind.TITLE)
_BACK = 12  # mentions in which the one that a pronoun means is looked for
_NEAR = 4  # mentions in which somebody of unknown gender may be meant
_NESTED_WITHIN = 8  # items between a verb and the quote inside a quote


@dataclass(slots=True)
class _State:
    """Who spoke or acted last, as the text goes on.

    `person` is the last one that had a name; `unnamed` are the words for somebody without one who has spoken since,
    and `organisation` says that an organisation or several people have, so that a quote that nothing reports can't
    be that person's. `age` counts paragraphs since.
    """

    person: str | None = None
    unnamed: tuple[str, ...] | None = None
    organisation: bool = False
    age: int = 0

    def heard(self, person: str | None, subject: Subject | None = None) -> None:
        """Note who spoke or acted: a person, or (None) what the subject tells of nobody."""
        self.age = 0
        if person:
            self.person, self.unnamed, self.organisation = person, None, False
        elif subject is not None and subject.sure:
            self.organisation = subject.organisation
            self.unnamed = None if subject.organisation else subject.words

    def same(self, words: Sequence[str]) -> bool:
        """Say whether words mean somebody unnamed who has spoken: "the neighbour", after "a neighbour"."""
        return not set(stems(words)).isdisjoint(stems(self.unnamed or ()))


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
        self._open: dict[int, bool] = {}  # quotes that nothing gives a speaker, and whether nothing tells of any
        self._starts = [mention.span.start for mention in mentions]
        self._named: dict[str, list[int]] = {}
        for mention in mentions:
            self._named.setdefault(mention.person, []).append(mention.span.start)
        self._places = list(self._lay_out(sentences, paragraphs))
        framed = ((frame, shelf.book(place.paragraph)) for place in self._places for frame in place.frames)
        self._genders = GenderBook(framed, mentions)
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
                if place.paragraph.kind is ParagraphKind.TITLE and state.person is None:
                    state = apart
        self._share_continued()
        self._share_repeated()
        self._look_ahead()
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
        book = self._shelf.book(place.paragraph)
        for number, frame in enumerate(place.frames):
            if all(self._quotes[index].kind is QuoteKind.TERM for index in frame.quotes):
                self._follow(frame, state, book)
            for order, index in enumerate(frame.quotes):
                quote = self._quotes[index]
                cue = (
                    find_cue(self._text, frame, quote) or self._interjected(place, quote) or self._closed(place, quote)
                )
                if cue and cue.why == COLON and place.paragraph.kind is not ParagraphKind.BODY:
                    cue = _headline(frame, quote, cue)
                if cue is None and quote.kind is QuoteKind.SPEECH:
                    cue = self._implied(place, number, order, state)
                if cue is None:
                    if quote.kind is QuoteKind.SPEECH and place.paragraph.kind in _TOLD:
                        self._open[index] = True
                    continue
                person, confidence, why = self._resolve(cue, state, book)
                if person is None and (cue.subject is None or not cue.subject.sure):
                    self._open[index] = cue.subject is None or place.paragraph.kind is ParagraphKind.TITLE
                mention = (
                    self._mentions[cue.subject.mention].span
                    if cue.subject and cue.subject.mention is not None
                    else None
                )
                self._said[index] = Speaker(person, mention, confidence, cue.span, why) if person else None
                if quote.kind is QuoteKind.SPEECH or cue.subject is not None:
                    state.heard(person, cue.subject)

    def _follow(self, frame: Frame, state: _State, book: PhraseBook) -> None:
        """Keep track of who acts in a sentence without quotes."""
        verb = next((i for i, item in enumerate(frame.items) if item.roles & Role.VERB), None)
        subject = None
        if verb is not None:
            subject = subject_before(frame.items, verb) or subject_after(frame.items, verb)
        subject = subject or subject_in(frame.items)
        person = self._resolve(Cue(subject, 1.0, None, ""), state, book)[0] if subject and subject.sure else None
        nobody = subject if subject and subject.sure and subject.who is Who.NOBODY else None
        if nobody and (verb is not None or not nobody.organisation):
            state.heard(None, nobody)
            return
        if person is None:
            named = [item for item in frame.items if item.mention is not None]
            first = first_name(frame.items) or (named_by(named[0]) if named and state.person is None else None)
            person = self._mentions[first.mention].person if first and first.mention is not None else None
        if person:
            state.heard(person)

    def _implied(self, place: _Place, number: int, order: int, state: _State) -> Cue | None:
        """Return a cue for a quote that no verb reports: who speaks goes on, or acts in its sentence."""
        frame = place.frames[number]
        quote = self._quotes[frame.quotes[order]]
        before = frame.before(quote.outer.start)
        if order and frame.quotes[order - 1] in self._said:
            return Cue(None, CHAINED, None, "goes on in the same sentence")
        if before:
            subject = subject_in(before)
            only = only_name(before) if subject is None or not subject.sure else None
            if only:
                return Cue(only, GUESSED, None, "the only one named in its sentence")
            return Cue(subject or NOBODY, IMPLIED, None, IMPLICIT)
        if quote.outer.start == place.paragraph.span.start and not quote.close and quote.continues is None:
            return None  # a dialogue: the next line is another's
        ahead = self._said_ahead(place, number)
        if ahead and not (number and state.age == 0):
            return ahead
        if place.paragraph.kind in (ParagraphKind.NOTICE, ParagraphKind.BYLINE):
            return None
        if state.age > 1:
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

    def _closed(self, place: _Place, quote: Quote) -> Cue | None:
        """Return what reports a quote where it ends, in a paragraph after the one it opens in."""
        if quote.outer.end <= place.paragraph.span.end:
            return None
        at = bisect_right(self._places, quote.outer.end, key=lambda later: later.paragraph.span.start) - 1
        frames = self._places[at].frames
        if not frames or quote.outer.end >= frames[-1].end:
            return None
        last = bisect_right(frames, quote.outer.end, key=lambda frame: frame.start) - 1
        return reported_after(frames[max(0, last)], quote, self._text)

    def _interjected(self, place: _Place, quote: Quote) -> Cue | None:
        """Return the cue of a clause set between dashes inside the marks: «No, — said Pop. — Never»."""
        book = self._shelf.book(place.paragraph)
        for dash in _INTERJECTED.finditer(self._text, quote.span.start, min(quote.span.end, quote.span.start + _FAR)):
            span = Span(dash.end(), min(quote.span.end, dash.end() + _INTERJECTION))
            items = items_of(self._text, span, self._named_in(span), book)
            verb = next((i for i, item in enumerate(items[:2]) if item.roles & Role.VERB), None)
            if (
                verb is None
                and len(items) > 1
                and items[0].plain
                and not items[0].capital
                and items[1].mention is not None
            ):
                verb = 0  # "smiles Pop"
            if verb is not None:
                subject = (first_nominal(items[:verb]) if verb else None) or subject_after(items, verb)
                return Cue(subject, SAID, Span(items[verb].start, items[verb].end), "said inside the quote")
        return None

    def _resolve(self, cue: Cue, state: _State, book: PhraseBook) -> tuple[str | None, float, str]:
        """Return the person a cue points to, how sure that is, and why."""
        subject = cue.subject
        verb = f" (“{cue.span.of(self._text)}”)" if cue.span else ""
        gender = self._told_gender(cue, book)
        last = self._agreeing(state.person, gender, cue)
        if subject is None:
            goes_on = not state.organisation and state.unnamed is None
            return last if goes_on else None, min(cue.confidence, CHAINED), cue.why + verb
        words = f"{cue.why}{verb}: “{subject.span.of(self._text)}”"
        if subject.who is Who.PERSON and subject.mention is not None:
            mention = self._mentions[subject.mention]
            return mention.person or mention.text, cue.confidence * min(1.0, 0.5 + mention.confidence), words
        if subject.who is Who.NOBODY and subject.sure:
            return None, 0.0, words
        if subject.who is not Who.PRONOUN:
            holders = [one for one in self._roles.holders(subject) if self._genders.of(one) != -gender or not gender]
            if holders:
                person = self._latest(holders, subject.span.start)
                return person, min(cue.confidence, 0.8), f"{words}, as {person} is called in this article"
        if subject.who is Who.PRONOUN and state.unnamed is not None:
            return None, 0.0, words
        vague = not subject.sure and cue.why in (COLON, IMPLICIT)  # "the answer: …" is no role
        if not last or vague or subject.unnamed or state.same(subject.words):
            return None, 0.0, words
        sure = PRONOUN if subject.who is Who.PRONOUN else ROLE if self._may_hold(last, subject) else GUESSED
        return last, min(cue.confidence, sure), f"{words}, taken for who acted or spoke before"

    def _told_gender(self, cue: Cue, book: PhraseBook) -> int:
        """Return the gender that a cue's subject or verb tells, 0 where they tell none."""
        subject = cue.subject
        told = book.gender((*subject.article, *subject.words)) if subject else 0
        if told or cue.span is None:
            return told
        return book.verb_gender([word.folded for word in split_words(self._text, cue.span.start, cue.span.end)])

    def _agreeing(self, person: str | None, gender: int, cue: Cue) -> str | None:
        """Return a person unless the gender told is another; then the last one named before who agrees."""
        if not gender or person is None or self._genders.of(person) != -gender:
            return person
        place = cue.subject.span if cue.subject else cue.span
        end = bisect_left(self._starts, place.start) if place else 0
        named = [mention.person for mention in reversed(self._mentions[max(0, end - _BACK) : end])]
        agreeing = [other for other in named if self._genders.of(other) == gender]
        unknown = [other for other in named[:_NEAR] if not self._genders.of(other)]
        return next(iter([*agreeing, *unknown]), None)

    def _may_hold(self, person: str, role: Subject) -> bool:
        """Say whether nothing speaks against a person's being who a role means."""
        if role.fits is Fits.NOBODY or not role.sure:
            return False
        return role.fits is Fits.ANYBODY or not self._roles.has_title(person)

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

    def _share_repeated(self) -> None:
        """Give a quote without a speaker, often a headline's, that of a quote that says the same."""
        by_words: dict[tuple[str, ...], Speaker] = {}
        for index, quote in enumerate(self._quotes):
            speaker = self._said.get(index)
            if speaker is not None:
                for words in self._stretches(quote):
                    by_words.setdefault(words, speaker)
        for index in self._open:
            said = next((by_words[w] for w in self._stretches(self._quotes[index]) if w in by_words), None)
            if said is not None and self._said.get(index) is None:
                why = f"says the same as a quote that has its speaker: {said.evidence}"
                self._said[index] = Speaker(said.person, said.mention, min(said.confidence, CARRIED), None, why)

    def _stretches(self, quote: Quote) -> Iterator[tuple[str, ...]]:
        words = [
            word.folded
            for word in split_words(self._text, quote.span.start, min(quote.span.end, quote.span.start + _FAR))
        ]
        for first in range(len(words) - _ALIKE + 1):
            yield tuple(words[first : first + _ALIKE])

    def _look_ahead(self) -> None:
        """Give a quote that stands before all names the first that follows soon: "With these words X began …"."""
        for index in (index for index, silent in self._open.items() if silent):
            quote = self._quotes[index]
            after = bisect_left(self._starts, quote.outer.end)
            soon = after < len(self._starts) and self._starts[after] < quote.outer.end + _SOON
            if self._said.get(index) is None and soon and not self._named_before(quote):
                mention = self._mentions[after]
                why = f"nobody is named before; “{mention.text}” is the first after"
                self._said[index] = Speaker(mention.person or mention.text, mention.span, GUESSED, None, why)

    def _named_before(self, quote: Quote) -> bool:
        """Say whether the body names anybody before a quote; a title may have its quote from the body."""
        first = next((place for place in self._places if place.paragraph.kind is ParagraphKind.BODY), None)
        start = first.paragraph.span.start if first else 0
        return bisect_left(self._starts, quote.outer.start) > bisect_left(self._starts, min(start, quote.outer.start))

    def _read_nested(self) -> None:
        """Give a quote inside another the outer one's speaker, unless the words before it tell of another."""
        for index, quote in enumerate(self._quotes):
            if quote.parent is None:
                continue
            outer = self._quotes[quote.parent]
            start = max(outer.span.start, quote.outer.start - _INTERJECTION)
            span = Span(start, quote.outer.start)
            items = items_of(self._text, span, self._named_in(span), self._books[index])[-_NESTED_WITHIN:]
            verb = next((i for i in range(len(items) - 1, -1, -1) if items[i].roles & Role.VERB), None)
            subject = subject_before(items, verb) if verb is not None else None
            told = verb is not None or span.of(self._text).rstrip().endswith(":")
            own = self._books[index].of_oneself([word for item in items for word in item.words])
            if subject and subject.mention is not None:
                mention = self._mentions[subject.mention]
                sure = INTRODUCED * min(1.0, 0.5 + mention.confidence)
                why = f"named inside the quote around it: “{mention.text}”"
                self._said[index] = Speaker(mention.person or mention.text, mention.span, sure, None, why)
            elif subject and subject.who is Who.PRONOUN:
                self._said[index] = self._another(subject, outer, self._books[index], self._said.get(quote.parent))
            elif own or not told:
                self._said[index] = self._said.get(quote.parent)

    def _another(self, subject: Subject, outer: Quote, book: PhraseBook, speaker: Speaker | None) -> Speaker | None:
        """Return whom "he" means inside a quote: the last one named before it, who doesn't speak it."""
        gender = book.gender(subject.words)
        end = bisect_left(self._starts, subject.span.start)
        for mention in reversed(self._mentions[max(0, end - _BACK) : end]):
            other = speaker is None or mention.person != speaker.person
            if other and (not gender or self._genders.of(mention.person) != -gender):
                said = f"“{subject.span.of(self._text)}”, taken for the last one named before"
                return Speaker(mention.person or mention.text, None, GUESSED, None, said)
        return None

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
