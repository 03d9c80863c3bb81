"""Score the analysis against articles marked by hand, and write the tables of docs/accuracy.md.

    python -m tests.benchmarks.accuracy                      both sets of tests/gold, into docs/accuracy.md
    python -m tests.benchmarks.accuracy FOLDER ... [--errors]  other sets, to the screen

A folder holds `<language>-….txt` and `<article>.txt.json` in the format of tests/gold/README.md (`--gold` where the
marks are in a folder of their own). All articles of a folder are analysed and linked as one library.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.analysis.analyzer import Analyzer
from reader.analysis.results import QuoteKind
from reader.articles.article import ParagraphKind
from reader.articles.reading import read_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.analysis.results import Analysis
    from reader.articles.article import Article

ROOT = Path(__file__).parents[2]
SETS = (ROOT / "tests/gold/dev", ROOT / "tests/gold/heldout")
TABLE = ROOT / "docs/accuracy.md"
LANGUAGES = ("ro", "uk", "it", "bg", "ru", "en", "es", "fr", "de", "pl")
NOTICES = (ParagraphKind.NOTICE, ParagraphKind.RELATED, ParagraphKind.BYLINE)
NO_NOTICES = ("title", "section_heading", "dateline", "date_prefix")

HEAD = """# How right the analysis is

Written by `python -m tests.benchmarks.accuracy`; the articles, their marks and the conventions are in `tests/gold`.
Rules, data and weights were improved on *dev*, so its figures are what they can be at best. *heldout* was written
without a look at the code, and nothing but totals was taken from it: these, some by language, and how often each class
of confidence was right. What other articles gave before anybody had looked at them stands in `tests/gold/README.md`.

| column | what it says |
|---|---|
| quotes | F1 of exact spans without marks, nested ones included |
| terms | share of the quotes found whose kind, speech or term, is right |
| speakers | share of speech with a named speaker that is given that person; a missed quote counts as wrong |
| abstain | share of speech without a nameable speaker (an organisation, somebody unnamed) that is given nobody |
| people | F1 of exact spans of mentions |
| overlap | the same, where a mention counts as found that overlaps |
| notices | F1, by character, of text marked as notice, related link or byline |
| linking | F1 of the pairs of mentions said to be one person, over all articles of the set |

A language's linking counts the pairs inside that language. A dash: there was nothing to find or to get wrong.
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """An article, its marks, what the reader finds in it; `told` leads from the reader's persons to the marks'."""

    article: Article
    gold: dict[str, Any]
    found: Analysis
    told: dict[str, str]

    def text(self, span: tuple[int, int]) -> str:
        """Return the beginning of a span's text."""
        return " ".join(self.article.text[slice(*span)].split())[:60]


Span = tuple[int, int]
Score = tuple[int, int, int]  # right, found, true; a share has nothing found


def read_set(folder: Path, marks: Path) -> list[Marked]:
    """Analyse and link the marked articles of a folder."""
    paths = [path for path in sorted(folder.glob("*.txt")) if (marks / f"{path.name}.json").exists()]
    golds = [json.loads((marks / f"{path.name}.json").read_text("utf-8")) for path in paths]
    articles = [read_article(path) for path in paths]
    analyzer = Analyzer()
    found = analyzer.link([analyzer.analyze(article) for article in articles])
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for gold, analysis in zip(golds, found, strict=True):
        for mention in analysis.people:
            for person in gold["people"]:
                if _touch((mention.span.start, mention.span.end), _span(person)):
                    votes[mention.person][person["person"]] += 1
    told = {person: counted.most_common(1)[0][0] for person, counted in votes.items()}
    return [Marked(*three, told) for three in zip(articles, golds, found, strict=True)]


def _span(entry: dict[str, Any]) -> Span:
    return entry["start"], entry["end"]


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def score(marked: Marked, errors: list[str]) -> Iterator[tuple[str, Score]]:
    """Yield the scores of one article, by column; what went wrong is added to `errors`."""
    yield from _score_quotes(marked, errors)
    yield from _score_people(marked, errors)
    text = marked.article.text
    true = _places(text, (_span(b) for b in marked.gold["boilerplate"] if b["kind"] not in NO_NOTICES))
    notices = [p.span for p in marked.found.paragraphs if p.kind in NOTICES]
    found = _places(text, ((span.start, span.end) for span in notices))
    yield "notices", (len(true & found), len(found), len(true))
    for paragraph in marked.found.paragraphs:
        inside = set(range(paragraph.span.start, paragraph.span.end))
        if len(inside & true) > len(inside) / 2 and not inside & found:
            errors.append(f"notice missed: {marked.text((paragraph.span.start, paragraph.span.end))}")
        elif inside & found and not inside & true:
            errors.append(f"no notice: {marked.text((paragraph.span.start, paragraph.span.end))}")


