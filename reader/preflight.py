"""Find out, before Qt is loaded, why the window can't open: Qt itself would end the process without a word of help.

Standard library only, and it runs before anything is installed: `python3 -m reader.preflight` says what is in the
way, and with `--packages` only the names of Debian's missing packages.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DRAWING = {
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""What Qt leaves to the system wherever it draws, by library: Debian's package. A test compares it with Qt's files."""

X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
SCREENS = {"wayland": WAYLAND, "xcb": X11}
"""Further libraries of Qt's platforms that show a window, in the order in which they are tried."""

FONT = "fonts-dejavu-core"

PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
"""What drives the real window in the tests, by program: Debian's package."""


def obstacle(environ: Mapping[str, str] = os.environ) -> str | None:
    """Return, in words for the user, what keeps the window from opening here; None where nothing is known to."""
    if why := system_obstacle(environ):
        return why
    if find_spec("PySide6") is None:
        return "PySide6-Essentials is not installed: install the reader again with its dependencies."
    try:
        from PySide6 import QtSvg, QtWidgets  # noqa: F401  (loading them is the test)
    except ImportError as exc:
        return f"Qt can't be loaded: {exc}"
    return None


def system_obstacle(environ: Mapping[str, str] = os.environ) -> str | None:
    """Return what the system lacks (a screen, libraries, fonts), all in one message; None where nothing is missing."""
    if not sys.platform.startswith("linux"):
        return None
    platforms = _platforms(environ)
    if not platforms:
        return f"There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set). {_without_a_window()}"
    if packages := missing_packages(environ):
        if shutil.which("apt-get"):
            return f"The reader needs what is missing here. As root: apt install {' '.join(packages)}"
        wanted = ", ".join(_missing(environ)) or f"what Debian has in {', '.join(packages)}"
        return f"The reader needs what is missing here. Install the packages of your system that hold {wanted}."
    screens = [platform for platform in platforms if platform in SCREENS]
    if screens and not any(_answers(platform) for platform in screens):
        named = environ.get("WAYLAND_DISPLAY" if screens[0] == "wayland" else "DISPLAY", "")
        return f"The screen {named!r} does not answer. {_without_a_window()}"
    return None


def missing_packages(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return Debian's packages for all that setting up and opening the window lack here, once each."""
    packages = [*_missing(environ).values()]
    if not _has_fonts():
        packages.append(FONT)
    # Debian leaves ensurepip out of python3; inside an environment nobody needs to make one
    if sys.prefix == sys.base_prefix and find_spec("ensurepip") is None:
        packages.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return [*dict.fromkeys(packages)]


def missing_for_real_windows() -> list[str]:
    """Return Debian's packages for all that the tests of the real window lack here: they alone need them."""
    programs = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    return [*dict.fromkeys([*programs, *_unloadable(DRAWING | X11).values()])]


def _platforms(environ: Mapping[str, str]) -> list[str]:
    """Return the names of the platforms that Qt would try: those asked for, or those that have a screen."""
    if asked := environ.get("QT_QPA_PLATFORM"):
        return [platform.split(":")[0].split("-")[0] for platform in asked.split(";")]
    shown = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}
    return [platform for platform, variable in shown.items() if environ.get(variable)]


def _missing(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the libraries that can't be loaded and their packages; of several platforms, one complete is enough."""
    lacking = [_unloadable(SCREENS.get(platform, {})) for platform in _platforms(environ)] or [{}]
    return _unloadable(DRAWING) | (lacking[-1] if all(lacking) else {})


def _unloadable(libraries: Mapping[str, str]) -> dict[str, str]:
    return {name: package for name, package in libraries.items() if _load(name) is None}


def _load(library: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(library)
    except OSError:
        return None


class _FontSet(ctypes.Structure):
    """The first field of fontconfig's `FcFontSet`: how many fonts there are."""

    _fields_ = (("count", ctypes.c_int),)


def _has_fonts() -> bool:
    """Ask fontconfig, as Qt does."""
    fontconfig = _load("libfontconfig.so.1")
    if fontconfig is None:
        return False
    fontconfig.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
    fonts = fontconfig.FcConfigGetFonts(None, 0)  # 0: the system's fonts of the current configuration
    return bool(fonts) and fonts.contents.count > 0


def _answers(platform: str) -> bool:
    """Connect to the screen and leave again; Qt would end the process where that fails."""
    name, connect, leave = {
        "xcb": ("libxcb.so.1", "xcb_connect", "xcb_disconnect"),
        "wayland": ("libwayland-client.so.0", "wl_display_connect", "wl_display_disconnect"),
    }[platform]
    library = _load(name)
    if library is None:
        return False
    open_screen = getattr(library, connect)
    open_screen.restype = ctypes.c_void_p
    screen = ctypes.c_void_p(open_screen(*(None,) * (2 if platform == "xcb" else 1)))
    # xcb returns a connection even where it failed
    reached = bool(screen) and not (platform == "xcb" and library.xcb_connection_has_error(screen))
    if screen:
        getattr(library, leave)(screen)
    return reached


def _without_a_window() -> str:
    """Name the command line that does the same work, as it is called here."""
    checkout = (Path(__file__).resolve().parent.parent / "pyproject.toml").exists()
    command = "python3 -m reader.bootstrap cli" if checkout else "parallel-reader-cli"
    return (
        "The window can't open; the command line does the same work:\n"
        f"  {command} analyze PATH ...      language, sentences, quotes, speakers, people\n"
        f"  {command} translate PATH ...    sentence by sentence, offline\n"
        f"  {command} export PATH ... --format html --output FILE"
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--packages"]:
        sys.stdout.write(f"{' '.join(missing_packages())}\n")
    elif words := system_obstacle():
        sys.stderr.write(f"{words}\n")
        sys.exit(1)
