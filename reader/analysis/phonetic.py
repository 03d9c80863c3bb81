"""Bring names of all scripts into one small alphabet: spelled for the tagger, sounded for identities."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import inf

# What may stand inside a word unseen: soft hyphen, zero-width characters, direction marks, byte order mark.
INVISIBLE = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_MARKS = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "ʹ": "'", "‐": "-", "‑": "-"})
_SAME = str.maketrans({"ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț"})

# Cyrillic as the press of most countries spells it; a letter that differs by language gets the commoner value.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ѓ": "gj", "ђ": "dj", "е": "e", "ё": "e", "є": "e",
    "ж": "zh", "з": "z", "ѕ": "dz", "и": "i", "і": "i", "ї": "i", "й": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj",
    "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "ќ": "k", "у": "u",
    "ў": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "џ": "dz", "ш": "sh", "щ": "sht", "ъ": "a", "ы": "y", "ь": "",
    "э": "e", "ю": "iu", "я": "ia", "'": "",
}  # fmt: skip

# Latin letters whose mark changes the sound; all other marks are dropped.
_MARKED = {
    "č": "ch", "ć": "ch", "š": "sh", "ś": "sh", "ș": "sh", "ž": "zh", "ź": "zh", "ż": "zh", "ț": "ts", "ç": "s",
    "ł": "l", "đ": "dj", "ø": "o", "æ": "e", "œ": "e", "ß": "ss", "ı": "i", "ə": "a", "þ": "th", "ð": "d", "ö": "o",
    "ü": "u", "ğ": "g", "ř": "rz", "ő": "o", "ű": "u",
}  # fmt: skip

# Spellings of one sound, longest first; applied to romanised lower case, whatever the language.
_SOUNDS = (
    ("shtch", "SC"), ("shch", "SC"), ("szcz", "SC"), ("schtsch", "SC"), ("chtch", "SC"), ("sht", "St"),
    ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("dzh", "J"), ("ch", "C"), ("sh", "S"),
    ("sz", "S"), ("cz", "C"), ("rz", "Z"), ("zh", "Z"), ("kh", "h"), ("gh", "g"), ("th", "t"), ("ph", "f"),
    ("ts", "c"), ("tz", "c"), ("dj", "J"), ("ck", "k"), ("qu", "kv"),
    ("x", "ks"), ("q", "k"), ("w", "v"), ("y", "i"),
    ("ie", "e"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ij", "i"), ("j", "i"), ("cc", "k"),
    ("oe", "u"), ("ae", "a"),
)  # fmt: skip
_SOUND = re.compile("|".join(spelling for spelling, _ in _SOUNDS) + "|c(?![eiy])")
_SOUND_OF = dict(_SOUNDS) | {"c": "k"}

# Sounds that spellings confuse across languages fall together; vowels, h and the glides go.
_CLASSES = str.maketrans(
    {"S": "s", "Z": "s", "z": "s", "c": "s", "C": "s", "J": "s", "b": "p", "v": "f", "d": "t", "g": "k"}
)
_SILENT = re.compile("[aeiouh']")
_RUN = re.compile(r"(.)\1+")

# What it costs to take one sound for another; a pair that isn't here costs 1. Vowels among themselves cost _VOWEL.
_VOWELS = frozenset("aeiou")
_VOWEL = 0.35
_CONFUSED = {
    frozenset(pair): cost
    for cost, pairs in (
        (0.1, ("ei", "sS", "zZ", "CS", "JZ", "cz", "gh")),
        (
            0.2,
            (
                "sc",
                "cC",
                "zc",
                "ao",
                "uo",
                "sz",
                "SZ",
                "cS",
                "CJ",
                "gJ",
                "iJ",
                "iZ",
                "hk",
                "hC",
                "Ck",
                "vu",
                "vf",
                "sC",
            ),
        ),
        (0.5, ("pb", "td", "kg", "iv", "ih", "Sk", "mn", "fh", "gZ", "lv", "ck", "ct")),
    )
    for pair in pairs
}
_DROPPED = {"h": 0.3, "i": 0.2, "a": 0.45, "e": 0.4, "o": 0.45, "u": 0.45, "'": 0.0, "-": 0.1}
_FULL_VOWELS = frozenset("aeou")
_STRICT = 0.7  # what a vowel costs inside one language
_SAME_SOUND = 0.1  # the confusion that is one inside a language too
_LAST_VOWEL = 0.25  # a vowel more or less at the end is often a case or a gender


def composed(word: str) -> str:
    """Return `word` composed (NFC), without invisible characters, with one kind of apostrophe and hyphen, for showing.

    Its letters stay as they are written: the ş of Turkish is no misspelt ș.
    """
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", word)).translate(_MARKS)


def plain(word: str) -> str:
    """Return `word` composed, and with one spelling of the letters that Romanian has in two, for comparing."""
    return composed(word).translate(_SAME)


def in_ascii(text: str) -> str:
    """Return a text of any script in ASCII letters, as `anyascii` has them."""
    from anyascii import anyascii  # few texts need it, and it takes 15 ms to import

    return anyascii(text)


@lru_cache(maxsize=1 << 15)
def romanise(word: str) -> str:
    """Return a lower-case plain word in the letters a–z, for comparing, not for showing."""
    if word.isascii():
        return word
    letters = []
    for char in word:
        if char in _CYRILLIC:
            letters.append(_CYRILLIC[char])
            continue
        if char in _MARKED:
            letters.append(_MARKED[char])
            continue
        base = unicodedata.normalize("NFD", char)[0]
        letters.append(base if base.isascii() else _CYRILLIC.get(base) or in_ascii(char).lower())
    return "".join(letters)


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """Return how a romanised word sounds, roughly: one letter a sound, doubled letters once.

    Capitals stand for sh, ch, zh and j as in *judge*.
    """
    return _RUN.sub(r"\1", _SOUND.sub(lambda m: _SOUND_OF[m.group()], word))


# How countries read Latin letters, as rewritings into the spelling that `sound` takes; a name's own country isn't
# known, so all are tried.
_READINGS = tuple(
    tuple((re.compile(pattern), spelling) for pattern, spelling in rules)
    for rules in (
        # Italian, Romanian
        (("sc(?=[ei])", "sh"), ("sci(?=[aou])", "sh"), ("gli", "li"), ("gn", "ni"), ("cch|ch", "k"), ("gh", "g"),
         ("ci(?=[aou])|c(?=[ei])", "tch"), ("gi(?=[aou])|g+(?=[ei])", "dj"), ("zz|z", "ts"), ("(?<!d)j", "zh")),
        # French
        (("ch", "sh"), ("tsh", "tch"), ("(?<!d)j", "zh"), ("g(?=[ei])", "zh"), ("gu(?=[ei])", "g"), ("eau|au", "o"),
         ("ill(?=[aeiou])", "i"), ("ai|ei", "e"), ("m(?=[pb])", "n"), ("ean", "an"), ("gn", "ni"), ("qu", "k"),
         ("oi", "ua"), ("(?<=\\w{4})[pdtsz]+$|x$|es?$", "")),
        # Spanish
        (("j|g(?=[ei])", "h"), ("gu(?=[ei])", "g"), ("ll", "i"), ("z|c(?=[ei])", "s"), ("qu", "k")),
        # German
        (("tsch|tzsch", "tch"), ("dsch", "dj"), ("sch", "sh"), ("ch", "h"), ("z", "ts"), ("ei", "ai"), ("eu|aeu", "oi"),
         ("ae|oe", "e"), ("ue", "u"), ("w", "v")),
        # English
        (("c(?![eiyhk])", "k"), ("wr", "r"), ("wh|w", "u"), ("ace$", "es"), ("a(?=[^aeiou]e)", "ei"),
         ("al(?=[dktlfc])", "ol"), ("augh", "o"), ("eigh", "i"), ("th", "z"), ("ea", "e"),
         ("(?<!d)j|g(?=[ei])", "dj"), ("igh", "ai"), ("h(?=[^aeiou])|e$", "")),
        # Polish
        (("ch", "h"), ("(?<=[tpk])rz", "sh"), ("ci(?=[aeou])", "ts"), ("c(?![zh])", "ts"), ("w", "v")),
        # Chinese
        (("zh", "ch"), ("x", "s"), ("q", "ts"), ("ng$", "n"), ("w", "v")),
        # Hungarian
        (("gy", "d"), ("cs", "ch"), ("zs", "zh"), ("sz", "c"), ("s", "sh"), ("c(?!h)", "s")),
    )
)  # fmt: skip


@lru_cache(maxsize=1 << 12)
def readings(word: str) -> tuple[str, ...]:
    """Return how a romanised word written in Latin letters may sound: first as `sound` has it, then by country."""
    heard = {sound(word): None}
    for rules in _READINGS:
        spelled = word
        for pattern, spelling in rules:
            spelled = pattern.sub(spelling, spelled)
        heard.setdefault(sound(spelled))
    return tuple(heard)


@lru_cache(maxsize=1 << 14)
def skeleton(word: str) -> str:
    """Return the classes of a romanised word's consonants, its first letter kept as a vowel or not."""
    heard = sound(word)
    bones = _RUN.sub(r"\1", _SILENT.sub("", heard).translate(_CLASSES))
    return ("a" if heard[:1] in "aeiou" else "") + bones


