"""What an analyst does before lunch, with mouse and keyboard on a real screen; the files tell what came of it."""

from __future__ import annotations

import json

FIRST = """Consiliul local a votat un buget nou pentru drumuri
Lucrările vor începe în luna aprilie și vor dura doi ani.
"""

SECOND = """Primarul din Valea Plopilor promite o școală nouă

Primarul Radu Munteanu a spus că lucrările vor începe în luna aprilie. Consiliul local a votat marți un buget nou.

„Nu mai putem aștepta”, a declarat Radu Munteanu în fața locuitorilor. Olena Tkaciuk a refuzat să comenteze.

„Rețeaua a fost construită în urmă cu patruzeci de ani”, a declarat Olena Tkaciuk în piață.
""" + "".join(
    f"\nPotrivit companiei de apă, lucrările la strada {number} vor dura doi ani. Școala veche rămâne deschisă.\n"
    for number in range(1, 31)
)

SENTENCES = SECOND.replace(". ", ".\n").splitlines()

WHEEL_DOWN = 5

LIBRARY_SECOND = (130, 225)
"""The second row of the library, in the window as it is opened for the first time."""

TEXT_LEFT, TEXT_RIGHT, TEXT_TOP = 290, 630, 106
"""The original's pane: beside its first letter, beyond its lines' ends, above its first line."""


def highlights(notes):
    return [one for one in notes["annotations"] if one["kind"] == "highlight"]


def selector(annotation, kind):
    (found,) = [one for one in annotation["target"]["selector"] if one["type"] == kind]
    return found


def exact(annotation):
    return selector(annotation, "TextQuoteSelector")["exact"]


def body(annotation, purpose):
    return [one["value"] for one in annotation.get("body", []) if one["purpose"] == purpose]


def words_of(file):
    return file.read_text("utf-8") if file.exists() else ""


def test_a_morning_of_work_with_mouse_and_keyboard(start, home, tmp_path, package_file):
    news = tmp_path / "news"
    news.mkdir()
    other, article = news / "1.txt", news / "2.txt"
    written = {other: FIRST.encode(), article: SECOND.encode()}
    for path, words in written.items():
        path.write_bytes(words)
    program = start()

    # open the folder, and its second article with the mouse
    program.press("ctrl+shift+o")
    program.choose_file("Open a folder of articles", news)
    program.see("Consiliul local a votat")
    program.click(*LIBRARY_SECOND)
    program.see("Primarul din Valea Plopilor")
    was_read = home / "data/parallel-reader/read.jsonl"  # written once all that was found stands in the window
    program.wait_for("the article's analysis", lambda: article.name in words_of(was_read))

    # drag over the beginning and highlight it
    program.drag((TEXT_LEFT, TEXT_TOP), (TEXT_RIGHT, TEXT_TOP + 150))
    program.press("h")
    (dragged,) = program.notes_of(article, "the highlight", highlights)
    where = selector(dragged, "TextPositionSelector")
    assert where["start"] == 0
    assert where["end"] > len("Primarul din Valea Plopilor")
    assert exact(dragged) == SECOND[: where["end"]]

    # go to another sentence and write a note on it; undo all of that, and make it again
    program.press("alt+Down", "alt+Down", "n")
    program.notes_of(article, "a second highlight", lambda notes: len(highlights(notes)) == 2)
    program.type("check the date")
    words = ["check the date"]  # saved while they are typed
    noted = program.notes_of(
        article, "the note", lambda notes: [one for one in highlights(notes) if body(one, "commenting") == words]
    )
    assert exact(noted[0]) in SENTENCES
    program.press("Escape", "ctrl+z", "ctrl+z")
    program.notes_of(article, "the undone note", lambda notes: highlights(notes) == [dragged])
    program.press("ctrl+shift+z", "ctrl+shift+z")
    program.notes_of(
        article,
        "the note again",
        lambda notes: [body(one, "commenting") for one in highlights(notes)] == [[], words],
    )

    # install a package from its file: the article is translated, and a highlight keeps its translation
    program.press("alt+t", "i")
    program.choose_file("Install packages", package_file)
    program.press("alt+Down")

    def translated():
        program.press("h")
        made = program.notes_of(article, "a third highlight", lambda notes: highlights(notes)[2:])
        if body(made[0], "describing"):
            return made[0]
        program.press("ctrl+z")
        program.notes_of(article, "the undone highlight", lambda notes: len(highlights(notes)) == 2)
        return None

    third = program.wait_for("a translation", translated)
    assert exact(third) in SENTENCES

    # correct that sentence where it stands
    program.press("F2", "ctrl+a")
    program.type("Nobody asked him.")
    program.press("ctrl+Return")
    (correction,) = program.notes_of(article, "the correction", lambda notes: notes["translation"]["corrections"])
    assert correction["value"] == "Nobody asked him."
    assert correction["sentence"]["exact"] == exact(third)

    # say that the next person named is the other one
    program.press("braceright", "alt+p", "m")
    program.focus("Merge")
    program.press("Return")
    program.back_from("Merge")
    (merged,) = program.notes_of(article, "the merged people", lambda notes: notes["people"])
    assert {"Radu Munteanu", "Olena Tkaciuk"} <= {merged["person"], *merged["names"]}

    # export what was marked
    program.press("ctrl+e")
    program.focus("Export passages")
    program.press("Return")
    program.back_from("Export passages")
    exported = home / "2.html"
    page = program.wait_for("the export", lambda: words_of(exported))
    for words in ("check the date", "Nobody asked him.", "Nu mai putem aștepta", merged["person"]):
        assert words in page

    # read on and leave; the next start goes on there
    program.click(TEXT_RIGHT, TEXT_TOP + 300, button=WHEEL_DOWN, times=20)
    assert program.quit() == 0
    was_read.unlink()
    program = start()
    program.wait_for("the article again", lambda: article.name in words_of(was_read))
    program.press("alt+Down", "h")
    last = program.notes_of(article, "a highlight further down", lambda notes: highlights(notes)[3:])
    assert exact(last[0]) in SENTENCES[10:]
    assert program.quit() == 0

    assert {path: path.read_bytes() for path in written} == written
    beside = {path.name for path in news.iterdir()} - {path.name for path in written}
    assert beside == {"2.txt.notes.json", "2.txt.notes.json.bak"}
    json.loads((news / "2.txt.notes.json.bak").read_text("utf-8"))
