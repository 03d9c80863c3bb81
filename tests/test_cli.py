import csv
import io
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from reader import cli
from reader.annotations.places import sidecar_path
from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from tests.support.argos_package import write_package_folder
from tests.support.news import BRIDGE, FERRY, HARBOUR, MILL, write
from tests.support.pages import span_of

ROOT = Path(__file__).resolve().parent.parent
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.fixture(autouse=True)
def _one_analyzer(analyzer, monkeypatch):
    """Load the analysis once; it is the real one."""
    monkeypatch.setattr("reader.analysis.analyzer.Analyzer", lambda: analyzer)


@pytest.fixture
def run(capsysbinary):
    """Run a command; return its exit code, the lines of its output, and its complaints."""

    def _run(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return code, out.decode().splitlines(), err.decode()

    return _run


@pytest.fixture
def objects(run):
    """Run a command with --json that must succeed; return its objects."""

    def _objects(*arguments):
        code, lines, complaints = run(*arguments, "--json")
        assert (code, complaints) == (0, "")
        return [json.loads(line) for line in lines]

    return _objects


@pytest.fixture
def bridge(tmp_path):
    return write(tmp_path / "news", "bridge.txt", BRIDGE)


@pytest.fixture
def installed(home):
    """Install a real package ro → en."""
    return write_package_folder(home / "packages" / "translate-ro_en-1_0", "ro", "en")


# -- analyze ----


def test_analyze_prints_one_object_with_the_promised_fields(objects, bridge):
    (found,) = objects("analyze", bridge)
    assert list(found) == [
        *("path", "sha256", "encoding", "language", "date", "title"),
        *("paragraphs", "sentences", "quotes", "people"),
    ]
    assert found["path"] == str(bridge)
    assert found["sha256"] == read_article(bridge).sha256
    assert found["encoding"] == "utf-8"
    assert found["language"]["code"] == "ro"
    assert 0 < found["language"]["confidence"] <= 1
    assert found["date"] is None
    assert found["title"] == {"start": 0, "end": BRIDGE.index("\n")}
    assert {frozenset(each) for each in found["paragraphs"]} == {frozenset({"start", "end", "kind", "language"})}
    assert {frozenset(each) for each in found["sentences"]} == {frozenset({"start", "end"})}
    assert [list(each) for each in found["people"]] == [["start", "end", "text", "person"]] * len(found["people"])
    for quote in found["quotes"]:
        assert list(quote) == ["start", "end", "outer", "open", "close", "kind", "parent", "speaker"]
        assert list(quote["speaker"]) == ["person", "start", "end", "confidence", "why"]


def test_offsets_are_code_points_of_the_canonical_text(objects, bridge):
    (found,) = objects("analyze", bridge)
    first = found["quotes"][0]
    assert BRIDGE[first["start"] : first["end"]] == "Nu mai putem\u00a0aștepta nici măcar o lună"
    assert BRIDGE[slice(*first["outer"])] == "„Nu mai putem\u00a0aștepta nici măcar o lună”"
    assert (first["open"], first["close"], first["kind"], first["parent"]) == ("„", "”", "speech", None)
    assert first["speaker"]["person"] == "Andrei Voicu"
    assert BRIDGE[first["speaker"]["start"] : first["speaker"]["end"]] == "Voicu"
    assert all(BRIDGE[each["start"] : each["end"]] == each["text"] for each in found["people"])


def test_line_ends_and_a_byte_order_mark_do_not_shift_the_offsets(objects, bridge, tmp_path):
    other = tmp_path / "crlf.txt"
    other.write_bytes(b"\xef\xbb\xbf" + BRIDGE.replace("\n", "\r\n").encode())
    (plain,), (found,) = objects("analyze", bridge), objects("analyze", other)
    for key in ("sentences", "quotes", "people", "title"):
        assert found[key] == plain[key]


def test_the_date_of_the_header_is_told_and_belongs_to_no_sentence(objects, tmp_path):
    (found,) = objects("analyze", write(tmp_path, "mill.txt", MILL))
    assert found["date"] == "2026-03-14"
    assert found["paragraphs"][0]["start"] == 0
    assert found["sentences"][0]["start"] == MILL.index("Moara")


def test_one_person_has_one_name_in_all_articles_of_a_call(objects, bridge, tmp_path):
    short = write(tmp_path / "news", "short.txt", "„Podul se va deschide la vară”, a spus Voicu luni dimineață.\n")
    alone = objects("analyze", short)[0]["people"]
    found = objects("analyze", bridge, short)
    assert [mention["person"] for mention in alone] == ["Voicu"]
    assert found[1]["people"][0]["person"] == "Andrei Voicu"
    assert found[1]["quotes"][0]["speaker"]["person"] == "Andrei Voicu"


def test_a_folder_is_walked(objects, bridge, tmp_path):
    write(tmp_path / "news" / "deeper", "ferry.md", FERRY)
    write(tmp_path / "news", "table.csv", "a,b")
    assert [Path(each["path"]).name for each in objects("analyze", tmp_path / "news")] == ["bridge.txt", "ferry.md"]


def test_a_language_and_people_decided_in_the_window_count_here_too(objects, bridge):
    session = NotesSession.open(read_article(bridge))
    session.merge_people("Maria P.", ["Maria Petrescu"])
    session.set_language("en")
    session.save()
    (found,) = objects("analyze", bridge)
    assert found["language"] == {"code": "en", "confidence": 1.0}
    assert "Maria Petrescu" not in {each["person"] for each in found["people"]}


def test_without_json_a_person_can_read_it(run, bridge):
    code, lines, _ = run("analyze", bridge)
    assert code == 0
    assert lines[:2] == [str(bridge), "  Podul vechi se închide luni"]
    assert any("[Andrei Voicu] Nu mai putem" in line for line in lines)


# -- translate ----


def test_translate_prints_every_sentence_with_its_place(objects, bridge, installed):
    (found,) = objects("translate", bridge)
    assert list(found) == ["path", "from", "to", "via", "package", "sentences"]
    assert (found["from"], found["to"], found["via"]) == ("ro", "en", None)
    assert found["package"]["version"] == "1.0"
    assert len(found["package"]["sha256"]) == 64
    (analysed,) = objects("analyze", bridge)
    assert [{"start": each["start"], "end": each["end"]} for each in found["sentences"]] == analysed["sentences"]
    for sentence in found["sentences"]:
        assert list(sentence) == ["start", "end", "translation", "score", "doubts", "from_cache"]
        assert sentence["translation"]
        assert sentence["score"] <= 0
        assert isinstance(sentence["doubts"], list)
        assert sentence["from_cache"] is False


def test_several_articles_are_printed_apart_each_under_its_file_name(run, bridge, tmp_path, installed):
    ferry = write(tmp_path / "news", "ferry.txt", BRIDGE)
    _, alone, _ = run("translate", bridge)
    _, both, _ = run("translate", bridge, ferry)
    assert str(bridge) not in alone
    assert both == [str(bridge), *alone, "", str(ferry), *alone]


def test_the_second_time_the_cache_answers(objects, bridge, installed):
    first, second = objects("translate", bridge)[0]["sentences"], objects("translate", bridge)[0]["sentences"]
    assert all(sentence["from_cache"] for sentence in second if sentence["score"])
    assert [each["translation"] for each in first] == [each["translation"] for each in second]


def test_a_correction_stands_in_for_the_machine(objects, bridge, installed):
    session = NotesSession.open(read_article(bridge))
    session.correct(span_of(BRIDGE, "Lucrările durează trei luni."), "The works take three months.")
    session.save()
    (found,) = objects("translate", bridge)
    (corrected,) = [each for each in found["sentences"] if each.get("correction")]
    assert (corrected["translation"], corrected["correction"]) == ("The works take three months.", "manual")


def test_without_a_package_the_line_says_which_one_is_missing(run, bridge):
    code, lines, complaints = run("translate", bridge)
    assert (code, lines) == (1, [])
    assert len(complaints.splitlines()) == 1
    assert "bridge.txt" in complaints
    assert "ro → en" in complaints


def test_without_a_package_json_holds_the_error(run, bridge, tmp_path):
    code, lines, complaints = run("translate", bridge, "--json")
    (found,) = map(json.loads, lines)
    assert (code, complaints) == (1, "")
    assert list(found) == ["path", "error"]


def test_a_missing_package_does_not_stop_the_other_articles(run, bridge, tmp_path, installed):
    harbour = write(tmp_path / "news", "a-harbour.txt", HARBOUR)
    code, lines, _ = run("translate", harbour, bridge, "--json")
    first, second = map(json.loads, lines)
    assert code == 1
    assert (first["path"], list(first)) == (str(harbour), ["path", "error"])
    assert (second["path"], second["from"]) == (str(bridge), "ro")


def test_an_article_in_the_target_language_has_nothing_to_translate(objects, tmp_path, installed):
    (found,) = objects("translate", write(tmp_path, "ferry.txt", FERRY))
    assert (found["from"], found["to"], found["package"], found["sentences"]) == ("en", "en", None, [])


# -- export ----


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf", "csv", "json", "tmx"])
def test_export_writes_every_format(run, bridge, installed, tmp_path, form):
    target = tmp_path / f"out.{form}"
    code, lines, said = run("export", bridge, "--format", form, "--output", target)
    assert (code, lines) == (0, [])
    assert str(target) in said
    assert target.stat().st_size > 500
    if form not in ("docx", "pdf"):
        assert "Nu mai putem" in target.read_text("utf-8")


def test_export_of_one_kind_and_one_person(run, bridge, tmp_path):
    target = tmp_path / "out.json"
    code, _, _ = run(
        "export", bridge, "--format", "json", "--output", target, "--kind", "quote", "--person", "Maria Petrescu"
    )
    assert code == 0
    assert "Oamenii vor trece" in target.read_text("utf-8")
    assert "Nu mai putem" not in target.read_text("utf-8").replace("prefix", "")


@pytest.fixture
def exported(run, bridge, tmp_path):
    """Export two articles with some notes; return the originals of the passages, in their order."""
    mill = write(tmp_path / "news", "mill.txt", MILL)
    for path, words, more in (
        (bridge, "trei luni", ["--colour", "green", "--tag", "cost", "--note", "how long?"]),
        (bridge, "pod provizoriu", ["--colour", "blue", "--tag", "Bridge", "cost"]),
        (mill, "la toamnă", ["--tag", "autumn"]),
    ):
        start = path.read_text("utf-8").index(words)
        assert run("annotate", path, "--start", start, "--end", start + len(words), *more)[0] == 0

    def _exported(*options):
        target = tmp_path / "out.csv"
        assert run("export", tmp_path / "news", "--format", "csv", "--output", target, *options)[0] == 0
        rows = csv.DictReader(io.StringIO(target.read_text("utf-8-sig"), newline=""))
        return [row["original"] for row in rows]

    return _exported


def test_export_filters_by_kind_colour_tag_date_and_words(exported):
    assert exported("--kind", "highlight") == ["trei luni", "pod provizoriu", "la toamnă"]
    assert exported("--colour", "green", "--colour", "blue") == ["trei luni", "pod provizoriu"]
    assert exported("--tag", "bridge") == ["pod provizoriu"]
    assert exported("--kind", "highlight", "--from", "2026-03-01") == ["la toamnă"]
    assert exported("--kind", "highlight", "--from", "2026-03-15") == []
    assert exported("--kind", "highlight", "--until", "2026-03-14") == ["la toamnă"]
    assert exported("--kind", "highlight", "--filter", "HOW long") == ["trei luni"]


def test_export_orders_by_person_date_and_tag(exported):
    assert exported("--kind", "highlight", "--order", "tag") == ["la toamnă", "pod provizoriu", "trei luni"]
    assert exported("--kind", "highlight", "--order", "date") == ["la toamnă", "trei luni", "pod provizoriu"]
    by_person = exported("--kind", "quote", "--order", "person")
    assert [words.split()[0] for words in by_person] == ["Moara", "Nu", "Oamenii"]


def test_export_in_compact_form_with_a_title(run, bridge, tmp_path):
    full, compact = tmp_path / "full.md", tmp_path / "compact.md"
    run("export", bridge, "--format", "md", "--output", full)
    run("export", bridge, "--format", "md", "--output", compact, "--form", "compact", "--title", "The *bridge*")
    assert len(compact.read_text("utf-8")) < len(full.read_text("utf-8"))
    assert compact.read_text("utf-8").startswith("# The \\*bridge\\*\n")


def test_export_of_whole_articles_and_through_templates(run, bridge, tmp_path):
    whole, briefing = tmp_path / "whole.html", tmp_path / "briefing.md"
    assert run("export", bridge, "--format", "html", "--content", "articles", "--output", whole)[0] == 0
    assert "Lucrările durează trei luni." in whole.read_text("utf-8")
    assert run("export", bridge, "--format", "md", "--template", "briefing", "--output", briefing)[0] == 0
    assert "## Maria Petrescu" in briefing.read_text("utf-8")


def test_a_broken_template_is_one_line_with_line_and_reason(run, bridge, tmp_path):
    (tmp_path / "own.md").write_text("\n{% for x in %}", "utf-8")
    code, _, said = run(
        "export", bridge, "--format", "md", "--template", tmp_path / "own.md", "--output", tmp_path / "out.md"
    )
    assert code == 1
    assert "own.md: line 2 of the template is broken" in said
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "out.md").exists()


