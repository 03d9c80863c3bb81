"""Names under work in one article: the words around them, the runs that may be names, what the lists say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.analysis.grammar import grammar_of
from reader.analysis.phonetic import plain, romanise
from reader.analysis.tagger import OPENING, Cues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.analysis.languages import Language
    from reader.analysis.tagger import NameLists, Tagged, Token

BY_MODEL = "looks like a name"
MARKS = frozenset("\"'«»„“”‚‘’‹›()[]…,;:!?–—-./")
_PLATFORMS = frozenset(
    ("facebook", "instagram", "linkedin", "reddit", "telegram", "threads", "tiktok", "twitter", "whatsapp", "youtube")
)
_DASHES = frozenset("–—-")
_REACH = 3  # tokens before “city” or “museum” in which a title makes what follows a person
_HONORIFIC = 4  # letters of a title that may stand in a street's name too: san, don, papa
_POSSIBLE = 0.01  # a word that stands in lower case too is no name below this
_FIRST = 0.002  # nor is a sentence's first word below this
ROLE = 5  # letters of a title that is part of a longer one: -chef, but not -rat
SURE = 0.6
_NOUNS = 0.25  # share of words with a capital inside sentences, above which a capital says little
NICKNAME = 5  # tokens, marks included, that a nickname between given name and surname may have


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
    joints: frozenset[str]
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
            frozenset(names.joints),
            grammar_of(language).rules,
            tuple(title for title in names.titles if len(title) >= ROLE),
            language.code,
        )

    def no_name(self, word: str) -> bool:
        """Say whether a word in lower case is a small word, a title or the head of a name of something else."""
        return word in self.small or word in self.titles or word in self.heads or word in self.determiners

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
    nouns: bool = False

    def __post_init__(self) -> None:
        """Note the words that the article has in lower case, and whether its nouns have capitals, as in German."""
        self.lower = frozenset(token.latin for words in self.tokens for token in words if not token.capital)
        inside = [token.capital for words in self.tokens for token in words[1:] if token.word[0].isalpha()]
        self.nouns = sum(inside) > _NOUNS * len(inside)

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
        """Say whether a word is a known given name in the nominative, or two joined by a hyphen."""
        flags = self.lists.flags
        return token.capital and (
            flags(token.latin).startswith("G")
            or ("-" in token.latin and all(flags(part).startswith("G") for part in token.latin.split("-")))
        )


def is_figure(reading: Reading, token: Token) -> bool:
    """Say whether a word is a public figure's surname and no place."""
    flags = reading.lists.flags(token.latin) if token.capital else ""
    return "F" in flags.upper() and "P" not in flags


def is_place(reading: Reading, token: Token) -> bool:
    """Say whether a word is a place's name, in whatever case form."""
    return reading.lists.flags(token.latin)[-1:] in ("P", "p")


def owned(reading: Reading, row: int, start: int) -> bool:
    """Say whether the word in front makes what begins at token `start` a street, a prize, a firm.

    *The mayor of the city X Y* and *the museum's director X Y* have such a word in front too, after a title.
    """
    words, rules = reading.tokens[row], reading.rules[row]
    i = start - 1
    while i >= 0 and (opens_quote(words, i) or words[i].word == "." or words[i].word.lower() in rules.titles):
        if words[i].word[0].islower() and len(words[i].word) > _HONORIFIC:
            return False  # the museum director X Y
        i -= 1
    if i > 0 and words[i].capital and not reading.is_given(words[i]) and words[i - 1].word.lower() in rules.heads:
        i -= 1  # the Clinical Hospital X Y
    if i < 0 or words[i].word.lower() not in rules.heads:
        return False
    for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if words[j].word in MARKS:
            break
        if words[j].latin in rules.cues.titles:
            return False
    return True


def opens_quote(words: list[Token], i: int) -> bool:
    """Say whether a mark is a quote's first, glued to the word behind it."""
    return words[i].word in OPENING and i + 1 < len(words) and words[i].end == words[i + 1].start
