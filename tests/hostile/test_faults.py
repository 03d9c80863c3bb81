"""Cases 51–60: what may go wrong while notes are saved. The full counts are in test_reliability.py."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from reader.annotations import durable, saving
from reader.annotations.sidecar import decode
from reader.text.errors import SidecarNotSaved
from tests.annotations.support import QUOTE_TEXT, Fault, no_lock, open_session, span_of
from tests.hostile import crashes
from tests.hostile.running import can_trace, figures_of

if TYPE_CHECKING:
    from pathlib import Path


needs_strace = pytest.mark.skipif(not can_trace(), reason="strace is not installed, or tracing is not allowed here")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def _can_mount() -> bool:
    """Say whether a file system may be mounted here; inside some containers not even root may."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    with tempfile.TemporaryDirectory() as folder:
        command = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", folder]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


needs_mount = pytest.mark.skipif(not _can_mount(), reason="needs to mount a small file system")


def noted(path: Path) -> list[str]:
    return [each.note for each, _ in open_session(path).placed]


def litter(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(".tmp"))


@needs_fork
@needs_strace
def test_51_a_kill_at_each_changing_system_call_of_a_save_leaves_the_old_or_the_new_file(tmp_path):
    calls = "write,fsync,rename,renameat,renameat2,fchmod,unlink,unlinkat"
    figures = figures_of("system_calls", tmp_path / "calls", calls, "SIGKILL")
    assert figures["killed"] == figures["faults injected"] >= 9
    assert not figures["files lost"] + figures["temporary files left"]


@needs_fork
def test_51_a_hundred_kills_lose_no_acknowledged_note(tmp_path):
    figures = figures_of("kills", tmp_path, 100)
    assert figures["killed"] == figures["cycles"] == 100
    assert figures["saves acknowledged"] > 20
    assert not figures["sidecars unreadable"] + figures["acknowledged notes lost"] + figures["temporary files left"]


# a save over an existing file with a backup makes, in this order: two files written and synced (ours, the backup),
# two replacements (the backup, ours), each followed by a sync of the folder
FAULTS = [
    *(("write", number, code) for number in (1, 2) for code in (errno.ENOSPC, errno.EIO)),
    *(("fsync", number, errno.EIO) for number in (1, 2, 3, 4)),
    *(("replace", number, code) for number in (1, 2) for code in (errno.EACCES, errno.ENOSPC, errno.EIO)),
    *(("open", number, errno.EACCES) for number in range(1, 8)),
    *(("fchmod", number, errno.EPERM) for number in (1, 2)),
]


@pytest.mark.parametrize(("name", "number", "code"), FAULTS)
def test_52_a_fault_at_any_step_shows_an_error_and_leaves_the_notes_dirty(
    article_path, sidecar, monkeypatch, name, number, code
):
    session = open_session(article_path)
    old = sidecar.read_bytes()
    session.add(span_of("trei luni"), note="a treia")
    fault = Fault(name, number, code)
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, name, fault)
        # the lock would meet the same fault first; the protocol has to hold without it
        patch.setattr(saving.FileLock, "acquire", no_lock)
        with pytest.raises(SidecarNotSaved) as caught:
            session.save()
    assert fault.struck
    assert session.dirty
    assert os.strerror(code) in str(caught.value)
    assert len(decode(sidecar.read_bytes()).annotations) == (2 if sidecar.read_bytes() == old else 3)
    assert litter(article_path.parent) == []
    session.save()
    assert not session.dirty
    assert noted(article_path) == ["a doua", "a treia", "prima"]


@needs_fork
@needs_strace
def test_52_an_error_of_each_writing_system_call_is_shown_or_does_no_harm(tmp_path):
    calls = "write,fsync,rename,renameat,renameat2,fchmod"
    figures = figures_of("system_calls", tmp_path / "calls", calls, "EIO")
    assert figures["refused with an error, still dirty"] == figures["faults injected"] >= 8
    assert not figures["files lost"] + figures["false saved"] + figures["other ends"] + figures["temporary files left"]


@needs_mount
def test_53_a_disk_that_gets_full_keeps_the_old_file_and_says_nothing_false(tmp_path):
    (tmp_path / "small").mkdir()
    figures = figures_of("full_disk", tmp_path / "small")
    assert figures["refused with an error"] > 3
    assert figures["saved"] > 3
    assert not figures["files lost"] + figures["false saved"] + figures["temporary files left"]


