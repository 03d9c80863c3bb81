"""What a person looks like in one article, and what two such looks must share to be compared at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.display import Figures
from reader.analysis.grammar import grammar_of
from reader.analysis.languages import load_language
from reader.analysis.names import parse
from reader.library.tokens import bones_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.analysis.results import Mention

COPIES = 3
"""How often a spelling may count when a person's display name is chosen."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A person as some articles have it: the language, the spellings, and the name where a person gave it."""

    language: str
    spellings: tuple[str, ...]
    manual: str = ""


def keys_of(language: str, spellings: tuple[str, ...]) -> tuple[str, ...]:
    """Return what persons must share to be compared: a surname's consonants, or a public figure."""
    grammar = grammar_of(load_language(language))
    names = [parse(text, grammar) for text in spellings]
    full = [name for name in names if name.given is not None] or names
    heard = {sound for name in full for sound in (*name.surname.sounds, *name.surname.stems[:2])}
    keys = {bones for sound in heard for bones in bones_of(sound)}
    figure = _figures().of(full)
    return tuple(sorted(keys | ({f"figure {figure}"} if figure else set())))


def person_of(mentions: Iterable[Mention]) -> str | None:
    """Return whom linked mentions of one look name: what its fullest spelling means; None where none is left."""
    fullest = max(mentions, key=lambda mention: (len(mention.text.split()), mention.text), default=None)
    return fullest.person if fullest else None


@cache
def _figures() -> Figures:
    """Return the public figures: to look for their file takes longer than to look for one of them."""
    return Figures.load()
