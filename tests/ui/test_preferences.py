"""The preferences: fonts, colours' names, keys, theme, caches; each holds at once and in the next run."""

import tomllib
import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QFontDatabase, QKeySequence
from PySide6.QtWidgets import QMessageBox, QPushButton

from reader import cli
from reader.analysis.language import LANGUAGES
from reader.caches import kept_downloads, kept_indexes, kept_translations
from reader.library.schema import index_folder
from reader.resources import language_name
from reader.settings import FILE
from reader.translation.cache import TranslationCache
from reader.translation.folders import argos_dirs
from reader.translation.messages import Decoded
from reader.ui.actions import COMMANDS
from reader.ui.export_dialog import ExportDialog
from reader.ui.keys import KeysDialog, KeysPage, keys_of, normal, usual_keys
from reader.ui.preferences import PreferencesDialog
from reader.ui.settings import Settings
from tests.support.news import BRIDGE, write
from tests.ui.conftest import close
from tests.ui.support import open_article, select, settle, trigger


@pytest.fixture
def prefer(qtbot, monkeypatch):
    """Open the preferences of a window, do something in them, and agree."""

    def prefer(window, change, *, agree=True):
        def execute(dialog):
            dialog.show()
            change(dialog)
            codes = PreferencesDialog.DialogCode
            return codes.Accepted if agree else codes.Rejected

        monkeypatch.setattr(PreferencesDialog, "exec", execute)
        trigger(window, "preferences")
        settle(qtbot, window)

    return prefer


@pytest.fixture
def page(qtbot, window):
    page = KeysPage(window._settings, window.actions_)
    qtbot.addWidget(page)
    page.show()
    return page


def press(page, command, key):
    page.choose(command)
    page.edit.setKeySequence(QKeySequence(key))


def shortcuts(window, command):
    return [key.toString() for key in window.actions_[command].shortcuts()]


# -- reading ----


def test_each_pane_has_a_font_and_a_size_of_its_own(window, prefer, make_window):
    families = [family for family in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(family)]

    def change(dialog):
        dialog.reading.alike.setChecked(False)
        dialog.reading.original.points.setValue(13)
        dialog.reading.translation.family.setCurrentFont(families[-1])
        dialog.reading.translation.points.setValue(10.5)

    usual = window.reading.original.text_font.family()
    prefer(window, change)
    window._settings.save_now()
    for each in (window, make_window()):
        original, translation = each.reading.original.text_font, each.reading.translation.text_font
        assert (original.family(), original.pointSizeF()) == (usual, 13)
        assert (translation.family(), translation.pointSizeF()) == (families[-1], 10.5)


def test_zooming_moves_both_sizes_and_returns_to_those_of_the_preferences(window, prefer):
    def change(dialog):
        dialog.reading.alike.setChecked(False)
        dialog.reading.original.points.setValue(14)
        dialog.reading.translation.points.setValue(11)

    prefer(window, change)
    trigger(window, "zoom_in")
    sizes = [pane.text_font.pointSizeF() for pane in (window.reading.original, window.reading.translation)]
    assert sizes == [15, 12]
    trigger(window, "zoom_reset")
    sizes = [pane.text_font.pointSizeF() for pane in (window.reading.original, window.reading.translation)]
    assert sizes == [14, 11]
    prefer(window, lambda dialog: dialog.reading.alike.setChecked(True))
    assert window.reading.translation.text_font.pointSizeF() == 14


def test_measure_and_line_height_shape_the_text(qtbot, window, prefer, tmp_path):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    pane = window.reading.original
    trigger(window, "view_original")
    before = pane.block_height(1) / pane.document().findBlockByNumber(1).layout().lineCount()
    margin = pane.viewportMargins().left()

    def change(dialog):
        dialog.reading.measure.setValue(45)
        dialog.reading.line_height.setValue(200)

    prefer(window, change)
    assert pane.viewportMargins().left() > margin
    assert pane.block_height(1) / pane.document().findBlockByNumber(1).layout().lineCount() > before


