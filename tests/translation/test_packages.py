from __future__ import annotations

import json
import os
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from reader.text.errors import PackageError, PackageMissing, PackageRefused, TranslationError
from reader.translation.folders import argos_dirs
from reader.translation.packages import PackageAlreadyInstalled, PackageStore
from tests.support.argos_package import build_package, write_package_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.translation.folders import PackageDirs


def rewritten(file: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Copy a package file with some members changed, or dropped where `change` returns None."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            content = change(member.filename, old.read(member))
            if content is not None:
                new.writestr(member, content)
    return target


def with_model(file: Path, target: Path, model: Callable[[bytes], bytes]) -> Path:
    return rewritten(file, target, lambda name, content: model(content) if name.endswith("model.bin") else content)


def untried(dirs: PackageDirs) -> PackageStore:
    """A store that installs without loading the model, for tests of other things."""
    return PackageStore(dirs, try_out=lambda _: None)


def test_an_installed_package_is_listed_with_its_pair_version_size_and_hash(
    store: PackageStore, package_files: dict[str, Path]
):
    installed = store.install(package_files["ro_en"])
    assert store.installed() == (installed,)
    assert (installed.from_code, installed.to_code, installed.version) == ("ro", "en", "1.0")
    assert installed.size > 100_000
    assert len(installed.sha256) == 64
    assert installed.problem is None


def test_argos_itself_reads_what_was_installed(store: PackageStore, package_files: dict[str, Path]):
    from argostranslate.package import Package

    installed = store.install(package_files["ro_en"])
    folders = list(store.dirs.install.iterdir())
    assert folders == [installed.path]
    assert Package(folders[0]).from_code == "ro"


def test_installing_leaves_no_staging_behind(store: PackageStore, package_files: dict[str, Path]):
    store.install(package_files["ro_en"])
    assert not [path for path in store.dirs.install.parent.iterdir() if path.is_dir() and path != store.dirs.install]


def test_a_package_without_model_or_tokenizer_is_listed_as_broken(dirs: PackageDirs):
    first = write_package_folder(dirs.install / "a", "ro", "en")
    (first / "model" / "model.bin").unlink()
    second = write_package_folder(dirs.install / "b", "uk", "en")
    (second / "sentencepiece.model").unlink()
    problems = {package.from_code: package.problem for package in PackageStore(dirs).installed()}
    assert "model.bin" in (problems["ro"] or "")
    assert "tokenizer" in (problems["uk"] or "")


def test_packages_of_another_kind_are_left_out(dirs: PackageDirs):
    folder = write_package_folder(dirs.install / "sbd")
    (folder / "metadata.json").write_text('{"type": "sbd", "from_codes": ["ro"]}')
    assert PackageStore(dirs).installed() == ()


def test_a_package_folder_that_does_not_exist_is_an_empty_list(store: PackageStore):
    assert store.installed() == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "no metadata.json"), (b"[]", "holds no fields"), (b'{"from_code": "ro"}', "no pair of languages")],
)
def test_a_file_with_wrong_metadata_is_refused(
    store: PackageStore, package_files: dict[str, Path], tmp_path: Path, content: bytes | None, words: str
):
    file = rewritten(
        package_files["ro_en"],
        tmp_path / "bad.argosmodel",
        lambda name, old: content if name.endswith("metadata.json") else old,
    )
    with pytest.raises(PackageRefused, match=words):
        store.install(file)


def test_an_installed_pair_is_replaced_only_when_asked(
    dirs: PackageDirs, package_files: dict[str, Path], tmp_path: Path
):
    store = untried(dirs)
    old = store.install(package_files["ro_en"])
    newer = build_package(tmp_path, "ro", "en", seed=9, version="1.1")
    with pytest.raises(PackageAlreadyInstalled) as caught:
        store.install(newer)
    assert (caught.value.installed.version, caught.value.offered.version) == ("1.0", "1.1")
    assert store.installed() == (old,)
    store.install(newer, replace=True)
    assert [package.version for package in store.installed()] == ["1.1"]


def test_a_replacement_that_does_not_work_leaves_the_old_package_in_use(
    store: PackageStore, package_files: dict[str, Path], tmp_path: Path
):
    old = store.install(package_files["ro_en"])
    bad = with_model(package_files["ro_en"], tmp_path / "bad.argosmodel", lambda model: model[:1000])
    with pytest.raises(PackageRefused):
        store.install(bad, replace=True)
    assert store.installed() == (old,)


def test_the_old_package_comes_back_when_the_new_one_cannot_be_moved_in(
    dirs: PackageDirs, package_files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
):
    store = untried(dirs)
    old = store.install(package_files["ro_en"])
    rename = os.replace

    def fails_for_the_new_one(source: Path, target: Path) -> None:
        if "new" in source.parts:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "replace", fails_for_the_new_one)
    with pytest.raises(PackageError, match="What was installed is kept"):
        store.install(package_files["ro_en"], replace=True)
    assert store.installed() == (old,)


