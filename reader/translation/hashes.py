"""Remember the SHA-256 of packages' files, and notice when a file is no longer what it was."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MODEL = "model/model.bin"
_TOKENIZERS = ("sentencepiece.model", "bpe.model")


@dataclass(frozen=True, slots=True)
class PackageHashes:
    """SHA-256 of the model and the tokenizer; `changed` names the file that is not the one recorded."""

    model: str
    tokenizer: str
    changed: str | None = None


class HashRecord:
    """What each file's SHA-256 was when its package was first seen, in one JSON file of the reader's own.

    A file is hashed again only when its size or modification time changed. Where the record can't be written, it
    holds for this run.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._known: dict[str, dict[str, Any]] = self._read()

    def of(self, folder: Path, version: str) -> PackageHashes:
        """Return the hashes of a package's files; a new `version` is a new package. Raise `OSError`."""
        tokenizer = next(name for name in _TOKENIZERS if (folder / name).is_file())
        with self._lock:
            entry = self._known.get(str(folder))
            if entry is None or entry.get("version") != version:
                entry = {"version": version, "files": {}}
            before = json.dumps(entry)
            model, model_changed = _current(folder, MODEL, entry["files"])
            tokens, tokens_changed = _current(folder, tokenizer, entry["files"])
            if json.dumps(entry) != before or str(folder) not in self._known:
                self._known[str(folder)] = entry
                self._write()
        changed = MODEL if model_changed else tokenizer if tokens_changed else None
        return PackageHashes(model, tokens, changed)

    def forget(self, folders: Iterable[Path]) -> None:
        """Drop what is known of packages that were replaced or removed."""
        with self._lock:
            for folder in folders:
                self._known.pop(str(folder), None)
            self._write()

    def distrust(self) -> None:
        """Hash every file again the next time it is asked for."""
        with self._lock:
            for entry in self._known.values():
                for seen in entry["files"].values():
                    seen["seen"] = None

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            known = json.loads(self._file.read_bytes())
            if isinstance(known, dict) and all(_valid(entry) for entry in known.values()):
                return known
        except (OSError, ValueError, RecursionError):
            pass  # nothing is lost but the memory of earlier hashes
        return {}

    def _write(self) -> None:
        partial = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(self._known, indent=1), encoding="utf-8")
            os.replace(partial, self._file)
        except OSError:
            pass  # a read-only home: the record lives as long as this run


def _current(folder: Path, name: str, files: dict[str, Any]) -> tuple[str, bool]:
    """Return the file's SHA-256 as it is now, and whether it differs from the recorded one."""
    stat = (folder / name).stat()
    seen = [stat.st_size, stat.st_mtime_ns]
    known = files.get(name)
    if known is not None and known["seen"] == seen:
        return str(known["now"]), known["now"] != known["sha256"]
    with (folder / name).open("rb") as file:
        now = hashlib.file_digest(file, "sha256").hexdigest()
    first = now if known is None else str(known["sha256"])
    files[name] = {"sha256": first, "now": now, "seen": seen}
    return now, now != first


def _valid(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("files"), dict)
        and all(isinstance(seen, dict) and {"sha256", "now", "seen"} <= seen.keys() for seen in entry["files"].values())
    )
