"""The status bar: language, package, progress with cancel, whether the notes are saved, and that nothing is online."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QStatusBar, QToolButton, QWidget

from reader.analysis.language import LANGUAGES
from reader.analysis.languages import known_languages
from reader.annotations.annotation import MANUAL
from reader.articles.decoding import OFFERED_ENCODINGS
from reader.resources import language_name
from reader.ui.saver import Saving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from reader.analysis.results import LanguageGuess
    from reader.articles.article import Encoding
    from reader.ui.desk import TranslationState
    from reader.ui.saver import SaveState

WHY_WIDTH = 320
"""Pixels for the reason why notes are not saved."""


class StatusBar(QStatusBar):
    """What the reader is doing and in what state the notes are.

    Signals:
        language_chosen: a person chose the language of the payload's code.
        encoding_chosen: a person chose how the file is read: the payload is the name, "" to detect it.
        cancel_wanted: a person asked to stop the translation.
    """

    language_chosen = Signal(object)
    encoding_chosen = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.language = QToolButton()
        self.language.setAccessibleName(self.tr("Language of the article"))
        self.language.setToolTip(self.tr("The article's language: click to correct it"))
        self.language.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.language)
        menu.triggered.connect(self._choose_language)
        self.language.setMenu(menu)
        self.offer_languages(())
        self.encoding = QToolButton()
        self.encoding.setAccessibleName(self.tr("Encoding of the article"))
        self.encoding.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.encoding)
        menu.addAction(self.tr("Detect")).setData("")
        menu.addSeparator()
        for name in OFFERED_ENCODINGS:
            menu.addAction(name).setData(name)
        menu.triggered.connect(self._choose_encoding)
        self.encoding.setMenu(menu)
        self.package, self.progress, self.queue, self.saved, self.offline = (self._label() for _ in range(5))
        self.cancel = QToolButton()
        self.cancel.setText(self.tr("Stop"))
        self.cancel.setAccessibleName(self.tr("Stop the translation"))
        self.cancel.clicked.connect(self.cancel_wanted)
        self.offline.setText(self.tr("Offline"))
        self.offline.setToolTip(
            self.tr("The reader opens no connection by itself. Nothing you read or note leaves this computer.")
        )
        for widget in (self.language, self.encoding, self.package):
            self.addWidget(widget)
        self.addWidget(self.progress, 1)
        self.addWidget(self.cancel)
        for widget in (self.queue, self.saved, self.offline):
            self.addPermanentWidget(widget)
        self.show_nothing()
        self.show_queue("")

    def offer_languages(self, expected: Sequence[str]) -> None:
        """Offer languages to choose from: those of a person's articles first, then those with a file of their own."""
        menu = self.language.menu()
        menu.clear()
        known = set(known_languages())
        for codes in (set(expected), known - set(expected), set(LANGUAGES) - known - set(expected)):
            if codes and not menu.isEmpty():
                menu.addSeparator()
            for code in sorted(codes, key=language_name):
                menu.addAction(language_name(code)).setData(code)

    def _label(self) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "muted")
        return label

    def show_nothing(self) -> None:
        """Show that no article is open."""
        self.language.hide()
        self.encoding.hide()
        self.cancel.hide()
        for label in (self.package, self.progress, self.saved):
            label.clear()

    def show_language(self, guess: LanguageGuess) -> None:
        """Show the article's language and how sure that is."""
        name = self.tr("Unknown language") if guess.code == "und" else language_name(guess.code)
        if guess.how == "manual":
            name = self.tr("{language} (chosen)").format(language=name)
        elif guess.code != "und":
            name = self.tr("{language} · {sure:.0%} sure").format(language=name, sure=guess.confidence)
        self.language.setText(name)
        self.language.show()

    def show_encoding(self, encoding: Encoding) -> None:
        """Show how the file's bytes were read; doubt about it is for all to see."""
        chosen = self.tr("{name} (chosen)").format(name=encoding.name)
        unsure = self.tr("{name}?").format(name=encoding.name)
        doubtful = encoding.replaced or encoding.alternatives
        self.encoding.setText(chosen if encoding.how == MANUAL else unsure if doubtful else encoding.name)
        lines = [self.tr("How the bytes of the file are read: click to choose another encoding")]
        if encoding.replaced:
            lines.append(self.tr("{n} places could not be read.").format(n=encoding.replaced))
        if encoding.alternatives:
            others = ", ".join(encoding.alternatives)
            lines.append(self.tr("{others} would read almost as well.").format(others=others))
        self.encoding.setToolTip("\n".join(lines))
        self.encoding.show()

    def show_translation(self, state: TranslationState) -> None:
        """Show the translation's progress."""
        self.progress.setText(state.words)
        self.cancel.setVisible(state.running)

    def show_queue(self, words: str) -> None:
        """Show how far the translation of the library is."""
        self.queue.setText(words)
        self.queue.setVisible(bool(words))

    def show_saved(self, state: SaveState) -> None:
        """Show whether the notes are saved, and if not, why; all that there is to say is in the tooltip."""
        failed = state.saving is Saving.FAILED
        words = {Saving.SAVED: self.tr("Saved"), Saving.SAVING: self.tr("Saving…")}.get(state.saving)
        why = self.saved.fontMetrics().elidedText(state.why, Qt.TextElideMode.ElideRight, WHY_WIDTH)
        self.saved.setText(words or self.tr("Not saved: {why}").format(why=why))
        self.saved.setToolTip(state.words)
        self.saved.setProperty("role", "warning" if failed else "muted")
        self.saved.style().polish(self.saved)

    def _choose_encoding(self, action: QAction) -> None:
        self.encoding_chosen.emit(action.data())

    def _choose_language(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())