def test_the_theme_changes_with_the_yes_and_not_before(window, prefer):
    def dark(dialog):
        dialog.reading.theme.setCurrentIndex(dialog.reading.theme.findData("dark"))
        assert not window.reading.original.theme.dark

    prefer(window, dark, agree=False)
    assert not window.reading.original.theme.dark
    prefer(window, dark)
    assert window.reading.original.theme.dark
    assert window.actions_["theme_dark"].isChecked()


def test_what_is_left_as_it_is_is_not_written(window, prefer, home):
    prefer(window, lambda dialog: None)
    window._settings.save_now()
    kept = tomllib.loads((home / "config" / "parallel-reader" / FILE).read_text())
    assert "keys" not in kept
    assert "colours" not in kept
    assert not {"font", "size", "measure", "line_height"} & set(kept.get("reading", {}))


# -- languages ----


def tick(dialog, *names):
    lines = dialog.languages.expected
    for row in range(lines.count()):
        state = Qt.CheckState.Checked if lines.item(row).text() in names else Qt.CheckState.Unchecked
        lines.item(row).setCheckState(state)


def test_languages_of_a_persons_articles_come_first_where_one_is_chosen(window, prefer, make_window, home):
    prefer(window, lambda dialog: tick(dialog, "Ukrainian", "Bulgarian", "Swedish"))
    window._settings.save_now()
    for each in (window, make_window()):
        offered = [action.text() for action in each.status.language.menu().actions()]
        assert offered[:4] == ["Bulgarian", "Swedish", "Ukrainian", ""]
        assert offered.count("Bulgarian") == 1
        assert set(map(language_name, LANGUAGES)) <= set(offered)
    kept = tomllib.loads((home / "config" / "parallel-reader" / FILE).read_text())
    assert kept["languages"] == {"expected": ["bg", "sv", "uk"]}
    prefer(window, lambda dialog: tick(dialog))
    assert window._settings.texts("languages/expected") is None


def test_languages_are_found_by_name_and_those_ticked_stand_first(window, prefer):
    prefer(window, lambda dialog: tick(dialog, "Ukrainian"))
    page = window.preferences.dialog().languages
    assert page.expected.item(0).text() == "Ukrainian"
    page.filter.setText("roman")
    left = [row for row in range(page.expected.count()) if not page.expected.item(row).isHidden()]
    assert [page.expected.item(row).text() for row in left] == ["Romanian"]
    assert page.expected.ticked == ["uk"]  # what the filter hides stays ticked


# -- colours ----


def test_a_colours_name_stands_in_menu_tooltip_and_list(qtbot, window, prefer, tmp_path, make_window):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    prefer(window, lambda dialog: dialog.colours.names["green"].setText("Evidence"))
    assert window.actions_["colour_2"].text() == "Highlight in Evidence"
    assert window.actions_["colour_1"].text() == "Highlight in Yellow"
    button = window.inspector.editor._buttons["green"]
    assert "Evidence" in button.toolTip()
    assert button.accessibleName() == "Colour Evidence"
    select(window, "Lucrările")
    trigger(window, "colour_2")
    tab = window.inspector.passages
    assert "(Evidence)" in str(tab.model.index(0, 0).data())
    tab.filter.setText("evidence")
    assert tab._order.rowCount() == 1
    pane = window.reading.original
    place = next(n for n, block in enumerate(pane.blocks) if "Lucrările" in block.text)
    qtbot.waitUntil(lambda: pane.words_at(place, 2) == "Evidence · Highlight, marked by you")
    prefer(window, lambda dialog: dialog.colours.names["green"].setText("Doubtful"))
    qtbot.waitUntil(lambda: pane.words_at(place, 2) == "Doubtful · Highlight, marked by you")
    close(window)
    again = make_window()
    assert again.actions_["colour_2"].text() == "Highlight in Doubtful"


