"""One written name: its parts, and whether another written name can be the same person's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz.distance import Levenshtein

from reader.analysis.given import GivenNames
from reader.analysis.grammar import PLAIN, Grammar, nominatives_of, sexes_clash
from reader.analysis.phonetic import distance, plain, readings, romanise, sound
from reader.analysis.romanise import is_latin

_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*\.?")
_MARKS = "\"'«»„“”‚‘’‹›()"
_ARTICLE = re.compile(r"^(?:[ae][lnrstd]|a[sd]h|[аея][лнрстд]|[аеэ]ль|[аэ]ш)-(?=\w{3})", re.IGNORECASE)
_NEAR = 0.15  # cost a sound up to which two words are one
_BOTH = 0.9  # how unlike surname and given name together may be
_SPELLING = 0.75  # how unlike two spellings of one given name may be in one script
_STRICT = 0.5  # how unlike two spellings in one language may be, where all say the same letters
_TAIL = 0.4  # how unlike a double surname may be to the end of a longer name
_CUT = 0.15  # what taking a case ending off costs
_HALF = 0.2  # what it costs that a given name is half of a double one: Ana and Ana-Maria
_SHORT_FORM = 0.1  # what it costs that two given names are forms of one: Bill and William
_SHORTEST_STEM = 3
_CONFLICT = 9.0  # how unlike words are that can't be one
_SHORTENED = 3  # letters that a given name cut short may have: Gh., Ст.
_CYRILLIC = (("щ", ("sht", "shch")), ("дз", ("dz", "ts")))  # letters that countries read in two ways
_INDECLINABLE = ("их", "ых", "е", "и", "у", "ю", "і", "о")  # a man's as well
_GLIDES = str.maketrans("yjw", "iiv")


@dataclass(frozen=True, eq=False)
class Word:
    """A word of a name: as written, how it may sound, how it sounds without case endings, whether it is an initial.

    `bases` are the word in lower case and the nominatives it may have. There is one object for each word in a
    language.
    """

    text: str
    lower: str
    sounds: tuple[str, ...]
    stems: tuple[str, ...]
    bases: tuple[str, ...]
    initial: bool
    latin: bool
    grammar: Grammar

    @cached_property
    def letters(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the spellings to compare inside one language, whole and without case endings."""
        if not self.latin:
            return self.sounds[:1], self.stems
        whole = _letters(romanise(self.lower))
        endings = (ending for ending in self.grammar.endings if ending and len(whole) - len(ending) >= _SHORTEST_STEM)
        cut = [whole.removesuffix(_letters(ending)) for ending in endings]
        bases = [_letters(romanise(base)) for base in self.bases]
        return (whole,), tuple(dict.fromkeys(stem for stem in [*cut, *bases] if stem != whole))

    @cached_property
    def groups(self) -> frozenset[int]:
        """Return the groups of given names that this one belongs to."""
        return GivenNames.load().groups(self.bases)

    @cached_property
    def known(self) -> dict[str, str]:
        """Return the given names of the language that this may be, with their sexes."""
        return GivenNames.load().known(self.grammar.code, self.bases)

    @cached_property
    def sex(self) -> str:
        """Return m or f, where a given name is only a man's or a woman's, else nothing."""
        sexes = {self.known[self.lower]} if self.lower in self.known else set(self.known.values())
        return sexes.pop() if len(sexes) == 1 else ""


def _letters(latin: str) -> str:
    return re.sub("ii+", "i", latin.translate(_GLIDES))


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


@lru_cache(maxsize=1 << 12)
def parse(text: str, grammar: Grammar = PLAIN) -> Name:
    """Read a mention's text."""
    found = _words(text)
    lower = [word.lower() for word in found]
    kept = [word for word, low in zip(found, lower, strict=True) if low not in grammar.particles]
    if kept and lower[0] in grammar.particles and GivenNames.load().known(grammar.code, lower[:1]):
        kept.insert(0, found[0])  # Ben is a name, too
    kept = kept or found
    words = tuple(_word(word, grammar) for word in kept)
    full = tuple(word for word in words if not word.initial)
    surname = (full or words)[-1]
    return Name(text, words, full, surname, next((word for word in words if word is not surname), None))


def _words(text: str) -> list[str]:
    found = _WORD.findall(plain(" ".join(text.split())).strip(_MARKS))
    return [_ARTICLE.sub("", word) if "-" in word else word for word in found] or [text]


