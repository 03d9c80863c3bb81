from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reader.translation.cache import TranslationCache
from reader.translation.folders import PackageDirs
from reader.translation.packages import PackageStore
from reader.translation.service import TranslationService
from tests.support.argos_package import build_package
from tests.support.web_server import Server

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


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def online(dirs: PackageDirs, server: Server, package_files: dict[str, Path]) -> PackageDirs:
    """Folders whose index is at the server, which offers ro → en and some nonsense."""
    server.files["/ro_en.argosmodel"] = package_files["ro_en"].read_bytes()
    pair = {"from_code": "ro", "to_code": "en", "from_name": "Romanian", "to_name": "English", "package_version": "1.0"}
    entries = [
        {**pair, "links": [server.url + "ro_en.argosmodel"]},
        {**pair, "from_code": "uk", "links": ["file:///etc/passwd", "ipfs://x"]},
        {**pair, "from_code": "../up", "links": [server.url]},
        {"type": "sbd", "from_codes": ["ro"], "links": [server.url]},
        {**pair, "package_version": 7},
        "nonsense",
    ]
    server.files["/index.json"] = json.dumps(entries).encode()
    return PackageDirs(dirs.install, dirs.search, dirs.record, dirs.index, server.url, dirs.downloads)
