"""Count what faults, kills, damage and edits cost the notes, and how long a save takes.

    python -m tests.benchmarks.reliability [--share 0.1]

Prints the figures of docs/reliability.md; the whole takes some ten minutes. Runs in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, TypeAlias

from reader.annotations.session import NotesSession
from reader.text.span import Span
from tests.annotations.support import article_of
from tests.hostile import article_edits
from tests.hostile.running import can_trace, figures_of

if TYPE_CHECKING:
    from collections.abc import Callable

Figures: TypeAlias = "dict[str, float]"
Measure: TypeAlias = "Callable[[Path, float], Figures]"

LOSSES = (
    *("files lost", "false saved", "other ends", "temporary files left"),
    *("sidecars unreadable", "acknowledged notes lost"),
    *("annotations lost", "edits lost", "annotations back from the dead", "duplicates"),
    *("crashes", "original bytes destroyed", "placed wrongly unmarked"),
)
"""Figures that have to be 0."""
STATE_CHANGING = "write,fsync,rename,renameat,renameat2,fchmod,unlink,unlinkat"


def kills_during_saves(folder: Path, share: float) -> Figures:
    """1,000 processes killed with SIGKILL while they saved, at one call after another."""
    return figures_of("kills", folder, _part(1000, share))


def kills_at_each_system_call(folder: Path, share: float) -> Figures:
    """SIGKILL at each system call of a save, injected by strace."""
    return figures_of("system_calls", folder / "kills", "all" if share == 1 else STATE_CHANGING, "SIGKILL")


def errors_at_each_system_call(folder: Path, share: float) -> Figures:
    """EIO, ENOSPC and EACCES from each system call of a save, injected by strace."""
    calls, errors = ("all", ("EIO", "ENOSPC", "EACCES")) if share == 1 else (STATE_CHANGING, ("ENOSPC",))
    return figures_of("system_calls", folder / "errors", calls, *errors)


def two_processes_editing_at_once(folder: Path, share: float) -> Figures:
    """Two processes, 1,000 random edits each, on one sidecar."""
    return figures_of("two_readers", folder, _part(1000, share))


def scripted_edits_of_articles(folder: Path, share: float) -> Figures:
    """1,000 articles edited by script, 12 passages each, found again."""
    return article_edits.run(_part(1000, share))


def mutated_sidecars(folder: Path, share: float) -> Figures:
    """50,000 sidecars damaged at random, opened, edited and saved."""
    return figures_of("mutations", folder, _part(50_000, share))


MEASURES: tuple[Measure, ...] = (
    kills_during_saves,
    kills_at_each_system_call,
    errors_at_each_system_call,
    two_processes_editing_at_once,
    scripted_edits_of_articles,
    mutated_sidecars,
)
NEED_STRACE = (kills_at_each_system_call, errors_at_each_system_call)
NEED_FORK = (kills_during_saves, *NEED_STRACE)


def saving_500_annotations(folder: Path, saves: int = 40) -> Figures:
    """The time of a save with 500 annotations on the disk of the temporary folder, in milliseconds."""
    words = [f"cuvânt{number}" for number in range(4000)]
    text = " ".join(words)
    session = NotesSession(article_of(folder / "lung.txt", text), folder / "away")
    chance = random.Random(5)
    for _ in range(500):
        start = chance.randrange(len(text) - 200)
        session.add(Span(start, start + chance.randint(5, 200)), note="o notă de câteva cuvinte", tags=["pod"])
    session.save()
    session = NotesSession(article_of(folder / "lung.txt", text), folder / "away")
    times, work = [], []
    for number in range(saves):
        session.change(chance.choice(session.notes.annotations).id, note=f"nota {number}")
        begun, worked = perf_counter(), process_time()
        session.save()
        times.append((perf_counter() - begun) * 1000)
        work.append((process_time() - worked) * 1000)
    return {
        "annotations": len(session.notes.annotations),
        "kilobytes": round(session.path.stat().st_size / 1000),
        "saves": saves,
        "median ms": round(statistics.median(times), 1),
        "95th percentile ms": round(sorted(times)[int(0.95 * saves)], 1),
        "median ms of processor time": round(statistics.median(work), 1),
    }


def losses(figures: Figures) -> float:
    """Return the sum of all figures that have to be 0."""
    return sum(figures.get(name, 0) for name in LOSSES)


def described(measure: Callable[..., Figures], figures: Figures) -> str:
    """Return what was measured and its figures, one a line."""
    what = (measure.__doc__ or "").strip().splitlines()[0]
    return "\n".join([what, *(f"    {name:40}{value:>10}" for name, value in figures.items())])


def _part(whole: int, share: float) -> int:
    return max(20, round(whole * share))


def main() -> int:
    """Run every measure and print its figures; return 1 where something was lost."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--share", type=float, default=1.0, help="part of the whole to run, 0–1")
    share = arguments.parse_args().share
    lost = 0.0
    for measure in MEASURES:
        if (measure in NEED_FORK and not hasattr(os, "fork")) or (measure in NEED_STRACE and not can_trace()):
            print(f"{(measure.__doc__ or '').strip()}\n    left out: it needs fork and strace")
            continue
        with tempfile.TemporaryDirectory() as folder:
            begun = perf_counter()
            figures = measure(Path(folder), share)
            lost += losses(figures)
            print(described(measure, figures | {"seconds": round(perf_counter() - begun)}), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        print(described(saving_500_annotations, saving_500_annotations(Path(folder))))
    print(f"Lost, in all: {lost:g}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
