"""The people of a library folder: who is named where and how, who may be the same, and what a person says of it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from reader.analysis.display import guess_nominative, tidy
from reader.analysis.languages import load_language
from reader.analysis.names import Name, parse
from reader.analysis.phonetic import romanise, sound
from reader.analysis.romanise import is_latin
from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.library.decisions import NOBODY, PeopleFile
from reader.library.search import persons_named
from reader.library.tokens import bones_of, tokens
from reader.text.errors import ReaderError
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from reader.library.index import Index

_ALIKE = 80  # per cent of `fuzz.ratio` of two surnames as they sound, from which two persons may be one
_GIVEN = 70  # the same for given names
_BONES = 3  # first consonants of a surname that two persons share who are compared
_CROWD = 150  # persons with one surname's consonants among whom pairs are looked for
_PROPOSALS = 200


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


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two persons who may be one, how likely (0–1), and the evidence for a person to judge."""

    one: Person
    other: Person
    score: float
    evidence: tuple[str, ...]


# -- who there is ------------------------------------------------------------------------------------------------

_PEOPLE = """
SELECT p.id, p.name, count(m.article), count(DISTINCT a.article), coalesce(q.quotes, 0), min(r.date), max(r.date), p.why
FROM people AS p
JOIN appearances AS a ON a.person = p.id
JOIN articles AS r ON r.id = a.article
LEFT JOIN mentions AS m ON m.appearance = a.id
LEFT JOIN (
    SELECT b.person AS person, count(*) AS quotes FROM quotes JOIN appearances AS b ON quotes.appearance = b.id
    WHERE quotes.kind = 'speech' GROUP BY b.person
) AS q ON q.person = p.id
{where} GROUP BY p.id ORDER BY 3 DESC, p.name
"""


def people(index: Index, named: str = "") -> list[Person]:
    """Return the persons, the most mentioned first; `named` keeps those with these words in some spelling."""
    words = [word for word, _ in tokens(named)]
    if not words:
        return [_person(row) for row in index.rows(_PEOPLE.format(where=""))]
    ids = persons_named(index, words)
    return _of_ids(index, ids)


def _of_ids(index: Index, ids: Sequence[int]) -> list[Person]:
    marks = ",".join("?" * len(ids))
    return [_person(row) for row in index.rows(_PEOPLE.format(where=f"WHERE p.id IN ({marks})"), ids)]


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


# -- who may be the same -----------------------------------------------------------------------------------------


def proposals(index: Index) -> list[Proposal]:
    """Return pairs of persons who may be one, the likeliest first; pairs that somebody called two are left out."""
    everybody = {each.id: each for each in people(index)}
    names = _parsed(index)
    different = PeopleFile(index.folder).different()
    company = _company(index)
    crowds: dict[str, list[int]] = defaultdict(list)
    for id, known in names.items():
        for bones in {bones[:_BONES] for name in known for bones in bones_of(name.surname.sounds[0])}:
            crowds[bones].append(id)
    found: dict[tuple[int, int], Proposal] = {}
    for crowd in crowds.values():
        for one, other in combinations(sorted(crowd)[:_CROWD], 2):
            if (one, other) in found or one not in everybody or other not in everybody:
                continue
            a, b = everybody[one], everybody[other]
            if frozenset((a.name, b.name)) not in different:
                likeness = _likeness(names[one], names[other])
                if likeness is not None:
                    score, evidence = likeness
                    shared = sorted((company[one] & company[other]) - {one, other})
                    if beside := [everybody[each].name for each in shared if each in everybody][:3]:
                        score, evidence = min(1.0, score + 0.1), (*evidence, f"both named beside {', '.join(beside)}")
                    found[one, other] = Proposal(a, b, round(score, 2), evidence)
    return sorted(found.values(), key=lambda each: (-each.score, each.one.name, each.other.name))[:_PROPOSALS]


def _parsed(index: Index) -> dict[int, list[Name]]:
    """Return each person's spellings as names: the full ones, or the surnames where there are no others."""
    names: dict[int, list[Name]] = defaultdict(list)
    for who, text in index.rows("SELECT person, text FROM spellings ORDER BY person, mentions DESC"):
        names[who].append(parse(text))
    return {who: [name for name in known if name.given] or known for who, known in names.items()}


def _company(index: Index) -> dict[int, set[int]]:
    """Return the persons named in the same articles as each person."""
    here: dict[int, set[int]] = defaultdict(set)
    for article, who in index.rows("SELECT article, person FROM appearances WHERE person > 0"):
        here[article].add(who)
    company: dict[int, set[int]] = defaultdict(set)
    for everyone in here.values():
        for who in everyone:
            company[who] |= everyone
    return company


def _likeness(one: Sequence[Name], other: Sequence[Name]) -> tuple[float, tuple[str, ...]] | None:
    """Return how alike the names of two persons are, and in what; None where they can't be one."""
    best: tuple[float, tuple[str, ...]] | None = None
    for a in one[:6]:
        for b in other[:6]:
            surnames = _ratio(a.surname.lower, b.surname.lower)
            if surnames < _ALIKE:
                continue
            said = f"surnames sound {surnames:.0f} % alike: {a.text} – {b.text}"
            if a.given is None or b.given is None:
                score, evidence = surnames / 100 * 0.6, (said, "one of them has no given name")
            elif a.given.initial or b.given.initial:
                if romanise(a.given.lower)[:1] != romanise(b.given.lower)[:1]:
                    continue
                score, evidence = surnames / 100 * 0.75, (said, "the same initial")
            else:
                given = _ratio(a.given.lower, b.given.lower)
                if given < _GIVEN:
                    continue
                score, evidence = (surnames + given) / 200 * 0.9, (said, f"given names {given:.0f} % alike")
            if best is None or score > best[0]:
                best = score, evidence
    return best


