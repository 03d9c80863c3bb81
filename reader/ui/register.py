"""The people of the folder: who is named where, how spelled, when; merge, split, rename, and who may be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reader.library.proposals import Proposal, proposals
from reader.library.register import Appearance, Person, Spelling, appearances, people, spellings
from reader.library.timeline import Day, of_person
from reader.ui.entry_list import Entry, EntryDelegate, EntryModel, EntryView
from reader.ui.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.library.deciding import Edited, Register
    from reader.library.index import Index
    from reader.text.errors import ReaderError
    from reader.ui.theme import Theme

TYPING = 180


class EntryList(EntryView):
    """A list of entries that stand for values.

    Signals:
        chosen: the value of an entry that was activated, or clicked where that is enough.
        picked: the values that are selected now.
    """

    chosen = Signal(object)
    picked = Signal(object)

    def __init__(self, theme: Theme, name: str, *, several: bool = False, click_chooses: bool = False) -> None:
        super().__init__()
        self.model_ = EntryModel(self)
        self.delegate = EntryDelegate(theme, self)
        self._values: list[object] = []
        self.setModel(self.model_)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setLayoutMode(EntryView.LayoutMode.Batched)
        self.setVerticalScrollMode(EntryView.ScrollMode.ScrollPerPixel)
        if several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.activated.connect(self._choose)
        if click_chooses:
            self.clicked.connect(self._choose)
        self.selectionModel().selectionChanged.connect(self._selected)

    def show_values(self, values: Sequence[object], entries: Sequence[Entry]) -> None:
        """Replace the list."""
        self._values = list(values)
        self.model_.set_entries(entries)

    def values(self) -> list[object]:
        """Return the values that are selected."""
        return [self._values[index.row()] for index in sorted(self.selectedIndexes())]

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.delegate.theme = theme
        self.viewport().update()

    def _choose(self, index: object) -> None:
        self.chosen.emit(self._values[index.row()])  # type: ignore[attr-defined]  # a QModelIndex

    def _selected(self, selected: QItemSelection) -> None:
        self.picked.emit(self.values())


class RegisterTab(QWidget):
    """The people at the left; spellings, articles and timeline of the chosen one at the right.

    Signals:
        place_chosen: `(path, span)` to be opened.
        work_wanted: `(work, done, failed)`: `work` is to be called with the index in the background.
        edited: a person changed something: articles and index follow.
        said: `(words, level)` for the message bar.
        search_wanted: a line to be searched for: the chosen person on a day of the chart.
    """

    place_chosen = Signal(object)
    work_wanted = Signal(object)
    search_wanted = Signal(object)
    edited = Signal()
    said = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.register: Register | None = None
        self._person: Person | None = None
        self._asked = ""
        self._indexing = ""
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter people by any spelling"))
        self.filter.setAccessibleName(self.tr("Filter people"))
        self.filter.setClearButtonEnabled(True)
        self.people = EntryList(theme, self.tr("People"), several=True)
        self.spellings = EntryList(theme, self.tr("Spellings"), several=True)
        self.articles = EntryList(theme, self.tr("Articles"), click_chooses=True)
        self.chart = Timeline(theme)
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.about = QLabel()
        self.about.setProperty("role", "muted")
        for label in (self.heading, self.about):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.buttons = {
            "merge": QPushButton(self.tr("Merge…")),
            "rename": QPushButton(self.tr("Rename…")),
            "split": QPushButton(self.tr("Split off Spellings…")),
            "nobody": QPushButton(self.tr("Not a Person")),
            "undo": QPushButton(self.tr("Undo")),
            "redo": QPushButton(self.tr("Redo")),
            "proposals": QPushButton(self.tr("Who May Be the Same")),
            "chart": QPushButton(self.tr("Save Chart…")),
        }
        self.buttons["proposals"].setCheckable(True)
        self.same = EntryList(theme, self.tr("Who may be the same"))
        self.nobody_alike = QLabel(self.tr("No two people have names alike."))
        self.nobody_alike.setProperty("role", "muted")
        self.agree = QPushButton(self.tr("One Person"))
        self.differ = QPushButton(self.tr("Two People"))
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._lay_out()
        self._connect()
        self._enable()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (self.filter, self.buttons["proposals"], self.people, self.nobody_alike, self.same):
            left.addWidget(widget)
        pair = QHBoxLayout()
        pair.addWidget(self.agree)
        pair.addWidget(self.differ)
        left.addLayout(pair)
        right = QVBoxLayout()
        right.setSpacing(8)
        line = QHBoxLayout()
        for name in ("merge", "rename", "split", "nobody"):
            line.addWidget(self.buttons[name])
        line.addStretch(1)
        for name in ("undo", "redo"):
            line.addWidget(self.buttons[name])
        lists = QHBoxLayout()
        lists.addWidget(self.spellings, 2)
        lists.addWidget(self.articles, 3)
        below = QHBoxLayout()
        below.addWidget(self.chart, 1)
        below.addWidget(self.buttons["chart"], 0, Qt.AlignmentFlag.AlignTop)
        for part in (line, self.heading, self.about, lists, below):
            right.addWidget(part) if isinstance(part, QWidget) else right.addLayout(part)
        right.setStretch(3, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for column, margins in ((left, (14, 12, 8, 12)), (right, (12, 12, 14, 12))):
            column.setContentsMargins(*margins)
            side = QWidget()
            side.setLayout(column)
            splitter.addWidget(side)
        splitter.setSizes([300, 700])
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._typed)
        self._typing.timeout.connect(self.look)
        self.chart.day_chosen.connect(self._search_day)
        self.people.picked.connect(self._picked)
        self.spellings.picked.connect(self._enable)
        self.articles.chosen.connect(self._open)
        self.same.picked.connect(self._enable)
        slots = {
            "merge": self._merge,
            "rename": self._rename,
            "split": self._split,
            "nobody": self._not_a_person,
            "undo": self._undo,
            "redo": self._redo,
            "proposals": self._toggle_proposals,
            "chart": self.chart.ask_export,
        }
        for name, slot in slots.items():
            self.buttons[name].clicked.connect(slot)
        self.agree.clicked.connect(self._agree)
        self.differ.clicked.connect(self._differ)
        for widget in (self.same, self.agree, self.differ, self.nobody_alike):
            widget.hide()

    # -- show ----------------------------------------------------------------------------------------------------

    def set_register(self, register: Register | None) -> None:
        """Edit the people of another folder."""
        self.register = register
        self._person = None
        self.look()

    def set_indexing(self, words: str) -> None:
        """Say this in place of “nobody” until the index is whole, which "" says."""
        self._indexing = words
        if words and not self.people.model_.entries:
            self._show_person(None)
        if words and not self.same.model_.entries:
            self.nobody_alike.setText(words)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        for part in (self.people, self.spellings, self.articles, self.same, self.chart):
            part.set_theme(theme)

    def look(self) -> None:
        """Fetch the people, and who may be the same where that is shown."""
        named = self._asked = self.filter.text()
        pairs = self.buttons["proposals"].isChecked()

        def work(index: Index) -> tuple[str, list[Person], list[Proposal]]:
            return named, people(index, named), proposals(index) if pairs else []

        self.work_wanted.emit((work, self._show_people, self._failed))

    def _typed(self) -> None:
        self._typing.start()

    def _show_people(self, result: tuple[str, list[Person], list[Proposal]]) -> None:
        named, found, pairs = result
        if named != self._asked:
            return
        kept = self._person.name if self._person else None
        self.people.show_values(found, [_person_entry(each, self._counts(each)) for each in found])
        self.same.show_values(pairs, [_pair_entry(pair) for pair in pairs])
        self.nobody_alike.setText(self._indexing or self.tr("No two people have names alike."))
        self.nobody_alike.setVisible(self.buttons["proposals"].isChecked() and not pairs)
        self._person = None
        row = next((i for i, each in enumerate(found) if each.name == kept), 0)
        if found:
            self.people.setCurrentIndex(self.people.model_.index(row))
        else:
            self._show_person(None)

    def _picked(self, chosen: Sequence[Person]) -> None:
        who = chosen[0] if chosen else None
        if who != self._person:
            self._show_person(who)
        self._enable()

    def _show_person(self, who: Person | None) -> None:
        self._person = who
        self._enable()
        if who is None:
            self.heading.setText(self._nobody())
            self.about.setText(self._indexing)
            for part in (self.spellings, self.articles):
                part.show_values([], [])
            for hidden in (self.chart, self.buttons["chart"]):
                hidden.hide()
            return
        self.heading.setText(who.name)

        def work(index: Index) -> tuple[Person, tuple[Spelling, ...], tuple[Appearance, ...], list[Day]]:
            return who, spellings(index, who.id), appearances(index, who.id), of_person(index, who.id)

        self.work_wanted.emit((work, self._show_details, self._failed))

    def _show_details(self, result: tuple[Person, tuple[Spelling, ...], tuple[Appearance, ...], list[Day]]) -> None:
        who, forms, where, days = result
        if who != self._person:
            return
        mentions = self.tr("1 mention") if who.mentions == 1 else self.tr("{n} mentions").format(n=who.mentions)
        words = f"{mentions} · {self._counts(who)}"
        if who.first:
            words += f" · {_days(who)}"
        self.about.setText("\n".join([words, *who.why[:3]]))
        self.spellings.show_values(forms, [_spelling_entry(each, self.tr("form of {name}")) for each in forms])
        self.articles.show_values(where, [_article_entry(each) for each in where])
        self.chart.set_days(who.name, days)
        for part in (self.chart, self.buttons["chart"]):
            part.setVisible(len(days) > 1)

    def _nobody(self) -> str:
        """Return the heading where nobody is shown."""
        if self._indexing:
            return self.tr("Nobody found so far")
        if self._asked.strip():
            return self.tr("Nobody here is spelled “{words}”.").format(words=self._asked.strip())
        return self.tr("Nobody is named in these articles.")

    def _counts(self, who: Person) -> str:
        articles = self.tr("1 article") if who.articles == 1 else self.tr("{n} articles").format(n=who.articles)
        quotes = self.tr("1 quote") if who.quotes == 1 else self.tr("{n} quotes").format(n=who.quotes)
        return f"{articles} · {quotes}" if who.quotes else articles

    def _enable(self, _: object = None) -> None:
        several, one = len(self.people.values()), self._person is not None and self.register is not None
        self.buttons["merge"].setEnabled(one and several > 1)
        self.buttons["rename"].setEnabled(one and several == 1)
        self.buttons["nobody"].setEnabled(one and several == 1)
        self.buttons["split"].setEnabled(one and bool(self.spellings.values()))
        for name, label, plain in (
            ("undo", self.register.undo_label if self.register else None, self.tr("Undo")),
            ("redo", self.register.redo_label if self.register else None, self.tr("Redo")),
        ):
            self.buttons[name].setEnabled(label is not None)
            self.buttons[name].setText(f"{plain} {label}" if label else plain)
        for button in (self.agree, self.differ):
            button.setEnabled(bool(self.same.values()))

    def _open(self, where: Appearance) -> None:
        self.place_chosen.emit((where.path, where.mentions[0] if where.mentions else None))

    def _search_day(self, when: str) -> None:
        if self._person is not None:
            self.search_wanted.emit(f'person:"{self._person.name}" date:{when}')

    def _toggle_proposals(self) -> None:
        shown = self.buttons["proposals"].isChecked()
        self.people.setVisible(not shown)
        for widget in (self.same, self.agree, self.differ):
            widget.setVisible(shown)
        self.nobody_alike.setText(self.tr("Comparing names…"))
        self.nobody_alike.setVisible(shown)
        self.look()

    def _failed(self, error: ReaderError) -> None:
        self.said.emit(str(error), "error")

    # -- edit ----------------------------------------------------------------------------------------------------

    def _edit(self, change: Callable[[Register], Edited | None]) -> None:
        """Carry out an edit in the background, then let index and lists follow."""
        register = self.register
        if register is None:
            return

        def work(_: Index) -> Edited | None:
            return change(register)

        self.work_wanted.emit((work, self._edit_done, self._failed))

    def _edit_done(self, done: Edited | None) -> None:
        for problem in done.problems[:3] if done else ():
            self.said.emit(problem, "warning")
        self._enable()
        self.edited.emit()

    def _ask(self, title: str, words: str, text: str) -> str:
        name, agreed = QInputDialog.getText(self, title, words, text=text)
        return " ".join(name.split()) if agreed else ""

    def _merge(self) -> None:
        chosen = [each for each in self.people.values() if isinstance(each, Person)]
        names = ", ".join(each.name for each in chosen)
        name = self._ask(self.tr("Merge people"), self.tr("One name for {names}:").format(names=names), chosen[0].name)
        if name:
            self._edit(lambda register: register.merge(chosen, name))

    def _rename(self) -> None:
        who = self._person
        if who is not None and (name := self._ask(self.tr("Rename"), self.tr("Name:"), who.name)) and name != who.name:
            self._edit(lambda register: register.rename(who, name))

    def _split(self) -> None:
        who = self._person
        forms = [each.text for each in self.spellings.values() if isinstance(each, Spelling)]
        if who is not None and forms:
            words = self.tr("Who is “{names}”?").format(names="”, “".join(forms))
            if name := self._ask(self.tr("Split off spellings"), words, forms[0]):
                self._edit(lambda register: register.split(who, forms, name))

    def _not_a_person(self) -> None:
        who = self._person
        if who is not None:
            self._edit(lambda register: register.not_a_person(who))

    def _undo(self) -> None:
        self._edit(lambda register: register.undo())

    def _redo(self) -> None:
        self._edit(lambda register: register.redo())

    def _agree(self) -> None:
        (pair,) = self.same.values()
        assert isinstance(pair, Proposal)
        one, other = pair.one, pair.other
        self._edit(lambda register: register.merge([one, other], one.name))

    def _differ(self) -> None:
        (pair,) = self.same.values()
        assert isinstance(pair, Proposal)
        one, other = pair.one, pair.other
        self._edit(lambda register: register.differ(one.name, other.name))


def _person_entry(who: Person, counts: str) -> Entry:
    return Entry(str(who.id), who.name, counts, _days(who), badge=str(who.mentions))


def _days(who: Person) -> str:
    return (who.first or "") if who.first == who.last else f"{who.first} – {who.last}"


def _spelling_entry(form: Spelling, words: str) -> Entry:
    about = f"{form.script} · {', '.join(form.languages)}"
    case = words.format(name=form.nominative) if form.nominative else ""
    return Entry(form.text, form.text, " · ".join(filter(None, (about, case))), badge=str(form.mentions))


def _article_entry(where: Appearance) -> Entry:
    about = " · ".join(part for part in (where.date or "", (where.language or "").upper(), where.path.name) if part)
    return Entry(str(where.path), where.title, about, badge=str(len(where.mentions)))


def _pair_entry(pair: Proposal) -> Entry:
    why = " · ".join(pair.evidence)
    return Entry(
        f"{pair.one.id}-{pair.other.id}", f"{pair.one.name} – {pair.other.name}", why, badge=f"{pair.score:.0%}"
    )
