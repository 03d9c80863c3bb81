"""Notes that lost their article or their place, and a synchronised folder's copies of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from reader.annotations.places import sidecar_path
from reader.text.span import Span
from tests.ui.support import open_article, select, settle, trigger

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from reader.ui.main_window import MainWindow

TEXT = "Podul s-a deschis luni dimineața. Primarul Ion Vădeanu a tăiat panglica. Ploaia a stat la prânz.\n"


def agree(window: MainWindow, words: str) -> None:
    """Press the button of an offer."""
    buttons = [button for button in window.messages.findChildren(QPushButton) if words in button.text()]
    assert len(buttons) == 1
    buttons[0].click()


def test_the_notes_of_a_renamed_article_are_attached_after_a_yes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    old, new = tmp_path / "vechi.txt", tmp_path / "nou.txt"
    old.write_text(TEXT, "utf-8")
    open_article(qtbot, window, old)
    select(window, "Ploaia a stat")
    trigger(window, "highlight")
    trigger(window, "close_library")
    old.rename(new)
    opened = open_article(qtbot, window, new)
    qtbot.waitUntil(lambda: any("vechi.txt" in words for words in window.messages.words))
    assert not any(annotation.kind == "highlight" for annotation in opened.notes.notes.annotations)
    agree(window, "Attach")
    settle(qtbot, window)
    assert [each.target.exact for each in opened.notes.notes.annotations if each.kind == "highlight"] == [
        "Ploaia a stat"
    ]
    assert sidecar_path(new).exists()


def test_a_synchronised_folders_copy_is_merged_after_a_yes(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    article = tmp_path / "pod.txt"
    article.write_text(TEXT, "utf-8")
    open_article(qtbot, window, article)
    select(window, "Ploaia a stat")
    trigger(window, "highlight")
    window.desk.save()
    sidecar = sidecar_path(article)
    copy = sidecar.with_name("pod.txt.notes.sync-conflict-20261122-010203-ABCDEFG.json")
    copy.write_bytes(sidecar.read_bytes())
    trigger(window, "undo")
    trigger(window, "close_library")
    open_article(qtbot, window, article)
    qtbot.waitUntil(lambda: any("sync-conflict" in words for words in window.messages.words))
    agree(window, "Merge")
    settle(qtbot, window)
    assert not copy.exists()
    assert copy.with_name(f"{copy.name}.merged").exists() or list(tmp_path.glob("*.merged"))


def test_a_passage_that_lost_its_place_is_put_on_the_selection(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    article = tmp_path / "pod.txt"
    article.write_text(TEXT, "utf-8")
    open_article(qtbot, window, article)
    select(window, "Ploaia a stat la prânz")
    trigger(window, "highlight")
    trigger(window, "close_library")
    article.write_text(TEXT.replace("Ploaia a stat la prânz", "Vremea s-a îndreptat"), "utf-8")
    opened = open_article(qtbot, window, article)
    ((orphan, _),) = [each for each in opened.unplaced() if each[0].kind == "highlight"]
    select(window, "Vremea s-a îndreptat")

    menu = window.mark_menus.of_unplaced(orphan.id)
    assert menu is not None
    next(action for action in menu.actions() if "selection" in action.text()).trigger()
    start = opened.article.text.index("Vremea")
    placed = {annotation.id: placement.span for annotation, placement in opened.notes.placed}
    assert placed[orphan.id] == Span(start, start + len("Vremea s-a îndreptat"))
    assert opened.notes.undo_label == "Place"


def test_notes_of_a_moved_article_are_offered_with_their_folder_and_a_persons_own_highlights_counted(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    old, new = tmp_path / "martie" / "pod.txt", tmp_path / "aprilie" / "pod-nou.txt"
    for path in (old, new):
        path.parent.mkdir()
    old.write_text(TEXT, "utf-8")
    opened = open_article(qtbot, window, old)
    select(window, "Ploaia a stat")
    trigger(window, "highlight")
    opened.notes.accept(opened.detections()[0])  # what was found is nobody's own
    window.desk.touch()
    window.desk.save()
    trigger(window, "close_library")
    old.rename(new)
    open_article(qtbot, window, new)
    words = "The same text had notes under the name martie/pod.txt, with 1 highlight."
    qtbot.waitUntil(lambda: words in window.messages.words)
