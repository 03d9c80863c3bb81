from __future__ import annotations

import json

import pytest

from reader import cli
from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.library.building import build
from reader.library.query import parse
from reader.library.search import search, sounds_alike
from reader.library.tokens import folded, token_line, tokens
from reader.text.errors import LibraryError
from reader.text.span import Span
from tests.support.news import BRIDGE, FERRY, HARBOUR, MILL, write

CAPTAIN_RO = """ date 2026-03-14 Canalul va fi dragat de luni, relatează Curierul Lotcii.

„Canalul nu are graniță”, a declarat vineri căpitanul portului, Orest Hlinianski. „Am venit să deschidem drumul”.
"""
CAPTAIN_UK = """ date 2026-03-16 Канал почнуть чистити в понеділок, розповів начальник порту Орест Глинянський.

«Канал не має кордону», – сказав Глинянський. Графік погодили з Орестом Глинянським у п'ятницю.
"""


def files(index, line):
    return [hit.path.name for hit in search(index, line).hits]


def words_found(index, line):
    """Return what the marked places of all hits cover, per place in the original."""
    found = []
    for hit in search(index, line).hits:
        text = read_article(hit.path).text
        found += [place.span.of(text) for place in hit.places if place.found_in == "original"]
    return found


@pytest.fixture
def port(indexed):
    """Return the index of two articles about one captain, in two alphabets, and one that is none of that."""
    return indexed(ro=CAPTAIN_RO, uk=CAPTAIN_UK, ferry=FERRY)


# -- words ----


def test_all_words_must_occur_and_capitals_and_accents_don_t_matter(port):
    assert files(port, "CAPITANUL granita") == ["ro.txt"]
    assert files(port, "căpitanul ferry") == []


def test_places_are_spans_of_the_article_in_code_points(indexed):
    index = indexed(bridge=BRIDGE)
    assert words_found(index, "raul") == ["râul"]
    ((place,),) = [hit.places for hit in search(index, "provizoriu").hits]
    assert place.span.of(BRIDGE) == "provizoriu"
    assert [mark.of(place.snippet) for mark in place.marks] == ["provizoriu"]


def test_a_phrase_must_stand_in_one_piece(port):
    assert files(port, '"are graniță"') == ["ro.txt"]
    assert files(port, '"graniță are"') == []
    assert words_found(port, "„a declarat vineri”") == ["a declarat vineri"]


def test_an_asterisk_takes_words_that_go_on(port):
    assert files(port, "canalu*") == ["ro.txt"]
    assert words_found(port, "deschid*") == ["deschidem"]


def test_a_minus_takes_articles_out(port):
    assert files(port, "orest -curierul") == ["uk.txt"]
    assert "ro.txt" not in files(port, "-curierul")


def test_what_is_no_word_finds_nothing(port):
    assert search(port, '  "" * -- \' ').hits == ()


@pytest.mark.parametrize(
    "line", ['"', "-", "AND", "NOT (", "a:b", "person:", 'tag:""', "*", "NEAR(x y)", "'; --", "\x00"]
)
def test_signs_that_the_full_text_index_knows_are_only_signs(port, line):
    search(port, line)


def test_a_letter_that_unicode_does_not_take_apart_is_found_without_its_stroke(indexed):
    index = indexed(polish="Wrocław czeka na Łódź.\n")
    assert files(index, "wroclaw lodz") == ["polish.txt"]


def test_signs_without_spaces_between_words_are_found_one_by_one(indexed):
    index = indexed(chinese="港口将于春天重新开放，市长说。\n", japanese="港は春に開く。\n")
    assert files(index, "春天") == ["chinese.txt"]
    assert words_found(index, "重新开放") == ["重新开放"]


def test_words_with_marks_inside_stay_whole():
    assert [word for word, _ in tokens("re\u00adpu\u200bblică café cafe\u0301 हिन्दी")][:3] == [
        "republica",
        "cafe",
        "cafe",
    ]
    assert token_line("Straße, ЁЛКА; naïve") == "strasse елка naive"
    assert folded("ŞŢ") == "st"


