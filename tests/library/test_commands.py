"""The commands over a whole folder, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader import cli
from tests.support.news import BRIDGE, FERRY, MILL, write


@pytest.fixture
def run(capsysbinary, folder):
    """Run a command over a folder of three articles; return the lines it prints and what it says beside them."""
    for name, text in (("bridge", BRIDGE), ("mill", MILL), ("ferry", FERRY)):
        write(folder, f"{name}.txt", text)

    def _run(command, *arguments):
        assert cli.main([command, str(folder), *arguments]) == 0
        out, err = capsysbinary.readouterr()
        return out.decode().splitlines(), err.decode()

    return _run


def articles(lines):
    return {line.split(":")[0].rsplit("/", 1)[-1] for line in lines if not line.startswith(" ")}


@pytest.mark.parametrize("words", [("Voicu", "-moara"), ("-moara", "Voicu"), ("Voicu -moara",), ("Voicu", "-Moara")])
def test_words_that_must_not_occur_are_typed_as_arguments_of_their_own(run, words):
    lines, said = run("search", *words)
    assert articles(lines) == {"bridge.txt"}
    assert said == ""


@pytest.mark.parametrize("word", ["-hotel", "-json", "-m"])
def test_a_word_that_begins_like_an_option_is_a_word(run, word):
    lines, _ = run("search", word)
    assert articles(lines) == {"bridge.txt", "mill.txt", "ferry.txt"}


def test_quotes_are_kept_by_a_word_that_must_not_occur(run):
    every, _ = run("quotes")
    kept, _ = run("quotes", "--query", "-Oamenii")
    assert kept == [line for line in every if "Oamenii" not in line]
    assert len(kept) == len(every) - 1


def test_options_stay_options(run):
    lines, _ = run("search", "Voicu", "--most", "1", "--as-it-stands")
    assert lines == []
    lines, _ = run("search", "--most", "1", "Voicu", "-nicio")
    assert len(articles(lines)) == 1


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        ("search", ("gibtesnicht",), "Nothing found for “gibtesnicht”.\n"),
        ("search", ("gibtesnicht", "--json"), "Nothing found for “gibtesnicht”.\n"),
        ("quotes", ("--person", "Nobody"), 'Nothing found for “person:"Nobody"”.\n'),
        ("search", ("date:2026-03..2026-02",), "date:2026-03..2026-02 ends before it begins."),
        ("search", ("foo:bar",), "foo: is no field and was looked for as a word; the fields are person:"),
        ("search", ("lang:",), "lang: is empty"),
        ("search", ("Voicu", "Person:"), "person: is empty"),
        ("search", ("Voicu", "-tag:"), "tag: is empty"),
        ("search", ('person:""',), "person: is empty"),
    ],
)
def test_what_finds_nothing_or_was_hardly_meant_so_is_said(run, command, arguments, said):
    assert said in run(command, *arguments)[1]


@pytest.mark.parametrize("line", ["Voicu", "podul 10:30", "https://example.org", "person:Voicu lang:ro", '"foo:bar"'])
def test_nothing_is_said_of_a_query_without_doubtful_fields(run, line):
    assert "field" not in run("search", line)[1]


def test_a_field_without_a_value_asks_nothing(run):
    assert run("search", "Voicu", "lang:")[0] == run("search", "Voicu")[0]


def test_one_is_counted_in_the_singular(run):
    (voicu,) = [line for line in run("people")[0] if line.startswith("Andrei Voicu")]
    (other,) = [line for line in run("people")[0] if line.startswith("Maria Petrescu")]
    assert " mentions in 2 articles, 2 quotes" in voicu
    assert " mentions in 1 article, 1 quote:" in other


def test_people_are_kept_by_a_spelling_and_sorted(run):
    lines, _ = run("people", "--sort", "name")
    assert [line.split(":")[0] for line in lines] == sorted(line.split(":")[0] for line in lines)
    assert [line.split(":")[0] for line in run("people", "--person", "petrescu")[0]] == ["Maria Petrescu"]
    assert "Nothing found for “Nobody”." in run("people", "--person", "Nobody")[1]


def test_people_who_may_be_one_are_listed_with_the_evidence(run, folder):
    write(folder, "also.txt", "Primarul Andrei Voicu-Popa a plecat.\n\n„Voi lipsi”, a spus Andrei Voicu-Popa.\n")
    (line,) = run("people", "--alike")[0]
    assert line == "Andrei Voicu – Andrei Voicu-Popa: 85%: “Andrei Voicu” is all in “Andrei Voicu-Popa”"
    (record,) = map(json.loads, run("people", "--alike", "--json", "--person", "popa")[0])
    assert record["people"] == ["Andrei Voicu", "Andrei Voicu-Popa"]


def test_days_and_person_narrow_search_and_quotes(run, folder):
    write(folder, "dated.txt", " date 2026-05-12 " + BRIDGE)
    assert articles(run("search", "Voicu", "--from", "2026-05-12")[0]) == {"dated.txt"}
    assert "dated.txt" not in articles(run("search", "Voicu", "--until", "2026-05-11")[0])
    assert articles(run("quotes", "--from", "2026-05-01", "--until", "2026-05-31")[0]) == {"dated.txt"}
    assert articles(run("search", "podul", "--person", "Voicu")[0]) >= {"dated.txt"}


def test_a_quote_names_where_the_same_stands_and_why(run, folder):
    write(folder, "again.txt", FERRY.replace("The ferry", "Our ferry"))
    records = [json.loads(line) for line in run("quotes", "--json")[0]]
    (same,) = next(each for each in records if each["path"].endswith("ferry.txt"))["same_as"]
    assert same["path"].endswith("again.txt")
    assert same["confirmed"] is False
    assert any(why.startswith("in the same words") for why in same["reasons"])
    assert any(line.startswith("  the same? ") for line in run("quotes")[0])
    assert not any(line.startswith("  ") for line in run("quotes", "--alone")[0])
    assert len(run("quotes", "--most", "1", "--alone")[0]) == 1


@pytest.mark.parametrize("arguments", [("--most", "0"), ("--most", "many"), ("--from", "soon")])
def test_what_is_no_number_and_no_day_is_wrong_usage(folder, arguments):
    with pytest.raises(SystemExit) as exc:
        cli.main(["search", str(folder), "x", *arguments])
    assert exc.value.code == 2


def test_doctor_lists_the_indexes_with_folder_and_size(run, folder, capsysbinary):
    run("search", "Voicu")
    cli.main(["doctor", "--json"])
    (found,) = map(json.loads, capsysbinary.readouterr().out.decode().splitlines())
    (index,) = found["indexes"]
    assert (index["folder"], index["articles"], index["analysed"]) == (str(folder), 3, 3)
    assert index["size"] >= Path(index["path"]).stat().st_size > 0
    cli.main(["doctor"])
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert any(line.startswith("index ") and f"{folder}: 3 articles" in line for line in lines)
