"""Guess the eight-bit encoding of a text by the pairs of letters that it would show.

Every candidate decodes the pairs of neighbouring bytes; each language's model (resources/models/letters.json,
made by tests/benchmarks/train_letters.py) says how likely those letters follow each other; the best language speaks for
the candidate. Signs that no text holds, and capitals inside words, count against it.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from reader.resources import resources_dir
from reader.text.errors import ResourceError

# The order decides between candidates that give the same text
LEGACY_ENCODINGS = (
    "windows-1251",
    "koi8-u",
    "koi8-r",
    "iso-8859-5",
    "cp866",
    "windows-1252",
    "windows-1250",
    "iso-8859-2",
    "iso-8859-16",
)

EDGE = " "  # stands for whatever is beside a word
_UNSEEN = math.log(1e-6)
_CAPITAL_INSIDE = -6.0
_QUOTES_AND_DASHES = frozenset("„“”«»‚‘’‹›–—…\xa0\xad¿¡")  # these may touch a letter
_USUAL_SIGNS = frozenset("§°•·№€©£½ºª²±") | _QUOTES_AND_DASHES
_USUAL_SIGN = -5.0
_UNUSUAL_SIGN = -12.0
_SIGN_AT_LETTER = -8.0
_UNDEFINED = -15.0
_RARITY = {"iso-8859-2": -1.0, "iso-8859-16": -3.0}  # how much rarer than its likes an encoding is
_AMBIGUOUS = 6.0  # nats of log likelihood between the best reading and another worth a warning

Model = dict[str, float]


@dataclass(frozen=True, slots=True)
class LegacyGuess:
    """The likeliest encoding, and those whose (different) text is nearly as likely, best first.

    `fit` is the mean log likelihood of a letter pair: about -2.5 for text, below -4 for what is none.
    """

    name: str
    fit: float
    alternatives: tuple[str, ...] = ()


def guess_legacy(data: bytes) -> LegacyGuess:
    """Return the likeliest eight-bit encoding of a sample of bytes that are no UTF-8."""
    high = bytes(byte for byte in set(data) if byte > 127)
    pairs = Counter(pairwise(b" " + data + b" "))
    scores: dict[str, float] = {}
    shows: dict[str, str] = {}
    for name in LEGACY_ENCODINGS:
        shown = high.decode(name, errors="replace")
        if shown not in shows.values():
            shows[name] = shown
            scores[name] = _score(pairs, name) + _RARITY.get(name, 0.0)
    ranked = sorted(scores, key=lambda name: -scores[name])
    best = ranked[0]
    lettered = sum(n for pair, n in pairs.items() if any(byte > 127 or chr(byte).isalpha() for byte in pair))
    near = tuple(name for name in ranked[1:] if scores[best] - scores[name] < _AMBIGUOUS)
    return LegacyGuess(best, scores[best] / max(1, lettered), near)


def _score(pairs: Counter[tuple[int, int]], encoding: str) -> float:
    """Return the log likelihood of the text under the likeliest language."""
    letters = [bytes([byte]).decode(encoding, errors="replace") for byte in range(256)]
    outer = 0.0
    words: Counter[str] = Counter()
    for (first, second), count in pairs.items():
        a, b = letters[first], letters[second]
        outer += count * _signs_cost(a, b)
        if a.islower() and b.isupper():
            outer += count * _CAPITAL_INSIDE
        pair = (a.lower() if a.isalpha() else EDGE) + (b.lower() if b.isalpha() else EDGE)
        words[pair] += count
    del words[EDGE * 2]
    return outer + max(sum(n * model.get(pair, _UNSEEN) for pair, n in words.items()) for model in _models().values())


def _signs_cost(first: str, second: str) -> float:
    """Return what the second sign costs, and what either costs for touching a letter."""
    cost = 0.0
    if not second.isascii() and not second.isalpha():
        undefined = second == "\ufffd" or "\x80" <= second < "\xa0"
        cost += _UNDEFINED if undefined else _USUAL_SIGN if second in _USUAL_SIGNS else _UNUSUAL_SIGN
    for sign, neighbour in ((first, second), (second, first)):
        if neighbour.isalpha() and not (sign.isascii() or sign.isalpha() or sign in _QUOTES_AND_DASHES):
            cost += _SIGN_AT_LETTER
    return cost


@cache
def _models() -> dict[str, Model]:
    """Return, for each language, the log probability of a letter after another (or after a word's edge)."""
    path = resources_dir() / "models" / "letters.json"
    try:
        frequencies: dict[str, dict[str, dict[str, int]]] = json.loads(path.read_bytes())
        models: dict[str, Model] = {}
        for language, after in frequencies.items():
            model = models[language] = {}
            for first, followers in after.items():
                total = sum(followers.values())
                for letter, count in followers.items():
                    model[first + letter] = math.log(count / total)
    except (OSError, ValueError, AttributeError, TypeError) as exc:
        raise ResourceError(
            f"The reader's letter models are damaged: {path.name}. Install the reader again.", path
        ) from exc
    return models
