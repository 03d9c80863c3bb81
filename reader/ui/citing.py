"""Copy passages with their source, and drag them out: from the panes, the inspector, the lists of the whole folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QListView, QWidget

from reader.text.errors import ReaderError
from reader.text.span import Span
from reader.ui.dragging import PassageDrag
from reader.ui.entry_list import ENTRY_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QAction

    from reader.export.passages import Passage
    from reader.opened import OpenArticle
    from reader.ui.desk import Desk
    from reader.ui.entry_list import Entry
    from reader.ui.folder_tab import EntryList
    from reader.ui.folder_window import FolderWindow
    from reader.ui.inspector import Inspector
    from reader.ui.jobs import Job
    from reader.ui.reading import ReadingView
    from reader.ui.search import Row
    from reader.workspace import Workspace

# What cites is imported where it is used: the window must not wait for it at its start.


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a passage stands; with `sentence` the whole sentence around is meant."""

    path: Path
    span: Span
    sentence: bool = False


class Citer(QObject):
    """Carry out copy and drag.

    Signals:
        failed: a `ReaderError` for the message bar.
    """

    failed = Signal(object)

    def __init__(
        self, workspace: Workspace, desk: Desk, reading: ReadingView, inspector: Inspector, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workspace, self._desk, self._reading = workspace, desk, reading
        self._spots: dict[QWidget, Callable[[QModelIndex], Spot | None]] = {}
        for pane in (reading.original, reading.translation):
            PassageDrag(pane, self._selected)
        for tab in (inspector.passages, inspector.quotes, inspector.people):
            self.serve(tab.view, self._of_entry)

    def do_copy(self) -> None:
        """Copy the selection as plain text, as it stands in the article."""
        opened, focus = self._desk.opened, QApplication.focusWidget()
        if focus is self._reading.translation:
            self._reading.translation.copy()
        elif focus is not None and focus is not self._reading.original and hasattr(focus, "copy"):
            focus.copy()
        elif opened is not None and (span := self._reading.selected_span()) is not None:
            QGuiApplication.clipboard().setText(span.of(opened.article.text))

    def do_copy_citation(self) -> None:
        """Copy what is chosen in the list that has the focus, else in the text, with translation and source."""
        focus, opened = QApplication.focusWidget(), self._desk.opened
        if isinstance(focus, QListView) and focus in self._spots:
            self.copy(self._spots[focus](focus.currentIndex()))
            return
        span = self._reading.selected_span()
        if opened is not None and span is None and self._reading.current_sentence is not None:
            span = opened.page.sentences[self._reading.current_sentence].span
        self.copy(Spot(opened.path, span) if opened is not None and span is not None else None)

    def copy(self, spot: Spot | None) -> None:
        """Copy a passage of any article with its source; one that is not open is read in the background."""
        if spot is None:
            return

        def work(job: Job, report: Callable[[object], None]) -> Passage:
            return _passage(self._workspace.prepare(spot.path), spot)

        def done(passage: Passage) -> None:
            QGuiApplication.clipboard().setMimeData(_mime(passage))

        if (opened := self._opened(spot.path)) is not None:
            done(_passage(opened, spot))
        else:
            self._desk.jobs.start(work, done=done, failed=self.failed.emit, lane="citation")

    def serve(self, view: QListView, spot: Callable[[QModelIndex], Spot | None]) -> None:
        """Let passages be copied and dragged out of a list; `spot` says which one a row stands for."""
        self._spots[view] = spot
        PassageDrag(view, lambda point: self._dragged(spot(view.indexAt(point))))

    def serve_folder(self, window: FolderWindow, copy: QAction) -> None:
        """Let passages be copied, by `copy`, and dragged out of the lists of the whole folder."""
        quotes = (window.quotes.quotes, window.quotes.elsewhere)
        self.serve(window.search.view, _of_hit)
        for quote_list in quotes:
            self.serve(quote_list, partial(_of_quote, quote_list))
        for view in (window.search.view, *quotes):
            view.addAction(copy)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _opened(self, path: Path) -> OpenArticle | None:
        opened = self._desk.opened
        return opened if opened is not None and opened.path == path else None

    def _dragged(self, spot: Spot | None) -> QMimeData | None:
        """Return what is dragged. An article that is not open is read now: a drag can't wait."""
        if spot is None:
            return None
        opened = self._opened(spot.path)
        if opened is None:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                opened = self._workspace.prepare(spot.path)
            except ReaderError as exc:
                self.failed.emit(exc)
                return None
            finally:
                QGuiApplication.restoreOverrideCursor()
        return _mime(_passage(opened, spot))

    def _selected(self, _: QPoint) -> QMimeData | None:
        opened, span = self._desk.opened, self._reading.selected_span()
        return _mime(_passage(opened, Spot(opened.path, span))) if opened is not None and span is not None else None

    def _of_entry(self, index: QModelIndex) -> Spot | None:
        entry: Entry | None = index.data(ENTRY_ROLE)
        opened = self._desk.opened
        return Spot(opened.path, entry.places[0]) if opened is not None and entry and entry.places else None


def _passage(opened: OpenArticle, spot: Spot) -> Passage:
    """Return a passage with all that is known of it; for a word that was found, that is its sentence."""
    from reader.exporting import cited

    sentences = opened.page.sentences_in(spot.span) if spot.sentence else ()
    spans = [opened.page.sentences[index].span for index in sentences]
    return cited(opened, Span(spans[0].start, spans[-1].end) if spans else spot.span)


def _mime(passage: Passage) -> QMimeData:
    from reader.ui.citation import citation_mime

    return citation_mime(passage)


def _of_hit(index: QModelIndex) -> Spot | None:
    row: Row | None = index.data(ENTRY_ROLE)
    place = (row.place or next(iter(row.hit.places), None)) if row is not None else None
    return Spot(row.hit.path, place.span, sentence=True) if row is not None and place and place.span else None


def _of_quote(view: EntryList, index: QModelIndex) -> Spot | None:
    from reader.library.ledger import Entry as Quote
    from reader.library.ledger import Same

    value = view.value_at(index)
    quote = value.entry if isinstance(value, Same) else value
    return Spot(quote.path, quote.span) if isinstance(quote, Quote) else None
