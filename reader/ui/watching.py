"""Notice that the open article or its notes were changed on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from reader.annotations.places import sidecar_path

if TYPE_CHECKING:
    from pathlib import Path

SETTLE = 250
"""Milliseconds of quiet after which a change is told: editors write a file in several steps."""


class DiskWatch(QObject):
    """Watch an article, its sidecar and their folder.

    The folder tells of files replaced, the files of those written in place; a file that is replaced is lost to the
    watch, so the files are watched anew after each change. What really changed is for hashes to say.

    Signals:
        changed: something happened, perhaps by ourselves.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._article: Path | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._stir)
        self._watcher.directoryChanged.connect(self._stir)
        self._quiet = QTimer(self, singleShot=True, interval=SETTLE)
        self._quiet.timeout.connect(self._tell)

    def watch(self, article: Path | None) -> None:
        """Watch another article, or none."""
        self._quiet.stop()
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        self._article = article
        self._watch_what_is_there()

    def _watch_what_is_there(self) -> None:
        if self._article is None:
            return
        watched = {*self._watcher.files(), *self._watcher.directories()}
        wanted = (self._article.parent, self._article, sidecar_path(self._article))
        missing = [str(path) for path in wanted if str(path) not in watched and path.exists()]
        if missing:
            self._watcher.addPaths(missing)

    def _stir(self) -> None:
        self._quiet.start()

    def _tell(self) -> None:
        self._watch_what_is_there()
        self.changed.emit()
