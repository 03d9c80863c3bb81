"""Who spoke, over the passages of ten languages, and the rules behind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.languages import load_language
from reader.analysis.quotes import find_quotes
from reader.analysis.results import CERTAIN, Mention, Quote, QuoteKind, Sentence
from reader.analysis.sentences import split_sentences
from reader.analysis.speakers import attribute
from reader.articles.article import Paragraph, ParagraphKind
from reader.text.span import Span
from tests.analysis.passages import NOBODY, PASSAGES, TERM, Passage, passage
from tests.analysis.untold import UNTOLD


def lines(text: str, kind: ParagraphKind = ParagraphKind.BODY) -> tuple[Paragraph, ...]:
    """Return every line of a text as a paragraph."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(Span(start, start + len(line)), kind))
        start += len(line) + 1
    return tuple(found)


def said(one: Passage, paragraphs: tuple[Paragraph, ...] | None = None) -> tuple[Quote, ...]:
    """Return a passage's quotes with their speakers."""
    language = load_language(one.language)
    paragraphs = paragraphs or lines(one.text)
    sentences = [
        Sentence(span, i) for i, p in enumerate(paragraphs) for span in split_sentences(one.text, p.span, language)
    ]
    quotes = find_quotes(one.text, paragraphs, lambda _: language)
    return attribute(one.text, sentences, paragraphs, quotes, one.mentions, lambda _: language)


def who(quote: Quote) -> str:
    """Return a quote's speaker as the passages write it."""
    return TERM if quote.kind is QuoteKind.TERM else quote.speaker.person if quote.speaker else NOBODY


@pytest.mark.parametrize("one", PASSAGES, ids=str)
def test_every_quote_of_a_passage_has_its_speaker(one: Passage) -> None:
    found = said(one)
    assert [who(quote) for quote in found] == [speaker for _, speaker in one.quotes]
    for quote, (beginning, _) in zip(found, one.quotes, strict=True):
        assert quote.span.of(one.text).startswith(beginning)


def test_a_speaker_carries_the_verb_and_the_mention_that_show_it() -> None:
    one = passage("ro", "„Plecăm cu toții la ora patru”, a declarat [Ilie Tomuța].")
    speaker = said(one)[0].speaker
    assert speaker is not None
    assert speaker.cue is not None
    assert speaker.mention is not None
    assert speaker.cue.of(one.text) == "a declarat"
    assert speaker.mention.of(one.text) == "Ilie Tomuța"
    assert speaker.confidence > 0.9
    assert "Ilie Tomuța" in speaker.evidence


def test_a_speaker_who_only_goes_on_is_less_certain_and_shows_no_mention() -> None:
    one = passage("it", "«Non si passa più di qui», ha detto [Rino Fossati]. «E nemmeno di là».")
    first, second = said(one)
    assert first.speaker is not None
    assert second.speaker is not None
    assert second.speaker.confidence < first.speaker.confidence
    assert second.speaker.mention is None


def test_a_related_link_does_not_decide_who_speaks_in_the_body() -> None:
    one = passage(
        "ro",
        "[Ana Cosmuță] a venit la proces.\nCitește și: [Dan Ilișescu]: „Nu am semnat niciodată acel act”\n"
        "„Am spus tot ce știam despre asta”, a adăugat ea.",
    )
    body = lines(one.text)
    paragraphs = (body[0], replace(body[1], kind=ParagraphKind.RELATED), body[2])
    assert [who(quote) for quote in said(one, paragraphs)] == ["Dan Ilișescu", "Ana Cosmuță"]


def test_a_headlines_only_name_speaks_what_follows_its_colon() -> None:
    one = passage("it", "Tappa e maglia a [Rino Fossati]: «Ho pensato solo alla discesa»")
    assert who(said(one, lines(one.text, ParagraphKind.TITLE))[0]) == "Rino Fossati"


def test_a_quote_in_a_notice_has_no_speaker_from_the_body() -> None:
    one = passage(
        "it",
        "[Rino Fossati] ha parlato a lungo.\n«Appassionato di fotografia. Esperto di tutto un po’».",
    )
    body = lines(one.text)
    paragraphs = (body[0], replace(body[1], kind=ParagraphKind.NOTICE))
    assert said(one, paragraphs)[0].speaker is None


