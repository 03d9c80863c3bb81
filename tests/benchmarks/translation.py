"""Measure words a second of stock Argos, of the reader, and of bare CTranslate2, the engine's limit.

    python -m tests.benchmarks.translation [--rounds N] [--tries N] [--only CONTENDER …]

All translate the same Romanian articles of this repository with the same package of real dimensions and random
weights (`tests/support/bench_package.py`), beam 4, each in a process of its own, in turn, in rotated order; runs
that other programs disturb are repeated, and the best undisturbed one counts. The weights never end a sentence, so
everybody stops at 1.2 × the source's tokens. The last table: `docs/benchmarks.md`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.resources import resources_dir
from reader.translation.worker import stand_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.translation.service import TranslationService

    Article = list[list[str]]
    """The sentences of its paragraphs."""

ROOT = Path(__file__).parents[2]
FACTOR = 1.2
WARM_UP = "Bine ați venit."
VISIBLE = 12
"""Sentences on the first screen."""
UNDISTURBED = 0.03
"""Share of the processors that other programs may have."""
COPIES = 4
"""How often the articles stand in the queue, each time with other sentences."""
# Tokens a batch, batches at a time, threads a batch.
BARE = ((128, 2, 1), (256, 2, 1), (512, 2, 1), (1024, 2, 1), (512, 1, 2))


def files() -> list[Path]:
    """Return the Romanian articles of the repository."""
    return sorted([*resources_dir().glob("samples/ro-*.txt"), *ROOT.glob("tests/gold/dev/ro-*.txt")])


def sentences_of(texts: Sequence[str]) -> list[Article]:
    """Return the sentences of each text, by paragraph; hard wraps, at which stock would cut, are undone."""
    from reader.analysis.languages import load_language
    from reader.analysis.sentences import split_sentences
    from reader.text.span import Span

    def sentences(block: str) -> list[str]:
        text = " ".join(block.split())
        spans = split_sentences(text, Span(0, len(text)), load_language("ro"))
        return [span.of(text) for span in spans if any(map(str.isalpha, span.of(text)))]

    return [[found for block in re.split(r"\n\s*\n", text) if (found := sentences(block))] for text in texts]


def _flat(article: Article) -> list[str]:
    return [sentence for paragraph in article for sentence in paragraph]


# -- the contenders: each in its own process, each returns seconds and words -------------------------------------


def stock(folder: Path, articles: list[Article]) -> dict[str, float]:
    """Translate with `argostranslate.translate` as it comes; sentences are split offline, decoding is capped."""
    os.environ["ARGOS_PACKAGES_DIR"] = str(folder / "packages")
    stand_back()
    from argostranslate import translate

    class Lines:
        def split_sentences(self, text: str) -> list[str]:
            return text.split("\t")

    class Capped:
        """Stop each of stock's batches (32 tokens: mostly one sentence) at its own length."""

        def __init__(self, translator: Any) -> None:
            self._translator = translator

        def translate_batch(self, tokens: list[list[str]], **options: Any) -> list[Any]:
            results: list[Any] = [None] * len(tokens)
            for batch in _batches(tokens, options["max_batch_size"]):
                cap = math.ceil(FACTOR * max(len(tokens[i]) for i in batch))
                out = self._translator.translate_batch([tokens[i] for i in batch], max_decoding_length=cap, **options)
                for i, result in zip(batch, out, strict=True):
                    results[i] = result
            return results

    translation = translate.get_translation_from_codes("ro", "en")
    package = translation.underlying
    package.sentencizer = Lines()
    package.hypotheses(".", 1)  # it loads the model
    package.translator = Capped(package.translator)
    translation.translate(WARM_UP)
    began = time.perf_counter()
    for article in articles:
        translation.translate("\n".join("\t".join(paragraph) for paragraph in article))
    return {"seconds": time.perf_counter() - began}


def bare(folder: Path, articles: list[Article], size: int, inter: int, intra: int) -> dict[str, float]:
    """Hand all sentences, sorted by length, to CTranslate2 in this process: the engine's limit."""
    stand_back()
    import ctranslate2
    import sentencepiece

    package = next((folder / "packages").iterdir())
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(package / "sentencepiece.model"))
    translator = ctranslate2.Translator(str(package / "model"), inter_threads=inter, intra_threads=intra)
    translator.translate_batch([tokenizer.encode(WARM_UP, out_type=str)], max_decoding_length=8)
    began = time.perf_counter()
    tokens = [tokenizer.encode(line, out_type=str) for article in articles for line in _flat(article)]
    results = []
    for batch in _batches(tokens, size):
        results += translator.translate_batch(
            [tokens[i] for i in batch],
            max_batch_size=0,
            beam_size=4,
            length_penalty=0.2,
            replace_unknowns=True,
            return_scores=True,
            max_decoding_length=math.ceil(FACTOR * len(tokens[batch[0]])),
            asynchronous=True,
        )
    for result in results:
        tokenizer.decode(result.result().hypotheses[0])
    return {"seconds": time.perf_counter() - began}