_CLASSES = str.maketrans("SZzcCJkbvdtgmnlrpfseouij", "sssssssPFTTsmnlrPFsaaaaa", "'-")
_FIRM = str.maketrans("SCZcJ", "sszzz", "aeiouyjhg'-")  # what costs little inside one language falls together or away


@dataclass(frozen=True, slots=True)
class Keys:
    """Of two words that may be one each set shares at least one: first two consonants, first sound, all consonants.

    The `consonants` say so inside one language and script only; they are those that no spelling there leaves out.
    """

    bones: frozenset[str]
    firsts: frozenset[str]
    consonants: frozenset[str]


@lru_cache(maxsize=1 << 12)
def word_keys(word: Word) -> Keys:
    """Return a word's keys."""
    bones, first = set(), set()
    for heard in word.sounds + word.stems:
        for variant in (
            heard.replace("h", "k"),
            heard.replace("h", ""),
            heard.replace("h", "").replace("v", ""),
            heard.replace("c", "t"),
        ):
            classes = variant.translate(_CLASSES)
            first.add(classes[:1])
            consonants = classes.replace("a", "")
            bones.add("".join(a for i, a in enumerate(consonants) if not i or consonants[i - 1] != a)[:2])
    spelled = [form for part in (word, *_halves(word)) for forms in part.letters for form in forms]
    return Keys(frozenset(bones), frozenset(first), frozenset(form.translate(_FIRM) for form in spelled))


def _halves(word: Word) -> list[Word]:
    """Return the parts of a double name."""
    return [_word(part, word.grammar) for part in word.text.split("-") if part] if "-" in word.text else []


def surname_sound(text: str) -> str:
    """Return the first sound form that the surname of a parsed name has, without parsing it."""
    words = _words(text)
    full = [word for word in words if not _is_initial(word)] or words
    return sound(romanise(full[-1].lower().rstrip(".")))


def _is_initial(word: str) -> bool:
    return word.endswith(".") and len(word) <= _SHORTENED + 1


@lru_cache(maxsize=1 << 13)
def _word(text: str, grammar: Grammar) -> Word:
    lower = text.lower().rstrip(".")
    latin = romanise(lower)
    if is_latin(lower):
        sounds = readings(latin)
    else:
        heard = [latin, *(latin.replace(*pair) for letters, pair in _CYRILLIC if letters in lower)]
        sounds = tuple(dict.fromkeys(map(sound, heard)))
    initial = _is_initial(text)
    bases = () if initial else tuple(dict.fromkeys(nominatives_of(lower, grammar.rules)))
    stems = dict.fromkeys(_stems(latin, grammar.endings)) | dict.fromkeys(sound(romanise(base)) for base in bases)
    cut = () if initial else tuple(stem for stem in stems if stem not in sounds)
    return Word(text, lower, sounds, cut, (lower, *bases), initial, is_latin(lower), grammar)


def _stems(latin: str, endings: tuple[str, ...]) -> list[str]:
    """Return how a romanised word sounds without the case endings that it may have."""
    stems = []
    whole = sound(latin)
    for ending in endings:
        if ending and latin.endswith(ending) and len(latin) - len(ending) >= _SHORTEST_STEM:
            heard = sound(ending)
            stems.append(whole[: -len(heard)] if whole.endswith(heard) else sound(latin[: -len(ending)]))
    return stems


@lru_cache(maxsize=1 << 15)
def unlike(one: Word, other: Word) -> float:
    """Return how unlike two words are: below 1 they may be one name, at 0 they are spelled alike.

    One language spells a name in one way, unless it comes from another script: there less may differ.
    """
    if one is other:
        return 0.0
    strict = one.grammar is other.grammar and bool(one.grammar.code)
    if one.initial or other.initial:
        return _unlike_initials(one, other, strict)
    best = _CONFLICT
    if "-" in one.text and one.text.count("-") == other.text.count("-"):
        parts = ([_word(part, word.grammar) for part in word.text.split("-")] for word in (one, other))
        return max(unlike(a, b) for a, b in zip(*parts, strict=True))
    strict = strict and one.latin == other.latin
    sounds, stems = one.letters if strict else (one.sounds, one.stems)
    others, other_stems = other.letters if strict else (other.sounds, other.stems)
    whole, other_whole = len(sounds), len(others)
    for i, a in enumerate(sounds + stems):
        for j, b in enumerate(others + other_stems):
            cut = (_CUT if i >= whole else 0.0) + (_CUT if j >= other_whole else 0.0)
            if a == b:
                best = min(best, cut)
            elif Levenshtein.distance(a, b, score_cutoff=3) <= 3:
                limit = _NEAR * max(len(a), len(b))
                cost = distance(a, b, limit, strict=strict) / limit
                if not strict or cost <= _STRICT:
                    best = min(best, cost + cut)
    return best


