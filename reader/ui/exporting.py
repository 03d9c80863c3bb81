"""Export from the window, with a preview that is made in the background."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from reader.ui.entry_tab import EntryTab
from reader.ui.messages import Offer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reader.export.passages import AnnotatedArticle, Request, SentenceTranslation
    from reader.exporting import Shown
    from reader.text.errors import ReaderError
    from reader.text.span import Span
    from reader.ui.desk import Desk
    from reader.ui.export_dialog import ExportDialog, Where
    from reader.ui.inspector import Inspector
    from reader.ui.jobs import Job
    from reader.ui.library_model import LibraryModel
    from reader.ui.settings import Settings
    from reader.workspace import Workspace

# What writes and previews is imported where it is used: the window must not wait for it at its start.

PREVIEWED = 20
"""Articles that are opened for a preview."""
SOON = 400
"""Milliseconds after which an export that goes on is spoken of."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """A preview: what to show, what to say, and the persons and tags of its articles, most frequent first."""

    html: str
    words: str
    persons: tuple[str, ...]
    tags: tuple[str, ...]


class Exporter(QObject):
    """Carry out export.

    Signals:
        said: words for the message bar.
        failed: a `ReaderError` for the message bar.
        began: `(words, level, offer)` for the message bar: an export that takes a while, and how it is stopped.
        ended: the words of `began`, which hold no longer.
    """

    said = Signal(object)
    failed = Signal(object)
    began = Signal(str, str, object)
    ended = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        desk: Desk,
        library: LibraryModel,
        settings: Settings,
        inspector: Inspector,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._workspace, self._desk = workspace, desk
        self._library, self._settings, self._inspector = library, settings, inspector
        self._dialog: ExportDialog | None = None
        self._previewing: Job | None = None
        self._opened_for_preview: tuple[tuple[Path, ...], tuple[AnnotatedArticle, ...]] = ((), ())

    def do_export(self) -> None:
        """Export passages of this article or of the library."""
        from reader.ui.export_dialog import ExportDialog

        opened = self._desk.opened
        if opened is None:
            self.said.emit(self.tr("Open an article first; its passages can then be exported."))
            return
        if not self._desk.save():
            return
        suggestion = Path(self._settings.text("export/folder", str(Path.home()))) / opened.path.stem
        tab = self._inspector.currentWidget()
        words = tab.filter.text() if isinstance(tab, EntryTab) else ""
        self._dialog = ExportDialog(self._where(), suggestion, words, self._settings.own_colours(), self._window)
        self._dialog.changed.connect(self._preview)
        accepted = self._dialog.exec() == QDialog.DialogCode.Accepted
        dialog, self._dialog = self._dialog, None
        self._opened_for_preview = ((), ())
        if self._previewing is not None:
            self._previewing.cancel()
        if accepted:
            self.export(dialog.target, dialog.request, dialog.articles_of(opened.path, self._library.paths()))
        dialog.deleteLater()

    def export(self, target: Path, request: Request, paths: Sequence[Path]) -> None:
        """Write passages to a file in the background and say what was written."""
        from reader.export.evidence import STOPPED
        from reader.exporting import export

        if not self._desk.save():
            return
        self._settings.set("export/folder", str(target.parent))
        everything, shown = [*paths, *self._library.paths()], self._translations()

        def work(job: Job, report: Callable[[object], None]) -> str:
            problems: list[ReaderError] = []
            unread: dict[Path, str] = {}
            problem = problems.append if len(paths) > 1 else None
            said = export(
                *(self._workspace, paths, target, request),
                problem=problem,
                unread=unread.setdefault,
                articles=everything,
                shown=shown,
                stopped=lambda: job.cancelled,
            )
            return " ".join([said, *_told(problems), *_told_unread(unread)])

        words = self.tr("Exporting to {name}").format(name=target.name)
        waiting = QTimer(self, singleShot=True, interval=SOON)

        def end() -> None:
            waiting.stop()
            waiting.deleteLater()
            self.ended.emit(words)

        def done(said: str) -> None:
            end()
            self.said.emit(said)

        def failed(error: ReaderError) -> None:
            end()
            self.failed.emit(error)

        def stop() -> None:
            job.cancel()
            end()
            self.said.emit(STOPPED)

        job = self._desk.jobs.start(work, done=done, failed=failed, lane="export")
        waiting.timeout.connect(partial(self.began.emit, words, "info", Offer(self.tr("Stop"), stop)))
        waiting.start()

    def _translations(self) -> dict[Path, dict[Span, SentenceTranslation]]:
        """Return the translations on screen: the cache may have lost them since."""
        from reader.exporting import translations_of

        opened = self._desk.opened
        return {opened.path: translations_of(opened)} if opened is not None else {}

    def _where(self) -> Where:
        from reader.ui.export_dialog import Where

        shown = [(path, self._library.summary(path)) for path in self._library.shown_paths()]
        titles = tuple((path, summary.title if summary else path.name) for path, summary in shown)
        return Where(len(self._library.paths()), titles)

    def _preview(self) -> None:
        """Make the dialog's preview anew in the background; an older one that is still being made is dropped."""
        from reader.export.writing import check

        dialog, opened = self._dialog, self._desk.opened
        if dialog is None or opened is None:
            return
        if self._previewing is not None:
            self._previewing.cancel()
        chosen = dialog.articles_of(opened.path, self._library.paths())
        request, target = dialog.request, dialog.target
        known, everything = self._opened_for_preview, [*chosen, *self._library.paths()]
        shown = self._translations()

        def work(job: Job, report: Callable[[object], None]) -> Previewed:
            check(request, target, everything)
            paths = tuple(chosen[:PREVIEWED])
            articles = known[1] if known[0] == paths else self._open(paths, shown, job)
            report((paths, articles))
            return _previewed(articles, request, len(chosen), job)

        if not chosen:
            dialog.show_preview("", self.tr("Choose at least one article."))
            return
        dialog.say(self.tr("Making the preview…"))
        self._previewing = self._desk.jobs.start(
            work, done=self._show_preview, failed=self._say_in_dialog, progressed=self._keep, lane="preview"
        )

    def _open(self, paths: Sequence[Path], shown: Shown, job: Job) -> tuple[AnnotatedArticle, ...]:
        from reader.exporting import gather

        problems: list[ReaderError] = []
        with gather(
            self._workspace, paths, problem=problems.append, shown=shown, stopped=lambda: job.cancelled
        ) as gathered:
            return tuple(gathered.articles())

    def _keep(self, opened: tuple[tuple[Path, ...], tuple[AnnotatedArticle, ...]]) -> None:
        self._opened_for_preview = opened

    def _show_preview(self, made: Previewed) -> None:
        if self._dialog is not None:
            self._dialog.offer(made.persons, made.tags)
            self._dialog.show_preview(made.html, made.words)

    def _say_in_dialog(self, error: ReaderError) -> None:
        if self._dialog is not None:
            self._dialog.show_preview("", str(error))


