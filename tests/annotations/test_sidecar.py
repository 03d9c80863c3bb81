"""The JSON: what is written, what is kept though not understood, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotations.annotation import (
    Annotation,
    ArticleRecord,
    Attribution,
    Choice,
    Correction,
    Creator,
    Deletion,
    Notes,
    PersonEdit,
    Target,
    Translation,
)
from reader.annotations.sidecar import decode, encode, in_order
from reader.text.errors import SidecarDamaged, SidecarForeign, SidecarNewer

GOLDEN = Path(__file__).parent.parent / "golden" / "sidecar" / "podul.txt.notes.json"


def golden() -> dict:
    return json.loads(GOLDEN.read_text("utf-8"))


def as_bytes(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def decode_changed(**changed: object) -> Notes:
    """Decode the golden sidecar with fields of its first annotation changed."""
    document = golden()
    document["annotations"][0] |= changed
    return decode(as_bytes(document))


def test_the_golden_sidecar_reads_as_its_values():
    notes = decode(GOLDEN.read_bytes())
    assert notes.article.language == Choice("ro", "detected")
    assert notes.annotations[0] == Annotation(
        id="urn:uuid:6f1d6e0e-5d6c-4b0c-9a53-0a6f0f6f0001",
        kind="quote",
        status="accepted",
        colour="yellow",
        created="2026-11-22T01:05:00Z",
        modified="2026-11-22T01:06:10Z",
        creator=Creator("auto", "quotes", "1", "manual"),
        target=Target(
            "Nu mai putem aștepta nici măcar o săptămână",
            "a anunțat că podul se închide. „",
            "”, a spus Voicu.\n\nLucrările dure",
            83,
            126,
        ),
        attribution=Attribution("Andrei Voicu", "auto"),
        translation=Translation("We cannot wait even one more week", "en", "argos ro-en 1.9", "ab12cd34"),
        note="Cine plătește?",
        tags=("bridge",),
    )
    assert notes.corrections[0].how == "reference"
    assert notes.people == (PersonEdit(None, ("Podul",)), PersonEdit("Andrei Voicu", ("Voicu", "Andrei Voicu")))
    assert notes.deleted == (Deletion("urn:uuid:6f1d6e0e-5d6c-4b0c-9a53-0a6f0f6f0009", "2026-11-20T09:00:00Z"),)


def test_the_golden_sidecar_is_written_byte_for_byte_from_its_values():
    notes = decode(GOLDEN.read_bytes())
    anew = replace(
        notes,
        raw=None,
        **{
            name: tuple(replace(entry, raw=None) for entry in getattr(notes, name))
            for name in ("annotations", "corrections", "people", "deleted")
        },
    )
    assert encode(anew) == GOLDEN.read_bytes()


def test_a_newer_kind_status_and_body_are_kept():
    body = [*golden()["annotations"][0]["body"], {"type": "Sound", "id": "x.ogg"}, "a bare string"]
    notes = decode_changed(kind="map", status="disputed", body=body)
    assert (notes.annotations[0].kind, notes.annotations[0].status) == ("map", "disputed")
    changed = replace(notes, annotations=(replace(notes.annotations[0], note="", tags=("a", "b")),))
    written = json.loads(encode(changed))["annotations"][0]
    assert written["kind"] == "map"
    assert {"type": "Sound", "id": "x.ogg"} in written["body"]
    assert "a bare string" in written["body"]
    assert [each["value"] for each in written["body"][-2:]] == ["a", "b"]


def test_a_second_note_of_another_program_is_kept_when_ours_changes():
    twice = [{"type": "TextualBody", "purpose": "commenting", "value": value} for value in ("ours", "theirs")]
    notes = decode_changed(body=twice)
    changed = replace(notes, annotations=(replace(notes.annotations[0], note="new"),))
    written = json.loads(encode(changed))["annotations"][0]["body"]
    assert [each["value"] for each in written] == ["new", "theirs"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"id": 7},
        {"kind": []},
        {"target": "somewhere"},
        {"target": {"selector": []}},
        {"target": {"selector": [{"type": "TextQuoteSelector", "exact": ""}]}},
        {"body": "a note"},
        {"colour": True},
        {"creator": {"how": 1}},
    ],
)
def test_an_annotation_that_can_not_be_understood_is_kept_and_blocks_no_other(wrong):
    document = golden()
    sound = document["annotations"][0]
    document["annotations"] = [sound | {"id": "first"}, sound | wrong, sound | {"id": "last"}]
    notes = decode(as_bytes(document))
    assert [each.id for each in notes.annotations] == ["first", "last"]
    assert [each.raw for each in notes.unread] == [sound | wrong]
    assert notes.unread[0].why
    assert sound | wrong in json.loads(encode(notes))["annotations"]


def test_entries_of_other_lists_that_can_not_be_understood_are_kept():
    document = golden()
    document["people"].append({"person": 7})
    document["deleted"].append("x")
    document["translation"]["corrections"].append({"sentence": {"exact": "x"}})
    notes = decode(as_bytes(document))
    assert len(notes.unread) == 3
    assert json.loads(encode(notes)) == document


def test_a_lone_surrogate_quarantines_its_annotation_and_is_written_back():
    document = golden()
    document["annotations"].append(document["annotations"][0] | {"id": "half", "status": "\ud800"})
    payload = json.dumps(document).encode()
    notes = decode(payload)
    assert [each.raw["id"] for each in notes.unread] == ["half"]
    assert rb'"status": "\ud800"' in encode(notes)
    assert json.loads(encode(notes)) == document


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "JSON"),
        ("\0" * 100, "JSON"),
        ("{", "JSON"),
        ("[" * 100_000, "deep"),
        ('{"format": "reader-notes", "x": ' + "[" * 99 + "]" * 99 + "}", "deep"),
        ('{"format": "reader-notes", "revision": ' + "9" * 5000 + "}", "digits"),
        ('{"format": "reader-notes", "revision": NaN}', "NaN"),
        ('{"format": "reader-notes", "revision": -Infinity}', "Infinity"),
        ('{"format": "reader-notes", "revision": 1e999}', "bounds"),
        ('{"format": "reader-notes", "revision": 1, "revision": 2}', "twice"),
        ('{"format": "reader-notes", "annotations": {}}', "annotations"),
        ('{"format": "reader-notes", "revision": "7"}', "revision"),
        ('{"format": "reader-notes", "article": []}', "article"),
        ('{"format": "reader-notes", "schema": {"min_reader": "x"}}', "min_reader"),
    ],
)
def test_what_is_ambiguous_or_dangerous_counts_as_damaged(text, why):
    with pytest.raises(SidecarDamaged, match=why):
        decode(text.encode())


@pytest.mark.parametrize("text", ["[]", "7", '"reader-notes"', "{}", '{"format": "other", "annotations": []}'])
def test_json_of_somebody_else_is_foreign(text):
    with pytest.raises(SidecarForeign):
        decode(text.encode())


def test_a_newer_frame_is_newer_and_not_damaged():
    with pytest.raises(SidecarNewer):
        decode(b'{"format": "reader-notes", "schema": {"version": 9, "min_reader": 9}, "annotations": {}}')


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_other_unicode_encodings_are_read(encoding):
    assert decode(GOLDEN.read_text("utf-8").encode(encoding)) == decode(GOLDEN.read_bytes())


def test_fields_that_are_null_count_as_missing():
    assert decode_changed(colour=None, body=None).annotations[0].colour is None


word = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
line = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
offset = st.integers(0, 10**6)
targets = st.builds(
    lambda exact, prefix, suffix, start: Target(exact, prefix, suffix, start, None if start is None else start + 3),
    word,
    line,
    line,
    st.none() | offset,
)
annotations = st.builds(
    Annotation,
    id=word,
    kind=st.sampled_from(["highlight", "quote", "person", "map"]),
    target=targets,
    status=word,
    created=line,
    modified=line,
    creator=st.builds(Creator, word, line, line, line),
    colour=st.none() | word,
    note=line,
    tags=st.lists(word, unique=True, max_size=3).map(tuple),
    attribution=st.none() | st.builds(Attribution, word, word) | st.just(Attribution(None, "manual")),
    translation=st.none() | st.builds(Translation, line, word, line, line, word),
    conflict_of=st.none() | word,
    original=st.none() | targets,
)
notes_values = st.builds(
    Notes,
    article=st.builds(
        ArticleRecord,
        line,
        offset,
        line,
        line,
        st.none() | st.builds(Choice, word, word),
        st.none() | st.builds(Choice, word, word),
    ),
    annotations=st.lists(annotations, unique_by=lambda each: each.id, max_size=3).map(tuple),
    corrections=st.lists(
        st.builds(Correction, word, offset, st.just(10**6), line, line, word, line, st.just("") | word), max_size=2
    ).map(tuple),
    people=st.lists(
        st.builds(PersonEdit, st.none() | word, st.lists(word, min_size=1, unique=True).map(tuple), word), max_size=2
    ).map(tuple),
    deleted=st.lists(st.builds(Deletion, word, line), max_size=2).map(tuple),
    translation_to=word,
    shown_in=st.just("") | word,
    revision=offset,
)


@given(notes_values)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_any_notes_read_back_as_they_were_written(notes):
    assert decode(encode(notes)) == in_order(notes)
    assert encode(decode(encode(notes))) == encode(notes)


@given(notes_values, notes_values)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_change_of_a_read_annotation_is_written_in_full(first, second):
    read = decode(encode(first))
    if not (read.annotations and second.annotations):
        return
    changed = replace(second.annotations[0], raw=read.annotations[0].raw)
    assert decode(encode(replace(read, annotations=(changed,)))).annotations == (changed,)


tag_lists = st.lists(st.sampled_from("abcd"), unique=True).map(tuple)


@given(tag_lists, tag_lists, st.booleans(), st.lists(st.sampled_from("abcd")))
def test_tags_read_from_a_file_can_be_changed_to_any_others_in_any_order(first, second, typed, again):
    document = golden()
    kind = {"type": "TextualBody"} if typed else {}
    document["annotations"][0]["body"] = [
        {**kind, "purpose": "tagging", "value": tag} for tag in (*first, *(tag for tag in again if tag in first))
    ]
    read = decode(as_bytes(document)).annotations[0]
    assert read.tags == first
    changed = replace(read, tags=second)
    assert decode(encode(replace(decode(as_bytes(document)), annotations=(changed,)))).annotations == (changed,)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | line,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(line, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*golden(), "more"]), json_values))
@settings(max_examples=150)
def test_no_document_of_any_shape_breaks_the_reading(document):
    document["format"] = "reader-notes"
    try:
        notes = decode(as_bytes(document))
    except (SidecarDamaged, SidecarNewer):
        return
    assert decode(encode(notes)) == notes
