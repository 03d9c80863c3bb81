"""Fixtures for every room: the folders of the person who runs the tests are never touched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from reader.analysis.analyzer import Analyzer
    from reader.workspace import Workspace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point home, XDG folders and Argos packages into the test's own folder; return the home."""
    folder = tmp_path / "home"
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(folder))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder / "packages"))
    return folder


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Make the application as the program does.

    There is one for all tests: those that write a PDF ask for it too (`qapp`), or the PDF would make a lesser one.
    """
    from PySide6.QtWidgets import QApplication

    QApplication.setStyle("Fusion")
    return QApplication


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """The real analysis; its models load once for all tests."""
    from reader.analysis.analyzer import Analyzer

    return Analyzer()


@pytest.fixture
def make_workspace(home: Path, analyzer: Analyzer) -> Iterator[Callable[[], Workspace]]:
    """Make workspaces over the test's own packages and cache, as a newly started program would."""
    from reader.translation.cache import TranslationCache
    from reader.translation.packages import PackageStore
    from reader.translation.service import TranslationService
    from reader.workspace import Workspace

    made: list[Workspace] = []

    def make() -> Workspace:
        store = PackageStore()
        made.append(Workspace(analyzer, TranslationService(store, TranslationCache(), 1), store, "en"))
        return made[-1]

    yield make
    for workspace in made:
        workspace.close()


@pytest.fixture
def workspace(make_workspace: Callable[[], Workspace]) -> Workspace:
    """One workspace without a package."""
    return make_workspace()


@pytest.fixture(scope="session")
def package_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real, tiny package ro → en."""
    from tests.support.argos_package import build_package

    return build_package(tmp_path_factory.mktemp("package"), "ro", "en")


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A folder with copies of the sample articles and their notes."""
    import shutil

    from reader.resources import resources_dir

    return shutil.copytree(resources_dir() / "samples", tmp_path / "samples")
