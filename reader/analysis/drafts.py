"""Names under work in one article: take titles off, add initials and particles, split and join, veto.

The model proposes runs of words; the rules here know what it can't learn from little text. Each looks only at
the words next to the name; what the rest of the article says is `document.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.analysis.grammar import grammar_of
from reader.analysis.phonetic import plain, romanise
from reader.analysis.tagger import CLOSING, OPENING, Cues, is_initial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.analysis.languages import Language
    from reader.analysis.tagger import NameLists, Tagged, Token

BY_MODEL = "looks like a name"
_MARKS = frozenset("\"'«»„“”‚‘’‹›()[]…,;:!?–—-./")
_BREAKS = frozenset(":;!?…()[]/")
_PLATFORMS = frozenset(
    ("facebook", "instagram", "linkedin", "reddit", "telegram", "threads", "tiktok", "twitter", "whatsapp", "youtube")
)
_DASHES = frozenset("–—-")
_PATRONYMIC = re.compile(r"\w{2,}(?:[oeiy]vich|ovn|evn|ivn|ichn)(?:a|u|om|em|evi|ovi|i|oi|oiu|y|e)?")
_QUOTES = (OPENING | CLOSING) - {"'"}  # an apostrophe may end a particle: de’ Medici
LIKELY = 0.4  # from this probability on a word is taken for part of a name
FAMOUS = 0.12  # the same for a public figure's surname, inside a sentence
_SURE = 0.6
_CERTAINLY = 0.95
_REACH = 3  # tokens before “city” or “museum” in which a title makes what follows a person
_HALF = 0.15  # what the model must think of a given name and of the word behind it, to take both
_STRANGE = 0.25  # what it must think of an unknown word before a surname, to take it for the given name
_NICKNAME = 5  # tokens, marks included, that a nickname between given name and surname may have
_FAINT = 0.1  # what the model must at least think of a word behind a given name
_PARTICLES = 2  # particles that may stand in a row: van der, de la
_ACRONYM = 4  # letters of an organisation in capitals: EU, OSCE
_PARTICLE = 3  # letters of a particle that belongs to a name even with no given name in front: van, фон
_HONORIFIC = 4  # letters of a title that may stand in a street's name too: san, don, papa
_POSSIBLE = 0.01  # a word that stands in lower case too is no name below this
_FIRST = 0.002  # nor is a sentence's first word below this
_ROLE = 5  # letters of a title that is part of a longer one: -chef, but not -rat
_SHORTENED = 3  # letters of a given name cut short: Gh., Кр., Вол.


@dataclass(frozen=True, slots=True)
class NameRules:
    """One language's words around names, ready for look-up: lower case, and endings romanised.

    `particles` are those that are no prepositions or articles too; `loose` those that may be. A language whose
    prepositions aren't known has loose ones only.
    """

    cues: Cues
    titles: frozenset[str]
    articles: frozenset[str]
    particles: frozenset[str]
    loose: frozenset[str]
    small: frozenset[str]
    heads: frozenset[str]
    endings: frozenset[str]
    determiners: frozenset[str]
    nominative: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    code: str

    @classmethod
    def of(cls, language: Language) -> NameRules:
        """Prepare a language's lists."""
        names, speech = language.names, language.speech
        grammar = frozenset(names.articles) | frozenset(speech.prepositions)
        particles = frozenset(names.particles)
        links = frozenset(phrase.split()[0] for phrase in language.notices.related) | _PLATFORMS
        return cls(
            Cues.of(names, speech),
            frozenset(title.rstrip(".") for title in names.titles),
            frozenset(names.articles),
            particles - grammar if speech.prepositions else frozenset(),
            particles & grammar if speech.prepositions else particles,
            frozenset((*speech.prepositions, *speech.adverbs, *speech.pronouns, *speech.stops, *names.articles))
            | links,
            frozenset(names.not_people) - frozenset(names.given_names),  # Bill is a name too
            frozenset(romanise(plain(ending)) for ending in names.case_endings) | {"", "'s", "s"},
            frozenset(names.determiners),
            grammar_of(language).rules,
            tuple(title for title in names.titles if len(title) >= _ROLE),
            language.code,
        )

    def same_word(self, one: str, other: str) -> bool:
        """Say whether two romanised words may be one name in two case forms."""
        if one == other:
            return True
        if "-" in one and one.count("-") == other.count("-"):
            return all(self.same_word(a, b) for a, b in zip(one.split("-"), other.split("-"), strict=True))
        common = 0
        for a, b in zip(one, other, strict=False):
            if a != b:
                break
            common += 1
        # the ending may begin before the point where the words part: Коваля and Коваль share an ending's first letter
        cuts = range(common, max(2, common - 3), -1)
        return any(one[cut:] in self.endings and other[cut:] in self.endings for cut in cuts)


