"""Passages, or whole articles, as PDF: the one format that Qt draws, and that loads it.

Each passage is laid out by itself and stays on one page where it fits on one; a heading stays with what follows it.
Memory does not grow with the passages. Glyphs are no code points (emoji are pictures, é may be two letters), so the
exact passages are attached to the file as Web Annotations.
"""

from __future__ import annotations

import errno
import io
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QFileDevice, QIODevice, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from reader.articles.article import ParagraphKind
from reader.export.html import is_listed, words
from reader.export.passages import Content
from reader.export.pieces import paragraphs_of
from reader.export.style import ACCENT, INK, LINE, QUOTE_SHADE, SHADES, SOFT, shade
from reader.export.webannotation import write_json
from reader.export.wording import (
    GENERATOR,
    around,
    article_label,
    caption,
    facts,
    group_heading,
    group_subheading,
    has_translation,
    is_right_to_left,
    language_name,
    original_label,
    sentence_words,
    source_line,
    summary,
    translation_label,
    usual_how,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from PySide6.QtGui import QPagedPaintDevice

    from reader.export.evidence import Evidence
    from reader.export.passages import AnnotatedArticle, Form, Passage, SentencePair
    from reader.export.pieces import ParagraphPair, Piece

RESOLUTION = 600
ATTACHMENT = "passages.json"
ATTACHED = 5_000
"""Passages up to which the file carries them as Web Annotations too: glyphs are no code points. Qt holds them."""
_VISIBLE = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\u2020") | {
    0xFDD0: "\ufffd",
    0xFDD1: "\ufffd",
}
"""Signs that reorder text are shown as †, as in the window: here they would mislead. Two end Qt's own frames."""
_GAP = 8  # points between blocks
_NEW_PAGE = "\f"  # before a block that begins a page
_FOOTER = 22  # points kept free for it
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


def write_pdf(evidence: Evidence, out: BinaryIO) -> None:
    """Write one PDF of A4 pages; `out` is a file. Raises `OSError` where it can't take all."""
    application = QGuiApplication.instance() or QGuiApplication(["reader", "-platform", "offscreen"])
    out.flush()
    # Qt takes the descriptor: a QIODevice written in Python crashes in QPdfWriter (PySide6 6.11.3)
    device = QFile()
    device.open(out.fileno(), QIODevice.OpenModeFlag.WriteOnly, QFileDevice.FileHandleFlag.DontCloseHandle)
    writer = QPdfWriter(device)
    writer.setTitle(evidence.title)
    writer.setCreator(GENERATOR)
    if evidence.passage_count <= ATTACHED:
        exact = io.BytesIO()
        write_json(evidence, exact)
        writer.addFileAttachment(ATTACHMENT, exact.getvalue(), "application/ld+json")
    _draw(evidence, writer)
    del writer  # writes what is left
    device.flush()
    if device.error() is not QFileDevice.FileError.NoError:
        raise OSError(errno.EIO, device.errorString())
    del application


def _draw(evidence: Evidence, writer: QPdfWriter) -> None:
    """Draw all blocks onto pages."""
    writer.setResolution(RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(18, 16, 18, 12), QPageLayout.Unit.Millimeter)
    whole = evidence.content is Content.ARTICLES
    pages = _Pages(writer, evidence.title)
    for block in _articles(evidence) if whole else _passages(evidence):
        pages.add(block)
    pages.end()


