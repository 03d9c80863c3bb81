"""Which sentences go to the engine next: those wanted first, and like lengths together."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Order = Callable[[], Sequence[int]] | Sequence[int]

# Characters a request, at most. What somebody waits for comes in small steps; large requests let the engine put like
# lengths together, and in the background nobody minds that they can't be overtaken.
_ASKED, _UNASKED, _BACKGROUND = 1000, 2000, 4000
# Towards the end requests get smaller, so that all threads end at about the same time, but never smaller than this:
# the engine needs a handful of sentences at once.
_SMALLEST = 500
# Sentences planned ahead, sorted by length among themselves, so that like goes with like.
_PLANNED = 1000


class Schedule:
    """Cut what waits into requests for `threads` at a time.

    `waiting` maps each text to its indices; `order` is read anew for each request.
    """

    def __init__(
        self,
        waiting: Mapping[str, Sequence[int]],
        order: Order | None = None,
        *,
        threads: int = 1,
        background: bool = False,
    ) -> None:
        self._largest = _BACKGROUND if background else _UNASKED
        self._threads = threads
        self._texts = {i: line for line, indices in waiting.items() for i in indices}
        self._left = dict.fromkeys(waiting)
        self._order = order
        self._wanted: tuple[int, ...] | None = None
        self._planned: deque[list[str]] = deque()

    def asked(self) -> bool:
        """Say whether the next request holds what is asked for now."""
        return any(self._texts[i] in self._left for i in self._now() if i in self._texts)

    def next(self) -> list[str]:
        """Return the texts of the next request; none are left when it is empty."""
        wanted = self._now()
        if wanted != self._wanted:
            self._wanted = wanted
            self._plan(first=True)
        elif not self._planned:
            self._plan()
        lines = self._planned.popleft() if self._planned else []
        for line in lines:
            del self._left[line]
        return lines

    def _now(self) -> tuple[int, ...]:
        order = self._order() if callable(self._order) else self._order
        return tuple(order or ())

    def _plan(self, *, first: bool = False) -> None:
        """Cut the next sentences into requests; what was just asked for begins with a sentence a thread."""
        wanted = [self._texts[i] for i in self._wanted or () if i in self._texts]
        asked = [line for line in dict.fromkeys(wanted) if line in self._left]
        ahead = (asked or list(self._left))[:_PLANNED]
        self._planned = deque([[ahead.pop(0)]] if first and asked else [])
        alone = self._threads if self._planned else 0
        # of what was asked for the short ones are done soonest; of the rest the long ones go first, or the last
        # request would be a long one
        ahead.sort(key=len, reverse=not asked)
        largest = _ASKED if asked else self._largest
        characters = sum(map(len, asked or self._left))
        room = 0
        for line in ahead:
            if len(line) > room or len(self._planned) <= alone:
                self._planned.append([])
                room = min(largest, max(_SMALLEST, characters // self._threads))
            self._planned[-1].append(line)
            room -= len(line)
            characters -= len(line)
