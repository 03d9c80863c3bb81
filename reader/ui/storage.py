"""The page of the preferences that says where caches lie and how big they are, and clears them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QMessageBox, QPushButton, QVBoxLayout, QWidget

from reader.caches import Kept, clear_indexes, clear_translations, kept_indexes, kept_translations
from reader.ui.dialogs import heading, muted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.text.errors import ReaderError
    from reader.ui.jobs import Job, JobRunner
    from reader.ui.settings import Settings


class StoragePage(QWidget):
    """Caches with their places, sizes and buttons. What is done is done at once, after a yes."""

    def __init__(
        self, settings: Settings, jobs: JobRunner, close_indexes: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        """`close_indexes` lets go of the indexes that are open, so that they can be removed."""
        super().__init__(parent)
        self._jobs, self._close_indexes = jobs, close_indexes
        self._running: list[Job] = []
        self.translations, self.indexes, self.state = muted(""), muted(""), muted("")
        self.clear_translations = QPushButton(self.tr("Clear…"))
        self.clear_translations.setAccessibleName(self.tr("Clear translations"))
        self.clear_translations.clicked.connect(self._ask_translations)
        self.clear_indexes = QPushButton(self.tr("Clear…"))
        self.clear_indexes.setAccessibleName(self.tr("Clear indexes of folders"))
        self.clear_indexes.clicked.connect(self._ask_indexes)
        self.open_settings = QPushButton(self.tr("Open folder"))
        self.open_settings.setAccessibleName(self.tr("Open the folder of the settings"))
        self.open_settings.clicked.connect(partial(self._open, settings.file.parent))
        rows = (
            (self.tr("Translations"), self.translations, self.clear_translations),
            (self.tr("Indexes of folders"), self.indexes, self.clear_indexes),
            (self.tr("Settings"), muted(str(settings.file)), self.open_settings),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for number, (title, words, button) in enumerate(rows):
            grid.setRowMinimumHeight(3 * number + 2, 10)
            grid.addWidget(heading(title), 3 * number, 0)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(words, 3 * number + 1, 0)
            grid.addWidget(button, 3 * number, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        intro = self.tr(
            "What is cleared here is made again when it is needed; that takes time. Articles, notes, corrections and "
            "language packages are never touched."
        )
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addWidget(muted(intro))
        layout.addLayout(grid)
        layout.addWidget(self.state)
        layout.addStretch(1)
        self.destroyed.connect(partial(_cancel, self._running))
        self.measure()

    def measure(self) -> None:
        """Look anew how much there is."""
        self.translations.setText(self.tr("Measuring…"))
        self.indexes.setText(self.tr("Measuring…"))
        self._start(lambda: (kept_translations(), kept_indexes()), self._show)

    def _show(self, kept: tuple[Kept, Kept]) -> None:
        counts = (self.tr("{n:,} sentences"), self.tr("{n:,} folders"))
        buttons = (self.clear_translations, self.clear_indexes)
        labels = (self.translations, self.indexes)
        for label, button, one, count in zip(labels, buttons, kept, counts, strict=True):
            size = QLocale().formattedDataSize(one.size)
            label.setText(f"{count.format(n=one.count)} · {size}\n{one.path}")
            button.setEnabled(one.count > 0)

    def _ask_translations(self) -> None:
        words = self.tr("Clear all translations? Articles are translated anew when they are opened; corrections stay.")
        if self._agreed(words):
            self._start(clear_translations, self._cleared)

    def _ask_indexes(self) -> None:
        words = self.tr("Clear the indexes of all folders? A folder is indexed anew when it is searched next.")
        if self._agreed(words):
            self._close_indexes()
            self._start(clear_indexes, self._cleared)

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
