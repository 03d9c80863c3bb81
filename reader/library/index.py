"""The index of one library folder: what was found in its articles, in one SQLite file that may be deleted any time."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.library.schema import (
    ANALYSED,
    READ,
    UNREAD,
    VERSION,
    Newer,
    Older,
    connect,
    index_file,
    passing_place,
    put_aside,
    throw_away,
)
from reader.library.tokens import token_line
from reader.text.errors import IndexDamaged, LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from reader.library.extracting import Finds, Words

_OWNED = ("tags", "appearances", "mentions", "quotes")
"""Tables whose rows belong to one article."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows of a file, to tell whether it changed."""

    id: int
    size: int
    mtime: int
    sha256: str
    notes: str
    stage: int
    untranslated: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles the index holds, how many of them are analysed, and how many can't be read."""

    articles: int
    analysed: int
    unread: int


class Index:
    """The index of a folder. May be used from any thread: one call at a time reads or writes.

    `warning` is a sentence for the user where the file was damaged, of a newer reader, or can't be written;
    `read_only` says that it is used as it stands. Other programs may read while one writes.
    """

    def __init__(self, folder: Path, file: Path | None = None, *, files: bool = False) -> None:
        self.folder = folder
        self.file = file or index_file(folder, files=files)
        self.warning: str | None = None
        self.read_only = False
        self._passing: Path | None = None
        self._closed = False
        self._lock = threading.RLock()
        self._connection = self._open()

    @property
    def lasting(self) -> bool:
        """Say whether what is written stays: the index is neither read-only nor for this run alone."""
        return not self.read_only and self._passing is None

    # -- the file ------------------------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            return connect(self.file)
        except Newer as exc:
            kept = self.file.name
            self.file = self.file.with_name(f"{self.file.stem}-v{VERSION}.sqlite")
            self.warning = f"The index {kept} was {exc}: it is left alone, and another one is built beside it."
            return self._open()
        except Older as exc:
            return self._replace(exc)
        except sqlite3.OperationalError as exc:
            return self._open_as_it_stands(exc)
        except sqlite3.DatabaseError as exc:
            return self._start_over(exc)
        except OSError as exc:
            return self._open_for_this_run(exc)

    def _open_as_it_stands(self, exc: sqlite3.Error) -> sqlite3.Connection:
        """Read a file that is locked or write-protected, on a disk that is too."""
        try:
            connection = connect(self.file, read_only=True)
        except sqlite3.Error:
            if os.access(self.file.parent, os.W_OK):
                return self._open_for_this_run(exc)
            try:
                connection = connect(self.file, read_only=True, alone=True)
            except sqlite3.Error:
                return self._open_for_this_run(exc)
        self.read_only = True
        self.warning = f"The index of {self.folder.name} can't be written ({exc}): it is searched as it stands."
        return connection

    def _open_for_this_run(self, exc: Exception) -> sqlite3.Connection:
        place = passing_place()
        self._passing = place.parent
        reason = exc.strerror if isinstance(exc, OSError) else exc
        self.warning = f"The index {self.file} can't be used ({reason}): one is built for this run only."
        return connect(place)

    def _replace(self, exc: Older) -> sqlite3.Connection:
        try:
            throw_away(self.file)
        except OSError:
            return self._open_for_this_run(exc)
        self.warning = f"The index of {self.folder.name} was {exc}: it is built anew."
        return connect(self.file)

    def _start_over(self, exc: sqlite3.Error) -> sqlite3.Connection:
        try:
            aside = put_aside(self.file)
        except OSError:
            return self._open_for_this_run(exc)
        self.warning = (
            f"The index of {self.folder.name} could not be used ({exc}): it is kept as {aside.name} and built anew."
        )
        return connect(self.file)

    def renew(self) -> None:
        """Begin an index again whose file somebody removed while it was open: what was written there would be lost."""
        with self._lock:
            if self._passing is None and not self._closed and not self.file.exists():
                self._connection.close()
                self.warning = f"The index of {self.folder.name} was removed while it was open: it is built anew."
                self._connection = self._open()

    def begin_anew(self, exc: sqlite3.Error) -> None:
        """Go on with an empty index after the file proved damaged in use."""
        with self._lock:
            self._connection.close()
            self._connection = self._start_over(exc)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._closed = True
            self._connection.close()
            if self._passing is not None:
                shutil.rmtree(self._passing, ignore_errors=True)

    def delete(self) -> None:
        """Throw the index away; nothing but time is lost."""
        self.close()
        throw_away(self.file)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write several things at once, or none of them."""
        with self._lock:
            self._may_use()
            with self._connection:
                yield self._connection

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what a query finds; raises `IndexDamaged` and `LibraryError`."""
        with self._lock:
            self._may_use()
            try:
                return self._connection.execute(query, parameters).fetchall()
            except sqlite3.OperationalError as exc:
                words = f"The index of {self.folder.name} can't be read ({exc}). Articles and notes are as they were."
                raise LibraryError(words, self.file) from exc
            except sqlite3.DatabaseError as exc:
                self.begin_anew(exc)
                raise IndexDamaged(f"{self.warning} Ask again in a moment.", self.file) from exc

    def _may_use(self) -> None:
        """Raise `LibraryError` after the index was closed: SQLite's error would be taken for damage."""
        if self._closed:
            raise LibraryError(f"The index of {self.folder.name} was closed; it goes on at the next start.", self.file)

    def fact(self, name: str) -> str:
        """Return a fact about the index itself, "" where it is not known."""
        found = self.rows("SELECT value FROM facts WHERE name = ?", (name,))
        return str(found[0][0]) if found else ""

    def set_fact(self, name: str, value: str) -> None:
        """Keep a fact about the index itself."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, _sound(value)))

    # -- what there is -------------------------------------------------------------------------------------------

    def known(self) -> dict[Path, Known]:
        """Return all files in the index."""
        query = "SELECT path, id, size, mtime, sha256, notes, stage, untranslated FROM articles"
        return {self.path(row[0]): Known(*row[1:]) for row in self.rows(query)}

    def counts(self) -> Counts:
        """Count the articles."""
        stages = dict(self.rows("SELECT stage, count(*) FROM articles GROUP BY stage"))
        return Counts(sum(stages.values()), stages.get(ANALYSED, 0), stages.get(UNREAD, 0))

    def problems(self) -> list[tuple[Path, str]]:
        """Return the files that could not be indexed in full, with the reason."""
        query = "SELECT path, problem FROM articles WHERE problem IS NOT NULL ORDER BY path"
        return [(self.path(path), problem) for path, problem in self.rows(query)]

    def waiting(self) -> list[Path]:
        """Return the articles that are still to be analysed, the newest first: they are asked for most."""
        query = "SELECT path FROM articles WHERE stage = ? AND problem IS NULL ORDER BY date DESC, path"
        return [self.path(path) for (path,) in self.rows(query, (READ,))]

    def path(self, stored: bytes) -> Path:
        """Return the file that is stored under a path relative to the folder."""
        return self.folder / os.fsdecode(stored)

    def stored(self, path: Path) -> bytes:
        """Return how a file's path is stored."""
        return os.fsencode(os.path.relpath(path, self.folder))

    # -- what the builder writes ---------------------------------------------------------------------------------

    def put_words(self, found: Iterable[Words]) -> None:
        """Take in articles as they were read; what was known of them before is forgotten."""
        with self.transaction() as connection:
            for each in found:
                path = self.stored(each.path)
                _forget(connection, connection.execute("SELECT id FROM articles WHERE path = ?", (path,)).fetchone())
                stage = READ if each.problem is None else UNREAD
                columns = (path, each.size, each.mtime, each.sha256, each.notes_stamp, stage, each.problem)
                cursor = connection.execute(
                    "INSERT INTO articles (path, size, mtime, sha256, notes, stage, problem, date, title)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*columns, each.date, each.title),
                )
                connection.execute(
                    "INSERT INTO texts (id, original) VALUES (?, ?)", (cursor.lastrowid, _sound(each.text))
                )
                connection.execute("INSERT INTO words (rowid, original) VALUES (?, ?)", (cursor.lastrowid, each.line))

    def put_finds(self, found: Iterable[Finds]) -> None:
        """Take in what the analysis found; an article that changed or vanished meanwhile is left for the next time."""
        with self.transaction() as connection:
            for each in found:
                path = self.stored(each.path)
                row = connection.execute("SELECT id, sha256 FROM articles WHERE path = ?", (path,)).fetchone()
                if row is None:
                    continue
                if each.problem is not None:
                    connection.execute("UPDATE articles SET problem = ? WHERE id = ?", (each.problem, row[0]))
                elif row[1] == each.sha256:
                    _put(connection, row[0], each)

    def remove(self, paths: Iterable[Path]) -> None:
        """Forget files that are gone; whom only they named is forgotten when people are told apart next."""
        with self.transaction() as connection:
            for path in paths:
                connection.execute("DELETE FROM facts WHERE name = 'decisions'")
                stored = self.stored(path)
                _forget(connection, connection.execute("SELECT id FROM articles WHERE path = ?", (stored,)).fetchone())

    def touch(self, path: Path, size: int, mtime: int) -> None:
        """Note that a file was written again with the same bytes."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE articles SET size = ?, mtime = ? WHERE path = ?", (size, mtime, self.stored(path))
            )

    def analyse_again(self, paths: Iterable[Path]) -> None:
        """Note that articles' notes or translations changed."""
        with self.transaction() as connection:
            connection.executemany(
                "UPDATE articles SET stage = ?, problem = NULL WHERE path = ? AND stage = ?",
                [(READ, self.stored(path), ANALYSED) for path in paths],
            )


