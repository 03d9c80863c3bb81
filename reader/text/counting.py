"""Numbers in words for a person."""

from __future__ import annotations


def counted(number: int, what: str) -> str:
    """Return how many there are of something: "1 quote", "1,204 quotes"."""
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
