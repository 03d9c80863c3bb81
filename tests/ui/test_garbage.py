"""Garbage is collected on the main thread."""

from __future__ import annotations

import gc
import subprocess
import sys
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


def test_an_icon_in_a_cycle_is_freed_once():
    code = """
import gc
from PySide6.QtGui import QColor, QGuiApplication
from reader.ui.icons import icon
application = QGuiApplication([])
for _ in range(50):
    knot = icon("person", QColor("blue"))
    knot.itself = knot
    del knot
gc.collect()
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
