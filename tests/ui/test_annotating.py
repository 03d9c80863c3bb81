import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QInputDialog

from reader.annotations.places import sidecar_path
from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.page import Layer
from reader.text.span import Span
from reader.translation.service import Translation
from tests.support.argos_package import write_package_folder
from tests.support.news import BRIDGE, FERRY, write
from tests.ui.conftest import close
from tests.ui.support import open_article, put_caret, select, settle, trigger

QUOTE = "Nu mai putem\u00a0aștepta nici măcar o lună"


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "news", "bridge.txt", BRIDGE)


@pytest.fixture
def reading(qtbot, window, path):
    """The window with the bridge article open."""
    open_article(qtbot, window, path)
    return window


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def marks(window, *layers):
    return [mark for mark in window.desk.opened.marks() if mark.layer in layers]


def texts(window, *layers):
    return [mark.span.of(window.desk.opened.article.text) for mark in marks(window, *layers)]


def highlights(window):
    return texts(window, Layer.HIGHLIGHT)


def saved(path):
    """Return the annotations of kind highlight as the sidecar on disk has them."""
    return [each for each in json.loads(sidecar_path(path).read_bytes())["annotations"] if each["kind"] == "highlight"]


def reopened(qtbot, window, make_window, path):
    """Close the window and open the article in a new one, as after a restart."""
    close(window)
    again = make_window()
    open_article(qtbot, again, path)
    return again


# -- own highlights ----


def test_h_highlights_the_selection_to_the_code_point(qtbot, reading, path):
    select(reading, QUOTE)
    press(qtbot, reading, Qt.Key.Key_H)
    assert highlights(reading) == [QUOTE]
    assert reading.reading.selected_span() is None
    (entry,) = reading.inspector.passages.model.entries
    assert entry.text == " ".join(QUOTE.split())


def test_without_a_selection_h_highlights_the_sentence_of_the_caret(qtbot, reading):
    put_caret(reading, "Lucrările")
    press(qtbot, reading, Qt.Key.Key_H)
    assert highlights(reading) == ["Lucrările durează trei luni."]


def test_without_either_h_says_what_to_do(window):
    trigger(window, "highlight")
    assert window.messages.words == ("Select some text first, then highlight it.",)


def test_a_highlight_is_saved_by_itself_and_survives_closing_and_reopening(qtbot, reading, make_window, path):
    select(reading, QUOTE)
    trigger(reading, "highlight")
    qtbot.waitUntil(lambda: reading.status.saved.text() == "Saved")
    assert saved(path)[0]["target"]["selector"][0]["exact"] == QUOTE
    assert reading.status.saved.text() == "Saved"
    assert highlights(reopened(qtbot, reading, make_window, path)) == [QUOTE]


def test_a_highlight_survives_a_line_added_above_it(qtbot, reading, make_window, path):
    select(reading, QUOTE)
    trigger(reading, "highlight")
    close(reading)
    path.write_text(f"Actualizare, ora 12\n\n{BRIDGE}", "utf-8")
    again = make_window()
    open_article(qtbot, again, path)
    assert highlights(again) == [QUOTE]


def test_a_highlight_survives_a_line_added_while_the_article_is_open(qtbot, reading, path):
    select(reading, QUOTE)
    trigger(reading, "highlight")
    path.write_text(f"Actualizare, ora 12\n\n{BRIDGE}", "utf-8")
    reading.desk.look_again()
    settle(qtbot, reading)
    assert reading.desk.opened.article.text.startswith("Actualizare")
    assert highlights(reading) == [QUOTE]


def test_a_highlight_whose_words_are_gone_is_listed_as_unplaced(qtbot, reading, make_window, path):
    select(reading, "Inginera Maria Petrescu a promis un pod provizoriu.")
    trigger(reading, "highlight")
    close(reading)
    path.write_text(BRIDGE.replace("Inginera Maria Petrescu a promis un pod provizoriu.", "Atât."), "utf-8")
    again = make_window()
    open_article(qtbot, again, path)
    assert highlights(again) == []
    (entry,) = again.inspector.passages.model.entries
    assert entry.heading.startswith("Unplaced")
    assert entry.text == "Inginera Maria Petrescu a promis un pod provizoriu."


