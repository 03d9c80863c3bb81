"""Downloading a package from a server on this computer, through the dialog."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from reader.ui.dialogs import size_words
from reader.ui.downloads import DownloadDialog, Wanted
from tests.support.web_server import Server
from tests.ui.support import trigger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from reader.ui.main_window import MainWindow


@pytest.fixture
def server(package_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    server = Server()
    listed = {"from_code": "ro", "to_code": "en", "from_name": "Romanian", "to_name": "English"}
    listed |= {"package_version": "1.0", "links": [f"{server.url}ro_en.argosmodel"]}
    server.files = {"/index.json": json.dumps([listed]).encode(), "/ro_en.argosmodel": package_file.read_bytes()}
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server.url)
    yield server
    server.close()


@pytest.fixture
def dialog(qtbot: QtBot, server: Server, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> DownloadDialog:
    from reader.translation.folders import argos_dirs

    dialog = DownloadDialog(argos_dirs(), window.jobs, Wanted(), window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "not fetched" in dialog.empty.text())
    return dialog


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    asked: list[str] = []

    def question(_parent: object, _title: str, words: str) -> QMessageBox.StandardButton:
        asked.append(words)
        return button

    monkeypatch.setattr(QMessageBox, "question", question)
    return asked


def choose_the_only_one(qtbot: QtBot, dialog: DownloadDialog) -> None:
    """Fetch the list and choose its package."""
    dialog.fetch.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    dialog.list.setCurrentRow(0)


def test_nothing_goes_online_before_a_button_is_pressed(dialog: DownloadDialog, server: Server) -> None:
    assert server.asked == []
    assert "127.0.0.1" in dialog.fetch.text()
    assert not dialog.download.isEnabled()


def test_enter_in_the_filter_does_not_go_online(qtbot: QtBot, dialog: DownloadDialog, server: Server) -> None:
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.filter, Qt.Key.Key_R)
    assert dialog.state.text() != "Fetching the list"
    assert server.asked == []


def test_a_download_names_host_and_size_and_waits_for_a_yes(
    qtbot: QtBot, dialog: DownloadDialog, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    choose_the_only_one(qtbot, dialog)
    dialog.download.click()
    qtbot.waitUntil(lambda: "Nothing was downloaded" in dialog.state.text())
    assert size_words(len(server.files["/ro_en.argosmodel"])) in asked[0]
    assert "127.0.0.1" in asked[0]


def test_a_downloaded_package_is_handed_over_for_installation(
    qtbot: QtBot, dialog: DownloadDialog, package_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    choose_the_only_one(qtbot, dialog)
    with qtbot.waitSignal(dialog.downloaded) as signal:
        dialog.download.click()
    assert signal.args[0].read_bytes() == package_file.read_bytes()


def test_packages_for_a_persons_articles_come_first_and_those_installed_are_marked(
    qtbot: QtBot, server: Server, window: MainWindow
) -> None:
    from reader.translation.folders import argos_dirs

    pairs = [("de", "en"), ("en", "ro"), ("ro", "de"), ("ro", "en"), ("uk", "en")]
    listed = [
        {"from_code": one, "to_code": other, "package_version": "1.0", "links": [f"{server.url}{one}"]}
        for one, other in pairs
    ]
    dirs = argos_dirs()
    dirs.index.parent.mkdir(parents=True, exist_ok=True)
    dirs.index.write_text(json.dumps(listed))
    dialog = DownloadDialog(dirs, window.jobs, Wanted(("uk", "ro"), "en"), window)
    qtbot.addWidget(dialog)
    dialog.show_installed(frozenset({("ro", "en")}))
    qtbot.waitUntil(lambda: dialog.list.count() == 5)
    lines = [dialog.list.item(row).text().split(" · ") for row in range(5)]
    assert [line[0] for line in lines] == ["ro → en", "uk → en", "ro → de", "de → en", "en → ro"]
    assert [line[-1] == "installed" for line in lines] == [True, False, False, False, False]
    assert dialog.state.text() == "5 packages"
    dialog.filter.setText("xyz")
    assert dialog.empty.text() == "No package has “xyz”."
    assert not dialog.download.isEnabled()


def test_the_package_asked_about_is_the_one_that_was_chosen(
    qtbot: QtBot, dialog: DownloadDialog, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    choose_the_only_one(qtbot, dialog)
    dialog.download.click()
    assert not dialog.download.isEnabled()  # the host is being asked
    dialog.list.setCurrentRow(-1)
    qtbot.waitUntil(lambda: "Nothing was downloaded" in dialog.state.text())
    assert "ro → en" in asked[0]


def test_a_dialog_that_is_closed_while_it_asks_hears_no_answer(
    qtbot: QtBot, dialog: DownloadDialog, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, QMessageBox.StandardButton.Yes)
    choose_the_only_one(qtbot, dialog)
    dialog.download.click()
    dialog.reject()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert asked == []


def test_a_download_is_installed_and_its_file_goes(
    qtbot: QtBot, server: Server, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Yes)

    def download(dialog: DownloadDialog) -> int:
        qtbot.waitUntil(dialog.fetch.isEnabled)
        dialog.fetch.click()
        qtbot.waitUntil(lambda: dialog.list.count() == 1)
        dialog.list.setCurrentRow(0)
        dialog.download.click()
        qtbot.waitUntil(lambda: "is installed" in dialog.state.text())
        qtbot.waitUntil(lambda: dialog.list.item(0).text().endswith("installed"))
        return dialog.DialogCode.Rejected

    monkeypatch.setattr(DownloadDialog, "exec", download)
    trigger(window, "download_package")
    dirs = window._workspace.packages.dirs
    assert [(each.from_code, each.to_code) for each in window._workspace.packages.installed()] == [("ro", "en")]
    assert list(dirs.downloads.iterdir()) == []


def test_a_server_that_is_gone_is_one_clear_line(qtbot: QtBot, dialog: DownloadDialog, server: Server) -> None:
    server.files.clear()
    dialog.fetch.click()
    qtbot.waitUntil(lambda: "can't be fetched" in dialog.empty.text())
