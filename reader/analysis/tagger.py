"""Tag person names with a conditional random field over tokens (python-crfsuite)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import pycrfsuite

from reader.analysis.phonetic import INVISIBLE, plain, romanise, skeleton, sound
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from reader.analysis.languages import NameWords, SpeechWords

MODEL = "people.crfsuite"
CHECKSUM = "people.sha256"
LISTS = ("given_names.txt", "surnames.txt", "figures.txt", "places.txt")

# A letter, with what may stand unseen or combined inside a word.
_INSIDE = rf"[^\W_]|[\u0300-\u036f{INVISIBLE}]"
_LATIN = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()]
_UPPER = "".join(char for char in _LATIN if char.isupper())
_LOWER = "".join(char for char in _LATIN if char.islower())
_SOFT = "bcdfgjklmnpqrstvwxzčšžśźñ"  # before these an apostrophe is a soft sign: Ol'ga, L'vovych
_TOKEN = re.compile(
    r"[^\W\d_]\.(?:-[^\W\d_]\.)*(?!\w{2})(?=\W|[^\W\d_]\.|$)"  # an initial: J. or J.-B.
    rf"|(?:[{_UPPER}{_LOWER}]{{1,2}}(?![’'][{_SOFT}])|[{_LOWER}]+)['’](?=[^\W\d_])"  # an elided word: d', dell', O'
    rf"|[{_UPPER}{_LOWER}]+['’](?=[{_UPPER}])"
    rf"|[^\W_](?:{_INSIDE})*(?:['’ʼ\-‐‑](?!s\b)(?:{_INSIDE})+)*"
    r"|['’]s\b|\S"
)
_INITIAL = re.compile(r"[^\W\d_]\.(?:-[^\W\d_]\.)*")
_FUNCTION = 4  # letters up to which a phrase's last word is likely a preposition
_PREFIX = 3  # al-, аш-: longer than this is no Arabic article
# Words that are remembered: with fewer, a folder in ten languages forgets each before its next turn.
_VOCABULARY = 1 << 15
_new = tuple.__new__  # what `Token(…)` does, in a quarter of the time


class Token(NamedTuple):
    """A word or a mark: its place in the text, its plain spelling, and that in lower-case a–z.

    A tuple, for these are made by the thousand, and a frozen dataclass takes four times as long to make.
    """

    start: int
    end: int
    word: str
    latin: str
    capital: bool


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text[start:end]`; places count from the text's start."""
    tokens = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        read = _read(match.group())
        if read[0]:
            tokens.append(_new(Token, (*match.span(), *read)))
    return tokens


@lru_cache(maxsize=_VOCABULARY)
def _read(written: str) -> tuple[str, str, bool]:
    """Return a word's plain spelling, that in a–z, and whether it is written like a name."""
    word = plain(written)
    return word, romanise(word.lower()), bool(word) and _is_capital(word)


def is_initial(word: str) -> bool:
    """Say whether a plain word is an initial: a letter and a full stop."""
    return _INITIAL.fullmatch(word) is not None


def _is_capital(word: str) -> bool:
    """Say whether a plain word is written like a name: Assad, al-Assad."""
    if word[0].isupper():
        return True
    head, joint, rest = word.partition("-")
    return bool(joint) and len(head) <= _PREFIX and head.isalpha() and rest[:1].isupper()


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's words around names, romanised, for look-up by token."""

    titles: frozenset[str]
    verbs: frozenset[str]
    not_people: frozenset[str]
    particles: frozenset[str]

    @classmethod
    def of(cls, names: NameWords, speech: SpeechWords) -> Cues:
        """Collect the single words of the language's lists; of a longer phrase, its last word if that is a long one."""

        def words(phrases: Iterable[str]) -> frozenset[str]:
            last = ((phrase, phrase.split()[-1]) for phrase in phrases)
            return frozenset(romanise(plain(word)) for phrase, word in last if word == phrase or len(word) > _FUNCTION)

        return cls(words(names.titles), words(speech.verbs), words(names.not_people), words(names.particles))


