from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import __version__
from reader.annotations.anchoring import make_target
from reader.export import wording
from reader.export.escaping import literal, with_bold
from reader.export.evidence import Evidence
from reader.export.passages import Content, Form, Order, Request
from reader.export.preview import preview
from reader.export.style import STYLE
from reader.text.span import Span
from tests.export.evidence import article, gathered, passages, written, written_of
from tests.export.reading import Page, marked_in, pdf_text, rendered, squeezed, word_lines

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "export"
VERSION = __version__.encode()
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
TITLE = "Bridge <i>passages</i> #1"
HOSTILE = [
    "`code` ``more``",
    "[click](javascript:alert(1)) ![x](http://example.org/a.png)",
    "<script>alert(1)</script><img src=file:///etc/passwd>",
    "a | b | c",
    "# no heading",
    "1. no list\n2) nor this\n- nor this\n+ nor this",
    "_no_ *emphasis* **at** __all__ ~~here~~",
    "> no quotation",
    "=== \n---\n***",
    "&lt; &#65; &amp;amp;",
    "http://example.org www.example.org name@example.org <http://example.org>",
    "    no code block\n\ttab",
    "two\n\n\nbreaks, trailing  \n spaces ",
    "\\` backslash \\",
    "[ref]: http://example.org",
    "{: .class} $math$ ^[note] [^1]",
    "\u202eright to left\u2066 and \u200bhidden\ufeff",
    "a\u2028b\u2029c\ufdd0d\xa0e\xade\u0301",
    "👩‍👩‍👧 emoji",
]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        *(("place.md", {}), ("place.html", {}), ("place.csv", {}), ("place.json", {}), ("sentences.tmx", {})),
        *((f"compact.{suffix}", {"form": Form.COMPACT}) for suffix in ("md", "html", "csv", "json")),
        *((f"{order}.md", {"order": order}) for order in (Order.PERSON, Order.DATE, Order.TAG)),
        ("article.html", {"content": Content.ARTICLES}),
        ("passages.tmx", {"content": Content.PASSAGES}),
        *((f"{name}.md", {"template": name}) for name in ("briefing", "annotated-article")),
    ],
)
def test_the_formats_match_their_golden_files(name: str, wanted: dict[str, object]):
    made = written(name.rpartition(".")[2], title=TITLE, **wanted)
    # the sheet is said once, in reader/export/style.py
    made = made.replace(VERSION, b"VERSION").replace(STYLE.encode(), b"STYLE").replace(DIGEST.encode(), b"DIGEST")
    golden = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(made)
    assert made == golden.read_bytes()


def golden_text(name: str, made: str) -> str:
    """Return the golden text of a format whose bytes depend on the machine's fonts and libraries."""
    golden = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(made.replace(__version__, "VERSION"), "utf-8", newline="\n")
    return golden.read_text("utf-8").replace("VERSION", __version__)


@pytest.mark.parametrize("form", Form)
def test_the_word_document_has_the_paragraphs_and_styles_of_its_golden_file(form: Form):
    made = "\n".join(word_lines(written("docx", title=TITLE, form=form))) + "\n"
    assert made == golden_text(f"{form}.docx.txt", made)


@pytest.mark.usefixtures("qapp")
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("content", Content)
def test_the_pdf_has_the_text_of_its_golden_file(content: Content, tmp_path: Path):
    path = tmp_path / "out.pdf"
    path.write_bytes(written("pdf", title=TITLE, content=content, form=Form.COMPACT))
    made = squeezed(pdf_text(path)).replace(squeezed(TITLE) + "1", "") + "\n"
    assert made == golden_text(f"{content}.pdf.txt", made)


@pytest.mark.usefixtures("qapp")
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
def test_a_passage_higher_than_a_page_begins_on_the_page_of_the_title(tmp_path: Path):
    made = article()
    path = tmp_path / "out.pdf"
    long = replace(made.passages[0], note="\n".join(f"line {number}" for number in range(200)))
    path.write_bytes(written("pdf", replace(made, passages=(long,)), title="The bridge"))
    first, *others = pdf_text(path).removesuffix("\f").split("\f")
    assert first.startswith("The bridge")
    assert long.original in first
    numbers = dict.fromkeys(map(int, re.findall(r"line (\d+)\n", first + "".join(others))))
    assert list(numbers) == list(range(200))


def test_the_same_passages_give_the_same_word_document():
    assert written("docx") == written("docx")


def test_passages_ordered_by_person_are_grouped_by_person():
    page = written("md", order=Order.PERSON).decode()
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert headings == ["## Ion Câmpeanu", "## Sânziana Țurcan", "## Nobody named", "## Articles"]


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_the_title_of_the_only_article_is_said_once(suffix: str):
    title = "Podul din Valea Lungă se redeschide"
    page = written(suffix).decode()
    read = Page(rendered(page) if suffix == "md" else page)
    assert [*read.all("h1"), *read.all("h2")].count(title) == 1