def _ratio(one: str, other: str) -> float:
    return fuzz.ratio(sound(romanise(one)), sound(romanise(other)))


# -- what a person says ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Step:
    """An edit that can be undone: what the names meant before and after, and the sidecars that were changed."""

    label: str
    before: dict[str, str | None]
    after: dict[str, str | None]
    sessions: list[NotesSession] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit wrote: sidecars, and those that could not be, with the reason."""

    sidecars: int
    problems: tuple[str, ...] = ()


class Register:
    """Edits of a folder's people: kept in `people.json` and in the sidecars of the articles concerned, undoable.

    The index is relinked by the next build; `LibraryError` is raised where `people.json` can't be written, and then
    nothing is changed.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._file = PeopleFile(index.folder)
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def problem(self) -> str | None:
        """Why `people.json` can't be used, as a sentence for the user."""
        self._file.meanings()
        return self._file.problem

    @property
    def undo_label(self) -> str | None:
        """The name of the edit that `undo` takes back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """The name of the edit that `redo` makes again."""
        return self._undone[-1].label if self._undone else None

    def merge(self, people: Sequence[Person], name: str) -> Edited:
        """Let these persons be one, of this display name."""
        return self._mean("Merge people", [(each, None) for each in people], name)

    def rename(self, who: Person, name: str) -> Edited:
        """Give a person another display name."""
        return self._mean("Rename person", [(who, None)], name)

    def split(self, who: Person, texts: Iterable[str], name: str) -> Edited:
        """Let some spellings of a person be somebody else, of this display name."""
        return self._mean("Split person", [(who, frozenset(texts))], name)

    def not_a_person(self, who: Person) -> Edited:
        """Say that these names are nobody's."""
        return self._mean("Not a person", [(who, None)], NOBODY)

    def differ(self, one: Person, other: Person, *, different: bool = True) -> None:
        """Say that two persons are two: they are proposed no more."""
        self._file.set_different(one.name, other.name, different=different)

    def undo(self) -> Edited:
        """Take the last edit back, and nothing that was decided elsewhere meanwhile."""
        if not self._done:
            return Edited(0)
        step = self._done.pop()
        self._undone.append(step)
        return self._carry_out(step, step.after, step.before, NotesSession.undo)

    def redo(self) -> Edited:
        """Make the edit last undone again."""
        if not self._undone:
            return Edited(0)
        step = self._undone.pop()
        self._done.append(step)
        return self._carry_out(step, step.before, step.after, NotesSession.redo)

    def _mean(self, label: str, whom: Sequence[tuple[Person, frozenset[str] | None]], name: str) -> Edited:
        """Let spellings mean `name`: throughout the folder those that are nobody else's, all in their articles."""
        texts = {each.id: only or {one.text for one in spellings(self._index, each.id)} for each, only in whom}
        ids = tuple(texts)
        after: dict[str, str | None] = {
            text: name for texts_here in texts.values() for text in sorted(texts_here) if not self._shared(text, ids)
        }
        if name:
            after |= {each.name: name for each, only in whom if only is None and each.name != name}
        meanings = self._file.meanings()
        step = _Step(label, {text: meanings.get(text) for text in after}, after)
        self._file.mean(after)
        self._done.append(step)
        self._undone.clear()
        problems = []
        for path, names in self._concerned(texts).items():
            try:
                session = NotesSession.open(read_article(path))
                if name:
                    session.merge_people(name, names)
                else:
                    session.not_a_person(names)
                session.save()
            except ReaderError as exc:
                problems.append(str(exc))
            else:
                step.sessions.append(session)
        return Edited(len(step.sessions), tuple(problems))

    def _carry_out(
        self,
        step: _Step,
        expected: Mapping[str, str | None],
        wanted: Mapping[str, str | None],
        change: Callable[[NotesSession], None],
    ) -> Edited:
        meanings = self._file.meanings()
        self._file.mean({text: wanted[text] for text in wanted if meanings.get(text) == expected[text]})
        problems = []
        for session in step.sessions:
            session.refresh()
            try:
                change(session)
                session.save()
            except ReaderError as exc:
                problems.append(str(exc))
        return Edited(len(step.sessions) - len(problems), tuple(problems))

    def _shared(self, text: str, ids: tuple[int, ...]) -> bool:
        """Say whether others are spelled like this as well, somewhere in the folder."""
        marks = ",".join("?" * len(ids))
        query = f"SELECT 1 FROM spellings WHERE text = ? AND person NOT IN ({marks}) LIMIT 1"
        return bool(self._index.rows(query, (text, *ids)))

    def _concerned(self, texts: Mapping[int, Iterable[str]]) -> dict[Path, list[str]]:
        """Return the articles that name these persons so, with the spellings there."""
        query = (
            "SELECT DISTINCT r.path, m.text FROM mentions AS m JOIN appearances AS a ON m.appearance = a.id"
            " JOIN articles AS r ON r.id = m.article WHERE a.person = ? ORDER BY r.path"
        )
        found: dict[Path, list[str]] = defaultdict(list)
        for who, wanted in texts.items():
            for path, text in self._index.rows(query, (who,)):
                if text in wanted:
                    found[self._index.path(path)].append(text)
        return found
