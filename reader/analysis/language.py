"""Tell which language an article is in, and which of its paragraphs are in another one.

lingua in its low-accuracy mode (trigrams only): on whole articles it is as right as the other mode, and it
stays below 80 MB where the other one grows to 900 MB on short texts. A model takes ten milliseconds to load, so the
small words of a text (articles, prepositions, pronouns) say which languages with a file it may be in, and lingua is
asked of these and their neighbours; of all with a file where the words say nothing, and of all it knows where the
text lacks the small words of the language found.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reader.analysis.languages import fold, known_languages, load_common, load_language
from reader.analysis.results import LanguageGuess
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from lingua import LanguageDetector as Lingua

    from reader.analysis.languages import Language, Words

UNDETERMINED = "und"

# What news are written in and Argos has packages for. Left out on purpose: languages that lingua takes for
# a neighbour on short texts (Bosnian, Afrikaans, Malay, Nynorsk) and those without newspapers (Latin).
LANGUAGES = (
    *("ar", "az", "be", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "he"),
    *("hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "lt", "lv", "mk", "mn", "nb", "nl", "pl", "pt"),
    *("ro", "ru", "sk", "sl", "sq", "sr", "sv", "th", "tl", "tr", "uk", "ur", "vi", "zh"),
)

# Languages that are taken for one with a file of its own, if lingua isn't told of them.
NEIGHBOURS = {
    **{"bg": ("mk", "sr"), "de": ("nl",), "en": ("nl",), "es": ("ca", "pt"), "fr": ("ca",), "it": ("ca",)},
    **{"pl": ("cs",), "ru": ("be", "mk"), "uk": ("be",)},
}
TELLING_WORDS = 0.2  # share of common words from which they tell a language
ALONE = 0.15  # the same where no other language has half as many
LIKELY = 0.6  # share of the best language's common words that another has if it may be the one
TELLING = 90  # characters of a paragraph from which on it may be in any language, not just a likely one
USUAL_WORDS = 0.1  # share of a text's words that are among the small words of its language's file, at least

SAMPLE = 3000  # characters that are read of an article, or of a paragraph
GLANCE = 100  # characters that confirm a paragraph's language; what they don't confirm is read as a whole
GLANCES = 5  # as many confirm an article's
SCRIPT_LETTERS = 200  # characters from all over a text that tell its script
CONFIRMED = 0.99  # confidence at which a glance is enough
FEWEST_LETTERS = 20  # below these nothing is said
PARAGRAPH_LETTERS = 40  # letters outside names that a paragraph needs to be judged on its own
SURE = 0.9  # confidence from which a paragraph is in another language

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


class LanguageDetector:
    """Detects languages with lingua, which is imported and loaded at the first call."""

    def __init__(self, load: Callable[[str], Language] = load_language) -> None:
        self._load = load
        self._words: dict[str, frozenset[str]] = {}
        self._linguas: dict[frozenset[str], Lingua] = {}

    def detect(self, text: str) -> LanguageGuess:
        """Return the language of an article's text; "und" with `how` "default" where there is too little text."""
        sample = _sample(text)
        if sum(map(str.isalpha, sample)) < FEWEST_LETTERS:
            return LanguageGuess(UNDETERMINED, 0.0, "default")
        values = self._confidences(_glances(sample))
        if max(values.values(), default=0.0) < CONFIRMED:
            values = self._confidences(sample)
        code, confidence = next(iter(values.items()), (UNDETERMINED, 0.0))
        return LanguageGuess(code, round(confidence, 4), "detected" if confidence else "default")

    def detect_paragraphs(self, texts: Sequence[str], main: LanguageGuess) -> list[str | None]:
        """Return for each paragraph its language where that clearly isn't the article's, else None.

        Names tell nothing about a language and are left out. Short lines are judged with the lines next to
        them: a heading of links goes with the links.
        """
        if main.code == UNDETERMINED:
            return [None] * len(texts)
        scripts = [_script(text) for text in texts]
        lengths: Counter[str] = Counter()
        for text, script in zip(texts, scripts, strict=True):
            lengths[script] += len(text)
        usual = max(lengths, key=lengths.__getitem__, default="")
        told = [_without_names(text) if own == usual else text for text, own in zip(texts, scripts, strict=True)]
        letters = [sum(map(str.isalpha, text[:GLANCE])) for text in told]
        own = [
            count >= PARAGRAPH_LETTERS and self._is_in(text, main.code)
            for text, count in zip(told, letters, strict=True)
        ]
        codes = [
            None if own[i] else self._foreign(text, letters[i], main.code, in_other_script=scripts[i] != usual)
            for i, text in enumerate(told)
        ]
        for run in _runs([code is None and not mine for code, mine in zip(codes, own, strict=True)]):
            likely = self._foreign(" ".join(told[i] for i in run), sum(letters[i] for i in run), main.code)
            beside = [codes[i] for i in (run.start - 1, run.stop) if 0 <= i < len(codes)]
            code = next((code for code in (likely, *beside) if code), None)
            for i in run if code else ():
                values = self._confidences(told[i], beside=main.code)
                codes[i] = code if values.get(code or "", 0.0) > values.get(main.code, 0.0) else None
        return codes

    def _is_in(self, text: str, main: str) -> bool:
        """Say whether a text's beginning, or else all of it, is most likely in the main language."""
        glance = text[:GLANCE]
        told = next(iter(self._ask(self._likely(glance, main), glance)), main)
        if told == main and self._usual(text, main) >= USUAL_WORDS:
            return True
        return next(iter(self._confidences(text, main, main)), main) == main

    def _foreign(self, text: str, letters: int, main: str, *, in_other_script: bool = False) -> str | None:
        """Return the language of a text that has letters enough and is clearly not in the main language."""
        if letters < (FEWEST_LETTERS // 2 if in_other_script else PARAGRAPH_LETTERS):
            return None
        code, confidence = next(iter(self._confidences(text, beside=main).items()), (main, 0.0))
        if code == main or (self._small(code) and self._usual(text, code) < self._usual(text, main)):
            return None
        return code if in_other_script or confidence >= SURE else None

    def _confidences(self, text: str, main: str = "", beside: str = "") -> dict[str, float]:
        """Return lingua's confidences that are above zero, by code, the best first; see `_likely` for `main`.

        A few words `beside` an article in a language with a file don't tell of all languages there are.
        """
        text = text[:SAMPLE]
        values = self._ask(self._likely(text, main), text)
        unusual = self._usual(text, next(iter(values), UNDETERMINED)) < USUAL_WORDS
        told = not self._small(beside) or len(text) >= TELLING
        return self._ask(LANGUAGES, text) if unusual and told else values

    def _likely(self, text: str, main: str) -> set[str]:
        """Return the languages that a text may be in by its common words: none but `main` where it has the most."""
        script, words = _script(text), _words(text)
        shares = {code: _share(words, common) for code, (scripts, common) in _common() if script in scripts}
        best, second = (*sorted(shares.values(), reverse=True), 0.0, 0.0)[:2]
        if best < (ALONE if best >= 2 * second else TELLING_WORDS):
            likely = set(known_languages())
        elif shares.get(main) == best:
            likely = {main}
        else:
            likely = {code for code, share in shares.items() if share >= LIKELY * best}
        return likely.union(*(NEIGHBOURS.get(code, ()) for code in likely)) & set(LANGUAGES)

    def _ask(self, codes: Iterable[str], text: str) -> dict[str, float]:
        if not text:
            return {}
        asked = frozenset(codes) or frozenset(LANGUAGES)
        if asked not in self._linguas:
            self._linguas[asked] = _lingua(asked)
        values = self._linguas[asked].compute_language_confidence_values(text)
        return {value.language.iso_code_639_1.name.lower(): value.value for value in values if value.value > 0}

    def _usual(self, text: str, code: str) -> float:
        """Return which share of a text's words are among the small words of a language that has a file."""
        return _share(_words(text), self._small(code))

    def _small(self, code: str) -> frozenset[str]:
        if code not in self._words:
            self._words[code] = _small_words(self._load, code)
        return self._words[code]


def _lingua(codes: Iterable[str]) -> Lingua:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    known = [IsoCode639_1.from_str(code.upper()) for code in sorted(codes)]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*known).with_low_accuracy_mode().build()


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    """Return a text's words but for single Latin vowels: "a" is a word in half of the languages."""
    return tuple(word for word in _WORD.findall(fold(text[:SAMPLE])) if word not in "aeiou")


