"""The index of packages that can be downloaded, and the download itself: the only code in the reader that goes online.

Nothing here runs by itself: each call is an explicit act of the user. What was downloaded is not trusted; it goes
through `PackageStore.install` like any other file.
"""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.text import APPLICATION
from reader.text.errors import PackageError, PackageMissing
from reader.translation.package import parse_metadata

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from reader.translation.folders import PackageDirs

_SECONDS = 30
_CHUNK = 256 * 1024
_MAX_INDEX = 20 * 1024**2
_NETWORK_ERRORS = (urllib.error.URLError, http.client.HTTPException, OSError)


@dataclass(frozen=True, slots=True)
class AvailablePackage:
    """A package in the index; `links` are http(s) addresses of its file."""

    from_code: str
    to_code: str
    from_name: str
    to_name: str
    version: str
    links: tuple[str, ...]

    @property
    def label(self) -> str:
        """The package as it is called in messages."""
        return f"{self.from_code} → {self.to_code} {self.version}".strip()

    @property
    def host(self) -> str:
        """The computer it comes from, to be named before the user says yes."""
        return urllib.parse.urlsplit(self.links[0]).hostname or ""


@dataclass(frozen=True, slots=True)
class DownloadStep:
    """How far a download is, in bytes; `total` is None where the server doesn't say. `file` is set by the last step."""

    done: int
    total: int | None
    file: Path | None = None


class PackageIndex:
    """The packages that Argos' index lists, as it was when it was last fetched."""

    def __init__(self, dirs: PackageDirs) -> None:
        self._dirs = dirs

    def available(self) -> tuple[AvailablePackage, ...]:
        """Read the kept index, offline; entries that make no sense are left out. Raise `PackageMissing` without one."""
        try:
            entries = json.loads(self._dirs.index.read_bytes())
        except FileNotFoundError as exc:
            raise PackageMissing(
                f"The package index was not fetched yet. Fetch it from {self._dirs.index_url}, or install packages "
                "from files.",
                self._dirs.index,
            ) from exc
        except (OSError, ValueError, RecursionError) as exc:
            raise PackageError(
                f"The kept package index {self._dirs.index} can't be read. Fetch it again.", self._dirs.index
            ) from exc
        found = [package for entry in entries if (package := _available(entry))] if isinstance(entries, list) else []
        return tuple(sorted(found, key=lambda package: (package.from_code, package.to_code, package.version)))

    def find(self, from_code: str, to_code: str) -> AvailablePackage:
        """Return the package of a pair, the last listed where there are several. Raise `PackageMissing`."""
        for package in reversed(self.available()):
            if (package.from_code, package.to_code) == (from_code, to_code):
                return package
        raise PackageMissing(f"The package index lists no package {from_code} → {to_code}.", self._dirs.index)

    def refresh(self) -> tuple[AvailablePackage, ...]:
        """Fetch the index (goes online) and keep it for offline reading."""
        url = self._dirs.index_url.rstrip("/") + "/index.json"
        with _network(f"The package index can't be fetched from {urllib.parse.urlsplit(url).hostname}"):
            with _opened(url) as response:
                content = response.read(_MAX_INDEX + 1)
            if len(content) > _MAX_INDEX or not isinstance(_json(content), list):
                raise PackageError(f"What {url} holds is no package index. The index fetched before is kept.")
            _write(self._dirs.index, content)
        return self.available()

    def download(self, package: AvailablePackage) -> Generator[DownloadStep]:
        """Download a package's file (goes online), step by step; the first step comes before any of its content.

        Closing the iterator stops; what has come is kept, and the next call goes on from there. A file whose
        beginning and end do not belong together is refused by `PackageStore.install`.
        """
        self._dirs.downloads.mkdir(parents=True, exist_ok=True)
        name = f"translate-{package.from_code}_{package.to_code}-{package.version}".replace(".", "_").replace("/", "_")
        file = self._dirs.downloads / f"{name}.argosmodel"
        part = file.with_name(f"{file.name}.part")
        kept = "What has come is kept: try again to go on from there"
        with _network(f"The package {package.label} can't be downloaded from {package.host}", kept):
            done = part.stat().st_size if part.exists() else 0
            with _opened(package.links[0], done) as response:
                if response.status != http.HTTPStatus.PARTIAL_CONTENT:
                    done = 0  # the server sends it from the beginning
                length = response.headers.get("Content-Length")
                total = done + int(length) if length and length.isdigit() else None
                yield DownloadStep(done, total)
                with part.open("ab" if done else "wb") as sink:
                    while chunk := response.read(_CHUNK):
                        sink.write(chunk)
                        done += len(chunk)
                        yield DownloadStep(done, total)
            if total is not None and done < total:
                raise PackageError(f"The connection to {package.host} broke off. {kept}.", part)
            os.replace(part, file)
        yield DownloadStep(done, total, file)


def _available(entry: object) -> AvailablePackage | None:
    """Read one entry of the index; None for what is no translation package with a usable link."""
    if not isinstance(entry, dict):
        return None
    try:
        metadata = parse_metadata(entry)
    except ValueError:
        return None
    links = entry.get("links")
    usable = tuple(
        link
        for link in (links if isinstance(links, list) else [])
        if isinstance(link, str) and urllib.parse.urlsplit(link).scheme in ("http", "https")
    )
    if metadata.kind != "translate" or not metadata.has_pair or not usable:
        return None
    return AvailablePackage(
        metadata.from_code, metadata.to_code, metadata.from_name, metadata.to_name, metadata.version, usable
    )


@contextmanager
def _opened(url: str, start: int = 0) -> Iterator[http.client.HTTPResponse]:
    """Open an http(s) address, from byte `start` on where the server can."""
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise PackageError(f"“{url}” is no web address.")
    headers = {"User-Agent": APPLICATION} | ({"Range": f"bytes={start}-"} if start else {})
    try:
        response = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=_SECONDS)
    except urllib.error.HTTPError as exc:
        exc.close()
        if not (start and exc.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE):
            raise
        plain = urllib.request.Request(url, headers={"User-Agent": APPLICATION})
        response = urllib.request.urlopen(plain, timeout=_SECONDS)
    with response:
        yield response


@contextmanager
def _network(what: str, then: str = "Nothing was changed") -> Iterator[None]:
    """Turn what goes wrong on the way into the user's words."""
    try:
        yield
    except _NETWORK_ERRORS as exc:
        reason = getattr(exc, "reason", None) or getattr(exc, "strerror", None) or exc
        raise PackageError(f"{what} ({reason}). {then}.") from exc


def _json(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_bytes(content)
    os.replace(part, file)
