"""What an article is once its bytes are read: one canonical text, and spans into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from reader.text.span import Span

ARTICLE_SUFFIXES = (".txt", ".md", ".markdown")


class ParagraphKind(StrEnum):
    """What a paragraph is for; all but `TITLE` and `BODY` are shown dimmed."""

    TITLE = "title"
    BODY = "body"
    NOTICE = "notice"
    RELATED = "related"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes became text. `how` is "detected" or "manual"; `replaced` counts U+FFFD put in for bad bytes."""

    name: str
    how: str = "detected"
    replaced: int = 0
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line, or a run of hard-wrapped lines, without the white space around it."""

    span: Span
    kind: ParagraphKind = ParagraphKind.BODY
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One file as read: canonical text (BOM dropped, CRLF and CR as LF), its structure, and hashes.

    `sha256` is of the file's bytes, `text_sha256` of the canonical text in UTF-8. `date` is ISO 8601 (a day)
    as the header states it; `header` covers the header's words, which belong to no sentence. `warnings` are
    sentences for the user (bad bytes, ambiguous encoding). `stamp` tells cheaply whether the file may have changed
    since it was read (`reading.changed_on_disk`).
    """

    path: Path
    text: str
    size: int
    sha256: str
    text_sha256: str
    encoding: Encoding
    paragraphs: tuple[Paragraph, ...]
    date: str | None = None
    header: Span | None = None
    title: Span | None = None
    warnings: tuple[str, ...] = ()
    stamp: tuple[int, ...] = field(default=(), compare=False)
