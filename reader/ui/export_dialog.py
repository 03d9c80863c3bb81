"""The export dialog: what, from where, in which format and order, with a preview that follows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.annotation import COLOURS
from reader.export.passages import Content, Form, Order, Request, Selection
from reader.export.style import INK
from reader.export.templates import shipped
from reader.export.writing import FORMATS, WHOLE_ARTICLES
from reader.ui.dialogs import heading, may_replace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT_NAMES = {
    "md": "Markdown",
    "html": "HTML",
    "docx": "Word",
    "pdf": "PDF",
    "csv": "CSV table",
    "json": "JSON (Web Annotation)",
    "tmx": "TMX (sentence pairs)",
}
PREVIEW_DELAY = 200
LABELS = 60
"""Pixels that the names of fields take at least: fields of two forms stand below each other."""
RING = 5
"""Pixels that radio buttons and check boxes keep free for the ring of the focus; all else keeps them free too."""


@dataclass(frozen=True, slots=True)
class Where:
    """The articles to choose from: how many there are, those that the library's filter shows, and their names."""

    everything: int = 1
    shown: tuple[tuple[Path, str], ...] = ()


class ExportDialog(QDialog):
    """What to export, from which articles, in which format, to which file.

    Signals:
        changed: an option changed and the preview is out of date, a moment after the last change.
    """

    changed = Signal()

    def __init__(
        self,
        where: Where,
        suggestion: Path,
        words: str = "",
        colours: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`words` must occur in what is exported; `colours` are the names that a person gave to colours."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export passages"))
        self.resize(1080, 760)
        self._where, self._colours = where, dict(colours or {})
        self._agreed: Path | None = None
        self._wait = QTimer(self, singleShot=True, interval=PREVIEW_DELAY)
        self._wait.timeout.connect(self.changed)
        self._make_sources()
        self._make_filters(words)
        self._make_look(suggestion)
        self.preview = QTextBrowser()
        self.preview.setObjectName("exportPreview")
        self.preview.setAccessibleName(self.tr("Preview"))
        self.preview.setOpenLinks(False)
        # paper in every theme: what is exported is not dark
        self.preview.setStyleSheet(f"QTextBrowser {{ background: #ffffff; color: #{INK}; padding: 10px 14px; }}")
        self.state = QLabel()
        self.state.setProperty("role", "muted")
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._format_changed()

    # -- parts ---------------------------------------------------------------------------------------------------

    def _make_sources(self) -> None:
        where = self._where
        self.this_article = QRadioButton(self.tr("This article"))
        self.shown_articles = QRadioButton(self.tr("The {n:,} articles that the list shows").format(n=len(where.shown)))
        self.chosen_articles = QRadioButton(self.tr("Chosen articles"))
        every = self.tr("The only article of the library")
        if where.everything != 1:
            every = self.tr("All {n:,} articles of the library").format(n=where.everything)
        self.all_articles = QRadioButton(every)
        self.this_article.setChecked(True)
        self.shown_articles.setVisible(0 < len(where.shown) < where.everything)
        self.chosen_articles.setVisible(len(where.shown) > 1)
        self.all_articles.setEnabled(where.everything > 1)
        self.articles = QListWidget()
        self.articles.setAccessibleName(self.tr("Articles to export"))
        self.articles.setFixedHeight(132)
        self.articles.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.articles.setUniformItemSizes(True)
        self.articles.setVisible(False)

    def _list_articles(self) -> None:
        """List the articles to choose from, once they are asked for: ten thousand take a moment."""
        if self.articles.count():
            return
        for path, title in self._where.shown:
            entry = QListWidgetItem(title)
            entry.setToolTip(path.name)
            entry.setData(Qt.ItemDataRole.UserRole, path)
            entry.setCheckState(Qt.CheckState.Unchecked)
            self.articles.addItem(entry)

    def _make_filters(self, words: str) -> None:
        self.kinds = {
            "highlight": QCheckBox(self.tr("Own highlights")),
            "quote": QCheckBox(self.tr("Quotes")),
            "person": QCheckBox(self.tr("People")),
        }
        for kind, box in self.kinds.items():
            box.setChecked(kind != "person")
        self.terms = QCheckBox(self.tr("Titles and terms in quotes too"))
        self.colour = self._choice(self.tr("Colour"), [(self.tr("Any colour"), "")])
        for colour in COLOURS:
            self.colour.addItem(self._colours.get(colour, colour.capitalize()), colour)
        self.tag = self._choice(self.tr("Tag"), [(self.tr("Any tag"), "")])
        self.person = self._choice(self.tr("Person"), [(self.tr("Anybody"), "")])
        self.dated = QCheckBox(self.tr("Articles dated"))
        self.since, self.until = QDateEdit(QDate.currentDate().addMonths(-1)), QDateEdit(QDate.currentDate())
        for edit, name in ((self.since, self.tr("From this day")), (self.until, self.tr("Up to this day"))):
            edit.setCalendarPopup(True)
            edit.setDisplayFormat("yyyy-MM-dd")
            edit.setAccessibleName(name)
            edit.setEnabled(False)
        self.words = QLineEdit(words)
        self.words.setPlaceholderText(self.tr("Words that must occur"))
        self.words.setAccessibleName(self.tr("Words that must occur"))
        self.words.setClearButtonEnabled(True)

    def _make_look(self, suggestion: Path) -> None:
        self.formats = {name: QRadioButton(FORMAT_NAMES[name]) for name in FORMATS}
        self._group = QButtonGroup(self)
        for button in self.formats.values():
            self._group.addButton(button)
        self.formats["html"].setChecked(True)
        self.order = self._choice(
            self.tr("Order"),
            [
                (self.tr("By place in the article"), Order.PLACE),
                (self.tr("By person"), Order.PERSON),
                (self.tr("By date"), Order.DATE),
                (self.tr("By tag"), Order.TAG),
            ],
        )
        self.form = self._choice(self.tr("Form"), [(self.tr("Full"), Form.FULL), (self.tr("Compact"), Form.COMPACT)])
        self.content = self._choice(
            self.tr("Content"),
            [
                (self.tr("Passages one by one"), Content.PASSAGES),
                (self.tr("Whole articles, passages marked"), Content.ARTICLES),
            ],
        )
        self.template = self._choice(self.tr("Template"), [(self.tr("None"), "")])
        for name in shipped():
            self.template.addItem(name.replace("-", " ").capitalize(), name)
        self.template.addItem(self.tr("From a file…"), None)
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("Made from the articles"))
        self.title.setAccessibleName(self.tr("Title"))
        self.file = QLineEdit(str(suggestion.with_suffix(".html")))
        self.file.setAccessibleName(self.tr("File to write"))
        self.browse = QPushButton(self.tr("Choose…"))
        self.browse.setAutoDefault(False)  # Enter exports

    def _make_buttons(self) -> None:
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = QPushButton(self.tr("Export"))
        self.export.setProperty("role", "primary")
        self.buttons.addButton(self.export, QDialogButtonBox.ButtonRole.AcceptRole)

    @staticmethod
    def _choice(name: str, values: Sequence[tuple[str, object]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        for words, value in values:
            box.addItem(words, value)
        return box

    def _lay_out(self) -> None:
        options, right = self._options(), QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(16, 0, 0, 0)
        side.addWidget(heading(self.tr("Preview")))
        side.addWidget(self.preview, 1)
        side.addWidget(self.state)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(options)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20 - RING, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(split, 1)
        line = _flush(QLabel(self.tr("File")), self.file, self.browse)
        line.setStretch(1, 1)
        layout.addLayout(line)
        layout.addWidget(self.buttons)
        self.export.setDefault(True)  # it has to be in the dialog by now

    def _options(self) -> QScrollArea:
        """Return all there is to choose, one below the other."""
        options = QWidget()
        column = QVBoxLayout(options)
        column.setContentsMargins(0, 0, 16, 0)
        column.setSpacing(6)
        column.addLayout(_flush(heading(self.tr("From"))))
        for button in (self.this_article, self.shown_articles, self.chosen_articles):
            column.addLayout(_row(button))
        column.addLayout(_flush(self.articles))
        column.addLayout(_row(self.all_articles))
        column.addSpacing(8)
        column.addLayout(_flush(heading(self.tr("Passages"))))
        column.addLayout(_row(*self.kinds.values()))
        column.addLayout(_row(self.terms))
        chosen = _form(
            (QLabel(self.tr("Colour")), self.colour),
            (QLabel(self.tr("Tag")), self.tag),
            (QLabel(self.tr("Person")), self.person),
            (QLabel(self.tr("Filter")), self.words),
        )
        column.addLayout(chosen)
        column.addLayout(_row(self.dated, self.since, QLabel("–"), self.until))
        column.addSpacing(8)
        column.addLayout(_flush(heading(self.tr("Format"))))
        grid = QGridLayout()
        for number, button in enumerate(self.formats.values()):
            grid.addWidget(button, number // 3, number % 3)
        column.addLayout(grid)
        self._looks = _form(
            (QLabel(self.tr("Content")), self.content),
            (QLabel(self.tr("Order")), self.order),
            (QLabel(self.tr("Form")), self.form),
            (QLabel(self.tr("Template")), self.template),
            (QLabel(self.tr("Title")), self.title),
        )
        column.addLayout(self._looks)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(options)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the focus in it
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(390)
        return scroll

    def _connect(self) -> None:
        self.chosen_articles.toggled.connect(self._list_articles)
        self.chosen_articles.toggled.connect(self.articles.setVisible)
        for button in (self.this_article, self.shown_articles, self.chosen_articles, self.all_articles):
            button.toggled.connect(self._option_changed)
        self.articles.itemChanged.connect(self._option_changed)
        for box in (*self.kinds.values(), self.terms, self.dated):
            box.toggled.connect(self._option_changed)
        self.dated.toggled.connect(self.since.setEnabled)
        self.dated.toggled.connect(self.until.setEnabled)
        for choice in (self.colour, self.tag, self.person, self.order, self.form, self.content, self.template):
            choice.currentIndexChanged.connect(self._option_changed)
        self.template.activated.connect(self._template_chosen)
        for edit in (self.since, self.until):
            edit.dateChanged.connect(self._option_changed)
        for line in (self.words, self.title):
            line.textChanged.connect(self._option_changed)
        self._group.buttonClicked.connect(self._format_changed)
        self.browse.clicked.connect(self._choose_file)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    # -- what was chosen -----------------------------------------------------------------------------------------

    @property
    def format(self) -> str:
        """The chosen format's name."""
        return next(name for name, button in self.formats.items() if button.isChecked())

    @property
    def chosen_kinds(self) -> frozenset[str]:
        """The chosen kinds of passages."""
        return frozenset(kind for kind, box in self.kinds.items() if box.isChecked())

    @property
    def target(self) -> Path:
        """The file to write."""
        return Path(self.file.text().strip()).expanduser()

    @property
    def request(self) -> Request:
        """All that is asked for, but the articles."""
        dated = self.dated.isChecked()
        selection = Selection(
            self.chosen_kinds,
            _one(self.person),
            _one(self.colour),
            _one(self.tag),
            terms=self.terms.isChecked(),
            since=self.since.date().toString(Qt.DateFormat.ISODate) if dated else "",
            until=self.until.date().toString(Qt.DateFormat.ISODate) if dated else "",
            words=self.words.text().strip(),
        )
        # Qt keeps the words of a StrEnum and forgets what they are
        content = Content(self.content.currentData()) if self.format in WHOLE_ARTICLES else None
        template = self.template.currentData() if self.format == "md" else ""
        order, form = Order(self.order.currentData()), Form(self.form.currentData())
        title = self.title.text().strip()
        return Request(self.format, selection, order, form, content, template or "", title, self._colours)

    def articles_of(self, here: Path, everything: Sequence[Path]) -> list[Path]:
        """Return the articles to export: the open one, those shown or chosen, or all."""
        if self.all_articles.isChecked():
            return list(everything)
        if self.shown_articles.isChecked():
            return [path for path, _ in self._where.shown]
        if self.chosen_articles.isChecked():
            entries = (self.articles.item(row) for row in range(self.articles.count()))
            return [
                entry.data(Qt.ItemDataRole.UserRole) for entry in entries if entry.checkState() == Qt.CheckState.Checked
            ]
        return [here]

    # -- preview -------------------------------------------------------------------------------------------------

    def show_preview(self, html: str, words: str) -> None:
        """Show what the export will look like, and say what it holds; the place in it stays."""
        bar = self.preview.verticalScrollBar()
        before = bar.value()
        self.preview.setHtml(html)
        bar.setValue(before)
        self.state.setText(words)

    def say(self, words: str) -> None:
        """Say what is being done, or what is wrong with what was chosen."""
        self.state.setText(words)

    def offer(self, persons: Sequence[str], tags: Sequence[str]) -> None:
        """Offer the persons and tags that the articles have; what is chosen stays."""
        for box, values in ((self.person, persons), (self.tag, tags)):
            chosen = box.currentData()
            box.blockSignals(True)  # nothing was chosen anew
            while box.count() > 1:
                box.removeItem(1)
            for value in dict.fromkeys((*values, *([chosen] if chosen else []))):
                box.addItem(value, value)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)

    def _option_changed(self) -> None:
        self.export.setEnabled(bool(self.chosen_kinds) and bool(self.articles_of(Path(), [Path()])))
        self._wait.start()

    def _format_changed(self) -> None:
        pairs = self.format == "tmx"
        if pairs or not self.form.isEnabled():  # sentence pairs are of whole articles unless a person says otherwise
            self.content.setCurrentIndex(int(pairs))
        self.file.setText(str(self.target.with_suffix(f".{self.format}")))
        for box, has in (
            (self.template, self.format == "md"),
            (self.content, self.format in WHOLE_ARTICLES),
            (self.form, not pairs),
            (self.order, not pairs),
        ):
            box.setEnabled(has)
            self._looks.setRowVisible(box, has)
        self._option_changed()

    def _template_chosen(self) -> None:
        """Ask for the file of a person's own template."""
        if self.template.currentData() is not None:
            return
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Template"), str(self.target.parent))
        if name:
            self.template.insertItem(self.template.count() - 1, Path(name).name, name)
            self.template.setCurrentIndex(self.template.count() - 2)
        else:
            self.template.setCurrentIndex(0)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export to"), self.file.text())
        if name:
            self.file.setText(name)
            self._agreed = self.target  # the dialog has asked whether it is to be replaced

    def accept(self) -> None:
        """Close, unless the file is there and is to stay."""
        asks = self.target != self._agreed and self.target.is_file()
        if not asks or may_replace(self, self.tr("Export"), self.target):
            super().accept()


def _flush(*widgets: QWidget) -> QHBoxLayout:
    """Return widgets side by side that begin where the marks of radio buttons do."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.setContentsMargins(RING, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    return row


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _form(*lines: tuple[QLabel, QWidget]) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(12)
    form.setContentsMargins(RING, 0, 0, 0)
    for label, field in lines:
        label.setMinimumWidth(LABELS)
        form.addRow(label, field)
    return form


def _one(choice: QComboBox) -> frozenset[str]:
    chosen = choice.currentData()
    return frozenset({chosen}) if chosen else frozenset()
