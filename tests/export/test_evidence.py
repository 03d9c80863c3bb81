from __future__ import annotations

import tempfile
import tracemalloc
from dataclasses import replace

import pytest

from reader.export.evidence import Evidence, Gathered
from reader.export.passages import Order, Request, Selection
from reader.export.writing import render
from tests.export.evidence import article, gathered


def many(count: int) -> Gathered:
    made = article()
    found = Gathered()
    for number in range(count):
        source = replace(made.source, file=f"{number}.txt", sha256=f"{number:064x}")
        passages = tuple(replace(each, source=source, id=None) for each in made.passages)
        found.add(replace(made, source=source, passages=passages))
    return found


def peak(form: str, count: int) -> int:
    """Return the most bytes that Python holds while so many articles are gathered and written in a format."""
    tracemalloc.start()
    try:
        with many(count) as found, tempfile.TemporaryFile() as out:
            render(Evidence(found, Request(form, order=Order.PERSON)), out)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("form", ["md", "html", "docx", "csv", "json", "tmx"])
def test_memory_does_not_grow_with_the_articles(form: str):
    peak(form, 1)  # what is loaded once
    alone = peak(form, 1)
    # 240 articles have 1,680 passages of 3 kB; Python's own free lists may hold up to 1 MB of what is gone
    assert peak(form, 240) < alone + 2_000_000


def test_a_person_is_renamed_where_the_reader_found_him_and_not_where_a_person_named_him():
    with gathered(article(), article()) as found:
        found.rename([(0, "Sânziana Țurcan", "S. Turcan")])
        passages = list(found.passages(Order.PLACE))
    named = [(each.person, each.person_how) for each in passages if each.person != "Ion Câmpeanu" and each.person]
    assert named == [
        ("S. Turcan", "detected"),
        ("Sânziana Țurcan", "assigned"),
        ("Sânziana Țurcan", "detected"),
        ("Sânziana Țurcan", "assigned"),
    ]


def test_names_that_change_places_are_not_mixed_up():
    made = article()
    one = replace(made.passages[0], person="A", person_how="detected")
    other = replace(made.passages[0], person="B", person_how="detected")
    with gathered(replace(made, passages=(one, other))) as found:
        found.rename([(0, "A", "B"), (0, "B", "A")])
        assert [each.person for each in found.passages(Order.PLACE)] == ["B", "A"]


def test_a_renamed_person_is_chosen_and_ordered_by_the_new_name():
    with gathered() as found:
        found.rename([(0, "Sânziana Țurcan", "Anna")])
        chosen = Evidence(found, Request(selection=Selection(persons=frozenset({"anna"}))))
        ordered = Evidence(found, Request(order=Order.PERSON))
        assert [each.person for each in chosen.passages()] == ["Anna"]
        assert next(iter(ordered.passages())).person == "Anna"


def test_the_title_is_the_only_articles_or_says_how_many_there_are():
    with gathered() as one, gathered(article(), article()) as two:
        assert Evidence(one, Request()).title == "Podul din Valea Lungă se redeschide"
        assert Evidence(two, Request()).title == "Passages from 2 articles"
        assert Evidence(two, Request(title="Mine")).title == "Mine"


def test_a_preview_gives_the_first_passages_and_counts_all():
    with gathered(article(), article()) as found:
        evidence = Evidence(found, Request(), limit=3)
        assert len(list(evidence.passages())) == 3
        assert (evidence.passage_count, evidence.article_count) == (14, 2)


@pytest.mark.parametrize("asked", ["Ion Câmpeanu", "ion campeanu", "Câmpeanu", "CAMPEANU, Ion"])
def test_a_person_is_asked_for_by_a_part_of_the_name_whatever_its_accents(asked: str):
    with gathered(article()) as found:
        chosen = Evidence(found, Request(selection=Selection(persons=frozenset({asked})))).passages()
        assert {passage.person for passage in chosen} == {"Ion Câmpeanu"}


def test_a_whole_name_goes_before_names_that_have_its_words():
    made = article()
    named = [replace(made.passages[0], person=name, person_how="detected") for name in ("Ion Pop", "Ion Pop Junior")]
    with gathered(replace(made, passages=tuple(named))) as found:
        assert found.persons_called(["ion pop"]) == {"Ion Pop"}
        assert found.persons_called(["Pop"]) == {"Ion Pop", "Ion Pop Junior"}
        assert found.persons_called(["", "Ana"]) == {"", "Ana"}


def test_a_person_is_asked_for_by_a_spelling_of_the_article():
    made = article()
    spelt = replace(made.passages[0], kind="person", original="Іон Кимпяну", person="Ion Câmpeanu")
    with gathered(replace(made, passages=(spelt,))) as found:
        assert found.persons_called(["Кимпяну"]) == {"Ion Câmpeanu"}
