from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from reader import cli
from reader.annotations.places import sidecar_path
from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.library import building, extracting, linking
from reader.library.building import build
from reader.library.control import Control
from reader.library.index import Counts, Index
from reader.library.pool import Lost, Pool
from reader.library.schema import VERSION
from reader.library.search import search
from reader.text.errors import IndexDamaged, LibraryError
from reader.text.span import Span
from reader.translation.cache import TranslationCache
from reader.translation.packages import PackageStore
from reader.translation.service import TranslationService
from tests.support.argos_package import write_package_folder
from tests.support.news import BRIDGE, FERRY, HARBOUR, MILL, write

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and modes as POSIX has them")


def found(index: Index, line: str) -> list[str]:
    return sorted(hit.path.name for hit in search(index, line).hits)


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# -- what is kept up to date ----


def test_a_folder_is_indexed_and_its_words_are_found(indexed):
    index = indexed(bridge=BRIDGE, harbour=HARBOUR)
    assert index.counts() == Counts(articles=2, analysed=2, unread=0)
    assert found(index, "podul") == ["bridge.txt"]
    assert found(index, "порт") == ["harbour.txt"]


def test_nothing_is_written_outside_the_cache(indexed, folder, home):
    index = indexed(bridge=BRIDGE)
    assert list(everything(folder)) == ["bridge.txt"]
    assert index.file.is_relative_to(home / "cache")


def test_only_what_changed_is_read_again(indexed, folder):
    index = indexed(bridge=BRIDGE, harbour=HARBOUR)
    write(folder, "harbour.txt", HARBOUR + "\nКрани приїхали з Одеси.\n")
    write(folder, "ferry.txt", FERRY)
    built = build(index)
    assert (built.read, built.analysed) == (2, 2)
    assert found(index, "крани") == ["harbour.txt"]


def test_a_file_written_again_with_the_same_bytes_is_not_analysed_again(indexed, folder):
    index = indexed(bridge=BRIDGE)
    os.utime(folder / "bridge.txt", ns=(1, 1))
    built = build(index)
    assert (built.read, built.analysed) == (1, 0)
    assert build(index).read == 0


def test_files_that_are_gone_are_forgotten(indexed, folder):
    index = indexed(bridge=BRIDGE, harbour=HARBOUR)
    (folder / "bridge.txt").unlink()
    assert build(index).removed == 1
    assert found(index, "podul") == []
    assert index.rows("SELECT count(*) FROM mentions WHERE article NOT IN (SELECT id FROM articles)") == [(0,)]


def test_people_whom_only_a_file_named_that_is_gone_are_forgotten(indexed, folder):
    index = indexed(bridge=BRIDGE, ferry=FERRY)
    before = index.rows("SELECT name FROM people ORDER BY name")
    (folder / "ferry.txt").unlink()
    build(index)
    left = index.rows("SELECT name FROM people ORDER BY name")
    assert ("Maria Petrescu",) in left
    assert len(left) < len(before)
    assert index.rows("SELECT count(*) FROM spellings WHERE person NOT IN (SELECT id FROM people)") == [(0,)]


def test_only_names_like_new_ones_are_compared_again(indexed, folder, monkeypatch):
    index = indexed(bridge=BRIDGE, mill=MILL)
    compared = []
    real = linking.link_bucket

    def compare(task):
        compared.append({text for each in task[1].signatures for text in each.spellings})
        return real(task)

    monkeypatch.setattr(linking, "link_bucket", compare)
    write(folder, "more.txt", "Primarul Andrei Voicu a vorbit. „Podul rămâne deschis”, a spus Voicu.\n")
    build(index)
    assert compared
    assert all(any("Voicu" in text for text in texts) for texts in compared)
    assert index.rows("SELECT count(*) FROM appearances WHERE person IS NULL") == [(0,)]


def test_people_are_told_apart_further_after_a_stop(indexed, folder, monkeypatch):
    monkeypatch.setattr(linking, "_FEW", 0)
    monkeypatch.setattr(linking, "_CHUNK", 1)
    write(folder, "bridge.txt", BRIDGE)
    write(folder, "ferry.txt", FERRY)
    control, news = Control(), []

    def report(progress):
        if progress.stage == "linking":
            news.append((progress.done, progress.total))
            if progress.done == 1:
                control.stop()

    index = indexed()
    with index.transaction() as connection:
        connection.execute("DELETE FROM buckets")
        connection.execute("UPDATE appearances SET person = NULL")
    assert not build(index, report=report, control=control).finished
    assert news[-1][0] == 1 < news[-1][1]
    assert index.rows("SELECT count(*) FROM buckets") == [(1,)]
    news.clear()
    build(index, report=lambda progress: news.append((progress.done, progress.total)))
    assert news[-1] == (len(news) - 1, len(news) - 1), "the one that was compared is not compared again"
    assert index.rows("SELECT count(*) FROM appearances WHERE person IS NULL") == [(0,)]


