"""The arrows between the rooms, read from the source."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READER = ROOT / "reader"

BELOW = {
    "text": set(),
    "resources": {"text"},
    "articles": {"text", "resources"},
    "analysis": {"text", "articles", "resources"},
    "translation": {"text", "resources"},
    "annotations": {"text", "articles"},
    "library": {"text", "articles", "analysis", "translation", "annotations", "page", "finding"},
    "export": {"text", "articles", "analysis", "annotations", "resources", "finding"},
    "finding": {"text"},
    "page": {"text", "articles", "analysis"},
    "marks": {"text", "analysis", "annotations", "page"},
    "opened": {
        *{"text", "articles", "analysis", "translation", "annotations", "export"},
        *{"page", "marks", "respelling", "repeats"},
    },
    "workspace": {
        *{"text", "articles", "analysis", "translation", "annotations"},
        *{"page", "opened", "resources", "repeats"},
    },
    "joining": {"text", "analysis", "library"},
    "exporting": {"text", "analysis", "library", "export", "opened", "workspace", "joining"},
    "repeats": {"annotations"},
    "respelling": {"text", "analysis"},
    "queueing": {"text", "translation", "workspace"},
    "settings": {"text", "analysis", "annotations", "library"},
    "caches": {"text", "translation", "library"},
    "doctor": {"text", "analysis", "translation", "library", "resources", "settings"},
    "preflight": set(),
    "bootstrap": {"preflight"},
    "cli": {"text", "commands"},
    "commands": {
        *{"text", "articles", "analysis", "translation", "annotations", "library", "export"},
        *{"opened", "workspace", "exporting", "doctor", "settings"},
    },
    "ui": {
        *{"text", "articles", "analysis", "translation", "annotations", "library", "export"},
        *{"page", "opened", "finding", "workspace", "exporting", "resources", "queueing", "respelling", "repeats"},
        *{"settings", "caches"},
    },
    "__main__": {"cli", "ui", "preflight"},
}
"""What each room may import besides itself and the package's own version."""

ONLY_IN = {
    "PySide6": ("ui", "preflight", "export/pdf"),
    "shiboken6": ("ui",),
    "argostranslate": ("translation",),
    "ctranslate2": ("translation",),
    "sentencepiece": ("translation",),
    "lingua": ("analysis/language",),
    "pycrfsuite": ("analysis/",),
    "markdown": ("export/",),
    "docx": ("export/docx",),
    "jinja2": ("export/templates",),
}


def modules():
    return sorted(READER.rglob("*.py"))


def imported(path):
    """Return every module name that a file imports, at any depth."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return names


def room(path):
    return path.relative_to(READER).with_suffix("").parts[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_below_it(path):
    here = room(path)
    if here == "__init__":
        return
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("reader.")}
    assert rooms - {here, "__version__"} <= BELOW[here]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_is_imported_only_where_it_belongs(path):
    where = path.relative_to(READER).with_suffix("").as_posix()
    for library, homes in ONLY_IN.items():
        if any(name.split(".")[0] == library for name in imported(path)):
            assert where.startswith(homes), f"{where} imports {library}"


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)


def test_the_command_line_loads_neither_qt_nor_an_engine():
    heavy = "PySide6 ctranslate2 sentencepiece argostranslate onnxruntime minisbd stanza spacy torch"
    code = f"""
import sys
import reader.cli, reader.workspace, reader.doctor
loaded = [name for name in {heavy.split()} if name in sys.modules]
sys.exit(", ".join(loaded) or 0)
"""
    done = run(code)
    assert done.returncode == 0, done.stderr


def test_no_import_on_the_start_path_opens_a_socket():
    code = """
import socket, sys
def refuse(*arguments, **names):
    raise AssertionError("a socket was opened on import")
socket.socket = refuse
socket.create_connection = refuse
import reader.__main__, reader.cli, reader.workspace
"""
    done = run(code)
    assert done.returncode == 0, done.stderr


def test_qt_keeps_its_references_to_none():
    code = """
import sys
from PySide6.QtCore import QObject
thing = QObject()
before = sys.getrefcount(None)
for _ in range(2000):
    thing.setObjectName("a")
sys.exit(0 if before - sys.getrefcount(None) < 1000 else "references to None get lost")
"""
    done = run(code)
    assert done.returncode == 0, done.stderr
