"""What a command prints: records of JSON or lines for a person, failures, progress."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from reader.articles.reading import shown_name

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    AddCommand = Callable[[str, str, Callable[[argparse.Namespace, "Output"], None]], argparse.ArgumentParser]
    """Add a command by name, what its help says, and what runs it."""

_CONTROLS = dict.fromkeys((*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0)), "\ufffd")


class Output:
    """Standard output and the count of failures."""

    def __init__(self, *, json: bool) -> None:
        self.json = json
        self.failed = 0

    def record(self, value: dict[str, Any]) -> None:
        """Print one JSON object a line; a lone surrogate of a strange file name is escaped."""
        line = json.dumps(value, ensure_ascii=False, allow_nan=False)
        sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()

    def line(self, words: str) -> None:
        """Print a line for a person."""
        sys.stdout.buffer.write(harmless(words).encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()

    def fail(self, path: Path | None, error: object) -> None:
        """Report a failure; the command goes on with the other files."""
        self.failed += 1
        if self.json:
            self.record({"path": str(path) if path else None, "error": str(error)})
        else:
            name = f"{path}: " if path and shown_name(path) not in str(error) else ""
            words = " ".join(f"{name}{error}".split())
            sys.stderr.buffer.write(harmless(words).encode("utf-8", "backslashreplace") + b"\n")
            sys.stderr.buffer.flush()

    def progress(self, words: str) -> None:
        """Show progress on a terminal."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{harmless(words)}")
            sys.stderr.flush()


def harmless(words: str) -> str:
    """Return `words` without what would steer a terminal: articles and file names may hold anything."""
    return words.translate(_CONTROLS)
