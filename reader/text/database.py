"""What every SQLite file of the reader needs when several may open it at once."""

from __future__ import annotations

import sqlite3
from time import monotonic, sleep

_AGAIN = 0.01  # seconds


def log_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Switch a file to write-ahead logging, trying for `patience` seconds; raises `sqlite3.OperationalError`.

    SQLite's own timeout does not hold here: where another connection switches a new file at the same moment, it says
    at once that the file is locked.
    """
    end = monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
            sleep(_AGAIN)
        else:
            return
