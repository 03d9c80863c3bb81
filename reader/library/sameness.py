"""Tell whether two quotes, in one or in two languages, render the same utterance, and say why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from reader.analysis.phonetic import romanise, skeleton, sound
from reader.library.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

LIKELY = 0.5
"""Score from which two quotes are proposed as the same."""

_SHORTEST = 4  # letters of a word that counts
_BONES = 4  # consonants that make a word's trace in another language
_TELLING = 7  # sounds of a word that is alike in two languages by no chance
_COGNATE = 75  # per cent of `fuzz.ratio` as they sound, from which two words are one international word
_STEM = 6  # letters of an English word that inflection and derivation leave alone, mostly
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*")
_DESPITE = 0.6  # of what two quotes' own words say counts where their translations differ
_WORDS = 1.1  # what all words in common count
_HALF = 0.2  # share of the shorter quote's words in common from which translations speak for a pair
_HALF_ALIKE = 0.42  # the same in one language: below it the words speak against
_IN_ORDER, _HALF_IN_ORDER = 0.7, 0.4  # the same for words that follow one another, in one language
_ENOUGH = 3  # words in common from which they count in full
_COGNATES = 0.3  # share of the shorter quote's words that one word alike in sound must be to count in full
_RIVAL = 0.1  # a quote that is so much likelier is the one meant
_NEGATIONS = frozenset(("cannot", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "nowhere"))
_NUMBERED = {
    word: str(number)
    for numbered in (
        enumerate(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "  # noqa: SIM905
            "seventeen eighteen nineteen twenty".split(),
            2,
        ),
        zip(range(30, 100, 10), ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), strict=True),
    )
    for number, word in numbered
}  # numbers as English, the language of translations, writes them in words
_COMMON = frozenset(
    (  # noqa: SIM905 (a list of so many strings is hard to read)
        "about after again against also another around because been before being between both cannot could didn't "
        "does doing down during each even every from further going have having here hers himself itself just like "
        "make many might more most much must need only other ours ourselves over please really said same says shall "
        "should since some such than that their them themselves then there these they thing things think this those "
        "through under until upon very want well were what when where which while whom will with within without would "
        "your yours yourself "
    ).split()
)  # words of translations that every other sentence has


@dataclass(frozen=True, slots=True)
class Utterance:
    """What of a quote is compared. `names` are the persons named inside; `translation` is English."""

    text: str
    language: str
    translation: str | None = None
    speaker: str | None = None
    date: str | None = None
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How surely two quotes are one utterance (`LIKELY` and above are proposed), and the reasons, for a person."""

    score: float
    reasons: tuple[str, ...]


def traits(text: str, translation: str | None) -> set[str]:
    """Return the keys by which quotes that may be the same find each other: numbers, word traces, English stems."""
    found = {f"#{number}" for number in numbers(text)}
    found |= {f"~{bones}" for bones in _traces(text)}
    if translation:
        found |= {f"={stem}" for stem in _stems(translation)}
    return found


def compare(one: Utterance, other: Utterance, rarity: Callable[[str], float] = lambda _: 1.0) -> Likeness:
    """Weigh the evidence; `rarity` tells how much a trait shared says, 0–1, from how many quotes have it."""
    evidence = [
        _speakers(one, other),
        _dates(one, other),
        _numbers(one, other, rarity),
        _names(one, other),
        _lengths(one, other),
        _negations(one, other),
        _words(one, other, rarity),
    ]
    score = sum(weight for weight, _ in evidence)
    reasons = [why for weight, why in sorted(evidence, key=lambda each: -each[0]) if why and weight > 0]
    against = [why for weight, why in sorted(evidence, key=lambda each: each[0]) if why and weight <= 0]
    return Likeness(round(min(1.0, max(0.0, score)), 3), (*reasons, *against))


def chosen(score: float, rivals: Iterable[float]) -> bool:
    """Say whether a pair so likely is proposed, given how likely the other quotes of either article are."""
    return score >= LIKELY and score >= max(rivals, default=0.0) - _RIVAL


def numbers(text: str) -> set[str]:
    """Return the numbers of a text as their digits: 1.400, 1 400 and 1,400 are one."""
    return {re.sub(r"\D", "", match) for match in _NUMBER.findall(text)}


