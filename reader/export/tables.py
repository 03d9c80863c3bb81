"""Passages as a table for spreadsheets: one row a passage, safe to open."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from reader.export.passages import Form

if TYPE_CHECKING:
    from typing import BinaryIO

    from reader.export.evidence import Evidence
    from reader.export.passages import Passage

COLUMNS = (
    "file", "outlet", "title", "translated_title", "date", "language", "kind", "original", "translation",
    "translation_how", "doubts", "person", "person_how", "confidence", "note", "tags", "colour", "status", "placement",
    "first_paragraph", "last_paragraph", "start", "end", "sha256", "engine", "package", "package_version",
    "package_sha256", "id",
)  # fmt: skip
COMPACT_COLUMNS = (
    "file", "outlet", "title", "date", "language", "kind", "original", "translation", "translation_how", "doubts",
    "person", "person_how", "note", "tags", "first_paragraph", "start", "end",
)  # fmt: skip
# A spreadsheet takes such cells for formulas, wide forms too (OWASP ASVS 1.2.10). One that has the ' already gets
# another, so that taking one away always gives the cell back
_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")


def write_csv(evidence: Evidence, out: BinaryIO) -> None:
    """Write the passages as CSV (RFC 4180) with a row of names; a cell that looks like a formula begins with '."""
    out.write(codecs.BOM_UTF8)  # without it Excel reads the file in a code page
    columns = COMPACT_COLUMNS if evidence.request.form is Form.COMPACT else COLUMNS
    out.write(_line(columns))
    for passage in evidence.passages():
        cells = _cells(passage)
        out.write(_line([_harmless(cells[column]) for column in columns]))


def _line(cells: tuple[str, ...] | list[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _cells(passage: Passage) -> dict[str, str]:
    source, span, translation = passage.source, passage.span, passage.translation
    first, last = passage.paragraphs or (None, None)
    engine, package, version = translation.made_with if translation else ("", "", "")
    cells: tuple[object, ...] = (
        source.file, source.outlet, source.title, source.translated_title, source.date, passage.language,
        "term" if passage.term else passage.kind, passage.original,
        translation.text if translation else None, translation.how if translation else None,
        "; ".join(translation.doubts) if translation else None,
        passage.person, passage.person_how, passage.confidence, passage.note, ", ".join(passage.tags),
        passage.colour, passage.status, passage.placement, first, last,
        span.start if span else None, span.end if span else None, source.sha256,
        engine, package, version, translation.package_sha256 if translation else None, passage.id,
    )  # fmt: skip
    return {name: "" if cell is None else str(cell) for name, cell in zip(COLUMNS, cells, strict=True)}
