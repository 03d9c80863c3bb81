"""The phrases by which notices are known, of all languages together: looked up by their first word."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.languages import DEFAULT_CODE, known_languages, load_language, load_notices
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.analysis.languages import NoticePhrases

WORD = re.compile(r"[^\W_]+(?:['.+-][^\W_]+)*|[#©&@]")


class _WithoutCombining(dict[int, str | None]):
    """A table for `str.translate` that drops combining characters; it fills itself."""

    def __missing__(self, code: int) -> str | None:
        self[code] = found = None if unicodedata.combining(chr(code)) else chr(code)
        return found


_BARE = _WithoutCombining()


def without_accents(text: str) -> str:
    """Return a text without its accents: half of the sites leave them out."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFD", text.replace("ß", "ss").replace("ł", "l")).translate(_BARE)


class Lists:
    """Lists of phrases, found by their first word."""

    def __init__(self, **lists: Iterable[str]) -> None:
        self._lists = {name: _by_first_word(phrases) for name, phrases in lists.items()}
        self._joined: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}

    def starting(self, plain: str, *names: str) -> Iterator[str]:
        """Yield the phrases that `plain` begins with, the longest first."""
        first = WORD.match(plain)
        if first and (known := self._of(names).get(first[0])):
            yield from sorted(_standing(plain, first.start(), known), key=len, reverse=True)

    def inside(self, plain: str, *names: str) -> Iterator[tuple[int, str]]:
        """Yield place and phrase for all that stand in `plain`; they do not overlap."""
        free = 0
        phrases = self._of(names)
        for word in WORD.finditer(plain):
            known = phrases.get(word[0])
            if (
                known
                and word.start() >= free
                and (found := max(_standing(plain, word.start(), known), key=len, default=""))
            ):
                free = word.start() + len(found)
                yield word.start(), found

    def _of(self, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """Return the phrases of several lists by their first word; joined once, for every word of a text asks."""
        joined = self._joined.get(names)
        if joined is None:
            joined = self._joined[names] = {}
            for name in names:
                for word, phrases in self._lists[name].items():
                    joined[word] = joined.get(word, ()) + phrases
        return joined


def _standing(plain: str, at: int, phrases: Iterable[str]) -> list[str]:
    """Return the phrases that stand at a place of `plain` and end there with a word."""
    return [
        phrase
        for phrase in phrases
        if plain.startswith(phrase, at)
        and not (phrase[-1].isalnum() and plain[at + len(phrase) : at + len(phrase) + 1].isalnum())
    ]


class Phrases(Lists):
    """The notices of all language files."""

    def __init__(self, notices: Sequence[NoticePhrases]) -> None:
        names = ("related", "related_heading", "byline", "notice", "whole", "promo", "bio")
        super().__init__(**{name: [p for table in notices for p in getattr(table, name)] for name in names})
        self.related = self._all("related")
        self.notice = self._all("notice")
        self.whole = {phrase.rstrip(" :.") for phrase in self.notice | self._all("promo") | self._all("whole")}
        self.headings = {phrase.rstrip(" :") for phrase in self.related | self._all("related_heading")}
        self.reader = {without_accents(word) for table in notices for word in table.reader}
        self.months = {without_accents(name) for table in notices for month in table.months for name in month}
        self.asked = {word for phrase in self.notice | self._all("promo") for word in phrase.split()}

    def _all(self, name: str) -> set[str]:
        return {phrase for phrases in self._lists[name].values() for phrase in phrases}


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    lists: dict[str, dict[str, None]] = {}
    for phrase in without_accents("\n".join(phrases)).split("\n"):
        if first := WORD.match(phrase):
            lists.setdefault(first[0], {})[phrase] = None
    return {word: tuple(found) for word, found in lists.items()}


@cache
def all_phrases() -> Phrases:
    """Read every language's notices; who asks for a broken file by its code is told."""
    tables = []
    for code in (*known_languages(), DEFAULT_CODE):
        with suppress(ResourceError):
            tables.append(load_notices(code))
    return Phrases(tables)


@cache
def particles() -> frozenset[str]:
    """Return what may stand inside a name in any language: van, de la."""
    try:
        return frozenset(load_language(DEFAULT_CODE).names.particles)
    except ResourceError:
        return frozenset()


@cache
def verbs_of(code: str) -> Lists:
    """Return a language's reporting verbs, without those that notices ask the reader to do: comment, write, share."""
    try:
        verbs = load_language(code).speech.verbs
    except ResourceError:
        verbs = ()
    return Lists(verbs=[verb for verb in verbs if without_accents(verb) not in all_phrases().asked])
