"""A passage with its translation and source, for the clipboard."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reader.articles.reading import shown_name

if TYPE_CHECKING:
    from reader.opened import OpenArticle
    from reader.text.span import Span


def _parts(opened: OpenArticle, span: Span) -> tuple[str, str, str]:
    """Return the passage, its translation (empty where there is none), and where it stands."""
    stored = opened.translation_of(span)
    source = [opened.title, shown_name(opened.path), opened.article.date, f"characters {span.start}–{span.end}"]
    return span.of(opened.article.text), stored.text if stored else "", ", ".join(part for part in source if part)


def citation_text(opened: OpenArticle, span: Span) -> str:
    """Return passage, translation and source as plain text, a paragraph each."""
    passage, translation, source = _parts(opened, span)
    return "\n\n".join(part for part in (passage, translation, f"— {source}") if part)


def citation_html(opened: OpenArticle, span: Span) -> str:
    """Return passage, translation and source as HTML."""
    passage, translation, source = _parts(opened, span)
    original = f'<blockquote lang="{escape(opened.language)}">{escape(passage)}</blockquote>'
    translated = f'<blockquote lang="{escape(opened.target)}">{escape(translation)}</blockquote>' if translation else ""
    return f"{original}{translated}<p>— {escape(source)}</p>"
