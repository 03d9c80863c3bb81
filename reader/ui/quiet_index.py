"""Indexes brought up to date while nobody looks into them: they tell where else the people of an article are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.library.control import Control

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reader.ui.jobs import Job, JobRunner

FEW = 2_000
"""Articles of a folder that is indexed without being asked for: a minute of one process."""


class QuietIndex(QObject):
    """Index what is open in one process, folder after folder; large folders only after somebody looked into them.

    Signals:
        indexed: an index is as its folder is now.
        said: `(words, level)`: what is wrong with an index.
    """

    indexed = Signal()
    said = Signal(str, str)

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._control: Control | None = None
        self._told: set[str] = set()

    def begin(self, libraries: Sequence[tuple[Path, tuple[Path, ...] | None]]) -> None:
        """Index folders, or these files of theirs; what is going on goes on with them."""
        self.stop()
        control = self._control = Control()

        def work(job: Job, report: Callable[[object], None]) -> None:
            for folder, files in libraries:
                if not control.stopped:
                    report(_bring_up_to_date(folder, files, control))

        self._jobs.start(work, progressed=self._ended, lane="index")

    def stop(self) -> None:
        """End it; the next time goes on from there."""
        if self._control is not None:
            self._control.stop()
            self._control = None

    def _ended(self, result: tuple[bool, str | None]) -> None:
        whole, warning = result
        if whole:
            self.indexed.emit()
        if warning and warning not in self._told:
            self._told.add(warning)
            self.said.emit(warning, "warning")


def _bring_up_to_date(folder: Path, files: tuple[Path, ...] | None, control: Control) -> tuple[bool, str | None]:
    """Index a folder; return whether all of it is indexed now, and what was wrong with its index."""
    from reader.library.building import build
    from reader.library.catalogue import scan
    from reader.library.index import Index
    from reader.library.schema import index_file
    from reader.text.errors import LibraryError

    known = index_file(folder, files=files is not None).exists()
    if not known and len(scan([folder]).articles if files is None else files) > FEW:
        return False, None
    index = Index(folder, files=files is not None)
    try:
        if not index.lasting:
            return False, None
        return build(index, files, processes=1, control=control).finished, index.warning
    except LibraryError:  # another program is at it, or the disk is full: the window over the folder tells
        return False, index.warning
    finally:
        index.close()
