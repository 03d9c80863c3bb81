from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import __version__
from reader.annotations.anchoring import make_target
from reader.export.escaping import literal
from reader.export.passages import Content, Form, Order
from reader.export.style import STYLE
from reader.text.span import Span
from tests.export.evidence import TEXT, passages, written, written_of

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "export"
VERSION = f"Reader {__version__}".encode()
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


class Read(HTMLParser):
    """The text of each element, white space kept, `br` as a line break; and the attributes seen."""

    def __init__(self, page: str, dropped_after_break: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self._dropped = dropped_after_break
        self._after_break = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
            self._after_break = True
        elif tag != "meta":
            texts: list[str] = []
            self.texts.append((tag, dict(attrs), texts))
            self._open.append((tag, texts))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._after_break:
            data = data.removeprefix(self._dropped)
            self._after_break = False
        for _, texts in self._open:
            texts.append(data)

    def all(self, tag: str) -> list[str]:
        return ["".join(texts) for name, _, texts in self.texts if name == tag]


def marked_in(page: str, dropped_after_break: str = "") -> list[str]:
    """Return the passages of a page: the marked or bold text in each quotation."""
    quotations = re.findall(r"<blockquote.*?</blockquote>", page, re.DOTALL)
    read = [Read(quotation, dropped_after_break) for quotation in quotations]
    return [(each.all("mark") or each.all("strong"))[0] for each in read]


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
    golden = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(made)
    assert made.replace(VERSION, b"VERSION") == golden.read_bytes().replace(VERSION, b"VERSION")


def test_passages_ordered_by_person_are_grouped_by_person():
    page = written("md", order=Order.PERSON).decode()
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert headings == ["## Ion Câmpeanu", "## Sânziana Țurcan", "## Nobody named", "## Articles"]


def test_an_export_of_nothing_says_so():
    assert "No passages." in written_of("md")
    assert "No passages." in written_of("html")
    assert json.loads(written_of("json"))["items"] == []
    assert len(written_of("csv").splitlines()) == 1
    assert "<tu" not in written_of("tmx", content=Content.PASSAGES)


# -- exactness -------------------------------------------------------------------------------------------------------


def test_every_format_gives_each_passage_code_point_by_code_point():
    wanted = [passage.original for passage in passages()]
    assert sum(passage.span is not None and passage.span.of(TEXT) == passage.original for passage in passages()) == 6
    assert marked_in(markdown.markdown(written("md").decode()), "\n") == wanted
    assert marked_in(written("html").decode()) == wanted
    rows = list(csv.DictReader(io.StringIO(written("csv").decode("utf-8-sig"), newline="")))
    assert [row["original"] for row in rows] == wanted
    items = json.loads(written("json"))["items"]
    assert [item["target"]["selector"][0]["exact"] for item in items] == wanted


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_passages_come_through_literally(text: str):
    passage = replace(
        passages()[0], original=text, note=text, before="x ", after=text, target=make_target(text, Span(0, 1))
    )
    assert marked_in(written_of("html", passage)) == [text]
    assert marked_in(markdown.markdown(written_of("md", passage)), "\n") == [text]


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
    page = markdown.markdown(f"> **{literal(text)}**".replace("\n", "\n> "))
    assert marked_in(page, "\n") == [text]


def test_control_characters_are_shown_as_their_pictures():
    assert literal("a\x00b\x1bc\x85") == "a␀b␛c␤"


# -- safety ----------------------------------------------------------------------------------------------------------


def test_the_page_holds_no_script_no_link_and_no_other_file():
    hostile = [replace(passages()[0], original=text, note=text, person=text, tags=(text,)) for text in HOSTILE]
    page = written_of("html", *hostile, title="</title><script>alert(1)</script>")
    read = Read(page)
    tags = {tag for tag, _, _ in read.texts}
    assert tags <= {"html", "head", "title", "style", "body", "header", "section", "article", "h1", "h2", "h3", "p",
                    "ul", "li", "strong", "small", "div", "span", "mark", "blockquote", "dl", "dt", "dd"}  # fmt: skip
    allowed = {"lang", "class", "dir"}
    assert all(set(attributes) <= allowed for _, attributes, _ in read.texts)
    assert read.all("title") == ["</title><script>alert(1)</script>"]


def test_the_page_forbids_everything_but_its_own_style():
    page = written("html").decode()
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert f"<style>{STYLE}</style>" in page
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_originals_and_translations_are_isolated_and_tell_their_language():
    read = Read(written("html").decode())
    quotations = [attributes for tag, attributes, _ in read.texts if tag == "blockquote"]
    assert all(attributes == {"dir": "auto", "lang": "ro"} for attributes in quotations)
    translations = [attributes for _, attributes, _ in read.texts if attributes.get("class") == "translation"]
    assert all(attributes["lang"] == "en" for attributes in translations)
    assert len(translations) == 7
    assert "blockquote, .translation, .original, q, dd { white-space: pre-wrap; unicode-bidi: isolate; }" in STYLE


def test_the_page_shows_both_schemes_and_prints():
    assert "prefers-color-scheme: dark" in STYLE
    assert "@media print" in STYLE


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_cells_that_look_like_formulas_are_neutralised(start: str):
    passage = replace(passages()[0], original=f"{start}1+1", note=f"{start}cmd", person=f"{start}x")
    (row,) = csv.DictReader(io.StringIO(written_of("csv", passage), newline=""))
    assert (row["original"], row["note"], row["person"]) == (f"'{start}1+1", f"'{start}cmd", f"'{start}x")


def test_a_cell_keeps_quotes_commas_and_line_breaks():
    passage = replace(passages()[0], original='a "b", c;\nd\re')
    (row,) = csv.DictReader(io.StringIO(written_of("csv", passage), newline=""))
    assert row["original"] == 'a "b", c;\nd\re'


# -- Web Annotation --------------------------------------------------------------------------------------------------


def test_the_json_keeps_the_rules_of_the_web_annotation_model():
    page = json.loads(written("json"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert re.match(r"urn:uuid:", page["id"])
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids) == 7
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["target"]["source"] == "pod.txt"
        assert {body["type"] for body in item.get("body", [])} <= {"TextualBody"}
        assert {body["purpose"] for body in item.get("body", [])} <= {
            "identifying", "describing", "commenting", "tagging"}  # fmt: skip
        kinds = [selector["type"] for selector in item["target"]["selector"]]
        assert kinds in (["TextQuoteSelector", "TextPositionSelector"], ["TextQuoteSelector"])
        for selector in item["target"]["selector"][1:]:
            assert 0 <= selector["start"] < selector["end"] <= len(TEXT)
        for stamp in ("created", "modified"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", item.get(stamp, "2026-01-01T00:00:00Z"))
