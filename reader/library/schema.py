"""The tables of an index, and how its file is opened: damaged, newer, locked and read-only ones too."""

from __future__ import annotations

import os
import sqlite3
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import platformdirs

from reader.text import APPLICATION
from reader.text.database import log_ahead

VERSION = 3
"""Raise it when tables, folding of words or what is stored of an article change: older files are made anew."""
UNREAD, READ, ANALYSED = -1, 0, 1
"""How far an article has come: it can't be read; its words are indexed; it is analysed."""
_OURS = 0x50524958  # PRIX, as SQLite's application_id
_LOCKED = 10.0  # seconds to wait for another program that writes

TABLES = """
CREATE TABLE IF NOT EXISTS articles (
    id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    sha256 TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '', stage INTEGER NOT NULL DEFAULT 0,
    problem TEXT, date TEXT, language TEXT, title TEXT NOT NULL DEFAULT '', untranslated INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS articles_by_date ON articles (date);
CREATE INDEX IF NOT EXISTS articles_by_language ON articles (language, date);
CREATE INDEX IF NOT EXISTS articles_by_stage ON articles (stage);
CREATE TABLE IF NOT EXISTS summaries (
    id INTEGER PRIMARY KEY, quotes INTEGER NOT NULL, people INTEGER NOT NULL, highlights INTEGER NOT NULL,
    persons TEXT NOT NULL, titles TEXT NOT NULL, translated TEXT NOT NULL, words TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS texts (
    id INTEGER PRIMARY KEY, original TEXT NOT NULL, translation TEXT NOT NULL DEFAULT '',
    sentences TEXT NOT NULL DEFAULT '{}',
    notes TEXT NOT NULL DEFAULT '', note_places TEXT NOT NULL DEFAULT '[]'
);
CREATE VIRTUAL TABLE IF NOT EXISTS words
    USING fts5 (original, translation, notes, content='', tokenize='ascii', prefix='1 2');
CREATE TABLE IF NOT EXISTS tags (
    article INTEGER NOT NULL, tag TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS tags_by_tag ON tags (tag);
CREATE INDEX IF NOT EXISTS tags_by_article ON tags (article);
CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, why TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS spellings (
    person INTEGER NOT NULL, text TEXT NOT NULL, line TEXT NOT NULL, language TEXT NOT NULL, mentions INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS spellings_by_person ON spellings (person);
CREATE TABLE IF NOT EXISTS buckets (
    digest BLOB PRIMARY KEY, persons TEXT NOT NULL, evidence TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS appearances (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL,
    manual INTEGER NOT NULL DEFAULT 0, person INTEGER, spellings TEXT NOT NULL, keys TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS appearances_by_article ON appearances (article);
CREATE INDEX IF NOT EXISTS appearances_by_person ON appearances (person);
CREATE TABLE IF NOT EXISTS mentions (
    article INTEGER NOT NULL, appearance INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS mentions_by_article ON mentions (article);
CREATE INDEX IF NOT EXISTS mentions_by_appearance ON mentions (appearance);
CREATE TABLE IF NOT EXISTS names (bones TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (bones, word)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS quotes (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    kind TEXT NOT NULL, appearance INTEGER, text TEXT NOT NULL, translation TEXT
);
CREATE INDEX IF NOT EXISTS quotes_by_article ON quotes (article);
CREATE INDEX IF NOT EXISTS quotes_by_appearance ON quotes (appearance);
CREATE TABLE IF NOT EXISTS traits (
    trait TEXT NOT NULL, quote INTEGER NOT NULL, PRIMARY KEY (trait, quote)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS traits_by_quote ON traits (quote);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class NotOurs(sqlite3.DatabaseError):
    """The file is another program's: it is put aside, and another one is made."""


class Older(sqlite3.DatabaseError):
    """An older reader made the file: it is made anew."""


class Newer(sqlite3.DatabaseError):
    """A newer reader made the file: it is left alone."""


def index_folder() -> Path:
    """Return the folder of all indexes, in the user's cache."""
    return platformdirs.user_cache_path(APPLICATION) / "libraries"


def index_file(folder: Path, *, files: bool = False) -> Path:
    """Return the place of a folder's index; one of single `files` out of a folder lies apart."""
    key = os.fsencode(folder.absolute()) + (b"\0files" if files else b"")
    return index_folder() / f"{sha256(key).hexdigest()[:24]}.sqlite"


def connect(file: Path, *, read_only: bool = False, alone: bool = False) -> sqlite3.Connection:
    """Open an index, or begin one; raises `Newer`, `Older`, `NotOurs` and `sqlite3.Error`.

    To be read without the files that SQLite puts beside it, as on a disk that can't be written, it must be `alone`:
    what another program writes meanwhile is not noticed.
    """
    if read_only:
        uri = f"{file.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
        connection = sqlite3.connect(uri, uri=True, timeout=_LOCKED, check_same_thread=False)
    else:
        connection = sqlite3.connect(file, timeout=_LOCKED, check_same_thread=False)
    try:
        connection.execute("PRAGMA cache_size = -16000")
        if not read_only:
            log_ahead(connection, _LOCKED)
            connection.execute("PRAGMA synchronous = NORMAL")
        _check(connection, may_create=not read_only)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, *, may_create: bool) -> None:
    # in one transaction: another thread or program may be making the tables right now, and so they may be there below
    connection.execute("BEGIN")
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.rollback()
    if owner == 0 and tables == 0 and may_create:
        connection.executescript(
            f"BEGIN IMMEDIATE; {TABLES} PRAGMA application_id = {_OURS}; PRAGMA user_version = {VERSION}; COMMIT;"
        )
    elif owner != _OURS:
        raise NotOurs("another program's file")
    elif version > VERSION:
        raise Newer(f"made by a newer reader (version {version})")
    elif version < VERSION:
        raise Older(f"made by an older reader (version {version})")


def put_aside(file: Path) -> Path:
    """Rename a file that can't be used, so that a new one can begin; raises `OSError`."""
    aside = file.with_name(f"{file.name}.damaged")
    os.replace(file, aside)
    throw_away(file)
    return aside


def throw_away(file: Path) -> None:
    """Remove an index with what SQLite puts beside it; raises `OSError`."""
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def passing_place() -> Path:
    """Return a place for an index that lasts as long as the program, where the cache can't be written."""
    return Path(mkdtemp(prefix="reader-index-")) / "index.sqlite"
