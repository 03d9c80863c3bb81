"""Save on a file system that gets full, page by page. Run as root: `python -m tests.hostile.full_disk FOLDER`.

A tmpfs of 256 kB is mounted on FOLDER in a mount namespace of its own (`unshare --mount`), filled up but for some
pages and some inodes, and a second note is saved with every number of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from reader.annotations.durable import temps_of
from reader.annotations.session import NotesSession
from reader.annotations.sidecar import decode
from reader.text.errors import SidecarNotSaved
from tests.annotations.support import article_of, span_of

PAGE = 4096
ROOT = Path(__file__).resolve().parent.parent.parent


def main(folder: Path) -> dict[str, int]:
    """Return how many saves a full disk refused and how many it let through, and what that cost."""
    script = (
        f'mount -t tmpfs -o size=256k,nr_inodes=40 none "$1" && "{sys.executable}" -m tests.hostile.full_disk "$1" in'
    )
    command = ["unshare", "--mount", "sh", "-c", script, "sh", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures: dict[str, int] = json.loads(done.stdout)
    return figures


def inside(folder: Path) -> dict[str, int]:
    """Fill the mounted folder to every degree and save each time."""
    seen: Counter[str] = Counter()
    for inodes in (None, 0, 1, 2, 3):
        for pages in range(16) if inodes is None else [16]:
            work = folder / f"{inodes}-{pages}"
            work.mkdir()
            session = NotesSession(article_of(work / "podul.txt"), work / "away")
            for note in ("întâi " * 700, "prima"):  # some pages long
                session.add(span_of("pod provizoriu"), note=note)
                session.save()
            sidecar = session.path
            before = sidecar.read_bytes()
            session.add(span_of("trei luni"), note="ultima")
            _fill(folder, pages, inodes)
            try:
                session.save()
                seen["saved"] += 1
                seen["false saved"] += len(decode(sidecar.read_bytes()).annotations) != 3
            except SidecarNotSaved:
                seen["refused with an error"] += 1
                seen["files lost"] += sidecar.read_bytes() != before or not session.dirty
            left = [*temps_of(sidecar), *temps_of(sidecar.with_name(sidecar.name + ".bak"))]
            seen["temporary files left"] += len(left)
            _empty(folder)
            session.save()
            seen["files lost"] += len(decode(sidecar.read_bytes()).annotations) != 3
            for path in (*work.iterdir(),):
                path.unlink()
            work.rmdir()
    return dict(seen)


def _fill(folder: Path, pages: int, inodes: int | None) -> None:
    if inodes is not None:
        for number in range(os.statvfs(folder).f_ffree - inodes):
            (folder / f"filler-{number}").touch()
    with (folder / "filler").open("wb") if inodes is None else open(os.devnull, "wb") as filler:
        free = os.statvfs(folder).f_bavail
        filler.write(b"x" * PAGE * max(0, free - pages))


def _empty(folder: Path) -> None:
    for path in folder.glob("filler*"):
        path.unlink()


if __name__ == "__main__":
    os.environ["XDG_CACHE_HOME"] = str(Path(sys.argv[1]).parent / "cache")
    print(json.dumps(inside(Path(sys.argv[1])) if len(sys.argv) > 2 else main(Path(sys.argv[1]))))
