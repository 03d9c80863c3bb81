"""Collect cyclic garbage on the main thread alone."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000  # milliseconds


class GarbageCollector(QObject):
    """Takes over from Python's own collector while it lives.

    Python collects in whatever thread allocates next. Where that is a worker, Qt objects caught in a cycle are freed
    in the wrong thread, and the process dies (PySide6 6.11.3).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(collect)
        timer.start(_EVERY)


def collect() -> None:
    """Collect the oldest generation that is due by Python's own thresholds."""
    due = [
        age for age, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > limit
    ]
    if due:
        gc.collect(due[-1])
