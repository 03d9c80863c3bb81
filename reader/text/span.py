"""Ranges of code points, and the map to the UTF-16 units that Qt counts in."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range [start, end) of code points in an article's canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the part of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Say whether `other` lies inside this span, ends included."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """Return the span moved by `by` code points."""
        return Span(self.start + by, self.end + by)


class Utf16Map:
    """Translate offsets of one text between code points and UTF-16 units.

    Characters beyond the basic plane take two units; all others take one. Only their positions are kept,
    so the map of a text without any is free.
    """

    __slots__ = ("_astral", "_astral_u16", "_length")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        wide = () if text.isascii() else (i for i, char in enumerate(text) if char > "\uffff")
        self._astral = tuple(wide)
        self._astral_u16 = tuple(position + i for i, position in enumerate(self._astral))

    def to_u16(self, offset: int) -> int:
        """Return the UTF-16 offset of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def to_code_points(self, offset_u16: int) -> int:
        """Return the code point offset of a UTF-16 offset; inside a surrogate pair, that of its character."""
        before = bisect_left(self._astral_u16, offset_u16)
        if before and self._astral_u16[before - 1] + 1 == offset_u16:
            return self._astral[before - 1]
        return min(offset_u16 - before, self._length)
