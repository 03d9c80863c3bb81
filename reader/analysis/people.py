"""Find people: tag names sentence by sentence, then let the article's other mentions confirm or correct each.

A surname that stands once after its given name is a name wherever else it stands, in any case form; a word
that the model takes for a name here and not there is decided once for the whole article.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.languages import load_language
from reader.analysis.phonetic import plain, romanise
from reader.analysis.results import Mention
from reader.analysis.tagger import Cues, Surroundings, Tagger, features, is_initial, tokenise
from reader.resources import resources_dir
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from reader.analysis.languages import Language, NameWords
    from reader.analysis.results import Sentence
    from reader.analysis.tagger import Tagged, Token
    from reader.articles.article import Paragraph

CERTAIN = 0.5  # below this a mention is a suggestion
_SURE = 0.6  # a name of two words at this probability vouches for its surname elsewhere
_POSSIBLE = 0.01  # a word below this is no name, whatever the rest of the article says
_ALONE = 0.15  # the same, for a word that no full name vouches for
_BY_MODEL = "looks like a name"
_MARKS = "\"'«»„“”‚‘’‹›()[]…,;:!?–—-"


@dataclass(frozen=True, slots=True)
class NameRules:
    """One language's words around names, ready for look-up: lower case, and endings romanised."""

    cues: Cues
    titles: frozenset[str]
    articles: frozenset[str]
    endings: frozenset[str]

    @classmethod
    def of(cls, language: Language) -> NameRules:
        """Prepare a language's lists."""
        names: NameWords = language.names
        return cls(
            Cues.of(names, language.speech),
            frozenset(title.rstrip(".") for title in names.titles),
            frozenset(names.articles),
            frozenset(romanise(plain(ending)) for ending in names.case_endings) | {"", "'s", "s"},
        )


@dataclass(slots=True)
class _Draft:
    """A run [start, end) of tokens in sentence `row` that may be a name."""

    row: int
    start: int
    end: int
    probability: float
    evidence: str = _BY_MODEL


@dataclass(slots=True)
class _Reading:
    """An article under work: tokens and labels by sentence, and the drafts found so far."""

    tokens: list[list[Token]]
    tagged: list[Tagged]
    rules: list[NameRules]
    drafts: list[_Draft] = field(default_factory=list)

    def words(self, draft: _Draft) -> list[Token]:
        return self.tokens[draft.row][draft.start : draft.end]


class PersonFinder:
    """Finds the mentions of persons in one article after the other; holds no state between them."""

    def __init__(self, tagger: Tagger, language: Callable[[str], Language] = load_language) -> None:
        self._tagger = tagger
        self._rules = cache(lambda code: NameRules.of(language(code)))

    @classmethod
    def load(cls, language: Callable[[str], Language] = load_language, folder: Path | None = None) -> PersonFinder:
        """Read the model of `folder` (the reader's own, where none is given); raises `ResourceError`."""
        return cls(Tagger.load(folder or resources_dir() / "models"), language)

    def find(
        self, text: str, sentences: Sequence[Sentence], paragraphs: Sequence[Paragraph], language: str
    ) -> tuple[Mention, ...]:
        """Return the mentions in order of the text; they never overlap, and `person` is left to `identities.link`."""
        reading = self._read(text, sentences, paragraphs, language)
        for draft in list(_model_drafts(reading)):
            _trim(reading, draft)
            if draft.start < draft.end:
                reading.drafts.append(draft)
        _link_document(reading)
        _settle_doubts(reading)
        mentions = []
        for draft in sorted(reading.drafts, key=lambda d: (d.row, d.start)):
            words = reading.words(draft)
            span = Span(words[0].span.start, words[-1].span.end)
            mentions.append(Mention(span, span.of(text), "", round(draft.probability, 3), draft.evidence))
        return tuple(mentions)

    def _read(
        self, text: str, sentences: Sequence[Sentence], paragraphs: Sequence[Paragraph], language: str
    ) -> _Reading:
        """Tokenise and tag every sentence."""
        tokens = [tokenise(text, sentence.span.start, sentence.span.end) for sentence in sentences]
        rules = [self._rules(paragraphs[sentence.paragraph].language or language) for sentence in sentences]
        lists = self._tagger.lists
        around = Surroundings.of((token for words in tokens for token in words), lists)
        tagged = [
            self._tagger.tag(features(words, rule.cues, around, lists))
            for words, rule in zip(tokens, rules, strict=True)
        ]
        return _Reading(tokens, tagged, rules)


def _model_drafts(reading: _Reading) -> Iterator[_Draft]:
    """Yield the model's names; a name's probability is the least of its capitalised words'."""
    for row, (words, tagged) in enumerate(zip(reading.tokens, reading.tagged, strict=True)):
        for start, end in tagged.runs():
            least = min((tagged.probabilities[i] for i in range(start, end) if words[i].capital), default=0.0)
            yield _Draft(row, start, end, least)


