"""Keep the rows of two panes at equal heights, the visible ones first, in slices that never block."""

from __future__ import annotations

from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ui.pane import TextPane

SLICE = 0.012
"""Seconds of main-thread time for which a slice measures rows before it yields."""

ROWS = (8, 200)
"""Rows of a slice at least and at most: how long setting their heights takes depends on the page's length."""


class Aligner(QObject):
    """Give each block the extra space by which its twin is taller, so that both panes share one scroll range."""

    def __init__(self, left: TextPane, right: TextPane, parent: QObject) -> None:
        super().__init__(parent)
        self._left, self._right = left, right
        self._pending: list[int] = []
        self.on = True
        self._most = 50
        self._places: list[tuple[int, float]] | None = None
        self.keeping = False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._slice)

    @property
    def settled(self) -> bool:
        """Say whether no row waits for its height."""
        return not self._pending

    @property
    def level(self) -> bool:
        """Say whether each row stands at its twin's height, so that both panes are scrolled equally far."""
        return self.on and self.settled

    @contextmanager
    def keeping_places(self) -> Iterator[None]:
        """Keep what was on screen when somebody last scrolled while heights change.

        `keeping` is true meanwhile: the scroll bars then move by themselves, and nothing must follow them.
        """
        if self._places is None:
            self.moved()
        self.keeping = True
        yield
        for pane, place in zip((self._left, self._right), self._places or (), strict=True):
            pane.show_place(*place)
        self.keeping = False

    def moved(self) -> None:
        """Take the places that are on screen now for those to be kept."""
        self._places = [pane.top_place() for pane in (self._left, self._right)]

    def keep(self, row: int, offset: float) -> None:
        """Take a place for the one to be kept in both panes and go there, again whenever heights change."""
        self._places = [(row, offset)] * 2
        with self.keeping_places():
            pass

    def place(self, pane: TextPane) -> tuple[int, float]:
        """Return the place that a pane keeps; what is on screen may be another one until all heights are known."""
        if self._places is None:
            return pane.top_place()
        return self._places[pane is self._right]

    def forget(self) -> None:
        """Drop what waits: another page is shown."""
        self._pending, self._places = [], None

    def set_on(self, on: bool) -> None:
        """Align (both panes stand beside each other) or let each pane have its natural heights."""
        self.on = on
        self.align()

    def align(self, rows: list[int] | None = None) -> None:
        """Queue rows (all where None), those on screen first."""
        count = min(len(self._left.blocks), len(self._right.blocks))
        wanted = range(count) if rows is None else [row for row in rows if row < count]
        first, last = self._left.block_span() if count else (0, 0)
        waiting = set(wanted) | set(self._pending if rows is not None else ())
        self._pending = sorted((row for row in waiting if row < count), key=lambda row: (not first <= row <= last, row))
        self._timer.start()

    def finish(self) -> None:
        """Align all that waits at once (for pictures and tests)."""
        while self._pending:
            self._slice()

    def _slice(self) -> None:
        if not self._pending:
            return
        until = perf_counter() + SLICE
        left: dict[int, float] = {}
        right: dict[int, float] = {}
        done = 0
        for row in self._pending[: self._most]:
            if self.on:
                difference = self._left.block_height(row) - self._right.block_height(row)
                left[row], right[row] = max(0.0, -difference), max(0.0, difference)
            else:
                left[row] = right[row] = 0.0
            done += 1
            if perf_counter() > until:
                break
        del self._pending[:done]
        began = perf_counter()
        with self.keeping_places():
            self._left.set_extras(left)
            self._right.set_extras(right)
        taken = max(0.001, perf_counter() - began)
        self._most = max(ROWS[0], min(ROWS[1], int(done * SLICE / taken)))
        if self._pending:
            self._timer.start()
