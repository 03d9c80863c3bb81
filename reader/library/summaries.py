"""What the list of the library shows of articles, out of the index: nothing is read or analysed again at the start."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reader.annotations.places import data_folder, place_away, sidecar_path
from reader.library.schema import ANALYSED, connect, index_file
from reader.page import Summary

if TYPE_CHECKING:
    from pathlib import Path

_INDEXED = (
    "SELECT path, size, mtime, notes, title, date, language, quotes, people, highlights, persons, titles, translated,"
    " words FROM articles JOIN summaries USING (id) WHERE stage = ?"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What of an article's `Summary` only an analysis tells; `titles` are by target language, `translated` targets.

    `words` are title and persons, folded for the list's filter.
    """

    quotes: int = 0
    people: int = 0
    highlights: int = 0
    titles: dict[str, str] = field(default_factory=dict)
    translated: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    words: str = ""

    def row(self) -> tuple[int, int, int, str, str, str, str]:
        """Return them for the columns of the index."""
        titles = json.dumps(self.titles, ensure_ascii=False) if self.titles else ""
        persons, translated = "\n".join(self.persons), " ".join(self.translated)
        return self.quotes, self.people, self.highlights, persons, titles, translated, self.words


class Kept:
    """What the list shows of the articles of a folder, as its index has it: nothing where there is no index.

    The file is only read: one that is missing, damaged, locked or of another version has no summaries.
    """

    def __init__(self, folder: Path, target: str) -> None:
        """`target` is the language of translated titles."""
        self._target = target
        self._rows: dict[str, tuple[Any, ...]] = {}
        file = index_file(folder)
        if not file.exists():
            return
        try:
            with closing(connect(file, read_only=True)) as connection:
                rows = connection.execute(_INDEXED, (ANALYSED,)).fetchall()
        except sqlite3.Error:
            return
        within = os.path.join(folder, "")
        self._rows = {within + os.fsdecode(row[0]): row[1:] for row in rows}

    def summary(self, path: Path) -> tuple[Summary, str] | None:
        """Return an article's summary, and its title and people folded; None where it is not known."""
        row = self._rows.get(str(path))
        if row is None:
            return None
        title, date, language, quotes, people, highlights, persons, titles, translated, words = row[3:]
        shown = json.loads(titles).get(self._target) if titles else None
        named = tuple(persons.split("\n")) if persons else ()
        done = self._target in translated.split()
        return Summary(path, title, date, language, shown, quotes, people, highlights, done, named), words

    def holds(self, path: Path, stamp: tuple[int, int] | None) -> bool:
        """Say whether what is kept is true of a file that is now as `stamp` says, with the notes that lie there now."""
        row = self._rows.get(str(path))
        return row is not None and row[:2] == stamp and row[2] == notes_stamp(path)


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