def _speakers(one: Utterance, other: Utterance) -> tuple[float, str]:
    if one.speaker is None or other.speaker is None:
        return 0.0, ""
    if one.speaker == other.speaker:
        return 0.25, f"both by {one.speaker}"
    return -0.6, f"one by {one.speaker}, the other by {other.speaker}"


def _dates(one: Utterance, other: Utterance) -> tuple[float, str]:
    if not one.date or not other.date:
        return 0.0, ""
    try:
        days = abs((date.fromisoformat(one.date) - date.fromisoformat(other.date)).days)
    except ValueError:
        return 0.0, ""
    words = {0: "the same day", 1: "one day apart"}.get(days, f"{days} days apart")
    return (0.15 if days <= 1 else 0.1 if days <= 3 else 0.0 if days <= 10 else -0.15), words


def _numbers(one: Utterance, other: Utterance, rarity: Callable[[str], float]) -> tuple[float, str]:
    mine, theirs = _said_numbers(one), _said_numbers(other)
    if shared := sorted(mine & theirs):
        weight = min(0.3, sum(0.15 * rarity(f"#{number}") for number in shared))
        return weight, f"the same numbers: {', '.join(shared)}"
    if mine and theirs:
        return -0.3, "other numbers"
    return (-0.05, "numbers in one alone") if mine or theirs else (0.0, "")


def _said_numbers(utterance: Utterance) -> set[str]:
    """Return the numbers of a quote, those that English writes as words too."""
    words = (word for word, _ in tokens(_english(utterance) or ""))
    return numbers(utterance.text) | {_NUMBERED[word] for word in words if word in _NUMBERED}


def _negations(one: Utterance, other: Utterance) -> tuple[float, str]:
    mine, theirs = _english(one), _english(other)
    if not mine or not theirs or _negates(mine) == _negates(theirs):
        return 0.0, ""
    return -0.1, "one says not, the other does not"


def _negates(english: str) -> bool:
    return "n't" in english.replace("’", "'") or any(word in _NEGATIONS for word, _ in tokens(english))


def _names(one: Utterance, other: Utterance) -> tuple[float, str]:
    shared = sorted(one.names & other.names)
    return (min(0.2, 0.1 * len(shared)), f"both name {', '.join(shared)}") if shared else (0.0, "")


def _lengths(one: Utterance, other: Utterance) -> tuple[float, str]:
    short, long = sorted(max(1, len(romanise(each.text.lower()))) for each in (one, other))
    ratio = short / long
    return (0.05 if ratio > 0.6 else 0.0 if ratio > 0.2 else -0.1), "about as long" if ratio > 0.6 else ""


def _words(one: Utterance, other: Utterance, rarity: Callable[[str], float]) -> tuple[float, str]:
    """Weigh the translations; where those have little in common, the words themselves, for a package may be poor."""
    originals = _originals(one, other, rarity)
    mine, theirs = _english(one), _english(other)
    if one.language == other.language or not mine or not theirs:
        return originals
    share, shared = _share(_stems(mine), _stems(theirs), rarity)
    weight = _WORDS * (share - _HALF) * _certain(shared)
    translated = (weight, f"in translation: {', '.join(shared[:5])}") if weight > 0 else (0.0, "")
    return max(translated, (_DESPITE * originals[0], originals[1]))


def _english(utterance: Utterance) -> str | None:
    return utterance.text if utterance.language == "en" else utterance.translation


def _originals(one: Utterance, other: Utterance, rarity: Callable[[str], float]) -> tuple[float, str]:
    """Compare the words themselves: as they are in one language, as they sound in two."""
    if one.language == other.language:
        return _in_one_language(one.text, other.text, rarity)
    mine, theirs = _international(one.text), _international(other.text)
    fewest = min(len(mine), len(theirs))
    weight = 0.0
    pairs = []
    for heard, word in mine.items():
        best = process.extractOne(heard, theirs.keys(), scorer=fuzz.ratio, score_cutoff=_COGNATE)
        if best is not None:
            weight += rarity(f"~{_trace(word.lower())}") * (1.0 if len(heard) >= _TELLING else 0.5)
            pairs.append(f"{word} ≈ {theirs.pop(best[0])}")
    if not pairs:
        return 0.0, ""
    if len(pairs) == 1:  # one word in common is no more than the subject, unless there is little else
        weight *= min(1.0, 1 / fewest / _COGNATES)
    return min(0.5, 0.2 * weight), f"alike in sound: {', '.join(pairs[:4])}"


