"""A screen that nobody sees, and a person at it: the real program, driven with X's own mouse and keyboard."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
"""Seconds after which a fact counts as missing: many times what a loaded machine takes."""

Fact = TypeVar("Fact")


class Screen:
    """A display of its own, with xdotool to look for windows on it and to move its mouse and keyboard."""

    def __init__(self, number: str) -> None:
        self._number = number

    @property
    def environ(self) -> dict[str, str]:
        """The variables of whoever is started on this screen now: home and folders are those of the running test."""
        return {**os.environ, "DISPLAY": f":{self._number}", "QT_QPA_PLATFORM": "xcb"}

    def xdotool(self, *words: object) -> str:
        """Carry out one of xdotool's commands and return its output; a search that finds nothing gives ""."""
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=self.environ, capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout.strip()

    def picture(self, file: Path) -> None:
        """Keep what the screen shows."""
        code = (
            "import sys; from PySide6.QtWidgets import QApplication; application = QApplication([]);"
            "application.primaryScreen().grabWindow(0).save(sys.argv[1])"
        )
        subprocess.run([sys.executable, "-c", code, file], env=self.environ, timeout=60, check=False)


@contextmanager
def virtual_screen() -> Iterator[Screen]:
    """Start an X server without hardware on a display that is free, and end it."""
    told, tell = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[tell],
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    try:
        with os.fdopen(told) as numbers:
            yield Screen(numbers.readline().strip())
    finally:
        server.terminate()
        server.wait()


class Program:
    """The program as it is started from a checkout, and what can be known of it from outside.

    Nothing inside it is looked at: there are its windows' titles, and the files that it writes.
    """

    def __init__(self, screen: Screen, log: Path, *arguments: Path) -> None:
        self._screen = screen
        self._log = log
        with log.open("w") as words:
            self._process = subprocess.Popen(
                [sys.executable, ROOT / "main.py", *arguments], env=screen.environ, stdout=words, stderr=words
            )
        self.window = self.focus("Parallel Reader")

    # -- wait ----------------------------------------------------------------------------------------------------

    def wait_for(self, what: str, fact: Callable[[], Fact | None]) -> Fact:
        """Return a fact once it holds; fail where it does not come, or where the program ends before."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            if found := fact():
                return found
            try:
                code = self._process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(f"the program ended with {code} before {what}: {self._log.read_text()}")
        raise AssertionError(f"in {PATIENCE} s there was not {what}; the program said: {self._log.read_text()}")

    def notes_of(self, article: Path, what: str, wanted: Callable[[dict], Fact | None]) -> Fact:
        """Return what is wanted of an article's notes, once they are on the disk as wanted."""
        sidecar = article.with_name(f"{article.name}.notes.json")
        return self.wait_for(what, lambda: wanted(json.loads(sidecar.read_text("utf-8"))) if sidecar.exists() else None)

    def see(self, title: str) -> str:
        """Wait for a window whose title begins with some words, and return its number."""
        return self.wait_for(f"a window {title!r}", lambda: self._windows(title)).split()[-1]

    def focus(self, title: str) -> str:
        """Wait for a window, and give it the keyboard: there is no window manager here that would."""
        window = self.see(title)
        self._give_keyboard(window)
        return window

    def back_from(self, title: str) -> None:
        """Wait until a dialog is gone, and give the program's window the keyboard."""
        self.wait_for(f"the end of {title!r}", lambda: not self._windows(title))
        self._give_keyboard(self.window)

    def _windows(self, title: str) -> str:
        return self._screen.xdotool("search", "--onlyvisible", "--name", f"^{title}")

    def _give_keyboard(self, window: str) -> None:
        def given() -> bool:
            self._screen.xdotool("windowfocus", window)
            return self._screen.xdotool("getwindowfocus") == window

        self.wait_for("the keyboard's focus", given)

    # -- act -----------------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys, by X's names of them."""
        self._screen.xdotool("key", "--delay", 20, *keys)

    def type(self, words: str) -> None:
        """Type words."""
        self._screen.xdotool("type", "--delay", 20, words)

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """Click at a place of the window; buttons 4 and 5 are the wheel's."""
        self._screen.xdotool("mousemove", "--window", self.window, x, y, "click", "--repeat", times, button)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag the mouse from one place of the window to another."""
        self._screen.xdotool("mousemove", "--window", self.window, *start, "mousedown", 1)
        middle = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        for place in (middle, end):
            self._screen.xdotool("mousemove", "--window", self.window, *place)
        self._screen.xdotool("mouseup", 1)

    def choose_file(self, title: str, path: Path) -> None:
        """Answer a file dialog."""
        self.focus(title)
        self.press("ctrl+a")
        self.type(str(path))
        self.press("Return")
        self.back_from(title)

    def quit(self) -> int:
        """Quit from the keyboard and return the program's exit code."""
        self.press("ctrl+q")
        return self._process.wait(PATIENCE)

    def crash(self) -> int:
        """Let the program die of a fault and return how it ended."""
        self._process.send_signal(signal.SIGSEGV)
        return self._process.wait(PATIENCE)

    def lightness(self, x: int, y: int) -> float:
        """Return how light the window is at a place, from 0 to 1."""
        with NamedTemporaryFile(suffix=".png") as file:
            self._screen.picture(Path(file.name))
            place = self._screen.xdotool("getwindowgeometry", "--shell", self.window)
            found = dict(line.split("=") for line in place.splitlines())
            return QImage(file.name).pixelColor(int(found["X"]) + x, int(found["Y"]) + y).lightnessF()

    def end(self) -> None:
        """End a program that is still there."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
