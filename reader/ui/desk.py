"""The desk: the one article in work, and the background jobs that read, analyse, translate and save it."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.analysis.process import LONG
from reader.annotations.annotation import MANUAL
from reader.articles.reading import shown_name
from reader.opened import Findings
from reader.text.errors import ReaderError, SidecarError
from reader.translation.service import Stage
from reader.ui.saver import Saver
from reader.ui.watching import DiskWatch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from reader.annotations.annotation import Notes
    from reader.annotations.moved import MovedNotes
    from reader.articles.article import Article
    from reader.opened import OpenArticle, Routes
    from reader.translation.service import Progress, Translation
    from reader.ui.jobs import Job, JobRunner
    from reader.workspace import Workspace

    Found: TypeAlias = tuple[OpenArticle, Article, Findings, Routes]

PLAIN_AFTER = 250
"""Milliseconds after which a text is shown although its analysis still runs; a long one, whose analysis takes
seconds, is shown at once."""
AT_ONCE = 1_000
"""Sentences of an article whose translations are looked up in the cache before it is shown; those of a longer one
arrive from the background."""
REPORT_EVERY = 0.12
"""Seconds between two updates of the pane while translations arrive."""
MOST_AT_ONCE, PAUSE = 400, 0.03
"""Translations of one update at most, and the seconds that the window gets for so many."""


@dataclass(frozen=True, slots=True)
class TranslationState:
    """What the status bar says of the translation. `words` is for the user; `running` offers to cancel."""

    words: str = ""
    running: bool = False


class Desk(QObject):
    """Own the open article on the main thread.

    Signals:
        text_ready: the `OpenArticle` is read, its analysis still runs.
        changing: the page is about to be another one: what is being typed on it belongs to it.
        analysed: the `OpenArticle` has an analysis, routes and what the cache knew.
        translated: sentence index → `SentenceTranslation`, as they arrive.
        translation_state: a `TranslationState`.
        found_notes: `(copies, moved)`: notes elsewhere that seem to belong to the open article.
        edited: the notes or marks of the open article changed.
        read_again: the file was read again; the payload are the annotations that lost their place by that.
        said: words for the message bar.
        failed: a `ReaderError` for the message bar.
    """

    text_ready = Signal(object)
    changing = Signal()
    analysed = Signal(object)
    translated = Signal(object)
    translation_state = Signal(object)
    found_notes = Signal(object)
    edited = Signal()
    read_again = Signal(object)
    said = Signal(object)
    failed = Signal(object)

    def __init__(self, workspace: Workspace, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.jobs = jobs
        self.opened: OpenArticle | None = None
        self._opening: Job | None = None
        self._translating: Job | None = None
        self._visible: tuple[int, ...] = ()
        self._words_done = self._sentences_done = self._total = 0
        self._began = 0.0
        self.saver = Saver(jobs, self)
        self.saver.merged.connect(self._merged)
        self.saver.ended.connect(self.look_again)
        self._watch = DiskWatch(self)
        self._watch.changed.connect(self.look_again)
        self._plain = QTimer(self, singleShot=True, interval=PLAIN_AFTER)
        self._plain.timeout.connect(self._show_plain)
        self._read: OpenArticle | None = None
        self._to_read: tuple[str | None] | None = None

    # -- open ----------------------------------------------------------------------------------------------------

    def open(self, path: Path, encoding: str | None = None) -> None:
        """Open another article; the one in work is put away."""
        self.put_away()
        workspace = self.workspace

        def work(job: Job, report: Callable[[object], None]) -> Found:
            opened = workspace.open(path, encoding)
            opened.marks()  # thousands of stored notes find their places here, not in the window
            report(opened)
            return self._look_through(opened, opened.article)

        self._opening = self.jobs.start(
            work, done=self._analysed, failed=self._open_failed, progressed=self._text_read, lane="open"
        )

    def _look_through(self, opened: OpenArticle, article: Article) -> Found:
        """Analyse an article and find its packages, in the background."""
        findings = Findings.of(article, self.workspace.analyse(opened, article))
        return opened, article, findings, self.workspace.routes(findings.page, opened.target)

    def put_away(self) -> None:
        """Save and leave the article in work."""
        self.saver.save()
        self.saver.take(None)
        for job in (self._opening, self._translating):
            if job is not None:
                job.cancel()
        self._opening = self._translating = self._read = self._to_read = None
        self._plain.stop()
        self._watch.watch(None)
        self.opened = None
        self._visible = ()
        self.translation_state.emit(TranslationState())

    def _text_read(self, opened: OpenArticle) -> None:
        self._read = opened
        if len(opened.article.text) > LONG:
            self._show_plain()
        else:
            self._plain.start()

    def _show_plain(self) -> None:
        if self._read is not None:
            self._take(self._read)
            self.text_ready.emit(self.opened)

    def _take(self, opened: OpenArticle) -> None:
        """Have an article in work."""
        if self.opened is not opened:
            self.opened = opened
            self.saver.take(opened.notes)
            self._watch.watch(opened.path)

    def _analysed(self, found: Found) -> None:
        opened, article, findings, routes = found
        self.changing.emit()
        self._plain.stop()
        self._opening = self._read = self._to_read = None
        fresh = self.opened is not opened or opened.analysis is None
        self._take(opened)
        if article is opened.article:
            opened.set_analysis(findings.analysis, findings)
            self._show_analysed(opened, routes)
        else:
            self.saver.settle()  # what it saves belongs to the article as it was
            placed = {each.id for each, where in opened.notes.placed if where.span is not None}
            opened.set_article(article, findings.analysis, findings)
            self._show_analysed(opened, routes)
            self.read_again.emit([each for each, _ in opened.unplaced() if each.id in placed])
        if fresh:
            self._look_for_notes(opened)
        if len(article.text) > LONG:
            QTimer.singleShot(0, self, self._go_on)  # the window answers in between
        else:
            self._go_on()

    def _go_on(self) -> None:
        self.translate()
        self.look_again()  # what changed while the article was looked through

    def _show_analysed(self, opened: OpenArticle, routes: Routes) -> None:
        opened.routes = routes
        if len(opened.page.sentences) <= AT_ONCE:
            self.workspace.take_cached(opened)
        self.analysed.emit(opened)
        self.saver.report()

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
        self._change_notes(lambda opened: opened.notes.merge_copy(copy), settle=True)

    def attach(self, notes: MovedNotes) -> None:
        """Take over the notes of a moved article, after a yes, and the encoding that was chosen for it."""
        if self._change_notes(lambda opened: opened.notes.attach(notes), settle=True) and notes.encoding:
            self.read_in(notes.encoding)

    def _change_notes(self, change: Callable[[OpenArticle], object], *, settle: bool = False) -> bool:
        opened = self.opened
        if opened is None:
            return False
        before = opened.notes.notes
        if settle:
            self.saver.settle()
        try:
            change(opened)
        except SidecarError as exc:
            self.failed.emit(exc)
            return False
        self.touch()
        self._follow(before)
        return True

    def set_target(self, code: str) -> None:
        """Show the open article in another language, "" for that of all articles."""
        self._change_notes(lambda opened: opened.notes.set_target(code))

    def correct(self, index: int, words: str) -> bool:
        """Put a person's words in place of a sentence's translation, or with none let the machine's stand again."""

        def change(opened: OpenArticle) -> None:
            span = opened.page.sentences[index].span
            if words:
                opened.notes.correct(span, words, opened.target)
            else:
                opened.notes.remove_correction(span, opened.target)

        return self._change_notes(change)

    def target_changed(self) -> None:
        """Show the open article in the language of all articles where it has none of its own."""
        if self.opened is not None:
            self._follow(self.opened.notes.notes)

    def undo(self) -> bool:
        """Take the last edit back; say whether that could be done."""
        return self._change_notes(lambda opened: opened.notes.undo())

    def redo(self) -> bool:
        """Make the edit again that was taken back; say whether that could be done."""
        return self._change_notes(lambda opened: opened.notes.redo())

    def _follow(self, before: Notes) -> None:
        """Do what a change of the notes asks for beyond drawing the marks anew."""
        opened = self.opened
        if opened is None:
            return
        now = opened.notes.notes
        chosen = [each.language for each in (now.article, before.article)]
        spoken = [each.value if each and each.how == MANUAL else None for each in chosen]
        if now.corrections != before.corrections and opened.analysis is not None:
            self.translated.emit(dict(enumerate(opened.shown())))
        target = now.shown_in or self.workspace.target
        if target != opened.target:
            opened.set_target(target)
            self.reanalyse()
        elif now.people != before.people or spoken[0] != spoken[1]:
            self.reanalyse()
        else:
            self.translate()

    # -- the disk ------------------------------------------------------------------------------------------------

    def look_again(self) -> None:
        """Take over what others did to the open article's notes or text."""
        opened = self.opened
        if opened is None or self._opening is not None:  # what is being read now is looked at again at its end
            return
        if not opened.notes.gone and self.saver.begin():  # and looks again at its end
            return
        gone = opened.notes.gone
        if self.saver.save():
            if gone:
                words = self.tr("{name} was gone; it is saved again, with all notes that are shown here.")
                self.said.emit(words.format(name=shown_name(opened.notes.path)))
            before = opened.notes.notes
            if opened.notes.refresh():
                self._merged(before)
        if not opened.path.exists():
            words = self.tr(
                "{name} is no longer there: it was moved, renamed or deleted. Its text and notes stay here."
            )
            self.said.emit(words.format(name=shown_name(opened.path)))
        elif self.workspace.changed_on_disk(opened):
            self.read_in(None)

    def read_in(self, encoding: str | None) -> None:
        """Read the open article again: in another encoding, detected anew for "", or as before for None."""
        self._to_read = (encoding,)
        self.reanalyse()

    def _merged(self, before: Notes) -> None:
        """Show what another reader had saved."""
        self.edited.emit()
        self._follow(before)
        self.said.emit(self.tr("These notes were changed by another reader too; they are shown as they are now."))

    def _open_failed(self, error: ReaderError) -> None:
        self._plain.stop()
        self._opening = self._to_read = None
        if self._read is not None:  # the text is there, only the analysis failed
            self._show_plain()
            self.translation_state.emit(TranslationState())
        self.failed.emit(error)

    def reanalyse(self) -> None:
        """Analyse the open article again: its language or people were corrected, or it is to be read again."""
        opened = self.opened
        if opened is None:
            return
        self.cancel_translation()
        if self._opening is not None:
            self._opening.cancel()
        to_read = self._to_read

        def work(job: Job, report: Callable[[object], None]) -> Found:
            article = self.workspace.read_again(opened, to_read[0]) if to_read else opened.article
            return self._look_through(opened, article)

        self._opening = self.jobs.start(work, done=self._analysed, failed=self._open_failed, lane="open")

    # -- translate -----------------------------------------------------------------------------------------------

    def see(self, sentences: tuple[int, ...]) -> None:
        """Say which sentences are on screen; they are translated next."""
        self._visible = sentences

    def translate(self) -> None:
        """Translate what is still missing, in the background."""
        opened = self.opened
        if opened is None or self._translating is not None:
            return
        waiting, findings, routes = opened.untranslated(), opened.findings, opened.routes
        if not waiting or findings is None:
            return
        self._total, self._sentences_done, self._words_done = sum(map(len, waiting.values())), 0, 0
        self._began = perf_counter()

        def work(job: Job, report: Callable[[object], None]) -> None:
            plan = self.workspace.requests(findings, routes, waiting)
            arrived: dict[int, Translation] = {}
            reported = 0.0  # the first sentence is shown at once
            translations = self.workspace.carry_out(plan, lambda: self._visible, report)
            for index, translation in translations:
                if job.cancelled:
                    translations.close()  # type: ignore[attr-defined]  # it is a generator
                    return
                arrived[index] = translation
                if perf_counter() - reported > REPORT_EVERY or len(arrived) == MOST_AT_ONCE:
                    report(arrived)
                    if len(arrived) == MOST_AT_ONCE:  # the cache is faster than the window
                        sleep(PAUSE)
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

    def save(self) -> bool:
        """Save the notes now; say whether nothing is left unsaved."""
        return self.saver.save()

    def leave(self) -> str:
        """Bring the notes to the disk before the article is left; return what a person has to know of that, or "".

        Raises `SidecarError` where they can be brought nowhere.
        """
        opened = self.opened
        kept = self.saver.bring_to_safety()
        if opened is None or kept is None:
            return ""
        words = self.tr(
            "The notes of {name} can't be saved beside it now. They are kept in {file}, and come home when the "
            "article is opened again and its folder can be written to."
        )
        return words.format(name=shown_name(opened.path), file=kept)

    def touch(self) -> None:
        """Tell that the notes were edited: the marks are drawn anew and the notes saved soon."""
        self.saver.touch()
        self.edited.emit()
