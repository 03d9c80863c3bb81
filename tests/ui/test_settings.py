"""The settings in the window: the shape of the window beside them, the file of an earlier version, broken values."""

import os
import tomllib

import pytest
from PySide6.QtCore import QSettings

from reader.settings import FILE
from reader.ui.preferences import target_language, threads
from reader.ui.settings import Settings
from tests.ui.conftest import close
from tests.ui.support import trigger

OLD = {
    "theme": "dark",
    "reading/size": 17.0,
    "view/show_people": False,
    "view/panes": "original",
    "library/recent": ["/news/one", "/news/two"],
    "library/paths": ["/news/one"],
    "translation/threads": 1,
}


@pytest.fixture
def config(home):
    folder = home / "config" / "parallel-reader"
    folder.mkdir(parents=True)
    return folder


def old_file(config, values):
    store = QSettings(str(config / "window.ini"), QSettings.Format.IniFormat)
    for name, value in values.items():
        store.setValue(name, value)
    store.sync()


def test_what_an_earlier_version_kept_is_carried_over_once(config, make_window):
    old_file(config, OLD)
    window = make_window()
    assert window.actions_["theme_dark"].isChecked()
    assert not window.actions_["show_people"].isChecked()
    assert window.reading.original.text_font.pointSizeF() == 17
    close(window)
    kept = tomllib.loads((config / FILE).read_text())
    assert kept["reading"]["size"] == 17
    assert kept["view"] | {"show_people": False, "panes": "original"} == kept["view"]
    assert kept["library"]["recent"] == ["/news/one", "/news/two"]
    assert kept["translation"]["threads"] == 1
    old_file(config, {"theme": "light"})
    assert Settings().text("theme") == "dark"


def test_what_was_damaged_in_the_file_of_an_earlier_version_is_left_out(config, qapp):
    (config / "window.ini").write_bytes(b"\x00\xff[window\ngeometry=@ByteArray(nonsense)\nreading/size=huge\n")
    old_file(config, {"theme": "pink", "reading/size": "huge", "translation/target": "it"})
    settings = Settings()
    assert settings.problems == []
    assert (settings.text("theme"), settings.text("translation/target")) == ("", "it")


def test_a_first_run_begins_with_the_welcome_card(make_window):
    window = make_window()
    window.reopen()
    assert window.welcome_card.isVisible()
    assert window.messages.words == ()


def test_broken_settings_are_named_in_the_bar_and_the_window_opens(config, make_window):
    (config / FILE).write_text("theme = 'pink'\n[reading]\nsize = 'huge'\n")
    window = make_window()
    window.reopen()
    said = " ".join(window.messages.words)
    assert "theme is not one of" in said
    assert "reading.size is not a number" in said
    assert window.welcome_card.isVisible()


def test_settings_are_written_soon_after_they_change(qtbot, config, window):
    trigger(window, "theme_dark")
    trigger(window, "zoom_in")
    qtbot.waitUntil((config / FILE).exists)
    kept = tomllib.loads((config / FILE).read_text())
    assert (kept["theme"], kept["reading"]["zoom"]) == ("dark", 1)


def test_a_full_disk_is_told_once_in_the_bar(qtbot, window, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        trigger(window, "theme_dark")
        window._settings.save_now()
        window._settings.save_now()
    assert len([words for words in window.messages.words if "can't be kept" in words]) == 1


def test_settings_that_make_no_sense_count_as_missing(config, qapp):
    (config / FILE).write_text("[translation]\ntarget = 'klingon'\nthreads = -3\n")
    assert (target_language(Settings()), threads(Settings())) == ("en", None)
    (config / FILE).write_text("[translation]\nthreads = 1\n")
    assert threads(Settings()) == 1
