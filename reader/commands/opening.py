"""How a command comes to its articles: found in folders, opened, analysed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotations.annotation import COLOURS
from reader.text.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.commands.output import Output
    from reader.opened import OpenArticle
    from reader.workspace import Workspace


def new_workspace(target: str = "en") -> Workspace:
    """Return a workspace that translates into `target`."""
    from reader.workspace import Workspace  # the analysis is heavy: `packages list` and `--help` do without

    return Workspace.create(target)


def articles_in(paths: Sequence[Path], out: Output) -> list[Path]:
    """Return the articles among files and in folders; report what can't be looked through."""
    from reader.library.catalogue import scan

    found = scan(paths)
    for problem in found.problems:
        out.fail(problem.path, problem.message)
    return list(found.articles)


def each_opened(workspace: Workspace, paths: Sequence[Path], out: Output) -> Iterator[OpenArticle]:
    """Yield the articles that open, analysed; report the others."""
    for number, path in enumerate(paths, 1):
        out.progress(f"{number} of {len(paths)}: {path.name}")
        try:
            opened = workspace.open(path)
            opened.set_analysis(workspace.analyse(opened))
        except ReaderError as exc:
            out.fail(path, exc)
        else:
            yield opened
    out.progress("")


def colour_name(name: str) -> str:
    """Return a colour's name as an argument, or refuse it."""
    if name not in COLOURS:
        raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(COLOURS)}")
    return name


def add_paths(*parsers: argparse.ArgumentParser) -> None:
    """Let commands take files and folders."""
    for each in parsers:
        each.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")


def add_json(*parsers: argparse.ArgumentParser) -> None:
    """Let commands print JSON."""
    for each in parsers:
        each.add_argument("--json", action="store_true", help="one JSON object a line")


def day(words: str) -> str:
    """Return a day as it is given in an option; what is none is wrong usage."""
    from datetime import date

    try:
        return date.fromisoformat(words).isoformat()
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"{words} is no day like 2026-01-31") from exc
