"""The library behind its list: folders are scanned and watched in the background, read articles remembered."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtGui import QAction

from reader.articles.reading import shown_name
from reader.library.catalogue import Scan, scan
from reader.library.folders import Changes, WatchedFolders
from reader.library.read_marks import ReadMarks
from reader.library.summaries import Kept
from reader.page import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtWidgets import QMenu

    from reader.library.listing import ListedArticle
    from reader.ui.jobs import Job, JobRunner
    from reader.ui.library_panel import LibraryPanel
    from reader.ui.settings import Settings

SLICE = 5_000
"""Articles put into the list before the window answers again."""
QUIET = 400
"""Milliseconds after a change in a folder until it is looked at: a copy of many files is looked at a few times."""
MOST_RECENT = 8
MOST_NAMED = 3
"""Vanished files that a message names."""


class LibraryDesk(QObject):
    """Put files and folders into the list and keep it true to the disk.

    Signals:
        filled: a `Scan` is in the list.
        summaries_wanted: paths whose summary is to be made, or made anew.
        said: `(words, level)` for the message bar.
        recents_changed: another folder was opened.
        folder_wanted: a recent folder is to be opened.
        open_one_gone: the file of the open article is no longer there.
    """

    filled = Signal(object)
    summaries_wanted = Signal(object)
    said = Signal(str, str)
    recents_changed = Signal()
    folder_wanted = Signal(object)
    open_one_gone = Signal()

    def __init__(
        self, jobs: JobRunner, panel: LibraryPanel, settings: Settings, target: Callable[[], str], parent: QObject
    ) -> None:
        """`target` is the language in which titles are shown beside their own."""
        super().__init__(parent)
        self._jobs, self._panel, self._settings, self._target = jobs, panel, settings, target
        self._marks = ReadMarks()
        self._watched = WatchedFolders()
        self._roots: dict[Path, None] = {}
        self._generation = 0
        self._looking = False
        self._stirred: set[Path] = set()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._stir)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET)
        self._quiet.timeout.connect(self._look)
        panel.unread_chosen.connect(self._set_unread)
        panel.removal_wanted.connect(self._remove)

    # -- fill ----------------------------------------------------------------------------------------------------

    @property
    def roots(self) -> tuple[Path, ...]:
        """The files and folders that were opened, as they were named."""
        return tuple(self._roots)

    def add(self, paths: Iterable[Path], then: Callable[[Scan], Path | None] | None = None) -> None:
        """Scan files and folders and put their articles into the list, with what the index of a folder knows of them.

        `then` is called once all are there; summaries are wanted of all but the article it returns, and those that the
        index has.
        """
        target = self._target()
        paths, generation = tuple(Path(os.path.abspath(path)) for path in paths), self._generation
        prepare, marks = self._panel.model.prepare, self._marks

        def work(job: Job, report: Callable[[object], None]) -> tuple[Scan, list[ListedArticle], list[Kept]]:
            found, read = scan(paths), marks.all_read()
            kept = [Kept(folder, target) for folder in set(paths).intersection(found.folders)]
            listed = []
            for path in found.articles:
                known = next((known for each in kept if (known := each.summary(path))), None)
                summary, words = known or (Summary(path, shown_name(path)), None)
                listed.append(prepare(summary, unread=str(path) not in read, words=words))
            return found, listed, kept

        def done(result: tuple[Scan, list[ListedArticle], list[Kept]]) -> None:
            if generation == self._generation:
                found, listed, kept = result
                wrong = {problem.path for problem in found.problems}
                self._roots.update(dict.fromkeys(path for path in paths if path not in wrong))
                for folder in set(paths).intersection(found.folders):
                    self._remember(folder)
                new = [article for article in listed if article.summary.path not in self._panel.model]
                self._add_slice(found, new, 0, partial(self._filled, found, new, kept, then))

        self._jobs.start(work, done=done, lane="folders")

    def _add_slice(self, found: Scan, new: Sequence[ListedArticle], start: int, then: Callable[[], None]) -> None:
        if start < len(new):
            self._panel.model.add(new[start : start + SLICE])
        if start + SLICE < len(new):
            generation = self._generation

            def go_on() -> None:
                if generation == self._generation:
                    self._add_slice(found, new, start + SLICE, then)

            QTimer.singleShot(0, self, go_on)
            return
        then()

    def _filled(
        self,
        found: Scan,
        new: Sequence[ListedArticle],
        kept: Sequence[Kept],
        then: Callable[[Scan], Path | None] | None,
    ) -> None:
        """Watch the folders from now on, and ask for the summaries that the index doesn't have as the files are now."""
        self.filled.emit(found)
        opened = then(found) if then is not None else None
        paths = [article.summary.path for article in new if article.summary.path != opened]
        watched, generation = self._watched, self._generation

        def work(job: Job, report: Callable[[object], None]) -> list[Path]:
            watched.add(found.folders, found.articles)
            return [path for path in paths if not any(each.holds(path, watched.stamp(path)) for each in kept)]

        def done(unknown: list[Path]) -> None:
            if generation == self._generation:
                self._watch()
                self.summaries_wanted.emit(unknown)

        self._jobs.start(work, done=done, lane="folders")
        for problem in found.problems:
            self.said.emit(problem.message, "warning")

    def clear(self) -> None:
        """Empty the list; what is being scanned is dropped."""
        self._generation += 1
        self._roots.clear()
        self._stirred.clear()
        self._quiet.stop()
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._watched = WatchedFolders()
        self._panel.model.clear()

    # -- watch ---------------------------------------------------------------------------------------------------

    def look_again(self) -> None:
        """Look into all folders: files written in place, and folders too many to be watched, tell nothing."""
        self._stirred.update(self._watched.folders)
        if self._stirred:
            self._quiet.start()

    def _watch(self) -> None:
        known = set(self._watcher.directories())
        missing = [name for name in map(str, self._watched.folders) if name not in known]
        if missing:
            self._watcher.addPaths(missing)

    def _stir(self, folder: str) -> None:
        self._stirred.add(Path(folder))
        self._quiet.start()

    def _look(self) -> None:
        if self._looking or not self._stirred:
            return  # looked at again when the look under way ends
        stirred, self._stirred = self._stirred, set()
        self._looking = True
        watched, generation = self._watched, self._generation
        prepare = self._panel.model.prepare

        def work(job: Job, report: Callable[[object], None]) -> tuple[Changes, list[ListedArticle]]:
            changes = watched.look(stirred)
            return changes, [prepare(Summary(path, shown_name(path))) for path in changes.new]

        def done(result: tuple[Changes, list[ListedArticle]]) -> None:
            self._looking = False
            if generation == self._generation:
                self._take(*result)
            self._look()

        self._jobs.start(work, done=done, lane="folders")

    def _take(self, changes: Changes, new: Sequence[ListedArticle]) -> None:
        """Show what happened in the folders."""
        self._watch()
        if not changes:
            return
        model = self._panel.model
        if new:
            model.add(new)
        for path in changes.gone:
            model.set_missing(path, True)
        for path in (*changes.back, *changes.changed):
            model.set_missing(path, False)
        for path in changes.changed:
            self._set_unread((path, path != self._panel.view.open_article))
        self.summaries_wanted.emit([*changes.new, *changes.changed])
        if self._panel.view.open_article in changes.gone:
            self.open_one_gone.emit()
        gone = [path for path in changes.gone if path != self._panel.view.open_article]
        if gone:
            names = ", ".join(map(shown_name, gone[:MOST_NAMED])) + (", …" if len(gone) > MOST_NAMED else "")
            words = self.tr("No longer there: {names}. The notes stay where they are.")
            self.said.emit(words.format(names=names), "warning")

    # -- read and removed ----------------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """Remember that an article was read."""
        self._set_unread((path, False))

    def _set_unread(self, marked: tuple[Path, bool]) -> None:
        path, unread = marked
        self._marks.set_read(path, not unread)
        self._panel.model.set_unread(path, unread)
        if self._marks.warning:
            self.said.emit(self._marks.warning, "warning")
            self._marks.warning = None

    def _remove(self, path: Path) -> None:
        self._panel.model.remove([path])
        watched = self._watched

        def work(job: Job, report: Callable[[object], None]) -> None:
            watched.forget(path)

        self._jobs.start(work, lane="folders")
        self._roots.pop(path, None)

    # -- recent folders ------------------------------------------------------------------------------------------

    def _remember(self, folder: Path) -> None:
        """Put a folder at the head of the recent ones."""
        others = [path for path in self._settings.paths("library/recent") if path != folder]
        self._settings.set("library/recent", [str(path) for path in (folder, *others)[:MOST_RECENT]])
        self.recents_changed.emit()

    def recents(self) -> list[Path]:
        """Return the recent folders, the last one first."""
        return self._settings.paths("library/recent")

    def recent_actions(self, words: str = "{folder}", most: int = MOST_RECENT) -> list[QAction]:
        """Return an action for each recent folder, called by `words`."""
        actions = []
        for folder in self.recents()[:most]:
            action = QAction(words.format(folder=shown_name(folder) or str(folder)), self)
            action.setToolTip(str(folder))
            action.setData(folder)
            action.triggered.connect(self._open_recent)
            actions.append(action)
        return actions

    def fill_menu(self, menu: QMenu) -> None:
        """Put the recent folders into a menu, with a way to forget them."""
        menu.clear()
        menu.setToolTipsVisible(True)
        menu.addActions(self.recent_actions())
        menu.setEnabled(not menu.isEmpty())
        if menu.isEnabled():
            menu.addSeparator()
            menu.addAction(self.tr("Forget These")).triggered.connect(self._forget_recents)

    def _open_recent(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.folder_wanted.emit(action.data())

    def _forget_recents(self) -> None:
        self._settings.set("library/recent", [])
        self.recents_changed.emit()
