"""Draw the pictures of the README: `python -m tests.screenshots [FOLDER]`, offscreen, on copies of the samples.

Every picture in both themes; those of `LARGE` in twice the resolution too. Home and folders are always the same ones,
emptied before, since pictures show them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QDialog, QWidget

    from reader.ui.theme import Theme

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(tempfile.gettempdir()) / "parallel-reader"
LARGE = ("window", "correction", "people")

UNKNOWN = (
    "Brod se vraća na rijeku\nOpćina je potvrdila da brod ponovno vozi. „Čekali smo tri godine”, kaže Ana Kovač.\n"
)


def main() -> None:
    """Draw every picture into `docs/screenshots`, or into the folder given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        for scale in ("1", "2"):
            # Qt takes the scale at its start
            environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
            subprocess.run(
                [sys.executable, "-c", "from tests.screenshots import draw; draw()", theme, scale, folder.absolute()],
                cwd=ROOT,
                env=environ,
                check=True,
            )


def draw() -> None:
    """Draw the pictures of one theme and scale, as told by `main`."""
    theme, scale, folder = sys.argv[1:]
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    os.environ["HOME"] = str(HOME)
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(HOME / name.lower())
    os.environ["ARGOS_PACKAGES_DIR"] = str(HOME / "packages")
    from PySide6.QtWidgets import QApplication

    from reader.ui import folder_desk

    folder_desk.QUIET = 10_000_000  # else a picture shows by chance what an index knows by then
    application = QApplication([])
    application.setStyle("Fusion")
    application.setCursorFlashTime(0)
    Studio(theme, scale, Path(folder)).draw()
    shutil.rmtree(HOME)


class Studio:
    """A window in one theme and scale, over samples in a folder of its own."""

    def __init__(self, theme: str, scale: str, folder: Path) -> None:
        from reader.ui.main_window import MainWindow
        from reader.ui.settings import Settings
        from reader.ui.theme import load_theme
        from reader.workspace import Workspace

        self.suffix, self.folder = f"-{theme}{'' if scale == '1' else f'@{scale}x'}.png", folder
        self.wanted = None if scale == "1" else LARGE
        self.theme = load_theme(theme)
        settings = Settings()
        settings.set("theme", theme)
        self.workspace = Workspace.create()
        self.samples = self.workspace.samples(HOME / "articles")
        self.window = MainWindow(self.workspace, settings)
        self.window.resize(1360, 860)
        self.window.show()

    def draw(self) -> None:
        """Draw the empty places, the window at work, its dialogs, and the window over the whole folder."""
        self._settle()
        self._keep(self.window, "welcome")
        self.window.add_paths(self.samples, choose=False)
        self._settle()
        self._keep(self.window, "choose")
        self._draw_reading()
        self._draw_dialogs()
        self._draw_empty()
        self._draw_folder()
        self.window.close()

    def _draw_reading(self) -> None:
        window = self.window
        self._open(self._sample("ro-night-library"))
        opened = window.desk.opened
        assert opened is not None
        assert opened.analysis is not None
        quotes = [quote.span for quote in opened.analysis.quotes if len(quote.span) > 40]
        window.reading.go_to(quotes[0], flash=False)
        window.inspector.setCurrentWidget(window.inspector.quotes)
        window.reading.original.setFocus()
        self._keep(window, "window")
        window.reading.go_to(quotes[1], flash=False)
        window.inspector.setCurrentWidget(window.inspector.passages)
        window.actions_["note"].trigger()
        self._keep(window, "passages")
        window.actions_["undo"].trigger()
        window.reading.original.setFocus()
        window.reading.go_to(quotes[0], flash=False)
        window.actions_["correct"].trigger()
        self._keep(window, "correction")
        window.reading.editor.close_field()
        window.actions_["find"].trigger()
        window.find_bar.field.setText("noapte")
        self._keep(window, "find")
        window.find_bar.field.setText("zebra")
        self._keep(window, "find-nothing")
        window.navigator.finder.close()
        window.inspector.setCurrentWidget(window.inspector.people)
        self._open(self._sample("en-fog-signal"))
        self._keep(window, "english")
        window.library.filter.setText("zebra")
        self._keep(window, "filter-nothing")
        window.library.filter.clear()

    def _draw_dialogs(self) -> None:
        from tests.support.argos_package import build_package

        self._open(self._sample("ro-night-library"))
        self._modal("preferences", "preferences", self._each_page)
        self._modal("packages", "packages-none")
        self.workspace.packages.install(build_package(HOME, "ro", "en"))
        self._modal("packages", "packages")
        self._modal("download_package", "downloads-none")
        index = self.workspace.packages.dirs.index
        index.parent.mkdir(parents=True, exist_ok=True)
        index.write_text(json.dumps([_listed(*pair) for pair in PAIRS]), "utf-8")
        self._modal("download_package", "downloads")
        self._modal("export", "export")
        self._modal("keys", "keys")
        self.window.actions_["next_quote"].trigger()
        self._modal("reassign", "question")

    def _each_page(self, dialog: QDialog, name: str) -> None:
        for number in range(dialog.tabs.count()):
            dialog.tabs.setCurrentIndex(number)
            self._settle()
            self._keep(dialog, f"{name}-{dialog.tabs.tabText(number).replace('&', '').casefold()}")

    def _draw_empty(self) -> None:
        window = self.window
        brod, broken = HOME / "articles" / "hr-brod.txt", HOME / "articles" / "broken.txt"
        brod.write_text(UNKNOWN, "utf-8")
        broken.write_bytes(bytes(range(256)) * 40)
        window.add_paths([brod, broken], choose=False)
        self._settle()
        self._open(brod)
        window.inspector.setCurrentWidget(window.inspector.passages)
        self._keep(window, "no-package")
        self.window.exporter.export(HOME / "nowhere" / "quotes.html", _request(), [brod])
        self._settle()
        self._keep(window, "error")
        window.messages.clear()
        window.actions_["close_library"].trigger()
        window.add_paths([broken])
        self._settle()
        self._keep(window, "unreadable")
        broken.unlink()
        brod.unlink()

    def _draw_folder(self) -> None:
        window = self.window
        window.actions_["close_library"].trigger()
        window.add_paths([HOME / "articles"])
        self._settle()
        window.actions_["search_library"].trigger()
        self._settle()
        over = next(each for each in window.findChildren(_dialog()) if each.isVisible())
        over.search.query.setText("port")
        self._settle()
        self._keep(over, "search")
        over.search.query.setText("zebra")
        self._settle()
        self._keep(over, "search-nothing")
        for command, name in (("people_register", "people"), ("quote_ledger", "ledger")):
            window.actions_[command].trigger()
            self._settle()
            self._keep(over, name)
        over.close()

    # -- the tools -----------------------------------------------------------------------------------------------

    def _open(self, article: Path) -> None:
        """Open an article, the caret on its first sentence: how fast the analysis was doesn't show then."""
        self.window.open_article(article)
        self._settle()
        self.window.reading.finish_layout()
        self.window.reading.original.setFocus()
        self.window.reading.go_to(self.window.reading.page.sentences[0].span, flash=False)

    def _sample(self, name: str) -> Path:
        return next(path for path in self.samples if path.stem == name)

    def _modal(self, command: str, name: str, keep: Callable[[QDialog, str], None] | None = None) -> None:
        """Draw the modal dialog that a command opens, from inside its own event loop, and close it."""
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            assert dialog is not None, command
            try:
                self._settle()
                (keep or self._keep)(dialog, name)
            finally:
                dialog.reject()

        QTimer.singleShot(100, look)
        self.window.actions_[command].trigger()
        self._settle()

    def _settle(self) -> None:
        from PySide6.QtTest import QTest

        QTest.qWait(300)
        while self.window.jobs.busy:
            QTest.qWait(50)
        QTest.qWait(150)

    def _keep(self, widget: QWidget, name: str) -> None:
        if self.wanted is None or name in self.wanted:
            self.window.desk.save()
            self._settle()
            picture = in_few_colours(widget.grab().toImage(), self.theme)
            picture.save(str(self.folder / f"{name}{self.suffix}"), "PNG", 0)  # 0: the smallest file


