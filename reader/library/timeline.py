"""How much is said of a person, or found by a search, day by day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.library.ledger import Ledger
from reader.library.query import parse
from reader.library.search import find_articles, spelled

if TYPE_CHECKING:
    from reader.library.index import Index


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a timeline: articles that match, mentions of the person (none for a search), and quotes."""

    date: str
    articles: int
    mentions: int
    quotes: int


def of_person(index: Index, who: int) -> list[Day]:
    """Return the days on which articles name a person, the first one first; articles without a date are left out."""
    query = (
        "SELECT r.date, count(DISTINCT r.id), count(m.start) FROM appearances AS a"
        " JOIN articles AS r ON r.id = a.article LEFT JOIN mentions AS m ON m.appearance = a.id"
        " WHERE a.person = ? AND r.date IS NOT NULL GROUP BY r.date ORDER BY r.date"
    )
    quotes = dict(
        index.rows(
            "SELECT r.date, count(*) FROM quotes AS q JOIN appearances AS a ON a.id = q.appearance"
            " JOIN articles AS r ON r.id = q.article WHERE a.person = ? AND q.kind = 'speech' GROUP BY r.date",
            (who,),
        )
    )
    return [
        Day(date, articles, mentions, quotes.get(date, 0)) for date, articles, mentions in index.rows(query, (who,))
    ]


def of_search(index: Index, line: str) -> list[Day]:
    """Return the days of the articles that a search finds, with the quotes that it keeps; raises `LibraryError`."""
    query = parse(line)
    if query.empty:
        return []
    ways = [spelled(index, term) for term in query.terms]
    ids, _ = find_articles(index, query, ways, -1)
    found = set(ids)
    dates = index.rows("SELECT id, date FROM articles WHERE date IS NOT NULL")
    articles = Counter(date for id, date in dates if id in found)
    quotes = Counter(entry.date for entry in Ledger(index).quotes(line))
    return [Day(date, articles[date], 0, quotes[date]) for date in sorted(articles)]