@pytest.mark.parametrize("source", ["{{ passages[0] }}", "{{ sources[0] }}", "{{ passages | length }}"])
def test_a_template_that_counts_what_is_read_once_is_told_what_to_write(run, bridge, tmp_path, source):
    (tmp_path / "own.md").write_text(source, "utf-8")
    own, output = tmp_path / "own.md", tmp_path / "out.md"
    _, _, said = run("export", bridge, "--format", "md", "--template", own, "--output", output)
    assert "“| list” makes it a list. Nothing was exported." in said
    assert "object" not in said


@pytest.mark.parametrize("source", ["{{ title.__class__.__mro__ }}", "{{ range(9999999) }}"])
def test_a_reason_with_a_full_stop_of_its_own_gets_no_second_one(run, bridge, tmp_path, source):
    (tmp_path / "own.md").write_text(source, "utf-8")
    own, output = tmp_path / "own.md", tmp_path / "out.md"
    _, _, said = run("export", bridge, "--format", "md", "--template", own, "--output", output)
    assert "is broken" in said
    assert ".." not in said


def test_an_export_that_found_nothing_says_so(run, bridge, tmp_path):
    output = tmp_path / "out.md"
    code, _, said = run("export", bridge, "--format", "md", "--output", output, "--filter", "elicopter")
    assert code == 0
    assert said == f"No passages were found: {output} was written without any.\n"


