"""Two processes edit the notes of one article at the same time.

python -m tests.hostile.two_readers FOLDER EDITS
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from reader.annotations.session import NotesSession
from reader.annotations.sidecar import decode
from reader.text.errors import SidecarNotSaved
from reader.text.span import Span
from tests.annotations.support import TEXT, article_of

ROOT = Path(__file__).resolve().parent.parent.parent


def main(folder: Path, edits: int) -> dict[str, int]:
    """Return what two processes of `edits` random edits each left behind."""
    folder.mkdir(parents=True, exist_ok=True)
    article_of(folder / "podul.txt")
    command = [sys.executable, "-m", "tests.hostile.two_readers", str(folder), str(edits)]
    readers = [subprocess.Popen([*command, seed], cwd=ROOT, stdout=subprocess.PIPE, text=True) for seed in "12"]
    reports = [json.loads(reader.communicate()[0]) for reader in readers]
    stored = [(each.id, each.note) for each in decode((folder / "podul.txt.notes.json").read_bytes()).annotations]
    notes = dict(stored)
    kept = {id: note for report in reports for id, note in report["kept"].items()}
    return {
        "edits": sum(report["edits"] for report in reports),
        "saves": sum(report["saves"] for report in reports),
        "annotations of both": len(kept),
        "annotations lost": len(kept.keys() - notes.keys()),
        "edits lost": sum(notes.get(id, note) != note for id, note in kept.items()),
        "annotations back from the dead": len(notes.keys() - kept.keys()),
        "duplicates": sum(times - 1 for times in Counter(id for id, _ in stored).values()),
    }


def edit(folder: Path, edits: int, seed: str) -> dict[str, object]:
    """Add, change and remove annotations at random, save after every few, and report what must be there."""
    chance = random.Random(seed)
    session = NotesSession(article_of(folder / "podul.txt"), folder / "away")
    kept: dict[str, str] = {}
    saves = 0
    for number in range(edits):
        what = chance.random()
        if what < 0.5 or not kept:
            start = chance.randrange(len(TEXT) - 20)
            made = session.add(Span(start, start + chance.randint(1, 19)), note=f"{seed}-{number}")
            kept[made.id] = made.note
        elif what < 0.85:
            id = chance.choice(list(kept))
            kept[id] = session.change(id, note=f"{seed}-{number}", colour=chance.choice(["green", "blue"])).note
        else:
            id = chance.choice(list(kept))
            session.remove(id)
            del kept[id]
        if chance.random() < 0.5:
            saves += _save(session)
    while session.dirty:
        saves += _save(session)
    return {"edits": edits, "saves": saves, "kept": kept}


def _save(session: NotesSession) -> bool:
    try:
        session.save()
    except SidecarNotSaved:  # the other was quicker many times over; the notes stay dirty
        return False
    return True


if __name__ == "__main__":
    os.environ["XDG_CACHE_HOME"] = str(Path(sys.argv[1]) / "cache")
    work = edit if len(sys.argv) > 3 else main
    print(json.dumps(work(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])))
