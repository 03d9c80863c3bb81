"""Say who spoke quotes that only the whole article tells of: gone on with, said again, nested, or before all names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.analysis.cues import Role, split_words
from reader.analysis.reporting import INTRODUCED, only_name
from reader.analysis.resolving import GUESSED
from reader.analysis.results import Speaker
from reader.analysis.scene import items_of
from reader.analysis.subjects import Subject, Who, subject_before
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.analysis.cast import Cast
    from reader.analysis.cues import PhraseBook
    from reader.analysis.results import Quote
    from reader.analysis.scene import Item

    Said = dict[int, Speaker | None]

_REPEATED = 0.6
_LEAD = 120  # characters before a nested quote that may tell of it
_WITHIN = 8  # items of them
_FAR = 2000  # characters
_SOON = 300  # characters
_ALIKE = 4  # words


def share_continued(quotes: Sequence[Quote], said: Said) -> None:
    """Give a quote that runs over several paragraphs one speaker."""
    for index, quote in enumerate(quotes):
        if quote.continues is not None:
            one, other = said.get(quote.continues), said.get(index)
            best = max((s for s in (one, other) if s), key=lambda s: s.confidence, default=None)
            said[index] = said[quote.continues] = best


def share_repeated(text: str, quotes: Sequence[Quote], said: Said, untold: Iterable[int]) -> None:
    """Give a quote without a speaker, often a headline's, that of a quote that says the same."""
    by_words: dict[tuple[str, ...], Speaker] = {}
    for index, quote in enumerate(quotes):
        speaker = said.get(index)
        if speaker is not None:
            for words in _stretches(text, quote):
                by_words.setdefault(words, speaker)
    for index in untold:
        same = next((by_words[words] for words in _stretches(text, quotes[index]) if words in by_words), None)
        if same is not None and said.get(index) is None:
            why = f"says the same as a quote that has its speaker: {same.evidence}"
            said[index] = Speaker(same.person, same.mention, min(same.confidence, _REPEATED), None, why)


def _stretches(text: str, quote: Quote) -> Iterator[tuple[str, ...]]:
    end = min(quote.span.end, quote.span.start + _FAR)
    words = [word.folded for word in split_words(text, quote.span.start, end)]
    return (tuple(words[first : first + _ALIKE]) for first in range(len(words) - _ALIKE + 1))


def look_ahead(quotes: Sequence[Quote], said: Said, untold: Iterable[int], cast: Cast, body: int) -> None:
    """Give a quote that stands before all names of the body, which begins at `body`, the first that follows soon."""
    first = cast.after(body)
    for index in untold:
        end = quotes[index].outer.end
        named = first is not None and first.span.start < quotes[index].outer.start
        mention = None if named else cast.after(end)
        if said.get(index) is None and mention is not None and mention.span.start < end + _SOON:
            why = f"nobody is named before; “{mention.text}” is the first after"
            said[index] = Speaker(mention.person or mention.text, mention.span, GUESSED, None, why)


def read_nested(text: str, quotes: Sequence[Quote], said: Said, cast: Cast, books: Sequence[PhraseBook]) -> None:
    """Give a quote inside another the outer one's speaker, unless the words before it tell of another."""
    for index, quote in enumerate(quotes):
        if quote.parent is None:
            continue
        book, outer = books[index], said.get(quote.parent)
        span = Span(max(quotes[quote.parent].span.start, quote.outer.start - _LEAD), quote.outer.start)
        items = items_of(text, span, cast.inside(span), book)[-_WITHIN:]
        verb = next((i for i in range(len(items) - 1, -1, -1) if items[i].roles & Role.VERB), None)
        subject = subject_before(items, verb) if verb is not None else None
        told = verb is not None or span.of(text).rstrip().endswith(":")
        if subject and subject.mention is not None:
            mention = cast.mentions[subject.mention]
            sure = INTRODUCED * min(1.0, 0.5 + mention.confidence)
            why = f"named inside the quote around it: “{mention.text}”"
            said[index] = Speaker(mention.person or mention.text, mention.span, sure, None, why)
        elif subject and subject.who is Who.PRONOUN:
            said[index] = _another(text, subject, book, cast, outer)
        elif not told or book.of_oneself([word for item in items for word in item.words]):
            said[index] = outer
        elif subject is None or not subject.sure:
            said[index] = _only_one(items, cast)


def _only_one(items: Sequence[Item], cast: Cast) -> Speaker | None:
    """Return the only person named before a quote inside another, where no file knows the words that tell of it."""
    only = only_name(items)
    if only is None or only.mention is None:
        return None
    mention = cast.mentions[only.mention]
    why = f"the only one named before it inside the quote around it: “{mention.text}”"
    return Speaker(mention.person or mention.text, mention.span, GUESSED, None, why)


def _another(text: str, pronoun: Subject, book: PhraseBook, cast: Cast, outer: Speaker | None) -> Speaker | None:
    """Return whom "he" means inside a quote: the last one named before it, who doesn't speak it."""
    gender = book.gender(pronoun.words)
    for mention in cast.before(pronoun.span.start):
        if (outer is None or mention.person != outer.person) and cast.fits(mention.person, gender):
            why = f"“{pronoun.span.of(text)}”, taken for the last one named before"
            return Speaker(mention.person or mention.text, None, GUESSED, None, why)
    return None
