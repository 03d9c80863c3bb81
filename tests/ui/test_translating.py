import threading

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton

from reader.page import Layer
from reader.translation.package import InstalledPackage
from reader.ui.dialogs import PackagesDialog
from tests.support.argos_package import build_package, write_package_folder
from tests.support.news import BRIDGE, FERRY, HARBOUR, write
from tests.ui.conftest import close
from tests.ui.support import open_article, select, settle, trigger

LONG = "".join(f"\n\nAl {n}-lea rând spune ceva despre pod. Primarul tace din nou." for n in range(1, 40))


@pytest.fixture
def installed(home):
    """Install a real package ro → en."""
    return write_package_folder(home / "packages" / "translate-ro_en-1_0", "ro", "en")


@pytest.fixture
def bridge(tmp_path):
    return write(tmp_path / "news", "bridge.txt", BRIDGE)


def shown(window):
    return [part.text if part else None for part in window.desk.opened.shown()]


# -- translate ----


def test_an_article_is_translated_by_itself_and_shown_beside_its_sentences(qtbot, installed, window, bridge):
    opened = open_article(qtbot, window, bridge)
    assert all(shown(window))
    text = window.reading.translation.toPlainText()
    assert all(part in text for part in shown(window))
    assert window.status.package.text() == "ro → en 1.0"
    assert window.reading.translation_caption.text() == "English · Argos 1.0"
    assert not window.missing_card.isVisible()
    assert {part.engine for part in opened.shown()} == {"argos ro → en 1.0"}


def test_translations_stream_in_and_the_status_bar_counts_them(qtbot, installed, window, tmp_path):
    arrived, states = [], []
    window.desk.translated.connect(lambda news: arrived.append(len(news)))
    window.desk.translation_state.connect(lambda state: states.append(state))
    open_article(qtbot, window, write(tmp_path, "long.txt", BRIDGE + LONG))
    assert sum(arrived) == len(window.reading.page.sentences)
    assert any("words/s" in state.words and "sentence " in state.words for state in states)
    assert states[-1].running is False
    assert not window.status.cancel.isVisible()


def test_what_was_translated_once_is_there_at_once_from_the_cache(qtbot, installed, window, make_window, bridge):
    open_article(qtbot, window, bridge)
    before = shown(window)
    close(window)
    again = make_window()
    with qtbot.waitSignal(again.desk.analysed, timeout=10_000):
        again.add_paths([bridge])
    assert shown(again) == before
    settle(qtbot, again)
    assert again._workspace.translations.worker_pid is None


def test_a_translation_can_be_stopped_and_taken_up_again(qtbot, installed, window, tmp_path, monkeypatch):
    go = threading.Event()
    translate = window._workspace.translations.translate

    def slow(*arguments, **names):
        for number, pair in enumerate(translate(*arguments, **names)):
            if number == 3:
                go.wait(20)
            yield pair

    monkeypatch.setattr(window._workspace.translations, "translate", slow)
    window.add_paths([write(tmp_path, "long.txt", BRIDGE + LONG)])
    qtbot.waitUntil(window.status.cancel.isVisible, timeout=10_000)
    window.status.cancel.click()
    go.set()
    settle(qtbot, window)
    assert None in shown(window)
    assert window.status.progress.text() == "Translation stopped"
    trigger(window, "translate")
    settle(qtbot, window)
    assert None not in shown(window)


def test_switching_to_another_article_stops_the_translation_of_the_first(qtbot, installed, window, tmp_path):
    first, second = write(tmp_path, "long.txt", BRIDGE + LONG), write(tmp_path, "bridge.txt", BRIDGE)
    window.add_paths([first])
    qtbot.waitUntil(lambda: window.desk.opened is not None and window.desk.opened.analysis is not None)
    window.add_paths([second])
    settle(qtbot, window)
    assert window.desk.opened.path == second
    assert len(shown(window)) == 6
    assert all(shown(window))


def test_the_library_knows_what_is_translated_and_shows_the_translated_title(qtbot, installed, window, bridge):
    open_article(qtbot, window, bridge)
    summary = window.library.model.summary(bridge)
    assert summary.translated
    assert summary.translated_title == shown(window)[0]


def test_marks_are_carried_to_the_translation(qtbot, installed, window, bridge):
    open_article(qtbot, window, bridge)
    row = window.reading.page.row_at(BRIDGE.index("„Nu mai"))
    assert any("Andrei Voicu" in run.words for run in window.reading.translation.blocks[row].runs)


# -- without a package ----


def test_a_missing_package_is_named_and_the_rest_works(qtbot, window, bridge):
    open_article(qtbot, window, bridge)
    card = window.missing_card
    assert card.isVisible()
    words = " ".join(label.text() for label in card.findChildren(QLabel))
    assert "No package for Romanian → English" in words
    assert "ro → en" in words or "Romanian" in words
    assert card.findChildren(QPushButton)[0].text() == "Install Package from File…"
    select(window, "trei luni")
    trigger(window, "highlight")
    assert len(window.inspector.passages.model.entries) == 1
    assert len(window.inspector.quotes.model.entries) == 2


def test_installing_a_package_translates_the_open_article(qtbot, window, bridge, package_file, monkeypatch):
    open_article(qtbot, window, bridge)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(package_file)], ""))
    trigger(window, "install_package")
    settle(qtbot, window)
    assert "ro → en 1.0 is installed." in window.messages.words
    assert all(shown(window))
    assert not window.missing_card.isVisible()