def test_an_emptied_name_is_the_usual_one_again(window, prefer):
    prefer(window, lambda dialog: dialog.colours.names["pink"].setText("Doubt"))
    prefer(window, lambda dialog: dialog.colours.names["pink"].setText("  "))
    assert window.actions_["colour_4"].text() == "Highlight in Pink"


# -- keys ----


def test_a_command_gets_another_key_at_once_and_in_the_next_run(window, prefer, make_window):
    def change(dialog):
        press(dialog.keys, "export", "F12")
        dialog.keys.add.click()

    prefer(window, change)
    assert shortcuts(window, "export") == ["Ctrl+E", "F12"]
    close(window)
    assert shortcuts(make_window(), "export") == ["Ctrl+E", "F12"]


def test_a_key_that_another_command_has_is_named_and_can_be_taken_over(page):
    press(page, "highlight", "Ctrl+E")
    assert page.hint.text() == "Ctrl+E belongs to “File → Export…”."
    assert page.add.text() == "Take it over"
    page.add.click()
    assert page.keys["highlight"] == ("H", "Ctrl+E")
    assert page.keys["export"] == ()
    page.choose("export")
    page.usual.click()
    assert page.keys["export"] == ()  # it is another's now, and that is said
    assert "Annotate → Highlight" in page.hint.text()
    page.all_usual.click()
    assert page.keys == usual_keys()


def test_a_command_can_have_no_key_and_get_its_usual_one_back(page):
    page.choose("note")
    page.none.click()
    assert page.keys["note"] == ()
    assert not page.none.isEnabled()
    page.usual.click()
    assert page.keys["note"] == ("N",)


@pytest.mark.parametrize("key", ["Esc", "Tab", "Return", "Up"])
def test_keys_that_move_about_are_refused(page, key):
    press(page, "highlight", key)
    assert not page.add.isEnabled()
    assert "no command can have it" in page.hint.text()


def shown_rows(table):
    return [table.item(row, 0).text() for row in range(table.rowCount()) if not table.isRowHidden(row)]


def test_commands_stand_below_their_menus_and_are_found_by_menu_words_and_key(page):
    assert shown_rows(page.table)[:3] == ["File", "Open Files…", "Open Folder…"]
    page.filter.setText("ctrl+e")
    assert shown_rows(page.table) == ["File", "Export…"]
    page.filter.setText("annotate note")
    assert shown_rows(page.table) == ["Annotate", "Note"]
    assert page.table.chosen == "note"
    page.filter.setText("zebra")
    assert shown_rows(page.table) == []


def test_a_menus_name_is_no_command_to_choose(qtbot, page):
    page.choose("quit")
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.chosen == "undo"
    qtbot.keyClick(page.table, Qt.Key.Key_Up)
    assert page.table.chosen == "quit"


def test_a_key_that_opens_a_menu_is_refused(page):
    press(page, "highlight", "Alt+F")
    assert not page.add.isEnabled()
    assert page.hint.text() == "This key opens the menu File: no command can have it."


def test_the_list_of_keys_has_what_holds_now_and_leads_to_changing_it(qtbot, window, prefer, monkeypatch):
    def change(dialog):
        press(dialog.keys, "note", "F12")
        dialog.keys.add.click()

    prefer(window, change)
    seen = []

    def look(dialog):
        dialog.filter.setText("note")
        table = dialog.table
        seen.extend(table.item(row, 1).text() for row in range(table.rowCount()) if not table.isRowHidden(row))
        dialog.findChild(QPushButton, "change").click()
        return dialog.result()

    def agree(dialog):
        seen.append(dialog.tabs.currentWidget() is dialog.keys)
        return dialog.DialogCode.Rejected

    monkeypatch.setattr(KeysDialog, "exec", look)
    monkeypatch.setattr(PreferencesDialog, "exec", agree)
    trigger(window, "keys")
    assert seen == ["", "N, F12", True]


