"""What should not have happened leaves a report on this computer, and the next start offers it."""

import faulthandler
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton, QToolButton

from reader.text.errors import ReaderError
from reader.ui import app
from reader.ui.crashes import MOST_WRITTEN, CrashReports
from reader.ui.messages import details_of

ROOT = Path(__file__).resolve().parents[2]

RUN = """
import faulthandler, sys
from PySide6.QtCore import QTimer
from reader.ui import app
from reader.ui.opening import Opener

def fault(opener):
    faulthandler._sigsegv()

def abort(opener):
    import os
    os.abort()

def error(opener):
    QTimer.singleShot(0, opener.parent(), opener.parent().close)
    raise RuntimeError("nobody caught this")

def well(opener):
    opener.parent().close()

Opener.do_open_samples = {how}
sys.exit(app.run([], samples=True))
"""


@pytest.fixture
def reports(tmp_path):
    reports = CrashReports(tmp_path / "log")
    yield reports
    reports.end()
    faulthandler.enable()


@pytest.fixture
def run_reader(home):
    def run(how):
        code = RUN.replace("{how}", how)
        return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=120)

    return run


def button(window, words):
    message = window.messages._messages[-1]
    buttons = [*message.findChildren(QPushButton), *message.findChildren(QToolButton)]
    return next(each for each in buttons if words in (each.text(), each.toolTip()))


@pytest.mark.skipif(sys.platform == "win32", reason="signals end processes otherwise there")
@pytest.mark.parametrize(("how", "fault"), [("fault", "Segmentation fault"), ("abort", "Aborted")])
def test_a_crash_of_native_code_is_offered_at_the_next_start(run_reader, window, how, fault):
    done = run_reader(how)
    assert done.returncode < 0, done.stderr
    reports = CrashReports()
    ((file, words),) = reports.unseen()
    assert file.parent == reports.folder
    assert words.startswith("Parallel Reader ")
    assert fault in words
    assert f"in {how}" in words  # the line of Python it happened in
    window.messages.say_crash(reports)
    assert str(reports.folder) in window.messages.words[0]
    assert window.messages.words[0].startswith("The reader ended unexpectedly.")
    assert "sent nowhere" in window.messages.words[0]
    button(window, "Copy with details").click()
    assert fault in QGuiApplication.clipboard().text()
    button(window, "Dismiss").click()
    assert window.messages.words == ()
    window.messages.say_crash(CrashReports())
    assert window.messages.words == ()
    assert [each.name for each in reports.folder.iterdir()] == [f"seen-{file.name}"]


def test_an_error_nobody_caught_is_written_and_offered_again(run_reader):
    done = run_reader("error")
    assert done.returncode == 0
    assert b"nobody caught this" in done.stderr
    ((_, words),) = CrashReports().unseen()
    assert "RuntimeError: nobody caught this" in words


def test_a_run_that_ends_well_leaves_nothing(run_reader):
    done = run_reader("well")
    assert done.returncode == 0, done.stderr
    assert list(CrashReports().folder.iterdir()) == []


def raised(words):
    try:
        raise RuntimeError(words)
    except RuntimeError as exc:
        return exc


def test_the_window_lives_on_and_says_where_the_report_lies(window, reports, capsys, caplog, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    hook, error = app.reporting(window.messages, reports), raised("a defect")
    with caplog.at_level(logging.CRITICAL):
        hook(RuntimeError, error, error.__traceback__)
        hook(RuntimeError, raised("another"), None)
    assert "a defect" in capsys.readouterr().err
    assert len(window.messages.words) == 1
    assert "ended" not in window.messages.words[0]
    button(window, "Open the folder").click()
    assert [url.toLocalFile() for url in opened] == [str(reports.folder)]
    assert reports.unseen() == []


def test_an_error_of_every_repaint_is_written_once_and_a_storm_of_them_ends(reports):
    error = raised("again")
    assert reports.write(error) is not None
    assert reports.write(error) is None
    for number in range(MOST_WRITTEN + 5):
        reports.write(RuntimeError(str(number)))
    assert len(reports.unseen()) == MOST_WRITTEN


def test_a_run_that_was_killed_is_no_crash_and_its_file_goes_after_a_month(reports):
    reports.begin()
    other = CrashReports(reports.folder)
    (waiting,) = reports.folder.iterdir()
    assert other.unseen() == []
    reports.end()
    waiting.write_text("Parallel Reader 0.1.0\n\n")
    long_ago = time.time() - 40 * 24 * 3600
    os.utime(waiting, (long_ago, long_ago))
    reports.begin()
    assert not waiting.exists()


def test_a_folder_that_cannot_be_written_costs_the_report_alone(tmp_path, monkeypatch, caplog):
    (tmp_path / "file").write_text("")
    reports = CrashReports(tmp_path / "file" / "log")
    with caplog.at_level(logging.CRITICAL):
        reports.begin()
        assert reports.write(raised("lost")) is None
    reports.end()
    assert reports.unseen() == []


def test_an_errors_causes_and_file_are_copied_with_it(window, tmp_path):
    error = ReaderError("The notes can't be kept.", tmp_path / "a.txt")
    error.__cause__ = OSError(28, "No space left on device")
    assert details_of(error).splitlines() == [
        f"ReaderError: {tmp_path / 'a.txt'}",
        "OSError: [Errno 28] No space left on device",
    ]
    window.messages.say_error(error)
    button(window, "Copy with details").click()
    assert QGuiApplication.clipboard().text() == f"The notes can't be kept.\n\n{details_of(error)}"


@pytest.mark.parametrize(("level", "name"), [("info", "Notice"), ("warning", "Warning"), ("error", "Error")])
def test_a_messages_level_is_told_by_more_than_its_colour(window, level, name):
    window.messages.say("One line.", level)
    sign = window.messages._messages[0].sign
    assert sign.accessibleName() == name
    assert not sign.pixmap().isNull()


def test_messages_stand_above_the_text_and_never_over_it(qtbot, window):
    window.reading.show()
    for number in range(3):
        window.messages.say(f"Line {number}.", "error")
    bottom = window.messages.mapTo(window, window.messages.rect().bottomLeft()).y()
    qtbot.waitUntil(lambda: window.reading.mapTo(window, window.reading.rect().topLeft()).y() > bottom)
