"""Measure a library: cold index without and with analysis, search, incremental runs, memory, growth.

    python -m tests.benchmarks.library [--articles N] [--analysed N] [--sizes N ...] [--plot FILE] [--keep FOLDER]

Articles of about 5 kB in ten languages are made of the paragraphs of the samples and of tests/gold/dev, with people
made up at random: one more for every five articles, a few of them named everywhere. Dates cover two years. Everything
goes into a temporary folder (or FOLDER), the cache too. `--articles 100000` takes a quarter of an hour and 2 GB;
`--analysed` says how many articles of the largest library are analysed as well (all by default, which takes minutes
for each ten thousand). Times are of the clock, on all cores that are free; the load is printed, because it matters.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import time
from collections import defaultdict
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reader.library.building import build
from reader.library.index import Index
from reader.library.ledger import Ledger
from reader.library.linking import relink
from reader.library.pool import Pool
from reader.library.register import people
from reader.library.search import search
from reader.resources import resources_dir
from tests.benchmarks.plot import plot
from tests.support.more_statements import FRESH, UNSEEN
from tests.support.statements import STATEMENTS, figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
SIZE = 5000  # bytes of an article
FOLDERS = 100  # articles a folder
SEED = 7
WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)

# Two people and what they say, in the languages of the paragraphs around.
SAYING = {
    "ro": "„Nu vom închide portul {n} înainte de {m}”, a declarat {a}. {b} a spus că lucrările costă {n} milioane.",
    "uk": "«Ми не закриємо порт {n} раніше, ніж {m}», – сказав {a}. За словами {b}, роботи коштують {n} мільйонів.",
    "bg": "„Няма да затворим пристанището {n} преди {m}“, каза {a}. Според {b} работата струва {n} милиона.",
    "it": "«Non chiuderemo il porto {n} prima di {m}», ha detto {a}. Per {b} i lavori costano {n} milioni.",
    "es": "«No cerraremos el puerto {n} antes de {m}», dijo {a}. Según {b}, las obras cuestan {n} millones.",
    "de": "„Wir schließen den Hafen {n} nicht vor {m}“, sagte {a}. Laut {b} kosten die Arbeiten {n} Millionen.",
    "fr": "« Nous ne fermerons pas le port {n} avant {m} », a déclaré {a}. Selon {b}, cela coûte {n} millions.",
    "en": "“We will not close port {n} before {m},” said {a}. According to {b}, the works cost {n} million.",
    "pl": "„Nie zamkniemy portu {n} przed {m}”, powiedział {a}. Według {b} prace kosztują {n} milionów.",
    "ru": "«Мы не закроем порт {n} раньше, чем {m}», – сказал {a}. По словам {b}, работы стоят {n} миллионов.",
}
GIVEN = {
    False: [
        "Andrei",
        "Maria",
        "Ilinca",
        "Stefan",
        "Elena",
        "Marco",
        "Giulia",
        "Hans",
        "Petra",
        "Jean",
        "Claire",
        "Tomas",
        "Ana",
        "Victor",
        "Irina",
        "Pavel",
    ],
    True: ["Андрей", "Мария", "Стефан", "Елена", "Виктор", "Ирина", "Павел", "Анна", "Олег", "Марта", "Иван", "Ольга"],
}
SYLLABLES = {
    False: [
        "ba",
        "co",
        "du",
        "fe",
        "gri",
        "ha",
        "kal",
        "lo",
        "mi",
        "na",
        "pe",
        "ra",
        "sto",
        "tu",
        "vel",
        "zan",
        "mar",
        "dor",
        "bre",
        "vin",
    ],
    True: [
        "ба",
        "ко",
        "ду",
        "фе",
        "гри",
        "ха",
        "кал",
        "ло",
        "ми",
        "на",
        "пе",
        "ра",
        "сто",
        "ту",
        "вел",
        "зан",
        "мар",
        "дор",
        "бре",
        "вин",
    ],
}
ENDINGS = {
    False: ["escu", "ini", "son", "ez", "mann", "ard", "ski", "ov"],
    True: ["енко", "ов", "ев", "ский", "ук", "ин"],
}


class Press:
    """Writes articles."""

    def __init__(self, articles: int) -> None:
        self._random = random.Random(SEED)
        self._paragraphs: dict[str, list[str]] = defaultdict(list)
        for folder in (resources_dir() / "samples", ROOT / "tests/gold/dev"):
            for path in sorted(folder.glob("*.txt")):
                if path.name[:2] in SAYING:
                    text = path.read_text("utf-8")
                    self._paragraphs[path.name[:2]] += [line for line in text.split("\n") if len(line) > 80]
        self._languages = sorted(self._paragraphs)
        self.people = {
            cyrillic: [self._name(cyrillic=cyrillic) for _ in range(max(8, articles // 10))] for cyrillic in GIVEN
        }

    def _name(self, *, cyrillic: bool) -> str:
        pick = self._random.choice
        surname = "".join(pick(SYLLABLES[cyrillic]) for _ in range(self._random.randint(1, 3))) + pick(
            ENDINGS[cyrillic]
        )
        return f"{pick(GIVEN[cyrillic])} {surname.capitalize()}"

    def _person(self, language: str) -> str:
        """Return a person: the first ones of the list are named much more often than the last."""
        everybody = self.people[language in ("uk", "bg", "ru")]
        return everybody[int(len(everybody) ** self._random.random()) - 1]

    def article(self) -> str:
        """Return an article's text."""
        language = self._random.choice(self._languages)
        number = self._random.randrange(730)
        day = time.strftime("%Y-%m-%d", time.gmtime(1_735_689_600 + 86_400 * number))
        paragraphs, size = [], 0
        while size < SIZE:
            if len(paragraphs) in (1, 4):
                values = {"n": self._random.randrange(2, 5000), "m": self._random.randrange(2027, 2040)}
                words = SAYING[language].format(a=self._person(language), b=self._person(language), **values)
            else:
                words = self._random.choice(self._paragraphs[language])
            paragraphs.append(words)
            size += len(words.encode()) + 2
        return f" date {day} " + "\n\n".join(paragraphs) + "\n"

    def write(self, folder: Path, first: int, last: int) -> None:
        """Write the articles of these numbers."""
        for number in range(first, last):
            place = folder / f"{number // FOLDERS:04}"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{number:06}.txt").write_text(self.article(), "utf-8")


