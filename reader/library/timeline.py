"""How much is said of a person, or found by a search, day by day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reader.library.ledger import Ledger
from reader.library.query import parse
from reader.library.search import find_articles, spelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.library.index import Index


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a timeline: articles that match, mentions of the person (none for a search), and quotes."""

    date: str
    articles: int
    mentions: int
    quotes: int


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a timeline, the first one first, and how many articles have no date, or one that is none."""

    days: tuple[Day, ...] = ()
    undated: int = 0


def of_person(index: Index, who: int) -> Days:
    """Return the days on which articles name a person."""
    rows = index.rows(
        "SELECT r.date, count(DISTINCT r.id), count(m.start) FROM appearances AS a"
        " JOIN articles AS r ON r.id = a.article LEFT JOIN mentions AS m ON m.appearance = a.id"
        " WHERE a.person = ? GROUP BY r.date ORDER BY r.date",
        (who,),
    )
    quotes = dict(
        index.rows(
            "SELECT r.date, count(*) FROM quotes AS q JOIN appearances AS a ON a.id = q.appearance"
            " JOIN articles AS r ON r.id = q.article WHERE a.person = ? AND q.kind = 'speech' GROUP BY r.date",
            (who,),
        )
    )
    return _days([Day(when or "", articles, mentions, quotes.get(when, 0)) for when, articles, mentions in rows])


def of_search(index: Index, line: str, wanted: Callable[[], bool] = lambda: True) -> Days:
    """Return the days of the articles that a search finds, with the quotes that it keeps; raises `LibraryError`.

    Ends without any once it is no longer `wanted`: words are looked for in every quote of these articles.
    """
    query = parse(line)
    if query.empty:
        return Days()
    ways = [spelled(index, term) for term in query.terms]
    ids, _ = find_articles(index, query, ways, -1)
    found = set(ids)
    articles = Counter(when or "" for id, when in index.rows("SELECT id, date FROM articles") if id in found)
    quotes: Counter[str] = Counter()
    for entry in Ledger(index).each(line):
        if not wanted():
            return Days()
        quotes[entry.date or ""] += 1
    return _days([Day(when, articles[when], 0, quotes[when]) for when in sorted(articles)])


def _days(found: list[Day]) -> Days:
    dated = tuple(day for day in found if _is_day(day.date))
    return Days(dated, sum(day.articles for day in found if not _is_day(day.date)))


def _is_day(when: str) -> bool:
    """Say whether a header's date is a day: it may state any."""
    try:
        date.fromisoformat(when)
    except ValueError:
        return False
    return True
