from pathlib import Path

import pytest

from reader.library.listing import Arrangement, Group, Listing
from reader.page import Summary

NAMES = {"ro": "Romanian", "uk": "Ukrainian"}
SUMMARIES = (
    Summary(Path("news/b10.txt"), "Zăpadă la munte", "2026-03-02", "ro", "Snow", persons=("Andrei Voicu", "Ana Pop")),
    Summary(Path("news/b2.txt"), "apa crește", "2026-03-09", "ro", persons=("Ana Pop",)),
    Summary(Path("gazeta/a1.txt"), "Порт відкриють", None, "uk"),
)


@pytest.fixture
def listing():
    made = Listing(lambda code: NAMES.get(code, code))
    made.add(made.prepare(summary) for summary in SUMMARIES)
    return made


def rows(listing, **choices):
    arranged = listing.arrange(Arrangement(**choices))
    return [row.key if isinstance(row, Group) else listing[row].summary.path.name for row in arranged.rows]


def test_files_stand_by_folder_and_as_a_person_counts(listing):
    assert rows(listing) == ["a1.txt", "b2.txt", "b10.txt"]


def test_dates_stand_the_newest_first(listing):
    assert rows(listing, sort="date") == ["b2.txt", "b10.txt", "a1.txt"]


def test_titles_stand_by_their_letters_whatever_their_case(listing):
    assert rows(listing, sort="title") == ["b2.txt", "b10.txt", "a1.txt"]


@pytest.mark.parametrize("words", ["zapada", "SNOW", "2026-03-02", "romanian munte", "voicu", "b10"])
def test_words_are_found_in_title_translation_date_language_people_and_file(listing, words):
    assert rows(listing, words=tuple(words.lower().split())) == ["b10.txt"]


def test_the_folder_counts_as_the_outlet(listing):
    assert rows(listing, words=("gazeta",)) == ["a1.txt"]


def test_a_heading_counts_its_articles_and_the_unread_ones(listing):
    listing.put(1, listing.prepare(SUMMARIES[1], unread=False))
    groups = [row for row in listing.arrange(Arrangement(grouping="language")).rows if isinstance(row, Group)]
    assert groups == [Group("ro", 2, 1, True), Group("uk", 1, 1, True)]


def test_an_article_stands_under_each_of_its_people_the_most_frequent_first(listing):
    arrangement = Arrangement(grouping="person")
    assert rows(listing, grouping="person") == ["Ana Pop", "Andrei Voicu", ""]
    opened = arrangement.toggle("Ana Pop", "Andrei Voicu")
    shown = listing.arrange(opened)
    assert [row if isinstance(row, int) else row.key for row in shown.rows] == ["Ana Pop", 1, 0, "Andrei Voicu", 0, ""]
    assert shown.shown == 3


def test_a_row_knows_its_group(listing):
    shown = listing.arrange(Arrangement(grouping="language"))
    assert [shown.group_of(row) for row in range(5)] == ["ro", "ro", "ro", "uk", "uk"]
    assert listing.arrange(Arrangement()).group_of(0) is None


def test_a_closed_group_keeps_its_heading_and_count(listing):
    closed = Arrangement(grouping="date").toggle("2026-03-02")
    assert rows(listing, grouping="date", toggled=closed.toggled) == [
        *("2026-03-09", "b2.txt"),
        "2026-03-02",
        *("", "a1.txt"),
    ]
    assert listing.arrange(closed).shown == 3


def test_an_article_that_changes_moves_to_its_new_place(listing):
    assert rows(listing, sort="title")[0] == "b2.txt"
    listing.put(1, listing.prepare(Summary(Path("news/b2.txt"), "ziua bună")))
    assert rows(listing, sort="title") == ["b10.txt", "b2.txt", "a1.txt"]


def test_articles_are_listed_once_and_taken_out_again(listing):
    assert not listing.add([listing.prepare(SUMMARIES[0])])
    listing.remove([SUMMARIES[0].path])
    assert [listing.number(summary.path) for summary in SUMMARIES] == [None, 0, 1]
