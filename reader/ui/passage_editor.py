"""Note, tags and colour of the passage that is chosen in the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from reader.annotations.annotation import COLOURS
from reader.ui.actions import with_keys
from reader.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QAction

    from reader.annotations.annotation import Annotation
    from reader.ui.entry_list import Index
    from reader.ui.theme import Theme


class TagCompleter(QCompleter):
    """Complete the tag being typed, the last one of a list with commas, from tags used before."""

    def __init__(self, field: QLineEdit) -> None:
        self._tags = QStringListModel()
        super().__init__(self._tags, field)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self._field = field
        field.setCompleter(self)

    def set_tags(self, tags: Iterable[str]) -> None:
        """Offer these tags."""
        self._tags.setStringList(list(tags))

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: Index) -> str:
        before = self._field.text().rpartition(",")[0].strip()
        tag = str(self._tags.data(index) if index.model() is self._tags else index.data())
        return f"{before}, {tag}" if before else tag


class PassageEditor(QWidget):
    """Note, tags and colour of the chosen passage; changes are reported as they are made.

    Signals:
        note_changed: `(annotation id, note)` while typing.
        tags_changed: `(annotation id, tags)` when the field is left.
        colour_chosen: `(annotation id, colour name)`.
    """

    note_changed = Signal(object)
    tags_changed = Signal(object)
    colour_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id: str | None = None
        self._buttons: dict[str, QToolButton] = {}
        self._names: Mapping[str, str] = {}
        colours = QHBoxLayout()
        colours.setSpacing(2)
        for name in COLOURS:
            button = QToolButton()
            button.setCheckable(True)
            button.setProperty("colour", name)
            button.clicked.connect(self._choose_colour)
            self._buttons[name] = button
            colours.addWidget(button)
        colours.addStretch(1)
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText(self.tr("Note on this passage"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(96)
        self.note.textChanged.connect(self._report_note)
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(self.tr("Tags, separated by commas"))
        self.tags.setAccessibleName(self.tr("Tags"))
        self.tags.editingFinished.connect(self._report_tags)
        self.known_tags = TagCompleter(self.tags)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(6)
        layout.addLayout(colours)
        layout.addWidget(self.note)
        layout.addWidget(self.tags)
        self.set_colour_names({name: name.capitalize() for name in COLOURS})
        self.set_theme(theme)
        self.show_annotation(None)

    def set_colour_names(self, names: Mapping[str, str]) -> None:
        """Call the colours what the person calls them."""
        self._names = names
        for colour, name in names.items():
            self._buttons[colour].setAccessibleName(self.tr("Colour {colour}").format(colour=name))

    def show_keys(self, actions: Mapping[str, QAction]) -> None:
        """Name the colours and their keys in tooltips."""
        for number, (colour, name) in enumerate(self._names.items(), 1):
            self._buttons[colour].setToolTip(with_keys(name, actions[f"colour_{number}"]))

    def set_theme(self, theme: Theme) -> None:
        """Draw the colour buttons in another theme."""
        for name, button in self._buttons.items():
            edge, fill = theme.colour(f"highlight_edges.{name}"), theme.colour(f"highlights.{name}")
            button.setIcon(icon("swatch", edge, fill))
            button.setIconSize(QSize(16, 16))

    def show_annotation(self, annotation: Annotation | None) -> None:
        """Edit another annotation; what is being typed into the same one is left alone."""
        self.setVisible(annotation is not None)
        if annotation is None:
            self._id = None
            return
        same = annotation.id == self._id
        self._id = annotation.id
        if not (same and self.note.hasFocus()) and self.note.toPlainText() != annotation.note:
            self.note.blockSignals(True)
            self.note.setPlainText(annotation.note)
            self.note.blockSignals(False)
        if not (same and self.tags.hasFocus()):
            self.tags.setText(", ".join(annotation.tags))
        for name, button in self._buttons.items():
            button.setChecked(name == annotation.colour)

    def finish(self) -> None:
        """Report what is typed but not reported yet."""
        self._report_tags()

    def _report_note(self) -> None:
        if self._id is not None:
            self.note_changed.emit((self._id, self.note.toPlainText()))

    def _report_tags(self) -> None:
        if self._id is not None:
            tags = tuple(tag.strip() for tag in self.tags.text().split(",") if tag.strip())
            self.tags_changed.emit((self._id, tags))

    def _choose_colour(self) -> None:
        if self._id is not None:
            self.colour_chosen.emit((self._id, self.sender().property("colour")))