@dataclass(slots=True)
class Draft:
    """A run [start, end) of tokens in sentence `row` that may be a name."""

    row: int
    start: int
    end: int
    probability: float
    evidence: str = BY_MODEL


@dataclass(slots=True)
class Reading:
    """An article under work: tokens, labels and rules by sentence, and the drafts found so far."""

    tokens: list[list[Token]]
    tagged: list[Tagged]
    rules: list[NameRules]
    lists: NameLists
    drafts: list[Draft] = field(default_factory=list)
    lower: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Note the words that the article has in lower case."""
        self.lower = frozenset(token.latin for words in self.tokens for token in words if not token.capital)

    def words(self, draft: Draft) -> list[Token]:
        """Return a draft's tokens."""
        return self.tokens[draft.row][draft.start : draft.end]

    def taken(self) -> set[tuple[int, int]]:
        """Return (sentence, token) of every token in a draft."""
        return {(draft.row, i) for draft in self.drafts for i in range(draft.start, draft.end)}

    def opens(self, row: int, i: int) -> bool:
        """Say whether a word has its capital for beginning a sentence, a quote, or what stands behind a colon."""
        words = self.tokens[row]
        while i > 0 and (words[i - 1].word in OPENING or words[i - 1].word in _DASHES):
            i -= 1
        return i == 0 or words[i - 1].word == ":"

    def loose(self, least: float) -> Iterator[tuple[int, int, Token]]:
        """Yield capitalised words outside drafts that the model doesn't rule out, and that no street or prize owns."""
        taken = self.taken()
        for row, (words, tagged) in enumerate(zip(self.tokens, self.tagged, strict=True)):
            for i, token in enumerate(words):
                if not token.capital or (row, i) in taken:
                    continue
                common = token.latin in self.lower
                headed = i + 1 < len(words) and words[i + 1].word == ":"
                floor = max(least, _FIRST) if i == 0 and not headed else least
                if tagged.probabilities[i] < (_POSSIBLE if common else floor):
                    continue
                behind = words[i + 1] if i + 1 < len(words) else None
                if behind is not None and behind.capital and behind.word.lower() in self.rules[row].heads:
                    continue  # the Moultrie Foundation
                if not owned(self, row, i) and not (i and owned(self, row, i - 1)):
                    yield row, i, token

    def is_given(self, token: Token) -> bool:
        """Say whether a word is a known given name in the nominative."""
        return token.capital and self.lists.flags(token.latin).startswith("G")


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
            if after is None or after.start > draft.end or not _is_country(reading, draft)
        ]
        for draft, before in zip(found, [None, *found], strict=False):
            _extend(reading, draft, before.end if before else 0)
        for draft, after in zip(found, [*found[1:], None], strict=False):
            if after is None or after.start > draft.end + _PARTICLES:
                _extend_right(reading, draft)
        reading.drafts += [draft for draft in _join(reading, found) if not _vetoed(reading, draft)]


def _proposed(reading: Reading, row: int) -> Iterator[Draft]:
    """Yield the model's names of a sentence; a name's probability is the least of its capitalised words'."""
    words, tagged = reading.tokens[row], reading.tagged[row]
    enough = [FAMOUS if i and is_figure(reading, token) else LIKELY for i, token in enumerate(words)]
    given = {i for i in range(len(words) - 1) if _by_given_name(reading, row, i)}
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
            if sure < _SURE and not given.isdisjoint(range(first, last - 1)):
                yield Draft(row, first, last, _SURE, "a given name and a word with a capital")
            else:
                yield Draft(row, first, last, sure)


def _by_given_name(reading: Reading, row: int, i: int) -> bool:
    """Say whether a known given name and the word behind it are a name that the model half believes in."""
    words, sure, rules = reading.tokens[row], reading.tagged[row].probabilities, reading.rules[row]
    known = reading.lists.flags(words[i].latin)[:1] if words[i].capital else ""
    if not i or known not in ("G", "g") or min(sure[i], sure[i + 1]) < (_HALF if known == "G" else 2 * _HALF):
        return False
    if any(words[j].word.lower() in rules.heads | rules.titles | rules.small for j in (i, i + 1)):
        return words[i].word.lower() in rules.heads and words[i - 1].word == "."  # Sen. Bill Kerran
    return words[i + 1].capital and not _is_place(reading, words[i + 1]) and words[i + 1].latin not in reading.lower


