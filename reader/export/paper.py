"""Passages and articles as they stand on paper, in the HTML that Qt understands: for PDF and for the preview.

Blocks are kept whole by those who lay them out; a heading comes in one block with what follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.articles.article import ParagraphKind
from reader.export.html import is_listed, words
from reader.export.passages import Content
from reader.export.pieces import paragraphs_of
from reader.export.style import ACCENT, INK, LINE, QUOTE_SHADE, SHADES, SOFT, shade
from reader.export.wording import (
    around,
    article_label,
    caption,
    facts,
    groups,
    has_translation,
    is_right_to_left,
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

    from reader.export.evidence import Evidence
    from reader.export.passages import AnnotatedArticle, Form, Passage, SentencePair
    from reader.export.pieces import ParagraphPair, Piece

_KEY = (
    f'<p class="soft"><span style="background-color:#{QUOTE_SHADE}">quote</span>&nbsp;&nbsp; '
    '<span style="text-decoration:underline">person</span>&nbsp;&nbsp; '
    f'<span style="background-color:#{SHADES["yellow"]}">highlight</span></p>'
)
NEW_PAGE = "\f"
"""Before a block that begins a page."""
_VISIBLE = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\u2020") | {
    0xFDD0: "\ufffd",
    0xFDD1: "\ufffd",
}
"""Signs that reorder text are shown as †, as in the window: here they would mislead. Two end Qt's own frames."""
_SERIF = "'Charter','Noto Serif','DejaVu Serif','Liberation Serif','Times New Roman',serif"
_SANS = "'Noto Sans','DejaVu Sans','Liberation Sans','Segoe UI','Helvetica Neue',sans-serif"
STYLE = f"""
body, td, p {{ font-family: {_SERIF}; font-size: 10.5pt; color: #{INK}; }}
p {{ margin: 0; white-space: pre-wrap; }}
.h1 {{ font-family: {_SANS}; font-size: 18pt; font-weight: 600; }}
.h2 {{ font-family: {_SANS}; font-size: 12.5pt; font-weight: 600; margin-top: 10px; }}
.h3 {{ font-family: {_SANS}; font-size: 9.5pt; font-weight: 600; color: #{ACCENT};
  margin-top: 6px; margin-bottom: 3px; }}
.soft, .label, .fact {{ font-family: {_SANS}; color: #{SOFT}; }}
.soft {{ font-size: 8.5pt; }}
.label, .number {{ font-family: {_SANS}; font-size: 7pt; color: #{SOFT}; }}
.fact, .name {{ font-size: 7.5pt; }}
.name {{ font-family: {_SANS}; font-weight: 600; color: #{SOFT}; }}
.aside {{ color: #{SOFT}; font-size: 9.5pt; }}
.title {{ font-weight: 600; font-size: 12pt; }}
"""


def blocks(evidence: Evidence) -> Iterator[str]:
    """Yield what the export shows, block by block."""
    return _articles(evidence) if evidence.content is Content.ARTICLES else _passages(evidence)


def _p(text: str, style: str = "", direction_of: str | None = None) -> str:
    """Return a paragraph of HTML; a line break in it is one on the page."""
    direction = ' dir="rtl"' if is_right_to_left(text if direction_of is None else direction_of) else ""
    return f'<p class="{style}"{direction}>{text_html(text)}</p>'


def text_html(text: str) -> str:
    """Return text as HTML for Qt: line breaks as elements, signs that reorder it visible."""
    return words(text.translate(_VISIBLE)).replace("\n", "<br>")


# -- passages --------------------------------------------------------------------------------------------------------


def _passages(evidence: Evidence) -> Iterator[str]:
    yield _p(evidence.title, "h1") + _p(summary(evidence), "soft")
    for heading, below, passages in groups(evidence):
        above = (_p(heading, "h2") if heading else "") + (_p(below, "soft") if below else "")
        for number, passage in passages:
            yield above + _passage(number, passage, evidence.request.form)
            above = ""
    above = _p("Articles", "h2") if evidence.article_count else ""
    for source in evidence.sources():
        titles = " — ".join(filter(None, (source.file, source.title, source.translated_title)))
        yield above + _p(titles, "fact") + _p(source_line(source), "fact")
        above = ""


