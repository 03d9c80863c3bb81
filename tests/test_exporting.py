"""Articles from files into an export."""

import csv
import io
import json

import pytest

from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.export.passages import Order, Request, Selection
from reader.exporting import export
from reader.library.decisions import NOBODY, PeopleFile
from reader.text.errors import ArticleUnreadable, ExportError
from tests.support.news import BRIDGE, MILL, write

QUOTES = Selection(frozenset({"quote"}))


@pytest.fixture
def bridge(tmp_path):
    return write(tmp_path / "news", "bridge.txt", BRIDGE)


@pytest.fixture
def mill(tmp_path):
    return write(tmp_path / "news", "mill.txt", MILL)


def test_an_export_holds_the_passages_of_all_articles(workspace, bridge, mill, tmp_path):
    said = export(workspace, [bridge, mill], tmp_path / "out.md", Request("md", QUOTES))
    written = (tmp_path / "out.md").read_text("utf-8")
    assert said == f"3 passages from 2 articles: written to {tmp_path / 'out.md'}."
    assert "Moara rămâne a satului" in written
    assert "Oamenii vor trece" in written


def test_an_article_that_fails_is_reported_and_the_others_exported(workspace, bridge, tmp_path):
    problems = []
    export(workspace, [tmp_path / "gone.txt", bridge], tmp_path / "out.md", Request(), problem=problems.append)
    assert [problem.path.name for problem in problems] == ["gone.txt"]
    assert (tmp_path / "out.md").exists()
    with pytest.raises(ArticleUnreadable):
        export(workspace, [tmp_path / "gone.txt"], tmp_path / "out.md", Request())


def test_a_place_that_can_not_be_written_is_refused_before_an_article_is_opened(workspace, bridge):
    def never():
        raise AssertionError("an article was opened")
        yield

    with pytest.raises(ExportError, match=r"bridge\.txt is an article"):
        export(workspace, never(), bridge, Request(), articles=[bridge])
    with pytest.raises(ExportError, match=r"out\.md can't be written: its folder is not there"):
        export(workspace, never(), bridge.parent / "nowhere" / "out.md", Request())


def test_one_person_has_one_name_in_all_exported_articles(workspace, tmp_path):
    one = write(
        tmp_path, "one.txt", "Titlu lung de știre\n\n„Podul rămâne deschis toată iarna”, a spus Maria Petrescu."
    )
    other = write(
        tmp_path, "two.txt", "Титул новини про міст\n\n«Міст буде відкрито взимку», – сказала Марія Петреску."
    )
    export(workspace, [one, other], tmp_path / "out.json", Request("json", QUOTES, Order.PERSON))
    items = json.loads((tmp_path / "out.json").read_text("utf-8"))["items"]
    names = {body["value"] for item in items for body in item["body"] if body["purpose"] == "identifying"}
    assert len(items) == 2
    assert names == {"Maria Petrescu"}


def test_an_export_of_a_range_of_dates_takes_the_articles_of_these_days(workspace, bridge, mill, tmp_path):
    for name, day in (("a.txt", "2026-02-10"), ("b.txt", "2026-02-12")):
        write(
            tmp_path, name, f" date {day} Un titlu scurt\n\n„Podul rămâne deschis toată iarna”, a spus Maria Petrescu."
        )
    export(
        workspace,
        [tmp_path / "a.txt", tmp_path / "b.txt"],
        tmp_path / "out.csv",
        Request("csv", Selection(since="2026-02-11", until="2026-02-12")),
    )
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"), newline="")))
    assert {row["file"] for row in rows} == {"b.txt"}


# -- whose decision about a name holds where ----


def said_by(workspace, folder, target):
    """Export the quotes of a folder; return who is said to speak each, by file."""
    export(workspace, sorted(folder.glob("*.txt")), target, Request("csv", QUOTES))
    rows = csv.DictReader(io.StringIO(target.read_text("utf-8-sig"), newline=""))
    return [(row["file"], row["person"]) for row in rows]


