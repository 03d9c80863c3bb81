"""Words as the index knows them: without capitals, accents and marks, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.analysis.phonetic import INVISIBLE, skeleton
from reader.finding import UNDIVIDED
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese): every sign is a word, and a
# query of several signs is a phrase. In all others a word is a run of letters and digits, with the accents, vowel
# signs and invisible marks that may stand inside.
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e01-\u0e30\u0e40-\u0eae\u1000-\u102a\u1780-\u17b3"
_INSIDE = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    f"\u0900-\u0903\u093a-\u094f\u0951-\u0963\u0981-\u0983\u09bc-\u09cd{INVISIBLE}"
)
_ANY = re.compile(rf"[{_SIGNS}]|(?:(?![{_SIGNS}])[^\W_])+(?:[{_INSIDE}]+(?:(?![{_SIGNS}])[^\W_])*)*")
# The same where no sign, and where nothing that may stand inside, occurs: six times as quick, and the usual case.
_MARKED = re.compile(rf"[^\W_]+(?:[{_INSIDE}]+[^\W_]*)*")
_PLAIN = re.compile(r"[^\W_]+")
_SIGN, _MARK = re.compile(f"[{_SIGNS}]"), re.compile(f"[{_INSIDE}]")

# Letters that Unicode doesn't take apart, and letters of one alphabet that readers type for one another.
_SINGLE = {**UNDIVIDED, **str.maketrans({"ё": "е"})}


def tokens(text: str) -> Iterator[tuple[str, Span]]:
    """Yield each word of `text`, folded, with its place."""
    for match in _pattern(text).finditer(text):
        word = folded(match.group())
        if word:
            yield word, Span(*match.span())


class Wording:
    """A text in which words are looked for; quicker by far than to go through all its words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pattern = _pattern(text)

    def forms(self) -> set[str]:
        """Return the words as they are written in the text, each once."""
        return set(self._pattern.findall(self._text))

    def places(self, form: str) -> Iterator[Span]:
        """Yield where one of the forms stands."""
        at = self._text.find(form)
        while at >= 0:
            match = self._pattern.match(self._text, at)
            if match and match.end() == at + len(form) and not self._goes_on(at):
                yield Span(at, at + len(form))
            at = self._text.find(form, at + 1)

    def after(self, at: int) -> Iterator[tuple[str, Span]]:
        """Yield the words from a place between words on, folded, each with its place."""
        for match in self._pattern.finditer(self._text, at):
            if word := folded(match.group()):
                yield word, Span(*match.span())

    def _goes_on(self, at: int) -> bool:
        """Say whether what stands at a place belongs to the word before."""
        before = self._text[at - 1 : at] if at else ""
        joined = bool(_PLAIN.match(before) or _MARK.match(before))
        return joined and not (_SIGN.match(before) or _SIGN.match(self._text[at]))


def token_line(text: str) -> str:
    """Return the folded words of `text` with one space between."""
    return " ".join(filter(None, map(folded, _pattern(text).findall(text))))


def _pattern(text: str) -> re.Pattern[str]:
    if _SIGN.search(text):
        return _ANY
    return _MARKED if _MARK.search(text) else _PLAIN


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """Return a word as it is compared: no capitals, no accents, nothing invisible."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(char for char in apart if char.isalnum())  # accents and invisible marks are neither
    return kept.translate(_SINGLE)


def bones_of(heard: str) -> set[str]:
    """Return the consonants of a name as it sounds, by which its spellings are found; h may be g elsewhere."""
    return {skeleton(heard), skeleton(heard.replace("h", "k"))}
