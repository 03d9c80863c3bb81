"""What a pane shows in each of its blocks: text, formats, and marks beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextLayout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one block with a text format; offsets in UTF-16 units of the block."""

    start_u16: int
    end_u16: int
    form: QTextCharFormat
    words: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A bar in the gutter beside the lines of a stretch of one block.

    `style` is "bar" (own highlights), "thin" (quotes), "dotted" (corrections) or "ring" (a correction is offered):
    a cue besides the colour. Bars of highlights that overlap stand in lanes, the first beside the text.
    """

    start_u16: int
    end_u16: int
    colour: QColor
    style: str = "bar"
    lane: int = 0


@dataclass(slots=True)
class Block:
    """What one block shows. `role` is "title", "body" or "aside" (notices, links, bylines).

    `extra` are the pixels that are left free below it so that its twin in the other pane begins at the same height.
    """

    text: str
    role: str = "body"
    right_to_left: bool = False
    tag: str = ""
    runs: Sequence[Run] = ()
    edges: Sequence[Edge] = ()
    extra: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How the blocks of a pane are set.

    `forms` are the formats of those roles that differ from the document's own font and from `ink`; `line_heights`
    are pixels by role, at least, since a script may be higher; `space` are the pixels below a block.
    """

    ink: QColor
    forms: Mapping[str, QTextCharFormat]
    line_heights: Mapping[str, float]
    space: float


def formats(block: Block, style: TextStyle) -> list[QTextLayout.FormatRange]:
    """Return the formats of a block's stretches. Later runs win where they set the same property."""
    runs = block.runs
    if block.role in style.forms and block.text:
        runs = [Run(0, 2 * len(block.text), style.forms[block.role]), *runs]
    cuts = sorted({edge for run in runs for edge in (run.start_u16, run.end_u16)})
    found = []
    for start, end in pairwise(cuts):
        touching = [run.form for run in runs if run.start_u16 <= start and end <= run.end_u16]
        if touching:
            part = QTextLayout.FormatRange()
            part.start, part.length = start, end - start
            part.format = QTextCharFormat(touching[0])
            for form in touching[1:]:
                part.format.merge(form)
            found.append(part)
    return found