def test_notes_made_since_are_found_without_reading_all_again(indexed, folder):
    index = indexed(bridge=BRIDGE, mill=MILL)
    notes = NotesSession.open(read_article(folder / "bridge.txt"))
    notes.add(Span(0, 4), note="ask the ministry", tags=["budget"])
    notes.save()
    built = build(index)
    assert (built.read, built.analysed) == (0, 1)
    assert found(index, "ministry") == ["bridge.txt"]
    assert found(index, "tag:budget") == ["bridge.txt"]


def test_a_quote_that_a_person_rejected_is_none(indexed, folder):
    write(folder, "bridge.txt", BRIDGE)
    notes = NotesSession.open(read_article(folder / "bridge.txt"))
    index = indexed()
    ((start, end),) = index.rows("SELECT start, end FROM quotes ORDER BY start LIMIT 1")
    made = notes.add(Span(start, end), kind="quote")
    notes.reject(notes.annotation(made.id))
    notes.save()
    build(index)
    assert (start, end) not in index.rows("SELECT start, end FROM quotes")


def test_a_correction_in_the_notes_is_a_translation_that_is_searched(indexed, folder):
    index = indexed(bridge=BRIDGE)
    notes = NotesSession.open(read_article(folder / "bridge.txt"))
    notes.correct(Span(0, BRIDGE.index("\n")), "The old bridge closes on Monday")
    notes.save()
    build(index)
    ((place,),) = [hit.places for hit in search(index, "monday").hits]
    assert (place.found_in, place.span) == ("translation", Span(0, BRIDGE.index("\n")))


def test_a_correction_is_searched_in_whatever_language_it_is(indexed, folder):
    index = indexed(bridge=BRIDGE)
    notes = NotesSession.open(read_article(folder / "bridge.txt"))
    title = Span(0, BRIDGE.index("\n"))
    notes.correct(title, "Il ponte vecchio chiude lunedì", "it")
    notes.correct(title, "The old bridge closes on Monday", "en")
    notes.save()
    build(index)
    for word in ("vecchio", "monday"):
        ((place,),) = [hit.places for hit in search(index, word).hits]
        assert (place.found_in, place.span) == ("translation", title)


def test_translations_into_every_language_that_a_package_leads_to_are_searched(indexed, folder, home):
    for target in ("en", "it"):
        write_package_folder(home / "packages" / f"translate-ro_{target}-1_0", "ro", target)
    index = indexed(bridge=BRIDGE)
    service = TranslationService(PackageStore(), TranslationCache(), 1)
    first, made = BRIDGE.split("\n", 1)[0], {}
    for target in ("en", "it"):
        ((_, made[target]),) = service.translate(service.route("ro", target), [first])
    service.close()
    assert build(index).analysed == 1
    ((sentences, translation),) = index.rows("SELECT sentences, translation FROM texts")
    known = {target: sum(length > 0 for *_, length in places) for target, places in json.loads(sentences).items()}
    assert known == {"en": 1, "it": 1}
    kept = [" ".join(made[target].text.split()) for target in ("en", "it")]
    assert [line for line in translation.split("\n") if line] == kept
    assert build(index).analysed == 0


def test_what_the_translation_cache_learned_since_is_found(indexed, folder, home):
    write_package_folder(home / "packages" / "translate-ro_en-1_0", "ro", "en")
    index = indexed(bridge=BRIDGE)
    assert index.rows("SELECT untranslated > 0 FROM articles") == [(1,)]
    service = TranslationService(PackageStore(), TranslationCache(), 1)
    sentence = "Lucrările durează trei luni."
    ((_, made),) = service.translate(service.route("ro", "en"), [sentence])
    first = BRIDGE.split("\n", 1)[0]
    list(service.translate(service.route("ro", "en"), [first]))
    service.close()
    assert build(index).analysed == 1
    ((text,),) = index.rows("SELECT translation FROM texts")
    assert " ".join(made.text.split()) in text


