"""Bytes of a sidecar ↔ `Notes`.

The JSON of one annotation is described in `annotation.py`; the rest::

    {"format": "reader-notes", "schema": {"version": 1, "min_reader": 1}, "revision": 17,
     "article": {"file": "mist.txt", "bytes": 4312, "sha256": "…", "text_sha256": "…",
                 "encoding": {"name": "windows-1251", "how": "detected"},
                 "language": {"code": "uk", "how": "detected"}},
     "offsets": {"unit": "unicode-code-point", "end": "exclusive"},
     "annotations": […],
     "translation": {"to": "en", "corrections": [
       {"sentence": {"exact": "…", "start": 0, "end": 57}, "value": "…", "modified": "…", "how": "reference"}]},
     "people": [{"person": "Mark Rutte", "names": ["Марк Рютте", "Рютте"], "how": "manual"}],
     "deleted": [{"id": "urn:uuid:…", "at": "2026-11-20T09:00:00Z"}]}

`how` of a correction is left out where a person wrote it, `to` where it is that of all; `shown` of the translation
stands where a person chose a language for this article alone. Fields unknown here keep their value and place at every
level: what we write is never a new object, but the change since reading carried over to what was read (`patched`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar
from uuid import NAMESPACE_URL, uuid5

from reader.annotations import strict_json
from reader.annotations.annotation import ArticleRecord, Choice, Notes, Unread
from reader.annotations.entries import (
    Invalid,
    annotation_from,
    correction_from,
    deletion_from,
    person_edit_from,
    plain_annotation,
    plain_correction,
    plain_deletion,
    plain_person_edit,
    take,
)
from reader.annotations.patching import patched
from reader.text.errors import SidecarDamaged, SidecarForeign, SidecarNewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.annotations.annotation import Annotation, Correction, Deletion, JsonObject, PersonEdit

FORMAT = "reader-notes"
VERSION = 1
_WITHIN_LIST = " " * 4
"""The indentation of an entry of a list of the document."""

Entry = TypeVar("Entry", "Annotation", "Correction", "PersonEdit", "Deletion")


def decode(payload: bytes) -> Notes:
    """Read a sidecar's bytes.

    An entry that can't be understood goes to `unread`. Raises `SidecarDamaged` for what is no JSON or has no
    sound frame, `SidecarForeign` for JSON of somebody else, `SidecarNewer` for a frame only a newer reader knows.
    """
    try:
        document = strict_json.loads(payload)
    except ValueError as exc:
        raise SidecarDamaged(f"not readable as JSON ({exc})") from exc
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise SidecarForeign("not a notes file of the reader")
    min_reader = VERSION
    try:
        min_reader = take(take(document, "schema", dict, {}), "min_reader", int, VERSION)
        return _notes(document, min_reader)
    except Invalid as exc:
        if min_reader > VERSION:
            raise SidecarNewer("written by a newer reader") from exc
        raise SidecarDamaged(f"not in the shape of a notes file ({exc})") from exc


def encode(notes: Notes) -> bytes:
    """Write `notes` as the bytes of a sidecar: UTF-8, LF, keys and lists in their fixed order.

    A lone surrogate, which only an unread entry or an unknown field may hold, becomes the escape it came from.
    """
    frame = _frame(notes)
    if notes.raw is not None:
        known = _frame(_notes(notes.raw, notes.min_reader))
        frame = patched(notes.raw, known, frame)
    notes = in_order(notes)
    source = notes.article.file
    lists: dict[str, list[object]] = {
        "annotations": [_written_annotation(each, id(each.raw), source) for each in notes.annotations],
        "people": [_written(each, person_edit_from, plain_person_edit) for each in notes.people],
        "deleted": [_written(each, deletion_from, plain_deletion) for each in notes.deleted],
        "corrections": [_written(each, correction_from, plain_correction) for each in notes.corrections],
    }
    for unread in notes.unread:
        lists[unread.where].append(unread.raw)
    translation = take(frame, "translation", dict, {})
    frame |= {"translation": translation | {"corrections": lists.pop("corrections")}, **lists}
    return (strict_json.dumps(frame) + "\n").encode("utf-8", "backslashreplace")


def in_order(notes: Notes) -> Notes:
    """Return `notes` with every list in its fixed order: annotations and corrections as in the text, people by name."""

    def place(annotation: Annotation) -> tuple[bool, int, str]:
        start = annotation.target.start
        return start is None, start or 0, annotation.id

    return replace(
        notes,
        annotations=tuple(sorted(notes.annotations, key=place)),
        corrections=tuple(sorted(notes.corrections, key=lambda each: (each.start, each.exact, each.conflict, each.to))),
        people=tuple(sorted(notes.people, key=lambda each: each.person or "")),
        deleted=tuple(sorted(notes.deleted, key=lambda each: (each.at, each.id))),
    )


def _notes(document: JsonObject, min_reader: int) -> Notes:
    unread: list[Unread] = []

    def entries(parent: JsonObject, where: str, read: Callable[[object], Entry]) -> tuple[Entry, ...]:
        found = []
        for raw in take(parent, where, list, []):
            try:
                found.append(read(raw))
            except Invalid as exc:
                unread.append(Unread(where, raw, str(exc)))
        return tuple(found)

    translation = take(document, "translation", dict, {})
    notes = Notes(
        article=_article_from(take(document, "article", dict, {})),
        annotations=_with_own_ids(entries(document, "annotations", annotation_from)),
        corrections=entries(translation, "corrections", correction_from),
        people=entries(document, "people", person_edit_from),
        deleted=entries(document, "deleted", deletion_from),
        translation_to=take(translation, "to", str, "en"),
        shown_in=take(translation, "shown", str, ""),
        revision=take(document, "revision", int, 0),
        unread=tuple(unread),
        min_reader=min_reader,
        raw=document
        | {"annotations": [], "translation": translation | {"corrections": []}, "people": [], "deleted": []},
    )
    return in_order(notes)


def _with_own_ids(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Give the second of two annotations with one id another that every reader works out alike, and keep both."""
    found: dict[str, Annotation] = {}
    for annotation in annotations:
        own, times = annotation.id, 1
        while own in found:
            times += 1
            own = f"urn:uuid:{uuid5(NAMESPACE_URL, f'{annotation.id}#{times}')}"
        found[own] = annotation if own == annotation.id else replace(annotation, id=own)
    return tuple(found.values())


