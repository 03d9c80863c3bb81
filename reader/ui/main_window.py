"""The window: the parts put together, and the commands of the File, View, Translate and Help menus."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader import __version__
from reader.analysis.process import LONG
from reader.articles.article import ARTICLE_SUFFIXES
from reader.articles.reading import shown_name
from reader.library.catalogue import scan
from reader.page import Layer, Summary
from reader.text.errors import ReaderError
from reader.ui.actions import add_menus
from reader.ui.annotating import Annotator
from reader.ui.appearance import VIEWS, Appearance
from reader.ui.desk import Desk, Summariser
from reader.ui.dialogs import KeysDialog
from reader.ui.entries import passage_entries, people_entries, quote_entries
from reader.ui.exporting import Exporter
from reader.ui.inspector import Inspector
from reader.ui.jobs import JobRunner
from reader.ui.library_panel import LibraryPanel
from reader.ui.messages import Card, MessageArea, Offer
from reader.ui.navigation import FindBar, Navigator
from reader.ui.packages import PACKAGE_SUFFIX, PackageDesk
from reader.ui.queue import QueueDesk
from reader.ui.reading import ReadingView
from reader.ui.status import StatusBar, language_name
from reader.ui.theme import theme_for
from reader.ui.translating import Translator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent

    from reader.annotations.moved import MovedNotes
    from reader.opened import OpenArticle
    from reader.text.span import Span
    from reader.ui.inspector import Entry
    from reader.ui.settings import Settings
    from reader.workspace import Workspace


class MainWindow(QMainWindow):
    """Library, panes and inspector around one open article."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("Parallel Reader")
        self.setAcceptDrops(True)
        self.resize(1320, 840)
        self._workspace, self._settings = workspace, settings
        theme = theme_for(settings.text("theme", "system"))
        self.jobs = JobRunner(self)
        self.desk = Desk(workspace, self.jobs, self)
        self._summariser = Summariser(workspace, self.jobs, self)
        self._wanted: Path | None = None
        self._row_wanted = 0
        self._span_wanted: Span | None = None

        self.library = LibraryPanel(theme)
        self.messages = MessageArea(theme)
        self.find_bar = FindBar(theme)
        self.reading = ReadingView(theme)
        self.inspector = Inspector(theme)
        self.status = StatusBar(self)
        self.navigator = Navigator(self.desk, self.reading, self.find_bar, self)
        self.annotator = Annotator(self.desk, self.reading, self.inspector, self)
        self._lay_out()
        self.appearance = Appearance(
            settings, self.reading, {"show_library": self.library, "show_inspector": self.inspector_side}, self
        )
        self.translator = Translator(self.desk, self.reading, self.status, self)
        self.packages = PackageDesk(workspace, self.jobs, self)
        self.exporter = Exporter(workspace, self.desk, self.reading, self.library.model, settings, self)
        self.queue = QueueDesk(workspace, self.jobs, self.library, self)
        handlers = (
            *(self.annotator, self.navigator, self.appearance),
            *(self.translator, self.queue, self.packages, self.exporter),
        )
        self.actions_ = add_menus(self, (self, *handlers))
        self.missing_card = Card(self.reading.translation)
        self.welcome_card = Card(self._middle)
        self._connect()
        self._restore()
        self._show_welcome()
        self.library.view.setFocus()

    # -- assembly ------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.header = QLabel()
        self.header.setProperty("role", "muted")
        self.header.setTextFormat(Qt.TextFormat.PlainText)
        self._view_buttons = {name: self._tool(name) for name in VIEWS}
        self._link_button = self._tool("link")
        strip = QHBoxLayout()
        strip.setContentsMargins(30, 6, 10, 6)
        strip.setSpacing(2)
        strip.addWidget(self.header, 1)
        for button in (*self._view_buttons.values(), self._link_button):
            strip.addWidget(button)
        self._strip = QWidget()
        self._strip.setLayout(strip)
        self._middle = QWidget()
        self._middle.setObjectName("centre")
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.messages, self._strip, self.find_bar):
            column.addWidget(widget)
        column.addWidget(self.reading, 1)
        self.inspector_side = QWidget()
        self.inspector_side.setObjectName("inspector")
        self.inspector_side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(self.inspector_side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.inspector)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.library, self._middle, self.inspector_side):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([270, 760, 290])
        self._splitter.setCollapsible(1, False)
        self.setCentralWidget(self._splitter)
        self.setStatusBar(self.status)

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setIconSize(QSize(18, 18))
        return button

    def _connect(self) -> None:
        self.library.article_chosen.connect(self.open_article)
        self.desk.text_ready.connect(self._show_text)
        self.desk.analysed.connect(self._show_article)
        self.desk.found_notes.connect(self._offer_notes)
        self.desk.translated.connect(self.reading.set_shown)
        self.desk.translation_state.connect(self.status.show_translation)
        self.desk.save_state.connect(self.status.show_saved)
        self.desk.edited.connect(self._notes_edited)
        self.desk.failed.connect(self._say_error)
        self._summariser.summarised.connect(self.library.model.update)
        self.annotator.failed.connect(self._say_error)
        self.annotator.hint.connect(self.messages.say)
        self.navigator.article_wanted.connect(self._travel)
        self.reading.rows_seen.connect(self._rows_seen)
        self.reading.menu_wanted.connect(self._show_menu)
        self.reading.sentence_changed.connect(self._sentence_changed)
        self.queue.state_changed.connect(self.status.show_queue)
        self.queue.article_translated.connect(self._article_translated)
        self.queue.failed.connect(self._say_error)
        self.packages.said.connect(self.messages.say)
        self.packages.failed.connect(self._say_error)
        self.packages.changed.connect(self.desk.reanalyse)
        self.exporter.said.connect(self.messages.say)
        self.exporter.failed.connect(self._say_error)
        self.translator.failed.connect(self._say_error)
        for tab in (self.inspector.passages, self.inspector.quotes, self.inspector.people):
            tab.entry_chosen.connect(self._go_to_entry)
        self.inspector.people.menu_wanted.connect(self._show_person_menu)
        self.inspector.quotes.menu_wanted.connect(self._show_entry_menu)
        self.inspector.passages.menu_wanted.connect(self._show_entry_menu)
        for view, button in self._view_buttons.items():
            action = self.actions_[f"view_{view}"]
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
        self._link_button.setDefaultAction(self.actions_["link_panes"])
        self._link_button.setAccessibleName(self.actions_["link_panes"].text())

    def _restore(self) -> None:
        self._settings.restore_window(self, self._splitters())
        sort = self.library.sort.findData(self._settings.text("library/sort", "file"))
        self.library.sort.setCurrentIndex(max(0, sort))
        themed = (self.library, self.messages, self.find_bar, self.inspector, self.reading)
        self.appearance.begin(self.actions_, themed)

    def _splitters(self) -> dict[str, QSplitter]:
        return {"columns": self._splitter, "panes": self.reading.splitter}

    def do_cycle_panes(self) -> None:
        """Give the focus to the next part of the window."""
        parts = (self.library.view, self.reading.original, self.reading.translation, self.inspector)
        shown = [part for part in parts if part.isVisible()]
        focus = QApplication.focusWidget()
        at = next((n for n, part in enumerate(shown) if part is focus or (focus and part.isAncestorOf(focus))), -1)
        if shown:
            shown[(at + 1) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)

    # -- library -------------------------------------------------------------------------------------------------

    def add_paths(self, paths: Iterable[Path], *, choose: bool = True) -> None:
        """Put files and folders into the library and open the first new article."""
        found = scan(paths)
        new = [path for path in found.articles if self.library.model.row(path) is None]
        self.library.model.add([Summary(path, shown_name(path)) for path in new])
        chosen = found.articles[0] if choose and found.articles else None
        self._summariser.add([path for path in new if path != chosen])
        self._show_welcome()
        if chosen is not None:
            self.open_article(chosen)
        for problem in found.problems:
            self.messages.say(problem.message, "warning")

    def open_article(self, path: Path, *, row: int = 0, span: Span | None = None) -> None:
        """Open an article of the library and go to a row or a span of it."""
        opened = self.desk.opened
        if opened is not None and opened.path == path:
            return
        if opened is not None and not self._may_leave():
            self.library.show_current(opened.path)
            return
        if self._wanted is not None and (left := self.library.model.summary(self._wanted)) and left.quotes is None:
            self._summariser.add([left.path])  # left before its analysis was there
        self._wanted, self._row_wanted, self._span_wanted = path, row, span
        self.messages.clear()
        self.navigator.remember()
        self.library.show_current(path)
        self.desk.open(path)
        if not self.library.isAncestorOf(self.focusWidget() or self):
            self.reading.original.setFocus()

    def reopen(self) -> None:
        """Open what was open when the window was closed last."""
        paths = self._settings.paths("library/paths")
        there = [path for path in paths if path.exists()]
        if there:
            self.add_paths(there, choose=False)
            self.library.filter.setText(self._settings.text("library/filter"))
        last = next(iter(self._settings.paths("library/last")), None)
        if last is not None and self.library.model.row(last) is not None:
            self.open_article(last, row=int(self._settings.number("library/row", 0)))
        if gone := [shown_name(path) for path in paths if path not in there]:
            words = self.tr("No longer there since the reader was closed: {names}.")
            self.messages.say(words.format(names=", ".join(gone[:5]) + (", …" if len(gone) > 5 else "")), "warning")

    def do_open_files(self) -> None:
        """Choose files to open."""
        suffixes = " ".join(f"*{suffix}" for suffix in ARTICLE_SUFFIXES)
        kinds = self.tr("Articles ({suffixes});;All files (*)").format(suffixes=suffixes)
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Open articles"), self._folder(), kinds)
        if names:
            self._open_chosen([Path(name) for name in names])

    def do_open_folder(self) -> None:
        """Choose a folder to open."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Open a folder of articles"), self._folder())
        if name:
            self._open_chosen([Path(name)])

    def do_open_samples(self) -> None:
        """Open the sample articles."""
        try:
            self._open_chosen(self._workspace.samples())
        except ReaderError as exc:
            self._say_error(exc)

    def _open_chosen(self, paths: Sequence[Path]) -> None:
        self._settings.set("library/folder", str(paths[0].parent if paths[0].is_file() else paths[0]))
        self.add_paths(paths)

    def _folder(self) -> str:
        return self._settings.text("library/folder", str(Path.home()))

    def do_close_library(self) -> None:
        """Close all articles."""
        if not self._may_leave():
            return
        self.desk.put_away()
        self._wanted = None
        self._summariser.stop()
        self.library.model.clear()
        self._show_welcome()

    def do_filter_library(self) -> None:
        """Type a filter for the library."""
        self.appearance.show_part("library")
        self.library.filter.setFocus()

    def do_next_article(self) -> None:
        """Open the next article of the list."""
        self.library.step(1)

    def do_previous_article(self) -> None:
        """Open the previous article of the list."""
        self.library.step(-1)

    # -- the open article ----------------------------------------------------------------------------------------

    def _show_text(self, opened: OpenArticle) -> None:
        self._clear_article()
        self._show_page(opened)
        self.reading.go_to_row(self._row_wanted)
        self._notes_edited()
        self.status.progress.setText(self.tr("Looking for quotes and people"))
        if len(opened.article.text) > LONG:
            words = self.tr("{name} is very long ({size:.1f} MB): read on while quotes and people are looked for.")
            self.messages.say(words.format(name=shown_name(opened.path), size=opened.article.size / 1e6))

    def _show_article(self, opened: OpenArticle) -> None:
        fresh = self.reading.page.text is not opened.article.text
        row = self._row_wanted if fresh else self.reading.visible_rows()[0]
        self._show_page(opened)
        if row:
            self.reading.go_to_row(row)
        if self._span_wanted is not None:
            self.reading.go_to(self._span_wanted)
            self._span_wanted = None
        assert opened.analysis is not None
        self.status.show_language(opened.analysis.language)
        self.status.progress.clear()
        self._show_route(opened)
        self._notes_edited()
        for words in (*opened.article.warnings, *opened.notes.warnings, *opened.analysis.gaps):
            self.messages.say(words, "warning")
        if opened.notes.read_only:
            self.messages.say(opened.notes.read_only, "warning")

    def _offer_notes(self, found: tuple[Sequence[Path], Sequence[MovedNotes]]) -> None:
        """Offer notes that seem to belong to the open article: a synchronised folder's copies, or a moved article's."""
        copies, moved = found
        for copy in copies:
            words = self.tr("A synchronised folder left another version of these notes ({name}).")
            offer = Offer(self.tr("Merge it"), partial(self.desk.merge_copy, copy))
            self.messages.say(words.format(name=copy.name), "warning", offer)
        for notes in moved:
            if not notes.is_copy:  # a copy of an article that still stands has its own notes, or none on purpose
                words = self.tr("The same text had notes under the name {name}: {n} passages.")
                offer = Offer(self.tr("Attach them to this article"), partial(self.desk.attach, notes))
                self.messages.say(words.format(name=notes.name, n=notes.annotations), "info", offer)

    def _show_page(self, opened: OpenArticle) -> None:
        self.welcome_card.hide()
        self._strip.show()
        self.reading.show()
        marks = opened.marks()
        self.reading.show_page(opened.page, marks, opened.shown(), opened.target, pending=bool(opened.routes.known))
        where = " · ".join(part for part in (shown_name(opened.path), opened.article.date) if part)
        self.header.setText(where)
        self.setWindowTitle(f"{opened.title} — Parallel Reader")
        self.annotator.choose(None)

    def _show_route(self, opened: OpenArticle) -> None:
        """Say in captions and card what translates this article, or what is missing."""
        name = language_name
        target = name(opened.target)
        self.reading.original_caption.setText(name(opened.language) if opened.language != "und" else "")
        hows = {part.how for part in opened.shown() if part}
        route = opened.routes.known.get(opened.language)
        if hows & {"reference"}:
            made = self.tr("reference translation, bundled with the sample")
        elif route is not None:
            via = self.tr(" through {language}").format(language=name(route.via)) if route.via else ""
            made = self.tr("Argos {version}{via}").format(version=route.version, via=via)
        else:
            made = self.tr("no translation")
        same = opened.language == opened.target
        self.reading.translation_caption.setText("" if same else f"{target} · {made}")
        self.status.package.setText(f"{route.label}" if route else "")
        self.missing_card.hide()
        if same:
            self.missing_card.show_words(
                self.tr("This article is in {language} already").format(language=target),
                self.tr("Nothing is translated. Quotes, people and your highlights work as everywhere."),
                [self.actions_["view_original"]],
            )
        elif opened.language in opened.routes.missing and not hows - {"same"}:
            self.missing_card.show_words(
                self.tr("No package for {language} → {target}").format(language=name(opened.language), target=target),
                opened.routes.missing[opened.language],
                [self.actions_["install_package"], self.actions_["download_package"]],
            )
        elif opened.language == "und":
            self.missing_card.show_words(
                self.tr("The language of this article is not known"),
                self.tr("Choose it, and the translation begins."),
                [self.actions_["choose_language"]],
            )

    def _notes_edited(self) -> None:
        opened = self.desk.opened
        if opened is None:
            return
        marks = opened.marks()
        self.reading.set_marks(marks)
        self.inspector.passages.show_entries(passage_entries(opened, marks))
        self.inspector.quotes.show_entries(quote_entries(opened, marks))
        self.inspector.people.show_entries(people_entries(opened, marks))
        self.inspector.show_counts()
        self.annotator.refresh()
        self.library.model.update(opened.summary())
        for name, label in (("undo", opened.notes.undo_label), ("redo", opened.notes.redo_label)):
            action = self.actions_[name]
            plain = self.tr("&Undo") if name == "undo" else self.tr("&Redo")
            action.setText(f"{plain} {label}" if label else plain)
            action.setEnabled(label is not None)

    def _article_translated(self, path: Path) -> None:
        if self.desk.opened is None or self.desk.opened.path != path:
            self._summariser.add([path])

    def _rows_seen(self, rows: tuple[int, int]) -> None:
        if self.desk.opened is None:
            return
        self._row_wanted = rows[0]  # where to go on should the file change on disk
        page = self.reading.page
        first, last = page.rows[rows[0]].sentences[0], page.rows[min(rows[1], len(page.rows) - 1)].sentences[1]
        self.desk.see(tuple(range(first, last)))

    def _sentence_changed(self, sentence: int | None) -> None:
        for mark in self.annotator.marks_at(self.reading.caret_offset()) if sentence is not None else ():
            if mark.stored and mark.layer is Layer.HIGHLIGHT:
                self.annotator.choose(mark.key)
                self.inspector.passages.select(mark.key)

    def _go_to_entry(self, chosen: tuple[Entry, int]) -> None:
        entry, number = chosen
        if entry.places:
            self.navigator.jump(entry.places[number])
        self.annotator.choose(entry.key)

    def _travel(self, place: tuple[Path, Span]) -> None:
        self.open_article(place[0], span=place[1])

    def _show_menu(self, asked: tuple[object, Span | None, int]) -> None:
        self.annotator.menu(asked[0], asked[2], self.actions_)  # type: ignore[arg-type]  # a QPoint

    def _show_entry_menu(self, asked: tuple[object, Entry]) -> None:
        at, entry = asked
        if entry.places:
            self.annotator.menu(at, entry.places[0].start, self.actions_)  # type: ignore[arg-type]  # a QPoint
        else:
            self.annotator.unplaced_menu(at, entry.key)  # type: ignore[arg-type]  # a QPoint

    def _show_person_menu(self, asked: tuple[object, Entry]) -> None:
        self.annotator.person_menu(asked[0], asked[1].key)  # type: ignore[arg-type]  # a QPoint

    # -- messages and help ---------------------------------------------------------------------------------------

    def _say_error(self, error: ReaderError) -> None:
        self.messages.say(str(error), "error")
        opening = self.desk.opened is None and self.library.model.rowCount() > 0
        if opening and error.path is not None and self.library.model.row(error.path) is not None:
            self.library.model.update(Summary(error.path, shown_name(error.path), error=str(error)))
            self._clear_article()
            self.welcome_card.show_words(self.tr("This article can't be opened"), str(error))

    def _show_welcome(self) -> None:
        """Show how to begin while no article is open."""
        if self.desk.opened is not None:
            return
        self._clear_article()
        if self.library.model.rowCount():
            self.welcome_card.hide()
            return
        self.welcome_card.show_words(
            self.tr("Read foreign news beside its translation"),
            self.tr(
                "Open text or Markdown files, or a folder of them, or drop them here. Everything stays on this "
                "computer: articles are never changed, notes lie beside them, and nothing goes online."
            ),
            [self.actions_["open_folder"], self.actions_["open_files"], self.actions_["open_samples"]],
        )

    def _clear_article(self) -> None:
        """Show nothing of the article that was open."""
        self._strip.hide()
        self.reading.hide()
        self.status.show_nothing()
        self.annotator.choose(None)
        for tab in (self.inspector.passages, self.inspector.quotes, self.inspector.people):
            tab.show_entries(())
        self.inspector.show_counts()

    def do_keys(self) -> None:
        """Show all keys."""
        KeysDialog(self.actions_, self).exec()

    def do_about(self) -> None:
        """Say what this is."""
        QMessageBox.about(
            self,
            self.tr("About"),
            self.tr(
                "<b>Parallel Reader {version}</b><p>Foreign news beside its offline Argos translation, with quotes, "
                "people and notes as evidence.</p><p>The reader opens no connection by itself. MIT licence.</p>"
            ).format(version=__version__),
        )

    def do_quit(self) -> None:
        """Close the window."""
        self.close()

    # -- events --------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.desk.look_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._step_back()
        else:
            super().keyPressEvent(event)

    def _step_back(self) -> None:
        """Go one step back: from a field to the text, from a selection to the caret, from messages to none."""
        if self.focusWidget() not in (self.reading.original, self.reading.translation):
            self.reading.original.setFocus()
        elif self.reading.selected_span() is not None:
            self.reading.clear_selection()
        else:
            self.messages.clear()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        packages = [path for path in paths if path.suffix == PACKAGE_SUFFIX]
        articles = [path for path in paths if path not in packages]
        event.acceptProposedAction()
        if packages:
            names = ", ".join(path.name for path in packages)
            question = self.tr("Install {names}?").format(names=names)
            if QMessageBox.question(self, self.tr("Install package"), question) == QMessageBox.StandardButton.Yes:
                self.packages.install(packages)
        if articles:
            self.add_paths(articles)

    def _may_leave(self) -> bool:
        """Save the notes of the open article; where that fails, ask whether the last changes may be lost."""
        self.inspector.editor.finish()
        if self.desk.save():
            return True
        answer = QMessageBox.warning(
            self,
            self.tr("Notes not saved"),
            self.tr("The notes of this article could not be saved. Close it all the same and lose the last changes?"),
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Discard

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave():
            event.ignore()
            return
        self._keep_state()
        self.queue.stop()
        self._summariser.stop()
        self.desk.put_away()
        self._workspace.close()
        self.jobs.close()
        super().closeEvent(event)

    def _keep_state(self) -> None:
        settings = self._settings
        self.appearance.keep()
        settings.set("library/sort", self.library.sort.currentData())
        settings.set("library/filter", self.library.filter.text())
        settings.set("library/paths", [str(path) for path in self.library.model.paths()])
        if self.desk.opened is not None:
            settings.set("library/last", [str(self.desk.opened.path)])
            settings.set("library/row", self.reading.visible_rows()[0])
        settings.keep_window(self, self._splitters())
