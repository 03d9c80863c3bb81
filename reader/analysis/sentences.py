"""Split a paragraph into sentences, by each language's abbreviations and by what follows a full stop.

Sentences inside a quote are split too: a translator takes one sentence at a time. Where it is unsure the
splitter joins: half a sentence translates worse than two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.analysis.languages import fold
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.analysis.languages import Language, SentenceWords

# A run of marks that may end a sentence, or a line break that may begin a list line.
_CANDIDATE = re.compile(r"[.!?…‼⁇⁈⁉。！？؟۔։।]+|\n")
_IDEOGRAPHIC = frozenset("。！？")
_ATTACHED_CLOSERS = frozenset("\"”“»«’'‘›‹)]}」』")
_OPENERS = frozenset("\"„“”«»‘‚‹›'([{¿¡「『*#")
_DASHES = frozenset("-–—―")
_LIST_LINE = re.compile(r"[ \t]*(?:\n|(?:\d{1,3}[.)]|[•*·▪●►◦‣])[ \t]|[-–—―][ \t]*[^\W\d_])")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_ROMAN = re.compile(r"[IVXLC]+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_BACKWARDS = re.compile(r"(?:[^\W_]|[.\-@/º°])+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DOMAIN_ENDS = frozenset(
    ("com", "org", "net", "info", "eu", "ro", "md", "ua", "bg", "it", "es", "fr", "de", "pl", "ru")
)

# How far a token is looked back for, and ahead: enough for any abbreviation, so that time stays linear.
_REACH = 24


def split_sentences(text: str, span: Span, language: Language) -> tuple[Span, ...]:
    """Return the sentences of `text` inside `span`: trimmed, in order, together covering all but white space.

    A line break inside the span is white space, unless an empty line or a list line follows. Linear in time.
    """
    rules = _rules(language.sentences, language.quotes.pairs, language.names.titles, language.names.particles)
    sentences: list[Span] = []
    start = unread = span.start
    for end in _ends(text, span, rules):
        if _LETTER_OR_DIGIT.search(text, unread, end):
            sentences.append(_trimmed(text, start, end))
            start = end
        unread = end  # marks alone belong to the sentence that follows
    rest = _trimmed(text, start, span.end)
    if sentences and not _LETTER_OR_DIGIT.search(text, rest.start, rest.end):
        rest = _trimmed(text, sentences.pop().start, span.end)
    if len(rest):
        sentences.append(rest)
    return tuple(sentences)


@dataclass(frozen=True, slots=True)
class _Rules:
    """One language's words as sets; `closers` are the marks that close a quote and never open one.

    `spaced` leads from each part of an abbreviation with a space in it ("z", "b") to the whole ("z. b").
    """

    abbreviations: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    starters: frozenset[str]
    ordinals: bool
    closers: frozenset[str]
    spaced: dict[str, tuple[str, ...]]
    titles: frozenset[str]
    particles: frozenset[str]


@lru_cache(maxsize=32)
def _rules(words: SentenceWords, pairs: tuple[str, ...], titles: tuple[str, ...], particles: tuple[str, ...]) -> _Rules:
    openers = {pair[0] for pair in pairs[:3]}
    spaced = [name for name in (*words.abbreviations, *words.may_end) if ". " in name]
    parts = {part for name in spaced for part in name.split(". ")}
    return _Rules(
        abbreviations=frozenset(words.abbreviations),
        before_number=frozenset(words.before_number),
        may_end=frozenset(words.may_end),
        starters=frozenset(words.starters),
        ordinals=words.ordinals,
        closers=frozenset(pair[1] for pair in pairs) - openers - {'"'},
        spaced={part: tuple(name for name in spaced if part in name.split(". ")) for part in parts},
        titles=frozenset(titles),
        particles=frozenset(particles),
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _ends(text: str, span: Span, rules: _Rules) -> Iterator[int]:
    """Yield the offsets after which a new sentence begins, in order."""
    last = span.start
    for found in _CANDIDATE.finditer(text, span.start, span.end):
        if found.start() < last:
            continue
        if found[0] == "\n":
            if _LIST_LINE.match(text, found.end(), span.end):
                yield (last := found.end())
            continue
        end = _past_closers(text, found.end(), span.end, rules)
        if _is_end(text, Span(last, span.end), found, end, rules):
            yield (last := end)


def _past_closers(text: str, at: int, stop: int, rules: _Rules) -> int:
    """Return the offset after the closing marks that belong to the sentence ended at `at`."""
    end = at
    while end < stop and text[end] in _ATTACHED_CLOSERS:
        end += 1
    if end > at and end < stop and text[end].isalnum() and text[end - 1] not in rules.closers | {")", "]"}:
        end -= 1  # the last mark opens what is glued to it
    spaced = end
    while spaced < stop and text[spaced] in " \u00a0\u202f" and spaced - end < _REACH:
        spaced += 1
    if spaced > end and spaced < stop and text[spaced] in rules.closers and not text[spaced + 1 : spaced + 2].isalnum():
        return spaced + 1  # « Non ! »
    return end


def _is_end(text: str, span: Span, found: re.Match[str], end: int, rules: _Rules) -> bool:
    """Decide whether the marks of `found`, with the closing marks up to `end`, end a sentence of `span`."""
    marks = found[0]
    if end >= span.end or not _IDEOGRAPHIC.isdisjoint(marks):
        return True
    glued = not text[end].isspace()
    first = end
    while first < span.end and text[first].isspace():
        first += 1
    closed = any(char not in ")]}" for char in text[found.end() : end])
    while first < span.end and (text[first] in _OPENERS or text[first].isspace() or text[first] in _DASHES):
        if text[first] in _DASHES and (closed or glued):
            return False  # “Why?” – Smith asked
        first += 1
    if first >= span.end:
        return False
    if not text[first].isalnum() or text[first].islower():
        return False
    if marks in "!?" and text[found.start() - 1] == "(" and text[found.end()] == ")":
        return False  # (!) and (?) comment on a word
    if glued:
        return _is_glued_end(text, found, first, rules)
    if marks != "." or end > found.end():
        return True
    return _full_stop_ends(text, span, found.start(), first, rules)


def _is_glued_end(text: str, found: re.Match[str], first: int, rules: _Rules) -> bool:
    """Decide whether a sentence ends where no space follows: two whole words, no web address, no initials."""
    before = _token_before(text, found.start())
    word = _next_word(text, first)
    if text[first].isdigit() or len(word) < 2 or not word[1:].islower() or word.lower() in _DOMAIN_ENDS:
        return False
    if not before or "." in before or "@" in before or "/" in before:
        return False
    if before[-1].isdigit():
        return True
    return len(before) > 2 and before[-1].islower() and fold(before) not in rules.abbreviations


def _full_stop_ends(text: str, span: Span, stop: int, first: int, rules: _Rules) -> bool:
    """Decide about a single full stop at `stop` before a capital or a digit at `first`."""
    token = _token_before(text, stop)
    at = stop - len(token)
    starter = fold(_next_word(text, first)) in rules.starters
    if token.isdigit():
        if at == _trimmed(text, span.start, stop).start and len(token) <= 3:
            return False  # the number of a list line
        return starter or not rules.ordinals or len(token) > 2
    known = _known_abbreviation(text, Span(at, stop), rules)
    initials = token.isupper() and _INITIALS.fullmatch(token) is not None
    if known is not None and not (initials and known in rules.may_end):
        return known in rules.may_end and (starter or known not in rules.abbreviations)
    if text[first].isdigit():
        return fold(token) not in rules.before_number
    if initials:
        before = _token_before(text, max(at - 1, 0))
        return starter and before[:1].islower() and not _is_name(text, first, before, rules)  # vitamin C. The …
    return starter or not (rules.ordinals and _ROMAN.fullmatch(token))


def _is_name(text: str, first: int, before: str, rules: _Rules) -> bool:
    """Say whether what follows an initial goes on with the name: *В. Тимкович*, or after a title *Lo Presterio*."""
    word = _next_word(text, first)
    after = text[first + len(word) : first + len(word) + 2]
    if len(word) == 1:
        return after[:1] == "."
    return word.lower() in rules.particles and before in rules.titles and after[1:].isupper()


def _known_abbreviation(text: str, token: Span, rules: _Rules) -> str | None:
    """Return the abbreviation that the token before a full stop is, or is a part of ("z. B"), else None."""
    key = fold(token.of(text))
    for name in rules.spaced.get(key, ()):
        if fold(text[token.start : token.start + len(name)]) == name and token.start + len(name) > token.end:
            return " "  # the full stop stands inside it: in no list of those that may end a sentence
        if fold(text[max(token.end - len(name), 0) : token.end]) == name:
            return name
    return key if key in rules.abbreviations or key in rules.may_end else None


def _token_before(text: str, stop: int) -> str:
    """Return the letters, digits, dots and hyphens right before `stop`, cut at an elision (dell'art)."""
    backwards = _BACKWARDS.match(text[max(stop - _REACH, 0) : stop][::-1])
    return backwards[0][::-1].lstrip(".-") if backwards else ""


def _next_word(text: str, first: int) -> str:
    found = _WORD.match(text, first, first + _REACH)
    return found[0] if found else ""