def test_an_export_of_nothing_says_so():
    assert "No passages." in written_of("md")
    assert "No passages." in written_of("html")
    assert json.loads(written_of("json"))["items"] == []
    assert len(written_of("csv").splitlines()) == 1
    assert "<tu" not in written_of("tmx", content=Content.PASSAGES)


# -- exactness -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_passages_come_through_literally(text: str):
    passage = replace(
        passages()[0], original=text, note=text, before="x ", after=text, target=make_target(text, Span(0, 1))
    )
    assert marked_in(written_of("html", passage)) == [text]
    assert marked_in(rendered(written_of("md", passage)), "\n") == [text]


TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab 1.#*_`[](){}<>&|~!+-=:\\\"'\n\t\xa0@$/\u202e\u2028\u200b\ufeffé"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_literal_when_rendered(text: str):
    page = rendered(f"> **{literal(text)}**".replace("\n", "\n> "))
    assert marked_in(page, "\n") == [text]


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_text_around_bold_is_literal_too(before: str, bold: str, after: str):
    pieces = [(False, before.replace("\n", "x")), (True, bold.replace("\n", "x")), (False, after.replace("\n", "x"))]
    page = Page(rendered(with_bold(pieces)))
    assert page.all("p") == ["".join(text for _, text in pieces)]
    assert page.all("strong") == [pieces[1][1]]


def test_bold_is_bold_in_commonmark_between_letters_and_signs():
    assert with_bold([(False, "他说"), (True, "（好）"), (False, "的")]) == "他&#35828;**（好）**&#30340;"
    assert with_bold([(False, "ab"), (True, " c"), (False, "d")]) == "a&#98;**&#32;c**d"
    assert with_bold([(False, "„"), (True, "a"), (False, "”")]) == "„**a**”"


@pytest.mark.parametrize("title", ["Learn C#", "No. ##", "#"])
def test_number_signs_at_the_end_of_a_heading_stay(title: str):
    assert Page(rendered(f"## {literal(title)}")).all("h2") == [title]


def test_control_characters_are_shown_as_their_pictures():
    assert literal("a\x00b\x1bc\x85") == "a␀b␛c␤"


# -- safety ----------------------------------------------------------------------------------------------------------


def test_the_page_holds_no_script_no_link_and_no_other_file():
    hostile = [replace(passages()[0], original=text, note=text, person=text, tags=(text,)) for text in HOSTILE]
    page = written_of("html", *hostile, title="</title><script>alert(1)</script>")
    read = Page(page)
    tags = {tag for tag, _, _ in read.texts}
    assert tags <= {"html", "head", "title", "style", "body", "header", "section", "article", "h1", "h2", "h3", "p",
                    "ul", "li", "strong", "small", "div", "span", "mark", "blockquote", "dl", "dt", "dd"}  # fmt: skip
    allowed = {"lang", "class", "dir"}
    assert all(set(attributes) <= allowed for _, attributes, _ in read.texts)
    assert read.all("title") == ["</title><script>alert(1)</script>"]


def test_the_page_forbids_everything_but_its_own_style():
    page = written("html").decode()
    assert f"default-src 'none'; style-src 'sha256-{DIGEST}'" in page
    assert f"<style>{STYLE}</style>" in page
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_originals_and_translations_are_isolated_and_tell_their_language():
    read = Page(written("html").decode())
    quotations = [attributes for tag, attributes, _ in read.texts if tag == "blockquote"]
    assert all(attributes == {"dir": "auto", "lang": "ro"} for attributes in quotations)
    translations = [attributes for _, attributes, _ in read.texts if attributes.get("class") == "translation"]
    assert all(attributes["lang"] == "en" for attributes in translations)
    assert len(translations) == 7
    assert "blockquote, .translation, .original, q, dd { white-space: pre-wrap; unicode-bidi: isolate; }" in STYLE


def test_the_page_shows_both_schemes_and_prints():
    assert "prefers-color-scheme: dark" in STYLE
    assert "@media print" in STYLE


def test_a_cell_keeps_quotes_commas_and_line_breaks():
    passage = replace(passages()[0], original='a "b", c;\nd\re')
    (row,) = csv.DictReader(io.StringIO(written_of("csv", passage), newline=""))
    assert row["original"] == 'a "b", c;\nd\re'


@pytest.mark.parametrize("kind", ["quote", "person"])
def test_what_a_person_marked_without_a_name_is_not_said_to_be_searched_in_vain_by_the_reader(kind):
    marked = replace(passages()[0], kind=kind, status="accepted", person=None, person_how="", term=False)
    known = dict(wording.facts(marked))
    assert known["Speaker" if kind == "quote" else "Person"] == "none recorded"
    assert known["Status"] == "accepted by a person"
    assert wording.caption(marked) == kind.capitalize()


@pytest.mark.parametrize(
    "wanted", [{"format": "html", "content": Content.ARTICLES}, {"format": "md"}, {"format": "json"}]
)
def test_a_preview_of_very_much_is_short(wanted: dict[str, object]):
    with gathered(*[article()] * 40) as found:
        page = preview(Evidence(found, Request(**wanted), 400))  # type: ignore[arg-type]
    assert 10_000 < len(page) < 120_000
    assert "Câmpeanu" in page
