import threading
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton

from reader import exporting as exporting_room
from reader.annotations.session import NotesSession
from reader.export.passages import Content, Form, Order, Request, Selection, SentenceTranslation
from reader.exporting import cited
from reader.library.ledger import Entry as Quote
from reader.library.ledger import Same
from reader.library.sameness import Likeness
from reader.library.search import Found, Hit, Place
from reader.text.errors import SidecarNotSaved
from reader.text.span import Span
from reader.ui.citation import citation_mime
from reader.ui.dragging import PassageDrag
from reader.ui.entry_list import Entry
from reader.ui.export_dialog import ExportDialog, Where
from reader.ui.folder_window import FolderWindow
from reader.ui.theme import load_theme
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


def test_notes_that_can_not_be_read_are_told_with_the_export(qtbot, reading, tmp_path, monkeypatch):
    (tmp_path / "news" / "mill.txt.notes.json").write_text("{", "utf-8")
    fill(monkeypatch, file=tmp_path / "out.md", everything=True)
    trigger(reading, "export")
    settle(qtbot, reading)
    told = "Notes of an article could not be read: mill.txt.notes.json is damaged"
    assert any("out.md" in words and told in words for words in reading.messages.words)


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


@pytest.fixture
def dialog(qtbot):
    made = ExportDialog(Where(3), Path("passages"))
    qtbot.addWidget(made)
    return made


def test_the_file_of_the_export_dialog_follows_the_format(dialog):
    assert (dialog.format, dialog.target) == ("html", Path("passages.html"))
    dialog.formats["csv"].click()
    assert (dialog.format, dialog.target) == ("csv", Path("passages.csv"))
    assert dialog.chosen_kinds == {"highlight", "quote"}


def test_a_file_that_is_there_is_replaced_only_after_a_yes(qtbot, dialog, tmp_path, monkeypatch):
    there = tmp_path / "there.html"
    there.touch()
    dialog.file.setText(str(there))
    asked, answers = [], [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *words: asked.append(words[2]) or answers.pop(0))
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert asked == ["there.html is there already. Replace it?"] * 2


def test_a_file_chosen_to_be_replaced_is_not_asked_about_again(dialog, tmp_path, monkeypatch):
    there = tmp_path / "there.html"
    there.touch()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(there), ""))
    dialog.browse.click()
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_enter_exports(qtbot, dialog):
    dialog.show()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_the_whole_library_is_offered_only_where_there_is_more_than_one_article(qtbot):
    dialog = ExportDialog(Where(1), Path("passages"))
    qtbot.addWidget(dialog)
    assert not dialog.all_articles.isEnabled()
    assert dialog.all_articles.text() == "The only article of the library"
    assert dialog.this_article.isChecked()


def test_every_option_of_the_dialog_is_in_the_request(dialog):
    dialog.offer(["Ion Câmpeanu", "Maria Petrescu"], ["cost"])
    dialog.formats["md"].click()
    for box, words in (
        (dialog.person, "Maria Petrescu"),
        (dialog.colour, "Green"),
        (dialog.tag, "cost"),
        (dialog.order, "By person"),
        (dialog.form, "Compact"),
        (dialog.template, "Briefing"),
    ):
        box.setCurrentIndex(box.findText(words))
    dialog.dated.setChecked(True)
    dialog.since.setDate(QDate(2026, 2, 1))
    dialog.until.setDate(QDate(2026, 2, 28))
    dialog.words.setText("pod vechi")
    dialog.title.setText(" The bridge ")
    request = dialog.request
    assert request.title == "The bridge"
    assert (request.format, request.template) == ("md", "briefing")
    assert (request.order, request.form) == (Order.PERSON, Form.COMPACT)
    wanted = request.selection
    assert (wanted.persons, wanted.colours, wanted.tags) == ({"Maria Petrescu"}, {"green"}, {"cost"})
    assert (wanted.since, wanted.until, wanted.words) == ("2026-02-01", "2026-02-28", "pod vechi")
    assert not wanted.terms
    dialog.formats["html"].click()
    dialog.content.setCurrentIndex(1)
    untouched = [
        each.name
        for made, plain in ((dialog.request, Request("")), (wanted, Selection()))
        for each in fields(made)
        if getattr(made, each.name) == getattr(plain, each.name)
    ]
    assert untouched == ["template", "colours"], "a template is Markdown's alone, colours' names are a setting"


def test_whole_articles_and_templates_are_offered_for_the_formats_that_have_them(dialog):
    dialog.content.setCurrentIndex(1)
    assert dialog.request.content is Content.ARTICLES
    dialog.formats["csv"].click()
    assert dialog.request.content is None
    assert not dialog.content.isEnabled()
    assert not dialog.template.isEnabled()
    dialog.formats["tmx"].click()
    assert dialog.request.content is Content.ARTICLES


