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
_TURN = re.compile(rf"(?<=[,.!?…])\s*(?P<dash>[{_DASHES}])\s+")
_VERB_WITHIN = 4  # words from the dash to the reporting verb
_VERB_REACH = 120  # characters


def find_spoken_lines(
    text: str, paragraphs: Sequence[Paragraph], quotes: Sequence[Quote], shelf: Shelf
) -> Iterator[Quote]:
    """Yield one quote for each spoken segment of the lines that open with a dash; lists of points are left alone.

    A line counts where a dash in it leads to a reporting verb, or where it stands beside one that counts.
    """
    turns: list[list[_Turn] | None] = [None] * len(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        if _OPENING.match(text, *_ends(paragraph)) and shelf.language(paragraph).quotes.dialogue_dash:
            turns[index] = list(_turns(text, paragraph.span, shelf.book(paragraph)))
    reported = [any(turn.reports for turn in line or ()) for line in turns]
    taken = {quote.outer.start for quote in quotes}
    for index, paragraph in enumerate(paragraphs):
        line = turns[index]
        if line is None or not any(reported[max(0, index - 1) : index + 2]):
            continue
        for span, outer in _segments(text, paragraph.span, line):
            if outer.start not in taken and any(map(str.isalnum, span.of(text))):
                yield Quote(span, outer, text[outer.start], "", confidence=0.8)


def _ends(paragraph: Paragraph) -> tuple[int, int]:
    return paragraph.span.start, paragraph.span.end


@dataclass(frozen=True, slots=True)
class _Turn:
    """A dash after a stop or a comma: where the text before it ends, where the one after begins, what it leads to."""

    before: int
    dash: int
    after: int
    reports: bool


def _turns(text: str, line: Span, book: PhraseBook) -> Iterator[_Turn]:
    matches = list(_TURN.finditer(text, line.start + 1, line.end))
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else line.end
        words = split_words(text, match.end(), min(end, match.end() + _VERB_REACH))
        phrases = book.all_in(words[: _VERB_WITHIN + 2])
        reports = any(phrase.roles & Role.VERB and phrase.first < _VERB_WITHIN for phrase in phrases)
        yield _Turn(match.start(), match.start("dash"), match.end(), reports)


def _segments(text: str, line: Span, turns: Sequence[_Turn]) -> Iterator[tuple[Span, Span]]:
    """Yield the spoken parts of a line, each without and with its dash."""
    opening = _OPENING.match(text, line.start, line.end)
    assert opening is not None
    speaking, dash, start = True, line.start, opening.end()
    for turn in turns:
        if speaking and turn.reports:
            yield _spoken(text, start, turn.before), Span(dash, turn.before)
            speaking = False
        elif not speaking:
            speaking, dash, start = True, turn.dash, turn.after
    if speaking:
        yield _spoken(text, start, line.end), Span(dash, line.end)


def _spoken(text: str, start: int, end: int) -> Span:
    """Trim white space, and the comma that belongs to the reporting clause."""
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return Span(start, end)
