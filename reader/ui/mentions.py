"""How often the people of the open article are mentioned in the whole library, looked up in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reader.library.presence import Presence, presences_in
from reader.ui.folder_desk import libraries_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reader.opened import OpenArticle
    from reader.text.errors import ReaderError
    from reader.ui.desk import Desk
    from reader.ui.entry_tab import EntryTab
    from reader.ui.jobs import Job, JobRunner

SOON = 200
"""Milliseconds after an edit until its people are looked up."""


class LibraryMentions(QObject):
    """Say in each row of the people tab where else the person is named, as far as the library is indexed."""

    def __init__(
        self, desk: Desk, jobs: JobRunner, roots: Callable[[], Sequence[Path]], tab: EntryTab, parent: QObject
    ) -> None:
        """`roots` are the files and folders that are open now."""
        super().__init__(parent)
        self._desk, self._jobs, self._roots, self._tab = desk, jobs, roots, tab
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._look)
        self._of: OpenArticle | None = None
        desk.text_ready.connect(self.look)
        desk.analysed.connect(self.look)
        tab.counted.connect(self.look)

    def look(self) -> None:
        """Look up the people again soon: they are others, or the index is."""
        if self._of is not self._desk.opened:
            self._of = self._desk.opened
            self._tab.set_notes({})
        self._soon.start()

    def _look(self) -> None:
        opened = self._desk.opened
        here = {entry.key: len(entry.places) for entry in self._tab.model.entries}
        if opened is None or not here:
            return
        path = opened.path
        libraries = [each for each in libraries_of(self._roots()) if path.is_relative_to(each[0])]
        if not libraries:
            return
        folder, files = libraries[0]

        def work(job: Job, report: Callable[[object], None]) -> dict[str, Presence]:
            return presences_in(folder, path, here, files=files is not None)

        def done(presences: dict[str, Presence]) -> None:
            if self._desk.opened is opened:
                self._tab.set_notes({name: self._words(here[name], each) for name, each in presences.items()})

        self._jobs.start(work, done=done, failed=self._failed, lane="mentions")

    def _words(self, here: int, presence: Presence) -> str:
        if presence.articles < 2:
            return self.tr("{here} here · in no other article").format(here=here)
        words = self.tr("{here} here · {n:,} in {articles:,} articles")
        return words.format(here=here, n=max(here, presence.mentions), articles=presence.articles)

    def _failed(self, _: ReaderError) -> None:
        """Say nothing: the window over the folder tells what is wrong with its index."""
