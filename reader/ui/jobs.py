"""Background work for the window: plain functions in threads, their results on the main thread."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from reader.text.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)


class Job:
    """One running job. A cancelled job delivers nothing more, whatever its thread still does."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Say whether the job's results are still wanted; long functions ask between steps."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Drop all further results."""
        self._cancelled.set()


class JobRunner(QObject):
    """Run functions in lanes (one thread each, in order) and deliver their results to the main thread.

    A function takes `(job, report)`; `report(value)` delivers an intermediate value to `progressed`. Errors that
    are no `ReaderError` are defects: they are logged with their trace and delivered as a `ReaderError`.

    Signals:
        idle: the last running job has ended.
    """

    idle = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._running = 0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        work: Callable[[Job, Callable[[object], None]], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[ReaderError], None] | None = None,
        progressed: Callable[[Any], None] | None = None,
        lane: str = "default",
    ) -> Job:
        """Queue `work` in a lane and return its job."""
        job = Job()
        pool = self._lanes.get(lane)
        if pool is None:
            pool = self._lanes[lane] = ThreadPoolExecutor(1, thread_name_prefix=f"reader-{lane}")
        self._running += 1
        pool.submit(self._run, job, work, done, failed, progressed)
        return job

    @property
    def busy(self) -> bool:
        """Say whether a job is queued or running."""
        return self._running > 0

    def close(self) -> None:
        """Forget queued jobs and wait for the running ones."""
        for pool in self._lanes.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._lanes.clear()

    def _run(
        self,
        job: Job,
        work: Callable[[Job, Callable[[object], None]], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[ReaderError], None] | None,
        progressed: Callable[[Any], None] | None,
    ) -> None:
        def report(value: object) -> None:
            if progressed is not None and not job.cancelled:
                self._arrived.emit((job, progressed, value, False))

        try:
            result = None if job.cancelled else work(job, report)
        except ReaderError as exc:
            self._arrived.emit((job, failed, exc, True))
        except Exception as exc:  # the job boundary: a defect must not take the window down
            log.exception("a background job failed")
            error = ReaderError(f"Something went wrong inside the reader: {type(exc).__name__}: {exc}")
            self._arrived.emit((job, failed, error, True))
        else:
            self._arrived.emit((job, done, result, True))

    def _deliver(self, message: tuple[Job, Callable[[Any], None] | None, Any, bool]) -> None:
        job, receiver, value, last = message
        if last:
            self._running -= 1
        if receiver is not None and not job.cancelled:
            receiver(value)
        if last and not self._running:
            self.idle.emit()
