"""Which persons of a library folder may be the same: pairs with the evidence, for a person to judge."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from reader.analysis.given import GivenNames
from reader.analysis.names import Name, parse
from reader.analysis.phonetic import romanise, sound
from reader.library.decisions import PeopleFile
from reader.library.register import Person, people
from reader.library.tokens import bones_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library.index import Index

_ALIKE = 80  # per cent of `fuzz.ratio` of two surnames as they sound, from which two persons may be one
_GIVEN = 70  # the same for given names
_BONES = 3  # first consonants of a surname that two persons share who are compared
_CROWD = 150  # persons with one surname's consonants among whom pairs are looked for
_PROPOSALS = 200
_SPELLINGS = 6  # of each person that are compared, the most used
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
    names = _parsed(index)
    different = _different(index, everybody)
    company = _company(index)
    crowds: dict[str, list[int]] = defaultdict(list)
    for id, known in names.items():
        heard = {part for name in known for part in _heard(name)[-2:]}
        for bones in {bones[:_BONES] for part in heard for bones in bones_of(part)}:
            crowds[bones].append(id)
    found: dict[tuple[int, int], Proposal] = {}
    for crowd in crowds.values():
        for one, other in combinations(sorted(crowd)[:_CROWD], 2):
            if (one, other) in found or (one, other) in different or one not in everybody or other not in everybody:
                continue
            likeness = _likeness(names[one], names[other])
            if likeness is not None:
                score, evidence = likeness
                shared = sorted((company[one] & company[other]) - {one, other})
                if beside := [everybody[each].name for each in shared if each in everybody][:3]:
                    score, evidence = min(1.0, score + 0.1), (*evidence, f"both named beside {', '.join(beside)}")
                found[one, other] = Proposal(everybody[one], everybody[other], round(score, 2), evidence)
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


def _parsed(index: Index) -> dict[int, list[Name]]:
    """Return each person's spellings as names: the full ones, or the surnames where there are no others."""
    names: dict[int, list[Name]] = defaultdict(list)
    for who, text in index.rows("SELECT person, text FROM spellings ORDER BY person, mentions DESC"):
        names[who].append(parse(text))
    return {who: [name for name in known if name.given] or known for who, known in names.items()}


def _company(index: Index) -> dict[int, set[int]]:
    """Return the persons named in the same articles as each person."""
    here: dict[int, set[int]] = defaultdict(set)
    for article, who in index.rows("SELECT article, person FROM appearances WHERE person > 0"):
        here[article].add(who)
    company: dict[int, set[int]] = defaultdict(set)
    for everyone in here.values():
        for who in everyone:
            company[who] |= everyone
    return company


def _likeness(one: Sequence[Name], other: Sequence[Name]) -> tuple[float, tuple[str, ...]] | None:
    """Return how alike the names of two persons are, and in what; None where they can't be one."""
    found = (_alike(a, b) for a in one[:_SPELLINGS] for b in other[:_SPELLINGS])
    return max((each for each in found if each is not None), key=lambda each: each[0], default=None)


def _alike(a: Name, b: Name) -> tuple[float, tuple[str, ...]] | None:
    """Compare two spellings."""
    for part, whole in ((a, b), (b, a)):
        if len(words := set(_heard(part))) > 1 and words < set(_heard(whole)):
            return _PART, (f"“{part.text}” is all in “{whole.text}”",)
    surnames = _ratio(a.surname.lower, b.surname.lower)
    if surnames < _ALIKE:
        return None
    said = f"surnames sound {surnames:.0f} % alike: {a.text} – {b.text}"
    if a.given is None or b.given is None:
        alone = [name.surname.lower for name in (a, b) if name.given is None]
        if any(GivenNames.load().groups([word]) for word in alone):
            return None  # a given name that sounds like a surname
        return surnames / 100 * 0.6, (said, "one of them has no given name")
    if a.given.initial or b.given.initial:
        if romanise(a.given.lower)[:1] != romanise(b.given.lower)[:1]:
            return None
        return surnames / 100 * 0.75, (said, "the same initial")
    given = _ratio(a.given.lower, b.given.lower)
    return ((surnames + given) / 200 * 0.9, (said, f"given names {given:.0f} % alike")) if given >= _GIVEN else None


def _heard(name: Name) -> tuple[str, ...]:
    """Return the sounds of the full words of a name, those of a double name each."""
    words = (part for word in name.full for part in word.lower.split("-"))
    return tuple(sound(romanise(word)) for word in words if word)


def _ratio(one: str, other: str) -> float:
    return fuzz.ratio(sound(romanise(one)), sound(romanise(other)))
