"""What a person chose and what the window keeps between runs: typed values in one TOML file, also written by hand."""

from __future__ import annotations

import os
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import platformdirs

from reader.analysis.language import LANGUAGES
from reader.annotations.annotation import COLOURS
from reader.annotations.durable import replace_file
from reader.library.listing import GROUPINGS, SORTS
from reader.text import APPLICATION
from reader.text.errors import SettingsNotSaved

if TYPE_CHECKING:
    from collections.abc import Callable

    from tomlkit import TOMLDocument

Value = str | float | bool | list[str]

FILE = "settings.toml"
SIZES = (7.0, 32.0)
"""The smallest and the largest size of text in the panes, in points."""
MEASURES, LINE_HEIGHTS = (40, 120), (110, 220)
"""Characters of a line at most; per cent of the font's size."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a setting may be, and how to say so to someone who wrote something else."""

    type: type
    wanted: str
    fits: Callable[[Any], bool] = lambda _: True

    def takes(self, value: object) -> bool:
        """Say whether a value is one of this kind."""
        if self.type is float:
            return isinstance(value, int | float) and not isinstance(value, bool) and self.fits(value)
        if self.type is list:
            return isinstance(value, list) and all(isinstance(each, str) for each in value) and self.fits(value)
        return isinstance(value, self.type) and self.fits(value)


def _number(low: float, high: float) -> Kind:
    return Kind(float, f"a number from {low:g} to {high:g}", lambda value: low <= value <= high)


def _one_of(*values: str) -> Kind:
    return Kind(str, "one of " + ", ".join(f'"{value}"' for value in values), values.__contains__)


_TEXT, _TEXTS, _FLAG = Kind(str, "a text"), Kind(list, "a list of texts"), Kind(bool, "true or false")
SETTINGS = {
    "theme": _one_of("system", "light", "dark"),
    "languages/expected": Kind(list, 'a list of codes of languages, such as ["bg", "uk"]', set(LANGUAGES).issuperset),
    "translation/target": Kind(str, 'the code of a language, such as "en"', LANGUAGES.__contains__),
    "translation/threads": _number(0, 1024),
    "reading/font": _TEXT,
    "reading/size": _number(*SIZES),
    "reading/translation_font": _TEXT,
    "reading/translation_size": _number(*SIZES),
    "reading/zoom": _number(SIZES[0] - SIZES[1], SIZES[1] - SIZES[0]),
    "reading/measure": _number(*MEASURES),
    "reading/line_height": _number(*LINE_HEIGHTS),
    "view/panes": _one_of("original", "both", "translation"),
    **{f"view/show_{part}": _FLAG for part in ("quotes", "people", "highlights", "library", "inspector")},
    "view/respell_names": _FLAG,
    "view/link_panes": _FLAG,
    "view/panes_beside": _FLAG,
    "inspector/tab": _one_of("passages", "quotes", "people"),
    "inspector/passages_sort": _one_of("place", "colour", "note"),
    "inspector/quotes_sort": _one_of("place", "speaker"),
    "inspector/people_sort": _one_of("mentions", "name", "place"),
    **{f"inspector/{tab}_filter": _TEXT for tab in ("passages", "quotes", "people")},
    "inspector/terms": _FLAG,
    "library/sort": _one_of(*SORTS),
    "library/grouping": _one_of(*GROUPINGS),
    "library/filter": _TEXT,
    "library/folder": _TEXT,
    "library/paths": _TEXTS,
    "library/last": _TEXTS,
    "library/recent": _TEXTS,
    "library/row": _number(0, 2**31),
    "export/folder": _TEXT,
    "colours/*": Kind(str, "a name of 1 to 40 letters", lambda name: 1 <= len(name.strip()) <= 40),
    "keys/*": Kind(list, 'a list of keys, such as ["Ctrl+E"]'),
}
"""Every setting by its name, "table/key"; a star stands for any key."""


def kind_of(name: str) -> Kind | None:
    """Return what a setting may be; None of one that the reader doesn't know."""
    return SETTINGS.get(name) or SETTINGS.get(f"{name.partition('/')[0]}/*")