def _unlike_initials(one: Word, other: Word, strict: bool) -> float:
    """Compare an initial, or a name cut short, with the beginning of another word."""
    length = min(len(word.lower) for word in (one, other) if word.initial)
    if strict:
        return 0.3 if one.lower[:length] == other.lower[:length] else _CONFLICT
    length = max(1, min(length, *(len(heard) for word in (one, other) for heard in word.sounds)))
    near = min(distance(a[:length], b[:length]) for a in one.sounds for b in other.sounds)
    return 0.3 if near < 0.4 else _CONFLICT


def unlike_given(one: Word, other: Word) -> float | None:
    """Return how unlike two given names are, or None where they are two: Dan and Doina, Paolo and Paola."""
    if one.lower == other.lower:
        return 0.0
    unlikeness = unlike(one, other)
    if one.initial or other.initial:
        return unlikeness
    half = _half_of_double(one, other)
    if half is not None:
        return half
    if one.groups & other.groups:
        return min(unlikeness, _SHORT_FORM)
    if one.grammar is other.grammar and one.known and other.known:
        two = one.lower in one.known and other.lower in other.known and not one.grammar.declines
        return None if two or one.known.keys().isdisjoint(other.known) else min(unlikeness, _CUT)
    if one.sounds[0] == other.sounds[0]:
        return unlikeness
    if one.groups and other.groups and one.grammar is not other.grammar:
        return None
    if one.latin == other.latin and unlikeness >= _SPELLING:
        return None
    return None if _man_and_woman(one, other) else unlikeness


def _half_of_double(one: Word, other: Word) -> float | None:
    """Return how unlike a given name is to one half of a double one, where it is that half: Ana, of Ana-Maria."""
    if ("-" in one.text) == ("-" in other.text):
        return None
    double, single = (one, other) if "-" in one.text else (other, one)
    found = [unlike_given(half, single) for half in _halves(double)]
    nearest = min((each for each in found if each is not None), default=_CONFLICT)
    return nearest + _HALF if nearest < _SPELLING else None


def _man_and_woman(one: Word, other: Word) -> bool:
    """Say whether two given names differ by the woman's -a: Paolo and Paola."""
    woman, man = (one, other) if one.sounds[0].endswith("a") else (other, one)
    if not (one.grammar.gendered and other.grammar.gendered and woman.sounds[0].endswith("a")):
        return False
    heard = man.sounds[0]
    return not heard.endswith("a") and woman.sounds[0][:-1] in (heard, heard[:-1])


def surname_alike(one: Name, other: Name, *, parts: bool = True) -> float:
    """Return how unlike the surnames are; with `parts`, half of a double surname counts as near."""
    a, b = one.surname, other.surname
    best = unlike(a, b)
    if best < 1 and a.lower != b.lower and not (a.initial or b.initial):
        gendered = (a.grammar.gendered, b.grammar.gendered)
        if sexes_clash(a.lower, b.lower, gendered=gendered) or _undeclined(one, b) or _undeclined(other, a):
            return _CONFLICT
    if best >= 1 and parts and ("-" in a.text) != ("-" in b.text):
        double, single = (a, b) if "-" in a.text else (b, a)
        halves = [_word(part, double.grammar) for part in double.text.split("-") if part]
        best = min(best, *(unlike(half, single) + 0.3 for half in halves))
    return best


def _undeclined(woman: Name, form: Word) -> bool:
    """Say whether a form of a surname is a man's because a woman's stays as it is: Коваля, of Віра Коваль."""
    surname = woman.surname
    ends = surname.lower[-1:] not in "аяaą" and not surname.lower.endswith(("ий", "ій", "ый"))
    own = surname.grammar is form.grammar and surname.grammar.declines
    return own and ends and woman.given is not None and woman.given.sex == "f" and len(form.lower) > len(surname.lower)


