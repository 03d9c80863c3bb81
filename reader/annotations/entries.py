"""One entry of a sidecar's lists ↔ its value. The shapes are in the docstrings of `annotation.py` and `sidecar.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from reader.annotations.annotation import (
    ACCEPTED,
    AUTO,
    MANUAL,
    PERSON,
    Annotation,
    Attribution,
    Correction,
    Creator,
    Deletion,
    PersonEdit,
    Target,
    Translation,
)

if TYPE_CHECKING:
    from reader.annotations.annotation import JsonObject

T = TypeVar("T")

LARGEST_OFFSET = 2**53 - 1
"""The largest integer that JSON carries safely between programs; Python's own lengths end at 2**63."""


class Invalid(ValueError):
    """Part of a sidecar that is not in the shape it should have; the text names the field."""


def take(parent: object, key: str, kind: type[T], default: T) -> T:
    """Return `parent[key]`, or `default` where it is missing or null; raise `Invalid` where it is no `kind`."""
    if not isinstance(parent, dict):
        raise Invalid(f"no object around “{key}”")
    value = parent.get(key)
    if value is None:
        return default
    if type(value) is not kind:  # a bool is no int here
        raise Invalid(f"“{key}” is not of the type {kind.__name__}")
    if isinstance(value, str) and not well_formed(value):
        raise Invalid(f"half a character in “{key}”")
    return value


def well_formed(text: str) -> bool:
    """Say whether `text` holds no lone surrogate, the one thing in a `str` that UTF-8 can't write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def annotation_from(raw: object) -> Annotation:
    """Read an annotation; raise `Invalid` where it has no id, kind or words, or a known field of a wrong type."""
    target = take(raw, "target", dict, {})
    bodies = _bodies(raw)
    creator = take(raw, "creator", dict, {})
    try:
        return Annotation(
            id=take(raw, "id", str, ""),
            kind=take(raw, "kind", str, ""),
            target=_target_from(target),
            status=take(raw, "status", str, ACCEPTED),
            created=take(raw, "created", str, ""),
            modified=take(raw, "modified", str, ""),
            creator=Creator(*(take(creator, key, str, default) for key, default in _CREATOR.items())),
            colour=take(raw, "colour", str, "") or None,
            note=take(bodies.get("commenting", {}), "value", str, ""),
            tags=_tags(raw),
            attribution=_attribution_from(bodies.get("identifying")),
            translation=_translation_from(bodies.get("describing")),
            conflict_of=take(raw, "conflict_of", str, "") or None,
            original=_target_from(target["original"]) if "original" in target else None,
            raw=raw if isinstance(raw, dict) else None,
        )
    except Invalid:
        raise
    except ValueError as exc:
        raise Invalid(str(exc)) from exc


_CREATOR = {"how": MANUAL, "engine": "", "version": "", "confirmed_by": ""}


def plain_annotation(annotation: Annotation, source: str) -> JsonObject:
    """Return the JSON of what is known about an annotation, in the fixed order of keys."""
    target: JsonObject = {"source": source, "selector": _selectors(annotation.target)}
    if annotation.original:
        target["original"] = {"selector": _selectors(annotation.original)}
    creator = annotation.creator
    body = _plain_bodies(annotation)
    fields: JsonObject = {
        "id": annotation.id,
        "type": "Annotation",
        "motivation": "identifying" if annotation.kind == PERSON else "highlighting",
        "kind": annotation.kind,
        "status": annotation.status,
        "colour": annotation.colour,
        "created": annotation.created,
        "modified": annotation.modified,
        "creator": {key: value for key in _CREATOR if (value := getattr(creator, key))},
        "conflict_of": annotation.conflict_of,
        "target": target,
        "body": body,
    }
    return {key: value for key, value in fields.items() if value not in (None, [])}


def correction_from(raw: object) -> Correction:
    """Read a sentence's correction."""
    sentence = take(raw, "sentence", dict, {})
    position = _position(sentence)
    if position is None or not take(sentence, "exact", str, ""):
        raise Invalid("a correction without its sentence")
    return Correction(
        take(sentence, "exact", str, ""),
        *position,
        value=take(raw, "value", str, ""),
        modified=take(raw, "modified", str, ""),
        how=take(raw, "how", str, MANUAL),
        conflict=take(raw, "conflict", str, ""),
        to=take(raw, "to", str, ""),
        raw=raw if isinstance(raw, dict) else None,
    )


def plain_correction(correction: Correction) -> JsonObject:
    """Return the JSON of what is known about a correction."""
    fields: JsonObject = {
        "sentence": {"exact": correction.exact, "start": correction.start, "end": correction.end},
        "value": correction.value,
        "modified": correction.modified,
    }
    if correction.how != MANUAL:
        fields["how"] = correction.how
    if correction.conflict:
        fields["conflict"] = correction.conflict
    if correction.to:
        fields["to"] = correction.to
    return fields


