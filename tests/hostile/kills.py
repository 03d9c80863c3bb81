"""Kill saving processes at one call of `os` after another and count what that costs.

    python -m tests.hostile.kills FOLDER CYCLES

Half of a killed write reaches the disk. Every process reports a note only when its save has returned.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
from pathlib import Path

from reader.annotations.durable import temps_of
from reader.annotations.session import NotesSession
from reader.annotations.sidecar import decode
from reader.text.errors import SidecarError
from tests.annotations.support import article_of, span_of

CALLS = ("open", "write", "fsync", "close", "replace", "unlink")


def main(folder: Path, cycles: int) -> dict[str, int]:
    """Return the figures of `cycles` processes that were killed while they saved."""
    article = article_of(folder / "podul.txt")
    sidecar = folder / "podul.txt.notes.json"
    chance = random.Random(7)
    acknowledged: set[str] = set()
    unreadable = lost = killed = 0
    for cycle in range(cycles):
        receiver, sender = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(receiver)
            # each call of the first save in turn, then any call of the first three
            _save_until_killed(folder, cycle if cycle < 30 else chance.randrange(90), sender)
        os.close(sender)
        with open(receiver, encoding="ascii") as acks:
            acknowledged.update(acks.read().split())
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        try:
            present = {each.id for each in decode(sidecar.read_bytes()).annotations} if sidecar.exists() else set()
        except SidecarError:
            unreadable += 1
            continue
        lost += len(acknowledged - present)
    session = NotesSession(article, folder / "away")
    session.add(span_of("pod provizoriu"))
    session.save()
    left = [*temps_of(sidecar), *temps_of(sidecar.with_name(sidecar.name + ".bak"))]
    return {
        "cycles": cycles,
        "killed": killed,
        "saves acknowledged": len(acknowledged),
        "sidecars unreadable": unreadable,
        "acknowledged notes lost": lost,
        "temporary files left": len(left),
    }


def _save_until_killed(folder: Path, number: int, sender: int) -> None:
    calls = itertools.count()
    acknowledge = os.write

    def deadly(name):
        real = getattr(os, name)

        def call(*args, **kwargs):
            if next(calls) != number:
                return real(*args, **kwargs)
            try:
                if name == "write":  # half of it reaches the disk
                    return real(args[0], args[1][: len(args[1]) // 2])
                return real(*args, **kwargs) if number % 2 else None
            finally:
                os.kill(os.getpid(), signal.SIGKILL)

        return call

    session = NotesSession(article_of(folder / "podul.txt"), folder / "away")
    for name in CALLS:
        setattr(os, name, deadly(name))
    while True:
        made = session.add(span_of("trei luni"))
        session.save()
        acknowledge(sender, (made.id + "\n").encode())


if __name__ == "__main__":
    os.environ["XDG_CACHE_HOME"] = str(Path(sys.argv[1]) / "cache")
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