class NameLists:
    """Given names, surnames, surnames of public figures, and places by their sound, looked up in any case form."""

    def __init__(self, *lists: frozenset[str]) -> None:
        self.lists = lists
        self._flags: dict[str, str] = {}

    def without(self, words: Collection[str]) -> NameLists:
        """Return the lists as if they had none of the romanised words, in any case form."""
        lists = NameLists(*self.lists)
        lists._flags = dict.fromkeys(words, "")
        return lists

    def flags(self, latin: str) -> str:
        """Return G for a given name, S a surname, F a public figure, P a place; in lower case for a case form."""
        known = self._flags.get(latin)
        if known is None:
            heard = sound(latin)
            known = "".join(_look_up(heard, words, mark) for words, mark in zip(self.lists, "GSFP", strict=True))
            if len(self._flags) > _REMEMBERED:
                self._flags.clear()
            self._flags[latin] = known
        return known


_REMEMBERED = 1 << 14
_STEM = 3  # letters that are left of a word when a case ending is taken off


def _look_up(heard: str, words: Collection[str], mark: str) -> str:
    """Return the mark for a word of the list, in lower case for what may be a case form of it, or nothing."""
    if heard in words:
        return mark
    for cut in range(1, min(3, len(heard) - _STEM) + 1):
        stem = heard[:-cut]
        if any(stem + end in words for end in ("", "a", "i", "o", "e")):
            return mark.lower()
    return ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the whole article says about a word: seen in lower case, and seen after a given name or an initial."""

    lower: frozenset[str]
    surnames: frozenset[str]

    @classmethod
    def of(cls, tokens: Iterable[Token], lists: NameLists) -> Surroundings:
        """Read an article's tokens once."""
        lower, surnames = set(), set()
        before: Token | None = None
        for token in tokens:
            if not token.capital:
                lower.add(token.latin)
            elif before is not None and before.capital and _is_given(before, lists):
                surnames.add(token.latin[: max(4, len(token.latin) - 2)])
            before = token
        return cls(frozenset(lower), frozenset(surnames))


def _is_given(token: Token, lists: NameLists) -> bool:
    return is_initial(token.word) or lists.flags(token.latin)[:1] in ("G", "g")


@lru_cache(maxsize=_VOCABULARY)
def _shape(word: str) -> str:
    """Return the outline of a word: upper, lower, digit, mark, runs shortened."""
    if is_initial(word):
        return "X."
    outline: list[str] = []
    for char in word:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "0" if char.isdigit() else char
        if not outline or outline[-1] != kind:
            outline.append(kind)
    if len(word) > 1 and outline == ["X"]:
        return "XX"
    return "".join(outline)


