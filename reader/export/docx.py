"""Passages as a Word document with real styles; original and translation in a table of two columns.

`python-docx` makes styles, page and package. A document of its own holds the passage that is being written, and
what stands in it goes into the file at once: memory does not grow with the passages.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from reader.export.escaping import xml_text
from reader.export.style import ACCENT, INK, LINE, SOFT, shade
from reader.export.wording import (
    around,
    caption,
    facts,
    group_heading,
    group_subheading,
    is_right_to_left,
    original_label,
    source_line,
    summary,
    translation_label,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from reader.export.evidence import Evidence
    from reader.export.passages import Form, Passage

_BODY = "word/document.xml"
_INK, _SOFT, _ACCENT = map(RGBColor.from_string, (INK, SOFT, ACCENT))
_MARGIN = 100  # of a cell, in twentieths of a point
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same passages give the same bytes


def write_docx(evidence: Evidence, out: BinaryIO) -> None:
    """Write the passages as a Word document."""
    document = _document(evidence.title)
    shell = io.BytesIO()
    document.save(shell)
    with zipfile.ZipFile(shell) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in parts.namelist():
            if name != _BODY:
                package.writestr(_undated(name), parts.read(name))
        before, mark, after = parts.read(_BODY).rpartition(b"<w:sectPr")
        with package.open(_undated(_BODY), "w", force_zip64=True) as body:
            body.write(before)
            for _ in _draw(document, evidence):
                _move_out(document, body.write)
            body.write(mark + after)


def _undated(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _move_out(document: Document, write: Callable[[bytes], object]) -> None:
    """Write what stands in the document's body, and take it out."""
    body = document.element.body
    for element in [child for child in body if child.tag != qn("w:sectPr")]:
        write(etree.tostring(element))
        body.remove(element)


# -- what stands in it -----------------------------------------------------------------------------------------------


def _draw(document: Document, evidence: Evidence) -> Iterator[None]:
    """Put block after block into the document; the caller takes each out before it asks for the next."""
    _add(document, "Title", evidence.title)
    _add(document, "Subtitle", summary(evidence))
    yield
    number = 0
    order = evidence.request.order
    for heading, group in groupby(evidence.passages(), key=lambda passage: group_heading(passage, order)):
        _add(document, "Heading 1", heading)
        opens = True
        for passage in group:
            number += 1
            if opens and (below := group_subheading(passage, order)):
                _add(document, "Below heading", below)
            opens = False
            _draw_passage(document, number, passage, evidence.request.form)
            yield
    if evidence.article_count:
        _add(document, "Heading 1", "Articles")
    for source in evidence.sources():
        titles = " — ".join(filter(None, (source.title, source.translated_title)))
        _add(document, "Fact", titles, name=source.file)
        _add(document, "Fact", source_line(source)).paragraph_format.keep_with_next = False
        yield


def _draw_passage(document: Document, number: int, passage: Passage, form: Form) -> None:
    _add(document, "Heading 2", f"{number}. {caption(passage)}")
    translation = passage.translation
    table = document.add_table(rows=1, cols=2, style="Passage")
    row = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no other way to keep a row whole
    row.append(_element("w:cantSplit"))
    original, translated = table.rows[0].cells
    _fill(original, original_label(passage))
    before, after = around(passage)
    quotation = _add(original, "Original", before, language=passage.language, about=before + passage.original + after)
    _run(quotation, passage.original, passage.language, style="Passage text").element.get_or_add_rPr().append(
        _element("w:shd", val="clear", color="auto", fill=shade(passage))
    )
    _run(quotation, after, passage.language)
    if translation is not None:
        _fill(translated, translation_label(translation))
        _add(translated, "Translation", translation.text, language=translation.language)
    known = [_add(document, "Fact", text, name=name) for name, text in facts(passage, form)]
    known[0].paragraph_format.space_before = Pt(4)
    known[-1].paragraph_format.keep_with_next = False


def _fill(cell: _Cell, label: str) -> None:
    """Make the paragraph that every cell begins with its label."""
    cell.paragraphs[0].style = "Label"
    _run(cell.paragraphs[0], label)


