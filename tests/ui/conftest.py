"""The window offscreen, over folders of the test's own; no thread outlives a test."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent

from reader.ui.garbage import collect
from reader.ui.main_window import MainWindow
from reader.ui.settings import Settings
from reader.ui.theme import Theme, load_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from reader.workspace import Workspace


@pytest.fixture(scope="session", autouse=True)
def _clipboard_ends_empty(qapp: QApplication) -> Iterator[None]:
    """Empty the clipboard before Python ends.

    The offscreen platform keeps it in a static of QtGui, which is destroyed after the interpreter: a QMimeData made
    in Python then ends the process with a segmentation fault (PySide6 6.11.3). Real platforms free it earlier.
    """
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="session", autouse=True)
def _garbage_stays_with_the_main_thread() -> Iterator[None]:
    """Collect between tests, as the program does on a timer."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _no_thread_dangles(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a thread behind; destroy the widgets that wait for it."""
    before = set(threading.enumerate())
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    collect()
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
    left = [thread.name for thread in set(threading.enumerate()) - before]
    assert left == []


@pytest.fixture(autouse=True)
def _indexed_when_asked_for_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for, or be in the way of, an index that is brought up to date unasked."""
    monkeypatch.setattr("reader.ui.folder_desk.QUIET", 10_000_000)


@pytest.fixture
def theme() -> Theme:
    """The light theme."""
    return load_theme("light")


@pytest.fixture
def make_window(qtbot: QtBot, make_workspace: Callable[[], Workspace]) -> Iterator[Callable[[], MainWindow]]:
    """Open windows as the program does; each has its own workspace, all share the test's settings file."""
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(make_workspace(), Settings())
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        made.append(window)
        return window

    yield make
    for window in made:
        close(window)


def close(window: MainWindow) -> None:
    """Close a window and wait for its work."""
    window.desk.save()
    window.close()
    window.jobs.close()


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    """One window without an article."""
    return make_window()