def person_edit_from(raw: object) -> PersonEdit:
    """Read what a person said about names."""
    names = take(raw, "names", list, [])
    if not names or not all(isinstance(name, str) and well_formed(name) for name in names):
        raise Invalid("“names” is not a list of names")
    return PersonEdit(
        take(raw, "person", str, "") or None,
        tuple(dict.fromkeys(names)),
        take(raw, "how", str, MANUAL),
        raw=raw if isinstance(raw, dict) else None,
    )


def plain_person_edit(edit: PersonEdit) -> JsonObject:
    """Return the JSON of what is known about a person's word on names."""
    return {"person": edit.person or "", "names": list(edit.names), "how": edit.how}


def deletion_from(raw: object) -> Deletion:
    """Read the mark that an annotation leaves when it is removed."""
    if not take(raw, "id", str, ""):
        raise Invalid("a deletion without an id")
    return Deletion(take(raw, "id", str, ""), take(raw, "at", str, ""), raw if isinstance(raw, dict) else None)


def plain_deletion(deletion: Deletion) -> JsonObject:
    """Return the JSON of what is known about a deletion."""
    return {"id": deletion.id, "at": deletion.at}


def _bodies(raw: object) -> dict[str, JsonObject]:
    """Return the first textual body of each purpose."""
    found: dict[str, JsonObject] = {}
    for body in take(raw, "body", list, []):
        if isinstance(body, dict) and body.get("type") == "TextualBody":
            found.setdefault(str(body.get("purpose")), body)
    return found


def _tags(raw: object) -> tuple[str, ...]:
    bodies = take(raw, "body", list, [])
    tagging = (body for body in bodies if isinstance(body, dict) and body.get("purpose") == "tagging")
    return tuple(dict.fromkeys(tag for body in tagging if (tag := take(body, "value", str, ""))))


def _plain_bodies(annotation: Annotation) -> list[JsonObject]:
    bodies: list[JsonObject] = []
    if annotation.attribution:
        who = annotation.attribution
        bodies.append(_body("identifying", value=who.person or "", creator={"how": who.how}))
    if annotation.translation:
        made = annotation.translation
        creator = {"how": made.how, "engine": made.engine, "package_sha256": made.package_sha256}
        by = {key: value for key, value in creator.items() if value}
        bodies.append(_body("describing", language=made.language, value=made.text, creator=by))
    if annotation.note:
        bodies.append(_body("commenting", value=annotation.note))
    bodies.extend(_body("tagging", value=tag) for tag in annotation.tags)
    return bodies


def _body(purpose: str, **fields: object) -> JsonObject:
    return {"type": "TextualBody", "purpose": purpose, **fields}


def _attribution_from(body: JsonObject | None) -> Attribution | None:
    if body is None:
        return None
    person = take(body, "value", str, "") or None
    return Attribution(person, take(take(body, "creator", dict, {}), "how", str, AUTO if person else MANUAL))


def _translation_from(body: JsonObject | None) -> Translation | None:
    if body is None:
        return None
    creator = take(body, "creator", dict, {})
    return Translation(
        take(body, "value", str, ""),
        take(body, "language", str, "en"),
        take(creator, "engine", str, ""),
        take(creator, "package_sha256", str, ""),
        take(creator, "how", str, AUTO),
    )


def _target_from(raw: object) -> Target:
    selectors = take(raw, "selector", list, [])
    named = {str(each.get("type")): each for each in reversed(selectors) if isinstance(each, dict)}
    quote = named.get("TextQuoteSelector", {})
    start, end = _position(named.get("TextPositionSelector", {})) or (None, None)
    exact, prefix, suffix = (take(quote, key, str, "") for key in ("exact", "prefix", "suffix"))
    return Target(exact, prefix, suffix, start, end)


def _position(raw: JsonObject) -> tuple[int, int] | None:
    """Return the offsets, or None where they are no offsets: then the words alone place the passage."""
    start, end = raw.get("start"), raw.get("end")
    sound = type(start) is int and type(end) is int and 0 <= start <= end <= LARGEST_OFFSET
    return (start, end) if sound else None  # type: ignore[return-value]


def _selectors(target: Target) -> list[JsonObject]:
    words = {"exact": target.exact, "prefix": target.prefix, "suffix": target.suffix}
    selectors: list[JsonObject] = [{"type": "TextQuoteSelector", **words}]
    if target.span:
        selectors.append({"type": "TextPositionSelector", "start": target.start, "end": target.end})
    return selectors
