"""The library's list as a Qt model: one column, a row for each heading and each article shown."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from reader.articles.reading import shown_name
from reader.finding import fold
from reader.library.listing import Arrangement, Group, ListedArticle, Listing, Rows
from reader.resources import language_name
from reader.ui.drawing import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from reader.page import Summary

ROW_ROLE = Qt.ItemDataRole.UserRole
"""A row's `Group` or `ListedArticle`."""
SETTLE = 300
"""Milliseconds after which articles analysed meanwhile find their new places: a list that jumps can't be read."""
Index = QModelIndex | QPersistentModelIndex


def day_words(day: str) -> str:
    """Return a date of the form 2026-02-12 with its weekday; another text as it is."""
    date = QDate.fromString(day, Qt.DateFormat.ISODate)
    return QLocale(QLocale.Language.English).toString(date, "dddd, d MMMM yyyy") if date.isValid() else day


def error_words(summary: Summary) -> str | None:
    """Return what is wrong with an article's file without the file's name, which stands above already."""
    words = (summary.error or "").removeprefix(shown_name(summary.path)).lstrip(": ")
    return words[:1].upper() + words[1:] or None


class LibraryModel(QAbstractTableModel):
    """The opened articles in the arrangement that a person chose.

    Signals:
        rearranging, rearranged: the rows are about to be others, and are: the view keeps its place between the two.
    """

    rearranging = Signal()
    rearranged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = Listing(language_name)
        self._rows = Rows()
        self._row_of: dict[int, int] = {}
        self.arrangement = Arrangement()
        self._late = QTimer(self, singleShot=True, interval=SETTLE)
        self._late.timeout.connect(self._rearrange)

    # -- rows ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.at(index.row())
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.label(row) if isinstance(row, Group) else row.summary.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._group_words(row) if isinstance(row, Group) else self._spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(self._group_words(row) if isinstance(row, Group) else self._tooltip(row))
        return None

    def at(self, row: int) -> Group | ListedArticle:
        """Return the heading or the article in a row."""
        content = self._rows.rows[row]
        return content if isinstance(content, Group) else self._listing[content]

    @property
    def heads(self) -> Sequence[int]:
        """The rows that are headings."""
        return self._rows.heads

    def contents(self) -> Iterator[Group | ListedArticle]:
        """Yield what stands in each row."""
        listing = self._listing
        return (row if isinstance(row, Group) else listing[row] for row in self._rows.rows)

    def head_above(self, row: int) -> int | None:
        """Return the row of the heading over a row."""
        return self._rows.head_above(row)

    def place_of(self, row: int) -> tuple[str | None, Path | None]:
        """Return what finds a row again after the rows have changed: its group and its article."""
        content = self.at(row)
        return self._rows.group_of(row), None if isinstance(content, Group) else content.summary.path

    def row_at(self, group: str | None, path: Path | None) -> int | None:
        """Return the row of a place; in another group where the article left its own."""
        number = self._listing.number(path) if path is not None else None
        if path is None:
            return next((row for row in self.heads if self._group_at(row).key == group), None)
        if number is None:
            return None
        first = self._row_of.get(number)
        if group is None or first is None or self._rows.group_of(first) == group:
            return first
        rows = self._rows.rows
        same = (row for row in range(first, len(rows)) if rows[row] == number and self._rows.group_of(row) == group)
        return next(same, first)

    def _group_at(self, row: int) -> Group:
        group = self._rows.rows[row]
        assert isinstance(group, Group)
        return group

    # -- articles ------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """Return the number of articles, shown or not."""
        return len(self._listing)

    def __contains__(self, path: Path) -> bool:
        return self._listing.number(path) is not None

    @property
    def shown(self) -> int:
        """How many articles the filter leaves."""
        return self._rows.shown

    @property
    def waiting(self) -> int:
        """How many articles are not analysed yet."""
        return sum(article.summary.quotes is None and not article.summary.error for article in self._listing)

    def prepare(self, summary: Summary, *, unread: bool = True, words: str | None = None) -> ListedArticle:
        """Prepare an article for `add`, in any thread; `words` are its title and its people, folded, where known."""
        return self._listing.prepare(summary, unread=unread, words=words)

    def add(self, articles: Iterable[ListedArticle | Summary]) -> None:
        """Append articles that are not in the list yet."""
        new = [each if isinstance(each, ListedArticle) else self.prepare(each) for each in articles]
        with self._arranging():
            self._listing.add(new)

    def update(self, summary: Summary) -> None:
        """Take over what is known of an article in the list now; its place follows a little later."""
        self._change(summary.path, lambda old: replace(self.prepare(summary), unread=old.unread, missing=old.missing))

    def set_unread(self, path: Path, unread: bool) -> None:
        """Mark an article as unread or read."""
        self._change(path, lambda old: replace(old, unread=unread))

    def set_missing(self, path: Path, missing: bool) -> None:
        """Mark an article whose file is gone, or there again."""
        self._change(path, lambda old: replace(old, missing=missing))

    def _change(self, path: Path, change: Callable[[ListedArticle], ListedArticle]) -> None:
        number = self._listing.number(path)
        if number is None:
            return
        old = self._listing[number]
        new = change(old)
        if new == old:
            return
        self._listing.put(number, new)
        row = self._row_of.get(number)
        if row is not None:
            index = self.index(row, 0)
            self.dataChanged.emit(index, index)
        if not self._late.isActive():
            self._late.start()

    def remove(self, paths: Iterable[Path]) -> None:
        """Take articles out of the list."""
        with self._arranging():
            self._listing.remove(paths)

    def clear(self) -> None:
        """Empty the list."""
        with self._arranging():
            self._listing.clear()

    def article(self, path: Path) -> ListedArticle | None:
        """Return an article of the list."""
        number = self._listing.number(path)
        return None if number is None else self._listing[number]

    def summary(self, path: Path) -> Summary | None:
        """Return an article's summary, None where it is not in the list."""
        article = self.article(path)
        return article.summary if article else None

    def paths(self) -> list[Path]:
        """Return the opened articles in the order they were opened."""
        return [article.summary.path for article in self._listing]

    def shown_paths(self) -> list[Path]:
        """Return the articles that the filter leaves in the order of the list, those in closed groups too."""
        rows = self._listing.arrange(replace(self.arrangement, grouping="none")).rows
        return [self._listing[number].summary.path for number in rows if isinstance(number, int)]

    # -- arrangement ---------------------------------------------------------------------------------------------

    def set_words(self, text: str) -> None:
        """Keep the articles in which every word of `text` occurs, whatever its case and diacritics."""
        self._set(replace(self.arrangement, words=tuple(fold(text).split())))

    def set_sort(self, sort: str) -> None:
        """Sort by one of `SORTS`: dates the newest first."""
        self._set(replace(self.arrangement, sort=sort))

    def set_grouping(self, grouping: str) -> None:
        """Group by one of `GROUPINGS`."""
        self._set(replace(self.arrangement, grouping=grouping))

    def set_open(self, row: int, is_open: bool) -> None:
        """Open or close the group whose heading is in a row."""
        group = self._group_at(row)
        if group.is_open != is_open:
            self._set(self.arrangement.toggle(group.key))

    def set_all_open(self, is_open: bool) -> None:
        """Open or close every group."""
        groups = [self._group_at(row) for row in self.heads]
        self._set(self.arrangement.toggle(*(group.key for group in groups if group.is_open != is_open)))

    def _set(self, arrangement: Arrangement) -> None:
        if arrangement != self.arrangement:
            with self._arranging():
                self.arrangement = arrangement

    def _rearrange(self) -> None:
        """Give the rows their places anew where what is known now asks for it."""
        rows = self._listing.arrange(self.arrangement)
        if rows != self._rows:
            with self._arranging(rows):
                pass

    @contextmanager
    def _arranging(self, rows: Rows | None = None) -> Iterator[None]:
        self._late.stop()
        self.rearranging.emit()
        self.beginResetModel()
        self._rows = Rows()
        self.endResetModel()  # a header view keeps the heights of its rows through a reset, unless it was empty
        self.beginResetModel()
        yield
        self._rows = rows or self._listing.arrange(self.arrangement)
        self._row_of = {}
        for row, content in enumerate(self._rows.rows):
            if not isinstance(content, Group):
                self._row_of.setdefault(content, row)
        self.endResetModel()
        self.rearranged.emit()

    # -- words ---------------------------------------------------------------------------------------------------

    def label(self, group: Group) -> str:
        """Return a heading's words."""
        grouping = self.arrangement.grouping
        if grouping == "date":
            return day_words(group.key) if group.key else self.tr("No date")
        if grouping == "language":
            known = group.key not in ("", "und")
            return language_name(group.key) if known else self.tr("Language not known yet")
        return group.key or self.tr("No people found")

    def _group_words(self, group: Group) -> str:
        count = self.tr("1 article") if group.count == 1 else self.tr("{n} articles").format(n=group.count)
        unread = self.tr(", {n} unread").format(n=group.unread) if group.unread else ""
        state = self.tr("open") if group.is_open else self.tr("closed")
        return f"{self.label(group)}: {count}{unread}, {state}"

    def marks(self, article: ListedArticle) -> list[str]:
        """Return the words of an article's marks."""
        summary = article.summary
        words = [self.tr("File gone: the notes are kept")] if article.missing else []
        words += [self.tr("Unread")] if article.unread else []
        words += [self.tr("Translated")] if summary.translated else []
        for count, one, many in (
            (summary.highlights, self.tr("1 own highlight"), self.tr("{n} own highlights")),
            (summary.quotes, self.tr("1 quote"), self.tr("{n} quotes")),
            (summary.people, self.tr("1 person"), self.tr("{n} people")),
        ):
            if count:
                words.append(one if count == 1 else many.format(n=count))
        return words

    def _spoken(self, article: ListedArticle) -> str:
        summary = article.summary
        known = summary.language not in (None, "und")
        language = language_name(summary.language) if summary.language and known else None
        parts = (summary.title, summary.translated_title, summary.date, language, *self.marks(article), summary.error)
        return ". ".join(part for part in parts if part)

    def _tooltip(self, article: ListedArticle) -> str:
        summary = article.summary
        lines = (
            summary.title,
            summary.translated_title,
            f"{summary.path.parent.name}/{summary.path.name}",
            " · ".join(self.marks(article)),
            summary.error,
        )
        return "\n".join(line for line in lines if line)