def test_an_export_without_notes_that_can_not_be_read_is_written_and_has_failed(run, bridge, tmp_path):
    bridge.with_name(f"{bridge.name}.notes.json").write_text("{", "utf-8")
    code, _, said = run("export", bridge, "--format", "md", "--output", tmp_path / "out.md", "--kind", "quote, person")
    assert code == 1
    assert f"{bridge.name}.notes.json is damaged" in said
    assert (tmp_path / "out.md").exists()


def test_an_export_over_an_article_is_refused(run, bridge):
    before = bridge.read_bytes()
    code, _, complaints = run("export", bridge, "--format", "md", "--output", bridge)
    assert code == 1
    assert "bridge.txt" in complaints
    assert bridge.read_bytes() == before


def test_an_export_goes_on_without_a_file_that_fails(run, bridge, tmp_path):
    (tmp_path / "news" / "picture.txt").write_bytes(PICTURE)
    target = tmp_path / "out.md"
    code, _, complaints = run("export", tmp_path / "news", "--format", "md", "--output", target)
    assert code == 1
    assert "picture.txt" in complaints
    assert "Nu mai putem" in target.read_text("utf-8")


# -- packages ----


def test_packages_are_installed_listed_and_removed(objects, run, package_file):
    fields = ["from", "to", "version", "size", "sha256", "path", "problem"]
    (installed,) = objects("packages", "install", package_file)
    assert list(installed) == fields
    assert (installed["from"], installed["to"], installed["problem"]) == ("ro", "en", None)
    assert objects("packages", "list") == [installed]
    assert objects("packages", "remove", "ro", "en")[0]["from"] == "ro"
    assert objects("packages", "list") == []
    assert run("packages", "list")[1] == [
        "No package is installed. `packages install FILE` installs an .argosmodel file."
    ]


