"""Fill the library's list in the background."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.page import Summary
    from reader.text.errors import ReaderError
    from reader.ui.jobs import Job, JobRunner
    from reader.workspace import Workspace


class Summariser(QObject):
    """Analyse the articles of the library one after the other, and stand back for the one that is opened.

    Signals:
        summarised: a `Summary` is ready.
    """

    summarised = Signal(object)

    def __init__(self, workspace: Workspace, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = jobs
        self._waiting: deque[Path] = deque()
        self._job: Job | None = None

    def add(self, paths: list[Path]) -> None:
        """Queue articles."""
        self._waiting.extend(paths)
        self._next()

    def stop(self) -> None:
        """Forget what is queued."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _next(self) -> None:
        if self._job is not None or not self._waiting:
            return
        path = self._waiting.popleft()

        def work(job: Job, report: Callable[[object], None]) -> Summary:
            return self._workspace.summarise(path)

        self._job = self._jobs.start(work, done=self._done, failed=self._failed, lane="summaries")

    def _done(self, summary: Summary) -> None:
        self._job = None
        self.summarised.emit(summary)
        self._next()

    def _failed(self, _: ReaderError) -> None:
        self._job = None
        self._next()
