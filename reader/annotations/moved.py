"""Find the notes of an article that was renamed, moved or copied without them."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from reader.annotations.annotation import HIGHLIGHT, MANUAL
from reader.annotations.durable import discard, replace_file
from reader.annotations.loading import backup_of, read_bytes
from reader.annotations.places import SUFFIX, sidecar_path
from reader.annotations.sidecar import VERSION, decode
from reader.text.errors import SidecarError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader.annotations.annotation import Notes
    from reader.articles.article import Article

MOST_FOLDERS = 500
MOST_SIDECARS = 5_000
"""Folders and sidecars that are looked into, the nearest first."""


@dataclass(frozen=True, slots=True)
class MovedNotes:
    """Notes kept for another file whose content is that of an article without notes.

    `name` is the other file's; `highlights` are a person's own: what was found and decided on is not counted.
    `same_bytes` is False where only the text is the same (another encoding, other line ends). With `is_copy` the
    other file still stands beside its notes, which are then copied and not moved. `encoding` is the one a person
    chose for it: the article is to be read in it.
    """

    sidecar: Path
    name: str
    highlights: int
    same_bytes: bool
    is_copy: bool
    encoding: str | None = None


def find_moved(article: Article, away_folder: Path) -> tuple[MovedNotes, ...]:
    """Look for notes of the same content near an article, the likeliest first.

    Looked into are its folder, those inside and beside it, the one above, and the notes kept away from their
    articles. An empty article is like any other and finds none.
    """
    if not article.text.strip():
        return ()
    found, away_folder = [], away_folder.resolve()
    for sidecar in islice(_sidecars(article.path, away_folder), MOST_SIDECARS):
        moved = _moved(sidecar, article, away=sidecar.parent == away_folder)
        if moved:
            found.append(moved)
    return tuple(sorted(found, key=lambda moved: (not moved.same_bytes, moved.is_copy)))


def clear_old_place(moved: MovedNotes, new: Path, taken: Notes) -> None:
    """Make a sidecar whose article is gone the backup of the new one; it stays if it changed since it was `taken`."""
    if moved.is_copy or backup_of(new).exists():
        return
    with suppress(OSError, SidecarError):
        payload = read_bytes(moved.sidecar)
        if payload and decode(payload) == taken:
            replace_file(backup_of(new), payload)
            discard(moved.sidecar)
            discard(backup_of(moved.sidecar))


def _sidecars(article: Path, away_folder: Path) -> Iterator[Path]:
    here = article.parent.resolve()
    own = here / sidecar_path(article).name
    folders = (here, away_folder, here.parent, *_folders_in(here), *_folders_in(here.parent))
    for folder in dict.fromkeys(folder.resolve() for folder in folders[:MOST_FOLDERS]):  # links lead to the same ones
        with suppress(OSError):
            names = sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))
            yield from (path for name in names if (path := folder / name) != own)


def _folders_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(folder / entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []


def _moved(sidecar: Path, article: Article, *, away: bool) -> MovedNotes | None:
    with suppress(OSError, SidecarError):
        payload = read_bytes(sidecar) or b""
        # the hashes are searched for in the bytes first: parsing every sidecar around would take seconds
        if not any(digest.encode() in payload for digest in (article.sha256, article.text_sha256)):
            return None
        notes = decode(payload)
        record = notes.article
        same_bytes = record.sha256 == article.sha256
        if notes.min_reader <= VERSION and (same_bytes or record.text_sha256 == article.text_sha256):
            other = sidecar.with_name(sidecar.name.removesuffix(SUFFIX))
            return MovedNotes(
                sidecar,
                record.file if away else other.name,
                sum(each.kind == HIGHLIGHT for each in notes.annotations),
                same_bytes,
                # where the notes were kept away, nothing tells whether their article still stands somewhere
                is_copy=away or other.exists(),
                encoding=record.encoding.value if record.encoding and record.encoding.how == MANUAL else None,
            )
    return None