@pytest.mark.parametrize(
    ("key", "colour"), [(Qt.Key.Key_1, "yellow"), (Qt.Key.Key_4, "pink"), (Qt.Key.Key_6, "purple")]
)
def test_the_number_keys_highlight_in_their_colours(qtbot, reading, key, colour):
    select(reading, "trei luni")
    press(qtbot, reading, key)
    assert [mark.colour for mark in marks(reading, Layer.HIGHLIGHT)] == [colour]


def test_a_number_key_on_a_highlight_gives_it_another_colour(qtbot, reading):
    select(reading, "trei luni")
    trigger(reading, "highlight")
    put_caret(reading, "trei luni")
    press(qtbot, reading, Qt.Key.Key_3)
    assert [mark.colour for mark in marks(reading, Layer.HIGHLIGHT)] == ["blue"]
    assert highlights(reading) == ["trei luni"]


def test_what_is_highlighted_already_is_not_highlighted_twice(qtbot, reading):
    for _ in range(2):
        select(reading, "Podul vechi")
        press(qtbot, reading, Qt.Key.Key_H)
    assert highlights(reading) == ["Podul vechi"]
    select(reading, "Podul vechi")
    press(qtbot, reading, Qt.Key.Key_3)
    assert [mark.colour for mark in marks(reading, Layer.HIGHLIGHT)] == ["blue"]
    trigger(reading, "undo")
    assert [mark.colour for mark in marks(reading, Layer.HIGHLIGHT)] == ["yellow"]


def test_a_tag_put_before_those_of_the_file_is_saved(qtbot, reading, make_window, path):
    select(reading, "Podul vechi")
    press(qtbot, reading, Qt.Key.Key_T)
    qtbot.keyClicks(reading.inspector.editor.tags, "cost, war")
    close(reading)
    again = make_window()
    open_article(qtbot, again, path)
    put_caret(again, "Podul vechi")
    press(qtbot, again, Qt.Key.Key_T)
    again.inspector.editor.tags.setText("war, money, cost")
    close(again)
    bodies = saved(path)[0]["body"]
    assert [body["value"] for body in bodies if body["purpose"] == "tagging"] == ["war", "money", "cost"]


def test_the_next_highlight_takes_the_colour_used_last(reading):
    select(reading, "trei luni")
    trigger(reading, "colour_2")
    select(reading, "pod provizoriu")
    trigger(reading, "highlight")
    assert [mark.colour for mark in marks(reading, Layer.HIGHLIGHT)] == ["green", "green"]


def test_del_removes_the_highlight_under_the_caret(qtbot, reading):
    select(reading, "trei luni")
    trigger(reading, "highlight")
    put_caret(reading, "trei luni")
    press(qtbot, reading, Qt.Key.Key_Delete)
    assert highlights(reading) == []


def test_a_selection_in_the_translation_highlights_sentences_of_the_original(qtbot, window, samples):
    open_article(qtbot, window, samples / "ro-night-library.txt")
    pane = window.reading.translation
    pane.setFocus()
    cursor = QTextCursor(pane.document().findBlockByNumber(2))
    cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor, 3)
    pane.setTextCursor(cursor)
    before = len(highlights(window))
    trigger(window, "highlight")
    span = window.reading.page.sentences[window.reading.page.rows[2].sentences[0]].span
    assert len(highlights(window)) == before + 1
    assert span.of(window.desk.opened.article.text) in highlights(window)


def test_the_translation_of_a_highlight_is_kept_with_it(qtbot, window, samples):
    path = samples / "ro-night-library.txt"
    open_article(qtbot, window, path)
    select(window, "Sponsorul se afla chiar în sală.")
    trigger(window, "highlight")
    window.desk.save()
    (mine,) = [each for each in saved(path) if each["target"]["selector"][0]["exact"].startswith("Sponsorul")]
    (body,) = [body for body in mine["body"] if body["purpose"] == "describing"]
    assert body["language"] == "en"
    assert (
        body["value"]
        == window.desk.opened.translation_of(window.desk.opened.notes.annotation(mine["id"]).target.span).text
    )


