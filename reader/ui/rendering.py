"""Turn a page's rows, marks and translations into the blocks of the two panes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextCharFormat

from reader.articles.article import ParagraphKind
from reader.page import Layer, Mark, Page, Row, shadows
from reader.text.span import Span, Utf16Map
from reader.ui.blocks import Block, Edge, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reader.export.passages import SentenceTranslation
    from reader.respelling import Respelled
    from reader.ui.theme import Theme

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ckb"})
PENDING = "·  ·  ·"

# One character for one, so that offsets stay: line ends inside a row become spaces, control characters their
# pictures, and characters that reorder text a visible sign.
_VISIBLE = (
    {code: chr(0x2400 + code) for code in range(0x20)}
    | {ord(char): "\u2020" for char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
    | {0x0A: " ", 0x09: " ", 0x7F: "\u2421", 0x85: " ", 0x2028: " ", 0x2029: " "}
    | {0xFDD0: "\ufffd", 0xFDD1: "\ufffd"}  # Qt's own signs for the ends of frames: they would start a block
)


_INVISIBLE = re.compile(f"[{re.escape(''.join(map(chr, _VISIBLE)))}]")


def visible(text: str) -> str:
    """Return `text` as a pane shows it: the same length in code points and in UTF-16 units."""
    if text.isprintable() or not _INVISIBLE.search(text):  # most are, and translating takes ten times as long
        return text
    return text.translate(_VISIBLE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence's stretch of one block, in UTF-16 units of the block."""

    start_u16: int
    end_u16: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A block and the places of its sentences in it."""

    block: Block
    pieces: tuple[Piece, ...]


class PageRenderer:
    """Render one page in one theme. Holds no state but its inputs.

    `respelled` tells of a sentence's translation with known names in the reader's spelling, where that is another;
    `offered` says of a sentence what it was corrected to elsewhere; `colours` are the names of the highlights'.
    """

    def __init__(
        self,
        page: Page,
        theme: Theme,
        target: str,
        pending: str,
        respelled: Callable[[int], Respelled | None] = lambda _: None,
        offered: Mapping[int, str] | None = None,
        colours: Mapping[str, str] | None = None,
    ) -> None:
        self.page = page
        self._theme = theme
        self._target = target
        self._pending = pending
        self._respelled = respelled
        self._offered = offered or {}
        self._colours = colours or {}

    def plain_original(self, number: int) -> Block:
        """Return the words of row `number` of the original as they stand before it is drawn with its marks."""
        row = self.page.rows[number]
        return Block(visible(row.span.of(self.page.text)), _role(row), row.language in RIGHT_TO_LEFT, self._tag(row))

    def plain_translation(self, number: int, shown: Sequence[SentenceTranslation | None]) -> Block:
        """Return the words of row `number` of the translation before it is drawn: names as the machine wrote them."""
        row = self.page.rows[number]
        words = " ".join(part.text if part else self._pending for part in shown[slice(*row.sentences)])
        return Block(visible(words), _role(row), self._target in RIGHT_TO_LEFT)

    def _tag(self, row: Row) -> str:
        return row.language.upper() if row.language not in (self.page.language, "und") else ""

    def original(self, number: int, marks: Sequence[Mark]) -> Rendered:
        """Render row `number` of the original with the marks that touch it."""
        row = self.page.rows[number]
        text = row.span.of(self.page.text)
        units = Utf16Map(text)

        def place(span: Span) -> tuple[int, int]:
            start = max(0, span.start - row.span.start)
            end = min(len(row.span), span.end - row.span.start)
            return units.to_u16(start), units.to_u16(end)

        touching = [mark for mark in marks if mark.span.overlaps(row.span)]
        painted = sorted(touching, key=_paint_order)
        runs = [Run(*place(mark.span), self._form(mark), self._words(mark)) for mark in painted]
        edges = [edge for mark in touching for edge in self._edges(*place(mark.span), mark)]
        runs = self._overlaps(edges) + runs
        pieces = tuple(Piece(*place(self.page.sentences[index].span), index) for index in range(*row.sentences))
        block = Block(visible(text), _role(row), row.language in RIGHT_TO_LEFT, self._tag(row), runs, edges)
        return Rendered(block, pieces)

    def _words(self, mark: Mark) -> str:
        """Return what a mark says; a highlight what its colour is called, too: not all see colours alike."""
        colour = self._colours.get(mark.colour or "", "")
        return f"{colour} · {mark.words}" if colour else mark.words

    def translation(self, number: int, marks: Sequence[Mark], shown: Sequence[SentenceTranslation | None]) -> Rendered:
        """Render row `number` of the translation: its sentences' translations, with the marks carried over."""
        row = self.page.rows[number]
        first, last = row.sentences
        spelled = {index: found for index in range(first, last) if (found := self._respelled(index))}
        texts = {index: part.text for index in range(first, last) if (part := shown[index])}
        texts |= {index: found.text for index, found in spelled.items()}
        carried = shadows(
            self.page,
            [mark for mark in marks if mark.span.overlaps(row.span)],
            texts,
        )
        text, pieces, runs, edges = "", [], [], []
        for index in range(first, last):
            if text:
                text += " "
            part = shown[index]
            start = Utf16Map(text).to_u16(len(text))
            words = texts.get(index, self._pending)
            units = Utf16Map(words)
            end = start + units.to_u16(len(words))
            pieces.append(Piece(start, end, index))
            text += words
            runs += self._state_runs(start, end, part)
            own = sorted(carried.get(index, ()), key=lambda hit: _paint_order(hit[1]))
            for span, mark in own:
                at, to = start + units.to_u16(span.start), start + units.to_u16(span.end)
                runs.append(Run(at, to, self._form(mark), self._words(mark)))
                edges += self._edges(at, to, mark)
            for change in spelled[index].changes if index in spelled else ():
                at, to = start + units.to_u16(change.span.start), start + units.to_u16(change.span.end)
                runs.append(
                    Run(at, to, self._respelled_form(), f"{change.person} · the machine wrote “{change.machine}”")
                )
            if index in self._offered:
                runs.append(Run(start, end, QTextCharFormat(), self._offered[index]))
                edges.append(Edge(start, start + 1, self._theme.colour("marks.correction"), "ring"))
            if part and part.how == "manual":
                edges.append(Edge(start, end, self._theme.colour("marks.correction"), "dotted"))
        runs = self._overlaps(edges) + runs
        block = Block(visible(text), _role(row), self._target in RIGHT_TO_LEFT, "", runs, edges)
        return Rendered(block, tuple(pieces))

    @staticmethod
    def _respelled_form() -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFontItalic(True)
        return form

    def _state_runs(self, start: int, end: int, part: SentenceTranslation | None) -> list[Run]:
        """Return the runs that say how far a translation can be trusted."""
        form = QTextCharFormat()
        if part is None and start == end:
            return []
        if part is None:
            form.setForeground(self._theme.colour("text.faint"))
            return [Run(start, end, form, "Not translated yet")]
        made = {"manual": "Corrected by you", "reference": "Reference translation, bundled with the sample"}
        lines = [made[part.how]] if part.how in made else []
        if part.doubts:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(self._theme.colour("marks.doubt"))
            lines += [f"Doubtful: {doubt}" for doubt in part.doubts]
        return [Run(start, end, form, "\n".join(lines))] if lines else []

    @staticmethod
    def _overlaps(edges: list[Edge]) -> list[Run]:
        """Put bars of own highlights that overlap beside each other, and underline what two of them hold.

        The upper one gives the ground; the line below the words has the colour of the lower one.
        """
        runs: list[Run] = []
        bars = [number for number, edge in enumerate(edges) if edge.style == "bar"]
        for at, number in enumerate(bars):
            lower = [edges[n] for n in bars[:at] if edges[n].end_u16 > edges[number].start_u16]
            lower = [each for each in lower if each.start_u16 < edges[number].end_u16]
            lanes = {each.lane for each in lower}
            lane = next(n for n in range(len(lower) + 1) if n not in lanes)
            edges[number] = replace(edges[number], lane=lane)
            for each in lower:
                form = QTextCharFormat()
                form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                form.setUnderlineColor(each.colour)
                start, end = max(each.start_u16, edges[number].start_u16), min(each.end_u16, edges[number].end_u16)
                runs.append(Run(start, end, form))
        return runs

    def _edges(self, start: int, end: int, mark: Mark) -> list[Edge]:
        if mark.layer is Layer.HIGHLIGHT:
            return [Edge(start, end, swatch(self._theme, mark.colour or "yellow"))]
        if mark.layer is Layer.QUOTE:
            return [Edge(start, end, self._theme.colour("marks.quote_edge"), "thin")]
        return []

    def _form(self, mark: Mark) -> QTextCharFormat:
        """Return the format of a mark; every kind has a cue besides its colour."""
        form = QTextCharFormat()
        line = QTextCharFormat.UnderlineStyle
        if mark.layer is Layer.HIGHLIGHT:
            form.setBackground(self._theme.colour(f"highlights.{mark.colour or 'yellow'}"))
            form.setForeground(self._theme.colour("text.normal"))  # dimmed text would be too faint on it
        elif mark.layer is Layer.QUOTE:
            form.setBackground(self._theme.colour("marks.quote"))
            if not mark.certain:
                form.setUnderlineStyle(line.DashUnderline)
                form.setUnderlineColor(self._theme.colour("marks.quote_edge"))
        elif mark.layer is Layer.TERM:
            form.setUnderlineStyle(line.DotLine)
            form.setUnderlineColor(self._theme.colour("marks.term_edge"))
        else:
            form.setUnderlineStyle(line.SingleUnderline if mark.certain else line.DashUnderline)
            form.setUnderlineColor(self._theme.colour("marks.person"))
        return form


def _role(row: Row) -> str:
    if row.kind is ParagraphKind.TITLE:
        return "title"
    return "body" if row.kind is ParagraphKind.BODY else "aside"


def _paint_order(mark: Mark) -> int:
    """Quotes below, own highlights over them, names on top."""
    return (Layer.QUOTE, Layer.TERM, Layer.HIGHLIGHT, Layer.PERSON).index(mark.layer)


def swatch(theme: Theme, colour: str) -> QColor:
    """Return the edge colour of a highlight colour's name, for lists and menus."""
    return theme.colour(f"highlight_edges.{colour}")
