"""Download a language package: the list of them, a yes that names host and size, progress, stop, go on later."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.translation.downloads import AvailablePackage, DownloadStep, PackageIndex
from reader.ui.dialogs import muted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reader.text.errors import ReaderError
    from reader.translation.folders import PackageDirs
    from reader.ui.jobs import Job, JobRunner

PACKAGE_ROLE = Qt.ItemDataRole.UserRole


class DownloadDialog(QDialog):
    """The packages that Argos' index lists; nothing goes online before a button that names the host is pressed.

    Signals:
        downloaded: the path of a package file, complete, ready to be installed.
    """

    downloaded = Signal(object)

    def __init__(self, dirs: PackageDirs, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Download language packages"))
        self.resize(560, 460)
        self._index, self._jobs = PackageIndex(dirs), jobs
        self._job: Job | None = None
        self._steps: Iterator[DownloadStep] | None = None
        host = urlsplit(dirs.index_url).hostname or dirs.index_url
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter languages"))
        self.filter.setAccessibleName(self.tr("Filter languages"))
        self.filter.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Packages that can be downloaded"))
        self.list.currentItemChanged.connect(self._update_buttons)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.state = muted("")
        self.fetch = QPushButton(self.tr("Fetch the list from {host}").format(host=host))
        self.fetch.clicked.connect(self._fetch)
        self.download = QPushButton(self.tr("Download…"))
        self.download.setProperty("role", "primary")
        self.download.clicked.connect(self._ask_size)
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        self._lay_out(close)
        self._start(lambda: self._index.available(), self._show)

    def _lay_out(self, close: QPushButton) -> None:
        buttons = QHBoxLayout()
        for button in (self.fetch, self.download, self.stop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        for button in (self.fetch, self.download, self.stop, close):
            button.setAutoDefault(False)  # Enter in the filter must not go online
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        words = self.tr("This is the only place where the reader goes online, and only after your yes.")
        for widget in (muted(words), self.filter):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.progress)
        layout.addWidget(self.state)
        layout.addLayout(buttons)
        self._update_buttons()

    # -- the list ------------------------------------------------------------------------------------------------

    def _fetch(self) -> None:
        self.state.setText(self.tr("Fetching the list"))
        self._start(lambda: self._index.refresh(), self._show)

    def _show(self, packages: tuple[AvailablePackage, ...]) -> None:
        self.list.clear()
        for package in packages:
            pair = f"{package.from_name or package.from_code} → {package.to_name or package.to_code}"
            entry = QListWidgetItem(
                self.tr("{pair}  {version}, from {host}").format(pair=pair, version=package.version, host=package.host)
            )
            entry.setData(PACKAGE_ROLE, package)
            self.list.addItem(entry)
        self.state.setText(self.tr("Packages listed: {n}").format(n=len(packages)))
        self._filter(self.filter.text())

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for row in range(self.list.count()):
            entry = self.list.item(row)
            entry.setHidden(not all(word in entry.text().casefold() for word in wanted))

    def _update_buttons(self) -> None:
        self.download.setEnabled(self.list.currentItem() is not None and self._job is None)

    # -- the download --------------------------------------------------------------------------------------------

    def _ask_size(self) -> None:
        """Ask the package's host for the size; the first step of a download comes before its content."""
        package: AvailablePackage = self.list.currentItem().data(PACKAGE_ROLE)
        self.state.setText(self.tr("Asking {host}").format(host=package.host))
        steps = self._steps = self._index.download(package)
        self._start(lambda: next(steps), self._ask)

    def _ask(self, step: DownloadStep) -> None:
        package: AvailablePackage = self.list.currentItem().data(PACKAGE_ROLE)
        size = self.tr("{n:.0f} MB").format(n=step.total / 1e6) if step.total else self.tr("of unknown size")
        had = self.tr(" ({n:.0f} MB are here already)").format(n=step.done / 1e6) if step.done else ""
        question = self.tr("Download {label}, {size}{had}, from {host}?")
        question = question.format(label=package.label, size=size, had=had, host=package.host)
        if QMessageBox.question(self, self.tr("Download"), question) != QMessageBox.StandardButton.Yes:
            self._steps = None
            self.state.setText(self.tr("Nothing was downloaded."))
            return
        self.progress.setRange(0, 1000 if step.total else 0)
        self.progress.show()
        self.stop.show()
        self._go_on()

    def _go_on(self) -> None:
        steps = self._steps
        assert steps is not None

        def work(job: Job, report: Callable[[object], None]) -> DownloadStep | None:
            last = None
            for last in steps:
                report(last)
                if job.cancelled:
                    break
            return last

        self._job = self._jobs.start(
            work, done=self._done, failed=self._failed, progressed=self._progressed, lane="download"
        )
        self._update_buttons()

    def _progressed(self, step: DownloadStep) -> None:
        if step.total:
            self.progress.setValue(round(1000 * step.done / step.total))
        self.state.setText(self.tr("{n:.1f} MB").format(n=step.done / 1e6))

    def _done(self, step: DownloadStep | None) -> None:
        self._rest()
        if step is not None and step.file is not None:
            self.state.setText(self.tr("Downloaded; checking and installing."))
            self.downloaded.emit(step.file)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._rest()
        self.state.setText(self.tr("Stopped. What has come is kept; the next download goes on from there."))

    def _failed(self, error: ReaderError) -> None:
        self._rest()
        self.state.setText(str(error))

    def _rest(self) -> None:
        self._job = self._steps = None
        self.progress.hide()
        self.stop.hide()
        self._update_buttons()

    def _start(self, call: Callable[[], object], done: Callable[..., None]) -> None:
        self._jobs.start(lambda job, report: call(), done=done, failed=self._failed, lane="download")

    def reject(self) -> None:
        """Close; a download that runs is stopped."""
        if self._job is not None:
            self._stop()
        super().reject()
