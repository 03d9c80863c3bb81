"""Train the model that finds people: `python -m reader.analysis.training CORPORA [--check]`.

CORPORA is a folder of `<code>.tsv.gz` files (a token, a tab, B, I or O; a blank line between sentences). To them
come our own sentences, `resources/training/<code>.txt`, persons in [square brackets]. The order is fixed and
nothing is drawn without a seed, so the same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pycrfsuite

from reader.analysis.display import Figures
from reader.analysis.drafts import LIKELY
from reader.analysis.languages import known_languages, load_language
from reader.analysis.phonetic import plain, romanise, sound
from reader.analysis.tagger import (
    CHECKSUM,
    LISTS,
    MODEL,
    Cues,
    NameLists,
    Surroundings,
    Tagger,
    checksum,
    features,
    tokenise,
)
from reader.resources import resources_dir
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.analysis.tagger import Token

BLOCK = 15  # sentences that count as one article
OWN_REPEATS = 8
SEED = 7
UNLISTED = 0.4  # share of names that a copy treats as in no list
INITIALS = 0.12  # share of full names that a copy cuts to initials
PARTICLES = 0.06  # share of full names that a copy gives a particle
LOUD = 0.15  # share of sentences in one copy that are put in capitals


@dataclass(frozen=True, slots=True)
class Sample:
    """One sentence with the spans of its persons."""

    text: str
    people: tuple[Span, ...]
    language: str


def read_corpus(path: Path) -> list[Sample]:
    """Read one corpus; its code is the file's name up to the first dot."""
    code = path.name.split(".")[0]
    samples = []
    for block in gzip.decompress(path.read_bytes()).decode("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
        words: list[str] = []
        people: list[Span] = []
        at = 0
        for word, tag in rows:
            if tag == "B" or (tag == "I" and not people):
                people.append(Span(at, at + len(word)))
            elif tag == "I":
                people[-1] = Span(people[-1].start, at + len(word))
            words.append(word)
            at += len(word) + 1
        if words:
            samples.append(Sample(" ".join(words), tuple(people), code))
    return samples


def read_sentences(path: Path) -> list[Sample]:
    """Read our own sentences: one a line, persons in square brackets, lines that begin with # left out."""
    samples = []
    for line in path.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        text, people = "", []
        for part in re.split(r"(\[[^\]]*\])", line.strip()):
            if part.startswith("["):
                people.append(Span(len(text), len(text) + len(part) - 2))
            text += part.strip("[]") if part.startswith("[") else part
        samples.append(Sample(text, tuple(people), path.stem))
    return samples


def clean(samples: list[Sample]) -> list[Sample]:
    """Bring a corpus to our conventions: no titles, no common nouns, no name that mostly isn't a person."""
    titles = set(load_language(samples[0].language).names.titles)
    lower: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    for sample in samples:
        tokens = sample.text.split()
        lower.update(token for token in tokens if token.islower())
        anywhere.update(token for token in tokens if token[0].isupper())
        inside.update(word for span in sample.people for word in span.of(sample.text).split())
    cleaned = []
    for sample in samples:
        people = []
        for span in sample.people:
            words = span.of(sample.text).split(" , ")[0].split(" ")
            start = span.start
            while words and words[0].lower().rstrip(".") in titles:
                start += len(words.pop(0)) + 1
            if not words or not any(word[:1].isupper() for word in words):
                continue
            if len(words) == 1 and (lower[words[0].lower()] >= 2 or 2 * inside[words[0]] < anywhere[words[0]]):
                continue
            people.append(Span(start, start + len(" ".join(words))))
        cleaned.append(replace(sample, people=tuple(people)))
    return cleaned


def blocks(samples: list[Sample]) -> Iterator[list[Sample]]:
    """Cut samples into runs that stand in for articles."""
    for start in range(0, len(samples), BLOCK):
        yield samples[start : start + BLOCK]


def read_lists(folder: Path) -> NameLists:
    """Return the sounds of the names in a folder's lists, of the language files' given names, and of public figures."""
    given = [name for code in known_languages() for name in load_language(code).names.given_names]
    listed = list(_names(folder / "given_names.txt"))
    given += [*listed, *(part for name in listed for part in name.split("-"))]
    figures = Figures.load().surnames()
    return NameLists(*map(_sounds, (given, _names(folder / "surnames.txt"), figures, _names(folder / "places.txt"))))


def _names(path: Path) -> Iterator[str]:
    """Yield the names of a list: lines of a country or language, a colon, and names."""
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.partition(":")[2].split()


def _sounds(names: Iterable[str]) -> frozenset[str]:
    return frozenset(sound(romanise(plain(name.lower()))) for name in names if len(name) > 1)


def rows_and_labels(
    block: list[Sample], lists: NameLists, chance: random.Random | None = None
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Yield features and labels of each sentence of a block; with `chance`, some of its names are in no list."""
    language = load_language(block[0].language)
    cues = Cues.of(language.names, language.speech)
    tokens = [tokenise(sample.text) for sample in block]
    people = [_person_of_each(sentence, sample) for sample, sentence in zip(block, tokens, strict=True)]
    if chance is not None:
        named = {t.latin for ts, spans in zip(tokens, people, strict=True) for t, s in zip(ts, spans, strict=True) if s}
        lists = lists.without(frozenset(word for word in sorted(named) if chance.random() < UNLISTED))
    around = Surroundings.of((token for sentence in tokens for token in sentence), lists)
    for sentence, spans in zip(tokens, people, strict=True):
        labels = ["O" if span is None else "I" if i and span == spans[i - 1] else "B" for i, span in enumerate(spans)]
        yield features(sentence, cues, around, lists), labels


def _person_of_each(tokens: list[Token], sample: Sample) -> list[Span | None]:
    return [
        next((span for span in sample.people if span.overlaps(Span(token.start, token.end))), None) for token in tokens
    ]


def varied(block: list[Sample], chance: random.Random) -> list[Sample]:
    """Return a block with some given names cut to initials and some particles put in."""
    samples = []
    for sample in block:
        text, people, at = "", [], 0
        for span in sample.people:
            text += sample.text[at : span.start]
            words = span.of(sample.text).split(" ")
            name = span.of(sample.text)
            if len(words) == 2 and words[0][:1].isupper() and "." not in name:
                draw = chance.random()
                if draw < INITIALS:
                    second = f" {chance.choice(words[0]).upper()}." if draw < INITIALS / 3 else ""
                    name = f"{words[0][0]}.{second} {words[1]}"
                elif draw < INITIALS + PARTICLES:
                    cyrillic = "а" <= words[1][-1].lower() <= "ӿ"
                    name = f"{words[0]} {chance.choice(_CYRILLIC if cyrillic else _LATIN)} {words[1]}"
            people.append(Span(len(text), len(text) + len(name)))
            text += name
            at = span.end
        samples.append(replace(sample, text=text + sample.text[at:], people=tuple(people)))
    return samples


_LATIN = ("van", "von", "de", "van der", "von der", "di", "bin", "al")
_CYRILLIC = ("ван", "фон", "де", "ван дер", "фон дер", "бин", "ал")


def blurred(rows: list[list[str]], chance: random.Random) -> list[list[str]]:
    """Return a sentence's rows with parts of what tells a known word left out.

    Copies like this teach the model to judge names that it has never met, by their endings and surroundings.
    """
    copies = []
    for row in rows:
        if row[0] != "cap" or chance.random() < 0.3:
            copies.append(row)
            continue
        drop_kind = chance.random() < 0.3
        copies.append(
            [f for f in row if not (f[:2] in _WORD or (drop_kind and f[:2] == "k=") or chance.random() < 0.1)]
        )
        copies[-1].insert(0, "cap")
    return copies


_WORD = frozenset({"w=", "b=", "p3", "p4", "e4"})


def louder(block: list[Sample], chance: random.Random) -> list[Sample]:
    """Return a block with some sentences in capitals, as headlines are."""
    return [
        replace(sample, text=sample.text.upper())
        if chance.random() < LOUD and len(sample.text.upper()) == len(sample.text)
        else sample
        for sample in block
    ]


def train(parts: Iterable[tuple[list[Sample], int]], lists: NameLists, path: Path) -> None:
    """Fit the model to blocks, each with the number of its repeat (0 is plain), and write it to `path`."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.33, "c2": 0.1, "max_iterations": 90, "feature.minfreq": 2})
    chance = random.Random(SEED)
    for block, repeat in parts:
        copy = louder(block, chance) if repeat == 1 else varied(block, chance) if repeat > 1 else block
        for rows, labels in rows_and_labels(copy, lists, chance if repeat else None):
            trainer.append(blurred(rows, chance) if repeat else rows, labels)
    trainer.train(str(path))


def score(model: Tagger, parts: Iterable[list[Sample]]) -> tuple[int, int, int]:
    """Return how many spans are right, found and in the gold."""
    right = found = gold = 0
    for block in parts:
        language = load_language(block[0].language)
        cues = Cues.of(language.names, language.speech)
        tokens = [tokenise(sample.text) for sample in block]
        around = Surroundings.of((token for sentence in tokens for token in sentence), model.lists)
        for sample, sentence in zip(block, tokens, strict=True):
            tagged = model.tag(features(sentence, cues, around, model.lists))
            spans = {Span(sentence[a].start, sentence[b - 1].end) for a, b in tagged.runs([LIKELY] * len(sentence))}
            right, found, gold = right + len(spans & set(sample.people)), found + len(spans), gold + len(sample.people)
    return right, found, gold


def main(arguments: list[str] | None = None) -> int:
    """Train on everything and write the model; with --check, hold some blocks out and print scores by file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--sentences", type=Path, default=resources_dir() / "training", help="our own sentences")
    parser.add_argument("--output", type=Path, default=resources_dir() / "models")
    parser.add_argument("--check", action="store_true", help="hold blocks out and print scores by file")
    parser.add_argument("--hold", type=int, default=10, metavar="N", help="with --check: every Nth block (10)")
    options = parser.parse_args(arguments)
    lists = read_lists(options.sentences)
    options.output.mkdir(parents=True, exist_ok=True)
    for name, words in zip(LISTS, lists.lists, strict=True):
        (options.output / name).write_text("\n".join(sorted(words)) + "\n", "utf-8")
    learned: list[tuple[list[Sample], int]] = []
    kept: dict[str, list[list[Sample]]] = {}
    for path in (*sorted(options.corpora.glob("*.tsv.gz")), *sorted(options.sentences.glob("??.txt"))):
        own = path.suffix == ".txt"
        samples = read_sentences(path) if own else clean(read_corpus(path))
        for number, block in enumerate(blocks(samples)):
            if options.check and number % options.hold == options.hold - 1:
                kept.setdefault(path.name, []).append(block)
            else:
                learned.extend((block, repeat) for repeat in range(OWN_REPEATS if own else 1))
    random.Random(SEED).shuffle(learned)
    train(learned, lists, options.output / MODEL)
    (options.output / CHECKSUM).write_text(checksum(options.output) + "\n", "utf-8")
    _print_scores(Tagger.load(options.output), kept)
    return 0


def _print_scores(model: Tagger, kept: dict[str, list[list[Sample]]]) -> None:
    for name, parts in kept.items():
        right, found, gold = score(model, parts)
        print(f"{name:12} P {right / max(1, found):.3f} R {right / max(1, gold):.3f} n {gold}")


if __name__ == "__main__":
    sys.exit(main())
