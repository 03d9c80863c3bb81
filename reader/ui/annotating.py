"""Carry out what a person does to the notes: highlight, note, accept, reject, reassign, rename, undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from reader.analysis.process import LONG
from reader.annotations.annotation import COLOURS
from reader.finding import find_all
from reader.page import Layer, Mark
from reader.text.errors import SidecarError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.opened import OpenArticle
    from reader.text.span import Span
    from reader.ui.desk import Desk
    from reader.ui.entry_list import Entry
    from reader.ui.inspector import Inspector
    from reader.ui.jobs import Job
    from reader.ui.reading import ReadingView


class Annotator(QObject):
    """Turn commands into edits of the open article's notes.

    Signals:
        failed: a `ReaderError` for the message bar.
        hint: words for the message bar when a command has nothing to work on.
    """

    failed = Signal(object)
    hint = Signal(object)

    def __init__(self, desk: Desk, reading: ReadingView, inspector: Inspector, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._desk, self._reading, self._inspector = desk, reading, inspector
        self.colour = COLOURS[0]
        self._chosen: str | None = None
        self._picked: tuple[str, int] | None = None
        editor = inspector.editor
        editor.note_changed.connect(self._note_changed)
        editor.tags_changed.connect(self._tags_changed)
        editor.colour_chosen.connect(self._colour_chosen)

    def _edit(self, change: Callable[[], object]) -> bool:
        """Make one change; what can't be done is said and nothing else happens."""
        try:
            change()
        except (SidecarError, ValueError) as exc:
            self.failed.emit(exc)
            return False
        self._desk.touch()
        return True

    # -- what a command is about ---------------------------------------------------------------------------------

    def marks_at(self, offset: int) -> list[Mark]:
        """Return the marks that hold a place, the innermost first."""
        opened = self._desk.opened
        marks = opened.marks() if opened else ()
        return sorted((mark for mark in marks if mark.span.start <= offset < mark.span.end), key=lambda m: len(m.span))

    def _marks_here(self) -> list[Mark]:
        """Return the marks at the caret; one just made from a selection leaves it behind its last letter."""
        caret = self._reading.caret_offset()
        return list(dict.fromkeys((*self.marks_at(caret), *self.marks_at(caret - 1))))

    def _mark_here(self, *layers: Layer) -> Mark | None:
        """Return the mark a command is about: the inspector's where that has the focus, else one at the caret."""
        entry, opened = self._entry(), self._desk.opened
        if entry is not None and opened is not None:
            wanted = [mark for mark in opened.marks() if mark.layer in (layers or Layer)]
            return next((mark for mark in wanted if mark.key == entry.key or _is_of(mark, entry)), None)
        here = [mark for mark in self._marks_here() if not layers or mark.layer in layers]
        caret = self._reading.caret_offset()
        return next((mark for mark in here if (mark.key, caret) == self._picked), here[0] if here else None)

    def do_next_mark(self) -> None:
        """Choose the next of the marks that overlap at the caret: commands are about that one then."""
        here, now = self._marks_here(), self._mark_here()
        if not here:
            self.hint.emit(self.tr("Put the caret where marks overlap to choose between them."))
            return
        number = (next((n for n, mark in enumerate(here) if mark == now), -1) + 1) % len(here)
        mark = here[number]
        tabs = {Layer.HIGHLIGHT: self._inspector.passages, Layer.PERSON: self._inspector.people}
        tab = tabs.get(mark.layer, self._inspector.quotes)
        self._inspector.setCurrentWidget(tab)
        tab.select(mark.name or "" if mark.layer is Layer.PERSON else mark.key)
        self.choose(mark.key)
        self._picked = mark.key, self._reading.caret_offset()
        words = self.tr("{mark} ({n} of {all} here)")
        words = words.format(mark=self.words_of(mark), n=number + 1, all=len(here))
        self._reading.point_out(mark.span, words)

    def _entry(self) -> Entry | None:
        tab = self._inspector.currentWidget()
        inside = tab is not None and tab.isAncestorOf(self._window.focusWidget() or self._window)
        return tab.chosen() if inside and hasattr(tab, "chosen") else None

    def choose(self, key: str | None) -> None:
        """Show a stored annotation in the note editor."""
        opened = self._desk.opened
        self._chosen = key
        annotation = None
        if opened is not None and key is not None:
            annotation = next((one for one in opened.notes.notes.annotations if one.id == key), None)
        self._inspector.editor.show_annotation(annotation)

    def refresh(self) -> None:
        """Show the chosen annotation as it is now."""
        self.choose(self._chosen)

    # -- highlights ----------------------------------------------------------------------------------------------

    def do_highlight(self) -> None:
        """Highlight the selection, or the current sentence, in the colour used last."""
        self._highlight(self.colour)

    def _highlight(self, colour: str, *, anew: bool = False) -> str | None:
        """Highlight what is meant and return the highlight's id.

        One that stands exactly there is taken again, and gets the colour where it is `anew`.
        """
        opened, span = self._desk.opened, self._target()
        if opened is None or span is None:
            self.hint.emit(self.tr("Select some text first, then highlight it."))
            return None
        there = next((mark for mark in opened.marks() if mark.layer is Layer.HIGHLIGHT and mark.span == span), None)
        if there is not None:
            self._reading.clear_selection()
            if anew and there.colour != colour:
                self._colour_chosen((there.key, colour))
            self.choose(there.key)
            return there.key
        self.colour = colour
        added: list[str] = []
        translation = opened.translation_of(span)
        self._edit(lambda: added.append(opened.notes.add(span, colour=colour, translation=translation).id))
        if not added:
            return None
        self._reading.clear_selection()
        self.choose(added[0])
        return added[0]

    def do_highlight_all(self) -> None:
        """Highlight every place of the article where the selected words stand, as one step to undo."""
        opened, span = self._desk.opened, self._reading.selected_span()
        if opened is None or span is None:
            self.hint.emit(self.tr("Select the words in the original first."))
            return
        words, text = span.of(opened.article.text), opened.article.text
        if len(text) <= LONG:
            self._highlight_places(opened, words, find_all(text, words, whole_words=True))
            return

        def work(job: Job, report: Callable[[object], None]) -> list[Span]:
            return find_all(text, words, whole_words=True)

        self._desk.jobs.start(work, done=partial(self._highlight_places, opened, words), lane="find")

    def _highlight_places(self, opened: OpenArticle, words: str, places: list[Span]) -> None:
        if opened is not self._desk.opened:
            return
        taken = {mark.span for mark in opened.marks() if mark.layer is Layer.HIGHLIGHT}
        places = [place for place in places if place not in taken]
        if self._edit(lambda: opened.notes.add_all(places, self.colour)):
            self._reading.clear_selection()
            said = {
                0: self.tr("“{words}” is highlighted everywhere already."),
                1: self.tr("Highlighted “{words}” at 1 place."),
            }.get(len(places), self.tr("Highlighted “{words}” at {n} places."))
            self.hint.emit(said.format(words=words if len(words) <= 60 else f"{words[:60]}…", n=len(places)))

    def _target(self) -> Span | None:
        span = self._reading.selected_span()
        current = self._reading.current_sentence
        opened = self._desk.opened
        if span is None and opened is not None and current is not None:
            return opened.page.sentences[current].span
        return span

    def _colour(self, number: int) -> None:
        """Recolour the highlight under the caret, or highlight the selection in that colour."""
        mark = self._mark_here(Layer.HIGHLIGHT) if self._reading.selected_span() is None else None
        if mark is not None:
            self._colour_chosen((mark.key, COLOURS[number - 1]))
        else:
            self._highlight(COLOURS[number - 1], anew=True)

    def do_colour_1(self) -> None:
        """Use the first colour."""
        self._colour(1)

    def do_colour_2(self) -> None:
        """Use the second colour."""
        self._colour(2)

    def do_colour_3(self) -> None:
        """Use the third colour."""
        self._colour(3)

    def do_colour_4(self) -> None:
        """Use the fourth colour."""
        self._colour(4)

    def do_colour_5(self) -> None:
        """Use the fifth colour."""
        self._colour(5)

    def do_colour_6(self) -> None:
        """Use the sixth colour."""
        self._colour(6)

    def do_note(self) -> None:
        """Write a note on the highlight under the caret, or on a new one over the selection."""
        self._edit_in(self._inspector.editor.note)

    def do_tag(self) -> None:
        """Tag the highlight under the caret, or a new one over the selection."""
        self._edit_in(self._inspector.editor.tags)

    def _edit_in(self, field: QWidget) -> None:
        mark = self._mark_here(Layer.HIGHLIGHT) if self._reading.selected_span() is None else None
        key = mark.key if mark else self._highlight(self.colour)
        if key is not None:
            self.choose(key)
            self._inspector.setVisible(True)
            self._inspector.setCurrentWidget(self._inspector.passages)
            self._inspector.passages.select(key)
            if field is self._inspector.editor.tags:
                self._inspector.editor.known_tags.set_tags(self._tags())
            field.setFocus()

    def _tags(self) -> list[str]:
        """Return the tags of this article and of the library, those used most first."""
        opened = self._desk.opened
        here = [tag for each in opened.notes.notes.annotations for tag in each.tags] if opened else []
        return list(dict.fromkeys([*here, *self._desk.workspace.corrections.tags()]))

    def _note_changed(self, change: tuple[str, str]) -> None:
        self._change(change[0], note=change[1], typing=True)

    def _tags_changed(self, change: tuple[str, tuple[str, ...]]) -> None:
        opened = self._desk.opened
        if opened is not None and opened.notes.annotation(change[0]).tags != change[1]:
            self._change(change[0], tags=change[1])

    def _colour_chosen(self, change: tuple[str, str]) -> None:
        self.colour = change[1]
        self._change(change[0], colour=change[1])

    def _change(self, key: str, **fields: object) -> None:
        opened = self._desk.opened
        if opened is not None:
            self._edit(lambda: opened.notes.change(key, **fields))  # type: ignore[arg-type]

    # -- what was found ------------------------------------------------------------------------------------------

    def do_accept(self) -> None:
        """Accept the quote or person under the caret; without one, mark the selection as a quote."""
        mark = self._mark_here(Layer.QUOTE, Layer.TERM, Layer.PERSON)
        if mark is None and self._reading.selected_span() is not None:
            self.do_mark_quote()
        else:
            self.accept(mark)

    def accept(self, mark: Mark | None) -> None:
        """Accept a find."""
        opened = self._desk.opened
        detection = opened.detection_of(mark) if opened and mark and not mark.stored else None
        if opened is None or detection is None:
            self.hint.emit(self.tr("Put the caret on a quote or a name that was found, then accept it."))
            return
        self._edit(lambda: opened.notes.accept(detection))

    def do_remove(self) -> None:
        """Remove the highlight under the caret, or reject the find there; from the inspector, what its row shows."""
        entry, mark = self._entry(), self._mark_here()
        if entry is not None and mark is not None and _is_of(mark, entry):
            self.not_a_person(entry.key)
        else:
            self.remove(mark)

    def remove(self, mark: Mark | None) -> None:
        """Remove what a person marked; reject what was found."""
        opened = self._desk.opened
        if opened is None or mark is None:
            self.hint.emit(self.tr("Put the caret on a highlight, a quote or a name to remove it."))
            return
        detection = opened.detection_of(mark) if mark.layer is not Layer.HIGHLIGHT else None
        if detection is not None:
            self._edit(lambda: opened.notes.reject(detection))
        elif mark.stored:
            self._edit(lambda: opened.notes.remove(mark.key))

    def do_mark_quote(self) -> None:
        """Mark the selection as a quote."""
        self._mark_as("quote")

    def do_mark_person(self) -> None:
        """Mark the selection as a person's name."""
        self._mark_as("person")

    def _mark_as(self, kind: str) -> None:
        opened, span = self._desk.opened, self._reading.selected_span()
        if opened is None or span is None:
            self.hint.emit(self.tr("Select the words in the original first."))
            return
        person = None
        if kind == "person":
            person = self._ask_person(self.tr("Mark as person"), self.tr("Who is named:"), span.of(opened.article.text))
            if not person:
                return
        self._edit(lambda: opened.notes.add(span, kind=kind, colour=None, person=person))

    def do_reassign(self) -> None:
        """Say who said the quote under the caret."""
        self.reassign(self._mark_here(Layer.QUOTE, Layer.TERM))

    def reassign(self, mark: Mark | None) -> None:
        """Ask for the speaker of a quote; an empty answer means that nobody is named."""
        opened = self._desk.opened
        if opened is None or mark is None:
            self.hint.emit(self.tr("Put the caret on a quote to say who said it."))
            return
        label = self.tr("Who said it (leave empty if nobody is named):")
        person = self._ask_person(self.tr("Reassign speaker"), label, mark.name or "")
        if person is None:
            return
        about = opened.detection_of(mark) if not mark.stored else opened.notes.annotation(mark.key)
        if about is not None:
            self._edit(lambda: opened.notes.assign(about, person or None))

    def _ask_person(self, title: str, label: str, current: str) -> str | None:
        opened = self._desk.opened
        names = sorted({mark.name for mark in opened.marks() if mark.name}) if opened else []
        options = [current, *(name for name in names if name != current)]
        answer, agreed = QInputDialog.getItem(self._window, title, label, options, 0, True)
        return answer.strip() if agreed else None

    # -- people --------------------------------------------------------------------------------------------------

    def do_rename_person(self) -> None:
        """Give the person under the caret another display name."""
        mark = self._person_here()
        if mark is not None and mark.name:
            self.rename(mark.name)

    def rename(self, person: str) -> None:
        """Ask for another display name of a person."""
        name = self._ask_person(self.tr("Rename {person}").format(person=person), self.tr("Name:"), person)
        opened = self._desk.opened
        if opened is not None and name and name != person:
            self._change_people(lambda: opened.notes.rename_person(person, name, self._names_of(person)))

    def do_merge_people(self) -> None:
        """Say that the person under the caret is another person of the article."""
        mark = self._person_here()
        if mark is not None and mark.name:
            self.merge(mark.name)

    def merge(self, person: str) -> None:
        """Ask who a person really is, and join the two."""
        opened = self._desk.opened
        if opened is None:
            return
        others = sorted({m.name for m in opened.marks() if m.layer is Layer.PERSON and m.name and m.name != person})
        if not others:
            self.hint.emit(self.tr("There is no other person in this article."))
            return
        title = self.tr("Merge {person}").format(person=person)
        into, agreed = QInputDialog.getItem(self._window, title, self.tr("Is the same person as:"), others, 0, False)
        if agreed and into:
            names = [*self._names_of(into), *self._names_of(person)]
            self._change_people(lambda: opened.notes.merge_people(into, names))

    def do_split_person(self) -> None:
        """Say that one spelling of the person under the caret is somebody else."""
        mark = self._person_here()
        if mark is not None and mark.name:
            self.split(mark.name)

    def split(self, person: str) -> None:
        """Ask which spelling is somebody else, and who."""
        opened = self._desk.opened
        if opened is None:
            return
        mine = [mark for mark in opened.marks() if mark.layer is Layer.PERSON and mark.name == person]
        spellings = sorted({mark.span.of(opened.article.text) for mark in mine})
        if len(spellings) < 2:
            self.hint.emit(self.tr("All mentions of {person} are spelled alike.").format(person=person))
            return
        title = self.tr("Split {person}").format(person=person)
        spelling, agreed = QInputDialog.getItem(self._window, title, self.tr("This spelling:"), spellings, 0, False)
        who = self.tr("Who is {spelling}:").format(spelling=spelling)
        name = self._ask_person(title, who, spelling) if agreed else None
        if name:
            self._change_people(lambda: opened.notes.merge_people(name, [spelling]))

    def do_not_a_person(self) -> None:
        """Say that the name under the caret is no person's."""
        mark = self._person_here()
        if mark is not None and mark.name:
            self.not_a_person(mark.name)

    def not_a_person(self, person: str) -> None:
        """Drop all mentions of a name."""
        opened = self._desk.opened
        if opened is not None:
            self._change_people(lambda: opened.notes.not_a_person(self._names_of(person)))

    def _names_of(self, person: str) -> list[str]:
        """Return a person's display name, and the spellings in this article that mean nobody else."""
        opened = self._desk.opened
        meant: dict[str, set[str | None]] = {}
        for mark in opened.marks() if opened is not None else ():
            if opened is not None and mark.layer is Layer.PERSON:
                meant.setdefault(mark.span.of(opened.article.text), set()).add(mark.name)
        return [person, *(spelling for spelling, persons in meant.items() if persons == {person})]

    def _person_here(self) -> Mark | None:
        mark = self._mark_here(Layer.PERSON)
        if mark is None:
            self.hint.emit(self.tr("Put the caret on a person's name first."))
        return mark

    def _change_people(self, change: Callable[[], object]) -> None:
        if self._edit(change):
            self._desk.reanalyse()

    # -- undo ----------------------------------------------------------------------------------------------------

    def do_undo(self) -> None:
        """Take the last edit back."""
        self._step_history(forward=False)

    def do_redo(self) -> None:
        """Make the edit again that was taken back."""
        self._step_history(forward=True)

    def _step_history(self, *, forward: bool) -> None:
        if self._desk.redo() if forward else self._desk.undo():
            self.refresh()

    # -- passages that lost their place ---------------------------------------------------------------------------

    def place(self, key: str, span: Span) -> None:
        """Put an annotation on another passage."""
        opened = self._desk.opened
        if opened is not None and self._edit(partial(opened.notes.place_at, key, span)):
            self._reading.go_to(span)

    def remove_unplaced(self, key: str) -> None:
        """Remove an annotation that has no place."""
        opened = self._desk.opened
        if opened is not None:
            self._edit(partial(opened.notes.remove, key))

    def words_of(self, mark: Mark) -> str:
        """Say what a mark is, and who speaks or is named."""
        kinds = {
            Layer.QUOTE: self.tr("Quote"),
            Layer.TERM: self.tr("Term"),
            Layer.PERSON: self.tr("Person"),
            Layer.HIGHLIGHT: self.tr("Highlight"),
        }
        return f"{kinds[mark.layer]} · {mark.name}" if mark.name else kinds[mark.layer]


def _is_of(mark: Mark, entry: Entry) -> bool:
    """Say whether a mark is a mention of the person whom a row of the inspector shows."""
    return mark.layer is Layer.PERSON and mark.name == entry.key and mark.span in entry.places
