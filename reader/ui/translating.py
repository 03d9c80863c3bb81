"""The Translate menu: start, stop, the article's language, corrections of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.text.errors import ReaderError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reader.ui.desk import Desk
    from reader.ui.reading import ReadingView
    from reader.ui.status import StatusBar


class Translator(QObject):
    """Carry out what a person asks of the translation.

    Signals:
        failed: a `ReaderError` for the message bar.
        hint: words for the message bar when a command can't be carried out.
        translation_wanted: the translation's pane is hidden and needed.
    """

    failed = Signal(object)
    hint = Signal(object)
    translation_wanted = Signal()

    def __init__(self, desk: Desk, reading: ReadingView, status: StatusBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._reading, self._status = desk, reading, status
        reading.correction_wanted.connect(self.correct)
        reading.editor.kept.connect(self._keep)
        status.language_chosen.connect(self.set_language)
        status.cancel_wanted.connect(self.do_stop_translation)

    def do_translate(self) -> None:
        """Translate what is still missing."""
        self._desk.translate()

    def do_stop_translation(self) -> None:
        """Stop translating."""
        self._desk.cancel_translation()

    def do_choose_language(self) -> None:
        """Open the menu of languages."""
        self._status.language.show()
        self._status.language.showMenu()

    def set_language(self, code: str) -> None:
        """Take a person's word for the article's language."""
        opened = self._desk.opened
        if opened is None or opened.language == code:
            return
        try:
            opened.notes.set_language(code)
        except ReaderError as exc:
            self.failed.emit(exc)
            return
        self._desk.touch()
        self._desk.reanalyse()

    def do_correct(self) -> None:
        """Correct the current sentence's translation."""
        if self._reading.current_sentence is not None:
            self.correct(self._reading.current_sentence)

    def correct(self, index: int) -> None:
        """Open the field over a sentence's translation, or say why it can't be corrected."""
        opened = self._desk.opened
        if opened is None or index >= len(opened.page.sentences):
            return
        why = opened.why_not_correct(index)
        if why is not None:
            self.hint.emit(why)
            return
        if not self._reading.translation.isVisible():
            self.translation_wanted.emit()
        part = opened.shown_sentence(index)
        corrected = part is not None and part.how in ("manual", "reference")
        offers = self._desk.workspace.offers(opened, index)
        self._reading.edit_sentence(index, corrected=corrected, offers=offers)
        self._reading.editor.name_withdrawal(reference=part is not None and part.how == "reference")

    def _keep(self, correction: tuple[int, str]) -> None:
        self.keep(*correction)

    def keep(self, index: int, words: str) -> None:
        """Put a person's words in place of a sentence's translation; with none, the machine's stand again."""
        opened = self._desk.opened
        if opened is not None and index < len(opened.page.sentences) and self._desk.correct(index, words):
            self._desk.workspace.corrections.update(opened.path, opened.notes.notes)
