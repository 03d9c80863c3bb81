"""The quotes of the folder: who said what, in both languages, and where the same is quoted elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from reader.library.decisions import DIFFERENT, SAME
from reader.library.ledger import Entry as Quote
from reader.library.ledger import Ledger, Same
from reader.library.query import doubts
from reader.ui.entry_list import Entry
from reader.ui.folder_tab import (
    EntryList,
    FolderTab,
    column_of,
    in_columns,
    key_on,
    label,
    name_in,
    row_of,
    show_undo,
    undo_keys,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QListView

    from reader.library.index import Index
    from reader.text.errors import ReaderError
    from reader.ui.jobs import Job
    from reader.ui.theme import Theme

MOST = 2000
"""Quotes that the list shows; the filter finds the others."""
PATIENCE = 150
"""Milliseconds after which it is said that quotes are still being compared."""


class LedgerTab(FolderTab):
    """The quotes at the left; at the right the same elsewhere, with the reasons, to be confirmed or rejected."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.filter.setPlaceholderText(self.tr("Filter quotes: person:Rutte  lang:uk  date:2026-02  words"))
        self.filter.setAccessibleName(self.tr("Filter quotes"))
        self.ledger: Ledger | None = None
        self._quote: Quote | None = None
        self.state, self.empty = label(), label()
        self.heading = label(self.tr("Same quote elsewhere"), role="heading")
        self.quotes = EntryList(theme, self.tr("Quotes"))
        self.elsewhere = EntryList(theme, self.tr("Same quote elsewhere"))
        self.open = QPushButton(self.tr("Open the Quote"))
        self.go = QPushButton(self.tr("Open This One"))
        self.confirm = QPushButton(self.tr("The Same"))
        self.reject = QPushButton(self.tr("Not the Same"))
        self.undo, self.redo = QPushButton(self.tr("Undo")), QPushButton(self.tr("Redo"))
        for button in (self.confirm, self.reject):
            button.setCheckable(True)  # pressed again it takes the decision back
        self._slow = QTimer(self, singleShot=True, interval=PATIENCE)
        self._lay_out()
        self._connect()
        self._enable()

    def _lay_out(self) -> None:
        left = column_of(self.filter, self.state, self.quotes, row_of(self.open, None))
        left.setStretchFactor(self.quotes, 1)
        decide = row_of(self.confirm, self.reject, self.go, None, self.undo, self.redo)
        right = column_of(self.heading, self.empty, self.elsewhere, decide)
        right.setStretchFactor(self.elsewhere, 1)
        in_columns(self, left, right, (540, 500))

    def _connect(self) -> None:
        self.quotes.picked.connect(self._picked)
        self.elsewhere.picked.connect(self._enable)
        for view in (self.quotes, self.elsewhere):
            view.chosen.connect(self._travel)
        for button, slot in (
            (self.open, self._open),
            (self.go, self._go),
            (self.confirm, self._confirm),
            (self.reject, self._reject),
            (self.undo, self._undo),
            (self.redo, self._redo),
        ):
            button.clicked.connect(slot)
        key_on(self.confirm, "Y", self.elsewhere)
        key_on(self.reject, "N", self.elsewhere)
        undo_keys(self, self.undo, self.redo)
        self._slow.timeout.connect(self._say_comparing)

    # -- show ----------------------------------------------------------------------------------------------------

    def list_view(self) -> QListView:
        return self.quotes

    def panes(self) -> list[QWidget]:
        return [self.filter, self.quotes, self.elsewhere]

    def set_ledger(self, ledger: Ledger | None) -> None:
        """Show the quotes of another folder."""
        self.ledger = ledger
        self._quote = None
        self.look()

    def set_indexing(self, words: str) -> None:
        super().set_indexing(words)
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
        ledger, line = self.ledger, self.taken_up()
        if ledger is None:
            self._show_quotes((line, [], False, {}))
            self.state.clear()
            return

        def work(_: Index, job: Job) -> tuple[str, list[Quote], bool, dict[int, int]]:
            found, more = ledger.page(line, MOST)
            return line, found, more, ledger.confirmed(found)

        self.ask("quotes", work, self._show_quotes)

    def failed(self, error: ReaderError) -> None:
        """Say in place of the list what is wrong with the line, in the messages all else."""
        if error.path is None:
            self._show_quotes((self.asked, [], False, {}))
            self.state.setText(str(error))
        else:
            super().failed(error)

    def _show_quotes(self, result: tuple[str, list[Quote], bool, dict[int, int]]) -> None:
        line, found, more, confirmed = result
        if line != self.asked:
            return
        kept = self._quote.id if self._quote else None
        row = next((i for i, each in enumerate(found) if each.id == kept), 0)
        self._quote = None
        self.quotes.show_values(found, [self._quote_entry(each, confirmed.get(each.id, 0)) for each in found], row)
        count = self.tr("1 quote") if len(found) == 1 else self.tr("{n:,} quotes").format(n=len(found))
        if more:
            count = self.tr("The newest {n:,} quotes; the filter finds the others").format(n=len(found))
        nothing = " ".join((self.tr("No quote is kept by this."), *doubts(line))) if line.strip() else count
        self.state.setText(count if found else self.indexing or nothing)
        self._picked(self.quotes.values())

    def _picked(self, chosen: Sequence[Quote]) -> None:
        quote, ledger = next(iter(chosen), None), self.ledger
        if quote is not None and quote == self._quote:
            return
        self._quote = quote
        self._enable()
        if quote is None or ledger is None:
            self._show_same((None, []))
            return
        self._slow.start()
        self._ask_same()

    def _ask_same(self) -> None:
        """Fetch where the chosen quote stands elsewhere."""
        quote, ledger = self._quote, self.ledger
        if quote is None or ledger is None:
            return

        def work(_: Index, job: Job) -> tuple[Quote | None, list[Same]]:
            return quote, ledger.same_as(quote)

        self.ask("same", work, self._show_same)

    def _show_same(self, result: tuple[Quote | None, list[Same]]) -> None:
        quote, found = result
        if quote != self._quote:
            return
        self._slow.stop()
        row = max(0, self.elsewhere.currentIndex().row())
        self.elsewhere.show_values(found, [self._same_entry(each) for each in found], row)
        if not found and self.elsewhere.hasFocus():
            self.quotes.setFocus()
        self.elsewhere.setEnabled(bool(found))  # an empty list takes no focus
        self.empty.setVisible(not found)
        self.empty.setText(self._nowhere())
        self._enable()

    def _say_comparing(self) -> None:
        self.elsewhere.show_values([], [])
        self.empty.setText(self.tr("Comparing with the other quotes…"))
        self.empty.show()
        self._enable()

    def _nowhere(self) -> str:
        """Return what stands in place of the same quote elsewhere."""
        if self._quote is None:
            return self.tr("Choose a quote.") if self.quotes.model_.entries else ""
        if self.indexing:
            return self.tr("No article read so far seems to carry this. {indexing}").format(indexing=self.indexing)
        return self.tr("No other article seems to carry this. Translated articles are compared best.")

    def _quote_entry(self, quote: Quote, confirmed: int) -> Entry:
        speaker = quote.speaker or self.tr("No named speaker")
        about = " · ".join(part for part in (speaker, quote.date or "", quote.language.upper()) if part)
        badge = self.tr("{n} elsewhere").format(n=confirmed) if confirmed else ""
        translation = quote.translation or ""
        return Entry(str(quote.id), about, quote.text, translation, badge=badge, faint=quote.speaker is None)

    def _same_entry(self, same: Same) -> Entry:
        status = {SAME: self.tr("confirmed"), DIFFERENT: self.tr("not the same")}.get(same.status)
        quote = same.entry
        heading = " · ".join(filter(None, (name_in(self.folder, quote.path), quote.date or "", quote.language.upper())))
        why = "; ".join(same.likeness.reasons)
        badge = status or f"{same.likeness.score:.0%}"
        faint = same.status == DIFFERENT
        return Entry(str(quote.id), heading, quote.text, quote.translation or "", badge=badge, faint=faint, note=why)

    def _enable(self, _: object = None) -> None:
        same = self._same()
        for button, status in ((self.confirm, SAME), (self.reject, DIFFERENT)):
            button.setEnabled(same is not None)
            button.setChecked(same is not None and same.status == status)
        self.go.setEnabled(same is not None)
        self.open.setEnabled(self._quote is not None)
        ledger = self.ledger
        show_undo(self.undo, self.redo, *((ledger.undo_label, ledger.redo_label) if ledger else (None, None)))

    # -- decide --------------------------------------------------------------------------------------------------

    def _same(self) -> Same | None:
        return next(iter(self.elsewhere.values()), None)

    def _decide(self, status: str) -> None:
        same, quote = self._same(), self._quote
        if same is None or quote is None:
            return
        wanted = None if same.status == status else status
        self._change(lambda ledger: ledger.decide(quote, same.entry, wanted))

    def _change(self, change: Callable[[Ledger], None]) -> None:
        """Carry out a decision, then look again at both lists: the left one counts those confirmed."""
        ledger = self.ledger
        if ledger is None:
            return

        def work(_: Index, job: Job) -> None:
            change(ledger)

        self.ask("", work, self._changed)

    def _changed(self, _: object) -> None:
        self._ask_same()
        self.look()

    def _confirm(self) -> None:
        self._decide(SAME)

    def _reject(self) -> None:
        self._decide(DIFFERENT)

    def _undo(self) -> None:
        self._change(lambda ledger: ledger.undo())

    def _redo(self) -> None:
        self._change(lambda ledger: ledger.redo())

    def _travel(self, value: Quote | Same) -> None:
        quote = value.entry if isinstance(value, Same) else value
        self.place_chosen.emit((quote.path, quote.span))

    def _open(self) -> None:
        if self._quote is not None:
            self._travel(self._quote)

    def _go(self) -> None:
        same = self._same()
        if same is not None:
            self._travel(same)
