"""The people of the folder: who is named where, how spelled, when; who may be the same; and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QInputDialog, QListView, QPushButton, QStackedWidget, QWidget

from reader.finding import fold
from reader.library.deciding import Decision
from reader.library.decisions import NOBODY
from reader.library.proposals import Proposal, proposals
from reader.library.register import Appearance, Person, Spelling, appearances, people, spellings
from reader.library.timeline import Days, of_person
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
from reader.ui.timeline import TimelinePanel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reader.library.deciding import Edited, Register
    from reader.library.index import Index
    from reader.ui.jobs import Job
    from reader.ui.theme import Theme

    Details = list[tuple[Person, tuple[Spelling, ...], tuple[Appearance, ...]]]

EVERYBODY, ALIKE, DECIDED = range(3)
"""What the list at the left shows."""
DETAILED = 8
"""People whose spellings and articles are shown together."""
MOST = 500
"""Articles of a person that are listed; the search finds the others."""
SAID = 3
"""Problems of one edit that are said one by one."""


class RegisterTab(FolderTab):
    """The people at the left; spellings, articles and timeline of the chosen ones at the right.

    Signals:
        edited: a person changed something: articles and index follow.
        search_wanted: a line to be searched for: the chosen person on a day of the chart.
    """

    search_wanted = Signal(object)
    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.filter.setPlaceholderText(self.tr("Filter people by any spelling"))
        self.filter.setAccessibleName(self.tr("Filter people"))
        self.register: Register | None = None
        self._shown: list[Person] = []
        self.modes = [
            QPushButton(words) for words in (self.tr("Everybody"), self.tr("Perhaps the Same"), self.tr("Decided"))
        ]
        self.people = EntryList(theme, self.tr("People"), several=True)
        self.people.setUniformItemSizes(True)  # thousands of rows are not measured one by one
        self.same = EntryList(theme, self.tr("Who may be the same"))
        self.decided = EntryList(theme, self.tr("What was decided"))
        self.lists = QStackedWidget()
        for part in (self.people, self.same, self.decided):
            self.lists.addWidget(part)
        self.empty = label()
        self.agree = QPushButton(self.tr("One Person"))
        self.differ = QPushButton(self.tr("Two People"))
        self.take_back = QPushButton(self.tr("Take Back"))
        self.spellings = EntryList(theme, self.tr("Spellings"), several=True)
        self.articles = EntryList(theme, self.tr("Articles"), click_chooses=True)
        self.heading, self.about = label(role="heading"), label()
        self.titles = label(self.tr("Spellings")), label(self.tr("Articles"))
        self.panel = TimelinePanel(theme)
        self.buttons = {
            "merge": QPushButton(self.tr("Merge…")),
            "rename": QPushButton(self.tr("Rename…")),
            "split": QPushButton(self.tr("Split off Spellings…")),
            "nobody": QPushButton(self.tr("Not a Person")),
            "undo": QPushButton(self.tr("Undo")),
            "redo": QPushButton(self.tr("Redo")),
        }
        self._lay_out()
        self._connect()
        self._change_mode(EVERYBODY)

    def _lay_out(self) -> None:
        self._group = QButtonGroup(self)
        for number, button in enumerate(self.modes):
            button.setCheckable(True)
            self._group.addButton(button, number)
        self.modes[EVERYBODY].setChecked(True)
        decide = row_of(self.agree, self.differ, self.take_back, None)
        left = column_of(self.filter, row_of(*self.modes, None), self.empty, self.lists, decide)
        left.setStretchFactor(self.lists, 1)
        names = ("merge", "rename", "split", "nobody", None, "undo", "redo")
        line = row_of(*(self.buttons[name] if name else None for name in names))
        lists = row_of()
        for title, view, stretch in zip(self.titles, (self.spellings, self.articles), (2, 3), strict=True):
            part = column_of(title, view)
            part.setSpacing(2)
            lists.addLayout(part, stretch)
        right = column_of(line, self.heading, self.about, lists, self.panel)
        right.setStretchFactor(lists, 1)
        in_columns(self, left, right, (330, 710))

    def _connect(self) -> None:
        self._group.idClicked.connect(self._change_mode)
        self.panel.chart.day_chosen.connect(self._search_day)
        self.panel.said.connect(self.said)
        for view in (self.people, self.same, self.decided):
            view.picked.connect(self._picked)
        self.spellings.picked.connect(self._enable)
        self.articles.chosen.connect(self._open)
        slots = {
            "merge": self._merge,
            "rename": self._rename,
            "split": self._split,
            "nobody": self._not_a_person,
            "undo": self._undo,
            "redo": self._redo,
        }
        for name, slot in slots.items():
            self.buttons[name].clicked.connect(slot)
        self.agree.clicked.connect(self._agree)
        self.differ.clicked.connect(self._differ)
        self.take_back.clicked.connect(self._take_back)
        for button, key, view in (
            (self.agree, "Y", self.same),
            (self.differ, "N", self.same),
            (self.take_back, "Del", self.decided),
            (self.buttons["rename"], "F2", self.people),
            (self.buttons["nobody"], "Del", self.people),
        ):
            key_on(button, key, view)
        undo_keys(self, self.buttons["undo"], self.buttons["redo"])

    # -- show ----------------------------------------------------------------------------------------------------

    @property
    def mode(self) -> int:
        """What the list at the left shows."""
        return self._group.checkedId()

    def list_view(self) -> QListView:
        view = self.lists.currentWidget()
        assert isinstance(view, EntryList)
        return view

    def panes(self) -> list[QWidget]:
        return [self.filter, self.list_view(), self.spellings, self.articles, self.panel.chart]

    def set_register(self, register: Register | None) -> None:
        """Edit the people of another folder."""
        self.register = register
        self._shown = []
        self.look()

    def set_indexing(self, words: str) -> None:
        super().set_indexing(words)
        if not self.list_view().model().rowCount():
            self._say_empty()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        for part in (self.people, self.spellings, self.articles, self.same, self.decided, self.panel):
            part.set_theme(theme)

    def look(self) -> None:
        """Fetch what the list shows."""
        named, register, mode = self.taken_up(), self.register, self.mode
        if register is None:
            self._show_values((named, mode, []))
            return

        def work(index: Index, _: Job) -> tuple[str, int, Sequence[object]]:
            if mode == EVERYBODY:
                return named, mode, people(index, named)
            found = proposals(index) if mode == ALIKE else register.decisions()
            return named, mode, [each for each in found if _matches(each, named)]

        self.ask("alike" if mode == ALIKE else "people", work, self._show_values)

    def _change_mode(self, mode: int) -> None:
        self.lists.setCurrentIndex(mode)
        for button, where in ((self.agree, ALIKE), (self.differ, ALIKE), (self.take_back, DECIDED)):
            button.setVisible(mode == where)
        if not self.list_view().model().rowCount():
            self.empty.setText(self.tr("Comparing names…") if mode == ALIKE else "")
            self.empty.setVisible(mode == ALIKE)
        self._picked(self.list_view().values())  # type: ignore[attr-defined]  # an EntryList
        self.look()

    def _show_values(self, result: tuple[str, int, Sequence[object]]) -> None:
        named, mode, found = result
        if named != self.asked or mode != self.mode:
            return
        view = (self.people, self.same, self.decided)[mode]
        row = view.currentIndex().row()
        if mode == EVERYBODY:
            kept = {each.name for each in self._shown}
            row = next((i for i, each in enumerate(found) if each.name in kept), 0)  # type: ignore[attr-defined]
        view.show_values(found, [self._entry(each) for each in found], max(0, row))
        self._say_empty()
        self._picked(view.values())

    def _picked(self, chosen: Sequence[object]) -> None:
        """Show the people that are selected, in whichever list."""
        self._enable()
        if self.sender() in (self.people, self.same, self.decided) and self.sender() is not self.list_view():
            return
        persons: list[Person] = []
        for each in chosen:
            persons += (
                [each] if isinstance(each, Person) else [each.one, each.other] if isinstance(each, Proposal) else []
            )
        if persons == self._shown and persons:
            return
        self._shown = persons
        if not persons:
            self._show_nobody()
            return
        self.heading.setText(" – ".join(each.name for each in persons[:DETAILED]))

        def work(index: Index, _: Job) -> tuple[list[Person], Details, Days | None]:
            parts = [(each, spellings(index, each.id), appearances(index, each.id)) for each in persons[:DETAILED]]
            return persons, parts, of_person(index, persons[0].id) if len(persons) == 1 else None

        self.ask("person", work, self._show_details)

    def _show_nobody(self) -> None:
        self.heading.clear()
        self.about.clear()
        for part in (self.spellings, self.articles):
            part.show_values([], [])
        self.panel.hide()
        for title in self.titles:
            title.hide()

    def _show_details(self, result: tuple[list[Person], Details, Days | None]) -> None:
        persons, parts, days = result
        if persons != self._shown:
            return
        several = len(parts) > 1
        self.about.setText("\n".join(self._about(persons)))
        forms = [(who, form) for who, texts, _ in parts for form in texts]
        self.spellings.show_values(
            [form for _, form in forms],
            [self._spelling_entry(form, who.name if several else "") for who, form in forms],
        )
        places = [(who, place) for who, _, where in parts for place in where]
        words = self.tr("Articles")
        if len(places) > MOST:
            words = self.tr("Articles: {most} of {n:,}, the newest first").format(most=MOST, n=len(places))
        self.titles[1].setText(words)
        places = places[:MOST]
        self.articles.show_values(
            [place for _, place in places],
            [_article_entry(place, who.name if several else "", self.folder) for who, place in places],
        )
        for title in self.titles:
            title.show()
        self.panel.setVisible(days is not None)
        if days is not None:
            self.panel.show_days(persons[0].name, days)

    def _about(self, persons: Sequence[Person]) -> list[str]:
        """Return what is said below the heading."""
        pair = next(iter(self.same.values()), None) if self.mode == ALIKE else None
        if isinstance(pair, Proposal):
            return list(pair.evidence)
        if len(persons) > 1:
            return [self.tr("{n} people are selected.").format(n=len(persons))]
        who = persons[0]
        mentions = self.tr("1 mention") if who.mentions == 1 else self.tr("{n:,} mentions").format(n=who.mentions)
        days = f" · {_days(who)}" if who.first else ""
        return [f"{mentions} · {self._counts(who)}{days}", *who.why[:3]]

    def _say_empty(self) -> None:
        """Say why the list is empty."""
        rows = self.list_view().model().rowCount()
        named = self.asked.strip()
        if self.register is None:
            words = ""
        elif named and not self.indexing:
            words = self.tr("Nobody here is spelled “{words}”.").format(words=named)
        else:
            nothing = (
                self.tr("Nobody is named in these articles."),
                self.tr("No two people have names alike."),
                self.tr("Nothing was decided about the people of this folder."),
            )
            words = self.indexing if self.indexing and self.mode != DECIDED else nothing[self.mode]
        self.empty.setText(words)
        self.empty.setVisible(not rows)

    def _counts(self, who: Person) -> str:
        articles = self.tr("1 article") if who.articles == 1 else self.tr("{n:,} articles").format(n=who.articles)
        quotes = self.tr("1 quote") if who.quotes == 1 else self.tr("{n:,} quotes").format(n=who.quotes)
        return f"{articles} · {quotes}" if who.quotes else articles

    def _entry(self, value: object) -> Entry:
        if isinstance(value, Person):
            days = _days(value) if value.first else self.tr("No date")
            return Entry(str(value.id), value.name, self._counts(value), days, badge=f"{value.mentions:,}")
        if isinstance(value, Proposal):
            names = f"{value.one.name} – {value.other.name}"
            key = f"{value.one.id}-{value.other.id}"
            return Entry(key, names, " · ".join(value.evidence), badge=f"{value.score:.0%}")
        assert isinstance(value, Decision)
        names = ", ".join(value.names)
        if value.person is None:
            return Entry(names, " – ".join(value.names), self.tr("Two people"))
        if value.person == NOBODY:
            return Entry(names, names, self.tr("Not a person"))
        return Entry(value.person, value.person, names)

    def _spelling_entry(self, form: Spelling, name: str) -> Entry:
        case = self.tr("form of {name}").format(name=form.nominative) if form.nominative else ""
        about = " · ".join(filter(None, (form.script, ", ".join(form.languages), case)))
        return Entry(f"{name} {form.text}", form.text, about, name, badge=f"{form.mentions:,}")

    def _enable(self, _: object = None) -> None:
        everybody = self.mode == EVERYBODY and self.register is not None
        several = len(self.people.values()) if everybody else 0
        self.buttons["merge"].setEnabled(several > 1)
        self.buttons["rename"].setEnabled(several == 1)
        self.buttons["nobody"].setEnabled(several == 1)
        self.buttons["split"].setEnabled(several == 1 and bool(self.spellings.values()))
        register = self.register
        labels = (register.undo_label, register.redo_label) if register else (None, None)
        show_undo(self.buttons["undo"], self.buttons["redo"], *labels)
        for button, view in ((self.agree, self.same), (self.differ, self.same), (self.take_back, self.decided)):
            button.setEnabled(bool(view.values()))

    def _open(self, where: Appearance) -> None:
        self.place_chosen.emit((where.path, where.mentions[0] if where.mentions else None))

    def _search_day(self, when: str) -> None:
        if self._shown:
            self.search_wanted.emit(f'person:"{self._shown[0].name}" date:{when}')

    # -- edit ----------------------------------------------------------------------------------------------------

    def _edit(self, change: Callable[[Register], Edited]) -> None:
        """Carry out an edit in the background, then let index and lists follow."""
        register = self.register
        if register is None:
            return

        def work(_: Index, job: Job) -> Edited:
            return change(register)

        self.ask("", work, self._edit_done)

    def _edit_done(self, done: Edited) -> None:
        for problem in done.problems[:SAID]:
            self.said.emit(problem, "warning")
        if len(done.problems) > SAID:
            words = self.tr("{n} more articles keep their notes as they were.")
            self.said.emit(words.format(n=len(done.problems) - SAID), "warning")
        self._enable()
        self.edited.emit()
        if self.mode != EVERYBODY:
            self.look()

    def _ask(self, title: str, words: str, text: str) -> str:
        name, agreed = QInputDialog.getText(self, title, words, text=text)
        return " ".join(name.split()) if agreed else ""

    def _merge(self) -> None:
        chosen: list[Person] = self.people.values()
        names = ", ".join(each.name for each in chosen)
        name = self._ask(self.tr("Merge people"), self.tr("One name for {names}:").format(names=names), chosen[0].name)
        if name:
            self._edit(lambda register: register.merge(chosen, name))

    def _rename(self) -> None:
        (who,) = self.people.values()
        if (name := self._ask(self.tr("Rename"), self.tr("Name:"), who.name)) and name != who.name:
            self._edit(lambda register: register.rename(who, name))

    def _split(self) -> None:
        (who,) = self.people.values()
        forms = [each.text for each in self.spellings.values()]
        words = self.tr("Who is “{names}”?").format(names="”, “".join(forms))
        if name := self._ask(self.tr("Split off spellings"), words, forms[0]):
            self._edit(lambda register: register.split(who, forms, name))

    def _not_a_person(self) -> None:
        (who,) = self.people.values()
        self._edit(lambda register: register.not_a_person(who))

    def _undo(self) -> None:
        self._edit(lambda register: register.undo())

    def _redo(self) -> None:
        self._edit(lambda register: register.redo())

    def _agree(self) -> None:
        (pair,) = self.same.values()
        self._edit(lambda register: register.merge([pair.one, pair.other], _better_known(pair).name))

    def _differ(self) -> None:
        (pair,) = self.same.values()
        self._edit(lambda register: register.differ(pair.one.name, pair.other.name))

    def _take_back(self) -> None:
        (decision,) = self.decided.values()
        self._edit(lambda register: register.take_back(decision))


def _days(who: Person) -> str:
    return (who.first or "") if who.first == who.last else f"{who.first} – {who.last}"


def _better_known(pair: Proposal) -> Person:
    return max(pair.one, pair.other, key=lambda each: each.mentions)


def _matches(value: Proposal | Decision, named: str) -> bool:
    """Say whether every word typed occurs in a name."""
    names = (value.one.name, value.other.name) if isinstance(value, Proposal) else (value.person or "", *value.names)
    shown = fold(" ".join(names))
    return all(word in shown for word in fold(named).split())


def _article_entry(where: Appearance, name: str, folder: Path | None) -> Entry:
    about = (where.date or "", (where.language or "").upper(), name_in(folder, where.path))
    badge = f"{len(where.mentions):,}"
    return Entry(f"{name} {where.path}", where.title, " · ".join(filter(None, about)), name, badge=badge)
