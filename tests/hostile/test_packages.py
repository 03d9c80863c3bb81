"""Cases 61 to 67: hostile and damaged packages, and an engine that crashes."""

from __future__ import annotations

import os
import signal
import stat
import struct
import sys
import warnings
import zipfile
from typing import TYPE_CHECKING

import pytest

from reader.text.errors import PackageBroken, PackageRefused, TranslationError
from reader.translation import archive
from reader.translation.cache import TranslationCache
from reader.translation.packages import PackageAlreadyInstalled, PackageStore
from reader.translation.service import TranslationService
from reader.workspace import Workspace
from tests.support.argos_package import write_package_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reader.analysis.analyzer import Analyzer

PARAGRAPH = "Primarul Radu Munteanu a spus că lucrările numărul {} vor începe în luna aprilie și vor dura doi ani."
ARTICLE = "\n\n".join(PARAGRAPH.format(number) for number in range(60))


@pytest.fixture
def store(home: Path) -> PackageStore:
    """A store with uk → en: whatever happens to another package, it must stay."""
    write_package_folder(home / "packages" / "uk_en", "uk", "en")
    return PackageStore()


def zipped(path: Path, members: list[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")  # it warns of the duplicates that we mean
        for name, content in members:
            file.writestr(name, content)
    return path


def special(name: str, kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return info


def rewritten(file: Path, target: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Copy a package file with one member changed."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(member, change(content) if member.filename.endswith(name) else content)
    return target


def refused(store: PackageStore, file: Path, words: str) -> PackageRefused:
    """Install, expect a refusal in one line that says `words`; nothing is left and the others are still there."""
    with pytest.raises(PackageRefused, match=words) as caught:
        store.install(file)
    assert "\n" not in str(caught.value)
    assert [package.label for package in store.installed()] == ["uk → en 1.0"]
    beside = store.dirs.install.parent
    assert [path for path in beside.glob(".parallel-reader-*") if path.is_dir()] == []
    return caught.value


# -- 61, 62, 63: the archive -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("../outside", "top/../../outside", "/etc/outside", "C:\\outside", "C:/outside", "top\\..\\outside"),
        *("\\\\server\\outside", "top/a:stream", "top/line\nbreak", ".."),
    ],
)
def test_61_a_member_that_would_leave_the_folder_is_refused_before_extraction(
    store: PackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}"), (name, b"evil")])
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # extraction would fail here
    refused(store, file, "outside its folder")
    assert not list(tmp_path.rglob("outside"))


def test_62_a_zip_bomb_is_refused_by_the_size_it_states(store: PackageStore, tmp_path: Path):
    refused(store, zipped(tmp_path / "p.argosmodel", [("top/model", bytes(40 * 1024**2))]), "unreasonable size")


def test_62_a_zip_bomb_that_lies_about_its_size_is_stopped_and_its_staging_removed(
    store: PackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = zipped(tmp_path / "p.argosmodel", [("top/model", bytes(3 * 1024**2))])
    monkeypatch.setattr(archive, "_SMALL", 1024**2)
    monkeypatch.setattr(archive, "_check_members", lambda *_: "top")  # as if the stated sizes had been small
    refused(store, file, "unreasonable size")


def test_62_too_many_members_are_refused(store: PackageStore, tmp_path: Path):
    file = zipped(tmp_path / "p.argosmodel", [(f"top/{i}", b"") for i in range(archive.MAX_MEMBERS + 1)])
    refused(store, file, "far more files")


def test_62_a_list_of_a_million_members_is_refused_unread(
    store: PackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}")])
    content = bytearray(file.read_bytes())
    struct.pack_into("<I", content, content.rindex(b"PK\x05\x06") + 12, 80_000_000)
    file.write_bytes(content)
    monkeypatch.setattr(zipfile, "is_zipfile", lambda _: True)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # reading the list would fail here
    refused(store, file, "far more files")


def test_62_an_encrypted_package_is_refused(store: PackageStore, tmp_path: Path):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}")])
    content = bytearray(file.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    refused(store, file, "encrypted")


def test_62_a_member_with_a_bad_checksum_is_refused_and_its_staging_removed(store: PackageStore, tmp_path: Path):
    file = tmp_path / "p.argosmodel"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as whole:
        whole.writestr("top/model", b"words " * 1000)
    content = bytearray(file.read_bytes())
    content[2000] ^= 1
    file.write_bytes(content)
    refused(store, file, "damaged")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: b"<!DOCTYPE html><title>404</title>",
        lambda content: content[: len(content) // 2],
        lambda content: bytes(len(content)),
    ],
    ids=["empty", "html", "cut off", "zeros"],
)
def test_62_a_file_that_is_no_zip_gets_one_clear_line(
    store: PackageStore, tmp_path: Path, spoil: Callable[[bytes], bytes]
):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}" * 100)])
    file.write_bytes(spoil(file.read_bytes()))
    refused(store, file, r"“p.argosmodel” is no Argos package")


def test_62_a_missing_file_is_refused(store: PackageStore, tmp_path: Path):
    refused(store, tmp_path / "gone.argosmodel", r"“gone.argosmodel” is not there")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR], ids=["link", "pipe", "device"])