def _with_nicknames(reading: Reading, row: int, found: list[Draft]) -> list[Draft]:
    """Join what stands around a short quote to one name, where it looks like given name and surname."""
    words, sure = reading.tokens[row], reading.tagged[row].probabilities
    rules = reading.rules[row]
    for i in range(1, len(words) - 3):
        if words[i].word not in _QUOTES or not _opens(words, i):
            continue
        close = next((j for j in range(i + 2, min(len(words) - 1, i + _NICKNAME)) if words[j].word in CLOSING), None)
        if close is None or words[close].span.start != words[close - 1].span.end:
            continue
        before, after = words[i - 1], words[close + 1]
        named = reading.is_given(before) or (before.capital and sure[i - 1] >= LIKELY)
        likely = max(sure[close + 1], sure[i - 1] - _SURE) >= _FAINT and after.latin not in reading.lower
        if named and after.capital and before.word.lower() not in rules.heads and likely:
            start = min((d.start for d in found if d.start < i <= d.end + 1), default=i - 1)
            end = max((d.end for d in found if d.start <= close + 1 < d.end), default=close + 2)
            whole = Draft(row, start, end, max(sure[i - 1], sure[close + 1]))
            rest = [d for d in found if d.end <= start or d.start >= end]
            found = sorted([*rest, whole], key=lambda d: d.start)
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
        return word in _MARKS or word in rules.articles - rules.loose or word.rstrip(".") in rules.titles

    if draft.end - draft.start > _PARTICLES and _is_postnominal(words, draft):
        draft.end -= 1
    while draft.end > draft.start and not words[draft.end - 1].capital and not words[draft.end - 1].word[0].isdigit():
        draft.end -= 1
    if (
        draft.end - draft.start > _PARTICLES
        and not words[draft.end - 2].capital
        and _is_place(reading, words[draft.end - 1])
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
    turned = reading.is_given(third) or _PATRONYMIC.fullmatch(third.latin)  # Popescu Ion Marius
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
        and token.span.end == stop.span.start
        and word not in rules.titles
        and not rules.heads.intersection((word, word + "."))
    )


def _is_left_out(reading: Reading, draft: Draft) -> bool:
    """Say whether the word before a surname is its given name, which the model has overlooked."""
    i = draft.start - 1
    before, rules = reading.tokens[draft.row][i], reading.rules[draft.row]
    word = before.word.lower()
    flags = reading.lists.flags(before.latin) if before.capital else ""
    if not before.capital or _is_place(reading, before) or before.latin in reading.lower:
        return False
    if word in rules.small | rules.titles | rules.heads | rules.determiners or _is_compound_title(before, rules):
        return False
    if before.word.isupper() and not reading.words(draft)[0].word.isupper():
        return False  # an organisation
    if _PATRONYMIC.fullmatch(reading.words(draft)[0].latin) and flags:
        return True
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


def is_figure(reading: Reading, token: Token) -> bool:
    """Say whether a word is a public figure's surname and no place."""
    flags = reading.lists.flags(token.latin) if token.capital else ""
    return "F" in flags.upper() and "P" not in flags


def _is_country(reading: Reading, draft: Draft) -> bool:
    """Say whether a word right before a name is the place of the post: Lithuania's ambassador X Y, turned round."""
    words = reading.words(draft)
    return len(words) == 1 and _is_place(reading, words[0])


def _is_place(reading: Reading, token: Token) -> bool:
    return reading.lists.flags(token.latin)[-1:] in ("P", "p")


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
    return len(words) == 1 and quoted and 2 < len(between) <= _NICKNAME


def owned(reading: Reading, row: int, start: int) -> bool:
    """Say whether the word in front makes what begins at token `start` a street, a prize, a firm.

    *The mayor of the city X Y* and *the museum's director X Y* have such a word in front too, after a title.
    """
    words, rules = reading.tokens[row], reading.rules[row]
    i = start - 1
    while i >= 0 and (_opens(words, i) or words[i].word == "." or words[i].word.lower() in rules.titles):
        if words[i].word[0].islower() and len(words[i].word) > _HONORIFIC:
            return False  # the museum director X Y
        i -= 1
    if i > 0 and words[i].capital and not reading.is_given(words[i]) and words[i - 1].word.lower() in rules.heads:
        i -= 1  # the Clinical Hospital X Y
    if i < 0 or words[i].word.lower() not in rules.heads:
        return False
    for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if words[j].word in _MARKS:
            break
        if words[j].latin in rules.cues.titles:
            return False
    return True


def _opens(words: list[Token], i: int) -> bool:
    """Say whether a mark is a quote's first, glued to the word behind it."""
    return words[i].word in OPENING and i + 1 < len(words) and words[i].span.end == words[i + 1].span.start


def _vetoed(reading: Reading, draft: Draft) -> bool:
    """Say whether a name is part of another thing's; where it may be the holder of a post, a sure name stays."""
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
    plain_head = head == 0 or words[head - 1].word in _MARKS or words[head - 1].word.lower() in rules.small
    return plain_head or len(reading.words(draft)) == 1 or draft.probability < _SURE


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
    opening = next((j for j in range(i, max(0, i - _NICKNAME), -1) if words[j].word in OPENING), None)
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
    return not alone and draft.probability < _SURE
