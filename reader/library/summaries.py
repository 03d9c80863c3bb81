"""What the list of the library shows of articles, out of the index: nothing is read or analysed again at the start."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from reader.annotations.places import data_folder, place_away, sidecar_path
from reader.library.schema import connect, index_file
from reader.page import Summary

if TYPE_CHECKING:
    from pathlib import Path

_INDEXED = "SELECT path, size, mtime, notes, title, date, language, summary FROM articles WHERE summary != ''"


@dataclass(frozen=True, slots=True)
class Facts:
    """What of an article's `Summary` only an analysis tells; `titles` are by target language, `translated` targets."""

    quotes: int = 0
    people: int = 0
    highlights: int = 0
    titles: dict[str, str] = field(default_factory=dict)
    translated: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    def as_json(self) -> str:
        """Write them for a column of the index."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Kept:
    """A summary, and the file's size, time and notes as they were when it was made."""

    summary: Summary
    stamp: tuple[int, int]
    notes: str

    def holds(self, stamp: tuple[int, int] | None) -> bool:
        """Say whether it is still true of a file that is now as `stamp` says, with the notes that lie there now."""
        return stamp == self.stamp and notes_stamp(self.summary.path) == self.notes


def kept_summaries(folder: Path, target: str) -> dict[Path, Kept]:
    """Return the summaries that the index of a folder has, with titles in a target language; none where it has none.

    The file is only read: one that is missing, damaged, locked or of another version has no summaries.
    """
    found: dict[Path, Kept] = {}
    file = index_file(folder)
    if not file.exists():
        return found
    try:
        with closing(connect(file, read_only=True)) as connection:
            for stored, size, mtime, notes, title, date, language, facts in connection.execute(_INDEXED):
                path = folder / os.fsdecode(stored)
                known = json.loads(facts)
                summary = Summary(
                    *(path, title, date, language, known["titles"].get(target)),
                    *(known["quotes"], known["people"], known["highlights"]),
                    *(target in known["translated"], tuple(known["persons"])),
                )
                found[path] = Kept(summary, (size, mtime), notes)
    except (sqlite3.Error, ValueError, KeyError):
        return {}
    return found


def notes_stamp(article: Path) -> str:
    """Return what changes whenever an article's notes do."""
    stamps = []
    for sidecar in (sidecar_path(article), place_away(article, data_folder())):
        try:
            found = sidecar.stat()
        except OSError:
            stamps.append("")
        else:
            stamps.append(f"{found.st_size}.{found.st_mtime_ns}")
    return " ".join(stamps).strip()
