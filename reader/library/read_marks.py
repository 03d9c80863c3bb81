"""Remember which articles a person has read. Not evidence: it lies in the user's data folder, not beside articles."""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING

import platformdirs

from reader.text import APPLICATION

if TYPE_CHECKING:
    from pathlib import Path


class ReadMarks:
    """The paths of read articles, a line of JSON for each change. May be used from any thread.

    A file that can't be read or written costs the marks, never the reading: `warning` says so.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or platformdirs.user_data_path(APPLICATION, appauthor=False) / "read.jsonl"
        self._lock = threading.Lock()
        self._read: set[str] | None = None
        self.warning: str | None = None

    def all_read(self) -> frozenset[str]:
        """Return the absolute paths of all articles that were read."""
        with self._lock:
            return frozenset(self._paths())

    def set_read(self, path: Path, read: bool) -> None:
        """Remember that an article was read, or is to be read again."""
        name = os.path.abspath(path)
        with self._lock:
            paths = self._paths()
            if (name in paths) == read:
                return
            (paths.add if read else paths.discard)(name)
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                with self._file.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([name, read]) + "\n")
            except OSError as exc:
                self.warning = f"Which articles are read can't be kept in {self._file}: {exc.strerror}."

    def _paths(self) -> set[str]:
        if self._read is None:
            self._read = set()
            try:
                lines = self._file.read_text("utf-8", errors="replace").splitlines()
            except FileNotFoundError:
                lines = []
            except OSError as exc:
                self.warning = f"Which articles are read can't be found in {self._file}: {exc.strerror}."
                lines = []
            for line in lines:
                self._take(line)
        return self._read

    def _take(self, line: str) -> None:
        """Take over one line; a line cut off by a crash is left out."""
        assert self._read is not None
        try:
            name, read = json.loads(line)
        except ValueError:
            return
        if isinstance(name, str):
            (self._read.add if read else self._read.discard)(name)
