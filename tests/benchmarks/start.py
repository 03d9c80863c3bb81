"""Measure how soon the window may be used after the program is started over a folder that was open before.

    python -m tests.benchmarks.start FOLDER [--runs N] [--cache FOLDER]

FOLDER is a library, indexed or not (`tests.benchmarks.library --keep` leaves one); `--cache` is where its index lies. A
run is a process of its own, offscreen, with the settings of a person who had the folder open when the window was closed
last. Seconds are of the clock since the process was started, and of processor time of the process, which other programs
lengthen less. The first run warms the disk's cache and isn't counted.

imported   all modules are loaded
shown      the window is painted
filled     all articles stand in the list, painted
answers    a letter typed into the filter is painted, counted from the key
known      title, language and people of every article are known
"""

from __future__ import annotations

import gc

gc.disable()  # as the program does before it loads the window

import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import ClassVar  # noqa: E402

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402

from reader.ui import app  # noqa: E402

ROOT = Path(__file__).parents[2]
GIVE_UP = 15  # seconds: articles that are not known by then are being read anew


class Watched(app.MainWindow):
    """The window, and the times at which it came so far."""

    articles = 0
    began = 0.0
    marks: ClassVar[dict[str, tuple[float, float]]] = {}

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self._key = 0.0
        self.library.view.viewport().installEventFilter(self)
        self._timer = QTimer(self, interval=10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @classmethod
    def mark(cls, name: str, since: float = 0.0) -> None:
        """Keep the time at which something happened first."""
        cls.marks.setdefault(name, (time.time() - (since or cls.began), time.process_time()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Wait until what is painted is on the screen."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        self.mark("shown")
        if len(self.library.model) >= self.articles:
            self.mark("filled")
        if self._key:
            self.mark("answers", self._key)

    def _look(self) -> None:
        if "filled" in self.marks and not self._key:
            from PySide6.QtTest import QTest

            self._key = time.time()
            QTest.keyClick(self.library.filter, "e")
        if "answers" in self.marks and (self.library.model.waiting == 0 or time.time() - self.began > GIVE_UP):
            self.mark("known")
            self._timer.stop()
            self.close()


def child(articles: int) -> None:
    """Start the window as the program does, print what happened when, and end."""
    import resource

    Watched.articles, Watched.began = articles, float(os.environ["BEGAN"])
    Watched.mark("imported")
    app.MainWindow = Watched
    app.run([])
    print(json.dumps({"marks": Watched.marks, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def run(folder: Path, articles: int, home: Path, cache: Path | None) -> dict[str, object]:
    """Start one process and return what it printed."""
    import subprocess

    from reader.settings import Settings

    places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    if cache is not None:
        places["XDG_CACHE_HOME"] = str(cache.absolute())
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    settings = Settings(home / "config" / "parallel-reader")
    settings.set("library/paths", [str(folder.absolute())])
    settings.set("library/filter", "")
    settings.save()
    environment["BEGAN"] = str(time.time())
    command = [sys.executable, "-m", "tests.benchmarks.start", "--child", str(articles)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Print the figures."""
    if sys.argv[1:2] == ["--child"]:
        child(int(sys.argv[2]))
        return
    import argparse
    from statistics import median
    from tempfile import TemporaryDirectory

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cache", type=Path)
    wants = parser.parse_args()
    articles = sum(1 for _ in wants.folder.rglob("*.txt"))
    with TemporaryDirectory() as temporary:
        runs = [run(wants.folder, articles, Path(temporary), wants.cache) for _ in range(wants.runs + 1)][1:]
    print(
        f"{articles:,} articles, {wants.runs} runs, load {os.getloadavg()[0]:.1f}; memory {runs[-1]['memory']:.0f} MB"
    )
    for name in ("imported", "shown", "filled", "answers", "known"):
        clock, processor = zip(*(each["marks"][name] for each in runs), strict=True)
        print(
            f"  {name:8}  {median(clock):.2f} s ({min(clock):.2f} to {max(clock):.2f}),"
            f" {median(processor):.2f} s of processor time"
        )


if __name__ == "__main__":
    main()
