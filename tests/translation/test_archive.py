from __future__ import annotations

import stat
import struct
import warnings
import zipfile
from typing import TYPE_CHECKING

import pytest

from reader.text.errors import PackageRefused
from reader.translation import archive
from reader.translation.archive import unpack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "top/../../outside",
        "/etc/outside",
        "C:\\outside",
        "C:/outside",
        "top\\..\\outside",
        "\\\\server\\outside",
        "top/a:stream",
        "top/line\nbreak",
        "..",
    ],
)
def test_a_member_that_would_leave_the_folder_is_refused_before_extraction(tmp_path: Path, name: str):
    room = tmp_path / "room"
    room.mkdir()
    file = zipped(room / "p.argosmodel", [("top/metadata.json", b"{}"), (name, b"evil")])
    with pytest.raises(PackageRefused, match="outside its folder"):
        unpack(file, room / "new")
    assert [path.name for path in room.iterdir()] == ["p.argosmodel"]
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}"), (special("top/model", kind), b"/etc")])
    with pytest.raises(PackageRefused, match="link or another special file"):
        unpack(file, tmp_path / "new")


@pytest.mark.parametrize("twin", ["top/metadata.json", "top/Metadata.JSON", "top//metadata.json"])
def test_a_member_that_stands_twice_is_refused(tmp_path: Path, twin: str):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}"), (twin, b"[]")])
    with pytest.raises(PackageRefused, match="twice"):
        unpack(file, tmp_path / "new")


@pytest.mark.parametrize("members", [["a/x", "b/x"], ["metadata.json", "model"], ["metadata.json"], []])
def test_anything_but_one_folder_is_refused(tmp_path: Path, members: list[str]):
    file = zipped(tmp_path / "p.argosmodel", [(name, b"x") for name in members])
    with pytest.raises(PackageRefused, match="one folder"):
        unpack(file, tmp_path / "new")


def test_an_encrypted_package_is_refused(tmp_path: Path):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}")])
    content = bytearray(file.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    with pytest.raises(PackageRefused, match="encrypted"):
        unpack(file, tmp_path / "new")


def test_a_flipped_byte_is_found_by_its_checksum_and_leaves_nothing_behind(tmp_path: Path):
    file = tmp_path / "p.argosmodel"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as whole:
        whole.writestr("top/model", b"words " * 1000)
    content = bytearray(file.read_bytes())
    content[2000] ^= 1
    file.write_bytes(content)
    with pytest.raises(PackageRefused, match="damaged"):
        unpack(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_zip_bomb_is_refused_by_the_size_it_states(tmp_path: Path):
    file = zipped(tmp_path / "p.argosmodel", [("top/model", bytes(40 * 1024**2))])
    with pytest.raises(PackageRefused, match="unreasonable size"):
        unpack(file, tmp_path / "new")


def test_a_zip_bomb_that_lies_about_its_size_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = zipped(tmp_path / "p.argosmodel", [("top/model", bytes(3 * 1024**2))])
    monkeypatch.setattr(archive, "_SMALL", 1024**2)
    monkeypatch.setattr(archive, "_check_members", lambda *_: "top")  # as if the stated sizes had been small
    with pytest.raises(PackageRefused, match="unreasonable size"):
        unpack(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_too_many_members_are_refused(tmp_path: Path):
    file = zipped(tmp_path / "p.argosmodel", [(f"top/{i}", b"") for i in range(archive.MAX_MEMBERS + 1)])
    with pytest.raises(PackageRefused, match="far more files"):
        unpack(file, tmp_path / "new")


def test_a_list_of_a_million_members_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}")])
    content = bytearray(file.read_bytes())
    struct.pack_into("<I", content, content.rindex(b"PK\x05\x06") + 12, 80_000_000)
    file.write_bytes(content)
    monkeypatch.setattr(zipfile, "is_zipfile", lambda _: True)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # reading the list would fail here
    with pytest.raises(PackageRefused, match="far more files"):
        unpack(file, tmp_path / "new")


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
def test_a_file_that_is_no_zip_gets_one_clear_line(tmp_path: Path, spoil: Callable[[bytes], bytes]):
    file = zipped(tmp_path / "p.argosmodel", [("top/metadata.json", b"{}" * 100)])
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(PackageRefused, match=r"“p.argosmodel” is no Argos package") as caught:
        unpack(file, tmp_path / "new")
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(PackageRefused, match=r"“gone.argosmodel”"):
        unpack(tmp_path / "gone.argosmodel", tmp_path / "new")
