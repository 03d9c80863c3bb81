"""Exports of 10,000 articles in one run: seconds, and whether memory grows with them.

`python -m tests.benchmarks.export [ARTICLES]` writes that many articles (10,000) and a tenth of them into a folder of
its own, exports both with the command line, and then each format from passages that are there already.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GIVEN = ("Ana", "Mihai", "Elena", "Radu", "Doina", "Petre", "Ioana", "Vasile")
SURNAMES = ("Petrescu", "Munteanu", "Dumitrache", "Stoica", "Țurcan", "Câmpeanu", "Văleanu", "Tudose", "Marin", "Oprea")
PLACES = ("Colbești", "Valea Lungă", "Sulina", "Orșova", "Bistrița", "Tulcea")
THINGS = ("podul", "biblioteca", "moara", "farul", "gara", "școala")


def article(number: int) -> str:
    """Return a short invented article with two quotes."""
    pick = random.Random(number)
    place, thing = pick.choice(PLACES), pick.choice(THINGS)
    one, two = (f"{pick.choice(GIVEN)} {pick.choice(SURNAMES)}" for _ in range(2))
    day = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return (
        f" date {day} În {place} {thing} se redeschide după {pick.randrange(2, 40)} de ani\n\n"
        f"„Nu mai puteam aștepta, {thing} era pe moarte de {pick.randrange(100)} de luni”, a spus {one} marți.\n\n"
        f"Lucrările au costat {pick.randrange(2, 90)} milioane de lei, arată documentele primăriei din {place}.\n\n"
        f"„Oamenii vor vedea abia la iarnă ce am făcut”, a declarat {two} pentru ziarul local.\n"
    )


def main() -> None:
    """Print the figures."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as scratch:
        os.environ |= {name: scratch for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
        for count in (wanted // 10, wanted):
            folder = Path(scratch) / f"news-{count}"
            folder.mkdir()
            for number in range(count):
                (folder / f"{number:06}.txt").write_text(article(number), "utf-8")
            say("files to html", count, ["main.py", "export", str(folder), "--format", "html"], Path(scratch))
        for form in ("md", "html", "docx", "pdf", "csv", "json", "tmx"):
            for count in (wanted // 10, wanted):
                command = ["-m", "tests.benchmarks.export", "render", form, str(count)]
                say(f"passages to {form}", count, command, Path(scratch))


def say(what: str, count: int, command: list[str], folder: Path) -> None:
    """Run an export and print its seconds, the memory it took at most, and the size of what it wrote."""
    target = folder / "out"
    seconds, peak = measured([sys.executable, *command, "--output", str(target)])
    size = target.stat().st_size / 1e6
    print(f"{what:<18} {count:>7,} articles {seconds:>8.1f} s {peak:>5.0f} MB, wrote {size:>6.1f} MB", flush=True)


def measured(command: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds and the megabytes that it took at most."""
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.monotonic() - began, usage.ru_maxrss / 1024


def render(form: str, count: int, target: Path) -> None:
    """Write the passages of so many articles in one format."""
    from reader.export.evidence import Evidence, Gathered
    from reader.export.passages import Order, Request
    from reader.export.writing import render, write_export
    from tests.export.evidence import article

    made = article()
    with Gathered() as gathered:
        for number in range(count):
            source = replace(made.source, file=f"{number:06}.txt", sha256=f"{number:064x}")
            passages = tuple(replace(each, source=source, id=None) for each in made.passages)
            gathered.add(replace(made, source=source, passages=passages))
        evidence = Evidence(gathered, Request(form, order=Order.PERSON))
        write_export(target, lambda out: render(evidence, out))


if __name__ == "__main__":
    if sys.argv[1:2] == ["render"]:
        render(sys.argv[2], int(sys.argv[3]), Path(sys.argv[-1]))
    else:
        main()
