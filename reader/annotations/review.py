"""Match what the analysis finds now with what a person decided before, and store what nobody decided on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from reader.annotations.anchoring import make_target
from reader.annotations.annotation import AUTO, SUGGESTED, Annotation, Attribution, Creator
from reader.annotations.sidecar import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.annotations.anchoring import Placement
    from reader.annotations.annotation import Detection, Notes
    from reader.articles.article import Article
    from reader.text.span import Span

ALIKE = 0.5
"""Share of common text (intersection over union) from which two spans are the same find."""

PART = 1_000
"""Code points of the parts of a text by which annotations near a find are looked up."""


def likeness(one: Span, other: Span) -> float:
    """Return the common part of two spans as a share of what they cover together, 0–1."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / max(1, len(one) + len(other) - max(0, common))


def stored_for(detection: Detection, placed: Iterable[tuple[Annotation, Placement]]) -> Annotation | None:
    """Return the annotation that is about the same find: of its kind, on the same or nearly the same passage.

    A better analysis may draw the edges a little otherwise; a decision holds for that find too. A decision goes
    before a stored suggestion, then the more alike.
    """
    rivals = [
        (annotation.decided, likeness(detection.span, placement.span), annotation)
        for annotation, placement in placed
        if placement.span and annotation.kind == detection.kind
    ]
    best = max((rival for rival in rivals if rival[1] >= ALIKE), key=lambda rival: rival[:2], default=None)
    return best[2] if best else None


class Decisions:
    """Annotations by where they stand, to be asked for each of thousands of finds."""

    def __init__(self, placed: Iterable[tuple[Annotation, Placement]]) -> None:
        self._near: dict[int, list[tuple[Annotation, Placement]]] = {}
        for pair in placed:
            for part in _parts(pair[1].span):
                self._near.setdefault(part, []).append(pair)

    def about(self, detection: Detection) -> Annotation | None:
        """Return the annotation that is about the same find, as `stored_for` does."""
        near = {id(pair[0]): pair for part in _parts(detection.span) for pair in self._near.get(part, ())}
        return stored_for(detection, near.values()) if near else None


def _parts(span: Span | None) -> range:
    """Return the parts of the text, of equal length, that a span touches: what has text in common shares one."""
    return range(span.start // PART, (max(span.start, span.end - 1)) // PART + 1) if span is not None else range(0)


def suggestion(found: Detection, article: Article, now: str) -> Annotation:
    """Return what is stored about a find that nobody has decided on."""
    return Annotation(
        detection_id(found, article.text_sha256),
        found.kind,
        make_target(article.text, found.span),
        SUGGESTED,
        created=now,
        modified=now,
        creator=Creator(AUTO, found.engine, found.version),
        attribution=Attribution(found.person) if found.person else None,
    )


def with_suggestions(
    notes: Notes, shown: Iterable[Detection], decisions: Decisions, article: Article, now: str
) -> Notes:
    """Add what the analysis shows and none of `decisions`, which are those of `notes`, is about."""
    found = (suggestion(each, article, now) for each in shown if decisions.about(each) is None)
    new = {each.id: each for each in found}
    kept = (each for each in notes.annotations if each.id not in new)
    deleted = tuple(each for each in notes.deleted if each.id not in new)
    return in_order(replace(notes, annotations=(*kept, *new.values()), deleted=deleted))


def detection_id(detection: Detection, text_sha256: str) -> str:
    """Return the id of a stored find, the same in every reader, so that two that store it agree."""
    span = detection.span
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{text_sha256}#{detection.kind}:{span.start}-{span.end}')}"
