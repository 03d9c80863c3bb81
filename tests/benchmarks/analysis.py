"""Measure the analysis: milliseconds an article, what each part takes, start-up, memory, growth with length.

    python -m tests.benchmarks.analysis [FOLDER ...] [--rounds N]

FOLDERs hold articles whose names begin with the language (default: the samples and tests/gold/dev); short ones of one
language are put together to about 3,000 characters, and times scaled to exactly these. The best of all rounds counts,
because other programs can only slow one down; milliseconds are of processor time, on one core. Start-up and memory
are those of a process that does nothing but analyse.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import replace
from functools import wraps
from itertools import groupby
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from reader.analysis import analyzer as room
from reader.analysis.analyzer import Analyzer
from reader.articles.reading import read_article
from reader.resources import resources_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.articles.article import Article

ROOT = Path(__file__).parents[2]
USUAL = 3000  # characters of the article that times are scaled to
LENGTHS = (62_500, 125_000, 250_000, 500_000, 1_000_000)

START = """
import resource, sys, time
from pathlib import Path
from reader.analysis.analyzer import Analyzer
from reader.articles.reading import read_article
imported = time.process_time()
analyzer = Analyzer()
first = read_article(Path(sys.argv[1]))
analyzer.analyze(first)
ready = time.process_time()
analyzer.analyze(first)
again = time.process_time()
for path in sys.argv[1:]:
    analyzer.analyze(read_article(Path(path)))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(imported * 1000, (ready - imported - (again - ready)) * 1000, memory)
"""


def start_up(paths: Sequence[Path], first: Path) -> str:
    """Return what a process needs before its first article, and its memory after all."""
    run = [sys.executable, "-c", START, str(first), *map(str, paths)]
    with TemporaryDirectory() as compiled:  # as in any start but the first, the modules are compiled already
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = compiled
        runs = [
            subprocess.run(run, check=True, capture_output=True, text=True, cwd=ROOT, env=environment).stdout.split()
            for _ in range(6)
        ]
    imported, loaded, memory = (min(map(float, each)) for each in zip(*runs, strict=True))
    return (
        f"start-up, {first.name[:2]} first: {imported + loaded:.0f} ms"
        f" (interpreter and imports {imported:.0f}, models and words {loaded:.0f});"
        f" {memory:.0f} MB for the whole process after {len(paths)} articles"
    )


def best(rounds: int, work: Callable[[], object]) -> float:
    """Return the least processor time of several runs, in seconds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def shares(analyzer: Analyzer, articles: Sequence[Article]) -> dict[str, float]:
    """Return the seconds that each part of the analysis takes over the articles."""
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, part: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(part)
        def wrapper(*arguments: object, **options: object) -> object:
            began = time.process_time()
            try:
                return part(*arguments, **options)
            finally:
                spent[name] += time.process_time() - began

        return wrapper

    parts = (
        ("language of the article", room.LanguageDetector, "detect"),
        ("languages of paragraphs", room.LanguageDetector, "detect_paragraphs"),
        ("notices", room, "classify_paragraphs"),
        ("sentences", room, "_split"),
        ("quotes", room, "find_quotes"),
        ("people", room.PersonFinder, "find"),
        ("identities", room, "link"),
        ("speakers", room, "attribute"),
    )
    kept = [(place, name, getattr(place, name)) for _, place, name in parts]
    try:
        for label, place, name in parts:
            setattr(place, name, timed(label, getattr(place, name)))
        for article in articles:
            analyzer.analyze(article)
    finally:
        for place, name, part in kept:
            setattr(place, name, part)
    return spent


def usual_articles(paths: Sequence[Path], folder: Path) -> Iterator[Article]:
    """Yield articles of about the `USUAL` length, each in one language."""
    for language, found in groupby(paths, key=lambda path: path.name[:2]):
        text, number = "", 0
        for path in found:
            text += path.read_text("utf-8").strip() + "\n\n"
            if len(text) > USUAL * 0.8:
                joined = folder / f"{language}-{number}.txt"
                joined.write_text(text, "utf-8")
                yield read_article(joined)
                text, number = "", number + 1


def long_articles(articles: Sequence[Article]) -> Iterator[Article]:
    """Yield one article of each of the `LENGTHS`, made of the others' paragraphs in turn."""
    usual = max(articles, key=lambda article: len(article.text))
    for length in LENGTHS:
        times, shift = length // (len(usual.text) + 1), len(usual.text) + 1
        paragraphs = tuple(
            replace(p, span=replace(p.span, start=p.span.start + shift * i, end=p.span.end + shift * i))
            for i in range(times)
            for p in usual.paragraphs
        )
        yield replace(usual, text=(usual.text + "\n") * times, paragraphs=paragraphs)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=5)
    wants = parser.parse_args()
    folders = wants.folders or [resources_dir() / "samples", ROOT / "tests/gold/dev"]
    paths = sorted((path for folder in folders for path in folder.glob("*.txt")), key=lambda path: path.name)
    if not paths:
        sys.exit("no article in " + ", ".join(map(str, folders)))
    with TemporaryDirectory() as folder:
        articles = list(usual_articles(paths, Path(folder)))

    for first in {path.name[:2]: path for path in paths}.values():
        if first.name[:2] in ("it", "uk"):  # a language of each script
            print(start_up(paths, first))

    analyzer = Analyzer()
    for article in articles:
        analyzer.analyze(article)  # whatever is loaded once
    times = [best(wants.rounds, lambda article=article: analyzer.analyze(article)) for article in articles]
    scaled = sorted(t * 1000 * USUAL / len(a.text) for t, a in zip(times, articles, strict=True))
    letters = sum(len(article.text) for article in articles)
    print(
        f"{len(articles)} articles, {letters:,} characters; an article of {USUAL:,}: median {median(scaled):.1f} ms,"
        f" mean {sum(times) * 1000 * USUAL / letters:.1f} ms, slowest {scaled[-1]:.1f} ms"
    )
    spent = shares(analyzer, articles)
    total = sum(spent.values())
    for name, seconds in sorted(spent.items(), key=lambda pair: -pair[1]):
        print(f"  {name:26}{seconds / total:6.1%}{seconds * 1000 * USUAL / letters:8.1f} ms")

    print("growth with length:")
    for article in long_articles(articles):
        seconds = best(1, lambda article=article: analyzer.analyze(article))
        print(f"  {len(article.text):9,} characters{seconds:8.2f} s{seconds / len(article.text) * 1e6:8.2f} µs each")


if __name__ == "__main__":
    main()
