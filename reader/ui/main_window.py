"""The window: the parts put together, and the commands of the File, View, Translate and Help menus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reader import __version__
from reader.articles.reading import shown_name
from reader.page import Layer, Summary
from reader.text.errors import ArticleNotText, ReaderError
from reader.ui.actions import add_menus
from reader.ui.annotating import Annotator
from reader.ui.appearance import Appearance
from reader.ui.citing import Citer
from reader.ui.desk import Desk
from reader.ui.exporting import Exporter
from reader.ui.find import FindBar
from reader.ui.folder_desk import FolderDesk
from reader.ui.inspector import Inspector
from reader.ui.jobs import JobRunner
from reader.ui.library_desk import LibraryDesk
from reader.ui.library_panel import LibraryPanel
from reader.ui.mark_menus import MarkMenus
from reader.ui.mentions import LibraryMentions
from reader.ui.messages import Card, MessageArea
from reader.ui.navigation import Navigator
from reader.ui.opening import Opener
from reader.ui.packages import PACKAGE_SUFFIX, PackageDesk
from reader.ui.preferences import Preferences
from reader.ui.presenter import Presenter
from reader.ui.queue import QueueDesk
from reader.ui.reading import ReadingView
from reader.ui.repeating import RepeatDesk
from reader.ui.status import StatusBar
from reader.ui.strip import Strip
from reader.ui.summaries import Summariser
from reader.ui.theme import dress, theme_for
from reader.ui.translating import Translator
from reader.ui.welcome import RECENTS_OFFERED, Welcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent

    from reader.library.catalogue import Scan
    from reader.opened import OpenArticle
    from reader.text.span import Span
    from reader.ui.entry_list import Entry
    from reader.ui.folder_window import FolderWindow
    from reader.ui.settings import Settings
    from reader.workspace import Workspace


class MainWindow(QMainWindow):
    """Library, panes and inspector around one open article."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("Parallel Reader")
        self.setAcceptDrops(True)
        self.resize(1360, 860)
        self._workspace, self._settings = workspace, settings
        theme = theme_for(settings.text("theme", "system"))
        dress(theme)  # first: fields take their icons from it when they are made
        self.jobs = JobRunner(self)
        self.desk = Desk(workspace, self.jobs, self)
        self._summariser = Summariser(workspace, self.jobs, self)
        self._wanted: Path | None = None

        self.library = LibraryPanel(theme)
        self.shelf = LibraryDesk(self.jobs, self.library, settings, lambda: workspace.target, self)
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
        paths = self.library.model.paths
        self.repeats = RepeatDesk(self.desk, self.jobs, paths, self.reading, self.messages, self)
        self.packages = PackageDesk(workspace, self.jobs, self)
        self.exporter = Exporter(workspace, self.desk, self.library.model, settings, self.inspector, self)
        self.citer = Citer(workspace, self.desk, self.reading, self.inspector, self)
        self.queue = QueueDesk(workspace, self.jobs, self.library, self)
        self.folder_desk = FolderDesk(self.jobs, lambda: self.shelf.roots, theme, self)
        self.mentions = LibraryMentions(self.desk, self.jobs, lambda: self.shelf.roots, self.inspector.people, self)
        self.preferences = Preferences(
            *(settings, self.desk, self.appearance, self.inspector, self.folder_desk, self.jobs, self)
        )
        self.opener = Opener(workspace, settings, self)
        handlers = (
            *(self.opener, self.preferences),
            *(self.annotator, self.navigator, self.appearance),
            *(self.translator, self.repeats, self.queue, self.packages, self.exporter, self.citer, self.folder_desk),
        )
        self.actions_ = add_menus(self, (self, *handlers))
        self.mark_menus = MarkMenus(self.annotator, self.desk, self.reading, self.actions_, self)
        self._recent_menu = QMenu(self.tr("Open &Recent"), self)
        samples = self.actions_["open_samples"]
        file_menu = next(menu for menu in self.menuBar().findChildren(QMenu) if samples in menu.actions())
        file_menu.insertMenu(samples, self._recent_menu)
        self._show_recents()
        self.missing_card = Card(self.reading.translation, plain=True)
        self.welcome_card = Card(self._middle, self.messages)
        self.welcome = Welcome(self.welcome_card, self.actions_, self)
        self.presenter = Presenter(
            *(self.desk, self.reading, self.inspector, self.status, self.messages, self.annotator, self.library.model),
            *(self._strip, self.header, (self.welcome_card, self.missing_card), self.actions_, self),
        )
        self._connect()
        self._restore()
        self._show_welcome()
        self.library.view.setFocus()

    # -- assembly ------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._strip = Strip()
        self.header = self._strip.header
        self._middle = QWidget()
        self._middle.setObjectName("centre")
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for above in (self.messages, self._strip, self.find_bar):
            column.addWidget(above)
        column.addWidget(self.reading, 1)
        column.addStretch()  # messages stay as high as they are where no article is shown
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
        self._splitter.setSizes([240, 870, 250])
        self._splitter.setCollapsible(1, False)
        self.setCentralWidget(self._splitter)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        self._connect_messages()
        self._connect_library()
        self._connect_article()
        self._connect_inspector()
        self._strip.begin(self.actions_)

    def _connect_messages(self) -> None:
        """Let everything be said in one place."""
        desks = (self.opener, self.desk, self.desk.saver, self.annotator, self.queue, self.packages, self.exporter)
        for failing in (*desks, self.citer, self.translator, self._settings):
            failing.failed.connect(self._say_error)
        for speaking in (self.shelf, self.desk, self.folder_desk, self.packages, self.exporter):
            speaking.said.connect(self.messages.say)
        for hinting in (self.annotator, self.translator):
            hinting.hint.connect(self.messages.say)
        self.exporter.began.connect(self.messages.say)
        self.exporter.ended.connect(self.messages.withdraw)
        self.desk.saver.recovered.connect(self.messages.withdraw)

    def _connect_library(self) -> None:
        self.library.article_chosen.connect(self.open_article)
        self.opener.chosen.connect(self.add_paths)
        self.shelf.filled.connect(self._show_welcome)
        self.shelf.filled.connect(self.repeats.look)
        self.shelf.filled.connect(self.folder_desk.keep_up)
        self.shelf.summaries_wanted.connect(self._summariser.add)
        self.shelf.summaries_wanted.connect(self.folder_desk.keep_up)
        self.shelf.folder_wanted.connect(self.opener.open_folder)
        self.shelf.open_one_gone.connect(self.desk.look_again)
        self.shelf.recents_changed.connect(self._show_recents)
        self._summariser.summarised.connect(self.library.model.update)
        self.queue.state_changed.connect(self.status.show_queue)
        self.queue.article_translated.connect(self._article_translated)
        self.folder_desk.window_made.connect(self._serve_folder)
        self.folder_desk.place_wanted.connect(self._go_to_found)
        self.folder_desk.people_edited.connect(self.desk.look_again)
        self.folder_desk.indexed.connect(self.mentions.look)

    def _connect_article(self) -> None:
        self.desk.analysed.connect(self._mark_read)
        self.desk.analysed.connect(self.navigator.finder.look_again)
        self.desk.translated.connect(self.reading.set_shown)
        self.desk.translation_state.connect(self.status.show_translation)
        self.desk.changing.connect(self.reading.editor.commit)
        self.desk.saver.state_changed.connect(self.status.show_saved)
        self.presenter.titled.connect(self.setWindowTitle)
        self.presenter.orphans_wanted.connect(self._show_orphans)
        self.navigator.article_wanted.connect(self._travel)
        self.reading.rows_seen.connect(self._rows_seen)
        self.reading.menu_wanted.connect(self.mark_menus.show_for_text)
        self.reading.sentence_changed.connect(self._sentence_changed)
        self.status.encoding_chosen.connect(self._read_in)
        self.packages.changed.connect(self.desk.reanalyse)
        self.preferences.expected.connect(self.status.offer_languages)
        self.preferences.expected.connect(self.packages.expect)
        self.preferences.colours_named.connect(self.reading.set_colour_names)
        self.translator.translation_wanted.connect(self.actions_["view_both"].trigger)

    def _connect_inspector(self) -> None:
        inspector = self.inspector
        for tab in (inspector.passages, inspector.quotes, inspector.people):
            tab.entry_chosen.connect(self._go_to_entry)
        for tab in (inspector.passages, inspector.quotes):
            tab.menu_wanted.connect(self.mark_menus.show_for_entry)
        inspector.people.menu_wanted.connect(self.mark_menus.show_for_person)

    def _serve_folder(self, window: FolderWindow) -> None:
        self.citer.serve_folder(window, self.actions_["copy_citation"])

    def _restore(self) -> None:
        self._settings.restore_window(self, self._splitters())
        self.library.restore(self._settings)
        self.inspector.restore(self._settings)
        themed = (self.library, self.messages, self.find_bar, self.inspector, self.reading, self.folder_desk)
        self.appearance.begin(self.actions_, themed)
        self.preferences.begin(self.actions_, (self.find_bar, self.inspector.editor))
        self.repeats.begin(self.actions_)
        for words in self._settings.problems:
            self.messages.say(words, "warning")

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
        """Put files and folders into the library and open the first article."""
        self.shelf.add(paths, self._open_first if choose else None)

    def _open_first(self, found: Scan) -> Path | None:
        first = next(iter(found.articles), None)
        if first is not None:
            self.open_article(first)
        return first

    def open_article(self, path: Path, *, row: int = 0, span: Span | None = None) -> None:
        """Open an article of the library and go to a row or a span of it."""
        opened = self.desk.opened
        if opened is not None and opened.path == path:
            return
        if self._wanted is not None:  # what is said at the start is not about an article
            self.messages.clear()
        if opened is not None and not self._may_leave():
            self.library.show_current(opened.path)
            return
        if self._wanted is not None and (left := self.library.model.summary(self._wanted)) and left.quotes is None:
            self._summariser.add([left.path])  # left before its analysis was there
        self._wanted = path
        self.presenter.begin_at(row, span)
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
            self.library.filter.setText(self._settings.text("library/filter"))
            self.shelf.add(there, self._open_last)
        if gone := [shown_name(path) for path in paths if path not in there]:
            words = self.tr("No longer there since the reader was closed: {names}.")
            self.messages.say(words.format(names=", ".join(gone[:5]) + (", …" if len(gone) > 5 else "")), "warning")

    def _open_last(self, found: Scan) -> Path | None:
        last = next(iter(self._settings.paths("library/last")), None)
        if last is None or last not in self.library.model:
            return None
        self.open_article(last, row=int(self._settings.number("library/row", 0)))
        return last

    def do_close_library(self) -> None:
        """Close all articles."""
        if not self._may_leave():
            return
        self.desk.put_away()
        self._wanted = None
        self._summariser.stop()
        self.shelf.clear()
        self._show_welcome()

    def do_choose_encoding(self) -> None:
        """Open the menu of encodings."""
        if self._wanted is not None:
            self.status.encoding.show()
            self.status.encoding.showMenu()

    def _read_in(self, encoding: str) -> None:
        """Read the article in an encoding that a person chose, also one that could not be opened without."""
        if self.desk.opened is not None:
            self.desk.read_in(encoding)
        elif self._wanted is not None:
            self.desk.open(self._wanted, encoding or None)

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

    def _article_translated(self, path: Path) -> None:
        if self.desk.opened is None or self.desk.opened.path != path:
            self._summariser.add([path])

    def _show_orphans(self) -> None:
        self.appearance.show_part("inspector")
        self.inspector.setCurrentWidget(self.inspector.passages)
        self.inspector.passages.view.scrollToBottom()

    def _rows_seen(self, rows: tuple[int, int]) -> None:
        if self.desk.opened is None:
            return
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

    def _go_to_found(self, place: tuple[Path, Span | None]) -> None:
        path, span = place
        if self.desk.opened is None or self.desk.opened.path != path:
            self.open_article(path, span=span)
        elif span is not None:
            self.navigator.jump(span)

    def _travel(self, place: tuple[Path, Span]) -> None:
        self.open_article(place[0], span=place[1])

    # -- messages and help ---------------------------------------------------------------------------------------

    def _say_error(self, error: ReaderError) -> None:
        self.messages.say_error(error)
        if self.desk.opened is None and error.path is not None and error.path in self.library.model:
            self.library.model.update(Summary(error.path, shown_name(error.path), error=str(error)))
            self.presenter.clear()
            alone = len(self.library.model) == 1
            self.welcome.show_unreadable(not_text=isinstance(error, ArticleNotText), alone=alone)

    def _show_welcome(self) -> None:
        """Say how to go on while no article is open."""
        if self.desk.opened is not None:
            return
        self.presenter.clear()
        if not len(self.library.model):
            self.welcome.show_start(self.shelf.recent_actions(self.tr("Open “{folder}” Again"), RECENTS_OFFERED))
        elif self._wanted is not None:  # it is on its way
            self.welcome_card.hide()
        else:
            self.welcome.show_choice()

    def _show_recents(self) -> None:
        """Put the recent folders into the File menu."""
        self.shelf.fill_menu(self._recent_menu)

    def _mark_read(self, opened: OpenArticle) -> None:
        self.shelf.read(opened.path)
        self._keep_place()

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
        if event.type() != QEvent.Type.ActivationChange:
            return
        if self.isActiveWindow():
            self.desk.look_again()
            self.shelf.look_again()
        elif self.desk.opened is not None:  # what was open last may still be on its way
            self._keep_place()

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
        elif not self.navigator.finder.close():
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

    def _may_leave(self, *, closing: bool = False) -> bool:
        """Bring the notes of the open article to the disk; ask where they can be brought nowhere."""
        self.inspector.editor.finish()
        self.reading.editor.commit()
        try:
            kept = self.desk.leave()
        except ReaderError as exc:
            return self._may_lose(exc)
        if kept and closing:
            QMessageBox.information(self, self.tr("Notes kept elsewhere"), kept)
        elif kept:
            self.messages.say(kept, "warning")
        return True

    def _may_lose(self, error: ReaderError) -> bool:
        words = self.tr("{why}\n\nClose the article all the same and lose the last changes?").format(why=error)
        buttons = QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel
        answer = QMessageBox.warning(
            self, self.tr("Notes not saved"), words, buttons, QMessageBox.StandardButton.Cancel
        )
        return answer == QMessageBox.StandardButton.Discard

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave(closing=True):
            event.ignore()
            return
        self._keep_state()
        self.queue.stop()
        self._summariser.stop()
        self.desk.put_away()
        self.folder_desk.close()
        self._workspace.close()
        self.jobs.close()
        super().closeEvent(event)

    def _keep_state(self) -> None:
        settings = self._settings
        self.appearance.keep()
        self.library.keep(settings)
        self.inspector.keep(settings)
        self._keep_place()
        settings.keep_window(self, self._splitters())

    def _keep_place(self) -> None:
        """Keep what is open, and where in it one is: while one reads, too, since a crash doesn't wait."""
        self._settings.set("library/paths", [str(path) for path in self.shelf.roots])
        if self.desk.opened is not None:
            self._settings.set("library/last", [str(self.desk.opened.path)])
            self._settings.set("library/row", self.reading.place()[0])
