"""JSON by the rules of the W3C Web Annotation data model and vocabulary, TMX by those of its document type."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from lxml import etree

from reader.export.passages import Content, Form
from tests.export.evidence import article, written
from tests.export.test_exactness import STRANGE_ARTICLE

MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
}
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
LANGUAGE_TAG = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


def is_iri(value: object) -> bool:
    """Say whether a value is one IRI, relative ones included: no white space, nothing that must be escaped."""
    return isinstance(value, str) and bool(value) and not re.search(r'[\s<>"{}|\\^`]', value) and bool(urlsplit(value))


def check_annotation(annotation: dict[str, object]) -> None:
    """Assert sections 3.1 to 4.2 of https://www.w3.org/TR/annotation-model/ for what we use of them."""
    assert is_iri(annotation["id"])
    assert urlsplit(str(annotation["id"])).scheme
    assert annotation["type"] == "Annotation"
    assert annotation["motivation"] in MOTIVATIONS
    for stamp in ("created", "modified"):
        assert stamp not in annotation or DATE_TIME.fullmatch(str(annotation[stamp]))
    for body in annotation.get("body", []):  # type: ignore[attr-defined]
        check_body(body)
    check_target(annotation["target"])  # type: ignore[arg-type]
    known = {"id", "type", "motivation", "created", "modified", "body", "target", "reader"}
    assert set(annotation) <= known


def check_body(body: dict[str, object]) -> None:
    """Assert section 3.2.4 and 3.3.5: an embedded textual body with one purpose."""
    assert body["type"] == "TextualBody"
    assert isinstance(body["value"], str)
    assert body["purpose"] in MOTIVATIONS
    assert "language" not in body or LANGUAGE_TAG.fullmatch(str(body["language"]))
    assert "format" not in body or MEDIA_TYPE.fullmatch(str(body["format"]))
    assert set(body) <= {"type", "value", "purpose", "language", "format"}


def check_target(target: dict[str, object]) -> None:
    """Assert sections 4.1, 4.2.4 and 4.2.5: one source, and selectors that all select the same."""
    assert target["type"] == "SpecificResource"
    assert is_iri(target["source"])
    selectors = target["selector"]
    assert isinstance(selectors, list)
    assert selectors
    for selector in selectors:
        if selector["type"] == "TextQuoteSelector":
            assert set(selector) == {"type", "exact", "prefix", "suffix"}
            assert all(isinstance(selector[part], str) for part in ("exact", "prefix", "suffix"))
            assert selector["exact"]
        else:
            assert selector["type"] == "TextPositionSelector"
            assert set(selector) == {"type", "start", "end"}
            assert 0 <= selector["start"] < selector["end"]


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("which", [article(), STRANGE_ARTICLE])
def test_the_json_keeps_the_rules_of_the_web_annotation_model(which, form: Form):
    page = json.loads(written("json", which, form=form))
    contexts = page["@context"]
    assert contexts[0] == "http://www.w3.org/ns/anno.jsonld"
    assert set(contexts[1]) == {"reader"}, "every key that is not the model's is defined"
    assert page["type"] == "AnnotationPage"
    assert is_iri(page["id"])
    assert page["startIndex"] == 0
    collection = page["partOf"]
    assert collection["type"] == "AnnotationCollection"
    assert is_iri(collection["id"])
    assert isinstance(collection["label"], str)
    assert collection["first"] == page["id"] != collection["id"]
    assert collection["total"] == len(page["items"]) == len(which.passages)
    assert set(page["generator"]) == {"id", "type", "name"}
    assert is_iri(page["generator"]["id"])
    assert page["generator"]["type"] == "Software"
    assert set(page) == {"@context", "id", "type", "items", "startIndex", "partOf", "generator"}
    ids = [each["id"] for each in page["items"]]
    assert len(set(ids)) == len(ids)
    for each in page["items"]:
        check_annotation(each)


def test_the_selectors_of_an_annotation_agree_with_each_other():
    for each in json.loads(written("json"))["items"]:
        quote, *position = each["target"]["selector"]
        for selector in position:
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            start = selector["start"] - len(quote["prefix"])
            assert article().text[max(0, start) : max(0, start) + len(around)] == around


# What https://www.gala-global.org/tmx-14b says of the elements that we use, in our words. It allows less than
# tmx14.dtd: what keeps to it keeps to that
TMX_RULES = etree.DTD(
    io.StringIO("""
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED datatype CDATA #IMPLIED srclang CDATA #IMPLIED creationdate CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
<!ELEMENT note (#PCDATA)> <!ATTLIST note xml:lang CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED xml:lang CDATA #IMPLIED>
""")
)


@pytest.mark.parametrize("content", Content)
@pytest.mark.parametrize("which", [article(), STRANGE_ARTICLE])
def test_the_tmx_is_valid(which, content: Content):
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    root = etree.fromstring(written("tmx", which, content=content), parser)
    assert TMX_RULES.validate(root), TMX_RULES.error_log
    assert root.getroottree().docinfo.system_url == "tmx14.dtd"
    for unit in root.iter("tu"):
        languages = [each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in unit.iter("tuv")]
        assert languages == [unit.get("srclang"), "en"]
        assert all(LANGUAGE_TAG.fullmatch(language) for language in languages)


def test_a_page_without_passages_keeps_the_rules_too():
    page = json.loads(written("json", replace(article(), passages=())))
    assert page["items"] == []
    assert page["partOf"]["total"] == 0


def test_the_tmx_of_passages_holds_their_sentences_alone():
    whole = written("tmx", content=Content.ARTICLES).count(b"<tu ")
    some = written("tmx", content=Content.PASSAGES).count(b"<tu ")
    assert 0 < some < whole


def test_a_sentence_pair_says_how_it_was_translated_and_what_is_doubtful():
    page = written("tmx").decode()
    assert '<prop type="x-how">manual</prop>' in page
    assert '<prop type="x-engine">argos ro-en 1.0</prop>' in page
    assert "<note>a number differs: 12 against 4</note>" in page
