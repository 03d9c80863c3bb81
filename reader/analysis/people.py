"""Find people: tag names sentence by sentence, put them right by rules, let the whole article confirm them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.candidates import NameRules, Reading
from reader.analysis.document import link_document, settle_doubts
from reader.analysis.drafts import draft_names
from reader.analysis.firstnames import add_given_names
from reader.analysis.languages import load_language
from reader.analysis.results import Mention
from reader.analysis.tagger import Surroundings, Tagger, features, tokenise, untagged
from reader.analysis.vetoes import is_month
from reader.resources import resources_dir
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reader.analysis.languages import Language
    from reader.analysis.results import Sentence
    from reader.analysis.tagger import Token
    from reader.articles.article import Paragraph

# A sentence doesn't end in an initial, whatever the splitter says.
_CUT = re.compile(r"(?<![^\W_])(?:[^\W\d_]|Дж|Дз)\.\Z")

_LETTER = re.compile(r"[^\W\d_]")

__all__ = ["PersonFinder"]


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
        add_given_names(reading)
        mentions = []
        at = 0
        for draft in sorted(reading.drafts, key=lambda d: (d.row, d.start, -d.end)):
            words = reading.words(draft)
            span = Span(words[0].start, words[-1].end)
            if span.start >= at and not is_month(reading, draft):
                score = round(draft.probability, 3)
                mentions.append(Mention(span, span.of(text), "", score, f"{draft.evidence} (score {score:.2f})"))
                at = span.end
        return tuple(mentions)

    def _read(
        self, text: str, sentences: Sequence[Sentence], paragraphs: Sequence[Paragraph], language: str
    ) -> Reading:
        """Tokenise and tag every sentence."""
        whole = _whole(text, sentences)
        tokens = [_tokens(text, sentence.span) for sentence in whole]
        rules = [self._rules(paragraphs[sentence.paragraph].language or language) for sentence in whole]
        lists = self._tagger.lists
        around = Surroundings.of((token for words in tokens for token in words), lists)
        tagged = [
            self._tagger.tag(features(words, rule.cues, around, lists))
            if any(token.capital for token in words)
            else untagged(len(words))
            for words, rule in zip(tokens, rules, strict=True)
        ]
        return Reading(tokens, tagged, rules, lists)


def _tokens(text: str, span: Span) -> list[Token]:
    """Return a sentence's tokens; a line of marks can be long, and holds no name."""
    return tokenise(text, span.start, span.end) if _LETTER.search(text, span.start, span.end) else []


def _whole(text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences with those joined that part an initial from its surname."""
    whole: list[Sentence] = []
    for sentence in sentences:
        last = whole[-1] if whole else None
        if last is not None and last.paragraph == sentence.paragraph:
            end = _CUT.search(text, max(last.span.start, last.span.end - 5), last.span.end)
            if end and end.group()[0].isupper():
                whole[-1] = replace(last, span=Span(last.span.start, sentence.span.end))
                continue
        whole.append(sentence)
    return whole
