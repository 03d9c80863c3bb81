"""Draft an article's names: take titles off, add initials and particles, split and join.

The model proposes runs of words; the rules here know what it can't learn from little text. Each looks only at
the words next to the name; what the rest of the article says is `document.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.analysis.candidates import MARKS, NICKNAME, SURE, Draft, is_figure, is_place, opens_quote
from reader.analysis.grammar import is_patronymic
from reader.analysis.tagger import CLOSING, OPENING, is_initial
from reader.analysis.vetoes import vetoed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.analysis.candidates import NameRules, Reading
    from reader.analysis.tagger import Token

_BREAKS = frozenset(":;!?…()[]/")
_QUOTES = (OPENING | CLOSING) - {"'"}  # an apostrophe may end a particle: de’ Medici
LIKELY = 0.4  # from this probability on a word is taken for part of a name
FAMOUS = 0.12  # the same for a public figure's surname, inside a sentence
_HALF = 0.15  # what the model must think of a given name and of the word behind it, to take both
_STRANGE = 0.25  # what it must think of an unknown word before a surname, to take it for the given name
_FAINT = 0.1  # what the model must at least think of a word behind a given name
_PARTICLES = 2  # particles that may stand in a row: van der, de la
_ACRONYM = 4  # letters of an organisation in capitals: EU, OSCE
_PARTICLE = 3  # letters of a particle that belongs to a name even with no given name in front: van, фон
_SHORTENED = 3  # letters of a given name cut short: Gh., Кр., Вол.


def draft_names(reading: Reading) -> None:
    """Fill `reading.drafts` with the model's names, put right by the rules; each sentence's in order, none overlap."""
    for row in range(len(reading.tokens)):
        found = []
        for draft in _proposed(reading, row):
            _trim(reading, draft)
            found += [part for part in _split(reading, draft) if part.start < part.end]
        found = _with_nicknames(reading, row, found)
        found = [
            draft
            for draft, after in zip(found, [*found[1:], None], strict=False)
            if after is None or after.start > draft.end or not _is_post(reading, draft)
        ]
        for draft, before in zip(found, [None, *found], strict=False):
            _extend(reading, draft, before.end if before else 0)
        for draft, after in zip(found, [*found[1:], None], strict=False):
            if after is None or after.start > draft.end + _PARTICLES:
                _extend_right(reading, draft)
        reading.drafts += [draft for draft in _join(reading, found) if not vetoed(reading, draft)]


def _proposed(reading: Reading, row: int) -> Iterator[Draft]:
    """Yield the model's names of a sentence; a name's probability is the least of its capitalised words'."""
    words, tagged = reading.tokens[row], reading.tagged[row]
    enough = [FAMOUS if i and token.capital and is_figure(reading, token) else LIKELY for i, token in enumerate(words)]
    given = {i for i in range(len(words) - 1) if words[i].capital and _by_given_name(reading, row, i)}
    for i in given:
        enough[i : i + 2] = tagged.probabilities[i : i + 2]
    runs: list[tuple[int, int]] = []
    for start, end in tagged.runs(enough):
        if runs and runs[-1][1] == start and start - 1 in given:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    for start, end in runs:
        for first, last in _unbroken(words, start, end, reading.rules[row]):
            sure = min((tagged.probabilities[i] for i in range(first, last) if words[i].capital), default=0.0)
            if sure < SURE and not given.isdisjoint(range(first, last - 1)):
                yield Draft(row, first, last, SURE, "a given name and a word with a capital")
            else:
                yield Draft(row, first, last, sure)


def _by_given_name(reading: Reading, row: int, i: int) -> bool:
    """Say whether a word with a capital is a known given name before a name that the model half believes in.

    Or a known surname and the given name behind it.
    """
    words, sure, rules = reading.tokens[row], reading.tagged[row].probabilities, reading.rules[row]
    flags = reading.lists.flags(words[i].latin)
    known = flags[:1]
    turned = i + 1 < len(words) and "S" in flags and reading.is_given(words[i + 1])
    if turned and min(sure[i], sure[i + 1]) >= 2 * _HALF:
        return True  # Kovács Gábor
    if not i or known not in ("G", "g") or min(sure[i], sure[i + 1]) < (_HALF if known == "G" else 2 * _HALF):
        return False
    if any(rules.no_name(words[j].word.lower()) for j in (i, i + 1)):
        return words[i].word.lower() in rules.heads and words[i - 1].word == "."  # Sen. Bill Kerran
    behind = words[i + 1]
    if sure[i] < LIKELY and reading.is_given(behind) and i + 2 < len(words) and words[i + 2].capital:
        return False  # the minister degli Esteri X Y
    return behind.capital and not reading.lists.flags(behind.latin).endswith("P") and behind.latin not in reading.lower


