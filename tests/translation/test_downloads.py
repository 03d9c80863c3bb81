from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from reader.text.errors import PackageError, PackageMissing
from reader.translation.downloads import PackageIndex
from reader.translation.folders import PackageDirs
from reader.translation.packages import PackageStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Server:
    """A web server on this computer: `files` by path, `asked` the Range headers seen, `broken_at` cuts answers off."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str | None] = []
        self.ranges = True
        self.broken_at: int | None = None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        self.asked.append(wanted)
        content = self.files.get(request.path)
        if content is None:
            request.send_error(404)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.ranges else 0
        if start and start >= len(content):
            request.send_error(416)
            return
        request.send_response(206 if start else 200)
        request.send_header("Content-Length", str(len(content) - start))
        request.end_headers()
        request.wfile.write(content[start : self.broken_at])

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


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
