"""Find people: tag names sentence by sentence, put them right by rules, let the whole article confirm them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.document import CERTAIN, link_document, settle_doubts
from reader.analysis.drafts import NameRules, Reading, draft_names
from reader.analysis.languages import load_language
from reader.analysis.results import Mention
from reader.analysis.tagger import Surroundings, Tagger, features, tokenise
from reader.resources import resources_dir
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reader.analysis.languages import Language
    from reader.analysis.results import Sentence
    from reader.articles.article import Paragraph

__all__ = ["CERTAIN", "PersonFinder"]


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
        draft_names(reading)
        link_document(reading)
        settle_doubts(reading)
        mentions = []
        at = 0
        for draft in sorted(reading.drafts, key=lambda d: (d.row, d.start, -d.end)):
            words = reading.words(draft)
            span = Span(words[0].span.start, words[-1].span.end)
            if span.start >= at:
                mentions.append(Mention(span, span.of(text), "", round(draft.probability, 3), draft.evidence))
                at = span.end
        return tuple(mentions)

    def _read(
        self, text: str, sentences: Sequence[Sentence], paragraphs: Sequence[Paragraph], language: str
    ) -> Reading:
        """Tokenise and tag every sentence."""
        tokens = [tokenise(text, sentence.span.start, sentence.span.end) for sentence in sentences]
        rules = [self._rules(paragraphs[sentence.paragraph].language or language) for sentence in sentences]
        lists = self._tagger.lists
        around = Surroundings.of((token for words in tokens for token in words), lists)
        tagged = [
            self._tagger.tag(features(words, rule.cues, around, lists))
            for words, rule in zip(tokens, rules, strict=True)
        ]
        return Reading(tokens, tagged, rules, lists)
