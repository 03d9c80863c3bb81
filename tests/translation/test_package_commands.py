"""`packages available` and `packages download` on the command line, against a server on this computer."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from reader.cli import main
from reader.translation.folders import argos_dirs
from reader.translation.packages import PackageStore

if TYPE_CHECKING:
    from reader.translation.folders import PackageDirs
    from tests.support.web_server import Server


@pytest.fixture
def shop(online: PackageDirs, server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server as the index of this user's Argos."""
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", online.index_url)
    return server


def answering(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[str]:
    """Let a person at a terminal answer; return what was said to them."""
    said: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdin, "readline", lambda: answer, raising=False)
    monkeypatch.setattr(sys.stderr, "write", said.append)
    return said


def test_without_a_kept_index_nothing_is_listed_and_nothing_asked(shop: Server, capfd: pytest.CaptureFixture[str]):
    assert main(["packages", "available"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "not fetched yet" in err
    assert err.count("\n") == 1
    assert shop.asked == []


def test_a_refreshed_index_is_listed_with_host_and_what_is_installed(shop: Server, capfd: pytest.CaptureFixture[str]):
    assert main(["packages", "available", "--refresh", "--json"]) == 0
    assert main(["packages", "download", "ro", "en"]) == 0
    capfd.readouterr()
    asked = len(shop.asked)
    assert main(["packages", "available", "--json"]) == 0
    (line,) = capfd.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["from"], found["to"], found["version"]) == ("ro", "en", "1.0")
    assert (found["host"], found["installed"]) == ("127.0.0.1", "1.0")
    assert len(shop.asked) == asked


def test_a_downloaded_package_is_installed_and_its_file_goes(shop: Server, capfd: pytest.CaptureFixture[str]):
    assert main(["packages", "download", "ro", "en", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert (found["from"], found["to"], found["problem"]) == ("ro", "en", None)
    assert PackageStore().route("ro", "en").version == "1.0"
    assert list(argos_dirs().downloads.iterdir()) == []


def test_an_installed_package_is_not_downloaded_again(shop: Server, capfd: pytest.CaptureFixture[str]):
    main(["packages", "download", "ro", "en"])
    asked = len(shop.asked)
    assert main(["packages", "download", "ro", "en"]) == 1
    assert "installed already" in capfd.readouterr().err
    assert len(shop.asked) == asked
    assert main(["packages", "download", "ro", "en", "--replace"]) == 0


def test_a_pair_that_is_not_offered_is_said(shop: Server, capfd: pytest.CaptureFixture[str]):
    assert main(["packages", "download", "xx", "en"]) == 1
    assert "no package xx → en" in capfd.readouterr().err


def test_a_person_is_asked_with_size_and_host(shop: Server, monkeypatch: pytest.MonkeyPatch):
    main(["packages", "available", "--refresh"])
    said = answering(monkeypatch, "y\n")
    assert main(["packages", "download", "ro", "en"]) == 0
    assert any("ro → en 1.0 (0.3 MB) from 127.0.0.1" in words for words in said)


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_anything_but_yes_downloads_nothing(
    shop: Server, monkeypatch: pytest.MonkeyPatch, answer: str, capfd: pytest.CaptureFixture[str]
):
    main(["packages", "available", "--refresh"])
    answering(monkeypatch, answer)
    assert main(["packages", "download", "ro", "en"]) == 1
    assert "Nothing was downloaded" in capfd.readouterr().err
    assert PackageStore().installed() == ()
    assert [path.name for path in argos_dirs().downloads.iterdir()] == []


def test_with_yes_nobody_is_asked(shop: Server, monkeypatch: pytest.MonkeyPatch):
    said = answering(monkeypatch, "n\n")
    assert main(["packages", "download", "ro", "en", "--yes"]) == 0
    assert not any("[y/N]" in words for words in said)


def test_a_download_that_breaks_off_is_one_line_and_goes_on_the_next_time(
    shop: Server, capfd: pytest.CaptureFixture[str]
):
    main(["packages", "available", "--refresh"])
    shop.broken_at = 1000
    capfd.readouterr()
    assert main(["packages", "download", "ro", "en"]) == 1
    err = capfd.readouterr().err
    assert "What has come is kept" in err
    assert err.count("\n") == 1
    shop.broken_at = None
    assert main(["packages", "download", "ro", "en"]) == 0
    assert shop.asked[-1] == "bytes=1000-"
