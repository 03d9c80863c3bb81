"""Find the articles in files and folders. Names only: no article is opened here."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.articles.article import ARTICLE_SUFFIXES
from reader.articles.reading import shown_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SIDECAR_SUFFIX = ".notes.json"
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Problem:
    """A path that gives no article, with a sentence for the user that says why."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found: each article once, folders in natural order, paths in the order given.

    `folders` are the folders looked into, those inside others too.
    """

    articles: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()
    folders: tuple[Path, ...] = ()


def scan(paths: Iterable[Path]) -> Scan:
    """Walk files and folders for articles.

    Files named outright are taken whatever their suffix, sidecars apart. Links to folders are followed, each
    folder is entered once, hidden names are left out. Whatever can't be looked at becomes a problem.
    """
    articles: dict[str, Path] = {}
    problems: list[Problem] = []
    folders: list[Path] = []
    for path in paths:
        if os.path.isdir(path):
            found, unreadable, entered = _walk(path)
            problems += unreadable
            folders += entered
            if not found and not unreadable:
                problems.append(Problem(path, f"No articles in {_named(path)}: no {_suffixes()} file."))
        elif path.name.endswith(SIDECAR_SUFFIX):
            found = []
            problems.append(Problem(path, f"{_named(path)} holds notes; open the article beside it."))
        elif not os.path.lexists(path):
            found = []
            problems.append(Problem(path, f"{_named(path)} is not there."))
        else:
            found = [path]
        for article in found:
            articles.setdefault(os.path.abspath(article), article)
    return Scan(tuple(articles.values()), tuple(problems), tuple(dict.fromkeys(folders)))


def place_key(path: Path) -> str:
    """Return a key that sorts by folder and file as a person counts: 2 before 10, without regard to capitals.

    Text is compared many times faster than tuples, and whoever sorts ten thousand stops every other thread meanwhile.
    """
    return _place_key(os.fspath(path))


@lru_cache(maxsize=1 << 15)
def _place_key(path: str) -> str:
    folder, _, name = path.rpartition(os.sep)
    return f"{_folder_key(folder)}\0{_counted(name)}"


@lru_cache(maxsize=1 << 12)
def _folder_key(folder: str) -> str:
    return "\0".join(map(_counted, folder.split(os.sep)))


def _counted(name: str) -> str:
    return _DIGITS.sub(_with_length, name.casefold())


def _with_length(digits: re.Match[str]) -> str:
    number = digits[0].lstrip("0")
    return f"\1{len(number):03}{number}{digits[0]}\0"  # digits come before all else, fewer zeros before more


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a folder, or a link to one; the answer needs no look at the disk but for links."""
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def is_article(name: str) -> bool:
    """Say whether a file's name is that of an article."""
    return os.path.splitext(name)[1].lower() in ARTICLE_SUFFIXES


def _walk(top: Path) -> tuple[list[Path], list[Problem], list[Path]]:
    found: list[Path] = []
    problems: list[Problem] = []
    folders: list[Path] = []
    entered: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if is_folder(entry):
                        waiting.append(folder / entry.name)
                    elif is_article(entry.name):
                        found.append(folder / entry.name)
            folders.append(folder)
        except OSError as exc:
            problems.append(Problem(folder, f"{_named(folder)} can't be looked into ({exc.strerror}); it is left out."))
    found.sort(key=lambda path: (place_key(path), str(path)))
    return found, problems, folders


def _named(path: Path) -> str:
    return shown_name(path) or str(path)


def _suffixes() -> str:
    return ", ".join(ARTICLE_SUFFIXES[:-1]) + f" or {ARTICLE_SUFFIXES[-1]}"
