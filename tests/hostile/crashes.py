"""Record what saves do to the disk, and replay it as if the power had failed after each operation.

The disk is as unkind as POSIX allows: of a file, only what was there at its last fsync is kept for sure; of a folder's
entries, any subset of the changes since the folder's last fsync.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from itertools import chain, combinations
from typing import TYPE_CHECKING

from reader.annotations.session import NotesSession
from tests.annotations.support import article_of, span_of

if TYPE_CHECKING:
    from pathlib import Path


class Recorder:
    """The operations on one folder, in order: tuples of a name and what it is about."""

    def __init__(self, folder: Path) -> None:
        self.operations: list[tuple] = []
        self._folder = folder
        self._files: dict[int, int] = {}
        self._folders: set[int] = set()
        self._created = 0

    @contextmanager
    def recording(self):
        """Watch the functions of `os` that change files."""
        calls = {name: getattr(os, name) for name in ("open", "write", "fsync", "close", "replace", "unlink")}
        for name in calls:
            setattr(os, name, self._watched(name, calls[name]))
        try:
            yield
        finally:
            for name, real in calls.items():
                setattr(os, name, real)

    def _watched(self, name, real):
        note = getattr(self, f"_{name}")

        def call(*args, **kwargs):
            result = real(*args, **kwargs)
            note(result, *args)
            return result

        return call

    def _is_here(self, path) -> bool:
        return os.path.dirname(os.path.abspath(path)) == str(self._folder)

    def _open(self, descriptor, path, flags, *_):
        if flags & os.O_CREAT and self._is_here(path):
            self._created += 1
            self._files[descriptor] = self._created
            self.operations.append(("create", os.path.basename(path), self._created))
        elif os.path.abspath(path) == str(self._folder):
            self._folders.add(descriptor)

    def _write(self, written, descriptor, payload):
        if descriptor in self._files:
            self.operations.append(("write", self._files[descriptor], bytes(payload[:written])))

    def _fsync(self, _, descriptor):
        if descriptor in self._files:
            self.operations.append(("sync", self._files[descriptor]))
        elif descriptor in self._folders and stat.S_ISDIR(os.fstat(descriptor).st_mode):
            self.operations.append(("sync folder",))

    def _close(self, _, descriptor):
        self._files.pop(descriptor, None)
        self._folders.discard(descriptor)

    def _replace(self, _, source, target):
        if self._is_here(target):
            self.operations.append(("rename", os.path.basename(source), os.path.basename(target)))

    def _unlink(self, _, path):
        if self._is_here(path):
            self.operations.append(("unlink", os.path.basename(path)))


def record_saves(folder: Path, saves: int) -> list[tuple]:
    """Save a new note `saves` times and return all operations, with ("saved", note) after each save."""
    session = NotesSession(article_of(folder / "podul.txt"), folder.parent / "away")
    recorder = Recorder(folder)
    for number in range(saves):
        session.add(span_of("trei luni"), note=f"nota {number}")
        with recorder.recording():
            session.save()
        recorder.operations.append(("saved", f"nota {number}"))
    return recorder.operations


def states_after(operations: list[tuple]) -> tuple[set[str], set[frozenset[tuple[str, bytes]]]]:
    """Return the acknowledged notes, and every content that the folder may have after a crash just then."""
    content: dict[int, bytes] = {}
    synced: dict[int, bytes] = {}
    entries: dict[str, int] = {}
    pending: list[tuple] = []
    acknowledged = set()
    for operation in operations:
        match operation:
            case ("write", file, payload):
                content[file] = content.get(file, b"") + payload
            case ("sync", file):
                synced[file] = content.get(file, b"")
            case ("sync folder",):
                entries = _changed(entries, pending)
                pending = []
            case ("saved", note):
                acknowledged.add(note)
            case _:
                pending.append(operation)
    states = set()
    kept = chain.from_iterable(combinations(pending, length) for length in range(len(pending) + 1))
    for found in {tuple(_changed(entries, changes).items()) for changes in kept}:
        for share in (0.0, 0.5, 1.0):
            states.add(frozenset((name, _left(file, content, synced, share)) for name, file in found))
    return acknowledged, states


def _changed(entries: dict[str, int], changes) -> dict[str, int]:
    after = dict(entries)
    for change in changes:
        match change:
            case ("create", name, file):
                after[name] = file
            case ("rename", source, target) if source in after:
                after[target] = after.pop(source)
            case ("unlink", name):
                after.pop(name, None)
    return after


def _left(file: int, content: dict[int, bytes], synced: dict[int, bytes], share: float) -> bytes:
    """Return what is left of a file when `share` of what was not synced had reached the disk."""
    sure, whole = synced.get(file, b""), content.get(file, b"")
    return whole[: len(sure) + int(share * (len(whole) - len(sure)))]
