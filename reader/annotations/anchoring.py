"""Find a stored passage again in an article that may have changed.

The words decide, never the offsets: each step verifies the text, and a passage that can't be told from another is
left unplaced with candidates, not guessed. The order is that of Hypothesis' client with a stricter end. Short words
need the text around them as a second witness, even at their old offsets: a lone "el" proves nothing.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from reader.annotations.annotation import CONTEXT, Target
from reader.annotations.folding import folded
from reader.annotations.fuzzy import near_matches
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

EXACT = "exact"
MOVED = "moved"
APPROXIMATE = "approximate"
UNPLACED = "unplaced"

LONG_ENOUGH = 32
"""Code points from which the words alone are evidence, without the text around them."""
MAX_EDITS = 0.1
CONTEXT_ALIKE = 0.5
RUNNER_UP_BEHIND = 0.1
MAX_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage stands now: "exact", "moved", "approximate" (to be shown as such) or "unplaced".

    `candidates` are the places, in order of the text, that an unplaced passage may have meant.
    """

    span: Span | None
    how: str
    candidates: tuple[Span, ...] = ()


def make_target(text: str, span: Span) -> Target:
    """Describe `span` so that it can be found again; raises `ValueError` for an empty one or one beyond the text."""
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"no passage of the text: [{span.start}, {span.end})")
    before = text[max(0, span.start - CONTEXT) : span.start]
    return Target(span.of(text), before, text[span.end : span.end + CONTEXT], span.start, span.end)


def place(text: str, target: Target) -> Placement:
    """Find `target` in `text` by position, by context, by its words, by its folded words, then by likeness.

    Of several places the one with the whole context is taken as moved, one with a whole side of it as approximate.
    """
    span = target.span
    stands = span is not None and span.of(text) == target.exact
    if span and stands and _sure(text, target, span):
        return Placement(span, EXACT)
    places = _occurrences(text, target.exact)
    if len(places) > 1:
        # a short word may stand at the old offsets by chance: then its context elsewhere tells
        here = Placement(span, APPROXIMATE) if stands else None
        found = _by_context(text, target, _only_between) or _by_context(text, target, _only_folded)
        return found or here or _unplaced(target, places)
    if places:
        return _the_only(text, target, places[0])
    return _by_folding(text, target) or _by_likeness(text, target)


def _by_context(text: str, target: Target, only: Callable[[str, str, str, str], Span | None]) -> Placement | None:
    """Place where `only` finds the words with the whole context; with one whole side of it, as approximate."""
    both = only(text, target.prefix, target.exact, target.suffix)
    if both:
        return Placement(both, MOVED)
    sides = {only(text, target.prefix, target.exact, ""), only(text, "", target.exact, target.suffix)} - {None}
    return Placement(sides.pop(), APPROXIMATE) if len(sides) == 1 else None


def _only_between(text: str, prefix: str, words: str, suffix: str) -> Span | None:
    places = _occurrences(text, prefix + words + suffix) if prefix or suffix else []
    if len(places) != 1:
        return None
    start = places[0].start + len(prefix)
    return Span(start, start + len(words))


def _the_only(text: str, target: Target, span: Span) -> Placement:
    """Place on the only occurrence; a short one whose surroundings are all new may be a namesake: say so."""
    if span == target.span:
        return Placement(span, EXACT)
    return Placement(span, MOVED if _sure(text, target, span) else APPROXIMATE)


def _by_folding(text: str, target: Target) -> Placement | None:
    haystack, needle = folded(text), folded(target.exact)
    found = [haystack.unfold(span) for span in _occurrences(haystack.text, needle.text)]
    places = [span for span in found if span is not None]
    if len(places) > 1:
        return _by_context(text, target, _only_folded) or _unplaced(target, places)
    return _the_only(text, target, places[0]) if places else None


def _only_folded(text: str, prefix: str, words: str, suffix: str) -> Span | None:
    """Return the only place of the words between the folded contexts."""
    haystack, needle = folded(text), folded(prefix + words + suffix)
    places = _occurrences(haystack.text, needle.text) if prefix or suffix else []
    edges = [len(prefix), len(prefix) + len(words)]
    if len(places) != 1 or not set(edges) <= set(needle.origin):
        return None
    start, end = (places[0].start + needle.origin.index(edge) for edge in edges)
    return haystack.unfold(Span(start, end))


def _by_likeness(text: str, target: Target) -> Placement:
    if len(target.exact) < LONG_ENOUGH:
        return Placement(None, UNPLACED)
    matches = near_matches(text, target.exact, MAX_EDITS + RUNNER_UP_BEHIND)
    if not matches:
        return Placement(None, UNPLACED)
    best, *others = sorted(matches, key=lambda match: match.edits)
    allowed = MAX_EDITS * len(target.exact)
    clear = not others or others[0].edits - best.edits >= RUNNER_UP_BEHIND * len(target.exact)
    if best.edits <= allowed and clear and _context_alike(text, target, best.span) >= CONTEXT_ALIKE:
        return Placement(best.span, APPROXIMATE)
    return _unplaced(target, [match.span for match in matches])


def _unplaced(target: Target, places: list[Span]) -> Placement:
    nearest = sorted(places, key=lambda span: abs(span.start - (target.start or 0)))[:MAX_CANDIDATES]
    return Placement(None, UNPLACED, tuple(sorted(nearest)))


def _sure(text: str, target: Target, span: Span) -> bool:
    """Say whether the words that stand at `span` are the passage: by their length, or by the text around them."""
    return len(target.exact) >= LONG_ENOUGH or _context_alike(text, target, span) >= CONTEXT_ALIKE


def _context_alike(text: str, target: Target, span: Span) -> float:
    """Return how alike (0–1) the better side of the context is; 1 where the target has none to compare."""
    sides = []
    if target.prefix:
        sides.append((target.prefix, text[max(0, span.start - len(target.prefix)) : span.start]))
    if target.suffix:
        sides.append((target.suffix, text[span.end : span.end + len(target.suffix)]))
    return max((Levenshtein.normalized_similarity(*side) for side in sides), default=1.0)


def _occurrences(text: str, words: str) -> list[Span]:
    """Return every place, overlapping ones too, but none that leaves an accent of its last letter outside."""
    found = []
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if end == len(text) or not unicodedata.combining(text[end]):
            found.append(Span(start, end))
        start = text.find(words, start + 1)
    return found
