"""Keep translations: an article that was translated once shows its translation at once.

Everything in here can be thrown away and made again.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import platformdirs

from reader.text import APPLICATION
from reader.text.database import log_ahead
from reader.translation.messages import Decoded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_TABLE = """
CREATE TABLE IF NOT EXISTS translations (
    key BLOB PRIMARY KEY, text TEXT NOT NULL, score REAL NOT NULL, cut INTEGER NOT NULL
) WITHOUT ROWID
"""
_LOCKED = 5.0  # seconds to wait for another program that writes
_CHUNK = 500  # SQLite takes 999 parameters in its oldest builds


@dataclass(frozen=True, slots=True)
class CacheStats:
    """What the cache holds: sentences, and bytes on disk. `path` is None where it lives in memory alone."""

    path: Path | None
    sentences: int
    size: int


def cache_file() -> Path:
    """Return the place of the cache, in the user's cache folder."""
    return platformdirs.user_cache_path(APPLICATION) / "translations.sqlite"


class TranslationCache:
    """Sentences and what they became, by route and settings. May be used from any thread; closed, it knows nothing.

    `warning` is a sentence for the user where the file was damaged (it is moved aside and begun anew) or can't be
    written (translations are then kept for this run only).
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or cache_file()
        self.warning: str | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._connection = self._open()

    def find(self, route_key: str, texts: Sequence[str]) -> list[Decoded | None]:
        """Return what is known of each text."""
        keys = [_key(route_key, text) for text in texts]
        found: dict[bytes, Decoded] = {}
        with self._lock:
            if self._closed:
                return [None] * len(texts)
            try:
                for start in range(0, len(keys), _CHUNK):
                    part = keys[start : start + _CHUNK]
                    marks = ",".join("?" * len(part))
                    query = f"SELECT key, text, score, cut FROM translations WHERE key IN ({marks})"
                    for key, text, score, cut in self._connection.execute(query, part):
                        found[key] = Decoded(text, score, bool(cut))
            except sqlite3.DatabaseError as exc:
                self._start_over(exc)
        return [found.get(key) for key in keys]

    def store(self, route_key: str, translations: Mapping[str, Decoded]) -> None:
        """Keep what the texts became."""
        rows = [(_key(route_key, text), one.text, one.score, one.cut) for text, one in translations.items()]
        with self._lock:
            if self._closed:  # what comes late is lost, and made again when it is needed
                return
            try:
                with self._connection:
                    self._connection.executemany("INSERT OR REPLACE INTO translations VALUES (?, ?, ?, ?)", rows)
            except sqlite3.OperationalError as exc:  # disk full, locked by another reader: nothing is lost
                self.warning = f"Translations could not be kept in {self._file}: {exc}."
            except sqlite3.DatabaseError as exc:
                self._start_over(exc)

    def stats(self) -> CacheStats:
        """Count sentences and bytes."""
        with self._lock:
            (sentences,) = self._connection.execute("SELECT count(*) FROM translations").fetchone()
            (pages,) = self._connection.execute("PRAGMA page_count").fetchone()
            (page,) = self._connection.execute("PRAGMA page_size").fetchone()
            (_, _, name) = self._connection.execute("PRAGMA database_list").fetchone()
        return CacheStats(self._file if name else None, sentences, pages * page)

    def clear(self) -> None:
        """Forget all translations and give the space back."""
        with self._lock:
            with self._connection:
                self._connection.execute("DELETE FROM translations")
            self._connection.execute("VACUUM")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._closed = True
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _connect(self._file)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as exc:
                self._move_aside(exc)
                return _connect(self._file)
        except (OSError, sqlite3.Error) as exc:
            self.warning = (
                f"The translation cache {self._file} can't be used ({exc}): translations are kept for this run only."
            )
            return _connect(":memory:")

    def _start_over(self, exc: sqlite3.DatabaseError) -> None:
        """Begin a new file after the old one proved damaged in use."""
        self._connection.close()
        try:
            self._move_aside(exc)
        except OSError:
            self.warning = f"The translation cache {self._file} is damaged ({exc}) and can't be replaced."
            self._connection = _connect(":memory:")
            return
        warning = self.warning
        self._connection = self._open()
        self.warning = self.warning or warning

    def _move_aside(self, exc: sqlite3.DatabaseError) -> None:
        aside = self._file.with_name(f"{self._file.name}.damaged")
        os.replace(self._file, aside)
        for suffix in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                self._file.with_name(self._file.name + suffix).unlink()
        self.warning = (
            f"The translation cache was damaged ({exc}). It is kept as {aside.name}; articles are translated anew."
        )


def _connect(file: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_LOCKED, check_same_thread=False)
    try:
        log_ahead(connection, _LOCKED)
        connection.execute("PRAGMA synchronous=NORMAL")
        with connection:
            connection.execute(_TABLE)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(translations)")]
        if columns != ["key", "text", "score", "cut"]:
            raise sqlite3.DatabaseError("another program's file")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _key(route_key: str, text: str) -> bytes:
    sentence = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return hashlib.sha256(f"{route_key} {sentence}".encode()).digest()[:16]
