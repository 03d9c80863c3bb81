"""`annotate` and `annotations`: the notes without a window."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reader import cli
from reader.annotations import saving
from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from tests.annotations.support import QUOTE_TEXT, TEXT, span_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def article(article_path: Path) -> Path:
    article_path.write_text(TEXT, "utf-8")
    return article_path


def annotate(article: Path, words: str, *options: str) -> int:
    span = span_of(words)
    return cli.main(["annotate", str(article), "--start", str(span.start), "--end", str(span.end), *options])


def listed(capfd: pytest.CaptureFixture[str], *paths: Path) -> list[dict]:
    capfd.readouterr()
    cli.main(["annotations", *map(str, paths), "--json"])
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_annotate_prints_the_id_and_annotations_shows_all_of_it(article, capfd):
    assert annotate(article, QUOTE_TEXT, "--note", "Cine plătește?", "--tag", "pod", "bani", "--colour", "green") == 0
    made = capfd.readouterr().out.strip()
    span = span_of(QUOTE_TEXT)
    assert listed(capfd, article.parent) == [
        {
            "path": str(article),
            "id": made,
            "kind": "highlight",
            "status": "accepted",
            "start": span.start,
            "end": span.end,
            "exact": QUOTE_TEXT,
            "anchoring": "exact",
            "person": None,
            "note": "Cine plătește?",
            "tags": ["pod", "bani"],
            "colour": "green",
            "candidates": [],
        }
    ]


def marked_as(article: Path) -> list[tuple[str, str | None]]:
    notes = NotesSession.open(read_article(article)).notes
    return [(each.kind, each.attribution.person if each.attribution else None) for each in notes.annotations]


def test_annotate_takes_the_speaker_of_a_quote(article):
    assert annotate(article, QUOTE_TEXT, "--kind", "quote", "--person", "Ion  Câmpeanu") == 0
    assert marked_as(article) == [("quote", "Ion Câmpeanu")]


def test_annotations_say_who_speaks_or_is_named(article, capfd):
    annotate(article, QUOTE_TEXT, "--kind", "quote", "--person", "Ion Câmpeanu")
    annotate(article, "trei luni")
    assert [each["person"] for each in listed(capfd, article)] == ["Ion Câmpeanu", None]


def test_a_person_marked_without_a_name_is_called_as_the_passage_has_it(article):
    assert annotate(article, QUOTE_TEXT, "--kind", "person") == 0
    assert marked_as(article) == [("person", QUOTE_TEXT)]


def test_a_highlight_has_no_person(article, capfd):
    with pytest.raises(SystemExit) as ended:
        annotate(article, QUOTE_TEXT, "--person", "Ion Câmpeanu")
    assert ended.value.code == 2
    assert "--kind quote" in capfd.readouterr().err


def test_the_id_is_printed_only_when_the_save_is_durable(article, capfd, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "write_beside", full)
    assert annotate(article, "trei luni") == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "No space left on device" in said.err
    assert "podul.txt.notes.json" in said.err


def test_a_quote_has_no_colour_unless_one_is_named(article, capfd):
    annotate(article, QUOTE_TEXT, "--kind", "quote")
    annotate(article, "trei luni")
    assert [each["colour"] for each in listed(capfd, article)] == [None, "yellow"]


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (9, 4), (0, len(TEXT) + 1)])
def test_offsets_beyond_the_text_are_refused_in_one_line_and_nothing_is_written(article, capfd, start, end):
    assert cli.main(["annotate", str(article), "--start", str(start), "--end", str(end)]) == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == f"podul.txt: {start} to {end} is no passage of a text of {len(TEXT)} characters.\n"
    assert [path.name for path in article.parent.iterdir()] == ["podul.txt"]


@pytest.mark.parametrize("wrong", [["--colour", "mauve"], ["--kind", "map"], ["--start", "one"], ["--tags", "x"]])
def test_wrong_usage_ends_with_2(article, wrong):
    with pytest.raises(SystemExit) as ended:
        annotate(article, "trei luni", *wrong)
    assert ended.value.code == 2


def test_passages_that_moved_or_went_are_told_with_their_candidates(article, capfd):
    annotate(article, QUOTE_TEXT)
    annotate(article, "pod provizoriu")
    twice = TEXT.replace("Voicu a promis un pod provizoriu. „Oamenii", "Un pod provizoriu? Alt pod provizoriu! „Ei")
    article.write_text("Nou.\n" + twice, "utf-8")
    moved, gone = listed(capfd, article)
    assert (moved["anchoring"], moved["start"]) == ("moved", span_of(QUOTE_TEXT).start + 5)
    assert (gone["anchoring"], gone["start"], gone["end"]) == ("unplaced", None, None)
    text = article.read_text("utf-8")
    assert [text[start:end] for start, end in gone["candidates"]] == ["pod provizoriu"] * 2


def test_an_encoding_chosen_in_the_window_holds_on_the_command_line(article, capfd):
    article.write_bytes("Ştim că şedinţa se ţine mâine.".encode("iso-8859-2"))
    session = NotesSession.open(read_article(article, "koi8-u"))
    session.save()
    assert cli.main(["annotate", str(article), "--start", "0", "--end", "4"]) == 0
    (found,) = listed(capfd, article)
    assert found["exact"] == read_article(article, "koi8-u").text[:4] != "Ştim"


def test_a_file_that_fails_is_reported_and_the_others_are_listed(article, capfd):
    annotate(article, "trei luni")
    foreign = article.with_name("alt.txt")
    foreign.write_text("Alt text.", "utf-8")
    foreign.with_name("alt.txt.notes.json").write_text('{"name": "shopping"}')
    missing = article.with_name("nimic.txt")
    capfd.readouterr()
    assert cli.main(["annotations", str(missing), str(foreign), str(article), "--json"]) == 1
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [each.get("error", "") != "" for each in lines] == [True, True, False]
    assert [each["path"] for each in lines] == [str(missing), str(foreign), str(article)]


def test_what_is_wrong_with_notes_is_said_beside_the_list(article, capfd):
    annotate(article, "trei luni")
    sidecar = article.with_name("podul.txt.notes.json")
    sidecar.with_name(sidecar.name + ".bak").write_bytes(sidecar.read_bytes())
    sidecar.write_bytes(b"{")
    capfd.readouterr()
    assert cli.main(["annotations", str(article)]) == 0
    said = capfd.readouterr()
    assert said.out.endswith(": accepted highlight 162–171 exact: trei luni\n")
    assert said.err.startswith("podul.txt.notes.json is damaged")
    assert len(said.err.splitlines()) == 1
