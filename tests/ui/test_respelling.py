"""Known names stand in one spelling in the shown translation, marked, and as the machine wrote them at a wish."""

import pytest

from reader.export.passages import SentenceTranslation
from reader.translation.service import Translation
from tests.support.argos_package import write_package_folder
from tests.support.news import write
from tests.ui.support import open_article, put_caret, settle, trigger

TEXT = """Порт відкриють навесні

Начальник Орест Глинянський прибув до міста в понеділок. Роботи тривають.
"""
MACHINE = ["The port opens in spring", "The harbour master Orest Glynyanskij came to town on Monday.", "Work goes on."]


@pytest.fixture
def reading(qtbot, window, tmp_path, home, monkeypatch):
    """The window with an article whose machine translation spells a name its own way."""
    write_package_folder(home / "packages" / "translate-uk_en-1_0", "uk", "en")

    def translate(route, texts, **_):
        yield from ((number, Translation(MACHINE[number], -0.1)) for number in range(len(texts)))

    monkeypatch.setattr(window._workspace.translations, "translate", translate)
    open_article(qtbot, window, write(tmp_path / "news", "port.txt", TEXT))
    return window


def spelled(window):
    """Return the reader's spelling of the surname."""
    (person,) = {mention.person for mention in window.desk.opened.analysis.people}
    return person.split()[-1]


def pane_text(window):
    return window.reading.translation.toPlainText()


def test_a_known_name_stands_in_the_readers_spelling_and_says_what_the_machine_wrote(reading):
    name = spelled(reading)
    assert name != "Glynyanskij"
    assert f"Orest {name} came" in pane_text(reading)
    row = reading.reading.page.row_at(TEXT.index("Начальник"))
    at = reading.reading.translation.blocks[row].text.index(name)
    assert "the machine wrote “Glynyanskij”" in reading.reading.translation.words_at(row, at + 1)
    italics = [run for run in reading.reading.translation.blocks[row].runs if run.form.fontItalic()]
    assert [(run.start_u16, run.end_u16) for run in italics] == [(at, at + len(name))]


def test_the_view_menu_shows_the_names_as_the_machine_wrote_them(qtbot, reading):
    trigger(reading, "respell_names")
    assert "Orest Glynyanskij came" in pane_text(reading)
    trigger(reading, "respell_names")
    assert "Glynyanskij" not in pane_text(reading)


def test_the_machines_own_text_is_what_is_stored_and_exported(qtbot, reading):
    put_caret(reading, "Начальник")
    trigger(reading, "highlight")
    (own,) = [each for each in reading.desk.opened.notes.notes.annotations if each.kind == "highlight"]
    assert own.translation.text == MACHINE[1]
    assert reading.desk.opened.shown_sentence(1) == SentenceTranslation(
        MACHINE[1], engine="argos uk → en 1.0", package_sha256=own.translation.package_sha256
    )


def test_a_correction_begins_with_the_machines_words_and_is_never_respelled(qtbot, reading):
    put_caret(reading, "Начальник")
    trigger(reading, "correct")
    assert reading.reading.editor.text.toPlainText() == MACHINE[1]
    reading.reading.editor.text.setPlainText("Glynyanskij came.")
    reading.reading.editor.commit()
    settle(qtbot, reading)
    assert "Glynyanskij came." in pane_text(reading)