def _frame(notes: Notes) -> JsonObject:
    """Return the document without the entries of its lists."""
    article = notes.article
    record: JsonObject = {
        "file": article.file,
        "bytes": article.size,
        "sha256": article.sha256,
        "text_sha256": article.text_sha256,
    }
    if article.encoding:
        record["encoding"] = {"name": article.encoding.value, "how": article.encoding.how}
    if article.language:
        record["language"] = {"code": article.language.value, "how": article.language.how}
    return {
        "format": FORMAT,
        "schema": {"version": VERSION, "min_reader": VERSION},
        "revision": notes.revision,
        "article": record,
        "offsets": {"unit": "unicode-code-point", "end": "exclusive"},
        "annotations": [],
        "translation": {
            "to": notes.translation_to,
            **({"shown": notes.shown_in} if notes.shown_in else {}),
            "corrections": [],
        },
        "people": [],
        "deleted": [],
    }


def _article_from(raw: JsonObject) -> ArticleRecord:
    def choice(key: str, name: str) -> Choice | None:
        found = take(raw, key, dict, {})
        value = take(found, name, str, "")
        return Choice(value, take(found, "how", str, "detected")) if value else None

    return ArticleRecord(
        file=take(raw, "file", str, ""),
        size=take(raw, "bytes", int, 0),
        sha256=take(raw, "sha256", str, ""),
        text_sha256=take(raw, "text_sha256", str, ""),
        encoding=choice("encoding", "name"),
        language=choice("language", "code"),
    )


@lru_cache(maxsize=4096)
def _written_annotation(annotation: Annotation, raw: int, source: str) -> strict_json.Literal:
    """Return the text of an annotation; most stand in the next save as in the last.

    `raw` tells apart equal annotations that were read from different JSON. It is the id of an object that lives as
    long as the annotation, and so as long as the cached text.
    """
    json = _written(annotation, annotation_from, lambda entry: plain_annotation(entry, source))
    return strict_json.Literal(strict_json.dumps(json, _WITHIN_LIST))


def _written(entry: Entry, read: Callable[[object], Entry], plain: Callable[[Entry], JsonObject]) -> object:
    """Return an entry's JSON: what it was read from with its changes, or all of it where it is new."""
    if entry.raw is None:
        return plain(entry)
    before = read(entry.raw)
    return entry.raw if before == entry else patched(entry.raw, plain(before), plain(entry))
