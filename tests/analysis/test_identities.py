"""Which written names are one person, what the person is called, and that the user's word wins."""

from __future__ import annotations

import pytest

from reader.analysis.display import Figures, tidy
from reader.analysis.identities import Edit, Names, link
from reader.analysis.results import Mention
from reader.text.errors import ResourceError
from reader.text.span import Span

NOBODY = Figures([])


def article(code, *texts):
    """Return an article's names: the mentions one after the other."""
    mentions, at = [], 0
    for text in texts:
        mentions.append(Mention(Span(at, at + len(text)), text, "", 1.0))
        at += len(text) + 1
    return Names(code, tuple(mentions))


def persons(*articles, edits=(), figures=None):
    """Return the display names of all mentions, by article."""
    linked = link(articles, edits, figures=figures)
    return [[mention.person for mention in mentions] for mentions in linked.articles]


def same(one, other, figures=None):
    """Say whether two (language, text) names of two articles become one person."""
    linked = persons(article(*one), article(*other), figures=figures)
    return linked[0][0] == linked[1][0]


ONE_PERSON = [
    # cases of one language
    (("uk", "Остап Кравчишин"), ("uk", "Остапом Кравчишиним")),
    (("uk", "Марія Гнатюк"), ("uk", "Марії Гнатюк")),
    (("uk", "Ігор Заболотний"), ("uk", "Ігореві Заболотному")),
    (("uk", "Ярослава Левицька"), ("uk", "Ярославою Левицькою")),
    (("ru", "Аркадий Селиванов"), ("ru", "Аркадию Селиванову")),
    (("ru", "Татьяна Вересаева"), ("ru", "Татьяной Вересаевой")),
    (("ru", "Сергей Дубровский"), ("ru", "Сергея Дубровского")),
    (("pl", "Ludwik Zaręba"), ("pl", "Ludwikiem Zarębą")),
    (("pl", "Tomasz Borowski"), ("pl", "Tomasza Borowskiego")),
    (("ro", "Ilinca Vrânceanu"), ("ro", "Ilincăi Vrânceanu")),
    # scripts
    (("uk", "Дмитро Мельник"), ("en", "Dmytro Melnyk")),
    (("uk", "Сергій Чумаченко"), ("ro", "Serghei Ciumacenko")),
    (("uk", "Юрій Шевчишин"), ("fr", "Iouri Chevtchychyn")),
    (("bg", "Йордан Цачев"), ("en", "Yordan Tsachev")),
    (("bg", "Жулиета Щерева"), ("en", "Zhulieta Shtereva")),
    (("ru", "Юрий Хахалев"), ("ro", "Iuri Hahalev")),
    (("ru", "Михаил Жаворонков"), ("it", "Mikhail Zhavoronkov")),
    (("bg", "Волфганг Щрайх"), ("de", "Wolfgang Streich")),
    (("uk", "Джованні Россетті"), ("it", "Giovanni Rossetti")),
    (("ru", "Джон Уилкинсон"), ("en", "John Wilkinson")),
    (("bg", "Маартен ван Хугарден"), ("nl", "Maarten van Hoegaarden")),
    # Latin letters as each country reads them
    (("uk", "Гжегож Жулкевич"), ("pl", "Grzegorz Żółkiewicz")),
    (("bg", "Хавиер Хименес"), ("es", "Javier Jiménez")),
    (("ru", "Жан-Пьер Бошан"), ("fr", "Jean-Pierre Beauchamp")),
    (("uk", "Гайнц Цайтлер"), ("de", "Heinz Zeitler")),
    (("bg", "Джордж Уитфийлд"), ("en", "George Whitfield")),
    (("uk", "Джакомо Чампі"), ("it", "Giacomo Ciampi")),
    (("ru", "Дьёрдь Сабо"), ("hu", "György Szabó")),
    (("uk", "Андрій Жук"), ("de", "Andrij Schuk")),
    (("ru", "Сергей Шахматов"), ("fr", "Sergueï Chakhmatov")),
    # Cyrillic of three countries
    (("uk", "Дмитро Мельник"), ("ru", "Дмитрий Мельник")),
    (("uk", "Олексій Горобець"), ("bg", "Алексей Горобец")),
    (("uk", "Володимир Шаповал"), ("ru", "Владимир Шаповал")),
    (("uk", "Хенрік Ларсен"), ("bg", "Хенрик Ларсен")),
    (("uk", "Нільс Гольм"), ("ru", "Нильс Холм")),
    # marks, doubled letters, initials, order, particles
    (("ro", "Ștefan Țurcanu"), ("en", "Stefan Turcanu")),
    (("ro", "Ştefan Ţurcanu"), ("ro", "Ștefan Țurcanu")),
    (("en", "Philipp Ottosson"), ("it", "Filip Otosson")),
    (("en", "Wendy R. Halloran"), ("it", "Wendy Halloran")),
    (("it", "G. Santacroce"), ("it", "Gianni Santacroce")),
    (("uk", "Т. О. Мельничук"), ("uk", "Тарас Мельничук")),
    (("uk", "Мельничук Тарас Олегович"), ("uk", "Тарас Мельничук")),
    (("uk", "Тарас Олегович Мельничук"), ("uk", "Тарас Олегович")),
    (("de", "Katharina von Ebersberg"), ("it", "Katharina Ebersberg")),
    (("ro", "MARIUS ȚIBULEAC"), ("ro", "Marius Țibuleac")),
]

