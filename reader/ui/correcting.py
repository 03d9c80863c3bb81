"""Correct a sentence's translation where it stands: a field over the sentence in the translation pane."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.repeats import Offer
    from reader.ui.pane import TextPane

MOST_OFFERS = 3
"""Corrections of the same sentence elsewhere that are offered."""


class SentenceEditor(QFrame):
    """Edit one sentence over a pane, and follow its place as the pane scrolls.

    Signals:
        kept: `(sentence, words)`: a person wants these words, or the machine's again where they are "".
        closed: the field is gone; the pane has the focus again.
    """

    kept = Signal(object)
    closed = Signal()

    def __init__(self, pane: TextPane) -> None:
        super().__init__(pane.viewport())
        self.setObjectName("card")
        self._pane = pane
        self._sentence: int | None = None
        self._place: Callable[[], QRectF | None] = lambda: None
        self._before = ""
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Corrected translation"))
        self.text.setTabChangesFocus(True)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.text.textChanged.connect(self.follow)
        self.text.installEventFilter(self)
        self._offers = QVBoxLayout()
        self._offers.setSpacing(4)
        self.keep = self._button(self.tr("Keep"), self.tr("Ctrl+Enter"), self.commit)
        self.keep.setProperty("role", "primary")
        self._cancel = self._button(self.tr("Cancel"), self.tr("Esc"), self.close_field)
        self.machine = self._button(self.tr("Back to the machine's text"), "", self._withdraw)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.keep, self._cancel, self.machine):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.text)
        column.addLayout(self._offers)
        column.addLayout(row)
        pane.verticalScrollBar().valueChanged.connect(self.follow)
        pane.reshaped.connect(self.follow)
        self.hide()

    def _button(self, words: str, key: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(f"{words} ({key})" if key else words)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.clicked.connect(slot)
        return button

    @property
    def sentence(self) -> int | None:
        """The sentence that is being edited."""
        return self._sentence

    def edit(
        self,
        sentence: int,
        words: str,
        place: Callable[[], QRectF | None],
        *,
        corrected: bool,
        offers: Sequence[Offer] = (),
    ) -> None:
        """Begin with a sentence's present translation; `place` tells where the sentence stands in the viewport."""
        self.commit()
        self._sentence, self._before, self._place = sentence, words, place
        self.text.setFont(self._pane.text_font)
        self.text.setPlainText(words)
        self.machine.setVisible(corrected)
        self._show_offers(offers)
        self.show()
        self.raise_()
        self.follow()
        self.text.selectAll()
        self.text.setFocus()

    def name_withdrawal(self, *, reference: bool) -> None:
        """Say on its button what the machine's text would take the place of."""
        words = self.tr("Drop the reference translation") if reference else self.tr("Back to the machine's text")
        self.machine.setText(words)
        self.machine.setToolTip(words)

    def _show_offers(self, offers: Sequence[Offer]) -> None:
        while self._offers.count():
            taken = self._offers.takeAt(0)
            old = taken.widget() if taken else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for offer in offers[:MOST_OFFERS]:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            words = self.tr("In {article}: “{words}”").format(article=offer.article.name, words=offer.correction.value)
            label = QLabel(words)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "muted")
            label.setWordWrap(True)
            label.setFont(QFont(self.font()))
            row.addWidget(label, 1)
            row.addWidget(self._button(self.tr("Take it"), "", partial(self.text.setPlainText, offer.correction.value)))
            self._offers.addWidget(line)

    def follow(self) -> None:
        """Stand where the sentence stands now, as high as its words need."""
        rect = self._place() if self._sentence is not None else None
        if rect is None:
            return
        self.setFixedWidth(int(rect.width()))
        metrics = QFontMetricsF(self.text.font())
        inside = rect.width() - 40
        wrapped = metrics.boundingRect(QRectF(0, 0, inside, 1e6), Qt.TextFlag.TextWordWrap, self.text.toPlainText())
        self.text.setFixedHeight(int(min(max(2 * metrics.lineSpacing(), wrapped.height()), 240) + 22))
        self.adjustSize()
        top = min(rect.top() - 10, self._pane.viewport().height() - self.height() - 6)
        self.move(int(rect.left()), int(max(6 - self.height(), top)))

    def commit(self) -> None:
        """Keep what was typed and close the field; the words as they were are no correction."""
        sentence, words = self._sentence, self.text.toPlainText().strip()
        self.close_field()
        if sentence is not None and words != self._before.strip():
            self.kept.emit((sentence, words))

    def close_field(self) -> None:
        """Close the field and keep nothing."""
        if self._sentence is None:
            return
        self._sentence = None
        self.hide()
        self._pane.setFocus()
        self.closed.emit()

    def _withdraw(self) -> None:
        sentence = self._sentence
        self.close_field()
        if sentence is not None:
            self.kept.emit((sentence, ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() == Qt.Key.Key_Escape or (enter and with_ctrl):
                event.accept()  # else the window's shortcuts would have them
                if event.type() == QEvent.Type.KeyPress:
                    self.close_field() if event.key() == Qt.Key.Key_Escape else self.commit()
                return True
        return super().eventFilter(watched, event)
