"""The main job from start to end: open, read beside a real translation, highlight, note, close, reopen, export."""

import hashlib
import json

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from reader.annotations.places import sidecar_path
from reader.page import Layer
from reader.ui.export_dialog import ExportDialog
from tests.support.argos_package import write_package_folder
from tests.ui.conftest import (  # noqa: F401  (fixtures)
    _no_thread_dangles,
    close,
    make_window,
    window,
)
from tests.ui.support import open_article, select, settle, trigger

PASSAGE = "„Am scris prima carte între rafturile din Colbești, iar paznicul mă întreba: «Domnișoară, dumneavoastră"


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.txt")}


@pytest.fixture
def untranslated(samples, home):
    """The samples without their reference translations, and a real package for the Romanian ones."""
    for path in samples.glob("*.notes.json"):
        path.unlink()
    write_package_folder(home / "packages" / "translate-ro_en-1_0", "ro", "en")
    return samples


def exported(qtbot, window, target, monkeypatch):  # noqa: F811
    def fill(dialog):
        dialog.formats[target.suffix[1:]].click()
        dialog.file.setText(str(target))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", fill)
    trigger(window, "export")
    settle(qtbot, window)
    return target.read_text("utf-8")


def test_a_passage_is_read_translated_noted_reopened_and_exported_to_the_letter(
    qtbot,
    window,  # noqa: F811
    make_window,  # noqa: F811
    untranslated,
    tmp_path,
    monkeypatch,
):
    before = digests(untranslated)
    path = untranslated / "ro-night-library.txt"
    window.add_paths([untranslated])
    settle(qtbot, window)
    assert window.library.model.rowCount() == 6
    window.open_article(path)
    settle(qtbot, window)
    opened = window.desk.opened
    assert opened.language == "ro"
    assert all(part and part.how == "machine" for part in opened.shown())

    select(window, PASSAGE)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_N)
    qtbot.waitUntil(window.inspector.editor.note.hasFocus)
    qtbot.keyClicks(window.inspector.editor.note, "Compare with <i>page 12</i> | of the minutes.")
    close(window)
    assert sidecar_path(path).exists()

    again = make_window()
    open_article(qtbot, again, path)
    (mark,) = [mark for mark in again.desk.opened.marks() if mark.layer is Layer.HIGHLIGHT]
    text = again.desk.opened.article.text
    assert mark.span.of(text) == PASSAGE
    assert text.count(PASSAGE) == 1
    assert mark.note == "Compare with <i>page 12</i> | of the minutes."

    page = exported(qtbot, again, tmp_path / "out.html", monkeypatch)
    assert PASSAGE in page
    assert "&lt;i&gt;page 12&lt;/i&gt;" in page
    assert "ro-night-library.txt" in page
    markdown = exported(qtbot, again, tmp_path / "out.md", monkeypatch)
    assert "Domnișoară, dumneavoastră" in markdown
    passages = json.loads(exported(qtbot, again, tmp_path / "out.json", monkeypatch))
    assert PASSAGE in json.dumps(passages, ensure_ascii=False)
    translation = again.desk.opened.translation_of(mark.span)
    assert translation.text in json.dumps(passages, ensure_ascii=False)
    assert translation.engine == "argos ro → en 1.0"
    assert digests(untranslated) == before


def test_the_samples_show_the_whole_reader_without_any_package(qtbot, window, samples, tmp_path, monkeypatch):  # noqa: F811
    before = digests(samples)
    open_article(qtbot, window, samples)
    for path in sorted(samples.glob("*.txt")):
        window.open_article(path)
        settle(qtbot, window)
        opened = window.desk.opened
        assert opened.path == path
        assert window.inspector.quotes.model.entries
        assert window.inspector.people.model.entries
        assert len(window.inspector.passages.model.entries) >= 2
        if not path.name.startswith("en-"):
            assert {part.how for part in opened.shown() if part} == {"reference"}
    page = exported(qtbot, window, tmp_path / "out.html", monkeypatch)
    assert "reference" in page.lower()
    assert digests(samples) == before
