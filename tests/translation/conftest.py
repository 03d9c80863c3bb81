from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.translation.cache import TranslationCache
from reader.translation.folders import PackageDirs
from reader.translation.packages import PackageStore
from reader.translation.service import TranslationService
from tests.support.argos_package import build_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def package_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Package files by pair: ro_en, en_it, uk_en."""
    folder = tmp_path_factory.mktemp("packages")
    return {
        f"{a}_{b}": build_package(folder, a, b, seed=i)
        for i, (a, b) in enumerate((("ro", "en"), ("en", "it"), ("uk", "en")), 1)
    }


def make_dirs(folder: Path) -> PackageDirs:
    install = folder / "argos" / "packages"
    return PackageDirs(
        install, (install,), folder / "record.json", folder / "index.json", "http://127.0.0.1:9/", folder / "downloads"
    )


@pytest.fixture
def dirs(tmp_path: Path) -> PackageDirs:
    return make_dirs(tmp_path)


@pytest.fixture
def store(dirs: PackageDirs) -> PackageStore:
    """A store without packages."""
    return PackageStore(dirs)


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory, package_files: dict[str, Path]) -> PackageStore:
    """A store with ro → en and en → it; tests leave it as it is."""
    store = PackageStore(make_dirs(tmp_path_factory.mktemp("stocked")))
    store.install(package_files["ro_en"])
    store.install(package_files["en_it"])
    return store


@pytest.fixture
def service(stocked: PackageStore, tmp_path: Path) -> Iterator[TranslationService]:
    """A service with an empty cache."""
    cache = TranslationCache(tmp_path / "cache.sqlite")
    service = TranslationService(stocked, cache, threads=2)
    yield service
    service.close()
    cache.close()