TWO_PERSONS = [
    (("en", "John Kerrigan"), ("en", "Jack Kirkland")),
    (("en", "Paul Kerry"), ("en", "Paul Kirby")),
    (("ro", "Ion Albu"), ("ro", "Ana Albu")),
    (("en", "Thomas Reed"), ("en", "Thomas Wright")),
    (("ru", "Иван Волков"), ("ru", "Пётр Волков")),
    (("uk", "Остап Мороз"), ("uk", "Остап Морозюк")),
    (("it", "G. Santacroce"), ("it", "Piero Santacroce")),
    (("en", "Alan Putnam"), ("en", "Alan Bidden")),
    (("it", "Carlo Marconi"), ("it", "Carlo Macroni")),
    (("bg", "Кирил Петков"), ("bg", "Кирил Петров")),
    (("es", "Luis Mendoza"), ("es", "Luisa Mendes")),
    (("pl", "Jan Kowal"), ("pl", "Jan Kowalczyk")),
    (("bg", "Калина Дончева"), ("es", "Kalina Doncheva-Orlov")),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON, ids=[f"{a[1]} = {b[1]}" for a, b in ONE_PERSON])
def test_two_spellings_of_a_full_name_are_one_person(one, other):
    assert same(one, other, NOBODY)


@pytest.mark.parametrize(("one", "other"), TWO_PERSONS, ids=[f"{a[1]} ≠ {b[1]}" for a, b in TWO_PERSONS])
def test_two_persons_with_similar_names_stay_two(one, other):
    assert not same(one, other, NOBODY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("en", "Zelensky"), ("ro", "Zelenski")),
        (("en", "Volodymyr Zelensky"), ("uk", "Володимиром Зеленським")),
        (("uk", "Зеленського"), ("bg", "Зеленски")),
        (("en", "Rutte"), ("bg", "Рюте")),
        (("uk", "Рютте"), ("bg", "Рюте")),
        (("en", "Xi Jinping"), ("uk", "Сі Цзіньпіном")),
        (("ro", "Călin Georgescu"), ("bg", "Калин Джорджеску")),
        (("de", "Selenskyj"), ("ru", "Владимира Зеленского")),
        (("en", "Elon Musk"), ("bg", "Мъск")),
        (("fr", "Poutine"), ("uk", "Путіна")),
    ],
)
def test_public_figures_are_one_person_in_every_spelling(one, other):
    assert same(one, other)


def test_a_surname_alone_joins_the_full_name_of_its_article():
    assert persons(article("ro", "Bărdaș", "Corneliu Bărdaș", "Bărdaș")) == [["Corneliu Bărdaș"] * 3]


def test_a_surname_alone_joins_the_one_full_name_of_other_articles():
    linked = persons(article("ro", "Corneliu Bărdaș"), article("bg", "Бърдаш"), figures=NOBODY)
    assert linked == [["Corneliu Bărdaș"], ["Corneliu Bărdaș"]]


def test_a_surname_that_two_persons_share_means_the_one_mentioned_last():
    found = persons(article("ro", "Ion Albu", "Albu", "Ana Albu", "Albu"))
    assert found == [["Ion Albu", "Ion Albu", "Ana Albu", "Ana Albu"]]


