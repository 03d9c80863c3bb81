"""Join the people of many articles on disk: one person, one display name, and memory that doesn't grow with them.

What a person looks like in an article (language, spellings, a name given by hand) is kept once, however many articles
have it. Looks that can't be one person are never compared, as in the library's index, so an export names people as
the register does.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from reader.analysis.identities import Names, link
from reader.analysis.results import Mention
from reader.library.signatures import COPIES, keys_of, person_of
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reader.analysis.results import Analysis

_TABLES = """
CREATE TABLE look (
  id INTEGER PRIMARY KEY, language TEXT, spellings TEXT, manual TEXT, articles INTEGER, circle INTEGER,
  UNIQUE (language, spellings, manual)
);
CREATE TABLE appearance (article INTEGER, name TEXT, look INTEGER, PRIMARY KEY (article, name)) WITHOUT ROWID;
CREATE INDEX by_look ON appearance (look);
CREATE TABLE key (key TEXT PRIMARY KEY, look INTEGER) WITHOUT ROWID;
"""
_SPOT = Span(0, 1)


class Cast:
    """Who is named in which article, in a private temporary database that goes with its connection."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.executescript(_TABLES)

    def __enter__(self) -> Cast:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, article: int, analysis: Analysis, by_hand: Collection[str]) -> None:
        """Take over the people of one article; names `by_hand` are what a person calls them."""
        spellings: dict[str, set[str]] = defaultdict(set)
        for mention in analysis.people:
            spellings[mention.person].add(mention.text)
        for name, texts in spellings.items():
            written = json.dumps(sorted(texts), ensure_ascii=False)
            (look,) = self._database.execute(
                "INSERT INTO look (language, spellings, manual, articles) VALUES (?, ?, ?, 1)"
                " ON CONFLICT DO UPDATE SET articles = articles + 1 RETURNING id",
                (analysis.language.code, written, name if name in by_hand else ""),
            ).fetchone()
            self._database.execute("INSERT INTO appearance VALUES (?, ?, ?)", (article, name, look))

    def names(self) -> Iterator[tuple[int, str, str]]:
        """Yield article, name there, and name among all articles, where that is another."""
        self._draw_circles()
        rows = self._database.execute(
            "SELECT circle, id, language, spellings, articles FROM look WHERE manual = '' ORDER BY circle, id"
        )
        for _, circle in groupby(rows, key=itemgetter(0)):
            for look, name in _named([(id, code, json.loads(said), met) for _, id, code, said, met in circle]):
                named = self._database.execute("SELECT article, name FROM appearance WHERE look = ?", (look,))
                yield from ((article, was, name) for article, was in named if name != was)

    def _draw_circles(self) -> None:
        """Give the looks that may be one person one number (union–find)."""
        (count,) = self._database.execute("SELECT count(*) FROM look").fetchone()
        above = array("L", range(count + 1))

        def top(look: int) -> int:
            while above[look] != look:
                above[look] = look = above[above[look]]
            return look

        for id, language, spellings in self._database.execute("SELECT id, language, spellings FROM look ORDER BY id"):
            for key in keys_of(language, tuple(json.loads(spellings))):
                self._database.execute("INSERT OR IGNORE INTO key VALUES (?, ?)", (key, id))
                (first,) = self._database.execute("SELECT look FROM key WHERE key = ?", (key,)).fetchone()
                one, other = sorted((top(first), top(id)))
                above[other] = one
        rows = ((top(look), look) for look in range(1, count + 1))
        self._database.executemany("UPDATE look SET circle = ? WHERE id = ?", rows)


def _named(looks: Sequence[tuple[int, str, list[str], int]]) -> Iterator[tuple[int, str]]:
    """Yield the number of each look and its name among them.

    A look is given as its number, its language, its spellings, and how many articles have it.
    """
    articles = [
        Names(code, tuple(Mention(_SPOT, text, "", 1.0) for text in spellings * min(met, COPIES)))
        for _, code, spellings, met in looks
    ]
    for (look, *_), mentions in zip(looks, link(articles).articles, strict=True):
        name = person_of(mentions)
        assert name is not None  # no decision says that a name is nobody's
        yield look, name
