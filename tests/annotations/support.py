"""An article, a clock and ids for the tests of the notes."""

from __future__ import annotations

import itertools
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from filelock import Timeout

from reader.annotations.session import NotesSession
from reader.articles.article import Article, Encoding, Paragraph
from reader.text.span import Span

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """Podul vechi se închide luni

Primarul Andrei Voicu a anunțat că podul se închide. „Nu mai putem aștepta nici măcar o săptămână”, a spus Voicu.

Lucrările durează trei luni. Voicu a promis un pod provizoriu. „Oamenii vor trece râul pe jos”, a adăugat el.
"""
QUOTE_TEXT = "Nu mai putem aștepta nici măcar o săptămână"


def article_of(path: Path, text: str = TEXT, encoding: Encoding | None = None) -> Article:
    payload = text.encode("utf-8", "surrogatepass")
    if not path.exists():
        path.write_bytes(payload)
    return Article(
        path=path,
        text=text,
        size=len(payload),
        sha256=sha256(payload).hexdigest(),
        text_sha256=sha256(payload).hexdigest(),
        encoding=encoding or Encoding("utf-8"),
        paragraphs=(Paragraph(Span(0, len(text))),),
    )


def span_of(words: str, text: str = TEXT, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


class Ticks:
    """A clock that goes on by a second each time it is read."""

    def __init__(self, start: datetime = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def numbered_ids(prefix: str = "a"):
    numbers = itertools.count(1)
    return lambda: f"urn:uuid:{prefix}{next(numbers)}"


def open_session(path: Path, text: str = TEXT, prefix: str = "", encoding: Encoding | None = None) -> NotesSession:
    """Open the notes of an article in `path`'s folder, with notes kept away in a folder beside it.

    The first session of a test makes the ids urn:uuid:a1, a2 …; later ones never the same.
    """
    away = path.parent.parent / f"{path.parent.name}-away"
    is_first = not path.exists()
    ids = numbered_ids(prefix or ("a" if is_first else f"s{next(_sessions)}-"))
    return NotesSession(article_of(path, text, encoding), away, Ticks(), ids)


_sessions = itertools.count()


def no_lock(*_, **__):
    """Be a lock that somebody else holds."""
    raise Timeout("taken")


class Fault:
    """Make the n-th call of one function of `os` fail with an error."""

    def __init__(self, name: str, number: int, code: int) -> None:
        self.real = getattr(os, name)
        self.left = number
        self.code = code
        self.struck = False

    def __call__(self, *args, **kwargs):
        self.left -= 1
        if self.left == 0:
            self.struck = True
            raise OSError(self.code, os.strerror(self.code))
        return self.real(*args, **kwargs)


def two_highlights(article_path: Path) -> Path:
    """Return a sidecar with two highlights whose backup has the first."""
    session = open_session(article_path)
    session.add(span_of("pod provizoriu"), note="prima")
    session.save()
    session.add(span_of(QUOTE_TEXT), note="a doua")
    session.save()
    return article_path.with_name("podul.txt.notes.json")
