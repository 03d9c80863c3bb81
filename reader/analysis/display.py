"""Choose a person's display name, in Latin letters and the nominative.

First the fullest spelling most used in Latin script; else the table of public figures; else a romanisation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reader.analysis.grammar import grammar_of, nominatives_of
from reader.analysis.names import Name, compare, parse, surname_sound, unlike
from reader.analysis.phonetic import composed, plain, romanise, sound
from reader.analysis.romanise import is_latin, romanised
from reader.resources import resources_dir
from reader.text.errors import ResourceError

GIVEN_NAMES = "given_names.txt"
_OF_WOMEN = "аяa"
_QUOTE_MARKS = re.compile('[“”„«»"]')
# A man's surname may end in -a too (Piotra Zięby is Piotr Zięba). These endings tell so: hardly any foreign name, which
# would be the same in all cases, ends in them.
_DECLINED = "yęąы"
_VOWELS = frozenset("aeiouyąęóаеиоуыэюяіїєё")

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from reader.analysis.languages import Language


@dataclass(frozen=True, slots=True)
class _Figure:
    """One line of the table: display name, its spellings, and whether the surname alone means this person."""

    person: str
    texts: tuple[str, ...]
    alone: bool

    @property
    def spellings(self) -> tuple[Name, ...]:
        """Return the spellings as names; read when asked for, for few figures are."""
        return tuple(map(_spelling, self.texts))


@lru_cache(maxsize=1 << 12)
def _spelling(text: str) -> Name:
    return parse(text)


class Figures:
    """The table of public figures, looked up by the sound of the surname."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str], bool]]) -> None:
        self._by_sound: dict[str, list[_Figure]] = defaultdict(list)
        for person, spellings, alone in rows:
            figure = _Figure(person, (person, *spellings), alone)
            for heard in dict.fromkeys(map(surname_sound, figure.texts)):
                self._by_sound[heard].append(figure)

    @classmethod
    def load(cls, path: Path | None = None) -> Figures:
        """Read `public_figures.tsv`; raises `ResourceError`."""
        return _load(path or resources_dir() / "public_figures.tsv")

    def surnames(self) -> list[str]:
        """Return the surnames, in all spellings, that mean a figure by themselves."""
        figures = {id(figure): figure for found in self._by_sound.values() for figure in found if figure.alone}
        return sorted({name.surname.text for figure in figures.values() for name in figure.spellings})

    def of(self, names: Iterable[Name]) -> str | None:
        """Return the public figure that a person's written names mean, or None."""
        found: dict[str, float] = {}
        for name in names:
            for heard in name.surname.sounds + name.surname.stems:
                for figure in self._by_sound.get(heard, ()):
                    fit = _fit(figure, name)
                    if fit is None:
                        return None
                    if fit < 1:
                        found[figure.person] = min(fit, found.get(figure.person, 1.0))
        if not found:
            return None
        ranked = sorted(found.items(), key=lambda pair: pair[1])
        return ranked[0][0] if len(ranked) == 1 or ranked[1][1] - ranked[0][1] > 0.05 else None


def _fit(figure: _Figure, name: Name) -> float | None:
    """Return how far a written name is from a figure's; None where its given name is another's."""
    if name.given is None:
        if not figure.alone:
            return 1.0
        return min(unlike(name.surname, known.surname) for known in figure.spellings)
    fits = [fit for known in figure.spellings if known.given and (fit := compare(known, name)) is not None]
    return min(fits) if fits else 1.0


@cache
def _load(path: Path) -> Figures:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise ResourceError(
            f"The table of public figures ({path.name}) is missing or damaged: install the reader again.", path
        ) from exc
    rows = []
    for line in lines:
        person, _, spellings = line.partition("\t")
        if person and not person.startswith("#"):
            known = [text.strip() for text in spellings.split(";") if text.strip()]
            rows.append((person.removeprefix(". "), known, not person.startswith(". ")))
    return Figures(rows)


