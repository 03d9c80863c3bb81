"""Which stretches are quotes: marks of every convention, malformed ones, nesting, paragraphs, dialogue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.languages import load_language
from reader.analysis.quotes import find_quotes
from reader.analysis.results import Quote, QuoteKind
from reader.articles.article import Paragraph, ParagraphKind
from reader.text.span import Span


def quotes_in(text: str, code: str = "default", kind: ParagraphKind = ParagraphKind.BODY) -> tuple[Quote, ...]:
    """Return the quotes of a text whose lines are its paragraphs."""
    paragraphs, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(Paragraph(Span(start, start + len(line)), kind))
        start += len(line) + 1
    language = load_language(code)
    return find_quotes(text, paragraphs, lambda _: language)


def inner(text: str, code: str = "default") -> list[str]:
    """Return the words of every quote."""
    return [quote.span.of(text) for quote in quotes_in(text, code)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Spune „da” și pleacă", "da"),
        ("Er sagt „ja“ und geht", "ja"),
        ("Er sagt »ja« und geht", "ja"),
        ("Dice «sì» e va", "sì"),
        ("He says “yes” and goes", "yes"),
        ('He says "yes" and goes', "yes"),
        ("He says ‘yes’ and goes", "yes"),
        ("He says 'yes' and goes", "yes"),
        ("Er sagt ‚ja‘ und geht", "ja"),
        ("Il dit ‹oui› et part", "oui"),
        ("彼は「はい」と", "はい"),
        ("Spune ,,da'' și pleacă", "da"),
        ("Spune ,,da” și pleacă", "da"),
        ("He says ``yes'' and goes", "yes"),
        ("He says ''yes'' and goes", "yes"),
        ('He says ""yes"" and goes', "yes"),
        ("He says <<yes>> and goes", "yes"),
        ("He says &quot;yes&quot; and goes", "yes"),
        ("He says ″yes″ and goes", "yes"),
        ("Spune „da“ și pleacă", "da"),
        ('Spune „da" și pleacă', "da"),
        ("Spune „da„ și pleacă", "da"),
        ("Spune ”da” și pleacă", "da"),
        ("Spune “da“ și pleacă", "da"),
        ("Parla di «cosa seria” e va", "cosa seria"),
        ("**“yes”** he says", "yes"),
        ("(„da”)", "da"),
        ('Scrise:"no" e basta', "no"),
    ],
)
def test_any_pair_of_marks_makes_a_quote(text: str, words: str) -> None:
    assert inner(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "L’Europa dell’Est non c’è, un po’ di pazienza",
        "П'ять об'єктів і м'яч",
        "O'Brien doesn't know the boys' names, 'tis all",
        'He is 5\'11" tall and has a 27" screen',
        "A link <a href=\"x.html\">here</a> and https://x.example/?q='a'",
        "“”",
        '"',
        '"""',
        "” a stray one",
        "Anii ’90 și ’80",
        "C’est l’été d’Aline",
    ],
)
def test_apostrophes_inches_and_empty_marks_are_no_quotes(text: str) -> None:
    assert inner(text) == []


def test_the_span_leaves_out_marks_and_the_spaces_inside_them_and_outer_holds_them() -> None:
    text = "Il dit «\u00a0Bonjour à tous\u202f» et part"
    (quote,) = quotes_in(text)
    assert quote.span.of(text) == "Bonjour à tous"
    assert quote.outer.of(text) == "«\u00a0Bonjour à tous\u202f»"
    assert (quote.open, quote.close) == ("«", "»")


@pytest.mark.parametrize(
    ("text", "outer", "nested"),
    [
        ("„Am fost «omul cu paturile» ani de zile”", "Am fost «omul cu paturile» ani de zile", "omul cu paturile"),
        ("„Am fost „omul cu paturile” ani de zile”", "Am fost „omul cu paturile” ani de zile", "omul cu paturile"),
        ('"He said "never again" to me"', 'He said "never again" to me', "never again"),
        ("“He said ‘never again’ to me”", "He said ‘never again’ to me", "never again"),
        ("«Компания «Роза» закрыта»", "Компания «Роза» закрыта", "Роза"),
        ("«Фирма «Роза» закрыта", "Фирма «Роза", "Роза"),
        ("„Er sagte: ‚Nie wieder‘“", "Er sagte: ‚Nie wieder‘", "Nie wieder"),
    ],
)
def test_a_quote_inside_another_has_it_for_its_parent(text: str, outer: str, nested: str) -> None:
    first, second = quotes_in(text)
    assert first.span.of(text) == outer
    assert second.span.of(text) == nested
    assert (first.parent, second.parent) == (None, 0)


def test_a_mark_of_the_wrong_kind_closes_only_where_no_right_one_comes() -> None:
    assert inner("Parla di «un “vero” accordo» e di «uno scambio” lungo") == [
        "un “vero” accordo",
        "vero",
        "uno scambio",
    ]


def test_an_unclosed_quote_runs_to_the_end_of_its_paragraph() -> None:
    text = "A spus: „Nu plecăm de aici\nAlt paragraf fără nimic."
    (quote,) = quotes_in(text, "ro")
    assert quote.span.of(text) == "Nu plecăm de aici"
    assert quote.close == ""
    assert quote.outer.end == quote.span.end
    assert quote.confidence < 1


def test_a_quote_over_paragraphs_without_reopened_marks_is_one_span() -> None:
    text = "„Nu plecăm de aici.\nNici mâine, nici poimâine”, a spus el."
    assert inner(text, "ro") == ["Nu plecăm de aici.\nNici mâine, nici poimâine"]


