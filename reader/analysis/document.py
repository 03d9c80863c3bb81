"""Let an article's names confirm each other.

A surname that stands once after its given name is a name wherever else it stands, in any case form; a word that
the model takes for a name here and not there is decided once for the whole article.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reader.analysis.candidates import BY_MODEL, Draft, is_figure
from reader.analysis.drafts import FAMOUS, LIKELY
from reader.analysis.grammar import nominatives_of
from reader.analysis.phonetic import romanise
from reader.analysis.tagger import CLOSING, is_initial

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reader.analysis.candidates import NameRules, Reading
    from reader.analysis.tagger import Token

_SURE = 0.6  # a word alone below this is raised, or decided by what stands elsewhere
_VOUCHES = 0.5  # a name of two words at this probability vouches for its surname elsewhere
_OPENING = 0.7  # what a sentence's first word alone must reach that is in no list and says nothing
_PLACE = 0.9  # what a word alone that is a place's name too must reach
_ALONE = 0.15  # the same, for a word that no full name vouches for
_PREFIX = 3  # letters that all case forms of a name share

Surnames = dict[str, tuple["Token", ...]]  # a surname in a–z: the words of the full name


def link_document(reading: Reading) -> None:
    """Add mentions of surnames that stand elsewhere in the article with a given name; cut off what isn't theirs."""
    known = _full_names(reading)
    by_start = _by_start(known)
    for draft in tuple(reading.drafts):
        reading.drafts += _cut_to_surname(reading, draft, known, by_start)
        words = reading.words(draft)
        found = _vouched(words[-1], reading.rules[draft.row], by_start)
        if found is not None:
            if draft.probability < _SURE:
                draft.probability = (1 + draft.probability) / 2
            if len(words) == 1:
                draft.evidence = _surname_of(known[found])
    _join_surnames(reading, known, by_start)
    known = _full_names(reading)  # once more, without what was cut off
    by_start = _by_start(known)
    taken = reading.taken()
    for row, i, token in reading.loose(0.0):
        if (row, i) in taken:
            continue
        found = _vouched(token, reading.rules[row], by_start)
        if found is not None:
            sure = reading.tagged[row].probabilities[i]
            start = i - _takes_given(reading, row, i, known[found], taken)
            goes_on = _goes_on(reading.tokens[row], i + 1, known[found], found) and (row, i + 1) not in taken
            end = i + 1 + goes_on
            reading.drafts.append(Draft(row, start, end, (1 + sure) / 2, _surname_of(known[found])))
            taken.update((row, j) for j in range(start, end))
    for draft in reading.drafts:
        _take_particles(reading, draft, known, by_start, taken)
    _join_touching(reading)
    _join_surnames(reading, known, by_start)


def _surname_of(name: Sequence[Token]) -> str:
    return f"surname of {' '.join(word.word for word in name)}, who stands in this article"


def _join_surnames(reading: Reading, known: Surnames, by_start: Mapping[str, Sequence[str]]) -> None:
    """Join two surnames of one person: Eva Ortega y Gasset, and Ortega y Gasset where the article has that name."""
    starts = {(draft.row, draft.start): draft for draft in reading.drafts}
    for draft in sorted(reading.drafts, key=lambda d: (d.row, d.start)):
        words, rules, j = reading.tokens[draft.row], reading.rules[draft.row], draft.end
        if j + 1 >= len(words) or words[j].word not in rules.joints or not words[j + 1].capital:
            continue
        second = words[j + 1]
        one, other = (_vouched(word, rules, by_start) for word in (words[j - 1], second))
        same = one is not None and other is not None and known[one] == known[other]
        alone = other is None and not (j + 2 < len(words) and words[j + 2].capital)
        first = sum(word.capital for word in reading.words(draft)) > 1
        own = starts.get((draft.row, j + 1))
        if (same or (first and alone and not reading.is_given(second))) and (own is None or own.end == j + 2):
            draft.end = j + 2
            if own is not None and own in reading.drafts:
                reading.drafts.remove(own)


def _join_touching(reading: Reading) -> None:
    """Join a name that begins with a particle to the one right before it: Ortúzar, de la Hoz."""
    starts = {(draft.row, draft.start): draft for draft in reading.drafts}
    for draft in tuple(reading.drafts):
        behind = starts.get((draft.row, draft.end))
        if behind is not None and not reading.words(behind)[0].capital:
            reading.drafts.remove(behind)
            draft.end = behind.end