def test_quotes_linked_over_paragraphs_share_their_speaker() -> None:
    one = passage(
        "en",
        "“The bridge was gone before midnight.\n“Nobody saw it go, and nobody wants to say so,” said [Ida Corrie].",
    )
    assert [who(quote) for quote in said(one)] == ["Ida Corrie", "Ida Corrie"]


def test_a_quote_inside_another_is_said_by_the_same_person_unless_told_otherwise() -> None:
    one = passage(
        "en",
        "“I call it ‘the longest winter of all’,” said [Ida Corrie]. “My son asked me, ‘Will it ever end, mother?’”",
    )
    assert [who(quote) for quote in said(one)] == ["Ida Corrie", "Ida Corrie", "Ida Corrie", NOBODY]


def test_an_organisation_ends_the_chain() -> None:
    one = passage(
        "ro",
        "„Semnăm mâine dimineață acordul”, a spus [Ilie Tomuța]. Ministerul a transmis că „nu comentează zvonuri "
        "de presă”. "
        "„Așteptăm documentele de la partea cealaltă”.",
    )
    assert [who(quote) for quote in said(one)] == ["Ilie Tomuța", NOBODY, NOBODY]


def test_a_plural_verb_names_no_single_speaker() -> None:
    one = passage("ro", "[Ilie Tomuța] și [Ana Cosmuță] au declarat că „nu vor semna fără garanții”.")
    assert who(said(one)[0]) == NOBODY


def test_the_object_of_a_preposition_is_not_the_speaker() -> None:
    one = passage("en", "After the meeting with [Ida Corrie], the ministry said: “We agree on nothing yet.”")
    assert who(said(one)[0]) == NOBODY


def test_a_role_points_to_the_person_who_was_given_it() -> None:
    one = passage(
        "ro",
        "Directorul uzinei, [Ilie Tomuța], a fost audiat. Avocata [Ana Cosmuță] l-a însoțit. "
        "„Nu am ordonat oprirea cuptorului”, a declarat directorul uzinei.",
    )
    assert who(said(one)[0]) == "Ilie Tomuța"


def test_a_role_that_contradicts_the_known_one_names_nobody() -> None:
    one = passage(
        "ro",
        "Avocata [Ana Cosmuță] a cerut amânarea. Ministrul a spus: „Nu comentez dosare aflate în instanță”.",
    )
    assert who(said(one)[0]) == NOBODY


def test_no_people_no_speakers() -> None:
    one = passage("ro", "„Plecăm cu toții la ora patru”, a declarat Ilie Tomuța.")
    assert said(one)[0].speaker is None


WORDS = st.sampled_from(
    ["„", "”", '"', "«", "»", "—", "-", ":", ",", ". ", " a spus ", " Ion ", " Pop ", " că ", " el ", " președintele ",
     " Kremlinul ", " de ", "Nu plecăm de aici azi", "\n", " potrivit ", "’", " un oficial "]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map("".join))
def test_any_mixture_of_marks_verbs_and_names_gives_the_same_sound_answer_twice(text: str) -> None:
    mentions = tuple(
        Mention(Span(i, i + 3), text[i : i + 3], text[i : i + 3], 1.0)
        for i in range(len(text) - 2)
        if text[i : i + 3] in ("Ion", "Pop")
    )
    one = Passage("ro", text, mentions, ())
    quotes = said(one)
    assert quotes == said(one)
    spans = {mention.span for mention in mentions}
    for quote in quotes:
        if quote.speaker is not None:
            assert quote.speaker.person in ("Ion", "Pop")
            assert quote.speaker.mention is None or quote.speaker.mention in spans
            assert 0 < quote.speaker.confidence <= 1


def test_he_is_the_only_person_named_in_the_sentence_before_where_nobody_acted() -> None:
    one = passage("ro", "Tribunalul l-a eliberat luni pe [Ghiță Marcovici]. „Sunt liber de azi”, a spus el.")
    assert who(said(one)[0]) == "Ghiță Marcovici"


@pytest.mark.parametrize("one", UNTOLD, ids=str)
def test_a_speaker_is_found_where_no_word_of_the_cue_is_in_a_language_file(one: Passage) -> None:
    assert [who(quote) for quote in said(one)] == [speaker for _, speaker in one.quotes]


