from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.library.building import build
from reader.library.decisions import DIFFERENT, SAME
from reader.library.ledger import Ledger
from reader.library.sameness import LIKELY, Utterance, compare, numbers
from reader.text.errors import LibraryError
from tests.support.more_statements import FRESH, ONE_LANGUAGE, UNSEEN
from tests.support.news import BRIDGE, FERRY, MILL
from tests.support.statements import STATEMENTS, figures

TALKS_RO = """ date 2026-05-12 Ministra de externe, Ilinca Vârlan, a vorbit miercuri despre reluarea dialogului.

„Aș încuraja orice inițiativă diplomatică a parlamentului european în privința canalului”, a declarat Ilinca Vârlan.

„Nu am venit aici ca să dau lecții vecinilor noștri”, a adăugat Vârlan.
"""
TALKS_UK = """ date 2026-05-11 Міністерка закордонних справ Ілінка Вирлан виступила на пресконференції.

"Я підтримаю кожну дипломатичну ініціативу європейського парламенту щодо каналу", - сказала Вирлан.
"""
LATER = """ date 2026-09-01 Ministra Ilinca Vârlan a vorbit despre școli.

„Școlile din sate rămân deschise și la iarnă”, a declarat Ilinca Vârlan.
"""


@pytest.fixture
def talks(indexed):
    """Return the index of one statement in two languages, with others around it."""
    return indexed(ro=TALKS_RO, uk=TALKS_UK, later=LATER, bridge=BRIDGE)


def one(ledger, words):
    (entry,) = [entry for entry in ledger.quotes() if words in entry.text]
    return entry


# -- the ledger ----


def test_every_quote_has_speaker_place_date_and_language(talks):
    entry = one(Ledger(talks), "încuraja")
    assert (entry.speaker, entry.date, entry.language, entry.path.name) == (
        "Ilinca Vârlan",
        "2026-05-12",
        "ro",
        "ro.txt",
    )
    assert entry.span.of(TALKS_RO) == entry.text
    assert entry.kind == "speech"


def test_quotes_come_newest_first_and_those_without_a_date_last(talks):
    dates = [entry.date for entry in Ledger(talks).quotes()]
    assert dates[:4] == ["2026-09-01", "2026-05-12", "2026-05-12", "2026-05-11"]
    assert dates[-1] is None


@pytest.mark.parametrize(
    ("line", "files"),
    [
        ("person:Вирлан lang:uk", {"uk.txt"}),
        ("date:2026-05", {"ro.txt", "uk.txt"}),
        ("person:voicu", {"bridge.txt"}),
        ("școlile", {"later.txt"}),
        ("scoli*", {"later.txt"}),
        ('"la iarna"', {"later.txt"}),
        ("date:2026 -lang:ro", {"uk.txt"}),
        ("dragat", set()),
    ],
)
def test_quotes_are_kept_by_person_language_date_and_words(talks, line, files):
    assert {entry.path.name for entry in Ledger(talks).quotes(line)} == files


def test_words_must_stand_in_the_quote_itself(talks):
    assert Ledger(talks).quotes("miercuri") == [], "the article has the word, no quote of it"


def test_terms_are_listed_only_when_asked_for(indexed):
    index = indexed(term=TALKS_RO + "\nBarja „Sfânta Paraschiva” a eșuat.\n")
    assert len(Ledger(index).quotes(terms=True)) > len(Ledger(index).quotes())


def test_a_speaker_whom_a_person_assigned_is_the_speaker(indexed, folder):
    index = indexed(ro=TALKS_RO)
    entry = one(Ledger(index), "încuraja")
    notes = NotesSession.open(read_article(entry.path))
    made = notes.add(entry.span, kind="quote", person="Ion Barbu")
    notes.save()
    assert made.person == "Ion Barbu"
    build(index)
    assert one(Ledger(index), "încuraja").speaker == "Ion Barbu"


def test_a_quote_shows_the_translation_of_its_sentence(indexed, folder, analyzer):
    index = indexed(mill=MILL)
    (entry,) = Ledger(index).quotes()
    article = read_article(folder / "mill.txt")
    sentences = analyzer.analyze(article).sentences
    notes = NotesSession.open(article)
    span = next(each.span for each in sentences if each.span.covers(entry.span))
    notes.correct(span, "“The mill stays the village's,” said the mayor.")
    notes.save()
    build(index)
    (entry,) = Ledger(index).quotes("village")
    assert entry.translation == "“The mill stays the village's,” said the mayor."


