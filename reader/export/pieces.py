"""Cut an annotated article for those who draw it: its paragraphs, and each into stretches with the same marks."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.annotations.annotation import HIGHLIGHT, PERSON, QUOTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.articles.article import Paragraph
    from reader.export.passages import AnnotatedArticle, Passage, SentencePair
    from reader.text.span import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the original and the passages that cover it, the outermost first."""

    text: str
    passages: tuple[Passage, ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        """The kinds of the passages, and the colour of the innermost highlight; terms are no quotes."""
        kinds = {"term" if passage.term else passage.kind for passage in self.passages}
        colours = [passage.colour for passage in self.passages if passage.kind == HIGHLIGHT and passage.colour]
        return frozenset({*kinds & {HIGHLIGHT, QUOTE, PERSON, "term"}, *colours[-1:]})


@dataclass(frozen=True, slots=True)
class ParagraphPair:
    """A paragraph, numbered from 1, in pieces beside the sentences that begin in it."""

    number: int
    paragraph: Paragraph
    pieces: tuple[Piece, ...]
    sentences: tuple[SentencePair, ...]


def paragraphs_of(article: AnnotatedArticle) -> Iterator[ParagraphPair]:
    """Yield the paragraphs with what stands beside them."""
    placed = [passage for passage in article.passages if passage.span]
    first_sentence = 0
    for number, paragraph in enumerate(article.paragraphs, 1):
        touching = [each for each in placed if each.span and each.span.overlaps(paragraph.span)]
        last = bisect_left(article.sentences, number, lo=first_sentence, key=lambda pair: pair.paragraph)
        pieces = tuple(_cut(article.text, paragraph.span, touching))
        yield ParagraphPair(number, paragraph, pieces, article.sentences[first_sentence:last])
        first_sentence = last


def _cut(text: str, within: Span, passages: list[Passage]) -> Iterator[Piece]:
    ends = {within.start, within.end}
    for passage in passages:
        assert passage.span is not None
        ends |= {max(passage.span.start, within.start), min(passage.span.end, within.end)}
    cuts = sorted(ends)
    for start, end in pairwise(cuts):
        covering = tuple(each for each in passages if each.span and each.span.start <= start and end <= each.span.end)
        yield Piece(text[start:end], covering)
