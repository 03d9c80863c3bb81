"""Examine the installation: versions, packages and their hashes, folders and sizes, what is missing."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import platformdirs

from reader import __version__
from reader.analysis.analyzer import Analyzer
from reader.analysis.languages import known_languages, load_language
from reader.library.inventory import index_files
from reader.library.schema import index_folder
from reader.resources import resources_dir
from reader.settings import Settings
from reader.text import APPLICATION
from reader.text.errors import ReaderError, ResourceError
from reader.translation.cache import TranslationCache
from reader.translation.packages import PackageStore
from reader.translation.report import to_json

if TYPE_CHECKING:
    from reader.library.inventory import IndexFile

NEEDED = (
    "PySide6-Essentials",
    "argos-translate-lt",
    "ctranslate2",
    "sentencepiece",
    "lingua-language-detector",
    "python-crfsuite",
    "markdown",
    "platformdirs",
    "filelock",
    "rapidfuzz",
    "tomlkit",
    "anyascii",
    "python-docx",
    "jinja2",
)


def examine() -> dict[str, Any]:
    """Return what was found, ready for JSON; `problems` and `hints` are sentences for the user."""
    versions = {"reader": __version__, "python": platform.python_version()} | {name: _version(name) for name in NEEDED}
    problems = [
        f"{name} is not installed: run the installation again." for name, found in versions.items() if not found
    ]
    problems += _resource_problems()
    settings = Settings()
    problems += settings.problems
    store, cache = PackageStore(), TranslationCache()
    packages = store.verify()
    problems += [f"Package {each.label}: {each.problem}" for each in packages if each.problem]
    hints = []
    if not any(each.problem is None for each in packages):
        hints.append("No usable language package is installed: articles are shown without a translation.")
    stats = cache.stats()
    if cache.warning:
        problems.append(cache.warning)
    cache.close()
    return {
        "versions": versions,
        "places": {
            "resources": str(resources_dir()),
            "packages": str(store.dirs.install),
            "settings": str(settings.file),
            "data": platformdirs.user_data_dir(APPLICATION, appauthor=False),
            "cache": str(stats.path),
            "indexes": str(index_folder()),
        },
        "cache": {"sentences": stats.sentences, "size": stats.size},
        "indexes": [_index(each) for each in index_files()],
        "languages": list(known_languages()),
        "packages": [to_json(each) for each in packages],
        "problems": problems,
        "hints": hints,
    }


def _index(found: IndexFile) -> dict[str, Any]:
    return {
        "path": str(found.path),
        "folder": found.folder,
        "articles": found.articles,
        "analysed": found.analysed,
        "size": found.size,
        "remark": found.remark,
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _resource_problems() -> list[str]:
    """Load every language file and the parts of the analysis; return what is damaged."""
    problems = []
    for code in known_languages():
        try:
            load_language(code)
        except ResourceError as exc:
            problems.append(str(exc))
    try:
        problems += Analyzer().gaps()
    except ReaderError as exc:
        problems.append(str(exc))
    return problems
