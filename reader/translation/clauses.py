"""Split a sentence that is too long for the model where its clauses meet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Strongest joint first: semicolons and colons, dashes, commas, any white space.
_JOINTS = tuple(re.compile(joint) for joint in (r"[;:；：…]\s*", r"\s[—–-]\s", r"[,،、，]\s*", r"\s+"))


def split_clauses(text: str, length: Callable[[str], int], longest: int) -> list[str]:
    """Return `text` in parts of at most `longest` as `length` measures them; only white space at the joints is lost.

    Each cut is made at the strongest joint in the middle half, and where there is none through the middle.
    """
    text = text.strip()
    if len(text) < 2 or length(text) <= longest:
        return [text] if text else []
    cut = _joint(text)
    return [*split_clauses(text[:cut], length, longest), *split_clauses(text[cut:], length, longest)]


def _joint(text: str) -> int:
    middle, quarter = len(text) / 2, len(text) / 4
    for joint in _JOINTS:
        ends = [match.end() for match in joint.finditer(text) if abs(match.end() - middle) <= quarter]
        # a comma or colon inside a number ("3,5") joins no clauses
        ends = [end for end in ends if not (text[end - 1] in ",:" and text[end : end + 1].isdigit())]
        if ends:
            return min(ends, key=lambda end: abs(end - middle))
    return len(text) // 2
