"""Every export is read again, and each passage in it is the article's, code point by code point.

Two things no format can hold as they stand. Control characters are shown as their pictures (U+2400 …) in all but CSV
and JSON. A PDF holds glyphs: line ends are the page's, signs that nobody sees are gone, emoji are pictures; it carries
the passages as Web Annotations beside what it shows.
"""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.analysis.results import Analysis, LanguageGuess, Quote, Sentence
from reader.annotations.anchoring import make_target, place
from reader.annotations.annotation import COLOURS, HIGHLIGHT, Annotation
from reader.export.collecting import annotate
from reader.export.passages import AnnotatedArticle, Content, Form, SentenceTranslation
from reader.text.span import Span
from tests.export.evidence import article, article_of, passages, written
from tests.export.reading import Page, attached, drawn, marked_in, originals, pairs, pdf_text, rendered, table

STRANGE = (
    "Pauză\u00a0lungă\u202fși\u2009îngustă",
    "e\u0301 descompus și é compus, ș cu virgulă, ş cu sedilă",
    "familia 👨‍👩‍👧‍👦, steagul 🇷🇴, mâna 👍🏽 și 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "izolat \u2067שלום עולם\u2069 în text și \u202eîntors\u202c la loc",
    "zero\u200blățime, \u2060îmbinare, \ufeffsemn și cra\u00adtimă",
    "două  spații, trei   și un\ttabulator",
    "linie\u2028ruptă și paragraf\u2029rupt",
    "«ghilimele» „imbricate «așa» și” “altfel” 'simple'",
    "مرحبا بالعالم، هذا اختبار",
    "\ufdd0 nu e literă, \U0010fffd e a nimănui",
    "<b>*_`~|#[]()&amp;\\ =1+1 @x </b>",
    "=SUMA(A1) la început",
    "'=SUMA(B2) cu apostrof",
    "-3 grade\nși rândul următor\n\ndupă un gol",
    "＝lată, ＠la fel",
)


def strange_article() -> AnnotatedArticle:
    text = "Titlul articolului\n\n" + "\n".join(f"Înainte de asta: {words} - și după." for words in STRANGE)
    read = article_of(text)
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in STRANGE]
    sentences = tuple(Sentence(paragraph.span, index) for index, paragraph in enumerate(read.paragraphs))
    analysis = Analysis(LanguageGuess("ro", 1.0), read.paragraphs, read.title, sentences, (), ())
    marks = [
        Annotation(f"urn:uuid:{number:032x}", HIGHLIGHT, make_target(text, span), colour=COLOURS[number % 6])
        for number, span in enumerate(spans)
    ]
    translations = {number: SentenceTranslation(f"Translated {number}.") for number in range(len(sentences))}
    return annotate(read, analysis, [(mark, place(text, mark.target)) for mark in marks], translations)


STRANGE_ARTICLE = strange_article()


def test_the_strange_passages_are_what_the_article_holds():
    assert [passage.original for passage in STRANGE_ARTICLE.passages] == list(STRANGE)
    assert all(each.span and each.span.of(STRANGE_ARTICLE.text) == each.original for each in STRANGE_ARTICLE.passages)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("suffix", ["md", "html", "docx", "csv", "json"])
def test_every_passage_is_found_again_code_point_by_code_point(suffix: str, form: Form):
    assert originals(suffix, written(suffix, STRANGE_ARTICLE, form=form)) == list(STRANGE)
    assert originals(suffix, written(suffix, form=form)) == [passage.original for passage in passages()]


def test_every_sentence_pair_is_found_again_code_point_by_code_point():
    found = pairs(written("tmx", STRANGE_ARTICLE))
    wanted = [(pair.original, pair.translation and pair.translation.text) for pair in STRANGE_ARTICLE.sentences]
    assert found == wanted
    assert all(pair.span.of(STRANGE_ARTICLE.text) == pair.original for pair in STRANGE_ARTICLE.sentences)


def test_a_whole_article_is_found_again_paragraph_by_paragraph():
    read = Page(written("html", STRANGE_ARTICLE, content=Content.ARTICLES).decode())
    wanted = [each.span.of(STRANGE_ARTICLE.text) for each in STRANGE_ARTICLE.paragraphs]
    assert read.all("p", "original") == wanted


def test_passages_that_overlap_cut_a_whole_article_without_losing_a_letter():
    whole = article()
    read = Page(written("html", content=Content.ARTICLES).decode())
    shown = [words.replace("\u2424", "\x85") for words in read.all("p", "original")]
    assert shown == [paragraph.span.of(whole.text) for paragraph in whole.paragraphs]