def _with_nicknames(reading: Reading, row: int, found: list[Draft]) -> list[Draft]:
    """Join what stands around a short quote to one name, where it looks like given name and surname."""
    words, sure = reading.tokens[row], reading.tagged[row].probabilities
    rules = reading.rules[row]
    for i in range(1, len(words) - 3):
        if words[i].word not in _QUOTES or not opens_quote(words, i):
            continue
        close = next((j for j in range(i + 2, min(len(words) - 1, i + NICKNAME)) if words[j].word in CLOSING), None)
        if close is None or words[close].start != words[close - 1].end:
            continue
        before, after = words[i - 1], words[close + 1]
        named = reading.is_given(before) or (before.capital and sure[i - 1] >= LIKELY)
        likely = max(sure[close + 1], sure[i - 1] - SURE) >= _FAINT and after.latin not in reading.lower
        if named and after.capital and before.word.lower() not in rules.heads and likely:
            start = min((d.start for d in found if d.start < i <= d.end + 1), default=i - 1)
            end = max((d.end for d in found if d.start <= close + 1 < d.end), default=close + 2)
            whole = Draft(row, start, end, max(SURE, sure[i - 1], sure[close + 1]))
            rest = [d for d in found if d.end <= start or d.start >= end]
            found = sorted([*rest, whole], key=lambda d: d.start)
        elif close == i + 2 and after.capital and reading.is_given(words[i + 1]):
            own = next((d for d in found if d.start == close + 1), None)
            if own is None and sure[close + 1] >= _HALF and after.latin not in reading.lower:
                found = sorted([*found, Draft(row, i, close + 2, SURE)], key=lambda d: d.start)
            elif own is not None and own.end == close + 2 and not reading.is_given(after):
                own.start = i  # “Pippo” Baudo
    return found


def _unbroken(words: list[Token], start: int, end: int, rules: NameRules) -> Iterator[tuple[int, int]]:
    """Yield the parts of a run between what no name goes over: marks, verbs and nouns, *by* before a title.

    A nickname's quotes may stand inside, with any words.
    """
    quotes = [i for i in range(start, end) if words[i].word in _QUOTES]
    breaks = _BREAKS if len(quotes) % 2 == 0 else _BREAKS | _QUOTES
    first = start
    for i in range(start, end + 1):
        if i == end or words[i].word in breaks or not (_quoted(quotes, i) or _may_join(words, i, rules)):
            if first < i:
                yield first, i
            first = i + 1


def _quoted(quotes: list[int], i: int) -> bool:
    return len(quotes) == 2 and quotes[0] < i < quotes[1]


def _may_join(words: list[Token], i: int, rules: NameRules) -> bool:
    """Say whether a word or mark can stand inside a name."""
    token = words[i]
    if token.capital or not token.word[0].isalpha() or token.word[-1] in "'’":
        return not (token.capital and i and words[i - 1].word[0].islower() and token.word.lower() in rules.titles)
    following = words[i + 1] if i + 1 < len(words) else None
    if following is not None and following.capital and following.word.lower() in rules.titles - rules.particles:
        return False
    if following is not None and following.word.lower() in rules.particles:
        return True  # Tudorel a lu' Cârpaci
    return token.word.lower() in rules.particles | rules.loose


def _trim(reading: Reading, draft: Draft) -> None:
    """Take titles, articles and marks off a name's ends; one without a capital is emptied."""
    words, rules = reading.tokens[draft.row], reading.rules[draft.row]

    def leads(token: Token) -> bool:
        word = token.word.lower()
        if token.capital:
            return (
                word.rstrip(".") in rules.titles
                or (word in rules.determiners and not reading.is_given(token))
                or (word in rules.small and word not in rules.articles)
                or (token is words[0] and not reading.is_given(token) and _is_common(reading, token, rules))
            )
        return word in MARKS or word in rules.articles - rules.loose or word.rstrip(".") in rules.titles

    if draft.end - draft.start > _PARTICLES and _is_postnominal(words, draft):
        draft.end -= 1
    while draft.end > draft.start and not words[draft.end - 1].capital and not words[draft.end - 1].word[0].isdigit():
        draft.end -= 1
    if (
        draft.end - draft.start > _PARTICLES
        and not words[draft.end - 2].capital
        and is_place(reading, words[draft.end - 1])
    ):
        draft.end -= 2  # X di Terni
    # the last word stays, whatever the lists say: there are people called King and Pope
    while draft.start < draft.end - 1 and leads(words[draft.start]):
        draft.start += 1
    if not any(token.capital for token in reading.words(draft)):
        draft.start = draft.end