def test_63_links_and_devices_are_refused(store: PackageStore, tmp_path: Path, kind: int):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}"), (special("top/model", kind), b"/etc")])
    refused(store, file, "link or another special file")


@pytest.mark.parametrize("twin", ["top/metadata.json", "top/Metadata.JSON", "top//metadata.json"])
def test_63_a_member_that_stands_twice_is_refused(store: PackageStore, tmp_path: Path, twin: str):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}"), (twin, b"[]")])
    refused(store, file, "twice")


@pytest.mark.parametrize("members", [["a/x", "b/x"], ["metadata.json", "model"], ["metadata.json"], []])
def test_63_anything_but_one_folder_is_refused(store: PackageStore, tmp_path: Path, members: list[str]):
    refused(store, zipped(tmp_path / "p.argosmodel", [(name, b"x") for name in members]), "one folder")


def test_63_the_name_of_an_installed_package_is_asked_about(home: Path, package_file: Path):
    store = PackageStore()
    old = store.install(package_file)
    with pytest.raises(PackageAlreadyInstalled, match="installed already") as caught:
        store.install(package_file)
    assert caught.value.installed == old
    assert store.installed() == (old,)


def test_63_a_package_for_other_languages_under_an_installed_folders_name_replaces_nothing(
    home: Path, package_file: Path, tmp_path: Path
):
    store = PackageStore()
    old = store.install(package_file)
    twin = rewritten(
        package_file, tmp_path / "twin.argosmodel", "metadata.json", lambda old: old.replace(b'"ro"', b'"it"')
    )
    store.install(twin)
    assert [package.label for package in store.installed()] == ["it → en 1.0", "ro → en 1.0"]
    assert old in store.installed()


# -- 64, 65, 66: what is installed -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "metadata",
    [
        *(None, b"", b"not json", b"[]", b'"ro"', b'{"from_code": 5}', b"{}"),
        *(b'{"from_code": "../x", "to_code": "en"}', b"[" * 100_000),
    ],
    ids=["none", "empty", "no json", "list", "string", "wrong type", "no fields", "path as code", "deep"],
)
def test_64_a_folder_without_sound_metadata_is_listed_with_its_problem_and_hides_no_other(
    store: PackageStore, metadata: bytes | None
):
    broken = store.dirs.install / "broken"
    broken.mkdir()
    if metadata is not None:
        (broken / "metadata.json").write_bytes(metadata)
    found = {package.path.name: package.problem for package in store.installed()}
    assert found["uk_en"] is None
    assert "metadata.json" in (found["broken"] or "")
    assert store.route("uk", "en").packages[0].path.name == "uk_en"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda model: model[: len(model) // 2],
        lambda model: model[:40],
        lambda model: bytes(len(model)),
        lambda model: b"<!DOCTYPE html><title>404</title>",
    ],
    ids=["half", "header", "zeros", "html"],
)
def test_65_a_package_whose_model_does_not_load_is_named_and_not_installed(
    store: PackageStore, package_file: Path, tmp_path: Path, spoil: Callable[[bytes], bytes]
):
    file = rewritten(package_file, tmp_path / "bad.argosmodel", "model.bin", spoil)
    refused(store, file, r"ro → en 1\.0 was not installed")


@pytest.mark.parametrize(
    "spoiled", ["model/model.bin", "sentencepiece.model", "model/config.json", "model/shared_vocabulary.json"]
)
def test_65_a_package_found_damaged_is_named_and_the_next_article_translates(
    store: PackageStore, make_workspace: Callable[[], Workspace], tmp_path: Path, spoiled: str
):
    bad = write_package_folder(store.dirs.install / "ro_en", "ro", "en")
    (bad / spoiled).write_bytes((bad / spoiled).read_bytes()[:50])
    workspace = make_workspace()
    romanian, ukrainian = tmp_path / "ro.txt", tmp_path / "uk.txt"
    romanian.write_text(ARTICLE, "utf-8")
    ukrainian.write_text("Міська рада ухвалила у вівторок новий бюджет на ремонт доріг і старої школи.\n" * 3, "utf-8")
    with pytest.raises(PackageBroken, match=r"ro → en 1\.0 can't be loaded.*Install it again"):
        workspace.prepare(romanian, translate=True)
    assert all(workspace.prepare(ukrainian, translate=True).shown())


