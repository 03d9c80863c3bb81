"""The index files in the cache, as the doctor lists them."""

from __future__ import annotations

import sqlite3

from reader.library.building import build
from reader.library.inventory import index_files
from reader.library.schema import VERSION
from tests.support.news import BRIDGE, MILL


def test_an_index_is_listed_with_its_folder_and_how_far_it_has_come(indexed, folder):
    index = indexed(bridge=BRIDGE, mill=MILL)
    (found,) = index_files()
    assert (found.path, found.folder, found.articles, found.analysed) == (index.file, str(folder), 2, 2)
    assert found.size >= index.file.stat().st_size
    assert found.remark == ""


def test_an_index_that_is_not_used_as_it_is_says_why(indexed, open_index):
    index = indexed(bridge=BRIDGE)
    index.close()
    with sqlite3.connect(index.file) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    (newer,) = index_files()
    assert "newer reader" in newer.remark
    index.file.write_bytes(b"no database at all" * 1000)
    (damaged,) = index_files()
    assert "built anew" in damaged.remark
    build(open_index())
    remarks = {found.path.name: found.remark for found in index_files()}
    assert remarks[index.file.name] == ""
    assert "put aside" in remarks[f"{index.file.name}.damaged"]


def test_without_a_cache_there_are_none():
    assert index_files() == []
