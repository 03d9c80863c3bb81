"""Language packages in the window: list, install from files, replace after a yes, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from reader.translation.packages import PackageAlreadyInstalled
from reader.ui.dialogs import PackagesDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.text.errors import ReaderError
    from reader.translation.package import InstalledPackage
    from reader.ui.downloads import DownloadDialog
    from reader.ui.jobs import Job, JobRunner
    from reader.workspace import Workspace

PACKAGE_SUFFIX = ".argosmodel"


class PackageDesk(QObject):
    """Carry out the package commands in the background.

    Signals:
        said: words for the message bar.
        failed: a `ReaderError` for the message bar.
        changed: packages were installed or removed.
    """

    said = Signal(object)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, workspace: Workspace, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._store, self._jobs = parent, workspace.packages, jobs
        self._workspace = workspace
        self._expected: Sequence[str] = ()
        self._dialog: PackagesDialog | None = None
        self._downloads: DownloadDialog | None = None
        self._fetched: set[Path] = set()

    def expect(self, languages: Sequence[str]) -> None:
        """Offer packages for these languages first."""
        self._expected = languages

    def do_packages(self) -> None:
        """Show the installed packages."""
        dialog = PackagesDialog(self._store.dirs.install, self._window)
        dialog.install_wanted.connect(self.do_install_package)
        dialog.download_wanted.connect(self.do_download_package)
        dialog.remove_wanted.connect(self._remove_package)
        self._dialog = dialog
        self._list_packages()
        dialog.exec()
        self._dialog = None
        dialog.deleteLater()

    def do_download_package(self) -> None:
        """Show the packages that can be downloaded; nothing goes online before a yes."""
        from reader.ui.downloads import DownloadDialog, Wanted  # which knows of the network: first here

        wanted = Wanted(tuple(self._expected), self._workspace.target)
        dialog = self._downloads = DownloadDialog(self._store.dirs, self._jobs, wanted, self._dialog or self._window)
        dialog.downloaded.connect(self._install_downloaded)
        self._list_packages()
        dialog.exec()
        self._downloads = None
        dialog.deleteLater()

    def _install_downloaded(self, file: Path) -> None:
        self._fetched.add(file)
        self.install([file])

    def _list_packages(self) -> None:
        def work(job: Job, report: Callable[[object], None]) -> tuple[InstalledPackage, ...]:
            return self._store.installed()

        self._jobs.start(work, done=self._show_packages, failed=self.failed.emit, lane="packages")

    def _show_packages(self, packages: tuple[InstalledPackage, ...]) -> None:
        if self._dialog is not None:
            self._dialog.show_packages(packages)
        if self._downloads is not None:
            usable = (package for package in packages if package.problem is None)
            self._downloads.show_installed(frozenset((each.from_code, each.to_code) for each in usable))

    def do_install_package(self) -> None:
        """Choose package files to install."""
        kinds = self.tr("Argos packages (*{suffix});;All files (*)").format(suffix=PACKAGE_SUFFIX)
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Install packages"), str(Path.home()), kinds)
        self.install([Path(name) for name in names])

    def install(self, files: Sequence[Path], *, replace: bool = False) -> None:
        """Install package files in the background, then translate what waited for them."""
        for file in files:
            self._say_package(self.tr("Checking and installing {name}").format(name=file.name))

            def work(job: Job, report: Callable[[object], None], file: Path = file) -> InstalledPackage:
                package = self._store.install(file, replace=replace)
                if file in self._fetched:  # a hundred megabytes that are now in their place
                    file.unlink(missing_ok=True)
                return package

            def failed(error: ReaderError, file: Path = file) -> None:
                self._install_failed(error, file)

            self._jobs.start(work, done=self._package_installed, failed=failed, lane="packages")

    def _install_failed(self, error: ReaderError, file: Path) -> None:
        if isinstance(error, PackageAlreadyInstalled):
            answer = QMessageBox.question(
                self._window, self.tr("Replace the package?"), self.tr("{why}\n\nReplace it?").format(why=error)
            )
            if answer == QMessageBox.StandardButton.Yes:
                self.install([file], replace=True)
            return
        self._say_package(str(error))
        self.failed.emit(error)

    def _package_installed(self, package: InstalledPackage) -> None:
        self._say_package(self.tr("{label} is installed.").format(label=package.label))
        self.said.emit(self.tr("{label} is installed.").format(label=package.label))
        self._list_packages()
        self.changed.emit()

    def _remove_package(self, package: InstalledPackage) -> None:
        question = self.tr("Remove {label}? Translations made with it stay in the cache.").format(label=package.label)
        if QMessageBox.question(self._window, self.tr("Remove package"), question) != QMessageBox.StandardButton.Yes:
            return

        def work(job: Job, report: Callable[[object], None]) -> None:
            self._store.remove_package(package)

        self._jobs.start(work, done=self._package_removed, failed=self._remove_failed, lane="packages")

    def _package_removed(self, _: None) -> None:
        self._list_packages()
        self.changed.emit()

    def _remove_failed(self, error: ReaderError) -> None:
        self._say_package(str(error))
        self._list_packages()

    def _say_package(self, words: str) -> None:
        for dialog in (self._dialog, self._downloads):
            if dialog is not None:
                dialog.say(words)
