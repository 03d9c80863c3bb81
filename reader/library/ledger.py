"""The quotes of a library folder: who said what, when, in both languages, and where the same stands elsewhere."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from reader.library.decisions import DIFFERENT, SAME, Pair, QuotesFile, Undoable
from reader.library.query import Query, Term
from reader.library.query import parse as parse_query
from reader.library.sameness import Likeness, Utterance, chosen, compare, rarity_of, traits
from reader.library.search import Match, conditions_of, match_of, occurrences, persons_named, spelled
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reader.library.index import Index

_COMMON = 400  # quotes with a trait from which it finds no candidates any more
_CANDIDATES = 200  # quotes that are compared with one
_FEW = 500  # quotes that are read at a time
_DAYS = 10  # how far apart quotes of one speaker are compared even where they share no trait


@dataclass(frozen=True, slots=True)
class Entry:
    """A quote of the ledger. `speaker` is the person's name in the folder; `translation` that of its sentences."""

    id: int
    path: Path
    title: str
    date: str | None
    language: str
    span: Span
    text: str
    translation: str | None
    speaker: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Same:
    """A quote that may be the same as another, with the evidence; `status` is what a person said of it, or ""."""

    entry: Entry
    likeness: Likeness
    status: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    """A decision on a pair that can be undone."""

    label: str
    pair: Pair
    before: str | None
    after: str | None


_LABELS = {SAME: "The same", DIFFERENT: "Not the same", None: "Take back"}

_QUOTES = """
SELECT q.id, a.path, a.title, a.date, coalesce(a.language, 'und'), q.start, q.end, q.text, q.translation, p.name, q.kind
FROM quotes AS q JOIN articles AS a ON a.id = q.article
LEFT JOIN appearances AS s ON s.id = q.appearance LEFT JOIN people AS p ON p.id = s.person
"""


