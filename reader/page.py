"""What one open article shows: rows of paragraphs, the highlight layer, and its shadow on the translation.

No Qt here: the window draws these values, tests and exports read them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from reader.analysis.phonetic import plain, romanise, sound
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reader.analysis.results import Analysis, Sentence
    from reader.articles.article import Article, ParagraphKind

ROW_LIMIT = 6_000
"""Code points after which a paragraph goes on in a further row: one huge line must not stall the layout."""


ROWS_AROUND = 40
"""Rows on either side by which the place of a changed row is found again."""


class Layer(StrEnum):
    """The kinds of marks that a person can show and hide."""

    QUOTE = "quote"
    TERM = "term"
    PERSON = "person"
    HIGHLIGHT = "highlight"


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch of the highlight layer.

    `key` is the annotation's id where one is stored, else one made of layer and span. `name` is the person or
    the speaker. `certain` is false for a suggestion, `name_certain` for a speaker who is only
    likely. `words` say what is marked and why.
    """

    span: Span
    layer: Layer
    key: str
    name: str | None = None
    colour: str | None = None
    stored: bool = False
    certain: bool = True
    note: str = ""
    words: str = ""
    name_certain: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, or a part of a very long one, that stands beside its translation.

    `sentences` is the half-open range of sentence indices that begin in it.
    """

    span: Span
    kind: ParagraphKind
    language: str
    sentences: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Page:
    """An article's rows and sentences; before the analysis is there, rows alone."""

    text: str
    language: str
    rows: tuple[Row, ...]
    sentences: tuple[Sentence, ...] = ()

    # plain numbers: a long article is asked for thousands of places at once

    @cached_property
    def _row_starts(self) -> list[int]:
        return [row.span.start for row in self.rows]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    @cached_property
    def _ends(self) -> list[int]:
        return [sentence.span.end for sentence in self.sentences]

    @cached_property
    def _rows_of_sentences(self) -> list[int]:
        starts = self._row_starts
        return [max(0, bisect_right(starts, start) - 1) for start in self._starts]

    def row_at(self, offset: int) -> int:
        """Return the index of the row that holds `offset`, or of the last one that begins before it."""
        return max(0, bisect_right(self._row_starts, offset) - 1)

    def row_of(self, sentence: int) -> int:
        """Return the index of the row in which a sentence begins."""
        return self._rows_of_sentences[sentence]

    def sentence_at(self, offset: int) -> int | None:
        """Return the index of the sentence that holds `offset`, None between sentences."""
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and offset < self._ends[index] else None

    def sentences_in(self, span: Span) -> range:
        """Return the indices of the sentences that overlap `span`."""
        first = bisect_right(self._ends, span.start)
        last = bisect_right(self._starts, span.end - 1)
        return range(first, max(first, last))

    def sentence_language(self, index: int) -> str:
        """Return the language of a sentence: its row's."""
        return self.rows[self._rows_of_sentences[index]].language


def page_of(article: Article, analysis: Analysis | None = None) -> Page:
    """Lay an article out in rows; with an analysis, with its sentences, kinds and languages."""
    language = analysis.language.code if analysis else "und"
    paragraphs = analysis.paragraphs if analysis else article.paragraphs
    sentences = analysis.sentences if analysis else ()
    rows: list[Row] = []
    at = 0
    for paragraph in paragraphs:
        start = paragraph.span.start
        if article.header is not None and article.header.overlaps(paragraph.span):
            start = min(article.header.end, paragraph.span.end)
        span = _trimmed(article.text, Span(start, paragraph.span.end))
        if not span:
            continue
        for part in _parts(span, sentences, at):
            first = at
            while at < len(sentences) and sentences[at].span.start < part.end:
                at += 1
            rows.append(Row(part, paragraph.kind, paragraph.language or language, (first, at)))
    return Page(article.text, language, tuple(rows), sentences)


def row_again(old: Page, new: Page, row: int) -> int:
    """Return where row `row` of `old` stands in `new`, another version of the text: by its words, else by its number.

    Where the row itself was changed, one near it says where it is.
    """
    if old.text is new.text:
        return new.row_at(old.rows[row].span.start)
    places: dict[str, list[int]] = {}
    for number, there in enumerate(new.rows):
        places.setdefault(there.span.of(new.text), []).append(number)
    for near in sorted(
        range(max(0, row - ROWS_AROUND), min(row + ROWS_AROUND, len(old.rows))), key=lambda n: abs(n - row)
    ):
        hits = places.get(old.rows[near].span.of(old.text))
        if hits:
            found = min(hits, key=lambda hit: abs(hit - near)) + row - near
            return max(0, min(found, len(new.rows) - 1))
    return min(row, len(new.rows) - 1)


