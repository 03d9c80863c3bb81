"""The bundled sample articles and their notes fit each other and the reader."""

from __future__ import annotations

import hashlib
import json
import re
import shutil

import pytest

from reader.analysis.languages import load_language
from reader.analysis.sentences import split_sentences
from reader.annotations.annotation import COLOURS, HIGHLIGHT, REFERENCE
from reader.annotations.session import NotesSession
from reader.annotations.sidecar import decode, encode
from reader.articles.reading import read_article
from reader.resources import resources_dir
from reader.text.span import Span

FOLDER = resources_dir() / "samples"
SAMPLES = sorted(path.name for path in FOLDER.glob("*.txt"))
FOREIGN = [name for name in SAMPLES if not name.startswith("en-")]

OUTLETS = (
    *(
        "Reuters",
        "AFP",
        "Associated Press",
        "Agerpres",
        "Mediafax",
        "Digi24",
        "HotNews",
        "Antena 3",
        "Libertatea",
        "Adevărul",
    ),
    *(
        "УНІАН",
        "Укрінформ",
        "Українська правда",
        "Суспільне",
        "Главком",
        "ANSA",
        "Corriere della Sera",
        "Repubblica",
        "La Stampa",
    ),
    *("БТА", "Дневник", "Actualno", "Нова телевизия", "BBC", "The Guardian", "The Times", "El País", "Moscow Times"),
)


@pytest.fixture
def opened(tmp_path):
    def _open(name: str) -> NotesSession:
        for each in (name, f"{name}.notes.json"):
            shutil.copy(FOLDER / each, tmp_path)
        return NotesSession.open(read_article(tmp_path / name), tmp_path)

    return _open


def text_of(name: str) -> str:
    return read_article(FOLDER / name).text


def sentences_of(name: str) -> list[Span]:
    article = read_article(FOLDER / name)
    language = load_language(name[:2])
    spans = []
    for paragraph in article.paragraphs:
        span = paragraph.span
        if article.header and span.start <= article.header.start < span.end:
            span = Span(article.header.end, span.end)
        spans += split_sentences(article.text, span, language)
    return spans


def test_there_are_six_samples_in_five_languages():
    assert len(SAMPLES) == 6
    assert {name[:2] for name in SAMPLES} == {"ro", "uk", "it", "bg", "en"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_reads_without_a_warning_and_has_the_length_of_a_news_article(name):
    article = read_article(FOLDER / name)
    assert article.warnings == ()
    assert article.encoding.name == "utf-8"
    assert 1_800 <= len(article.text) <= 3_000


def test_some_samples_have_a_header_date_and_some_a_title():
    articles = [read_article(FOLDER / name) for name in SAMPLES]
    assert sum(article.date is not None for article in articles) >= 2
    assert sum(article.title is not None for article in articles) >= 2


@pytest.mark.parametrize("name", FOREIGN)
def test_every_sentence_has_a_reference_translation_and_nothing_else_has_one(name, opened):
    session = opened(name)
    corrections = {where.span: correction for correction, where in session.corrections}
    assert list(corrections) == sentences_of(name)
    assert {correction.how for correction in corrections.values()} == {REFERENCE}
    assert all(correction.value.strip() for correction in corrections.values())


@pytest.mark.parametrize("name", FOREIGN)
def test_a_reference_translation_keeps_the_figures_of_its_sentence(name, opened):
    for correction, _ in opened(name).corrections:
        figures = re.findall(r"\d{2,}", re.sub(r"(?<=\d)[., ](?=\d{3})", "", correction.exact))
        translated = re.sub(r"(?<=\d),(?=\d{3})", "", correction.value)
        translated = translated.replace("6.30 p.m", "18.30 p.m").replace("10 p.m", "22 p.m")
        assert [figure for figure in figures if figure not in translated] == []


def test_the_english_sample_has_highlights_and_no_translation(opened):
    session = opened("en-fog-signal.txt")
    assert session.corrections == ()
    assert len(session.placed) == 2


@pytest.mark.parametrize("name", SAMPLES)
def test_every_highlight_stands_exactly_where_its_notes_say(name, opened):
    placed = opened(name).placed
    assert 2 <= len(placed) <= 3
    for annotation, where in placed:
        assert where.how == "exact"
        assert where.span == annotation.target.span
        assert annotation.kind == HIGHLIGHT
        assert annotation.colour in COLOURS
    assert len({annotation.colour for annotation, _ in placed}) == len(placed)
    assert any(annotation.note and annotation.tags for annotation, _ in placed) or name.startswith("en-")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_notes_are_written_as_the_reader_writes_them(name, opened):
    payload = (FOLDER / f"{name}.notes.json").read_bytes()
    assert opened(name).warnings == ()
    assert encode(decode(payload)) == payload
    assert json.loads(payload)["article"]["sha256"] == hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()


def test_one_person_speaks_in_both_scripts():
    assert "Hlinianski" in text_of("ro-delta-harbour.txt")
    assert "Глинянськ" in text_of("uk-delta-harbour.txt")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_names_no_real_outlet_and_no_public_figure(name):
    rows = (resources_dir() / "public_figures.tsv").read_text("utf-8").splitlines()
    figures = {cell.strip() for row in rows if not row.startswith("#") for cell in re.split(r"[\t|,;]", row)}
    text = text_of(name)
    assert [each for each in {*figures, *OUTLETS} if len(each) > 2 and re.search(rf"\b{re.escape(each)}\b", text)] == []
