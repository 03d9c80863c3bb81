"""Keep the rows of two panes at equal heights, and what is on screen where it is while heights become known."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.ui.pane import TextPane


class Aligner(QObject):
    """Give each block the extra space by which its twin is taller, so that both panes share one scroll range.

    Most heights of a long article are estimates until somebody looks: a row's extra space follows as soon as its
    height is known.
    """

    def __init__(self, left: TextPane, right: TextPane, parent: QObject) -> None:
        super().__init__(parent)
        self._left, self._right = left, right
        self.on = True
        self._places: list[tuple[int, float]] | None = None
        self.keeping = False
        self._waiting: set[int] = set()
        for pane in (left, right):
            pane.measured.connect(self._measured)

    @property
    def _panes(self) -> tuple[TextPane, TextPane]:
        return self._left, self._right

    # -- heights -------------------------------------------------------------------------------------------------

    def set_on(self, on: bool) -> None:
        """Align (both panes stand beside each other) or let each pane have its natural heights."""
        self.on = on
        self.level_all()

    def level_all(self) -> None:
        """Level all rows by the heights that are known or estimated now."""
        with self.keeping_places():
            self._waiting.update(range(len(self._left.blocks)))

    def measure(self, rows: Iterable[int]) -> None:
        """Lay rows out in the panes that are on screen, and level them."""
        with self.keeping_places():
            for row in rows:
                for pane in self._panes:
                    if pane.isVisible():
                        pane.measure(row)

    @property
    def unmeasured(self) -> set[int]:
        """The rows whose height is an estimate in a pane that is on screen."""
        return set[int]().union(*(pane.unmeasured for pane in self._panes if pane.isVisible()))

    def _measured(self, row: int) -> None:
        self._waiting.add(row)
        if not self.keeping:
            with self.keeping_places():
                pass

    def _level(self) -> None:
        left, right = self._left.heights(), self._right.heights()
        for row in self._waiting:
            taller = left[row] - right[row] if self.on else 0.0
            self._left.blocks[row].extra = max(0.0, -taller)
            self._right.blocks[row].extra = max(0.0, taller)
        self._waiting.clear()
        self._left.spaced_anew()
        self._right.spaced_anew()

    # -- places --------------------------------------------------------------------------------------------------

    @contextmanager
    def keeping_places(self) -> Iterator[None]:
        """Keep what was on screen when somebody last scrolled while heights change; level rows at the end.

        `keeping` is true meanwhile: the scroll bars then move by themselves, and nothing must follow them.
        """
        if self.keeping:
            yield
            return
        if self._places is None:
            self._places = [pane.top_place() for pane in self._panes]
        self.keeping = True
        try:
            yield
            while self._waiting:  # a scroll bar that comes or goes makes the panes' widths others
                self._level()
            for pane, place in zip(self._panes, self._places, strict=True):
                pane.show_place(*place)
        finally:
            self.keeping = False

    def hold(self) -> None:
        """Take what stands on screen now and is laid out for what is to stay there."""
        self._places = [pane.known_place() for pane in self._panes]

    def moved(self) -> None:
        """Take the places that are on screen now for those to be kept."""
        self._places = [pane.top_place() for pane in self._panes]

    def keep(self, row: int, offset: float) -> None:
        """Take a place for the one to be kept in both panes and go there, again whenever heights change."""
        self._places = [(row, offset)] * 2
        with self.keeping_places():
            pass

    def place(self, pane: TextPane) -> tuple[int, float]:
        """Return the place that a pane keeps: the end of an article keeps it from standing at the top."""
        if self._places is None:
            return pane.top_place()
        return self._places[pane is self._right]

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Let both panes take another page: nothing follows or is levelled before both have it."""
        self.keeping = True
        yield
        self.keeping = False
        self.moved()
        self.level_all()