def _by_start(known: Surnames) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for surname in known:
        found[surname[:_PREFIX]].append(surname)
    return found


def _takes_given(reading: Reading, row: int, i: int, name: tuple[Token, ...], taken: set[tuple[int, int]]) -> bool:
    """Say whether the word before a surname is the given name it has elsewhere; drop its own draft."""
    before = reading.tokens[row][i - 1] if i else None
    if before is None or not before.capital or not reading.rules[row].same_word(before.latin, name[0].latin):
        return False
    alone = next((d for d in reading.drafts if (d.row, d.start, d.end) == (row, i - 1, i)), None)
    if alone is not None:
        reading.drafts.remove(alone)
    return alone is not None or (row, i - 1) not in taken


def _goes_on(words: Sequence[Token], behind: int, name: Sequence[Token], surname: str) -> bool:
    """Say whether the word behind a surname is the next of the full name: Sant Jordi, of Amadeu de Sant Jordi."""
    at = _place(name, surname)
    follows = behind < len(words) and words[behind].capital and at + 1 < len(name)
    return follows and words[behind].word == name[at + 1].word


def _place(name: Sequence[Token], surname: str) -> int:
    return next((at for at, word in enumerate(name) if word.latin == surname), len(name) - 1)


def _full_names(reading: Reading) -> Surnames:
    """Return the surnames that stand after a given name or initial."""
    known: Surnames = {}
    for draft in reading.drafts:
        words = reading.words(draft)
        capitals = [token for token in words if token.capital]
        last = capitals[-1]
        least = LIKELY if reading.is_given(words[0]) else _VOUCHES
        if len(capitals) > 1 and draft.probability >= least and not is_initial(last.word) and len(last.latin) > 2:
            known.setdefault(last.latin, tuple(words))
            for middle in capitals[1:-1]:  # Ortúzar, of María Luisa Ortúzar de la Hoz
                if not (is_initial(middle.word) or len(middle.latin) <= _PREFIX or reading.is_given(middle)):
                    known.setdefault(middle.latin, tuple(words))
            nickname = _nickname(words)
            if nickname is not None:
                known.setdefault(nickname.latin, tuple(words))
    return known


def _nickname(words: Sequence[Token]) -> Token | None:
    """Return the last word in the quotes inside a name."""
    closing = next((i for i in range(len(words) - 1, 1, -1) if words[i].word in CLOSING), None)
    return words[closing - 1] if closing is not None and words[closing - 1].capital else None


def _vouched(token: Token, rules: NameRules, by_start: Mapping[str, Sequence[str]]) -> str | None:
    """Return the known surname that this word is a form of."""
    for base in nominatives_of(token.word.lower(), rules.nominative):
        if romanise(base) in by_start.get(romanise(base)[:_PREFIX], ()):
            return romanise(base)
    for surname in by_start.get(token.latin[:_PREFIX], ()):
        if rules.same_word(token.latin, surname):
            return surname
    return None


def _cut_to_surname(
    reading: Reading, draft: Draft, known: Surnames, by_start: Mapping[str, Sequence[str]]
) -> list[Draft]:
    """Cut off a name what isn't part of it: *Yesterday Kovalchuk*, *Kovalchuk's lawyer Anna Melnyk*.

    Return the name that was cut off, where it was one.
    """
    words, rules = reading.words(draft), reading.rules[draft.row]
    if is_initial(words[0].word) or "-" in words[0].word or reading.is_given(words[0]):
        return []
    if len(words) > 2 and reading.is_given(words[1]):
        surname = _vouched(words[0], rules, by_start)
        if surname is not None and known[surname][-1].latin != words[-1].latin:
            draft.start += 1
            return [Draft(draft.row, draft.start - 1, draft.start, draft.probability, "surname of a person met before")]
    between = len(words) == 3 and not reading.lists.flags(words[1].latin) and reading.is_given(words[2])
    if between and _vouched(words[0], rules, by_start) is not None:  # Prychodkos Enkel Danylo
        draft.end = draft.start + 1
        return [Draft(draft.row, draft.start + 2, draft.start + 3, draft.probability, "a given name")]
    if len(words) > 1 and _is_owner(reading, draft, known, by_start):
        draft.end = draft.start + 1
        return []
    if (
        len(words) > 1
        and not any(word.capital for word in words[1:-1])
        and draft.start <= 1
        and "S" not in reading.lists.flags(words[0].latin)
    ):
        surname = _vouched(words[-1], rules, by_start)
        elsewhere = known[surname][:-1] if surname else ()
        if elsewhere and not any(_begin_alike(word, words[0]) for word in elsewhere):
            draft.start += 1
    return []


