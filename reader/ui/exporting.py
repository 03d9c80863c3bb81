"""Export, copy and drag from the window."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from reader.export.evidence import Evidence, Gathered
from reader.export.preview import SHOWN, preview
from reader.export.wording import counted
from reader.export.writing import check
from reader.exporting import export, gather
from reader.ui.citation import citation_mime
from reader.ui.dragging import PassageDrag
from reader.ui.entry_list import ENTRY_ROLE
from reader.ui.entry_tab import EntryTab
from reader.ui.export_dialog import ExportDialog, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.export.passages import AnnotatedArticle, Request
    from reader.text.errors import ReaderError
    from reader.text.span import Span
    from reader.ui.desk import Desk
    from reader.ui.entry_list import Entry
    from reader.ui.inspector import Inspector
    from reader.ui.jobs import Job
    from reader.ui.library_model import LibraryModel
    from reader.ui.reading import ReadingView
    from reader.ui.settings import Settings
    from reader.workspace import Workspace

PREVIEWED = 20
"""Articles that are opened for a preview."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """A preview: what to show, what to say, and the persons and tags of its articles, most frequent first."""

    html: str
    words: str
    persons: tuple[str, ...]
    tags: tuple[str, ...]


class Exporter(QObject):
    """Carry out export, copy and drag.

    Signals:
        said: words for the message bar.
        failed: a `ReaderError` for the message bar.
    """

    said = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        desk: Desk,
        reading: ReadingView,
        library: LibraryModel,
        settings: Settings,
        inspector: Inspector,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._workspace, self._desk, self._reading = workspace, desk, reading
        self._library, self._settings, self._inspector = library, settings, inspector
        self._dialog: ExportDialog | None = None
        self._previewing: Job | None = None
        self._opened_for_preview: tuple[tuple[Path, ...], tuple[AnnotatedArticle, ...]] = ((), ())
        for pane in (reading.original, reading.translation):
            PassageDrag(pane, lambda _: self._mime_of(self._reading.selected_span()))
        for tab in (inspector.passages, inspector.quotes, inspector.people):
            PassageDrag(tab.view, self._mime_in(tab))

    # -- export --------------------------------------------------------------------------------------------------

    def do_export(self) -> None:
        """Export passages of this article or of the library."""
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
        if not self._desk.save():
            return
        self._settings.set("export/folder", str(target.parent))
        everything = [*paths, *self._library.paths()]

        def work(job: Job, report: Callable[[object], None]) -> str:
            problems: list[ReaderError] = []
            problem = problems.append if len(paths) > 1 else None
            said = export(self._workspace, paths, target, request, problem=problem, articles=everything)
            return " ".join([said, *_told(problems)])

        self.said.emit(self.tr("Exporting to {name}").format(name=target.name))
        self._desk.jobs.start(work, done=self._exported, failed=self.failed.emit, lane="export")

    def _where(self) -> Where:
        shown = [(path, self._library.summary(path)) for path in self._library.shown_paths()]
        titles = tuple((path, summary.title if summary else path.name) for path, summary in shown)
        return Where(len(self._library.paths()), titles)

    def _preview(self) -> None:
        """Make the dialog's preview anew in the background; an older one that is still being made is dropped."""
        dialog, opened = self._dialog, self._desk.opened
        if dialog is None or opened is None:
            return
        if self._previewing is not None:
            self._previewing.cancel()
        chosen = dialog.articles_of(opened.path, self._library.paths())
        request, target = dialog.request, dialog.target
        known, everything = self._opened_for_preview, [*chosen, *self._library.paths()]

        def work(job: Job, report: Callable[[object], None]) -> Previewed:
            check(request, target, everything)
            paths = tuple(chosen[:PREVIEWED])
            articles = known[1] if known[0] == paths else self._open(paths)
            report((paths, articles))
            return _previewed(articles, request, len(chosen))

        dialog.say(self.tr("Making the preview…"))
        self._previewing = self._desk.jobs.start(
            work, done=self._show_preview, failed=self._say_in_dialog, progressed=self._keep, lane="preview"
        )

    def _open(self, paths: Sequence[Path]) -> tuple[AnnotatedArticle, ...]:
        problems: list[ReaderError] = []
        with gather(self._workspace, paths, problem=problems.append) as gathered:
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

    def _exported(self, words: str) -> None:
        self.said.emit(words)

    def do_copy(self) -> None:
        """Copy the selection as plain text, as it stands in the article."""
        opened, focus = self._desk.opened, QApplication.focusWidget()
        if (
            isinstance(focus, QWidget)
            and hasattr(focus, "copy")
            and focus
            not in (
                self._reading.original,
                self._reading.translation,
            )
        ):
            focus.copy()
            return
        if opened is None:
            return
        if focus is self._reading.translation:
            self._reading.translation.copy()
        elif (span := self._reading.selected_span()) is not None:
            QGuiApplication.clipboard().setText(span.of(opened.article.text))

    def do_copy_citation(self) -> None:
        """Copy the selection, or the current sentence, with translation and source."""
        opened, span = self._desk.opened, self._reading.selected_span()
        if opened is None:
            return
        if span is None and self._reading.current_sentence is not None:
            span = opened.page.sentences[self._reading.current_sentence].span
        if span is not None:
            QGuiApplication.clipboard().setMimeData(citation_mime(opened, span))

    # -- drag ----------------------------------------------------------------------------------------------------

    def _mime_of(self, span: Span | None) -> QMimeData | None:
        opened = self._desk.opened
        return citation_mime(opened, span) if opened is not None and span is not None else None

    def _mime_in(self, tab: EntryTab) -> Callable[[QPoint], QMimeData | None]:
        def mime(point: QPoint) -> QMimeData | None:
            entry: Entry | None = tab.view.indexAt(point).data(ENTRY_ROLE)
            return self._mime_of(entry.places[0] if entry and entry.places else None)

        return mime


def _previewed(articles: Sequence[AnnotatedArticle], request: Request, chosen: int) -> Previewed:
    """Make a preview of articles that are open."""
    found = [passage for article in articles for passage in article.passages]
    persons = Counter(passage.person for passage in found if passage.person)
    tags = Counter(tag for passage in found for tag in passage.tags)
    with Gathered() as gathered:
        for article in articles:
            gathered.add(article)
        evidence = Evidence(gathered, request, SHOWN)
        words = [counted(evidence)]
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
