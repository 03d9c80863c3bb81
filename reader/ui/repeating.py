"""Offer what a person corrected in other articles of the library wherever the same sentence stands again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from reader.articles.reading import shown_name
from reader.ui.messages import Offer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from reader import repeats
    from reader.ui.desk import Desk
    from reader.ui.jobs import Job, JobRunner
    from reader.ui.messages import MessageArea
    from reader.ui.reading import ReadingView


class RepeatDesk(QObject):
    """Look through the library's notes in the background, mark the sentences of the open article, and take over."""

    def __init__(
        self,
        desk: Desk,
        jobs: JobRunner,
        library: Callable[[], Sequence[Path]],
        reading: ReadingView,
        messages: MessageArea,
        parent: QWidget,
    ) -> None:
        """`library` tells the articles whose notes are looked through."""
        super().__init__(parent)
        self._desk, self._jobs, self._library = desk, jobs, library
        self._reading, self._messages = reading, messages
        self._job: Job | None = None
        self._found: dict[int, tuple[repeats.Offer, ...]] = {}
        self._offered: dict[int, tuple[repeats.Offer, ...]] = {}
        self._said_of: Path | None = None
        self._action: QAction | None = None
        desk.analysed.connect(self.look)
        desk.edited.connect(self._show)
        desk.translated.connect(self._show)

    def begin(self, actions: Mapping[str, QAction]) -> None:
        """Take the command that is on while there is an offer."""
        self._action = actions["take_correction"]
        self._action.setEnabled(False)

    def look(self) -> None:
        """Read what changed in the library's notes, and find the open article's sentences in them."""
        opened = self._desk.opened
        self._found = {}
        if self._job is not None:
            self._job.cancel()
        if opened is None or opened.analysis is None:
            return
        page, target, path = opened.page, opened.target, opened.path
        articles, corrections = self._library(), self._desk.workspace.corrections

        def work(job: Job, report: Callable[[object], None]) -> dict[int, tuple[repeats.Offer, ...]]:
            corrections.read(articles)
            return corrections.repeats([each.span.of(page.text) for each in page.sentences], target, path)

        def done(found: dict[int, tuple[repeats.Offer, ...]]) -> None:
            if self._desk.opened is opened and opened.page is page and opened.target == target:
                self._found = found
                self._show()
                self._say()

        self._job = self._jobs.start(work, done=done, lane="corrections")

    def _show(self) -> None:
        """Mark the sentences that have an offer and neither an own correction nor those very words."""
        opened = self._desk.opened
        if opened is None or self._reading.page is not opened.page:
            return
        self._offered = {}
        for index, offers in self._found.items():
            part = opened.shown_sentence(index)
            own = opened.notes.correction_at(opened.page.sentences[index].span, opened.target)
            if own is None and (part is None or part.text != offers[0].correction.value):
                self._offered[index] = offers
        if self._action is not None:
            self._action.setEnabled(bool(self._offered) and opened.notes.read_only is None)
        self._reading.set_offered({index: self._words(offers[0]) for index, offers in self._offered.items()})

    def _words(self, offer: repeats.Offer) -> str:
        words = self.tr("In {article} you corrected it to: “{words}”\n{key} takes that over.")
        return words.format(article=shown_name(offer.article), words=offer.correction.value, key=self._key())

    def _key(self) -> str:
        keys = self._action.shortcut() if self._action is not None else QKeySequence()
        return keys.toString(QKeySequence.SequenceFormat.NativeText) or self.tr("A command in the menu Translate")

    def _say(self) -> None:
        opened = self._desk.opened
        if opened is None or not self._offered or self._said_of == opened.path:
            return
        self._said_of = opened.path
        words = self.tr("Sentences corrected in other articles: {n}, marked by a ring. {key} takes over.")
        offer = Offer(self.tr("Show the first"), self._show_first)
        self._messages.say(words.format(n=len(self._offered), key=self._key()), "info", offer)

    def _show_first(self) -> None:
        self._go_to(next(iter(self._offered), None))

    def _go_to(self, index: int | None) -> None:
        if index is not None:
            self._reading.go_to(self._reading.page.sentences[index].span)

    def do_take_correction(self) -> None:
        """Take over the correction offered on the current sentence, or go to the next sentence that has one."""
        opened, here = self._desk.opened, self._reading.current_sentence
        if opened is None or not self._offered:
            return
        if here is None or here not in self._offered:
            self._go_to(next((index for index in self._offered if index > (here or 0)), next(iter(self._offered))))
        elif self._desk.correct(here, self._offered[here][0].correction.value):
            self._desk.workspace.corrections.update(opened.path, opened.notes.notes)
