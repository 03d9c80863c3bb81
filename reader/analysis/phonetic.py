"""Bring names of all scripts into one small alphabet: spelled for the tagger, sounded for identities."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# What may stand inside a word unseen: soft hyphen, zero-width characters, direction marks, byte order mark.
INVISIBLE = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "ʹ": "'", "‐": "-", "‑": "-", "ş": "ș", "ţ": "ț"})

# Cyrillic as the press of most countries spells it; a letter that differs by language gets the commoner value.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ѓ": "gj", "ђ": "dj", "е": "e", "ё": "e", "є": "e",
    "ж": "zh", "з": "z", "ѕ": "dz", "и": "i", "і": "i", "ї": "i", "й": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj",
    "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "ќ": "k", "у": "u",
    "ў": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "џ": "dz", "ш": "sh", "щ": "sht", "ъ": "a", "ы": "y", "ь": "",
    "э": "e", "ю": "iu", "я": "ia", "'": "",
}  # fmt: skip

# Spellings of one sound, longest first; applied to romanised lower case, whatever the language.
_SOUNDS = (
    ("shch", "S"), ("sht", "S"), ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("dzh", "J"), ("ch", "C"), ("sh", "S"),
    ("sz", "S"), ("cz", "C"), ("rz", "Z"), ("zh", "Z"), ("kh", "h"), ("gh", "g"), ("th", "t"), ("ph", "f"),
    ("ts", "c"), ("tz", "c"), ("dj", "J"), ("ck", "k"), ("qu", "kv"), ("x", "ks"), ("q", "k"), ("w", "v"), ("y", "i"),
    ("ie", "e"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ij", "i"), ("j", "i"),
)  # fmt: skip
_SOUND = re.compile("|".join(spelling for spelling, _ in _SOUNDS))
_SOUND_OF = dict(_SOUNDS)

# Sounds that spellings confuse across languages fall together; vowels, h and the glides go.
_CLASSES = str.maketrans(
    {"S": "s", "Z": "s", "z": "s", "c": "s", "C": "s", "J": "s", "b": "p", "v": "f", "d": "t", "g": "k"}
)
_SILENT = re.compile("[aeiouh']")
_RUN = re.compile(r"(.)\1+")


def plain(word: str) -> str:
    """Return `word` composed (NFC), without invisible characters, with one kind of apostrophe and hyphen."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", word)).translate(_APOSTROPHES)


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
        base = unicodedata.normalize("NFD", char)[0]
        letters.append(base if base.isascii() else _CYRILLIC.get(base) or anyascii(char).lower())
    return "".join(letters)


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """Return how a romanised word sounds, roughly: one letter a sound, doubled letters once.

    Capitals stand for sh, ch, zh and j as in *judge*.
    """
    return _RUN.sub(r"\1", _SOUND.sub(lambda m: _SOUND_OF[m.group()], word))


@lru_cache(maxsize=1 << 14)
def skeleton(word: str) -> str:
    """Return the classes of a romanised word's consonants, its first letter kept as a vowel or not."""
    heard = sound(word)
    bones = _RUN.sub(r"\1", _SILENT.sub("", heard).translate(_CLASSES))
    return ("a" if heard[:1] in "aeiou" else "") + bones
