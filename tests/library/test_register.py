from __future__ import annotations

import json

import pytest

from reader.annotations.places import sidecar_path
from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.library import register
from reader.library.building import build
from reader.library.deciding import Register
from reader.library.decisions import NOBODY, PeopleFile
from reader.library.proposals import proposals
from reader.library.register import appearances, people, person, spellings
from reader.library.timeline import Days, of_person, of_search
from reader.text.errors import LibraryError
from tests.support.news import BRIDGE, MILL, write

CAPTAIN_RO = """ date 2026-03-14 Canalul va fi dragat de luni, relatează Curierul Lotcii.

„Canalul nu are graniță”, a declarat vineri căpitanul portului, Orest Hlinianski. „Am venit să deschidem drumul”.
"""
CAPTAIN_UK = """ date 2026-03-16 Канал почнуть чистити в понеділок, розповів начальник порту Орест Глинянський.

«Канал не має кордону», – сказав Глинянський. Графік погодили з Орестом Глинянським у п'ятницю.
"""
OTHER = """ date 2026-03-20 Căpitanul portului, Oreste Hlinianschi, a primit o medalie, a anunțat primăria.

„Este o zi bună pentru port”, a spus Oreste Hlinianschi la ceremonie.
"""


@pytest.fixture
def port(indexed):
    """Return the index of two articles about one captain, in two alphabets."""
    return indexed(ro=CAPTAIN_RO, uk=CAPTAIN_UK)


@pytest.fixture
def captain(port):
    return person(port, "Orest Hlinianski")


def names(index):
    return {each.name for each in people(index)}


# -- who there is ----


def test_a_person_has_mentions_articles_quotes_and_days_of_all_articles(captain):
    assert (captain.mentions, captain.articles, captain.quotes) == (4, 2, 3)
    assert (captain.first, captain.last) == ("2026-03-14", "2026-03-16")


def test_a_spelling_tells_its_script_and_the_name_it_is_a_case_of(port, captain):
    forms = {each.text: each for each in spellings(port, captain.id)}
    assert forms["Orest Hlinianski"].script == "Latin"
    assert forms["Глинянський"].script == "Cyrillic"
    assert forms["Орестом Глинянським"].nominative == "Орест Глинянський"
    assert forms["Орест Глинянський"].nominative == ""


def test_each_article_of_a_person_lists_the_places(port, captain):
    newest, oldest = appearances(port, captain.id)
    assert (newest.path.name, newest.date, newest.quotes) == ("uk.txt", "2026-03-16", 1)
    assert [span.of(CAPTAIN_RO) for span in oldest.mentions] == ["Orest Hlinianski"]


def test_people_are_kept_by_any_spelling(port):
    assert [each.name for each in people(port, "глинянський")] == ["Orest Hlinianski"]
    assert people(port, "nobody") == []


def test_the_days_of_a_person_and_of_a_search_are_counted(port, captain):
    days = of_person(port, captain.id)
    assert [(day.date, day.articles, day.mentions, day.quotes) for day in days.days] == [
        ("2026-03-14", 1, 1, 2),
        ("2026-03-16", 1, 3, 1),
    ]
    (day,) = of_search(port, "кордону").days
    assert (day.date, day.articles, day.quotes) == ("2026-03-16", 1, 1)
    assert of_search(port, "") == Days()


def test_articles_without_a_day_are_counted_apart(indexed):
    index = indexed(ro=CAPTAIN_RO, none=CAPTAIN_RO[17:].strip(), wrong=CAPTAIN_RO.replace("2026-03-14", "2026-02-31"))
    who = person(index, "Orest Hlinianski")
    assert ([day.date for day in of_person(index, who.id).days], of_person(index, who.id).undated) == (
        ["2026-03-14"],
        2,
    )
    assert of_search(index, "canalul").undated == 2


def test_a_search_s_days_that_are_wanted_no_more_are_not_counted_on(port):
    assert of_search(port, "кордону", lambda: False) == Days()


# -- what a person says ----


