"""Start the window: application object, theme, error reports, and what is opened first."""

from __future__ import annotations

import logging
import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from reader.text import APPLICATION
from reader.ui.crashes import CrashReports
from reader.ui.garbage import GarbageCollector
from reader.ui.icons import application_icon
from reader.ui.main_window import MainWindow
from reader.ui.preferences import target_language, threads
from reader.ui.settings import Settings
from reader.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from reader.ui.messages import MessageArea

    Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]

log = logging.getLogger(__name__)


def run(paths: Sequence[Path], *, samples: bool = False) -> int:
    """Open the window on files and folders, on the samples, or on what was open last, until it is closed."""
    reports = CrashReports()
    reports.begin()
    QCoreApplication.setApplicationName("Parallel Reader")
    application = QApplication(sys.argv[:1])
    application.setDesktopFileName(APPLICATION)
    application.setWindowIcon(application_icon())
    application.setStyle("Fusion")
    GarbageCollector(application)
    settings = Settings()
    workspace = Workspace.create(target_language(settings), threads(settings), responsive=True)
    window = MainWindow(workspace, settings)
    sys.excepthook = reporting(window.messages, reports)
    window.show()
    window.messages.say_crash(reports)
    # after the first frame, so that the window stands before the first article is read
    first = window.opener.do_open_samples if samples else partial(window.add_paths, paths) if paths else window.reopen
    QTimer.singleShot(0, window, first)
    QTimer.singleShot(0, window.queue, window.queue.begin)
    code = application.exec()
    reports.end()
    return code


def reporting(messages: MessageArea, reports: CrashReports) -> Hook:
    """Return an excepthook that writes a report and offers it in the window, which lives on."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        log.error("an error reached the event loop", exc_info=(kind, error, trace))
        if reports.write(error) is not None:
            messages.say_crash(reports)

    return report
