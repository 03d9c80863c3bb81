"""Replace a file so that, whatever happens, the old or the new one stands there whole."""

from __future__ import annotations

import errno
import os
import re
import secrets
import sys
import time
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHARING_VIOLATION_SECONDS = 2.5
CLOCK_TICK_SECONDS = 2
"""The coarsest clock of a file system, that of FAT."""

_TEMP_NAME = re.compile(r"\.notes-[0-9a-f]{12}-[0-9a-f]{16}\.tmp")


def write_beside(target: Path, payload: bytes) -> Path:
    """Write `payload` to a new file in `target`'s folder, on the disk when this returns; return its path.

    It has the target's mode, or that of any new file. Raises `OSError`, and then the file is gone again: after a
    failed fsync its pages may be dropped, so nothing is tried twice on one descriptor.
    """
    path = target.with_name(f"{_temp_prefix(target)}{secrets.token_hex(8)}.tmp")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            with suppress(FileNotFoundError):
                _copy_mode(target, descriptor)
            left = memoryview(payload)
            while left:
                left = left[os.write(descriptor, left) :]
            if os.fstat(descriptor).st_size != len(payload):
                raise OSError(f"{path.name} is not {len(payload)} bytes long")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return path


def move_over(temp: Path, target: Path) -> None:
    """Put `temp` in `target`'s place in one step and make the folder remember it; raises `OSError`."""
    give_up = time.monotonic() + SHARING_VIOLATION_SECONDS
    while True:
        try:
            os.replace(temp, target)
            break
        except PermissionError:
            # Windows refuses while a scanner or an indexer has the file open; that passes
            if sys.platform != "win32" or time.monotonic() > give_up:
                raise
            time.sleep(0.05)
    if sys.platform != "win32":  # a folder can't be opened there
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        except OSError as exc:
            # some network file systems can't sync a folder; there the server orders the operations
            if exc.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(folder)


def replace_file(target: Path, payload: bytes) -> None:
    """Write and move in one go; raises `OSError` with the old file in place and no litter."""
    temp = write_beside(target, payload)
    try:
        move_over(temp, target)
    except BaseException:
        discard(temp)
        raise


def discard(temp: Path) -> None:
    """Remove a temporary file, if it is still there and can be removed."""
    with suppress(OSError):
        temp.unlink()


def temps_of(target: Path) -> Iterator[Path]:
    """Yield the temporary files that saves of `target` left when they were killed; nothing else has such names."""
    prefix = _temp_prefix(target)
    yield from (target.with_name(name) for name in _temps_in(target.parent) if name.startswith(prefix))


def _temps_in(folder: Path) -> tuple[str, ...]:
    """Return the names of all temporary files in a folder; its 10,000 articles ask for them one after the other."""
    try:
        found = os.stat(folder)
    except FileNotFoundError:
        return ()
    times = found.st_mtime_ns, found.st_ctime_ns
    # a folder that changed just now may change once more within the same tick of its file system's clock
    if time.time_ns() - max(times) < CLOCK_TICK_SECONDS * 1_000_000_000:
        return _listed(folder)
    return _remembered(folder, (found.st_dev, found.st_ino, *times))


@lru_cache(maxsize=16)
def _remembered(folder: Path, state: tuple[int, ...]) -> tuple[str, ...]:
    return _listed(folder)


def _listed(folder: Path) -> tuple[str, ...]:
    with suppress(FileNotFoundError):
        return tuple(name for name in os.listdir(folder) if name.startswith(".notes-") and _TEMP_NAME.fullmatch(name))
    return ()


def _temp_prefix(target: Path) -> str:
    return f".notes-{sha256(os.fsencode(target.name)).hexdigest()[:12]}-"


def _copy_mode(target: Path, descriptor: int) -> None:
    if sys.platform != "win32":
        os.fchmod(descriptor, target.stat().st_mode & 0o777)
