"""The finder of people on whole sentences, in every language, with the model that ships."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from reader.analysis.languages import load_language
from reader.analysis.people import PersonFinder
from reader.analysis.results import Sentence
from reader.articles.article import Paragraph
from reader.text.errors import ResourceError
from reader.text.span import Span

HIDDEN = str.maketrans({"¬": "\u00a0", "‸": "\u200b", "~": "\u00ad", "|": "\n"})
CASES = [
    line.partition(": ")[::2]
    for line in (Path(__file__).parent / "people_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def finder():
    return PersonFinder.load()


def find(finder, code, text, paragraph_language=None):
    paragraphs = [Paragraph(Span(*m.span()), language=paragraph_language) for m in re.finditer(r"[^\n]+", text)]
    sentences = [Sentence(paragraph.span, i) for i, paragraph in enumerate(paragraphs)]
    return finder.find(text, sentences, paragraphs, code)


def names(finder, code, text):
    return [mention.text for mention in find(finder, code, text)]


@pytest.mark.parametrize(("code", "marked"), CASES, ids=[f"{code}-{i}" for i, (code, _) in enumerate(CASES)])
def test_the_finder_marks_exactly_the_persons_of_a_sentence(finder, code, marked):
    marked = marked.translate(HIDDEN)
    expected = re.findall(r"\[([^\]]*)\]", marked)
    assert names(finder, code, re.sub(r"[\[\]]", "", marked)) == expected


def test_a_surname_is_found_again_alone_once_it_stood_with_its_given_name(finder):
    text = (
        "Primarul Vasile Trăsnea a deschis podul.\nLa final, Trăsnea a tăiat panglica, iar lui Trăsnea i s-a mulțumit."
    )
    assert names(finder, "ro", text) == ["Vasile Trăsnea", "Trăsnea", "Trăsnea"]


def test_a_surname_is_found_again_in_another_case_form(finder):
    text = "Директор Ярослав Гупалюк приїхав.\nЗ Гупалюком говорили довго, Гупалюкові подякували."
    assert names(finder, "uk", text) == ["Ярослав Гупалюк", "Гупалюком", "Гупалюкові"]


def test_a_particle_of_the_full_name_belongs_to_the_surname_alone(finder):
    text = "Il regista Guglielmo De Santis è a Venezia.\nDomani De Santis incontrerà il pubblico."
    assert names(finder, "it", text) == ["Guglielmo De Santis", "De Santis"]


def test_a_street_named_after_a_person_of_the_article_is_no_mention(finder):
    text = "Кметът Захари Бонев откри парка.\nУлица Захари Бонев още няма, шегува се той."
    assert names(finder, "bg", text) == ["Захари Бонев"]


def test_a_title_and_an_article_stay_outside_the_mention(finder):
    text = "Lord Percival Ashdown met Sir Reginald Thornbury on Monday."
    assert names(finder, "en", text) == ["Percival Ashdown", "Reginald Thornbury"]


def test_a_mention_holds_its_span_its_text_and_evidence(finder):
    text = "Ieri il sindaco Ermanno Lusardi ha parlato."
    (mention,) = find(finder, "it", text)
    assert mention.span.of(text) == mention.text == "Ermanno Lusardi"
    assert 0.4 <= mention.confidence <= 1
    assert mention.evidence
    assert mention.person == ""


def test_a_surname_alone_names_the_full_name_as_its_evidence(finder):
    text = "Senatorul Filip Dobrogeanu a votat.\nAtunci au venit la Dobrogeanu trei jurnaliști."
    mentions = find(finder, "ro", text)
    assert [mention.text for mention in mentions] == ["Filip Dobrogeanu", "Dobrogeanu"]
    assert all(mention.evidence for mention in mentions)


def test_a_sentence_cut_at_an_initial_is_read_whole(finder):
    text = "Съдия М. Н. Церовски отложи делото."
    cut = [Sentence(Span(0, 8), 0), Sentence(Span(9, len(text)), 0)]
    found = finder.find(text, cut, [Paragraph(Span(0, len(text)))], "bg")
    assert [mention.text for mention in found] == ["М. Н. Церовски"]


def test_mentions_come_in_order_and_never_overlap(finder):
    text = " ".join(re.sub(r"[\[\]]", "", marked) for code, marked in CASES if code == "uk")
    mentions = find(finder, "uk", text)
    assert len(mentions) > 10
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))


def test_an_empty_text_has_no_mentions(finder):
    assert find(finder, "ro", "") == ()


def test_a_text_without_capitals_has_no_mentions(finder):
    assert find(finder, "ro", "primarul a spus că nu știe nimic despre asta.") == ()


def test_the_same_input_gives_the_same_mentions(finder):
    text = "Ministrul Corneliu Bărdaș și Aneta Pricop au plecat la Iași."
    assert find(finder, "ro", text) == find(PersonFinder.load(), "ro", text)


def test_a_language_without_a_file_is_read_with_the_default(finder):
    assert names(finder, "pt", "O ministro Joaquim Vasconcelos falou em Lisboa.") == ["Joaquim Vasconcelos"]


def test_a_paragraphs_own_language_decides_its_rules(finder):
    seen = []

    def language(code):
        seen.append(code)
        return load_language(code)

    spied = PersonFinder.load(language)
    find(spied, "it", "La ministra Remedios Altamirano pidió calma.", paragraph_language="es")
    assert seen[0] == "es"
    assert "it" not in seen


def test_a_missing_model_is_an_error_that_names_the_file(tmp_path):
    with pytest.raises(ResourceError, match=r"people\.crfsuite"):
        PersonFinder.load(folder=tmp_path)


def test_a_damaged_model_is_an_error_and_no_crash(tmp_path):
    for name in ("given_names.txt", "surnames.txt", "places.txt"):
        (tmp_path / name).write_text("anna\n", "utf-8")
    (tmp_path / "people.crfsuite").write_bytes(b"lCRF" + b"\x00" * 200)
    with pytest.raises(ResourceError, match="damaged"):
        PersonFinder.load(folder=tmp_path)
