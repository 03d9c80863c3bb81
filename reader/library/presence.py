"""Where else the people of one article are named: counts over its whole library, from the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.library.index import Index
from reader.library.schema import index_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Presence:
    """How often a person is mentioned in a library, and in how many of its articles."""

    mentions: int
    articles: int


def presences(index: Index, article: Path, names: Iterable[str]) -> dict[str, Presence]:
    """Return how present the people are whom an article gives these display names; unknown ones are left out."""
    wanted = list(dict.fromkeys(names))
    query = (
        "SELECT a.name, a.person FROM appearances AS a JOIN articles AS r ON r.id = a.article"
        " WHERE r.path = ? AND a.person > 0"
    )
    here = dict(index.rows(query, (index.stored(article),)))
    # a name that was changed since the article was indexed is perhaps that of somebody known
    others = [name for name in wanted if name not in here]
    known = dict(index.rows(f"SELECT name, id FROM people WHERE name IN ({_marks(others)})", others))
    persons = {name: person for name, person in (here | known).items() if name in wanted}
    query = (
        "SELECT a.person, count(m.article), count(DISTINCT a.article) FROM appearances AS a"
        f" LEFT JOIN mentions AS m ON m.appearance = a.id WHERE a.person IN ({_marks(persons)}) GROUP BY a.person"
    )
    counts = {
        person: Presence(mentions, articles)
        for person, mentions, articles in index.rows(query, tuple(persons.values()))
    }
    return {name: counts[person] for name, person in persons.items() if person in counts}


def presences_in(folder: Path, article: Path, names: Iterable[str], *, files: bool = False) -> dict[str, Presence]:
    """Return the same from the index of a folder as it lies on the disk; nothing where there is none yet."""
    if not index_file(folder, files=files).exists():
        return {}
    index = Index(folder, files=files)
    try:
        return presences(index, article, names)
    finally:
        index.close()


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)
