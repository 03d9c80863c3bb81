"""Quote marks as they stand in a text: where they are, and which way their neighbours say they face."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# What may close each opening mark. The first is what it should be; the rest are seen often enough to be right too.
CLOSERS = {
    "«": "»«",
    "»": "«»",
    "„": '”“"‟„',
    "“": '”“"',
    "”": "”",
    "‟": "”",
    '"': '"”“',
    "‹": "›‹",
    "›": "‹›",
    "‚": "‘’'",
    "‘": "’'",
    "'": "'’",
    "「": "」",
    "『": "』",
    "《": "》",
}
SINGLES = frozenset("‚‘'’")

# Marks typed with more than one character, or with a look-alike, and the mark they stand for.
_SPELLINGS = {
    ",,": "„",
    "``": "“",
    "''": '"',
    '""': '"',
    "<<": "«",
    ">>": "»",
    "″": '"',
    "＂": '"',
    "‛": "‘",
    "&quot;": '"',
}
_MARK = re.compile(
    r"""(?P<noise>"{3,}|'{3,}|`{3,}|<{3,}|>{3,}|,{3,})"""
    r"""|&quot;|''|""|``|<<|>>|,,|["„“”‟«»‹›‚‘’‛'″＂「」『』《》]"""
)
# Marks inside these belong to the machine, not to the prose.
_MACHINE = re.compile(r"""https?://[^\s"«»„“”<>]+|www\.[^\s"«»„“”<>]+|(?<!<)<[a-zA-Z/!][^<>\n]{0,400}>(?!>)""")

_TRANSPARENT = frozenset(
    "*_\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
_BEFORE_OPEN = frozenset("([{<—–-―−/=|•·>¿¡~")
_AFTER_CLOSE = frozenset(".,;:!?…)]}—–-―−/|>")
_NOT_FIRST = frozenset(".,;:!?)]}")
_REACH = 8  # how many invisible characters or further marks a neighbour may be away


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: the sign it stands for, and whether its neighbours allow it to open, to close, or decide nothing.

    `opens` and `closes` are exclusive; both are false where a mark stands between two letters or two spaces.
    `after_digit` is true for what may be inches, minutes or a year's apostrophe; `in_word` for an apostrophe.
    """

    span: Span
    sign: str
    opens: bool
    closes: bool
    after_digit: bool
    in_word: bool

    @property
    def single(self) -> bool:
        """Say whether the sign is of the family that apostrophes are drawn from."""
        return self.sign in SINGLES


def find_marks(text: str, span: Span) -> list[Mark]:
    """Return the marks of one paragraph, in order; marks in addresses and tags are left out."""
    machine = [match.span() for match in _MACHINE.finditer(text, span.start, span.end)]
    return [
        _mark(text, span, *match.span())
        for match in _outside(_MARK.finditer(text, span.start, span.end), machine)
        if match["noise"] is None
    ]


def _outside(matches: Iterator[re.Match[str]], holes: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    hole = 0
    for match in matches:
        while hole < len(holes) and holes[hole][1] <= match.start():
            hole += 1
        if hole == len(holes) or match.start() < holes[hole][0]:
            yield match


def _mark(text: str, paragraph: Span, start: int, end: int) -> Mark:
    written = text[start:end]
    sign = _SPELLINGS.get(written, written)
    left, right = _neighbour(text, paragraph, start - 1, -1), _neighbour(text, paragraph, end, 1)
    elision = start - 1 > paragraph.start and text[start - 1] in "'’" and text[start - 2].isalpha() and right.isalnum()
    before = left in ("", " ") or left in _BEFORE_OPEN or elision
    after = right in ("", " ") or right in _AFTER_CLOSE
    ellipsis = (right == "." and text[end : end + 2] == "..") or text[end : end + 1] == "…"
    opens = before and right not in ("", " ") and (right not in _NOT_FIRST or ellipsis)
    closes = after and left not in ("", " ") and not elision
    in_word = text[start - 1 : start].isalpha() and start > paragraph.start and text[end : end + 1].isalnum()
    return Mark(
        span=Span(start, end),
        sign=sign,
        opens=opens and not closes,
        closes=closes and not opens,
        after_digit=left.isdigit() and start > paragraph.start and text[start - 1].isdigit(),
        in_word=in_word and end < paragraph.end,
    )


def _neighbour(text: str, paragraph: Span, position: int, step: int) -> str:
    """Return the character that stands next, past invisible ones and other marks; " " for space, "" at the end."""
    for _ in range(_REACH):
        if not paragraph.start <= position < paragraph.end:
            return ""
        char = text[position]
        if char.isspace():
            return " "
        if char not in _TRANSPARENT and char not in CLOSERS and char not in "″＂’‛":
            return char
        position += step
    return " "
