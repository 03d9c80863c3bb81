"""Words of a text and the phrases of a language file that stand among them: reporting verbs, titles, pronouns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reader.analysis.languages import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.analysis.languages import Language
    from reader.articles.article import Paragraph

_WORD = re.compile(r"\w+(?:[-'’ʼ‑]\w+)*['’]?")
_LONGEST_ELISION = 6  # letters with the apostrophe: dell’, quell’
_PARTICLE = 2  # letters of what may stand before a finite verb: se, се, s'
FEMININE, MASCULINE = -1, 1
_new = tuple.__new__  # what `Word(…)` does, in a quarter of the time
_GAP = 9  # letters that the one word inside "a … declarat" may have


class Role:
    """What a phrase can do in a sentence that reports speech, as bits: one phrase may do several things.

    Plain numbers, for an `enum.Flag` takes half the time of the analysis.
    """

    VERB = 1
    ACCORDING = 2
    PRONOUN = 4
    SAME_SOURCE = 8
    UNNAMED = 16
    ORGANISATION = 32
    TITLE = 64
    PREPOSITION = 128
    ADVERB = 256
    STOP = 512
    DEFINITE = 1024  # an article, or the ending of a noun that has it built in
    INDEFINITE = 2048
    LEADER = 4096
    GENITIVE = 8192
    PLURAL = 16384  # a verb that several people share
    RELATIVE = 32768
    THUS = 65536


class Word(NamedTuple):
    """A word's place, and the word folded for comparison; `capital` says that it begins with a capital.

    A tuple, for these are made by the thousand, and a frozen dataclass takes four times as long to make.
    """

    start: int
    end: int
    folded: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words [first, last) of a list that do the things in `roles`."""

    first: int
    last: int
    roles: int


def split_words(text: str, start: int, end: int) -> list[Word]:
    """Return the words of text[start:end]; an elided one (l’Europa, dell'unione) is a word of its own."""
    folded = fold(text[start:end])
    elided = "'" in folded
    found: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        first, last = match.span()
        word = folded[first - start : last - start]
        cut = word.find("'", 1, _LONGEST_ELISION) + 1 if elided else 0
        if 0 < cut < len(word) - 1:
            found.append(Word(first, first + cut, word[:cut], text[first].isupper()))
            first, word = first + cut, word[cut:]
        found.append(_new(Word, (first, last, word, text[first].isupper())))
    return found


