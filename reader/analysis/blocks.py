"""Find what may be alike without comparing everything: names that share no key here can't be one person's."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

from reader.analysis.names import word_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.analysis.names import Name, Word

T = TypeVar("T")
_Key = str | int | tuple[object, object]
_Hand = tuple[str, bool] | None  # a language and whether in Latin letters; None: they are mixed or unknown


class Blocks(Generic[T]):
    """Things known by names, found by how the names' words begin, in one language by all of their consonants.

    `size` grows with every addition: what was found is found again until then.
    """

    def __init__(self) -> None:
        self.size = 0
        self._near: dict[tuple[_Hand, _Key], dict[int, T]] = defaultdict(dict)  # inside one language and script
        self._far: dict[_Key, dict[_Hand, dict[int, T]]] = defaultdict(lambda: defaultdict(dict))
        self._hands: set[_Hand] = set()
        self._waiting: list[tuple[T, Name, _Hand]] = []  # not yet in `_far`: most articles are in one language

    def add(self, thing: T, names: Iterable[Name]) -> None:
        """Make a thing found by more names."""
        for name in names:
            self.size += 1
            hand = _hand(name.words)
            self._hands.add(hand)
            self._waiting.append((thing, name, hand))
            for key in (*_keys(name, near=True), *_pairs(name, near=True, wanted=False)):
                self._near[hand, key][id(thing)] = thing

    def near(self, names: Iterable[Name]) -> list[T]:
        """Return the things that one of some names may belong to."""
        found: dict[int, T] = {}
        for name in names:
            hand = _hand(name.words)
            for near in self._distances(hand):
                keys = _pairs(name, near=near, wanted=True) if name.given else _keys(name, near=near)
                self._collect(found, hand, keys, near=near)
        return list(found.values())

    def having(self, word: Word) -> list[T]:
        """Return the things with a name that has a word like this one."""
        found: dict[int, T] = {}
        hand = _hand((word,))
        for near in self._distances(hand):
            self._collect(found, hand, _of_word(word, near=near), near=near)
        return list(found.values())

    def _distances(self, hand: _Hand) -> Iterator[bool]:
        """Yield whether to look near: inside the language and script, and far: in all others, where there are any."""
        if hand is not None:
            yield True
        if hand is None or self._hands - {hand}:
            for thing, name, own in self._waiting:
                for key in (*_keys(name, near=False), *_pairs(name, near=False, wanted=False)):
                    self._far[key][own][id(thing)] = thing
            self._waiting.clear()
            yield False

    def _collect(self, found: dict[int, T], hand: _Hand, keys: set[_Key], *, near: bool) -> None:
        for key in keys:
            if near:
                found |= self._near.get((hand, key), {})
                continue
            for other, things in self._far.get(key, {}).items():
                if hand is None or other != hand:
                    found |= things


def _hand(words: Iterable[Word]) -> _Hand:
    hands = {(word.grammar.code, word.latin) for word in words}
    only = hands.pop() if len(hands) == 1 else None
    return only if only and only[0] else None


def _of_word(word: Word, *, near: bool) -> set[_Key]:
    keys = word_keys(word)
    return {*word.groups, *(keys.consonants if near else keys.bones)}


def _keys(name: Name, *, near: bool) -> set[_Key]:
    """Return the keys by which a name and a word alone are compared; the word may be a given name's short form."""
    keys: set[_Key] = set((name.given or name.surname).groups)
    for word in name.full or name.words:
        keys |= _of_word(word, near=near) - word.groups
    return keys


def _pairs(name: Name, *, near: bool, wanted: bool) -> set[_Key]:
    """Return the keys by which names of two words and more are compared: two of these must be alike.

    A word is kept under its first sound for the initials that ask for it ("m…"), and asks for those kept ("m.").
    """
    pairs: set[_Key] = set()
    for word, other in _couples(name):
        firsts = word_keys(other).firsts
        if other.initial:
            seconds: set[_Key] = {first + mark for first in firsts for mark in (".…" if wanted else ".")}
        else:
            seconds = _of_word(other, near=near) | {first + ("." if wanted else "…") for first in firsts}
        pairs |= {(one, second) for one in _of_word(word, near=near) - word.groups for second in seconds}
    return pairs


def _couples(name: Name) -> Iterator[tuple[Word, Word]]:
    for word in name.full or name.words:
        for other in name.words:
            if other is not word:
                yield word, other
