"""What holds for all articles: the language they are translated into, and how much of the machine that may take."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QInputDialog,
    QVBoxLayout,
    QWidget,
)

from reader.analysis.language import LANGUAGES
from reader.ui.dialogs import muted
from reader.ui.status import language_name

if TYPE_CHECKING:
    from reader.ui.desk import Desk
    from reader.ui.settings import Settings

TARGET, THREADS = "translation/target", "translation/threads"


def target_language(settings: Settings) -> str:
    """Return the language into which articles are translated."""
    code = settings.text(TARGET, "en")
    return code if code in LANGUAGES else "en"


def threads(settings: Settings) -> int | None:
    """Return how many threads a translation may use, None where the machine decides."""
    return max(0, min(int(settings.number(THREADS, 0)), os.cpu_count() or 1)) or None


def _targets() -> list[str]:
    return sorted(LANGUAGES, key=language_name)


class PreferencesDialog(QDialog):
    """Choose the language of the translation and the number of threads."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.setMinimumWidth(460)
        self.target = QComboBox()
        self.target.setAccessibleName(self.tr("Translate into"))
        for code in _targets():
            self.target.addItem(language_name(code), code)
        self.target.setCurrentIndex(self.target.findData(target_language(settings)))
        self.threads = QComboBox()
        self.threads.setAccessibleName(self.tr("Threads for translation"))
        self.threads.addItem(self.tr("As many as the machine has cores"), 0)
        for number in range(1, os.cpu_count() or 1):
            self.threads.addItem(str(number), number)
        self.threads.setCurrentIndex(max(0, self.threads.findData(threads(settings) or 0)))
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow(self.tr("Translate &into"), self.target)
        form.addRow("", muted(self.tr("One article may be read in another language: Translate → This Article Into…")))
        form.addRow(self.tr("&Threads for translation"), self.threads)
        form.addRow("", muted(self.tr("Fewer leave more of the computer to others. Holds from the next start.")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(buttons)


class Preferences(QObject):
    """Carry out the commands that choose languages and threads."""

    def __init__(self, settings: Settings, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._settings, self._desk = parent, settings, desk

    def do_preferences(self) -> None:
        """Choose what holds for all articles."""
        dialog = PreferencesDialog(self._settings, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        self._settings.set(THREADS, dialog.threads.currentData())
        self._settings.set(TARGET, dialog.target.currentData())
        self._desk.workspace.target = target_language(self._settings)
        self._desk.target_changed()

    def do_choose_target(self) -> None:
        """Choose the language in which the open article is read."""
        opened = self._desk.opened
        if opened is None:
            return
        usual = self.tr("{language}, as all articles").format(language=language_name(self._desk.workspace.target))
        codes = {usual: "", **{language_name(code): code for code in _targets()}}
        names = list(codes)
        now = next((n for n, code in enumerate(codes.values()) if code == opened.notes.notes.shown_in), 0)
        title, label = self.tr("This article into…"), self.tr("Read this article in:")
        answer, agreed = QInputDialog.getItem(self._window, title, label, names, now, False)
        if agreed and codes[answer] != opened.notes.notes.shown_in:
            self._desk.set_target(codes[answer])