def _places(text: str, spans: Iterable[Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def _score_quotes(marked: Marked, errors: list[str]) -> Iterator[tuple[str, Score]]:
    true = {_span(quote): quote for quote in marked.gold["quotes"]}
    found = {(quote.span.start, quote.span.end): quote for quote in marked.found.quotes}
    both = true.keys() & found.keys()
    errors += [f"quote missed: {marked.text(span)}" for span in true.keys() - both]
    errors += [f"no quote: {marked.text(span)}" for span in found.keys() - both]
    yield "quotes", (len(both), len(found), len(true))
    kinds = [span for span in both if true[span]["scare"] == (found[span].kind is QuoteKind.TERM)]
    errors += [f"kind: {marked.text(span)}" for span in both - set(kinds)]
    yield "terms", (len(kinds), 0, len(both))
    for span, quote in true.items():
        if quote["scare"]:
            continue
        speaker = found[span].speaker if span in found else None
        said = marked.told.get(speaker.person, speaker.person) if speaker else None
        right = said == quote["speaker"]
        if not right:
            why = f" ({speaker.evidence})" if speaker else ""
            errors.append(f"speaker {said}{why}, not {quote['speaker']}: {marked.text(span)}")
        yield "abstain" if quote["speaker"] is None else "speakers", (right, 0, 1)


def _score_people(marked: Marked, errors: list[str]) -> Iterator[tuple[str, Score]]:
    either = [_span(entry) for entry in marked.gold.get("optional_people", [])]
    true = {_span(person) for person in marked.gold["people"]}
    found = {(m.span.start, m.span.end) for m in marked.found.people}
    found = {span for span in found if not any(_touch(span, other) for other in either)}
    errors += [f"person missed: {marked.text(span)}" for span in true - found]
    errors += [f"no person: {marked.text(span)}" for span in found - true]
    yield "people", (len(true & found), len(found), len(true))
    yield "overlap, found", (sum(any(_touch(f, t) for t in true) for f in found), 0, len(found))
    yield "overlap, true", (sum(any(_touch(t, f) for f in found) for t in true), 0, len(true))


def linking(library: Sequence[Marked]) -> Score:
    """Return the score of the pairs of mentions that are said to be one person."""
    pairs: list[tuple[str, str]] = []
    for marked in library:
        for person in marked.gold["people"]:
            touching = (m for m in marked.found.people if _touch((m.span.start, m.span.end), _span(person)))
            mention = next(touching, None)
            if mention is not None:
                pairs.append((person["person"], mention.person))
    right = found = true = 0
    for one, other in combinations(pairs, 2):
        same, said = one[0] == other[0], one[1] == other[1]
        right, found, true = right + (same and said), found + said, true + same
    return right, found, true


def row(library: Sequence[Marked], errors: list[str]) -> dict[str, str]:
    """Return the figures of some articles, by column, as they are shown."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for marked in library:
        own: list[str] = []
        for column, counts in score(marked, own):
            totals[column] = [a + b for a, b in zip(totals[column], counts, strict=True)]
        errors += [f"{marked.article.path.name}: {error}" for error in sorted(own)]
    shown = {name: _shown(counts[0], counts[2]) for name, counts in totals.items() if not counts[1]}
    for name in ("quotes", "people", "notices"):
        right, found, true = totals[name]
        shown[name] = _shown(2 * right, found + true)
    (right, _, found), (again, _, true) = totals["overlap, found"], totals["overlap, true"]
    precise, complete = right / max(1, found), again / max(1, true)
    shown["overlap"] = _shown(2 * precise * complete, precise + complete) if found or true else "–"
    right, found, true = linking(library)
    shown["linking"] = _shown(2 * right, found + true)
    return shown


def _shown(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "–"


COLUMNS = ("quotes", "terms", "speakers", "abstain", "people", "overlap", "notices", "linking")


def table(library: Sequence[Marked], errors: list[str]) -> str:
    """Return a set's table in Markdown: a row a language, then all."""
    lines = [f"| | articles | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 2) + "|"]
    names = [marked.article.path.name for marked in library]
    for code in LANGUAGES:
        own = [marked for marked, name in zip(library, names, strict=True) if name.startswith(f"{code}-")]
        if own:
            lines.append(_line(code, own, []))
    return "\n".join([*lines, _line("all", library, errors)])


def _line(name: str, library: Sequence[Marked], errors: list[str]) -> str:
    shown = row(library, errors)
    return f"| {name} | {len(library)} | " + " | ".join(shown.get(column, "–") for column in COLUMNS) + " |"


def main() -> None:
    """Write the tables, or print those of other folders."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--gold", type=Path, help="where the marks are, if not beside the articles")
    parser.add_argument("--errors", action="store_true", help="list what went wrong in the folders given")
    wants = parser.parse_args()
    if not wants.folders:
        tables = [f"## {folder.name}\n\n{table(read_set(folder, folder), [])}\n" for folder in SETS]
        TABLE.write_text("\n".join([HEAD, *tables]), "utf-8")
        print("\n".join(tables))
    for folder in wants.folders:
        library = read_set(folder, wants.gold or folder)
        if not library:
            sys.exit(f"no article with marks in {folder}")
        errors: list[str] = []
        print(f"## {folder.name}\n\n{table(library, errors)}\n")
        if wants.errors:
            print("\n".join(errors))


if __name__ == "__main__":
    main()
