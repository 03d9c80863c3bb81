"""A JSON file at the root of a library folder that keeps what a person decided about the whole of it.

Saved by the protocol of the sidecars: a decision is applied to what stands on the disk now, whoever wrote it; a new
file takes the old one's place in one step; a file that can't be understood, or of a newer reader, is never written.
Fields unknown here stay.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from reader.annotations import strict_json
from reader.annotations.durable import discard, move_over, replace_file, write_beside
from reader.annotations.loading import backup_of, read_bytes
from reader.annotations.places import lock_path
from reader.text.errors import LibraryError, SidecarError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Document = dict[str, Any]

VERSION = 1
_ATTEMPTS = 8
_LOCK_SECONDS = 1.0


class FolderFile:
    """One such file. `problem` says why it can't be read or written, None where it can (or is not there yet)."""

    def __init__(self, path: Path, form: str, lists: tuple[str, ...]) -> None:
        """`form` is the value of "format"; `lists` are the document's lists of objects."""
        self.path = path
        self._form, self._lists = form, lists
        self.problem: str | None = None

    def read(self) -> Document:
        """Return the document as it stands on the disk, an empty one where there is none or it can't be understood."""
        try:
            document = self._parsed(read_bytes(self.path))
        except (OSError, SidecarError, ValueError) as exc:
            self.problem = self._refusal(exc)
            return self._empty()
        self.problem = None
        return document

    def change(self, edit: Callable[[Document], None]) -> None:
        """Let `edit` change the document in place and bring it onto the disk; raises `LibraryError`.

        `edit` may be called several times, each time on what stands there then.
        """
        try:
            with self._locked():
                for _ in range(_ATTEMPTS):
                    if self._attempt(edit):
                        return
        except (OSError, SidecarError, ValueError) as exc:
            self.problem = self._refusal(exc)
            raise LibraryError(self.problem, self.path) from exc
        raise LibraryError(
            f"Another program keeps changing {self.path.name}: your decision is not saved. Try again.", self.path
        )

    def _attempt(self, edit: Callable[[Document], None]) -> bool:
        """Save once; say no where the file changed between reading and replacing it."""
        current = read_bytes(self.path)
        document = self._parsed(current)
        edit(document)
        payload = (strict_json.dumps(document) + "\n").encode()
        if strict_json.loads(payload) != document:
            raise ValueError("what would be written does not read back the same")
        if payload == current:
            return True
        temp = write_beside(self.path, payload)
        try:
            if current is not None:
                replace_file(backup_of(self.path), current)
            if read_bytes(self.path) != current:
                return False
            move_over(temp, self.path)
        finally:
            discard(temp)
        return True

    def _parsed(self, payload: bytes | None) -> Document:
        if payload is None:
            return self._empty()
        document = strict_json.loads(payload)
        if not isinstance(document, dict) or document.get("format") != self._form:
            raise ValueError("it is another program's file")
        schema = document.get("schema")
        newest = schema.get("min_reader") if isinstance(schema, dict) else None
        if not isinstance(newest, int) or newest > VERSION:
            raise ValueError("a newer reader wrote it")
        for name in self._lists:
            entries = document.setdefault(name, [])
            if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
                raise ValueError(f"“{name}” is no list of objects")
        return document

    def _empty(self) -> Document:
        lists: dict[str, list[Any]] = {name: [] for name in self._lists}
        return {"format": self._form, "schema": {"version": VERSION, "min_reader": VERSION}, **lists}

    def _refusal(self, exc: Exception) -> str:
        reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else exc
        return f"{self.path.name} can't be used ({reason}): it is left untouched. Move it away to begin a new one."

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the file's lock where that can be had; without it the bytes alone guard the file."""
        lock = FileLock(lock_path(self.path))
        held = False
        try:
            lock_path(self.path).parent.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=_LOCK_SECONDS)
            held = True
        except (Timeout, OSError):
            pass
        try:
            yield
        finally:
            if held:
                lock.release()