@pytest.mark.usefixtures("qapp")
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("content", Content)
def test_every_passage_stands_in_the_pdf(content: Content, tmp_path):
    path = tmp_path / "out.pdf"
    path.write_bytes(written("pdf", STRANGE_ARTICLE, content=content))
    text = pdf_text(path)
    assert originals("json", attached(path)) == list(STRANGE)
    assert [words for words in STRANGE if not drawn(words).search(text)] == []
    path.write_bytes(written("pdf", content=content))
    text = pdf_text(path)
    assert originals("json", attached(path)) == [each.original for each in passages()]
    assert [each.original for each in passages() if not drawn(each.original).search(text)] == []


def test_control_characters_are_pictures_where_a_format_can_not_hold_them():
    odd = "a\x00b\x1bc"
    bad = replace(STRANGE_ARTICLE.passages[0], original=odd)
    holding = replace(STRANGE_ARTICLE, passages=(bad,))
    for suffix in ("md", "html", "docx"):
        assert originals(suffix, written(suffix, holding)) == ["a␀b␛c"]
    for suffix in ("csv", "json"):
        assert originals(suffix, written(suffix, holding)) == [odd]


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.one_of(st.sampled_from("'=+-@\t\r\n\0＝＋－＠ab"), st.characters(exclude_categories=["Cs"])), max_size=8)
)
def test_a_cell_never_begins_like_a_formula_and_is_given_back_exactly(text: str):
    kept = replace(article(), passages=(replace(passages()[0], original=text),))
    (row,) = table(written("csv", kept))
    assert not row["original"].startswith(tuple("=+-@\t\r\n\0＝＋－＠"))
    assert originals("csv", written("csv", kept)) == [text]


ANYTHING = st.text(
    st.one_of(
        st.sampled_from("ab .\n\t<&>\"'*_\xa0\u2028\u200b\u0301\u202e"), st.characters(exclude_categories=["Cs", "Cc"])
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: not {"\ufffe", "\uffff"} & set(text))


@settings(max_examples=40, deadline=None)
@given(ANYTHING)
def test_any_text_is_found_again_in_every_format(text: str):
    kept = replace(article(), passages=(replace(passages()[0], original=text, before="x", after="x"),))
    for suffix in ("md", "html", "docx", "csv", "json"):
        assert originals(suffix, written(suffix, kept)) == [text]
    pair = replace(article().sentences[0], original=text, translation=SentenceTranslation(text))
    assert pairs(written("tmx", replace(article(), sentences=(pair,)))) == [(text, text)]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_passages_over_line_ends_of_other_systems_are_exact(end: str):
    text = f"Titlu{end}{end}„Prima linie{end}a doua linie”, a spus ea.{end}"
    read = article_of(text)
    span = Span(read.text.index("Prima"), read.text.index("”"))
    mark = Annotation("urn:uuid:1", HIGHLIGHT, make_target(read.text, span))
    found = annotate(read, None, [(mark, place(read.text, mark.target))], {})
    for suffix in ("md", "html", "docx", "csv", "json"):
        assert originals(suffix, written(suffix, found)) == ["Prima linie\na doua linie"]


def test_templates_give_every_passage_and_paragraph_exactly():
    briefing = replace(
        STRANGE_ARTICLE, passages=tuple(replace(each, kind="quote") for each in STRANGE_ARTICLE.passages)
    )
    assert marked_in(rendered(written("md", briefing, template="briefing").decode()), "\n") == list(STRANGE)
    read = Page(rendered(written("md", STRANGE_ARTICLE, template="annotated-article").decode()), "\n").all("p")
    wanted = [each.span.of(STRANGE_ARTICLE.text) for each in STRANGE_ARTICLE.paragraphs]
    assert [words for words in wanted[1:] if words not in read] == []


def test_a_quote_at_the_very_start_of_an_article_keeps_its_marks_outside():
    text = "„Da”, a spus ea."
    read = article_of(text)
    quote = Quote(Span(1, 3), Span(0, 4), "„", "”")
    sentence = (Sentence(Span(0, len(text)), 0),)
    analysis = Analysis(LanguageGuess("ro", 1.0), read.paragraphs, None, sentence, (quote,), ())
    found = annotate(read, analysis, [], {})
    for suffix in ("md", "html", "docx", "csv", "json"):
        assert originals(suffix, written(suffix, found)) == ["Da"]