def _share(words: Sequence[str], among: Collection[str]) -> float:
    return sum(map(among.__contains__, words)) / max(1, len(words))


@cache
def _common() -> tuple[tuple[str, tuple[Words, frozenset[str]]], ...]:
    """Return scripts and common words of each language with a file that isn't broken."""
    found = []
    for code in known_languages():
        with suppress(ResourceError):
            found.append((code, load_common(code)))
    return tuple(found)


def _small_words(load: Callable[[str], Language], code: str) -> frozenset[str]:
    """Return a language's articles, prepositions, pronouns and the like; none where it has no file, or a broken one."""
    if code not in known_languages():
        return frozenset()
    try:
        language = load(code)
    except ResourceError:
        return frozenset()
    speech, names = language.speech, language.names
    small = (speech.prepositions, speech.adverbs, speech.pronouns, speech.stops, speech.definite, speech.indefinite)
    more = (speech.genitive, speech.relatives, speech.verbs, names.articles, names.particles)
    every = (language.common, language.sentences.starters, *small, *more)
    return frozenset(word for words in every for word in words)


def _sample(text: str) -> str:
    """Return the beginning and the middle of a long text: its end is often not the article's own."""
    if len(text) <= SAMPLE:
        return text
    middle = len(text) // 2
    return text[: SAMPLE * 2 // 3] + "\n" + text[middle : middle + SAMPLE // 3]


def _glances(sample: str) -> str:
    """Return short pieces from all over a sample, whole words in them."""
    if len(sample) <= GLANCE * GLANCES:
        return sample
    step = len(sample) // GLANCES
    pieces = (sample[at : at + GLANCE].partition(" ")[2].rpartition(" ")[0] for at in range(0, step * GLANCES, step))
    return " ".join(pieces)


def _without_names(text: str) -> str:
    """Return the words of a text that begin in lower case, or in a script without cases."""
    return " ".join(word for word in _WORD.findall(text) if not word[0].isupper())


def _script(text: str) -> str:
    """Return the script that most letters are in, "" where there are none."""
    every = len(text) // SCRIPT_LETTERS + 1
    sample = text[::every]
    if sample.isascii():
        return "Latin" if any(map(str.isalpha, sample)) else ""
    counts: dict[str, int] = {}
    for char, count in Counter(sample).items():
        if char.isalpha():
            block = _block(char)
            counts[block] = counts.get(block, 0) + count
    return max(counts, key=counts.__getitem__, default="")


def _block(char: str) -> str:
    if char < "\u0250" or "\u1e00" <= char < "\u1f00":
        return "Latin"
    if "\u0370" <= char < "\u0400" or "\u1f00" <= char < "\u2000":
        return "Greek"
    if "\u0400" <= char < "\u0530":
        return "Cyrillic"
    return "East Asian" if char >= "\u3040" else str(ord(char) // 0x100)


def _runs(marked: Sequence[bool]) -> list[range]:
    """Return the runs of true values."""
    runs: list[range] = []
    for i, true in enumerate(marked):
        if true and runs and runs[-1].stop == i:
            runs[-1] = range(runs[-1].start, i + 1)
        elif true:
            runs.append(range(i, i + 1))
    return runs
