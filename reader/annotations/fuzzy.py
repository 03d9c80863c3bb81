"""Find every place where a passage stands with a few edits."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


FARTHEST = 32
"""Characters that an edge is moved at most to find the fewest edits."""
LONG_RUN = 8
"""Characters in a row that agree by more than chance."""


@dataclass(frozen=True, slots=True)
class NearMatch:
    """A place, and how many single-character edits its words are away."""

    span: Span
    edits: int


def near_matches(text: str, words: str, share: float) -> list[NearMatch]:
    """Return all places within `share` · len(words) edits, the best of overlapping ones, in order of the text.

    By the partition lemma (Wu & Manber 1992; Navarro 2001): of k + 1 pieces of the words, k edits leave at least
    one intact, so exact finds of the pieces name every window worth an alignment.
    """
    limit = int(share * len(words))
    best: list[NearMatch] = []
    for start in sorted(_window_starts(text, words, limit)):
        match = _align(text, words, start, limit)
        if match is None:
            continue
        if best and best[-1].span.overlaps(match.span):
            if match.edits < best[-1].edits:
                best[-1] = match
        else:
            best.append(match)
    return best


def _window_starts(text: str, words: str, limit: int) -> set[int]:
    """Return where a match may begin, thinned to one in `limit` + 1: an alignment looks that far both ways."""
    pieces = limit + 1
    edges = [len(words) * i // pieces for i in range(pieces + 1)]
    step = limit + 1
    return {
        max(0, at - edge) // step * step for edge, stop in pairwise(edges) for at in _find_all(text, words[edge:stop])
    }


def _align(text: str, words: str, start: int, limit: int) -> NearMatch | None:
    """Align the words within a window that leaves `limit` more on either side (and one step for the thinning)."""
    low = max(0, start - limit)
    window = text[low : start + len(words) + 2 * limit + 1]
    slack = len(window) - len(words)
    if Levenshtein.distance(words, window, score_cutoff=limit + max(slack, 0)) > limit + max(slack, 0):
        return None
    first, last = _matched(words, window)
    first, last = _settle(words, window, first, last, limit)
    edits = Levenshtein.distance(words, window[first:last], score_cutoff=limit)
    return NearMatch(Span(low + first, low + last), edits) if edits <= limit else None


def _matched(words: str, window: str) -> tuple[int, int]:
    """Return where the words begin and end in the window, judged by the first and last long run left unedited.

    Shorter runs may match the window's surplus by chance.
    """
    runs = [block for block in Levenshtein.opcodes(words, window) if block.tag == "equal"]
    longest = max(block.src_end - block.src_start for block in runs)
    long = [block for block in runs if block.src_end - block.src_start >= min(longest, LONG_RUN)]
    low = max(0, long[0].dest_start - long[0].src_start)
    return low, min(len(window), max(low + 1, long[-1].dest_end + len(words) - long[-1].src_end))


def _settle(words: str, window: str, first: int, last: int, limit: int) -> tuple[int, int]:
    """Move each edge to where the fewest edits remain; of equals the one closest to the words' length."""

    def cost(low: int, high: int) -> tuple[int, int]:
        return Levenshtein.distance(words, window[low:high]), abs(high - low - len(words))

    reach = min(limit, FARTHEST)
    starts = range(max(0, first - reach), min(last, first + reach + 1))
    first = min(starts, key=lambda low: cost(low, last))
    ends = range(max(first + 1, last - reach), min(len(window), last + reach) + 1)
    last = min(ends, key=lambda high: cost(first, high))
    return first, last


def _find_all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
