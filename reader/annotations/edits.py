"""The small changes of which every edit of the notes consists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotations.sidecar import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.annotations.annotation import Annotation, Correction, Deletion, Notes


def with_annotation(notes: Notes, annotation: Annotation) -> Notes:
    """Return `notes` with the annotation, in the place of the one with its id."""
    others = (each for each in notes.annotations if each.id != annotation.id)
    deleted = tuple(each for each in notes.deleted if each.id != annotation.id)
    return in_order(replace(notes, annotations=(*others, annotation), deleted=deleted))


def without_annotation(notes: Notes, deletion: Deletion) -> Notes:
    """Return `notes` without the annotation, and with the mark of its deletion."""
    left = tuple(each for each in notes.annotations if each.id != deletion.id)
    return in_order(replace(notes, annotations=left, deleted=(*notes.deleted, deletion)))


def with_correction(notes: Notes, old: Correction | None, new: Correction | None) -> Notes:
    """Return `notes` with `new` in the place of `old`, either of which may be missing."""
    kept = tuple(new if each == old and new else each for each in notes.corrections if new or each != old)
    return in_order(replace(notes, corrections=(*kept, new) if new and old is None else kept))


def as_tags(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words as tags: trimmed, none empty, none twice."""
    return tuple(dict.fromkeys(tag for word in words if (tag := mended(word).strip())))


def mended(text: str) -> str:
    """Return typed or pasted text with halves of characters joined, or replaced by U+FFFD where one is missing."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
