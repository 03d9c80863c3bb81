"""Download a language package: the list of them, a yes that names host and size, progress, stop, go on later."""

from __future__ import annotations

from dataclasses import dataclass
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
from reader.ui.dialogs import muted, size_words, words_over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reader.text.errors import ReaderError
    from reader.translation.folders import PackageDirs
    from reader.ui.jobs import Job, JobRunner

PACKAGE_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Wanted:
    """What packages are for: the languages of a person's articles, and the one they are read in."""

    languages: tuple[str, ...] = ()
    target: str = "en"

    def order(self, package: AvailablePackage) -> tuple[bool, bool, str, str]:
        """Put what a person expects first, into the language of the translation before others."""
        unexpected = package.from_code not in self.languages
        return unexpected or package.to_code != self.target, unexpected, package.from_name, package.to_name


class DownloadDialog(QDialog):
    """The packages that Argos' index lists; nothing goes online before a button that names the host is pressed.

    Signals:
        downloaded: the path of a package file, complete, ready to be installed.
    """

    downloaded = Signal(object)

    def __init__(
        self, dirs: PackageDirs, jobs: JobRunner, wanted: Wanted | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Download language packages"))
        self.resize(600, 480)
        self._index, self._jobs, self._wanted = PackageIndex(dirs), jobs, wanted or Wanted()
        self._installed: frozenset[tuple[str, str]] = frozenset()
        self._job: Job | None = None
        self._package: AvailablePackage | None = None
        self._steps: Iterator[DownloadStep] | None = None
        host = urlsplit(dirs.index_url).hostname or dirs.index_url
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter languages"))
        self.filter.setAccessibleName(self.tr("Filter languages"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Packages that can be downloaded"))
        self.list.currentItemChanged.connect(self._update_buttons)
        self.empty = words_over(self.list)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.state = muted("")
        self.fetch = QPushButton(self.tr("Fetch the list from {host}").format(host=host))
        self.fetch.clicked.connect(self._fetch)
        self.download = QPushButton(self.tr("Download…"))
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
        self._rest()
        self.list.clear()
        for package in sorted(packages, key=self._wanted.order):
            entry = QListWidgetItem()
            entry.setData(PACKAGE_ROLE, package)
            self.list.addItem(entry)
        self._describe()
        self._filter(self.filter.text())
        if not packages:
            self._say_empty(self.tr("The list has no packages."))

    def show_installed(self, pairs: frozenset[tuple[str, str]]) -> None:
        """Say which pairs of languages are there already."""
        self._installed = pairs
        self._describe()

    def _describe(self) -> None:
        for row in range(self.list.count()):
            entry = self.list.item(row)
            package: AvailablePackage = entry.data(PACKAGE_ROLE)
            pair = f"{package.from_name or package.from_code} → {package.to_name or package.to_code}"
            there = self.tr("installed") if (package.from_code, package.to_code) in self._installed else ""
            entry.setText(" · ".join(filter(None, (pair, package.version, package.host, there))))

    def say(self, words: str) -> None:
        """Show what becomes of a package that was downloaded."""
        self.state.setText(words)

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for row in range(self.list.count()):
            entry = self.list.item(row)
            entry.setHidden(not all(word in entry.text().casefold() for word in wanted))
        total = self.list.count()
        left = sum(not self.list.item(row).isHidden() for row in range(total))
        if total:
            nothing = self.tr("No package has “{words}”.").format(words=words.strip())
            self._say_empty("" if left else nothing)
            shown = self.tr("{left:,} of {total:,} packages") if left < total else self.tr("{total:,} packages")
            self.state.setText(shown.format(left=left, total=total))
        self._update_buttons()

    def _say_empty(self, words: str) -> None:
        self.empty.setText(words)
        self.empty.setVisible(bool(words))

    def _update_buttons(self) -> None:
        entry = self.list.currentItem()
        self.fetch.setEnabled(self._job is None)
        for button, first in ((self.fetch, not self.list.count()), (self.download, self.list.count() > 0)):
            button.setProperty("role", "primary" if first else "")
            button.style().polish(button)
        self.download.setEnabled(entry is not None and not entry.isHidden() and self._job is None)

    # -- the download --------------------------------------------------------------------------------------------

    def _ask_size(self) -> None:
        """Ask the package's host for the size; the first step of a download comes before its content."""
        package: AvailablePackage = self.list.currentItem().data(PACKAGE_ROLE)
        self._package = package
        self.state.setText(self.tr("Asking {host}").format(host=package.host))
        steps = self._steps = self._index.download(package)
        self._start(lambda: next(steps), self._ask)

    def _ask(self, step: DownloadStep) -> None:
        package = self._package
        assert package is not None
        size = size_words(step.total) if step.total else self.tr("of unknown size")
        had = self.tr(" ({size} are here already)").format(size=size_words(step.done)) if step.done else ""
        question = self.tr("Download {label}, {size}{had}, from {host}?")
        question = question.format(label=package.label, size=size, had=had, host=package.host)
        if QMessageBox.question(self, self.tr("Download"), question) != QMessageBox.StandardButton.Yes:
            self._rest()
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
        done = size_words(step.done)
        if step.total:
            self.progress.setValue(round(1000 * step.done / step.total))
            done = self.tr("{done} of {total}").format(done=done, total=size_words(step.total))
        self.state.setText(done)

    def _done(self, step: DownloadStep | None) -> None:
        self._rest()
        if step is not None and step.file is not None:
            self.state.setText(self.tr("Downloaded; checking and installing."))
            self.downloaded.emit(step.file)

    def _stop(self) -> None:
        self._rest()
        self.state.setText(self.tr("Stopped. What has come is kept; the next download goes on from there."))

    def _failed(self, error: ReaderError) -> None:
        self._rest()
        if self.list.count():
            self.state.setText(str(error))
        else:
            self._say_empty(str(error))
            self.state.clear()

    def _rest(self) -> None:
        """Let nothing that runs have a say any more; the buttons are free again."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._steps = None
        self.progress.hide()
        self.stop.hide()
        self._update_buttons()

    def _start(self, call: Callable[[], object], done: Callable[..., None]) -> None:
        self._job = self._jobs.start(lambda job, report: call(), done=done, failed=self._failed, lane="download")
        self._update_buttons()

    def done(self, result: int) -> None:
        """Close; a download that runs is stopped, and goes on from there the next time."""
        self._rest()
        super().done(result)
