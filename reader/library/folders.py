"""Tell what is new, changed and gone in the folders of the library. Files are looked at, never read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.library.catalogue import is_article, is_folder, scan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Stamp = tuple[int, int]
"""A file's size and the time of its last change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened in folders. `back` are files that were gone and are there again as they were."""

    new: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()
    gone: tuple[Path, ...] = ()
    back: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone or self.back)


class WatchedFolders:
    """The folders that were opened with what lies in them, and the folders of files that were opened by name.

    One change in a folder looks at that folder alone; a folder that is new is walked. Belongs to one thread at a
    time.
    """

    def __init__(self) -> None:
        self._files: dict[Path, dict[Path, Stamp | None]] = {}
        """By folder: the articles known and their stamps, None for one that is gone."""
        self._whole: dict[Path, tuple[int, int]] = {}
        """The folders whose new files belong to the library, with device and inode: links may lead here again."""

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder in which something could happen."""
        return tuple(self._files)

    def add(self, folders: Iterable[Path], articles: Iterable[Path]) -> None:
        """Take over what a scan found: folders that are watched as a whole, and articles, perhaps outside them."""
        for folder in folders:
            inode = _inode(folder)
            if inode is not None:
                self._whole[folder] = inode
                self._files.setdefault(folder, {})
        for path in articles:
            self._files.setdefault(path.parent, {}).setdefault(path, _stamp(path))

    def stamp(self, path: Path) -> Stamp | None:
        """Return an article's size and time as they were when its folder was last looked at."""
        return self._files.get(path.parent, {}).get(path)

    def forget(self, path: Path) -> None:
        """Forget an article."""
        self._files.get(path.parent, {}).pop(path, None)

    def look(self, folders: Iterable[Path]) -> Changes:
        """Look into some folders and remember what is there now."""
        new: list[Path] = []
        changed: list[Path] = []
        gone: list[Path] = []
        back: list[Path] = []
        for folder in folders:
            known = self._files.get(folder)
            if known is None:
                continue
            there = self._list(folder, new)
            for path, before in known.items():
                now = there.pop(path, None) or _stamp(path)
                if now is None and before is not None:
                    gone.append(path)
                elif now is not None and before is None:
                    back.append(path)
                elif now != before:
                    changed.append(path)
                known[path] = now
            if folder in self._whole:
                new += sorted(there)
                known.update(there)
        return Changes(tuple(new), tuple(changed), tuple(gone), tuple(back))

    def _list(self, folder: Path, new: list[Path]) -> dict[Path, Stamp | None]:
        """Return the articles in a whole folder; what lies in folders that are new in it is added to `new`."""
        there: dict[Path, Stamp | None] = {}
        if folder not in self._whole:
            return there
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    path = folder / entry.name
                    if is_folder(entry):
                        self._enter(path, new)
                    elif is_article(entry.name):
                        there[path] = _stamp(path)
        except OSError:  # gone, or not to be looked into any more: so are its articles
            return there
        return there

    def _enter(self, folder: Path, new: list[Path]) -> None:
        if folder in self._whole or _inode(folder) in self._whole.values():
            return
        found = scan([folder])
        new += found.articles
        self.add(found.folders, found.articles)


def _stamp(path: Path) -> Stamp | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _inode(folder: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino
