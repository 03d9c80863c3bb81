"""The page of the preferences that says where caches lie and how big they are, and clears them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from reader.caches import (
    clear_downloads,
    clear_indexes,
    clear_translations,
    kept_downloads,
    kept_indexes,
    kept_translations,
)
from reader.ui.dialogs import heading, muted, size_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.caches import Kept
    from reader.text.errors import ReaderError
    from reader.ui.jobs import Job, JobRunner
    from reader.ui.settings import Settings


@dataclass(frozen=True, slots=True)
class Cache:
    """A cache as the page shows it: its words, how to measure and to clear it, and what is asked before."""

    title: str
    one: str
    many: str
    question: str
    measure: Callable[[], Kept]
    clear: Callable[[], None]


class StoragePage(QWidget):
    """Caches with their places, sizes and buttons. What is done is done at once, after a yes."""

    def __init__(
        self, settings: Settings, jobs: JobRunner, close_indexes: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        """`close_indexes` lets go of the indexes that are open, so that they can be removed."""
        super().__init__(parent)
        self._jobs, self._close_indexes = jobs, close_indexes
        self._running: list[Job] = []
        self.caches = self._caches()
        self.labels: dict[str, QLabel] = {}
        self.buttons: dict[str, QPushButton] = {}
        self.state = muted("")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        for name, cache in self.caches.items():
            clear = QPushButton(self.tr("Clear…"))
            clear.setAccessibleName(self.tr("Clear: {cache}").format(cache=cache.title))
            clear.clicked.connect(partial(self._ask, name))
            self.labels[name], self.buttons[name] = self._add_row(cache.title, clear), clear
        self.open_settings = QPushButton(self.tr("Open folder"))
        self.open_settings.setAccessibleName(self.tr("Open the folder of the settings"))
        self.open_settings.clicked.connect(partial(self._open, settings.file.parent))
        self._add_row(self.tr("Settings"), self.open_settings).setText(str(settings.file))
        intro = self.tr(
            "What is cleared here is made again when it is needed; that takes time. Articles, notes, corrections and "
            "language packages are never touched."
        )
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addWidget(muted(intro))
        layout.addLayout(self._grid)
        layout.addWidget(self.state)
        layout.addStretch(1)
        self.destroyed.connect(partial(_cancel, self._running))
        self.measure()

    def _caches(self) -> dict[str, Cache]:
        return {
            "translations": Cache(
                self.tr("Translations"),
                self.tr("1 sentence"),
                self.tr("{n:,} sentences"),
                self.tr("Clear all translations? Articles are translated anew when they are opened; corrections stay."),
                kept_translations,
                clear_translations,
            ),
            "indexes": Cache(
                self.tr("Indexes of folders"),
                self.tr("1 folder"),
                self.tr("{n:,} folders"),
                self.tr("Clear the indexes of all folders? A folder is indexed anew when it is searched next."),
                kept_indexes,
                clear_indexes,
            ),
            "downloads": Cache(
                self.tr("Downloaded package files"),
                self.tr("1 file"),
                self.tr("{n:,} files"),
                self.tr("Remove the downloaded files? Installed packages stay; a broken-off download begins anew."),
                kept_downloads,
                clear_downloads,
            ),
        }

    def _add_row(self, title: str, button: QPushButton) -> QLabel:
        """Add a title with words below it and a button beside both; return the label of the words."""
        row = self._grid.rowCount()
        words = muted("")
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(heading(title), row, 0)
        self._grid.addWidget(words, row + 1, 0)
        self._grid.addWidget(button, row, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setRowMinimumHeight(row + 2, 10)
        return words

    def measure(self) -> None:
        """Look anew how much there is."""
        for label in self.labels.values():
            label.setText(self.tr("Measuring…"))
        self._start(lambda: {name: cache.measure() for name, cache in self.caches.items()}, self._show)

    def _show(self, kept: dict[str, Kept]) -> None:
        for name, one in kept.items():
            words = self.caches[name].one if one.count == 1 else self.caches[name].many.format(n=one.count)
            much = f"{words} · {size_words(one.size)}" if one.count else self.tr("Empty")
            self.labels[name].setText(f"{much}\n{one.path}")
            self.buttons[name].setEnabled(one.count > 0)

    def _ask(self, name: str) -> None:
        if self._agreed(self.caches[name].question):
            if name == "indexes":
                self._close_indexes()
            self._start(self.caches[name].clear, self._cleared)

    def _agreed(self, words: str) -> bool:
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel
        answer = QMessageBox.question(self, self.tr("Clear"), words, buttons, QMessageBox.StandardButton.Cancel)
        return answer == QMessageBox.StandardButton.Yes

    def _cleared(self, _: object) -> None:
        self.state.setText(self.tr("Cleared."))
        self.measure()

    def _start(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        # after the work on indexes that waits in this lane
        job = self._jobs.start(lambda job, report: work(), done=done, failed=self._failed, lane="library")
        self._running.append(job)

    def _failed(self, error: ReaderError) -> None:
        self.state.setText(str(error))
        self.measure()

    def _open(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _cancel(jobs: list[Job]) -> None:
    for job in jobs:
        job.cancel()
