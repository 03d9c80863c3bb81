"""People of many articles under one name each."""

import tracemalloc

import pytest

from reader.analysis.results import Analysis, LanguageGuess, Mention
from reader.joining import Cast
from reader.text.span import Span


def naming(language, *people):
    """Return an analysis that finds these people: the name in the article and one spelling or more."""
    mentions = [(name, text) for name, *texts in people for text in texts]
    found = tuple(Mention(Span(i, i + 1), text, name, 1.0) for i, (name, text) in enumerate(mentions))
    return Analysis(LanguageGuess(language, 1.0), (), None, (), (), found)


@pytest.fixture
def cast():
    with Cast() as made:
        yield made


def test_one_person_gets_one_name_across_scripts_and_cases(cast):
    cast.add(0, naming("ro", ("Mark Rutte", "Mark Rutte", "Rutte")), ())
    cast.add(1, naming("uk", ("Mark Riutte", "Марк Рютте", "Рютте")), ())
    cast.add(2, naming("ro", ("Ion Câmpeanu", "Ion Câmpeanu")), ())
    assert list(cast.names()) == [(1, "Mark Riutte", "Mark Rutte")]


def test_a_surname_alone_follows_the_full_name_of_another_article(cast):
    cast.add(0, naming("ro", ("Câmpeanu", "Câmpeanu")), ())
    cast.add(1, naming("ro", ("Ion Câmpeanu", "Ion Câmpeanu")), ())
    assert list(cast.names()) == [(0, "Câmpeanu", "Ion Câmpeanu")]


def test_a_name_given_by_hand_stays_where_it_was_given_and_goes_nowhere_else(cast):
    cast.add(0, naming("ro", ("The Mayor", "Ion Câmpeanu")), {"The Mayor"})
    cast.add(1, naming("ro", ("Ion Câmpeanu", "Ion Câmpeanu")), ())
    assert list(cast.names()) == []


def test_the_order_of_the_articles_does_not_change_the_names(cast):
    people = [("uk", "Mark Riutte", "Марк Рютте"), ("ro", "Rutte", "Rutte"), ("en", "Mark Rutte", "Mark Rutte")]
    with Cast() as backwards:
        for number, (language, *person) in enumerate(people):
            cast.add(number, naming(language, person), ())
            backwards.add(2 - number, naming(language, person), ())
        assert {now for *_, now in cast.names()} == {now for *_, now in backwards.names()} == {"Mark Rutte"}


CONSONANTS = "bdfglmnprstvz"


def peak(articles):
    """Return the most bytes that Python holds while the people of so many articles are joined; one in each is new."""
    tracemalloc.start()
    try:
        with Cast() as cast:
            for number in range(articles):
                letters = [CONSONANTS[number // len(CONSONANTS) ** power % len(CONSONANTS)] for power in range(3)]
                person = f"Ana {'a'.join(letters).capitalize()}u"
                cast.add(number, naming("ro", (person, person), ("Mark Rutte", "Mark Rutte", "Rutte")), ())
            for _ in cast.names():
                pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_articles():
    peak(1_500)  # fills what the analysis keeps of names it has read, which has a bound
    assert peak(1_500) < peak(300) + 400_000