# -- pause, resume, progress ----


def test_an_index_without_analysis_is_searched_and_the_next_build_goes_on(indexed, folder, open_index):
    write(folder, "bridge.txt", BRIDGE)
    index = open_index()
    assert build(index, analysing=False).analysed == 0
    assert found(index, "podul") == ["bridge.txt"]
    assert index.rows("SELECT count(*) FROM quotes") == [(0,)]
    built = build(index)
    assert (built.read, built.analysed) == (0, 1)


def test_a_stopped_build_keeps_what_it_did_and_the_next_one_finishes(folder, open_index):
    for number in range(12):
        write(folder, f"{number}.txt", BRIDGE)
    index, control = open_index(), Control()
    seen = []

    def report(news):
        seen.append(news.stage)
        if news.stage == "analysing":
            control.stop()

    assert not build(index, report=report, control=control).finished
    assert 0 < index.counts().analysed < 12
    assert build(index).finished
    assert index.counts().analysed == 12
    assert seen[0] == "reading"


def test_a_paused_build_waits_until_it_may_go_on(folder, open_index):
    write(folder, "bridge.txt", BRIDGE)
    index, control = open_index(), Control()
    control.pause()
    thread = threading.Thread(target=build, args=(index,), kwargs={"control": control, "analysing": False})
    thread.start()
    assert control.paused
    assert index.counts().articles == 0
    control.resume()
    thread.join()
    assert index.counts().articles == 1


# -- bad input ----


def test_a_file_that_is_no_text_is_recorded_with_its_reason_and_stops_nothing(indexed, folder):
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    index = indexed(bridge=BRIDGE)
    ((path, reason),) = index.problems()
    assert path == folder / "picture.txt"
    assert "picture.txt" in reason
    assert found(index, "podul") == ["bridge.txt"]
    assert build(index).read == 0, "what can't be read isn't tried again until it changes"


def test_an_article_over_which_the_analysis_fails_keeps_its_words(indexed, folder, monkeypatch, analyzer):
    class Broken:
        def analyze(self, article, language=None):
            if article.path.name == "mill.txt":
                raise ZeroDivisionError("no luck")
            return analyzer.analyze(article, language)

    monkeypatch.setattr(extracting, "_analyzer", Broken)
    index = indexed(bridge=BRIDGE, mill=MILL)
    assert index.counts().analysed == 1
    ((_, reason),) = index.problems()
    assert "ZeroDivisionError: no luck" in reason
    assert found(index, "moara") == ["mill.txt"]


@posix
def test_an_unreadable_subfolder_is_told_and_what_was_known_of_it_stays(indexed, folder, monkeypatch):
    write(folder / "closed", "mill.txt", MILL)
    index = indexed(bridge=BRIDGE)
    look = os.scandir

    def deny(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", deny)
    built = build(index)
    assert [problem.path.name for problem in built.problems] == ["closed"]
    assert found(index, "moara") == ["mill.txt"]


@posix
def test_loops_of_links_end(indexed, folder):
    (folder / "up").symlink_to(folder)
    (folder / "self").symlink_to("self")
    assert indexed(bridge=BRIDGE).counts().articles == 1


def test_a_file_that_changes_while_it_is_read_is_read_again_next_time(indexed, folder, monkeypatch):
    path = write(folder, "bridge.txt", BRIDGE)
    read = extracting.read_article

    def read_and_change(*arguments):
        article = read(*arguments)
        write(folder, "bridge.txt", BRIDGE + "\nSchimbat.\n")
        return article

    monkeypatch.setattr(extracting, "read_article", read_and_change)
    index = indexed()
    assert index.counts().analysed == 0, "the analysis saw other bytes than the words were read from"
    monkeypatch.undo()
    index = Index(folder, index.file)
    build(index)
    assert found(index, "schimbat") == [path.name]
    index.close()


def test_a_file_that_vanishes_between_scan_and_read_is_a_problem_and_no_end(indexed, folder, monkeypatch):
    write(folder, "gone.txt", MILL)
    read = building.read_words

    def vanish(path):
        if path.name == "gone.txt":
            path.unlink(missing_ok=True)
        return read(path)

    monkeypatch.setattr(building, "read_words", vanish)
    index = indexed(bridge=BRIDGE)
    assert [path.name for path, _ in index.problems()] == ["gone.txt"]
    assert build(index).removed == 1


def test_a_damaged_sidecar_is_not_touched_by_the_index(indexed, folder):
    path = write(folder, "bridge.txt", BRIDGE)
    sidecar_path(path).write_bytes(b"{ half of")
    before = everything(folder)
    indexed()
    assert everything(folder) == before


def test_a_damaged_index_is_put_aside_and_built_anew(indexed, folder, open_index):
    index = indexed(bridge=BRIDGE)
    index.close()
    index.file.write_bytes(b"no database at all" * 1000)
    again = open_index()
    assert "could not be used" in (again.warning or "")
    assert again.file.with_name(f"{again.file.name}.damaged").exists()
    build(again)
    assert found(again, "podul") == ["bridge.txt"]


def test_an_index_that_proves_damaged_in_use_is_built_anew(indexed, folder, open_index):
    index = indexed(bridge=BRIDGE)
    index.close()
    size = index.file.stat().st_size
    with index.file.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    again = open_index()
    write(folder, "mill.txt", MILL)
    build(again)
    assert found(again, "moara") == ["mill.txt"]
    assert again.warning


def test_a_search_that_meets_damage_says_so_and_the_next_build_mends_it(indexed, folder):
    index = indexed(bridge=BRIDGE)
    index.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    with index.file.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (index.file.stat().st_size - 4096))
    with index._lock:
        index._connection.close()
        index._connection = sqlite3.connect(index.file, check_same_thread=False)
    with pytest.raises(IndexDamaged, match="built anew"):
        search(index, "podul")
    build(index)
    assert found(index, "podul") == ["bridge.txt"]


