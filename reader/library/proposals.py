"""Which persons of a library folder may be the same: pairs with the evidence, for a person to judge."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from reader.analysis.given import GivenNames
from reader.analysis.names import parse
from reader.analysis.phonetic import romanise, sound
from reader.library.decisions import PeopleFile
from reader.library.register import Person, people
from reader.library.tokens import bones_of
from reader.text.counting import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library.index import Index

_ALIKE = 80  # per cent of `fuzz.ratio` of two surnames as they sound, from which two persons may be one
_GIVEN = 70  # the same for given names
_BONES = 3  # first consonants of a surname that two persons share who are compared
_CROWD = 150  # persons with one surname's consonants among whom pairs are looked for
_PROPOSALS = 200
_SPELLINGS = 6  # of each person that are compared, the most used
_TELLING = 20  # articles that name somebody beside whom it says something to be named
_BOTH = 0.15  # what it speaks against two being one that an article names both
_TURNED = 0.85  # how likely two are one whose names are the same in another order, as in Hungarian
_PART = 0.85  # how likely two are one where all names of one are names of the other


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two persons who may be one, how likely (0–1), and the evidence for a person to judge."""

    one: Person
    other: Person
    score: float
    evidence: tuple[str, ...]


def proposals(index: Index) -> list[Proposal]:
    """Return pairs of persons who may be one, the likeliest first; pairs that somebody called two are left out."""
    everybody = {each.id: each for each in people(index)}
    known = {who: forms for who, forms in _forms(index).items() if who in everybody}
    different = _different(index, everybody)
    articles, company = _company(index)
    crowds: dict[str, set[int]] = defaultdict(set)
    for id, forms in known.items():
        for bones in {bones[:_BONES] for form in forms for part in form.parts[-2:] for bones in bones_of(part)}:
            crowds[bones].add(id)
    found: dict[tuple[int, int], Proposal] = {}
    tried = set(different)
    for crowd in crowds.values():
        for pair in combinations(sorted(crowd)[:_CROWD], 2):
            if pair in tried:
                continue
            tried.add(pair)
            one, other = pair
            likeness = _likeness(known[one], known[other])
            if likeness is not None:
                score, evidence = likeness
                shared = sorted((company[one] & company[other]) - {one, other})
                if beside := [everybody[each].name for each in shared if each in everybody][:3]:
                    score, evidence = min(1.0, score + 0.1), (*evidence, f"both named beside {', '.join(beside)}")
                if both := len(articles[one] & articles[other]):
                    score -= _BOTH  # an article's own names were compared already, with more to go by
                    evidence = (*evidence, f"{counted(both, 'article')} with both")
                found[pair] = Proposal(everybody[one], everybody[other], round(score, 2), evidence)
    return sorted(found.values(), key=lambda each: (-each.score, each.one.name, each.other.name))[:_PROPOSALS]


def _different(index: Index, everybody: dict[int, Person]) -> set[tuple[int, int]]:
    """Return the pairs that somebody called two, whatever they are called now: a spelling tells who was meant."""
    pairs = PeopleFile(index.folder).different()
    if not pairs:
        return set()
    known: dict[str, set[int]] = defaultdict(set)
    for who, text in index.rows("SELECT DISTINCT person, text FROM spellings"):
        known[text].add(who)
    for each in everybody.values():
        known[each.name] = {each.id}
    found = set()
    for names in pairs:
        if len(names) == 2:
            one, other = names
            found |= {(min(a, b), max(a, b)) for a in known[one] for b in known[other] if a != b}
    return found


@dataclass(frozen=True, slots=True)
class _Form:
    """A spelling as it sounds: surname, given name or initial, and all full words, those of a double name each."""

    text: str
    surname: str
    given: str
    initial: bool
    parts: tuple[str, ...]
    lone: bool
    """It is no more than a given name."""


def _form(text: str) -> _Form:
    name = parse(text)
    given = romanise(name.given.lower) if name.given else ""
    initial = name.given is not None and name.given.initial
    words = (part for word in name.full for part in word.lower.split("-") if part)
    lone = name.given is None and bool(GivenNames.load().groups([name.surname.lower]))
    parts = tuple(sound(romanise(word)) for word in words)
    return _Form(
        text, sound(romanise(name.surname.lower)), given[:1] if initial else sound(given), initial, parts, lone
    )


def _forms(index: Index) -> dict[int, list[_Form]]:
    """Return each person's spellings that sound differently, the most used: full names where there are some."""
    spelled: dict[int, list[_Form]] = defaultdict(list)
    for who, text in index.rows("SELECT person, text FROM spellings ORDER BY person, mentions DESC"):
        spelled[who].append(_form(text))
    found = {}
    for who, forms in spelled.items():
        full = [form for form in forms if form.given] or forms
        heard = {(form.surname, form.given, form.parts): form for form in reversed(full)}
        found[who] = list(reversed(heard.values()))[:_SPELLINGS]
    return found


def _company(index: Index) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Return each person's articles, and the persons named there as well, those apart whom many articles name."""
    articles: dict[int, set[int]] = defaultdict(set)
    here: dict[int, set[int]] = defaultdict(set)
    for article, who in index.rows("SELECT DISTINCT article, person FROM appearances WHERE person > 0"):
        articles[who].add(article)
        here[article].add(who)
    company: dict[int, set[int]] = defaultdict(set)
    for everyone in here.values():
        telling = {who for who in everyone if len(articles[who]) <= _TELLING}
        for who in everyone:
            company[who] |= telling
    return articles, company


def _likeness(one: Sequence[_Form], other: Sequence[_Form]) -> tuple[float, tuple[str, ...]] | None:
    """Return how alike the names of two persons are, and in what; None where they can't be one."""
    found = (_alike(a, b) for a in one for b in other)
    return max((each for each in found if each is not None), key=lambda each: each[0], default=None)


def _alike(a: _Form, b: _Form) -> tuple[float, tuple[str, ...]] | None:
    """Compare two spellings."""
    if len(a.parts) != len(b.parts):
        part, whole = sorted((a, b), key=lambda form: len(form.parts))
        if len(part.parts) > 1 and set(part.parts) < set(whole.parts):
            return _PART, (f"“{part.text}” is all in “{whole.text}”",)
    elif len(a.parts) > 1 and a.parts != b.parts and sorted(a.parts) == sorted(b.parts):
        return _TURNED, (f"the same names in another order: {a.text} – {b.text}",)
    surnames = fuzz.ratio(a.surname, b.surname, score_cutoff=_ALIKE)
    if not surnames or a.lone or b.lone:  # a given name that sounds like a surname is none
        return None
    said = f"surnames sound {surnames:.0f} % alike: {a.text} – {b.text}"
    if not a.given or not b.given:
        return surnames / 100 * 0.6, (said, "one of them has no given name")
    if a.initial or b.initial:
        same = romanise(a.given)[:1] == romanise(b.given)[:1]
        return (surnames / 100 * 0.75, (said, "the same initial")) if same else None
    given = fuzz.ratio(a.given, b.given, score_cutoff=_GIVEN)
    return ((surnames + given) / 200 * 0.9, (said, f"given names {given:.0f} % alike")) if given else None
