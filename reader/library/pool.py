"""A few processes that work through a folder; one that dies or hangs over a file takes only that file with it."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import time
from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

Task = TypeVar("Task")
Result = TypeVar("Result")

PATIENCE = 120.0
"""Seconds for each task of a chunk after which a process is held to hang."""
_SELDOM = 20_000
"""New objects after which a process looks for cycles; Python's own 700 are for programs that make more of them."""


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: Any
    pipe: Connection
    tasks: list[Task] = field(default_factory=list)
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Lost(Generic[Task]):
    """A task over which its process died or hung."""

    task: Task
    why: str


class Pool:
    """Processes that run one function over many tasks. Started when first needed; belongs to one thread."""

    def __init__(self, processes: int = 2, *, patience: float = PATIENCE) -> None:
        self._wanted = processes
        self._patience = patience
        self._workers: list[_Worker[Any]] = []

    def run(
        self,
        work: Callable[[Task], Result],
        tasks: Iterable[Task],
        go_on: Callable[[], bool] = lambda: True,
        *,
        chunk: int = 4,
    ) -> Iterator[list[Result | Lost[Task]]]:
        """Yield results in the order they come, some at a time; `go_on` is asked whenever some arrived.

        The iterator ends early where `go_on` says no, without what the processes are at; they are of no use after
        that, and `close` ends them. What a dead process was at is tried once more, task by task.
        """
        waiting: deque[list[Task]] = deque()
        source = iter(tasks)
        while go_on():
            while sum(bool(worker.tasks) for worker in self._workers) < self._wanted:
                next_ones = waiting.popleft() if waiting else list(islice(source, chunk))
                if not next_ones:
                    break
                self._send(self._idle(), work, next_ones)
            busy = [worker for worker in self._workers if worker.tasks]
            if not busy:
                return
            yield from self._collect(busy, waiting)

    def _collect(self, busy: Sequence[_Worker[Task]], waiting: deque[list[Task]]) -> Iterator[list[Any]]:
        """Yield what arrived; put aside what has to be tried again."""
        ready = set(wait([worker.pipe for worker in busy], timeout=0.5))
        for worker in busy:
            if worker.pipe in ready:
                try:
                    results = worker.pipe.recv()
                except (EOFError, OSError):
                    yield from self._bury(worker, waiting, "the process ended")
                else:
                    worker.tasks = []
                    yield results
            elif time.monotonic() > worker.until:
                yield from self._bury(worker, waiting, f"it took more than {self._patience:.0f} seconds")

    def _bury(self, worker: _Worker[Task], waiting: deque[list[Task]], why: str) -> Iterator[list[Lost[Task]]]:
        self._workers.remove(worker)
        _end(worker)
        if len(worker.tasks) == 1:
            yield [Lost(worker.tasks[0], why)]
        else:
            waiting.extend([task] for task in worker.tasks)

    def _idle(self) -> _Worker[Any]:
        """Return a process that has nothing to do, a new one where all are busy."""
        for worker in self._workers:
            if not worker.tasks:
                return worker
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True, name="reader-index")
        process.start()
        theirs.close()  # so that the pipe ends when the process does
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _send(self, worker: _Worker[Task], work: Callable[[Task], Result], chunk: list[Task]) -> None:
        worker.tasks = chunk
        worker.until = time.monotonic() + self._patience * len(chunk)
        try:
            worker.pipe.send((work, chunk))
        except OSError:  # it died while it was idle; the pipe says so again when it is waited for
            return

    def close(self) -> None:
        """End the processes, whatever they do."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()


def _end(worker: _Worker[Any]) -> None:
    worker.process.terminate()
    worker.process.join()
    worker.pipe.close()


def _serve(pipe: Connection) -> None:
    """Work until the other end is gone, which is also how a process learns that the reader died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the reader
    gc.set_threshold(_SELDOM)  # an analysis leaves hardly any: looking for them took a twentieth of the time
    while True:
        try:
            work, tasks = pipe.recv()
        except EOFError:
            return
        pipe.send([work(task) for task in tasks])
