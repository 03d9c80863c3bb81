"""Read a sidecar, and where it is damaged, the best of what is left of it."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from reader.annotations.durable import replace_file, temps_of
from reader.annotations.sidecar import VERSION, decode
from reader.annotations.strict_json import MAX_BYTES
from reader.text.errors import SidecarDamaged, SidecarError, SidecarForeign, SidecarNewer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader.annotations.annotation import Notes


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was found under a sidecar's name.

    `notes` is None where there are none. `digest` is that of the bytes on the disk, None where no file is; `sound`
    says that these bytes can be read. `refused` says in a sentence why the file may not be written; `warnings` are
    sentences for the user.
    """

    notes: Notes | None = None
    digest: str | None = None
    warnings: tuple[str, ...] = ()
    refused: str | None = None
    sound: bool = True


def backup_of(path: Path) -> Path:
    """Return the place of the sidecar's last version but one."""
    return path.with_name(path.name + ".bak")


def read_bytes(path: Path) -> bytes | None:
    """Return a sidecar's bytes, None where there is no file.

    Raises `SidecarForeign` for what is no plain file of the folder (a link out of it, a pipe, a folder) or is too
    large, and `OSError`.
    """
    try:
        if stat.S_ISLNK(path.lstat().st_mode) and path.resolve().parent != path.parent.resolve():
            raise SidecarForeign("a link to another folder", path)
        # a pipe without a writer would block the open for ever
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as exc:
        if exc.errno in (errno.ENOENT, errno.ENAMETOOLONG):
            return None
        raise
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise SidecarForeign("not a plain file", path)
        if found.st_size > MAX_BYTES:
            raise SidecarForeign(f"larger than {MAX_BYTES // 2**20} MB", path)
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def load(path: Path, utc: str) -> Loaded:
    """Read the sidecar `path`; a damaged one is copied (its name ends in `utc`) and its backup read instead."""
    try:
        payload = read_bytes(path)
    except SidecarError as exc:
        return Loaded(refused=f"{path.name} is {exc}: it is left untouched, and no notes can be kept under that name.")
    except OSError as exc:
        return Loaded(refused=f"{path.name} can't be read ({exc.strerror}): it is left untouched.")
    if payload is None:
        left = _instead(path, f"{path.name} is missing")
        return left if left.notes else Loaded()
    digest = sha256(payload).hexdigest()
    try:
        notes = decode(payload)
    except SidecarDamaged as exc:
        return replace(_recovered(path, payload, exc, utc), digest=digest, sound=False)
    except SidecarForeign as exc:
        kept = f"{path.name} is {exc}: it is left untouched. Move it away to keep notes of this article."
        return Loaded(digest=digest, refused=kept)
    except SidecarNewer:
        return Loaded(digest=digest, refused=_newer(path))
    return Loaded(notes, digest, refused=_newer(path) if notes.min_reader > VERSION else None)


def glance(path: Path) -> Notes | None:
    """Return the notes in a sidecar or its backup without a word about what is wrong with them."""
    return _sound(path) or _sound(backup_of(path))


def _newer(path: Path) -> str:
    return f"{path.name} was written by a newer reader: it is shown as far as this one understands it, and not changed."


def _recovered(path: Path, payload: bytes, why: SidecarDamaged, utc: str) -> Loaded:
    try:
        copy = _keep_damaged(path, payload, utc)
    except OSError as exc:
        failed = f"{path.name} is damaged ({why}) and no copy of it could be made ({exc.strerror}): it is not changed."
        return replace(_instead(path, f"{path.name} is damaged"), refused=failed)
    return _instead(path, f"{path.name} is damaged ({why}); its bytes are kept as {copy.name}")


def _keep_damaged(path: Path, payload: bytes, utc: str) -> Path:
    """Copy the damaged bytes, unless an earlier start did so already."""
    for earlier in path.parent.iterdir():
        if earlier.name.startswith(f"{path.name}.damaged-"):
            with suppress(SidecarError, OSError):
                if read_bytes(earlier) == payload:
                    return earlier
    copy = path.with_name(f"{path.name}.damaged-{utc}")
    number = 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.damaged-{utc}-{number}")
    replace_file(copy, payload)
    return copy


def _instead(path: Path, what: str) -> Loaded:
    """Load the backup, or the fullest temporary file of a killed save."""
    for source in _sources(path):
        notes = _sound(source)
        if notes is None:
            continue
        said = f"{what}. The notes were read from {source.name} instead: please check the latest changes."
        return Loaded(notes, None, (said,), _newer(source) if notes.min_reader > VERSION else None)
    return Loaded(warnings=(f"{what}. There is no usable backup, so the notes begin empty.",))


def _sources(path: Path) -> Iterator[Path]:
    yield backup_of(path)
    sound = ((notes.revision, temp) for temp in temps_of(path) if (notes := _sound(temp)))
    yield from (temp for _, temp in sorted(sound, reverse=True))


def _sound(source: Path) -> Notes | None:
    try:
        payload = read_bytes(source)
        return None if payload is None else decode(payload)
    except (SidecarError, OSError):
        return None
