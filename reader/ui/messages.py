"""Messages above the text that never cover it, and the card that explains an empty pane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from reader.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from reader.ui.theme import Theme

MOST_MESSAGES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the reader can do about what a message says: a button's words, and what it does."""

    words: str
    accept: Callable[[], object]


class Message(QFrame):
    """One line with its level ("info", "warning", "error"), to be copied or dismissed.

    Signals:
        dismissed: the person closed it.
    """

    dismissed = Signal(object)

    def __init__(
        self, theme: Theme, level: str, words: str, offer: Offer | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setProperty("level", level)
        self.words = words
        self.label = QLabel(words)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = QToolButton()
        copy.setText(self.tr("Copy"))
        copy.setToolTip(self.tr("Copy this message"))
        copy.clicked.connect(self._copy)
        close = QToolButton()
        close.setIcon(icon("close", theme.colour("text.muted")))
        close.setIconSize(QSize(13, 13))
        close.setAccessibleName(self.tr("Dismiss this message"))
        close.setToolTip(self.tr("Dismiss"))
        close.clicked.connect(self._dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.addWidget(self.label, 1)
        if offer is not None:
            self._accept = offer.accept
            agree = QPushButton(offer.words)
            agree.clicked.connect(self._agree)
            layout.addWidget(agree)
        layout.addWidget(copy)
        layout.addWidget(close)

    def _agree(self) -> None:
        self.dismissed.emit(self)
        self._accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words)

    def _dismiss(self) -> None:
        self.dismissed.emit(self)


class MessageArea(QWidget):
    """The messages of the window, newest last, each once."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._messages: list[Message] = []

    @property
    def words(self) -> tuple[str, ...]:
        """What is being said."""
        return tuple(message.words for message in self._messages)

    def say(self, words: str, level: str = "info", offer: Offer | None = None) -> None:
        """Show a message, perhaps with an offer; one that already stands there is not repeated."""
        if words in self.words:
            return
        message = Message(self._theme, level, words, offer)
        message.dismissed.connect(self._remove)
        self._messages.append(message)
        self._layout.addWidget(message)
        if len(self._messages) > MOST_MESSAGES:
            self._remove(self._messages[0])

    def withdraw(self, words: str) -> None:
        """Take a message away that holds no longer."""
        for message in [each for each in self._messages if each.words == words]:
            self._remove(message)

    def clear(self) -> None:
        """Take all messages away."""
        for message in list(self._messages):
            self._remove(message)

    def set_theme(self, theme: Theme) -> None:
        """Draw new messages in another theme."""
        self._theme = theme

    def _remove(self, message: Message) -> None:
        self._messages.remove(message)
        self._layout.removeWidget(message)
        message.deleteLater()


class Card(QFrame):
    """A short text with buttons in the middle of an otherwise empty place; it follows its host's size."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("card")
        self.setFont(QApplication.font())  # not the reading font of a pane it may stand in
        self._heading, self._words = QLabel(), QLabel()
        heading_font = QFont(self.font())
        heading_font.setPointSizeF(self.font().pointSizeF() * 1.15)
        heading_font.setWeight(QFont.Weight.DemiBold)
        self._heading.setFont(heading_font)
        for label in (self._heading, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._words.setProperty("role", "muted")
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(6)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(22, 18, 22, 20)
        self._column.setSpacing(10)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._words)
        self._column.addLayout(self._buttons)
        host.installEventFilter(self)
        self.hide()

    def show_words(self, heading: str, words: str, actions: Sequence[QAction] = ()) -> None:
        """Show a heading, an explanation, and a button for each action, the first as the primary one."""
        self._heading.setText(heading)
        self._words.setText(words)
        while self._buttons.count():
            taken = self._buttons.takeAt(0)
            old = taken.widget() if taken else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for number, action in enumerate(actions):
            button = QPushButton(action.text().replace("&", ""))
            if number == 0:
                button.setProperty("role", "primary")
            button.clicked.connect(action.trigger)
            self._buttons.addWidget(button)
        self.show()
        self.raise_()
        self._place()
        QTimer.singleShot(0, self, self._place)  # once the new buttons have their style and so their height

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        width = max(160, min(420, host.width() - 48))
        self._column.activate()
        self.setFixedSize(width, self._column.totalHeightForWidth(width))
        self.move((host.width() - width) // 2, max(24, int(host.height() * 0.16)))