def test_the_command_line_says_that_a_damaged_index_was_built_anew(indexed, folder, capsysbinary):
    index = indexed(bridge=BRIDGE)
    index.close()
    index.file.write_bytes(b"no database at all" * 1000)
    assert cli.main(["search", str(folder), "podul", "--json"]) == 0
    out, err = capsysbinary.readouterr()
    assert b"bridge.txt" in out
    assert b"built anew" in err


def test_an_index_of_a_newer_reader_is_left_alone_and_another_is_built(indexed, folder, open_index):
    index = indexed(bridge=BRIDGE)
    index.close()
    with sqlite3.connect(index.file) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = index.file.read_bytes()
    again = open_index()
    assert "newer reader" in (again.warning or "")
    build(again)
    assert found(again, "podul") == ["bridge.txt"]
    again.close()
    assert index.file.read_bytes() == before


def test_an_index_of_an_older_reader_is_made_anew(indexed, open_index):
    index = indexed(bridge=BRIDGE)
    index.close()
    with sqlite3.connect(index.file) as connection:
        connection.execute("PRAGMA user_version = 0")
    connection.close()
    again = open_index()
    assert "older reader" in (again.warning or "")
    assert again.counts().articles == 0
    assert [path.name for path in index.file.parent.iterdir() if "damaged" in path.name] == []


def test_an_index_that_another_program_locks_is_told(indexed, folder, monkeypatch):
    monkeypatch.setattr("reader.library.schema._LOCKED", 0.01)
    index = indexed(bridge=BRIDGE)
    other = sqlite3.connect(index.file)
    other.execute("BEGIN IMMEDIATE")
    write(folder, "mill.txt", MILL)
    try:
        with pytest.raises(LibraryError, match="can't be written") as told:
            build(index)
    finally:
        other.rollback()
        other.close()
    assert "locked" in str(told.value)
    assert found(index, "podul") == ["bridge.txt"]
    assert build(index).read == 1


def test_two_builds_at_a_time_are_refused(indexed, folder):
    index = indexed(bridge=BRIDGE)
    with building._alone(index), pytest.raises(LibraryError, match="Another program is indexing"):
        build(index)


@posix
def test_a_write_protected_index_is_searched_as_it_stands(indexed, open_index, monkeypatch):
    index = indexed(bridge=BRIDGE)
    index.close()
    connect = sqlite3.connect

    def protected(file, *arguments, **options):
        if not options.get("uri"):
            raise sqlite3.OperationalError("attempt to write a readonly database")
        return connect(file, *arguments, **options)

    monkeypatch.setattr(sqlite3, "connect", protected)
    again = open_index()
    assert again.read_only
    assert "as it stands" in (again.warning or "")
    assert found(again, "podul") == ["bridge.txt"]
    (problem,) = build(again).problems
    assert problem.message == again.warning