def flip_a_byte(model: Path) -> None:
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)


def test_66_one_flipped_byte_in_a_model_is_caught_by_its_sha_256(home: Path, package_file: Path):
    store = PackageStore()
    flip_a_byte(store.install(package_file).path / "model" / "model.bin")
    assert "SHA-256" in (store.installed()[0].problem or "")
    with pytest.raises(PackageBroken, match=r"ro → en 1\.0 can't be used"):
        store.route("ro", "en")
    assert "SHA-256" in (PackageStore().installed()[0].problem or "")


def test_66_a_flipped_byte_under_an_old_date_is_caught_by_verifying(home: Path, package_file: Path):
    store = PackageStore()
    model = store.install(package_file).path / "model" / "model.bin"
    before = model.stat()
    flip_a_byte(model)
    os.utime(model, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "SHA-256" in (store.verify()[0].problem or "")


# -- 67: the engine ----------------------------------------------------------------------------------------------


@pytest.fixture
def fragile(home: Path, analyzer: Analyzer) -> Iterator[Workspace]:
    """A workspace with ro → en whose engine is given up after two seconds without an answer."""
    write_package_folder(home / "packages" / "ro_en", "ro", "en")
    store = PackageStore()
    service = TranslationService(store, TranslationCache(), 1, timeout=2, load_timeout=30)
    yield Workspace(analyzer, service, store, "en")
    service.close()


def kill(worker: int) -> None:
    os.kill(worker, signal.SIGKILL)


def stop(worker: int) -> None:
    os.kill(worker, signal.SIGSTOP)


@pytest.mark.parametrize(("harm", "words"), [(kill, "stopped by signal SIGKILL"), (stop, "did not answer")])
def test_67_an_engine_that_crashes_or_hangs_leaves_notes_and_the_next_article_alone(
    fragile: Workspace, tmp_path: Path, harm: Callable[[int], None], words: str
):
    path, other = tmp_path / "ro.txt", tmp_path / "other.txt"
    path.write_text(ARTICLE, "utf-8")
    other.write_text(ARTICLE.replace("doi", "trei"), "utf-8")
    opened = fragile.prepare(path)
    opened.notes.add(opened.page.sentences[0].span, note="before")
    translated = fragile.translate(opened)
    opened.keep(dict([next(translated)]))
    assert fragile.translations.worker_pid is not None
    harm(fragile.translations.worker_pid)
    with pytest.raises(TranslationError, match=rf"{words}.*ro → en 1\.0.*") as caught:
        opened.keep(dict(translated))
    assert "\n" not in str(caught.value)
    opened.notes.save()
    assert [each.note for each in fragile.open(path).notes.notes.annotations if each.note] == ["before"]
    assert any(opened.shown())
    assert all(fragile.prepare(other, translate=True).shown())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process limit another's memory")
def test_67_an_engine_out_of_memory_is_said_and_the_same_article_translates_later(fragile: Workspace, tmp_path: Path):
    import resource

    write_package_folder(fragile.packages.dirs.install / "uk_en", "uk", "en")
    path, other = tmp_path / "ro.txt", tmp_path / "uk.txt"
    path.write_text(ARTICLE, "utf-8")
    other.write_text("Міська рада ухвалила у вівторок новий бюджет на ремонт доріг і старої школи.\n" * 3, "utf-8")
    fragile.prepare(path, translate=True)
    assert fragile.translations.worker_pid is not None
    resource.prlimit(fragile.translations.worker_pid, resource.RLIMIT_AS, (1024**2, 1024**2))
    with pytest.raises(TranslationError, match=r"uk → en 1\.0"):
        fragile.prepare(other, translate=True)
    fragile.translations.rest()
    assert all(fragile.prepare(other, translate=True).shown())


def test_67_an_engine_that_dies_while_it_loads_is_said_and_tried_again(
    fragile: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "ro.txt"
    path.write_text(ARTICLE, "utf-8")
    opened = fragile.prepare(path)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "ctranslate2.py").write_text("import os\nos.abort()\n")
    with monkeypatch.context() as during:
        during.setenv("PYTHONPATH", str(broken))
        with pytest.raises(TranslationError, match=r"stopped by signal SIGABRT.*ro → en 1\.0"):
            dict(fragile.translate(opened))
    opened.keep(dict(fragile.translate(opened)))
    assert all(opened.shown())