def test_a_package_that_is_no_zip_is_refused_in_one_line_and_the_next_one_installed(run, package_file, tmp_path):
    (tmp_path / "fake.argosmodel").write_text("not a zip")
    code, lines, complaints = run("packages", "install", tmp_path / "fake.argosmodel", package_file)
    assert code == 1
    assert len(complaints.splitlines()) == 1
    assert "fake.argosmodel" in complaints
    assert lines == ["ro → en 1.0 is installed."]


def test_an_installed_pair_is_replaced_only_on_demand(run, package_file):
    assert run("packages", "install", package_file)[0] == 0
    code, _, complaints = run("packages", "install", package_file)
    assert code == 1
    assert "Nothing changed. --replace" in complaints
    assert run("packages", "install", package_file, "--replace")[0] == 0


def test_packages_are_listed_with_the_beginning_of_their_hash(objects, run, package_file):
    (installed,) = objects("packages", "install", package_file)
    assert run("packages", "list")[1][0].endswith(installed["sha256"][:12])


def test_a_package_file_that_is_not_there_is_said_to_be_missing(run, tmp_path):
    code, _, complaints = run("packages", "install", tmp_path / "nosuch.argosmodel")
    assert code == 1
    assert "“nosuch.argosmodel” is not there" in complaints
    assert "zip" not in complaints