def _in_one_language(one: str, other: str, rarity: Callable[[str], float]) -> tuple[float, str]:
    """Compare words and their order: two sentences about one thing share words, one sentence also what follows what."""
    mine, theirs = _plain_words(one), _plain_words(other)
    if min(len(mine), len(theirs)) < 2:
        return 0.0, ""
    share, shared = _share(mine, theirs, rarity)
    weight = _WORDS * (share - _HALF_ALIKE) * (_certain(shared) if share > _HALF_ALIKE else 1.0)
    pairs = _pairs_of_words(one), _pairs_of_words(other)
    in_order = len(pairs[0] & pairs[1]) / max(1, min(map(len, pairs)))
    weight += _IN_ORDER * (in_order - _HALF_IN_ORDER)
    return weight, f"in the same words: {', '.join(shared[:5])}" if weight > 0 else "other words"


def _pairs_of_words(text: str) -> set[tuple[str, str]]:
    """Return which word follows which, by their first letters."""
    return set(pairwise(word[:_STEM] for word, _ in tokens(text)))


def _international(text: str) -> dict[str, str]:
    """Return the words that another language may have too, by their sound."""
    words = (text[span.start : span.end] for word, span in tokens(text) if len(word) > _SHORTEST)
    return {heard: word for word in words if len(heard := _heard(word)) > _SHORTEST}


def _share(
    mine: Mapping[str, str], theirs: Mapping[str, str], rarity: Callable[[str], float]
) -> tuple[float, list[str]]:
    """Return how much of the shorter quote's words both have, the rarest first; it may be a part of the longer one."""
    shared = mine.keys() & theirs.keys()
    if min(len(mine), len(theirs)) < 2:
        return 0.0, []
    weights = {key: 0.2 + 0.8 * rarity(f"={key}") for key in mine.keys() | theirs.keys()}
    whole = min(sum(weights[key] for key in keys) for keys in (mine, theirs))
    words = [mine[key] for key in sorted(shared, key=lambda key: (-weights[key], key))]
    return sum(weights[key] for key in shared) / whole, words


def _certain(shared: Sequence[str]) -> float:
    """Return how sure so many words in common make: one or two prove little."""
    return min(1.0, len(shared) / _ENOUGH)


def _plain_words(text: str) -> dict[str, str]:
    return {word[:_STEM]: text[span.start : span.end] for word, span in tokens(text) if len(word) >= _SHORTEST}


def _stems(english: str) -> dict[str, str]:
    """Return the words of a translation that say something, by their first letters."""
    return {
        word[:_STEM]: english[span.start : span.end]
        for word, span in tokens(english)
        if len(word) >= _SHORTEST and word not in _COMMON
    }


def _traces(text: str) -> dict[str, str]:
    """Return the words that may be international by the consonants they begin with."""
    found: dict[str, str] = {}
    for word, span in tokens(text):
        if len(word) > _SHORTEST and not word[0].isdigit():
            bones = _trace(text[span.start : span.end].lower())
            if bones:
                found.setdefault(bones, text[span.start : span.end])
    return found


@lru_cache(maxsize=1 << 15)
def _trace(word: str) -> str:
    bones = skeleton(romanise(word))
    return bones[: _BONES + 1] if len(bones) >= _BONES else ""


@lru_cache(maxsize=1 << 12)
def _heard(word: str) -> str:
    return sound(romanise(word.lower()))[:9]


def rarity_of(counts: Mapping[str, int], quotes: int) -> Callable[[str], float]:
    """Return how much a shared trait says in a library of so many quotes: all where only two have it."""

    def rarity(trait: str) -> float:
        others = max(1, counts.get(trait, 2) - 1)
        return max(0.0, 1 - log(others) / log(max(3, quotes)))

    return rarity