def test_tooltips_name_the_keys_that_hold_now(window, prefer):
    def change(dialog):
        press(dialog.keys, "colour_2", "F12")
        dialog.keys.add.click()
        press(dialog.keys, "find_next", "F11")
        dialog.keys.add.click()
        press(dialog.keys, "view_original", "F8")
        dialog.keys.none.click()
        dialog.keys.choose("colour_1")
        dialog.keys.none.click()

    yellow, green = (window.inspector.editor._buttons[name] for name in ("yellow", "green"))
    assert (yellow.toolTip(), green.toolTip()) == ("Yellow (1)", "Green (2)")
    prefer(window, change)
    assert (yellow.toolTip(), green.toolTip()) == ("Yellow", "Green (2, F12)")
    assert window.find_bar._buttons["next"][0].toolTip() == "Next hit (F3, F11)"


def test_only_changed_keys_are_written(page, home):
    press(page, "export", "F12")
    page.add.click()
    settings = Settings()
    page.keep(settings)
    settings.save()
    kept = tomllib.loads((home / "config" / "parallel-reader" / FILE).read_text())
    assert kept == {"keys": {"export": ["Ctrl+E", "F12"]}}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ('note = ["Nonsense"]', "keys.note is not a list of keys"),
        ('note = ["Esc"]', "keys.note is not a list of keys"),
        ('highlight = ["F12"]\nnote = ["F12"]', "keys.note is not free to have F12, which keys.highlight has"),
    ],
)
def test_keys_that_cannot_be_are_named_and_the_usual_ones_hold(home, make_window, words, named):
    folder = home / "config" / "parallel-reader"
    folder.mkdir(parents=True)
    (folder / FILE).write_text(f"[keys]\n{words}\n")
    window = make_window()
    assert shortcuts(window, "note") == ["N"]
    assert any(named in each for each in window.messages.words)


def test_a_persons_own_key_is_taken_from_the_command_that_usually_has_it(home, qapp):
    folder = home / "config" / "parallel-reader"
    folder.mkdir(parents=True)
    (folder / FILE).write_text('[keys]\nnote = ["H"]\n')
    keys = keys_of(Settings())
    assert (keys["note"], keys["highlight"]) == (("H",), ())


def test_every_usual_key_is_a_key_of_one_command():
    keys = [key for keys in usual_keys().values() for key in keys]
    assert "" not in keys
    assert len(keys) == len(set(keys))
    assert len(keys) == sum(len(command.keys) for command in COMMANDS)


@pytest.mark.parametrize(("typed", "kept"), [("ctrl+e", "Ctrl+E"), ("Foo", ""), ("", ""), ("Ctrl+K, Ctrl+B", "")])
def test_a_key_has_one_spelling(typed, kept):
    assert normal(typed) == kept


# -- caches ----


@pytest.fixture
def caches(window):
    cache = TranslationCache()
    cache.store("ro-en", {"Bună.": Decoded("Hello.", -0.1, False)})
    cache.close()
    index_folder().mkdir(parents=True)
    for suffix in (".sqlite", ".sqlite-wal"):
        (index_folder() / f"abc{suffix}").write_bytes(b"x" * 5000)
    downloads = argos_dirs().downloads
    downloads.mkdir(parents=True)
    (downloads / "translate-ro_en.argosmodel.part").write_bytes(b"x" * 1_450_000)
    (downloads / "of somebody else").write_bytes(b"x")


def test_the_preferences_say_where_caches_lie_and_how_big_they_are(qtbot, window, caches):
    dialog = window.preferences.dialog()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    shown = {name: label.text().split("\n") for name, label in dialog.storage.labels.items()}
    assert shown["translations"][0].startswith("1 sentence · ")
    assert shown["translations"][1] == str(kept_translations().path)
    assert shown["indexes"] == ["1 folder · 10 kB", str(index_folder())]
    assert shown["downloads"] == ["1 file · 1.4 MB", str(argos_dirs().downloads)]
    dialog.deleteLater()


