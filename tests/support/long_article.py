"""A long article, all that is found in it without the real analysis, and translations that are there at once."""

from __future__ import annotations

import random
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from reader.analysis.results import Analysis, Identity, LanguageGuess, Mention, Quote, Speaker
from reader.text.span import Span
from reader.translation.package import InstalledPackage, Route
from reader.translation.service import Translation
from tests.support.pages import analysis_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.analysis.identities import Edit
    from reader.articles.article import Article

WORDS = (
    *("podul", "orașul", "primarul", "lucrările", "luna", "oameni"),
    *("drumul", "școala", "piața", "râul", "nou", "vechi"),
)
NAMES = ("Andrei Voicu", "Maria Petrescu", "Radu Munteanu", "Ioana Lupu", "Mihai Crețu")


def generated(words: int, seed: int = 3) -> str:
    """Return an article of paragraphs, quotes and names."""
    dice = random.Random(seed)

    def sentence() -> str:
        chosen = dice.choices(WORDS, k=dice.randint(6, 22))
        chosen[0] = chosen[0].capitalize()
        if dice.random() < 0.15:
            return f"„{' '.join(chosen)}”, a declarat {dice.choice(NAMES)}."
        if dice.random() < 0.1:
            chosen.insert(3, dice.choice(NAMES))
        return " ".join(chosen) + "."

    paragraphs, count = ["Un titlu"], 0
    while count < words:
        paragraphs.append(" ".join(sentence() for _ in range(dice.randint(2, 7))))
        count += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs) + "\n"


BEGINS_AFTER = 0.3


class QuickAnalyzer:
    """Finds in a generated article what was put into it, and takes no longer than the text needs to be on screen."""

    def analyze(self, article: Article, language: str | None = None) -> Analysis:
        """Return sentences, quotes with their speakers, and names."""
        threading.Event().wait(BEGINS_AFTER)  # the real analysis of a long article takes seconds
        plain, text = analysis_of(article, language or "ro"), article.text
        people = tuple(
            Mention(Span(*found.span()), found.group(), found.group(), 0.9, "a name of the list")
            for found in re.finditer("|".join(NAMES), text)
        )
        quotes = tuple(
            Quote(Span(*found.span(1)), Span(*found.span()), "„", "”", speaker=Speaker(found.group(2), None, 0.9))
            for found in re.finditer(r"„([^”]*)”, a declarat ([^.]*)", text)
        )
        identities = tuple(Identity(name, (name,), 1) for name in NAMES)
        guess = LanguageGuess(language or "ro", 1.0)
        return Analysis(guess, plain.paragraphs, plain.title, plain.sentences, quotes, people, identities)

    def link(self, analyses: Sequence[Analysis], edits: Sequence[Edit] = ()) -> tuple[Analysis, ...]:
        """Return the analyses with the names that edits give."""
        named = {name: edit.person or name for edit in edits for name in edit.names}
        return tuple(
            Analysis(
                *(each.language, each.paragraphs, each.title, each.sentences, each.quotes),
                tuple(
                    Mention(one.span, one.text, named.get(one.text, one.person), one.confidence, one.evidence)
                    for one in each.people
                ),
            )
            for each in analyses
        )

    def gaps(self) -> tuple[str, ...]:
        """Return nothing: there is no model to be damaged."""
        return ()

    def close(self) -> None:
        """Hold nothing."""


class QuickTranslations:
    """Translates word by word, as fast as a cache; the names stay as they are."""

    def route(self, from_code: str, to_code: str) -> Route:
        """Return a route of a package that nobody asks for."""
        return Route((InstalledPackage(Path("quick"), from_code, to_code, "1.0"),))

    def cached(self, route: Route, texts: Sequence[str], names: object = None) -> list[Translation | None]:
        """Know nothing."""
        return [None] * len(texts)

    def translate(
        self,
        route: Route,
        texts: Sequence[str],
        *,
        order: Callable[[], Sequence[int]] | None = None,
        names: object = None,
        progress: object = None,
    ) -> Iterator[tuple[int, Translation]]:
        """Yield the translations of all sentences in their order."""
        for number, text in enumerate(texts):
            words = (word if word[0].isupper() else f"{word[:4]}{route.to_code}" for word in text.split())
            yield number, Translation(" ".join(words).replace("„", "“"), -0.1)

    def close(self) -> None:
        """Hold nothing."""
