import ctypes
import struct
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from reader import preflight

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
X11 = {"DISPLAY": ":0"}

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt's wheels bring everything")


@pytest.fixture
def absent(monkeypatch):
    """Return a function after which the libraries named can't be loaded, and all others can."""

    def without(*libraries):
        monkeypatch.setattr(preflight, "_load", lambda name: None if name in libraries else ctypes.CDLL(None))
        monkeypatch.setattr(preflight, "_has_fonts", lambda: "libfontconfig.so.1" not in libraries)
        monkeypatch.setattr(preflight, "_answers", lambda platform: True)

    return without


def test_all_missing_libraries_are_named_in_one_line(absent, monkeypatch):
    absent("libGL.so.1", "libEGL.so.1", "libxcb-cursor.so.0")
    monkeypatch.setattr(preflight.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert preflight.system_obstacle(X11) == (
        "The reader needs what is missing here. As root: apt install libegl1 libgl1 libxcb-cursor0"
    )


def test_a_system_without_apt_is_told_the_libraries(absent, monkeypatch):
    absent("libGL.so.1")
    monkeypatch.setattr(preflight.shutil, "which", lambda name: None)
    assert "libGL.so.1" in preflight.system_obstacle(X11)


def test_libraries_of_the_screen_are_not_asked_for_without_one(absent):
    absent("libxcb-cursor.so.0", "libwayland-client.so.0")
    assert preflight.missing_packages(OFFSCREEN) == []


def test_one_complete_platform_is_enough(absent):
    absent("libwayland-client.so.0")
    assert preflight.missing_packages({**X11, "WAYLAND_DISPLAY": "wayland-0"}) == []
    assert preflight.missing_packages({"WAYLAND_DISPLAY": "wayland-0"}) == ["libwayland-client0"]


def test_a_font_is_asked_for_where_there_is_none(absent, monkeypatch):
    absent()
    monkeypatch.setattr(preflight, "_has_fonts", lambda: False)
    assert preflight.missing_packages(OFFSCREEN) == ["fonts-dejavu-core"]


def test_the_missing_venv_is_named_with_the_libraries(absent, monkeypatch):
    absent("libGL.so.1")
    monkeypatch.setattr(preflight.sys, "prefix", sys.base_prefix)
    monkeypatch.setattr(preflight, "find_spec", lambda name: None)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert preflight.missing_packages(OFFSCREEN) == ["libgl1", f"python{version}-venv"]


def test_a_machine_without_a_screen_is_told_the_command_line(absent):
    absent()
    words = preflight.system_obstacle({})
    assert words.startswith("There is no screen here")
    assert "python3 -m reader.bootstrap cli analyze PATH" in words


def test_a_screen_that_does_not_answer_is_named(absent, monkeypatch):
    absent()
    monkeypatch.setattr(preflight, "_answers", lambda platform: False)
    assert preflight.system_obstacle(X11).startswith("The screen ':0' does not answer.")


def test_a_display_that_nobody_serves_does_not_answer(monkeypatch):
    if preflight._load("libxcb.so.1") is None:
        pytest.skip("libxcb is not installed here")
    monkeypatch.setenv("DISPLAY", ":54321")
    assert not preflight._answers("xcb")


def test_the_tests_themselves_run_where_nothing_is_missing():
    assert preflight.obstacle(OFFSCREEN) is None


def test_the_real_window_needs_a_screen_and_a_hand(absent, monkeypatch):
    absent("libxcb-cursor.so.0")
    monkeypatch.setattr(preflight.shutil, "which", lambda name: None)
    assert preflight.missing_for_real_windows() == ["xvfb", "xdotool", "libxcb-cursor0"]
    assert preflight.missing_packages(OFFSCREEN) == []


def needed(library):
    """Return the sonames that a 64-bit little-endian ELF file asks for (its DT_NEEDED entries)."""
    raw = library.read_bytes()
    (sections,) = struct.unpack_from("<Q", raw, 0x28)
    size, count = struct.unpack_from("<HH", raw, 0x3A)
    headers = [struct.unpack_from("<IIQQQQIIQQ", raw, sections + size * number) for number in range(count)]
    dynamic = next(header for header in headers if header[1] == 6)
    strings = headers[dynamic[6]][4]
    names = []
    for at in range(dynamic[4], dynamic[4] + dynamic[5], 16):
        tag, value = struct.unpack_from("<qQ", raw, at)
        if tag == 1:
            names.append(raw[strings + value : raw.index(b"\0", strings + value)].decode())
    return names


def asked_of_the_system(*files):
    """Return the sonames that files of PySide6 and the libraries of the wheels beneath them leave to the system."""
    package = Path(find_spec("PySide6").origin).parent
    folders = (package, package / "Qt/lib", package.parent / "shiboken6")
    own = {path.name: path for folder in folders for path in folder.glob("*.so*")}
    todo, seen, wanted = [package / file for file in files], set(), set()
    while todo:
        for name in needed(todo.pop()):
            if name in own and name not in seen:
                seen.add(name)
                todo.append(own[name])
            elif name not in own:
                wanted.add(name)
    glibc = ("libc.", "libm.", "libdl.", "librt.", "libpthread.", "ld-linux", "libgcc_s.")
    return {name for name in wanted if not name.startswith(glibc)}


def test_the_tables_name_what_qt_asks_of_the_system():
    modules = [f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Svg")]
    drawing = asked_of_the_system(*modules, "Qt/plugins/platforms/libqoffscreen.so")
    assert drawing == set(preflight.DRAWING)
    for platform, libraries in preflight.SCREENS.items():
        asked = asked_of_the_system(f"Qt/plugins/platforms/libq{platform}.so")
        assert asked - set(preflight.DRAWING) == set(libraries)