def queries(index: Index, press: Press) -> Iterator[str]:
    """Yield what a person may type: rare and common words, phrases, beginnings, names, filters."""
    chance = random.Random(SEED)
    texts = [text for (text,) in index.rows("SELECT original FROM texts ORDER BY id LIMIT 400")]
    for turn in range(240):
        words = chance.choice(texts).split()
        at = chance.randrange(8, len(words) - 4)
        word = "".join(filter(str.isalnum, words[at])) or "port"
        name = chance.choice(press.people[turn % 2 == 0][:50])
        yield (
            word,
            f"{word} {''.join(filter(str.isalnum, words[at + 2]))}",
            f'"{" ".join("".join(filter(str.isalnum, each)) for each in words[at : at + 2])}"',
            f"{word[:4]}*",
            name.split()[1],
            f'"{name}"',
            f"person:{name.split()[1]} date:2025-03",
            f"{word} lang:{chance.choice(('ro', 'uk', 'it'))} date:2025-02..2025-05",
        )[turn % 8]


@contextmanager
def timed(times: list[float]) -> Iterator[None]:
    """Add the seconds of the clock that pass."""
    began = time.perf_counter()
    yield
    times.append(time.perf_counter() - began)


def processor() -> float:
    """Return the seconds of processor time of this process and of those that it started and that have ended."""
    return sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in WHO)


def searched(index: Index, press: Press) -> tuple[float, float, float, float]:
    """Return median, 95th percentile and maximum of a search in milliseconds, and the 95th in processor time."""
    times: list[float] = []
    spent: list[float] = []
    asked = list(queries(index, press))
    for line in asked:
        began = time.process_time()
        with timed(times):
            search(index, line)
        spent.append(1000 * (time.process_time() - began))
    milliseconds = sorted(1000 * each for each in times)
    slow = max(zip(times, asked, strict=True))
    print(f"  slowest search: {slow[1]!r} {slow[0] * 1000:.0f} ms")
    return median(milliseconds), quantiles(milliseconds, n=20)[-1], milliseconds[-1], quantiles(spent, n=20)[-1]


