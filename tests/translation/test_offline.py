"""The whole way of an article without a network: install, open, analyse, translate, annotate, queue, export."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
ARTICLE = """Un oraș își repară drumurile

„Nu mai putem aștepta”, a declarat primarul Radu Munteanu în fața celor 250 de locuitori.

Consiliul local a votat marți un buget nou pentru drumuri și pentru școala veche din oraș.
"""
SCENARIO = """
import sys
from pathlib import Path
from reader.cli import main
from reader.queueing import TranslationQueue
from reader.workspace import Workspace

folder = Path(sys.argv[2])
assert main(["packages", "install", sys.argv[1]]) == 0
workspace = Workspace.create()
opened = workspace.prepare(folder / "one.txt", translate=True)
assert all(opened.shown()), opened.shown()
assert opened.detections()
opened.notes.add(opened.page.sentences[1].span, note="seen")
opened.notes.save()
queue = TranslationQueue(workspace)
queue.add([folder / "two.txt"])
assert [news.finished.name for news in queue.run() if news.finished] == ["two.txt"], queue.failed
workspace.close()
for form in ("md", "html", "csv", "json"):
    assert main(["export", str(folder), "--format", form, "--output", str(folder / f"out.{form}")]) == 0
assert main(["doctor", "--json"]) == 0
assert main(["packages", "available"]) == 1
print("done")
"""
NO_SOCKETS = """
import socket, sys
def refuse(event, arguments):
    if event == "socket.getaddrinfo" or event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        raise AssertionError("a socket was opened")
sys.addaudithook(refuse)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, number in (("one", "250"), ("two", "380")):
        (folder / f"{name}.txt").write_text(ARTICLE.replace("250", number), "utf-8")
    return folder


def run(command: Sequence[str], package: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    arguments = [*command, sys.executable, "-c", SCENARIO, str(package), str(folder)]
    return subprocess.run(arguments, check=False, capture_output=True, text=True, cwd=ROOT)


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare")
def test_72_everything_works_in_a_namespace_without_a_network(package_files: dict[str, Path], folder: Path):
    if subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system allows no network namespaces")
    done = run(["unshare", "-rn"], package_files["ro_en"], folder)
    assert done.stdout.splitlines()[-1:] == ["done"], done.stderr


def test_72_everything_works_where_sockets_are_forbidden(
    package_files: dict[str, Path], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    forbidding = tmp_path / "forbidding"
    forbidding.mkdir()
    (forbidding / "sitecustomize.py").write_text(NO_SOCKETS)  # in the worker too
    monkeypatch.setenv("PYTHONPATH", str(forbidding))
    assert (
        "a socket was opened"
        in subprocess.run(
            [sys.executable, "-c", "import socket; socket.socket()"], check=False, capture_output=True, text=True
        ).stderr
    )
    done = run([], package_files["ro_en"], folder)
    assert done.stdout.splitlines()[-1:] == ["done"], done.stderr


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_72_no_process_of_the_reader_asks_for_an_internet_socket(
    package_files: dict[str, Path], folder: Path, tmp_path: Path
):
    log = tmp_path / "calls"
    done = run(["strace", "-f", "-e", "trace=socket", "-o", str(log)], package_files["ro_en"], folder)
    if "ptrace" in done.stderr:
        pytest.skip("this system lets no process be traced")
    assert done.stdout.splitlines()[-1:] == ["done"], done.stderr
    assert "AF_INET" not in log.read_text()


def test_importing_the_window_opens_no_socket_and_loads_no_sentence_splitter():
    pytest.importorskip("PySide6")
    code = NO_SOCKETS + (
        "import sys, reader.ui.app\n"
        "bad = {'minisbd', 'onnxruntime', 'stanza', 'spacy', 'ctranslate2', 'argostranslate', 'torch'}\n"
        "sys.exit(', '.join(bad & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