def test_a_merge_is_kept_in_people_json_and_in_the_sidecars_concerned(indexed, folder):
    index = indexed(bridge=BRIDGE, mill=MILL, ro=CAPTAIN_RO)
    mayor, engineer = person(index, "Andrei Voicu"), person(index, "Maria Petrescu")
    done = Register(index).merge([mayor, engineer], "Andrei Voicu")
    assert (done.sidecars, done.problems) == (2, ())
    kept = json.loads((folder / "people.json").read_bytes())
    assert kept["format"] == "reader-people"
    assert set(kept["people"][0]["names"]) >= {"Andrei Voicu", "Maria Petrescu", "Petrescu"}
    (edit,) = NotesSession.open(read_article(folder / "bridge.txt")).notes.people
    assert edit.person == "Andrei Voicu"
    assert {"Maria Petrescu", "Petrescu", "Voicu"} <= set(edit.names)
    assert not sidecar_path(folder / "ro.txt").exists()
    build(index)
    assert person(index, "Maria Petrescu") is None
    assert person(index, "Andrei Voicu").mentions == mayor.mentions + engineer.mentions


def test_an_article_that_comes_later_follows_people_json(indexed, folder):
    index = indexed(ro=CAPTAIN_RO)
    Register(index).rename(person(index, "Orest Hlinianski"), "Orest Glynianskyi")
    write(folder, "copy.txt", CAPTAIN_RO.replace("luni", "marți"))
    build(index)
    assert person(index, "Orest Glynianskyi").articles == 2
    assert person(index, "Orest Hlinianski") is None


def test_a_person_is_split_by_spelling(port, captain):
    Register(port).split(captain, ["Orest Hlinianski"], "Orest Hlinianski junior")
    build(port)
    assert person(port, "Orest Hlinianski junior").articles == 1
    (other,) = [each for each in people(port, "глинянський") if each.name != "Orest Hlinianski junior"]
    assert other.articles == 1


def test_who_is_no_person_is_gone(port, captain):
    Register(port).not_a_person(captain)
    build(port)
    assert people(port, "hlinianski") == []
    assert port.rows("SELECT count(*) FROM quotes AS q JOIN appearances AS a ON a.id = q.appearance") == [(0,)]


def test_an_edit_is_undone_and_made_again(port, captain, folder):
    edits = Register(port)
    edits.rename(captain, "The Captain")
    build(port)
    assert "The Captain" in names(port)
    assert edits.undo_label == "Rename person"
    edits.undo()
    build(port)
    assert "Orest Hlinianski" in names(port)
    assert "The Captain" not in names(port)
    assert json.loads((folder / "people.json").read_bytes())["people"] == []
    assert NotesSession.open(read_article(folder / "ro.txt")).notes.people == ()
    edits.redo()
    build(port)
    assert "The Captain" in names(port)
    assert edits.redo_label is None


def test_an_undo_leaves_what_others_decided_meanwhile(port, captain, folder):
    edits = Register(port)
    edits.rename(captain, "The Captain")
    PeopleFile(folder).mean({"Глинянський": "Somebody Else"})
    edits.undo()
    assert PeopleFile(folder).meanings() == {"Глинянський": "Somebody Else"}


def test_a_sidecar_that_can_t_be_saved_is_told_and_people_json_holds(port, captain, folder):
    sidecar_path(folder / "uk.txt").write_text('{"format": "somebody else\'s"}', "utf-8")
    done = Register(port).rename(captain, "The Captain")
    assert done.sidecars == 1
    assert "uk.txt.notes.json" in done.problems[0]
    assert sidecar_path(folder / "uk.txt").read_text("utf-8") == '{"format": "somebody else\'s"}'
    assert "The Captain" in PeopleFile(folder).meanings().values()


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ('{"format": "reader-notes", "schema": {"version": 99, "min_reader": 99}}', "newer reader"),
        ("{ half of", "damaged"),
    ],
)
def test_a_newer_sidecar_is_told_and_left_and_a_damaged_one_is_kept_aside(port, captain, folder, payload, why):
    sidecar = sidecar_path(folder / "uk.txt")
    sidecar.write_text(payload, "utf-8")
    edits = Register(port)
    done = edits.rename(captain, "The Captain")
    if why == "newer reader":
        assert [why in each for each in done.problems] == [True]
        assert sidecar.read_text("utf-8") == payload
    else:
        assert done.sidecars == 2
        assert any(path.read_text("utf-8") == payload for path in folder.iterdir() if path != sidecar)
    edits.undo()
    assert PeopleFile(folder).meanings() == {}
    assert NotesSession.open(read_article(folder / "ro.txt")).notes.people == ()


