"""Messages above the text that never cover it, and the card that explains an empty pane."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.text.errors import ReaderError
from reader.ui.icons import icon
from reader.ui.pane import GUTTER, TextPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from reader.ui.crashes import CrashReports
    from reader.ui.theme import Theme

MIDDLE = 0.38
"""How much of the free height stands above a card: the middle for the eye."""
MOST_MESSAGES = 3
MOST_SHOWN = 1_000
"""Characters of the details in a tooltip; all of them are copied."""


ICONS = {"info": ("info", "text.accent"), "warning": ("warning", "text.warning"), "error": ("error", "text.error")}
"""What shows a message's level besides its colour."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the reader can do about what a message says: a button's words, and what it does."""

    words: str
    accept: Callable[[], object]


class Message(QFrame):
    """One line with its level ("info", "warning", "error"), to be copied, with its details, or dismissed.

    Signals:
        agreed: the person took up its offer.
        dismissed: the person closed it.
    """

    agreed = Signal(object)
    dismissed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        level: str,
        words: str,
        offer: Offer | None = None,
        details: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setProperty("level", level)
        self.words, self._details = words, details
        levels = {"info": self.tr("Notice"), "warning": self.tr("Warning"), "error": self.tr("Error")}
        self.sign = QLabel()
        self.sign.setAccessibleName(levels[level])
        self.sign.setToolTip(levels[level])
        self.label = QLabel(words)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = QToolButton()
        copy.setText(self.tr("Copy with details") if details else self.tr("Copy"))
        copy.setToolTip(details[:MOST_SHOWN] or self.tr("Copy this message"))
        copy.clicked.connect(self._copy)
        self._close = QToolButton()
        self._close.setIconSize(QSize(13, 13))
        self._close.setAccessibleName(self.tr("Dismiss this message"))
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.clicked.connect(self._dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self.sign)
        layout.addWidget(self.label, 1)
        self.buttons: list[QWidget] = [copy, self._close]
        if offer is not None:
            self._accept = offer.accept
            agree = QPushButton(offer.words)
            agree.clicked.connect(self._agree)
            self.buttons.insert(0, agree)
        for button in self.buttons:
            layout.addWidget(button)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in another theme."""
        name, role = ICONS[self.property("level")]
        self.sign.setPixmap(icon(name, theme.colour(role)).pixmap(QSize(16, 16), self.devicePixelRatioF()))
        self._close.setIcon(icon("close", theme.colour("text.muted")))

    def _agree(self) -> None:
        self.agreed.emit(self)
        self._accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n\n".join(part for part in (self.words, self._details) if part))

    def _dismiss(self) -> None:
        self.dismissed.emit(self)


def details_of(error: BaseException) -> str:
    """Return what a person may pass on about an error besides its words: the file, and what caused it."""
    lines = [f"{type(error).__name__}: {error.path}"] if isinstance(error, ReaderError) and error.path else []
    while (cause := error.__cause__) is not None:
        lines.append(f"{type(cause).__name__}: {cause}")
        error = cause
    return "\n".join(lines)


def _reach_after(before: QWidget, widgets: Sequence[QWidget]) -> None:
    """Let Tab reach widgets that came later where they stand: after `before`, in their order."""
    chain: QWidget | None = before
    while chain is not None and not chain.focusPolicy() & Qt.FocusPolicy.TabFocus:
        chain = chain.previousInFocusChain()  # Qt orders only what takes the focus
    before = chain or before
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget


