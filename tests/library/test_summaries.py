"""The list of the library out of the index: the same as if every article were opened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.library.building import build
from reader.library.listing import Listing
from reader.library.schema import VERSION
from reader.library.summaries import Kept
from reader.resources import resources_dir
from reader.text.span import Span
from tests.support.argos_package import write_package_folder
from tests.support.news import BRIDGE, HARBOUR, MILL, write


def people_in_no_order(summary):
    return replace(summary, persons=tuple(sorted(summary.persons)))


@pytest.fixture
def kept(folder):
    """The summaries of a folder by file name."""

    def read(target="en"):
        found = Kept(folder, target)
        known = {path.name: found.summary(path) for path in sorted(folder.glob("*.txt"))}
        return {name: each[0] for name, each in known.items() if each is not None}

    return read


def test_a_summary_out_of_the_index_is_the_one_of_the_opened_article(indexed, folder, kept, workspace):
    texts = {path.stem: path.read_text("utf-8") for path in (resources_dir() / "samples").glob("*.txt")}
    indexed(**texts, bridge=BRIDGE, harbour=HARBOUR, mill=MILL)
    for name, summary in kept().items():
        assert people_in_no_order(summary) == people_in_no_order(workspace.summarise(folder / name))


def test_what_a_person_decided_is_in_the_summary(indexed, folder, kept, workspace):
    index = indexed(bridge=BRIDGE)
    notes = NotesSession.open(read_article(folder / "bridge.txt"))
    notes.add(Span(0, 4), note="ask the ministry")
    (start, end), *_ = index.rows("SELECT start, end FROM quotes WHERE kind = 'speech' ORDER BY start")
    notes.reject(notes.annotation(notes.add(Span(start, end), kind="quote").id))
    notes.save()
    build(index)
    summary = kept()["bridge.txt"]
    assert summary.highlights == 1
    assert people_in_no_order(summary) == people_in_no_order(workspace.summarise(folder / "bridge.txt"))


def test_a_title_is_translated_into_the_language_that_is_read(indexed, folder, home, kept, make_workspace):
    for target in ("en", "it"):
        write_package_folder(home / "packages" / f"translate-ro_{target}-1_0", "ro", target)
    index = indexed(bridge=BRIDGE)
    workspace = make_workspace()
    for target in ("en", "it"):
        workspace.target = target
        workspace.prepare(folder / "bridge.txt", translate=True)
    build(index)
    for target in ("en", "it", "de"):
        workspace.target = target
        opened = workspace.summarise(folder / "bridge.txt")
        assert people_in_no_order(kept(target)["bridge.txt"]) == people_in_no_order(opened)
    assert kept("it")["bridge.txt"].translated
    assert not kept("de")["bridge.txt"].translated


def test_the_words_for_the_filter_are_those_that_the_list_makes(indexed, folder):
    indexed(bridge=BRIDGE, harbour=HARBOUR)
    kept, listing = Kept(folder, "en"), Listing(str.upper)
    for path in folder.glob("*.txt"):
        summary, words = kept.summary(path)
        assert listing.prepare(summary, words=words) == listing.prepare(summary)


def test_a_summary_holds_until_the_file_or_its_notes_change(indexed, folder):
    indexed(bridge=BRIDGE)
    path = folder / "bridge.txt"
    status = path.stat()
    stamp = (status.st_size, status.st_mtime_ns)
    assert Kept(folder, "en").holds(path, stamp)
    assert not Kept(folder, "en").holds(path, (stamp[0], stamp[1] + 1))
    assert not Kept(folder, "en").holds(path, None)
    assert not Kept(folder, "en").holds(folder / "other.txt", stamp)
    notes = NotesSession.open(read_article(path))
    notes.add(Span(0, 4))
    notes.save()
    assert not Kept(folder, "en").holds(path, stamp)


def test_an_index_that_is_missing_damaged_or_of_another_version_has_no_summaries(indexed, folder, kept):
    assert kept() == {}
    index = indexed(bridge=BRIDGE)
    assert kept()
    with index.transaction() as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    index.close()
    assert kept() == {}
    index.file.write_bytes(b"no database at all" * 1000)
    assert kept() == {}


def test_articles_that_are_not_analysed_yet_or_again_have_no_summary(folder, open_index, kept):
    path = write(folder, "bridge.txt", BRIDGE)
    index = open_index()
    build(index, analysing=False)
    assert kept() == {}
    build(index)
    assert kept()
    write(folder, "bridge.txt", HARBOUR)
    build(index, analysing=False)
    assert kept() == {}
    path.unlink()
    build(index)
    assert index.rows("SELECT * FROM summaries") == []
