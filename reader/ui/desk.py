"""The desk: the one article in work, and the background jobs that read, analyse, translate and save it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.page import Summary, page_of
from reader.text.errors import ReaderError, SidecarError
from reader.translation.service import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.analysis.results import Analysis
    from reader.annotations.moved import MovedNotes
    from reader.opened import OpenArticle, Routes
    from reader.translation.service import Progress, Translation
    from reader.ui.jobs import Job, JobRunner
    from reader.workspace import Workspace

SAVE_AFTER = 700
"""Milliseconds from an edit to its save."""
PLAIN_AFTER = 250
"""Milliseconds after which a text is shown although its analysis still runs."""
REPORT_EVERY = 0.12
"""Seconds between two updates of the pane while translations arrive."""


@dataclass(frozen=True, slots=True)
class TranslationState:
    """What the status bar says of the translation. `words` is for the user; `running` offers to cancel."""

    words: str = ""
    running: bool = False


class Desk(QObject):
    """Own the open article on the main thread.

    Signals:
        text_ready: the `OpenArticle` is read, its analysis still runs.
        analysed: the `OpenArticle` has an analysis, routes and what the cache knew.
        translated: sentence index → `SentenceTranslation`, as they arrive.
        translation_state: a `TranslationState`.
        save_state: "saved", "saving", or "not saved: why".
        found_notes: `(copies, moved)`: notes elsewhere that seem to belong to the open article.
        edited: the notes or marks of the open article changed.
        failed: a `ReaderError` for the message bar.
    """

    text_ready = Signal(object)
    analysed = Signal(object)
    translated = Signal(object)
    translation_state = Signal(object)
    save_state = Signal(object)
    found_notes = Signal(object)
    edited = Signal()
    failed = Signal(object)

    def __init__(self, workspace: Workspace, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.jobs = jobs
        self.opened: OpenArticle | None = None
        self._opening: Job | None = None
        self._translating: Job | None = None
        self._visible: tuple[int, ...] = ()
        self._words = self._words_done = self._sentences_done = self._total = 0
        self._began = 0.0
        self._save = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._save.timeout.connect(self.save)
        self._plain = QTimer(self, singleShot=True, interval=PLAIN_AFTER)
        self._plain.timeout.connect(self._show_plain)
        self._read: OpenArticle | None = None

    # -- open ----------------------------------------------------------------------------------------------------

    def open(self, path: Path, encoding: str | None = None) -> None:
        """Open another article; the one in work is saved first."""
        self.put_away()
        workspace = self.workspace

        def work(job: Job, report: Callable[[object], None]) -> tuple[OpenArticle, Analysis, Routes]:
            opened = workspace.open(path, encoding)
            report(opened)
            analysis = workspace.analyse(opened)
            return opened, analysis, workspace.routes(page_of(opened.article, analysis))

        self._opening = self.jobs.start(
            work, done=self._analysed, failed=self._open_failed, progressed=self._text_read, lane="open"
        )

    def put_away(self) -> None:
        """Save and leave the article in work."""
        for job in (self._opening, self._translating):
            if job is not None:
                job.cancel()
        self._opening = self._translating = self._read = None
        self._plain.stop()
        self.save()
        self.opened = None
        self._visible = ()
        self.translation_state.emit(TranslationState())

    def _text_read(self, opened: OpenArticle) -> None:
        self._read = opened
        self._plain.start()

    def _show_plain(self) -> None:
        if self._read is not None:
            self.opened = self._read
            self.text_ready.emit(self.opened)

    def _analysed(self, found: tuple[OpenArticle, Analysis, Routes]) -> None:
        self._plain.stop()
        self._read = None
        self.opened, analysis, routes = found
        self.opened.set_analysis(analysis)
        self.opened.routes = routes
        self.workspace.take_cached(self.opened)
        self.analysed.emit(self.opened)
        self._report_saved()
        self._look_for_notes(self.opened)
        self.translate()

    def _look_for_notes(self, opened: OpenArticle) -> None:
        """Look, in the background, for copies of the notes and for notes of a moved article."""
        notes = opened.notes

        def work(job: Job, report: Callable[[object], None]) -> object:
            return notes.conflict_copies(), notes.moved_notes()

        def done(found: object) -> None:
            if self.opened is opened:
                self.found_notes.emit(found)

        self.jobs.start(work, done=done, lane="notes")

    def merge_copy(self, copy: Path) -> None:
        """Merge a synchronised folder's copy of the notes, after a yes."""
        self._change_notes(lambda opened: opened.notes.merge_copy(copy))

    def attach(self, notes: MovedNotes) -> None:
        """Take over the notes of a moved article, after a yes."""
        self._change_notes(lambda opened: opened.notes.attach(notes))

    def _change_notes(self, change: Callable[[OpenArticle], object]) -> None:
        if self.opened is None:
            return
        try:
            change(self.opened)
        except SidecarError as exc:
            self.failed.emit(exc)
            return
        self.touch()

    def look_again(self) -> None:
        """Take over what others did to the open article's notes or text while the window was in the background."""
        opened = self.opened
        if opened is None or self.jobs.busy:
            return
        if self.save() and opened.notes.refresh():
            self.edited.emit()
        if self.workspace.changed_on_disk(opened):
            self.open(opened.path)

    def _open_failed(self, error: ReaderError) -> None:
        self._plain.stop()
        if self._read is not None:  # the text is there, only the analysis failed
            self._show_plain()
            self.translation_state.emit(TranslationState())
        self.failed.emit(error)

    def reanalyse(self) -> None:
        """Analyse the open article again, after its language or its people were corrected."""
        opened = self.opened
        if opened is None:
            return
        self.cancel_translation()
        workspace = self.workspace

        def work(job: Job, report: Callable[[object], None]) -> tuple[OpenArticle, Analysis, Routes]:
            analysis = workspace.analyse(opened)
            return opened, analysis, workspace.routes(page_of(opened.article, analysis))

        self._opening = self.jobs.start(work, done=self._analysed, failed=self.failed.emit, lane="open")

    # -- translate -----------------------------------------------------------------------------------------------

    def see(self, sentences: tuple[int, ...]) -> None:
        """Say which sentences are on screen; they are translated next."""
        self._visible = sentences

    def translate(self) -> None:
        """Translate what is still missing, in the background."""
        opened = self.opened
        if opened is None or self._translating is not None:
            return
        waiting = [index for indices in opened.untranslated().values() for index in indices]
        if not waiting:
            return
        self._total, self._sentences_done, self._words_done = len(waiting), 0, 0
        self._began = perf_counter()

        def work(job: Job, report: Callable[[object], None]) -> None:
            arrived: dict[int, Translation] = {}
            reported = perf_counter()
            translations = self.workspace.translate(opened, lambda: self._visible, report)
            for index, translation in translations:
                if job.cancelled:
                    translations.close()  # type: ignore[attr-defined]  # it is a generator
                    return
                arrived[index] = translation
                if perf_counter() - reported > REPORT_EVERY:
                    report(arrived)
                    arrived, reported = {}, perf_counter()
            report(arrived)

        self._translating = self.jobs.start(
            work,
            done=self._translation_done,
            failed=self._translation_failed,
            progressed=self._translation_progressed,
            lane="translation",
        )
        self.translation_state.emit(TranslationState(self.tr("Starting the translation"), running=True))

    def cancel_translation(self) -> None:
        """Stop translating; what has arrived stays."""
        if self._translating is not None:
            self._translating.cancel()
            self._translating = None
            self.translation_state.emit(TranslationState(self.tr("Translation stopped")))

    def _translation_progressed(self, news: Progress | dict[int, Translation]) -> None:
        if self.opened is None:
            return
        if not isinstance(news, dict):
            if news.stage is Stage.LOADING:
                self.translation_state.emit(TranslationState(self.tr("Loading the language package"), running=True))
            return
        if not news:
            return
        self.translated.emit(self.opened.keep(news))
        self._sentences_done += len(news)
        self._words_done += sum(len(self._source(index).split()) for index in news)
        rate = round(self._words_done / max(0.05, perf_counter() - self._began))
        words = self.tr("sentence {done} of {total} · {rate} words/s")
        words = words.format(done=self._sentences_done, total=self._total, rate=rate)
        self.translation_state.emit(TranslationState(words, running=True))

    def _source(self, index: int) -> str:
        assert self.opened is not None
        return self.opened.page.sentences[index].span.of(self.opened.article.text)

    def _translation_done(self, _: object) -> None:
        self._translating = None
        self.translation_state.emit(TranslationState())
        self.edited.emit()

    def _translation_failed(self, error: ReaderError) -> None:
        self._translating = None
        self.translation_state.emit(TranslationState(self.tr("Translation failed")))
        self.failed.emit(error)

    # -- save ----------------------------------------------------------------------------------------------------

    def touch(self) -> None:
        """Tell that the notes were edited: the marks are drawn anew and the notes saved soon."""
        self._report_saved()
        if not self._save.isActive():  # or somebody who types without a pause would never be saved
            self._save.start()
        self.edited.emit()

    def save(self) -> bool:
        """Save the notes now; say whether nothing is left unsaved."""
        self._save.stop()
        if self.opened is None or not self.opened.notes.dirty:
            return True
        self.save_state.emit("saving")
        try:
            self.opened.notes.save()
        except SidecarError as exc:
            self.save_state.emit(f"not saved: {exc}")
            self.failed.emit(exc)
            return False
        self._report_saved()
        return True

    def _report_saved(self) -> None:
        if self.opened is not None:
            self.save_state.emit("saving" if self.opened.notes.dirty else "saved")


class Summariser(QObject):
    """Analyse the articles of the library one after the other, and stand back for the one that is opened.

    Signals:
        summarised: a `Summary` is ready.
    """

    summarised = Signal(object)

    def __init__(self, workspace: Workspace, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = jobs
        self._waiting: deque[Path] = deque()
        self._job: Job | None = None

    def add(self, paths: list[Path]) -> None:
        """Queue articles."""
        self._waiting.extend(paths)
        self._next()

    def stop(self) -> None:
        """Forget what is queued."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _next(self) -> None:
        if self._job is not None or not self._waiting:
            return
        path = self._waiting.popleft()

        def work(job: Job, report: Callable[[object], None]) -> Summary:
            return self._workspace.summarise(path)

        self._job = self._jobs.start(work, done=self._done, failed=self._failed, lane="summaries")

    def _done(self, summary: Summary) -> None:
        self._job = None
        self.summarised.emit(summary)
        self._next()

    def _failed(self, _: ReaderError) -> None:
        self._job = None
        self._next()