def _batches(tokens: Sequence[Sequence[str]], size: int) -> Iterator[list[int]]:
    """Yield indices in batches of at most `size` tokens, padding counted, the longest first."""
    batch: list[int] = []
    for i in sorted(range(len(tokens)), key=lambda i: -len(tokens[i])):
        if batch and (len(batch) + 1) * len(tokens[batch[0]]) > size:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def reader(folder: Path, articles: list[Article]) -> dict[str, float]:
    """Translate all sentences as one long article through the worker, the cache empty."""
    with _Service(folder) as service:
        route = service.route("ro", "en")
        list(service.translate(route, [WARM_UP]))
        before = _memory("self")
        began = time.perf_counter()
        done = list(service.translate(route, [line for article in articles for line in _flat(article)]))
        seconds = time.perf_counter() - began
        assert len(done) == sum(len(_flat(article)) for article in articles)
        return {
            "seconds": seconds,
            "grown": _memory("self") - before,
            "worker": _memory(str(service.worker_pid)),
            "window": _memory("self"),
        }


def by_article(folder: Path, articles: list[Article]) -> dict[str, float]:
    """Translate article after article, each from its top, as a person reads them, beginning without a worker.

    The first sentence is timed from the moment at which the package is loaded.
    """
    firsts = []
    with _Service(folder) as service:
        route = service.route("ro", "en")
        began = time.perf_counter()
        for lines in map(_flat, articles):
            asked = time.perf_counter()
            loaded = [asked]
            found = service.translate(
                route,
                lines,
                order=range(min(VISIBLE, len(lines))),
                progress=lambda _, loaded=loaded: loaded.append(time.perf_counter()),
            )
            next(found)
            if not firsts:
                loading = loaded[-1] - asked
            firsts.append(time.perf_counter() - loaded[-1])
            for _ in found:
                pass
        seconds = time.perf_counter() - began - loading
        return {"seconds": seconds, "loading": loading, "first": firsts[0], "slowest": max(firsts)}


def queue(folder: Path, _: list[Article]) -> dict[str, float]:
    """Open, analyse and translate many articles' files as a queue; then show each once more, from the cache."""
    from reader.analysis.analyzer import Analyzer
    from reader.queueing import TranslationQueue
    from reader.workspace import Workspace

    with _Service(folder) as service:
        workspace = Workspace(Analyzer(), service, service._store, "en")
        workspace.summarise(files()[0])  # models of the analysis, loaded long before in a program that runs
        list(service.translate(service.route("ro", "en"), [WARM_UP]))
        # without their sidecars: sentences with a reference translation would be left out
        copies = [_numbered(path, number, folder) for number in range(COPIES) for path in files()]
        waiting = TranslationQueue(workspace, folder / "queue.json")
        waiting.add(copies)
        began = time.perf_counter()
        for news in waiting.run():
            words = news.words
        seconds = time.perf_counter() - began
        assert not waiting.failed, waiting.failed
        shown = []
        for path in copies:
            opened = workspace.open(path)
            opened.set_analysis(workspace.analyse(opened))
            start = time.perf_counter()
            opened.routes = workspace.routes(opened.page)
            workspace.take_cached(opened)
            assert all(opened.shown())
            shown.append(time.perf_counter() - start)
        return {"seconds": seconds, "words": words, "cached": max(shown)}


def _numbered(path: Path, number: int, folder: Path) -> Path:
    """Copy an article with a number at each sentence's last word, so that the cache knows none of them."""
    copy = folder / f"{path.stem}-{number}.txt"
    copy.write_text(re.sub(r"(?<=\w\w\w)([.!?])(?=\s|$)", rf"{number}\1", path.read_text("utf-8")), "utf-8")
    return copy


class _Service:
    """A service over the bench package with an empty cache, ended with its worker."""

    def __init__(self, folder: Path) -> None:
        from reader.translation.cache import TranslationCache
        from reader.translation.folders import argos_dirs
        from reader.translation.messages import Decoding
        from reader.translation.packages import PackageStore
        from reader.translation.service import TranslationService

        store = PackageStore(argos_dirs({**os.environ, "ARGOS_PACKAGES_DIR": str(folder / "packages")}))
        (folder / "cache.sqlite").unlink(missing_ok=True)
        decoding = Decoding(length_factor=FACTOR, length_margin=0, retry=False)
        self._cache = TranslationCache(folder / "cache.sqlite")
        self._service = TranslationService(store, self._cache, decoding=decoding)

    def __enter__(self) -> TranslationService:
        return self._service

    def __exit__(self, *_: object) -> None:
        self._service.close()


