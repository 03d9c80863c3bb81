from __future__ import annotations

import multiprocessing
import re
import sys
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from reader.export import confined
from reader.export.evidence import Evidence
from reader.export.passages import Form, Request
from reader.export.templates import load_template, shipped
from reader.export.writing import check, render
from reader.text.errors import ExportError
from tests.export.evidence import article, gathered, passages, written

if TYPE_CHECKING:
    from pathlib import Path


def made(folder: Path, source: str, **wanted: object) -> str:
    path = folder / "own.md"
    path.write_text(source, "utf-8")
    return written("md", template=path, **wanted).decode()


def fault(folder: Path, source: str) -> str:
    with pytest.raises(ExportError) as caught:
        made(folder, source)
    return str(caught.value)


def test_two_templates_come_with_the_reader():
    assert shipped() == ("annotated-article", "briefing")


def test_a_briefing_has_a_heading_for_each_person_and_dated_quotes():
    page = written("md", template="briefing").decode()
    assert re.findall(r"^## (.*)", page, re.MULTILINE) == ["Ion Câmpeanu", "Sânziana Țurcan", "Articles"]
    assert page.count("**2026-02-11**") == 2
    assert "corrected by hand" in page


def test_a_briefing_says_how_speakers_were_found_what_is_doubtful_and_which_files_it_is_of():
    whole = article()
    quote = next(each for each in whole.passages if each.kind == "quote" and each.translation)
    assert quote.translation is not None
    doubtful = replace(quote, translation=replace(quote.translation, doubts=("It may be wrong.",)))
    page = written("md", replace(whole, passages=(doubtful,)), template="briefing").decode()
    assert f"speaker {quote.person_how}" in page
    assert "Doubts: It may be wrong." in page
    assert f"SHA-256 {whole.source.sha256}" in page


def test_an_annotated_article_holds_all_of_it_and_lists_its_passages():
    page = written("md", template="annotated-article").decode()
    assert "Inginera" in page
    assert len(re.findall(r"^### \d", page, re.MULTILINE)) == len(passages())


def test_a_persons_own_template_sees_passages_articles_and_groups(tmp_path: Path):
    page = made(
        tmp_path,
        "{{ title }}: {% for passage in passages %}{{ passage.person or 'x' }},{% endfor %}"
        "{% for group in by('tag') %}[{{ group.heading }}]{% endfor %}"
        "{% for source in sources %}{{ source.file }}{% endfor %}"
        "{% for article in articles %}{{ article.sentences | length }}{% endfor %}",
        title="T",
    )
    assert page.startswith("T: Ion Câmpeanu,x,Sânziana Țurcan,Sânziana Țurcan,x,x,x,[bridge][cost][No tag]pod.txt")


def test_what_a_template_puts_out_is_literal_even_where_it_says_safe(tmp_path: Path):
    source = '{% for passage in by("tag") %}{% endfor %}{{ "<b>" }}{{ "# *x*" | safe }}{{ "[a](b)" ~ "`" }}'
    assert made(tmp_path, source) == "&lt;b&gt;&#35; \\*x\\*\\[a\\](b)\\`"


def test_the_compact_form_reaches_the_facts_of_a_template(tmp_path: Path):
    source = "{% for passage in passages %}{{ passage | facts }}\n{% endfor %}"
    assert "SHA-256" in made(tmp_path, source)
    assert "SHA-256" not in made(tmp_path, source, form=Form.COMPACT)


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("a\n{% for passage in %}", 2, "Expected an expression"),
        ("a\n\n{{ pasages }}", 3, "'pasages' is undefined"),
        ("{% for passage in passages %}\n\n{{ passage.speaker }}{% endfor %}", 3, "no attribute 'speaker'"),
        ("\n{% if 1 %}", 2, "Unexpected end of template"),
        ("\n\n\n{{ 1 / 0 }}", 4, "division by zero"),
        ("\n{{ title | sparkle }}", 2, "No filter named 'sparkle'"),
        ("\n{{ title.__class__.__mro__ }}", 2, "unsafe"),
        ("\n{{ by('weight') | list }}", 2, "by() knows no 'weight', but place, "),
        ("\n{{ by('person', 'qoute') | list }}", 2, "by() knows no 'qoute', but quote, "),
        ("\n{% include '/etc/passwd' %}", 2, "no loader for this environment"),
        ("\n{% import '/etc/passwd' as x %}", 2, "no loader for this environment"),
        ("\n{% extends '../pyproject.toml' %}", 2, "no loader for this environment"),
    ],
)
def test_a_broken_template_gives_the_line_and_the_reason(tmp_path: Path, source: str, line: int, reason: str):
    words = fault(tmp_path, source)
    assert words.startswith("own.md: ")
    assert f"line {line} of the template" in words
    assert reason in words
    assert words.endswith("Nothing was exported.")