def test_a_decision_of_another_day_is_taken_back_in_all_files_and_that_is_undone(port, captain, folder):
    Register(port).rename(captain, "The Captain")
    build(port)
    later = Register(port)
    (decision,) = later.decisions()
    assert decision.person == "The Captain"
    assert "Орест Глинянський" in decision.names
    assert later.take_back(decision).sidecars == 2
    assert PeopleFile(folder).meanings() == {}
    for name in ("ro.txt", "uk.txt"):
        assert NotesSession.open(read_article(folder / name)).notes.people == ()
    build(port)
    assert "Orest Hlinianski" in names(port)
    assert later.undo_label == "Take back decision"
    later.undo()
    build(port)
    assert "The Captain" in names(port)
    assert NotesSession.open(read_article(folder / "uk.txt")).notes.people[0].person == "The Captain"


def test_one_name_that_is_nobody_s_is_taken_back_by_itself(port, captain, folder):
    Register(port).not_a_person(captain)
    build(port)
    later = Register(port)
    decision = next(each for each in later.decisions() if each.names == ("Орест Глинянський",))
    assert decision.person == NOBODY
    later.take_back(decision)
    assert "Орест Глинянський" not in PeopleFile(folder).meanings()
    (kept,) = NotesSession.open(read_article(folder / "uk.txt")).notes.people
    assert "Орест Глинянський" not in kept.names
    assert "Глинянський" in kept.names
    build(port)
    assert [each.mentions for each in people(port, "глинянський")] == [1]


def test_an_undo_that_can_t_be_written_still_stands_in_the_list(port, captain, folder):
    edits = Register(port)
    edits.rename(captain, "The Captain")
    (folder / "people.json").write_bytes(b"{ half of")
    with pytest.raises(LibraryError, match="is left untouched"):
        edits.undo()
    assert (edits.undo_label, edits.redo_label) == ("Rename person", None)


# -- people.json ----


def test_fields_unknown_here_stay(folder):
    path = folder / "people.json"
    path.write_text(
        '{"format": "reader-people", "schema": {"version": 1, "min_reader": 1}, "people": [{"person": "A B", '
        '"names": ["A"], "how": "manual", "colour": 1.50}], "different": [], "later": [1]}',
        "utf-8",
    )
    PeopleFile(folder).mean({"C": "A B", "A": "D"})
    kept = path.read_text("utf-8")
    assert '"colour": 1.50' in kept
    assert '"later"' in kept
    assert PeopleFile(folder).meanings() == {"C": "A B", "A": "D"}


def test_a_decision_joins_what_another_program_wrote_in_between(folder):
    ours, theirs = PeopleFile(folder), PeopleFile(folder)
    ours.mean({"A": "Anna"})
    theirs.mean({"B": "Boris"})
    ours.mean({"C": "Anna"})
    assert ours.meanings() == {"A": "Anna", "C": "Anna", "B": "Boris"}


@pytest.mark.parametrize(
    "payload",
    [
        b"{ half of",
        b"[]",
        b'{"format": "another"}',
        b'{"format": "reader-people", "schema": {"version": 9, "min_reader": 9}, "people": []}',
        b'{"format": "reader-people", "schema": {"version": 1, "min_reader": 1}, "people": [7]}',
        b'{"format": "reader-people", "schema": {"version": 1, "min_reader": 1}, "people": [], "people": []}',
    ],
)
def test_a_file_that_can_t_be_understood_is_told_and_never_written(port, captain, folder, payload):
    (folder / "people.json").write_bytes(payload)
    edits = Register(port)
    assert "is left untouched" in (edits.problem or "")
    with pytest.raises(LibraryError, match="is left untouched"):
        edits.rename(captain, "The Captain")
    assert (folder / "people.json").read_bytes() == payload
    assert not sidecar_path(folder / "ro.txt").exists(), "nothing is changed where the decision can't be kept"
    build(port)
    assert "Orest Hlinianski" in names(port)


def test_a_save_that_fails_leaves_the_old_file(folder, monkeypatch):
    kept = PeopleFile(folder)
    kept.mean({"A": "Anna"})
    before = kept.path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reader.library.folder_file.move_over", full)
    with pytest.raises(LibraryError, match="No space left"):
        kept.mean({"B": "Boris"})
    assert kept.path.read_bytes() == before
    assert {path.name for path in folder.iterdir()} <= {"people.json", "people.json.bak"}