def test_a_file_that_is_no_package_gets_one_line_and_nothing_is_lost(qtbot, installed, window, bridge, tmp_path):
    open_article(qtbot, window, bridge)
    fake = tmp_path / "fake.argosmodel"
    fake.write_text("not a zip")
    window.packages.install([fake])
    settle(qtbot, window)
    (words,) = window.messages.words
    assert "fake.argosmodel" in words
    assert "\n" not in words
    assert all(shown(window))


def test_an_installed_pair_is_replaced_after_a_yes(qtbot, installed, window, bridge, tmp_path, monkeypatch):
    open_article(qtbot, window, bridge)
    before = shown(window)
    newer = build_package(tmp_path / "newer.argosmodel", "ro", "en", seed=7, version="1.1")
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    window.packages.install([newer])
    settle(qtbot, window)
    assert shown(window) == before
    window.packages.install([newer])
    settle(qtbot, window)
    assert window.status.package.text() == "ro → en 1.1"
    assert shown(window) != before


def test_a_broken_package_gets_one_line_and_the_window_lives(qtbot, installed, window, bridge):
    (installed / "model" / "model.bin").write_bytes(b"\0" * 1000)
    open_article(qtbot, window, bridge)
    assert not any(shown(window))
    assert window.missing_card.isVisible() or window.messages.words
    assert all("\n" not in words for words in window.messages.words)
    select(window, "trei luni")
    trigger(window, "highlight")
    assert window.desk.save()


def test_an_article_in_english_says_that_nothing_is_to_be_translated(qtbot, window, tmp_path):
    open_article(qtbot, window, write(tmp_path, "ferry.txt", FERRY))
    words = " ".join(label.text() for label in window.missing_card.findChildren(QLabel))
    assert "already" in words
    assert "English" in words
    assert window.missing_card.isVisible()


def test_a_foreign_paragraph_without_a_package_stays_untranslated_and_is_tagged(qtbot, installed, window, tmp_path):
    tail = (
        "\n\nLos vecinos de la sierra llevan tres semanas sin tren y el ayuntamiento no sabe todavía cuándo volverá "
        "a funcionar la línea, según explicó ayer el alcalde en una reunión con los maestros de la escuela.\n"
    )
    open_article(qtbot, window, write(tmp_path, "tail.txt", BRIDGE + tail))
    rows = window.reading.page.rows
    assert [row.language for row in rows][-1] == "es"
    assert window.reading.original.blocks[-1].tag == "ES"
    assert shown(window)[-1] is None
    assert all(shown(window)[:6])
    assert "es" in window.desk.opened.routes.missing


# -- language and corrections ----


def test_another_language_is_analysed_anew_and_remembered(qtbot, installed, window, make_window, bridge):
    open_article(qtbot, window, bridge)
    window.status.language_chosen.emit("it")
    settle(qtbot, window)
    assert window.desk.opened.language == "it"
    assert window.status.language.text() == "Italian (chosen)"
    assert window.missing_card.isVisible()
    close(window)
    again = make_window()
    open_article(qtbot, again, bridge)
    assert again.desk.opened.language == "it"


def test_the_language_menu_offers_every_language_by_name(window):
    offered = {action.text() for action in window.status.language.menu().actions()}
    assert {"Romanian", "Ukrainian", "Italian", "Bulgarian", "Spanish"} <= offered


# -- the packages dialog ----


def test_the_packages_dialog_lists_what_is_there_and_what_is_broken(qtbot, tmp_path):
    dialog = PackagesDialog(tmp_path)
    qtbot.addWidget(dialog)
    fields = dict.fromkeys(each.name for each in InstalledPackage.__dataclass_fields__.values())
    values = {
        **fields,
        **{"path": tmp_path, "from_code": "ro", "to_code": "en", "from_name": "Romanian", "to_name": "English"},
        **{"version": "1.0", "size": 1_500_000, "sha256": "ab", "fingerprint": "cd", "problem": "model.bin is missing"},
    }
    dialog.show_packages([InstalledPackage(**values)])
    assert [dialog.table.item(0, column).text() for column in range(4)] == [
        "Romanian → English",
        "1.0",
        "1.5 MB",
        "model.bin is missing",
    ]
    dialog.table.selectRow(0)
    with qtbot.waitSignal(dialog.remove_wanted):
        dialog.remove.click()


def test_a_package_is_removed_after_a_yes(qtbot, installed, window, bridge, monkeypatch):
    open_article(qtbot, window, bridge)
    (package,) = window._workspace.packages.installed()
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    window.packages._remove_package(package)
    settle(qtbot, window)
    assert window._workspace.packages.installed() == ()
    assert "ro" in window.desk.opened.routes.missing


def test_a_ukrainian_article_beside_a_romanian_one_says_what_it_lacks(qtbot, installed, window, bridge, tmp_path):
    open_article(qtbot, window, bridge, write(tmp_path, "harbour.txt", HARBOUR))
    assert not window.missing_card.isVisible()
    window.open_article(tmp_path / "harbour.txt")
    settle(qtbot, window)
    assert "uk" in window.desk.opened.routes.missing
    assert window.missing_card.isVisible()
    assert any(mark.layer is Layer.QUOTE for mark in window.desk.opened.marks())
