from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.text.errors import PackageError, PackageMissing
from reader.translation.downloads import PackageIndex
from reader.translation.packages import PackageStore

if TYPE_CHECKING:
    from pathlib import Path

    from reader.translation.folders import PackageDirs
    from tests.support.web_server import Server


def test_without_a_kept_index_nothing_goes_online(online: PackageDirs, server: Server):
    with pytest.raises(PackageMissing, match="not fetched yet"):
        PackageIndex(online).available()
    assert server.asked == []


def test_a_fetched_index_is_read_offline(online: PackageDirs, server: Server):
    PackageIndex(online).refresh()
    server.asked.clear()
    (package,) = PackageIndex(online).available()
    assert (package.label, package.host) == ("ro → en 1.0", "127.0.0.1")
    assert server.asked == []


@pytest.mark.parametrize("content", [b"<!DOCTYPE html>", b"{}", b""])
def test_what_is_no_index_does_not_replace_the_kept_one(online: PackageDirs, server: Server, content: bytes):
    PackageIndex(online).refresh()
    server.files["/index.json"] = content
    with pytest.raises(PackageError, match="no package index"):
        PackageIndex(online).refresh()
    assert len(PackageIndex(online).available()) == 1


def test_a_downloaded_package_can_be_installed(online: PackageDirs, server: Server):
    index = PackageIndex(online)
    index.refresh()
    steps = list(index.download(index.find("ro", "en")))
    size = len(server.files["/ro_en.argosmodel"])
    assert (steps[0].done, steps[0].total) == (0, size)
    assert (steps[-1].done, steps[-1].total) == (size, size)
    assert steps[-1].file is not None
    assert PackageStore(online).install(steps[-1].file).label == "ro → en 1.0"


def test_a_download_that_broke_off_goes_on_where_it_was(
    online: PackageDirs, server: Server, package_files: dict[str, Path]
):
    index = PackageIndex(online)
    index.refresh()
    server.broken_at = 1000
    with pytest.raises(PackageError, match="What has come is kept"):
        list(index.download(index.find("ro", "en")))
    server.broken_at = None
    steps = list(index.download(index.find("ro", "en")))
    assert server.asked[-1] == "bytes=1000-"
    assert steps[0].done == 1000
    assert steps[-1].file is not None
    assert steps[-1].file.read_bytes() == package_files["ro_en"].read_bytes()


@pytest.mark.parametrize("ranges", [True, False])
def test_a_cancelled_download_can_be_taken_up_again(
    online: PackageDirs, server: Server, package_files: dict[str, Path], ranges: bool
):
    index = PackageIndex(online)
    index.refresh()
    steps = index.download(index.find("ro", "en"))
    next(steps)
    received = next(steps).done
    steps.close()
    server.ranges = ranges
    again = list(index.download(index.find("ro", "en")))
    assert again[0].done == (received if ranges else 0)
    assert again[-1].file is not None
    assert again[-1].file.read_bytes() == package_files["ro_en"].read_bytes()


def test_a_kept_part_longer_than_the_file_starts_over(
    online: PackageDirs, server: Server, package_files: dict[str, Path]
):
    index = PackageIndex(online)
    index.refresh()
    online.downloads.mkdir()
    (online.downloads / "translate-ro_en-1_0.argosmodel.part").write_bytes(bytes(10_000_000))
    (*_, last) = index.download(index.find("ro", "en"))
    assert last.file is not None
    assert last.file.read_bytes() == package_files["ro_en"].read_bytes()


def test_a_server_that_is_not_there_is_named(dirs: PackageDirs):
    with pytest.raises(PackageError, match=r"can't be fetched from 127\.0\.0\.1"):
        PackageIndex(dirs).refresh()


def test_a_package_that_is_gone_is_said(online: PackageDirs, server: Server):
    index = PackageIndex(online)
    index.refresh()
    del server.files["/ro_en.argosmodel"]
    with pytest.raises(PackageError, match=r"ro → en 1\.0 can't be downloaded from 127\.0\.0\.1 \(Not Found\)"):
        list(index.download(index.find("ro", "en")))