def megabytes() -> float:
    """Return the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(folder: Path, press: Press, sizes: Sequence[int], analysed: int | None) -> list[dict[str, float]]:
    """Grow a library through the sizes, each indexed cold; analyse the last one."""
    rows: list[dict[str, float]] = []
    written = 0
    for size in sizes:
        press.write(folder, written, size)
        written = size
        cold: list[float] = []
        again: list[float] = []
        index = Index(folder)
        index.delete()
        index = Index(folder)
        began = processor()
        with timed(cold):
            build(index, analysing=False)
        spent = 1000 * (processor() - began) / size
        with timed(again):
            build(index, analysing=False)
        half, most, worst, busy = searched(index, press)
        disk = index.file.stat().st_size / 1e6
        print(
            f"{size:7,} articles: indexed in {cold[0]:.1f} s ({size / cold[0]:.0f}/s),"
            f" {spent:.2f} ms of processor time each; again in {again[0]:.2f} s;"
            f" search {half:.1f} ms, 95 % {most:.1f} ms ({busy:.1f} of processor time), at most {worst:.0f} ms;"
            f" index {disk:.0f} MB; {megabytes():.0f} MB of memory; load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        rows.append({"articles": size, "cold": spent * size / 1000, "busy": busy, "disk": disk})
        if size != sizes[-1]:
            index.close()
    if analysed != 0:
        analyse(index, press, analysed)
    index.close()
    return rows


def analyse(index: Index, press: Press, most: int | None) -> None:
    """Analyse the articles of an index, link their people, and search again."""
    total: list[float] = []
    linking: list[float] = []
    waiting = index.waiting()
    if most is not None and most < len(waiting):
        with index.transaction() as connection:  # the others wait for ever, as if the build had been paused
            kept = {index.stored(path) for path in waiting[:most]}
            rows = [
                (path,) for (path,) in connection.execute("SELECT path FROM articles").fetchall() if path not in kept
            ]
            connection.executemany("UPDATE articles SET problem = 'left out' WHERE path = ?", rows)
    began = processor()
    with timed(total):
        built = build(index)
    spent = 1000 * (processor() - began) / max(1, built.analysed)
    with index.transaction() as connection:
        connection.execute("UPDATE appearances SET person = NULL")
    with closing(Pool(2)) as pool, timed(linking):
        relink(index, pool)
    everybody = people(index)
    print(
        f"analysis: {built.analysed:,} articles in {total[0]:.0f} s"
        f" ({built.analysed / total[0]:.1f}/s),"
        f" {spent:.0f} ms of processor time each, linking included;"
        f" {len(everybody):,} people linked anew in {linking[0]:.1f} s; load {os.getloadavg()[0]:.1f}"
    )
    half, slow, worst, busy = searched(index, press)
    disk = index.file.stat().st_size / 1e6
    print(
        f"search when analysed: {half:.1f} ms, 95 % {slow:.1f} ms ({busy:.1f} of processor time),"
        f" at most {worst:.0f} ms; index {disk:.0f} MB"
    )
    ledger = Ledger(index)
    times: list[float] = []
    for entry in ledger.quotes(f'person:"{everybody[0].name}"')[:50]:
        with timed(times):
            ledger.same_as(entry)
    if times:
        print(f"same quote elsewhere: {1000 * median(times):.0f} ms, at most {1000 * max(times):.0f} ms")
    opening: list[float] = []
    with timed(opening):
        fresh = Index(index.folder)
        search(fresh, "port")
        fresh.close()
    print(f"index opened and searched for the first time: {1000 * opening[0]:.0f} ms; {megabytes():.0f} MB of memory")


def pairing() -> None:
    """Print how well statements are paired with their renderings in other languages."""
    for name, statements in (("first", STATEMENTS), ("more", UNSEEN), ("fresh", FRESH)):
        for translated in (True, False):
            alone, rivals = (figures(statements, translated=translated, rivals=rivals) for rivals in (False, True))
            words = "with translations" if translated else "without translations"
            print(
                f"same quotes, {name} statements {words}: precision {alone[0]:.2f}, recall {alone[1]:.2f};"
                f" among rivals {rivals[0]:.2f}, {rivals[1]:.2f}"
            )


def main() -> None:
    """Print the figures and draw the plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--analysed", type=int)
    parser.add_argument("--sizes", type=int, nargs="*")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--keep", type=Path)
    wants = parser.parse_args()
    sizes = wants.sizes or sorted({wants.articles // 10, wants.articles // 4, wants.articles // 2, wants.articles})
    pairing()
    with TemporaryDirectory() as temporary:
        place = wants.keep or Path(temporary)
        os.environ["XDG_CACHE_HOME"] = str(place / "cache")
        rows = measure(place / "library", Press(sizes[-1]), sizes, wants.analysed)
    if wants.plot:
        growth = [
            (
                "cold index without analysis, seconds of processor time",
                [(row["articles"], row["cold"]) for row in rows],
            ),
            (
                "search, 95th percentile, milliseconds of processor time",
                [(row["articles"], row["busy"]) for row in rows],
            ),
            ("index on disk, MB", [(row["articles"], row["disk"]) for row in rows]),
        ]
        wants.plot.write_text(plot("Growth of a library", "articles", growth), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
