"""What a person decides about a folder's people: merge, split, rename, who is none; undone, and taken back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reader.annotations.session import NotesSession, noted
from reader.articles.reading import read_article
from reader.library.decisions import NOBODY, PeopleFile, Undoable
from reader.library.register import Person, spellings
from reader.text.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from reader.library.index import Index

    Meanings = Mapping[str, str | None]
    """Whom each name means; None where nothing is said about it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What `people.json` keeps: these names mean `person` (`NOBODY`: nobody); or, without one, these are two."""

    person: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit wrote: sidecars, and those that could not be, with the reason."""

    sidecars: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """An edit that can be undone, and how that and its repetition are done."""

    label: str
    back: Callable[[], Edited]
    again: Callable[[], Edited]


class Register(Undoable[PeopleFile, _Step]):
    """Edits of a folder's people: kept in `people.json` and in the sidecars of the articles concerned.

    Undo and redo last as long as the object; a decision of any day can be taken back from `decisions`. The index is
    relinked by the next build. `LibraryError` is raised where `people.json` can't be written, and then nothing is
    changed.
    """

    def __init__(self, index: Index) -> None:
        super().__init__(index, PeopleFile(index.folder))

    def decisions(self) -> list[Decision]:
        """Return all that is decided, by the person's name; pairs of persons who are two, and nobodies, last."""
        people = self._file.people()
        nobody = [Decision(NOBODY, (name,)) for name in people.pop(NOBODY, [])]
        pairs = [Decision(None, tuple(sorted(pair))) for pair in self._file.different()]
        return [
            *(Decision(person, tuple(names)) for person, names in sorted(people.items())),
            *sorted(nobody, key=lambda each: each.names),
            *sorted(pairs, key=lambda each: each.names),
        ]

    # -- edits ---------------------------------------------------------------------------------------------------

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

    def differ(self, one: str, other: str) -> Edited:
        """Say that two persons, by their names, are two: they are proposed no more."""
        return self._tell_apart("Two people", one, other, different=True)

    def take_back(self, decision: Decision) -> Edited:
        """Let the analysis decide again what a person decided, in this session or long ago."""
        label = "Take back decision"
        if decision.person is None:
            return self._tell_apart(label, *decision.names, different=False)
        meanings = self._file.meanings()
        names = [name for name in decision.names if meanings.get(name) == decision.person]
        self._file.mean(dict.fromkeys(names))
        person = decision.person or None
        sessions: list[NotesSession] = []
        problems = []
        for path, forgotten in self._noting(person, frozenset(names)).items():
            problems += _saved(path, sessions, partial(NotesSession.forget_people, names=forgotten))
        self._remember(label, dict.fromkeys(names, decision.person), dict.fromkeys(names), sessions)
        return Edited(len(sessions), tuple(problems))

    def undo(self) -> Edited:
        """Take the last edit back, and nothing that was decided elsewhere meanwhile."""
        with self._steps.undoing() as step:
            return step.back() if step else Edited(0)

    def redo(self) -> Edited:
        """Make the edit last undone again."""
        with self._steps.redoing() as step:
            return step.again() if step else Edited(0)

    # -- inside --------------------------------------------------------------------------------------------------

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
        before = {text: meanings.get(text) for text in after}
        self._file.mean(after)
        sessions: list[NotesSession] = []
        problems = []
        for path, names in self._concerned(texts).items():
            if name:
                problems += _saved(path, sessions, partial(NotesSession.merge_people, person=name, names=names))
            else:
                problems += _saved(path, sessions, partial(NotesSession.not_a_person, names=names))
        self._remember(label, before, after, sessions)
        return Edited(len(sessions), tuple(problems))

    def _remember(self, label: str, before: Meanings, after: Meanings, sessions: list[NotesSession]) -> None:
        back = partial(self._turn, after, before, sessions, NotesSession.undo)
        again = partial(self._turn, before, after, sessions, NotesSession.redo)
        self._steps.record(_Step(label, back, again))

    def _turn(
        self,
        expected: Meanings,
        wanted: Meanings,
        sessions: Sequence[NotesSession],
        change: Callable[[NotesSession], None],
    ) -> Edited:
        """Let names mean what is wanted where they still mean what is expected, in the sidecars too."""
        meanings = self._file.meanings()
        self._file.mean({text: wanted[text] for text in wanted if meanings.get(text) == expected[text]})
        problems = []
        for session in sessions:
            session.refresh()
            try:
                change(session)
                session.save()
            except ReaderError as exc:
                problems.append(str(exc))
        return Edited(len(sessions) - len(problems), tuple(problems))

    def _tell_apart(self, label: str, one: str, other: str, *, different: bool) -> Edited:
        def turn(*, different: bool) -> Edited:
            self._file.set_different(one, other, different=different)
            return Edited(0)

        done = turn(different=different)
        self._steps.record(_Step(label, partial(turn, different=not different), partial(turn, different=different)))
        return done

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

    def _noting(self, person: str | None, names: frozenset[str]) -> dict[Path, tuple[str, ...]]:
        """Return the articles whose notes say that one of the names means the person, with all that they say so of."""
        found = {}
        for (stored,) in self._index.rows("SELECT path FROM articles WHERE notes != '' ORDER BY path"):
            path = self._index.path(stored)
            notes = noted(path)
            for edit in notes.people if notes else ():
                if edit.person == person and names & set(edit.names):
                    found[path] = edit.names if person else tuple(name for name in edit.names if name in names)
        return found


def _saved(path: Path, sessions: list[NotesSession], change: Callable[[NotesSession], None]) -> list[str]:
    """Change an article's notes and save them; return why that failed."""
    try:
        session = NotesSession.open(read_article(path))
        change(session)
        session.save()
    except ReaderError as exc:
        return [str(exc)]
    sessions.append(session)
    return []