def _previewed(articles: Sequence[AnnotatedArticle], request: Request, chosen: int, job: Job) -> Previewed:
    """Make a preview of articles that are open."""
    from reader.export.evidence import Evidence, Gathered
    from reader.export.preview import SHOWN, preview
    from reader.export.wording import extent

    found = [passage for article in articles for passage in article.passages]
    persons = Counter(passage.person for passage in found if passage.person)
    tags = Counter(tag for passage in found for tag in passage.tags)
    with Gathered() as gathered:
        for article in articles:
            gathered.add(article)
        evidence = Evidence(gathered, request, SHOWN, lambda: job.cancelled)
        words = [extent(evidence)]
        if evidence.passage_count > SHOWN:
            words.append(f"The preview shows the first {SHOWN} passages.")
        if chosen > len(articles):
            words.append(f"It is made of the first {len(articles)} of {chosen:,} articles.")
        return Previewed(
            preview(evidence),
            " ".join(words),
            tuple(name for name, _ in persons.most_common()),
            tuple(name for name, _ in tags.most_common()),
        )


def _told(problems: Sequence[ReaderError]) -> list[str]:
    """Say how many articles were left out, and why the first was."""
    if not problems:
        return []
    left = "1 article was" if len(problems) == 1 else f"{len(problems):,} articles were"
    return [f"{left} left out: {problems[0]}"]


def _told_unread(unread: Mapping[Path, str]) -> list[str]:
    """Say of how many articles notes are missing, and why those of the first are."""
    if not unread:
        return []
    of = "an article" if len(unread) == 1 else f"{len(unread):,} articles"
    return [f"Notes of {of} could not be read: {next(iter(unread.values()))}"]
