"""Articles, analyses and pages made by hand, for tests of what is done with them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from reader.analysis.results import Analysis, LanguageGuess, Sentence
from reader.articles.article import Article, Encoding, Paragraph
from reader.page import Layer, Mark, Page, page_of
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


def span_of(text: str, words: str, nth: int = 0) -> Span:
    """Return where `words` stand in `text` for the nth time (from 0)."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def article_of(text: str, path: Path = Path("article.txt"), header: Span | None = None) -> Article:
    """Make an article whose paragraphs are the lines of `text`."""
    paragraphs = tuple(Paragraph(Span(*line.span())) for line in re.finditer(r"[^\n]+", text))
    return Article(path, text, len(text.encode()), "", "", Encoding("utf-8"), paragraphs, header=header)


def analysis_of(article: Article, language: str = "ro", paragraphs: Sequence[Paragraph] = ()) -> Analysis:
    """Make an analysis that ends a sentence at each full stop and finds nothing else."""
    paragraphs = tuple(paragraphs) or article.paragraphs
    sentences = []
    for number, paragraph in enumerate(paragraphs):
        start = max(paragraph.span.start, article.header.end if article.header else 0)
        found = re.finditer(r"[^\s.][^.]*\.?", article.text[start : paragraph.span.end])
        sentences += [Sentence(Span(*each.span()).shifted(start), number) for each in found]
    return Analysis(LanguageGuess(language, 1.0), paragraphs, None, tuple(sentences), (), ())


def page(text: str, language: str = "ro") -> Page:
    """Make a page of one row a line, a sentence at each full stop."""
    article = article_of(text)
    return page_of(article, analysis_of(article, language))


def mark(text: str, marked: str, layer: Layer = Layer.QUOTE, **fields: object) -> Mark:
    """Mark where `text` has the words `marked` first."""
    span = span_of(text, marked)
    return Mark(span, layer, f"{layer}:{span.start}", **fields)
