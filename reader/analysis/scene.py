"""A paragraph laid out for the question who speaks: names, cues and plain words outside its quotes, in frames."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reader.analysis.cues import Role, split_words
from reader.analysis.results import QuoteKind
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.analysis.cues import PhraseBook, Word
    from reader.analysis.results import Mention, Quote

HOLE, TERM = "\x00", "\x01"  # what a quote leaves in the gap between two items
_REACH = 80  # items
_ASIDE = re.compile(r"\s*\([^()]{1,40}\)")
_ARTICLE = 3  # letters
_new = tuple.__new__  # what `Item(…)` does, in a quarter of the time
_SHORTEST_NOUN = 4  # letters, less one


class Item(NamedTuple):
    """A name, a phrase of the language file, or a plain word.

    `gap` is what stands between it and the one before; speech shows in it as `HOLE`, a quoted term as `TERM`.
    `noun` is false for a bare word of a language with articles.
    """

    start: int
    end: int
    words: tuple[str, ...]
    capital: bool
    gap: str
    roles: int
    mention: int | None = None
    noun: bool = True

    @property
    def plain(self) -> bool:
        """Say whether it is a word that no file knows."""
        return self.mention is None and not self.roles


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence as far as it stands outside quotes, with the quotes that stand in it (indices, outermost only)."""

    start: int
    end: int
    items: tuple[Item, ...]
    quotes: tuple[int, ...]

    def before(self, position: int) -> tuple[Item, ...]:
        """Return the items before a position, as far as a subject may be away."""
        end = bisect_right(self.items, position, key=lambda item: item.end)
        return self.items[max(0, end - _REACH) : end]

    def after(self, position: int) -> tuple[Item, ...]:
        """Return the items after a position, as far as a subject may be away."""
        start = bisect_left(self.items, position, key=lambda item: item.start)
        return self.items[start : start + _REACH]


def lay_out(
    text: str,
    paragraph: Span,
    sentences: Sequence[Span],
    quotes: Sequence[tuple[int, Quote]],
    mentions: Sequence[tuple[int, Mention]],
    book: PhraseBook,
) -> list[Frame]:
    """Return the frames of a paragraph; `quotes` are its outermost ones, numbered, as are its `mentions`.

    A sentence that begins in the middle of a quote, or with a small letter, is the same frame as the one before.
    """
    outside = _not_in_names(quotes, mentions)
    bounds = [paragraph.start]
    place = name = 0
    marked = [quote.outer.start for _, quote in outside if _begins_sentence(text, paragraph, quote)]
    for start in sorted({*marked, *(sentence.start for sentence in sentences)}):
        while place < len(outside) and outside[place][1].outer.end <= start:
            place += 1
        while name < len(mentions) and mentions[name][1].span.end <= start:
            name += 1
        if place < len(outside) and outside[place][1].outer.start < start:
            if start > outside[place][1].span.start:
                continue
            start = outside[place][1].outer.start  # the mark went with the sentence before it
        inside = name < len(mentions) and mentions[name][1].span.start < start
        if start > bounds[-1] and not inside and not text[start].islower():
            bounds.append(start)
    bounds.append(max([paragraph.end, *(quote.outer.end for _, quote in outside)]))
    holes = [(quote.outer, HOLE if quote.kind is QuoteKind.SPEECH else TERM) for _, quote in outside]
    items = _items(text, paragraph, holes, mentions, book)
    starts = [item.start for item in items]
    opens = [quote.outer.start for _, quote in outside]
    frames = []
    for start, end in pairwise(bounds):
        held = outside[bisect_left(opens, start) : bisect_left(opens, end)]
        there = items[bisect_left(starts, start) : bisect_left(starts, end)]
        frames.append(Frame(start, end, tuple(there), tuple(index for index, _ in held)))
    return frames


def _begins_sentence(text: str, paragraph: Span, quote: Quote) -> bool:
    """Say whether a full stop stands before a quote and a capital inside it, however odd the mark between them."""
    before = text[max(paragraph.start, quote.outer.start - 3) : quote.outer.start].rstrip()
    return before.endswith((".", "!", "?", "…")) and text[quote.span.start].isupper()


def _not_in_names(
    quotes: Sequence[tuple[int, Quote]], mentions: Sequence[tuple[int, Mention]]
) -> list[tuple[int, Quote]]:
    """Leave out the nickname in Cristi „Doc” Pop: it stands inside the name."""
    starts = [mention.span.start for _, mention in mentions]
    kept = []
    for index, quote in quotes:
        before = bisect_left(starts, quote.outer.start) - 1
        if before < 0 or mentions[before][1].span.end < quote.outer.end:
            kept.append((index, quote))
    return kept


