"""Passages as W3C Web Annotations: an `AnnotationPage` that other tools can read.

What the model has no word for (how a speaker was found, the article's hash, doubts) stands under `reader`.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from reader.annotations.annotation import Detection
from reader.annotations.review import detection_id
from reader.export.passages import Form
from reader.export.wording import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from reader.export.evidence import Evidence
    from reader.export.passages import Passage

CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"reader": {"@id": "urn:parallel-reader:fields", "@type": "@json"}})


def write_json(evidence: Evidence, out: BinaryIO) -> None:
    """Write the passages as one JSON document; offsets are code points, the end exclusive.

    The compact form leaves out what stands under `reader` beside the kind, the article and the naming.
    """
    head = {"@context": CONTEXT, "type": "AnnotationPage", "startIndex": 0}
    out.write((_indented(head)[:-2] + ',\n  "items": [').encode())
    digest = hashlib.sha256()
    for number, passage in enumerate(evidence.passages()):
        written = _indented(_annotation(passage, evidence.request.form))
        digest.update(written.encode())
        out.write((("," if number else "") + "\n" + "    " + written.replace("\n", "\n    ")).encode())
    page = uuid5(NAMESPACE_URL, digest.hexdigest()).urn
    collection = uuid5(NAMESPACE_URL, f"collection of {digest.hexdigest()}").urn
    tail = {
        "id": page,
        "partOf": {
            "id": collection,
            "type": "AnnotationCollection",
            "label": evidence.title,
            "total": evidence.passage_count,
            "first": page,
        },
        "generator": {"id": "urn:parallel-reader", "type": "Software", "name": GENERATOR},
    }
    out.write((("\n  ],\n" if evidence.passage_count else "],\n") + _indented(tail)[2:] + "\n").encode())


def _indented(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


def _annotation(passage: Passage, form: Form) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": _identity(passage),
        "type": "Annotation",
        "motivation": "highlighting",
        "created": passage.created,
        "modified": passage.modified,
        "body": list(_bodies(passage)),
        "target": {
            "type": "SpecificResource",
            "source": quote(passage.source.file),
            "selector": list(_selectors(passage)),
        },
        "reader": _compact_fields(passage) if form is Form.COMPACT else _own_fields(passage),
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


def _compact_fields(passage: Passage) -> dict[str, object]:
    full = _own_fields(passage)
    return {name: full[name] for name in ("kind", "person_how", "article")}


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
            "outlet": source.outlet,
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
            "engine": translation.made_with[0],
            "package": translation.made_with[1],
            "package_version": translation.made_with[2],
            "package_sha256": translation.package_sha256,
        },
    }
