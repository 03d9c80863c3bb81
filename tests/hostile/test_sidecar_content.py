"""Cases 36–50: what may stand under a sidecar's name."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotations import durable, strict_json
from reader.annotations.sidecar import decode, encode
from reader.text.errors import SidecarDamaged, SidecarError, SidecarNotSaved
from tests.annotations.support import QUOTE_TEXT, TEXT, open_session, span_of

GOLDEN = Path(__file__).parent.parent / "golden" / "sidecar" / "podul.txt.notes.json"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def noted(path: Path) -> list[str]:
    return [each.note for each, _ in open_session(path).placed]


def changed(sidecar: Path, **fields: object) -> dict:
    """Change fields of the first annotation of a sidecar on the disk and return the document."""
    document = json.loads(sidecar.read_bytes())
    document["annotations"][0] |= fields
    sidecar.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return document


def test_36_a_sidecar_cut_at_any_byte_is_copied_and_its_backup_loaded(article_path, sidecar, monkeypatch):
    monkeypatch.setattr(durable.os, "fsync", lambda descriptor: None)  # two thousand copies; no power fails here
    whole = sidecar.read_bytes()
    for length in range(len(whole) - 1):  # the last byte is a newline that no reader misses
        damaged = whole[:length]
        sidecar.write_bytes(damaged)
        session = open_session(article_path)
        assert [each.note for each, _ in session.placed] == ["prima"]
        (copy,) = article_path.parent.glob("*.damaged-*")
        assert copy.read_bytes() == damaged
        assert sidecar.read_bytes() == damaged
        assert copy.name in session.warnings[0]
        assert "podul.txt.notes.json.bak" in session.warnings[0]
        copy.unlink()


def assert_copied_and_replaced_only_by_an_edit(article_path: Path, sidecar: Path, damaged: bytes) -> None:
    """Open what is no sound JSON twice, then edit: its bytes and the backup stay."""
    with pytest.raises(SidecarDamaged):
        decode(damaged)
    sidecar.write_bytes(damaged)
    backup = sidecar.with_name(sidecar.name + ".bak").read_bytes()
    open_session(article_path)
    session = open_session(article_path)
    assert [each.note for each, _ in session.placed] == ["prima"]
    assert not session.dirty
    assert sidecar.read_bytes() == damaged
    session.add(span_of("trei luni"))
    session.save()
    (copy,) = article_path.parent.glob("*.damaged-*")
    assert copy.read_bytes() == damaged
    assert sidecar.with_name(sidecar.name + ".bak").read_bytes() == backup
    assert noted(article_path) == ["", "prima"]
    assert open_session(article_path).warnings == ()


def headed(rest: bytes) -> bytes:
    return b'{"format": "reader-notes", ' + rest


@pytest.mark.parametrize("damaged", [b"", bytes(900)], ids=["no bytes", "only NULs"])
def test_37_no_bytes_or_only_nuls_are_copied_and_the_backup_loaded(article_path, sidecar, damaged):
    assert_copied_and_replaced_only_by_an_edit(article_path, sidecar, damaged)


@pytest.mark.parametrize("levels", [99, 100_000])
def test_38_too_many_levels_are_a_limit_and_no_crash(article_path, sidecar, levels):
    assert_copied_and_replaced_only_by_an_edit(
        article_path, sidecar, headed(b'"x": ' + b"[" * levels + b"]" * levels + b"}")
    )


def test_39_an_integer_of_5000_digits_is_rejected(article_path, sidecar):
    assert_copied_and_replaced_only_by_an_edit(article_path, sidecar, headed(b'"revision": ' + b"9" * 5000 + b"}"))


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_40_nan_and_infinities_are_rejected(article_path, sidecar, number):
    assert_copied_and_replaced_only_by_an_edit(article_path, sidecar, headed(b'"x": ' + number + b"}"))


def test_41_a_key_twice_in_one_object_is_rejected(article_path, sidecar):
    assert_copied_and_replaced_only_by_an_edit(article_path, sidecar, headed(b'"revision": 1, "revision": 2}'))


def test_42_a_lone_surrogate_quarantines_its_annotation_and_saving_still_works(article_path, sidecar):
    document = json.loads(sidecar.read_bytes())
    document["annotations"].append({"id": "x", "note": "\ud800"})
    sidecar.write_text(json.dumps(document))
    session = open_session(article_path)
    assert session.warnings[0].startswith("1 of the notes can't be understood")
    session.add(span_of("trei luni"))
    session.save()
    again = open_session(article_path)
    assert len(again.placed) == 3
    assert again.notes.unread[0].raw == {"id": "x", "note": "\ud800"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_43_json_with_a_mark_or_in_utf_16_is_read_and_not_rewritten_until_edited(article_path, sidecar, encoding):
    payload = sidecar.read_text("utf-8").encode(encoding)
    sidecar.write_bytes(payload)
    session = open_session(article_path)
    assert [each.note for each, _ in session.placed] == ["a doua", "prima"]
    session.save()
    assert (sidecar.read_bytes(), session.warnings) == (payload, ())
    session.add(span_of("trei luni"), note="a treia")
    session.save()
    assert sidecar.read_bytes().startswith(b'{\n  "format"')
    assert noted(article_path) == ["a doua", "a treia", "prima"]


def test_44_200_megabytes_are_refused_unread_with_the_limit(article_path, sidecar):
    with sidecar.open("wb") as file:
        file.truncate(200 * 2**20)
    session = open_session(article_path)
    assert "larger than 32 MB" in session.read_only
    assert sidecar.stat().st_size == 200 * 2**20


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (-5, 20),
        (1.0, 20),
        (True, 20),
        (30, 20),
        ("83", 126),
        (None, None),
        (10**30, -1),
        (10**6, 10**6 + 5),
        (0, 10**40),
    ],
)
def test_45_offsets_that_are_none_leave_the_words_to_place_that_one_and_block_no_other(
    article_path, sidecar, start, end
):
    target = json.loads(sidecar.read_bytes())["annotations"][0]["target"]
    target["selector"][1] |= {"start": start, "end": end}
    changed(sidecar, target=target)
    session = open_session(article_path)
    placed = {annotation.note: where for annotation, where in session.placed}
    assert placed["a doua"].span == span_of(QUOTE_TEXT)
    assert placed["prima"].how == "exact"
    target["selector"][0]["exact"] = "cuvinte care nu sunt acolo"
    changed(sidecar, target=target)
    session = open_session(article_path)
    placed = {annotation.note: where for annotation, where in session.placed}
    assert (placed["a doua"].span, placed["a doua"].how) == (None, "unplaced")
    assert placed["prima"].how == "exact"
    session.add(span_of("trei luni"))
    session.save()
    kept = [each["target"] for each in json.loads(sidecar.read_bytes())["annotations"]]
    assert [each["selector"] for each in kept if "nu sunt" in each["selector"][0]["exact"]] == [target["selector"]]


def test_46_two_annotations_with_one_id_are_both_kept_and_told_apart(article_path, sidecar):
    document = json.loads(sidecar.read_bytes())
    document["annotations"].append(document["annotations"][0] | {"colour": "pink"})
    sidecar.write_text(json.dumps(document), "utf-8")
    once, again = open_session(article_path), open_session(article_path)
    assert once.notes == again.notes
    assert len({each.id for each, _ in once.placed}) == 3
    once.add(span_of("trei luni"))
    once.save()
    colours = sorted(each.colour for each, _ in open_session(article_path).placed)
    assert colours == ["pink", "yellow", "yellow", "yellow"]


def test_47_unknown_fields_at_every_level_survive_an_edit_elsewhere_byte_for_byte():
    text = GOLDEN.read_text("utf-8")
    # a field before every known one, numbers in every spelling, in every object of the file
    odd = '"x-%d": {"b": [1.50, -0, 1E5, 12345678901234567890123, "\\u2028é", null, true], "a": {}}'
    parts = text.replace("{}", "{ }").split("{\n")
    for number in range(1, len(parts)):
        parts[number] = odd % number + ",\n" + parts[number]
    before = strict_json.dumps(strict_json.loads("{\n".join(parts).encode())) + "\n"
    notes = decode(before.encode())
    assert not notes.unread
    assert encode(notes).decode() == before
    edited = replace(notes, annotations=(replace(notes.annotations[0], note="Altă notă"), *notes.annotations[1:]))
    assert encode(edited).decode() == before.replace("Cine plătește?", "Altă notă")


def test_48_a_newer_file_is_shown_and_never_touched(article_path, sidecar):
    document = json.loads(sidecar.read_bytes())
    document["schema"] = {"version": 99, "min_reader": 99}
    sidecar.write_text(json.dumps(document), "utf-8")
    before = (sidecar.read_bytes(), names(article_path.parent))
    session = open_session(article_path)
    assert len(session.placed) == 2
    assert "newer" in session.read_only
    assert session.warnings == (session.read_only,)
    edits = [
        lambda: session.add(span_of("trei luni")),
        lambda: session.set_language("ro"),
        lambda: session.remove(session.notes.annotations[0].id),
        session.undo,
    ]
    for edit in edits:
        with pytest.raises(SidecarNotSaved, match="newer"):
            edit()
    session.save()
    assert (sidecar.read_bytes(), names(article_path.parent)) == before


@pytest.mark.parametrize("foreign", [b"[1, 2]", b'{"name": "shopping"}', b'"reader-notes"'])
def test_49_foreign_json_is_never_overwritten(article_path, foreign):
    path = article_path.with_name("podul.txt.notes.json")
    path.write_bytes(foreign)
    session = open_session(article_path)
    assert "Move it away" in session.read_only
    with pytest.raises(SidecarNotSaved):
        session.add(span_of("trei luni"))
    assert path.read_bytes() == foreign
    assert names(article_path.parent) == {"podul.txt", "podul.txt.notes.json"}


# -- 50: copies of a synchronised folder -------------------------------------------------------------------------

CONFLICT = "podul.txt.notes.sync-conflict-20261122-010500-ABCDEFG.json"


@pytest.fixture
def conflict(article_path: Path, sidecar: Path) -> Path:
    """Another machine's version: it noted, changed and removed; here a third note was added meanwhile."""
    whole = sidecar.read_bytes()
    other = open_session(article_path, prefix="o")
    other.add(span_of("trei luni"), note="de acolo")
    other.change("urn:uuid:a1", note="prima, schimbată acolo", colour="green")
    other.save()
    copy = sidecar.rename(sidecar.with_name(CONFLICT))
    sidecar.write_bytes(whole)
    here = open_session(article_path, prefix="h")
    here.add(span_of("un pod"), note="de aici")
    here.save()
    return copy