def _put(connection: sqlite3.Connection, article: int, found: Finds) -> None:
    """Write what was found in one article in the place of what was known."""
    _put_lines(connection, article, found)
    _forget_finds(connection, article)
    connection.execute(
        "UPDATE texts SET translation = ?, sentences = ?, notes = ?, note_places = ? WHERE id = ?",
        (found.translation, as_json(dict(found.sentences)), _sound(found.notes), as_json(found.note_places), article),
    )
    connection.execute(
        "UPDATE articles SET stage = ?, notes = ?, language = ?, title = ?, untranslated = ?, problem = NULL"
        " WHERE id = ?",
        (ANALYSED, found.notes_stamp, found.language, found.title, found.untranslated, article),
    )
    connection.execute(
        "INSERT OR REPLACE INTO summaries VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (article, *(_sound(each) if isinstance(each, str) else each for each in found.facts.row())),
    )
    tags = [(article, token_line(tag), span.start, span.end) for tag, span in found.tags]
    connection.executemany("INSERT INTO tags VALUES (?, ?, ?, ?)", tags)
    ids = []
    for person in found.appearances:
        cursor = connection.execute(
            "INSERT INTO appearances (article, name, language, manual, spellings, keys) VALUES (?, ?, ?, ?, ?, ?)",
            (
                *(article, person.name, found.language, person.manual),
                *("\n".join(person.spellings), "\n".join(person.keys)),
            ),
        )
        ids.append(cursor.lastrowid)
        rows = [(article, cursor.lastrowid, span.start, span.end, text) for span, text in person.mentions]
        connection.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", found.names)
    for quote in found.quotes:
        speaker = None if quote.speaker is None else ids[quote.speaker]
        cursor = connection.execute(
            "INSERT INTO quotes (article, start, end, kind, appearance, text, translation)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (article, quote.span.start, quote.span.end, quote.kind, speaker, quote.text, quote.translation),
        )
        shown = [(trait, cursor.lastrowid) for trait in quote.traits]
        connection.executemany("INSERT OR IGNORE INTO traits VALUES (?, ?)", shown)