def _trim(reading: _Reading, draft: _Draft) -> None:
    """Take titles, articles and marks off a name's ends; one without a capital is emptied."""
    words, rules = reading.tokens[draft.row], reading.rules[draft.row]

    def leads(token: Token) -> bool:
        word = token.word.lower()
        return word in _MARKS or word in rules.articles or word.rstrip(".") in rules.titles

    while draft.end > draft.start and (
        words[draft.end - 1].word in _MARKS or not (words[draft.end - 1].capital or words[draft.end - 1].word.isalnum())
    ):
        draft.end -= 1
    # the last word stays, whatever the lists say: there are people called King and Pope
    while draft.start < draft.end - 1 and leads(words[draft.start]):
        draft.start += 1
    if not any(token.capital for token in reading.words(draft)):
        draft.start = draft.end


def same_word(one: str, other: str, endings: frozenset[str]) -> bool:
    """Say whether two romanised words may be one name in two case forms."""
    if one == other:
        return True
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    # the ending may begin before the point where the words part: Рютте, Рюттего
    return any(
        one[cut:] in endings and other[cut:] in endings for cut in range(common, max(2, common - 3), -1)
    )


def _link_document(reading: _Reading) -> None:
    """Add mentions of surnames that stand elsewhere in the article with a given name."""
    known: dict[str, str] = {}
    for draft in reading.drafts:
        words = [token for token in reading.words(draft) if token.capital]
        if len(words) > 1 and draft.probability >= _SURE and not is_initial(words[-1].word) and len(words[-1].latin) > 2:
            known.setdefault(words[-1].latin, " ".join(token.word for token in reading.words(draft)))
    if not known:
        return
    by_start: dict[str, list[str]] = defaultdict(list)
    for surname in known:
        by_start[surname[:3]].append(surname)
    taken = {(draft.row, i) for draft in reading.drafts for i in range(draft.start, draft.end)}
    for draft in reading.drafts:
        words = reading.words(draft)
        if draft.probability < _SURE and _vouched(words[-1], reading.rules[draft.row], by_start):
            draft.probability = (1 + draft.probability) / 2
    for row, i, token in _loose(reading, taken):
        surname = _vouched(token, reading.rules[row], by_start)
        if surname:
            sure = reading.tagged[row].probabilities[i]
            evidence = f"surname of {known[surname]}, who stands in this article"
            reading.drafts.append(_Draft(row, i, i + 1, (1 + sure) / 2, evidence))


def _vouched(token: Token, rules: NameRules, by_start: dict[str, list[str]]) -> str | None:
    """Return the known surname that this word is a form of."""
    for surname in by_start.get(token.latin[:3], ()):
        if same_word(token.latin, surname, rules.endings):
            return surname
    return None


def _loose(reading: _Reading, taken: set[tuple[int, int]]) -> Iterator[tuple[int, int, Token]]:
    """Yield capitalised words outside names that the model doesn't rule out, and that no street or prize owns."""
    for row, (words, tagged) in enumerate(zip(reading.tokens, reading.tagged, strict=True)):
        cues = reading.rules[row].cues
        for i, token in enumerate(words):
            if not token.capital or (row, i) in taken or tagged.probabilities[i] < _POSSIBLE:
                continue
            if any(words[j].latin in cues.not_people for j in range(max(0, i - 2), i)):
                continue
            yield row, i, token


def _settle_doubts(reading: _Reading) -> None:
    """Decide words that stand alone once for the whole article, by the mean of what the model says of each."""
    seen: dict[str, list[float]] = defaultdict(list)
    for words, tagged in zip(reading.tokens, reading.tagged, strict=True):
        for token, sure in zip(words, tagged.probabilities, strict=True):
            if token.capital:
                seen[token.latin].append(sure)
    taken = {(draft.row, i) for draft in reading.drafts for i in range(draft.start, draft.end)}
    kept = []
    alone: dict[str, float] = {}
    for draft in reading.drafts:
        words = reading.words(draft)
        if len(words) == 1 and draft.evidence == _BY_MODEL:
            word = words[0].latin
            mean = sum(seen[word]) / len(seen[word])
            if mean < CERTAIN and draft.probability < 0.9:
                continue
            if mean > _SURE:
                alone[word] = mean
        kept.append(draft)
    reading.drafts = kept
    for row, i, token in _loose(reading, taken):
        if token.latin in alone and reading.tagged[row].probabilities[i] >= _ALONE:
            reading.drafts.append(_Draft(row, i, i + 1, alone[token.latin], "a name elsewhere in this article"))