def test_50_a_sync_conflict_is_offered_and_merged_only_after_a_yes(article_path, sidecar, conflict):
    before, theirs = sidecar.read_bytes(), conflict.read_bytes()
    session = open_session(article_path, prefix="m")
    assert session.conflict_copies() == (conflict,)
    assert sidecar.read_bytes() == before
    session.merge_copy(conflict)
    assert not session.dirty
    assert session.undo_label == "Merge notes"
    # nothing tells which of two versions of a note is the later: both are kept
    assert sorted(noted(article_path)) == ["a doua", "de acolo", "de aici", "prima", "prima, schimbată acolo"]
    (other,) = [each for each, _ in session.placed if each.conflict_of]
    assert other.conflict_of == "urn:uuid:a1"
    assert session.conflict_copies() == ()
    assert conflict.with_name(conflict.name + ".merged").read_bytes() == theirs
    session.undo()
    session.save()
    assert sorted(noted(article_path)) == ["a doua", "de aici", "prima"]


def test_50_what_the_copy_has_as_it_was_before_our_edit_is_not_brought_back(article_path, sidecar):
    copy = sidecar.with_name(CONFLICT)
    copy.write_bytes(sidecar.read_bytes())
    session = open_session(article_path)
    session.change("urn:uuid:a1", note="mai bună")
    session.remove("urn:uuid:a2")
    session.save()
    session.merge_copy(copy)
    assert noted(article_path) == ["mai bună"]
    assert not copy.exists()


