"""How a language changes names: case endings, nominatives, and what a surname's ending says of man and woman."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.analysis.phonetic import plain, romanise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.analysis.languages import Language, NameWords

_SHORTEST = 3  # letters that a nominative has at least
_MAN_IN_A = frozenset(("a>", "а>", "я>й", "я>ь"))  # rules of languages in which a man's name ends in -a in some case


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """What a language does to names. `endings` are its case endings, romanised; `rules` lead to the nominative.

    `gendered` says that -a at the end tells a woman's name from a man's, for no case of the language ends so.
    """

    code: str = ""
    endings: tuple[str, ...] = ()
    rules: tuple[tuple[str, str], ...] = ()
    particles: frozenset[str] = frozenset()
    gendered: bool = False

    @property
    def declines(self) -> bool:
        """Say whether the language has case forms of names that end like other names."""
        return bool(self.rules) and not self.gendered


PLAIN = Grammar()


def grammar_of(language: Language) -> Grammar:
    """Return a language's grammar of names, the same object each time."""
    return _grammar(language.code, language.names)


@lru_cache(maxsize=64)
def _grammar(code: str, words: NameWords) -> Grammar:
    return Grammar(
        code,
        tuple(romanise(plain(ending)) for ending in words.case_endings),
        tuple((ending, base) for ending, _, base in (rule.partition(">") for rule in words.nominative)),
        frozenset(words.particles),
        gendered=not any(rule in _MAN_IN_A for rule in words.nominative),
    )


def nominatives_of(word: str, rules: Sequence[tuple[str, str]]) -> list[str]:
    """Return what the nominative of a case form may be, likeliest first; the word itself is not among them."""
    lower = word.lower()
    return [
        word[: len(word) - len(ending)] + base
        for ending, base in rules
        if lower.endswith(ending) and len(word) - len(ending) + len(base) >= _SHORTEST
    ]


# Surnames in -ov and -in, in both scripts, and those that are adjectives in -ski: the endings of man and woman. -a is
# a woman's, too, where no man's name ends so in any case.
_POSSESSIVE = r"(?:[оеєё]в|[иіїы]н|(?<=[bdgklmnprstvzhj])(?:ov|ev|ow|ew|off|eff|in|yn))"
_ADJECTIVE = r"(?:[сцз]ь?к|sk|ck|dzk)"
_MAN = re.compile(rf".+(?:{_POSSESSIVE}(?:|ым|им)|{_ADJECTIVE}(?:ий|и|ого|ому|им|i|y|yi|yy|ij|iy|ii|yj|iego|iemu|im))")
_WOMAN = re.compile(rf".+(?:{_POSSESSIVE}(?:ой|ою|ої|ій)|{_ADJECTIVE}(?:а|ая|ої|ою|ую|у|a|aia|aya|iej|ą))")
_WOMAN_IN_A = re.compile(rf".+{_POSSESSIVE}[аa]")
# Other adjectives have such endings as well, but so have nouns: they tell only by the other's ending.
_MAN_ENDING = re.compile(r"(.{3,}?)(?:ий|ый|ого|ому|им|ым|yi|yy|ego|emu|ym)")
_WOMAN_ENDINGS = ("а", "ая", "ої", "ою", "ую", "у", "a", "ej", "ą")


def sexes_clash(one: str, other: str, *, gendered: tuple[bool, bool]) -> bool:
    """Say whether two plain surnames in lower case, alike but for their endings, are a man's and a woman's."""
    sexes = {_sex(one, gendered[0]), _sex(other, gendered[1])}
    if sexes == {"m", "f"}:
        return True
    for man, woman in ((one, other), (other, one)):
        found = _MAN_ENDING.fullmatch(man)
        if found and any(woman == found[1] + ending for ending in _WOMAN_ENDINGS):
            return not _WOMAN_IN_A.fullmatch(woman)
    return False


def _sex(surname: str, gendered: bool) -> str:
    if _WOMAN.fullmatch(surname) or (gendered and _WOMAN_IN_A.fullmatch(surname)):
        return "f"
    return "m" if _MAN.fullmatch(surname) else ""


_PATRONYMIC = re.compile(r"\w{2,}(?:[oeiy]vich|ovn|evn|ivn|ichn)(?:a|u|om|em|evi|ovi|i|oi|oiu|y|e)?")


def is_patronymic(latin: str) -> bool:
    """Say whether a romanised word is a father's name, in any case: Olehovych, Ilinichna."""
    return _PATRONYMIC.fullmatch(latin) is not None
