"""Score the finder of people and the linking on the articles of `tests/analysis/people_articles`.

Run `python -m tests.benchmarks.people [--errors]` in the repository's root.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from reader.analysis.analyzer import Analyzer
from reader.articles.reading import read_article

if TYPE_CHECKING:
    from reader.articles.article import Article

ARTICLES = Path(__file__).parent.parent / "analysis" / "people_articles"
_MARKED = re.compile(r"\[([^\]|]*)\|([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with its persons: the span of each mention and whose it is."""

    language: str
    name: str
    text: str
    people: dict[tuple[int, int], str]


def read_articles() -> list[Marked]:
    """Read the articles of all languages."""
    articles = []
    for path in sorted(ARTICLES.glob("*.txt")):
        for part in re.split(r"(?m)^= ", path.read_text("utf-8"))[1:]:
            name, _, marked = part.partition("\n")
            text, at, people = "", 0, {}
            for found in _MARKED.finditer(marked):
                text += marked[at : found.start()]
                people[len(text), len(text) + len(found[1])] = found[2]
                text += found[1]
                at = found.end()
            articles.append(Marked(path.stem, name, text + marked[at:], people))
    return articles


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts by language (right, overlapping, found, gold), pairs of mentions of one person, and what went wrong."""

    spans: dict[str, Counter[str]]
    pairs: Counter[str]
    errors: tuple[str, ...]


def f1(counts: Counter[str], right: str = "right") -> float:
    """Return F1 of `right` out of the counts found and in the gold."""
    return 2 * counts[right] / max(1, counts["found"] + counts["gold"])


def measure() -> Scores:
    """Analyse all articles, link them in one call, and compare with what is marked."""
    analyzer = Analyzer()
    gold = read_articles()
    analyses = analyzer.link([analyzer.analyze(_read(article.text), article.language) for article in gold])
    spans: dict[str, Counter[str]] = {}
    mentions: list[tuple[str, str, str]] = []
    errors: list[str] = []
    for article, analysis in zip(gold, analyses, strict=True):
        counts = spans.setdefault(article.language, Counter())
        found = {(m.span.start, m.span.end): m.person for m in analysis.people}
        counts.update(right=len(found.keys() & article.people.keys()), found=len(found), gold=len(article.people))
        where = f"{article.language} {article.name}"
        for what, spots in (("missed", article.people.keys() - found), ("wrong", found.keys() - article.people)):
            errors += [f"{where}: {what} {article.text[a:b]!r}" for a, b in sorted(spots)]
        for (a, b), person in article.people.items():
            met = next((known for (start, end), known in found.items() if a < end and start < b), None)
            if met is not None:
                counts["overlap"] += 1
                mentions.append((person, met, f"{where} {article.text[a:b]!r}"))
    pairs: Counter[str] = Counter()
    for (one, met, spot), (other, met_other, spot_other) in combinations(mentions, 2):
        pairs.update(gold=one == other, found=met == met_other, right=one == other and met == met_other)
        if (one == other) != (met == met_other):
            errors.append(f"{'parted' if one == other else 'merged'}: {spot} ({met}) and {spot_other} ({met_other})")
    return Scores(spans, pairs, tuple(errors))


def _read(text: str) -> Article:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(text, "utf-8")
        return read_article(path)


def main() -> None:
    """Print a line a language and the linking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    scores = measure()
    if options.errors:
        print("\n".join(scores.errors))
    total = sum(scores.spans.values(), Counter())
    for code, counts in [*scores.spans.items(), ("all", total)]:
        print(f"{code:4} exact {f1(counts):.3f}  overlap {f1(counts, 'overlap'):.3f}  mentions {counts['gold']}")
    precision = scores.pairs["right"] / max(1, scores.pairs["found"])
    recall = scores.pairs["right"] / max(1, scores.pairs["gold"])
    print(f"linking {f1(scores.pairs):.3f} (P {precision:.3f}, R {recall:.3f})")


if __name__ == "__main__":
    main()
