"""Find an article's shape in its canonical text: header date, title, paragraphs.

Nothing here knows a language. Paragraphs are lines; lines that were cut at a fixed width are one paragraph
again. In Markdown the marks of headings, list entries and quotations stand outside the paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from reader.articles.article import Paragraph, ParagraphKind
from reader.text.span import Span

# " date 2026-02-12 ", "Дата: 2026-02-12", "2026-02-12T08:30:00Z"; one word at most before the date
_HEADER = re.compile(
    r"\s*(?P<header>(?:[^\W\d_]+[ \t\xa0]*[:=]?[ \t\xa0]*)?(?P<date>\d{4}-\d\d-\d\d)"
    r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)(?=\s|$)"
)
_FRONT_MATTER = re.compile(r"(?P<header>---[ \t]*\n(?:[^\n]*\n){0,60}?---)[ \t]*(?=\n|$)")
_FRONT_MATTER_DATE = re.compile(r"^date\s*:\s*[\"']?(\d{4}-\d\d-\d\d)", re.MULTILINE | re.IGNORECASE)

_HEADING = re.compile(r"\s{0,3}#{1,6}(?=\s)\s*")
_BLOCK_MARK = re.compile(r"\s*(?:(?:>\s?)+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,9}[.)]\s+)")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}|\s*(?:`{3,}|~{3,}).*|\s*=+\s*|\s*-+\s*")

WRAP_WIDEST = 120  # lines longer than this were not cut by hand or by a mail program
WRAP_NARROWEST = 30
TITLE_LONGEST = 200
TITLE_LONGEST_WITH_STOP = 140  # a first line that ends in a full stop may be a lead
_STOPS = ".!?…。！？"
_SENTENCE_GOES_ON = re.compile(r"[.!?…][\"'»”“’)]*\s+[\"'«„“”(–—-]*[^\W\d_a-z]")
_DATELINE = re.compile(r"[^\W\d_a-z][^.!?]{0,40}?\s[–—-]\s")


@dataclass(frozen=True, slots=True)
class Structure:
    """What `find_structure` sees; the fields are those of `Article`."""

    paragraphs: tuple[Paragraph, ...]
    date: str | None = None
    header: Span | None = None
    title: Span | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the white space and Markdown marks around it; `opens` where a mark begins a paragraph."""

    span: Span
    opens: bool = False
    heading: bool = False


def find_structure(text: str, markdown: bool = False) -> Structure:
    """Return the structure of a canonical text.

    A header belongs to the first paragraph, which then begins where its line begins; the title leaves the
    header out. A header alone on its lines is a paragraph of kind `BYLINE`.
    """
    header, day = _find_header(text, markdown)
    body_from = header.end if header else 0
    spans, headings = _paragraph_spans(text, body_from, markdown)
    title = _find_title(text, spans, headings)
    paragraphs = [Paragraph(s, ParagraphKind.TITLE if s == title else ParagraphKind.BODY) for s in spans]
    if header is not None:
        starts = text.rfind("\n", 0, header.start) + 1
        alone = not paragraphs or "\n" in text[header.end : paragraphs[0].span.start]
        if alone:
            paragraphs.insert(0, Paragraph(Span(starts, header.end), ParagraphKind.BYLINE))
        else:
            paragraphs[0] = replace(paragraphs[0], span=Span(starts, paragraphs[0].span.end))
    return Structure(tuple(paragraphs), day, header, title)


def _find_header(text: str, markdown: bool) -> tuple[Span | None, str | None]:
    if markdown and (block := _FRONT_MATTER.match(text)):
        stated = _FRONT_MATTER_DATE.search(block["header"])
        return Span(*block.span("header")), _valid_day(stated[1]) if stated else None
    found = _HEADER.match(text)
    day = _valid_day(found["date"]) if found else None
    if found is None or day is None:
        return None, None
    return Span(*found.span("header")), day


def _valid_day(stated: str) -> str | None:
    try:
        return date.fromisoformat(stated).isoformat()
    except ValueError:
        return None


