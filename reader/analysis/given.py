"""What is known of given names: which spellings and short forms are one name, and whose names they are."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.phonetic import plain, romanise, sound
from reader.resources import resources_dir
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ANY = "*"


class GivenNames:
    """Given names by language, and groups of spellings that are one name in any language."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Take rows of: m or f, a language or *, names parted by spaces; a language's are read when asked for."""
        self._groups: dict[str, set[int]] = defaultdict(set)  # by sound
        self._rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._known: dict[str, dict[str, str]] = {}  # by language: name, its sexes
        for number, (sex, code, names) in enumerate(rows):
            if code != _ANY:
                self._rows[code].append((sex, names))
                continue
            for name in names.split():
                self._groups[sound(romanise(plain(name.lower())))].add(number)

    @classmethod
    def load(cls, path: Path | None = None) -> GivenNames:
        """Read `given_names.tsv`; raises `ResourceError`."""
        return _load(path or resources_dir() / "given_names.tsv")

    def groups(self, bases: Iterable[str]) -> frozenset[int]:
        """Return the groups that a name in lower case, in the nominatives it may have, belongs to."""
        return frozenset(number for base in bases for number in self._groups.get(sound(romanise(base)), ()))

    def known(self, code: str, bases: Iterable[str]) -> dict[str, str]:
        """Return those of some names in lower case that the language has, each with its sex: m, f or both."""
        names = self._known.get(code)
        if names is None:
            names = self._known[code] = self._of(code)
        return {base: names[base] for base in bases if base in names}

    def _of(self, code: str) -> dict[str, str]:
        sexes: dict[str, str] = {}
        for sex, names in self._rows.get(code, ()):
            for name in plain(names.lower()).split():
                if sex not in sexes.get(name, ""):
                    sexes[name] = sexes.get(name, "") + sex
        return sexes


@cache
def _load(path: Path) -> GivenNames:
    try:
        lines = path.read_text("utf-8").splitlines()
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        return GivenNames((sex, code, names) for sex, code, names in rows)
    except (OSError, ValueError) as exc:  # undecodable bytes and lines of other than three columns are ValueErrors
        raise ResourceError(
            f"The table of given names ({path.name}) is missing or damaged: install the reader again.", path
        ) from exc
