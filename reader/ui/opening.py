"""The commands that open files, folders and the samples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.articles.article import ARTICLE_SUFFIXES
from reader.text.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ui.settings import Settings
    from reader.workspace import Workspace


class Opener(QObject):
    """Ask what is to be opened, beginning where something was opened last.

    Signals:
        chosen: the paths that a person chose.
        failed: a `ReaderError` for the message bar.
    """

    chosen = Signal(object)
    failed = Signal(object)

    def __init__(self, workspace: Workspace, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._settings, self._window = workspace, settings, parent

    def do_open_files(self) -> None:
        """Choose files to open."""
        suffixes = " ".join(f"*{suffix}" for suffix in ARTICLE_SUFFIXES)
        kinds = self.tr("Articles ({suffixes});;All files (*)").format(suffixes=suffixes)
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Open articles"), self._folder(), kinds)
        if names:
            self._choose([Path(name) for name in names])

    def do_open_folder(self) -> None:
        """Choose a folder to open."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Open a folder of articles"), self._folder())
        if name:
            self.open_folder(Path(name))

    def do_open_samples(self) -> None:
        """Open the sample articles."""
        try:
            self._choose(self._workspace.samples())
        except ReaderError as exc:
            self.failed.emit(exc)

    def open_folder(self, folder: Path) -> None:
        """Open a folder that was chosen elsewhere."""
        self._choose([folder])

    def _choose(self, paths: Sequence[Path]) -> None:
        self._settings.set("library/folder", str(paths[0].parent if paths[0].is_file() else paths[0]))
        self.chosen.emit(paths)

    def _folder(self) -> str:
        return self._settings.text("library/folder", str(Path.home()))
