"""What a person decided about a whole folder: who is who in `people.json`, which quotes are one in `quotes.json`."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, Generic, TypeVar

from reader.analysis.identities import Edit
from reader.annotations.history import Step, UndoList
from reader.library.folder_file import FolderFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Any

    from reader.library.index import Index

NOBODY = ""
"""The person of names that are nobody's."""

SAME, DIFFERENT = "same", "different"

Pair = frozenset[tuple[str, str]]
"""Two quotes, each as file and words."""


F = TypeVar("F", bound=FolderFile)
S = TypeVar("S", bound=Step)


class Undoable(Generic[F, S]):
    """Decisions of a session about a folder, kept in a file at its root."""

    def __init__(self, index: Index, file: F) -> None:
        self._index = index
        self._file = file
        self._steps: UndoList[S] = UndoList()

    @property
    def problem(self) -> str | None:
        """Why the file can't be used, as a sentence for the user."""
        self._file.read()
        return self._file.problem

    @property
    def undo_label(self) -> str | None:
        """The name of the decision that `undo` takes back."""
        return self._steps.undo_label

    @property
    def redo_label(self) -> str | None:
        """The name of the decision that `redo` makes again."""
        return self._steps.redo_label


class PeopleFile(FolderFile):
    """Names and whom they mean throughout the folder, and pairs of persons that are two.

    ::

        {"format": "reader-people", "schema": {"version": 1, "min_reader": 1},
         "people": [{"person": "Mark Rutte", "names": ["Марк Рютте", "Рютте"], "how": "manual"}],
         "different": [{"persons": ["John Kerry", "John Kirby"], "how": "manual"}]}
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "people.json", "reader-people", ("people", "different"))

    def stamp(self) -> str:
        """Return what changes whenever a name means somebody else."""
        return sha256(repr(sorted(self.people().items())).encode()).hexdigest()[:24]

    def people(self) -> dict[str, list[str]]:
        """Return the names that mean each person, `NOBODY` too."""
        return _people(self.read())

    def meanings(self) -> dict[str, str]:
        """Return whom each name means, `NOBODY` for one that is no person's."""
        return {name: person for person, names in self.people().items() for name in names}

    def edits(self) -> list[Edit]:
        """Return the decisions in the form in which persons are linked."""
        return [Edit(person or None, tuple(names)) for person, names in self.people().items()]

    def mean(self, names: Mapping[str, str | None]) -> None:
        """Let each name mean its person; None takes back what was said about it. Raises `LibraryError`."""

        def edit(document: dict[str, Any]) -> None:
            wanted: dict[str, list[str]] = defaultdict(list)
            for name, person in names.items():
                if person is not None:
                    wanted[person].append(name)
            kept = []
            for entry in document["people"]:
                person = _word(entry, "person")
                left = [name for name in _words(entry, "names") if name not in names]
                left += wanted.pop(person, [])
                if left:
                    kept.append({**entry, "names": left})
            kept += [{"person": person, "names": added, "how": "manual"} for person, added in wanted.items()]
            document["people"] = sorted(kept, key=lambda entry: _word(entry, "person"))

        self.change(edit)

    def different(self) -> set[frozenset[str]]:
        """Return the pairs of persons of which somebody said that they are two."""
        return {frozenset(_words(entry, "persons")) for entry in self.read()["different"]}

    def set_different(self, one: str, other: str, *, different: bool = True) -> None:
        """Keep that two persons are two, or take that back. Raises `LibraryError`."""
        pair = {one, other}

        def edit(document: dict[str, Any]) -> None:
            kept = [entry for entry in document["different"] if set(_words(entry, "persons")) != pair]
            document["different"] = kept + ([{"persons": sorted(pair), "how": "manual"}] if different else [])

        self.change(edit)


class QuotesFile(FolderFile):
    """Pairs of quotes that a person called the same, or different.

    ::

        {"format": "reader-quotes", "schema": {"version": 1, "min_reader": 1},
         "pairs": [{"status": "same", "quotes": [{"file": "a.txt", "exact": "…"}, {"file": "b.txt", "exact": "…"}]}]}

    A quote is known by its file and its words, so that it is found again wherever it stands in the text.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "quotes.json", "reader-quotes", ("pairs",))

    def decisions(self) -> dict[Pair, str]:
        """Return the pairs, with `SAME` or `DIFFERENT`."""
        return {_pair(entry): _word(entry, "status") for entry in self.read()["pairs"]}

    def decide(self, pair: Pair, status: str | None) -> None:
        """Keep what a person said about two quotes; None takes it back. Raises `LibraryError`."""

        def edit(document: dict[str, Any]) -> None:
            kept = [entry for entry in document["pairs"] if _pair(entry) != pair]
            if status is not None:
                quotes = [{"file": file, "exact": exact} for file, exact in sorted(pair)]
                kept.append({"status": status, "quotes": quotes})
            document["pairs"] = kept

        self.change(edit)


def _people(document: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for entry in document["people"]:
        found[_word(entry, "person")] += _words(entry, "names")
    return found


def _pair(entry: Mapping[str, Any]) -> Pair:
    quotes = entry.get("quotes")
    known: Iterable[Any] = quotes if isinstance(quotes, list) else ()
    return frozenset((_word(each, "file"), _word(each, "exact")) for each in known if isinstance(each, dict))


def _word(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _words(entry: Mapping[str, Any], key: str) -> list[str]:
    value = entry.get(key)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
