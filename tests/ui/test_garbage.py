"""Garbage is collected on the main thread."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject

from reader.ui.garbage import GarbageCollector, collect


class Knot:
    """Caught in a cycle; notes the thread that frees it."""

    freed: list[threading.Thread] = []  # noqa: RUF012

    def __init__(self):
        self.itself = self

    def __del__(self):
        Knot.freed.append(threading.current_thread())


def tie():
    """Leave enough garbage for a collection of Python's own."""
    for _ in range(2 * gc.get_threshold()[0]):
        Knot()


def test_a_worker_thread_never_collects_while_the_window_lives(qapp):
    Knot.freed.clear()
    owner = QObject()
    GarbageCollector(owner)
    worker = threading.Thread(target=tie)
    worker.start()
    worker.join()
    assert Knot.freed == []
    collect()
    assert set(Knot.freed) == {threading.main_thread()}


def test_what_is_not_due_is_left_alone(qapp):
    gc.collect()
    before = gc.get_count()
    collect()
    assert gc.get_count()[1:] == before[1:]
