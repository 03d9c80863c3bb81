"""The translation of the whole library from the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from reader.ui.main_window import MainWindow

TEXT = "Primarul a deschis podul în fața locuitorilor. „Este ziua noastră”, a spus Ion Vădeanu. Ploaia a stat."


def library(folder: Path, count: int = 3) -> list[Path]:
    paths = [folder / f"articol-{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"{TEXT} Au venit {number + 40} de oameni.\n", "utf-8")
    return paths


def test_the_whole_library_is_translated_behind_the_scenes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, package_file: Path
) -> None:
    window.packages._store.install(package_file)
    paths = library(tmp_path)
    window.add_paths(paths, choose=False)
    qtbot.waitUntil(lambda: len(window.library.model) == len(paths))
    window.queue.do_translate_all()
    assert "Library" in window.status.queue.text()
    qtbot.waitUntil(lambda: all(window.library.model.summary(path).translated for path in paths), timeout=30_000)
    qtbot.waitUntil(lambda: window.status.queue.text() == "")


def test_articles_without_a_package_are_named_and_the_queue_ends(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.add_paths(library(tmp_path, 1), choose=False)
    qtbot.waitUntil(lambda: len(window.library.model) == 1)
    window.queue.do_translate_all()
    qtbot.waitUntil(lambda: any("articol-0.txt" in words for words in window.messages.words), timeout=20_000)
    assert window.status.queue.text() == ""


def test_a_paused_queue_says_so_and_survives_a_restart(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    window = make_window()
    queue = window.queue._queue
    queue.add(library(tmp_path))
    window.queue.do_pause_queue()
    again = make_window()
    assert again.queue._queue.paused
    again.queue.begin()
    assert "paused, 3 articles wait" in again.status.queue.text()


def test_a_cancelled_queue_is_empty(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.queue._queue.add(library(tmp_path))
    window.queue.do_cancel_queue()
    assert window.queue._queue.waiting == ()
    assert window.status.queue.text() == ""