# -- names in two alphabets ----


def test_a_name_is_found_in_the_other_alphabet_in_any_case(port):
    assert sorted(files(port, "Hlinianski")) == ["ro.txt", "uk.txt"]
    assert {"Глинянський", "Глинянським"} <= set(words_found(port, "Hlinianski"))
    assert sorted(files(port, "Глинянський")) == ["ro.txt", "uk.txt"]
    assert "глинянськии" in search(port, "Hlinianski").ways


def test_a_phrase_of_names_is_found_in_the_other_alphabet(port):
    assert "Орест Глинянський" in words_found(port, '"Orest Hlinianski"')


@pytest.mark.parametrize(
    ("one", "other"),
    [("rutte", "рютте"), ("рюте", "rutte"), ("zelensky", "зеленськии"), ("putin", "путіним"), ("macron", "макрона")],
)
def test_spellings_of_one_name_sound_alike(one, other):
    assert sounds_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("kerry", "kirby"), ("putin", "patten"), ("macron", "marconi"), ("voicu", "voiculescu")]
)
def test_names_of_two_people_do_not_sound_alike(one, other):
    assert not sounds_alike(one, other)


# -- filters ----


def test_person_finds_the_mentions_of_one_person_in_all_spellings(port):
    found = search(port, 'person:"Orest Hlinianski"')
    assert {hit.path.name for hit in found.hits} == {"ro.txt", "uk.txt"}
    assert "Орестом Глинянським" in words_found(port, "person:Hlinianski")
    assert files(port, "person:nobody") == []


def test_a_name_that_must_not_occur_keeps_its_other_spellings_away_too(port):
    assert files(port, "-Hlinianski") == ["ferry.txt"]


def test_lang_and_date_keep_articles(port):
    assert files(port, "lang:uk") == ["uk.txt"]
    assert files(port, "orest lang:ro") == ["ro.txt"]
    assert files(port, "date:2026-03-14") == ["ro.txt"]
    assert files(port, "date:2026-03") == ["uk.txt", "ro.txt"]
    assert files(port, "date:2026-03-15..") == ["uk.txt"]
    assert files(port, "date:..2026-03-15") == ["ro.txt"]
    assert files(port, "date:2026-03-14..2026-03-16 -lang:uk") == ["ro.txt"]


@pytest.mark.parametrize("line", ["date:soon", "date:2026-13", "date:2026-02-30", "date:2026-02-01..x"])
def test_a_date_that_is_none_is_told(port, line):
    with pytest.raises(LibraryError, match="is no date"):
        search(port, line)


def test_a_month_ends_on_its_last_day():
    assert (parse("date:2024-02").since, parse("date:2024-02").until) == ("2024-02-01", "2024-02-29")


def test_tags_and_notes_lead_to_their_passage(folder, indexed):
    write(folder, "bridge.txt", BRIDGE)
    notes = NotesSession.open(read_article(folder / "bridge.txt"))
    start = BRIDGE.index("Primarul")
    notes.add(Span(start, start + 8), note="compară cu 2019", tags=["Pod Vechi"])
    notes.save()
    index = indexed()
    ((tagged,),) = [hit.places for hit in search(index, 'tag:"pod vechi"').hits]
    assert tagged.span == Span(start, start + 8)
    ((noted,),) = [hit.places for hit in search(index, "2019").hits]
    assert (noted.found_in, noted.span, noted.snippet) == ("note", Span(start, start + 8), "compară cu 2019")


# -- what is returned ----


def test_many_places_are_counted_and_a_few_shown(indexed):
    index = indexed(long="Podul. " * 40)
    (hit,) = search(index, "podul", places=5).hits
    assert (len(hit.places), hit.count) == (5, 40)


def test_the_article_with_more_of_it_comes_first(indexed):
    index = indexed(once="Podul stă. " + "Nimic nou azi. " * 30, often="Podul, podul și iar podul.")
    assert files(index, "podul") == ["often.txt", "once.txt"]
    assert search(index, "podul", articles=1).articles == 2


