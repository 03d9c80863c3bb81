"""Offer a person's correction of a sentence wherever the same sentence stands again in the library."""

from __future__ import annotations

import os
import re
import threading
import unicodedata
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.annotations.loading import glance
from reader.annotations.places import SUFFIX, data_folder, place_away, sidecar_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from reader.annotations.annotation import Correction, Notes

_NONE: frozenset[str] = frozenset()
_SHORTEST = 12
"""Letters from which a sentence says the same wherever it stands; a lone "Da." does not."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the same sentence was corrected to in another article."""

    correction: Correction
    article: Path


class CorrectionIndex:
    """The corrections, and the tags, of all articles that were read or opened, in memory.

    May be used from any thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: dict[Path, tuple[tuple[str, str], ...]] = {}
        self._of: dict[tuple[str, str], dict[Path, Correction]] = {}
        self._tags: dict[Path, frozenset[str]] = {}
        self._seen: dict[Path, tuple[tuple[int, int] | None, ...]] = {}

    def read(self, articles: Iterable[Path]) -> None:
        """Take in the sidecars of a library's articles; those read before are read again only when they changed."""
        kept_away = data_folder()
        away = _sidecars(kept_away)
        beside: dict[Path, dict[str, tuple[int, int]]] = {}
        for article in articles:
            folder = article.parent
            if folder not in beside:
                beside[folder] = _sidecars(folder)
            home, refuge = sidecar_path(article), place_away(article, kept_away) if away else None
            stamp = (beside[folder].get(home.name), away.get(refuge.name) if refuge else None)
            if self._seen.get(article, (None, None)) == stamp:
                continue
            self._seen[article] = stamp
            notes = (glance(refuge) if refuge else None) or glance(home) if any(stamp) else None
            self._take(article, notes)

    def update(self, article: Path, notes: Notes) -> None:
        """Take in the notes of an open article as they stand, saved or not."""
        self._take(article, notes)

    def offers(self, sentence: str, target: str, besides: Path) -> tuple[Offer, ...]:
        """Return what the same sentence became in other articles, the latest first, each wording once."""
        with self._lock:
            corrected = dict(self._of.get((_folded(sentence), target), {}))
        found = [Offer(correction, article) for article, correction in corrected.items() if article != besides]
        found.sort(key=lambda offer: (offer.correction.how == "manual", offer.correction.modified), reverse=True)
        wordings = {offer.correction.value: offer for offer in reversed(found)}
        return tuple(offer for offer in found if wordings[offer.correction.value] is offer)

    def repeats(self, sentences: Sequence[str], target: str, besides: Path) -> dict[int, tuple[Offer, ...]]:
        """Return the offers for all sentences of an article that have some, by their index."""
        with self._lock:
            if not self._keys.keys() - {besides}:
                return {}
        found = ((index, self.offers(sentence, target, besides)) for index, sentence in enumerate(sentences))
        return {index: offers for index, offers in found if offers}

    def tags(self) -> tuple[str, ...]:
        """Return the tags in use, those of most articles first."""
        with self._lock:
            used = Counter(tag for tags in self._tags.values() for tag in tags)
        return tuple(sorted(used, key=lambda tag: (-used[tag], tag)))

    def _take(self, article: Path, notes: Notes | None) -> None:
        corrections = {
            (_folded(each.exact), notes.language_of(each)): each
            for each in (notes.corrections if notes else ())
            if notes and not each.conflict and sum(map(str.isalpha, each.exact)) >= _SHORTEST
        }
        with self._lock:
            for key in self._keys.pop(article, ()):
                del self._of[key][article]
            self._tags[article] = frozenset(tag for each in notes.annotations for tag in each.tags) if notes else _NONE
            if corrections:
                self._keys[article] = tuple(corrections)
            for key, correction in corrections.items():
                self._of.setdefault(key, {})[article] = correction


def changed(correction: Correction, sentence: str) -> bool:
    """Say whether a sentence says something else than when it was corrected, white space apart."""
    return _folded(correction.exact) != _folded(sentence)


def _folded(sentence: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", sentence)).strip()


def _sidecars(folder: Path) -> dict[str, tuple[int, int]]:
    """Return what tells one version of each sidecar in a folder from the next, by the sidecar's name."""
    found = {}
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(SUFFIX):
                with suppress(OSError):
                    there = entry.stat()
                    found[entry.name] = there.st_mtime_ns, there.st_size
    return found
