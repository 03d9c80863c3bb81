"""Passages as Markdown that is read as it stands and renders the same everywhere.

The shape is fixed, and `html` builds on it: a heading of the second level opens a group, one of the third a
passage; then follow a quotation (the sentences in the original, the passage itself bold), a paragraph with the
translation where there is one, and a list of facts. The last group lists the articles.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reader.annotations.anchoring import APPROXIMATE, MOVED, UNPLACED
from reader.annotations.annotation import PERSON, QUOTE
from reader.export.escaping import literal, one_line
from reader.export.passages import ASSIGNED, CONFIRMED, DETECTED, Order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.export.passages import Passage, PassageTranslation, Source

CONTEXT = 400
"""Code points of a passage's sentences that are shown on either side of it."""
SHORT_HASH = 12
_HOW_TRANSLATED = {
    "machine": "machine translation",
    "manual": "corrected by hand",
    "reference": "reference translation",
    "same": "already in this language",
    "mixed": "partly machine translation, partly corrected by hand",
}
_HOW_NAMED = {
    DETECTED: "found by the reader, not checked",
    CONFIRMED: "found by the reader, accepted by a person",
    ASSIGNED: "assigned by a person",
}
_HOW_PLACED = {
    MOVED: "moved since it was marked",
    APPROXIMATE: "approximate: the article's words changed since it was marked",
    UNPLACED: "no longer found in the article; these are the words as they were marked",
}


def render_markdown(passages: Sequence[Passage], title: str = "Passages", order: Order = Order.PLACE) -> str:
    """Return the passages as one Markdown document, grouped by what they are ordered by."""
    sources = list(dict.fromkeys(passage.source for passage in passages))
    parts = [f"# {one_line(title)}", _summary(len(passages), len(sources))]
    number = 0
    for heading, group in groupby(passages, key=lambda passage: _group_heading(passage, order)):
        parts.append(f"## {one_line(heading)}")
        for passage in group:
            number += 1
            parts += _passage(number, passage)
    if sources:
        parts += ["## Articles", "\n".join(_source(source) for source in sources)]
    return "\n\n".join(parts) + "\n"


def caption(passage: Passage) -> str:
    """Say in a word or two what a passage is: who speaks, who is named, or its kind."""
    if passage.kind == QUOTE:
        kind = "term" if passage.term else "quote"
        return f"{passage.person} · {kind}" if passage.person else kind.capitalize()
    if passage.kind == PERSON:
        return f"{passage.person or 'Nobody'} · named"
    return passage.kind.capitalize() + (f" · {passage.colour}" if passage.colour else "")


def facts(passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield what is known about a passage, in the order in which it is shown, as (name, plain text)."""
    if passage.kind in (QUOTE, PERSON) and not (passage.term and passage.person is None):
        yield "Speaker" if passage.kind == QUOTE else "Person", _naming(passage)
    if passage.note:
        yield "Note", passage.note
    if passage.tags:
        yield "Tags", ", ".join(passage.tags)
    if passage.translation:
        if passage.translation.doubts:
            yield "Doubts", "; ".join(passage.translation.doubts)
        yield "Translation", _translating(passage.translation)
    if passage.kind in (QUOTE, PERSON) and passage.status != DETECTED:
        yield "Status", f"{passage.status} by a person"
    if passage.placement in _HOW_PLACED:
        yield "Place", _HOW_PLACED[passage.placement]
    if passage.marked is not None:
        yield "Marked as", passage.marked
    source = passage.source
    described = [source.file, source.date or "no date", passage.language, *_place(passage)]
    yield "Source", " · ".join([*described, f"SHA-256 {source.sha256[:SHORT_HASH]}…"])


def _passage(number: int, passage: Passage) -> Iterator[str]:
    yield f"### {number}. {one_line(caption(passage))}"
    yield "\n".join(f"> {line}" for line in _quotation(passage).split("\n"))
    if passage.translation:
        yield literal(passage.translation.text)
    # a fact's further lines are indented: they stay in its entry
    yield "\n".join(f"- **{name}:** " + literal(text).replace("\n", "\n  ") for name, text in facts(passage))


def _quotation(passage: Passage) -> str:
    before = passage.before or passage.open
    after = passage.after or passage.close
    if len(before) > CONTEXT:
        before = "…" + before[-CONTEXT:]
    if len(after) > CONTEXT:
        after = after[:CONTEXT] + "…"
    return literal(before, ends=False) + f"**{literal(passage.original)}**" + literal(after, begins=False)


def _naming(passage: Passage) -> str:
    if passage.person is None:
        return "nobody is named, a person said" if passage.person_how == ASSIGNED else "none found by the reader"
    how = _HOW_NAMED[passage.person_how]
    if passage.confidence is not None:
        how += f", {passage.confidence:.0%} sure"
    return f"{passage.person} ({how})"


def _translating(translation: PassageTranslation) -> str:
    words = [_HOW_TRANSLATED.get(translation.how, translation.how)]
    words.append("by sentence" if translation.by_sentence else "of the passage alone")
    if not translation.complete:
        words.append("some sentences have none")
    if translation.engine:
        words.append(translation.engine)
    if translation.package_sha256:
        words.append(f"package {translation.package_sha256[:SHORT_HASH]}…")
    return ", ".join(words)


def _place(passage: Passage) -> Iterator[str]:
    if passage.paragraphs is not None:
        first, last = passage.paragraphs
        yield f"paragraph {first}" if first == last else f"paragraphs {first}–{last}"
    if passage.span is not None:
        yield f"code points {passage.span.start}–{passage.span.end}"


def _group_heading(passage: Passage, order: Order) -> str:
    if order is Order.PERSON:
        return passage.person or "Nobody named"
    if order is Order.DATE:
        return passage.source.date or "No date"
    if order is Order.TAG:
        return passage.tags[0] if passage.tags else "No tag"
    return passage.source.title or passage.source.file


def _source(source: Source) -> str:
    title = f" — {one_line(source.title)}" if source.title else ""
    translated = f" ({one_line(source.translated_title)})" if source.translated_title else ""
    described = f"{source.date or 'no date'} · {source.language} · SHA-256 {source.sha256}"
    return f"- **{one_line(source.file)}**{title}{translated} · {one_line(described)}"


def _summary(passages: int, articles: int) -> str:
    if not passages:
        return "No passages."
    counted = "1 passage" if passages == 1 else f"{passages:,} passages"
    return f"{counted} from {'1 article' if articles == 1 else f'{articles:,} articles'}."
