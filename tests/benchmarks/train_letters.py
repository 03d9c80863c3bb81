"""Make resources/models/letters.json: how often one letter follows another, for each language.

Needs `wordfreq`, which the reader itself does not. Its code is under Apache-2.0, its word lists under CC BY-SA 4.0; the
model holds frequencies of letter pairs drawn from those lists, no words:

    pip install wordfreq && python tests/benchmarks/train_letters.py

The file holds `{language: {letter: {next letter: frequency in millionths}}}`, " " for a word's edge.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import wordfreq

LANGUAGES = (
    "bg",
    "ca",
    "cs",
    "da",
    "de",
    "es",
    "fi",
    "fr",
    "hu",
    "it",
    "mk",
    "nb",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "sh",
    "sk",
    "sl",
    "sv",
    "tr",
    "uk",
)
WORDS = 60_000
LEAST = 2e-6  # pairs rarer than this are left to the reader's floor

# Serbian is written in both scripts; wordfreq has it in Latin letters only
SERBIAN = str.maketrans("abvgdđežzijklmnoprstćufhcčšљњџ", "абвгдђежзијклмнопрстћуфхцчшљњџ")
SERBIAN_DIGRAPHS = (("lj", "љ"), ("nj", "њ"), ("dž", "џ"))
# Romanian is still written with cedillas in the old encodings; both are right
CEDILLAS = str.maketrans("șț", "şţ")


def main() -> None:
    """Write the model next to the others."""
    models = {language: pairs(words(language)) for language in LANGUAGES}
    models["sr"] = pairs([(cyrillic(word), weight) for word, weight in words("sh")])
    models["ro cedilla"] = pairs([(word.translate(CEDILLAS), weight) for word, weight in words("ro")])
    path = Path(__file__).resolve().parent.parent.parent / "resources" / "models" / "letters.json"
    path.write_text(json.dumps(models, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n", "utf-8")


def words(language: str) -> list[tuple[str, float]]:
    """Return the language's most frequent words, with the square root of their frequency as weight.

    The root lets rare words (names, inflected forms) be heard beside the articles and prepositions.
    """
    top = wordfreq.top_n_list(language, WORDS)
    return [(word, wordfreq.word_frequency(word, language) ** 0.5) for word in top if word.isalpha()]


def cyrillic(word: str) -> str:
    """Write a Serbian word in Cyrillic letters."""
    for digraph, letter in SERBIAN_DIGRAPHS:
        word = word.replace(digraph, letter)
    return word.translate(SERBIAN)


def pairs(weighted: list[tuple[str, float]]) -> dict[str, dict[str, int]]:
    """Count letter pairs, in millionths of all, rare ones left out."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    total = 0.0
    for word, weight in weighted:
        edged = f" {word} "
        for first, second in pairwise(edged):
            counts[first][second] += weight
            total += weight
    return {
        first: kept
        for first, followers in counts.items()
        if (kept := {second: round(n / total * 1e6) for second, n in followers.items() if n / total >= LEAST})
    }


if __name__ == "__main__":
    main()
