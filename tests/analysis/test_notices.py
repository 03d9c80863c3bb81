from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis import phrases
from reader.analysis.language import LanguageDetector
from reader.analysis.languages import load_notices
from reader.analysis.notices import classify_paragraphs
from reader.articles.article import Article, Encoding
from reader.articles.structure import find_structure
from reader.text.errors import ResourceError

DETECTOR = LanguageDetector()
TITLE = "The harbour bridge stays closed"
BODY = "The council met for three hours on Monday and agreed to close the bridge until the end of May."
BODY_RO = "Consiliul s-a întrunit luni timp de trei ore și a hotărât ca podul să rămână închis până la sfârșitul lunii."
CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "notices.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def article(*paragraphs):
    text = "\n\n".join(paragraphs)
    shape = find_structure(text)
    return Article(
        Path("a.txt"), text, 0, "", "", Encoding("utf-8"), shape.paragraphs, shape.date, shape.header, shape.title
    )


def kinds(*paragraphs, languages=()):
    return [str(paragraph.kind) for paragraph in classify_paragraphs(article(*paragraphs), languages)]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_a_paragraph_in_the_middle_is_known_by_its_words(kind, text):
    code = DETECTOR.detect(text).code
    assert kinds(TITLE, BODY, text, BODY, BODY, languages=[None, None, code, None, None]) == [
        "title",
        "body",
        kind,
        "body",
        "body",
    ]


def test_headlines_after_a_heading_of_links_are_links_until_the_article_goes_on():
    links = ["Citește și:", "Primăria caută alt constructor", "„Nu mai sunt bani”, spune viceprimarul"]
    assert kinds(TITLE, BODY_RO, *links, BODY_RO) == ["title", "body", "related", "related", "related", "body"]


def test_a_link_on_the_line_of_its_phrase_opens_no_list():
    assert kinds(TITLE, BODY, "Още: Мостът е затворен", "Какво следва", BODY)[2:] == ["related", "body", "body"]


def test_an_author_s_life_before_the_last_links_is_a_notice():
    life = "Pop culture enthusiast. Coffee lover. Unapologetic travel expert. Friend of animals."
    assert kinds(TITLE, BODY, BODY, life, "More Stories", "Mayor resigns over bridge")[3:] == [
        "notice",
        "related",
        "related",
    ]


def test_a_tail_in_another_language_is_not_the_article_s_own():
    found = kinds(TITLE, BODY, BODY, "El puerto reabre tras la tormenta", languages=[None, None, None, "es"])
    assert found == ["title", "body", "body", "related"]


def test_a_foreign_paragraph_inside_the_article_stays_body():
    assert kinds(TITLE, BODY, BODY_RO, BODY, languages=[None, None, "ro", None]) == ["title", "body", "body", "body"]


def test_paragraphs_take_the_languages_given():
    found = classify_paragraphs(article(TITLE, BODY, BODY_RO), [None, None, "ro"])
    assert [paragraph.language for paragraph in found] == [None, None, "ro"]


def test_three_headlines_at_the_end_are_links():
    tail = ["Mayor resigns over the bridge", "Storm closes the harbour again", "Ferry fares to rise in June"]
    assert kinds(TITLE, BODY, BODY, *tail)[3:] == ["related"] * 3


def test_a_heading_before_the_last_paragraph_stays_body():
    assert kinds(TITLE, BODY, "What happens now", BODY) == ["title", "body", "body", "body"]


def test_a_name_alone_at_the_end_is_a_byline():
    assert kinds(TITLE, BODY, BODY, "Wanda Shermer")[-1] == "byline"


def test_a_name_alone_between_paragraphs_is_a_heading():
    assert kinds(TITLE, BODY, "Wanda Shermer", BODY)[2] == "body"


def test_every_paragraph_is_kept_in_place():
    one = article(TITLE, BODY, "Read more: Ferry fares to rise", BODY)
    assert [p.span for p in classify_paragraphs(one)] == [p.span for p in one.paragraphs]


def test_an_empty_article_has_no_paragraphs():
    assert classify_paragraphs(article("")) == ()


def test_one_word_of_the_site_opens_no_list_of_links():
    assert kinds(TITLE, BODY, "Video", "What happens now", BODY)[3] == "body"


def test_a_news_agency_alone_at_the_end_is_a_byline():
    assert kinds(TITLE, BODY, BODY, "EFE")[-1] == "byline"


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_article_keeps_its_paragraphs(paragraphs):
    one = article(*paragraphs)
    assert [p.span for p in classify_paragraphs(one)] == [p.span for p in one.paragraphs]


@pytest.fixture
def broken_german(monkeypatch):
    def load(code):
        if code == "de":
            raise ResourceError("de.toml is broken")
        return load_notices(code)

    monkeypatch.setattr(phrases, "load_notices", load)
    phrases.all_phrases.cache_clear()
    yield
    phrases.all_phrases.cache_clear()


@pytest.mark.usefixtures("broken_german")
def test_a_broken_language_file_leaves_the_phrases_of_the_others():
    found = kinds(TITLE, BODY, "Citește și: Podul se închide", "Lesen Sie auch: Brücke gesperrt", BODY)
    assert found[2:4] == ["related", "body"]
