"""Passages, or whole articles, as PDF: the one format that Qt draws, and that loads it.

Each passage is laid out by itself and stays on one page where it fits on one; a heading stays with what follows it.
Memory does not grow with the passages. Glyphs are no code points (emoji are pictures, é may be two letters), so the
exact passages are attached to the file as Web Annotations.
"""

from __future__ import annotations

import errno
import io
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

from reader.export.paper import NEW_PAGE, STYLE, blocks, text_html
from reader.export.style import INK
from reader.export.webannotation import write_json
from reader.export.wording import GENERATOR

if TYPE_CHECKING:
    from typing import BinaryIO

    from PySide6.QtGui import QPagedPaintDevice

    from reader.export.evidence import Evidence

RESOLUTION = 600
ATTACHMENT = "passages.json"
ATTACHED = 5_000
"""Passages up to which the file carries them as Web Annotations too: glyphs are no code points. Qt holds them."""
_LAST_START = 0.7  # of a page; a block that is higher than one begins above it, or on the next
_PIXELS = 96  # an inch has, in which Qt counts margins
_GAP = 8  # points between blocks
_FOOTER = 22  # points kept free for it


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
    pages = _Pages(writer, evidence.title)
    for block in blocks(evidence):
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
        if block.startswith(NEW_PAGE):
            block = block.removeprefix(NEW_PAGE)
            if self._y:
                self._turn()
        document = self._laid_out(block)
        height = document.size().height()
        if height > self._size.height() and self._y < _LAST_START * self._size.height():
            document, self._y = self._laid_out(self._space() + block), 0.0
            height = document.size().height()
        elif self._y and self._y + height > self._size.height():
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

    def _space(self) -> str:
        """Return what is as high as all that stands on this page: a block higher than a page begins below it."""
        pixels = self._y * _PIXELS / RESOLUTION
        cell = f'<td style="padding-top:{pixels:.2f}px;font-size:1px"></td>'
        return f'<table cellspacing="0" cellpadding="0" border="0"><tr>{cell}</tr></table>' if self._y else ""

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
        # Qt would draw a line that begins where the clip ends: hidden, but copied out of the file
        context.clip = QRectF(0, top, self._size.width(), height - 1)
        self._painter.save()
        self._painter.translate(QPointF(0, self._y - top))
        self._painter.setClipRect(QRectF(0, top, self._size.width(), height))
        document.documentLayout().draw(self._painter, context)
        self._painter.restore()

    def _turn(self) -> None:
        self._foot()
        self._device.newPage()
        self._y = 0.0
        self._number += 1

    def _foot(self) -> None:
        columns = (
            f'<td class="soft">{text_html(self._title[:90])}</td><td class="soft" align="right">{self._number}</td>'
        )
        foot = self._laid_out(f'<table width="100%"><tr>{columns}</tr></table>')
        self._y = self._size.height() + _FOOTER * self._unit - foot.size().height()
        self._draw(foot, 0, foot.size().height())
