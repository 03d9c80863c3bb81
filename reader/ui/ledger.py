"""The quotes of the folder: who said what, in both languages, and where the same is quoted elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from reader.articles.reading import shown_name
from reader.library.decisions import DIFFERENT, SAME
from reader.library.ledger import Entry as Quote
from reader.library.ledger import Ledger, Same
from reader.ui.entry_list import Entry
from reader.ui.register import TYPING, EntryList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library.index import Index
    from reader.text.errors import ReaderError
    from reader.ui.theme import Theme

MOST = 2000
"""Quotes that the list shows; the filter finds the others."""


class LedgerTab(QWidget):
    """The quotes at the left; at the right the same elsewhere, with the reasons, to be confirmed or rejected.

    Signals:
        place_chosen: `(path, span)` to be opened.
        work_wanted: `(work, done, failed)`: `work` is to be called with the index in the background.
        said: `(words, level)` for the message bar.
    """

    place_chosen = Signal(object)
    work_wanted = Signal(object)
    said = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ledger: Ledger | None = None
        self._quote: Quote | None = None
        self._asked = ""
        self._indexing = ""
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter quotes: person:Rutte  lang:uk  date:2026-02  words"))
        self.filter.setAccessibleName(self.tr("Filter quotes"))
        self.filter.setClearButtonEnabled(True)
        self.state = QLabel()
        self.heading = QLabel(self.tr("Same quote elsewhere"))
        self.heading.setProperty("role", "heading")
        self.state.setProperty("role", "muted")
        self.empty = QLabel()
        self.empty.setProperty("role", "muted")
        for label in (self.state, self.heading, self.empty):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.quotes = EntryList(theme, self.tr("Quotes"))
        self.elsewhere = EntryList(theme, self.tr("Same quote elsewhere"))
        self.open = QPushButton(self.tr("Open the Quote"))
        self.go = QPushButton(self.tr("Open This One"))
        self.confirm = QPushButton(self.tr("The Same"))
        self.reject = QPushButton(self.tr("Not the Same"))
        self.undo = QPushButton(self.tr("Undo"))
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._lay_out()
        self._connect()
        self._enable()

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        below = QHBoxLayout()
        below.addWidget(self.state, 1)
        below.addWidget(self.open)
        left.addWidget(self.filter)
        left.addWidget(self.quotes, 1)
        left.addLayout(below)
        decide = QHBoxLayout()
        for button in (self.confirm, self.reject, self.go):
            decide.addWidget(button)
        decide.addStretch(1)
        decide.addWidget(self.undo)
        right.addWidget(self.heading)
        right.addWidget(self.empty)
        right.addWidget(self.elsewhere, 1)
        right.addLayout(decide)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for column, margins in ((left, (14, 12, 8, 12)), (right, (12, 12, 14, 12))):
            column.setContentsMargins(*margins)
            column.setSpacing(8)
            side = QWidget()
            side.setLayout(column)
            splitter.addWidget(side)
        splitter.setSizes([540, 460])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._typed)
        self._typing.timeout.connect(self.look)
        self.quotes.picked.connect(self._picked)
        self.quotes.chosen.connect(self._travel)
        self.elsewhere.picked.connect(self._enable)
        self.elsewhere.chosen.connect(self._travel)
        self.open.clicked.connect(self._open)
        self.go.clicked.connect(self._go)
        self.confirm.clicked.connect(self._confirm)
        self.reject.clicked.connect(self._reject)
        self.undo.clicked.connect(self._undo)

    # -- show ----------------------------------------------------------------------------------------------------

    def set_ledger(self, ledger: Ledger | None) -> None:
        """Show the quotes of another folder."""
        self.ledger = ledger
        self.look()

    def set_indexing(self, words: str) -> None:
        """Say this in place of “none” until the index is whole, which "" says."""
        self._indexing = words
        if words and not self.quotes.model_.entries:
            self.state.setText(words)
        if words and not self.elsewhere.model_.entries:
            self.empty.setText(self._nowhere())

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.quotes.set_theme(theme)
        self.elsewhere.set_theme(theme)

    def look(self) -> None:
        """Fetch the quotes that the filter keeps."""
        ledger, line = self.ledger, self.filter.text()
        self._asked = line
        if ledger is None:
            return

        def work(_: Index) -> tuple[str, list[Quote]]:
            return line, ledger.quotes(line)

        self.work_wanted.emit((work, self._show_quotes, self._failed))

    def _typed(self) -> None:
        self._typing.start()

    def _show_quotes(self, result: tuple[str, list[Quote]]) -> None:
        line, found = result
        if line != self._asked:
            return
        kept = self._quote.id if self._quote else None
        shown = found[:MOST]
        self.quotes.show_values(shown, [self._quote_entry(each) for each in shown])
        count = self.tr("1 quote") if len(found) == 1 else self.tr("{n:,} quotes").format(n=len(found))
        more = self.tr(", the newest {most:,} shown").format(most=MOST) if len(found) > MOST else ""
        self.state.setText(count + more if found or not self._indexing else self._indexing)
        row = next((i for i, each in enumerate(shown) if each.id == kept), 0)
        self._quote = None
        if shown:
            self.quotes.setCurrentIndex(self.quotes.model_.index(row))
        else:
            self._picked([])

    def _picked(self, chosen: Sequence[Quote]) -> None:
        self._quote = chosen[0] if chosen else None
        quote, ledger = self._quote, self.ledger
        self._enable()
        if quote is None or ledger is None:
            self._show_same((None, []))
            return

        def work(_: Index) -> tuple[Quote, list[Same]]:
            return quote, ledger.same_as(quote)

        self.work_wanted.emit((work, self._show_same, self._failed))

    def _show_same(self, result: tuple[Quote | None, list[Same]]) -> None:
        quote, found = result
        if quote != self._quote:
            return
        self.elsewhere.show_values(found, [self._same_entry(each) for each in found])
        self.empty.setVisible(not found)
        self.empty.setText(self._nowhere())
        if found:
            self.elsewhere.setCurrentIndex(self.elsewhere.model_.index(0))
        self._enable()

    def _nowhere(self) -> str:
        """Return what stands in place of the same quote elsewhere."""
        if self._quote is None:
            return self.tr("Choose a quote.") if self.quotes.model_.entries else ""
        if self._indexing:
            return self.tr("No article read so far seems to carry this. {indexing}").format(indexing=self._indexing)
        return self.tr("No other article seems to carry this. Translated articles are compared best.")

    def _quote_entry(self, quote: Quote) -> Entry:
        speaker = quote.speaker or self.tr("No named speaker")
        about = " · ".join(part for part in (speaker, quote.date or "", quote.language.upper()) if part)
        return Entry(str(quote.id), about, quote.text, quote.translation or "", faint=quote.speaker is None)

    def _same_entry(self, same: Same) -> Entry:
        status = {SAME: self.tr("confirmed"), DIFFERENT: self.tr("not the same")}.get(same.status)
        quote = same.entry
        parts = (shown_name(quote.path), quote.date or "", quote.language.upper())
        why = "; ".join(same.likeness.reasons)
        text = quote.text if not quote.translation else f"{quote.text}\n{quote.translation}"
        badge = status or f"{same.likeness.score:.0%}"
        return Entry(
            str(quote.id), " · ".join(filter(None, parts)), text, why, badge=badge, faint=same.status == DIFFERENT
        )

    def _enable(self, _: object = None) -> None:
        chosen = bool(self.elsewhere.values())
        for button in (self.confirm, self.reject, self.go):
            button.setEnabled(chosen)
        self.open.setEnabled(self._quote is not None)
        self.undo.setEnabled(self.ledger is not None and self.ledger.undo_label is not None)

    # -- decide --------------------------------------------------------------------------------------------------

    def _same(self) -> Same | None:
        chosen = self.elsewhere.values()
        return chosen[0] if chosen and isinstance(chosen[0], Same) else None

    def _decide(self, status: str) -> None:
        same, quote, ledger = self._same(), self._quote, self.ledger
        if same is None or quote is None or ledger is None:
            return

        def work(_: Index) -> tuple[Quote, list[Same]]:
            ledger.decide(quote, same.entry, None if same.status == status else status)
            return quote, ledger.same_as(quote)

        self.work_wanted.emit((work, self._show_same, self._failed))

    def _confirm(self) -> None:
        self._decide(SAME)

    def _reject(self) -> None:
        self._decide(DIFFERENT)

    def _undo(self) -> None:
        quote, ledger = self._quote, self.ledger
        if ledger is None:
            return

        def work(_: Index) -> tuple[Quote | None, list[Same]]:
            ledger.undo()
            return quote, ledger.same_as(quote) if quote is not None else []

        self.work_wanted.emit((work, self._show_same, self._failed))

    def _travel(self, value: object) -> None:
        quote = value.entry if isinstance(value, Same) else value
        assert isinstance(quote, Quote)
        self.place_chosen.emit((quote.path, quote.span))

    def _open(self) -> None:
        if self._quote is not None:
            self._travel(self._quote)

    def _go(self) -> None:
        same = self._same()
        if same is not None:
            self._travel(same)

    def _failed(self, error: ReaderError) -> None:
        self.said.emit(str(error), "error")
