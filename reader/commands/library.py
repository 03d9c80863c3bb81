"""The commands over a whole folder: search, people, quotes. Each brings the folder's index up to date first."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.commands.opening import add_json
from reader.text.errors import LibraryError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from reader.commands.output import AddCommand, Output
    from reader.library.index import Index
    from reader.library.ledger import Entry, Ledger

LIBRARY_COMMANDS = ("search", "people", "quotes")
_UNWANTED = re.compile(r"-(?!-|h\Z).")


def add_library_commands(command: AddCommand) -> None:
    """Add the commands."""
    search = command("search", "Search the articles of a folder, their translations and notes.", _search)
    people = command("people", "List the people whom a folder's articles name.", _people)
    quotes = command("quotes", "List the quotes of a folder, and where the same is quoted elsewhere.", _quotes)
    for each in (search, people, quotes):
        each.add_argument("folder", type=Path, metavar="DIR", help="folder of articles")
        each.add_argument("--as-it-stands", action="store_true", help="don't look for new and changed articles first")
    search.add_argument(
        "query", nargs="+", metavar="QUERY", help='words, "a phrase", begin*, -not, person: lang: date: tag:'
    )
    search.add_argument("--most", type=int, default=20, metavar="N", help="articles at most (20)")
    quotes.add_argument("--person", default="", metavar="NAME", help="only what this person says")
    quotes.add_argument("--query", default="", metavar="QUERY", help="only what this search keeps")
    add_json(search, people, quotes)


def with_unwanted_words(arguments: Sequence[str]) -> list[str]:
    """Let `-word` among the arguments of a command over a folder be what it is in a search, and no option."""
    if not arguments or arguments[0] not in LIBRARY_COMMANDS:
        return list(arguments)
    # what begins with a space is no option to argparse, and to a search the space is nothing
    return [f" {each}" if _UNWANTED.match(each) else each for each in arguments]


@contextmanager
def _index(options: argparse.Namespace, out: Output) -> Iterator[Index]:
    """Open a folder's index, brought up to date; report what can't be indexed."""
    from reader.library.building import build
    from reader.library.index import Index

    if not options.folder.is_dir():
        raise LibraryError(f"{options.folder} is no folder.", options.folder)
    index = Index(options.folder)
    try:
        if not options.as_it_stands:
            try:
                built = build(index, report=lambda news: out.progress(f"{news.stage} {news.done} of {news.total}"))
            except LibraryError as exc:  # it is searched as it stands
                out.fail(exc.path, exc)
            else:
                for problem in built.problems:
                    out.fail(problem.path, problem.message)
            out.progress("")
        if index.warning:
            sys.stderr.write(f"{index.warning}\n")
        yield index
    finally:
        index.close()


def _search(options: argparse.Namespace, out: Output) -> None:
    from reader.library.search import search

    line = " ".join(options.query)
    with _index(options, out) as index:
        hits = search(index, line, articles=options.most).hits
        _remark(line, found=bool(hits))
        for hit in hits:
            if not out.json:
                about = " · ".join(part for part in (hit.date, hit.language) if part)
                out.line(f"{hit.path}: {' '.join(hit.title.split())}{f' ({about})' if about else ''}")
            for place in hit.places:
                if out.json:
                    span = {"start": place.span.start, "end": place.span.end}
                    out.record({"path": str(hit.path), **span, "in": place.found_in, "snippet": place.snippet})
                else:
                    out.line(
                        f"  {place.found_in} {place.span.start}–{place.span.end}: {' '.join(place.snippet.split())}"
                    )


def _remark(line: str, *, found: bool) -> None:
    """Say on the standard error that nothing was found, and what of the query was hardly meant so."""
    from reader.library.query import doubts

    asked = " ".join(line.split())
    nothing = () if found else (f"Nothing found for “{asked}”." if asked else "Nothing found.",)
    for words in (*nothing, *doubts(line)):
        sys.stderr.write(f"{words}\n")


def _people(options: argparse.Namespace, out: Output) -> None:
    from reader.library import register

    with _index(options, out) as index:
        found = register.people(index)
        _remark("", found=bool(found))
        for person in found:
            names = [spelling.text for spelling in register.spellings(index, person.id)]
            where = register.appearances(index, person.id)
            if out.json:
                out.record(
                    {
                        "person": person.name,
                        "names": list(dict.fromkeys(names)),
                        "mentions": person.mentions,
                        "articles": [{"path": str(each.path), "mentions": len(each.mentions)} for each in where],
                        "quotes": person.quotes,
                    }
                )
            else:
                days = f", {person.first} to {person.last}" if person.first else ""
                mentions, articles = _counted(person.mentions, "mention"), _counted(person.articles, "article")
                counts = f"{mentions} in {articles}, {_counted(person.quotes, 'quote')}{days}"
                out.line(f"{person.name}: {counts}: {', '.join(dict.fromkeys(names))}")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _quotes(options: argparse.Namespace, out: Output) -> None:
    from reader.library.ledger import Ledger

    name = options.person.replace('"', " ").strip()
    line = f'{options.query} person:"{name}"' if name else options.query
    with _index(options, out) as index:
        ledger = Ledger(index)
        found = ledger.quotes(line)
        _remark(line, found=bool(found))
        for entry in found:
            if out.json:
                out.record(_record(ledger, entry))
            else:
                words = " ".join(entry.text.split())
                out.line(f"{entry.path}: {entry.date or 'no date'} [{entry.speaker or 'no named speaker'}] {words}")
                for same in ledger.same_as(entry):
                    why = "; ".join(same.likeness.reasons)
                    out.line(f"  same? {same.likeness.score:.0%} {same.entry.path} {same.entry.span.start}: {why}")


def _record(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    from reader.library.decisions import DIFFERENT

    same = [
        {"path": str(each.entry.path), "start": each.entry.span.start, "end": each.entry.span.end}
        for each in ledger.same_as(entry)
        if each.status != DIFFERENT
    ]
    return {
        "person": entry.speaker,
        "path": str(entry.path),
        "date": entry.date,
        "language": entry.language,
        "start": entry.span.start,
        "end": entry.span.end,
        "text": entry.text,
        "translation": entry.translation,
        "same_as": same,
    }