def _add(
    where: Document | _Cell, style: str, text: str, *, name: str = "", language: str = "", about: str = ""
) -> Paragraph:
    """Add a paragraph in a style; `about` is the text that decides its direction where it is not `text`."""
    paragraph = where.add_paragraph(style=style)
    if is_right_to_left(about or text):
        paragraph.paragraph_format.element.get_or_add_pPr().append(_element("w:bidi"))
    if name:
        _run(paragraph, f"{name}  ", style="Fact name")
    _run(paragraph, text, language)
    return paragraph


def _run(paragraph: Paragraph, text: str, language: str = "", style: str | None = None) -> Run:
    """Add text that Word shows literally; its line breaks and tabs are elements of their own."""
    run = paragraph.add_run(xml_text(text), style=style)
    if language not in ("", "und"):
        run.element.get_or_add_rPr().append(_element("w:lang", val=language, bidi=language))
    if is_right_to_left(text):
        run.font.rtl = True
    return run


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _box(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return an element that says the same of all four sides, and of the line between columns of a table."""
    box = _element(tag)
    inner = ("insideH", "insideV") if tag == "w:tblBorders" else ()
    for side in ("top", "left", "bottom", "right", *inner):
        box.append(_element(f"w:{side}", **attributes))
    return box


# -- styles ----------------------------------------------------------------------------------------------------------


def _document(title: str) -> Document:
    """Return an empty document with the page, the styles and the properties."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = xml_text(title)[:255], "", ""
    properties.created = properties.modified = _UNDATED
    _set_styles(document)
    _number_pages(section.footer.paragraphs[0])
    return document


def _set_styles(document: Document) -> None:
    """Give the styles of Word's own template our look, and add those that it lacks."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(10.5), _INK
    for name, based, size, colour, before, after in (
        ("Title", "Title", 20, _INK, 0, 2),
        ("Subtitle", "Subtitle", 9.5, _SOFT, 0, 6),
        ("Heading 1", "Heading 1", 14, _INK, 18, 2),
        ("Heading 2", "Heading 2", 10.5, _ACCENT, 12, 4),
        ("Below heading", "Normal", 9.5, _SOFT, 0, 0),
        ("Label", "Normal", 8, _SOFT, 2, 1),
        ("Original", "Normal", 11, _INK, 0, 4),
        ("Translation", "Normal", 11, _INK, 0, 4),
        ("Fact", "Normal", 8.5, _SOFT, 0, 1),
    ):
        style = _style(document, name, WD_STYLE_TYPE.PARAGRAPH)
        if based != name:
            style.base_style = document.styles[based]
        font, spacing = style.font, style.paragraph_format
        font.name, font.size, font.color.rgb, font.italic = "Calibri", Pt(size), colour, False
        for fonts in style.element.rPr.iter(qn("w:rFonts")):  # themes go before names
            for theme in [key for key in fonts.attrib if "Theme" in key]:
                del fonts.attrib[theme]
        for letters in list(style.element.rPr.iter(qn("w:spacing"), qn("w:kern"))):
            letters.getparent().remove(letters)
        spacing.space_before, spacing.space_after = Pt(before), Pt(after)
        spacing.line_spacing_rule = WD_LINE_SPACING.SINGLE
        spacing.keep_with_next = name != "Subtitle"
    _style(document, "Passage text", WD_STYLE_TYPE.CHARACTER)
    _style(document, "Fact name", WD_STYLE_TYPE.CHARACTER).font.bold = True
    table = _style(document, "Passage", WD_STYLE_TYPE.TABLE)
    table.base_style = document.styles["Table Grid"]
    look = _element("w:tblPr")
    look.append(_element("w:tblInd", w=str(_MARGIN), type="dxa"))
    look.append(_box("w:tblBorders", val="single", sz="4", space="0", color=LINE))
    look.append(_box("w:tblCellMar", w=str(_MARGIN), type="dxa"))
    table.element.append(look)


def _style(document: Document, name: str, kind: WD_STYLE_TYPE) -> Any:  # noqa: ANN401  # python-docx has a class a kind
    return document.styles[name] if name in document.styles else document.styles.add_style(name, kind)


def _number_pages(footer: Paragraph) -> None:
    """Put the page's number into the footer, as a field that Word counts."""
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = footer.add_run()
    run.font.size, run.font.color.rgb = Pt(8.5), _SOFT
    field = _element("w:fldSimple", instr="PAGE")
    field.append(run.element)
    footer.paragraph_format.element.append(field)
