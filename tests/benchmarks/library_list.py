"""Measure the library's list on generated articles: `python -m tests.benchmarks.library_list [ARTICLES] [PICTURES]`.

Offscreen, so that no display server is measured along. Times of the list are the main thread's own, from the call, or
the key, until the rows are painted; those of the folder are by the clock. With a folder for PICTURES, what was painted
is kept there.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

from reader.page import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.ui.library_panel import LibraryPanel

SYLLABLES = ("po", "dul", "ră", "ma", "ne", "ți", "stra", "lu", "vier", "kon", "пор", "ти", "ні", "ра", "сві", "то")
LANGUAGES = ("ro", "uk", "ru", "bg", "de", "it", "fr", "es", "pl", "en")
PEOPLE = 3_000
SLICE = 1_500
"""As `reader.ui.library_desk` adds them."""


def generated(count: int, seed: int = 6) -> Iterator[Summary]:
    """Yield summaries as the analysis makes them: words, dates over a year, up to eight people of a few thousand."""
    dice = random.Random(seed)

    def words(least: int, most: int) -> str:
        return " ".join(
            "".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(dice.randint(least, most))
        ).capitalize()

    people = [f"{words(1, 1)} {words(1, 1)}" for _ in range(PEOPLE)]
    for number in range(count):
        persons = tuple(dict.fromkeys(people[int(dice.paretovariate(0.8)) % PEOPLE] for _ in range(dice.randint(0, 8))))
        yield Summary(
            Path(f"/news/{dice.randint(1, 40):02}/{number:06}.txt"),
            words(4, 14),
            f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}" if dice.random() < 0.95 else None,
            dice.choice(LANGUAGES),
            words(4, 14) if dice.random() < 0.6 else None,
            dice.randint(0, 12),
            len(persons),
            dice.randint(0, 4) if dice.random() < 0.2 else 0,
            dice.random() < 0.5,
            persons,
        )


def memory() -> float:
    """Return the process's largest resident size so far in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Bench:
    """A panel in a window of its own, and the times taken at it."""

    def __init__(self, count: int, pictures: Path | None) -> None:
        from reader.ui.library_panel import LibraryPanel
        from reader.ui.theme import load_theme

        self.summaries = list(generated(count))
        self.pictures = pictures
        self.before = memory()
        theme = load_theme("light")
        self.panel: LibraryPanel = LibraryPanel(theme)
        self.panel.setStyleSheet(theme.style_sheet())
        self.panel.resize(290, 900)
        self.panel.show()
        self.paint()

    def paint(self) -> None:
        """Do all that waits, and paint."""
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()
        self.panel.view.viewport().repaint()

    def timed(self, words: str, act: Callable[[], object]) -> float:
        """Print and return the milliseconds until `act` is done and painted."""
        began = thread_time()
        act()
        self.paint()
        taken = (thread_time() - began) * 1000
        print(f"{words:<46}{taken:8.1f} ms")
        return taken

    def run(self) -> None:
        """Measure everything."""
        from reader.library.listing import GROUPINGS, SORTS

        panel, model = self.panel, self.panel.model
        began = thread_time()
        prepared = [model.prepare(summary) for summary in self.summaries]
        print(f"{'prepare (in the background)':<46}{(thread_time() - began) * 1000:8.1f} ms")
        for start in range(0, len(prepared), SLICE):
            part = prepared[start : start + SLICE]
            self.timed(f"add {len(part)} more and show", lambda part=part: model.add(part))
        print(f"{'memory, list and its articles':<46}{memory() - self.before:8.1f} MB")
        for sort in (*SORTS, *SORTS):
            self.timed(f"sort by {sort}", lambda sort=sort: panel.sort.setCurrentIndex(SORTS.index(sort)))
        self.scroll("scroll, no groups")
        for grouping in GROUPINGS[1:]:
            choice = GROUPINGS.index(grouping)
            self.timed(f"group by {grouping}", lambda choice=choice: panel.grouping.setCurrentIndex(choice))
            self.timed("  open all groups", lambda: model.set_all_open(True))
            self.scroll("  scroll")
            self.timed("  close all groups", lambda: model.set_all_open(False))
            model.set_all_open(grouping != "person")
        self.type_words()
        panel.grouping.setCurrentIndex(0)
        self.type_words()
        self.summaries_arrive()
        print(f"{'memory at the end':<46}{memory() - self.before:8.1f} MB")

    def type_words(self) -> None:
        """Type into the filter and delete again, key by key."""
        typed = "порти 2026-0"
        texts = [typed[:end] for end in range(1, len(typed) + 1)]
        times = []
        for text in (*texts, *reversed(texts), ""):
            began = thread_time()
            self.panel.filter.setText(text)
            self.paint()
            times.append((thread_time() - began) * 1000)
        say(f"filter, a key, {self.panel.grouping.currentText().lower()}", times)

    def scroll(self, words: str) -> None:
        """Scroll through the list with the wheel's steps and the scroll bar's leaps."""
        bar, times = self.panel.view.verticalScrollBar(), []
        for leap in (72, bar.maximum() // 60):
            bar.setValue(0)
            for _ in range(60):
                began = thread_time()
                bar.setValue(bar.value() + leap)
                self.panel.view.viewport().repaint()
                times.append((thread_time() - began) * 1000)
        say(words, times)
        if self.pictures is not None:
            self.panel.grab().save(str(self.pictures / f"{words.strip().replace(' ', '-')}.png"))

    def summaries_arrive(self) -> None:
        """Take up analyses one by one, as the background brings them."""
        from dataclasses import replace

        times = []
        for summary in self.summaries[:500]:
            began = thread_time()
            self.panel.model.update(replace(summary, quotes=99))
            times.append((thread_time() - began) * 1000)
        say("an analysis arrives", times)


def on_disk(scratch: Path, count: int) -> None:
    """Open a folder of files, add one, write all anew: how long each takes, and the main thread's longest silence."""
    from PySide6.QtCore import QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from reader.ui.jobs import JobRunner
    from reader.ui.library_desk import LibraryDesk
    from reader.ui.library_panel import LibraryPanel
    from reader.ui.settings import Settings
    from reader.ui.theme import load_theme

    os.environ["XDG_DATA_HOME"] = str(scratch / "data")
    news = scratch / "news"
    for number in range(count):
        folder = news / f"{number % 40:02}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:06}.txt").write_text(f"Titlu {number}\n\nUn rând.\n", "utf-8")
    panel, owner = LibraryPanel(load_theme("light")), QObject()
    jobs = JobRunner(owner)
    desk = LibraryDesk(jobs, panel, Settings(scratch), lambda: "en", owner)
    panel.resize(290, 900)
    panel.show()
    beats = [0.0]
    heart = QTimer(owner, interval=0)
    heart.timeout.connect(lambda: beats.append(perf_counter()))
    heart.start()

    def until(words: str, arrived: Callable[[], bool]) -> None:
        began = perf_counter()
        beats[:] = [began]
        while not arrived():
            QApplication.processEvents()
        silence = max(after - before for before, after in pairwise([*beats, perf_counter()]))
        taken = (perf_counter() - began) * 1000
        print(f"{words:<46}{taken:8.1f} ms   longest silence of the main thread {silence * 1000:6.1f} ms")

    desk.add([news])
    until(f"open a folder of {count} files", lambda: len(panel.model) == count and not jobs.busy)
    wanted: list[Path] = []
    desk.summaries_wanted.connect(wanted.extend)
    (news / "07" / "new.txt").write_text("Titlu nou\n", "utf-8")
    until("a file is new (0.4 s of waiting for quiet)", lambda: len(panel.model) == count + 1 and not jobs.busy)
    print(f"{'files to be read then':<46}{len(wanted):8}")
    desk.look_again()
    until("look into all folders again (0.4 s of waiting)", lambda: not jobs.busy and not desk._stirred)
    jobs.close()


def say(words: str, times: Sequence[float]) -> None:
    """Print median, 95th percentile and worst of some times."""
    high = quantiles(times, n=20)[18]
    print(f"{words:<46}{median(times):8.1f} ms   95 % {high:6.1f}   worst {max(times):6.1f}   of {len(times)}")


def main() -> None:
    """Measure with the number of articles given, 10,000 by default."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    pictures = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    application.setStyle("Fusion")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    Bench(count, pictures).run()
    with tempfile.TemporaryDirectory() as scratch:
        on_disk(Path(scratch), count)


if __name__ == "__main__":
    main()
