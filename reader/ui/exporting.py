"""Export and copy from the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from reader.export.passages import Request, Selection
from reader.exporting import export
from reader.ui.citation import citation_html, citation_text
from reader.ui.dialogs import ExportDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.ui.desk import Desk
    from reader.ui.jobs import Job
    from reader.ui.library_model import LibraryModel
    from reader.ui.reading import ReadingView
    from reader.ui.settings import Settings
    from reader.workspace import Workspace


class Exporter(QObject):
    """Carry out export and copy.

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
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._workspace, self._desk, self._reading = workspace, desk, reading
        self._library, self._settings = library, settings

    def do_export(self) -> None:
        """Export passages of this article or of the library."""
        opened = self._desk.opened
        if opened is None:
            self.said.emit(self.tr("Open an article first; its passages can then be exported."))
            return
        suggestion = Path(self._settings.text("export/folder", str(Path.home()))) / opened.path.stem
        dialog = ExportDialog(len(self._library), suggestion, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        self.export(
            dialog.target,
            dialog.format,
            dialog.chosen_kinds,
            self._library.paths() if dialog.all_articles.isChecked() else [opened.path],
        )

    def export(self, target: Path, form: str, kinds: frozenset[str], paths: Sequence[Path]) -> None:
        """Write passages to a file in the background and say what was written."""
        if not self._desk.save():
            return
        self._settings.set("export/folder", str(target.parent))

        def work(job: Job, report: Callable[[object], None]) -> str:
            return export(self._workspace, paths, target, Request(form, Selection(kinds)), articles=paths)

        self.said.emit(self.tr("Exporting to {name}").format(name=target.name))
        self._desk.jobs.start(work, done=self._exported, failed=self.failed.emit, lane="export")

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
            mime = QMimeData()
            mime.setText(citation_text(opened, span))
            mime.setHtml(citation_html(opened, span))
            QGuiApplication.clipboard().setMimeData(mime)
