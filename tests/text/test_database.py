from __future__ import annotations

import sqlite3
import threading

import pytest

from reader.text.database import log_ahead


def test_a_file_that_is_locked_for_a_moment_is_switched_after_it(tmp_path):
    file = tmp_path / "a.sqlite"
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    other = sqlite3.connect(file, timeout=0)
    release = threading.Timer(0.1, holder.execute, ("COMMIT",))
    release.start()
    log_ahead(other, 20)
    release.join()
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
    holder.close()


def test_a_file_that_stays_locked_is_not_waited_for_without_end(tmp_path):
    file = tmp_path / "a.sqlite"
    holder, other = sqlite3.connect(file, isolation_level=None), sqlite3.connect(file, timeout=0)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        log_ahead(other, 0.05)
    other.close()
    holder.close()
