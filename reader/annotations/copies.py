"""Other versions of a sidecar that lie beside it: a synchroniser's, and those of saves that met a foreign file."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from reader.annotations.loading import read_bytes
from reader.annotations.sidecar import VERSION, decode
from reader.text.errors import SidecarError, SidecarNewer

if TYPE_CHECKING:
    from pathlib import Path

    from reader.annotations.annotation import Notes

MERGED = ".merged"
"""What a copy's name ends in once its notes are in the sidecar: it is kept, and offered no more."""


def conflict_copies(sidecar: Path) -> tuple[Path, ...]:
    """Return the copies of a sidecar that can be read, by name.

    Syncthing calls them `mist.txt.notes.sync-conflict-20261122-010500-ABCDEFG.json`, the reader
    `mist.txt.notes.json.conflict-20261122T010500Z.json`.
    """
    stem, suffix = re.escape(sidecar.stem), re.escape(sidecar.suffix)
    pattern = re.compile(rf"{stem}({suffix})?\.sync-conflict-.+|{stem}{suffix}\.conflict-\w+\.json", re.DOTALL)
    try:
        names = [name for name in os.listdir(sidecar.parent) if name.startswith(sidecar.stem)]
    except OSError:
        return ()
    found = sorted(name for name in names if pattern.fullmatch(name) and not name.endswith(MERGED))
    paths = (sidecar.with_name(name) for name in found)
    return tuple(path for path in paths if _is_sound(path))


def read_copy(path: Path) -> Notes:
    """Read another sidecar; raises `SidecarError` where it vanished or this reader can't read it."""
    try:
        payload = read_bytes(path)
        if payload is None:
            raise SidecarError("no longer there", path)
        notes = decode(payload)
        if notes.min_reader > VERSION:
            raise SidecarNewer("written by a newer reader", path)
    except OSError as exc:
        raise SidecarError(f"{path.name} can't be read ({exc.strerror}). Nothing was changed.", path) from exc
    except SidecarError as exc:
        raise type(exc)(f"{path.name} is {exc}. Nothing was changed.", path) from exc
    return notes


def put_aside(copy: Path) -> None:
    """Rename a copy whose notes are in the sidecar, so that it is offered no more; raises `OSError`."""
    target = copy.with_name(copy.name + MERGED)
    number = 1
    while target.exists():
        number += 1
        target = copy.with_name(f"{copy.name}-{number}{MERGED}")
    copy.rename(target)


def _is_sound(path: Path) -> bool:
    try:
        read_copy(path)
    except SidecarError:
        return False
    return True
