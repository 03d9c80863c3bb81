"""Find words in a text without regard to case, diacritics and typography, at exact places."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from reader.text.span import Span

UNDIVIDED = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ґ": "г", "ς": "σ"}
)
"""Letters with a diacritic or tied together that Unicode doesn't take apart, and what people type for them."""

_KEYS = str.maketrans({**dict.fromkeys("‘’ʼ‛′`´", "'"), **dict.fromkeys("„“”‟″«»", '"'), **dict.fromkeys("‐‑–—−", "-")})
"""What prints differently from the key by which it is typed."""


class _Letters(dict[int, str]):
    """The letters that each character is compared by: "ß" by two, a combining mark or a soft hyphen by none."""

    def __missing__(self, code: int) -> str:
        char = chr(code).translate(_KEYS)
        plain = unicodedata.normalize("NFKD", char).casefold().translate(UNDIVIDED)
        letters = (" " if each.isspace() else each for each in plain)
        self[code] = "".join(
            each for each in letters if not unicodedata.combining(each) and unicodedata.category(each) != "Cf"
        )
        return self[code]


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Return `text` as it is compared: without case, diacritics and signs that nobody sees, in plain typography."""
    return text.translate(_LETTERS)


class FoldedText:
    """A text prepared for finding: made once, asked at every key."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = fold(text)
        # from the n-th of `_cuts` on, letters of the folded text stand one by one from the n-th of `_places` on
        self._cuts, self._places = [0], [0]
        uneven = [char for char in set(text) if len(_LETTERS[ord(char)]) != 1]
        shift = 0
        for match in re.finditer(f"[{re.escape(''.join(uneven))}]", text) if uneven else ():
            place, size = match.start(), len(_LETTERS[ord(match[0])])
            for step in range(1, size):
                self._cut(place + shift + step, place)
            self._cut(place + shift + size, place + 1)
            shift += size - 1

    def _cut(self, folded: int, place: int) -> None:
        self._cuts.append(folded)
        self._places.append(place)

    def _place(self, folded: int) -> int:
        cut = bisect_right(self._cuts, folded) - 1
        return self._places[cut] + folded - self._cuts[cut]

    def find(self, needle: str, *, whole_words: bool = False) -> list[Span]:
        """Return where `needle` occurs; with `whole_words`, only where no letter or digit goes on at its ends."""
        wanted, folded = fold(needle), self._folded
        found: list[Span] = []
        at = folded.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if whole_words and not _stands_alone(folded, at, end):
                at = folded.find(wanted, at + 1)
                continue
            start = self._place(at)
            stop = self._place(end) if end < len(folded) else len(self.text)
            span = Span(start, max(stop, start + 1))
            if not found or found[-1].end <= span.start:  # "ß" is two letters "s", but one place
                found.append(span)
            at = folded.find(wanted, end)
        return found


def find_all(text: str, needle: str, *, whole_words: bool = False) -> list[Span]:
    """Return where `needle` occurs in `text`; see `fold` for what is alike."""
    return FoldedText(text).find(needle, whole_words=whole_words)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not before and not after
