"""The pages of the preferences for languages, reading and the names of colours."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFontComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reader.analysis.language import LANGUAGES
from reader.annotations.annotation import COLOURS
from reader.resources import language_name
from reader.settings import LINE_HEIGHTS, MEASURES, SIZES
from reader.ui.dialogs import muted
from reader.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from reader.ui.pane import Shape
    from reader.ui.settings import Settings
    from reader.ui.theme import Theme

NUMBER_WIDTH = 96
TARGET, THREADS, EXPECTED = "translation/target", "translation/threads", "languages/expected"


def target_language(settings: Settings) -> str:
    """Return the language into which articles are translated."""
    return settings.text(TARGET, "en")


def threads(settings: Settings) -> int | None:
    """Return how many threads a translation may use, None where the machine decides."""
    return min(int(settings.number(THREADS, 0)), os.cpu_count() or 1) or None


def expected_languages(settings: Settings) -> list[str]:
    """Return the languages that a person expects articles in, by name.

    They come first where a language is chosen, and packages for them where packages are. They don't sway the
    detection: over 60 characters it needs no help, and below that what they gain others lose.
    """
    return sorted(settings.texts(EXPECTED) or (), key=language_name)


def targets() -> list[str]:
    """Return the languages that can be translated into, by name."""
    return sorted(LANGUAGES, key=language_name)


def _form(page: QWidget) -> QFormLayout:
    form = QFormLayout()
    form.setVerticalSpacing(8)
    form.setHorizontalSpacing(16)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    layout = QVBoxLayout(page)
    layout.addLayout(form)
    layout.addStretch(1)
    return form


def hint(words: str) -> QLabel:
    """Return what explains the field above it: it stands close to that and apart from the next."""
    label = muted(words)
    label.setWordWrap(False)  # a form gives wrapped labels the height that they would have when narrow
    label.setContentsMargins(2, 0, 0, 8)
    return label


def _choice(name: str, choices: Sequence[tuple[str, object]], value: object) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for words, each in choices:
        box.addItem(words, each)
    box.setCurrentIndex(max(0, box.findData(value)))
    return box


def _shape_number(box: QAbstractSpinBox) -> None:
    """Give a field for a number its width, and its text the place that other fields' text has."""
    box.setFixedWidth(NUMBER_WIDTH)
    field = box.lineEdit()
    assert field is not None
    field.setTextMargins(6, 0, 0, 0)  # a style sheet's padding doesn't reach it


