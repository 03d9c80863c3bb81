"""Compare passages without regard to Unicode form, white space and the style of quote marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from reader.text.span import Span

_QUOTE_MARKS = str.maketrans(dict.fromkeys("«»“”„‟❝❞〝〞＂", '"') | dict.fromkeys("‹›‘’‚‛❛❜＇ʼ`´", "'"))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, with the place in the original of each of its characters (and of its end)."""

    text: str
    origin: tuple[int, ...]

    def unfold(self, span: Span) -> Span | None:
        """Return the original span, or None where an edge would cut through one composed character."""
        inside = any(
            0 < at < len(self.text) and self.origin[at] == self.origin[at - 1] for at in (span.start, span.end)
        )
        return None if inside else Span(self.origin[span.start], self.origin[span.end])


@lru_cache(maxsize=4)
def folded(text: str) -> Folded:
    """Fold `text` to NFC, single spaces and straight quote marks."""
    chars: list[str] = []
    origin: list[int] = []
    for match in _clusters().finditer(text):
        cluster = match.group()
        piece = " " if cluster.isspace() else unicodedata.normalize("NFC", cluster).translate(_QUOTE_MARKS)
        chars.append(piece)
        origin.extend([match.start()] * len(piece))
    return Folded("".join(chars), (*origin, len(text)))


@cache
def _clusters() -> re.Pattern[str]:
    """Match a run of white space, or a character with all that can compose with it: marks and Hangul jamo."""
    joining = (
        c for c in map(chr, range(0x300, 0x10000)) if unicodedata.category(c)[0] == "M" or "\u1160" <= c <= "\u11ff"
    )
    return re.compile(rf"\s+|\S[{''.join(joining)}]*")
