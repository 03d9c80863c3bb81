"""Where the notes of an article are kept: beside it, or in the user's data folder where that can't be."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

import platformdirs

from reader.text import APPLICATION

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".notes.json"
LONGEST_NAME = 255
ROOM = len(".conflict-20261122T010500Z.json")
"""Bytes that the names of copies need beyond the sidecar's own."""


def sidecar_path(article: Path) -> Path:
    """Return the sidecar's place beside an article: the whole name is kept, so a.txt and a.md have one each."""
    return article.with_name(article.name + SUFFIX)


def data_folder() -> Path:
    """Return the folder for notes that can't lie beside their article."""
    return platformdirs.user_data_path(APPLICATION) / "notes"


def lock_path(sidecar: Path) -> Path:
    """Return the lock of a sidecar, in the user's cache folder so that none litters the articles."""
    return platformdirs.user_cache_path(APPLICATION) / "locks" / f"{_fingerprint(sidecar)}.lock"


def place_away(article: Path, folder: Path) -> Path:
    """Return the place in `folder` of the notes of an article that can't have them beside it."""
    return folder / f"{_fingerprint(article)}{SUFFIX}"


def why_not_beside(article: Path) -> str | None:
    """Say why notes can't be saved beside the article, or None where they can (or the folder has vanished)."""
    sidecar = sidecar_path(article)
    if len(os.fsencode(sidecar.name)) + ROOM > LONGEST_NAME:
        return f"the name {article.name} is too long to add {SUFFIX} to it"
    with suppress(OSError):  # what can't be looked at is no reason yet: the save itself will say what is wrong
        if sidecar.exists() and not _writable(sidecar):
            return f"{sidecar.name} is write-protected"
        if article.parent.exists() and not _writable(article.parent):
            return f"the folder {article.parent} can't be written to"
    return None


def _writable(path: Path) -> bool:
    """Say whether the file may be written; a missing write bit counts even for one who could ignore it."""
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


def _fingerprint(path: Path) -> str:
    return sha256(os.fsencode(path.absolute())).hexdigest()[:24]
