"""Passages as a Word document with real styles; original and translation in a table of two columns.

`python-docx` makes styles, page and package. What stands in it goes into the file passage by passage, as XML with
these styles: memory does not grow with the passages, and a thousand take a second.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reader.export.escaping import xml_text
from reader.export.style import ACCENT, INK, LINE, SOFT, shade
from reader.export.wording import (
    around,
    caption,
    facts,
    groups,
    is_right_to_left,
    original_label,
    source_line,
    summary,
    translation_label,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

    from reader.export.evidence import Evidence
    from reader.export.passages import Form, Passage

_BODY = "word/document.xml"
_INK, _SOFT, _ACCENT = map(RGBColor.from_string, (INK, SOFT, ACCENT))
_COLUMN = 4819  # twentieths of a point: half of a page's width without its margins
_MARGIN = 100  # of a cell, in twentieths of a point
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same passages give the same bytes


def write_docx(evidence: Evidence, out: BinaryIO) -> None:
    """Write the passages as a Word document."""
    shell = io.BytesIO()
    _document(evidence.title).save(shell)
    with zipfile.ZipFile(shell) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in parts.namelist():
            if name != _BODY:
                package.writestr(_undated(name), parts.read(name))
        before, mark, after = parts.read(_BODY).rpartition(b"<w:sectPr")
        with package.open(_undated(_BODY), "w", force_zip64=True) as body:
            body.write(before)
            for block in _blocks(evidence):
                body.write(block.encode())
            body.write(mark + after)


def _undated(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


# -- what stands in it -----------------------------------------------------------------------------------------------


def _blocks(evidence: Evidence) -> Iterator[str]:
    yield _p("Title", _run(evidence.title)) + _p("Subtitle", _run(summary(evidence)))
    for heading, below, passages in groups(evidence):
        above = (_p("Heading1", _run(heading)) if heading else "") + (_p("Belowheading", _run(below)) if below else "")
        for number, passage in passages:
            yield above + _passage(number, passage, evidence.request.form)
            above = ""
    if evidence.article_count:
        yield _p("Heading1", _run("Articles"))
    for source in evidence.sources():
        titles = " — ".join(filter(None, (source.title, source.translated_title)))
        yield _fact(source.file, titles) + _p("Lastfact", _run(source_line(source)))


def _passage(number: int, passage: Passage, form: Form) -> str:
    before, after = around(passage)
    language, translation = passage.language, passage.translation
    look = f'<w:rStyle w:val="Passagetext"/><w:shd w:val="clear" w:color="auto" w:fill="{shade(passage)}"/>'
    quotation = _run(before, language) + _run(passage.original, language, look) + _run(after, language)
    original = _p("Label", _run(original_label(passage))) + _p("Original", quotation, before + passage.original + after)
    cells = [original]
    if translation is not None:
        label = _p("Label", _run(translation_label(translation)))
        text = _p("Translation", _run(translation.text, translation.language), translation.text)
        cells.append(label + text)
    known = list(facts(passage, form))
    return "".join(
        [
            _p("Heading2", _run(f"{number}. {caption(passage)}")),
            _table(*cells),
            _p("Afterpassage", ""),
            *(_fact(name, text, last=place == len(known)) for place, (name, text) in enumerate(known, 1)),
        ]
    )


def _table(*cells: str) -> str:
    """Return a table of one row, as wide as the page."""
    width = 2 * _COLUMN // len(cells)
    columns = f'<w:gridCol w:w="{width}"/>' * len(cells)
    row = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Passage"/><w:tblW w:w="{2 * _COLUMN}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr></w:tbl>"
    )


def _fact(name: str, text: str, *, last: bool = False) -> str:
    named = _run(f"{name}  ", look='<w:rStyle w:val="Factname"/>')
    return _p("Lastfact" if last else "Fact", named + _run(text), text)


def _p(style: str, runs: str, text: str = "") -> str:
    """Return a paragraph in a style; `text` is what decides its direction."""
    direction = "<w:bidi/>" if is_right_to_left(text) else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{direction}</w:pPr>{runs}</w:p>'


def _run(text: str, language: str = "", look: str = "") -> str:
    """Return text that Word shows literally; its line breaks and tabs are elements of their own."""
    if is_right_to_left(text):
        look += "<w:rtl/>"
    if language not in ("", "und"):
        look += f"<w:lang w:val={quoteattr(language)} w:bidi={quoteattr(language)}/>"
    words = escape(xml_text(text))
    for char, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        words = words.replace(char, f'</w:t>{element}<w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


# -- styles ----------------------------------------------------------------------------------------------------------


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
        ("Last fact", "Fact", 8.5, _SOFT, 0, 1),
        ("After passage", "Normal", 2, _SOFT, 0, 0),
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
        spacing.keep_with_next = name not in ("Subtitle", "Last fact")
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