class Settings:
    """The settings of a folder. A broken value counts as missing and is named in `problems`; the file keeps it.

    `set` changes the value at once and the file at the next `save`, which leaves alone what it doesn't change:
    unknown keys, comments, and what another window of the reader has written meanwhile.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.file = (folder or platformdirs.user_config_path(APPLICATION, appauthor=False)) / FILE
        self.problems: list[str] = []
        self._values: dict[str, object] = {}
        self._changed: dict[str, Value | None] = {}
        for name, value in _flat(self._read()):
            kind = kind_of(name)
            if any(known.startswith(f"{name}/") for known in SETTINGS):
                self._report(name, "a table")
            elif kind is None or kind.takes(value):
                self._values[name] = value
            else:
                self._report(name, kind.wanted)

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        value = self._values.get(name)
        return value if isinstance(value, str) else default

    def number(self, name: str, default: float) -> float:
        """Return a number."""
        value = self._values.get(name)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else default

    def flag(self, name: str, default: bool) -> bool:
        """Return a yes or no."""
        value = self._values.get(name)
        return value if isinstance(value, bool) else default

    def texts(self, name: str) -> list[str] | None:
        """Return a list of texts, None where there is none."""
        value = self._values.get(name)
        return list(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else None

    def own_colours(self) -> dict[str, str]:
        """Return the names that a person gave to colours."""
        names = {colour: self.text(f"colours/{colour}").strip() for colour in COLOURS}
        return {colour: name for colour, name in names.items() if name}

    def colour_names(self) -> dict[str, str]:
        """Return what all colours are called."""
        return {colour: colour.capitalize() for colour in COLOURS} | self.own_colours()

    def paths(self, name: str) -> list[Path]:
        """Return a list of paths."""
        return [_path(each) for each in self.texts(name) or () if each]

    def set(self, name: str, value: Value | None) -> None:
        """Keep a value, or none; raises `ValueError` where the setting can't be that."""
        kind = kind_of(name)
        if value is not None and kind is not None and not kind.takes(value):
            raise ValueError(f"{name} can't be {value!r}: {kind.wanted} is wanted")
        value = _storable(value)
        if value is None:
            self._values.pop(name, None)
        elif self._values.get(name) == value:
            return
        else:
            self._values[name] = value
        self._changed[name] = value

    def save(self) -> None:
        """Write what was changed; the file is replaced whole or not at all. Raises `SettingsNotSaved`."""
        if not self._changed:
            return
        import tomlkit  # takes longer to load than all settings to read

        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            document = self._document()
            for name, value in self._changed.items():
                _put(document, name, value)
            replace_file(self.file.resolve(), tomlkit.dumps(document).encode())
        except OSError as exc:
            words = f"The settings can't be kept in {self.file}: {exc.strerror}. They hold until the reader is closed."
            raise SettingsNotSaved(words, self.file) from exc
        self._changed.clear()

    def report(self, name: str, wanted: str) -> None:
        """Count a value that only its user could find broken as missing, and say so."""
        self._values.pop(name, None)
        self._report(name, wanted)

    def _report(self, name: str, wanted: str) -> None:
        where = name.replace("/", ".")
        self.problems.append(
            f"{self.file}: {where} is not {wanted}. The usual value is used; the file was not changed."
        )

    def _read(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as exc:
            self.problems.append(f"The settings in {self.file} can't be read: {exc.strerror}. The usual ones are used.")
        except (ValueError, RecursionError) as exc:
            words = (
                "The settings in {file} can't be read: {why}. The usual ones are used; the file is kept beside them."
            )
            self.problems.append(words.format(file=self.file, why=str(exc).rstrip(".")))
        return {}

    def _document(self) -> TOMLDocument:
        """Return the file as it stands now; one that can't be read is moved aside."""
        import tomlkit
        from tomlkit.exceptions import TOMLKitError

        try:
            return tomlkit.parse(self.file.read_text("utf-8"))
        except FileNotFoundError:
            return tomlkit.document()
        except (ValueError, RecursionError, TOMLKitError):
            number = 1
            while (aside := self.file.with_name(f"{FILE}.damaged-{number}")).exists():
                number += 1
            os.replace(self.file, aside)
            return tomlkit.document()


def _flat(tables: dict[str, Any]) -> list[tuple[str, object]]:
    """Return names and values; deeper tables are nobody's settings."""
    flat: list[tuple[str, object]] = []
    for group, table in tables.items():
        if isinstance(table, dict):
            flat += [(f"{group}/{key}", value) for key, value in table.items()]
        else:
            flat.append((group, table))
    return flat


def _put(document: TOMLDocument, name: str, value: Value | None) -> None:
    import tomlkit

    group, _, key = name.partition("/")
    table: Any = document
    if key:
        if not isinstance(document.get(group), dict):
            if value is None:
                return
            document[group] = tomlkit.table()
        table = document[group]
    else:
        key = group
    if value is not None:
        table[key] = value
    else:
        with suppress(KeyError):
            del table[key]


def _storable(value: Value | None) -> Value | None:
    """Return a value that UTF-8 can hold: a path with bytes that are no text becomes a file URI."""
    if isinstance(value, list):
        return [str(_storable(each)) for each in value]
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return Path(os.path.abspath(value)).as_uri()
    return value


def _path(text: str) -> Path:
    return (
        Path(os.fsdecode(unquote_to_bytes(text.removeprefix("file://")))) if text.startswith("file://") else Path(text)
    )
