"""Export, copy and drag from the window."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QListView, QWidget

from reader.text.errors import ReaderError
from reader.text.span import Span
from reader.ui.dragging import PassageDrag
from reader.ui.entry_list import ENTRY_ROLE
from reader.ui.entry_tab import EntryTab
from reader.ui.messages import Offer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from reader.export.passages import AnnotatedArticle, Passage, Request, SentenceTranslation
    from reader.exporting import Shown
    from reader.opened import OpenArticle
    from reader.ui.desk import Desk
    from reader.ui.entry_list import Entry
    from reader.ui.export_dialog import ExportDialog, Where
    from reader.ui.folder_tab import EntryList
    from reader.ui.folder_window import FolderWindow
    from reader.ui.inspector import Inspector
    from reader.ui.jobs import Job
    from reader.ui.library_model import LibraryModel
    from reader.ui.reading import ReadingView
    from reader.ui.search import Row
    from reader.ui.settings import Settings
    from reader.workspace import Workspace

# What writes, previews and cites is imported where it is used: the window must not wait for it at its start.

PREVIEWED = 20
"""Articles that are opened for a preview."""
SOON = 400
"""Milliseconds after which an export that goes on is spoken of."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Spot a passage stands; with `sentence` the whole sentence around is meant."""

    path: Path
    span: Span
    sentence: bool = False


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
        self._places: dict[QWidget | None, Callable[[QModelIndex], Spot | None]] = {}
        for pane in (reading.original, reading.translation):
            PassageDrag(pane, self._selected)
        for tab in (inspector.passages, inspector.quotes, inspector.people):
            self.serve(tab.view, self._place_of_entry)

    # -- export --------------------------------------------------------------------------------------------------

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
            problem = problems.append if len(paths) > 1 else None
            said = export(
                *(self._workspace, paths, target, request),
                problem=problem,
                articles=everything,
                shown=shown,
                stopped=lambda: job.cancelled,
            )
            return " ".join([said, *_told(problems)])

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
        """Copy what is selected in the list that has the focus, else in the text, with translation and source."""
        focus = QApplication.focusWidget()
        if (found := self._places.get(focus)) is not None:
            self._copy(found(focus.currentIndex()))  # type: ignore[union-attr]  # a list, which `_places` knows
            return
        opened, span = self._desk.opened, self._reading.selected_span()
        if opened is None:
            return
        if span is None and self._reading.current_sentence is not None:
            span = opened.page.sentences[self._reading.current_sentence].span
        if span is not None:
            from reader.ui.citation import citation_mime

            QGuiApplication.clipboard().setMimeData(citation_mime(opened, span))

    def _copy(self, where: Spot | None) -> None:
        """Copy a passage of any article; one that is not open is read in the background."""
        from reader.ui.citation import passage_mime

        if where is None:
            return

        def work(job: Job, report: Callable[[object], None]) -> Passage:
            return _passage(self._workspace.prepare(where.path), where)

        def done(passage: Passage) -> None:
            QGuiApplication.clipboard().setMimeData(passage_mime(passage))

        if (opened := self._opened(where.path)) is not None:
            done(_passage(opened, where))
        else:
            self._desk.jobs.start(work, done=done, failed=self.failed.emit, lane="citation")

    def _opened(self, path: Path) -> OpenArticle | None:
        opened = self._desk.opened
        return opened if opened is not None and opened.path == path else None

    # -- lists of passages ---------------------------------------------------------------------------------------

    def serve(self, view: QListView, place: Callable[[QModelIndex], Spot | None]) -> None:
        """Let passages be copied and dragged out of a list; `place` says which one a row stands for."""
        self._places[view] = place
        PassageDrag(view, lambda point: self._dragged(place(view.indexAt(point))))

    def serve_folder(self, window: FolderWindow, copy: QAction) -> None:
        """Let passages be copied, by `copy`, and dragged out of the lists of the whole folder."""
        quotes = (window.quotes.quotes, window.quotes.elsewhere)
        self.serve(window.search.view, _place_found)
        for quote_list in quotes:
            self.serve(quote_list, partial(_place_of_quote, quote_list))
        for view in (window.search.view, *quotes):
            view.addAction(copy)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _dragged(self, where: Spot | None) -> QMimeData | None:
        """Return what is dragged. An article that is not open is read now: a drag can't wait."""
        from reader.ui.citation import passage_mime

        if where is None:
            return None
        opened = self._opened(where.path)
        if opened is None:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                opened = self._workspace.prepare(where.path)
            except ReaderError as exc:
                self.failed.emit(exc)
                return None
            finally:
                QGuiApplication.restoreOverrideCursor()
        return passage_mime(_passage(opened, where))

    def _selected(self, _: QPoint) -> QMimeData | None:
        from reader.ui.citation import citation_mime

        opened, span = self._desk.opened, self._reading.selected_span()
        return citation_mime(opened, span) if opened is not None and span is not None else None

    def _place_of_entry(self, index: QModelIndex) -> Spot | None:
        entry: Entry | None = index.data(ENTRY_ROLE)
        opened = self._desk.opened
        return Spot(opened.path, entry.places[0]) if opened is not None and entry and entry.places else None


def _passage(opened: OpenArticle, where: Spot) -> Passage:
    """Return a passage with all that is known of it; for a word that was found, that is its sentence."""
    from reader.exporting import cited

    sentences = opened.page.sentences_in(where.span) if where.sentence else ()
    spans = [opened.page.sentences[index].span for index in sentences]
    return cited(opened, Span(spans[0].start, spans[-1].end) if spans else where.span)


def _place_found(index: QModelIndex) -> Spot | None:
    row: Row | None = index.data(ENTRY_ROLE)
    place = (row.place or next(iter(row.hit.places), None)) if row is not None else None
    return Spot(row.hit.path, place.span, sentence=True) if row is not None and place and place.span else None


def _place_of_quote(view: EntryList, index: QModelIndex) -> Spot | None:
    from reader.library.ledger import Entry as Quote
    from reader.library.ledger import Same

    value = view.value_at(index)
    quote = value.entry if isinstance(value, Same) else value
    return Spot(quote.path, quote.span) if isinstance(quote, Quote) else None


def _previewed(articles: Sequence[AnnotatedArticle], request: Request, chosen: int, job: Job) -> Previewed:
    """Make a preview of articles that are open."""
    from reader.export.evidence import Evidence, Gathered
    from reader.export.preview import SHOWN, preview
    from reader.export.wording import counted

    found = [passage for article in articles for passage in article.passages]
    persons = Counter(passage.person for passage in found if passage.person)
    tags = Counter(tag for passage in found for tag in passage.tags)
    with Gathered() as gathered:
        for article in articles:
            gathered.add(article)
        evidence = Evidence(gathered, request, SHOWN, lambda: job.cancelled)
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