def test_removing_what_is_not_there_says_so(run):
    code, _, complaints = run("packages", "remove", "xx", "en")
    assert code == 1
    assert len(complaints.splitlines()) == 1


def test_a_broken_package_is_listed_with_its_reason_and_the_others_stay(run, objects, home, installed):
    write_package_folder(home / "packages" / "translate-uk_en-1_0", "uk", "en")
    (home / "packages" / "translate-uk_en-1_0" / "model" / "model.bin").unlink()
    problems = {each["from"]: each["problem"] for each in objects("packages", "list")}
    assert problems["ro"] is None
    assert problems["uk"]


# -- doctor ----


def test_doctor_tells_versions_places_packages_and_what_is_missing(run, home, installed):
    code, lines, _ = run("doctor", "--json")
    (found,) = map(json.loads, lines)
    assert {"versions", "places", "cache", "languages", "packages", "problems"} <= set(found)
    assert found["versions"]["PySide6-Essentials"]
    assert found["versions"]["python-docx"]
    assert found["versions"]["jinja2"]
    assert found["places"]["packages"] == str(home / "packages")
    assert found["packages"][0]["from"] == "ro"
    assert {"ro", "uk", "it", "bg", "en"} <= set(found["languages"])
    assert code == bool(found["problems"])


def test_doctor_names_a_damaged_package(run, installed):
    run("doctor")
    model = installed / "model" / "model.bin"
    model.write_bytes(bytes([model.read_bytes()[0] ^ 1]) + model.read_bytes()[1:])
    code, lines, _ = run("doctor")
    assert code == 1
    assert any("ro → en" in line and line.startswith("!") for line in lines)


# -- bad input ----


def bad_file(folder, kind):
    path = folder / f"{kind}.txt"
    if kind == "picture":
        path.write_bytes(PICTURE)
    elif kind == "folder":
        path = folder / "folder"
        path.mkdir()
    elif kind == "sidecar":
        path = sidecar_path(folder / "bridge.txt")
        path.write_text("{}")
    elif kind == "secret":
        path.write_text(BRIDGE, "utf-8")
        path.chmod(0)
    return path


