"""Passages as a table for spreadsheets: one row a passage, safe to open."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.export.passages import Passage

COLUMNS = (
    "file", "title", "translated_title", "date", "language", "kind", "original", "translation", "translation_how",
    "doubts", "person", "person_how", "confidence", "note", "tags", "colour", "status", "placement",
    "first_paragraph", "last_paragraph", "start", "end", "sha256", "engine", "package_sha256", "id",
)  # fmt: skip
# A spreadsheet takes such cells for formulas, wide forms too (OWASP ASVS 1.2.10)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def render_csv(passages: Sequence[Passage]) -> str:
    """Return the passages as CSV (RFC 4180) with a row of names; a cell that looks like a formula begins with '."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for passage in passages:
        writer.writerow([_harmless(cell) for cell in _row(passage)])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _row(passage: Passage) -> list[str]:
    source, span, translation = passage.source, passage.span, passage.translation
    first, last = passage.paragraphs or (None, None)
    cells: list[object] = [
        source.file, source.title, source.translated_title, source.date, passage.language,
        "term" if passage.term else passage.kind, passage.original,
        translation.text if translation else None, translation.how if translation else None,
        "; ".join(translation.doubts) if translation else None,
        passage.person, passage.person_how, passage.confidence, passage.note, ", ".join(passage.tags),
        passage.colour, passage.status, passage.placement, first, last,
        span.start if span else None, span.end if span else None, source.sha256,
        translation.engine if translation else None, translation.package_sha256 if translation else None, passage.id,
    ]  # fmt: skip
    return ["" if cell is None else str(cell) for cell in cells]