def compare(one: Name, other: Name, *, parts: bool = True) -> float | None:
    """Return how unlike two names with given names are, or None where they can't be one person.

    The surnames must be alike and the given names or initials must not conflict; one order may be turned round
    (surname first), and one name may lack words of the other (given name and patronymic, the first of two surnames).
    """
    a, b = one.given, other.given
    if a is None or b is None:
        return None
    best = _tail(one, other)
    if best is None and (hyphened := _unhyphened(one, other)) < 1:
        best = hyphened
    if best is not None:
        return best
    straight = surname_alike(one, other, parts=parts)
    if straight < 1:
        first = unlike_given(a, b)
        if first is None or _other_middle(one, other) or _other_sex(one, other):
            return None
        if first < 1 and straight + first < _BOTH:
            best = straight + first
    for other_way in (_turned(one, other), _fewer_words(one, other)):
        if other_way < 1 and (best is None or other_way < best):
            best = other_way
    return best


def undecided(one: Name, other: Name) -> bool:
    """Say whether two names that `compare` doesn't hold for one may be so all the same: two far case forms of one."""
    if one.given is None or other.given is None or _other_middle(one, other) or _other_sex(one, other):
        return False
    first = unlike_given(one.given, other.given)
    return first is not None and first < 1 and surname_alike(one, other) < 1


def _other_middle(one: Name, other: Name) -> bool:
    """Say whether two names of three words differ by the middle one: a patronymic, an initial."""
    if len(one.words) != 3 or len(other.words) != 3:
        return False
    a, b = one.words[1], other.words[1]
    if a.initial and b.initial:
        return one.surname.grammar is other.surname.grammar and a.lower[0] != b.lower[0]
    return unlike(a, b) >= 1 and not a.groups & b.groups


def _other_sex(one: Name, other: Name) -> bool:
    """Say whether given names are a man's and a woman's, not one in two cases, for the surname is in one case.

    *Богдана Ткач* is no case form of *Богдан Ткач*, that would be *Богдана Ткача*.
    """
    a, b = one.given, other.given
    if a is None or b is None or a.lower == b.lower or one.surname.lower != other.surname.lower:
        return False
    stays = one.surname.lower.endswith(_INDECLINABLE) and ("а", "о") not in a.grammar.rules
    if a.grammar is not b.grammar or not a.grammar.declines or stays:
        return False
    return {a.sex, b.sex} == {"m", "f"}


def _tail(one: Name, other: Name) -> float | None:
    """Return how unlike a double surname is to words behind a longer name's first, where it may be: García Márquez."""
    short, long = sorted((one.full, other.full), key=len)
    if len(short) < 2 or len(long) == len(short):
        return None
    costs = (
        max(unlike(a, b) for a, b in zip(short, long[at:], strict=False)) for at in range(1, len(long) - len(short) + 1)
    )
    cost = min(costs)
    return cost + 0.1 if cost < _TAIL else None


def _turned(one: Name, other: Name) -> float:
    """Return how unlike names are where one has the surname first."""
    if len(one.full) < 2 or len(other.full) < 2:
        return _CONFLICT
    first, second = unlike_given(one.full[0], other.surname), unlike_given(one.surname, other.full[0])
    costs = [] if first is None or second is None else [max(first, second)]
    short, long = sorted((one.full, other.full), key=len)
    if len(short) == 2 and len(long) == 3:
        first, second = unlike_given(short[0], long[1]), unlike(short[1], long[0])
        costs += [] if first is None else [max(first, second)]
    return min(costs, default=_CONFLICT) + 0.2


def _fewer_words(one: Name, other: Name) -> float:
    """Return how unlike a name is to one with the same given name that has further words behind or between."""
    short, long = sorted((one.full, other.full), key=len)
    if len(short) < 2 or len(long) == len(short):
        return _CONFLICT
    first = unlike_given(short[0], long[0])
    if first is None or first >= 1:
        return _CONFLICT
    costs, at = [first], 0
    for word in short[1:]:
        found = next((i for i in range(at + 1, len(long)) if unlike(word, long[i]) < 1), None)
        if found is None:
            return _CONFLICT
        costs.append(unlike(word, long[found]))
        at = found
    return max(costs) + 0.2


def _unhyphened(one: Name, other: Name) -> float:
    """Return how unlike names are of which one has a hyphen where the other has a space: Anne-Marie, Anne Marie."""
    if sum("-" in word.text for word in one.full) == sum("-" in word.text for word in other.full):
        return _CONFLICT
    parts, others = (
        [_word(part, word.grammar) for word in name.full for part in word.text.split("-") if part]
        for name in (one, other)
    )
    if len(parts) != len(others) or len(parts) < 3:
        return _CONFLICT
    return max(unlike(a, b) for a, b in zip(parts, others, strict=True)) + 0.1