class PhraseBook:
    """Find a language's phrases among words, the longest first.

    `articles` says that a noun doesn't stand without one, so that a bare word after a verb is no subject;
    `titled` are words that a title or a name in quotes stands after.
    """

    def __init__(self, language: Language) -> None:
        speech = language.speech
        roles: dict[tuple[str, ...], int] = {}
        for role, spellings in _phrases(language):
            for spelling in spellings:
                key = tuple(word.folded for word in split_words(spelling, 0, len(spelling)))
                if len(key) > 1 and role == Role.PRONOUN and key[0] in speech.definite:
                    key = key[1:]  # the article is a word of its own
                if role == Role.SAME_SOURCE and _holds(key, roles):
                    continue  # "he said": the verb and its pronoun tell more
                if key and not spelling.startswith("-"):
                    roles[key] = roles.get(key, 0) | role
        plural = _endings(speech.plural)
        impersonal = {words for words in speech.plural if " " in words}
        for key, role in roles.items():
            finite = key[0] if len(key[0]) > _PARTICLE else key[-1]
            if role & Role.VERB and (finite.endswith(plural) or key[0] in speech.plural or " ".join(key) in impersonal):
                roles[key] = role | Role.PLURAL
        self.answers = frozenset(speech.answers)
        self._first = frozenset(speech.first_person)
        self._first_endings = _endings(speech.first_person)
        self.capital_nouns = speech.capital_nouns
        self._genders = (
            (FEMININE, frozenset(speech.feminine), _endings(speech.feminine)),
            (MASCULINE, frozenset(speech.masculine), _endings(speech.masculine)),
        )
        self.titled = frozenset(language.quotes.titled + language.names.not_people)
        self.articles = bool(speech.definite and speech.indefinite)
        self._endings = ((Role.INDEFINITE, _endings(speech.indefinite)), (Role.DEFINITE, _endings(speech.definite)))
        self._single = {key[0]: role for key, role in roles.items() if len(key) == 1}
        self._longer: dict[tuple[str, ...], list[tuple[tuple[str, ...], int]]] = {}
        for key in sorted((key for key in roles if len(key) > 1), key=len, reverse=True):
            self._longer.setdefault(key[:2], []).append((key, roles[key]))
        self._begins = frozenset(key[0] for key in roles)

    def of_oneself(self, words: Sequence[str]) -> bool:
        """Say whether words are in the first person, so that what they report was said by whoever says them."""
        return any(word in self._first or word.endswith(self._first_endings) for word in words)

    def gender(self, words: Sequence[str]) -> int:
        """Return the gender that words tell, pronouns and titles, 0 where they tell none."""
        return next((gender for word in words for gender, known, _ in self._genders if word in known), 0)

    def verb_gender(self, words: Sequence[str]) -> int:
        """Return the gender that a verb's ending tells of its subject, 0 where it tells none."""
        return next((g for word in words for g, _, endings in self._genders if word.endswith(endings)), 0)

    def of_ending(self, word: Word) -> int:
        """Return what a word's ending says, where no phrase holds the word."""
        return next((role for role, endings in self._endings if word.folded.endswith(endings)), 0)

    def at(self, words: Sequence[Word], index: int) -> Phrase | None:
        """Return the longest phrase that starts at a word."""
        first = words[index].folded
        if first not in self._begins:
            return None
        if index + 1 < len(words):
            for key, roles in self._longer.get((first, words[index + 1].folded), ()):
                last = index + len(key)
                if last <= len(words) and all(words[index + i].folded == part for i, part in enumerate(key)):
                    return Phrase(index, last, roles)
        if index + 2 < len(words) and not words[index + 1].capital and len(words[index + 1].folded) <= _GAP:
            for key, roles in self._longer.get((first, words[index + 2].folded), ()):
                if len(key) == 2 and roles & Role.VERB:  # one word inside a verb of two: "ha poi aggiunto"
                    return Phrase(index, index + 3, roles)
        if first in self._single:
            return Phrase(index, index + 1, self._single[first])
        return None

    def all_in(self, words: Sequence[Word]) -> list[Phrase]:
        """Return the phrases in order, none overlapping another."""
        found: list[Phrase] = []
        index = 0
        while index < len(words):
            phrase = self.at(words, index)
            if phrase is None:
                index += 1
            else:
                found.append(phrase)
                index = phrase.last
        return found


def _phrases(language: Language) -> tuple[tuple[int, Sequence[str]], ...]:
    speech = language.speech
    return (
        (Role.VERB, speech.verbs),
        (Role.ACCORDING, speech.according),
        (Role.PRONOUN, speech.pronouns),
        (Role.SAME_SOURCE, speech.same_source),
        (Role.UNNAMED, speech.unnamed),
        (Role.ORGANISATION, speech.organisations),
        (Role.TITLE, language.names.titles),
        (Role.PREPOSITION, speech.prepositions),
        (Role.ADVERB, speech.adverbs),
        (Role.STOP, speech.stops),
        (Role.DEFINITE, speech.definite),
        (Role.INDEFINITE, speech.indefinite),
        (Role.LEADER, speech.leaders),
        (Role.RELATIVE | Role.STOP, speech.relatives),
        (Role.GENITIVE | Role.PREPOSITION, speech.genitive),
        (Role.THUS, speech.thus),
    )


def _holds(key: tuple[str, ...], roles: dict[tuple[str, ...], int]) -> bool:
    """Say whether a verb stands in a phrase."""
    ends = range(1, len(key) + 1)
    return any(roles.get(key[first:end], 0) & Role.VERB for end in ends for first in range(end))


def _endings(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word[1:] for word in words if word.startswith("-"))


@lru_cache(maxsize=32)
def phrase_book(language: Language) -> PhraseBook:
    """Return the book of a language, made once."""
    return PhraseBook(language)


class Shelf:
    """The phrase books of one article's languages; a language is looked up once, for its words are many."""

    def __init__(self, language: Callable[[Paragraph], Language]) -> None:
        self._language = language
        self._books: dict[str, PhraseBook] = {}

    def language(self, paragraph: Paragraph) -> Language:
        """Return the language a paragraph is written in."""
        return self._language(paragraph)

    def book(self, paragraph: Paragraph) -> PhraseBook:
        """Return the book of the language a paragraph is written in."""
        language = self._language(paragraph)
        if language.code not in self._books:
            self._books[language.code] = phrase_book(language)
        return self._books[language.code]