def features(tokens: Sequence[Token], cues: Cues, around: Surroundings, lists: NameLists) -> list[list[str]]:
    """Return the features of one sentence's tokens.

    Only capitalised words and what may join them get the full set: all other words are hardly ever names, and
    an article has many.
    """
    shapes = [_shape(token.word) for token in tokens]
    loud = sum(shape == "XX" for shape in shapes) > max(2, len(tokens) // 2)
    kinds = [_kind(token, cues, lists) for token in tokens]
    quoted = _in_short_quotes(tokens)
    rows = []
    run = ""
    for i, token in enumerate(tokens):
        if not token.capital:
            run = ""
            rows.append(_small(tokens, kinds, i, cues))
            continue
        row = _own(token, "Xx" if loud and shapes[i] == "XX" else shapes[i], kinds[i], around)
        row += _near(tokens, kinds, shapes, i)
        row.append(f"run={run}")
        run = run[-2:] + ("G" if "G" in kinds[i] or "g" in kinds[i] else "P" if "P" in kinds[i] else "C")
        if loud:
            row.append("loud")
        if quoted[i]:
            row.append(f"quoted={quoted[i]}")
        if any("t" in kinds[j] for j in range(max(0, i - 4), i)):
            row.append("title4")
        if any("v" in kinds[j] for j in range(i + 1, min(len(tokens), i + 4))):
            row.append("verb3" if i else "verb3#")
        rows.append(row)
    return rows


def _near(tokens: Sequence[Token], kinds: Sequence[str], shapes: Sequence[str], i: int) -> list[str]:
    """Return what two words on each side say."""
    row: list[str] = []
    last = len(tokens) - 1
    for offset in (-2, -1, 1, 2):
        j = i + offset
        if not 0 <= j <= last:
            row += (f"{offset}=#", f"{offset}k=#|{kinds[i]}")
            continue
        row += (f"{offset}={tokens[j].latin}", f"{offset}k={kinds[j]}")
        if offset in (-1, 1):
            row += (f"{offset}s={shapes[j]}", f"{offset}e={tokens[j].latin[-3:]}", f"{offset}kk={kinds[j]}|{kinds[i]}")
    left = _role(tokens, kinds, i - 1)
    right = _role(tokens, kinds, i + 1)
    row.append(f"kkk={left}|{kinds[i]}|{right}")
    return row


def _role(tokens: Sequence[Token], kinds: Sequence[str], i: int) -> str:
    """Return what stands at a place: a mark as itself, a word by its kind, the sentence's edge."""
    if not 0 <= i < len(tokens):
        return "#"
    return tokens[i].word if kinds[i] == "." else kinds[i]


def _kind(token: Token, cues: Cues, lists: NameLists) -> str:
    """Return what the lists say of one word: one letter a list."""
    word = token.latin
    kind = "C" if token.capital else "l" if word[:1].isalpha() else "0" if word[:1].isdigit() else "."
    if word in cues.titles:
        kind += "t"
    if word in cues.not_people:
        kind += "n"
    if word in cues.verbs:
        kind += "v"
    if word in cues.particles:
        kind += "p"
    return kind + lists.flags(word) if token.capital else kind


OPENING = frozenset("„«“\"‘‚”'")
CLOSING = frozenset("”»“\"’'")
_SHORT = 4


def _in_short_quotes(tokens: Sequence[Token]) -> list[int]:
    """Return for each token the number of words in the quotes around it, where that is small: often a title."""
    inside = [0] * len(tokens)
    for i, token in enumerate(tokens):
        if token.word not in OPENING:
            continue
        for j in range(i + 2, min(len(tokens), i + 2 + _SHORT)):
            if tokens[j].word in CLOSING:
                inside[i + 1 : j] = [j - i - 1] * (j - i - 1)
                break
    return inside


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


def checksum(folder: Path) -> str:
    """Return the SHA-256 of the model and its lists; raises `OSError`."""
    digest = hashlib.sha256()
    for name in (MODEL, *LISTS):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Tagged:
    """One sentence as the model sees it: a label (B, I, O) and the probability of a name for each token."""

    labels: tuple[str, ...]
    probabilities: tuple[float, ...]

    def runs(self, least: Sequence[float]) -> list[tuple[int, int]]:
        """Return the names as half-open ranges of tokens.

        The likeliest labelling misses more names than it makes up, for names are rarer in what it learned from
        than in the news: words that it calls none join from the probability `least` on, one for each token.
        """
        runs: list[tuple[int, int]] = []
        for i, label in enumerate(self.labels):
            if label == "O" and self.probabilities[i] < least[i]:
                continue
            if label != "B" and runs and runs[-1][1] == i:
                runs[-1] = (runs[-1][0], i + 1)
            else:
                runs.append((i, i + 1))
        return runs


def untagged(length: int) -> Tagged:
    """Return a sentence of `length` tokens without a name."""
    return Tagged(("O",) * length, (0.0,) * length)


class Tagger:
    """The trained model and its lists of names."""

    def __init__(self, model: pycrfsuite.Tagger, lists: NameLists) -> None:
        self._model = model
        self._asking = Lock()  # set, tag and marginal share one state: threads must not come between
        self.lists = lists

    @classmethod
    def load(cls, folder: Path) -> Tagger:
        """Read the model and the `LISTS` of a folder; raises `ResourceError` where they aren't as trained."""
        path = folder / MODEL
        model = pycrfsuite.Tagger()
        try:
            if checksum(folder) != (folder / CHECKSUM).read_text("utf-8").strip():
                raise ValueError("the checksum differs")  # the library reads a damaged model and crashes later
            lists = NameLists(*(frozenset((folder / name).read_text("utf-8").split()) for name in LISTS))
            model.open(str(path))
        except (OSError, ValueError) as exc:
            raise ResourceError(
                f"The model that finds people ({path.name}) is missing or damaged: people are not marked."
                " Install the reader again.",
                path,
            ) from exc
        return cls(model, lists)

    def tag(self, rows: list[list[str]]) -> Tagged:
        """Label one sentence's feature rows."""
        with self._asking:
            self._model.set(rows)
            labels = self._model.tag()
            names = tuple(1 - self._model.marginal("O", i) if rows[i][0] == "cap" else 0.0 for i in range(len(rows)))
        return Tagged(tuple(labels), names)