# -- notes and tags ----


def test_n_opens_the_note_of_the_highlight_and_what_is_typed_is_saved(qtbot, reading, make_window, path):
    select(reading, "trei luni")
    press(qtbot, reading, Qt.Key.Key_N)
    note = reading.inspector.editor.note
    qtbot.waitUntil(note.hasFocus)
    qtbot.keyClicks(note, "Who pays? [1] {h}")
    again = reopened(qtbot, reading, make_window, path)
    (mark,) = marks(again, Layer.HIGHLIGHT)
    assert mark.note == "Who pays? [1] {h}"
    assert saved(path)[0]["body"][-1]["value"] == "Who pays? [1] {h}"


def test_n_after_h_opens_the_note_of_the_highlight_just_made(qtbot, reading, path):
    select(reading, "trei luni")
    press(qtbot, reading, Qt.Key.Key_H)
    press(qtbot, reading, Qt.Key.Key_N)
    qtbot.keyClicks(reading.inspector.editor.note, "Cine?")
    reading.desk.save()
    assert [(each["target"]["selector"][0]["exact"], each["body"][0]["value"]) for each in saved(path)] == [
        ("trei luni", "Cine?")
    ]


def test_t_opens_the_tags_and_they_are_saved_when_the_window_closes_at_once(qtbot, reading, make_window, path):
    select(reading, "trei luni")
    press(qtbot, reading, Qt.Key.Key_T)
    tags = reading.inspector.editor.tags
    qtbot.waitUntil(tags.hasFocus)
    qtbot.keyClicks(tags, "bridge, cost")
    again = reopened(qtbot, reading, make_window, path)
    (annotation, _) = next(each for each in again.desk.opened.notes.placed if each[0].kind == "highlight")
    assert annotation.tags == ("bridge", "cost")


def test_typing_a_note_is_one_step_to_undo(qtbot, reading):
    select(reading, "trei luni")
    trigger(reading, "note")
    qtbot.keyClicks(reading.inspector.editor.note, "Who pays?")
    assert marks(reading, Layer.HIGHLIGHT)[0].note == "Who pays?"
    reading.reading.original.setFocus()
    trigger(reading, "undo")
    assert marks(reading, Layer.HIGHLIGHT)[0].note == ""
    assert reading.inspector.editor.note.toPlainText() == ""


def test_escape_in_the_note_leads_back_to_the_text(qtbot, reading):
    select(reading, "trei luni")
    trigger(reading, "note")
    qtbot.waitUntil(reading.inspector.editor.note.hasFocus)
    press(qtbot, reading, Qt.Key.Key_Escape)
    assert reading.reading.original.hasFocus()


@pytest.mark.parametrize("field", ["filter", "note", "tags", "people filter"])
def test_single_keys_typed_into_a_field_are_text_and_no_commands(qtbot, reading, field):
    select(reading, "trei luni")
    trigger(reading, "note")
    inspector = reading.inspector
    widget = {
        "filter": reading.library.filter,
        "note": inspector.editor.note,
        "tags": inspector.editor.tags,
        "people filter": inspector.people.filter,
    }[field]
    if field == "people filter":
        inspector.setCurrentWidget(inspector.people)
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClicks(widget, "hntq1]s[")
    qtbot.keyClick(widget, Qt.Key.Key_Delete)
    assert (widget.toPlainText() if field == "note" else widget.text()) == "hntq1]s["
    assert highlights(reading) == ["trei luni"]
    assert {mark.colour for mark in marks(reading, Layer.HIGHLIGHT)} == {"yellow"}
    assert not any(mark.stored for mark in marks(reading, Layer.QUOTE))


# -- what was found ----


def test_q_accepts_the_quote_under_the_caret_and_it_stays_accepted(qtbot, reading, make_window, path):
    put_caret(reading, QUOTE)
    press(qtbot, reading, Qt.Key.Key_Q)
    assert [mark.stored for mark in marks(reading, Layer.QUOTE)] == [True, False]
    again = reopened(qtbot, reading, make_window, path)
    (mark, other) = marks(again, Layer.QUOTE)
    assert (mark.stored, mark.name, other.stored) == (True, "Andrei Voicu", False)
    assert [entry.badge for entry in again.inspector.quotes.model.entries] == ["✓", ""]


