"""Find speech that a dash at the start of a line opens: "— Nu plecăm, a spus Pop. — Rămânem."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.analysis.cues import Role, split_words
from reader.analysis.results import Quote
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.analysis.cues import PhraseBook, Shelf
    from reader.articles.article import Paragraph

_DASHES = "—–―-"
_OPENING = re.compile(rf"[{_DASHES}]\s*(?=\S)")
_LATER = re.compile(r"(?<=[.!?…])\s+(?P<dash>[—–―-]\s+)(?=[^\W\d_a-zа-я])")
# A dash between clauses ("— Nu, — a spus", "—No —dijo Pérez—. Sí"), or a stop before a small letter ("? l-am spus").
_TURN = re.compile(
    r"(?:(?<=[,.!?…])\s*|\s+)(?P<dash>[—–―](?P<stop>[.,])?|-(?=\s))\s*(?=\S)"
    r"|(?P<closing>(?<=\w)[—–―](?P<after>[.,;]?))\s+|(?<=[,?!…])\s+(?P<bare>)(?=[^\W\d_A-Z])"
)
_VERB_WITHIN = 4  # words from the dash to the reporting verb
_VERB_REACH = 120  # characters


def find_spoken_lines(
    text: str, paragraphs: Sequence[Paragraph], quotes: Sequence[Quote], shelf: Shelf
) -> Iterator[Quote]:
    """Yield one quote for each spoken segment of the lines that open with a dash; lists of points are left alone.

    A line counts where a dash in it leads to a reporting verb, or where it stands beside one that counts.
    """
    lines: list[Span | None] = []
    turns: list[list[_Turn]] = []
    inside = _Inside(quotes)
    for paragraph in paragraphs:
        spoken = shelf.language(paragraph).quotes.dialogue_dash
        line = _spoken_part(text, paragraph.span, inside) if spoken else None
        lines.append(line)
        turns.append(list(_turns(text, line, shelf.book(paragraph))) if line else [])
    reported = [any(turn.reports for turn in there) for there in turns]
    for index, line in enumerate(lines):  # an interview: a question, and a line that answers it
        near = [each for each in (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]) if each]
        if line and near and line.of(text).rstrip().endswith("?"):
            reported[index] = True
    for index, line in enumerate(lines):
        whole = line is not None and line.start == paragraphs[index].span.start
        if line is None or not (reported[index] or (whole and any(reported[max(0, index - 1) : index + 2]))):
            continue
        for span, outer in _segments(text, line, turns[index]):
            if any(map(str.isalnum, span.of(text))):
                yield Quote(span, outer, text[outer.start], "", confidence=0.8)


_FEW_WORDS = re.compile(rf"(?:\W*\w+){{0,{_VERB_WITHIN + 2}}}(?:['’-]\w+)*")


class _Inside:
    """Answers whether a position lies inside a quote, for positions that only grow."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self._outer = sorted(quote.outer for quote in quotes if quote.parent is None)
        self._place = 0

    def __call__(self, position: int) -> bool:
        while self._place < len(self._outer) and self._outer[self._place].end <= position:
            self._place += 1
        return self._place < len(self._outer) and self._outer[self._place].start <= position


def _spoken_part(text: str, paragraph: Span, inside: _Inside) -> Span | None:
    """Return the paragraph from the dash that opens speech: at its start, or after a sentence's end."""
    if _OPENING.match(text, paragraph.start, paragraph.end):
        return paragraph
    for match in _LATER.finditer(text, paragraph.start, paragraph.end):
        if not inside(match.end()):
            return Span(match.end() - len(match["dash"]), paragraph.end)
    return None


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where a line may change between speech and report: the text before ends, the text after begins.

    `dash` is None where only a comma or a question mark parts them; `stopped` says that a stop stands there, so
    that speech may go on; `reports` that a reporting verb follows at once.
    """

    before: int
    dash: int | None
    after: int
    stopped: bool
    reports: bool


def _turns(text: str, line: Span, book: PhraseBook) -> Iterator[_Turn]:
    matches = list(_TURN.finditer(text, line.start + 1, line.end))
    for match in matches:
        dash = match.start("dash") if match["dash"] else match.start("closing") if match["closing"] else None
        stopped = text[match.start() - 1] in ",.!?…" or bool(match["stop"] or match["after"])
        within = 1 if dash is None else _VERB_WITHIN if stopped else 2
        reports = _reports(text, match.end(), line.end, book, within, bare=dash is None)
        asked = text[match.start() - 1] in "?!" and text[match.end()].islower()
        yield _Turn(match.start(), dash, match.end(), stopped, reports or asked)


def _reports(text: str, start: int, end: int, book: PhraseBook, within: int, *, bare: bool) -> bool:
    """Say whether a reporting verb follows; after a mere comma it must be the next word."""
    few = _FEW_WORDS.match(text, start, min(end, start + _VERB_REACH))
    words = split_words(text, start, few.end() if few else start)[: _VERB_WITHIN + 2]
    if not words or (words[0].capital and bare):
        return False
    phrases = book.all_in(words)
    return any(phrase.roles & Role.VERB and phrase.first < within for phrase in phrases)


def _segments(text: str, line: Span, turns: Sequence[_Turn]) -> Iterator[tuple[Span, Span]]:
    """Yield the spoken parts of a line, each without and with its dash."""
    opening = _OPENING.match(text, line.start, line.end)
    assert opening is not None
    speaking, dash, start = True, line.start, opening.end()
    for turn in turns:
        if speaking and turn.reports and turn.before >= start:
            yield _spoken(text, start, turn.before), Span(dash, turn.before)
            speaking = False
        elif not speaking and turn.stopped and turn.dash is not None:
            speaking, dash, start = True, turn.dash, turn.after
    if speaking:
        yield _spoken(text, start, line.end), Span(dash, line.end)


def _spoken(text: str, start: int, end: int) -> Span:
    """Trim white space, and the comma that belongs to the reporting clause."""
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return Span(start, end)