@pytest.mark.parametrize("answer", ["Yes", "Cancel"])
def test_caches_are_cleared_after_a_yes(qtbot, window, caches, monkeypatch, answer):
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton[answer])
    dialog = window.preferences.dialog()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    for button in dialog.storage.buttons.values():
        button.click()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    left = 0 if answer == "Yes" else 1
    assert (kept_translations().count, kept_indexes().count, kept_downloads().count) == (left, left, left)
    assert {button.isEnabled() for button in dialog.storage.buttons.values()} == {bool(left)}
    assert (argos_dirs().downloads / "of somebody else").exists()
    dialog.deleteLater()


def test_a_cache_that_cannot_be_cleared_says_why(qtbot, window, caches, monkeypatch):
    def busy(_):
        import sqlite3

        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    monkeypatch.setattr(TranslationCache, "clear", busy)
    dialog = window.preferences.dialog()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    dialog.storage.buttons["translations"].click()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert "database is locked" in dialog.storage.state.text()
    dialog.deleteLater()


def test_a_dialog_that_is_closed_at_once_leaves_nothing_behind(qtbot, window, caches, qapp):
    dialog = window.preferences.dialog()
    dialog.deleteLater()
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_the_folder_of_the_settings_can_be_opened(qtbot, window, monkeypatch, home):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog = window.preferences.dialog()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    dialog.storage.open_settings.click()
    assert opened == [str(home / "config" / "parallel-reader")]
    dialog.deleteLater()


def test_an_index_that_is_open_is_let_go_and_made_anew(qtbot, window, tmp_path, monkeypatch):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    trigger(window, "search_library")
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=30_000)
    assert kept_indexes().count == 1
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    dialog = window.preferences.dialog()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    dialog.storage.buttons["indexes"].click()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert kept_indexes().count == 0
    trigger(window, "search_library")
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=30_000)
    assert kept_indexes().count == 1
    dialog.deleteLater()


@pytest.mark.parametrize("form", ["html", "md", "docx"])
def test_a_colours_name_stands_in_every_export_and_its_dialog(qtbot, window, prefer, tmp_path, monkeypatch, form):
    open_article(qtbot, window, write(tmp_path, "bridge.txt", BRIDGE))
    prefer(window, lambda dialog: dialog.colours.names["green"].setText("Evidence"))
    select(window, "Lucrările")
    trigger(window, "colour_2")
    offered, target = [], tmp_path / f"out.{form}"

    def export(dialog):
        offered.extend(dialog.colour.itemText(row) for row in range(dialog.colour.count()))
        dialog.formats[form].click()
        dialog.colour.setCurrentIndex(offered.index("Evidence"))
        dialog.file.setText(str(target))
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", export)
    trigger(window, "export")
    settle(qtbot, window)
    assert offered == ["Any colour", "Yellow", "Evidence", "Blue", "Pink", "Orange", "Purple"]
    assert "Highlight · Evidence" in words_in(target)


def words_in(file):
    """Return the words of an exported file of any format."""
    if file.suffix == ".docx":
        return zipfile.ZipFile(file).read("word/document.xml").decode()
    return file.read_text("utf-8")


def test_the_command_line_exports_a_colours_name_too(home, tmp_path, qapp):
    settings = Settings()
    settings.set("colours/green", "Evidence")
    settings.save()
    article, target = write(tmp_path, "bridge.txt", BRIDGE), tmp_path / "out.html"
    for arguments in (
        ["annotate", str(article), "--start", "0", "--end", "5", "--colour", "green"],
        ["export", str(article), "--format", "html", "--output", str(target), "--kind", "highlight"],
    ):
        assert cli.main(arguments) == 0
    assert "Highlight · Evidence" in target.read_text("utf-8")
