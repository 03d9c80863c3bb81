from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from reader.annotations.session import NotesSession
from reader.text.errors import SidecarNotSaved
from reader.ui.dialogs import ExportDialog
from tests.support.news import BRIDGE, MILL, write
from tests.ui.support import open_article, select, settle, trigger


@pytest.fixture
def reading(qtbot, window, tmp_path):
    folder = tmp_path / "news"
    open_article(qtbot, window, write(folder, "bridge.txt", BRIDGE), write(folder, "mill.txt", MILL))
    return window


def fill(monkeypatch, **choices):
    """Answer the next export dialog: `file`, `form`, `kinds`, `everything`."""

    def execute(dialog):
        dialog.formats[choices.get("form", "md")].click()
        dialog.file.setText(str(choices["file"]))
        for kind, box in dialog.kinds.items():
            box.setChecked(kind in choices.get("kinds", ("highlight", "quote")))
        if choices.get("everything"):
            dialog.all_articles.setChecked(True)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", execute)


def test_the_passages_of_the_open_article_are_written_and_it_is_said_where(qtbot, reading, tmp_path, monkeypatch):
    fill(monkeypatch, file=tmp_path / "out.md")
    trigger(reading, "export")
    settle(qtbot, reading)
    assert "Oamenii vor trece" in (tmp_path / "out.md").read_text("utf-8")
    assert "Moara rămâne" not in (tmp_path / "out.md").read_text("utf-8")
    assert any("out.md" in words and "2 passages" in words for words in reading.messages.words)


def test_the_passages_of_the_whole_library_can_be_written(qtbot, reading, tmp_path, monkeypatch):
    fill(monkeypatch, file=tmp_path / "out.md", everything=True)
    trigger(reading, "export")
    settle(qtbot, reading)
    assert "Moara rămâne" in (tmp_path / "out.md").read_text("utf-8")


def test_a_highlight_made_a_moment_ago_is_in_the_export(qtbot, reading, tmp_path, monkeypatch):
    select(reading, "trei luni")
    trigger(reading, "highlight")
    fill(monkeypatch, file=tmp_path / "out.md", kinds=("highlight",))
    trigger(reading, "export")
    settle(qtbot, reading)
    assert "trei luni" in (tmp_path / "out.md").read_text("utf-8")


def test_an_export_over_an_article_is_refused_in_one_line(qtbot, reading, monkeypatch):
    path = reading.desk.opened.path
    before = path.read_bytes()
    fill(monkeypatch, file=path)
    trigger(reading, "export")
    settle(qtbot, reading)
    assert path.read_bytes() == before
    assert "bridge.txt" in reading.messages.words[-1]
    assert "\n" not in reading.messages.words[-1]


def test_an_export_into_a_folder_that_is_not_there_says_so(qtbot, reading, tmp_path, monkeypatch):
    fill(monkeypatch, file=tmp_path / "nowhere" / "out.md")
    trigger(reading, "export")
    settle(qtbot, reading)
    assert any("out.md" in words or "nowhere" in words for words in reading.messages.words)


def test_nothing_is_exported_while_the_notes_can_not_be_saved(qtbot, reading, tmp_path, monkeypatch):
    def not_saved(_):
        raise SidecarNotSaved("bridge.txt.notes.json could not be saved: no space left on the disk.")

    select(reading, "trei luni")
    trigger(reading, "highlight")
    fill(monkeypatch, file=tmp_path / "out.md")
    with monkeypatch.context() as patched:
        patched.setattr(NotesSession, "save", not_saved)
        trigger(reading, "export")
        settle(qtbot, reading)
    assert not (tmp_path / "out.md").exists()
    assert "no space left" in reading.messages.words[-1]


def test_without_an_article_export_says_what_to_do(window):
    trigger(window, "export")
    assert "Open an article first" in window.messages.words[0]


def test_the_file_of_the_export_dialog_follows_the_format(qtbot):
    dialog = ExportDialog(3, Path("passages"))
    qtbot.addWidget(dialog)
    assert (dialog.format, dialog.target) == ("html", Path("passages.html"))
    dialog.formats["csv"].click()
    assert (dialog.format, dialog.target) == ("csv", Path("passages.csv"))
    assert dialog.chosen_kinds == {"highlight", "quote"}


def test_the_whole_library_is_offered_only_where_there_is_more_than_one_article(qtbot):
    dialog = ExportDialog(1, Path("passages"))
    qtbot.addWidget(dialog)
    assert not dialog.all_articles.isEnabled()
    assert dialog.this_article.isChecked()
