"""The inspector's rows, made from an open article and its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.page import Layer, shadows
from reader.ui.entry_list import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.opened import OpenArticle
    from reader.page import Mark
    from reader.text.span import Span


def passage_entries(opened: OpenArticle, marks: Sequence[Mark]) -> list[Entry]:
    """Return own highlights in the order of the text, then those, and corrections, whose passage is gone."""
    entries = []
    for mark in marks:
        if mark.layer is Layer.HIGHLIGHT:
            annotation = opened.notes.annotation(mark.key)
            heading = " ".join((annotation.note or "Highlight").split())
            tags = " ".join(f"#{tag}" for tag in annotation.tags)
            text = _text(opened, mark.span)
            entries.append(Entry(mark.key, heading, text, tags, (mark.span,), mark.colour, faint=not annotation.note))
    for annotation, placement in opened.unplaced():
        where = f"{len(placement.candidates)} places look alike" if placement.candidates else "not in the text any more"
        entries.append(Entry(annotation.id, f"Unplaced: {where}", annotation.target.exact, annotation.note, faint=True))
    for lost in opened.lost_corrections():
        near = opened.page.sentences[lost.candidate].span if lost.candidate is not None else None
        where = "its sentence reads otherwise now" if near else "its sentence is not in the text any more"
        key = f"correction:{lost.correction.start}"
        places = (near,) if near else ()
        text, value = lost.correction.exact, lost.correction.value
        entries.append(Entry(key, f"Correction: {where}", text, value, places, faint=True))
    return entries


def quote_entries(opened: OpenArticle, marks: Sequence[Mark]) -> list[Entry]:
    """Return the quotes with speaker and both languages."""
    quotes = [mark for mark in marks if mark.layer in (Layer.QUOTE, Layer.TERM)]
    carried = _carried(opened, quotes)
    return [
        Entry(
            mark.key,
            _speaker(mark),
            _text(opened, mark.span),
            carried.get(mark.key, "") if mark.layer is Layer.QUOTE else "",
            (mark.span,),
            badge="✓" if mark.stored else ("?" if not mark.certain else ""),
            faint=mark.layer is Layer.TERM or mark.name is None or not mark.name_certain,
            aside=mark.layer is Layer.TERM,
        )
        for mark in quotes
    ]


def people_entries(opened: OpenArticle, marks: Sequence[Mark]) -> list[Entry]:
    """Return the people, most mentioned first, with their spellings if these are others, and why they were joined."""
    places: dict[str, list[Span]] = {}
    for mark in marks:
        if mark.layer is Layer.PERSON and mark.name:
            places.setdefault(mark.name, []).append(mark.span)
    why = {each.person: each.evidence for each in opened.analysis.identities} if opened.analysis else {}
    entries = []
    for person, spans in places.items():
        spellings = [each for each in dict.fromkeys(_text(opened, span) for span in spans) if each != person]
        evidence = "\n".join(dict.fromkeys(why.get(person, ())))
        entries.append(
            Entry(person, person, " · ".join(spellings), "", tuple(spans), badge=str(len(spans)), why=evidence)
        )
    return sorted(entries, key=lambda entry: (-len(entry.places), entry.heading))


def _speaker(mark: Mark) -> str:
    if mark.layer is Layer.TERM:
        return "Term"  # what is in quotation marks because it is a name is nobody's speech
    if mark.name is None:
        return "No named speaker"
    return mark.name if mark.name_certain else f"Perhaps {mark.name}"


def _text(opened: OpenArticle, span: Span) -> str:
    return " ".join(span.of(opened.article.text).split())


def _carried(opened: OpenArticle, quotes: Sequence[Mark]) -> dict[str, str]:
    """Return the part of the translation that each quote became, by the mark's key."""
    texts = {index: part.text for index, part in enumerate(opened.shown()) if part}
    parts: dict[str, list[str]] = {}
    for index, hits in sorted(shadows(opened.page, quotes, texts).items()):
        for span, mark in hits:
            parts.setdefault(mark.key, []).append(span.of(texts[index]))
    return {key: " ".join(words) for key, words in parts.items()}
