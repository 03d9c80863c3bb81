"""The list of the library: which articles it shows, in which order and under which headings. No window here."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.finding import fold
from reader.library.catalogue import place_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from reader.page import Summary

SORTS = ("date", "title", "language", "file")
GROUPINGS = ("none", "date", "language", "person")
CLOSED_AT_FIRST = frozenset({"person"})
"""Groupings whose groups are closed until one opens them: an article stands under each of its people."""


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article in the list. `words` is what the filter looks in, folded, the title first; `place` sorts by file.

    `missing` says that its file is gone since it was opened.
    """

    summary: Summary
    words: str
    place: str
    unread: bool = True
    missing: bool = False

    @property
    def annotated(self) -> bool:
        """Say whether a person marked something in it."""
        return self.summary.highlights > 0


@dataclass(frozen=True, slots=True)
class Group:
    """A heading. `key` is a date, a language code or a person's name; "" where the article has none."""

    key: str
    count: int
    unread: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the list shows: `words` that each article must contain, order, grouping, and the groups toggled."""

    words: tuple[str, ...] = ()
    sort: str = "file"
    grouping: str = "none"
    toggled: frozenset[tuple[str, str]] = frozenset()

    def is_open(self, key: str) -> bool:
        """Say whether the articles under a heading are shown."""
        return (self.grouping in CLOSED_AT_FIRST) == ((self.grouping, key) in self.toggled)

    def toggle(self, *keys: str) -> Arrangement:
        """Open closed groups and close open ones."""
        return replace(self, toggled=self.toggled ^ {(self.grouping, key) for key in keys})


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the list: headings, and the numbers of articles."""

    rows: tuple[Group | int, ...] = ()
    heads: tuple[int, ...] = ()
    """The rows that are headings."""
    shown: int = 0
    """How many articles contain the words, closed groups included."""

    def head_above(self, row: int) -> int | None:
        """Return the row of the heading that `row` stands under, or is."""
        at = bisect_right(self.heads, row) - 1
        return self.heads[at] if at >= 0 else None

    def group_of(self, row: int) -> str | None:
        """Return the key of the group that a row belongs to."""
        head = self.head_above(row)
        group = self.rows[head] if head is not None else None
        return group.key if isinstance(group, Group) else None


class Listing:
    """The articles in the order they were opened. `language_name` turns a code into the language's name."""

    def __init__(self, language_name: Callable[[str], str]) -> None:
        self._language_name = language_name
        self._names: dict[str, str] = {}
        self._articles: list[ListedArticle] = []
        self._number: dict[Path, int] = {}
        self._sorted: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._articles)

    def __iter__(self) -> Iterator[ListedArticle]:
        return iter(self._articles)

    def __getitem__(self, number: int) -> ListedArticle:
        return self._articles[number]

    def prepare(self, summary: Summary, *, unread: bool = True, words: str | None = None) -> ListedArticle:
        """Prepare an article for filter and order; may be called in any thread.

        `words` are its title and its people, folded, where that was done before: it takes the most time.
        """
        place, language = os.fspath(summary.path), summary.language
        folder, _, name = place.rpartition(os.sep)
        own = fold("\n".join((summary.title, *summary.persons))) if words is None else words
        others = (summary.translated_title, summary.date, name, folder.rpartition(os.sep)[2], language)
        more = fold("\n".join(filter(None, others)))
        known = self._folded_name(language) if language else ""
        return ListedArticle(summary, f"{own}\n{more}\n{known}", place_key(summary.path), unread)

    def _folded_name(self, language: str) -> str:
        if language not in self._names:
            self._names[language] = fold(self._language_name(language))
        return self._names[language]

    def number(self, path: Path) -> int | None:
        """Return an article's number, None where it is not in the list."""
        return self._number.get(path)

    def add(self, articles: Iterable[ListedArticle]) -> bool:
        """Append articles that are not in the list yet; say whether there was one."""
        before = len(self._articles)
        for article in articles:
            if self._number.setdefault(article.summary.path, len(self._articles)) == len(self._articles):
                self._articles.append(article)
        self._sorted.clear()
        return len(self._articles) > before

    def put(self, number: int, article: ListedArticle) -> None:
        """Replace an article by what is known of it now."""
        before, self._articles[number] = self._articles[number], article
        for sort in tuple(self._sorted):
            if _SORT_KEYS[sort](before) != _SORT_KEYS[sort](article):
                del self._sorted[sort]

    def remove(self, paths: Iterable[Path]) -> None:
        """Take articles out of the list."""
        gone = set(paths)
        left = [article for article in self._articles if article.summary.path not in gone]
        self.clear()
        self.add(left)

    def clear(self) -> None:
        """Empty the list."""
        self._articles.clear()
        self._number.clear()
        self._sorted.clear()

    def arrange(self, arrangement: Arrangement) -> Rows:
        """Return the rows of an arrangement."""
        articles = self._articles
        shown = self._in_order(arrangement.sort)
        for word in arrangement.words:
            shown = [number for number in shown if word in articles[number].words]
        if arrangement.grouping == "none":
            return Rows(tuple(shown), (), len(shown))
        rows: list[Group | int] = []
        heads: list[int] = []
        for key, numbers in self._groups(shown, arrangement.grouping):
            unread = sum(articles[number].unread for number in numbers)
            heads.append(len(rows))
            group = Group(key, len(numbers), unread, arrangement.is_open(key))
            rows.append(group)
            if group.is_open:
                rows += numbers
        return Rows(tuple(rows), tuple(heads), len(shown))

    def _in_order(self, sort: str) -> list[int]:
        order = self._sorted.get(sort)
        if order is None:
            key, articles = _SORT_KEYS[sort], self._articles
            order = sorted(range(len(articles)), key=lambda number: articles[number].place)
            if sort != "file":  # sorting is stable: equal ones stay in the order of their files
                order.sort(key=lambda number: key(articles[number]), reverse=sort == "date")
            self._sorted[sort] = order
        return order

    def _groups(self, shown: Sequence[int], grouping: str) -> list[tuple[str, list[int]]]:
        members: defaultdict[str, list[int]] = defaultdict(list)
        for number in shown:
            summary = self._articles[number].summary
            if grouping == "date":
                members[summary.date or ""].append(number)
            elif grouping == "language":
                members[summary.language or ""].append(number)
            else:
                for person in summary.persons or ("",):
                    members[person].append(number)
        if grouping == "date":
            return sorted(members.items(), key=lambda group: group[0], reverse=True)
        if grouping == "language":
            return sorted(members.items(), key=lambda group: (not group[0], self._language_name(group[0])))
        return sorted(members.items(), key=lambda group: (not group[0], -len(group[1]), group[0]))


_SORT_KEYS: dict[str, Callable[[ListedArticle], str]] = {
    "date": lambda article: article.summary.date or "",
    "title": lambda article: article.words,
    "language": lambda article: article.summary.language or "~",
    "file": lambda article: article.place,
}