def test_reopened_marks_make_one_span_a_paragraph_linked_to_the_one_before() -> None:
    text = "“We stay here.\n“We stay tomorrow.\n“We stay for good,” he said."
    first, second, third = quotes_in(text, "en")
    assert [first.continues, second.continues, third.continues] == [None, 0, 1]
    assert [q.span.of(text) for q in (first, second)] == ["We stay here.", "We stay tomorrow."]


def test_a_title_never_runs_on_into_the_body() -> None:
    text = "„Plecăm\nNimeni” nu știe"
    paragraphs = (Paragraph(Span(0, 7), ParagraphKind.TITLE), Paragraph(Span(8, 23)))
    language = load_language("ro")
    assert [q.span.of(text) for q in find_quotes(text, paragraphs, lambda _: language)] == ["Plecăm"]


def test_a_possessive_apostrophe_does_not_close_a_quote() -> None:
    assert inner("He said ‘the states’ rights are gone’ today", "en") == ["the states’ rights are gone"]


@pytest.mark.parametrize(
    ("code", "text", "spoken"),
    [
        ("uk", "— Ми не поїдемо, — сказав Іван. — Ніколи.", ["Ми не поїдемо", "Ніколи."]),
        ("es", "—No iremos nunca —dijo Juan—. Jamás.", ["No iremos nunca", "Jamás."]),
        ("ro", "— Nu plecăm, a spus Ion. — Rămânem aici.", ["Nu plecăm", "Rămânem aici."]),
        ("pl", "– Nie pojedziemy – powiedział Jan. – Nigdy.", ["Nie pojedziemy", "Nigdy."]),
        ("pl", "Trener milczał. - Nie pojedziemy - uciął. - Nigdy.", ["Nie pojedziemy", "Nigdy."]),
        ("ru", "— Да — или нет, — сказал Иван.", ["Да — или нет"]),
    ],
)
def test_a_dialogue_dash_gives_one_span_for_each_spoken_segment(code: str, text: str, spoken: list[str]) -> None:
    assert inner(text, code) == spoken


@pytest.mark.parametrize(
    "text", ["- pâine\n- lapte\n- ouă", "— Moldova, Ucraina și România", "Brașov – orașul de sub munte"]
)
def test_lists_and_other_dashes_are_no_dialogue(text: str) -> None:
    assert inner(text, "ro") == []


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("ro", "Discuții „la nivel tehnic” cu vecinii", QuoteKind.TERM),
        ("ro", "Vrea să plece „cât mai curând posibil” acasă", QuoteKind.SPEECH),
        ("ro", "A citit romanul „Podul de peste apa lină” în tren", QuoteKind.TERM),
        ("ro", "Operațiunea „Zăpada” a început", QuoteKind.TERM),
        ("ro", "Ion a răspuns: „Nu.”", QuoteKind.SPEECH),
        ("ro", "„Nu cedăm”, a spus Ion", QuoteKind.SPEECH),
        ("en", "He calls it a “dead letter” now", QuoteKind.TERM),
        ("en", "“No comment,” he said", QuoteKind.SPEECH),
        ("en", "The film “A Long Way Down the River” opens today", QuoteKind.TERM),
        ("bg", "В читалище „Зора“ беше тъмно", QuoteKind.TERM),
        ("uk", 'Вивів ситуацію з "глухого кута" вчора', QuoteKind.TERM),
        ("it", "Parla di «differenze significative» tra loro", QuoteKind.TERM),
        ("it", "Ha detto che «non se ne parla nemmeno per sogno»", QuoteKind.SPEECH),
    ],
)
def test_fragments_and_names_are_terms_and_utterances_are_speech(code: str, text: str, kind: QuoteKind) -> None:
    assert [quote.kind for quote in quotes_in(text, code)] == [kind]


MARKS = st.sampled_from(
    [*"„”“\"«»‹›‚‘’'—-:,.!? \nab1Я", "''", ",,", "``", "\u00a0", "\u200b", "\u202e", "😀", "e\u0301"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(MARKS, max_size=80).map("".join))


@given(TEXTS, st.sampled_from(["ro", "uk", "it", "en", "de", "fr", "default"]))
def test_on_any_text_spans_lie_inside_it_and_parents_come_first(text: str, code: str) -> None:
    quotes = quotes_in(text, code)
    assert quotes == quotes_in(text, code)
    assert [q.outer.start for q in quotes] == sorted(q.outer.start for q in quotes)
    for index, quote in enumerate(quotes):
        assert quote.outer.covers(quote.span)
        assert quote.outer.end <= len(text)
        assert quote.span.of(text) == quote.span.of(text).strip()
        assert any(map(str.isalnum, quote.span.of(text)))
        assert text[quote.outer.start :].startswith(quote.open)
        assert quote.close == "" or text[: quote.outer.end].endswith(quote.close)
        for other in (quote.parent, quote.continues):
            assert other is None or other < index


def test_a_million_marks_in_one_paragraph_hold_no_quote() -> None:
    assert quotes_in('"' * 1_000_000) == ()


def test_thousands_of_quotes_in_one_paragraph_are_all_found() -> None:
    found = quotes_in("„a„b ”c” «d " * 500 + " 'e'" * 2_000)
    assert len(found) >= 2_000


def test_a_straight_single_mark_that_never_closes_speaks_again_after_one_that_did() -> None:
    text = "'He is a top coach,' she told the paper. 'People forget where he came from."
    assert inner(text, "en") == ["He is a top coach,", "People forget where he came from."]


def test_a_straight_single_mark_alone_is_an_apostrophe() -> None:
    assert inner("She came home. 'Twas late, and nobody spoke.", "en") == []


def test_a_mark_that_ends_a_quote_of_the_line_before_ends_what_is_open_inside_it() -> None:
    outer, within = quotes_in('„Plecăm mâine\n"și nu ne întoarcem„ a spus el')
    assert outer.outer.covers(within.outer)
    assert within.parent == 0
