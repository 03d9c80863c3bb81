"""Tell which persons of a library's articles are the same: the identities of all articles, kept in the index.

Persons that are spelled alike are looked at once, however many articles they stand in; those whose surnames could
never be one are not compared at all. So the work grows with the number of different names, not with its square; and
what was compared once is kept, so that a new article costs only those whose names are like the ones in it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from reader.analysis.identities import Edit, Names, link
from reader.analysis.results import Mention
from reader.library.decisions import PeopleFile
from reader.library.pool import Lost
from reader.library.signatures import COPIES, Signature, person_of
from reader.library.tokens import token_line
from reader.text.span import Span

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reader.library.index import Index
    from reader.library.pool import Pool

_NAMED = re.compile("“([^”]*)”")
NOBODY = 0
"""The person of an appearance that is none."""
_FEW = 40  # groups of names that are compared at once, without processes
_CHUNK = 16  # groups sent to a process at a time


@dataclass(slots=True)
class Seen:
    """A signature's appearances with the person that each has now, and what others must share to be compared."""

    keys: tuple[str, ...]
    appearances: list[tuple[int, int | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Signatures that may be the same persons, how often each is met, and the decisions that concern them."""

    signatures: tuple[Signature, ...]
    counts: tuple[int, ...]
    edits: tuple[Edit, ...]

    def digest(self) -> bytes:
        """Return what two buckets share that are linked alike."""
        return blake2b(repr(self).encode("utf-8", "surrogatepass"), digest_size=12).digest()


@dataclass(frozen=True, slots=True)
class Linked:
    """A bucket's digest, the person of each of its signatures (None: nobody), and why spellings were joined."""

    digest: bytes
    persons: tuple[str | None, ...]
    evidence: tuple[tuple[str, str], ...]


def relink(
    index: Index,
    pool: Pool,
    report: Callable[[int, int], None] = lambda done, total: None,
    go_on: Callable[[], bool] = lambda: True,
) -> None:
    """Give every appearance its person, where an article or a decision is new or gone.

    `report` takes what is done, of how many groups of names; where `go_on` says no, what was compared is kept, and the
    next time goes on from there.
    """
    decisions = PeopleFile(index.folder)
    stamp = decisions.stamp()
    unlinked = index.rows("SELECT 1 FROM appearances WHERE person IS NULL LIMIT 1")
    if not unlinked and index.fact("decisions") == stamp:
        return
    seen = _seen(index)
    buckets = {bucket.digest(): bucket for bucket in _buckets(seen, decisions.edits())}
    kept = {digest for (digest,) in index.rows("SELECT digest FROM buckets")}
    whole = _compare(index, pool, [each for each in buckets.items() if each[0] not in kept], report, go_on)
    if not whole:
        return
    persons: dict[Signature, str | None] = {}
    evidence: dict[str, str] = {}
    known = {digest: (names, why) for digest, names, why in index.rows("SELECT digest, persons, evidence FROM buckets")}
    for digest, bucket in buckets.items():
        if digest in known:  # one over which its process died has no persons
            names, why = map(json.loads, known[digest])
            persons |= zip(bucket.signatures, names, strict=True)
            evidence |= dict(why)
    with index.transaction() as connection:
        gone = [(digest,) for digest in known.keys() - buckets.keys()]
        connection.executemany("DELETE FROM buckets WHERE digest = ?", gone)
        _write(connection, seen, persons, evidence)
    index.set_fact("decisions", stamp)


def _compare(
    index: Index,
    pool: Pool,
    waiting: Sequence[tuple[bytes, Bucket]],
    report: Callable[[int, int], None],
    go_on: Callable[[], bool],
) -> bool:
    """Link the persons of buckets that were not compared before, and keep the result; say whether all are done."""
    done, linked = 0, []
    report(0, len(waiting))
    few = ([link_bucket(each)] for each in waiting)  # to start processes would take longer
    for results in pool.run(link_bucket, waiting, go_on, chunk=_CHUNK) if len(waiting) > _FEW else few:
        done += len(results)
        linked += [result for result in results if not isinstance(result, Lost)]
        report(done, len(waiting))
    with index.transaction() as connection:
        rows = [(each.digest, _json(each.persons), _json(each.evidence)) for each in linked]
        connection.executemany("INSERT OR REPLACE INTO buckets VALUES (?, ?, ?)", rows)
    return done == len(waiting)


def _seen(index: Index) -> dict[Signature, Seen]:
    """Return the appearances of all articles by what they look like."""
    found: dict[Signature, Seen] = {}
    query = "SELECT id, person, language, spellings, name, manual, keys FROM appearances ORDER BY id"
    for id, person, language, spellings, name, manual, keys in index.rows(query):
        signature = Signature(language, tuple(spellings.split("\n")), name if manual else "")
        seen = found.get(signature)
        if seen is None:
            seen = found[signature] = Seen(tuple(keys.split("\n")))
        seen.appearances.append((id, person))
    return found


def _buckets(seen: Mapping[Signature, Seen], edits: Sequence[Edit]) -> list[Bucket]:
    """Put together what shares a surname's consonants, a public figure or a decision."""
    first: dict[str, Signature] = {}
    joined = _Joined()
    edited = {token_line(name): f"edit {edit.person}" for edit in edits for name in edit.names}
    concerned: dict[Signature, set[str]] = defaultdict(set)
    for signature, each in seen.items():
        for text in signature.spellings if edited else ():
            if key := edited.get(token_line(text)):
                concerned[signature].add(key)
        for key in (*each.keys, *concerned.get(signature, ())):
            joined.join(first.setdefault(key, signature), signature)
    groups: dict[Signature, list[Signature]] = defaultdict(list)
    for signature in seen:
        groups[joined.root(signature)].append(signature)
    by_key = {f"edit {edit.person}": edit for edit in edits}
    return [
        Bucket(
            tuple(group),
            tuple(min(COPIES, len(seen[each].appearances)) for each in group),
            tuple(by_key[key] for key in sorted({key for each in group for key in concerned.get(each, ())})),
        )
        for group in groups.values()
    ]


class _Joined:
    """Sets that are joined by their members (union–find)."""

    def __init__(self) -> None:
        self._parent: dict[Signature, Signature] = {}

    def root(self, signature: Signature) -> Signature:
        path = []
        while (parent := self._parent.get(signature, signature)) != signature:
            path.append(signature)
            signature = parent
        self._parent |= dict.fromkeys(path, signature)
        return signature

    def join(self, one: Signature, other: Signature) -> None:
        first, second = self.root(one), self.root(other)
        if first is not second:
            self._parent[second] = first


def link_bucket(task: tuple[bytes, Bucket]) -> Linked:
    """Link the persons of one bucket; runs in a process of the pool."""
    digest, bucket = task
    articles = [
        Names(signature.language, tuple(_mentions(signature, count)))
        for signature, count in zip(bucket.signatures, bucket.counts, strict=True)
    ]
    linked = link(articles, bucket.edits)
    persons = (
        signature.manual or person_of(mentions)
        for signature, mentions in zip(bucket.signatures, linked.articles, strict=True)
    )
    evidence = tuple((each.person, "\n".join(_telling(each.evidence)[:8])) for each in linked.identities)
    return Linked(digest, tuple(persons), evidence)


def _telling(evidence: Iterable[str]) -> list[str]:
    """Return the reasons that are about two spellings; that a name is spelled like itself says nothing."""
    named = ((why, _NAMED.findall(why)) for why in evidence)
    return [why for why, names in named if len(names) != 2 or names[0] != names[1]]


def _mentions(signature: Signature, copies: int) -> Iterable[Mention]:
    for number, text in enumerate(signature.spellings * copies):
        yield Mention(Span(number, number + 1), text, "", 1.0)


def _write(
    connection: sqlite3.Connection,
    seen: Mapping[Signature, Seen],
    persons: Mapping[Signature, str | None],
    evidence: Mapping[str, str],
) -> None:
    """Write what is new of the persons into the index; a person who keeps the name keeps the number."""
    people = {name: (id, why) for id, name, why in connection.execute("SELECT id, name, why FROM people")}
    names = {name: evidence.get(name, "") for name in persons.values() if name}
    connection.executemany(
        "INSERT INTO people (name, why) VALUES (?, ?)", [each for each in names.items() if each[0] not in people]
    )
    changed = [(why, name) for name, why in names.items() if name in people and people[name][1] != why]
    connection.executemany("UPDATE people SET why = ? WHERE name = ?", changed)
    connection.executemany("DELETE FROM people WHERE name = ?", [(name,) for name in people.keys() - names.keys()])
    ids = dict(connection.execute("SELECT name, id FROM people"))
    rows = []
    for signature, each in seen.items():
        name = persons.get(signature)
        person = ids[name] if name else NOBODY
        rows += [(person, id) for id, before in each.appearances if before != person]
    connection.executemany("UPDATE appearances SET person = ? WHERE id = ?", rows)
    _count_spellings(connection)


def _count_spellings(connection: sqlite3.Connection) -> None:
    """Count how each person is spelled in each language; only what is other than before is written."""
    before = set(connection.execute("SELECT person, text, language, mentions FROM spellings"))
    query = (
        "SELECT person, text, language, count(*) FROM mentions JOIN appearances ON appearance = appearances.id"
        " WHERE person != ? GROUP BY person, text, language"
    )
    now = set(connection.execute(query, (NOBODY,)))
    connection.executemany(
        "DELETE FROM spellings WHERE person = ? AND text = ? AND language = ? AND mentions = ?", before - now
    )
    connection.executemany(
        "INSERT INTO spellings VALUES (?, ?, ?, ?, ?)",
        [(person, text, token_line(text), language, count) for person, text, language, count in sorted(now - before)],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
