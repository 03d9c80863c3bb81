"""Measure how long the window does not answer over a long article: `python -m tests.benchmarks.window [WORDS]`.

Offscreen, with a generated article and a tiny package that translates faster than any real one. A timer without
interval marks each turn of the event loop; a turn is long where the main thread was busy for more than 50 ms of its
own processor time, so that other programs on the machine are not counted.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ui.main_window import MainWindow

LONG = 0.05
MOST = 30
"""Seconds for which one thing is measured at most."""
WORDS = (
    "podul",
    "orașul",
    "primarul",
    "lucrările",
    "luna",
    "oameni",
    "drumul",
    "școala",
    "piața",
    "râul",
    "nou",
    "vechi",
)
NAMES = ("Andrei Voicu", "Maria Petrescu", "Radu Munteanu", "Ioana Lupu", "Mihai Crețu")


def generated(words: int, seed: int = 3) -> str:
    """Return an article of paragraphs, quotes and names."""
    dice = random.Random(seed)

    def sentence() -> str:
        chosen = dice.choices(WORDS, k=dice.randint(6, 22))
        chosen[0] = chosen[0].capitalize()
        if dice.random() < 0.15:
            return f"„{' '.join(chosen)}”, a declarat {dice.choice(NAMES)}."
        if dice.random() < 0.1:
            chosen.insert(3, dice.choice(NAMES))
        return " ".join(chosen) + "."

    paragraphs, count = ["Un titlu"], 0
    while count < words:
        paragraphs.append(" ".join(sentence() for _ in range(dice.randint(2, 7))))
        count += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs) + "\n"


class Bench:
    """One window, and the turns of its event loop by what was done."""

    def __init__(self, window: MainWindow) -> None:
        from PySide6.QtCore import QTimer

        self.window = window
        self._turns: list[float] = []
        self._last: float | None = None
        self._timer = QTimer(window, interval=0)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        now = thread_time()
        if self._last is not None:
            self._turns.append(now - self._last)
        self._last = now

    def do(self, name: str, *acts: Callable[[], object], until: Callable[[], bool] = lambda: True) -> None:
        """Do something, wait until the window is at rest, and print the turns that took long."""
        from PySide6.QtTest import QTest

        QTest.qWait(50)
        self._turns.clear()
        began = perf_counter()
        for act in acts:
            act()
            QTest.qWait(10)
        while not until() and perf_counter() - began < MOST:
            QTest.qWait(10)
        took = perf_counter() - began
        while not self.window.reading.settled and perf_counter() - began < 2 * MOST:
            QTest.qWait(10)
        QTest.qWait(600)  # saving comes a moment later
        slow = [turn for turn in self._turns if turn > LONG]
        print(f"| {name} | {took:.2f} | {len(slow)} | {max(self._turns) * 1000:.0f} |")


def main() -> None:
    """Print a table of what a person does, how long it took, and the turns of more than 50 ms."""
    words = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
        os.environ["ARGOS_PACKAGES_DIR"] = str(folder / "packages")
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        article = folder / "news" / "long.txt"
        article.parent.mkdir()
        article.write_text(generated(words), "utf-8")
        _measure(article, folder / "packages" / "translate-ro_en-1_0")


def _measure(article: Path, package: Path) -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from reader.ui.main_window import MainWindow
    from reader.ui.settings import Settings
    from reader.workspace import Workspace
    from tests.support.argos_package import write_package_folder

    application = QApplication([])
    application.setStyle("Fusion")
    write_package_folder(package, "ro", "en")
    window = MainWindow(Workspace.create(responsive=True), Settings())
    window.resize(1320, 840)
    window.show()
    QTest.qWait(300)
    bench, reading, desk = Bench(window), window.reading, window.desk

    def command(name: str) -> Callable[[], object]:
        return window.actions_[name].trigger

    def go(number: int) -> Callable[[], object]:
        return lambda: reading.go_to(reading.page.sentences[number].span)

    def analysed() -> bool:
        return desk.opened is not None and desk.opened.analysis is not None

    print("| | seconds | turns > 50 ms | longest, ms |\n|---|---:|---:|---:|")
    bench.do("open, to the first text", lambda: window.add_paths([article]), until=lambda: bool(reading.page.rows))
    bench.do("analyse", until=analysed)
    bench.do(f"translate, the first {MOST} seconds", until=lambda: desk._translating is None)
    desk.cancel_translation()
    bar = reading.original.verticalScrollBar()
    bench.do("scroll through", *(lambda n=n: bar.setValue(bar.maximum() * n // 40) for n in range(41)))
    bench.do("jump to the middle", go(len(reading.page.sentences) // 2))
    bench.do("ten steps by sentence and by quote", *[command("next_sentence"), command("next_quote")] * 10)
    bench.do("highlight, and the first save", command("highlight"))
    bench.do("undo", command("undo"))
    bench.do("hide the people and show them", command("show_people"), command("show_people"))
    bench.do("names as the machine wrote them, and back", command("respell_names"), command("respell_names"))
    bench.do("larger text", command("zoom_in"))
    bench.do("narrower window", lambda: window.resize(1100, 800))
    bench.do("dark theme", command("theme_dark"))
    window.close()
    window.jobs.close()


if __name__ == "__main__":
    main()