def test_a_rejected_detection_stays_rejected_after_reopening(qtbot, reading, make_window, path):
    put_caret(reading, QUOTE)
    press(qtbot, reading, Qt.Key.Key_Delete)
    assert texts(reading, Layer.QUOTE) == ["Oamenii vor trece râul pe jos, ca pe vremuri"]
    again = reopened(qtbot, reading, make_window, path)
    assert texts(again, Layer.QUOTE) == ["Oamenii vor trece râul pe jos, ca pe vremuri"]


def test_a_rejected_mention_stays_rejected_after_another_analysis(qtbot, reading):
    put_caret(reading, "Maria Petrescu")
    trigger(reading, "remove")
    reading.desk.reanalyse()
    settle(qtbot, reading)
    assert "Maria Petrescu" not in texts(reading, Layer.PERSON)


def answer(monkeypatch, words, agreed=True):
    """Answer the next question for a person, and remember what was offered."""
    offered = []

    def get(_window, _title, _label, options, *_):
        offered.append(list(options))
        return words, agreed

    monkeypatch.setattr(QInputDialog, "getItem", get)
    return offered


def test_s_says_who_said_a_quote(qtbot, reading, make_window, path, monkeypatch):
    offered = answer(monkeypatch, "Maria Petrescu")
    put_caret(reading, QUOTE)
    press(qtbot, reading, Qt.Key.Key_S)
    assert offered == [["Andrei Voicu", "Maria Petrescu"]]
    again = reopened(qtbot, reading, make_window, path)
    assert marks(again, Layer.QUOTE)[0].name == "Maria Petrescu"


def test_an_empty_answer_says_that_nobody_is_named(reading, monkeypatch):
    answer(monkeypatch, "")
    put_caret(reading, QUOTE)
    trigger(reading, "reassign")
    assert marks(reading, Layer.QUOTE)[0].name is None
    assert reading.inspector.quotes.model.entries[0].heading == "No named speaker"


def test_a_cancelled_question_changes_nothing(reading, monkeypatch):
    answer(monkeypatch, "Maria Petrescu", agreed=False)
    put_caret(reading, QUOTE)
    trigger(reading, "reassign")
    assert marks(reading, Layer.QUOTE)[0].name == "Andrei Voicu"
    assert reading.desk.opened.notes.undo_label is None


def test_a_selection_can_be_marked_as_a_quote_and_as_a_person(reading, monkeypatch):
    answer(monkeypatch, "Lucia Lucrărilor")
    select(reading, "Lucrările durează")
    trigger(reading, "mark_quote")
    select(reading, "Lucrările")
    trigger(reading, "mark_person")
    assert "Lucrările durează" in texts(reading, Layer.QUOTE)
    assert "Lucia Lucrărilor" in [mark.name for mark in marks(reading, Layer.PERSON)]


def test_commands_with_nothing_to_work_on_say_what_to_do(reading):
    reading.reading.original.moveCursor(QTextCursor.MoveOperation.Start)
    for command, words in {
        "accept": "Put the caret on a quote or a name",
        "remove": "Put the caret on a highlight",
        "reassign": "Put the caret on a quote",
        "rename_person": "Put the caret on a person's name",
        "mark_quote": "Select the words",
    }.items():
        trigger(reading, command)
        assert reading.messages.words[-1].startswith(words)
    assert not reading.desk.opened.notes.dirty or reading.desk.opened.notes.undo_label is None


# -- people ----


def people(window):
    return {entry.heading: entry.badge for entry in window.inspector.people.model.entries}


def test_a_person_can_be_renamed(qtbot, reading, make_window, path, monkeypatch):
    answer(monkeypatch, "Andrei V. Voicu")
    put_caret(reading, "Andrei Voicu")
    trigger(reading, "rename_person")
    settle(qtbot, reading)
    assert people(reading) == {"Andrei V. Voicu": "2", "Maria Petrescu": "2"}
    assert marks(reading, Layer.QUOTE)[0].name == "Andrei V. Voicu"
    assert "Andrei V. Voicu" in people(reopened(qtbot, reading, make_window, path))


