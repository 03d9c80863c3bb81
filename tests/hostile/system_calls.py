"""Strike a save at each of its system calls, from outside, with `strace -e inject`.

    python -m tests.hostile.system_calls FOLDER CALLS FAULT …

CALLS is `all` or some names of system calls with commas; FAULT is SIGKILL or an errno like EIO. Every case is a fresh
folder with one note saved, and a process of its own that saves a second one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from reader.annotations.durable import temps_of
from reader.annotations.session import NotesSession
from reader.annotations.sidecar import decode
from reader.text.errors import SidecarError, SidecarNotSaved
from tests.annotations.support import QUOTE_TEXT, article_of, span_of

WAITING = {signal.SIGUSR1}
NEITHER = re.compile(r"exit|rt_sig|mmap|munmap|brk|futex|getrandom|madvise|mremap|clock|restart|gettid|getpid")
"""System calls that touch no file."""
SAVED, REFUSED, BROKEN = 0, 3, 4


def main(folder: Path, calls: str, faults: list[str]) -> dict[str, int]:
    """Return how many saves were struck and what became of them."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole"
    _prepare(whole)
    log = folder / "log"
    assert _struck_save(whole, ["-o", str(log)]) == SAVED
    found = Counter(name for line in log.read_text().splitlines() if (name := _name(line)) and _wanted(name, calls))
    figures: Counter[str] = Counter()
    for fault in faults:
        what = "signal=SIGKILL" if fault == "SIGKILL" else f"error={fault}"
        for name, times in found.items():
            for nth in range(1, times + 1):
                case = folder / "case"
                _prepare(case)
                options = ["-o", os.devnull, "-e", f"trace={name}", "-e", f"inject={name}:{what}:when={nth}"]
                code = _struck_save(case, options)
                figures.update(_outcome(case, code))
                shutil.rmtree(case)
    return {"system calls of a save": found.total(), "faults injected": found.total() * len(faults), **figures}


def _name(line: str) -> str | None:
    match = re.match(r"(\w+)\(", line)
    return match[1] if match else None


def _wanted(name: str, calls: str) -> bool:
    return not NEITHER.search(name) if calls == "all" else name in calls.split(",")


def _prepare(folder: Path) -> None:
    folder.mkdir()
    session = NotesSession(article_of(folder / "podul.txt"), folder / "away")
    for note in ("întâi", "prima"):
        session.add(span_of("pod provizoriu"), note=note)
        session.save()


def _struck_save(folder: Path, options: list[str]) -> int:
    """Save a third note in a process under `strace`; return its exit code, negative for a signal."""
    session = NotesSession(article_of(folder / "podul.txt"), folder / "away")
    session.add(span_of(QUOTE_TEXT), note="ultima")
    signal.pthread_sigmask(signal.SIG_BLOCK, WAITING)
    child = os.fork()
    if child == 0:
        signal.sigwait(WAITING)
        os._exit(_save(session))
    tracer = subprocess.Popen(["strace", *options, "-p", str(child)], stderr=subprocess.PIPE, text=True)
    assert tracer.stderr
    line = tracer.stderr.readline()
    if "attached" not in line:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise RuntimeError(f"strace can't attach: {line.strip()}")
    os.kill(child, signal.SIGUSR1)
    status = os.waitpid(child, 0)[1]
    tracer.communicate()
    return os.waitstatus_to_exitcode(status)


def _save(session: NotesSession) -> int:
    try:
        session.save()
    except SidecarNotSaved:
        return REFUSED if session.dirty else BROKEN
    except BaseException:
        return BROKEN
    return BROKEN if session.dirty else SAVED


def _outcome(folder: Path, code: int) -> Counter[str]:
    """Look at what stands on the disk, then save again without a fault."""
    sidecar = folder / "podul.txt.notes.json"
    seen: Counter[str] = Counter()
    seen["saved in spite of it"] = code == SAVED
    seen["refused with an error, still dirty"] = code == REFUSED
    seen["killed"] = code < 0
    seen["other ends"] = code not in (SAVED, REFUSED) and code > 0
    try:
        whole = {"întâi", "prima"} <= {each.note for each in decode(sidecar.read_bytes()).annotations}
    except (SidecarError, OSError):
        whole = False
    again = NotesSession(article_of(folder / "podul.txt"), folder / "away")
    notes = {each.note for each, _ in again.placed}
    seen["files lost"] = not (whole and {"întâi", "prima"} <= notes)
    seen["false saved"] = code == SAVED and "ultima" not in notes
    again.add(span_of("trei luni"), note="apoi")
    again.save()
    reopened = NotesSession(article_of(folder / "podul.txt"), folder / "away")
    seen["files lost"] += not {*notes, "apoi"} <= {each.note for each, _ in reopened.placed}
    seen["temporary files left"] = len([*temps_of(sidecar), *temps_of(sidecar.with_name(sidecar.name + ".bak"))])
    return seen


if __name__ == "__main__":
    os.environ["XDG_CACHE_HOME"] = str(Path(sys.argv[1]) / "cache")
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])))
