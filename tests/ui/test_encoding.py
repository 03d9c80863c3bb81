"""How the bytes of a file were read is always shown, can be chosen otherwise, and is remembered; no note is lost."""

import json

import pytest
from PySide6.QtWidgets import QPushButton

from reader.annotations.places import sidecar_path
from reader.page import Layer
from tests.support.news import BRIDGE, HARBOUR, write
from tests.ui.support import open_article, select, settle, trigger

ASCII_TAIL = "\n\nThe ferry returns in May, the harbour master said.\n"


def choose(qtbot, window, name):
    """Choose an encoding in the menu of the status bar; "" lets it be detected."""
    next(each for each in window.status.encoding.menu().actions() if each.data() == name).trigger()
    settle(qtbot, window)


def highlights(window):
    text = window.desk.opened.article.text
    return [mark.span.of(text) for mark in window.desk.opened.marks() if mark.layer is Layer.HIGHLIGHT]


def recorded(path):
    return json.loads(sidecar_path(path).read_bytes())["article"]["encoding"]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16-le"])
def test_the_encoding_is_shown(qtbot, window, tmp_path, encoding):
    opened = open_article(qtbot, window, write(tmp_path, "port.txt", HARBOUR * 3, encoding))
    assert "Порт відкриють" in opened.article.text
    assert window.status.encoding.isVisible()
    assert window.status.encoding.text().rstrip("?") == encoding


def test_another_encoding_is_chosen_shown_and_remembered_until_it_is_to_be_detected(
    qtbot, window, make_window, tmp_path
):
    path = write(tmp_path, "port.txt", HARBOUR * 3, "windows-1251")
    open_article(qtbot, window, path)
    choose(qtbot, window, "koi8-u")
    assert "Порт" not in window.reading.original.toPlainText()
    assert window.status.encoding.text() == "koi8-u (chosen)"
    assert window.desk.save()
    assert recorded(path) == {"name": "koi8-u", "how": "manual"}
    again = make_window()
    open_article(qtbot, again, path)
    assert again.status.encoding.text() == "koi8-u (chosen)"
    choose(qtbot, again, "")
    assert "Порт" in again.reading.original.toPlainText()
    assert again.status.encoding.text().rstrip("?") == "windows-1251"
    assert again.desk.save()
    assert recorded(path)["how"] == "detected"


def test_21_notes_are_placed_again_or_listed_when_the_encoding_is_overridden(qtbot, window, tmp_path):
    path = write(tmp_path, "port.txt", HARBOUR + ASCII_TAIL, "windows-1251")
    open_article(qtbot, window, path)
    for words in ("Порт відкриють навесні", "The ferry returns in May"):
        select(window, words)
        trigger(window, "highlight")
    choose(qtbot, window, "koi8-u")
    assert highlights(window) == ["The ferry returns in May"]
    assert [entry.text for entry in window.inspector.passages.model.entries if "Unplaced" in entry.heading] == [
        "Порт відкриють навесні"
    ]
    assert any("“Порт відкриють навесні”" in words for words in window.messages.words)
    choose(qtbot, window, "windows-1251")
    assert highlights(window) == ["Порт відкриють навесні", "The ferry returns in May"]
    trigger(window, "undo")
    trigger(window, "undo")
    assert highlights(window) == []


def test_07_a_file_in_two_encodings_is_warned_of_and_offers_the_choice(qtbot, window, tmp_path, monkeypatch):
    path = tmp_path / "mixed.txt"
    path.write_bytes((HARBOUR * 4).encode("windows-1251") + (HARBOUR * 4).encode())
    open_article(qtbot, window, path)
    assert sum("encoding" in words for words in window.messages.words) == 1
    opened = []
    monkeypatch.setattr(window.status.encoding, "showMenu", lambda: opened.append(True))
    (button,) = [each for each in window.messages.findChildren(QPushButton) if "encoding" in each.text()]
    button.click()
    assert opened == [True]


def test_03_a_file_that_is_taken_for_no_text_can_be_opened_in_a_chosen_encoding(qtbot, window, tmp_path):
    path = tmp_path / "wide.txt"
    path.write_bytes("漢字かな交じり文。\x01\x02\x03\x04\x05\x06".encode("utf-16-le") * 6)
    window.add_paths([path])
    settle(qtbot, window)
    assert window.desk.opened is None
    assert window.welcome_card.isVisible()
    buttons = window.welcome_card.findChildren
    qtbot.waitUntil(lambda: [each.text() for each in buttons(QPushButton) if each.isVisible()] == ["Encoding…"])
    choose(qtbot, window, "utf-16-le")
    assert "漢字かな" in window.reading.original.toPlainText()
    assert window.status.encoding.text() == "utf-16-le (chosen)"


def test_notes_of_a_moved_article_bring_the_encoding_that_was_chosen_for_it(qtbot, window, make_window, tmp_path):
    old = write(tmp_path, "old.txt", BRIDGE, "utf-8")
    open_article(qtbot, window, old)
    choose(qtbot, window, "windows-1250")
    assert "Podul" in window.desk.opened.article.text
    select(window, "Podul vechi")
    trigger(window, "highlight")
    assert window.desk.save()
    trigger(window, "close_library")
    new = old.rename(tmp_path / "new.txt")
    open_article(qtbot, window, new)
    qtbot.waitUntil(lambda: any("old.txt" in words for words in window.messages.words))
    (button,) = [each for each in window.messages.findChildren(QPushButton) if "Attach" in each.text()]
    button.click()
    settle(qtbot, window)
    assert window.status.encoding.text() == "windows-1250 (chosen)"
    assert highlights(window) == ["Podul vechi"]
    assert window.desk.save()
    assert recorded(new) == {"name": "windows-1250", "how": "manual"}
