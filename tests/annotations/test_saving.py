"""The save protocol under faults: old or new file, never another, and never a false "saved"."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from reader.annotations import durable, saving
from reader.annotations.sidecar import decode
from reader.text.errors import SidecarNotSaved
from tests.annotations.support import QUOTE_TEXT, Fault, no_lock, open_session, span_of

ROOT = Path(__file__).parent.parent.parent


def sidecar_of(article_path: Path) -> Path:
    return article_path.with_name(article_path.name + ".notes.json")


def saved_once(article_path: Path):
    session = open_session(article_path)
    session.add(span_of("pod provizoriu"), note="prima")
    session.save()
    return session


def litter(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(".tmp"))


def test_opening_and_closing_untouched_rewrites_nothing(article_path):
    saved_once(article_path)
    before = sidecar_of(article_path).stat()
    again = open_session(article_path)
    again.set_shown([])
    again.save()
    after = sidecar_of(article_path).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert sorted(path.name for path in article_path.parent.iterdir()) == ["podul.txt", "podul.txt.notes.json"]


def test_an_edit_that_was_undone_is_not_written(article_path):
    session = saved_once(article_path)
    before = sidecar_of(article_path).stat().st_ino
    session.add(span_of(QUOTE_TEXT))
    session.undo()
    assert not session.dirty
    session.save()
    assert sidecar_of(article_path).stat().st_ino == before


def test_the_backup_is_the_version_before(article_path):
    session = saved_once(article_path)
    first = sidecar_of(article_path).read_bytes()
    session.add(span_of(QUOTE_TEXT))
    session.save()
    assert article_path.with_name("podul.txt.notes.json.bak").read_bytes() == first
    assert decode(sidecar_of(article_path).read_bytes()).revision == 2


def test_the_mode_of_the_file_is_kept(article_path):
    session = saved_once(article_path)
    sidecar_of(article_path).chmod(0o640)
    session.add(span_of(QUOTE_TEXT))
    session.save()
    assert stat.S_IMODE(sidecar_of(article_path).stat().st_mode) == 0o640


def test_a_write_that_lies_about_its_length_is_noticed(article_path, monkeypatch):
    session = open_session(article_path)
    session.add(span_of(QUOTE_TEXT))
    real = os.write

    def lossy(descriptor, left):
        real(descriptor, left[:-1])
        return len(left)

    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "write", lossy)
        with pytest.raises(SidecarNotSaved):
            session.save()
    assert session.dirty
    assert not sidecar_of(article_path).exists()


def test_a_folder_that_can_not_be_synced_at_all_does_not_stop_the_save(article_path, monkeypatch):
    session = open_session(article_path)
    session.add(span_of(QUOTE_TEXT))
    monkeypatch.setattr(durable.os, "fsync", Fault("fsync", 2, errno.EINVAL))
    session.save()
    assert not session.dirty


def test_a_file_that_keeps_changing_is_left_alone_in_the_end(article_path, monkeypatch):
    session = saved_once(article_path)
    session.add(span_of(QUOTE_TEXT))
    path = sidecar_of(article_path)
    real, rounds = saving.write_beside, []

    def meanwhile(target, payload):
        rounds.append(target)
        path.write_bytes(path.read_bytes() + b" ")
        return real(target, payload)

    monkeypatch.setattr(saving, "write_beside", meanwhile)
    with pytest.raises(SidecarNotSaved, match="keeps changing"):
        session.save()
    assert len(rounds) == saving.ATTEMPTS
    assert litter(article_path.parent) == []
    monkeypatch.undo()
    session.save()
    assert len(open_session(article_path).placed) == 2


def test_a_change_between_reading_and_replacing_is_merged(article_path, monkeypatch):
    session = saved_once(article_path)
    session.add(span_of(QUOTE_TEXT))
    other = open_session(article_path, prefix="b")
    other.add(span_of("trei luni"))
    real, once = saving.write_beside, [other.save]

    def meanwhile(target, payload):
        if once:
            once.pop()()
        return real(target, payload)

    monkeypatch.setattr(saving, "write_beside", meanwhile)
    # the other reader is on another machine, where our lock is not seen
    monkeypatch.setattr(saving.FileLock, "acquire", no_lock)
    session.save()
    assert len(open_session(article_path).placed) == 3


def test_without_the_lock_a_save_goes_on_and_sweeps_nothing(article_path, monkeypatch):
    session = saved_once(article_path)
    session.add(span_of(QUOTE_TEXT))
    (temp,) = [durable.write_beside(sidecar_of(article_path), b"another save under way")]
    with monkeypatch.context() as patch:
        patch.setattr(saving.FileLock, "acquire", no_lock)
        session.save()
    assert temp.exists()
    session.add(span_of("trei luni"))
    session.save()
    assert not temp.exists()
