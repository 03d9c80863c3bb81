import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.support.news import BRIDGE, MILL, write
from tests.ui.support import open_article, put_caret, select, settle, trigger

QUOTES = ["Nu mai putem\u00a0aștepta nici măcar o lună", "Oamenii vor trece râul pe jos, ca pe vremuri"]


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "news", "bridge.txt", BRIDGE)


@pytest.fixture
def reading(qtbot, window, path):
    open_article(qtbot, window, path)
    window.reading.original.setFocus()
    return window


def caret(window):
    return window.reading.caret_offset()


def test_brackets_go_from_quote_to_quote(qtbot, reading):
    seen = []
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft):
        qtbot.keyClick(reading.focusWidget(), key)
        seen.append(caret(reading))
    first, second = (BRIDGE.index(quote) for quote in QUOTES)
    assert seen == [first, second, second, first]


def test_braces_go_from_person_to_person(reading):
    seen = []
    for command in ("next_person", "next_person", "previous_person"):
        trigger(reading, command)
        seen.append(caret(reading))
    assert [BRIDGE[at : at + 5] for at in seen] == ["Andre", "Voicu", "Andre"]


def test_braces_go_on_while_the_translation_has_the_focus(reading):
    reading.reading.translation.setFocus()
    test_braces_go_from_person_to_person(reading)


def test_alt_and_arrows_go_from_sentence_to_sentence(qtbot, reading):
    for key, sentence in ((Qt.Key.Key_Down, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, 0)):
        qtbot.keyClick(reading.focusWidget(), key, Qt.KeyboardModifier.AltModifier)
        assert reading.reading.current_sentence == sentence


def test_back_and_forward_retrace_the_way(reading):
    put_caret(reading, "Primarul")
    reading._go_to_entry((reading.inspector.quotes.model.entries[1], 0))
    assert caret(reading) == BRIDGE.index(QUOTES[1])
    trigger(reading, "back")
    assert reading.reading.current_sentence == 1
    trigger(reading, "forward")
    assert reading.reading.current_sentence == 5


def test_back_leads_into_the_article_before(qtbot, reading, path, tmp_path):
    put_caret(reading, "Lucrările")
    open_article(qtbot, reading, write(tmp_path, "mill.txt", MILL))
    trigger(reading, "back")
    settle(qtbot, reading)
    assert reading.desk.opened.path == path
    assert reading.reading.current_sentence == 3


def test_a_click_on_a_person_goes_to_one_mention_after_the_other(qtbot, reading):
    tab = reading.inspector.people
    reading.inspector.setCurrentWidget(tab)
    index = tab.view.model().index(0, 0)
    seen = []
    for _ in range(3):
        qtbot.mouseClick(tab.view.viewport(), Qt.MouseButton.LeftButton, pos=tab.view.visualRect(index).center())
        seen.append(caret(reading))
    first, second = BRIDGE.index("Andrei Voicu"), BRIDGE.index("Voicu.")
    assert seen == [first, second, first]


def test_the_filter_of_a_tab_keeps_what_has_all_its_words(reading):
    tab = reading.inspector.quotes
    tab.filter.setText("petrescu vremuri")
    assert tab.view.model().rowCount() == 1
    tab.filter.setText("petrescu pod")
    assert tab.view.model().rowCount() == 0


# -- parts of the window ----


def test_f6_cycles_through_the_parts_of_the_window(qtbot, reading):
    reading.library.view.setFocus()
    seen = []
    for _ in range(4):
        trigger(reading, "cycle_panes")
        focus = QApplication.focusWidget()
        seen.append(next(name for name, part in parts(reading).items() if part is focus or part.isAncestorOf(focus)))
    assert seen == ["original", "translation", "inspector", "library"]


def parts(window):
    return {
        "library": window.library,
        "original": window.reading.original,
        "translation": window.reading.translation,
        "inspector": window.inspector,
    }


def test_ctrl_shift_f_opens_the_library_and_its_filter(reading):
    trigger(reading, "show_library")
    assert not reading.library.isVisible()
    trigger(reading, "filter_library")
    assert reading.library.isVisible()
    assert reading.library.filter.hasFocus()


# -- copy ----


def test_copy_gives_the_articles_own_characters(reading):
    select(reading, QUOTES[0])
    trigger(reading, "copy")
    assert QGuiApplication.clipboard().text() == QUOTES[0]


def test_copy_with_citation_gives_both_languages_and_the_source(qtbot, window, samples):
    open_article(qtbot, window, samples / "ro-night-library.txt")
    select(window, "Sponsorul se afla chiar în sală.")
    span = window.reading.selected_span()
    trigger(window, "copy_citation")
    mime = QGuiApplication.clipboard().mimeData()
    for words in (
        "Sponsorul se afla chiar în sală.",
        window.desk.opened.translation_of(span).text,
        "ro-night-library.txt",
    ):
        assert words in mime.text()
        assert words in mime.html()
    assert f"code points {span.start}–{span.end}" in mime.text()


def test_the_focus_goes_along_to_the_pane_that_stays_shown(qtbot, reading):
    trigger(reading, "view_translation")
    qtbot.waitUntil(reading.reading.translation.hasFocus)
    trigger(reading, "view_original")
    qtbot.waitUntil(reading.reading.original.hasFocus)
    reading.library.view.setFocus()
    trigger(reading, "view_translation")
    assert reading.library.view.hasFocus()
