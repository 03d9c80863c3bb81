"""Passages as W3C Web Annotations: an `AnnotationPage` that other tools can read.

What the model has no word for (how a speaker was found, the article's hash, doubts) stands under `reader`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from reader.annotations.annotation import Detection
from reader.annotations.review import detection_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.export.passages import Passage

CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"reader": {"@id": "urn:parallel-reader:fields", "@type": "@json"}})


def render_json(passages: Sequence[Passage]) -> str:
    """Return the passages as one JSON document; offsets are code points, the end exclusive."""
    annotations = [_annotation(passage) for passage in passages]
    page = {
        "@context": CONTEXT,
        "id": uuid5(NAMESPACE_URL, json.dumps(annotations)).urn,
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": annotations,
    }
    return json.dumps(page, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _annotation(passage: Passage) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": _identity(passage),
        "type": "Annotation",
        "motivation": "highlighting",
        "created": passage.created,
        "modified": passage.modified,
        "body": list(_bodies(passage)),
        "target": {"source": quote(passage.source.file), "selector": list(_selectors(passage))},
        "reader": _own_fields(passage),
    }
    return {name: value for name, value in entry.items() if value not in ("", [])}


def _identity(passage: Passage) -> str:
    if passage.id is not None or passage.span is None:
        return passage.id or f"urn:uuid:{uuid5(NAMESPACE_URL, passage.original)}"
    return detection_id(Detection(passage.kind, passage.span), passage.source.text_sha256)


def _bodies(passage: Passage) -> Iterator[dict[str, object]]:
    if passage.person is not None:
        yield {"type": "TextualBody", "purpose": "identifying", "value": passage.person}
    if passage.translation is not None:
        yield {
            "type": "TextualBody",
            "purpose": "describing",
            "language": passage.translation.language,
            "format": "text/plain",
            "value": passage.translation.text,
        }
    if passage.note:
        yield {"type": "TextualBody", "purpose": "commenting", "value": passage.note}
    for tag in passage.tags:
        yield {"type": "TextualBody", "purpose": "tagging", "value": tag}


def _selectors(passage: Passage) -> Iterator[dict[str, object]]:
    target = passage.target
    yield {"type": "TextQuoteSelector", "exact": passage.original, "prefix": target.prefix, "suffix": target.suffix}
    if passage.span is not None:
        yield {"type": "TextPositionSelector", "start": passage.span.start, "end": passage.span.end}


def _own_fields(passage: Passage) -> dict[str, object]:
    source, translation = passage.source, passage.translation
    return {
        "kind": "term" if passage.term else passage.kind,
        "status": passage.status,
        "placement": passage.placement,
        "colour": passage.colour,
        "paragraphs": passage.paragraphs,
        "language": passage.language,
        "person_how": passage.person_how or None,
        "confidence": passage.confidence,
        "marked_as": passage.marked,
        "article": {
            "file": source.file,
            "title": source.title,
            "translated_title": source.translated_title,
            "date": source.date,
            "language": source.language,
            "sha256": source.sha256,
            "text_sha256": source.text_sha256,
        },
        "translation": translation
        and {
            "how": translation.how,
            "by_sentence": translation.by_sentence,
            "complete": translation.complete,
            "doubts": translation.doubts,
            "engine": translation.engine,
            "package_sha256": translation.package_sha256,
        },
    }
