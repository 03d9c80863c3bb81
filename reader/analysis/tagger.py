"""Tag person names with a conditional random field over tokens (python-crfsuite)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pycrfsuite

from reader.analysis.phonetic import INVISIBLE, plain, romanise, skeleton, sound
from reader.text.errors import ResourceError
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from reader.analysis.languages import NameWords, SpeechWords

# A letter, with what may stand unseen or combined inside a word.
_INSIDE = rf"[^\W_]|[\u0300-\u036f{INVISIBLE}]"
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_TOKEN = re.compile(
    rf"[^\W\d_]\.(?!\w{{2}})(?=\W|[^\W\d_]\.|$)"  # an initial
    rf"|(?:[{_LATIN}]|[\u0300-\u036f])+['’](?=[^\W\d_])"  # an elided word: d', dell', O'
    rf"|[^\W_](?:{_INSIDE})*(?:['’ʼ\-‐‑](?:{_INSIDE})+)*"
    r"|['’]s\b|\S"
)
_INITIAL = re.compile(r"[^\W\d_]\.")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark: its span in the text, its plain spelling, and that in lower-case a–z."""

    span: Span
    word: str
    latin: str
    capital: bool


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text[start:end]`; spans count from the text's start."""
    tokens = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = plain(match.group())
        if word:
            tokens.append(Token(Span(*match.span()), word, romanise(word.lower()), word[0].isupper()))
    return tokens


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's words around names, romanised, for look-up by token."""

    titles: frozenset[str]
    verbs: frozenset[str]
    not_people: frozenset[str]
    particles: frozenset[str]

    @classmethod
    def of(cls, names: NameWords, speech: SpeechWords) -> Cues:
        """Collect the single words of the language's lists; of a longer phrase, its last word."""

        def words(phrases: Iterable[str]) -> frozenset[str]:
            return frozenset(romanise(plain(phrase.split()[-1])) for phrase in phrases)

        return cls(words(names.titles), words(speech.verbs), words(names.not_people), words(names.particles))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the whole article says about a word: seen in lower case, and seen after a given name or an initial."""

    lower: frozenset[str]
    surnames: frozenset[str]

    @classmethod
    def of(cls, tokens: Iterable[Token], given: Collection[str]) -> Surroundings:
        """Read an article's tokens once."""
        lower, surnames = set(), set()
        before: Token | None = None
        for token in tokens:
            if not token.capital:
                lower.add(token.latin)
            elif before is not None and before.capital and (_in_given(before.latin, given) or _INITIAL.fullmatch(before.word)):
                surnames.add(token.latin[: max(4, len(token.latin) - 2)])
            before = token
        return cls(frozenset(lower), frozenset(surnames))


def _shape(word: str) -> str:
    """Return the outline of a word: upper, lower, digit, mark, runs shortened."""
    if _INITIAL.fullmatch(word):
        return "X."
    outline = []
    for char in word:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "0" if char.isdigit() else char
        if not outline or outline[-1] != kind:
            outline.append(kind)
    if len(word) > 1 and outline == ["X"]:
        return "XX"
    return "".join(outline)


def features(tokens: Sequence[Token], cues: Cues, around: Surroundings, given: Collection[str]) -> list[list[str]]:
    """Return the features of one sentence's tokens.

    Only capitalised words and what may join them get the full set: all other words are hardly ever names, and
    an article has many.
    """
    shapes = [_shape(token.word) for token in tokens]
    loud = sum(shape == "XX" for shape in shapes) > max(2, len(tokens) // 2)
    kinds = [_kind(token, cues, given) for token in tokens]
    rows = []
    run = 0
    for i, token in enumerate(tokens):
        run = run + 1 if token.capital else 0
        if not token.capital:
            rows.append(_small(tokens, kinds, i, cues))
            continue
        row = _own(token, "Xx" if loud and shapes[i] == "XX" else shapes[i], kinds[i], around)
        row.append(f"run={min(run, 4)}")
        if loud:
            row.append("loud")
        for offset in (-2, -1, 1, 2):
            j = i + offset
            if 0 <= j < len(tokens):
                near = tokens[j]
                row.append(f"{offset}={near.latin}")
                row.append(f"{offset}k={kinds[j]}")
                if offset in (-1, 1):
                    row.append(f"{offset}s={shapes[j]}")
                    row.append(f"{offset}e={near.latin[-3:]}")
                    row.append(f"{offset}kk={kinds[j]}|{kinds[i]}")
            else:
                row.append(f"{offset}=#")
                row.append(f"{offset}k=#|{kinds[i]}")
        rows.append(row)
    return rows


def _kind(token: Token, cues: Cues, given: Collection[str]) -> str:
    """Return what the lists say of one word: one letter a list."""
    word = token.latin
    kind = "C" if token.capital else "l" if word[:1].isalpha() else "0" if word[:1].isdigit() else "."
    if word in cues.titles:
        kind += "t"
    if word in cues.not_people:
        kind += "n"
    if word in cues.verbs:
        kind += "v"
    if token.capital:
        kind += _in_given(word, given)
    if word in cues.particles:
        kind += "p"
    return kind


def _in_given(word: str, given: Collection[str]) -> str:
    """Return G for a given name, g for one with what may be a case ending, nothing for other romanised words."""
    heard = sound(word)
    if heard in given:
        return "G"
    for cut in (1, 2, 3):
        stem = heard[:-cut]
        if len(stem) > 2 and any(stem + end in given for end in ("", "a", "i", "o", "e")):
            return "g"
    return ""


def _own(token: Token, shape: str, kind: str, around: Surroundings) -> list[str]:
    """Return the features of a capitalised word by itself."""
    word = token.latin
    row = ["cap", f"w={word}", f"s={shape}", f"k={kind}", f"b={skeleton(word)}", f"n={min(len(word), 8)}"]
    row += [f"e{n}={word[-n:]}" for n in (1, 2, 3, 4) if len(word) > n]
    row += [f"p{n}={word[:n]}" for n in (2, 3, 4) if len(word) > n]
    if word in around.lower:
        row.append("lower")
    if word[: max(4, len(word) - 2)] in around.surnames or word[:-1] in around.surnames:
        row.append("surname")
    return row


def _small(tokens: Sequence[Token], kinds: Sequence[str], i: int, cues: Cues) -> list[str]:
    """Return the features of a word in lower case, a number or a mark."""
    row = ["small", f"k={kinds[i]}"]
    before = i > 0 and tokens[i - 1].capital
    after = i + 1 < len(tokens) and (tokens[i + 1].capital or tokens[i + 1].latin in cues.particles)
    if after or before:
        row.append(f"between={before}{after}")
        row.append(f"w={tokens[i].latin}|{before}{after}")
        if before and after:
            row.append(f"around={kinds[i - 1]}|{kinds[i + 1]}")
    return row


@dataclass(frozen=True, slots=True)
class Tagged:
    """A run of tokens [first, last] that the model takes for a name; `probability` is the least of its tokens'."""

    first: int
    last: int
    probability: float


class Tagger:
    """The trained model and its list of given names."""

    def __init__(self, model: pycrfsuite.Tagger, given: frozenset[str]) -> None:
        self._model = model
        self.given = given

    @classmethod
    def load(cls, folder: Path) -> Tagger:
        """Read `people.crfsuite` and `given_names.txt` of a folder; raises `ResourceError`."""
        path = folder / "people.crfsuite"
        model = pycrfsuite.Tagger()
        try:
            given = frozenset((folder / "given_names.txt").read_text("utf-8").split())
            model.open(str(path))
        except (OSError, ValueError) as exc:
            raise ResourceError(
                f"The model that finds people ({path.name}) is missing or damaged: people are not marked."
                " Install the reader again.",
                path,
            ) from exc
        return cls(model, given)

    def tag(self, rows: list[list[str]]) -> list[Tagged]:
        """Return the names in one sentence's feature rows."""
        if not any(row[0] == "cap" for row in rows):
            return []
        self._model.set(rows)
        labels = self._model.tag()
        found: list[Tagged] = []
        for i, label in enumerate(labels):
            if label == "O":
                continue
            sure = self._model.marginal(label, i)
            if label == "I" and found and found[-1].last == i - 1:
                found[-1] = Tagged(found[-1].first, i, min(found[-1].probability, sure))
            else:
                found.append(Tagged(i, i, sure))
        return found
