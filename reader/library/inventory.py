"""The index files in the user's cache: of which folder each is, how far it has come, and how much room it takes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.library.schema import ANALYSED, Newer, connect, index_folder

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class IndexFile:
    """An index on disk. `folder` is None where that can't be read; `remark` says why it is not used as it is."""

    path: Path
    size: int
    folder: str | None = None
    articles: int = 0
    analysed: int = 0
    remark: str = ""


def index_files() -> list[IndexFile]:
    """Return the indexes of all folders, the largest first, also those that were put aside. They are only read."""
    folder = index_folder()
    files = (_examined(path) for path in (*folder.glob("*.sqlite"), *folder.glob("*.sqlite.damaged")))
    return sorted(files, key=lambda each: (-each.size, each.path.name))


def _examined(path: Path) -> IndexFile:
    size = sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*") if each.suffix != ".damaged")
    if path.suffix == ".damaged":
        return IndexFile(path, path.stat().st_size, remark="put aside because it was damaged; it may be deleted")
    try:
        with closing(connect(path, read_only=True)) as connection:
            folder = connection.execute("SELECT value FROM facts WHERE name = 'folder'").fetchone()
            query = "SELECT count(*), coalesce(sum(stage = ?), 0) FROM articles"
            articles, analysed = connection.execute(query, (ANALYSED,)).fetchone()
    except Newer as exc:
        return IndexFile(path, size, remark=f"{exc}; it is left alone")
    except sqlite3.OperationalError as exc:
        return IndexFile(path, size, remark=f"it can't be read now ({exc})")
    except sqlite3.DatabaseError as exc:
        return IndexFile(path, size, remark=f"{exc}; it is built anew when its folder is next indexed")
    return IndexFile(path, size, folder[0] if folder else None, articles, analysed)
