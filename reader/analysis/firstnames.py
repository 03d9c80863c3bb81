"""Find given names that stand alone: of a person whose full name the article has, or known in the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.analysis.candidates import Draft
from reader.analysis.given import GivenNames
from reader.analysis.grammar import nominatives_of
from reader.analysis.tagger import is_initial
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from reader.analysis.candidates import NameRules, Reading
    from reader.analysis.tagger import Token

_SURE = 0.6  # a name of two words at this probability vouches for its given name elsewhere
_SHORTEST = 3
_VOUCHED = 0.6
_CERTAIN = 0.9  # a word alone at this probability is a name behind a given name, too
_KNOWN = 0.1  # what the model must think of a given name that no full name vouches for, inside a sentence
_KNOWN_FIRST = 0.35  # and at its beginning
_SUGGESTED = 0.55


def add_given_names(reading: Reading) -> None:
    """Add drafts for given names alone, outside other drafts, streets and prizes."""
    try:
        names = GivenNames.load()
    except ResourceError:  # `Analyzer.gaps` says so
        return
    full = [reading.words(draft) for draft in reading.drafts if draft.probability >= _SURE]
    full = [words for words in full if sum(word.capital for word in words) > 1 and not is_initial(words[0].word)]
    forms: dict[str, str] = {}
    groups: dict[int, str] = {}
    for words in full:
        token, name = words[0], " ".join(word.word for word in words)
        if len(token.latin) >= _SHORTEST:
            forms.setdefault(token.latin, name)
        for group in names.groups([token.word.lower()]):
            groups.setdefault(group, name)
    sure_alone = {
        words[0].latin
        for draft in reading.drafts
        if draft.probability >= _CERTAIN and len(words := reading.words(draft)) == 1
    }
    taken = reading.taken()
    for row, i, token in reading.loose(0.0):
        rules = reading.rules[row]
        behind = reading.tokens[row][i + 1] if i + 1 < len(reading.tokens[row]) else None
        if behind is not None and behind.latin in sure_alone and (row, i + 1) not in taken and reading.is_given(token):
            evidence = "a given name, and a name elsewhere in this article"
            reading.drafts.append(Draft(row, i, i + 2, _VOUCHED, evidence))
            continue
        if not _alone(reading, row, i) or len(token.latin) < _SHORTEST:
            continue
        bases = [token.word.lower(), *nominatives_of(token.word.lower(), rules.nominative)]
        sure = reading.tagged[row].probabilities[i]
        owner = next((name for form, name in forms.items() if rules.same_word(token.latin, form)), None)
        own = names.groups(bases)
        owner = owner or next((groups[group] for group in own if group in groups), None)
        if owner is not None:
            evidence = f"given name of {owner}, who stands in this article"
            reading.drafts.append(Draft(row, i, i + 1, max(_VOUCHED, (1 + sure) / 2), evidence))
        elif sure >= (_KNOWN if i else _KNOWN_FIRST) and _is_known(reading, token, names, bases, rules):
            reading.drafts.append(Draft(row, i, i + 1, max(_SUGGESTED, sure), "a given name"))


def _is_known(reading: Reading, token: Token, names: GivenNames, bases: list[str], rules: NameRules) -> bool:
    """Say whether a word is a given name of the language, and no place or word of the article."""
    if reading.lists.flags(token.latin)[-1:] in ("P", "p") or token.latin in reading.lower:
        return False
    return bool(names.known(rules.code, bases)) or (reading.is_given(token) and bool(names.groups(bases)))


def _alone(reading: Reading, row: int, i: int) -> bool:
    """Say whether no word with a capital touches a word, but for a sentence's first that is no name."""
    words, rules = reading.tokens[row], reading.rules[row]
    word = words[i].word.lower()
    if rules.no_name(word) or words[i].word.isupper():
        return False
    before = words[i - 1] if i else None
    behind = words[i + 1] if i + 1 < len(words) else None
    if before is not None and (before.word.lower() in rules.determiners or before.word in _JOINTS):
        return False
    if before is not None and before.capital and not reading.opens(row, i - 1):
        return False
    return behind is None or not (behind.capital or behind.word in _JOINTS)


_JOINTS = frozenset("-–/&")
