"""The language of the translation: one for all articles in the preferences, another one for a single article."""

import json

import pytest
from PySide6.QtWidgets import QInputDialog, QLabel

from reader.annotations.places import sidecar_path
from reader.ui.preference_pages import LanguagesPage
from reader.ui.preferences import PreferencesDialog, target_language
from tests.support.argos_package import write_package_folder
from tests.support.news import BRIDGE, FERRY, write
from tests.ui.conftest import close
from tests.ui.support import open_article, put_caret, settle, trigger


@pytest.fixture(autouse=True)
def installed(home):
    """Install real packages ro → en and ro → it."""
    for number, code in enumerate(("en", "it")):
        write_package_folder(home / "packages" / f"translate-ro_{code}-1_0", "ro", code, seed=number)


@pytest.fixture
def bridge(tmp_path):
    return write(tmp_path / "news", "bridge.txt", BRIDGE)


def prefer(qtbot, window, monkeypatch, code):
    def execute(dialog):
        page = dialog.languages
        page.target.setCurrentIndex(page.target.findData(code))
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(PreferencesDialog, "exec", execute)
    trigger(window, "preferences")
    settle(qtbot, window)


def choose(qtbot, window, monkeypatch, words):
    monkeypatch.setattr(QInputDialog, "getItem", lambda *asked: (next(n for n in asked[3] if words in n), True))
    trigger(window, "choose_target")
    settle(qtbot, window)


def caption(window):
    return window.reading.translation_caption.text()


def test_english_is_the_language_unless_another_is_preferred(qtbot, window, bridge, monkeypatch, make_window):
    open_article(qtbot, window, bridge)
    assert caption(window) == "English · Argos 1.0"
    english = window.reading.translation.toPlainText()
    prefer(qtbot, window, monkeypatch, "it")
    assert caption(window) == "Italian · Argos 1.0"
    assert window.status.package.text() == "ro → it 1.0"
    assert window.reading.translation.toPlainText() != english
    assert target_language(window._settings) == "it"
    assert not sidecar_path(bridge).exists()


def test_one_article_is_read_in_a_language_of_its_own_and_that_can_be_undone(
    qtbot, window, bridge, monkeypatch, make_window
):
    open_article(qtbot, window, bridge)
    choose(qtbot, window, monkeypatch, "Italian")
    assert caption(window).startswith("Italian")
    assert window.actions_["undo"].text() == "&Undo Set language of translation"
    close(window)
    again = make_window()
    open_article(qtbot, again, bridge)
    assert caption(again).startswith("Italian")
    choose(qtbot, again, monkeypatch, "as all articles")
    assert caption(again).startswith("English")
    trigger(again, "undo")
    settle(qtbot, again)
    assert caption(again).startswith("Italian")


def test_each_language_has_corrections_of_its_own(qtbot, window, bridge, monkeypatch):
    open_article(qtbot, window, bridge)
    put_caret(window, "Lucrările")
    window.translator.keep(3, "The works take three months.")
    choose(qtbot, window, monkeypatch, "Italian")
    assert window.desk.opened.shown_sentence(3).how == "machine"
    window.translator.keep(3, "I lavori durano tre mesi.")
    assert "I lavori durano tre mesi." in window.reading.translation.toPlainText()
    choose(qtbot, window, monkeypatch, "as all articles")
    assert window.desk.opened.shown_sentence(3).text == "The works take three months."
    assert window.desk.save()
    kept = json.loads(sidecar_path(bridge).read_bytes())["translation"]["corrections"]
    assert [(each["value"], each.get("to")) for each in kept] == [
        ("The works take three months.", None),
        ("I lavori durano tre mesi.", "it"),
    ]


def test_an_article_in_the_preferred_language_is_shown_without_translation_and_says_so(
    qtbot, window, tmp_path, monkeypatch
):
    open_article(qtbot, window, write(tmp_path, "ferry.txt", FERRY))
    words = " ".join(label.text() for label in window.missing_card.findChildren(QLabel))
    assert "in English already" in words
    prefer(qtbot, window, monkeypatch, "it")
    words = " ".join(label.text() for label in window.missing_card.findChildren(QLabel))
    assert "No package for English → Italian" in words


def test_the_preferences_dialog_shows_what_holds(qtbot, window):
    window._settings.set("translation/target", "it")
    window._settings.set("translation/threads", 1)
    page = LanguagesPage(window._settings)
    qtbot.addWidget(page)
    assert page.target.currentText() == "Italian"
    assert page.threads.currentData() == (1 if page.threads.count() > 1 else 0)