# -- the same quote elsewhere ----


def test_the_same_statement_is_found_in_another_language_with_reasons(talks):
    ledger = Ledger(talks)
    (same,) = ledger.same_as(one(ledger, "încuraja"))
    assert same.entry.path.name == "uk.txt"
    assert same.likeness.score >= LIKELY
    assert "both by Ilinca Vârlan" in same.likeness.reasons
    assert "one day apart" in same.likeness.reasons
    assert any("≈" in why for why in same.likeness.reasons)
    (back,) = ledger.same_as(same.entry)
    assert back.entry.path.name == "ro.txt"


def test_another_statement_of_the_speaker_is_not_the_same(talks):
    ledger = Ledger(talks)
    assert ledger.same_as(one(ledger, "lecții")) == []
    assert ledger.same_as(one(ledger, "Școlile")) == []


def many_quotes(number):
    """Return an article in which one speaker says many things, after the first ones of another article."""
    said = "\n\n".join(f"„Strada cu numărul {n} va fi asfaltată în vară”, a spus Vârlan." for n in range(number))
    return f"{TALKS_RO}\n{said}\n"


def test_an_article_full_of_quotes_doesn_t_hide_the_same_in_another_one(indexed, monkeypatch):
    monkeypatch.setattr("reader.library.ledger._CANDIDATES", 5)
    ledger = Ledger(indexed(ro=many_quotes(8), uk=TALKS_UK))
    (same,) = ledger.same_as(one(ledger, "încuraja"))
    assert same.entry.path.name == "uk.txt"


def test_a_quote_like_no_other_costs_the_same_in_an_article_full_of_quotes(indexed, monkeypatch):
    index = indexed(full=many_quotes(40), few=LATER, bridge=BRIDGE)
    ledger, asked = Ledger(index), []
    entries = [one(ledger, "numărul 17"), one(ledger, "Școlile din sate")]
    rows = index.rows
    monkeypatch.setattr(
        index, "rows", lambda query, *rest: asked.append("mentions AS m" in query) or rows(query, *rest)
    )
    counts = []
    for entry in entries:
        asked.clear()
        assert ledger.same_as(entry) == []
        counts.append(sum(asked))
    assert counts[0] <= counts[1] + 1, "the other quotes of the article are not looked at"


def test_a_confirmed_pair_stays_and_a_rejected_one_goes_last(talks, folder):
    ledger = Ledger(talks)
    romanian, ukrainian = one(ledger, "încuraja"), one(ledger, "підтримаю")
    ledger.decide(romanian, ukrainian, SAME)
    assert [same.status for same in Ledger(talks).same_as(romanian)] == [SAME]
    ledger.decide(romanian, ukrainian, DIFFERENT)
    assert [same.status for same in Ledger(talks).same_as(ukrainian)] == [DIFFERENT]
    kept = json.loads((folder / "quotes.json").read_bytes())
    assert [pair["status"] for pair in kept["pairs"]] == [DIFFERENT]
    assert {quote["file"] for quote in kept["pairs"][0]["quotes"]} == {"ro.txt", "uk.txt"}


def test_a_pair_that_only_a_person_sees_is_kept(talks):
    ledger = Ledger(talks)
    lesson, school = one(ledger, "lecții"), one(ledger, "Școlile")
    ledger.decide(lesson, school, SAME)
    assert [same.entry.text for same in ledger.same_as(lesson)] == [school.text]


def test_a_decision_on_a_pair_is_undone_and_made_again(talks):
    ledger = Ledger(talks)
    romanian, ukrainian = one(ledger, "încuraja"), one(ledger, "підтримаю")
    ledger.decide(romanian, ukrainian, DIFFERENT)
    assert ledger.undo_label == "Not the same"
    ledger.undo()
    assert [same.status for same in ledger.same_as(romanian)] == [""]
    ledger.redo()
    assert [same.status for same in ledger.same_as(romanian)] == [DIFFERENT]
    assert ledger.redo_label is None


def test_a_decision_survives_a_new_index(talks, folder, open_index):
    ledger = Ledger(talks)
    ledger.decide(one(ledger, "încuraja"), one(ledger, "підтримаю"), SAME)
    talks.delete()
    again = open_index()
    build(again)
    assert [same.status for same in Ledger(again).same_as(one(Ledger(again), "încuraja"))] == [SAME]


