"""What a person makes their own by keyboard, on a real screen: keys, colours' names, the theme; all of it is kept."""

from __future__ import annotations

import tomllib

import pytest

from tests.window.test_a_morning_of_work import SECOND, SENTENCES, exact, highlights, words_of

ON_THE_PAGE = (254, 500)
"""A place of the page's margin, where no letter and no mark stands."""

DISMISS = (1085, 52)
"""The cross at the end of a message."""


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "news" / "2.txt"
    path.parent.mkdir()
    path.write_text(SECOND, "utf-8")
    return path


@pytest.fixture
def read(start, article, home):
    """Start the program, on an article or on what was open last, and wait until the article can be read."""
    was_read = home / "data/parallel-reader/read.jsonl"  # written once all that was found stands in the window

    def read(*arguments):
        was_read.unlink(missing_ok=True)
        program = start(*arguments)
        program.wait_for("the article's analysis", lambda: article.name in words_of(was_read))
        return program

    return read


def test_keys_names_theme_are_chosen_by_keyboard_and_kept(read, home, article):
    settings = home / "config/parallel-reader/settings.toml"
    program = read(article)

    # call the first colour by its meaning, give “Highlight” a second key
    program.press("ctrl+comma")
    program.focus("Preferences")
    program.press("Right", "Right", "Tab")
    program.type("Evidence")
    program.press("shift+Tab", "Right", "Tab")
    program.type("annotate highlight")
    program.press("Tab", "Tab", "F7", "Tab", "space")
    program.press("shift+Tab", "Return")
    program.back_from("Preferences")
    chosen = program.wait_for(
        "the settings", lambda: "colours" in words_of(settings) and tomllib.loads(words_of(settings))
    )
    assert chosen["colours"] == {"yellow": "Evidence"}
    assert chosen["keys"] == {"highlight": ["H", "F7"]}

    # read in the dark
    assert program.lightness(*ON_THE_PAGE) > 0.8
    program.press("alt+v", "Up", "Return")
    program.wait_for("the dark", lambda: program.lightness(*ON_THE_PAGE) < 0.3)

    # look for words that only the end has, without their diacritics, and mark them with the new key
    program.press("ctrl+f")
    program.type("in piata")
    program.press("F6", "F6", "F3", "F7")
    (found,) = program.notes_of(article, "the hit's highlight", highlights)
    assert exact(found) == "în piață"

    # say in an export what the colour means
    program.press("ctrl+e")
    program.focus("Export passages")
    program.press("Return")
    program.back_from("Export passages")
    page = program.wait_for("the export", lambda: words_of(home / "2.html"))
    assert "Highlight · Evidence" in page

    # the next start has it all
    program.press("alt+Down")
    assert program.quit() == 0
    program = read()
    assert program.lightness(*ON_THE_PAGE) < 0.3
    program.press("alt+Down", "F7")
    last = program.notes_of(
        article, "another highlight", lambda notes: [one for one in highlights(notes) if one["id"] != found["id"]]
    )
    assert exact(last[0]) in SENTENCES
    assert program.quit() == 0


def test_a_crash_leaves_a_report_that_the_next_start_offers(read, home, article):
    program = read(article)
    program.press("alt+Down", "h")
    program.notes_of(article, "the highlight", highlights)
    assert program.crash() < 0
    folder = home / "state/parallel-reader/log"
    (report,) = folder.glob("fault-*.txt")
    assert "Segmentation fault" in words_of(report)
    program = read()
    program.click(*DISMISS)
    program.wait_for("the report put away", lambda: [*folder.glob("seen-*.txt")])
    program.notes_of(article, "the highlight still", highlights)
    assert program.quit() == 0
    assert [file.name for file in folder.iterdir()] == [f"seen-{report.name}"]
