"""One written name: its parts, and whether another written name can be the same person's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from reader.analysis.phonetic import distance, plain, readings, romanise, sound
from reader.analysis.romanise import is_latin

_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*\.?")
_MARKS = "\"'«»„“”‚‘’‹›()"
_NEAR = 0.15  # cost a sound up to which two words are one
_BOTH = 0.9  # how unlike surname and given name together may be
_SPELLING = 0.75  # how unlike two spellings of one given name may be in one script
_TAIL = 0.4  # how unlike a double surname may be to the end of a longer name
_CUT = 0.15  # what taking a case ending off costs
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: as written, how it may sound, how it sounds without case endings, whether it is an initial.

    `gendered` says that -a at the end tells a woman's name from a man's, for no case of the language ends so.
    """

    text: str
    sounds: tuple[str, ...]
    stems: tuple[str, ...]
    initial: bool
    latin: bool = True
    gendered: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written in one language, particles aside. `words` keep the order of the text.

    `full` are the words that are no initials; the `surname` is the last of them, as in all but a few languages;
    `given` is the first word or initial beside it.
    """

    text: str
    words: tuple[Word, ...]
    full: tuple[Word, ...]
    surname: Word
    given: Word | None


def parse(text: str, endings: tuple[str, ...], particles: frozenset[str], *, gendered: bool = False) -> Name:
    """Read a mention's text; `endings` are the language's case endings, romanised; for `gendered` see `Word`."""
    found = _WORD.findall(plain(" ".join(text.split())).strip(_MARKS))
    kept = [word for word in found if word.lower() not in particles] or found or [text]
    words = tuple(_word(word, endings, gendered) for word in kept)
    full = tuple(word for word in words if not word.initial)
    surname = (full or words)[-1]
    return Name(text, words, full, surname, next((word for word in words if word is not surname), None))


def surname_sound(text: str) -> str:
    """Return the first sound form that the surname of a parsed name has, without parsing it."""
    words = _WORD.findall(plain(" ".join(text.split())).strip(_MARKS)) or [text]
    full = [word for word in words if not _is_initial(word)] or words
    return sound(romanise(full[-1].lower().rstrip(".")))


def _is_initial(word: str) -> bool:
    return len(word) <= 2 and word.endswith(".")


@lru_cache(maxsize=1 << 14)
def _word(text: str, endings: tuple[str, ...], gendered: bool) -> Word:
    lower = text.lower().rstrip(".")
    latin = romanise(lower)
    sounds = readings(latin) if is_latin(lower) else (sound(latin),)
    stems: dict[str, None] = {}
    for ending in endings:
        if ending and latin.endswith(ending) and len(latin) - len(ending) >= _SHORTEST_STEM:
            stems[sound(latin[: -len(ending)])] = None
    cut = tuple(stem for stem in stems if stem not in sounds)
    return Word(text, sounds, cut, _is_initial(text), is_latin(lower), gendered)


@lru_cache(maxsize=1 << 17)
def unlike(one: Word, other: Word) -> float:
    """Return how unlike two words are: below 1 they may be one name, at 0 they are spelled alike."""
    if one.initial or other.initial:
        a, b = one.sounds[0][:1], other.sounds[0][:1]
        return 0.3 if distance(a, b) < 0.4 else 9.0
    best = 9.0
    whole, other_whole = len(one.sounds), len(other.sounds)
    for i, a in enumerate(one.sounds + one.stems):
        for j, b in enumerate(other.sounds + other.stems):
            limit = _NEAR * max(len(a), len(b))
            cut = (_CUT if i >= whole else 0.0) + (_CUT if j >= other_whole else 0.0)
            if a == b:
                best = min(best, cut)
            elif Levenshtein.distance(a, b, score_cutoff=3) <= 3:
                best = min(best, distance(a, b, limit) / limit + cut)
    return best


def _tail(one: Name, other: Name) -> float | None:
    """Return how unlike a double surname is to the end of a longer name, where it may be: García Márquez."""
    short, long = sorted((one.full, other.full), key=len)
    if len(short) < 2 or len(long) == len(short):
        return None
    cost = max(unlike(a, b) for a, b in zip(short, long[-len(short) :], strict=True))
    return cost + 0.1 if cost < _TAIL else None


def _is_other_name(a: Word, b: Word, unlikeness: float) -> bool:
    """Say whether given names that sound alike are two: Dan and Doina, Paolo and Paola."""
    if a.initial or b.initial or a.sounds[0] == b.sounds[0]:
        return False
    if a.latin == b.latin and unlikeness >= _SPELLING:
        return True
    woman, man = (a.sounds[0], b.sounds[0]) if a.sounds[0].endswith("a") else (b.sounds[0], a.sounds[0])
    sexed = a.gendered and b.gendered and woman.endswith("a") and not man.endswith("a")
    return sexed and woman[:-1] in (man, man[:-1])


def surname_alike(one: Name, other: Name, *, parts: bool = True) -> float:
    """Return how unlike the surnames are; with `parts`, half of a double surname counts as near."""
    best = unlike(one.surname, other.surname)
    if best >= 1 and parts and ("-" in one.surname.text) != ("-" in other.surname.text):
        double, single = (one, other) if "-" in one.surname.text else (other, one)
        halves = [Word(part, (sound(romanise(part.lower())),), (), False) for part in double.surname.text.split("-")]
        best = min(best, *(unlike(half, single.surname) + 0.3 for half in halves))
    return best


def compare(one: Name, other: Name, *, parts: bool = True) -> float | None:
    """Return how unlike two names with given names are, or None where they can't be one person.

    The surnames must be alike and the given names or initials must not conflict; one order may be turned round
    (surname first), and one name may lack the surname (given name and patronymic).
    """
    a, b = one.given, other.given
    if a is None or b is None:
        return None
    best = _tail(one, other)
    if best is not None:
        return best
    straight = surname_alike(one, other, parts=parts)
    if straight < 1:
        first = unlike(a, b)
        if _is_other_name(a, b, first):
            return None
        if first < 1 and straight + first < _BOTH:
            best = straight + first
    if len(one.full) >= 2 and len(other.full) >= 2:
        turned = unlike(one.full[0], other.surname)
        if turned < 1:
            turned = max(turned, unlike(one.surname, other.full[0]))
        short, long = sorted((one.full, other.full), key=len)
        if len(short) == 2 and len(long) == 3:
            turned = min(
                turned,
                max(unlike(short[0], long[0]), unlike(short[1], long[1])),
                max(unlike(short[0], long[1]), unlike(short[1], long[0])),
            )
        if turned < 1 and (best is None or turned + 0.2 < best):
            best = turned + 0.2
    return best
