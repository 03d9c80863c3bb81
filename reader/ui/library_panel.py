"""The left side: the library's list with its filter, order and grouping, and words for an empty list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from reader.library.listing import GROUPINGS, SORTS, Group
from reader.ui.library_model import LibraryModel
from reader.ui.library_view import LibraryView

if TYPE_CHECKING:
    from pathlib import Path

    from reader.ui.settings import Settings
    from reader.ui.theme import Theme


class LibraryPanel(QWidget):
    """The library list with its filter, order and grouping.

    Signals:
        article_chosen: a person chose the article of the payload's path.
        unread_chosen: `(path, unread)`: a person marked an article.
        removal_wanted: a person took the article of the payload's path out of the list.
    """

    article_chosen = Signal(object)
    unread_chosen = Signal(object)
    removal_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = LibraryModel(self)
        self.view = LibraryView(self.model, theme)
        self.view.setAccessibleName(self.tr("Articles"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter articles"))
        self.filter.setAccessibleName(self.tr("Filter articles by title, file, folder, date, language or person"))
        self.filter.setToolTip(self.tr("Title, translated title, file, folder, date, language, person"))
        self.filter.setClearButtonEnabled(True)
        grouping_words = (self.tr("No groups"), self.tr("By date"), self.tr("By language"), self.tr("By person"))
        self.grouping = self._choice(self.tr("Group articles"), GROUPINGS, grouping_words)
        sort_words = (
            *(self.tr("Newest first"), self.tr("Title A–Z")),
            *(self.tr("Language A–Z"), self.tr("File name")),
        )
        self.sort = self._choice(self.tr("Sort articles by"), SORTS, sort_words)
        self.sort.setCurrentIndex(SORTS.index("file"))
        self.count = QLabel()
        self.empty = QLabel()
        for label in (self.count, self.empty):
            label.setProperty("role", "muted")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.setContentsMargins(16, 8, 16, 8)
        self._lay_out()
        self._connect()
        self._say_count()

    @staticmethod
    def _choice(name: str, values: tuple[str, ...], words: tuple[str, ...]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)  # the longest choice would set how narrow the list may be
        for value, label in zip(values, words, strict=True):
            box.addItem(label, value)
        return box

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 6)
        top.addWidget(self.filter, 1)
        choices = QHBoxLayout()
        choices.setContentsMargins(12, 0, 12, 6)
        choices.setSpacing(6)
        choices.addWidget(self.grouping, 1)
        choices.addWidget(self.sort, 1)
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 12, 4)
        below.addWidget(self.count, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for line in (top, choices, below):
            layout.addLayout(line)
        layout.addWidget(self.view, 1)
        inside = QVBoxLayout(self.view.viewport())  # within the list, so that it keeps the focus when it is empty
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.empty)
        inside.addStretch(1)

    def _connect(self) -> None:
        self.view.article_chosen.connect(self.article_chosen)
        self.view.menu_wanted.connect(self._show_menu)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._ask_menu)
        self.filter.textChanged.connect(self.model.set_words)
        self.filter.returnPressed.connect(self._choose_first)
        self.grouping.currentIndexChanged.connect(self._grouping_changed)
        self.sort.currentIndexChanged.connect(self._sort_changed)
        self.model.rearranged.connect(self._say_count)
        for keys, slot in (("Escape", self._leave_filter), ("Down", self._enter_list)):
            # PySide6 6.11.3 ignores `context` where a slot is given too
            shortcut = QShortcut(QKeySequence(keys), self.filter, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    # -- what others ask -----------------------------------------------------------------------------------------

    def show_current(self, path: Path) -> None:
        """Make an article's row the current one without choosing it again."""
        self.view.show_current(path)

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) article in the shown order."""
        self.view.step(by)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.view.set_theme(theme)

    def restore(self, settings: Settings) -> None:
        """Take up the order and the grouping of the last run."""
        for box, name, default in ((self.sort, "sort", "file"), (self.grouping, "grouping", "none")):
            box.setCurrentIndex(max(0, box.findData(settings.text(f"library/{name}", default))))

    def keep(self, settings: Settings) -> None:
        """Keep order, grouping and filter for the next run."""
        settings.set("library/sort", self.sort.currentData())
        settings.set("library/grouping", self.grouping.currentData())
        settings.set("library/filter", self.filter.text())

    # -- filter and order ----------------------------------------------------------------------------------------

    def _grouping_changed(self) -> None:
        self.model.set_grouping(self.grouping.currentData())

    def _sort_changed(self) -> None:
        self.model.set_sort(self.sort.currentData())

    def _leave_filter(self) -> None:
        """Clear the filter; an empty one gives the focus to the list."""
        if self.filter.text():
            self.filter.clear()
        else:
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _enter_list(self) -> None:
        if self.model.rowCount():
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.view.currentIndex().isValid():
                self._choose_first()

    def _choose_first(self) -> None:
        """Choose the first article that the filter leaves."""
        rows = range(self.model.rowCount())
        first = next((row for row in rows if not isinstance(self.model.at(row), Group)), None)
        if first is not None:
            self.view.setCurrentIndex(self.model.index(first, 0))

    def _say_count(self) -> None:
        shown, total = self.model.shown, len(self.model)
        if shown != total:
            self.count.setText(self.tr("{shown:,} of {total:,} articles").format(shown=shown, total=total))
        else:
            self.count.setText(self.tr("1 article") if total == 1 else self.tr("{n:,} articles").format(n=total))
        self.count.setVisible(total > 0)
        self.empty.setVisible(shown == 0)
        if shown == 0:
            self.empty.setText(self._why_empty())

    def _why_empty(self) -> str:
        if not len(self.model):
            return self.tr("No articles yet. Open a folder or files, or drop them on the window.")
        words = self.tr("No article has “{words}” in its title, file, date, language or people. Esc shows all.")
        words = words.format(words=self.filter.text().strip())
        if waiting := self.model.waiting:
            words += "\n\n" + self.tr("Not looked through yet: {n:,}.").format(n=waiting)
        return words

    # -- menu ----------------------------------------------------------------------------------------------------

    def _ask_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self._show_menu((self.view.viewport().mapToGlobal(at), index.row()))

    def _show_menu(self, asked: tuple[QPoint, int]) -> None:
        menu = self.menu_of(asked[1])
        menu.exec(asked[0])
        menu.deleteLater()

    def menu_of(self, row: int) -> QMenu:
        """Return the menu of a row."""
        menu = QMenu(self)
        content = self.model.at(row)
        if not isinstance(content, Group):
            path = content.summary.path
            label = self.tr("Mark as Read") if content.unread else self.tr("Mark as Unread")
            menu.addAction(label).triggered.connect(partial(self.unread_chosen.emit, (path, not content.unread)))
            copy = menu.addAction(self.tr("Copy the File's Path"))
            copy.triggered.connect(partial(QApplication.clipboard().setText, str(path)))
            if content.missing:  # one that is there would be back at the next start
                remove = menu.addAction(self.tr("Take out of the List"))
                remove.triggered.connect(partial(self.removal_wanted.emit, path))
            menu.addSeparator()
        if self.model.heads:
            menu.addAction(self.tr("Open All Groups")).triggered.connect(partial(self.model.set_all_open, True))
            menu.addAction(self.tr("Close All Groups")).triggered.connect(partial(self.model.set_all_open, False))
        return menu
