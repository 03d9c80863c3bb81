"""A passage with its translation and source, for the clipboard and for dragging."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from reader.annotations.annotation import QUOTE
from reader.export.wording import citation, translation_label

if TYPE_CHECKING:
    from reader.export.passages import Passage


def citation_mime(passage: Passage) -> QMimeData:
    """Return a passage with both languages and its source, as plain and as rich text."""
    mime = QMimeData()
    mime.setText(citation_text(passage))
    mime.setHtml(citation_html(passage))
    return mime


def citation_text(passage: Passage) -> str:
    """Return passage, translation and source as plain text, a paragraph each."""
    translation = passage.translation
    translated = f"{translation.text}\n({translation_label(translation)})" if translation else ""
    return "\n\n".join(part for part in (passage.original, translated, f"— {_source(passage)}") if part)


def citation_html(passage: Passage) -> str:
    """Return passage, translation and source as HTML."""
    quoted = '<blockquote lang="{}" dir="auto" style="white-space: pre-wrap">{}</blockquote>'
    parts = [quoted.format(escape(passage.language), escape(passage.original))]
    if (translation := passage.translation) is not None:
        parts.append(quoted.format(escape(translation.language), escape(translation.text)))
        parts.append(f"<p><small>{escape(translation_label(translation))}</small></p>")
    return "".join([*parts, f"<p>— {escape(_source(passage))}</p>"])


def _source(passage: Passage) -> str:
    speaker = f"{passage.person} (speaker {passage.person_how})" if passage.person and passage.kind == QUOTE else ""
    return ", ".join(filter(None, (speaker, citation(passage), f"SHA-256 {passage.source.sha256}")))