def test_a_file_that_another_program_keeps_changing_is_not_overwritten(folder, monkeypatch):
    kept = PeopleFile(folder)
    kept.mean({"A": "Anna"})
    from reader.library import folder_file

    write_beside = folder_file.write_beside
    turns = iter(range(100))

    def meddle(target, payload):
        temp = write_beside(target, payload)
        document = json.loads(target.read_bytes()) | {"turn": next(turns)}
        target.write_text(json.dumps(document), "utf-8")
        return temp

    monkeypatch.setattr(folder_file, "write_beside", meddle)
    with pytest.raises(LibraryError, match="keeps changing"):
        kept.mean({"B": "Boris"})
    assert kept.meanings() == {"A": "Anna"}


# -- proposals ----


def test_persons_with_names_alike_are_proposed_with_the_evidence(indexed):
    index = indexed(ro=CAPTAIN_RO, uk=CAPTAIN_UK, other=OTHER)
    proposal = next(each for each in proposals(index) if "Oreste Hlinianschi" in (each.one.name, each.other.name))
    assert {proposal.one.name, proposal.other.name} == {"Orest Hlinianski", "Oreste Hlinianschi"}
    assert any("surnames sound" in why for why in proposal.evidence)
    assert 0 < proposal.score <= 1


def test_two_persons_called_two_are_proposed_no_more(indexed, folder):
    index = indexed(ro=CAPTAIN_RO, other=OTHER.replace("Oreste", "O."))
    (found,) = proposals(index)
    Register(index).differ(found.one.name, found.other.name)
    assert proposals(index) == []
    (decision,) = Register(index).decisions()
    Register(index).take_back(decision)
    assert proposals(index) == [found]


def test_that_two_persons_are_two_is_undone_and_made_again(indexed):
    index = indexed(ro=CAPTAIN_RO, other=OTHER.replace("Oreste", "O."))
    (found,) = proposals(index)
    edits = Register(index)
    edits.differ(found.one.name, found.other.name)
    edits.undo()
    assert proposals(index) == [found]
    edits.redo()
    assert proposals(index) == []


def test_two_persons_called_two_stay_two_under_another_name(indexed):
    index = indexed(ro=CAPTAIN_RO, other=OTHER.replace("Oreste", "O."))
    (found,) = proposals(index)
    edits = Register(index)
    edits.differ(found.one.name, found.other.name)
    edits.rename(found.one, "Orest M. Hlinianski")
    build(index)
    assert proposals(index) == []


def test_a_name_that_is_all_in_another_is_proposed(indexed):
    double = OTHER.replace("Oreste Hlinianschi", "Orest Hlinianski-Barbu")
    (found,) = proposals(indexed(ro=CAPTAIN_RO, double=double))
    assert found.evidence[0] == "“Orest Hlinianski” is all in “Orest Hlinianski-Barbu”"


def test_a_name_that_begins_with_the_surname_is_proposed_with_the_other_order(indexed):
    turned = "La Budapesta a sosit ieri Hlinianski Orest. „Vin cu gânduri bune”, a spus Hlinianski Orest.\n"
    (found,) = proposals(indexed(ro=CAPTAIN_RO, turned=turned))
    assert {found.one.name, found.other.name} == {"Hlinianski Orest", "Orest Hlinianski"}
    assert "the same names in another order" in found.evidence[0]
    assert found.score >= 0.85


def test_that_an_article_names_both_speaks_against_a_pair(indexed):
    index = indexed(ro=CAPTAIN_RO, double=OTHER.replace("Oreste Hlinianschi", "Orest Hlinianski-Barbu"))
    (apart,) = proposals(index)
    with index.transaction() as connection:
        connection.execute(
            "INSERT INTO appearances (article, name, language, spellings, keys, person)"
            " SELECT article, name, language, spellings, keys, ? FROM appearances WHERE person = ?",
            (apart.other.id, apart.one.id),
        )
    (together,) = proposals(index)
    assert together.evidence == (*apart.evidence, "1 article with both")
    assert together.score < apart.score


def test_people_of_other_surnames_are_not_proposed(indexed):
    assert proposals(indexed(bridge=BRIDGE, ro=CAPTAIN_RO)) == []


@pytest.mark.parametrize(
    ("text", "script"), [("Рютте", "Cyrillic"), ("Rutte", "Latin"), ("Μητσοτάκης", "Greek"), ("习近平", "Cjk")]
)
def test_scripts_have_their_names(text, script):
    assert register.script_of(text) == script
