"""Cases 68 to 72: what an article or a note holds never becomes more than text, and nothing is written over."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from reader import cli
from reader.export.evidence import Evidence
from reader.export.passages import Content, Request
from reader.export.writing import FORMATS, render, write_export
from reader.text.errors import ExportError
from tests.export.evidence import article, gathered, passages, written_of
from tests.export.reading import Page, marked_in, originals, rendered
from tests.hostile.running import can_trace
from tests.support.argos_package import write_package_folder
from tests.support.news import BRIDGE, write

ROOT = Path(__file__).resolve().parents[2]
needs_mount = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"), reason="needs root and Linux"
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="links as POSIX has them")
FORMULA_STARTS = "=+-@\t\r\n\0＝＋－＠"
MARKUP = (
    "`code` ``more``",
    "[click](javascript:alert(1)) ![x](http://example.org/a.png)",
    "<script>alert(1)</script><img src=file:///etc/passwd onerror=alert(1)>",
    "a | b | c\n|---|---|---|\n| d | e | f |",
    "# no heading\n## nor this",
    "http://example.org <http://example.org> www.example.org",
    "[ref]: http://example.org\n[ref]",
    "&lt;script&gt; &#60;b&#62;",
)


def with_text(text: str):
    """A passage that holds `text` wherever a person or an article may have put it."""
    found = passages()[1]
    translation = replace(found.translation, text=text, doubts=(text,), engine=text)
    source = replace(found.source, title=text, translated_title=text, file=text)
    words = {"original": text, "before": text, "after": text, "note": text, "person": text, "tags": (text,)}
    return replace(found, source=source, translation=translation, marked=text, **words)


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_68_no_cell_of_a_csv_file_begins_like_a_formula(start: str):
    page = written_of("csv", with_text(f"{start}HYPERLINK(1)"))
    rows = list(csv.reader(io.StringIO(page, newline="")))
    assert [cell for row in rows for cell in row if cell.startswith(tuple(FORMULA_STARTS))] == []
    assert rows[1].count(f"'{start}HYPERLINK(1)") >= 8


@pytest.mark.parametrize("template", ["", "briefing", "annotated-article"])
@pytest.mark.parametrize("text", MARKUP)
def test_69_markdown_shows_markup_literally_through_templates_too(text: str, template: str):
    passage = replace(with_text(text), kind="quote", colour=None, person_how="assigned")
    page = rendered(written_of("md", passage, template=template, title=text))
    allowed = {"h1", "h2", "h3", "p", "strong", "em", "blockquote", "ul", "li", "br"}
    assert set(re.findall(r"<(\w+)", page)) <= allowed
    if template != "annotated-article":
        assert marked_in(page, "\n")[0] == text


@pytest.mark.parametrize("content", Content)
@pytest.mark.parametrize("text", MARKUP)
def test_70_html_is_escaped_and_loads_nothing(text: str, content: Content):
    page = written_of("html", with_text(text), title=text, content=content)
    read = Page(page)
    assert not {"script", "img", "a", "link", "iframe", "object"} & {tag for tag, _, _ in read.texts}
    attributes = {name for _, has, _ in read.texts for name in has}
    assert attributes <= {"lang", "class", "dir", "title"}
    assert "default-src 'none'" in page
    style = read.all("style")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert read.all("title") == [text]


@pytest.mark.parametrize("form", FORMATS)
def test_71_no_format_is_written_onto_an_article_or_its_notes(form: str, tmp_path: Path):
    bridge = write(tmp_path / "news", "bridge.txt", BRIDGE)
    notes = bridge.with_name("bridge.txt.notes.json")
    assert cli.main(["annotate", str(bridge), "--start", "0", "--end", "5"]) == 0
    before = (bridge.read_bytes(), notes.read_bytes())
    for target in (bridge, notes, bridge.with_name("BRIDGE.TXT"), bridge.with_name("Bridge.txt.Notes.json")):
        assert cli.main(["export", str(bridge), "--format", form, "--output", str(target)]) == 1
    assert (bridge.read_bytes(), notes.read_bytes()) == before
    assert {path.name for path in bridge.parent.iterdir()} == {"bridge.txt", "bridge.txt.notes.json"}


@posix
@pytest.mark.parametrize("link", ["symbolic", "hard"])
@pytest.mark.parametrize("onto", ["bridge.txt", "bridge.txt.notes.json"])
def test_71_a_link_to_an_article_or_its_notes_is_refused(link: str, onto: str, tmp_path: Path):
    bridge = write(tmp_path / "news", "bridge.txt", BRIDGE)
    assert cli.main(["annotate", str(bridge), "--start", "0", "--end", "5"]) == 0
    victim, target = bridge.with_name(onto), tmp_path / "out.html"
    (target.symlink_to if link == "symbolic" else target.hardlink_to)(victim)
    before = victim.read_bytes()
    assert cli.main(["export", str(bridge), "--format", "html", "--output", str(target)]) == 1
    assert victim.read_bytes() == before


@posix
@pytest.mark.parametrize("form", [name for name in FORMATS if name != "pdf"])
def test_71_a_disk_that_gets_full_leaves_the_older_export(form: str, tmp_path: Path):
    target = tmp_path / f"out.{form}"
    target.write_bytes(b"the older one")

    def until_full(out: BinaryIO) -> None:
        class Filling:
            left = 3000

            def write(self, piece: bytes) -> int:
                self.left -= len(piece)
                if self.left < 0:
                    raise OSError(errno.ENOSPC, "No space left on device")
                return out.write(piece)

            def __getattr__(self, name: str) -> object:
                return getattr(out, name)

        with gathered(article(), *([article()] * 20)) as found:
            render(Evidence(found, Request(form)), Filling())  # type: ignore[arg-type]

    with pytest.raises(ExportError, match=r"No space left on device.*still stands"):
        write_export(target, until_full)
    assert target.read_bytes() == b"the older one"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [target.name]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.usefixtures("qapp")
def test_71_a_pdf_on_a_full_disk_is_an_error():
    with gathered() as found, open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError, match="No space"):
        render(Evidence(found, Request("pdf")), full)


FULL_DISK = """
import sys
from pathlib import Path
from reader.export.evidence import Evidence
from reader.export.passages import Request
from reader.export.writing import FORMATS, render, write_export
from reader.text.errors import ExportError
from tests.export.evidence import article, gathered

