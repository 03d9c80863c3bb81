"""Draw the pictures of the README: `python -m tests.screenshots [FOLDER]`, offscreen, on copies of the samples."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Draw every picture into `docs/screenshots`, or into the folder given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR"):
            os.environ[name] = str(Path(scratch) / name.lower())
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtWidgets import QApplication

        application = QApplication([])
        application.setStyle("Fusion")
        for theme in ("light", "dark"):
            Studio(Path(scratch) / theme, theme, folder).draw()


class Studio:
    """A window in one theme, over samples in a folder of its own."""

    def __init__(self, scratch: Path, theme: str, folder: Path) -> None:
        from reader.ui.main_window import MainWindow
        from reader.ui.settings import Settings
        from reader.workspace import Workspace

        self.theme, self.folder = theme, folder
        settings = Settings(scratch)
        settings.set("theme", theme)
        self.workspace = Workspace.create()
        self.samples = self.workspace.samples(scratch / "samples")
        self.window = MainWindow(self.workspace, settings)
        self.window.resize(1360, 860)
        self.window.show()

    def draw(self) -> None:
        """Draw the welcome, the window at work, and the dialogs."""
        from PySide6.QtCore import Qt

        from reader.ui.dialogs import KeysDialog, PackagesDialog

        window = self.window
        self._settle()
        self._keep(window, "welcome")
        window.add_paths(self.samples, choose=False)
        window.open_article(self._sample("ro-night-library"))
        self._settle()
        window.reading.finish_layout()
        opened = window.desk.opened
        assert opened is not None
        quotes = [quote for quote in opened.analysis.quotes if len(quote.span) > 40] if opened.analysis else []
        window.reading.go_to(quotes[0].span, flash=False)
        window.inspector.setCurrentWidget(window.inspector.quotes)
        self._settle()
        self._keep(window, "window")
        window.inspector.setCurrentWidget(window.inspector.people)
        window.open_article(self._sample("en-fog-signal"))
        self._settle()
        self._keep(window, "english")
        for name, dialog in {
            "packages": PackagesDialog(self.workspace.packages.dirs.install, window),
            "keys": KeysDialog(window.actions_, window),
        }.items():
            dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            dialog.show()
            self._settle()
            self._keep(dialog, name)
            dialog.close()
        self._draw_export()
        window.close()

    def _draw_export(self) -> None:
        """Draw the export dialog with its preview: it is modal, so it is drawn from inside."""
        from PySide6.QtCore import QTimer

        from reader.ui.export_dialog import ExportDialog

        def draw() -> None:
            self._settle()
            (dialog,) = self.window.findChildren(ExportDialog)
            self._keep(dialog, "export")
            dialog.reject()

        QTimer.singleShot(400, draw)
        self.window.actions_["export"].trigger()

    def _sample(self, name: str) -> Path:
        return next(path for path in self.samples if path.stem == name)

    def _settle(self) -> None:
        from PySide6.QtTest import QTest

        QTest.qWait(300)
        while self.window.jobs.busy:
            QTest.qWait(50)
        QTest.qWait(150)

    def _keep(self, widget: object, name: str) -> None:
        from PySide6.QtWidgets import QWidget

        assert isinstance(widget, QWidget)
        widget.grab().save(str(self.folder / f"{name}-{self.theme}.png"))


if __name__ == "__main__":
    main()
