"""Passages, or whole articles, as PDF: the one format that Qt draws, and that loads it.

Each passage is laid out by itself and stays on one page where it fits on one; a heading stays with what follows it.
Memory does not grow with the passages.
"""

from __future__ import annotations

import errno
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

from reader.annotations.annotation import COLOURS
from reader.articles.article import ParagraphKind
from reader.export.html import is_listed, words
from reader.export.passages import Content
from reader.export.pieces import paragraphs_of
from reader.export.wording import (
    GENERATOR,
    around,
    caption,
    facts,
    group_heading,
    group_subheading,
    is_right_to_left,
    language_name,
    original_label,
    sentence_words,
    source_line,
    summary,
    translation_label,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from PySide6.QtGui import QPagedPaintDevice

    from reader.export.evidence import Evidence
    from reader.export.passages import AnnotatedArticle, Form, Passage, SentencePair
    from reader.export.pieces import ParagraphPair, Piece

RESOLUTION = 600
_GAP = 8  # points between blocks
_FOOTER = 22  # points kept free for it
_SERIF = "'Charter','Noto Serif','DejaVu Serif','Liberation Serif','Times New Roman',serif"
_SANS = "'Noto Sans','DejaVu Sans','Liberation Sans','Segoe UI','Helvetica Neue',sans-serif"
_SOFT, _ACCENT, _LINE = "#645f56", "#1f5688", "#ddd8cd"
_SHADES = dict(zip(COLOURS, ("#fdeeb5", "#d3efcf", "#d0e6fb", "#fbd6e4", "#fddcba", "#e5dafa"), strict=True))
STYLE = f"""
body, td, p {{ font-family: {_SERIF}; font-size: 10.5pt; color: #22211f; }}
p {{ margin: 0; white-space: pre-wrap; }}
.h1 {{ font-family: {_SANS}; font-size: 18pt; font-weight: 600; }}
.h2 {{ font-family: {_SANS}; font-size: 12.5pt; font-weight: 600; margin-top: 10px; }}
.h3 {{ font-family: {_SANS}; font-size: 9.5pt; font-weight: 600; color: {_ACCENT}; margin-bottom: 3px; }}
.soft, .label, .fact {{ font-family: {_SANS}; color: {_SOFT}; }}
.soft {{ font-size: 8.5pt; }}
.label, .number {{ font-family: {_SANS}; font-size: 7pt; color: {_SOFT}; }}
.fact {{ font-size: 7.5pt; }}
.aside {{ color: {_SOFT}; font-size: 9.5pt; }}
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
    draw(evidence, writer)
    del writer  # writes what is left
    device.flush()
    if device.error() is not QFileDevice.FileError.NoError:
        raise OSError(errno.EIO, device.errorString())
    del application


def draw(evidence: Evidence, writer: QPdfWriter) -> None:
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

    def add(self, block: str) -> None:
        """Draw a block of HTML; one that is higher than a page goes on over the next ones."""
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
        document.setDefaultFont(QFont(["Noto Serif", "DejaVu Serif", "serif"], 10))
        document.setDefaultStyleSheet(STYLE)
        document.setHtml(f"<body>{block}</body>")
        document.setTextWidth(self._size.width())
        return document

    def _draw(self, document: QTextDocument, top: float, height: float) -> None:
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor("#22211f"))
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
    return f'<p class="{style}"{direction}>{_lines(words(text))}</p>'


def _lines(html: str) -> str:
    return html.replace("\n", "<br>")


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
    shade = _SHADES.get(passage.colour or "", _SHADES["yellow"])
    direction = ' dir="rtl"' if is_right_to_left(passage.original) else ""
    original = _p(original_label(passage), "label") + (
        f"<p{direction}>{_lines(words(before))}"
        f'<span style="background-color:{shade}">{_lines(words(passage.original))}</span>{_lines(words(after))}</p>'
    )
    translation = passage.translation
    translated = _p(translation_label(translation), "label") + _p(translation.text) if translation else ""
    about = "".join(
        f'<p class="fact"><b>{name}</b>&nbsp; {_lines(words(text))}</p>' for name, text in facts(passage, form)
    )
    return _p(f"{number}. {caption(passage)}", "h3") + _columns(original, translated) + about


def _columns(left: str, right: str) -> str:
    return (
        f'<table width="100%" cellspacing="0" cellpadding="5" border="1" style="border-collapse:collapse;'
        f'border-style:solid;border-color:{_LINE}"><tr><td width="50%">{left}</td><td width="50%">{right}</td></tr>'
        "</table>"
    )


# -- whole articles --------------------------------------------------------------------------------------------------


def _articles(evidence: Evidence) -> Iterator[str]:
    if evidence.article_count != 1:
        yield _p(evidence.title, "h1") + _p(summary(evidence), "soft")
    for article in evidence.articles():
        yield from _whole(article)


def _whole(article: AnnotatedArticle) -> Iterator[str]:
    source = article.source
    yield (
        _p(source.title or source.file, "h1")
        + (_p(source.translated_title, "h2") if source.translated_title else "")
        + _p(f"{source.file} · {source_line(source)}", "soft")
    )
    head = _row("", _p(language_name(source.language), "label"), _p(language_name(article.language), "label"))
    for pair in paragraphs_of(article):
        yield head + _pair(pair)
        head = ""
    above = _p("Passages", "h2")
    for passage in filter(is_listed, article.passages):
        first = f"¶ {passage.paragraphs[0]}" if passage.paragraphs else "not placed"
        said = [caption(passage), f"“{passage.original}”", passage.note, ", ".join(passage.tags)]
        yield above + _p(f"{first}   " + " · ".join(filter(None, said)), "fact")
        above = ""


def _pair(pair: ParagraphPair) -> str:
    kind = pair.paragraph.kind
    style = {ParagraphKind.TITLE: "title", ParagraphKind.BODY: ""}.get(kind, "aside")
    original = "".join(map(_piece, pair.pieces))
    translated = " ".join(map(_translated, pair.sentences))
    text = "".join(piece.text for piece in pair.pieces)
    translation = " ".join(each.translation.text for each in pair.sentences if each.translation)
    return _row(
        str(pair.number),
        f'<p class="{style}"{_direction(text)}>{original}</p>',
        f'<p class="{style}"{_direction(translation)}>{translated}</p>',
    )


def _direction(text: str) -> str:
    return ' dir="rtl"' if is_right_to_left(text) else ""


def _row(number: str, left: str, right: str) -> str:
    return (
        f'<table width="100%" cellspacing="0" cellpadding="4"><tr><td width="4%" class="number">{number}</td>'
        f'<td width="48%">{left}</td><td width="48%">{right}</td></tr></table>'
    )


def _piece(piece: Piece) -> str:
    marks = piece.marks
    style = ""
    if "highlight" in marks:
        style += f"background-color:{next((_SHADES[mark] for mark in marks if mark in _SHADES), _SHADES['yellow'])};"
    elif "quote" in marks:
        style += "background-color:#e3edf7;"
    if "person" in marks:
        style += "text-decoration:underline;"
    text = _lines(words(piece.text))
    return f'<span style="{style}">{text}</span>' if style else text


def _translated(pair: SentencePair) -> str:
    if pair.translation is None:
        return "[…]"
    text = _lines(words(pair.translation.text))
    about = sentence_words(pair.translation)
    return f'{text} <span class="label">[{words(about)}]</span>' if about else text
