"""Compare our sentence splitter with `sentencex` on the hard cases: boundary F1 by language.

Run `python -m tests.benchmarks.sentences [--errors]` in the repository's root; the table is kept in
`docs/sentences.md`.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.analysis.languages import known_languages, load_language
from reader.analysis.sentences import split_sentences
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent.parent / "analysis" / "sentences"


@dataclass(frozen=True, slots=True)
class Case:
    """One text and the offsets at which its second and further sentences begin."""

    text: str
    starts: frozenset[int]


def read_cases(code: str, part: str = "") -> tuple[Case, ...]:
    """Read a language's cases; `part` is "" for those the rules were written with, ".held-out" for the others."""
    lines = (CASES / f"{code}{part}.txt").read_text("utf-8").splitlines()
    return tuple(_read_case(line) for line in lines if line and not line.startswith("#"))


def _read_case(line: str) -> Case:
    pieces = line.replace("¶", "\n").split("|")
    ends = [sum(map(len, pieces[:i])) for i in range(1, len(pieces))]
    return Case("".join(pieces), frozenset(ends))


def our_starts(case: Case, code: str) -> set[int]:
    """Return where our splitter begins the second and further sentences."""
    spans = split_sentences(case.text, Span(0, len(case.text)), load_language(code))
    return {span.start for span in spans[1:]}


def sentencex_starts(case: Case, code: str) -> set[int]:
    """Return where sentencex begins the second and further sentences (white space counted to the one before)."""
    from sentencex import get_sentence_boundaries  # only the comparison needs it

    starts = {boundary["start_index"] for boundary in get_sentence_boundaries(code, case.text)}
    trimmed = {start + len(case.text[start:]) - len(case.text[start:].lstrip()) for start in starts}
    return trimmed - {0, len(case.text)}


def counts(code: str, part: str, starts: Callable[[Case, str], set[int]]) -> tuple[int, int, int, list[str]]:
    """Return right, found and true boundaries of one language, and the cases that went wrong.

    `starts` is `our_starts` or `sentencex_starts`.
    """
    right = found = gold = 0
    wrong = []
    for case in read_cases(code, part):
        got = starts(case, code)
        right, found, gold = right + len(got & case.starts), found + len(got), gold + len(case.starts)
        if got != case.starts:
            wrong.append(f"{code}: missed {_places(case, case.starts - got)} wrong {_places(case, got - case.starts)}")
    return right, found, gold, wrong


def _places(case: Case, offsets: set[int] | frozenset[int]) -> list[str]:
    return [f"{case.text[max(0, at - 14) : at]}|{case.text[at : at + 10]}" for at in sorted(offsets)]


def f1(right: int, found: int, gold: int) -> float:
    """Return F1 of `right` out of `found` and `gold`."""
    return 2 * right / (found + gold) if found + gold else 1.0


def main() -> None:
    """Print the table, and every wrong case with `--errors`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    wants = parser.parse_args()
    columns = [("ours", our_starts, ""), ("sentencex", sentencex_starts, "")]
    columns += [("ours, held out", our_starts, ".held-out"), ("sentencex, held out", sentencex_starts, ".held-out")]
    totals = {name: [0, 0, 0] for name, _, _ in columns}
    print("| language | " + " | ".join(name for name, _, _ in columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    misses = []
    for code in known_languages():
        row = []
        for name, starts, part in columns:
            *numbers, wrong = counts(code, part, starts)
            totals[name] = [a + b for a, b in zip(totals[name], numbers, strict=True)]
            row.append(f"{f1(*numbers):.3f}")
            misses += wrong if starts is our_starts else []
        print(f"| {code} | " + " | ".join(row) + " |")
    print("| all | " + " | ".join(f"{f1(*totals[name]):.3f}" for name, _, _ in columns) + " |")
    if wants.errors:
        print(*misses, sep="\n")
    text = " ".join(case.text for case in read_cases("en")) * 400
    began = time.perf_counter()
    split_sentences(text, Span(0, len(text)), load_language("en"))
    print(f"\n{len(text):,} characters in {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