def _passage(number: int, passage: Passage, form: Form) -> str:
    before, after = around(passage)
    direction = ' dir="rtl"' if is_right_to_left(before + passage.original + after) else ""
    marked = f'<span style="background-color:#{shade(passage)}">{text_html(passage.original)}</span>'
    original = _p(original_label(passage), "label") + (
        f"<p{direction}>{text_html(before)}{marked}{text_html(after)}</p>"
    )
    translation = passage.translation
    translated = _p(translation_label(translation), "label") + _p(translation.text) if translation else ""
    about = "".join(
        f'<p class="fact"><span class="name">{name}</span>&nbsp; {text_html(text)}</p>'
        for name, text in facts(passage, form)
    )
    return _p(f"{number}. {caption(passage)}", "h3") + _columns(original, translated) + about


def _columns(left: str, right: str) -> str:
    cells = f'<td width="50%">{left}</td><td width="50%">{right}</td>' if right else f"<td>{left}</td>"
    return (
        '<table width="100%" cellspacing="0" cellpadding="5" border="1" '
        f'style="border-collapse:collapse;border-style:solid;border-color:#{LINE}"><tr>{cells}</tr></table>'
    )


# -- whole articles --------------------------------------------------------------------------------------------------


def _articles(evidence: Evidence) -> Iterator[str]:
    if evidence.article_count != 1:
        yield _p(evidence.title, "h1") + _p(summary(evidence), "soft")
    for place, article in enumerate(evidence.articles()):
        for number, block in enumerate(_whole(article)):
            yield f"{NEW_PAGE}{block}" if place and not number else block


def _whole(article: AnnotatedArticle) -> Iterator[str]:
    source = article.source
    yield (
        _p(source.heading, "h1")
        + (_p(source.translated_title, "h2") if source.translated_title else "")
        + _p(f"{source.file} · {source_line(source)}", "soft")
        + _KEY
    )
    both = has_translation(article)
    head = _row("", _p(language_name(source.language), "label"), _p(article_label(article), "label") if both else "")
    usual = usual_how(article)
    for pair in paragraphs_of(article):
        yield head + _pair(pair, usual, both=both)
        head = ""
    above = _p("Passages", "h2")
    for passage in filter(is_listed, article.passages):
        first = f"¶ {passage.paragraphs[0]}" if passage.paragraphs else "not placed"
        said = [caption(passage), f"“{passage.original}”", passage.note, ", ".join(passage.tags)]
        yield above + _p(f"{first}   " + " · ".join(filter(None, said)), "fact")
        above = ""


def _pair(pair: ParagraphPair, usual: str, *, both: bool) -> str:
    kind = pair.paragraph.kind
    style = {ParagraphKind.TITLE: "title", ParagraphKind.BODY: ""}.get(kind, "aside")
    original = "".join(map(_piece, pair.pieces))
    text = "".join(piece.text for piece in pair.pieces)
    left = f'<p class="{style}"{_direction(text)}>{original}</p>'
    if not both:
        return _row(str(pair.number), left)
    translated = " ".join(_translated(each, usual) for each in pair.sentences)
    translation = " ".join(each.translation.text for each in pair.sentences if each.translation)
    return _row(
        str(pair.number),
        left,
        f'<p class="{style}"{_direction(translation)}>{translated}</p>',
    )


def _direction(text: str) -> str:
    return ' dir="rtl"' if is_right_to_left(text) else ""


def _row(number: str, left: str, right: str = "") -> str:
    columns = (
        f'<td width="47%">{left}</td><td width="2%"></td><td width="47%">{right}</td>'
        if right
        else f'<td width="96%">{left}</td>'
    )
    return (
        f'<table width="100%" cellspacing="0" cellpadding="4"><tr><td width="4%"><p class="number">{number}</p></td>'
        f"{columns}</tr></table>"
    )


def _piece(piece: Piece) -> str:
    marks = piece.marks
    style = ""
    if "highlight" in marks:
        style += f"background-color:#{next((SHADES[mark] for mark in marks if mark in SHADES), SHADES['yellow'])};"
    elif "quote" in marks:
        style += f"background-color:#{QUOTE_SHADE};"
    if "person" in marks:
        style += "text-decoration:underline;"
    text = text_html(piece.text)
    return f'<span style="{style}">{text}</span>' if style else text


def _translated(pair: SentencePair, usual: str) -> str:
    if pair.translation is None:
        return "[…]"
    text = text_html(pair.translation.text)
    about = sentence_words(pair.translation, usual)
    return f'{text} <span class="label">[{words(about)}]</span>' if about else text
