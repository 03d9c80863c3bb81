"""The save protocol: what was saved is never lost, and another reader's work is merged, not overwritten."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from reader.annotations.durable import discard, move_over, replace_file, temps_of, write_beside
from reader.annotations.loading import backup_of, read_bytes
from reader.annotations.merging import merged
from reader.annotations.places import lock_path
from reader.annotations.sidecar import VERSION, decode, encode, in_order
from reader.text.errors import SidecarError, SidecarNewer, SidecarNotSaved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reader.annotations.annotation import Notes

LOCK_SECONDS = 1.0
ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands on the disk: the notes, and the file's hash (None: no file).

    `sound` says that the file itself reads as those notes, and not only its backup.
    """

    notes: Notes
    digest: str | None
    sound: bool = True


class Displaced(SidecarError):
    """Under the sidecar's name stands something that may not be overwritten; nothing was written."""


def digest_of(payload: bytes | None) -> str | None:
    """Return the hash by which a file's content is recognised, None for a file that is not there."""
    return None if payload is None else sha256(payload).hexdigest()


def save(path: Path, ours: Notes, base: Saved, new_id: Callable[[], str]) -> Saved:
    """Bring `ours`, which grew out of `base`, onto the disk; when this returns it is there to stay.

    Raises `SidecarNotSaved` with the old file (or, where only the folder's entry could not be synced, the new one)
    in place, and `Displaced` where the file turned foreign, damaged or newer.
    """
    try:
        with _lock(path) as locked:
            for _ in range(ATTEMPTS):
                saved = _attempt(path, ours, base, new_id)
                if saved is not None:
                    if locked:
                        _sweep(path)
                    return saved
    except OSError as exc:
        raise SidecarNotSaved(
            f"The notes could not be saved in {path.name}: {exc.strerror or exc}. "
            "The file on the disk is whole; your changes are kept here and will be saved as soon as that is possible.",
            path,
        ) from exc
    raise SidecarNotSaved(
        f"The notes could not be saved: another program keeps changing {path.name}. Your changes are kept here.", path
    )


def encoded(notes: Notes) -> bytes:
    """Return the bytes of `notes`, proved to read back as the same; raises `SidecarNotSaved` where they don't."""
    try:
        payload = encode(notes)
        same = decode(payload) == in_order(notes)
    except (ValueError, SidecarError) as exc:
        raise SidecarNotSaved(f"The notes can't be written as JSON ({exc}). Nothing was changed.") from exc
    if not same:
        raise SidecarNotSaved("The notes don't read back as they were written. Nothing was changed.")
    return payload


def _attempt(path: Path, ours: Notes, base: Saved, new_id: Callable[[], str]) -> Saved | None:
    """Save once; None where the file changed between reading and replacing it."""
    current = read_bytes(path)
    found = digest_of(current)
    if current is not None and found != base.digest:
        theirs = Saved(_theirs(path, current), found)
        ours = merged(base.notes, ours, theirs.notes, new_id)
    else:
        theirs = base
    if current is not None and theirs.sound and in_order(ours) == theirs.notes:
        return theirs
    notes = in_order(replace(ours, revision=ours.revision + 1))
    payload = encoded(notes)
    temp = write_beside(path, payload)
    try:
        # a damaged file has a copy already, and must not take the place of a good backup
        if current is not None and theirs.sound:
            _refresh_backup(path, current)
        if digest_of(read_bytes(path)) != found:
            return None
        move_over(temp, path)
    finally:
        discard(temp)
    return Saved(notes, digest_of(payload))


def _theirs(path: Path, current: bytes) -> Notes:
    """Read what another program put in the file's place."""
    try:
        theirs = decode(current)
        if theirs.min_reader > VERSION:
            raise SidecarNewer("written by a newer reader", path)
    except SidecarError as exc:
        raise Displaced(f"{path.name} was replaced by a file that is {exc}", path) from exc
    return theirs


def _refresh_backup(path: Path, current: bytes) -> None:
    backup = backup_of(path)
    if read_bytes(backup) != current:
        replace_file(backup, current)


def _sweep(path: Path) -> None:
    with suppress(OSError):  # the notes are on the disk; the next save sweeps again
        for target in (path, backup_of(path)):
            for temp in temps_of(target):
                discard(temp)


@contextmanager
def _lock(path: Path) -> Iterator[bool]:
    """Hold the sidecar's lock, and say whether that worked; without it the hashes alone guard the file."""
    lock = FileLock(lock_path(path))
    try:
        lock_path(path).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=LOCK_SECONDS)
    except (Timeout, OSError):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
