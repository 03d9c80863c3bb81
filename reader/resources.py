"""Find the reader's own files: in the checkout, or inside the installed package."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from reader.text.errors import ResourceError


@cache
def resources_dir() -> Path:
    """Return the folder that holds languages, samples, icons, models and themes.

    Raises `ResourceError` where neither place has it: the installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "_resources", here.parent / "resources"):
        if folder.is_dir():
            return folder
    raise ResourceError("The reader's resources folder is missing: install the reader again.", here)


def language_name(code: str) -> str:
    """Return a language's English name; of a code that has none in `language_names.toml`, the code."""
    return _language_names().get(code, code)


@cache
def _language_names() -> dict[str, str]:
    try:
        return tomllib.loads((resources_dir() / "language_names.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # a code says enough
