"""What an export will look like, for the eye alone: HTML that Qt's rich text understands."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import markdown

from reader.export.html import words
from reader.export.paper import NEW_PAGE, STYLE, blocks
from reader.export.style import LINE
from reader.export.writing import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.evidence import Evidence

SHOWN = 40
"""Passages that a preview shows."""
_GAP = '<p style="font-size: 6pt">&nbsp;</p>'
_LONGEST = 20_000  # characters of a format that is shown as it is written
_MOST = 60_000  # characters of HTML or Markdown: a window lays out about as many in 50 ms
_MORE = '<p class="soft">…</p>'
_COLUMNS = ("file", "kind", "original", "translation", "person", "start", "end")


def preview(evidence: Evidence) -> str:
    """Return the first passages as a person will see them; data formats as they are written.

    Raises what `render` does.
    """
    form = evidence.request.format
    if form in ("html", "docx", "pdf"):
        body = _GAP.join(_first(blocks(evidence)))
    else:
        out = io.BytesIO()
        render(evidence, out)
        text = out.getvalue().decode("utf-8-sig")
        if form == "md":
            shown = text if len(text) <= _MOST else text[:_MOST].rpartition("\n\n")[0]
            body = markdown.markdown(shown) + ("" if shown == text else _MORE)
        elif form == "csv":
            body = _table(text)
        else:
            body = f"<pre>{words(text[:_LONGEST])}</pre>"
    return f"<html><head><style>{STYLE}</style></head><body>{body}</body></html>"


def _first(found: Iterator[str]) -> Iterator[str]:
    """Yield blocks until a preview is long enough."""
    left = _MOST
    for block in found:
        left -= len(block)
        if left < 0:
            yield _MORE
            return
        yield block.removeprefix(NEW_PAGE)


def _table(text: str) -> str:
    """Return a CSV file's telling columns as a table; the file has more."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    lines = ["".join(f'<th align="left">{name}</th>' for name in _COLUMNS)]
    lines += ["".join(f"<td>{words(row.get(name, ''))}</td>" for name in _COLUMNS) for row in rows]
    rendered = "".join(f"<tr>{line}</tr>" for line in lines)
    return (
        '<table width="100%" cellspacing="0" cellpadding="4" border="1" '
        f'style="border-collapse:collapse;border-style:solid;border-color:#{LINE}">{rendered}</table>'
    )