def test_a_noun_that_no_file_knows_gives_a_suggestion_and_no_fact() -> None:
    one = passage("de", "[Jens Pohl] will klagen. „Ich gehe bis zur letzten Instanz“, kündigt der Deichgraf an.")
    speaker = said(one)[0].speaker
    assert speaker is not None
    assert (speaker.person, speaker.confidence < CERTAIN) == ("Jens Pohl", True)


def test_she_is_no_man_even_where_a_man_acted_last() -> None:
    one = passage(
        "en",
        "[Helen Marsh] met [Robert Quaid] on the pier. [Quaid] left early. “The sea will take it back,” she said.",
    )
    assert who(said(one)[0]) == "Helen Marsh"


def test_his_deputy_is_another_person() -> None:
    one = passage("bg", "[Борян Цветанов] мълчи. Негов помощник обясни, че „бюджетът е орязан докрай“.")
    assert who(said(one)[0]) == NOBODY


def test_several_people_say_what_no_single_one_does() -> None:
    one = passage("ro", "[Ana Cosmuță] a plecat. „Nu am văzut pe nimeni acolo”, au declarat avocații.")
    assert who(said(one)[0]) == NOBODY


def test_the_sentence_after_a_quote_tells_who_spoke_it() -> None:
    one = passage("it", "«Non fu un errore, fu una scelta precisa».\nCon queste parole la pm [Ada Corbelli] ha chiuso.")
    assert who(said(one)[0]) == "Ada Corbelli"


def test_a_headlines_quote_without_a_name_is_that_of_the_body() -> None:
    one = passage(
        "pl",
        "Spór o tory. „Pan minister jeździ limuzyną”\n[Jan Brożek] bronił planu. „Pan minister jeździ limuzyną, a "
        "ludzie czekają na mrozie” – odparła posłanka [Urszula Gąsior].",
    )
    body = lines(one.text)
    headline = (replace(body[0], kind=ParagraphKind.TITLE), *body[1:])
    assert [who(quote) for quote in said(one, headline)] == ["Urszula Gąsior", "Urszula Gąsior"]


def test_a_quote_before_all_names_is_perhaps_the_first_ones() -> None:
    one = passage(
        "ro", "„Domnule ministru, citiți cifrele ca pe horoscop!”\nA fost clipa în care [Ana Zamfir] s-a ridicat."
    )
    speaker = said(one)[0].speaker
    assert speaker is not None
    assert (speaker.person, speaker.confidence < CERTAIN) == ("Ana Zamfir", True)


def test_whoever_was_asked_answers() -> None:
    one = passage(
        "uk",
        "Тренер [Вадим Корнієнко] вийшов останнім.\n— Чи подасте ви у відставку? — запитали журналісти.\n"
        "— Спитайте мене у вівторок.",
    )
    assert [who(quote) for quote in said(one)] == [NOBODY, "Вадим Корнієнко"]


def test_a_paragraph_that_ends_with_a_colon_leads_to_the_quote_after_it() -> None:
    one = passage(
        "es",
        "[Rosa Galán] llegó con [Pepe Roca]. Luego [Galán] lo resumió así:\n«A mí no me echan de mi casa nunca».",
    )
    assert who(said(one)[0]) == "Rosa Galán"


def test_i_said_inside_a_quote_is_its_own_speakers_and_they_said_is_nobodys() -> None:
    one = passage(
        "en",
        "“I said, ‘Which one of them is it?’ and they told me: ‘Go home and wait for us,’” said [Ida Corrie].",
    )
    assert [who(quote) for quote in said(one)] == ["Ida Corrie", "Ida Corrie", NOBODY]


def test_a_name_of_several_words_that_is_no_persons_is_an_organisation() -> None:
    one = passage("en", "[Jo Wrathmell] was there. United Moors Water said it was “reviewing signage at the site”.")
    assert who(said(one)[0]) == NOBODY


def test_a_party_in_parentheses_parts_no_name_from_its_verb() -> None:
    one = passage("de", "Bürgermeister [Otto Kühn] (CDU) sieht das anders: „Der Haushalt gibt das nicht her.“")
    assert who(said(one)[0]) == "Otto Kühn"
