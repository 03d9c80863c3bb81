"""How long the main thread of a window is busy at a time, and what a person does meanwhile."""

from __future__ import annotations

from time import perf_counter, thread_time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from reader.page import Layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reader.ui.main_window import MainWindow

REFERENCE_STEPS = 290_000
"""Steps of the loop that tells how fast the machine is now: about 20 ms where docs/benchmarks.md was measured."""


def reference() -> float:
    """Return the processor time, in seconds, that a fixed piece of Python takes now."""
    began, number = thread_time(), 0
    for step in range(REFERENCE_STEPS):
        number = (number * 31 + step) & 0xFFFF
    return thread_time() - began


class Watchdog:
    """The turns of a window's event loop, each in seconds of the main thread's own processor time.

    A timer without interval marks the turns. Other programs on the machine are not counted, nor other threads.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.turns: list[float] = []
        self._last = thread_time()
        self._timer = QTimer(window, interval=0)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        now = thread_time()
        self.turns.append(now - self._last)
        self._last = now

    @property
    def at_rest(self) -> bool:
        """Say whether all rows and lists are drawn, all notes saved, and no job runs."""
        window = self._window
        opened = window.desk.opened
        saved = opened is None or not opened.notes.dirty
        return window.reading.settled and not window.presenter.busy and saved and not window.jobs.busy

    def watch(self, act: Callable[[], object], until: Callable[[], bool] | None = None, most: float = 60.0) -> float:
        """Do something, wait until the window is at rest again, and return the longest turn.

        `until` is what to wait for instead, `most` the seconds after which waiting ends.
        """
        QTest.qWait(20)
        self.turns.clear()
        self._last = thread_time()
        began = perf_counter()
        act()
        QTest.qWait(20)
        while not (until() if until else self.at_rest) and perf_counter() - began < most:
            QTest.qWait(10)
        QTest.qWait(20)
        return max(self.turns)


class Person:
    """What a person does in a window that shows a long article, at one place of it.

    Each act can be done again and again.
    """

    def __init__(self, window: MainWindow, other: Path) -> None:
        """`other` is a short article of the library, to go to and come back from."""
        self._window = window
        self._other = other

    def command(self, *names: str) -> None:
        """Carry out commands, a turn of the event loop each."""
        for name in names:
            self._window.actions_[name].trigger()
            QTest.qWait(1)

    def go(self, share: float) -> None:
        """Jump to a place, as a share of the article."""
        page = self._window.reading.page
        self._window.reading.go_to(page.sentences[int(share * (len(page.sentences) - 1))].span)

    def acts(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield what is done under its name."""
        yield from {
            "scroll": self._scroll,
            "ten steps by sentence and by quote": lambda: self.command(*["next_sentence", "next_quote"] * 5),
            "larger text": lambda: self.command("zoom_in"),
            "smaller text": lambda: self.command("zoom_out"),
            "another font": self._font,
            "narrower window": lambda: self._resize(-140),
            "wider window": lambda: self._resize(140),
            "dark theme": lambda: self.command("theme_dark"),
            "light theme": lambda: self.command("theme_light"),
            "original alone": lambda: self.command("view_original"),
            "translation alone": lambda: self.command("view_translation"),
            "both": lambda: self.command("view_both"),
            "panes above each other, and back": lambda: self.command("panes_beside", "panes_beside"),
            "hide the people and show them": lambda: self.command("show_people", "show_people"),
            "names as the machine wrote them, and back": lambda: self.command("respell_names", "respell_names"),
            "find, letter by letter, and step": self._find,
            "select all": lambda: (self._window.reading.original.selectAll(), QTest.qWait(1), self._deselect()),
            "highlight": lambda: self.command("next_sentence", "highlight"),
            "undo": lambda: self.command("undo"),
            "highlight all occurrences of a name": self._highlight_all,
            "undo that": lambda: self.command("undo"),
            "accept a quote": lambda: self.command("next_quote", "accept"),
            "merge people": self._merge,
            "another article, and back": self._away_and_back,
            "another target language": self._target,
        }.items()

    def _scroll(self) -> None:
        bar = self._window.reading.original.verticalScrollBar()
        here = bar.value()
        for step in range(20):
            bar.setValue(here + step * 400)
            QTest.qWait(1)
        bar.setValue(here)

    def _resize(self, by: int) -> None:
        self._window.resize(self._window.width() + by, self._window.height())

    def _font(self) -> None:
        reading = self._window.reading
        fonts = reading.original.text_font, reading.translation.text_font
        for font in fonts:
            font.setFamily("DejaVu Sans" if font.family() != "DejaVu Sans" else "DejaVu Serif")
        reading.set_fonts(*fonts)

    def _find(self) -> None:
        bar = self._window.find_bar
        self.command("find")
        for words in ("M", "Ma", "Mar", "Mari", "Maria"):
            bar.field.setText(words)
            QTest.qWait(1)
        self.command("find_next", "find_previous")
        self._window.navigator.finder.close()

    def _deselect(self) -> None:
        self._window.reading.clear_selection()

    def _highlight_all(self) -> None:
        reading = self._window.reading
        opened = self._window.desk.opened
        assert opened is not None
        name = next(mark.span for mark in opened.marks() if mark.layer is Layer.PERSON)
        reading.go_to(name)
        row = reading.page.row_at(name.start)
        reading.original.setFocus()
        reading.original.setTextCursor(reading.original.cursor_over(row, *reading._units(row, name)))
        QTest.qWait(1)
        self.command("highlight_all")

    def _merge(self) -> None:
        opened = self._window.desk.opened
        assert opened is not None
        people = sorted({mark.name for mark in opened.marks() if mark.layer is Layer.PERSON and mark.name})
        ask = QInputDialog.getItem
        QInputDialog.getItem = staticmethod(lambda *asked: (asked[3][0], True))
        try:
            self._window.annotator.merge(people[-1])
        finally:
            QInputDialog.getItem = ask

    def _away_and_back(self) -> None:
        opened = self._window.desk.opened
        assert opened is not None
        self._window.open_article(self._other)
        self._wait_for(self._other)
        self._window.open_article(opened.path)
        self._wait_for(opened.path)

    def _wait_for(self, path: Path) -> None:
        desk = self._window.desk
        for _ in range(3_000):
            if desk.opened is not None and desk.opened.path == path and desk.opened.analysis is not None:
                return
            QTest.qWait(10)

    def _target(self) -> None:
        opened = self._window.desk.opened
        assert opened is not None
        self._window.desk.set_target("it" if opened.target == "en" else "en")