def _is_postnominal(words: list[Token], draft: Draft) -> bool:
    """Say whether a name's last word is what a person is behind it: KC, MP, CEO; not a number: Ludwig van Y II."""
    last, before = words[draft.end - 1].word, words[draft.end - 2].word
    return last.isupper() and before[1:].islower() and len(last) <= _ACRONYM and not set(last) <= set("IVX.")


def _is_common(reading: Reading, token: Token, rules: NameRules) -> bool:
    """Say whether a sentence's first word is a reporting verb, or one that the article has in lower case too."""
    return token.latin in rules.cues.verbs or token.latin in reading.lower


def _split(reading: Reading, draft: Draft) -> list[Draft]:
    """Part “Kovalchuk's lawyer” names that stand together: the minister [of Y.] X. [Given Surname].

    A word that is no given name, before a given name and a surname, belongs to the title in front of it.
    """
    words = reading.words(draft)
    before = reading.tokens[draft.row][: draft.start]
    if len(words) > 2 and (reading.lists.flags(words[0].latin) in ("P", "p") or _is_role(reading, draft)):
        return _split(reading, Draft(draft.row, draft.start + 1, draft.end, draft.probability))
    if len(words) < 3 or is_initial(words[0].word) or not reading.is_given(words[1]) or not words[-1].capital:
        return [draft]
    titled = bool(before) and before[-1].latin in reading.rules[draft.row].cues.titles
    flags = reading.lists.flags(words[0].latin)
    place = flags[-1:] in ("P", "p") or (len(words[0].word) <= _ACRONYM and words[0].word.isupper())
    if not (titled or place) or (reading.is_given(words[0]) and not (titled and place)):
        return [draft]
    rest = Draft(draft.row, draft.start + 1, draft.end, draft.probability)
    if place:
        return [rest]
    if reading.is_given(words[2]):
        return [draft]  # Popescu Ion Marius: surname first
    return [Draft(draft.row, draft.start, draft.start + 1, draft.probability), rest]


def _is_role(reading: Reading, draft: Draft) -> bool:
    """Say whether a name's first word is what the person is: Gerichtssprecher X Y, Norweg X Y."""
    first, second, third = reading.words(draft)[:3]
    if is_initial(first.word) or reading.is_given(first) or not reading.is_given(second) or not third.capital:
        return False
    turned = reading.is_given(third) or is_patronymic(third.latin)  # Popescu Ion Marius
    unknown = not reading.lists.flags(first.latin) and not turned
    return unknown or _is_compound_title(first, reading.rules[draft.row])


def _is_compound_title(token: Token, rules: NameRules) -> bool:
    """Say whether a word ends in a title: Gerichtssprecher."""
    return token.word.lower().endswith(rules.roles)


def _extend(reading: Reading, draft: Draft, floor: int) -> None:
    """Take in what stands right before a name: initials, a given name cut short, particles, and what they join."""
    words, rules = reading.tokens[draft.row], reading.rules[draft.row]
    while draft.start > floor:
        before = words[draft.start - 1]
        two = words[draft.start - 2] if draft.start - 2 >= floor else None
        if is_initial(before.word) and before.capital:
            if before.word.lower().rstrip(".") in rules.titles and not (two and is_initial(two.word)):
                return  # M. Dupont
            draft.start -= 1
        elif before.word == "." and two is not None and _is_shortened(two, before, rules):
            draft.start -= 2
        elif not before.capital and before.word.lower() in rules.particles:
            joins = two is not None and reading.is_given(two)
            if not joins and len(before.word) < _PARTICLE:
                return
            draft.start -= 2 if joins else 1
        elif _is_left_out(reading, draft):
            draft.start -= 1
        else:
            return


def _is_shortened(token: Token, stop: Token, rules: NameRules) -> bool:
    """Say whether a word and its full stop are a given name cut short, and no title or street."""
    word = token.word.lower()
    return (
        token.capital
        and len(word) <= _SHORTENED
        and token.end == stop.start
        and word not in rules.titles
        and not rules.heads.intersection((word, word + "."))
    )


