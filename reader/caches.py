"""What can be thrown away and is made again: where it lies, how much it takes, and throwing it away."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.library.schema import index_folder
from reader.text.errors import LibraryError, PackageError, TranslationError
from reader.translation.cache import TranslationCache, cache_file
from reader.translation.folders import argos_dirs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


_DOWNLOADS = "*.argosmodel*"  # the folder is Argos' own: nothing else in it is touched


@dataclass(frozen=True, slots=True)
class Kept:
    """A cache: its place, how many sentences, folders or files it has, and its bytes on disk."""

    path: Path
    count: int
    size: int


def kept_translations() -> Kept:
    """Measure the translations of sentences; not on the main thread."""
    cache = TranslationCache()
    try:
        return Kept(cache_file(), cache.stats().sentences, _size(cache_file().parent.glob(f"{cache_file().name}*")))
    finally:
        cache.close()


def kept_indexes() -> Kept:
    """Measure the indexes of folders."""
    folder = index_folder()
    return Kept(folder, len(list(folder.glob("*.sqlite"))), _size(folder.glob("*.sqlite*")))


def kept_downloads() -> Kept:
    """Measure package files that were downloaded and not installed, whole or in part."""
    files = list(argos_dirs().downloads.glob(_DOWNLOADS))
    return Kept(argos_dirs().downloads, len(files), _size(files))


def clear_translations() -> None:
    """Forget all translations; what a person corrected lies with the notes and stays. Raises `TranslationError`."""
    cache = TranslationCache()
    try:
        cache.clear()
    except sqlite3.Error as exc:
        words = f"The translations in {cache_file()} can't be cleared now: {exc}. Stop translating, then try again."
        raise TranslationError(words, cache_file()) from exc
    finally:
        cache.close()


def clear_indexes() -> None:
    """Remove the indexes of all folders; none may be open. Raises `LibraryError`."""
    for file in (*index_folder().glob("*.sqlite"), *index_folder().glob("*.sqlite-*")):
        try:
            file.unlink(missing_ok=True)
        except OSError as exc:
            words = f"The index {file} can't be removed: {exc.strerror}. Close other windows of the reader first."
            raise LibraryError(words, file) from exc


def clear_downloads() -> None:
    """Remove package files that were downloaded and not installed. Raises `PackageError`."""
    for file in argos_dirs().downloads.glob(_DOWNLOADS):
        try:
            file.unlink(missing_ok=True)
        except OSError as exc:
            raise PackageError(f"The download {file} can't be removed: {exc.strerror}.", file) from exc


def _size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())