class LanguageList(QListWidget):
    """All languages, each with a box to tick; those that are ticked come first when it is opened."""

    def __init__(self, ticked: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for code in (*ticked, *(code for code in targets() if code not in ticked)):
            line = QListWidgetItem(language_name(code))
            line.setData(Qt.ItemDataRole.UserRole, code)
            line.setCheckState(Qt.CheckState.Checked if code in ticked else Qt.CheckState.Unchecked)
            self.addItem(line)
        self.setCurrentRow(0)

    @property
    def ticked(self) -> list[str]:
        """The codes of the languages that are ticked, by name."""
        lines = [self.item(row) for row in range(self.count())]
        codes = [line.data(Qt.ItemDataRole.UserRole) for line in lines if line.checkState() == Qt.CheckState.Checked]
        return sorted(codes, key=language_name)

    def filter(self, words: str) -> None:
        """Leave the languages whose name has `words`."""
        for row in range(self.count()):
            line = self.item(row)
            line.setHidden(words.strip().casefold() not in line.text().casefold())


class LanguagesPage(QWidget):
    """The languages of articles and translation, and how much of the machine a translation may take."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        languages = [(language_name(code), code) for code in targets()]
        self.target = _choice(self.tr("Translate into"), languages, target_language(settings))
        numbers = [(self.tr("As many as the machine has cores"), 0)]
        numbers += [(str(number), number) for number in range(1, os.cpu_count() or 1)]
        self.threads = _choice(self.tr("Threads for translation"), numbers, threads(settings) or 0)
        self.expected = LanguageList(expected_languages(settings))
        self.expected.setAccessibleName(self.tr("Languages of your articles"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter languages"))
        self.filter.setAccessibleName(self.tr("Filter languages"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.expected.filter)
        form = _form(self)
        form.addRow(self.tr("Translate &into"), self.target)
        form.addRow("", hint(self.tr("One article may be read in another language: Translate → This Article Into…")))
        form.addRow(self.tr("T&hreads for translation"), self.threads)
        form.addRow("", hint(self.tr("Fewer leave more of the computer to others. Holds from the next start.")))
        form.addRow(self.tr("&Languages of your articles"), self.filter)
        form.addRow("", self.expected)
        form.addRow("", hint(self.tr("These come first where you choose a language or a package.")))

    def keep(self, settings: Settings) -> None:
        """Write what was chosen into the settings."""
        settings.set(TARGET, self.target.currentData())
        settings.set(THREADS, self.threads.currentData())
        settings.set(EXPECTED, self.expected.ticked or None)


class _FontRow(QWidget):
    """A font and its size."""

    def __init__(self, name: str, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.family = QFontComboBox()
        self.family.setEditable(False)
        self.family.setAccessibleName(self.tr("Font of the {pane}").format(pane=name))
        self.family.setCurrentFont(font)
        self.points = QDoubleSpinBox()
        self.points.setAccessibleName(self.tr("Size of the {pane}").format(pane=name))
        self.points.setRange(*SIZES)
        self.points.setDecimals(1)
        self.points.setSingleStep(0.5)
        self.points.setSuffix(self.tr(" pt"))
        self.points.setValue(font.pointSizeF())
        _shape_number(self.points)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.family, 1)
        layout.addWidget(self.points)
        self.setFocusProxy(self.family)


class ReadingPage(QWidget):
    """Theme, the font of each pane, and how its text is set."""

    def __init__(
        self, settings: Settings, fonts: tuple[QFont, QFont], shape: Shape, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        themes = [
            (self.tr("As the system"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        ]
        self.theme = _choice(self.tr("Theme"), themes, settings.text("theme", "system"))
        self.original = _FontRow(self.tr("original"), fonts[0])
        self.alike = QCheckBox(self.tr("Translation in the &same font and size"))
        self.translation = _FontRow(self.tr("translation"), fonts[1])
        self.alike.toggled.connect(self.translation.setDisabled)
        own = settings.text("reading/translation_font") or settings.number("reading/translation_size", 0)
        self.alike.setChecked(not own)
        self.measure = QSpinBox()
        self.measure.setAccessibleName(self.tr("Characters in a line at most"))
        self.measure.setRange(*MEASURES)
        self.measure.setValue(shape.measure)
        self.line_height = QSpinBox()
        self.line_height.setAccessibleName(self.tr("Height of a line in per cent of the font's size"))
        self.line_height.setRange(*LINE_HEIGHTS)
        self.line_height.setSuffix(" %")
        self.line_height.setSingleStep(5)
        self.line_height.setValue(shape.line_height)
        for box in (self.measure, self.line_height):
            _shape_number(box)
        self._usual = (fonts, shape)
        form = _form(self)
        form.addRow(self.tr("&Theme"), self.theme)
        form.addRow(self.tr("&Original"), self.original)
        form.addRow("", self.alike)
        form.addRow(self.tr("T&ranslation"), self.translation)
        form.addRow(self.tr("&Characters in a line"), self.measure)
        form.addRow("", hint(self.tr("At most: a wider pane gets wider margins. 60 to 80 read best.")))
        form.addRow(self.tr("&Line height"), self.line_height)

    def keep(self, settings: Settings) -> None:
        """Write what was chosen into the settings; what stays as it was is not written."""
        settings.set("theme", self.theme.currentData())
        fonts, shape = self._usual
        if self.original.family.currentFont().family() != fonts[0].family():
            settings.set("reading/font", self.original.family.currentFont().family())
        if self.original.points.value() != round(fonts[0].pointSizeF(), 1):
            settings.set("reading/size", self.original.points.value())
        alike = self.alike.isChecked()
        settings.set("reading/translation_font", None if alike else self.translation.family.currentFont().family())
        settings.set("reading/translation_size", None if alike else self.translation.points.value())
        for name, box, usual in (
            ("measure", self.measure, shape.measure),
            ("line_height", self.line_height, shape.line_height),
        ):
            if box.value() != usual:
                settings.set(f"reading/{name}", box.value())


class ColoursPage(QWidget):
    """The names of the six highlight colours.

    The hues stay: notes and exports say "green", which has to look green to whoever else reads them; and each one's
    contrast with text and page is tested in both themes. Whoever can't tell them apart has names and keys.
    """

    def __init__(self, settings: Settings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: dict[str, QLineEdit] = {}
        form = _form(self)
        form.addRow(muted(self.tr("Say what a colour means to you: menus, tooltips, lists and exports call it so.")))
        for number, colour in enumerate(COLOURS, 1):
            field = QLineEdit(settings.text(f"colours/{colour}"))
            field.setPlaceholderText(colour.capitalize())
            field.setAccessibleName(self.tr("Name of colour {number}, {colour}").format(number=number, colour=colour))
            field.setMaxLength(40)
            self.names[colour] = field
            swatch = QLabel()
            picture = icon("swatch", theme.colour(f"highlight_edges.{colour}"), theme.colour(f"highlights.{colour}"))
            swatch.setPixmap(picture.pixmap(QSize(18, 18), self.devicePixelRatioF()))
            swatch.setAccessibleName(colour.capitalize())
            label = QLabel(f"&{number}")
            label.setBuddy(field)
            label.setProperty("role", "muted")
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(swatch)
            row.addWidget(field, 1)
            form.addRow(label, row)

    def keep(self, settings: Settings) -> None:
        """Write the names into the settings."""
        for colour, field in self.names.items():
            settings.set(f"colours/{colour}", field.text().strip() or None)