class Ledger(Undoable[QuotesFile, _Step]):
    """The quotes of an index, and what a person said about pairs of them (`quotes.json` at the folder's root)."""

    def __init__(self, index: Index) -> None:
        super().__init__(index, QuotesFile(index.folder))

    def quotes(self, line: str = "", *, terms: bool = False, most: int | None = None) -> list[Entry]:
        """Return the quotes, the newest first, that a line of the search's filters and words keeps.

        `person:` is the speaker; words must stand in the quote or its translation. `terms` adds what is no utterance.
        Raises `LibraryError` where the line can't be understood.
        """
        return list(self.each(line, terms=terms, most=-1 if most is None else most))

    def page(self, line: str, most: int) -> tuple[list[Entry], bool]:
        """Return the newest quotes that a line keeps, and whether there are more; raises `LibraryError`."""
        found = list(self.each(line, most=most + 1))
        return found[:most], len(found) > most

    def confirmed(self, entries: Iterable[Entry]) -> dict[int, int]:
        """Return how many quotes a person called the same as each, where there is one."""
        pairs = [pair for pair, status in self._file.decisions().items() if status == SAME]
        counts = Counter(quote for pair in pairs for quote in pair)
        return {entry.id: number for entry in entries if counts and (number := counts[self._key(entry)])}

    def entry(self, id: int) -> Entry | None:
        """Return a quote by its number."""
        rows = self._index.rows(f"{_QUOTES} WHERE q.id = ?", (id,))
        return self._entry(rows[0]) if rows else None

    def same_as(self, entry: Entry) -> list[Same]:
        """Return the quotes of other articles that render the same utterance, the surest first."""
        decisions = self._file.decisions()
        counts = self._counts(traits(entry.text, _english(entry)))
        rarity = rarity_of(counts, self._number())
        mine = self._utterance(entry)
        likeness = {other: compare(mine, self._utterance(other), rarity) for other in self._candidates(entry, counts)}
        best: dict[Path, float] = {}
        for other, like in likeness.items():
            best[other.path] = max(best.get(other.path, 0.0), like.score)
        likely = any(chosen(like.score, [best[other.path]]) for other, like in likeness.items())
        beside = [self._utterance(each) for each in self._beside(entry)] if likely else []
        found = []
        for other, like in likeness.items():
            status = decisions.get(self._pair(entry, other), "")
            rivals = (compare(each, self._utterance(other), rarity).score for each in beside)
            if status or (chosen(like.score, [best[other.path]]) and chosen(like.score, rivals)):
                found.append(Same(other, like, status))
        found += self._decided(entry, decisions, {same.entry.id for same in found}, mine)
        order = {SAME: 0, "": 1, DIFFERENT: 2}
        return sorted(found, key=lambda same: (order.get(same.status, 1), -same.likeness.score, same.entry.id))

    def decide(self, one: Entry, other: Entry, status: str | None) -> None:
        """Keep that two quotes are `SAME` or `DIFFERENT`, or (None) take that back; raises `LibraryError`."""
        pair = self._pair(one, other)
        step = _Step(_LABELS[status], pair, self._file.decisions().get(pair), status)
        self._file.decide(pair, status)
        self._steps.record(step)

    def undo(self) -> None:
        """Take the last decision back, unless the pair was decided otherwise meanwhile; raises `LibraryError`."""
        with self._steps.undoing() as step:
            if step:
                self._turn(step.pair, step.after, step.before)

    def redo(self) -> None:
        """Make the decision last undone again; raises `LibraryError`."""
        with self._steps.redoing() as step:
            if step:
                self._turn(step.pair, step.before, step.after)

    def each(self, line: str, *, terms: bool = False, most: int = -1) -> Iterator[Entry]:
        """Yield the quotes that a line keeps as they are found, the newest first; raises `LibraryError`."""
        query = parse_query(line)
        conditions, parameters = self._conditions(query, terms=terms)
        ways = [spelled(self._index, term) for term in query.terms]
        if match := match_of(query.terms, ways):
            conditions.append("a.id IN (SELECT rowid FROM words WHERE words MATCH ?)")
            parameters.append(match)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        limit = -1 if query.terms else most
        order = "ORDER BY a.date DESC, a.path, q.start LIMIT ?"
        found = self._index.rows(
            f"SELECT q.id {_QUOTES[_QUOTES.index('FROM') :]} {where} {order}", (*parameters, limit)
        )
        ids = [id for (id,) in found]
        kept = (entry for entry in self._entries(ids) if _holds(entry, query.terms, ways))
        return islice(kept, most if most >= 0 else None)

    # -- inside --------------------------------------------------------------------------------------------------

    def _entries(self, ids: Sequence[int]) -> Iterator[Entry]:
        """Yield quotes by their numbers, in that order, a few at a time: the first may be all that is wanted."""
        query = f"{_QUOTES} WHERE q.id IN (SELECT value FROM json_each(?))"
        for start in range(0, len(ids), _FEW):
            some = ids[start : start + _FEW]
            entries = {row[0]: self._entry(row) for row in self._index.rows(query, (json.dumps(some),))}
            yield from (entries[id] for id in some if id in entries)

    def _turn(self, pair: Pair, expected: str | None, wanted: str | None) -> None:
        if self._file.decisions().get(pair) == expected:
            self._file.decide(pair, wanted)

    def _conditions(self, query: Query, *, terms: bool) -> tuple[list[str], list[Any]]:
        others = Query((), (), query.languages, query.tags, query.since, query.until, query.without)
        conditions, parameters = conditions_of(self._index, others)
        values = list(parameters)
        for words in query.persons:
            ids = persons_named(self._index, words)
            conditions.append("s.person IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(ids))
        if not terms:
            conditions.append("q.kind = 'speech'")
        return conditions, values

    def _entry(self, row: Sequence[Any]) -> Entry:
        id, path, title, date, language, start, end, text, translation, speaker, kind = row
        span = Span(start, end)
        return Entry(id, self._index.path(path), title, date, language, span, text, translation, speaker, kind)

    def _candidates(self, entry: Entry, counts: Mapping[str, int]) -> list[Entry]:
        """Return quotes of other articles that share rare traits, and those of the same speaker on near days."""
        rare = [trait for trait, count in counts.items() if 1 < count < _COMMON]
        here = self._index.stored(entry.path)
        ids: list[int] = []
        if rare:
            marks = ",".join("?" * len(rare))
            query = f"SELECT quote FROM traits WHERE trait IN ({marks}) GROUP BY quote ORDER BY count(*) DESC LIMIT ?"
            ids = [id for (id,) in self._index.rows(query, (*rare, _CANDIDATES))]
        conditions = [f"q.id IN ({','.join('?' * len(ids))})"]
        parameters: list[Any] = [*ids]
        if entry.speaker is not None and entry.date is not None:
            near = f"p.name = ? AND abs(julianday(a.date) - julianday(?)) <= {_DAYS} AND a.path != ?"
            conditions.append(f"q.id IN (SELECT q.id {_QUOTES[_QUOTES.index('FROM') :]} WHERE {near} LIMIT ?)")
            parameters += [entry.speaker, entry.date, here, _CANDIDATES]
        either = " OR ".join(conditions)
        rows = self._index.rows(
            f"{_QUOTES} WHERE q.kind = 'speech' AND a.path != ? AND ({either})", (here, *parameters)
        )
        return [self._entry(row) for row in rows]

    def _beside(self, entry: Entry) -> list[Entry]:
        """Return the other quotes of an article, the nearest: one may be likelier the one that stands elsewhere."""
        query = f"{_QUOTES} WHERE q.kind = 'speech' AND a.path = ? AND q.id != ? ORDER BY abs(q.start - ?) LIMIT ?"
        parameters = (self._index.stored(entry.path), entry.id, entry.span.start, _CANDIDATES)
        return [self._entry(row) for row in self._index.rows(query, parameters)]

    def _decided(
        self,
        entry: Entry,
        decisions: Mapping[Pair, str],
        known: set[int],
        mine: Utterance,
    ) -> list[Same]:
        """Return the quotes that a person paired with this one and that the evidence would not find."""
        here = self._key(entry)
        found = []
        for pair, status in decisions.items():
            for file, exact in pair - {here} if here in pair else ():
                query = f"{_QUOTES} WHERE a.path = ? AND q.text = ?"
                for row in self._index.rows(query, (os.fsencode(file), exact)):
                    other = self._entry(row)
                    if other.id not in known:
                        found.append(Same(other, compare(mine, self._utterance(other)), status))
        return found

    def _counts(self, wanted: set[str]) -> dict[str, int]:
        """Return how many quotes have each trait; the common ones are counted no further than that."""
        query = "SELECT count(*) FROM (SELECT 1 FROM traits WHERE trait = ? LIMIT ?)"
        return {trait: self._index.rows(query, (trait, _COMMON))[0][0] for trait in sorted(wanted)}

    def _number(self) -> int:
        return int(self._index.rows("SELECT count(*) FROM quotes")[0][0])

    def _utterance(self, entry: Entry) -> Utterance:
        query = (
            "SELECT DISTINCT p.name FROM mentions AS m JOIN appearances AS a ON m.appearance = a.id"
            " JOIN people AS p ON p.id = a.person JOIN articles AS r ON r.id = m.article"
            " WHERE r.path = ? AND m.start >= ? AND m.end <= ?"
        )
        place = (self._index.stored(entry.path), entry.span.start, entry.span.end)
        names = frozenset(name for (name,) in self._index.rows(query, place))
        return Utterance(entry.text, entry.language, entry.translation, entry.speaker, entry.date, names)

    def _key(self, entry: Entry) -> tuple[str, str]:
        return os.fsdecode(self._index.stored(entry.path)), entry.text

    def _pair(self, one: Entry, other: Entry) -> Pair:
        return frozenset((self._key(one), self._key(other)))


def _english(entry: Entry) -> str | None:
    return entry.text if entry.language == "en" else entry.translation


def _holds(entry: Entry, terms: Sequence[Term], ways: Sequence[Sequence[Match]]) -> bool:
    """Say whether a quote, or its translation, has every word that is asked for and none that is not."""
    for term, each in zip(terms, ways, strict=True):
        here = any(occurrences(text, each) for text in (entry.text, entry.translation or ""))
        if here == term.without:
            return False
    return True