def _memory(process: str) -> float:
    """Return the resident memory of a process in MB."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return math.nan
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


CONTENDERS: dict[str, Callable[[Path, list[Article]], dict[str, float]]] = {
    "stock": stock,
    "reader": reader,
    "by article": by_article,
    "queue": queue,
}


def run_alone(name: str, folder: Path) -> None:
    """Be one contender: print what was measured as JSON."""
    articles = json.loads((folder / "articles.json").read_text("utf-8"))
    if name.startswith("bare "):
        size, inter, intra = map(int, name.split()[1:])
        found = bare(folder, articles, size, inter, intra)
    else:
        found = CONTENDERS[name](folder, articles)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    found["cpu"] = sum(each.ru_utime + each.ru_stime for each in used)
    print(json.dumps(found))


# -- the race ----------------------------------------------------------------------------------------------------


def race(folder: Path, names: Sequence[str], rounds: int, tries: int, words: int) -> dict[str, dict[str, float]]:
    """Run the contenders in turn, up to `tries` times where other programs disturb; return the best run of each."""
    best: dict[str, dict[str, float]] = {}
    for number in range(rounds):
        start = number * len(names) // rounds
        for name in [*names[start:], *names[:start]]:
            for _ in range(tries):
                found = _measured(name, folder)
                note = f"{found['seconds']:7.2f} s, other programs {found['others']:4.0%}"
                print(f"round {number + 1}  {name:18} {note}", file=sys.stderr)
                best[name] = min(found, best.get(name, found), key=_disturbance)
                if found["others"] < UNDISTURBED:
                    break
        print(table(best, words), file=sys.stderr)
    return best


def _measured(name: str, folder: Path) -> dict[str, float]:
    """Run one contender; add what share of the processors other programs had meanwhile."""
    command = [sys.executable, "-m", "tests.benchmarks.translation", "--contender", name, str(folder)]
    began, busy = time.perf_counter(), _busy()
    # in a session of its own, as the reader's worker is: Linux shares processors out among sessions
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, start_new_session=True)
    seconds, busy = time.perf_counter() - began, _busy() - busy
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found | {"others": max(0.0, busy - found["cpu"]) / seconds / (os.cpu_count() or 1)}


def _disturbance(found: dict[str, float]) -> tuple[bool, float]:
    """Order runs: an undisturbed one counts before all others. Stock is even slower on an idle machine."""
    return found["others"] >= UNDISTURBED, found["seconds"]


def _busy() -> float:
    """Return the seconds of processor time that all programs have used since the machine started."""
    try:
        user, nice, system = Path("/proc/stat").read_text("ascii").split()[1:4]
    except OSError:
        return math.nan
    return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")


def table(best: dict[str, dict[str, float]], words: int) -> str:
    """Return the table as Markdown."""
    speeds = {name: found.get("words", words) / found["seconds"] for name, found in best.items()}
    limit = max((name for name in speeds if name.startswith("bare")), key=speeds.__getitem__, default="")
    lines = [
        "| contender | words/s | × stock | × best bare | words/s of one core | other programs meanwhile |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, speed in speeds.items():
        by_stock = f"{speed / speeds['stock']:.1f}" if "stock" in speeds else "–"
        by_limit = f"{speed / speeds[limit]:.2f}" if limit else "–"
        cores = best[name].get("words", words) / best[name]["cpu"]
        mark = " **(the limit)**" if name == limit else ""
        others = f"{best[name]['others']:.0%} of the processors"
        lines.append(f"| {name}{mark} | {speed:.0f} | {by_stock} | {by_limit} | {cores:.0f} | {others} |")
    return "\n".join(lines)


def main() -> None:
    """Build the package, run the race, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tries", type=int, default=3, help="how often a disturbed run is repeated")
    parser.add_argument("--only", nargs="*", help="some of the contenders")
    parser.add_argument("--contender", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.contender:
        run_alone(options.contender[0], Path(options.contender[1]))
        return
    from tests.support.bench_package import write_bench_folder

    articles = sentences_of([path.read_text("utf-8") for path in files()])
    lines = [line for article in articles for line in _flat(article)]
    words = sum(len(line.split()) for line in lines)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("DATA", "CONFIG", "CACHE")}
        write_bench_folder(folder / "packages" / "ro_en", lines)
        (folder / "articles.json").write_text(json.dumps(articles), "utf-8")
        names = options.only or [*CONTENDERS, *(f"bare {size} {inter} {intra}" for size, inter, intra in BARE)]
        best = race(folder, names, options.rounds, options.tries, words)
    print(f"{len(articles)} articles, {len(lines)} sentences, {words} words; {os.cpu_count()} cores\n")
    print(table(best, words))
    for name, what, unit in (
        ("by article", "loading", "s to start the worker and load the package"),
        ("by article", "first", "s from then to the first visible sentence"),
        ("by article", "slowest", "s to the first visible sentence of the other articles (the slowest)"),
        ("queue", "cached", "s to show a cached article, packages looked up (the slowest)"),
        ("reader", "window", "MB: the window's process without Qt, after the translation"),
        ("reader", "grown", "MB of them it grew by while translating"),
        ("reader", "worker", "MB: the worker process"),
    ):
        if what in best.get(name, {}):
            print(f"{best[name][what]:9.3f} {unit}")


if __name__ == "__main__":
    main()