def test_nothing_can_be_exported_while_no_kind_is_chosen(dialog):
    for box in dialog.kinds.values():
        box.setChecked(False)
    assert not dialog.export.isEnabled()
    dialog.kinds["quote"].setChecked(True)
    assert dialog.export.isEnabled()


def test_nothing_is_previewed_until_an_article_is_chosen(qtbot, reading, previewing):
    words = []

    def choose(dialog):
        dialog.chosen_articles.setChecked(True)
        settle_preview(qtbot, reading, dialog)
        words.append(dialog.state.text())
        assert not dialog.export.isEnabled()
        dialog.articles.item(1).setCheckState(Qt.CheckState.Checked)
        settle_preview(qtbot, reading, dialog)
        words.append(dialog.state.text())

    previewing.append(choose)
    trigger(reading, "export")
    assert words == ["Choose at least one article.", "1 passage from 1 article."]


def test_articles_are_this_one_those_shown_the_chosen_ones_or_all(qtbot):
    shown = tuple((Path(f"{name}.txt"), name) for name in "abc")
    dialog = ExportDialog(Where(9, shown), Path("passages"))
    qtbot.addWidget(dialog)
    everything = [Path(f"{name}.txt") for name in "abcdefghi"]
    assert dialog.articles_of(everything[4], everything) == [everything[4]]
    dialog.shown_articles.setChecked(True)
    assert dialog.articles_of(everything[4], everything) == everything[:3]
    dialog.chosen_articles.setChecked(True)
    dialog.articles.item(1).setCheckState(Qt.CheckState.Checked)
    assert dialog.articles_of(everything[4], everything) == [Path("b.txt")]
    dialog.all_articles.setChecked(True)
    assert dialog.articles_of(everything[4], everything) == everything


@pytest.fixture
def previewing(qtbot, reading, monkeypatch):
    """The dialog of the window, which stays open for the test instead of waiting for a person."""
    seen = []

    def execute(dialog):
        seen.append(dialog)
        settle_preview(qtbot, reading, dialog)
        for act in execute.acts:
            act(dialog)
        return QDialog.DialogCode.Rejected

    execute.acts = []
    monkeypatch.setattr(ExportDialog, "exec", execute)
    return execute.acts


def settle_preview(qtbot, window, dialog):
    qtbot.waitUntil(lambda: not dialog._wait.isActive() and not window.jobs.busy and "…" not in dialog.state.text())


def test_the_preview_changes_with_the_options(qtbot, reading, previewing):
    shown = []

    def read(dialog):
        shown.append((dialog.preview.toPlainText(), dialog.state.text()))

    def change(act):
        def changed(dialog):
            act(dialog)
            settle_preview(qtbot, reading, dialog)
            read(dialog)

        return changed

    previewing += [
        read,
        change(lambda dialog: dialog.person.setCurrentIndex(dialog.person.findText("Maria Petrescu"))),
        change(lambda dialog: dialog.all_articles.setChecked(True)),
        change(lambda dialog: dialog.person.setCurrentIndex(0)),
        change(lambda dialog: dialog.formats["json"].click()),
        change(lambda dialog: dialog.formats["csv"].click()),
        change(lambda dialog: dialog.formats["md"].click()),
    ]
    trigger(reading, "export")
    first, person, everything, anybody, as_json, as_csv, as_markdown = shown
    assert "Oamenii vor trece" in first[0]
    assert "Nu mai putem" in first[0]
    assert "2 passages from 1 article" in first[1]
    assert "Nu mai putem" not in person[0]
    assert "1 passage from 1 article" in person[1]
    assert "Moara" not in everything[0]
    assert "Moara rămâne" in anybody[0]
    assert '"type": "AnnotationPage"' in as_json[0]
    assert "original" in as_csv[0]
    assert "Speaker:" in as_markdown[0]


def test_the_filter_of_the_inspectors_list_is_offered_as_that_of_the_export(reading, previewing):
    reading.inspector.setCurrentWidget(reading.inspector.quotes)
    reading.inspector.quotes.filter.setText("oamenii")
    previewing.append(lambda dialog: words.append((dialog.words.text(), dialog.state.text())))
    words = []
    trigger(reading, "export")
    assert words == [("oamenii", "1 passage from 1 article.")]


def test_the_preview_says_what_can_not_be_exported(qtbot, reading, previewing):
    words = []

    def onto_the_article(dialog):
        dialog.file.setText(str(reading.desk.opened.path))
        dialog.terms.toggle()
        settle_preview(qtbot, reading, dialog)
        words.append(dialog.state.text())

    previewing.append(onto_the_article)
    trigger(reading, "export")
    assert "bridge.txt is an article" in words[0]


# -- copy and drag ----


