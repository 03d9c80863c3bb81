"""The commands over a whole folder: search, people, quotes. Each brings the folder's index up to date first."""

from __future__ import annotations

import argparse
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.commands.opening import add_json, day
from reader.text.counting import counted
from reader.text.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.commands.output import AddCommand, Output
    from reader.library.index import Index
    from reader.library.ledger import Entry, Same
    from reader.library.register import Person

LIBRARY_COMMANDS = ("search", "people", "quotes")
_SORTS = ("mentions", "articles", "quotes", "name", "newest")
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
    search.add_argument("--most", type=_count, default=20, metavar="N", help="articles at most (20)")
    search.add_argument("--person", default="", metavar="NAME", help="only articles that name this person")
    people.add_argument("--person", default="", metavar="NAME", help="only people with this name in some spelling")
    people.add_argument(
        "--sort", choices=_SORTS, default="mentions", help="what comes first (those with most mentions)"
    )
    people.add_argument("--alike", action="store_true", help="pairs who may be one person, with the evidence, instead")
    quotes.add_argument("--person", default="", metavar="NAME", help="only what this person says")
    quotes.add_argument("--query", default="", metavar="QUERY", help="only what this search keeps")
    quotes.add_argument("--most", type=_count, metavar="N", help="the newest quotes, so many at most (all)")
    quotes.add_argument("--alone", action="store_true", help="don't look where the same is quoted elsewhere: quicker")
    for each in (search, quotes):
        each.add_argument("--from", dest="since", type=day, metavar="DAY", help="articles from 2026-01-31 on")
        each.add_argument("--until", type=day, metavar="DAY", help="articles up to this day")
    add_json(search, people, quotes)


def _count(words: str) -> int:
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError(f"{words} is no number of 1 or more")
    return int(words)


def _line(query: str, options: argparse.Namespace) -> str:
    """Return the search line that the options mean."""
    name = options.person.replace('"', " ").strip()
    person = f'person:"{name}"' if name else ""
    days = f"date:{options.since or ''}..{options.until or ''}" if options.since or options.until else ""
    return " ".join(filter(None, (query.strip(), person, days)))


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
    told = set()
    try:
        if not options.as_it_stands:
            try:
                built = build(index, report=lambda news: out.progress(f"{news.stage} {news.done} of {news.total}"))
            except LibraryError as exc:  # it is searched as it stands
                out.fail(exc.path, exc)
            else:
                for problem in built.problems:
                    out.fail(problem.path, problem.message)
                    told.add(problem.message)
            out.progress("")
        if index.warning and index.warning not in told:
            sys.stderr.write(f"{index.warning}\n")
        yield index
    finally:
        index.close()


def _search(options: argparse.Namespace, out: Output) -> None:
    from reader.library.search import search

    line = _line(" ".join(options.query), options)
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
                    record = {"path": str(hit.path), **span, "in": place.found_in, "snippet": place.snippet}
                    out.record({**record, "date": hit.date, "language": hit.language})
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
        if options.alike:
            _alike(index, options.person, out)
            return
        found = _sorted(register.people(index, options.person), options.sort)
        _remark(options.person, found=bool(found))
        for person in found:
            names = [spelling.text for spelling in register.spellings(index, person.id)]
            if out.json:
                where = register.appearances(index, person.id)
                out.record(
                    {
                        "person": person.name,
                        "names": list(dict.fromkeys(names)),
                        "mentions": person.mentions,
                        "articles": [{"path": str(each.path), "mentions": len(each.mentions)} for each in where],
                        "quotes": person.quotes,
                        "first": person.first,
                        "last": person.last,
                    }
                )
            else:
                days = f", {person.first} to {person.last}" if person.first != person.last else f", {person.first}"
                mentions, articles = counted(person.mentions, "mention"), counted(person.articles, "article")
                counts = f"{mentions} in {articles}, {counted(person.quotes, 'quote')}{days if person.first else ''}"
                out.line(f"{person.name}: {counts}: {', '.join(dict.fromkeys(names))}")


def _sorted(people: Sequence[Person], order: str) -> list[Person]:
    """Return people in an order; those that are equal in it stay in that of their mentions."""
    if order == "name":
        return sorted(people, key=lambda each: each.name.casefold())
    if order == "newest":
        return sorted(people, key=lambda each: each.last or "", reverse=True)
    return sorted(people, key=lambda each: int(getattr(each, order)), reverse=True)


def _alike(index: Index, named: str, out: Output) -> None:
    from reader.library import register
    from reader.library.proposals import proposals

    kept = {person.id for person in register.people(index, named)}
    found = [each for each in proposals(index) if each.one.id in kept or each.other.id in kept]
    _remark(named, found=bool(found))
    for pair in found:
        if out.json:
            people = [pair.one.name, pair.other.name]
            out.record({"people": people, "score": pair.score, "evidence": list(pair.evidence)})
        else:
            out.line(f"{pair.one.name} – {pair.other.name}: {pair.score:.0%}: {'; '.join(pair.evidence)}")


def _quotes(options: argparse.Namespace, out: Output) -> None:
    from reader.library.ledger import Ledger

    line = _line(options.query, options)
    with _index(options, out) as index:
        ledger = Ledger(index)
        found = ledger.quotes(line, most=options.most)
        _remark(line, found=bool(found))
        for number, entry in enumerate(found):
            elsewhere = [] if options.alone else ledger.same_as(entry)
            if out.json:
                out.record(_record(entry, elsewhere))
            else:
                words = " ".join(entry.text.split())
                out.line(f"{entry.path}: {entry.date or 'no date'} [{entry.speaker or 'no named speaker'}] {words}")
                for same in elsewhere:
                    what = _STATUS.get(same.status) or f"the same? {same.likeness.score:.0%}"
                    why = "; ".join(same.likeness.reasons)
                    place = f"{same.entry.span.start}–{same.entry.span.end}"
                    out.line(f"  {what} {same.entry.path} {place}: {' '.join(same.entry.text.split())} ({why})")
            out.progress(f"quotes {number + 1} of {len(found)}")
        out.progress("")


_STATUS = {"same": "the same:", "different": "not the same:"}


def _record(entry: Entry, elsewhere: Sequence[Same]) -> dict[str, Any]:
    same = [
        {
            "path": str(each.entry.path),
            "start": each.entry.span.start,
            "end": each.entry.span.end,
            "score": each.likeness.score,
            "reasons": list(each.likeness.reasons),
            "confirmed": each.status == "same",
        }
        for each in elsewhere
        if each.status != "different"
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
