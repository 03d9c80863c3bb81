"""Say who spoke each quote: a reporting verb's subject, a name before a colon, or whoever spoke just before.

An organisation or somebody unnamed gives no speaker. Where no file knows the words, whoever acted or spoke before is
a guess, and its confidence says so: below a half it is shown as a suggestion. All knowledge of languages is in
`resources/languages`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.analysis.cast import Cast
from reader.analysis.cues import Role, Shelf
from reader.analysis.hindsight import look_ahead, read_nested, share_continued, share_repeated
from reader.analysis.reporting import COLON, NOBODY, SAID, Cue, find_cue, only_name, reported_after, thus
from reader.analysis.resolving import (
    ANSWERED,
    CHAINED,
    GUESSED,
    IMPLIED,
    SAME_SENTENCE,
    Answer,
    Resolver,
    State,
)
from reader.analysis.results import Quote, QuoteKind, Speaker
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
from reader.analysis.weighing import Model, Rules, Scales, Where
from reader.articles.article import Paragraph, ParagraphKind
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.analysis.cues import PhraseBook
    from reader.analysis.languages import Language
    from reader.analysis.results import Mention, Sentence
    from reader.analysis.scene import Item

CARRIED, HEADLINE, ACTING = 0.6, 0.6, 0.5
_TOLD = (ParagraphKind.BODY, ParagraphKind.TITLE)
_INTERJECTED = re.compile(r"[,.!?…]\s*[—–―-]\s+")
_INTERJECTION = 120  # characters
_FAR = 2000  # characters
_ADDRESSED = 4  # items after a question


@dataclass(frozen=True, slots=True)
class _Place:
    """A laid-out paragraph and its number."""

    number: int
    paragraph: Paragraph
    frames: list[Frame]


def attribute(
    text: str,
    sentences: Sequence[Sentence],
    paragraphs: Sequence[Paragraph],
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    language: Callable[[Paragraph], Language],
    model: Model | None = None,
    scales: type[Scales] = Scales,
) -> tuple[Quote, ...]:
    """Return the quotes with their speakers; `mentions` must carry the names of their people.

    Without a model the rules alone decide. `scales` lets who trains it look on.
    """
    found = _Attribution(text, sentences, paragraphs, quotes, mentions, Shelf(language))
    return found.run(model, scales)


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
        self._untold: dict[int, bool] = {}  # quotes that nothing gives a speaker, and whether nothing tells of any
        self._books: list[PhraseBook] = []
        self._places = list(self._lay_out(sentences, paragraphs))
        frames = [(frame, shelf.book(place.paragraph)) for place in self._places for frame in place.frames]
        self._cast = Cast(mentions, frames)
        self._resolver = Resolver(text, self._cast)
        self._model: Model | None = None
        self._scales: Scales | None = None

    def run(self, model: Model | None, scales: type[Scales]) -> tuple[Quote, ...]:
        """Return the quotes, each with what was found for it."""
        if model is not None and self._quotes:
            titles = [place.paragraph.span for place in self._places if place.paragraph.kind is ParagraphKind.TITLE]
            titled = {mention.person for span in titles for _, mention in self._cast.inside(span)}
            frames = [frame for place in self._places for frame in place.frames]
            self._model, self._scales = model, scales(self._text, self._cast, frames, titled, model.weights)
        state = State()
        for place in self._places:
            if place.paragraph.kind is ParagraphKind.BODY:
                state.age += 1
                self._read(place, state)
            else:  # links keep to themselves; a title may name whom the text begins with
                apart = State()
                self._read(place, apart)
                if place.paragraph.kind is ParagraphKind.TITLE and state.person is None:
                    state = apart
        silent = [index for index, nothing in self._untold.items() if nothing]
        bodies = (place.paragraph.span.start for place in self._places if place.paragraph.kind is ParagraphKind.BODY)
        share_continued(self._quotes, self._said)
        share_repeated(self._text, self._quotes, self._said, self._untold)
        look_ahead(self._quotes, self._said, silent, self._cast, next(bodies, 0))
        read_nested(self._text, self._quotes, self._said, self._cast, self._books)
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
            yield _Place(
                index, paragraph, lay_out(self._text, paragraph.span, spans.get(index, []), quotes, mentions, book)
            )

    def _read(self, place: _Place, state: State) -> None:
        book = self._shelf.book(place.paragraph)
        for number, frame in enumerate(place.frames):
            if all(self._quotes[index].kind is QuoteKind.TERM for index in frame.quotes):
                self._follow(frame, state, book)
            for order, index in enumerate(frame.quotes):
                cue = self._cue(place, number, order, state)
                speech = self._quotes[index].kind is QuoteKind.SPEECH and place.paragraph.kind in _TOLD
                answer = Answer(None, 0.0, "", "untold")
                if cue is not None:
                    answer = self._hear(place, frame, index, cue, state)
                elif speech:
                    self._untold[index] = True
                    if self._quotes[index].span.of(self._text).endswith("?"):
                        state.asked, state.age = state.person, 0  # an interview: the next line is the answer
                if speech and self._scales is not None:
                    self._weigh(place, frame, index, cue, answer, state)

    def _cue(self, place: _Place, number: int, order: int, state: State) -> Cue | None:
        """Return what tells of a quote: its own sentence, the one after it, or who spoke before."""
        frame = place.frames[number]
        quote = self._quotes[frame.quotes[order]]
        cue = find_cue(self._text, frame, quote) or self._interjected(place, quote) or self._closed(place, quote)
        if cue is None or cue.subject is None or not cue.subject.sure:
            cue = self._thus(place, number, quote) or cue
        if cue and cue.why == COLON and place.paragraph.kind is not ParagraphKind.BODY:
            return _headline(frame, quote, cue)
        return self._implied(place, number, order, state) if cue is None and quote.kind is QuoteKind.SPEECH else cue

    def _hear(self, place: _Place, frame: Frame, index: int, cue: Cue, state: State) -> Answer:
        """Note whom a quote's cue means."""
        quote, subject = self._quotes[index], cue.subject
        answer = self._resolver.person(cue, state, self._shelf.book(place.paragraph))
        person = answer.person
        if person is None and (subject is None or not subject.sure):
            self._untold[index] = subject is None or place.paragraph.kind is ParagraphKind.TITLE
        mention = self._cast.mentions[subject.mention].span if subject and subject.mention is not None else None
        self._said[index] = Speaker(person, mention, answer.confidence, cue.span, answer.why) if person else None
        if quote.kind is QuoteKind.SPEECH or subject is not None:
            asked = self._addressed(frame, quote, state) if person is None else None
            state.heard(person, subject)
            state.asked, state.speaker = asked, person
        return answer

    def _weigh(self, place: _Place, frame: Frame, index: int, cue: Cue | None, answer: Answer, state: State) -> None:
        """Weigh whom the rules give a quote against everybody named near, unless a name stands beside its verb."""
        assert self._scales is not None
        assert self._model is not None
        quote, told = self._quotes[index], self._said.get(index)
        begins = quote.outer.start == place.paragraph.span.start
        here = Where(place.number, frame, begins, place.paragraph.kind is ParagraphKind.TITLE)
        if answer.kind != "name":
            gender = self._resolver.gender(cue, self._shelf.book(place.paragraph)) if cue else 0
            role = cue.subject if cue and cue.subject and cue.subject.who in (Who.ROLE, Who.NOBODY) else None
            choice = self._scales.choose(quote, here, Rules(answer.person, answer.kind, gender, role))
            if choice.nobody >= self._model.nobody:
                self._said[index] = None
            elif told and choice.person == told.person:
                self._said[index] = replace(told, confidence=choice.share)
            elif choice.person:
                self._said[index] = Speaker(choice.person, None, choice.share, None, choice.why)
                state.heard(choice.person)
        said = self._said.get(index)
        self._scales.tell(quote, here, said.person if said else None)

    def _addressed(self, frame: Frame, quote: Quote, state: State) -> str | None:
        """Return whom a question was put to: who is named or described after it, else who spoke before."""
        if not quote.span.of(self._text).endswith("?"):
            return None
        for item in frame.after(quote.outer.end)[:_ADDRESSED]:
            if item.mention is not None:
                return self._cast.mentions[item.mention].person
            role = Subject(Who.ROLE, Span(item.start, item.end), words=item.words, fits=Fits.ANYBODY)
            holder = self._cast.holder(role, 0, item.start) if item.plain else None
            if holder:
                return holder
        return state.person

    def _follow(self, frame: Frame, state: State, book: PhraseBook) -> None:
        """Keep track of who acts in a sentence without quotes."""
        verb = next((i for i, item in enumerate(frame.items) if item.roles & Role.VERB), None)
        subject = None
        if verb is not None:
            subject = subject_before(frame.items, verb) or subject_after(frame.items, verb)
        subject = subject or subject_in(frame.items)
        person = (
            self._resolver.person(Cue(subject, 1.0, None, ""), state, book).person if subject and subject.sure else None
        )
        nobody = subject if subject and subject.sure and subject.who is Who.NOBODY else None
        first = first_name(frame.items)
        if nobody and not first and (verb is not None or not nobody.organisation):
            state.heard(None, nobody)
            return
        if person is None:
            named = [item for item in frame.items if item.mention is not None]
            lost = state.person is None or state.unnamed is not None
            first = first or (named_by(named[0]) if named and lost else None)
            person = self._cast.mentions[first.mention].person if first and first.mention is not None else None
        if person:
            state.heard(person)

    def _implied(self, place: _Place, number: int, order: int, state: State) -> Cue | None:
        """Return a cue for a quote that no verb reports: who speaks goes on, or acts in its sentence."""
        frame = place.frames[number]
        quote = self._quotes[frame.quotes[order]]
        before = frame.before(quote.outer.start)
        if order and frame.quotes[order - 1] in self._said:
            return Cue(None, CHAINED, None, SAME_SENTENCE)
        if before:
            subject = subject_in(before)
            only = only_name(before) if subject is None or not subject.sure else None
            if only:
                return Cue(only, GUESSED, None, "the only one named in its sentence")
            return Cue(subject or NOBODY, ACTING, None, IMPLIED)
        led = self._led(place, number, quote)
        if led:
            return led
        if state.asked and state.age <= 1:
            return Cue(None, GUESSED, None, ANSWERED)
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

    def _led(self, place: _Place, number: int, quote: Quote) -> Cue | None:
        """Return what the paragraph before says of a quote that it leads to with a colon at its end."""
        if number or quote.outer.start != place.paragraph.span.start:
            return None
        at = bisect_left(self._places, place.paragraph.span.start, key=lambda each: each.paragraph.span.start) - 1
        frames = self._places[at].frames if at >= 0 else []
        leads = at >= 0 and self._places[at].paragraph.span.of(self._text).rstrip().endswith(":")
        return find_cue(self._text, frames[-1], quote) if leads and frames else None

    def _thus(self, place: _Place, number: int, quote: Quote) -> Cue | None:
        """Return what the sentence after a quote tells of it, where the quote ends its own."""
        if place.frames[number].after(quote.outer.end):
            return None
        frames = place.frames[number + 1 : number + 2]
        if not frames:
            at = bisect_right(self._places, place.paragraph.span.start, key=lambda each: each.paragraph.span.start)
            frames = self._places[at].frames[:1] if at < len(self._places) else []
        return thus(frames[0].items) if frames and not (frames[0].quotes and frames[0].items[:1] == ()) else None

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
            items = items_of(self._text, span, self._cast.inside(span), book)
            verb = next((i for i, item in enumerate(items[:2]) if item.roles & Role.VERB), None)
            if verb is None and _names_at_once(items):
                verb = 0
            if verb is not None:
                subject = (first_nominal(items[:verb]) if verb else None) or subject_after(items, verb)
                return Cue(subject, SAID, Span(items[verb].start, items[verb].end), "said inside the quote")
        return None


def _names_at_once(items: Sequence[Item]) -> bool:
    """Say whether a plain word leads to a name: "smiles Pop"."""
    return len(items) > 1 and items[0].plain and not items[0].capital and items[1].mention is not None


def _headline(frame: Frame, quote: Quote, cue: Cue) -> Cue:
    """Return the cue of a headline's colon: its only name speaks, whatever stands before that name."""
    named = [item for item in frame.before(quote.outer.start) if item.mention is not None]
    told = cue.subject is not None and cue.subject.sure and cue.subject.who is not Who.NOBODY
    if told or len(named) != 1:
        return cue
    subject = Subject(Who.PERSON, Span(named[0].start, named[0].end), mention=named[0].mention)
    return replace(cue, subject=subject, confidence=HEADLINE)