def test_a_citation_carries_both_languages_who_translated_and_where_it_stands(qtbot, window, samples):
    opened = open_article(qtbot, window, samples / "ro-night-library.txt")
    quote = next(quote for quote in opened.analysis.quotes if quote.speaker)
    mime = citation_mime(cited(opened, quote.span))
    for words in (mime.text(), mime.html()):
        assert quote.speaker.person in words
        assert "reference translation" in words
        assert "ro-night-library.txt" in words
        assert f"code points {quote.span.start}–{quote.span.end}" in words
        assert opened.article.sha256 in words
    assert mime.text().startswith(quote.span.of(opened.article.text))


def drag(qtbot, area, start, monkeypatch):
    """Press, move far and let go; return what was carried."""
    carried = []
    monkeypatch.setattr("reader.ui.dragging.carry", lambda drag: carried.append(drag.mimeData().text()))
    view = area.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in (3, 30):
        QApplication.sendEvent(
            view,
            QMouseEvent(
                QEvent.Type.MouseMove,
                QPointF(start + QPoint(step, step)),
                QPointF(view.mapToGlobal(start + QPoint(step, step))),
                Qt.MouseButton.NoButton,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            ),
        )
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(30, 30))
    return carried


def test_a_selection_dragged_out_carries_passage_and_citation(qtbot, reading, monkeypatch):
    select(reading, "trei luni")
    pane = reading.reading.original
    (carried,) = drag(qtbot, pane, pane.cursorRect().center() - QPoint(8, 0), monkeypatch)
    assert carried.startswith("trei luni\n")
    assert "bridge.txt" in carried


def test_text_that_is_not_selected_is_not_dragged_but_selected(qtbot, reading, monkeypatch):
    select(reading, "trei luni")
    pane = reading.reading.original
    assert drag(qtbot, pane, QPoint(40, 40), monkeypatch) == []


def test_a_quote_dragged_out_of_the_list_carries_its_citation(qtbot, reading, monkeypatch):
    tab = reading.inspector.quotes
    reading.inspector.setCurrentWidget(tab)
    place = tab.view.visualRect(tab.view.model().index(0, 0)).center()
    (carried,) = drag(qtbot, tab.view, place, monkeypatch)
    assert "Nu mai putem\xa0aștepta" in carried
    assert "bridge.txt" in carried
    assert tab.view.findChildren(PassageDrag)


def clipped():
    """Return the clipboard's plain and rich text."""
    mime = QGuiApplication.clipboard().mimeData()
    return mime.text(), mime.html()


@pytest.mark.parametrize("tab", ["quotes", "people", "passages"])
def test_an_entry_of_the_inspector_is_copied_with_its_citation(qtbot, reading, tab):
    select(reading, "trei luni")
    trigger(reading, "highlight")
    entries = getattr(reading.inspector, tab)
    reading.inspector.setCurrentWidget(entries)
    entries.view.setFocus()
    entries.view.setCurrentIndex(entries.view.model().index(0, 0))
    QGuiApplication.clipboard().clear()
    trigger(reading, "copy_citation")
    wanted = {"quotes": "Nu mai putem\xa0aștepta", "people": "Andrei Voicu", "passages": "trei luni"}[tab]
    for words in clipped():
        assert wanted in words
        assert "bridge.txt" in words
        assert reading.desk.opened.article.sha256 in words


