"""Where the people of one article are named in the whole library."""

from reader.library.presence import Presence, presences, presences_in
from reader.library.schema import index_file
from tests.support.news import BRIDGE, FERRY, MILL


def test_a_person_of_an_article_is_counted_over_all_articles(indexed, folder):
    index = indexed(bridge=BRIDGE, mill=MILL)
    found = presences(index, folder / "bridge.txt", ["Andrei Voicu", "Maria Petrescu", "Nobody Else"])
    assert found == {"Andrei Voicu": Presence(3, 2), "Maria Petrescu": Presence(2, 1)}


def test_an_article_that_is_not_indexed_yet_finds_its_people_by_name(indexed, folder):
    index = indexed(mill=MILL)
    assert presences(index, folder / "new.txt", ["Andrei Voicu"]) == {"Andrei Voicu": Presence(1, 1)}


def test_a_name_given_since_the_article_was_indexed_is_looked_for_in_the_library(indexed, folder):
    index = indexed(bridge=BRIDGE, ferry=FERRY)
    found = presences(index, folder / "bridge.txt", ["Una McCraithie"])  # whom somebody merged with one of its people
    assert found == {"Una McCraithie": Presence(1, 1)}


def test_an_article_without_people_asks_for_nobody(indexed, folder):
    assert presences(indexed(mill=MILL), folder / "mill.txt", []) == {}


def test_a_folder_without_an_index_tells_nothing_and_gets_none(folder):
    assert presences_in(folder, folder / "mill.txt", ["Andrei Voicu"]) == {}
    assert not index_file(folder).exists()


def test_the_index_on_the_disk_is_asked(indexed, folder):
    indexed(bridge=BRIDGE, mill=MILL)
    assert presences_in(folder, folder / "bridge.txt", ["Andrei Voicu"])["Andrei Voicu"].articles == 2