class MessageArea(QWidget):
    """The messages of the window, newest last, each once."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._messages: list[Message] = []

    @property
    def words(self) -> tuple[str, ...]:
        """What is being said."""
        return tuple(message.words for message in self._messages)

    def say(self, words: str, level: str = "info", offer: Offer | None = None, details: str = "") -> None:
        """Show a message, perhaps with an offer; one that already stands there is not repeated.

        `details` are copied with the words.
        """
        if words in self.words:
            return
        message = Message(self._theme, level, words, offer, details)
        message.agreed.connect(self._remove)
        message.dismissed.connect(self._remove)
        self._layout.addWidget(message)
        _reach_after(self._messages[-1].buttons[-1] if self._messages else self, message.buttons)
        self._messages.append(message)
        if len(self._messages) > MOST_MESSAGES:
            self._remove(self._messages[0])

    def say_error(self, error: ReaderError) -> None:
        """Show an error; what caused it is among the details."""
        self.say(str(error), "error", details=details_of(error))

    def say_crash(self, reports: CrashReports) -> None:
        """Offer the reports of earlier crashes until the person dismisses them."""
        found = reports.unseen()
        if not found:
            return
        words = self.tr("Something happened that the reader was not made for. A report lies in {folder}, sent nowhere.")
        if any(reports.is_of_end(file) for file, _ in found):
            words = self.tr("The reader ended unexpectedly. A report lies in {folder}, sent nowhere.")
        words = words.format(folder=reports.folder)
        self.withdraw(words)  # that of fewer reports
        folder = QUrl.fromLocalFile(str(reports.folder))
        offer = Offer(self.tr("Open the folder"), partial(QDesktopServices.openUrl, folder))
        self.say(words, "error", offer, "\n\n".join(text for _, text in found))
        self._messages[-1].agreed.connect(reports.put_away)
        self._messages[-1].dismissed.connect(reports.put_away)

    def withdraw(self, words: str) -> None:
        """Take a message away that holds no longer."""
        for message in [each for each in self._messages if each.words == words]:
            self._remove(message)

    def clear(self) -> None:
        """Take all messages away."""
        for message in list(self._messages):
            self._remove(message)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._theme = theme
        for message in self._messages:
            message.set_theme(theme)

    def _remove(self, message: Message) -> None:
        self._messages.remove(message)
        self._layout.removeWidget(message)
        message.deleteLater()


class Card(QFrame):
    """A short text with buttons in the middle of an otherwise empty place; it follows its host's size."""

    def __init__(self, host: QWidget, above: QWidget | None = None, *, plain: bool = False) -> None:
        """`above` is a part of the host that the card never covers; a `plain` one has no frame, as text on a page."""
        super().__init__(host)
        self.setObjectName("card")
        self.setProperty("plain", plain)
        self._above, self._plain = above, plain
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
        self._column.setContentsMargins(*((0, 0, 0, 0) if plain else (20, 16, 20, 20)))
        self._column.setSpacing(12)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._words)
        self._column.addLayout(self._buttons)
        for watched in (host, above):
            if watched is not None:
                watched.installEventFilter(self)
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
        buttons = []
        for number, action in enumerate(actions):
            button = QPushButton(action.text().replace("&", ""))
            if number == 0:
                button.setProperty("role", "primary")
            button.clicked.connect(action.trigger)
            beside = Qt.AlignmentFlag.AlignLeft if self._plain else Qt.AlignmentFlag(0)
            self._buttons.addWidget(button, 0, beside)
            buttons.append(button)
        for button in buttons if self._plain else ():
            button.setMinimumWidth(max(each.sizeHint().width() for each in buttons))
        host = self.parentWidget()
        if host is not None:
            _reach_after(host, buttons)
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
        if host is None or self.isHidden():
            return
        width = max(160, min(420, host.width() - 2 * GUTTER))
        self._column.activate()
        self.setFixedSize(width, max(0, self._column.totalHeightForWidth(width)))  # -1: its words have no font yet
        top = self._above.geometry().bottom() if self._above is not None and self._above.isVisible() else 0
        free = host.height() - self.height()
        left = (host.width() - width) // 2
        if self._plain and isinstance(host, TextPane):  # where the text of the page would begin
            left = host.viewportMargins().left() + GUTTER
        self.move(left, max(top + 24, int(free * MIDDLE)))