def test_a_package_moved_aside_by_a_killed_installation_comes_back(dirs: PackageDirs, package_files: dict[str, Path]):
    store = untried(dirs)
    old = store.install(package_files["ro_en"])
    aside = dirs.install.parent / ".parallel-reader-abc" / "old"
    aside.mkdir(parents=True)
    shutil.move(old.path, aside)
    store.install(package_files["uk_en"])
    assert [package.label for package in store.installed()] == ["ro → en 1.0", "uk → en 1.0"]


def test_a_folder_that_cannot_be_written_is_said(dirs: PackageDirs, package_files: dict[str, Path]):
    dirs.install.parent.mkdir(parents=True)
    dirs.install.write_text("a file where the folder should be")
    with pytest.raises(PackageError, match="can't be changed"):
        untried(dirs).install(package_files["ro_en"])


def test_a_package_updated_by_another_program_is_no_damage(dirs: PackageDirs, package_files: dict[str, Path]):
    store = untried(dirs)
    path = store.install(package_files["ro_en"]).path
    shutil.rmtree(path)
    write_package_folder(path, "ro", "en", seed=5, version="1.2")
    assert store.installed()[0].problem is None


def test_a_damaged_hash_record_costs_only_the_memory_of_old_hashes(dirs: PackageDirs, package_files: dict[str, Path]):
    untried(dirs).install(package_files["ro_en"])
    for content in (b"", b"[]", b'{"x": {"files": 3}}', b"\xff"):
        dirs.record.write_bytes(content)
        assert PackageStore(dirs).installed()[0].problem is None


def test_removing_a_pair_takes_its_folder_away(dirs: PackageDirs, package_files: dict[str, Path]):
    store = untried(dirs)
    store.install(package_files["ro_en"])
    store.install(package_files["uk_en"])
    store.remove("ro", "en")
    assert [path.name for path in dirs.install.iterdir()] == ["translate-uk_en-1_0"]
    with pytest.raises(PackageMissing, match="nothing to remove"):
        store.remove("ro", "en")


def test_a_broken_package_can_be_removed(dirs: PackageDirs):
    (dirs.install / "stray").mkdir(parents=True)
    store = PackageStore(dirs)
    store.remove_package(store.installed()[0])
    assert store.installed() == ()


def test_the_newest_working_package_of_a_pair_is_used(dirs: PackageDirs):
    for i, version in enumerate(("1.9", "1.10", "1.2")):
        write_package_folder(dirs.install / f"p{i}", "ro", "en", version=version)
    assert PackageStore(dirs).route("ro", "en").version == "1.10"


def test_a_pair_without_a_package_goes_through_english(stocked: PackageStore):
    route = stocked.route("ro", "it")
    assert route.via == "en"
    assert (route.from_code, route.to_code) == ("ro", "it")
    assert len(route.sha256.split("+")) == 2
    assert stocked.route("ro", "en").via is None


def test_a_missing_package_is_named_with_what_to_do(stocked: PackageStore):
    with pytest.raises(PackageMissing, match=r"bg.* → en .*\.argosmodel") as caught:
        stocked.route("bg", "en")
    assert "\n" not in str(caught.value)
    with pytest.raises(PackageMissing, match="bg → it or bg → en"):
        stocked.route("bg", "it")


def test_a_text_already_in_the_language_asked_for_is_said_so(stocked: PackageStore):
    with pytest.raises(TranslationError, match="already in"):
        stocked.route("en", "en")


def test_the_cache_key_of_a_route_changes_with_the_target_prefix(dirs: PackageDirs):
    folder = write_package_folder(dirs.install / "p")
    before = PackageStore(dirs).route("ro", "en").key
    metadata = json.loads((folder / "metadata.json").read_bytes())
    (folder / "metadata.json").write_text(json.dumps({**metadata, "target_prefix": ">>eng<<"}))
    assert PackageStore(dirs).route("ro", "en").key != before


def test_folders_follow_the_environment_then_the_settings_then_xdg(tmp_path: Path):
    environ = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("DATA", "CONFIG", "CACHE")}
    assert argos_dirs(environ).install == tmp_path / "DATA" / "argos-translate" / "packages"
    settings = tmp_path / "CONFIG" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"ARGOS_PACKAGES_DIR": "/from/settings"}))
    assert str(argos_dirs(environ).install) == "/from/settings"
    assert str(argos_dirs({**environ, "ARGOS_PACKAGES_DIR": "/from/environ"}).install) == "/from/environ"
    settings.write_text("{")
    assert argos_dirs(environ).install == tmp_path / "DATA" / "argos-translate" / "packages"


def test_folders_are_those_of_argos_itself(tmp_path: Path):
    import subprocess
    import sys

    environ = {**os.environ, **{f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("DATA", "CONFIG", "CACHE")}}
    environ.pop("ARGOS_PACKAGES_DIR", None)
    code = (
        "from argostranslate import settings as s;"
        "print(s.package_data_dir, s.local_package_index, s.downloads_dir, sep='|')"
    )
    theirs = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    ours = argos_dirs(environ)
    assert theirs.stdout.strip() == f"{ours.install}|{ours.index}|{ours.downloads}"
