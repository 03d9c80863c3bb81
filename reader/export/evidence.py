"""The passages of one export, on disk while they are gathered: memory does not grow with the number of articles."""

from __future__ import annotations

import pickle
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from reader.annotations.annotation import PERSON
from reader.export.passages import ASSIGNED, EVERYTHING, AnnotatedArticle, Content, Order, Request
from reader.finding import fold
from reader.text.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from reader.export.passages import Passage, Source

STOPPED = "The export was stopped: nothing was written."
_T = TypeVar("_T")
_TABLES = """
CREATE TABLE article (number INTEGER PRIMARY KEY, body BLOB);
CREATE TABLE passage (
  article INTEGER, place INTEGER, how TEXT, person TEXT, date TEXT, tag TEXT, body BLOB,
  PRIMARY KEY (article, place)
) WITHOUT ROWID;
CREATE TABLE name (article INTEGER, was TEXT, now TEXT, PRIMARY KEY (article, was)) WITHOUT ROWID;
"""
_ORDERS = {
    Order.PLACE: "article, place",
    Order.PERSON: "person IS NULL, fold(person), person, date IS NULL, date, article, place",
    Order.DATE: "date IS NULL, date, article, place",
    Order.TAG: "tag IS NULL, fold(tag), article, place",
}


class Gathered:
    """Annotated articles in a private temporary database that goes with its connection."""

    def __init__(self, copy: Path | None = None) -> None:
        """`copy` is a file made by `copy_to`."""
        # no name: SQLite spills to an unlinked file only what memory can't hold
        self._database = sqlite3.connect(copy or "")
        if copy is None:
            self._database.executescript(_TABLES)
        self._database.create_function("fold", 1, lambda word: word and word.casefold(), deterministic=True)
        self.count = 0

    def __enter__(self) -> Gathered:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Delete what was gathered."""
        self._database.close()

    def copy_to(self, file: Path) -> None:
        """Write all that was gathered to a new file."""
        self._database.commit()
        with closing(sqlite3.connect(file)) as copy:
            self._database.backup(copy)

    def add(self, article: AnnotatedArticle) -> None:
        """Take over one article; the order in which they are added is that of the export."""
        number = self.count
        self.count += 1
        bare = replace(article, passages=())
        self._database.execute("INSERT INTO article VALUES (?, ?)", (number, pickle.dumps(bare)))
        rows = (
            (number, place, each.person_how, each.person, each.source.date, first_tag(each), pickle.dumps(each))
            for place, each in enumerate(article.passages)
        )
        self._database.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def rename(self, names: Iterable[tuple[int, str, str]]) -> None:
        """Give people other display names: article, old name and new. Those whom a person named keep theirs."""
        self._database.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
        self._database.execute(
            "UPDATE passage SET person = name.now FROM name "
            "WHERE passage.article = name.article AND passage.person = name.was AND how != ?",
            (ASSIGNED,),
        )

    def persons_called(self, names: Collection[str]) -> frozenset[str]:
        """Return who is called so: whose whole name it is, else in whose names and spellings all its words occur.

        A name that nobody has stays as it is, and is nobody's.
        """
        found: set[str] = set()
        for name in names:
            words = _words(name)
            whole = {one for one in self._persons() if _words(one) == words}
            found |= whole or set(self._with_words(words)) or {name}
        return frozenset(found)

    def _with_words(self, words: list[str]) -> Iterator[str]:
        for passage in self._passages("WHERE person IS NOT NULL") if words else ():
            spelling = passage.original if passage.kind == PERSON else ""
            if passage.person and set(words) <= {*_words(passage.person), *_words(spelling)}:
                yield passage.person

    def _persons(self) -> Iterator[str]:
        return (name for (name,) in self._database.execute("SELECT DISTINCT person FROM passage") if name)

    def articles(self) -> Iterator[AnnotatedArticle]:
        """Yield the articles with all of their passages."""
        for number, body in self._database.execute("SELECT number, body FROM article ORDER BY number"):
            bare: AnnotatedArticle = pickle.loads(body)
            yield replace(bare, passages=tuple(self._passages("WHERE article = ? ORDER BY place", number)))

    def passages(self, order: Order) -> Iterator[Passage]:
        """Yield all passages; those without a person, date or tag come last where that is the order."""
        return self._passages(f"ORDER BY {_ORDERS[order]}")

    def _passages(self, clause: str, *values: int) -> Iterator[Passage]:
        for body, person in self._database.execute(f"SELECT body, person FROM passage {clause}", values):
            passage: Passage = pickle.loads(body)
            yield passage if passage.person == person else replace(passage, person=person)


class Evidence:
    """What one export shows of the gathered articles: the wanted passages in their order, as often as asked for.

    `passage_count` and `article_count` are of all wanted ones, though at most `limit` passages are given.
    """

    def __init__(
        self,
        gathered: Gathered,
        request: Request,
        limit: int | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Count what is wanted; reading on raises `ExportError` once `stopped` says yes."""
        persons = gathered.persons_called(request.selection.persons)
        self.request = replace(request, selection=replace(request.selection, persons=persons))
        self.limit = limit
        self._gathered = gathered
        self._stopped = stopped
        self.passage_count = self.article_count = 0
        self._only: Source | None = None
        for source, passages in self._by_source():
            self.article_count += 1
            self.passage_count += passages
            self._only = source

    @property
    def title(self) -> str:
        """The title asked for, else the only article's, else how many there are."""
        if self.request.title:
            return self.request.title
        if self.article_count == 1 and self._only is not None:
            return self._only.heading
        if not self.article_count:
            return "Passages"
        articles = f"{self.article_count:,} articles"
        return articles if self.content is Content.ARTICLES else f"Passages from {articles}"

    @property
    def content(self) -> Content:
        """The content asked for, else the format's own."""
        whole = self.request.format == "tmx" and self.request.selection == EVERYTHING
        return self.request.content or (Content.ARTICLES if whole else Content.PASSAGES)

    def passages(self, order: Order | None = None) -> Iterator[Passage]:
        """Yield the wanted passages in their order, or in another."""
        takes = self.request.selection.takes
        found = self._gathered.passages(order or self.request.order)
        return islice((self._named(passage) for passage in self._watched(found) if takes(passage)), self.limit)

    def sources(self) -> Iterator[Source]:
        """Yield the articles that the passages stand in, in the order in which they were given."""
        return (source for source, _ in self._by_source())

    def articles(self) -> Iterator[AnnotatedArticle]:
        """Yield the articles of the range of dates, whole, with the wanted passages."""
        selection = self.request.selection
        for article in self._watched(self._gathered.articles()):
            if selection.takes_article(article.source):
                yield replace(article, passages=tuple(map(self._named, filter(selection.takes, article.passages))))

    def _named(self, passage: Passage) -> Passage:
        """Return a passage with what the person calls its colour."""
        name = self.request.colours.get(passage.colour or "")
        return replace(passage, colour_name=name) if name else passage

    def go_on(self) -> None:
        """Raise `ExportError` where the export was stopped."""
        if self._stopped():
            raise ExportError(STOPPED)

    def copy_to(self, file: Path) -> None:
        """Write all that was gathered, chosen or not, to a file for `Gathered`."""
        self._gathered.copy_to(file)

    def _watched(self, found: Iterable[_T]) -> Iterator[_T]:
        for each in found:
            self.go_on()
            yield each

    def _by_source(self) -> Iterator[tuple[Source, int]]:
        """Yield each article that is shown with the number of its wanted passages."""
        for article in self.articles():
            if article.passages or self.content is Content.ARTICLES:
                yield article.source, len(article.passages)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", fold(name))


def first_tag(passage: Passage) -> str | None:
    """Return the tag under which a passage stands where tags are the order: the first in the alphabet."""
    return min(passage.tags, key=str.casefold, default=None)
