"""The dialog of language packages, and the labels that dialogs have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QAbstractItemView

    from reader.translation.package import InstalledPackage


def heading(words: str) -> QLabel:
    """Return a label in the weight of a heading."""
    label = QLabel(words)
    label.setProperty("role", "heading")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def muted(words: str) -> QLabel:
    """Return a wrapped label in the muted colour."""
    label = QLabel(words)
    label.setProperty("role", "muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def may_replace(parent: QWidget, title: str, file: Path) -> bool:
    """Ask whether a file that is there already is to be replaced."""
    question = parent.tr("{name} is there already. Replace it?").format(name=file.name)
    return QMessageBox.question(parent, title, question) == QMessageBox.StandardButton.Yes


def size_words(size: int) -> str:
    """Return a number of bytes in the words of everyday: "44 kB", "1.4 MB"."""
    digits = 0 if size < 1_000_000 else 1
    return QLocale().formattedDataSize(size, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def words_over(view: QAbstractItemView) -> QLabel:
    """Return a label in the middle of a list or table, for words that say why it is empty."""
    label = muted("")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.hide()
    inside = QVBoxLayout(view.viewport())
    inside.setContentsMargins(30, 16, 30, 16)
    inside.addWidget(label)
    return label


def _read_only(words: str) -> QTableWidgetItem:
    entry = QTableWidgetItem(words)
    entry.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
    return entry


class PackagesDialog(QDialog):
    """The installed Argos packages, those that are broken with their reason; install from a file, remove.

    Signals:
        install_wanted: a person asked to install packages from files.
        download_wanted: a person asked for the packages that can be downloaded.
        remove_wanted: the `InstalledPackage` to be removed.
    """

    install_wanted = Signal()
    download_wanted = Signal()
    remove_wanted = Signal(object)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Language packages"))
        self.resize(720, 420)
        self._packages: tuple[InstalledPackage, ...] = ()
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(self.tr("Installed packages"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Languages"), self.tr("Version"), self.tr("Size"), self.tr("State")]
        )
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.itemSelectionChanged.connect(self._selection_changed)
        self.empty = words_over(self.table)
        self.empty.setText(self.tr("No package is installed yet.\nInstall one from a file, or download one."))
        self.install = QPushButton(self.tr("Install from file…"))
        self.install.setProperty("role", "primary")
        self.install.clicked.connect(self.install_wanted)
        self.download = QPushButton(self.tr("Download…"))
        self.download.clicked.connect(self.download_wanted)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.clicked.connect(self._remove)
        self.remove.setEnabled(False)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        self.state = muted("")
        self.state.hide()
        buttons = QHBoxLayout()
        for button in (self.install, self.download, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        where = self.tr(
            "Argos packages (.argosmodel) are installed from a file, or downloaded after your yes. "
            "The reader shares them with Argos Translate and LibreTranslate in {folder}."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(muted(where.format(folder=folder)))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.state)
        layout.addLayout(buttons)
        self.setTabOrder(self.table, self.install)
        self.install.setFocus()

    def show_packages(self, packages: Sequence[InstalledPackage]) -> None:
        """Fill the table."""
        self._packages = tuple(packages)
        self.table.setRowCount(len(packages))
        for row, package in enumerate(packages):
            pair = f"{package.from_name or package.from_code} → {package.to_name or package.to_code}"
            state = package.problem or self.tr("Ready")
            for column, words in enumerate((pair, package.version, size_words(package.size), state)):
                entry = _read_only(words)
                entry.setToolTip(f"{package.path}\nmodel.bin SHA-256 {package.sha256}" if column < 3 else words)
                self.table.setItem(row, column, entry)
        self.empty.setVisible(not packages)
        self._selection_changed()

    def say(self, words: str) -> None:
        """Show what is being done or what went wrong."""
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def _selection_changed(self) -> None:
        self.remove.setEnabled(0 <= self.table.currentRow() < len(self._packages))

    def _remove(self) -> None:
        self.remove_wanted.emit(self._packages[self.table.currentRow()])
