"""Show known people under one spelling: where a machine translation spells a name its own way, the reader's stands.

Only what is shown changes, and each change says what the machine wrote. A name is left alone wherever there is any
doubt whose it is: a wrong name is worse than an odd spelling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from reader.analysis.phonetic import distance, plain, romanise, sound
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_SHORTEST = 4
# Cost of `phonetic.distance`, per sound, up to which two words spell one name: a vowel in five, s for z, y for i.
_LIKE = 0.085
# Per cent of `rapidfuzz.fuzz.ratio` from which a word of a mention, endings and all, is a word of the display name.
_SAME_WORD = 60


@dataclass(frozen=True, slots=True)
class Change:
    """A name in the shown text at `span`, and what the machine wrote there."""

    span: Span
    machine: str
    person: str


@dataclass(frozen=True, slots=True)
class Respelled:
    """A translation as it is shown; `machine` gives back what the machine wrote."""

    text: str
    changes: tuple[Change, ...] = ()

    @property
    def machine(self) -> str:
        """The machine's own text."""
        text = self.text
        for change in reversed(self.changes):
            text = text[: change.span.start] + change.machine + text[change.span.end :]
        return text

    def shown(self, span: Span) -> Span:
        """Return where a stretch of the machine's text stands in the shown one; half a changed name is all of it."""
        start, end, grown = span.start, span.end, 0
        for change in self.changes:
            first = change.span.start - grown
            last = first + len(change.machine)
            grown += len(change.span) - len(change.machine)
            if span.start >= last:
                start = span.start + grown
            elif span.start > first:
                start = change.span.start
            if span.end >= last:
                end = span.end + grown
            elif span.end > first:
                end = change.span.end
        return Span(start, max(start, end))


def respell(source: str, translation: str, people: Sequence[tuple[str, str]]) -> Respelled:
    """Put the reader's spelling of known people into the translation of one sentence.

    `people` are the mentions that stand in `source`: the words as written there, and the person's display name.
    """
    words = _capitalised(translation)
    names = {name for _, person in people for name in _WORD.findall(person)}
    written = {word for text, _ in people for word in _WORD.findall(text)}
    strangers = {word for _, word in _capitalised(source)} - written
    found: dict[Span, tuple[str, str]] = {}
    for text, person in people:
        for name, forms in _forms(text, person).items():
            if any(word.casefold() == name.casefold() for _, word in words):
                continue
            others = (names | written | strangers) - forms
            near = [(span, word) for span, word in words if _spells(word, forms, others)]
            if len({word.casefold() for _, word in near}) == 1:  # two spellings may be two people
                found |= dict.fromkeys((span for span, _ in near), (name, person))
    return _applied(translation, found)


def _capitalised(text: str) -> list[tuple[Span, str]]:
    """Return the words that begin with a capital, a possessive ending left out."""
    found = []
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        if word[0].isupper() and len(word) >= _SHORTEST:
            found.append((Span(match.start(), match.start() + len(word)), word))
    return found


def _forms(text: str, person: str) -> dict[str, set[str]]:
    """Return the words of a display name that a mention has, each with the forms it has in name and mention."""
    found: dict[str, set[str]] = {}
    names = _WORD.findall(person)
    for word in _WORD.findall(text):
        name = min(names, key=lambda name: distance(_heard(name), _heard(word)), default="")
        if len(name) >= _SHORTEST and fuzz.ratio(_heard(name), _heard(word)) >= _SAME_WORD:
            found.setdefault(name, {name}).add(word)
    return found


def _spells(word: str, forms: Iterable[str], others: Iterable[str]) -> bool:
    """Say whether `word` spells one of `forms`, and no other name as well or better."""
    heard = _heard(word)
    best = min(distance(heard, _heard(form)) for form in forms)
    if best > _LIKE * len(heard):
        return False
    return all(distance(heard, _heard(other)) > best for other in others)


def _heard(word: str) -> str:
    return sound(romanise(plain(word).lower()))


def _applied(translation: str, found: dict[Span, tuple[str, str]]) -> Respelled:
    text, end = "", 0
    changes = []
    for span, (name, person) in sorted(found.items()):
        machine = span.of(translation)
        text += translation[end : span.start]
        shown = name.upper() if machine.isupper() else name
        changes.append(Change(Span(len(text), len(text) + len(shown)), machine, person))
        text += shown
        end = span.end
    return Respelled(text + translation[end:], tuple(changes))