def test_two_people_can_be_merged_and_parted_again_by_undo(qtbot, reading, monkeypatch):
    offered = answer(monkeypatch, "Maria Petrescu")
    put_caret(reading, "Andrei Voicu")
    trigger(reading, "merge_people")
    settle(qtbot, reading)
    assert offered == [["Maria Petrescu"]]
    assert people(reading) == {"Maria Petrescu": "4"}
    trigger(reading, "undo")
    settle(qtbot, reading)
    assert people(reading) == {"Andrei Voicu": "2", "Maria Petrescu": "2"}


def test_a_person_written_in_another_alphabet_can_be_renamed_and_dropped(qtbot, window, samples, monkeypatch):
    open_article(qtbot, window, samples / "uk-delta-harbour.txt")
    (captain,) = [entry for entry in window.inspector.people.model.entries if "Глинянськ" in entry.text]
    answer(monkeypatch, "Captain H.")
    window.annotator.rename(captain.key)
    settle(qtbot, window)
    assert people(window)["Captain H."] == captain.badge
    assert captain.key not in people(window)
    window.annotator.not_a_person("Captain H.")
    settle(qtbot, window)
    assert not [entry for entry in window.inspector.people.model.entries if "Глинянськ" in entry.text]


def test_what_is_no_person_is_dropped_and_stays_so(qtbot, reading, make_window, path):
    put_caret(reading, "Maria Petrescu")
    trigger(reading, "not_a_person")
    settle(qtbot, reading)
    assert people(reading) == {"Andrei Voicu": "2"}
    assert people(reopened(qtbot, reading, make_window, path)) == {"Andrei Voicu": "2"}


# -- undo ----


def test_undo_and_redo_name_what_they_take_back(reading):
    assert not reading.actions_["undo"].isEnabled()
    select(reading, "trei luni")
    trigger(reading, "highlight")
    put_caret(reading, QUOTE)
    trigger(reading, "accept")
    assert reading.actions_["undo"].text() == "&Undo Accept quote"
    trigger(reading, "undo")
    assert reading.actions_["undo"].text() == "&Undo Highlight"
    assert reading.actions_["redo"].text() == "&Redo Accept quote"
    trigger(reading, "undo")
    assert highlights(reading) == []
    assert not reading.actions_["undo"].isEnabled()
    trigger(reading, "redo")
    trigger(reading, "redo")
    assert highlights(reading) == ["trei luni"]
    assert marks(reading, Layer.QUOTE)[0].stored


