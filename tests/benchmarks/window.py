"""Measure how long the window does not answer over a long article: `python -m tests.benchmarks.window [WORDS]`.

Offscreen, with a generated article, the real analysis and a tiny package that translates faster than any real one, in
the middle of the article and near its end. A turn of the event loop counts as long where the main thread took more
than 50 ms of its own processor time, so that other programs on the machine are not counted.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tests.support.long_article import generated

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.watchdog import Watchdog

LONG = 0.05
MOST = 30
"""Seconds for which the translation is measured."""
PLACES = {"in the middle": 0.5, "near the end": 0.95}


def main() -> None:
    """Print a table of what a person does, how long it took, and the turns of more than 50 ms."""
    words = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
        os.environ["ARGOS_PACKAGES_DIR"] = str(folder / "packages")
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        article, other = folder / "news" / "long.txt", folder / "news" / "short.txt"
        article.parent.mkdir()
        article.write_text(generated(words), "utf-8")
        other.write_text(generated(300), "utf-8")
        _measure(article, other, folder / "packages")


def _print(
    watchdog: Watchdog,
    name: str,
    act: Callable[[], object],
    until: Callable[[], bool] | None = None,
    most: float = 120,
) -> None:
    began = perf_counter()
    longest = watchdog.watch(act, until, most)
    slow = sum(turn > LONG for turn in watchdog.turns)
    print(f"| {name} | {perf_counter() - began:.2f} | {slow} | {longest * 1000:.0f} |", flush=True)


def _measure(article: Path, other: Path, packages: Path) -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from reader.ui.garbage import GarbageCollector
    from reader.ui.main_window import MainWindow
    from reader.ui.settings import Settings
    from reader.workspace import Workspace
    from tests.support.argos_package import write_package_folder
    from tests.support.watchdog import Person, Watchdog, reference

    application = QApplication([])
    application.setStyle("Fusion")
    GarbageCollector(application)  # as the program does
    for seed, code in enumerate(("en", "it")):
        write_package_folder(packages / f"translate-ro_{code}-1_0", "ro", code, seed=seed)
    window = MainWindow(Workspace.create(responsive=True), Settings())
    window.resize(1320, 840)
    window.show()
    QTest.qWait(300)
    watchdog, person, desk = Watchdog(window), Person(window, other), window.desk
    print(f"The reference loop takes {min(reference() for _ in range(9)) * 1000:.0f} ms.\n")
    print("| | seconds | turns > 50 ms | longest, ms |\n|---|---:|---:|---:|")
    add = [article, other]
    _print(watchdog, "open, to the first text", lambda: window.add_paths(add), lambda: bool(window.reading.page.rows))
    _print(watchdog, "analyse", lambda: None, lambda: desk.opened is not None and desk.opened.analysis is not None)
    _print(watchdog, f"translate, the first {MOST} seconds", lambda: None, lambda: desk._translating is None, MOST)
    desk.cancel_translation()
    for place, share in PLACES.items():
        _print(watchdog, f"go {place}", lambda share=share: person.go(share))
        for name, act in person.acts():
            _print(watchdog, f"{name}, {place}", lambda act=act: (act(), desk.cancel_translation()))
    window.close()
    window.jobs.close()


if __name__ == "__main__":
    main()