def test_a_surname_that_two_persons_of_other_articles_share_joins_neither():
    found = persons(article("ro", "Ion Albu"), article("ro", "Ana Albu"), article("ro", "Albu"), figures=NOBODY)
    assert found[2] == ["Albu"]


def test_a_given_name_alone_joins_its_full_name():
    assert persons(article("bg", "Калина Дончева", "Калина")) == [["Kalina Doncheva"] * 2]


def test_the_first_of_two_surnames_alone_joins_the_full_name():
    assert persons(article("es", "Rosario Peñalba de la Hoz", "Peñalba")) == [["Rosario Peñalba de la Hoz"] * 2]


def test_half_of_a_double_surname_joins_it_in_one_article():
    assert len(set(persons(article("it", "Oreste Fumagalli-Conti", "Fumagalli"))[0])) == 1


def test_the_local_person_wins_over_the_public_figure_of_that_surname():
    assert persons(article("ro", "Gheorghe Macron", "Macron")) == [["Gheorghe Macron"] * 2]


def test_the_display_name_is_the_latin_spelling_most_used():
    found = persons(
        article("uk", "Дмитро Мельник"), article("ro", "Dmitro Melnik"), article("en", "Dmytro Melnyk", "Dmytro Melnyk")
    )
    assert found[0] == ["Dmytro Melnyk"]


@pytest.mark.parametrize(("text", "shown"), [("Sandy” Bell", "Sandy Bell"), ("Alan “Sandy” Bell", "Alan “Sandy” Bell")])
def test_the_display_name_has_no_half_of_a_pair_of_quote_marks(text, shown):
    assert tidy(text) == shown


def test_the_display_name_keeps_the_letters_of_its_language():
    assert persons(article("tr", "Ayşe Taşdemir", "Taşdemir"), figures=NOBODY) == [["Ayşe Taşdemir"] * 2]


def test_the_display_name_is_romanised_where_no_latin_article_has_it():
    assert persons(article("bg", "Огнян Цачев"), figures=NOBODY) == [["Ognyan Tsachev"]]


def test_a_public_figure_met_in_cyrillic_alone_has_the_usual_latin_name():
    assert persons(article("uk", "Еммануелем Макроном")) == [["Emmanuel Macron"]]


def test_the_nominative_is_shown_where_the_text_has_it():
    assert persons(article("uk", "Тарасом Мельничуком", "Тарас Мельничук", "Мельничука")) == [["Taras Melnychuk"] * 3]


def test_the_nominative_is_guessed_where_the_text_has_other_cases_alone():
    assert persons(article("uk", "Володимиром Кравчишиним"), figures=NOBODY) == [["Volodymyr Kravchyshyn"]]
    assert persons(article("ru", "Татьяной Вересаевой"), figures=NOBODY) == [["Tatyana Veresayeva"]]


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        ("pl", "Piotra Zięby", "Piotr Zięba"),
        ("pl", "Piotrem Ziębą", "Piotr Zięba"),
        ("pl", "Piotra Wilczaka", "Piotr Wilczak"),
        ("pl", "Piotra Bartka", "Piotr Bartek"),
        ("ru", "Ивана Журбы", "Ivan Zhurba"),
        ("ru", "Ивана Болутти", "Ivan Bolutti"),
    ],
)
def test_the_nominative_of_a_mans_surname_is_guessed_whatever_it_ends_in(language, written, shown):
    assert persons(article(language, written), figures=NOBODY) == [[shown]]


def test_two_persons_never_share_a_display_name():
    found = persons(article("bg", "Иван Пенев"), article("ro", "Albu"), edits=[Edit("Albu", ("Иван Пенев",))])
    assert found[0] == ["Albu"]
    assert found[1] != ["Albu"]


def test_joins_carry_their_evidence():
    linked = link([article("uk", "Марк Гольм", "Гольма"), article("en", "Mark Holm")], figures=NOBODY)
    (identity,) = linked.identities
    assert identity.person == "Mark Holm"
    assert identity.mentions == 3
    assert set(identity.names) == {"Марк Гольм", "Гольма", "Mark Holm"}
    assert any("same article" in why for why in identity.evidence)
    assert any("names alike" in why for why in identity.evidence)


def test_mentions_keep_everything_but_the_person():
    names = article("ro", "Corneliu Bărdaș")
    (linked,) = link([names]).articles[0]
    assert (linked.span, linked.text, linked.confidence) == (Span(0, 15), "Corneliu Bărdaș", 1.0)