def decide(article, change):
    session = NotesSession.open(read_article(article))
    change(session)
    session.save()


def test_a_name_given_in_an_article_holds_there_and_the_others_keep_theirs(workspace, bridge, mill, tmp_path):
    decide(bridge, lambda notes: notes.rename_person("Andrei Voicu", "The Mayor", ["Andrei Voicu", "Voicu"]))
    assert said_by(workspace, bridge.parent, tmp_path / "out.csv") == [
        ("bridge.txt", "The Mayor"),
        ("bridge.txt", "Maria Petrescu"),
        ("mill.txt", "Andrei Voicu"),
    ]


def test_who_is_no_person_in_an_article_is_one_in_the_others(workspace, bridge, mill, tmp_path):
    decide(bridge, lambda notes: notes.not_a_person(["Andrei Voicu", "Voicu"]))
    said = said_by(workspace, bridge.parent, tmp_path / "out.csv")
    assert ("bridge.txt", "Andrei Voicu") not in said
    assert ("mill.txt", "Andrei Voicu") in said


def test_what_the_folders_register_says_holds_in_articles_that_came_later(workspace, bridge, mill, tmp_path):
    PeopleFile(bridge.parent).mean({"Andrei Voicu": "The Mayor", "Voicu": "The Mayor", "Maria Petrescu": NOBODY})
    later = write(bridge.parent / "march", "later.txt", MILL)
    said = [*said_by(workspace, bridge.parent, tmp_path / "a.csv"), *said_by(workspace, later.parent, tmp_path / "b")]
    assert [name for file, name in said if name == "The Mayor"] == ["The Mayor"] * 3
    assert "Maria Petrescu" not in {name for _, name in said}


def test_an_accepted_speaker_has_the_name_that_he_has_in_all_articles(workspace, tmp_path):
    one = write(tmp_path / "n", "one.txt", "Titlu lung de știre\n\n„Podul rămâne deschis”, a spus Maria Petrescu.")
    other = write(tmp_path / "n", "two.txt", "Титул новини\n\n«Міст буде відкрито взимку», – сказала Марія Петреску.")
    opened = workspace.prepare(other)
    assert opened.analysis.quotes[0].speaker.person != "Maria Petrescu"
    opened.notes.accept(opened.detections()[0])
    opened.notes.save()
    assert {name for _, name in said_by(workspace, one.parent, tmp_path / "out.csv")} == {"Maria Petrescu"}


def test_notes_that_can_not_be_read_are_told_and_the_article_is_exported(workspace, bridge, mill, tmp_path):
    bridge.with_name("bridge.txt.notes.json").write_text("{", "utf-8")
    told = []
    export(workspace, [bridge, mill], tmp_path / "out.md", Request(), unread=lambda *each: told.append(each))
    ((path, words),) = told
    assert path == bridge
    assert words.startswith("bridge.txt.notes.json is damaged")
    assert "Nu mai putem" in (tmp_path / "out.md").read_text("utf-8")


def test_nothing_is_written_over_an_older_export_where_no_article_is_left(workspace, tmp_path):
    older = write(tmp_path, "out.csv", "older")
    with pytest.raises(ExportError, match="no article to export"):
        export(workspace, [tmp_path / "gone.txt"], older, Request("csv"), problem=lambda _: None)
    assert older.read_text("utf-8") == "older"


def test_sentence_pairs_are_not_claimed_where_no_sentence_has_a_translation(workspace, bridge, tmp_path):
    said = export(workspace, [bridge], tmp_path / "out.tmx", Request("tmx"))
    assert said == f"No sentence has a translation beside it: {tmp_path / 'out.tmx'} was written without any."


def test_the_opening_that_stands_for_a_title_leaves_the_header_out(workspace, mill, tmp_path):
    export(workspace, [mill], tmp_path / "out.md", Request())
    assert (tmp_path / "out.md").read_text("utf-8").startswith("# Moara din Lunca a fost")
