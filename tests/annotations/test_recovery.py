"""Damaged, foreign, newer and misplaced sidecars: one clear line, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from reader.annotations import durable, loading
from reader.annotations.session import remembered
from reader.articles.article import Encoding
from reader.text.errors import SidecarNotSaved
from tests.annotations.support import QUOTE_TEXT, TEXT, open_session, span_of

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def sidecar(article_path: Path) -> Path:
    """A sidecar with two highlights whose backup has the first."""
    session = open_session(article_path)
    session.add(span_of("pod provizoriu"), note="prima")
    session.save()
    session.add(span_of(QUOTE_TEXT), note="a doua")
    session.save()
    return article_path.with_name("podul.txt.notes.json")


def test_a_file_cut_off_at_any_byte_is_copied_and_its_backup_read(article_path, sidecar, monkeypatch):
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


@pytest.mark.parametrize("damaged", [b"", b"\0" * 900, b"<html>", b'{"format": "reader-notes", "annotations": 7}'])
def test_a_damaged_file_is_replaced_only_by_an_edit_and_its_copy_stays(article_path, sidecar, damaged):
    sidecar.write_bytes(damaged)
    backup = sidecar.with_name(sidecar.name + ".bak").read_bytes()
    open_session(article_path)
    session = open_session(article_path)
    assert not session.dirty
    session.add(span_of("trei luni"))
    session.save()
    (copy,) = article_path.parent.glob("*.damaged-*")
    assert copy.read_bytes() == damaged
    assert sidecar.with_name(sidecar.name + ".bak").read_bytes() == backup
    assert [each.note for each, _ in open_session(article_path).placed] == ["", "prima"]
    assert open_session(article_path).warnings == ()


def test_without_a_backup_the_notes_of_a_killed_save_are_read(article_path, sidecar):
    whole = sidecar.read_bytes()
    durable.write_beside(sidecar, whole[:-20])
    durable.write_beside(sidecar, whole)
    sidecar.with_name(sidecar.name + ".bak").unlink()
    sidecar.write_bytes(b"{")
    session = open_session(article_path)
    assert [each.note for each, _ in session.placed] == ["a doua", "prima"]
    assert ".tmp" in session.warnings[0]


def test_without_anything_usable_the_notes_begin_empty_and_say_so(article_path, sidecar):
    sidecar.with_name(sidecar.name + ".bak").write_bytes(b"also bad")
    sidecar.write_bytes(b"bad")
    session = open_session(article_path)
    assert session.placed == ()
    assert "begin empty" in session.warnings[0]
    session.add(span_of("trei luni"))
    session.save()
    assert {path.read_bytes() for path in article_path.parent.glob("*.damaged-*")} == {b"bad"}


def test_a_damaged_file_that_can_not_be_copied_is_not_written(article_path, sidecar, monkeypatch):
    sidecar.write_bytes(b"bad")

    def full(target, payload):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(loading, "replace_file", full)
    session = open_session(article_path)
    assert [each.note for each, _ in session.placed] == ["prima"]
    assert "No space left" in session.read_only
    with pytest.raises(SidecarNotSaved):
        session.add(span_of("trei luni"))


def test_a_missing_file_with_a_backup_is_read_from_it(article_path, sidecar):
    sidecar.unlink()
    session = open_session(article_path)
    assert [each.note for each, _ in session.placed] == ["prima"]
    assert "missing" in session.warnings[0]


def test_a_newer_file_is_shown_and_never_touched(article_path, sidecar):
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
def test_foreign_json_is_never_overwritten(article_path, foreign):
    path = article_path.with_name("podul.txt.notes.json")
    path.write_bytes(foreign)
    session = open_session(article_path)
    assert "Move it away" in session.read_only
    with pytest.raises(SidecarNotSaved):
        session.add(span_of("trei luni"))
    assert path.read_bytes() == foreign
    assert names(article_path.parent) == {"podul.txt", "podul.txt.notes.json"}


@pytest.mark.parametrize(
    "intruder", [b'{"name": "shopping"}', b"cut off {", b'{"format": "reader-notes", "schema": {"min_reader": 99}}']
)
def test_a_file_that_turns_into_something_else_is_left_and_ours_kept_aside(article_path, sidecar, intruder):
    session = open_session(article_path)
    session.add(span_of("trei luni"), note="a treia")
    good = sidecar.read_bytes()
    sidecar.write_bytes(intruder)
    for _ in range(2):  # an autosave fails many times, and leaves one file
        with pytest.raises(SidecarNotSaved, match="conflict-"):
            session.save()
    assert session.dirty
    assert sidecar.read_bytes() == intruder
    (aside,) = article_path.parent.glob("*.conflict-*.json")
    assert {each["id"] for each in json.loads(aside.read_bytes())["annotations"]} == {
        each.id for each in session.notes.annotations
    }
    sidecar.write_bytes(good)
    session.save()
    assert len(open_session(article_path).placed) == 3


def test_a_link_out_of_the_folder_is_refused(article_path, tmp_path):
    outside = tmp_path / "outside.json"
    outside.write_bytes(b"{}")
    article_path.with_name("podul.txt.notes.json").symlink_to(outside)
    session = open_session(article_path)
    assert "link" in session.read_only
    assert outside.read_bytes() == b"{}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
def test_a_pipe_or_a_folder_in_the_sidecars_place_is_refused_without_waiting(article_path):
    path = article_path.with_name("podul.txt.notes.json")
    os.mkfifo(path)
    assert "plain file" in open_session(article_path).read_only
    path.unlink()
    path.mkdir()
    assert "plain file" in open_session(article_path).read_only


def test_a_huge_file_is_refused_unread(article_path):
    path = article_path.with_name("podul.txt.notes.json")
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    assert "larger than 32 MB" in open_session(article_path).read_only


def test_one_bad_annotation_is_told_and_saving_still_works(article_path, sidecar):
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


@pytest.mark.parametrize("protect", ["folder", "sidecar"])
def test_notes_of_a_protected_folder_or_file_are_kept_away_and_come_home(article_path, sidecar, protect):
    target = article_path.parent if protect == "folder" else sidecar
    mode = target.stat().st_mode
    target.chmod(0o555 if protect == "folder" else 0o444)
    before = sidecar.read_bytes()
    session = open_session(article_path)
    assert len(session.placed) == 2
    assert not session.dirty
    assert str(session.path) in session.warnings[0]
    session.add(span_of("trei luni"), note="pe drum")
    session.remove("urn:uuid:a1")
    session.save()
    assert sidecar.read_bytes() == before
    assert target.stat().st_mode != mode
    again = open_session(article_path, prefix="b")
    assert [each.note for each, _ in again.placed] == ["a doua", "pe drum"]
    away = again.path

    target.chmod(mode)
    home = open_session(article_path, prefix="c")
    assert home.dirty
    home.save()
    assert not away.exists()
    assert [each.note for each, _ in open_session(article_path).placed] == ["a doua", "pe drum"]


def test_notes_that_were_away_are_merged_with_what_was_saved_beside_the_article_meanwhile(article_path, sidecar):
    article_path.parent.chmod(0o555)
    session = open_session(article_path)
    session.change("urn:uuid:a1", note="departe")
    session.save()
    article_path.parent.chmod(0o755)
    document = json.loads(sidecar.read_bytes())  # a synchronised folder brings the work of another machine
    document["annotations"][0]["status"] = "rejected"
    del document["annotations"][0]["body"]
    document["annotations"][1]["colour"] = "blue"
    sidecar.write_text(json.dumps(document), "utf-8")
    home = open_session(article_path)
    assert [(each.note, each.status, each.colour) for each, _ in home.placed] == [
        ("", "rejected", "yellow"),
        ("departe", "accepted", "blue"),
    ]
    home.save()
    assert len(open_session(article_path).placed) == 2
    assert list(session.path.parent.iterdir()) == []


def test_a_folder_that_becomes_protected_while_open_sends_the_notes_away(article_path, sidecar):
    session = open_session(article_path)
    session.add(span_of("trei luni"))
    article_path.parent.chmod(0o555)
    session.save()
    article_path.parent.chmod(0o755)
    assert "can't be written" in session.warnings[0]
    assert session.path.exists()
    assert len(open_session(article_path).placed) == 3


def test_an_article_whose_name_leaves_no_room_has_its_notes_away(tmp_path):
    (tmp_path / "news").mkdir()
    path = tmp_path / "news" / ("ă" * 124 + ".txt")
    session = open_session(path)
    assert "too long" in session.warnings[0]
    session.add(span_of("trei luni"))
    session.save()
    assert len(open_session(path).placed) == 1


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_an_article_with_a_name_that_is_no_utf8_has_notes(tmp_path):
    (tmp_path / "news").mkdir()
    path = tmp_path / "news" / os.fsdecode(b"\xcf\xee\xe4.txt")
    session = open_session(path)
    session.add(span_of("trei luni"))
    session.save()
    assert len(open_session(path).placed) == 1


def test_two_articles_that_differ_in_suffix_have_a_sidecar_each(article_path):
    other = article_path.with_name("podul.md")
    for path, words in ((article_path, "trei luni"), (other, "pod provizoriu")):
        session = open_session(path)
        session.add(span_of(words))
        session.save()
    assert [each.target.exact for each, _ in open_session(article_path).placed] == ["trei luni"]
    assert [each.target.exact for each, _ in open_session(other).placed] == ["pod provizoriu"]


def test_an_encoding_chosen_by_hand_is_remembered_and_can_be_given_up(article_path):
    assert remembered(article_path) is None
    session = open_session(article_path, encoding=Encoding("windows-1250", "manual"))
    assert session.dirty
    session.save()
    assert remembered(article_path).encoding.value == "windows-1250"
    assert remembered(article_path).encoding.how == "manual"
    session = open_session(article_path, encoding=Encoding("utf-8"))
    session.save()
    assert remembered(article_path).encoding.how == "detected"


def test_a_copied_article_with_its_sidecar_keeps_its_notes(article_path, sidecar, tmp_path):
    moved = tmp_path / "elsewhere" / "podul.txt"
    shutil.copytree(article_path.parent, moved.parent)
    assert len(open_session(moved, TEXT).placed) == 2