@lru_cache(maxsize=1 << 14)
def distance(one: str, other: str, limit: float = inf, *, strict: bool = False) -> float:
    """Return the cost of taking one sounded word for another: an edit distance, weighted by confusable sounds.

    Where it can't be below `limit`, any value not below that is returned. With `strict` sounds count that only
    two languages would spell in two ways.
    """
    if one == other:
        return 0.0
    row = [0.0]
    for j in range(len(other)):
        row.append(row[-1] + _dropped(other, j, strict))
    for i, a in enumerate(one):
        drop_a = _dropped(one, i, strict)
        above, row = row, [row[0] + drop_a]
        for j, b in enumerate(other):
            row.append(min(above[j] + _taken(a, b, strict), above[j + 1] + drop_a, row[j] + _dropped(other, j, strict)))
        if min(row) >= limit:
            return limit
    return row[-1]


def _dropped(word: str, i: int, strict: bool) -> float:
    if strict and word[i] in _FULL_VOWELS:
        return _STRICT
    if i == len(word) - 1 and word[i] in _VOWELS:
        return _LAST_VOWEL
    return _DROPPED.get(word[i], 1.0)


def _taken(a: str, b: str, strict: bool) -> float:
    if a == b:
        return 0.0
    known = _CONFUSED.get(frozenset((a, b)))
    if strict:
        vowels = a in _VOWELS and b in _VOWELS
        return known if known is not None and known <= _SAME_SOUND else _STRICT if vowels else 1.0
    if known is not None:
        return known
    return _VOWEL if a in _VOWELS and b in _VOWELS else 1.0