@pytest.mark.parametrize("step", [37, pytest.param(1, marks=pytest.mark.slow)])
def test_53_a_disk_that_is_full_after_any_byte_keeps_the_old_file(article_path, sidecar, monkeypatch, step):
    session = open_session(article_path)
    session.add(span_of("trei luni"), note="a treia")
    before = sidecar.read_bytes()
    refused = 0
    for free in range(0, 10**6, step):
        with monkeypatch.context() as patch:
            patch.setattr(durable.os, "write", _disk_of(free))
            patch.setattr(durable.os, "fsync", lambda descriptor: None)
            try:
                session.save()
                break
            except SidecarNotSaved:
                refused += 1
        assert sidecar.read_bytes() == before
        assert session.dirty
        assert litter(article_path.parent) == []
    assert refused > 2 * len(before) / step
    assert noted(article_path) == ["a doua", "a treia", "prima"]


def _disk_of(free: int):
    real = os.write
    left = [free]

    def write(descriptor, payload):
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = real(descriptor, payload[: left[0]])
        left[0] -= written
        return written

    return write


def test_54_short_writes_are_completed(article_path, sidecar, monkeypatch):
    session = open_session(article_path)
    session.add(span_of("trei luni"), note="a treia")
    real = os.write
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "write", lambda descriptor, left: real(descriptor, left[:7]))
        session.save()
    assert noted(article_path) == ["a doua", "a treia", "prima"]


@needs_fork
@needs_strace
def test_54_interrupted_system_calls_are_made_again(tmp_path):
    """Python repeats a call that ends with EINTR (PEP 475), all but close, which must not be repeated."""
    figures = figures_of("system_calls", tmp_path / "calls", "openat,read,write,fsync,flock", "EINTR")
    assert figures["saved in spite of it"] == figures["faults injected"] > 10
    assert not figures["files lost"] + figures["false saved"]


def test_55_acknowledged_saves_survive_a_power_failure_after_any_operation(article_path, tmp_path, monkeypatch):
    operations = crashes.record_saves(article_path.parent, 4)
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # looking at the states needs no durable disk
    after = tmp_path / "after" / "podul.txt"
    states = 0
    for count in range(len(operations) + 1):
        acknowledged, contents = crashes.states_after(operations[:count])
        for files in contents:
            shutil.rmtree(after.parent, ignore_errors=True)
            after.parent.mkdir()
            for name, payload in files:
                after.with_name(name).write_bytes(payload)
            session = open_session(after)
            assert acknowledged <= {each.note for each, _ in session.placed}
            session.add(span_of("un pod"), note="apoi")
            session.save()
            assert acknowledged < set(noted(after))
            states += 1
    assert operations.count(("sync folder",)) == 7
    assert states > 40


@needs_fork
def test_56_two_processes_that_edit_at_once_end_in_their_union(tmp_path):
    figures = figures_of("two_readers", tmp_path, 80)
    assert figures["annotations of both"] > 30
    assert not figures["annotations lost"] + figures["edits lost"]
    assert not figures["annotations back from the dead"] + figures["duplicates"]


def test_57_an_edit_survives_the_file_being_deleted(article_path, sidecar):
    session = open_session(article_path)
    session.change("urn:uuid:a1", note="rămâne")
    sidecar.unlink()
    session.save()
    assert noted(article_path) == ["a doua", "rămâne"]


def test_58_temporary_files_of_killed_saves_are_swept_and_lookalikes_left(article_path, sidecar):
    stale = durable.write_beside(sidecar, b"{")
    lookalikes = [
        stale.with_name(name)
        for name in (".notes-mine.tmp", stale.name + ".txt", stale.name.replace(".notes-", ".Notes-"), "x.tmp")
    ]
    other = durable.write_beside(article_path.with_name("other.txt.notes.json"), b"{")
    for path in lookalikes:
        path.write_bytes(b"mine")
    session = open_session(article_path)
    session.add(span_of("trei luni"))
    session.save()
    assert not stale.exists()
    assert all(path.exists() for path in (*lookalikes, other))


def test_59_a_clock_that_goes_back_a_year_changes_nothing_but_the_times(article_path, sidecar):
    session = open_session(article_path)
    session._clock.now = session._clock.now.replace(year=2025)
    session.change("urn:uuid:a1", note="mai nouă")
    other = open_session(article_path)
    other.add(span_of("un pod"), note="de alături")
    other.save()
    os.utime(sidecar, (0, 0))
    session.save()
    again = open_session(article_path)
    assert again.annotation("urn:uuid:a1").note == "mai nouă"
    assert again.annotation("urn:uuid:a1").modified.startswith("2025")
    assert noted(article_path) == ["a doua", "de alături", "mai nouă"]


def test_60_two_replacements_by_another_reader_are_both_noticed(article_path, sidecar):
    ours, theirs = open_session(article_path), open_session(article_path)
    assert not ours.refresh()
    for words in ("trei luni", QUOTE_TEXT):
        theirs.add(span_of(words))
        theirs.save()
        assert ours.refresh()
    assert len(ours.placed) == 4
    assert not ours.dirty
    assert not ours.refresh()
