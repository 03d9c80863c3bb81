"""The inspector's rows, made from an open article and its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.page import Layer, each_shadow
from reader.ui.entry_list import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.opened import OpenArticle
    from reader.page import Mark
    from reader.text.span import Span


def passage_entries(opened: OpenArticle, marks: Sequence[Mark]) -> list[Entry]:
    """Return own highlights in the order of the text, then those, and corrections, whose passage is gone."""
    entries = []
    annotations = {annotation.id: annotation for annotation in opened.notes.notes.annotations}
    for mark in marks:
        if mark.layer is Layer.HIGHLIGHT:
            annotation = annotations[mark.key]
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


def quote_entries(opened: OpenArticle, marks: Sequence[Mark]) -> Iterator[Entry]:
    """Yield the quotes with speaker and both languages, in the order of the text.

    One after the other: what thousands of them became in the translation is not found at once.
    """
    quotes = [mark for mark in marks if mark.layer in (Layer.QUOTE, Layer.TERM)]
    for mark, parts in _carried(opened, quotes):
        yield Entry(
            mark.key,
            _speaker(mark),
            _text(opened, mark.span),
            " ".join(parts) if mark.layer is Layer.QUOTE else "",
            (mark.span,),
            badge="✓" if mark.stored else ("?" if not mark.certain else ""),
            faint=mark.layer is Layer.TERM or mark.name is None or not mark.name_certain,
            aside=mark.layer is Layer.TERM,
        )


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


def _carried(opened: OpenArticle, quotes: Sequence[Mark]) -> Iterator[tuple[Mark, list[str]]]:
    """Yield each quote with the parts of the translation that it became."""
    page = opened.page
    indices = {index for quote in quotes for index in page.sentences_in(quote.span)}
    texts = {index: part.text for index in indices if (part := opened.shown_sentence(index))}
    shadows = each_shadow(page, quotes, texts)
    following = next(shadows, None)
    for quote in quotes:
        parts = []
        while following is not None and following[2] is quote:
            parts.append(following[1].of(texts[following[0]]))
            following = next(shadows, None)
        yield quote, parts