def _trimmed(text: str, span: Span) -> Span:
    inside = span.of(text)
    start = span.start + len(inside) - len(inside.lstrip())
    return Span(start, max(start, span.end - len(inside) + len(inside.rstrip())))


def _parts(span: Span, sentences: Sequence[Sentence], at: int) -> Iterator[Span]:
    """Cut a span longer than `ROW_LIMIT` before sentences, or anywhere where a sentence itself is longer."""
    start = span.start
    for sentence in sentences[at:] if len(span) > ROW_LIMIT else ():
        if sentence.span.start >= span.end:
            break
        if sentence.span.end - start > ROW_LIMIT and sentence.span.start > start:
            yield Span(start, sentence.span.start)
            start = sentence.span.start
    while span.end - start > 2 * ROW_LIMIT:
        yield Span(start, start + ROW_LIMIT)
        start += ROW_LIMIT
    yield Span(start, span.end)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the library list shows of an article.

    `error` is set where it can't be opened; the counts are None before the analysis.
    """

    path: Path
    title: str
    date: str | None = None
    language: str | None = None
    translated_title: str | None = None
    quotes: int | None = None
    people: int | None = None
    highlights: int = 0
    translated: bool = False
    persons: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True)
class ShadowedSentence:
    """A sentence and its translation, to find where marks of one stand in the other."""

    span: Span
    translation: str

    @cached_property
    def _words(self) -> tuple[tuple[Span, str], ...]:
        words = re.finditer(r"[^\W\d_](?:[\w'’.-]*\w)?", self.translation)
        return tuple((Span(*word.span()), _folded(word.group())) for word in words)

    @cached_property
    def _quoted(self) -> tuple[Span, ...]:
        return tuple(Span(*match.span(1)) for match in re.finditer(r"[\"“„«]([^\"“”„«»]+)[\"”“»]", self.translation))

    def shadow(self, mark: Mark, order: int = 0) -> Span | None:
        """Return where `mark` stands in the translation, None where that can't be told.

        A mark over (nearly) the whole sentence covers the whole translation; a quoted part is looked for between
        the translation's own quote marks (`order` counts the quotes of the sentence); a name by its spelling.
        """
        if mark.layer is Layer.PERSON:
            return self._name(mark.name or "")
        inside = min(mark.span.end, self.span.end) - max(mark.span.start, self.span.start)
        if inside >= 0.8 * len(self.span) or mark.layer is Layer.HIGHLIGHT:
            return Span(0, len(self.translation))
        if order < len(self._quoted):
            return self._quoted[order]
        return Span(0, len(self.translation)) if mark.layer is Layer.QUOTE else None

    def _name(self, name: str) -> Span | None:
        """Find the longest run of words that spell parts of `name`, allowing for another romanisation."""
        parts = [_folded(part) for part in name.split() if len(part) > 2]
        hits = [span for span, word in self._words if any(fuzz.ratio(word, part) >= NAME_LIKENESS for part in parts)]
        best: Span | None = None
        for span in hits:
            if best is not None and 0 <= span.start - best.end <= NAME_GAP:
                best = Span(best.start, span.end)
            elif best is None:
                best = span
        return best


NAME_GAP = 4
"""Characters between two words of a name at most: a space, or an initial between spaces."""

NAME_LIKENESS = 78
"""Per cent of `rapidfuzz.fuzz.ratio` from which two words as they sound count as spellings of one name."""


def _folded(word: str) -> str:
    """Return how a word sounds: machine translation romanises a name in its own way."""
    heard = sound(romanise(plain(re.sub(r"['’]s$", "", word.lower()))))
    return re.sub(r"\W", "", heard)


def shadows(page: Page, marks: Iterable[Mark], translations: Mapping[int, str]) -> dict[int, list[tuple[Span, Mark]]]:
    """Carry marks to translations by sentence index: index → spans of the translation with their marks."""
    found: dict[int, list[tuple[Span, Mark]]] = {}
    for index, span, mark in each_shadow(page, marks, translations):
        found.setdefault(index, []).append((span, mark))
    return found


def each_shadow(page: Page, marks: Iterable[Mark], translations: Mapping[int, str]) -> Iterator[tuple[int, Span, Mark]]:
    """Yield sentence index, span of its translation and mark, one by one, in the order of the text."""
    sentences: dict[int, ShadowedSentence] = {}
    quotes_before: dict[int, int] = {}
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        for index in page.sentences_in(mark.span):
            text = translations.get(index)
            if not text:
                continue
            sentence = sentences.setdefault(index, ShadowedSentence(page.sentences[index].span, text))
            order = quotes_before.get(index, 0)
            if mark.layer in (Layer.QUOTE, Layer.TERM):
                quotes_before[index] = order + 1
            span = sentence.shadow(mark, order)
            if span is not None:
                yield index, span, mark