def test_ctrl_z_in_the_text_takes_back_the_last_edit(qtbot, reading):
    select(reading, "trei luni")
    trigger(reading, "highlight")
    press(qtbot, reading, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert highlights(reading) == []


def test_the_history_of_one_article_is_not_offered_in_another(qtbot, reading, tmp_path):
    select(reading, "trei luni")
    trigger(reading, "highlight")
    open_article(qtbot, reading, write(tmp_path, "ferry.txt", FERRY))
    assert not reading.actions_["undo"].isEnabled()


# -- the context menu ----


def menu_at(window, words):
    """Return what the context menu over `words` offers."""
    offered = []

    def read():
        menu = QApplication.activePopupWidget()
        offered.extend(action.text() for action in menu.actions())
        menu.close()

    QTimer.singleShot(0, window, read)
    window.mark_menus.show_for_text((window.mapToGlobal(window.rect().center()), None, BRIDGE.index(words)))
    return offered


def test_the_context_menu_offers_what_fits_the_place(reading):
    on_quote, on_person, beside = (menu_at(reading, words) for words in (QUOTE, "Maria Petrescu", "durează"))
    assert {"Quote · Andrei Voicu", "Accept", "Reject", "Reassign speaker…"} <= set(on_quote)
    assert {"Person · Maria Petrescu", "Rename…", "Merge with…", "Not a person"} <= set(on_person)
    assert "Accept" not in beside
    assert "&Highlight" in beside


# -- when saving fails, and when the program dies ----


def test_notes_saved_by_a_window_that_is_killed_are_kept(path, home):
    code = """
        import sys
        from pathlib import Path
        from PySide6.QtWidgets import QApplication
        from reader.text.span import Span
        from reader.ui.main_window import MainWindow
        from reader.ui.settings import Settings
        from reader.workspace import Workspace

        application = QApplication([])
        window = MainWindow(Workspace.create(), Settings())
        window.show()

        def highlight(opened):
            start = opened.article.text.index("trei luni")
            opened.notes.add(Span(start, start + 9), note="Who pays?")
            window.desk.touch()

        def tell(state):
            if state.saving.value == "saved" and window.desk.opened.notes.notes.annotations:
                print("saved", flush=True)

        window.desk.analysed.connect(highlight)
        window.desk.saver.state_changed.connect(tell)
        window.add_paths([Path(sys.argv[1])])
        application.exec()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout.readline() == b"saved\n"
        os.kill(process.pid, signal.SIGKILL)
    session = NotesSession.open(read_article(path))
    assert session.warnings == ()
    assert [each.note for each, place in session.placed if each.kind == "highlight" and place.span] == ["Who pays?"]
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


# -- what the eye takes for one character ----


@pytest.mark.parametrize(
    "cluster", ["👩🏽‍🚒", "e\u0301", "🇷🇴", "ș\u0323", "👍🏿"], ids=["family", "accent", "flag", "two marks", "skin"]
)
def test_16_a_highlight_never_splits_what_the_eye_takes_for_one_character(qtbot, window, tmp_path, cluster):
    text = f"Podul se închide\n\nPrimarul a spus {cluster}{cluster} despre pod, luni dimineață.\n"
    open_article(qtbot, window, write(tmp_path, "pod.txt", text))
    pane = window.reading.original
    pane.setFocus()
    start = window.reading.original.toPlainText().encode("utf-16-le").index("spus ".encode("utf-16-le")) // 2 + 5
    units = len(cluster.encode("utf-16-le")) // 2
    cursor = QTextCursor(pane.document())
    cursor.setPosition(start + 1)
    cursor.setPosition(start + units + 1, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    trigger(window, "highlight")
    assert highlights(window) == [cluster * 2]


# -- from the translation ----


@pytest.fixture
def translated(qtbot, window, path, home, monkeypatch):
    """The bridge article beside a translation that keeps names and quote marks; the focus is there."""
    write_package_folder(home / "packages" / "translate-ro_en-1_0", "ro", "en")
    machine = [
        "The old bridge closes on Monday",
        "Mayor Andrei Voicu announced that the bridge closes.",
        "“We can not wait even a month,” said Voicu.",
        "The works take three months.",
        "The engineer Maria Petrescu promised a bridge.",
        "“People will cross on foot,” added Petrescu.",
    ]

    def translate(route, texts, **_):
        yield from ((number, Translation(machine[number], -0.1)) for number in range(len(texts)))

    monkeypatch.setattr(window._workspace.translations, "translate", translate)
    open_article(qtbot, window, path)
    return window


def put_translation_caret(window, words):
    pane = window.reading.translation
    cursor = pane.document().find(words)
    cursor.setPosition(cursor.selectionStart() + 2)
    pane.setFocus()
    pane.setTextCursor(cursor)


def test_from_the_translation_a_quote_is_accepted_and_given_another_speaker(qtbot, translated, monkeypatch):
    put_translation_caret(translated, "even a month")
    press(qtbot, translated, Qt.Key.Key_Q)
    assert [mark.span.of(BRIDGE) for mark in marks(translated, Layer.QUOTE) if mark.stored] == [QUOTE]
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Maria Petrescu", True))
    press(qtbot, translated, Qt.Key.Key_S)
    assert [mark.name for mark in marks(translated, Layer.QUOTE) if mark.stored] == ["Maria Petrescu"]


def test_from_the_translation_a_name_in_the_middle_of_a_sentence_is_rejected(qtbot, translated):
    before = texts(translated, Layer.PERSON)
    put_translation_caret(translated, "Maria Petrescu")
    press(qtbot, translated, Qt.Key.Key_Delete)
    assert sorted(before) == sorted([*texts(translated, Layer.PERSON), "Maria Petrescu"])


# -- overlaps, occurrences, tags ----


def overlapping(window):
    """Highlight two passages of which each has words of the other."""
    select(window, "Lucrările durează trei")
    trigger(window, "colour_1")
    select(window, "durează trei luni")
    trigger(window, "colour_2")


def test_highlights_that_overlap_stand_beside_each_other_and_both_show_in_what_they_share(reading, theme):
    overlapping(reading)
    row = reading.reading.page.row_at(BRIDGE.index("Lucrările"))
    block = reading.reading.original.blocks[row]
    assert [edge.lane for edge in block.edges if edge.style == "bar"] == [0, 1]
    start = block.text.index("durează") + 1
    laid = reading.reading.original.document().findBlockByNumber(row).layout().formats()
    (shared,) = [each.format for each in laid if each.start <= start < each.start + each.length]
    assert shared.background().color() == theme.colour("highlights.green")
    assert shared.underlineColor() == theme.colour("highlight_edges.yellow")


def test_m_chooses_between_highlights_that_overlap_and_del_removes_the_chosen_one(qtbot, reading):
    overlapping(reading)
    put_caret(reading, "durează trei")
    chosen = []
    for _ in range(2):
        press(qtbot, reading, Qt.Key.Key_M)
        chosen.append(reading.inspector.passages.chosen().text)
    assert sorted(chosen) == ["Lucrările durează trei", "durează trei luni"]
    press(qtbot, reading, Qt.Key.Key_Delete)
    assert highlights(reading) == [chosen[0]]


def test_where_the_caret_moves_on_commands_are_about_the_innermost_mark_again(qtbot, reading):
    select(reading, "Lucrările durează trei luni")
    trigger(reading, "colour_1")
    select(reading, "durează trei")
    trigger(reading, "colour_2")
    put_caret(reading, "durează trei")
    press(qtbot, reading, Qt.Key.Key_M)
    assert reading.inspector.passages.chosen().text == "Lucrările durează trei luni"
    put_caret(reading, "durează trei", 3)
    press(qtbot, reading, Qt.Key.Key_Delete)
    assert highlights(reading) == ["Lucrările durează trei luni"]


def test_m_chooses_between_a_quote_and_a_name_in_it(qtbot, reading):
    put_caret(reading, "Nu mai putem")
    select(reading, QUOTE)
    trigger(reading, "highlight")
    put_caret(reading, "Nu mai putem")
    kinds = set()
    for _ in range(2):
        press(qtbot, reading, Qt.Key.Key_M)
        kinds.add(reading.inspector.currentWidget())
    assert kinds == {reading.inspector.passages, reading.inspector.quotes}


def test_m_without_a_mark_says_what_to_do(reading):
    put_caret(reading, "durează")
    trigger(reading, "next_mark")
    assert reading.messages.words == ("Put the caret where marks overlap to choose between them.",)


def test_all_occurrences_are_highlighted_as_one_step_to_undo(reading):
    select(reading, "podul")
    trigger(reading, "highlight_all")
    assert highlights(reading) == ["Podul", "podul"]
    trigger(reading, "undo")
    assert highlights(reading) == []
    trigger(reading, "redo")
    select(reading, "podul")
    trigger(reading, "highlight_all")
    assert highlights(reading) == ["Podul", "podul"]
    assert "“podul” is highlighted everywhere already." in reading.messages.words


def test_tags_used_in_the_article_and_in_the_library_are_completed(qtbot, window, path):
    other = write(path.parent, "ferry.txt", FERRY)
    notes = NotesSession.open(read_article(other))
    notes.add(Span(0, 9), tags=("budget", "harbour"))
    notes.save()
    open_article(qtbot, window, path, other)
    select(window, "Podul vechi")
    trigger(window, "tag")
    tags = window.inspector.editor.tags
    qtbot.keyClicks(tags, "river, bud")
    completer = tags.completer()
    assert completer.currentCompletion() == "river, budget"
    qtbot.keyClick(completer.popup(), Qt.Key.Key_Down)
    qtbot.keyClick(completer.popup(), Qt.Key.Key_Return)
    assert tags.text() == "river, budget"
