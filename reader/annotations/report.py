"""Annotations as the objects of `annotations --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from reader.annotations.anchoring import Placement
    from reader.annotations.annotation import Annotation


def to_json(path: Path, annotation: Annotation, placement: Placement) -> dict[str, Any]:
    """Return what an annotation says and where it stands in the article as it is now."""
    span = placement.span
    return {
        "path": str(path),
        "id": annotation.id,
        "kind": annotation.kind,
        "status": annotation.status,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "exact": annotation.target.exact,
        "anchoring": placement.how,
        "person": annotation.person,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "colour": annotation.colour,
        "candidates": [[each.start, each.end] for each in placement.candidates],
    }
