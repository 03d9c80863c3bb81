"""`export`: passages, or whole articles, written to a file."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotations.annotation import COLOURS, KINDS
from reader.commands.opening import add_paths, articles_in, colour_name, day, new_workspace
from reader.commands.output import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.commands.output import AddCommand, Output
    from reader.export.passages import Request

FORMATS = ("md", "html", "docx", "pdf", "csv", "json", "tmx")
ORDERS = ("place", "person", "date", "tag")


def add_export_command(command: AddCommand) -> None:
    """Add the command."""
    export = command("export", "Write quotes, people and highlights with translation and source to a file.", _export)
    add_paths(export)
    export.add_argument("--format", required=True, choices=FORMATS, help="the kind of file")
    export.add_argument("--output", required=True, type=Path, metavar="FILE", help="the file to write")
    export.add_argument(
        "--kind", type=_kinds, default=frozenset(), metavar="KIND,…", help=f"some of {', '.join(KINDS)}"
    )
    export.add_argument("--no-terms", action="store_true", help="without quotes that are titles or single terms")
    export.add_argument("--person", action="append", default=[], metavar="NAME", help="only this person's passages")
    colours = ", ".join(COLOURS)
    export.add_argument(
        "--colour", action="append", default=[], type=colour_name, metavar="NAME", help=f"only this colour: {colours}"
    )
    export.add_argument("--tag", action="append", default=[], metavar="TAG", help="only passages with this tag")
    export.add_argument("--from", dest="since", type=day, metavar="DAY", help="articles from 2026-01-31 on")
    export.add_argument("--until", type=day, metavar="DAY", help="articles up to this day")
    export.add_argument("--filter", default="", metavar="WORDS", help="only passages in which all these words occur")
    export.add_argument("--order", choices=ORDERS, default="place", help="what the passages are grouped by (place)")
    export.add_argument(
        "--form", choices=("full", "compact"), default="full", help="everything known of a passage, or the least (full)"
    )
    export.add_argument("--content", choices=("passages", "articles"), help="passages, or whole articles with them")
    export.add_argument("--template", default="", metavar="NAME|FILE", help="briefing, annotated-article or a file")
    export.add_argument("--title", default="", metavar="TEXT", help="the title above the export")
    export.add_argument("--to", default="en", metavar="CODE", help="target language (en)")


def _kinds(words: str) -> frozenset[str]:
    kinds = frozenset(filter(None, map(str.strip, words.split(","))))
    if unknown := kinds - set(KINDS):
        raise argparse.ArgumentTypeError(f"unknown kind: {', '.join(sorted(unknown))}")
    return kinds


def _export(options: argparse.Namespace, out: Output) -> None:
    from reader.exporting import export

    request = _request(options)
    # as words: a path that was used keeps what was made of it, a kilobyte each
    articles = [os.fspath(path) for path in articles_in(options.paths, out)]

    def watched() -> Iterator[Path]:
        for number, path in enumerate(map(Path, articles), 1):
            out.progress(f"{number} of {len(articles)}: {path.name}")
            yield path
        out.progress("")

    with closing(new_workspace(options.to)) as workspace:
        said = export(
            workspace,
            watched(),
            options.output,
            request,
            translate=True,
            problem=lambda error: out.fail(error.path, error),
            unread=out.fail,
            articles=articles,
        )
    sys.stderr.write(f"{harmless(said)}\n")


def _request(options: argparse.Namespace) -> Request:
    from reader.export.passages import Content, Form, Order, Request, Selection
    from reader.settings import Settings

    selection = Selection(
        options.kind,
        frozenset(options.person),
        frozenset(options.colour),
        frozenset(options.tag),
        terms=not options.no_terms,
        since=options.since or "",
        until=options.until or "",
        words=options.filter,
    )
    return Request(
        options.format,
        selection,
        Order(options.order),
        Form(options.form),
        Content(options.content) if options.content else None,
        options.template,
        options.title,
        Settings().own_colours(),
    )
