from __future__ import annotations

import pytest

from reader.articles.article import ParagraphKind
from reader.articles.structure import Structure, find_structure
from reader.text.span import Span

LONG = "Consiliul s-a întrunit marți seara și a discutat, vreme de trei ore, despre drumul care leagă satul de gară. "


def shown(text: str, structure: Structure) -> list[str]:
    return [paragraph.span.of(text) for paragraph in structure.paragraphs]


def test_an_empty_text_and_one_of_white_space_have_no_paragraphs():
    assert find_structure("") == find_structure(" \n\n\t\xa0\n") == Structure(())


def test_lines_are_paragraphs_with_or_without_blank_lines_between():
    text = f"Titlu scurt\n\n{LONG * 2}\n{LONG}\n  \n  „{LONG}”  \n"
    assert shown(text, find_structure(text)) == ["Titlu scurt", (LONG * 2).strip(), LONG.strip(), f"„{LONG}”"]


def test_the_header_gives_the_date_and_stays_out_of_the_title():
    text = f" date 2026-02-11 Podul vechi se redeschide.\n\n{LONG}"
    found = find_structure(text)
    assert found.date == "2026-02-11"
    assert found.header == Span(1, 16)
    assert found.title == Span(17, 43)
    assert found.paragraphs[0].span == Span(0, 43)
    assert found.paragraphs[0].kind is ParagraphKind.TITLE


@pytest.mark.parametrize(
    ("line", "header"),
    [
        ("2026-02-11 Podul", "2026-02-11"),
        ("Дата: 2026-02-11 Мостът", "Дата: 2026-02-11"),
        ("\ndate 2026-02-11T08:30:00+02:00\nPodul", "date 2026-02-11T08:30:00+02:00"),
    ],
)
def test_headers_are_found_in_any_language(line: str, header: str):
    found = find_structure(line)
    assert found.header is not None
    assert (found.date, found.header.of(line)) == ("2026-02-11", header)


@pytest.mark.parametrize(
    "line", ["date 2026-02-31 Podul", "La data de 2026-02-11 podul", "2026-02-112", "Nr. 2026-02-11"]
)
def test_what_is_no_header_is_left_in_the_text(line: str):
    found = find_structure(line)
    assert (found.date, found.header) == (None, None)
    assert shown(line, found) == [line]


def test_a_header_may_follow_the_title():
    text = f"Podul se redeschide\n date 2026-04-11 {LONG}\n{LONG}"
    found = find_structure(text)
    assert found.date == "2026-04-11"
    assert found.title == Span(0, 19)
    assert found.header is not None
    assert found.header.of(text) == "date 2026-04-11"
    assert found.paragraphs[1].span.start == 20


def test_a_dotted_date_is_a_header_only_where_it_stands_alone():
    assert find_structure(f"22.01.2026, 09:41\n{LONG}").date == "2026-01-22"
    assert find_structure(f"22.01.2026 a fost o zi grea.\n{LONG}").header is None


def test_a_header_alone_on_its_line_is_a_byline_and_the_title_follows():
    text = f"date 2026-02-11\n\nPodul se redeschide\n\n{LONG}"
    found = find_structure(text)
    assert [paragraph.kind for paragraph in found.paragraphs] == ["byline", "title", "body"]
    assert found.title is not None
    assert found.title.of(text) == "Podul se redeschide"


@pytest.mark.parametrize(
    "first",
    [
        LONG * 2,
        "Podul s-a închis marți. Primarul a cerut ajutor.",
        "Podul s-a închis marți.",
        "VALEA LUNGĂ – Podul s-a închis marți, după ploi",
        "VALEA (Redacția).– Podul s-a închis marți, după ploi",
        "Citește și:",
    ],
    ids=["too long", "two sentences", "full stop", "dateline", "dateline with a stop", "colon"],
)
def test_a_lead_is_no_title(first: str):
    assert find_structure(f"{first}\n\n{LONG * 3}").title is None