def test_a_snippet_is_cut_at_words_and_shows_the_match(indexed):
    index = indexed(long="cuvinte " * 60 + "acul " + "fân " * 60)
    ((place,),) = [hit.places for hit in search(index, "acul").hits]
    assert place.snippet.startswith("…cuvinte ")
    assert place.snippet.endswith("fân…")
    assert [mark.of(place.snippet) for mark in place.marks] == ["acul"]


# -- the command line ----


def run(capsysbinary, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    out, err = capsysbinary.readouterr()
    return code, out.decode().splitlines(), err.decode()


def test_the_command_line_prints_an_object_for_each_place(folder, capsysbinary):
    write(folder, "ro.txt", CAPTAIN_RO)
    write(folder, "uk.txt", CAPTAIN_UK)
    code, lines, complaints = run(capsysbinary, "search", folder, "Глинянський", "--json")
    found = [json.loads(line) for line in lines]
    assert (code, complaints) == (0, "")
    assert {frozenset(each) for each in found} == {
        frozenset({"path", "start", "end", "in", "snippet", "date", "language"})
    }
    romanian = next(each for each in found if each["path"] == str(folder / "ro.txt"))
    assert CAPTAIN_RO[romanian["start"] : romanian["end"]] == "Hlinianski"


def test_the_command_line_reports_what_can_t_be_indexed_and_goes_on(folder, capsysbinary):
    write(folder, "harbour.txt", HARBOUR)
    (folder / "empty.txt").write_bytes(b"\x00\x01\x02" * 400)
    code, lines, _ = run(capsysbinary, "search", folder, "порт", "--json")
    found = [json.loads(line) for line in lines]
    assert code == 1
    assert [each["path"] for each in found if "error" in each] == [str(folder / "empty.txt")]
    assert any(each.get("in") == "original" for each in found)


def test_the_command_line_says_that_a_file_is_no_folder(folder, capsysbinary):
    path = write(folder, "mill.txt", MILL)
    code, _, complaints = run(capsysbinary, "search", path, "moara")
    assert code == 1
    assert "is no folder" in complaints


def test_the_people_of_a_folder_are_listed(folder, capsysbinary):
    write(folder, "ro.txt", CAPTAIN_RO)
    write(folder, "uk.txt", CAPTAIN_UK)
    _, lines, _ = run(capsysbinary, "people", folder, "--json")
    captain = next(json.loads(line) for line in lines if "Hlinianski" in line)
    assert captain["person"] == "Orest Hlinianski"
    assert set(captain["names"]) >= {"Orest Hlinianski", "Глинянський", "Орестом Глинянським"}
    assert {each["path"] for each in captain["articles"]} == {str(folder / "ro.txt"), str(folder / "uk.txt")}
    assert captain["mentions"] == sum(each["mentions"] for each in captain["articles"])


def test_the_quotes_of_a_person_are_listed_with_where_the_same_stands(folder, capsysbinary):
    write(folder, "ro.txt", CAPTAIN_RO)
    write(folder, "uk.txt", CAPTAIN_UK)
    _, lines, _ = run(capsysbinary, "quotes", folder, "--person", "Глинянський", "--json")
    found = [json.loads(line) for line in lines]
    assert {each["person"] for each in found} == {"Orest Hlinianski"}
    assert list(found[0]) == [*("person", "path", "date", "language", "start", "end", "text", "translation", "same_as")]
    border = next(each for each in found if each["text"] == "Canalul nu are graniță")
    assert CAPTAIN_RO[border["start"] : border["end"]] == border["text"]
    assert str(folder / "uk.txt") in [each["path"] for each in border["same_as"]]


def test_a_search_without_looking_for_news_uses_what_is_there(folder, capsysbinary, indexed):
    index = indexed(ro=CAPTAIN_RO)
    build(index)
    index.close()
    write(folder, "uk.txt", CAPTAIN_UK)
    _, lines, _ = run(capsysbinary, "search", folder, "orest", "--as-it-stands", "--json")
    assert {json.loads(line)["path"] for line in lines} == {str(folder / "ro.txt")}