def display_name(
    forms: Counter[tuple[str, str]],
    names: Sequence[Name],
    figures: Figures,
    language: Callable[[str], Language],
) -> str:
    """Return the display name of a person met in these forms: (text, language), counted."""
    parsed = {name.text: name for name in names}
    full = {form: count for form, count in forms.items() if _is_full(parsed[form[0]])}
    full = full or {form: count for form, count in forms.items() if parsed[form[0]].given}
    latin = {form: count for form, count in full.items() if is_latin(form[0])}
    if not latin:
        figure = figures.of(names)
        if figure is not None:
            return figure
    for choice in (latin, full, forms):
        if choice:
            text, code = _most_used(choice, language)
            return romanised(tidy(text), code)
    return ""


def _is_full(name: Name) -> bool:
    return len(name.full) > 1


def _most_used(forms: dict[tuple[str, str], int], language: Callable[[str], Language]) -> tuple[str, str]:
    """Return the form to show: counts go to the nominative where that is met too; a form in no case else is guessed."""
    rules = {code: grammar_of(language(code)).rules for _, code in forms}
    votes: dict[tuple[str, str], int] = defaultdict(int)
    for (text, code), count in forms.items():
        likely = [form for form in nominatives(tidy(text), rules[code]) if any(tidy(t) == form for t, _ in forms)]
        votes[likely[0] if likely else tidy(text), code] += count
    text, code = max(votes, key=lambda form: (votes[form], -len(form[0]), form))
    guess = guess_nominative(text, language(code))
    return guess, code


def tidy(text: str) -> str:
    """Return a name as a line shows it: composed, white space single, capitals at the words' starts only.

    A quote mark without its other half, which stands before the name, is left out.
    """
    if len(marks := _QUOTE_MARKS.findall(text)) == 1:
        text = text.replace(marks[0], "")
    words = composed(text).split()
    return " ".join(
        "-".join(part.capitalize() for part in word.split("-"))
        if len(word) > 3 and word.isupper() and "." not in word and not set(word) <= set("IVX")
        else word
        for word in words
    )


def nominatives(text: str, rules: Sequence[tuple[str, str]]) -> list[str]:
    """Return the names that `text` may be a case form of, each word changed by one rule or none."""
    found = [""]
    for word in text.split():
        bases = [word, *nominatives_of(word, rules)]
        found = [f"{start} {base}".strip() for start in found for base in bases][:200]
    return [form for form in found if form != text]


def guess_nominative(text: str, language: Language) -> str:
    """Return a name's likely nominative; what the given name turns out to be decides the surname's gender."""
    words = text.split()
    rules = grammar_of(language).rules
    given = frozenset(language.names.given_names)
    if not rules or len(words) < 2 or words[0].lower() in given:
        return text
    bases = nominatives_of(words[0], rules)
    first = next((base for base in bases if base.lower() in given), None)
    if first is None and not _is_given(words[0]):
        first = next((base for base in bases if _is_given(base)), None)
    if first is None:
        return text
    woman = first[-1] in _OF_WOMEN
    rest = []
    for word in words[1:]:
        bases = [base for base in nominatives_of(word, rules) if not _has_hiatus(word, base)]
        likely = [base for base in bases if (base[-1] in _OF_WOMEN) == woman]
        if not likely and word[-1] in _DECLINED:
            likely = bases
        rest.append(likely[0] if likely else word)
    return " ".join([first, *rest])


def _has_hiatus(word: str, base: str) -> bool:
    """Say whether `base` puts a vowel after a vowel and before a consonant: Buzka is Buzek, but Nowaka no Nowaek."""
    at = next((at for at, (one, other) in enumerate(zip(word, base, strict=False)) if one != other), 0)
    return at > 0 and base[at] in _VOWELS and base[at - 1] in _VOWELS and base[-1] not in _VOWELS


def _is_given(word: str) -> bool:
    """Say whether a word is in the tagger's list of given names, which has all countries'."""
    return sound(romanise(plain(word.lower()))) in _given_sounds()


@cache
def _given_sounds() -> frozenset[str]:
    try:
        return frozenset((resources_dir() / "models" / GIVEN_NAMES).read_text("utf-8").split())
    except OSError:  # the finder of people says that its files are missing; names are shown as written
        return frozenset()


__all__ = ["Figures", "display_name", "guess_nominative", "nominatives", "tidy"]
