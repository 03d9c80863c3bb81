"""Show the open article in the parts of the window: panes, captions, inspector, status bar, cards, library row."""

from __future__ import annotations

from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.analysis.process import LONG
from reader.articles.reading import shown_name
from reader.resources import language_name
from reader.ui.entries import passage_entries, people_entries, quote_entries
from reader.ui.messages import Offer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QLabel, QWidget

    from reader.annotations.annotation import Annotation
    from reader.annotations.moved import MovedNotes
    from reader.opened import OpenArticle
    from reader.page import Mark
    from reader.text.span import Span
    from reader.ui.annotating import Annotator
    from reader.ui.desk import Desk
    from reader.ui.entry_list import Entry
    from reader.ui.inspector import Inspector
    from reader.ui.library_model import LibraryModel
    from reader.ui.messages import Card, MessageArea
    from reader.ui.reading import ReadingView
    from reader.ui.status import StatusBar

SLICE = 0.006
"""Seconds for which the lists of a long article are made before the window answers again."""
AT_ONCE = 100_000
"""Code points of an article up to which its lists are made at once."""
MOST_LOST = 3
"""Passages without a place that a message quotes."""


class Presenter(QObject):
    """Carry what the desk tells into the widgets.

    Signals:
        titled: the window's title for the article shown.
        orphans_wanted: a person wants to see the passages that lost their place.
    """

    titled = Signal(object)
    orphans_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        reading: ReadingView,
        inspector: Inspector,
        status: StatusBar,
        messages: MessageArea,
        annotator: Annotator,
        library: LibraryModel,
        strip: QWidget,
        header: QLabel,
        cards: tuple[Card, Card],
        actions: Mapping[str, QAction],
        parent: QObject,
    ) -> None:
        """`cards` are the one over the whole window and the one in an empty translation."""
        super().__init__(parent)
        self._desk, self._reading, self._inspector, self._status = desk, reading, inspector, status
        self._messages, self._annotator, self._library = messages, annotator, library
        self._strip, self._header, self._actions = strip, header, actions
        self._welcome, self._missing = cards
        self._on_page: OpenArticle | None = None
        self._row = 0
        self._span: Span | None = None
        self._lists: Iterator[None] = iter(())
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._go_on)
        desk.text_ready.connect(self._show_text)
        desk.analysed.connect(self._show_article)
        desk.edited.connect(self.show_notes)
        desk.read_again.connect(self._say_read_again)
        desk.found_notes.connect(self._offer_notes)
        reading.sentence_changed.connect(self._show_correctable)

    @property
    def busy(self) -> bool:
        """Say whether lists of a long article are still being made."""
        return self._later.isActive()

    def begin_at(self, row: int, span: Span | None) -> None:
        """Say where the next article is to be shown."""
        self._row, self._span = row, span

    def clear(self) -> None:
        """Show nothing of the article that was open."""
        self._strip.hide()
        self._reading.hide()
        self._forget()

    def _forget(self) -> None:
        """Take away what was said of the article that was open; the panes stay, and so does the focus in them."""
        self._on_page = None
        self._lists = iter(())
        self._status.show_nothing()
        self._annotator.choose(None)
        for tab in (self._inspector.passages, self._inspector.quotes, self._inspector.people):
            tab.show_entries(())
        self._inspector.show_counts()

    def _show_text(self, opened: OpenArticle) -> None:
        self._forget()
        self._show_page(opened)
        self.show_notes()
        self._status.progress.setText(self.tr("Looking for quotes and people"))
        if len(opened.article.text) > LONG:
            words = self.tr("{name} is very long ({size:.1f} MB): read on while quotes and people are looked for.")
            self._messages.say(words.format(name=shown_name(opened.path), size=opened.article.size / 1e6))

    def _show_article(self, opened: OpenArticle) -> None:
        self._show_page(opened)
        if self._span is not None:
            self._reading.go_to(self._span)
            self._span = None
        assert opened.analysis is not None
        self._status.show_language(opened.analysis.language)
        self._status.progress.clear()
        self._show_route(opened)
        self.show_notes()
        encoding = Offer(self.tr("Choose the encoding…"), self._actions["choose_encoding"].trigger)
        for words in opened.article.warnings:
            self._messages.say(words, "warning", encoding)
        for words in (*opened.notes.warnings, *opened.analysis.gaps):
            self._messages.say(words, "warning")
        if lost := len(opened.lost_corrections()):
            words = self.tr("Corrections whose sentence is no longer in the text: {n}. They are listed under Passages.")
            self._messages.say(words.format(n=lost), "warning", Offer(self.tr("Show them"), self.orphans_wanted.emit))
        if opened.notes.read_only:
            self._messages.say(opened.notes.read_only, "warning")

    def _show_page(self, opened: OpenArticle) -> None:
        same = self._on_page is opened
        self._on_page = opened
        self._welcome.hide()
        self._strip.show()
        self._reading.show()
        self._reading.spell_by(opened.respelled)
        show = self._reading.swap_page if same else self._reading.show_page
        show(opened.page, opened.marks(), opened.shown(), opened.target, pending=bool(opened.routes.known))
        where = " · ".join(part for part in (shown_name(opened.path), opened.article.date) if part)
        self._header.setText(where)
        self._status.show_encoding(opened.article.encoding)
        self.titled.emit(f"{opened.title} — Parallel Reader")
        if not same:
            self._annotator.choose(None)
            self._reading.begin_at(self._row)

    def _show_route(self, opened: OpenArticle) -> None:
        """Say in captions and card what translates this article, or what is missing."""
        name = language_name
        target = name(opened.target)
        self._reading.original_caption.setText(name(opened.language) if opened.language != "und" else "")
        hows = {part.how for part in opened.shown() if part}
        route = opened.routes.known.get(opened.language)
        if hows & {"reference"}:
            made = self.tr("reference translation, bundled with the sample")
        elif route is not None:
            via = self.tr(" through {language}").format(language=name(route.via)) if route.via else ""
            made = self.tr("Argos {version}{via}").format(version=route.version, via=via)
        else:
            made = self.tr("no translation")
        same, empty = opened.language == opened.target, not opened.page.sentences
        self._reading.translation_caption.setText("" if same or empty else f"{target} · {made}")
        self._status.package.setText(f"{route.label}" if route else "")
        self._missing.hide()
        if same:
            self._missing.show_words(
                self.tr("This article is in {language} already").format(language=target),
                self.tr("Nothing is translated. Quotes, people and your highlights work as everywhere."),
                [self._actions["view_original"]],
            )
        elif opened.language in opened.routes.missing and not hows - {"same"}:
            self._missing.show_words(
                self.tr("No package for {language} → {target}").format(language=name(opened.language), target=target),
                opened.routes.missing[opened.language],
                [self._actions["install_package"], self._actions["download_package"]],
            )
        elif empty:
            self._missing.show_words(
                self.tr("There is no text in this file"),
                self.tr("It is empty or holds blank lines alone. Text that is saved into it appears here."),
            )
        elif opened.language == "und":
            self._missing.show_words(
                self.tr("The language of this article is not known"),
                self.tr("Choose it, and the translation begins."),
                [self._actions["choose_language"]],
            )

    def show_notes(self) -> None:
        """Draw marks and lists anew, name what undo and redo would do, and update the library's row.

        The lists of a long article follow in slices, after what is on screen; those begun before are left.
        """
        opened = self._desk.opened
        if opened is None or opened is not self._on_page:
            return
        marks = opened.marks()
        self._reading.set_marks(marks)
        self._annotator.refresh()
        for name, label in (("undo", opened.notes.undo_label), ("redo", opened.notes.redo_label)):
            action = self._actions[name]
            plain = self.tr("&Undo") if name == "undo" else self.tr("&Redo")
            action.setText(f"{plain} {label}" if label else plain)
            action.setEnabled(label is not None)
        self._show_correctable(self._reading.current_sentence)
        self._lists = self._show_lists(opened, marks)
        if len(opened.article.text) > AT_ONCE:
            self._later.start()
        else:
            for _ in self._lists:
                pass

    def _show_lists(self, opened: OpenArticle, marks: Sequence[Mark]) -> Iterator[None]:
        self._inspector.passages.show_entries(passage_entries(opened, marks))
        yield
        quotes: list[Entry] = []
        for entry in quote_entries(opened, marks):
            quotes.append(entry)
            yield
        self._inspector.quotes.show_entries(quotes)
        yield
        self._inspector.people.show_entries(people_entries(opened, marks))
        self._inspector.show_counts()
        yield
        self._library.update(opened.summary())

    def _go_on(self) -> None:
        until = perf_counter() + SLICE
        while perf_counter() < until:
            if next(self._lists, self) is self:
                return
        self._later.start()

    def _show_correctable(self, sentence: int | None) -> None:
        """Let a sentence be corrected, or say in the command's tooltip why it can't be."""
        opened, action = self._desk.opened, self._actions["correct"]
        why: str | None = self.tr("Put the caret on a sentence first.")
        if opened is not None and sentence is not None and sentence < len(opened.page.sentences):
            why = opened.why_not_correct(sentence)
        action.setEnabled(why is None)
        action.setToolTip(why or self.tr("Correct the translation of this sentence where it stands"))

    # -- what a person should know of ----------------------------------------------------------------------------

    def _say_read_again(self, lost: Sequence[Annotation]) -> None:
        opened = self._desk.opened
        if opened is None:
            return
        words = self.tr("{name} was read again.").format(name=shown_name(opened.path))
        if not lost:
            self._messages.say(self.tr("{words} All notes found their places.").format(words=words))
            return
        quoted = ", ".join(f"“{_short(each.target.exact)}”" for each in lost[:MOST_LOST])
        more = ", …" if len(lost) > MOST_LOST else ""
        said = self.tr("{words} No longer in the text: {quoted} ({n}).")
        offer = Offer(self.tr("Show them"), self.orphans_wanted.emit)
        self._messages.say(said.format(words=words, n=len(lost), quoted=quoted + more), "warning", offer)

    def _offer_notes(self, found: tuple[Sequence[Path], Sequence[MovedNotes]]) -> None:
        """Offer notes that seem to belong to the open article: a synchronised folder's copies, or a moved article's."""
        copies, moved = found
        for copy in copies:
            words = self.tr("A synchronised folder left another version of these notes ({name}).")
            offer = Offer(self.tr("Merge it"), partial(self._desk.merge_copy, copy))
            self._messages.say(words.format(name=copy.name), "warning", offer)
        for notes in moved:
            if not notes.is_copy:  # a copy of an article that still stands has its own notes, or none on purpose
                offer = Offer(self.tr("Attach them to this article"), partial(self._desk.attach, notes))
                self._messages.say(self._words_of(notes), "info", offer)

    def _words_of(self, notes: MovedNotes) -> str:
        """Say where notes of a moved article lie and how much of a person's own is in them."""
        opened, folder = self._desk.opened, notes.sidecar.parent
        beside = opened is not None and opened.path.parent == folder
        where = notes.name if beside else f"{shown_name(folder)}/{notes.name}"
        counts = {0: self.tr("no highlights"), 1: self.tr("1 highlight")}
        count = counts.get(notes.highlights, self.tr("{n} highlights").format(n=notes.highlights))
        words = self.tr("The same text had notes under the name {where}, with {count}.")
        return words.format(where=where, count=count)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 40 else f"{words[:40].rsplit(' ', 1)[0]}…"