def test_a_template_reaches_no_file_and_no_inside_of_the_program(tmp_path: Path):
    for source in (
        "{{ sources.gi_frame.f_globals }}",
        "{{ by.__globals__ }}",
        "{{ by.__closure__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ '{0.__class__.__init__.__globals__}'.format(title) }}",
        "{{ self._TemplateReference__context.environment }}",
        "{% for a in articles %}{{ a.source.file.open() }}{% endfor %}",
        "{{ open('/etc/passwd') }}",
    ):
        assert "is broken" in fault(tmp_path, source), source


def test_a_template_that_is_not_there_or_no_text_is_named(tmp_path: Path):
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(ExportError, match=r"nowhere\.md can't be read .*briefing"):
        load_template(tmp_path / "nowhere.md")
    with pytest.raises(ExportError, match=r"picture\.md is not UTF-8 text"):
        load_template(tmp_path / "picture.md")


def test_a_broken_template_is_told_before_any_article_is_opened(tmp_path: Path):
    (tmp_path / "own.md").write_text("{% if %}", "utf-8")
    with pytest.raises(ExportError, match="line 1 of the template"):
        check(Request("md", template=tmp_path / "own.md"), tmp_path / "out.md", ())
    with pytest.raises(ExportError, match="choose the format md"):
        check(Request("html", template="briefing"), tmp_path / "out.html", ())


# -- templates without an end ----

DOUBLING = """{% set all = namespace(text='ab') %}
{% for turn in range(60) %}{% set all.text = all.text ~ all.text %}{% endfor %}"""


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            "a\n{% for x in range(99999) %}\n{% for y in range(99999) %}{% endfor %}\n{% endfor %}",
            "line 3 of the template",
        ),
        ("\n{% macro twice(n) %}{{ twice(n - 1) if n }}{{ twice(n - 1) if n }}{% endmacro %}{{ twice(60) }}", "line 2"),
        ("\n{{ 9 ** (9 ** 9) }}", "took too long or too much memory and was stopped"),
    ],
)
def test_a_template_that_goes_on_without_an_end_is_stopped_and_named(tmp_path: Path, monkeypatch, source, words):
    monkeypatch.setattr(confined, "SECONDS", 0.5)
    monkeypatch.setattr(confined, "SECONDS_EACH", 0)
    said = fault(tmp_path, source)
    assert words in said
    assert said.startswith("own.md: ")
    assert multiprocessing.active_children() == []


def test_a_template_that_calls_itself_is_told_so(tmp_path: Path):
    said = fault(tmp_path, "{% macro again() %}{{ again() }}{% endmacro %}\n{{ again() }}")
    assert "calls itself without an end" in said


@pytest.mark.skipif(sys.platform != "linux", reason="the bound of memory is Linux's")
@pytest.mark.parametrize("source", [DOUBLING, "\n{{ 'x' * 9999999999 }}", "\n{{ 'x' | center(9999999999) }}"])
def test_a_template_that_makes_gigabytes_is_stopped(tmp_path: Path, source: str):
    said = fault(tmp_path, source)
    assert "line 2 of the template is broken: it needs more memory than a template may have" in said


def test_a_template_that_writes_without_an_end_is_stopped(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(confined, "BYTES", 1_000_000)
    monkeypatch.setattr(confined, "BYTES_EACH", 0)
    source = "{% for x in range(99999) %}{% for y in range(99999) %}{{ title }}{% endfor %}{% endfor %}"
    assert "it writes without an end" in fault(tmp_path, source)


def test_a_template_is_stopped_with_the_export(tmp_path: Path):
    (tmp_path / "own.md").write_text("{% for x in range(99999) %}{% for y in range(99999) %}{% endfor %}{% endfor %}")
    asked = iter([False] * 40)
    with gathered() as found:
        evidence = Evidence(found, Request("md", template=tmp_path / "own.md"), stopped=lambda: next(asked, True))
        with pytest.raises(ExportError, match="was stopped"):
            render(evidence, BytesIO())
    assert multiprocessing.active_children() == []