def test_no_articles_give_no_identities():
    assert link([]).identities == ()


# The user's decisions


def test_a_merge_by_hand_joins_what_nothing_else_would():
    edits = [Edit("Lenuța", ("Elena Albu", "Tanti Leni"))]
    assert persons(article("ro", "Elena Albu", "Tanti Leni"), edits=edits) == [["Lenuța", "Lenuța"]]


def test_a_rename_takes_the_other_spellings_along():
    edits = [Edit("Minister B.", ("Corneliu Bărdaș",))]
    assert persons(article("ro", "Corneliu Bărdaș", "Bărdaș"), edits=edits) == [["Minister B."] * 2]


def test_a_split_by_hand_parts_two_spellings_of_one_cluster():
    edits = [Edit("Ion Albu", ("Ion Albu",)), Edit("Albu the elder", ("Albu",))]
    assert persons(article("ro", "Ion Albu", "Albu"), edits=edits) == [["Ion Albu", "Albu the elder"]]


def test_a_name_said_to_be_no_person_is_left_out():
    linked = link([article("ro", "Dacia Duster", "Ion Albu")], [Edit(None, ("Dacia Duster",))])
    assert [mention.text for mention in linked.articles[0]] == ["Ion Albu"]
    assert [identity.person for identity in linked.identities] == ["Ion Albu"]


def test_an_edit_for_one_article_leaves_the_others_alone():
    edits = [Edit("Albu of Iași", ("Ion Albu",), article=1)]
    found = persons(article("ro", "Ion Albu"), article("ro", "Ion Albu"), edits=edits)
    assert found == [["Ion Albu"], ["Albu of Iași"]]


def test_an_edit_finds_its_names_in_any_capitals_and_spacing():
    edits = [Edit("Boss", ("ion  ALBU",))]
    assert persons(article("ro", "Ion\u00a0Albu"), edits=edits) == [["Boss"]]


def test_a_decision_wins_over_the_table_of_public_figures():
    assert persons(article("uk", "Путін"), edits=[Edit("Ivan Putin", ("Путін",))]) == [["Ivan Putin"]]


def test_a_damaged_table_of_figures_is_an_error_that_names_the_file(tmp_path):
    (tmp_path / "public_figures.tsv").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ResourceError, match=r"public_figures\.tsv"):
        Figures.load(tmp_path / "public_figures.tsv")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ro", "Dan Scurtu"), ("ro", "Doina Scurtu")),
        (("it", "Paolo Vernetti"), ("it", "Paola Vernetti")),
        (("es", "Daniel Ochandio"), ("fr", "Daniela Ochandio")),
    ],
)
def test_given_names_that_only_sound_alike_are_two_persons(one, other):
    assert not same(one, other)


def test_a_double_surname_alone_is_the_end_of_the_longer_name():
    assert same(("es", "María Inés Urrutia de la Peña"), ("es", "Urrutia de la Peña"))


def test_a_shared_surname_alone_means_the_one_who_meets_the_same_people_elsewhere():
    linked = persons(
        article("it", "Ettore Bransi", "Wanda Colt"),
        article("it", "Ottavia Bransi", "Maëlle Kerz"),
        article("it", "Bransi", "Colt"),
    )
    assert linked[2] == linked[0]


def test_a_shared_surname_alone_stays_by_itself_where_the_company_says_nothing():
    linked = persons(article("it", "Ettore Bransi"), article("it", "Ottavia Bransi"), article("it", "Bransi"))
    assert linked[2][0] not in (linked[0][0], linked[1][0])


def test_a_given_name_in_the_genitive_is_shown_in_the_nominative():
    assert persons(article("ro", "Smarandei Lupescu")) == [["Smaranda Lupescu"]]


def test_initials_are_shown_where_no_given_name_is_known():
    assert persons(article("en", "R. J. Pellow", "Pellow", "Pellow"), figures=NOBODY)[0][0] == "R. J. Pellow"


def test_an_initial_may_stand_for_the_full_form_of_a_name_whose_short_form_begins_otherwise():
    assert len(set(persons(article("en", "William J. Carver", "Bill Carver", "W. J. Carver"))[0])) == 1
    assert len(set(persons(article("en", "Bill Carver", "W. J. Carver"))[0])) == 2
