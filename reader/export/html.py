"""Passages, or whole articles with their passages marked, as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from reader.annotations.annotation import COLOURS, PERSON, QUOTE
from reader.articles.article import ParagraphKind
from reader.export.escaping import visible_controls
from reader.export.passages import Content
from reader.export.pieces import paragraphs_of
from reader.export.style import STYLE
from reader.export.wording import (
    around,
    article_label,
    caption,
    facts,
    groups,
    has_translation,
    original_label,
    sentence_words,
    source_line,
    summary,
    translation_label,
    usual_how,
)
from reader.resources import language_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from reader.export.evidence import Evidence
    from reader.export.passages import AnnotatedArticle, Form, Passage, SentencePair, Source
    from reader.export.pieces import ParagraphPair, Piece


def write_html(evidence: Evidence, out: BinaryIO) -> None:
    """Write one HTML page: no script, no link, no other file, nothing loaded."""
    whole = evidence.content is Content.ARTICLES
    out.write(_head(evidence.title).encode())
    for block in _articles(evidence) if whole else _passages(evidence):
        out.write((block + "\n").encode())
    out.write(b"</body>\n</html>\n")


def _head(title: str) -> str:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'\">\n"
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{words(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )


def words(text: str) -> str:
    """Return `text` as HTML shows it literally, white space included where the style keeps it."""
    return escape(visible_controls(text))


def _title(evidence: Evidence) -> str:
    return f'<header>\n<h1>{words(evidence.title)}</h1>\n<p class="summary">{words(summary(evidence))}</p>\n</header>'


# -- passages --------------------------------------------------------------------------------------------------------


def _passages(evidence: Evidence) -> Iterator[str]:
    yield _title(evidence)
    for heading, below, passages in groups(evidence):
        yield "<section>"
        if heading:
            yield f'<h2 dir="auto">{words(heading)}</h2>'
        if below:
            yield f'<p class="below" dir="auto">{words(below)}</p>'
        for number, passage in passages:
            yield _passage(number, passage, evidence.request.form)
        yield "</section>"
    if evidence.article_count:
        yield '<section class="sources">\n<h2>Articles</h2>\n<ul>'
        yield from map(_source, evidence.sources())
        yield "</ul>\n</section>"


def _passage(number: int, passage: Passage, form: Form) -> str:
    look = passage.colour if passage.colour in COLOURS else "is-term" if passage.term else f"is-{passage.kind}"
    before, after = around(passage)
    parts = [
        f'<article class="{words(look)}">',
        f'<h3><span class="number">{number}</span> {words(caption(passage))}</h3>',
        '<div class="pair">',
        f'<div>\n<p class="label">{words(original_label(passage))}</p>',
        f'<blockquote lang="{words(passage.language)}" dir="auto">{words(before)}'
        f"<mark>{words(passage.original)}</mark>{words(after)}</blockquote>\n</div>",
    ]
    if (translation := passage.translation) is not None:
        parts.append(
            f'<div>\n<p class="label">{words(translation_label(translation))}</p>\n'
            f'<p class="translation" lang="{words(translation.language)}" dir="auto">{words(translation.text)}</p>\n'
            "</div>"
        )
    return "\n".join([*parts, "</div>", _facts(passage, form), "</article>"])


def _facts(passage: Passage, form: Form) -> str:
    entries = (
        f'<div class="about-{name.lower()}"><dt>{name}</dt><dd dir="auto">{words(text)}</dd></div>'
        for name, text in facts(passage, form)
    )
    return "\n".join(["<dl>", *entries, "</dl>"])


def _source(source: Source) -> str:
    titles = " — ".join(filter(None, (source.title, source.translated_title)))
    named = f"<strong>{words(source.file)}</strong> {words(titles)}".rstrip()
    return f'<li dir="auto">{named}<br><small>{words(source_line(source))}</small></li>'


# -- whole articles --------------------------------------------------------------------------------------------------


def _articles(evidence: Evidence) -> Iterator[str]:
    if evidence.article_count != 1:
        yield _title(evidence)
    for article in evidence.articles():
        yield f'<section class="whole{"" if has_translation(article) else " single"}">'
        yield from _whole(article)
        yield "</section>"
    yield f'<p class="summary">{words(summary(evidence))}</p>'


def _whole(article: AnnotatedArticle) -> Iterator[str]:
    source = article.source
    yield f'<h1 dir="auto">{words(source.heading)}</h1>'
    if source.translated_title:
        yield f'<p class="subtitle" dir="auto">{words(source.translated_title)}</p>'
    yield f'<p class="summary">{words(source.file)} · {words(source_line(source))}</p>'
    yield (
        '<p class="key"><span class="quote">quote</span> <span class="term">term</span> '
        '<span class="person">person</span> <span class="highlight yellow">highlight</span> '
        '<span class="doubtful">doubtful translation</span> <span class="corrected">corrected by hand</span></p>'
    )
    yield f'<div class="row head"><p>{words(language_name(source.language))}</p>'
    yield f"<p>{words(article_label(article))}</p></div>" if has_translation(article) else "</div>"
    for pair in paragraphs_of(article):
        yield _row(article, pair)
    noted = [passage for passage in article.passages if is_listed(passage)]
    if noted:
        yield '<h2>Passages</h2>\n<dl class="list">'
        yield from map(_listed, noted)
        yield "</dl>"


def _row(article: AnnotatedArticle, pair: ParagraphPair) -> str:
    kind = pair.paragraph.kind
    shown = {ParagraphKind.TITLE: " title", ParagraphKind.BODY: ""}.get(kind, " aside")
    language = pair.paragraph.language or article.source.language
    original = "".join(map(_piece, pair.pieces))
    translation = ""
    if has_translation(article):
        usual = usual_how(article)
        translated = " ".join(_translated(each, usual) for each in pair.sentences)
        translation = f'<p class="translation" lang="{words(article.language)}" dir="auto">{translated}</p>'
    return (
        f'<div class="row{shown}"><span class="number">{pair.number}</span>'
        f'<p class="original" lang="{words(language)}" dir="auto">{original}</p>{translation}</div>'
    )


def _piece(piece: Piece) -> str:
    if not piece.marks:
        return words(piece.text)
    titles = "; ".join(dict.fromkeys(caption(passage) for passage in piece.passages))
    return f'<span class="{" ".join(sorted(piece.marks))}" title="{words(titles)}">{words(piece.text)}</span>'


def _translated(pair: SentencePair, usual: str) -> str:
    if pair.translation is None:
        return '<span class="missing">[…]</span>'
    about = sentence_words(pair.translation, usual)
    if not about:
        return words(pair.translation.text)
    kind = "doubtful" if pair.translation.doubts else "corrected" if pair.translation.how == "manual" else "reference"
    return f'<span class="{kind}" title="{words(about)}">{words(pair.translation.text)}</span>'


def is_listed(passage: Passage) -> bool:
    """Say whether a passage is listed below its article: marked by a person, or said by somebody."""
    return (
        passage.kind not in (PERSON, QUOTE)
        or bool(passage.note or passage.tags or passage.span is None)
        or (passage.kind == QUOTE and passage.person is not None)
    )


def _listed(passage: Passage) -> str:
    first = f"¶ {passage.paragraphs[0]}" if passage.paragraphs else "not placed"
    said = [words(caption(passage)), f'<q dir="auto">{words(passage.original)}</q>']
    said += [words(text) for text in (passage.note, ", ".join(passage.tags)) if text]
    return f'<div><dt>{first}</dt><dd dir="auto">{" · ".join(said)}</dd></div>'
