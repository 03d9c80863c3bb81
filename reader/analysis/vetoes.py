"""Say which names are part of another thing's: a street, a prize, a firm, a noun with a capital."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.analysis.candidates import MARKS, NICKNAME, SURE, owned
from reader.analysis.tagger import CLOSING, OPENING, is_initial

if TYPE_CHECKING:
    from reader.analysis.candidates import Draft, NameRules, Reading
    from reader.analysis.tagger import Token

_CERTAINLY = 0.95
_DAY = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"[12]\d{3}")
_LONGEST = 12  # words and marks that a name has at most: J. R. R. “X” Y Z de la A


def vetoed(reading: Reading, draft: Draft) -> bool:
    """Say whether a name is part of another thing's; where it may be the holder of a post, a sure name stays."""
    if draft.end - draft.start > _LONGEST:
        return True
    words, rules = reading.tokens[draft.row], reading.rules[draft.row]
    if _quoted_alone(words, draft, rules) or _owned_behind(reading, draft) or _is_article(words, draft, rules):
        return True
    first = words[draft.start]
    headed = first.word.lower() in rules.heads and not (is_initial(first.word) or reading.is_given(first))
    if draft.end - draft.start > 1 and headed:
        return True  # Villa Rossi
    if _is_noun(reading, draft) or _is_post_or_place(reading, draft):
        return True
    if draft.start == 0 and draft.end == 1 and first.word.lower() in rules.small and draft.probability < _CERTAINLY:
        return True
    if not owned(reading, draft.row, draft.start):
        return False
    head = next(i for i in range(draft.start - 1, -1, -1) if words[i].word.lower() in rules.heads)
    plain_head = head == 0 or words[head - 1].word in MARKS or words[head - 1].word.lower() in rules.small
    return plain_head or len(reading.words(draft)) == 1 or draft.probability < SURE


def is_month(reading: Reading, draft: Draft) -> bool:
    """Say whether a word stands between a day and a year, in whatever language: 14 Μαΐου 2026, Jan. 28, 2026."""
    if draft.end - draft.start > 1:
        return False
    words = reading.tokens[draft.row]
    before = [token.word for token in words[max(0, draft.start - 2) : draft.start] if token.word not in ".,"]
    behind = [token.word for token in words[draft.end : draft.end + 4] if token.word not in ".,"]
    if before and _DAY.fullmatch(before[-1]):
        return bool(behind) and _YEAR.fullmatch(behind[0]) is not None
    return len(behind) > 1 and bool(_DAY.fullmatch(behind[0]) and _YEAR.fullmatch(behind[1]))


def _is_noun(reading: Reading, draft: Draft) -> bool:
    """Say whether a word alone stands right behind a word that no name follows: in the *cellar*, my *husband*."""
    words, rules = reading.tokens[draft.row], reading.rules[draft.row]
    if draft.end - draft.start > 1 or not draft.start:
        return False
    return words[draft.start - 1].word.lower() in rules.determiners


def _is_post_or_place(reading: Reading, draft: Draft) -> bool:
    """Say whether words that are no known names end in a title or a place: Democracy Reporter, North Korea."""
    words, rules = reading.words(draft), reading.rules[draft.row]
    if len(words) < 2 or any(is_initial(word.word) or reading.is_given(word) for word in words):
        return False
    last = words[-1]
    return last.word.lower() in rules.titles or reading.lists.flags(last.latin) == "P"


def _quoted_alone(words: list[Token], draft: Draft, rules: NameRules) -> bool:
    """Say whether a full name stands in quotes by itself, a title aside, or ends what a prize is called."""
    i = draft.start - 1
    while i > 0 and (words[i].word == "." or words[i].word.lower().rstrip(".") in rules.titles):
        i -= 1
    if draft.end == len(words) or words[draft.end].word not in CLOSING:
        return False
    if draft.end - draft.start > 1 and i >= 0 and words[i].word in OPENING:
        return True
    opening = next((j for j in range(i, max(0, i - NICKNAME), -1) if words[j].word in OPENING), None)
    return opening is not None and opening > 0 and words[opening - 1].word.lower() in rules.heads


def _is_article(words: list[Token], draft: Draft, rules: NameRules) -> bool:
    """Say whether nothing but an article or a particle was found: El, of the newspaper El Mundo."""
    small = rules.articles | rules.loose | rules.particles
    return all(words[i].word.lower() in small for i in range(draft.start, draft.end))


def _owned_behind(reading: Reading, draft: Draft) -> bool:
    """Say whether a word behind makes this a street or an airport, as in English: X Y Road."""
    words, heads = reading.tokens[draft.row], reading.rules[draft.row].heads
    if draft.end < len(words) and words[draft.end].capital and words[draft.end].word.lower() in heads:
        return True
    if words[draft.end - 1].word.lower() not in heads:
        return False
    length = draft.end - draft.start
    before = words[draft.end - 2] if length > 1 else None
    if before is not None and before.capital and not (reading.is_given(before) or is_initial(before.word)):
        return True
    alone = length == 1 and not (draft.start and words[draft.start - 1].capital)
    return not alone and draft.probability < SURE
