from __future__ import annotations

import pytest

from reader.translation.doubts import DoubtKind, find_doubts

SURE = -0.3


def kinds(source: str, translation: str, **evidence: object) -> set[str]:
    return {doubt.kind.value for doubt in find_doubts(source, translation, SURE, **evidence)}


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Primarul a anunțat reparații.", "The mayor announced, announced repairs."),
        ("Primarul Radu Munteanu a anunțat reparații.", "Mayor Radu Munteanu, Radu Munteanu announced repairs."),
        ("El speră să ajungă acasă.", "He hopes to go to go to go to go home."),
        ("Consiliul a votat bugetul orașului.", "The council has voted the town budget and the council has voted it."),
        ("Vântul bate.", "The wind ahahahahahahah blows."),
        ("Да.", "Yes, yes, yes, yes, yes."),
    ],
)
def test_a_translation_that_goes_round_in_circles_is_doubted(source: str, translation: str):
    assert "repetition" in kinds(source, translation)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        (
            "Primarul orașului a vorbit cu primarul orașului vecin.",
            "The mayor of the town spoke with the mayor of the town nearby.",
        ),
        ("Mai bine, mai bine, mai bine!", "Better, better, better!"),
        ("A spus că acela este drumul pe care l-a avut.", "He said that that was the road he had had."),
        ("Drumul spre pod și podul vechi.", "The road to the bridge and the old bridge."),
    ],
)
def test_what_the_original_repeats_may_be_repeated(source: str, translation: str):
    assert kinds(source, translation) == set()


@pytest.mark.parametrize(
    "translation",
    ["", "The road.", "The road will be ready in spring, " + "as the people of the valley had hoped, " * 3],
)
def test_a_translation_out_of_all_proportion_is_doubted(translation: str):
    assert "length" in kinds("Drumul va fi gata la primăvară, a spus primarul.", translation)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Da.", "Yes, of course."),
        ("Nu!", "No!"),
        ("道路将于春季完工。", "The road will be completed in the spring."),
        ("Drumul va fi gata la primăvară, a spus primarul.", "The road will be ready in spring, the mayor said."),
    ],
)
def test_short_sentences_and_dense_scripts_have_room(source: str, translation: str):
    assert kinds(source, translation) == set()


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Міська рада ухвалила новий бюджет.", "The town council ухвалила новий бюджет."),
        ("Consiliul local a votat bugetul nou.", "Consiliul local a votat bugetul nou."),
    ],
)
def test_words_left_as_they_were_are_doubted(source: str, translation: str):
    assert "copied" in kinds(source, translation)


def test_names_titles_and_shared_words_are_no_copies():
    assert kinds("Agenția Reuters citează The Valley Times.", "The Reuters agency quotes The Valley Times.") == set()
    assert kinds("Il presidente parla di moda e di arte.", "The president speaks of fashion and of art.") == set()


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Au venit 250 de oameni.", "Many people came."),
        ("Au venit 250 de oameni.", "350 people came."),
        ("Costă 100.000 de lei.", "It costs 100,000,000 lei."),
        ("Costă 2,5 milioane.", "It costs 25 million."),
        ("Costă 1.250,75 lei.", "It costs 1,250 lei."),
        ("În 2019 și 2021.", "In 2019."),
        ("Pe 12 mai, la ora 18:30.", "On 12 May, at 18:00."),
        ("Au murit 3 oameni.", "People died."),
    ],
)
def test_a_number_lost_or_changed_is_doubted(source: str, translation: str):
    assert "number" in kinds(source, translation)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Costă 100.000 de lei.", "It costs 100,000 lei."),
        ("Costă 100.000 de lei.", "It costs 100 thousand lei."),
        ("Costă 100 mii de lei.", "It costs 100,000 lei."),
        ("Costă 2,3 milioane de lei.", "It costs 2.3 million lei."),
        ("Costă 2,3 milioane de lei.", "It costs 2,300,000 lei."),
        ("Costă 12 000 de lei.", "It costs 12,000 lei."),
        ("Au venit 3 oameni.", "Three people came."),
        ("La ora 18:30.", "At 6:30 p.m."),
        ("În anii '90.", "In the 1990s."),
        ("date 2026-02-12 Primarul", "12 February 2026 The mayor"),
        ("Pe 12.02.2026 s-a votat.", "The vote was on February 12, 2026."),
        ("În 2019-2021.", "In 2019–2021."),
        ("F-16 și covid-19.", "F-16 and COVID-19."),
        ("A fost 1-0.", "It was 1-0."),
        ("Costă 1.250,75 lei.", "It costs 1,250.75 lei."),
        ("Pe 12.05 la 9.30.", "On May 12 at 9:30."),
        ("有30万人。", "There are 300,000 people."),
    ],
)
def test_a_number_in_another_dress_is_no_doubt(source: str, translation: str):
    assert "number" not in kinds(source, translation)


def test_small_numbers_are_not_checked_where_their_words_are_unknown():
    assert kinds("Three people: 3.", "Trei oameni: trei.", target="ro") == set()
    assert kinds("There were 300 people.", "Erau oameni acolo.", target="ro") == {"number"}


@pytest.mark.parametrize(
    ("source", "translation", "lost"),
    [
        ("„Nu”, a spus el.", "No, he said.", True),
        ("«Sì», ha detto, e poi «no».", "“Yes,” he said, and then no.", True),
        ("E gata”.", "It is ready.", True),
        ("„Nu”, a spus el.", '"No," he said.', False),
        ("„Nu”, a spus el.", "'No,' he said.", False),
        ("L'acqua dell'uomo.", "The man's water.", False),
        ("Orașul l'Aquila.", "The town of L'Aquila.", False),
    ],
)
def test_lost_quote_marks_are_doubted(source: str, translation: str, lost: bool):
    assert ("quote_mark" in kinds(source, translation)) is lost


@pytest.mark.parametrize(
    ("name", "translation", "lost"),
    [
        ("Ткачук", "Olena Tkachuk said so.", False),
        ("Ткачука", "It was said by Tkachuk.", False),
        ("Олена Ткачук", "The deputy said so.", True),
        ("Radu Munteanu", "Mr Munteanu said so.", False),
        ("Radu Munteanu", "The hill said so.", True),
        ("Шольц Olaf Scholz", "Mr Scholz said so.", False),
        ("Radu", "It was said on the road.", True),
        ("Radu", "Radu said so on the road.", False),
        ("al-Sadr", "It was said by al-Sadr.", False),
        ("Ткачук", "特卡丘克这样说。", True),
    ],
)
def test_a_lost_name_is_doubted(name: str, translation: str, lost: bool):
    assert ("name" in kinds("Так сказала депутатка.", translation, names=[name])) is lost


def test_a_low_score_and_a_cut_are_doubted():
    unsure = find_doubts("Drumul nou e gata.", "The new road is ready.", -2.0)
    assert [doubt.kind for doubt in unsure] == [DoubtKind.SCORE]
    assert find_doubts("Vezi și:", "See also:", -2.0) == ()
    assert kinds("Drumul e gata.", "The road is ready.", cut=True) == {"cut"}


def test_a_doubt_is_said_in_words():
    (doubt,) = find_doubts("Au venit 250 de oameni.", "Many people came.", SURE)
    assert doubt.message == "A number of the original is missing or changed: 250."
