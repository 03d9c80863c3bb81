"""Show names of other alphabets in Latin letters, by the official system of the language where it has one."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.phonetic import composed, in_ascii
from reader.resources import resources_dir
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    System = Mapping[str, Mapping[str, str]]

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def is_latin(text: str) -> bool:
    """Say whether most letters of `text` are Latin."""
    letters = _LETTER.findall(text)
    return 2 * len(_LATIN.findall(text)) >= len(letters)


@cache
def load_systems() -> Mapping[str, System]:
    """Return the romanisations by language; raises `ResourceError`."""
    path = resources_dir() / "romanisation.toml"
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        return {
            code: {kind: dict(pair.split("=") for pair in pairs.split()) for kind, pairs in table.items()}
            for code, table in tables.items()
        }
    except (OSError, ValueError, AttributeError) as exc:  # undecodable bytes, TOML errors and odd pairs are ValueErrors
        raise ResourceError(
            f"The table of romanisations ({path.name}) is missing or damaged: install the reader again.", path
        ) from exc


def romanised(name: str, language: str) -> str:
    """Return a name in Latin letters; a language without a system of its own is transliterated plainly."""
    name = composed(name)
    if is_latin(name):
        return name
    system = load_systems().get(language)
    if system is None:
        return in_ascii(name)
    return _WORD.sub(lambda match: _word(match.group(), system), name)


def _word(word: str, system: System) -> str:
    """Romanise one word; capitals stay capitals."""
    rest, start, end = word.lower(), "", ""
    for ending, latin in system.get("end", {}).items():
        if rest.endswith(ending) and len(rest) > len(ending):
            rest, end = rest[: -len(ending)], latin
            break
    for beginning, latin in system.get("start", {}).items():
        if rest.startswith(beginning):
            rest, start = rest[len(beginning) :], latin
            break
    for group, latin in system.get("inside", {}).items():
        rest = rest.replace(group, latin)
    letters = system["letters"]
    latin = start + "".join(letters[char] if char in letters else in_ascii(char) for char in rest) + end
    if len(word) > 1 and word.isupper():
        return latin.upper()
    return latin[:1].upper() + latin[1:] if word[0].isupper() else latin
