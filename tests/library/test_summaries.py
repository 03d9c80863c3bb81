"""The list of the library out of the index: the same as if every article were opened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.annotations.session import NotesSession
from reader.articles.reading import read_article
from reader.library.building import build
from reader.library.schema import VERSION
from reader.library.summaries import kept_summaries, notes_stamp
from reader.resources import resources_dir
from reader.text.span import Span
from tests.support.argos_package import write_package_folder
from tests.support.news import BRIDGE, HARBOUR, MILL


def people_in_no_order(summary):
    return replace(summary, persons=tuple(sorted(summary.persons)))


@pytest.fixture
def kept(folder):
    """The summaries of a folder by file name."""
    return lambda target="en": {path.name: each.summary for path, each in kept_summaries(folder, target).items()}


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


def test_a_summary_says_for_which_file_and_notes_it_holds(indexed, folder):
    indexed(bridge=BRIDGE)
    path = folder / "bridge.txt"
    (kept,) = kept_summaries(folder, "en").values()
    status = path.stat()
    assert kept.stamp == (status.st_size, status.st_mtime_ns)
    assert kept.notes == notes_stamp(path)


def test_an_index_that_is_missing_damaged_or_of_another_version_has_no_summaries(indexed, folder, open_index):
    assert kept_summaries(folder, "en") == {}
    index = indexed(bridge=BRIDGE)
    with index.transaction() as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    index.close()
    assert kept_summaries(folder, "en") == {}
    index.file.write_bytes(b"no database at all" * 1000)
    assert kept_summaries(folder, "en") == {}


def test_articles_that_are_not_analysed_yet_have_no_summary(folder, open_index):
    (folder / "bridge.txt").write_text(BRIDGE, "utf-8")
    build(open_index(), analysing=False)
    assert kept_summaries(folder, "en") == {}
