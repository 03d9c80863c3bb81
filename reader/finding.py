"""Find words in a text without regard to case and diacritics, at exact places."""

from __future__ import annotations

import unicodedata

from reader.text.span import Span


def find_all(text: str, needle: str) -> list[Span]:
    """Return where `needle` occurs in `text`; letters match whatever their case and diacritics."""
    wanted, _ = _folded(needle)
    if not wanted:
        return []
    folded, places = _folded(text)
    found: list[Span] = []
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        stop = places[end] if end < len(places) else len(text)
        span = Span(places[at], max(stop, places[at] + 1))
        if not found or found[-1].end <= span.start:  # "ß" is two letters "s", but one place
            found.append(span)
        at = folded.find(wanted, end)
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its letters, the place in `text` it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in unicodedata.normalize("NFKD", char).casefold():
            if not unicodedata.combining(letter):
                letters.append(letter)
                places.append(place)
    return "".join(letters), places
