"""An article's analysis as the command line prints it: one JSON object, offsets in code points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.analysis.results import Analysis, Quote, Speaker
    from reader.articles.article import Article
    from reader.text.span import Span


def to_json(article: Article, analysis: Analysis) -> dict[str, Any]:
    """Return the object that `analyze --json` prints for an article."""
    return {
        "path": str(article.path),
        "sha256": article.sha256,
        "encoding": article.encoding.name,
        "language": {"code": analysis.language.code, "confidence": round(analysis.language.confidence, 3)},
        "date": article.date,
        "title": _span(analysis.title) if analysis.title else None,
        "paragraphs": [
            {
                **_span(paragraph.span),
                "kind": str(paragraph.kind),
                "language": paragraph.language or analysis.language.code,
            }
            for paragraph in analysis.paragraphs
        ],
        "sentences": [_span(sentence.span) for sentence in analysis.sentences],
        "quotes": [_quote(quote) for quote in analysis.quotes],
        "people": [
            {**_span(mention.span), "text": mention.text, "person": mention.person} for mention in analysis.people
        ],
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        **_span(quote.span),
        "outer": [quote.outer.start, quote.outer.end],
        "open": quote.open,
        "close": quote.close,
        "kind": str(quote.kind),
        "parent": quote.parent,
        "speaker": _speaker(quote.speaker) if quote.speaker else None,
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    place = _span(speaker.mention) if speaker.mention else {"start": None, "end": None}
    sure = round(speaker.confidence, 3)
    return {"person": speaker.person, **place, "confidence": sure, "why": speaker.evidence}