def _paragraph_spans(text: str, start: int, markdown: bool) -> tuple[list[Span], set[Span]]:
    """Return the spans of the paragraphs from `start` on, and which of them are Markdown headings."""
    runs = _runs(text, start, markdown)
    width = _wrap_width(text, runs)
    spans: list[Span] = []
    headings: set[Span] = set()
    for run in runs:
        before: _Line | None = None
        for line in run:
            if line.heading:
                headings.add(line.span)
            if before and not line.opens and not before.heading and _is_cut(text, before, line, width):
                spans[-1] = Span(spans[-1].start, line.span.end)
            else:
                spans.append(line.span)
            before = line
    return spans, headings


def _runs(text: str, start: int, markdown: bool) -> list[list[_Line]]:
    """Return the lines with text, in runs that blank lines (and Markdown rules) part."""
    runs: list[list[_Line]] = [[]]
    at = start
    for raw in text[start:].split("\n"):
        line = _line(raw, at, markdown)
        if line is not None:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
        at += len(raw) + 1
    return runs if runs[-1] else runs[:-1]


def _line(raw: str, at: int, markdown: bool) -> _Line | None:
    begins, ends, opens, heading = 0, len(raw.rstrip()), False, False
    if markdown and ends:
        if _RULE.fullmatch(raw):
            return None
        if mark := _HEADING.match(raw):
            begins, opens, heading = mark.end(), True, True
            ends = len(raw[:ends].rstrip("#").rstrip()) if raw[:ends].endswith("#") else ends
        elif mark := _BLOCK_MARK.match(raw):
            # a quotation's next line goes on with the paragraph unless it opens one for another reason
            begins, opens = mark.end(), not mark[0].lstrip().startswith(">")
    begins += len(raw[begins:]) - len(raw[begins:].lstrip())
    return _Line(Span(at + begins, at + ends), opens, heading) if begins < ends else None


def _wrap_width(text: str, runs: list[list[_Line]]) -> int | None:
    """Return the width at which the article's lines were cut, None where they were not.

    Lines are cut where the next word would not have fitted. Where that holds for pairs of lines and at least
    a third of them go on in the middle of a sentence, somebody cut them.
    """
    narrow = [run for run in runs if len(run) > 1 and all(len(line.span) <= WRAP_WIDEST for line in run)]
    width = max((len(line.span) for run in narrow for line in run), default=0)
    if width < WRAP_NARROWEST:
        return None
    pairs = [pair for run in narrow for pair in pairwise(run) if _is_cut(text, *pair, width)]
    going_on = sum(_goes_on(text, *pair) for pair in pairs)
    return width if going_on and going_on * 3 >= len(pairs) else None


def _is_cut(text: str, line: _Line, following: _Line, width: int | None) -> bool:
    """Say whether the first word of the following line would have gone beyond the width on this one."""
    if width is None or len(line.span) > width or len(following.span) > width:
        return False
    first_word = following.span.of(text)[:20].split(maxsplit=1)[0]
    return len(line.span) + 1 + len(first_word) > width


def _goes_on(text: str, line: _Line, following: _Line) -> bool:
    begins = text[following.span.start]
    has_no_case = begins.isalpha() and begins.lower() == begins.upper()
    return begins.islower() or (has_no_case and text[line.span.end - 1] not in _STOPS)


def _find_title(text: str, spans: list[Span], headings: set[Span]) -> Span | None:
    """Return the first heading, or a first paragraph that is short, one sentence, and no lead."""
    if headings:
        return min(headings)
    if len(spans) < 2 or len(spans[0]) > TITLE_LONGEST:
        return None
    first = spans[0].of(text)
    if "\n" in first or _SENTENCE_GOES_ON.search(first) or _DATELINE.match(first):
        return None
    if first[-1] in ":,;" or (first[-1] in ".。" and len(first) > TITLE_LONGEST_WITH_STOP):
        return None
    return spans[0] if any(len(span) > len(first) for span in spans[1:]) else None