def _begin_alike(one: Token, other: Token) -> bool:
    length = 1 if is_initial(one.word) else 2
    return one.latin[:length] == other.latin[:length]


def _is_owner(reading: Reading, draft: Draft, known: Surnames, by_start: Mapping[str, Sequence[str]]) -> bool:
    """Say whether a surname met before stands before a noun with a capital: *Kranzows Auftritt*."""
    words, rules = reading.words(draft), reading.rules[draft.row]
    owner, owned = (_vouched(word, rules, by_start) for word in (words[0], words[-1]))
    if sum(token.capital for token in words) != 2 or owner is None:
        return False
    itself = owned is not None and known[owned][-1] == words[-1]
    return (owned is None or itself) and not reading.lists.flags(words[-1].latin)[:1].isupper()


def _take_particles(
    reading: Reading,
    draft: Draft,
    known: Surnames,
    by_start: Mapping[str, Sequence[str]],
    taken: set[tuple[int, int]],
) -> None:
    """Add to a surname alone the particles that stand before it in the full name: de, Le, van der."""
    words, rules = reading.tokens[draft.row], reading.rules[draft.row]
    surname = _vouched(words[draft.start], rules, by_start)
    if surname is None:
        return
    name = known[surname]
    if draft.end - draft.start != 1 and not _goes_on(words, draft.start + 1, name, surname):
        return
    for wanted in reversed(name[1 : _place(name, surname)]):
        i = draft.start - 1
        particle = wanted.word.lower() in rules.particles | rules.loose or (
            len(wanted.word) <= 3 and wanted.word[0].isalpha()
        )
        if (
            i < 0
            or (draft.row, i) in taken
            or not particle
            or words[i].latin != wanted.latin
            or is_initial(wanted.word)
        ):
            return
        draft.start = i


def settle_doubts(reading: Reading) -> None:
    """Decide words that stand alone once for the whole article, by the mean of what the model says of each."""
    seen: dict[str, list[float]] = defaultdict(list)
    for words, tagged in zip(reading.tokens, reading.tagged, strict=True):
        for token, sure in zip(words, tagged.probabilities, strict=True):
            if token.capital:
                seen[token.latin].append(sure)
    means = {word: sum(values) / len(values) for word, values in seen.items()}
    kept = []
    alone: dict[str, float] = {}
    for draft in reading.drafts:
        words = reading.words(draft)
        if len(words) == 1 and draft.evidence == BY_MODEL:
            word = words[0].latin
            mean = means[word]
            if mean < _least(reading, draft) and draft.probability < _PLACE:
                continue
            if mean > _SURE:
                alone[word] = mean
        kept.append(draft)
    reading.drafts = kept
    for row, i, token in reading.loose(_ALONE):
        if token.latin in alone and reading.tagged[row].probabilities[i] >= _ALONE:
            reading.drafts.append(Draft(row, i, i + 1, alone[token.latin], "a name elsewhere in this article"))


def _least(reading: Reading, draft: Draft) -> float:
    """Return the probability that a word alone needs; a sentence's first has its capital for another reason.

    Before a colon it is a headline's speaker.
    """
    words = reading.tokens[draft.row]
    titled = draft.start > 0 and words[draft.start - 1].latin in reading.rules[draft.row].cues.titles
    if not titled and "P" in reading.lists.flags(words[draft.start].latin):
        return _PLACE
    if reading.opens(draft.row, draft.start) and not (draft.end < len(words) and words[draft.end].word == ":"):
        following = words[draft.end].latin if draft.end < len(words) else ""
        speaks = following in reading.rules[draft.row].cues.verbs
        known = reading.lists.flags(words[draft.start].latin)[:1].isupper()
        return _SURE if speaks or known else _OPENING
    if reading.nouns and not reading.lists.flags(words[draft.start].latin):
        return _SURE
    return FAMOUS if is_figure(reading, words[draft.start]) else LIKELY
