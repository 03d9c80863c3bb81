"""Find people: tag names sentence by sentence, then let the article's other mentions confirm or correct each.

A surname that stands once after its given name is a name wherever else it stands, in any case form.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.languages import load_language
from reader.analysis.results import Mention
from reader.analysis.tagger import Cues, Surroundings, Tagger, features, tokenise
from reader.resources import resources_dir
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reader.analysis.languages import Language
    from reader.analysis.results import Sentence
    from reader.articles.article import Paragraph

CERTAIN = 0.5  # below this a mention is a suggestion


class PersonFinder:
    """Finds the mentions of persons in one article after the other; holds no state between them."""

    def __init__(self, tagger: Tagger, language: Callable[[str], Language] = load_language) -> None:
        self._tagger = tagger
        self._cues = cache(lambda code: Cues.of(language(code).names, language(code).speech))

    @classmethod
    def load(cls, language: Callable[[str], Language] = load_language, folder: Path | None = None) -> PersonFinder:
        """Read the model of `folder` (the reader's own, where none is given); raises `ResourceError`."""
        return cls(Tagger.load(folder or resources_dir() / "models"), language)

    def find(
        self, text: str, sentences: Sequence[Sentence], paragraphs: Sequence[Paragraph], language: str
    ) -> tuple[Mention, ...]:
        """Return the mentions in order of the text; they never overlap, and `person` is left to `identities.link`."""
        tokens = [tokenise(text, sentence.span.start, sentence.span.end) for sentence in sentences]
        around = Surroundings.of((token for words in tokens for token in words), self._tagger.given)
        mentions = []
        for sentence, words in zip(sentences, tokens, strict=True):
            code = paragraphs[sentence.paragraph].language or language
            rows = features(words, self._cues(code), around, self._tagger.given)
            for tagged in self._tagger.tag(rows):
                span = Span(words[tagged.first].span.start, words[tagged.last].span.end)
                mentions.append(Mention(span, span.of(text), "", tagged.probability, "model"))
        return tuple(mentions)
