"""Start the window: application object, theme, error reports, and what is opened first."""

from __future__ import annotations

import faulthandler
import logging
import sys
import traceback
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from reader.text import APPLICATION
from reader.ui.icons import application_icon
from reader.ui.main_window import MainWindow
from reader.ui.preferences import target_language, threads
from reader.ui.settings import Settings
from reader.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]

log = logging.getLogger(__name__)


def run(paths: Sequence[Path], *, samples: bool = False) -> int:
    """Open the window on files and folders, on the samples, or on what was open last, until it is closed."""
    faulthandler.enable()
    QCoreApplication.setApplicationName("Parallel Reader")
    application = QApplication(sys.argv[:1])
    application.setDesktopFileName(APPLICATION)
    application.setWindowIcon(application_icon())
    application.setStyle("Fusion")
    settings = Settings()
    workspace = Workspace.create(target_language(settings), threads(settings), responsive=True)
    window = MainWindow(workspace, settings)
    sys.excepthook = _reporting(window)
    window.show()
    # after the first frame, so that the window stands before the first article is read
    first = window.do_open_samples if samples else partial(window.add_paths, paths) if paths else window.reopen
    QTimer.singleShot(0, window, first)
    QTimer.singleShot(0, window.queue, window.queue.begin)
    return application.exec()


def _reporting(window: MainWindow) -> Hook:
    """Return an excepthook that writes a report beside the logs and says so in the window; nothing is sent."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        words = "".join(traceback.format_exception(kind, error, trace))
        log.error("an error reached the event loop\n%s", words)
        sys.stderr.write(words)
        folder = Path(platformdirs.user_log_dir(APPLICATION, appauthor=False))
        file = folder / f"error-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file.write_text(words, "utf-8")
        except OSError:
            log.exception("the error report could not be written")
        window.messages.say(f"Something went wrong: {error}. A report lies in {file}; it was sent nowhere.", "error")

    return report