def test_a_selection_in_the_translation_is_copied_with_the_originals_sentence(qtbot, window, samples):
    opened = open_article(qtbot, window, samples / "ro-night-library.txt")
    pane = window.reading.translation
    pane.setFocus()
    cursor = pane.textCursor()
    cursor.movePosition(cursor.MoveOperation.NextWord)
    cursor.movePosition(cursor.MoveOperation.NextWord, cursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    trigger(window, "copy_citation")
    span = opened.page.sentences[0].span
    for words in clipped():
        assert span.of(opened.article.text) in words.replace("&quot;", '"')
        assert "reference translation" in words
        assert f"code points {span.start}–{span.end}" in words


@pytest.fixture
def whole_folder(qtbot, reading):
    """The window over the whole folder, with lists as the index fills them."""
    over = FolderWindow(load_theme("light"))
    qtbot.addWidget(over)
    reading.folder_desk.window_made.emit(over)
    over.show()
    mill = reading.desk.opened.path.with_name("mill.txt")
    words = "Moara rămâne a satului"
    span = Span(MILL.index(words), MILL.index(words) + len(words))
    quote = Quote(1, mill, "", "2026-03-14", "ro", span, words, None, "Andrei Voicu", "speech")
    over.quotes.quotes.show_values([quote], [Entry("1", "Andrei Voicu", words)], 0)
    same = Same(quote, Likeness(0.9, ()))
    over.quotes.elsewhere.show_values([same], [Entry("1", "mill.txt", words)], 0)
    at = MILL.index("toamnă")
    over.search.model.show_found(
        Found((Hit(mill, "Moara", "2026-03-14", "ro", (Place(Span(at, at + 6), "original", "toamnă"),), 1),), 1)
    )
    over.search.view.setCurrentIndex(over.search.model.index(1))
    return over


def lists_of(over):
    return {"ledger": over.quotes.quotes, "elsewhere": over.quotes.elsewhere, "search": over.search.view}


@pytest.mark.parametrize("name", ["ledger", "elsewhere", "search"])
def test_rows_of_the_whole_folder_are_copied_with_their_citation(qtbot, reading, whole_folder, name):
    view = lists_of(whole_folder)[name]
    reading.citer.copy(reading.citer._spots[view](view.currentIndex()))
    settle(qtbot, reading)
    for words in clipped():
        assert "Moara rămâne a satului" in words
        assert "mill.txt, 2026-03-14" in words
    assert reading.actions_["copy_citation"] in view.actions()


@pytest.mark.parametrize("name", ["ledger", "elsewhere", "search"])
def test_rows_of_the_whole_folder_are_dragged_out_with_their_citation(qtbot, whole_folder, monkeypatch, name):
    view = lists_of(whole_folder)[name]
    whole_folder.show_tab(whole_folder.search if name == "search" else whole_folder.quotes, view)
    (carried,) = drag(qtbot, view, view.visualRect(view.currentIndex()).center(), monkeypatch)
    assert "Moara rămâne a satului" in carried
    assert "mill.txt, 2026-03-14" in carried


# -- while it goes on, and after it ----


@pytest.fixture
def held(monkeypatch):
    """Let exports wait for the event that is returned, which the test sets."""
    going = threading.Event()
    real = exporting_room.export

    def waiting(*arguments, **more):
        going.wait(20)
        return real(*arguments, **more)

    monkeypatch.setattr("reader.exporting.export", waiting)
    monkeypatch.setattr("reader.ui.exporting.SOON", 0)
    yield going
    going.set()


@pytest.mark.parametrize("name", ["out.md", "nowhere/out.md"])
def test_that_an_export_goes_on_is_said_no_longer_than_that(qtbot, reading, tmp_path, monkeypatch, held, name):
    fill(monkeypatch, file=tmp_path / name)
    trigger(reading, "export")
    qtbot.waitUntil(lambda: "Exporting to out.md" in reading.messages.words)
    held.set()
    settle(qtbot, reading)
    assert "Exporting to out.md" not in reading.messages.words
    assert "out.md" in reading.messages.words[-1]


def test_an_export_that_is_stopped_writes_nothing(qtbot, reading, tmp_path, monkeypatch, held):
    fill(monkeypatch, file=tmp_path / "out.md")
    trigger(reading, "export")
    qtbot.waitUntil(lambda: "Exporting to out.md" in reading.messages.words)
    (button,) = [each for each in reading.messages.findChildren(QPushButton) if each.text() == "Stop"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    held.set()
    settle(qtbot, reading)
    assert not (tmp_path / "out.md").exists()
    assert reading.messages.words == ("The export was stopped: nothing was written.",)


def test_translations_on_screen_are_exported_though_the_cache_lost_them(qtbot, reading, tmp_path, previewing):
    opened = reading.desk.opened
    opened._machine = {i: SentenceTranslation(f"From the screen {i}.") for i in range(len(opened.page.sentences))}
    shown = []
    previewing.append(lambda dialog: shown.append(dialog.preview.toPlainText()))
    trigger(reading, "export")
    assert "From the screen" in shown[0]
    reading.exporter.export(tmp_path / "out.md", Request("md"), [opened.path])
    settle(qtbot, reading)
    assert "From the screen" in (tmp_path / "out.md").read_text("utf-8")


def test_a_preview_that_is_stale_stops_reading_articles(qtbot, reading, monkeypatch):
    read, second = [], threading.Event()
    prepare = type(reading.exporter._workspace).prepare

    def slow(workspace, path, **more):
        read.append(path)
        if len(read) == 1:
            second.wait(20)
        return prepare(workspace, path, **more)

    monkeypatch.setattr(type(reading.exporter._workspace), "prepare", slow)

    def execute(dialog):
        dialog.all_articles.setChecked(True)
        qtbot.waitUntil(lambda: bool(read), timeout=20_000)
        dialog.this_article.setChecked(True)
        qtbot.waitUntil(lambda: not dialog._wait.isActive(), timeout=20_000)
        second.set()
        settle_preview(qtbot, reading, dialog)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(ExportDialog, "exec", execute)
    trigger(reading, "export")
    opened = reading.desk.opened.path
    assert read[1:] == [opened] * len(read[1:])
    assert len(read) <= 3
