"""Find an article's shape in its canonical text: header date, title, paragraphs.

Nothing here knows a language. Paragraphs are lines; lines that were cut at a fixed width are one paragraph
again. In Markdown the marks of headings, list entries and quotations stand outside the paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, takewhile

from reader.articles.article import Paragraph, ParagraphKind
from reader.articles.outlet import is_origin
from reader.text.span import Span

_TIME = r"(?:\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[ \t]?[+-]\d\d:?\d\d)?)"
# " date 2026-02-12 ", "Дата: 2026-02-12", "2026-02-12T08:30:00Z": one word at most before the date
_HEADER = re.compile(
    r"\s*(?P<header>(?:[^\W\d_]{1,30}[ \t\xa0]{0,3}[:=]?[ \t\xa0]{0,3})?"
    rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]{_TIME})?)(?=\s|$)"
)
# "22.01.2026, 09:41": prose may begin like that too, so it is a header only where it is alone on its line
_DOTTED_HEADER = re.compile(
    r"\s*(?P<header>(?:[^\W\d_]{1,30}[ \t\xa0]{0,3}:[ \t\xa0]{0,3})?"
    rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{{4}})(?:,?[ \t]+{_TIME})?)[ \t\xa0]*(?=\n|$)"
)
_FRONT_MATTER = re.compile(r"(?P<header>---[ \t]*\n(?:[^\n]*\n){0,60}?---)[ \t]*(?=\n|$)")
_FRONT_MATTER_DATE = re.compile(
    r"^date[ \t]*:[ \t]*[\"']?(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.MULTILINE | re.IGNORECASE
)

_HEADING = re.compile(r"\s{0,3}#{1,6}(?=\s)\s*")
_BLOCK_MARK = re.compile(r"\s*(?:(?:>\s?)+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,9}[.)]\s+)")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}|\s*(?:`{3,}|~{3,}).*|\s*=+\s*|\s*-+\s*")

WRAP_WIDEST = 120  # lines longer than this were not cut by hand or by a mail program
WRAP_NARROWEST = 30
TITLE_LONGEST = 200
TITLE_LONGEST_WITH_STOP = 140
_STOPS = ".!?…。！？"
_AFTER_STOP = "\"'»”“’)"
_SENTENCE_GOES_ON = re.compile(r"[.!?…][\"'»”“’)]*\s+[\"'«„“”(–—-]*[^\W\d_a-z]")
_DATELINE = re.compile(r"[(\W]{0,2}(?P<place>[^\W\d_]{3,})[^!?]{0,40}?[–—-]\s")
_STAMP = re.compile(r"\d[.:/]\d")  # "Aggiornato alle 19.42": few words and a time or date are no title


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

    A header belongs to the paragraph on its line, which then begins where the line begins; the title leaves the
    header out. A header alone on its lines is a paragraph of kind `BYLINE`.
    """
    header, day = _find_header(text, markdown)
    spans, headings = _paragraph_spans(text, header, markdown)
    title = _find_title(text, spans, headings, header)
    paragraphs = [Paragraph(s, ParagraphKind.TITLE if s == title else ParagraphKind.BODY) for s in spans]
    if header is not None:
        line_start = text.rfind("\n", 0, header.start) + 1
        after = bisect_left(spans, header.end, key=lambda span: span.start)
        if after < len(spans) and "\n" not in text[header.end : spans[after].start]:
            paragraphs[after] = replace(paragraphs[after], span=Span(line_start, spans[after].end))
        else:
            paragraphs.insert(after, Paragraph(Span(line_start, header.end), ParagraphKind.BYLINE))
    return Structure(tuple(paragraphs), day, header, title)


def _find_header(text: str, markdown: bool) -> tuple[Span | None, str | None]:
    """Return the header, at the text's start or after a first line that may be the title, and its date."""
    if markdown and (block := _FRONT_MATTER.match(text)):
        stated = _FRONT_MATTER_DATE.search(block["header"])
        return Span(*block.span("header")), _day(stated) if stated else None
    starts = [0]
    if first := re.compile(r"\s*[^\n]+\n").match(text, 0, 2 * TITLE_LONGEST):
        starts.append(first.end())
    for start in starts:
        for pattern in (_HEADER, _DOTTED_HEADER):
            found = pattern.match(text, start)
            if found and (day := _day(found)):
                return Span(*found.span("header")), day
    return None, None


def _day(stated: re.Match[str]) -> str | None:
    try:
        return date(int(stated["year"]), int(stated["month"]), int(stated["day"])).isoformat()
    except ValueError:
        return None


def _paragraph_spans(text: str, header: Span | None, markdown: bool) -> tuple[list[Span], set[Span]]:
    """Return the spans of the paragraphs, the header left out, and which of them are Markdown headings."""
    runs = _runs(text, header, markdown)
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


def _runs(text: str, header: Span | None, markdown: bool) -> list[list[_Line]]:
    """Return the lines with text, in runs that blank lines (and Markdown rules) part."""
    runs: list[list[_Line]] = [[]]
    at = 0
    for raw in text.split("\n"):
        end = at + len(raw)
        if header is not None and at < header.end and header.start < end:
            at = min(header.end, end)
            raw = text[at:end]
        line = _line(raw, at, markdown) if raw and not raw.isspace() else None
        if line is not None:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
        at = end + 1
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


def _find_title(text: str, spans: list[Span], headings: set[Span], header: Span | None) -> Span | None:
    """Return the first heading, or a first paragraph that is short and no lead.

    A title has no full stop at its end; one sentence that a header was glued to may have one.
    """
    if headings:
        return min(headings)
    leading = (span.of(text)[:TITLE_LONGEST] for span in spans[:3])
    at = sum(1 for _ in takewhile(lambda line: _is_stamp(line) or is_origin(line), leading))
    if len(spans) < at + 2 or len(spans[at]) > TITLE_LONGEST:
        return None
    span, first = spans[at], spans[at].of(text)
    dateline = _DATELINE.match(first)
    if "\n" in first or first[-1] in ":,;" or (dateline and dateline["place"].isupper()):
        return None
    if first.rstrip(_AFTER_STOP).endswith((".", "。")):
        glued = header is not None and not text[header.end : span.start].strip(" \t\xa0")
        if not glued or len(first) > TITLE_LONGEST_WITH_STOP or _SENTENCE_GOES_ON.search(first):
            return None
    return span if any(len(other) > len(span) for other in spans[at + 1 :]) else None


def _is_stamp(line: str) -> bool:
    return len(re.findall(r"[^\W\d_]+", line[:TITLE_LONGEST])) <= 3 and _STAMP.search(line) is not None
