"""Tell which persons of a library's articles are the same: the identities of all articles, kept in the index.

Persons that are spelled alike are looked at once, however many articles they stand in; those whose surnames could
never be one are not compared at all. So the work grows with the number of different names, not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.analysis.display import Figures
from reader.analysis.grammar import grammar_of
from reader.analysis.identities import Edit, Names, link
from reader.analysis.languages import load_language
from reader.analysis.names import parse
from reader.analysis.results import Mention
from reader.library.decisions import PeopleFile
from reader.library.pool import Lost
from reader.library.tokens import bones_of, token_line
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reader.library.index import Index
    from reader.library.pool import Pool

_NAMED = re.compile("“([^”]*)”")
NOBODY = 0
"""The person of an appearance that is none."""
_COPIES = 3  # how often a spelling may count when a person's display name is chosen


@dataclass(frozen=True, slots=True)
class Signature:
    """A person as some articles have it: the language, the spellings, and the name where a person gave it."""

    language: str
    spellings: tuple[str, ...]
    manual: str = ""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Signatures that may be the same persons, how often each is met, and the decisions that concern them."""

    signatures: tuple[Signature, ...]
    counts: tuple[int, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The person of each signature of a bucket (None: nobody), and why spellings of a person were joined."""

    signatures: tuple[Signature, ...]
    persons: tuple[str | None, ...]
    evidence: tuple[tuple[str, str], ...]


def relink(index: Index, pool: Pool) -> None:
    """Give every appearance its person, where an article or a decision is new."""
    decisions = PeopleFile(index.folder)
    stamp = decisions.stamp()
    unlinked = index.rows("SELECT 1 FROM appearances WHERE person IS NULL LIMIT 1")
    if not unlinked and index.fact("decisions") == stamp:
        return
    appearances = _signatures(index)
    buckets = _buckets(appearances, decisions.edits())
    persons: dict[Signature, str | None] = {}
    evidence: dict[str, str] = {}
    for results in pool.run(link_bucket, buckets):
        for result in results:
            if not isinstance(result, Lost):
                persons |= dict(zip(result.signatures, result.persons, strict=True))
                evidence |= dict(result.evidence)
    _write(index, appearances, persons, evidence)
    index.set_fact("decisions", stamp)


def _signatures(index: Index) -> dict[Signature, list[int]]:
    """Return the appearances of all articles by what they look like."""
    spellings: dict[int, list[str]] = defaultdict(list)
    for appearance, text in index.rows("SELECT DISTINCT appearance, text FROM mentions ORDER BY appearance, start"):
        spellings[appearance].append(text)
    found: dict[Signature, list[int]] = defaultdict(list)
    for id, name, language, manual in index.rows("SELECT id, name, language, manual FROM appearances ORDER BY id"):
        texts = tuple(sorted(spellings.get(id, [name])))
        found[Signature(language, texts, name if manual else "")].append(id)
    return found


def _buckets(appearances: Mapping[Signature, Sequence[int]], edits: Sequence[Edit]) -> list[Bucket]:
    """Put together what shares a surname's consonants, a public figure or a decision."""
    figures = Figures.load()
    first: dict[str, Signature] = {}
    joined = _Joined()
    edited = {token_line(name): f"edit {edit.person}" for edit in edits for name in edit.names}
    keys: dict[Signature, set[str]] = {}
    for signature in appearances:
        keys[signature] = _keys(signature, figures)
        keys[signature] |= {edited[line] for line in map(token_line, signature.spellings) if line in edited}
        for key in keys[signature]:
            joined.join(first.setdefault(key, signature), signature)
    groups: dict[Signature, list[Signature]] = defaultdict(list)
    for signature in appearances:
        groups[joined.root(signature)].append(signature)
    by_key = {f"edit {edit.person}": edit for edit in edits}
    return [
        Bucket(
            tuple(group),
            tuple(len(appearances[each]) for each in group),
            tuple(by_key[key] for key in sorted({key for each in group for key in keys[each]}) if key in by_key),
        )
        for group in groups.values()
    ]


def _keys(signature: Signature, figures: Figures) -> set[str]:
    """Return what persons must share to be compared."""
    grammar = grammar_of(load_language(signature.language))
    names = [parse(text, grammar) for text in signature.spellings]
    full = [name for name in names if name.given is not None] or names
    heard = {sound for name in full for sound in (*name.surname.sounds, *name.surname.stems[:2])}
    keys = {bones for sound in heard for bones in bones_of(sound)}
    figure = figures.of(full)
    return keys | ({f"figure {figure}"} if figure else set())


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


def link_bucket(bucket: Bucket) -> Linked:
    """Link the persons of one bucket; runs in a process of the pool."""
    articles = [
        Names(signature.language, tuple(_mentions(signature, min(_COPIES, count))))
        for signature, count in zip(bucket.signatures, bucket.counts, strict=True)
    ]
    linked = link(articles, bucket.edits)
    persons = []
    for signature, mentions in zip(bucket.signatures, linked.articles, strict=True):
        longest = max(mentions, key=lambda mention: (len(mention.text.split()), mention.text), default=None)
        persons.append(signature.manual or (longest.person if longest else None))
    evidence = tuple((each.person, "\n".join(_telling(each.evidence)[:8])) for each in linked.identities)
    return Linked(bucket.signatures, tuple(persons), evidence)


def _telling(evidence: Iterable[str]) -> list[str]:
    """Return the reasons that are about two spellings; that a name is spelled like itself says nothing."""
    named = ((why, _NAMED.findall(why)) for why in evidence)
    return [why for why, names in named if len(names) != 2 or names[0] != names[1]]


def _mentions(signature: Signature, copies: int) -> Iterable[Mention]:
    for number, text in enumerate(signature.spellings * copies):
        yield Mention(Span(number, number + 1), text, "", 1.0)


def _write(
    index: Index,
    appearances: Mapping[Signature, Sequence[int]],
    persons: Mapping[Signature, str | None],
    evidence: Mapping[str, str],
) -> None:
    """Write the persons into the index; a person who keeps the name keeps the number."""
    names = sorted({name for name in persons.values() if name})
    with index.transaction() as connection:
        connection.executemany("INSERT OR IGNORE INTO people (name) VALUES (?)", [(name,) for name in names])
        connection.executemany("UPDATE people SET why = ? WHERE name = ?", [(evidence.get(n, ""), n) for n in names])
        ids = dict(connection.execute("SELECT name, id FROM people"))
        rows = []
        for signature, numbers in appearances.items():
            name = persons.get(signature)
            person = ids[name] if name else NOBODY
            rows += [(person, number, person) for number in numbers]
        connection.executemany("UPDATE appearances SET person = ? WHERE id = ? AND person IS NOT ?", rows)
        connection.execute("DELETE FROM people WHERE id NOT IN (SELECT person FROM appearances)")
        connection.execute("DELETE FROM spellings")
        spelled = connection.execute(
            "SELECT person, text, language, count(*) FROM mentions JOIN appearances ON appearance = appearances.id"
            " WHERE person != ? GROUP BY person, text, language",
            (NOBODY,),
        ).fetchall()
        connection.executemany(
            "INSERT INTO spellings VALUES (?, ?, ?, ?, ?)",
            [(person, text, token_line(text), language, count) for person, text, language, count in spelled],
        )
