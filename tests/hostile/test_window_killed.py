"""SIGKILL of the real window, in the middle of typing a note: no more than the last second is lost."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from tests.support.news import BRIDGE, write

WINDOW = """
    import sys, time
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication
    from reader.text.span import Span
    from reader.ui.main_window import MainWindow
    from reader.ui.settings import Settings
    from reader.workspace import Workspace

    application = QApplication([])
    window = MainWindow(Workspace.create(responsive=True), Settings())
    window.show()
    typed = 0

    def begin(opened):
        start = opened.article.text.index("trei luni")
        window.reading.go_to(Span(start, start))
        window.actions_["note"].trigger()
        keys.start(40)

    def press():
        global typed
        QTest.keyClick(window.inspector.editor.note, chr(ord("a") + typed % 26))
        typed += 1
        print(f"{time.monotonic()} {typed}", flush=True)

    keys = QTimer()
    keys.timeout.connect(press)
    window.desk.analysed.connect(begin)
    window.add_paths([Path(sys.argv[1])])
    application.exec()
"""

LOST_AT_MOST = 1.0
"""Seconds of typing."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("keys", [30, 53, 77, 104, 150])
def test_a_window_killed_while_a_note_is_typed_loses_at_most_the_last_second(tmp_path, keys, record_property):
    path = write(tmp_path / "news", "bridge.txt", BRIDGE)
    pressed = {}
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WINDOW), str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
        text=True,
    ) as process:
        for line in process.stdout:
            at, typed = line.split()
            pressed[int(typed)] = float(at)
            if int(typed) == keys:
                os.kill(process.pid, signal.SIGKILL)
                break
        pressed |= {int(typed): float(at) for at, typed in (line.split() for line in process.stdout)}
    session = NotesSession.open(read_article(path))
    (note,) = [each.note for each, place in session.placed if each.kind == "highlight" and place.span]
    assert note == "".join(chr(ord("a") + n % 26) for n in range(len(note)))
    assert session.warnings == ()
    lost = max(pressed.values()) - pressed[len(note) + 1] if len(note) < max(pressed) else 0.0
    record_property("seconds lost", lost)
    print(f"killed after {max(pressed)} keys: {max(pressed) - len(note)} of them lost, the last {lost:.2f} s of typing")
    assert lost <= LOST_AT_MOST