def _put_lines(connection: sqlite3.Connection, article: int, found: Finds) -> None:
    """Index the words again where there are others than those of the original, or were."""
    row = connection.execute("SELECT translation, notes FROM texts WHERE id = ?", (article,)).fetchone()
    if found.lines is None and row == ("", ""):
        return
    _forget_words(connection, article)
    if found.lines is not None:
        lines = found.lines
    else:
        (original,) = connection.execute("SELECT original FROM texts WHERE id = ?", (article,)).fetchone()
        lines = (token_line(original), "", "")
    query = "INSERT INTO words (rowid, original, translation, notes) VALUES (?, ?, ?, ?)"
    connection.execute(query, (article, *lines))


def _forget(connection: sqlite3.Connection, row: tuple[int] | None) -> None:
    if row is None:
        return
    _forget_words(connection, row[0])
    _forget_finds(connection, row[0])
    connection.execute("DELETE FROM texts WHERE id = ?", row)
    connection.execute("DELETE FROM summaries WHERE id = ?", row)
    connection.execute("DELETE FROM articles WHERE id = ?", row)


def _forget_words(connection: sqlite3.Connection, article: int) -> None:
    """Take an article's words out of the full-text index, which wants to be told what they were."""
    row = connection.execute("SELECT original, translation, notes FROM texts WHERE id = ?", (article,)).fetchone()
    if row is not None:
        lines = (token_line(text) for text in row)
        connection.execute(
            "INSERT INTO words (words, rowid, original, translation, notes) VALUES ('delete', ?, ?, ?, ?)",
            (article, *lines),
        )


def _forget_finds(connection: sqlite3.Connection, article: int) -> None:
    connection.execute("DELETE FROM traits WHERE quote IN (SELECT id FROM quotes WHERE article = ?)", (article,))
    for table in _OWNED:
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (article,))


def as_json(value: object) -> str:
    """Write spans with lengths for a column of the index."""
    return json.dumps(value, separators=(",", ":"))


def _sound(text: str) -> str:
    """Return text that SQLite takes: halves of characters, which a note may hold, are replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
