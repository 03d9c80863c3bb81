"""The translation queue in the window: translate the whole library behind the scenes, pause, cancel."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.queueing import QueueProgress, TranslationQueue
from reader.text.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from reader.ui.jobs import Job, JobRunner
    from reader.ui.library_panel import LibraryPanel
    from reader.workspace import Workspace

REPORT_EVERY = 0.25
"""Seconds between two updates of the status bar."""


class QueueDesk(QObject):
    """Carry out the queue's commands.

    Signals:
        state_changed: words for the status bar, "" where nothing is queued.
        article_translated: the path of an article whose last sentence has come.
        failed: a `ReaderError` for the message bar.
    """

    state_changed = Signal(str)
    article_translated = Signal(object)
    failed = Signal(object)

    def __init__(self, workspace: Workspace, jobs: JobRunner, library: LibraryPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs, self._library = jobs, library
        self._queue = TranslationQueue(workspace)
        self._job: Job | None = None
        self._told: set[Path] = set()

    def begin(self) -> None:
        """Go on with what an earlier run left, unless it was paused."""
        if self._queue.paused and self._queue.waiting:
            self.state_changed.emit(self._paused_words())
        else:
            self._run()

    def do_translate_all(self) -> None:
        """Queue every article of the library in the order of the list."""
        self._queue.add(self._library.model.shown_paths())
        self._queue.resume()
        self._run()

    def do_pause_queue(self) -> None:
        """Pause the queue, or go on with it."""
        if self._queue.paused:
            self._queue.resume()
            self._run()
        elif self._queue.waiting:
            self._queue.pause()

    def do_cancel_queue(self) -> None:
        """Empty the queue."""
        self._queue.cancel()
        if self._job is None:
            self.state_changed.emit("")

    def want(self, path: Path) -> None:
        """Bring an article to the front that is being read."""
        self._queue.want([path])

    def stop(self) -> None:
        """Let the queue end with the program; the next start goes on."""
        self._queue.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _run(self) -> None:
        if self._job is not None or not self._queue.waiting:
            return
        queue = self._queue

        def work(job: Job, report: Callable[[object], None]) -> None:
            told = 0.0
            for step in queue.run():
                if step.finished is not None or perf_counter() - told > REPORT_EVERY:
                    told = perf_counter()
                    report(step)

        self._job = self._jobs.start(
            work, done=self._ended, failed=self._ended, progressed=self._progressed, lane="queue"
        )
        self.state_changed.emit(self.tr("Library: translation begins"))

    def _progressed(self, step: QueueProgress) -> None:
        if step.finished is not None:
            self.article_translated.emit(step.finished)
        words = self.tr("Library: {done} of {total} articles").format(
            done=step.done, total=step.done + step.waiting + step.failed
        )
        if step.rate:
            words += self.tr(" · {rate:.0f} words/s").format(rate=step.rate)
        if step.remaining is not None:
            words += self.tr(" · {left} left").format(left=_duration(step.remaining))
        self.state_changed.emit(words)

    def _ended(self, error: ReaderError | None) -> None:
        self._job = None
        if isinstance(error, ReaderError):
            self.failed.emit(error)
        for path, why in self._queue.failed.items():
            if path not in self._told:
                self._told.add(path)
                self.failed.emit(ReaderError(why if path.name in why else f"{path.name}: {why}", path))
        self.state_changed.emit(self._paused_words() if self._queue.paused and self._queue.waiting else "")

    def _paused_words(self) -> str:
        return self.tr("Library: paused, {n} articles wait").format(n=len(self._queue.waiting))


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"
