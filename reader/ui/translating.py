"""The Translate menu: start, stop, the article's language, corrections of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from reader.text.errors import ReaderError
from reader.ui.dialogs import CorrectionDialog

if TYPE_CHECKING:
    from reader.ui.desk import Desk
    from reader.ui.reading import ReadingView
    from reader.ui.status import StatusBar


class Translator(QObject):
    """Carry out what a person asks of the translation.

    Signals:
        failed: a `ReaderError` for the message bar.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, reading: ReadingView, status: StatusBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._desk, self._reading, self._status = desk, reading, status
        reading.correction_wanted.connect(self.correct)
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
        """Ask for a better translation of a sentence."""
        opened = self._desk.opened
        if opened is None or index >= len(opened.page.sentences):
            return
        span = opened.page.sentences[index].span
        part = opened.shown_sentence(index)
        dialog = CorrectionDialog(
            span.of(opened.article.text),
            part.text if part else "",
            part is not None and part.how in ("manual", "reference"),
            self._window,
        )
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        words = dialog.text.toPlainText().strip()
        try:
            if dialog.withdrawn or not words:
                opened.notes.remove_correction(span)
            elif part is None or words != part.text:
                opened.notes.correct(span, words)
        except ReaderError as exc:
            self.failed.emit(exc)
            return
        self._reading.set_shown({index: opened.shown_sentence(index)})
        self._desk.touch()
        self._desk.translate()
