"""Learn the weights of who says what, `resources/models/speakers.json`, from the articles of tests/gold/dev.

    python -m tests.benchmarks.train_speakers            cross-validate by article, then write the model
    python -m tests.benchmarks.train_speakers --by lang  cross-validate by language instead

The rules and words that a feature tells of were improved on the same articles, so that they look better there than
they are. Each article is therefore read with language files that lack the words which occur in no other article of
the set: a model learned so knows how often the rules are wrong. It is learned twice, the second time with the
speakers that the first gives the quotes before. Same articles, same bytes. Needs numpy.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reader.analysis.analyzer import Analyzer
from reader.analysis.cues import split_words
from reader.analysis.languages import load_language
from reader.analysis.speakers import attribute
from reader.analysis.weighing import Model, Scales
from reader.articles.reading import read_article
from reader.resources import resources_dir

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.analysis.languages import Language
    from reader.analysis.results import Analysis, Mention, Quote
    from reader.analysis.weighing import Rules, Where
    from reader.articles.article import Paragraph

DEV = Path(__file__).parents[1] / "gold/dev"
MODEL = resources_dir() / "models/speakers.json"
OPEN = ("verbs", "according", "same_source", "unnamed", "organisations", "leaders", "thus", "answers")
LONGEST = 5  # words of a phrase
WITHOUT = (1.0, 0.7)  # shares of an article's own words that are left out, one reading each
PENALTY = 10.0
TRUST = 3.0  # the weight that a rule's answer has before anything is learned
NOBODY_SAID = ("nobody:organisation:none", "nobody:unnamed:none")  # rules' answers too
STEPS = 150
NOBODY = 0.55  # share from which on a quote is given to nobody
FOLDS = 5
LEAST = 0.02  # weights nearer to nothing are left out

Features = dict[str | None, list[str]]
Example = tuple[Features, str | None]


@dataclass(slots=True)
class Marked:
    """An article up to the question who speaks, the speakers marked in it, and its languages, one dict a reading."""

    name: str
    text: str
    found: Analysis
    gold: dict[str, Any]
    people: dict[str, str]  # names found, and as marked
    words: dict[str, Language]
    readings: list[dict[str, Language]] = field(default_factory=list)

    def attribute(self, reading: int | None, model: Model | None, scales: type[Scales] = Scales) -> tuple[Quote, ...]:
        """Return the quotes with their speakers; without a reading, with all words."""
        words = self.words if reading is None else self.readings[reading]

        def words_of(paragraph: Paragraph) -> Language:
            return words[paragraph.language or self.found.language.code]

        found = self.found
        parts = self.text, found.sentences, found.paragraphs, found.quotes, found.people
        return attribute(*parts, words_of, model, scales)


def read_articles(folder: Path) -> list[Marked]:
    """Analyse a set up to the question who speaks."""
    analyzer, marked = Analyzer(), []
    for path in sorted(folder.glob("*.txt")):
        gold = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
        article = read_article(path)
        found = analyzer.analyze(article)
        codes = {paragraph.language or found.language.code for paragraph in found.paragraphs}
        words = {code: load_language(code) for code in codes}
        marked.append(Marked(path.name, article.text, found, gold, _as_marked(gold, found.people), words))
    own = _own_phrases(marked)
    for each in marked:
        for share in WITHOUT:
            chance = random.Random(f"{each.name} {share}")
            lacking = {code: _without(each.words[code], own[each.name], chance, share) for code in sorted(each.words)}
            each.readings.append(lacking)
    return marked


def _as_marked(gold: dict[str, Any], mentions: Sequence[Mention]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        for person in gold["people"]:
            if mention.span.start < person["end"] and person["start"] < mention.span.end:
                votes[mention.person][person["person"]] += 1
    return {person: counted.most_common(1)[0][0] for person, counted in votes.items()}


def _own_phrases(marked: Iterable[Marked]) -> dict[str, set[str]]:
    """Return, by article, the phrases that no other article of its language has."""
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in marked:
        words = [word.folded for word in split_words(article.text, 0, len(article.text))]
        for size in range(1, LONGEST + 1):
            for first in range(len(words) - size + 1):
                where[article.name[:2], " ".join(words[first : first + size])].add(article.name)
    own: dict[str, set[str]] = defaultdict(set)
    for (_, phrase), names in where.items():
        if len(names) == 1:
            own[next(iter(names))].add(phrase)
    return own


def _without(language: Language, own: set[str], chance: random.Random, share: float) -> Language:
    def cut(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in words if word not in own or chance.random() >= share)

    fewer: dict[str, Any] = {name: cut(getattr(language.speech, name)) for name in OPEN}
    names = replace(language.names, titles=cut(language.names.titles))
    return replace(language, speech=replace(language.speech, **fewer), names=names)


def examples(article: Marked, reading: int, model: Model) -> list[Example]:
    """Return the features of every quote that is weighed, and who of the candidates is marked as its speaker."""
    wanted = {(q["start"], q["end"]): q["speaker"] for q in article.gold["quotes"] if not q["scare"]}
    found: list[Example] = []

    class Watched(Scales):
        def features(self, quote: Quote, where: Where, rules: Rules) -> Features:
            features = super().features(quote, where, rules)
            span = quote.span.start, quote.span.end
            if span in wanted:
                named = [person for person in features if person and article.people.get(person, "") == wanted[span]]
                if named or wanted[span] is None:
                    found.append((features, named[0] if named else None))
            return features

    article.attribute(reading, model, Watched)
    return found


class _Trusting(dict[str, float]):
    """Weights with which whatever the rules say is said."""

    def get(self, name: str, default: Any = 0.0) -> Any:
        return 8.0 if name.startswith("rules:") else 4.0 if name.endswith(":none") else default


def learn(articles: Sequence[Marked]) -> Model:
    """Return the model learned from some articles."""
    model = Model(_Trusting(), 0.5)
    for _ in range(2):
        found = [each for a in articles for reading in range(len(WITHOUT)) for each in examples(a, reading, model)]
        model = Model(fit(found, 1 / len(WITHOUT)), NOBODY)
    return model


def fit(found: Sequence[Example], share: float) -> dict[str, float]:
    """Return the weights under which the marked speakers are likeliest, by gradient with a step for each weight."""
    numbers: dict[str, int] = {}
    features: list[int] = []
    candidate_of: list[int] = []  # by feature
    example_of: list[int] = []  # by candidate
    right: list[int] = []
    for number, (candidates, person) in enumerate(found):
        for candidate, names in candidates.items():
            if candidate == person:
                right.append(len(example_of))
            features += [numbers.setdefault(name, len(numbers)) for name in names]
            candidate_of += [len(example_of)] * len(names)
            example_of.append(number)
    feature, of, example = np.array(features), np.array(candidate_of), np.array(example_of)
    usual = np.array([TRUST if name.startswith("rules:") or name in NOBODY_SAID else 0.0 for name in numbers])
    weights, step, before = usual.copy(), np.full(len(numbers), 0.1), np.zeros(len(numbers))
    for _ in range(STEPS):
        scores = np.bincount(of, weights[feature], len(example))
        top = np.full(len(found), -np.inf)
        np.maximum.at(top, example, scores)
        parts = np.exp(scores - top[example])
        wrong = share * parts / np.bincount(example, parts)[example]
        wrong[right] -= share
        slope = np.bincount(feature, wrong[of], len(numbers)) + PENALTY * (weights - usual)
        step *= np.where(slope * before > 0, 1.2, np.where(slope * before < 0, 0.5, 1.0))
        step = np.minimum(step, 0.5)
        weights -= np.sign(slope) * step
        before = slope
    return {name: round(float(weights[number]), 3) for name, number in sorted(numbers.items())}


def judge(articles: Iterable[Marked], reading: int | None, model: Model | None) -> Counter[tuple[str, bool]]:
    """Count the quotes by whether a speaker is marked, and whether what was found is right."""
    counted: Counter[tuple[str, bool]] = Counter()
    for article in articles:
        said = {(q.span.start, q.span.end): q.speaker for q in article.attribute(reading, model)}
        for quote in article.gold["quotes"]:
            if not quote["scare"]:
                speaker = said.get((quote["start"], quote["end"]))
                name = article.people.get(speaker.person, speaker.person) if speaker else None
                column = "abstain" if quote["speaker"] is None else "speakers"
                counted[column, name == quote["speaker"]] += 1
    return counted


def validate(articles: Sequence[Marked], fold_of: dict[str, str]) -> Iterator[str]:
    """Yield lines that compare the rules with models learned from the other folds."""
    totals: dict[tuple[str, str], Counter[tuple[str, bool]]] = defaultdict(Counter)
    for fold in sorted(set(fold_of.values())):
        model = learn([article for article in articles if fold_of[article.name] != fold])
        held = [article for article in articles if fold_of[article.name] == fold]
        for words, reading in (("own words left out", 0), ("all words", None)):
            totals["rules", words] += judge(held, reading, None)
            totals["model", words] += judge(held, reading, model)
    for (who, words), counted in totals.items():
        yield f"{who}, {words}: " + ", ".join(
            f"{column} {counted[column, True] / max(1, counted[column, True] + counted[column, False]):.3f}"
            for column in ("speakers", "abstain")
        )


def main() -> None:
    """Cross-validate, learn from all, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by", choices=("article", "lang"), default="article")
    parser.add_argument("--write", action="store_true", help="write the model without cross-validation")
    wants = parser.parse_args()
    articles = read_articles(DEV)
    if not wants.write:
        order = sorted(article.name for article in articles)
        random.Random(1).shuffle(order)
        fold_of = {name: name[:2] if wants.by == "lang" else str(i % FOLDS) for i, name in enumerate(order)}
        print("\n".join(validate(articles, fold_of)))
    model = learn(articles)
    weights = {name: weight for name, weight in model.weights.items() if abs(weight) >= LEAST}
    MODEL.write_text(json.dumps({"nobody": NOBODY, "weights": weights}, indent=0, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(weights)} weights in {MODEL.name}, from {len(articles)} articles")


if __name__ == "__main__":
    main()