def _is_left_out(reading: Reading, draft: Draft) -> bool:
    """Say whether the word before a surname is its given name, which the model has overlooked."""
    i = draft.start - 1
    before, rules = reading.tokens[draft.row][i], reading.rules[draft.row]
    word = before.word.lower()
    flags = reading.lists.flags(before.latin) if before.capital else ""
    if flags and is_patronymic(reading.words(draft)[0].latin):
        return True
    if not before.capital or is_place(reading, before) or before.latin in reading.lower:
        return False
    if rules.no_name(word) or _is_compound_title(before, rules):
        return False
    if before.word.isupper() and not reading.words(draft)[0].word.isupper():
        return False  # an organisation
    if not flags and len(reading.words(draft)) > 1 and reading.is_given(reading.words(draft)[0]):
        return False  # Norweg X Y
    known = flags[:1] == "G" or (flags[:1] == "g" and len(reading.words(draft)) == 1)
    return reading.tagged[draft.row].probabilities[i] >= (_FAINT if known and i else _HALF if known else _STRANGE)


def _extend_right(reading: Reading, draft: Draft) -> None:
    """Take in the surname behind a given name that stands alone, over particles too."""
    words = reading.tokens[draft.row]
    rules, j = reading.rules[draft.row], draft.end
    if j - draft.start > 1 and all(_at(words, j + k).lower() in rules.particles | rules.loose for k in (0, 1)):
        if _could_be_surname(reading, draft.row, j + 2):
            draft.end = j + 3  # Peñalba de la Hoz
        return
    stopped = j < len(words) and words[j].word == "." and _is_shortened(words[j - 1], words[j], rules)
    if j - draft.start != 1 or not (stopped or reading.is_given(words[draft.start])):
        return
    j += stopped
    while j < len(words) and j - draft.end < _PARTICLES and words[j].word.lower() in rules.particles | rules.loose:
        j += 1
    if _could_be_surname(reading, draft.row, j):
        draft.end = j + 1
        if _could_be_surname(reading, draft.row, j + 1) and reading.tagged[draft.row].probabilities[j + 1] >= _HALF:
            draft.end = j + 2


def _at(words: list[Token], i: int) -> str:
    return words[i].word if i < len(words) else ""


def _could_be_surname(reading: Reading, row: int, i: int) -> bool:
    words, rules = reading.tokens[row], reading.rules[row]
    if i >= len(words) or not words[i].capital or words[i].word.lower() in rules.titles | rules.heads:
        return False
    return reading.tagged[row].probabilities[i] >= _FAINT and not reading.lists.flags(words[i].latin).endswith("P")


def _is_post(reading: Reading, draft: Draft) -> bool:
    """Say whether a word right before a name is the place or the body of the post: the head of OSCE X Y."""
    words = reading.words(draft)
    if len(words) > 1:
        return False
    acronym = words[0].word.isupper() and 1 < len(words[0].word) <= _ACRONYM and draft.probability < SURE
    return acronym or is_place(reading, words[0])


def _join(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Join a given name to its surname over particles or a nickname in quotes."""
    joined: list[Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        between = reading.tokens[draft.row][last.end : draft.start] if last else []
        if last is not None and (draft.start <= last.end or _bridged(reading, last, between)):
            # an initial that the surname behind it took in may touch the name in front
            words = reading.tokens[draft.row]
            if draft.start <= last.end and words[draft.start].capital and not is_initial(words[last.end - 1].word):
                joined.append(draft)
                continue
            last.end, last.probability = draft.end, min(last.probability, draft.probability)
        else:
            joined.append(draft)
    return joined


def _bridged(reading: Reading, last: Draft, between: list[Token]) -> bool:
    """Say whether the words between two names join them to one."""
    words = reading.words(last)
    if not between or len(words) > 2:
        return False
    rules = reading.rules[last.row]
    if between[0].word == "." and len(between) == 1:
        return _is_shortened(words[-1], between[0], rules)
    if len(between) > 1 and all(token.word.lower() in rules.particles | rules.loose for token in between):
        return True  # de la, van der
    if not (reading.is_given(words[-1]) or is_initial(words[-1].word)):
        return False
    if all(token.word.lower() in rules.particles for token in between):
        return True
    quoted = between[0].word in OPENING and between[-1].word in CLOSING
    return len(words) == 1 and quoted and 2 < len(between) <= NICKNAME