def test_a_file_of_decisions_that_can_t_be_understood_is_told_and_kept(talks, folder):
    (folder / "quotes.json").write_bytes(b"{}")
    ledger = Ledger(talks)
    assert "is left untouched" in (ledger.problem or "")
    romanian, ukrainian = one(ledger, "încuraja"), one(ledger, "підтримаю")
    with pytest.raises(LibraryError, match="is left untouched"):
        ledger.decide(romanian, ukrainian, SAME)
    assert (folder / "quotes.json").read_bytes() == b"{}"
    assert len(ledger.same_as(romanian)) == 1


@pytest.mark.parametrize(
    ("statements", "alone", "among_rivals"),
    [(STATEMENTS, (0.87, 1.0), (0.99, 1.0)), (UNSEEN, (0.87, 0.93), (0.99, 0.93)), (FRESH, (0.78, 0.99), (0.96, 0.99))],
    ids=["statements", "unseen", "fresh"],
)
def test_statements_with_translations_are_paired(statements, alone, among_rivals):
    for rivals, least in ((False, alone), (True, among_rivals)):
        precision, recall = figures(statements, translated=True, rivals=rivals)
        assert precision >= least[0]
        assert recall >= least[1]


def test_statements_without_translations_are_paired_less_surely():
    precision, recall = figures(STATEMENTS, translated=False)
    assert precision >= 0.75
    assert recall >= 0.85


def test_translations_by_a_poor_package_hide_few_pairs():
    def garbled(utterance):
        return replace(utterance, translation=" ".join(word[::-1] for word in utterance.text.split()))

    precision, recall = figures(STATEMENTS, translated=True, worsened=garbled)
    assert precision >= 0.85
    assert recall >= 0.85


def test_one_language_s_words_in_another_order_are_the_same_and_its_common_words_are_not():
    judged = [
        (same, compare(*(Utterance(text, language, None, "Una McCraithie", "2026-01-01") for text in two)).score)
        for language, *two, same in ONE_LANGUAGE
    ]
    found = [(same, score >= LIKELY) for same, score in judged]
    assert all(proposed for same, proposed in found if same)
    assert sum(proposed for same, proposed in found if not same) <= 4, "of 21 near misses"


def test_numbers_in_words_and_in_figures_are_the_same():
    a = Utterance("Am scos 12 oameni", "ro", "We got 12 people out", "Radu Stan", "2026-01-01")
    b = Utterance("Twelve people were brought out", "en", None, "Radu Stan", "2026-01-01")
    assert "the same numbers: 12" in compare(a, b).reasons


def test_who_says_that_something_is_not_so_says_something_else():
    a = Utterance("The law will be passed before Easter", "en", None, "Una McCraithie", "2026-01-01")
    b = replace(a, language="it", text="…", translation="The law will not be passed before Easter")
    assert "one says not, the other does not" in compare(a, b).reasons
    assert compare(a, b).score < compare(a, replace(b, translation=a.text)).score


def test_the_same_words_of_two_speakers_are_two_quotes():
    a = Utterance("We have waited long enough for this boat", "en", None, "Una McCraithie", "2026-01-01")
    b = Utterance("We have waited long enough for this boat", "en", None, "Ross Tolland", "2026-01-01")
    likeness = compare(a, b)
    assert likeness.score < compare(a, Utterance(a.text, "en", None, None, "2026-01-01")).score
    assert likeness.reasons[-1] == "one by Una McCraithie, the other by Ross Tolland"


def test_numbers_are_compared_by_their_digits():
    assert numbers("1.400 tone, 2,6 milioane, 30 000 și 1,400") == {"1400", "26", "30000"}


def test_other_numbers_speak_against_a_pair():
    a = Utterance("Le tunnel a coûté 340 millions d'euros", "fr", None, "Henri Castelnau", "2026-06-01")
    b = Utterance("Il tunnel costerà 512 milioni di euro", "it", None, "Henri Castelnau", "2026-06-01")
    assert "other numbers" in compare(a, b).reasons
    assert compare(a, b).score < LIKELY


def test_a_quote_in_english_needs_no_translation(indexed):
    index = indexed(ferry=FERRY, again=FERRY.replace("The ferry", "Our ferry"))
    (first, _) = Ledger(index).quotes()
    (same,) = Ledger(index).same_as(first)
    assert any(why.startswith("in the same words") for why in same.likeness.reasons)