folder, found = Path(sys.argv[1]), gathered(*[article()] * 80)
for form in FORMATS:
    target = folder / f"out.{form}"
    target.write_bytes(b"the older one")
    try:
        write_export(target, lambda out: render(Evidence(found, Request(form)), out))
    except ExportError as exc:
        print(exc)
    assert target.read_bytes() == b"the older one", form
    assert [path.name for path in folder.iterdir()] == [target.name], form
    target.unlink()
"""


@needs_mount
def test_71_a_disk_that_is_full_leaves_the_older_export_in_every_format(tmp_path: Path):
    script = 'mount -t tmpfs -o size=16k none "$1" && exec "$2" -c "$3" "$1"'
    command = ["unshare", "--mount", "sh", "-c", script, "sh", str(tmp_path), sys.executable, FULL_DISK]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert len(said) == len(FORMATS)
    assert all("what stood there before still stands" in words for words in said)


KILLED = """
import sys
from pathlib import Path
from reader.export.writing import write_export

def slowly(out):
    for _ in range(4):
        out.write(b"new " * 10_000)
        out.flush()

write_export(Path(sys.argv[1]), slowly)
"""


@pytest.mark.parametrize("call", ["openat", "write", "fsync", "rename", "close"])
def test_71_an_export_that_is_killed_leaves_the_older_one_or_is_whole(call: str, tmp_path: Path):
    if not can_trace():
        pytest.skip("strace is not installed, or tracing is not allowed here")
    folder = tmp_path / "exports"
    folder.mkdir()
    target, new = folder / "out.md", b"new " * 40_000
    traced = ["-o", str(tmp_path / "calls"), "-y", "-e", f"trace={call}"]
    ours = re.compile(rf"^{call}\(.*{re.escape(str(folder))}")
    subprocess.run(["strace", *traced, sys.executable, "-c", KILLED, str(target)], cwd=ROOT, check=True)
    lines = (tmp_path / "calls").read_text().splitlines()
    places = [number for number, line in enumerate(lines, 1) if ours.match(line)]
    assert places
    for number in places:
        target.write_bytes(b"the older one")
        fault = f"inject={call}:signal=SIGKILL:when={number}"
        command = ["strace", *traced, "-e", fault, sys.executable, "-c", KILLED, str(target)]
        assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
        assert target.read_bytes() in (b"the older one", new)
    write_export(target, lambda out: out.write(b"the next one"))
    assert [path.name for path in folder.iterdir()] == ["out.md"]


SCENARIO = """
import sys
from reader.cli import main
article, folder = sys.argv[1:]
steps = [["analyze", article], ["translate", article], ["annotate", article, "--start", "0", "--end", "9"]]
steps += [["export", article, "--format", form, "--output", f"{folder}/out.{form}"] for form in FORMATS]
sys.exit(max(main(step) for step in steps))
""".replace("FORMATS", repr(FORMATS))


def scenario(*before: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Analyse, translate, annotate and export in every format, in a process of its own."""
    bridge = write(folder / "news", "bridge.txt", BRIDGE)
    write_package_folder(home / "packages" / "translate-ro_en-1_0", "ro", "en")
    command = [*before, sys.executable, "-c", SCENARIO, str(bridge), str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare")
def test_72_the_whole_scenario_passes_without_a_network(tmp_path: Path, home: Path):
    if subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode:
        pytest.skip("a network namespace is not allowed here")
    done = scenario("unshare", "-rn", folder=tmp_path, home=home)
    assert done.returncode == 0, done.stderr
    assert {path.suffix[1:] for path in tmp_path.glob("out.*")} == set(FORMATS)
    items = json.loads((tmp_path / "out.json").read_text("utf-8"))["items"]
    assert all("describing" in {body["purpose"] for body in item["body"]} for item in items)
    for form in ("md", "html", "docx", "csv"):
        exact = [item["target"]["selector"][0]["exact"] for item in items]
        assert originals(form, (tmp_path / f"out.{form}").read_bytes()) == exact


def test_72_no_step_of_the_scenario_opens_an_internet_socket(tmp_path: Path, home: Path):
    if not can_trace():
        pytest.skip("strace is not installed, or tracing is not allowed here")
    log = tmp_path / "sockets"
    done = scenario("strace", "-f", "-e", "trace=socket", "-o", str(log), folder=tmp_path, home=home)
    assert done.returncode == 0, done.stderr
    assert "AF_INET" not in log.read_text()
