"""A stand-in for processes: the work is done in this one."""

from __future__ import annotations

from itertools import islice


class InThisProcess:
    """Stands for the pool: the same results, one chunk after the other."""

    def __init__(self, processes: int = 1) -> None:
        self.closed = False

    def run(self, work, tasks, go_on=lambda: True, *, chunk=4):
        source = iter(tasks)
        while go_on() and (next_ones := list(islice(source, chunk))):
            yield [work(task) for task in next_ones]

    def close(self):
        self.closed = True
