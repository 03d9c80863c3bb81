"""A copy of the reader's resources for the analysis, to be damaged, and the ways in which they are."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from reader.resources import resources_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def _edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")

    return damage


def _cut(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:1000]) and None


def _garbage(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(bytes(range(256)) * 40) and None


def _missing(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


ROMANIAN, MODEL = "languages/ro.toml", "models/people.crfsuite"
# how something is damaged, and words of the message that must name it
DAMAGES = {
    "language: unknown key": (
        _edited(ROMANIAN, "[speech]\nverbs", "[speech]\nverb"),
        "ro.toml has an error: “speech.verb”",
    ),
    "language: wrong type": (
        _edited(ROMANIAN, "dialogue_dash = true", 'dialogue_dash = "yes"'),
        "“quotes.dialogue_dash”",
    ),
    "language: bad pair": (_edited(ROMANIAN, 'pairs = ["„”"', 'pairs = ["„"'), "ro.toml has an error: “quotes.pairs”"),
    "language: no TOML": (_edited(ROMANIAN, "[quotes]", "[quotes"), "ro.toml can't be read"),
    "default language: garbage": (_garbage("languages/default.toml"), "default.toml can't be read"),
    "model: missing": (_missing(MODEL), "people.crfsuite) is missing or damaged: people are not marked"),
    "model: cut": (_cut(MODEL), "people.crfsuite) is missing or damaged: people are not marked"),
    "model: garbage": (_garbage(MODEL), "people.crfsuite) is missing or damaged: people are not marked"),
    "figures: missing": (_missing("public_figures.tsv"), "public_figures.tsv"),
    "romanisation: missing": (_missing("romanisation.toml"), "romanisation.toml"),
    "given names: missing": (_missing("given_names.tsv"), "given_names.tsv"),
}
NOT_NEEDED = ("default.toml", "romanisation.toml")  # by an article in Romanian, so it says nothing of them


def copy_resources(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the analysis read a copy of its resources; `forget` must follow, and again at the end."""
    copy = folder / "resources"
    shutil.copytree(resources_dir(), copy, ignore=shutil.ignore_patterns("samples", "training", "icons"))
    for name, module in list(sys.modules.items()):
        if name.startswith("reader.analysis.") and hasattr(module, "resources_dir"):
            monkeypatch.setattr(module, "resources_dir", lambda: copy)
    return copy


def forget() -> None:
    """Empty every cache of the analysis."""
    for name, module in list(sys.modules.items()):
        if name.startswith("reader.analysis."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
