"""Open a file as an `Article`. The file is only ever read."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import unicodedata
from typing import TYPE_CHECKING

from reader.articles.article import Article
from reader.articles.decoding import decode
from reader.articles.structure import find_structure
from reader.text.errors import ArticleError, ArticleTooLarge, ArticleUnreadable

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_ARTICLE = 64 * 1024 * 1024  # bytes
_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"
}
MARKDOWN_SUFFIXES = (".md", ".markdown")

# O_NONBLOCK: opening a FIFO returns instead of waiting for a writer; O_BINARY exists on Windows only
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_article(path: Path, encoding: str | None = None) -> Article:
    """Read a file: bytes, encoding, canonical text, structure.

    `encoding` overrides the detection; any name that Python knows will do. Raises `ArticleUnreadable`,
    `ArticleNotText` or `ArticleTooLarge`; an empty file opens as an empty article.
    """
    data, stamp = _read_bytes(path)
    try:
        decoded = decode(data, encoding)
    except ArticleError as error:
        raise type(error)(f"{shown_name(path)}: {error}", path) from error
    structure = find_structure(decoded.text, path.suffix.lower() in MARKDOWN_SUFFIXES)
    return Article(
        path=path,
        text=decoded.text,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        text_sha256=hashlib.sha256(decoded.text.encode()).hexdigest(),
        encoding=decoded.encoding,
        paragraphs=structure.paragraphs,
        date=structure.date,
        header=structure.header,
        title=structure.title,
        warnings=decoded.warnings,
        stamp=stamp,
    )


def changed_on_disk(article: Article) -> bool:
    """Say whether the file holds other bytes than were read; a file that vanished has not changed.

    Its bytes are read only where size, times or inode differ, so this may be asked at every focus and save.
    """
    try:
        if _stamp(os.stat(article.path)) == article.stamp:
            return False
        data, _ = _read_bytes(article.path)
    except ArticleTooLarge:
        return True
    except (OSError, ArticleError):
        return False
    return hashlib.sha256(data).hexdigest() != article.sha256


def shown_name(path: Path) -> str:
    """Return a file's name for the eye: control, bidi and undecodable characters as U+FFFD."""
    return "".join("\ufffd" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in path.name)


def _read_bytes(path: Path) -> tuple[bytes, tuple[int, ...]]:
    """Return a file's bytes and its stamp as it was when they were read."""
    name = shown_name(path) or str(path)
    if sys.platform == "win32" and (why := windows_objection(path.name)):
        raise ArticleUnreadable(f"{name} can't be opened on Windows: {why}. Rename the file.", path)
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ArticleUnreadable(f"{name} is a pipe, socket or device, not an article.", path)
            # one byte more than allowed: the file may grow between the two calls
            data = b"" if status.st_size > LARGEST_ARTICLE else file.read(LARGEST_ARTICLE + 1)
    except FileNotFoundError as exc:
        raise ArticleUnreadable(f"{name} is no longer there: it was moved, renamed or deleted.", path) from exc
    except (OSError, ValueError) as exc:
        if os.path.isdir(path):  # POSIX and Windows answer a folder with different errors
            raise ArticleUnreadable(f"{name} is a folder, not an article.", path) from exc
        if isinstance(exc, PermissionError):
            raise ArticleUnreadable(f"{name} may not be read: you lack the permission.", path) from exc
        reason = exc.strerror if isinstance(exc, OSError) else exc
        raise ArticleUnreadable(f"{name} can't be read: {reason}.", path) from exc
    if max(status.st_size, len(data)) > LARGEST_ARTICLE:
        raise ArticleTooLarge(
            f"{name} has {max(status.st_size, len(data)) / 1e6:,.0f} MB; "
            f"the reader opens articles of up to {LARGEST_ARTICLE // 1024 // 1024} MB.",
            path,
        )
    return data, _stamp(status)


def windows_objection(name: str) -> str | None:
    """Say why Windows would open something else under a file's name (a device, a stream); None where it would not."""
    stem = name.split(".")[0].rstrip().upper()
    if stem in _DEVICES:
        return f"{stem} is the name of a device"
    if name.endswith((".", " ")):
        return "it ends in a dot or a space, which Windows drops"
    found = sorted(set(name) & set('<>:"|?*'))
    return f"it contains {' '.join(found)}" if found else None


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _open_without_waiting(path: str, _: int) -> int:
    return os.open(path, _OPEN_FLAGS)