@pytest.mark.parametrize(
    "first", ["Podul s-a închis. Ce spune primarul?", "„Nu mai puteam. Plec”", "Podul, cu 2,9% mai lung!"]
)
def test_a_title_may_have_sentences_and_marks_inside(first: str):
    assert find_structure(f"{first}\n\n{LONG * 3}").title == Span(0, len(first))


def test_a_time_stamp_is_passed_over_for_the_title():
    text = f"Actualizat la 19.42\n\nPodul se redeschide\n\n{LONG}"
    found = find_structure(text)
    assert found.title is not None
    assert found.title.of(text) == "Podul se redeschide"


def test_a_text_of_one_paragraph_has_no_title():
    assert find_structure("Podul se redeschide").title is None


WRAPPED = (
    "Consiliul s-a întrunit marți seara și a discutat, vreme de\n"
    "trei ore, despre drumul care leagă satul de gară. Primarul\n"
    "a spus că lucrările încep în martie.\n"
    "Opoziția cere însă o nouă licitație, fiindcă prețul este de\n"
    "două ori mai mare decât anul trecut.\n"
)


def test_lines_cut_at_a_width_are_one_paragraph_again():
    assert [len(p.split("\n")) for p in shown(WRAPPED, find_structure(WRAPPED))] == [3, 2]


def test_lines_cut_in_a_script_without_capitals_are_one_paragraph_again():
    text = (
        "اجتمع المجلس مساء الثلاثاء وناقش لمدة ثلاث ساعات موضوع\n"
        "الطريق الذي يربط القرية بالمحطة وقال رئيس البلدية إن\n"
        "الأعمال ستبدأ في آذار."
    )
    assert len(find_structure(text).paragraphs) == 1


def test_short_headlines_one_a_line_stay_apart():
    text = (
        f"{LONG * 3}\nPodul se redeschide luni\nEcharpa roșie aduce noroc la examene, spun elevii din sat\n"
        "Trei rețete de toamnă pentru familii cu mulți copii mici\n"
    )
    assert len(find_structure(text).paragraphs) == 4


def test_markdown_marks_stand_outside_the_paragraphs():
    text = f"# Podul se redeschide #\n\n{LONG}\n\n"
    text += f"- primul lucru\n- [x] al doilea\n\n2. al treilea\n\n---\n\n> citat {LONG}\n"
    found = find_structure(text, markdown=True)
    assert shown(text, found) == [
        "Podul se redeschide",
        LONG.strip(),
        "primul lucru",
        "al doilea",
        "al treilea",
        f"citat {LONG}".strip(),
    ]
    assert found.title == found.paragraphs[0].span


def test_a_heading_with_a_line_below_it_is_a_title_too():
    text = f"Podul se redeschide\n===================\n\n{LONG}"
    found = find_structure(text, markdown=True)
    assert shown(text, found) == ["Podul se redeschide", LONG.strip()]
    assert found.title == Span(0, 19)


def test_front_matter_is_the_header_of_a_markdown_article():
    text = f"---\ntitle: Podul\ndate: 2026-02-11\n---\n\n# Podul\n\n{LONG}"
    found = find_structure(text, markdown=True)
    assert found.date == "2026-02-11"
    assert [paragraph.kind for paragraph in found.paragraphs] == ["byline", "title", "body"]


def test_in_plain_text_a_hash_is_a_letter_like_any_other():
    text = f"# Podul\n\n{LONG}"
    assert shown(text, find_structure(text))[0] == "# Podul"


def test_line_separators_of_unicode_do_not_end_a_paragraph():
    text = f"Unu\u2028doi\u2029trei\u0085patru\n{LONG}"
    assert shown(text, find_structure(text))[0] == "Unu\u2028doi\u2029trei\u0085patru"


def test_paragraphs_cover_every_visible_character_in_order():
    text = f" date 2026-02-11 Titlu\n\n{WRAPPED}\n{LONG}\n x \n"
    found = find_structure(text)
    covered = {i for paragraph in found.paragraphs for i in range(paragraph.span.start, paragraph.span.end)}
    assert all(char.isspace() for i, char in enumerate(text) if i not in covered)
    assert [p.span for p in found.paragraphs] == sorted(p.span for p in found.paragraphs)