class _Pages:
    """Puts blocks below each other, and begins a page where the next does not fit."""

    def __init__(self, device: QPagedPaintDevice, title: str) -> None:
        self._device, self._title = device, title
        self._painter = QPainter(device)
        self._unit = device.logicalDpiY() / 72
        self._size = QSizeF(device.width(), device.height() - _FOOTER * self._unit)
        self._y = 0.0
        self._number = 1
        self._font = QFont(["Noto Serif", "DejaVu Serif", "serif"], 10)
        self._font.setFeature(QFont.Tag("liga"), 0)  # "ff" as one glyph would be copied out as one letter, U+FB00

    def add(self, block: str) -> None:
        """Draw a block of HTML; one that is higher than a page goes on over the next ones."""
        if block.startswith(_NEW_PAGE):
            block = block.removeprefix(_NEW_PAGE)
            if self._y:
                self._turn()
        document = self._laid_out(block)
        height = document.size().height()
        if self._y and self._y + height > self._size.height():
            self._turn()
        if height > self._size.height():
            document.setPageSize(self._size)
            for page in range(document.pageCount()):
                if page:
                    self._turn()
                self._draw(document, page * self._size.height(), self._size.height())
            self._y = document.size().height() - (document.pageCount() - 1) * self._size.height()
            self._y = min(self._y, self._size.height())
        else:
            self._draw(document, 0, height)
            self._y += height
        self._y += _GAP * self._unit

    def end(self) -> None:
        """Finish the last page."""
        self._foot()
        self._painter.end()

    def _laid_out(self, block: str) -> QTextDocument:
        document = QTextDocument()
        document.documentLayout().setPaintDevice(self._device)
        document.setDocumentMargin(0)
        document.setDefaultFont(self._font)
        document.setDefaultStyleSheet(STYLE)
        document.setHtml(f"<body>{block}</body>")
        document.setTextWidth(self._size.width())
        return document

    def _draw(self, document: QTextDocument, top: float, height: float) -> None:
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(f"#{INK}"))
        context.clip = QRectF(0, top, self._size.width(), height)
        self._painter.save()
        self._painter.translate(QPointF(0, self._y - top))
        self._painter.setClipRect(context.clip)
        document.documentLayout().draw(self._painter, context)
        self._painter.restore()

    def _turn(self) -> None:
        self._foot()
        self._device.newPage()
        self._y = 0.0
        self._number += 1

    def _foot(self) -> None:
        table = (
            f'<table width="100%"><tr><td class="soft">{words(self._title[:90])}</td><td class="soft" align="right">'
        )
        foot = self._laid_out(f"{table}{self._number}</td></tr></table>")
        self._y = self._size.height() + _FOOTER * self._unit - foot.size().height()
        self._draw(foot, 0, foot.size().height())


def _p(text: str, style: str = "", direction_of: str | None = None) -> str:
    """Return a paragraph of HTML; a line break in it is one on the page."""
    direction = ' dir="rtl"' if is_right_to_left(text if direction_of is None else direction_of) else ""
    return f'<p class="{style}"{direction}>{_words(text)}</p>'


def _words(text: str) -> str:
    """Return text as HTML for Qt: line breaks as elements, signs that reorder it visible."""
    return words(text.translate(_VISIBLE)).replace("\n", "<br>")


# -- passages --------------------------------------------------------------------------------------------------------


def _passages(evidence: Evidence) -> Iterator[str]:
    yield _p(evidence.title, "h1") + _p(summary(evidence), "soft")
    number = 0
    order = evidence.request.order
    for heading, group in groupby(evidence.passages(), key=lambda passage: group_heading(passage, order)):
        above = _p(heading, "h2")
        for passage in group:
            number += 1
            if above and (below := group_subheading(passage, order)):
                above += _p(below, "soft")
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
    marked = f'<span style="background-color:#{shade(passage)}">{_words(passage.original)}</span>'
    original = _p(original_label(passage), "label") + (f"<p{direction}>{_words(before)}{marked}{_words(after)}</p>")
    translation = passage.translation
    translated = _p(translation_label(translation), "label") + _p(translation.text) if translation else ""
    about = "".join(
        f'<p class="fact"><span class="name">{name}</span>&nbsp; {_words(text)}</p>'
        for name, text in facts(passage, form)
    )
    return _p(f"{number}. {caption(passage)}", "h3") + _columns(original, translated) + about


def _columns(left: str, right: str) -> str:
    return (
        f'<table width="100%" cellspacing="0" cellpadding="5" border="1" style="border-collapse:collapse;'
        f'border-style:solid;border-color:#{LINE}"><tr><td width="50%">{left}</td><td width="50%">{right}</td></tr>'
        "</table>"
    )


# -- whole articles --------------------------------------------------------------------------------------------------


def _articles(evidence: Evidence) -> Iterator[str]:
    if evidence.article_count != 1:
        yield _p(evidence.title, "h1") + _p(summary(evidence), "soft")
    for place, article in enumerate(evidence.articles()):
        for number, block in enumerate(_whole(article)):
            yield f"{_NEW_PAGE}{block}" if place and not number else block


def _whole(article: AnnotatedArticle) -> Iterator[str]:
    source = article.source
    yield (
        _p(source.title or source.file, "h1")
        + (_p(source.translated_title, "h2") if source.translated_title else "")
        + _p(f"{source.file} · {source_line(source)}", "soft")
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
    columns = f'<td width="48%">{left}</td><td width="48%">{right}</td>' if right else f'<td width="96%">{left}</td>'
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
    text = _words(piece.text)
    return f'<span style="{style}">{text}</span>' if style else text


def _translated(pair: SentencePair, usual: str) -> str:
    if pair.translation is None:
        return "[…]"
    text = _words(pair.translation.text)
    about = sentence_words(pair.translation, usual)
    return f'{text} <span class="label">[{words(about)}]</span>' if about else text
