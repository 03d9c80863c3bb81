"""The small dialogs: language packages, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.ui.actions import COMMANDS, MENUS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction

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

    def show_packages(self, packages: Sequence[InstalledPackage]) -> None:
        """Fill the table."""
        self._packages = tuple(packages)
        self.table.setRowCount(len(packages))
        for row, package in enumerate(packages):
            pair = f"{package.from_name or package.from_code} → {package.to_name or package.to_code}"
            size = self.tr("{n:.1f} MB").format(n=package.size / 1e6)
            state = package.problem or self.tr("Ready")
            for column, words in enumerate((pair, package.version, size, state)):
                entry = _read_only(words)
                entry.setToolTip(f"{package.path}\nmodel.bin SHA-256 {package.sha256}" if column < 3 else words)
                self.table.setItem(row, column, entry)
        none = self.tr("No package is installed yet: install one from a file, or download one.")
        self.state.setText("" if packages else none)
        self._selection_changed()

    def say(self, words: str) -> None:
        """Show what is being done or what went wrong."""
        self.state.setText(words)

    def _selection_changed(self) -> None:
        self.remove.setEnabled(0 <= self.table.currentRow() < len(self._packages))

    def _remove(self) -> None:
        self.remove_wanted.emit(self._packages[self.table.currentRow()])


class KeysDialog(QDialog):
    """All commands with their keys."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.resize(460, 620)
        rows = [(command, actions[command.name]) for menu in MENUS for command in COMMANDS if command.menu == menu]
        rows = [(command, action) for command, action in rows if command.keys]
        table = QTableWidget(len(rows), 3)
        table.setAccessibleName(self.tr("Commands and keys"))
        table.setHorizontalHeaderLabels([self.tr("Menu"), self.tr("Command"), self.tr("Keys")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for row, (command, action) in enumerate(rows):
            keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
            for column, words in enumerate((command.menu, action.text().replace("&", ""), keys)):
                table.setItem(row, column, _read_only(words))
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addWidget(muted(self.tr("Keys without Ctrl or Alt act when no text field has the focus.")))
        layout.addWidget(table, 1)
        layout.addWidget(close)