def items_of(text: str, span: Span, mentions: Sequence[tuple[int, Mention]], book: PhraseBook) -> list[Item]:
    """Return the items of a stretch, as though it held no quotes."""
    return _items(text, span, [], mentions, book)


def _items(
    text: str, span: Span, holes: Sequence[tuple[Span, str]], mentions: Sequence[tuple[int, Mention]], book: PhraseBook
) -> list[Item]:
    """Read the runs between the holes from left to right; a hole leaves its sign in the gap of the next item."""
    found: list[Item] = []
    names = deque((index, mention.span) for index, mention in mentions)
    gap, last, start = "", span.start, span.start
    for hole, sign in [*holes, (Span(span.end, span.end), "")]:
        end = max(start, hole.start)
        words_here = [word for part in _outside_asides(text, start, end) for word in split_words(text, *part)]
        for first, all_words, roles, mention in _run(words_here, names, book):
            words = (first.folded,) if len(all_words) == 1 else tuple([word.folded for word in all_words])
            article = bool(found and found[-1].roles & (Role.DEFINITE | Role.INDEFINITE))
            noun = first.capital or article or not book.articles
            there = text[last : first.start]
            there = gap + (_ASIDE.sub(" ", there) if "(" in there else there)
            item = (first.start, all_words[-1].end, words, first.capital, there, roles, mention, noun)
            found.append(_new(Item, item))
            gap, last = "", all_words[-1].end
        gap += text[last : hole.start] + sign
        last = start = max(start, hole.end)
    return list(_read_again(found, book))


def _read_again(items: Sequence[Item], book: PhraseBook) -> Iterator[Item]:
    """Yield the items as their neighbours show them: "Council leader X" has no council, "la Capitaneria" is one."""
    inside = False  # a name of several words that no person has: "United Moors Water"
    for place, item in enumerate(items):
        after = items[place + 1] if place + 1 < len(items) else None
        near = after is not None and not after.gap.strip()
        inside = (inside and not item.gap.strip()) or _is_long_name(items, place)
        inside = inside and item.plain and item.capital and not book.capital_nouns
        if book.articles and item.roles & Role.ORGANISATION and after is not None and near and after.roles & Role.TITLE:
            yield item._replace(roles=item.roles & ~Role.ORGANISATION)
            continue
        alone = after is not None and near and bool(after.roles & Role.VERB)
        article = book.articles and place > 0 and _is_article(items[place - 1], item)
        named = item.plain and item.capital and not book.capital_nouns and article and alone
        yield item._replace(roles=Role.ORGANISATION) if named or inside else item


def _is_long_name(items: Sequence[Item], place: int) -> bool:
    """Say whether plain words with capitals follow one another: two, or three where a sentence begins."""
    if not (items[place].capital and items[place].plain):
        return False
    begins = not place or any(char in ".!?…:" + HOLE for char in items[place].gap)
    run = items[place : place + (3 if begins else 2)]
    whole = len(run) == (3 if begins else 2)
    return whole and all(i.plain and i.capital for i in run) and not any(i.gap.strip() for i in run[1:])


def _is_article(before: Item, item: Item) -> bool:
    return bool(before.roles & Role.DEFINITE) and len(before.words[0]) <= _ARTICLE and not item.gap.strip()


def _outside_asides(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a run outside short parentheses: "(CDU)" parts no name from its verb."""
    for aside in _ASIDE.finditer(text, start, end):
        yield start, aside.start()
        start = aside.end()
    yield start, end


def _run(
    words: list[Word], names: deque[tuple[int, Span]], book: PhraseBook
) -> Iterator[tuple[Word, list[Word], int, int | None]]:
    """Yield names, phrases and plain words; names go before phrases."""
    position = 0
    while position < len(words):
        word = words[position]
        while names and names[0][1].end <= word.start:
            names.popleft()
        after, roles, mention = position + 1, 0, None
        if names and names[0][1].start <= word.start:
            mention = names[0][0]
            while after < len(words) and words[after].start < names[0][1].end:
                after += 1
        else:
            phrase = book.at(words, position)
            if phrase and not (names and words[phrase.last - 1].end > names[0][1].start):
                after, roles = phrase.last, phrase.roles
                if roles & Role.PREPOSITION and not word.capital:
                    roles &= ~Role.ORGANISATION  # Polish "po" is a party too
            elif len(word.folded) > _SHORTEST_NOUN and not (word.capital and position):
                roles = book.of_ending(word)
        yield word, words[position:after], roles, mention
        position = after
