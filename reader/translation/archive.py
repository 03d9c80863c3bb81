"""Unpack a package file, trusting nothing that it says about itself."""

from __future__ import annotations

import re
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from reader.text.errors import PackageRefused

MAX_MEMBERS = 5_000
MAX_BYTES = 8 * 1024**3
# Models hardly compress; vocabularies do, by a factor of five or so.
MAX_RATIO = 50
_SMALL = 16 * 1024**2
_MAX_DIRECTORY_BYTES = 2 * 1024**2
_CHUNK = 1024**2
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f:*?"<>|\\]')


def unpack(file: Path, folder: Path) -> Path:
    """Extract a package file into the new folder `folder`; return the package's own folder in there.

    All members are checked before the first byte is written. Raise `PackageRefused`, and leave nothing behind.
    """
    try:
        if not file.exists():
            raise PackageRefused(f"“{file.name}” is not there: nothing was installed.", file)
        if not zipfile.is_zipfile(file):
            raise PackageRefused(f"“{file.name}” is no Argos package: it is not a zip file, or it is cut off.", file)
        _check_directory_size(file)
        with zipfile.ZipFile(file) as archive:
            root = _check_members(file, archive.infolist())
            _extract(file, archive, folder)
    except PackageRefused:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error) as exc:
        shutil.rmtree(folder, ignore_errors=True)
        raise PackageRefused(f"“{file.name}” is damaged: {exc}. Get the file again.", file) from exc
    except OSError as exc:
        shutil.rmtree(folder, ignore_errors=True)
        raise PackageRefused(f"“{file.name}” can't be unpacked: {exc.strerror or exc}.", file) from exc
    return folder / root


def _check_directory_size(file: Path) -> None:
    """Refuse a list of members so long that only reading it would take minutes.

    `zipfile` reads the whole list at once, whatever number of members the end record states; so what counts is
    the list's size, which stands in the end record (PKWARE APPNOTE 4.3.16) or its Zip64 form (4.3.14).
    """
    with file.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 22 - 0xFFFF - 20))
        tail = stream.read()
        end = tail.rfind(b"PK\x05\x06")
        (directory,) = struct.unpack_from("<I", tail, end + 12)
        locator = tail[end - 20 : end] if end >= 20 else b""
        if locator[:4] == b"PK\x06\x07":
            stream.seek(struct.unpack_from("<Q", locator, 8)[0])
            record = stream.read(56)
            if len(record) == 56:
                (directory,) = struct.unpack_from("<Q", record, 40)
    if directory > _MAX_DIRECTORY_BYTES:
        raise PackageRefused(f"“{file.name}” is refused: it lists far more files than any package has.", file)


def _check_members(file: Path, members: list[zipfile.ZipInfo]) -> str:
    """Check names, kinds, number and stated sizes; return the name of the one root folder."""

    def refuse(why: str) -> PackageRefused:
        return PackageRefused(f"“{file.name}” is refused: {why}.", file)

    if len(members) > MAX_MEMBERS:
        raise refuse("it lists far more files than any package has")
    seen: set[str] = set()
    for member in members:
        path = PurePosixPath(member.orig_filename)
        shown = member.orig_filename.encode("unicode_escape").decode()[:80]
        if path.is_absolute() or ".." in path.parts or not path.parts or _FORBIDDEN.search(member.orig_filename):
            raise refuse(f"“{shown}” in it would be written outside its folder, or has a name that is not safe")
        if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise refuse(f"“{shown}” in it is a link or another special file")
        if member.flag_bits & 1:
            raise refuse("it is encrypted")
        folded = unicodedata.normalize("NFC", str(path)).casefold()
        if folded in seen:
            raise refuse(f"“{shown}” stands in it twice")
        seen.add(folded)
    roots = {PurePosixPath(member.orig_filename).parts[0] for member in members}
    nested = any(len(PurePosixPath(member.orig_filename).parts) > 1 for member in members)
    if len(roots) != 1 or not nested:
        raise refuse("a package holds one folder with everything in it, and this file does not")
    allowed = _allowed_bytes(file)
    if sum(member.file_size for member in members) > allowed:
        raise refuse("it would unpack to an unreasonable size")
    return roots.pop()


def _allowed_bytes(file: Path) -> int:
    return min(MAX_BYTES, file.stat().st_size * MAX_RATIO + _SMALL)


def _extract(file: Path, archive: zipfile.ZipFile, folder: Path) -> None:
    """Write the members, counting what really comes out; the stated sizes may lie."""
    left = _allowed_bytes(file)
    free = shutil.disk_usage(folder.parent).free
    needed = sum(member.file_size for member in archive.infolist())
    if needed > free:
        raise PackageRefused(
            f"There is no room for “{file.name}”: it needs {needed // 1024**2} MB, {free // 1024**2} MB are free.", file
        )
    for member in archive.infolist():
        target = folder.joinpath(*PurePosixPath(member.orig_filename).parts)
        if member.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, target.open("xb") as sink:
            while chunk := source.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise PackageRefused(f"“{file.name}” is refused: it would unpack to an unreasonable size.", file)
                sink.write(chunk)
