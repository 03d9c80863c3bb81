"""Find what may be alike without comparing everything: names that share no key here can't be one person's."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

from reader.analysis.names import word_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.analysis.names import Name, Word

T = TypeVar("T")
_Key = str | int | tuple[str, str | int]
_Hand = tuple[str, bool] | None  # a language and whether in Latin letters; None: they are mixed or unknown


class Blocks(Generic[T]):
    """Things known by names, found by how the names' words begin, in one language by all of their consonants.

    `size` grows with every addition: what was found is found again until then.
    """

    def __init__(self) -> None:
        self.size = 0
        self._near: dict[tuple[_Hand, _Key], dict[int, T]] = defaultdict(dict)  # inside one language and script
        self._far: dict[_Key, dict[_Hand, dict[int, T]]] = defaultdict(lambda: defaultdict(dict))

    def add(self, thing: T, names: Iterable[Name]) -> None:
        """Make a thing found by more names."""
        for name in names:
            self.size += 1
            hand = _hand(name.words)
            for key in (*_keys(name, near=True), *_near_pairs(name, wanted=False)):
                self._near[hand, key][id(thing)] = thing
            for key in (*_keys(name, near=False), *_far_pairs(name)):
                self._far[key][hand][id(thing)] = thing

    def near(self, names: Iterable[Name]) -> list[T]:
        """Return the things that one of some names may belong to."""
        found: dict[int, T] = {}
        for name in names:
            if name.given:
                near, far = _near_pairs(name, wanted=True), _far_pairs(name)
            else:
                near, far = _keys(name, near=True), _keys(name, near=False)
            self._collect(found, _hand(name.words), near, far)
        return list(found.values())

    def having(self, word: Word) -> list[T]:
        """Return the things with a name that has a word like this one."""
        found: dict[int, T] = {}
        self._collect(found, _hand((word,)), _of_word(word, near=True), _of_word(word, near=False))
        return list(found.values())

    def _collect(self, found: dict[int, T], hand: _Hand, near: set[_Key], far: set[_Key]) -> None:
        if hand is not None:
            for key in near:
                found |= self._near.get((hand, key), {})
        for key in far:
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


def _far_pairs(name: Name) -> set[_Key]:
    """Return the keys by which names of two words and more are compared: two of these must be alike."""
    return {
        (bone, first)
        for word, other in _couples(name)
        for bone in word_keys(word).bones
        for first in word_keys(other).firsts | other.groups
    }


def _near_pairs(name: Name, *, wanted: bool) -> set[_Key]:
    """Return the same inside one language and script, where all consonants tell, but for a word's initial.

    A word is kept under its first sound for the initials that ask for it ("m…"), and asks for those kept ("m.").
    """
    keys: set[_Key] = set()
    for word, other in _couples(name):
        firsts = word_keys(other).firsts
        if other.initial:
            seconds: set[str | int] = {first + mark for first in firsts for mark in (".…" if wanted else ".")}
        else:
            seconds = {*word_keys(other).consonants, *other.groups}
            seconds |= {first + ("." if wanted else "…") for first in firsts}
        keys |= {(one, second) for one in word_keys(word).consonants for second in seconds}
    return keys


def _couples(name: Name) -> Iterator[tuple[Word, Word]]:
    for word in name.full or name.words:
        for other in name.words:
            if other is not word:
                yield word, other
