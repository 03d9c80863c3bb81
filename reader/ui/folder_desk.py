"""The index behind the window over the whole folder: opened when first asked for, kept up to date in the background."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from reader.library.control import Control
from reader.text.errors import IndexDamaged
from reader.ui.quiet_index import QuietIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reader.library.building import Built, Progress
    from reader.library.index import Index
    from reader.text.errors import ReaderError
    from reader.ui.folder_window import FolderWindow
    from reader.ui.jobs import Job, JobRunner
    from reader.ui.theme import Theme

    Asked = tuple[str, Callable[[Index, Job], Any], Callable[[Any], None], Callable[[ReaderError], None]]

MOST_NAMED = 12
"""Problems that the list of them spells out."""
QUIET = 3_000
"""Milliseconds in which nothing else is done before the index is brought up to date unasked."""


class FolderDesk(QObject):
    """Own the index of the opened folder; carry out what the tabs want done with it.

    Signals:
        place_wanted: `(path, span)` to be opened.
        said: `(words, level)` for the message bar.
        people_edited: names mean other people now; an open article is to be looked through again.
        window_made: the window over the whole folder, before it is first shown.
        indexed: the index is as the folder is now.
    """

    place_wanted = Signal(object)
    said = Signal(str, str)
    people_edited = Signal()
    window_made = Signal(object)
    indexed = Signal()

    def __init__(self, jobs: JobRunner, roots: Callable[[], Sequence[Path]], theme: Theme, parent: QWidget) -> None:
        """`roots` are the files and folders that are open now."""
        super().__init__(parent)
        self._jobs, self._roots, self._theme, self._parent = jobs, roots, theme, parent
        self._window: FolderWindow | None = None
        self._libraries: list[tuple[Path, tuple[Path, ...] | None]] | None = None
        self._index: Index | None = None
        self._opening: _Opening | None = None
        self._left: set[Index] = set()
        """Those of other folders, which are being closed."""
        self._current = 0
        self._control: Control | None = None
        self._again = False
        self._built: Built | None = None
        self._asked: dict[str, Job] = {}
        """What is being done, by what it is for."""
        self._quiet = QuietIndex(jobs, self)
        self._quiet.indexed.connect(self.indexed)
        self._quiet.said.connect(self._say)
        self._soon = QTimer(self, singleShot=True, interval=QUIET)
        self._soon.timeout.connect(self._keep_up)

    # -- commands ------------------------------------------------------------------------------------------------

    def do_search_library(self) -> None:
        """Search in all articles."""
        window = self._shown()
        window.show_tab(window.search, window.search.query)
        window.search.query.selectAll()

    def do_people_register(self) -> None:
        """Show the people of all articles."""
        window = self._shown()
        window.show_tab(window.people, window.people.filter)

    def do_quote_ledger(self) -> None:
        """Show the quotes of all articles."""
        window = self._shown()
        window.show_tab(window.quotes, window.quotes.filter)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._theme = theme
        if self._window is not None:
            self._window.set_theme(theme)

    def keep_up(self) -> None:
        """Bring the index up to date when there is time: what is open changed."""
        self._soon.start()

    def _keep_up(self) -> None:
        if self._jobs.busy:
            self._soon.start()
        elif self._index is not None:
            self._build()
        elif libraries := libraries_of(self._roots()):
            self._quiet.begin(libraries)

    def close(self) -> None:
        """Stop the index where it is; the next start goes on from there."""
        self._soon.stop()
        self._quiet.stop()
        if self._control is not None:
            self._control.stop()
        if self._opening is not None:
            self._opening.give_up()
        index, self._index = self._index, None
        for each in (*self._left, *((index,) if index else ())):
            each.close()
        if self._window is not None:
            self._window.close()

    def let_go(self) -> None:
        """Close the index, so that its file can be removed; the next look opens it anew."""
        self.close()
        self._libraries = None

    # -- the window ----------------------------------------------------------------------------------------------

    def _shown(self) -> FolderWindow:
        """Return the window over what is open now, its index being brought up to date."""
        if self._window is None:
            from reader.ui.folder_window import FolderWindow  # first here: the start needs nothing of all that

            self._window = window = FolderWindow(self._theme, self._parent)
            for tab in (window.search, window.people, window.quotes):
                tab.place_chosen.connect(self.place_wanted)
                tab.work_wanted.connect(self._work)
            window.people.edited.connect(self._people_edited)
            window.folder_chosen.connect(self._choose)
            window.pause_wanted.connect(self._pause)
            window.problems_wanted.connect(self._show_problems)
            window.woken.connect(self._follow)
            self.window_made.emit(window)
        self._follow()
        return self._window

    def _follow(self) -> None:
        """Bring the index up to date, that of what is open now; the folder looked into stays where it is still open."""
        assert self._window is not None
        before, libraries = self._libraries, libraries_of(self._roots())
        if libraries == before:
            self._build()
            return
        kept = before[self._current] if before and self._current < len(before) else None
        number = libraries.index(kept) if kept in libraries else 0
        self._libraries = libraries
        self._window.show_folders([folder for folder, _ in libraries], number)
        if kept in libraries:
            self._current = number
            self._build()
        else:
            self._choose(number)

    def _choose(self, number: int) -> None:
        """Look into another folder."""
        if self._control is not None:
            self._control.stop()
        if self._opening is not None:
            self._opening.give_up()
        old, self._index = self._index, None
        if old is not None:
            self._left.add(old)  # closed behind what is still asked of it
            self._jobs.start(lambda job, report: old.close(), done=lambda _: self._left.discard(old), lane="library")
        assert self._window is not None
        self._window.show_problems(0)
        libraries = self._libraries or []
        if number >= len(libraries):
            self._window.people.set_register(None)
            self._window.quotes.set_ledger(None)
            self._window.show_progress(self.tr("Open a folder or files to search in them."), running=False)
            return
        self._current = number
        folder, files = libraries[number]
        opening = self._opening = _Opening()

        def work(job: Job, report: Callable[[object], None]) -> None:
            opening.open(folder, files=files is not None)

        def done(_: object) -> None:
            index = opening.take()
            if index is not None:
                self._opened(index)

        self._jobs.start(work, done=done, failed=self._failed, lane="library")

    def _opened(self, index: Index) -> None:
        window = self._window
        assert window is not None
        self._index = index
        if index.warning:
            self._say(index.warning, "warning")
        from reader.library.deciding import Register
        from reader.library.ledger import Ledger

        register, ledger = Register(index), Ledger(index)
        for problem in (register.problem, ledger.problem):
            if problem:
                self._say(problem, "warning")
        for tab in (window.search, window.people, window.quotes):
            tab.folder = index.folder
        window.show_progress(self.tr("Looking for articles"), running=True)
        window.people.set_register(register)
        window.quotes.set_ledger(ledger)
        window.search.look()
        self._build()

    def _work(self, asked: Asked) -> None:
        """Call a function with the index, in the background; one after the other, those that are stale not at all."""
        from reader.ui.folder_tab import LONG

        key, work, done, failed = asked
        index = self._index
        if key and (stale := self._asked.pop(key, None)) is not None:
            stale.cancel()
        if index is None:
            return

        def run(job: Job, report: Callable[[object], None]) -> object:
            return work(index, job)

        def deliver(result: object) -> None:
            if index is self._index:
                done(result)

        def fail(error: ReaderError) -> None:
            if index is self._index:
                failed(error)
                if isinstance(error, IndexDamaged):
                    self._build()

        lane = "library, long" if key in LONG else "library"
        self._asked[key] = self._jobs.start(run, done=deliver, failed=fail, lane=lane)

    def _people_edited(self) -> None:
        self.people_edited.emit()
        self._build()

    # -- the index -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        """Bring the index up to date; where that goes on already, once more after it."""
        index = self._index
        if index is None:
            return
        if self._control is not None and not self._control.stopped:
            self._again = True
            return
        self._quiet.stop()
        control = self._control = Control()
        assert self._libraries
        _, files = self._libraries[self._current]

        def work(job: Job, report: Callable[[object], None]) -> Built:
            from reader.library.building import build  # with the analysis, which the window must not wait for

            return build(index, files, report=report, control=control)

        def done(built: Built) -> None:
            self._ended(control, built)

        def failed(error: ReaderError) -> None:
            if not control.stopped:  # else its index was closed: another folder is looked into
                self._ended(control, None)
                self._say(str(error), "warning")

        self._jobs.start(work, done=done, failed=failed, progressed=self._progressed, lane="index")

    def _progressed(self, news: Progress) -> None:
        window, control = self._window, self._control
        if window is None or control is None or control.stopped:
            return
        stages = {
            "reading": self.tr("Reading {done:,} of {total:,}"),
            "analysing": self.tr("Looking for people and quotes: {done:,} of {total:,}"),
            "linking": self.tr("Telling people apart: {done:,} of {total:,}"),
        }
        words = stages[news.stage].format(done=news.done, total=news.total)
        window.show_progress(words, running=True, paused=control.paused)

    def _ended(self, control: Control, built: Built | None) -> None:
        if control is not self._control:
            return
        self._control = None
        window, index = self._window, self._index
        if window is None or index is None:
            return
        counts, unfinished = index.counts(), bool(window.unfinished)
        n = counts.articles - counts.unread
        words = self.tr("1 article indexed") if n == 1 else self.tr("{n:,} articles indexed").format(n=n)
        window.show_progress(words, running=False)
        if built is None:
            window.show_unfinished(self.tr("This folder could not be indexed in full."))
        else:
            changed = self._built is None or built.read or built.analysed or built.removed
            self._built = built
            self.indexed.emit()
            window.show_problems(len(built.problems))
            if changed or unfinished:
                if window.search.query.text():  # first: it is quick, and they are done one after the other
                    window.search.look()
                window.people.look()
                window.quotes.look()
        if self._again:
            self._again = False
            self._build()

    def _pause(self) -> None:
        control, window = self._control, self._window
        if control is None or window is None:
            return
        if control.paused:
            control.resume()
        else:
            control.pause()
        window.show_progress(window.progress.text(), running=True, paused=control.paused)

    def _show_problems(self) -> None:
        if self._built is None:
            return
        problems = self._built.problems
        lines = [problem.message for problem in problems[:MOST_NAMED]]
        if len(problems) > MOST_NAMED:
            lines.append(self.tr("… and {n} more").format(n=len(problems) - MOST_NAMED))
        QMessageBox.information(self._window or self._parent, self.tr("Not indexed in full"), "\n\n".join(lines))

    def _say(self, words: str, level: str) -> None:
        """Say something where it is seen."""
        if self._window is not None and self._window.isVisible():
            self._window.messages.say(words, level)
        else:
            self.said.emit(words, level)

    def _failed(self, error: ReaderError) -> None:
        self._say(str(error), "error")


class _Opening:
    """An index on its way from the thread that opens it: closed where it is no longer wanted when it arrives."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._given_up = False

    def open(self, folder: Path, *, files: bool) -> None:
        """Open the index of a folder. Called in the background."""
        from reader.library.index import Index

        index = Index(folder, files=files)
        with self._lock:
            if not self._given_up:
                self._index = index
                return
        index.close()

    def take(self) -> Index | None:
        """Return the index, which is the caller's from now on; None after it was given up."""
        index, self._index = self._index, None
        return index

    def give_up(self) -> None:
        """Close the index, now or as soon as it is open."""
        with self._lock:
            self._given_up = True
            index = self.take()
        if index is not None:
            index.close()


def libraries_of(roots: Sequence[Path]) -> list[tuple[Path, tuple[Path, ...] | None]]:
    """Return the folders to look into: those that were opened, and those of single files, with these files alone."""
    folders = [path for path in roots if path.is_dir()]
    outer = [path for path in folders if not any(path != other and path.is_relative_to(other) for other in folders)]
    files: dict[Path, list[Path]] = {}
    for path in roots:
        if path not in folders and not any(path.is_relative_to(folder) for folder in outer):
            files.setdefault(path.parent, []).append(path)
    return [*((folder, None) for folder in outer), *((folder, tuple(each)) for folder, each in files.items())]
