"""Damaged, foreign, newer and misplaced sidecars: one clear line, nothing lost."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from reader.annotations import durable, loading
from reader.annotations.places import sidecar_path
from reader.annotations.session import remembered
from reader.articles.article import Encoding
from reader.text.errors import SidecarNotSaved
from tests.annotations.support import open_session, span_of, two_highlights

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def sidecar(article_path: Path) -> Path:
    """A sidecar with two highlights whose backup has the first."""
    return two_highlights(article_path)


def test_without_a_backup_the_notes_of_a_killed_save_are_read(article_path, sidecar):
    whole = sidecar.read_bytes()
    durable.write_beside(sidecar, whole[:-20])
    durable.write_beside(sidecar, whole)
    sidecar.with_name(sidecar.name + ".bak").unlink()
    sidecar.write_bytes(b"{")
    session = open_session(article_path)
    assert [each.note for each, _ in session.placed] == ["a doua", "prima"]
    assert ".tmp" in session.warnings[0]


@pytest.fixture
def tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock by which no folder changed just now: its list is remembered."""
    late = time.time_ns() + 86_400 * 10**9
    monkeypatch.setattr(durable.time, "time_ns", lambda: late)


@pytest.mark.usefixtures("tomorrow")
def test_a_killed_save_is_found_however_often_its_folder_was_looked_through_before(article_path):
    sidecar, folder = sidecar_path(article_path), article_path.parent
    for day in (1, 2):
        known = list(durable.temps_of(sidecar))
        made = durable.write_beside(sidecar, b"{}")
        os.utime(folder, (day * 86_400, day * 86_400))  # later than before, whatever the clock's tick
        assert set(durable.temps_of(sidecar)) == {*known, made}


@pytest.mark.usefixtures("tomorrow")
def test_the_list_of_a_folder_that_does_not_change_is_read_once(article_path, monkeypatch):
    sidecar, folder = sidecar_path(article_path), article_path.parent
    made = durable.write_beside(sidecar, b"{}")
    seen, listdir = [], os.listdir
    monkeypatch.setattr(durable.os, "listdir", lambda folder: seen.append(folder) or listdir(folder))
    assert [list(durable.temps_of(sidecar)) for _ in range(3)] == [[made]] * 3
    assert seen == [folder]


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


def test_notes_that_were_coming_home_stay_away_where_the_folder_is_protected_again(article_path, sidecar):
    article_path.parent.chmod(0o555)
    session = open_session(article_path)
    session.add(span_of("trei luni"), note="departe")
    session.save()
    article_path.parent.chmod(0o755)
    coming = open_session(article_path)
    assert coming.dirty
    article_path.parent.chmod(0o555)
    coming.save()
    article_path.parent.chmod(0o755)
    assert sorted(each.note for each, _ in open_session(article_path).placed) == ["a doua", "departe", "prima"]


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
