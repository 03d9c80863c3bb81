"""Find out, before Qt is loaded, why the window can't open: Qt itself would end the process without a word of help."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path

DEBIAN_PACKAGES = {
    "libEGL": "libegl1",
    "libGL": "libgl1",
    "libOpenGL": "libopengl0",
    "libGLX": "libglx0",
    "libxkbcommon-x11": "libxkbcommon-x11-0",
    "libxkbcommon": "libxkbcommon0",
    "libdbus-1": "libdbus-1-3",
    "libfontconfig": "libfontconfig1",
    "libfreetype": "libfreetype6",
    "libglib-2.0": "libglib2.0-0",
    "libgthread-2.0": "libglib2.0-0",
    "libX11-xcb": "libx11-xcb1",
    "libX11": "libx11-6",
    "libxcb-cursor": "libxcb-cursor0",
    "libxcb-icccm": "libxcb-icccm4",
    "libxcb-image": "libxcb-image0",
    "libxcb-keysyms": "libxcb-keysyms1",
    "libxcb-render-util": "libxcb-render-util0",
    "libxcb-render": "libxcb-render0",
    "libxcb-shape": "libxcb-shape0",
    "libxcb-xkb": "libxcb-xkb1",
    "libxcb-randr": "libxcb-randr0",
    "libxcb-shm": "libxcb-shm0",
    "libxcb-sync": "libxcb-sync1",
    "libxcb-xfixes": "libxcb-xfixes0",
    "libxcb": "libxcb1",
    "libstdc++": "libstdc++6",
}
"""Debian's package for each system library that Qt's wheels leave to the system."""

NO_SCREEN = (
    "There is no screen here, so the window can't open. The command line does the same work:\n"
    "  python main.py analyze PATH ...      language, sentences, quotes, speakers, people\n"
    "  python main.py translate PATH ...    sentence by sentence, offline\n"
    "  python main.py export PATH ... --format html --output FILE"
)


def obstacle() -> str | None:
    """Return, in words for the user, what keeps the window from opening here; None where nothing is known to."""
    if find_spec("PySide6") is None:
        return "PySide6-Essentials is not installed: install the reader again with its dependencies."
    if not sys.platform.startswith("linux"):
        return None
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if not chosen and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return NO_SCREEN
    try:
        from PySide6 import QtSvg, QtWidgets  # noqa: F401  (loading them is the test)
    except ImportError as exc:
        return missing_library(str(exc))
    if chosen.startswith("xcb") or (not chosen and not os.environ.get("WAYLAND_DISPLAY")):
        return _plugin_obstacle("libqxcb.so")
    return None


def _plugin_obstacle(name: str) -> str | None:
    import PySide6

    plugin = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / name
    if not plugin.exists():
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as exc:
        return missing_library(str(exc))
    return None


def missing_library(words: str) -> str:
    """Turn the loader's complaint into one that names Debian's package."""
    found = re.search(r"(lib[\w+.-]+?)\.so[.\d]*", words)
    if found is None:
        return f"Qt can't be loaded: {words}"
    package = DEBIAN_PACKAGES.get(found.group(1))
    advice = f"On Debian: apt install {package}" if package else "Install the package of your system that holds it."
    return f"The window needs the system library {found.group(0)}, which is missing. {advice}"


if __name__ == "__main__":
    if words := obstacle():
        sys.stderr.write(f"{words}\n")
        sys.exit(1)