@pytest.mark.parametrize("kind", ["picture", "vanished", "folder", "sidecar", "secret"])
def test_bad_input_gets_one_line_and_the_others_go_on(run, bridge, tmp_path, kind):
    if kind == "secret" and hasattr(os, "geteuid") and os.geteuid() == 0:
        pytest.skip("root may read every file")
    bad = bad_file(tmp_path, kind)
    code, lines, complaints = run("analyze", bad, bridge)
    assert code == 1
    assert len(complaints.splitlines()) == 1
    assert bad.name in complaints
    assert lines[0] == str(bridge)
    code, lines, complaints = run("analyze", bad, bridge, "--json")
    errors = [each for each in map(json.loads, lines) if "error" in each]
    assert (code, complaints) == (1, "")
    assert [(list(each), each["path"]) for each in errors] == [(["path", "error"], str(bad))]
    assert len(lines) == 2


def test_an_empty_file_is_an_article_without_anything(objects, tmp_path):
    (found,) = objects("analyze", write(tmp_path, "empty.txt", ""))
    assert (found["title"], found["paragraphs"], found["sentences"], found["quotes"]) == (None, [], [], [])


def test_windows_1251_is_read(objects, tmp_path):
    (found,) = objects("analyze", write(tmp_path, "harbour.txt", HARBOUR, "windows-1251"))
    assert (found["encoding"], found["language"]["code"]) == ("windows-1251", "uk")


@pytest.mark.parametrize(
    "payload", [b'{"format": "reader-no', b'{"format": "reader-notes", "schema": {"version": 9, "min_reader": 9}}']
)
def test_a_broken_or_newer_sidecar_does_not_keep_the_article_from_being_analysed(run, bridge, payload):
    sidecar_path(bridge).write_bytes(payload)
    _, lines, _ = run("analyze", bridge, "--json")
    assert json.loads(lines[0])["language"]["code"] == "ro"
    assert sidecar_path(bridge).read_bytes() == payload


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["two\nlines.txt", os.fsdecode(b"caf\xe9.txt"), "tab\tand \x1b[31mred.txt"])
def test_a_strange_file_name_does_not_break_the_output(run, tmp_path, name):
    path = write(tmp_path, name, BRIDGE)
    code, lines, _ = run("analyze", path, "--json")
    assert code == 0
    assert len(lines) == 1
    assert os.fsencode(json.loads(lines[0])["path"]) == os.fsencode(path)
    path.write_bytes(PICTURE)
    code, lines, complaints = run("analyze", path)
    assert (code, lines) == (1, [])
    assert len(complaints.splitlines()) == 1
    assert "\x1b" not in complaints


# -- usage ----


@pytest.mark.parametrize(
    "arguments",
    [
        *(["analyze"], ["translate"], ["nonsense"], ["--nonsense"], ["packages"], ["packages", "remove", "ro"]),
        *(["export", "a.txt"], ["export", "a.txt", "--format", "gif", "--output", "x"]),
        ["export", "a.txt", "--format", "md", "--output", "x", "--kind", "everything"],
        ["export", "a.txt", "--format", "md", "--output", "x", "--from", "yesterday"],
        ["export", "a.txt", "--format", "md", "--output", "x", "--order", "weight"],
    ],
)
def test_wrong_usage_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_progress_is_shown_on_a_terminal_only(run, bridge, monkeypatch):
    assert run("analyze", bridge)[2] == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert "1 of 1: bridge.txt" in run("analyze", bridge)[2]


def test_the_command_line_runs_without_qt_and_from_main_py(bridge, home):
    code = """
        import sys
        sys.modules["PySide6"] = None
        from reader.__main__ import main
        sys.exit(main(["analyze", sys.argv[1], "--json"]))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(bridge)], capture_output=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["language"]["code"] == "ro"


def test_output_that_nobody_reads_any_more_ends_quietly(bridge):
    command = [sys.executable, "main.py", "analyze", str(bridge), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_machine_without_a_screen_is_told_about_the_command_line(bridge):
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "main.py", str(bridge)], capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )
    assert done.returncode == 1
    assert "no screen" in done.stderr
    assert "analyze" in done.stderr
