"""The people of a library folder: who is named where, how, and how often."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.analysis.display import guess_nominative, tidy
from reader.analysis.languages import load_language
from reader.analysis.romanise import is_latin
from reader.library.search import persons_named
from reader.library.tokens import tokens
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reader.library.index import Index


@dataclass(frozen=True, slots=True)
class Person:
    """An identity: its mentions, articles, quotes, the first and last day it is named on, and why names were joined."""

    id: int
    name: str
    mentions: int
    articles: int
    quotes: int
    first: str | None
    last: str | None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """A form in which texts name a person: languages and script, and its nominative where it is another case."""

    text: str
    languages: tuple[str, ...]
    script: str
    mentions: int
    nominative: str = ""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person in one article: the mentions there and the quotes said there."""

    path: Path
    title: str
    date: str | None
    language: str | None
    mentions: tuple[Span, ...]
    quotes: int


_PEOPLE = """
WITH days AS MATERIALIZED (SELECT id, date FROM articles)
SELECT p.id, p.name, coalesce(s.mentions, 0), a.articles, coalesce(q.quotes, 0), a.first, a.last, p.why
FROM people AS p
JOIN (
    SELECT person, count(DISTINCT article) AS articles, min(date) AS first, max(date) AS last
    FROM appearances JOIN days ON days.id = article WHERE {whom} GROUP BY person
) AS a ON a.person = p.id
LEFT JOIN (SELECT person, sum(mentions) AS mentions FROM spellings WHERE {whom} GROUP BY person) AS s ON s.person = p.id
LEFT JOIN (
    SELECT b.person AS person, count(*) AS quotes FROM quotes JOIN appearances AS b ON quotes.appearance = b.id
    WHERE quotes.kind = 'speech' AND {whom} GROUP BY b.person
) AS q ON q.person = p.id
ORDER BY 3 DESC, p.name
"""


def people(index: Index, named: str = "") -> list[Person]:
    """Return the persons, the most mentioned first; `named` keeps those with these words in some spelling."""
    words = [word for word, _ in tokens(named)]
    if not words:
        return [_person(row) for row in index.rows(_PEOPLE.format(whom="true"))]
    ids = persons_named(index, words)
    return _of_ids(index, ids)


def _of_ids(index: Index, ids: Sequence[int]) -> list[Person]:
    whom = "person IN (SELECT value FROM json_each(?1))"  # there may be more than SQLite takes parameters
    return [_person(row) for row in index.rows(_PEOPLE.format(whom=whom), (json.dumps(list(ids)),))]


def person(index: Index, name: str) -> Person | None:
    """Return the person of a display name."""
    found = index.rows("SELECT id FROM people WHERE name = ?", (name,))
    return next(iter(_of_ids(index, found[0])), None) if found else None


def spellings(index: Index, who: int) -> tuple[Spelling, ...]:
    """Return the spellings of a person, the most used first."""
    query = "SELECT text, language, mentions FROM spellings WHERE person = ? ORDER BY mentions DESC, text"
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for text, language, mentions in index.rows(query, (who,)):
        counts[text][language] = mentions
    found = []
    for text, languages in counts.items():
        nominative = guess_nominative(tidy(text), load_language(next(iter(languages))))
        case = nominative if nominative != tidy(text) else ""
        found.append(Spelling(text, tuple(languages), script_of(text), sum(languages.values()), case))
    return tuple(sorted(found, key=lambda each: (-each.mentions, each.text)))


def appearances(index: Index, who: int) -> tuple[Appearance, ...]:
    """Return the articles that name a person, the newest first."""
    spans: dict[int, list[Span]] = defaultdict(list)
    query = (
        "SELECT m.article, m.start, m.end FROM mentions AS m JOIN appearances AS a ON m.appearance = a.id"
        " WHERE a.person = ? ORDER BY m.article, m.start"
    )
    for article, start, end in index.rows(query, (who,)):
        spans[article].append(Span(start, end))
    query = (
        "SELECT r.id, r.path, r.title, r.date, r.language, count(q.id) FROM appearances AS a"
        " JOIN articles AS r ON r.id = a.article LEFT JOIN quotes AS q ON q.appearance = a.id AND q.kind = 'speech'"
        " WHERE a.person = ? GROUP BY r.id ORDER BY r.date DESC, r.path"
    )
    return tuple(
        Appearance(index.path(path), title, date, language, tuple(spans[id]), quotes)
        for id, path, title, date, language, quotes in index.rows(query, (who,))
    )


def script_of(text: str) -> str:
    """Return the script of a name: "Latin", "Cyrillic", or the name that Unicode has for it."""
    if is_latin(text):
        return "Latin"
    letter = next((char for char in text if char.isalpha()), "")
    return unicodedata.name(letter, "unknown").split()[0].split("-")[0].capitalize()


def _person(row: tuple[object, ...]) -> Person:
    id, name, mentions, articles, quotes, first, last, why = row
    reasons = tuple(filter(None, str(why).split("\n")))
    return Person(id, name, mentions, articles, quotes, first, last, reasons)  # type: ignore[arg-type]  # SQLite's
