"""Sentence pairs as TMX 1.4, for translation memories (https://www.gala-global.org/tmx-14b)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from reader import __version__
from reader.export.escaping import xml_text
from reader.export.passages import Content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from reader.export.evidence import Evidence
    from reader.export.passages import AnnotatedArticle, SentencePair

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="Parallel Reader" creationtoolversion="{__version__}" segtype="sentence" o-tmf="Parallel Reader" \
adminlang="en" srclang="*all*" datatype="plaintext"/>
<body>
"""


def write_tmx(evidence: Evidence, out: BinaryIO) -> None:
    """Write every sentence that has a translation beside it: all of the articles, or those of the passages."""
    out.write(_HEAD.encode())
    for article in evidence.articles():
        for pair in _wanted(article, whole=evidence.content is Content.ARTICLES):
            out.write(_unit(article, pair).encode())
    out.write(b"</body>\n</tmx>\n")


def has_pairs(evidence: Evidence) -> bool:
    """Say whether any sentence would be written."""
    whole = evidence.content is Content.ARTICLES
    return any(True for article in evidence.articles() for _ in _wanted(article, whole=whole))


def _wanted(article: AnnotatedArticle, *, whole: bool) -> Iterator[SentencePair]:
    spans = [passage.span for passage in article.passages if passage.span]
    for pair in article.sentences:
        translated = pair.translation is not None and pair.translation.how != "same"
        if translated and (whole or any(pair.span.overlaps(span) for span in spans)):
            yield pair


def _unit(article: AnnotatedArticle, pair: SentencePair) -> str:
    translation = pair.translation
    assert translation is not None
    facts = {
        "how": translation.how,
        "engine": translation.engine,
        "package-sha256": translation.package_sha256,
        "file": article.source.file,
        "outlet": article.source.outlet or "",
        "date": article.source.date or "",
        "sha256": article.source.sha256,
        "code-points": f"{pair.span.start}-{pair.span.end}",
    }
    notes = "".join(f"<note>{_text(doubt)}</note>\n" for doubt in translation.doubts)
    props = "".join(f'<prop type="x-{name}">{_text(value)}</prop>\n' for name, value in facts.items() if value)
    return (
        f'<tu srclang={quoteattr(pair.language)} datatype="plaintext">\n{notes}{props}'
        f"{_variant(pair.language, pair.original)}{_variant(article.language, translation.text)}</tu>\n"
    )


def _variant(language: str, words: str) -> str:
    return f"<tuv xml:lang={quoteattr(language)}><seg>{_text(words)}</seg></tuv>\n"


def _text(words: str) -> str:
    return escape(xml_text(words))
