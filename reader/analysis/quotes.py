"""Find quoted text: a state machine over the marks of each paragraph, with a stack for quotes inside quotes.

Scraped news closes « with ”, forgets marks and mixes conventions, so a mark's neighbours count as much as its
sign: see `marks.Mark`. Every step looks at most `_AHEAD` marks ahead, so the time is linear in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reader.analysis.cues import Shelf
from reader.analysis.dialogue import find_spoken_lines
from reader.analysis.kinds import KindTeller
from reader.analysis.marks import CLOSERS, Mark, find_marks
from reader.analysis.results import Quote
from reader.articles.article import Paragraph, ParagraphKind
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.analysis.languages import Language

    LanguageOf = Callable[[Paragraph], Language]

_DEEPEST = 6  # quotes inside quotes; more is noise
_AHEAD = 40  # marks
_FARTHEST = 8  # paragraphs that one quote without re-opened marks may run over

CERTAIN, REPAIRED, UNCLOSED = 1.0, 0.8, 0.6


@dataclass(slots=True)
class _Found:
    """A quote in the making: positions of its marks; `close` is None while it is open, or where it never closes."""

    open: Mark
    depth: int
    close: Mark | None = None
    end: int = 0  # where an unclosed quote stops
    confidence: float = CERTAIN
    continues: _Found | None = None


@dataclass(slots=True)
class _Line:
    """What the machine made of one paragraph: quotes, those still open at its end, closing marks that close nothing."""

    found: list[_Found] = field(default_factory=list)
    open: list[_Found] = field(default_factory=list)
    stray: list[Mark] = field(default_factory=list)


def find_quotes(text: str, paragraphs: Sequence[Paragraph], language: LanguageOf) -> tuple[Quote, ...]:
    """Return every quote in order of its opening mark, an outer one before those inside it.

    `language` gives the words of the language a paragraph is written in.
    """
    shelf = Shelf(language)
    found: list[_Found] = []
    lines = [_Machine(text, paragraph.span, language(paragraph)).run() for paragraph in paragraphs]
    for index, line in enumerate(lines):
        _end_open_quotes(text, paragraphs, lines, index)
        found.extend(line.found)
    quotes = _as_quotes(text, found)
    quotes.extend(find_spoken_lines(text, paragraphs, quotes, shelf))
    return _in_order(text, paragraphs, quotes, shelf)


class _Machine:
    """Reads the marks of one paragraph from left to right."""

    def __init__(self, text: str, span: Span, language: Language) -> None:
        self._text = text
        marks = self._marks = find_marks(text, span)
        self._inward = "»«" in language.quotes.pairs
        self._line = _Line()
        self._stack = self._line.open
        self._single_ahead = _next_single_closer(marks)

    def run(self) -> _Line:
        """Return what the paragraph holds."""
        for index, mark in enumerate(self._marks):
            if mark.single:
                self._read_single(index, mark)
            elif not self._opens(index, mark):
                self._close(index, mark)
            else:
                self._push(mark)
        self._stack[:] = [quote for quote in self._stack if not quote.open.single or self._speaks_again(quote.open)]
        return self._line

    def _opens(self, index: int, mark: Mark) -> bool:
        """Decide whether a double mark opens; what its sign says gives way to what its neighbours say."""
        inside = self._opener_for(mark) is not None
        match mark.sign:
            case "«" | "„" | "‹" | "‟" | "「" | "『" | "《":
                return not (mark.closes and (inside or self._stack))
            case "»" | "›":
                if not mark.opens or inside:
                    return False
                return self._inward or self._closer_follows(index, mark)
            case "“":
                return mark.opens or (not mark.closes and not self._stack)
            case "”":
                return mark.opens and (not self._stack or self._two_closers_follow(index))
            case '"':
                if mark.opens:
                    return True
                return not (mark.closes or inside or mark.after_digit or mark.in_word) and self._closer_follows(
                    index, mark
                )
            case _:
                return False

    def _push(self, mark: Mark) -> None:
        if len(self._stack) < _DEEPEST:
            self._stack.append(_Found(mark, len(self._stack)))

    def _opener_for(self, mark: Mark) -> int | None:
        """Return the place on the stack of the nearest quote that this mark properly closes."""
        for place in range(len(self._stack) - 1, -1, -1):
            if mark.sign in CLOSERS[self._stack[place].open.sign]:
                return place
        return None

    def _close(self, index: int, mark: Mark) -> None:
        place = self._opener_for(mark)
        confidence = CERTAIN
        if mark.sign == '"' and mark.after_digit and place is not None and self._closes_again(index):
            return  # inches inside a quote
        top = next((i for i in range(len(self._stack) - 1, -1, -1) if not self._stack[i].open.single), None)
        if top is not None and place != top and self._may_close_wrongly(index, mark, top, place):
            place, confidence = top, REPAIRED
        if place is None:
            if mark.closes and not mark.after_digit:
                self._line.stray.append(mark)
            return
        for unclosed in self._stack[place + 1 :]:
            if not unclosed.open.single:
                unclosed.end = mark.span.start
                unclosed.confidence = UNCLOSED
                self._line.found.append(unclosed)
        quote = self._stack[place]
        del self._stack[place:]
        quote.close, quote.confidence = mark, confidence
        self._line.found.append(quote)

    def _may_close_wrongly(self, index: int, mark: Mark, top: int, place: int | None) -> bool:
        """Say whether a mark of another kind closes the innermost quote: no right one comes for it first."""
        if mark.opens or mark.sign in "«„‹":
            return False
        sign = self._stack[top].open.sign
        if place is not None:  # it would close a quote further out: only where another comes for that one
            return self._sign_comes(index, CLOSERS[self._stack[place].open.sign][0], self._stack[place].open.sign)
        return mark.closes and not self._sign_comes(index, CLOSERS[sign], sign)

    def _sign_comes(self, index: int, wanted: str, unless: str) -> bool:
        for mark in self._marks[index + 1 : index + 1 + _AHEAD]:
            if mark.sign in wanted and not mark.opens:
                return True
            if mark.sign == unless:
                return False
        return False

    def _closer_follows(self, index: int, mark: Mark) -> bool:
        ahead = self._marks[index + 1 : index + 1 + _AHEAD]
        return any(later.sign in CLOSERS[mark.sign] and not later.opens for later in ahead)

    def _two_closers_follow(self, index: int) -> bool:
        ahead = [m for m in self._marks[index + 1 : index + 3] if not m.single]
        return len(ahead) > 1 and all(not m.opens and m.sign in '”“"»' for m in ahead)

    def _closes_again(self, index: int) -> bool:
        later = [m for m in self._marks[index + 1 : index + 1 + _AHEAD] if m.sign == '"']
        return bool(later) and later[0].closes

    def _read_single(self, index: int, mark: Mark) -> None:
        """Read a mark that may be an apostrophe: it opens only where something can close it."""
        if mark.in_word:
            return
        place = next((i for i in range(len(self._stack) - 1, -1, -1) if self._stack[i].open.single), None)
        if place is not None and not mark.opens and mark.sign in CLOSERS[self._stack[place].open.sign]:
            if not mark.closes or self._is_possessive(index, mark):
                return
            quote = self._stack[place]
            self._line.found.extend(
                replace(unclosed, end=mark.span.start, confidence=UNCLOSED) for unclosed in self._stack[place + 1 :]
            )
            del self._stack[place:]
            quote.close = mark
            self._line.found.append(quote)
        elif (
            mark.opens
            and mark.sign != "’"
            and place is None
            and (self._has_single_closer(index, mark) or self._speaks_again(mark))
        ):
            self._push(mark)

    def _has_single_closer(self, index: int, mark: Mark) -> bool:
        if not self._text[mark.span.end : mark.span.end + 1].isalpha() and mark.sign == "'":
            return False
        return self._single_ahead[index] is not None

    def _speaks_again(self, mark: Mark) -> bool:
        """Say whether a mark without one that closes begins a sentence, where such marks have held speech before."""
        before = self._text[max(0, mark.span.start - 2) : mark.span.start]
        if len(before) < 2 or before[0] not in ".!?" or not before[1].isspace():
            return False
        if not self._text[mark.span.end : mark.span.end + 1].isupper():
            return False
        return any(quote.close is not None and quote.open.sign == mark.sign for quote in self._line.found)

    def _is_possessive(self, index: int, mark: Mark) -> bool:
        """Say whether the mark is the apostrophe of "the states' rights": a later one closes the quote."""
        before, after = self._text[mark.span.start - 1], self._text[mark.span.end : mark.span.end + 2]
        if before not in "sS" or not (after[:1] == " " and after[1:].islower()):
            return False
        later = self._single_ahead[index]
        return later is not None


def _next_single_closer(marks: list[Mark]) -> list[Mark | None]:
    """Return for each mark the next single mark that may close, None where another opens before it."""
    ahead: list[Mark | None] = [None] * len(marks)
    following: Mark | None = None
    for index in range(len(marks) - 1, -1, -1):
        ahead[index] = following
        mark = marks[index]
        if mark.single and not mark.in_word:
            if mark.closes and mark.sign != "‚":
                following = mark
            elif mark.opens:
                following = None
    return ahead


def _end_open_quotes(text: str, paragraphs: Sequence[Paragraph], lines: list[_Line], index: int) -> None:
    """Give every quote that is open at the end of a paragraph its end: there, or in a paragraph further on."""
    line, end = lines[index], paragraphs[index].span.end
    if not line.open:
        return
    outermost = line.open[0]
    for quote in line.open:
        quote.end, quote.confidence = end, UNCLOSED
    _end_doubled(text, line, outermost)
    line.found.extend(line.open)
    if outermost.close is None and index + 1 < len(lines):
        _carry_over(text, paragraphs, lines, index, outermost)


def _end_doubled(text: str, line: _Line, outer: _Found) -> None:
    """Let «the firm «Rose» end both its quotes with its one mark, as Russian and Ukrainian typists do."""
    inner = [
        quote
        for quote in line.found
        if quote.close is not None and quote.depth == outer.depth + 1 and quote.open.span.start > outer.open.span.start
    ]
    if len(line.open) != 1 or len(inner) != 1 or inner[0].open.sign != outer.open.sign or outer.open.sign == '"':
        return
    close = inner[0].close
    assert close is not None
    lead = text[outer.open.span.end : inner[0].open.span.start].split()
    rest = text[close.span.end : close.span.end + 3].lstrip(" ,")
    if len(lead) <= 3 or rest[:1] in ("—", "–", "-"):
        outer.close, outer.confidence = close, REPAIRED


def _carry_over(text: str, paragraphs: Sequence[Paragraph], lines: list[_Line], index: int, quote: _Found) -> None:
    """Follow a quote into the next paragraphs: re-opened marks link them, a lone closing mark ends it there."""
    if paragraphs[index].kind is not ParagraphKind.BODY:
        return
    for later in range(index + 1, min(len(lines), index + 1 + _FARTHEST)):
        line = lines[later]
        if paragraphs[later].kind is not ParagraphKind.BODY:
            continue
        first = min((f for f in [*line.found, *line.open]), key=lambda f: f.open.span.start, default=None)
        if later == index + 1 and first is not None and first.depth == 0:
            between = text[paragraphs[later].span.start : first.open.span.start]
            if first.open.sign == quote.open.sign and not between.strip():
                first.continues = quote
                quote.confidence = CERTAIN
                return
        stray = next((m for m in line.stray if m.sign in CLOSERS[quote.open.sign] and not _is_within(m, line)), None)
        before = [f for f in [*line.found, *line.open] if stray is None or f.open.span.start < stray.span.start]
        if any(f.depth == 0 and f.open.sign == quote.open.sign for f in before):
            return
        if stray is not None:
            line.stray.remove(stray)
            for inner in [each for each in line.open if each.open.span.start < stray.span.start]:
                line.open.remove(inner)
                inner.end, inner.confidence = stray.span.start, UNCLOSED
                line.found.append(inner)
            quote.close, quote.confidence = stray, REPAIRED
            return


def _is_within(mark: Mark, line: _Line) -> bool:
    """Say whether a mark stands inside a quote that opens and closes in its line."""
    return any(each.close and each.open.span.start < mark.span.start < each.close.span.start for each in line.found)


def _as_quotes(text: str, found: list[_Found]) -> list[Quote]:
    """Turn what was found into quotes, without those that hold no letter or digit; links are by position."""
    place: dict[int, int] = {}
    quotes: list[Quote] = []
    for quote in sorted(found, key=lambda f: (f.open.span.start, -(f.close.span.end if f.close else f.end))):
        inner_end = quote.close.span.start if quote.close else quote.end
        outer_end = quote.close.span.end if quote.close else quote.end
        span = trim(text, Span(quote.open.span.end, max(quote.open.span.end, inner_end)))
        if not any(map(str.isalnum, span.of(text))):
            continue
        place[id(quote)] = quote.open.span.start
        close = quote.close.span.of(text) if quote.close else ""
        quotes.append(
            Quote(
                span=span,
                outer=Span(quote.open.span.start, outer_end),
                open=quote.open.span.of(text),
                close=close,
                confidence=quote.confidence,
                continues=place.get(id(quote.continues)) if quote.continues else None,
            )
        )
    return quotes


def trim(text: str, span: Span) -> Span:
    """Return the span without the white space at its ends, no-break spaces included."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _in_order(text: str, paragraphs: Sequence[Paragraph], quotes: list[Quote], shelf: Shelf) -> tuple[Quote, ...]:
    """Sort the quotes, find each one's parent, and turn links by position into links by index."""
    quotes.sort(key=lambda q: (q.outer.start, -q.outer.end))
    index_of = {quote.outer.start: index for index, quote in enumerate(quotes)}
    result: list[Quote] = []
    around: list[int] = []
    paragraph, teller = -1, None
    for index, quote in enumerate(quotes):
        while around and quotes[around[-1]].outer.end <= quote.outer.start:
            around.pop()
        while paragraph + 1 < len(paragraphs) and paragraphs[paragraph + 1].span.start <= quote.outer.start:
            paragraph, teller = paragraph + 1, None
        if teller is None:
            there = paragraphs[paragraph]
            teller = KindTeller(text, there.span, shelf.book(there))
        linked = index_of.get(quote.continues) if quote.continues is not None else None
        told = teller.tell(replace(quote, parent=around[-1] if around else None, continues=linked))
        result.append(replace(told, evidence=told.evidence + _doubt(quote)))
        around.append(index)
    return tuple(result)


def _doubt(quote: Quote) -> str:
    """Return, in words, why a quote's span is not certain."""
    if quote.confidence >= CERTAIN:
        return ""
    if quote.close:
        return "; closed by a mark of another kind, or in another place"
    return "; speech after a dash" if quote.open in "—–―-" else "; no mark closes it"