def in_few_colours(image: QImage, theme: Theme) -> QImage:
    """Return a picture in 256 colours, every other one as the nearest of them: a third of the size.

    They are those of the theme, which mean something, and then the most frequent.
    """
    import numpy as np
    from PySide6.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(height, width)
    colours, which, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    meant = np.array([theme.colour(role).rgb() for role in theme.roles], np.uint32)
    counts[np.isin(colours, meant)] = counts.max()
    kept = np.sort(colours[np.argsort(-counts, kind="stable")[:256]])
    parts, kept_parts = (each.view(np.uint8).reshape(-1, 4).astype(np.int32) for each in (colours, kept))
    nearest = np.array([((kept_parts - part) ** 2).sum(1).argmin() for part in parts], np.uint8)
    indices = np.ascontiguousarray(nearest[which].reshape(height, width))
    few = QImage(indices.data, width, height, width, QImage.Format.Format_Indexed8)
    few.setColorTable([int(colour) for colour in kept])
    return few.copy()  # it owns its pixels


PAIRS = (("bg", "Bulgarian"), ("it", "Italian"), ("ro", "Romanian"), ("uk", "Ukrainian"))


def _listed(code: str, name: str) -> dict[str, object]:
    host = "https://packages.example.org"
    return {
        "from_code": code,
        "from_name": name,
        "to_code": "en",
        "to_name": "English",
        "package_version": "1.9",
        "links": [f"{host}/translate-{code}_en-1_9.argosmodel"],
    }


def _request() -> object:
    from reader.export.passages import Request

    return Request("html")


def _dialog() -> type:
    from reader.ui.folder_window import FolderWindow

    return FolderWindow


if __name__ == "__main__":
    main()
