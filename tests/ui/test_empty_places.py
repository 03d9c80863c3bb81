"""Every empty place says what to do next."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.support.news import BRIDGE, FERRY, write
from tests.ui.support import open_article, settle, trigger


def shown(widget):
    """Return all words that a place shows."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    buttons = [button.text() for button in widget.findChildren(QPushButton) if button.isVisible()]
    return " ".join([*labels, *buttons])


def test_without_articles_the_window_offers_to_open_some(window):
    assert "Open a folder or files" in shown(window.library)
    assert {"Open Folder…", "Open Files…", "Open the Samples"} <= {
        button.text() for button in window.welcome_card.findChildren(QPushButton)
    }


def test_with_articles_and_none_open_the_window_says_how_to_choose_one(qtbot, window, tmp_path):
    window.add_paths([write(tmp_path, "ferry.txt", FERRY)], choose=False)
    settle(qtbot, window)
    assert "Choose an article" in shown(window.welcome_card)
    button = next(each for each in window.welcome_card.findChildren(QPushButton) if each.text() == "Next Article")
    button.click()
    settle(qtbot, window)
    assert window.desk.opened is not None
    assert not window.welcome_card.isVisible()
    trigger(window, "close_library")
    assert "Open Folder…" in shown(window.welcome_card)


def test_a_filter_without_hits_says_so_in_the_library(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "ferry.txt", FERRY))
    window.library.filter.setText("zzz")
    qtbot.waitUntil(lambda: "No article has “zzz”" in shown(window.library))
    assert "Esc shows all" in shown(window.library)


@pytest.mark.parametrize(
    ("tab", "command"),
    [
        ("passages", "Annotate → Highlight"),
        ("quotes", "Annotate → Mark Selection as Quote"),
        ("people", "Annotate → Mark Selection as Person"),
    ],
)
def test_each_empty_list_of_the_inspector_says_what_fills_it(window, tab, command):
    page = getattr(window.inspector, tab)
    window.inspector.setCurrentWidget(page)
    assert command in shown(page)
    menu, _, words = command.partition(" → ")
    (head,) = [action for action in window.menuBar().actions() if action.text().replace("&", "") == menu]
    assert words in [action.text().replace("&", "") for action in head.menu().actions()]


@pytest.mark.parametrize("tab", ["quotes", "people"])
def test_a_filter_without_hits_says_so_in_the_inspector(qtbot, window, tmp_path, tab):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    page = getattr(window.inspector, tab)
    window.inspector.setCurrentWidget(page)
    assert not page.empty.isVisible()
    page.filter.setText("zzz")
    count = len(page.model.entries)
    assert count > 0
    assert f"Nothing in this list has “zzz”. Clear the filter to see all {count}." in shown(page)
    page.filter.clear()
    assert not page.empty.isVisible()


def test_a_missing_package_is_named_where_the_translation_would_be(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    words = shown(window.missing_card)
    assert "No package for Romanian → English" in words
    assert "Install Package from File…" in words


def test_what_is_missing_is_said_amid_the_empty_pane_where_its_text_would_begin(qtbot, window, tmp_path):
    window.resize(1360, 860)
    open_article(qtbot, window, write(tmp_path / "news", "bridge.txt", BRIDGE))
    card, pane = window.missing_card, window.reading.translation
    qtbot.waitUntil(card.isVisible)
    assert card.property("plain")
    caption = window.reading.translation_caption
    assert card.mapTo(window, card.rect().topLeft()).x() == caption.mapTo(window, caption.rect().topLeft()).x()
    above, below = card.geometry().top(), pane.height() - card.geometry().bottom()
    assert 0.5 < above / below < 1


def test_messages_stay_small_where_no_article_is_shown(qtbot, window):
    window.messages.say("One line.", "error")
    message = window.messages._messages[0]
    qtbot.waitUntil(lambda: 0 < message.height() < 80)


def test_the_card_of_an_empty_window_never_covers_a_message(qtbot, window):
    for number in range(3):
        window.messages.say(f"Line {number}. " + "It is long and has to be wrapped. " * 12, "error")
    messages, card = window.messages, window.welcome_card
    qtbot.waitUntil(lambda: card.geometry().top() > messages.geometry().bottom() > 130)


@pytest.mark.parametrize("text", ["", " \n\n\t\n"])
def test_an_article_without_text_says_that_there_is_none(qtbot, window, tmp_path, text):
    open_article(qtbot, window, write(tmp_path, "nothing.txt", text))
    assert "There is no text in this file" in shown(window.missing_card)
    assert window.missing_card.isVisible()
    assert window.desk.opened.article.encoding.name == "utf-8"