@posix
def test_an_index_on_a_disk_that_cannot_be_written_is_searched_as_it_stands(indexed, open_index, monkeypatch):
    index = indexed(bridge=BRIDGE)
    index.close()
    connect = sqlite3.connect

    def protected(file, *arguments, **options):
        if "immutable" not in str(file):  # SQLite may put nothing beside the file
            raise sqlite3.OperationalError("unable to open database file")
        return connect(file, *arguments, **options)

    monkeypatch.setattr(sqlite3, "connect", protected)
    monkeypatch.setattr(os, "access", lambda *_: False)
    again = open_index()
    assert again.read_only
    assert found(again, "podul") == ["bridge.txt"]


def test_an_index_that_is_removed_while_it_is_open_is_built_anew(indexed, folder):
    index = indexed(bridge=BRIDGE)
    shutil.rmtree(index.file.parent)
    assert found(index, "podul") == ["bridge.txt"], "what is open can still be searched"
    write(folder, "mill.txt", MILL)
    built = build(index)
    assert built.read == 2
    assert ["removed while it was open" in problem.message for problem in built.problems] == [True]
    assert index.file.exists()
    assert found(index, "moara") == ["mill.txt"]
    assert build(index).problems == ()


def test_a_full_disk_is_told_and_the_next_build_goes_on(indexed, folder, monkeypatch):
    index = indexed(bridge=BRIDGE)
    write(folder, "mill.txt", MILL)
    with index._lock:
        (pages,) = index._connection.execute("PRAGMA page_count").fetchone()
        index._connection.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(40):
        write(folder, f"{number}.txt", f"{BRIDGE}\n{'x' * 400} {number}\n")
    with pytest.raises(LibraryError, match="full") as told:
        build(index)
    assert "Articles and notes are as they were" in str(told.value)
    assert found(index, "podul") == ["bridge.txt"]
    index._connection.execute("PRAGMA max_page_count = 1000000")
    assert build(index).read == 41
    assert found(index, "moara") == ["mill.txt"]


def test_without_a_place_for_the_cache_the_index_lasts_for_this_run(folder, home, open_index):
    shutil.rmtree(home / "cache", ignore_errors=True)
    (home / "cache").write_text("a file where the folder should be", "utf-8")
    write(folder, "bridge.txt", BRIDGE)
    index = open_index()
    assert "for this run only" in (index.warning or "")
    build(index)
    assert found(index, "podul") == ["bridge.txt"]
    place = index._passing
    assert place is not None
    index.close()
    assert not place.exists()


def test_a_deleted_index_is_built_again(indexed, folder, open_index):
    index = indexed(bridge=BRIDGE)
    index.delete()
    assert not index.file.exists()
    again = open_index()
    build(again)
    assert found(again, "podul") == ["bridge.txt"]


# -- the pool ----


def _double(number: int) -> int:
    return 2 * number


def _die_at_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def _hang_at_three(number: int) -> int:
    if number == 3:
        threading.Event().wait()
    return number


@pytest.fixture
def pool():
    made = Pool(2, patience=30)
    yield made
    made.close()


def test_a_pool_gives_all_results(pool):
    assert sorted(result for results in pool.run(_double, range(9)) for result in results) == [*range(0, 18, 2)]


def test_a_pool_loses_only_the_task_over_which_a_process_dies(pool):
    results = [result for results in pool.run(_die_at_three, range(8)) for result in results]
    lost = [each for each in results if isinstance(each, Lost)]
    assert [(each.task, each.why) for each in lost] == [(3, "the process ended")]
    assert sorted(each for each in results if not isinstance(each, Lost)) == [0, 1, 2, 4, 5, 6, 7]


def test_a_pool_ends_a_process_that_hangs():
    pool = Pool(1, patience=5.0)
    try:
        results = [result for results in pool.run(_hang_at_three, [2, 3, 4], chunk=1) for result in results]
    finally:
        pool.close()
    assert [each.task for each in results if isinstance(each, Lost)] == [3]
    assert {2, 4} <= {each for each in results if not isinstance(each, Lost)}


def test_an_index_that_several_open_at_once_is_made_once(tmp_path):
    for number in range(10):
        start = threading.Barrier(4)
        opened: list[Index] = []

        def open_it(start=start, opened=opened, file=tmp_path / f"{number}.sqlite"):
            start.wait()
            opened.append(Index(tmp_path, file))

        threads = [threading.Thread(target=open_it) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [(index.warning, index.read_only) for index in opened] == [(None, False)] * 4
        for index in opened:
            index.close()