def test_50_a_note_deleted_there_stays_here(article_path, sidecar):
    document = json.loads(sidecar.read_bytes())
    (gone,) = [each for each in document["annotations"] if each["id"] == "urn:uuid:a1"]
    document["annotations"].remove(gone)
    document["deleted"].append({"id": gone["id"], "at": "2026-11-22T02:00:00Z"})
    copy = sidecar.with_name(CONFLICT)
    copy.write_text(json.dumps(document), "utf-8")
    session = open_session(article_path)
    session.merge_copy(copy)
    assert noted(article_path) == ["a doua", "prima"]


def test_50_a_merge_that_can_not_be_saved_is_offered_again_and_then_keeps_nothing_twice(
    article_path, sidecar, conflict, monkeypatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    session = open_session(article_path, prefix="m")
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "replace", full)
        with pytest.raises(SidecarNotSaved):
            session.merge_copy(conflict)
    assert session.dirty
    assert session.conflict_copies() == (conflict,)
    session.merge_copy(conflict)
    assert sorted(noted(article_path)) == ["a doua", "de acolo", "de aici", "prima", "prima, schimbată acolo"]


def test_50_other_files_beside_the_sidecar_and_damaged_copies_are_not_offered(article_path, sidecar):
    for name in (
        "alt.txt.notes.sync-conflict-20261122-010500-ABCDEFG.json",
        "podul.sync-conflict-20261122-010500-ABCDEFG.txt",
        "podul.txt.notes.json.damaged-20261122T010500Z",
        CONFLICT + ".merged",
    ):
        sidecar.with_name(name).write_bytes(sidecar.read_bytes())
    sidecar.with_name(CONFLICT).write_bytes(b"{")
    session = open_session(article_path)
    assert session.conflict_copies() == ()
    for name in (CONFLICT, "podul.txt.notes.sync-conflict-none.json"):
        with pytest.raises(SidecarError, match="Nothing was changed"):
            session.merge_copy(sidecar.with_name(name))
    assert not session.dirty


def test_50_notes_kept_aside_from_a_foreign_file_are_offered_once_that_is_away(article_path, sidecar):
    session = open_session(article_path)
    session.add(span_of("trei luni"), note="a treia")
    good = sidecar.read_bytes()
    sidecar.write_bytes(b'{"name": "shopping"}')
    with pytest.raises(SidecarNotSaved, match="conflict-"):
        session.save()
    sidecar.write_bytes(good)
    again = open_session(article_path, TEXT)
    (aside,) = again.conflict_copies()
    again.merge_copy(aside)
    assert noted(article_path) == ["a doua", "a treia", "prima"]
