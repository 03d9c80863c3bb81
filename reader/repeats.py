"""Offer a person's correction of a sentence wherever the same sentence stands again in the library."""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.annotations.loading import glance
from reader.annotations.places import data_folder, place_away, sidecar_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reader.annotations.annotation import Correction, Notes

_SHORTEST = 12
"""Letters from which a sentence says the same wherever it stands; a lone "Da." does not."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the same sentence was corrected to in another article."""

    correction: Correction
    article: Path


class CorrectionIndex:
    """The corrections of all articles that were read or opened, in memory. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: dict[Path, dict[tuple[str, str], Correction]] = {}
        self._seen: dict[Path, tuple[tuple[int, int] | None, ...]] = {}

    def read(self, articles: Iterable[Path]) -> None:
        """Take in the sidecars of a library's articles; those read before are read again only when they changed."""
        for article in articles:
            sidecars = (sidecar_path(article), place_away(article, data_folder()))
            stamp = tuple(map(_stamp, sidecars))
            if self._seen.get(article) == stamp:
                continue
            self._seen[article] = stamp
            notes = glance(sidecars[1]) or glance(sidecars[0]) if any(stamp) else None
            self._take(article, notes)

    def update(self, article: Path, notes: Notes) -> None:
        """Take in the notes of an open article as they stand, saved or not."""
        self._take(article, notes)

    def offers(self, sentence: str, target: str, besides: Path) -> tuple[Offer, ...]:
        """Return what the same sentence became in other articles, the latest first, each wording once."""
        key = (_folded(sentence), target)
        with self._lock:
            found = [
                Offer(corrections[key], article)
                for article, corrections in self._of.items()
                if key in corrections and article != besides
            ]
        found.sort(key=lambda offer: (offer.correction.how == "manual", offer.correction.modified), reverse=True)
        wordings = {offer.correction.value: offer for offer in reversed(found)}
        return tuple(offer for offer in found if wordings[offer.correction.value] is offer)

    def _take(self, article: Path, notes: Notes | None) -> None:
        corrections = {
            (_folded(each.exact), notes.language_of(each)): each
            for each in (notes.corrections if notes else ())
            if notes and not each.conflict and sum(map(str.isalpha, each.exact)) >= _SHORTEST
        }
        with self._lock:
            self._of[article] = corrections


def changed(correction: Correction, sentence: str) -> bool:
    """Say whether a sentence says something else than when it was corrected, white space apart."""
    return _folded(correction.exact) != _folded(sentence)


def _folded(sentence: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", sentence)).strip()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
