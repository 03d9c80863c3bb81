"""`annotate` and `annotations`: what a person marked in articles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotations.annotation import COLOURS, HIGHLIGHT, KINDS, PERSON
from reader.articles.reading import shown_name
from reader.commands.opening import add_json, add_paths, articles_in, colour_name
from reader.text.errors import ReaderError

if TYPE_CHECKING:
    import argparse

    from reader.annotations.session import NotesSession
    from reader.articles.article import Article
    from reader.commands.output import AddCommand, Output


def add_note_commands(command: AddCommand) -> None:
    """Add the commands."""
    annotate = command("annotate", "Mark a passage, save, and print the new annotation's id.", _annotate)
    annotate.add_argument("path", type=Path, metavar="PATH", help="article")
    annotate.add_argument("--start", required=True, type=int, metavar="N", help="first code point of the passage")
    annotate.add_argument("--end", required=True, type=int, metavar="N", help="code point after its last")
    annotate.add_argument("--kind", choices=KINDS, default=HIGHLIGHT, help="what the passage is (highlight)")
    annotate.add_argument(
        "--person", default="", metavar="NAME", help="who speaks the quote; who is named, if not as the passage says"
    )
    colours = ", ".join(COLOURS)
    annotate.add_argument(
        "--colour", metavar="NAME", type=colour_name, help=f"one of {colours}; {COLOURS[0]} for a highlight, else none"
    )
    annotate.add_argument("--note", default="", metavar="TEXT", help="a note on the passage")
    annotate.add_argument("--tag", action="extend", nargs="+", default=[], metavar="TAG", help="tags of the passage")
    annotate.set_defaults(refuse=annotate.error)
    annotations = command("annotations", "List what the notes hold, and where it stands now.", _annotations)
    add_paths(annotations)
    add_json(annotations)


def _annotate(options: argparse.Namespace, out: Output) -> None:
    from reader.text.errors import ArticleError
    from reader.text.span import Span

    person = " ".join(options.person.split())
    if person and options.kind == HIGHLIGHT:
        options.refuse("argument --person: give --kind quote or --kind person with it")
    article, notes = _open_notes(options.path)
    start, end, length = options.start, options.end, len(article.text)
    if not 0 <= start < end <= length:
        raise ArticleError(
            f"{shown_name(options.path)}: {start} to {end} is no passage of a text of {length} characters.",
            options.path,
        )
    span = Span(start, end)
    if options.kind == PERSON and not person:
        person = " ".join(span.of(article.text).split())
    colour = options.colour or (COLOURS[0] if options.kind == HIGHLIGHT else None)
    made = notes.add(span, kind=options.kind, colour=colour, note=options.note, tags=options.tag, person=person or None)
    notes.save()
    _warn(notes)
    out.line(made.id)


def _annotations(options: argparse.Namespace, out: Output) -> None:
    from reader.annotations.report import to_json

    for path in articles_in(options.paths, out):
        try:
            _, notes = _open_notes(path)
        except ReaderError as exc:
            out.fail(path, exc)
            continue
        if notes.read_only and not notes.placed:
            out.fail(path, notes.read_only)
            continue
        _warn(notes)
        for annotation, placement in notes.placed:
            found = to_json(path, annotation, placement)
            if out.json:
                out.record(found)
            else:
                place = f"{found['start']}–{found['end']}" if placement.span else ""
                said = " ".join([annotation.target.exact, *(f"#{tag}" for tag in annotation.tags), annotation.note])
                head = f"{path}: {annotation.status} {annotation.kind} {place} {placement.how}"
                out.line(f"{' '.join(head.split())}: {' '.join(said.split())}")


def _open_notes(path: Path) -> tuple[Article, NotesSession]:
    """Read an article, in the encoding chosen for it if there is one, and its notes."""
    from reader.annotations.session import NotesSession, remembered
    from reader.articles.reading import read_article

    record = remembered(path)
    chosen = record.encoding if record else None
    article = read_article(path, chosen.value if chosen and chosen.how == "manual" else None)
    return article, NotesSession.open(article)


def _warn(notes: NotesSession) -> None:
    """Say on stderr what the user should know of the notes' file; standard output is for what was asked."""
    for words in notes.warnings:
        line = " ".join(words.split())
        sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sys.stderr.buffer.flush()
