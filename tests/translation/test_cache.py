from __future__ import annotations

import os
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from reader.translation.cache import TranslationCache
from reader.translation.messages import Decoded

if TYPE_CHECKING:
    from pathlib import Path

DAY = Decoded("A day.", -0.5)
CUT = Decoded("A night and", -1.5, cut=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "translations.sqlite"


def filled(file: Path) -> None:
    cache = TranslationCache(file)
    cache.store("route", {"O zi.": DAY, "O noapte": CUT})
    cache.close()


def test_what_was_stored_is_found_after_reopening(file: Path):
    filled(file)
    cache = TranslationCache(file)
    assert cache.find("route", ["O noapte", "O vară.", "O zi."]) == [CUT, None, DAY]
    assert cache.warning is None
    cache.close()


def test_another_route_finds_nothing(file: Path):
    filled(file)
    cache = TranslationCache(file)
    assert cache.find("other", ["O zi."]) == [None]
    cache.close()


def test_thousands_of_sentences_are_found_in_one_call(file: Path):
    cache = TranslationCache(file)
    texts = [f"Propoziția {i}." for i in range(2500)]
    cache.store("route", {text: Decoded(text, 0.0) for text in texts})
    assert [found and found.text for found in cache.find("route", texts)] == texts
    cache.close()


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be one" * 50, b"SQLite format 3\0" + bytes(100)]
)
def test_a_damaged_file_is_moved_aside_and_said(file: Path, content: bytes):
    file.parent.mkdir()
    file.write_bytes(content)
    cache = TranslationCache(file)
    assert "damaged" in (cache.warning or "")
    assert file.with_name("translations.sqlite.damaged").read_bytes() == content
    cache.store("route", {"O zi.": DAY})
    assert cache.find("route", ["O zi."]) == [DAY]
    cache.close()


def test_damage_that_shows_only_in_use_is_survived(file: Path):
    cache = TranslationCache(file)
    cache.store("route", {f"Propoziția {i}.": DAY for i in range(3000)})
    cache.close()
    content = bytearray(file.read_bytes())
    content[4096:] = bytes(len(content) - 4096)  # the first page, with the schema, stays whole
    file.write_bytes(content)
    cache = TranslationCache(file)
    assert cache.find("route", ["O zi."]) == [None]
    assert "damaged" in (cache.warning or "")
    cache.store("route", {"O zi.": DAY})
    assert cache.find("route", ["O zi."]) == [DAY]
    cache.close()


def test_another_programs_database_is_not_written_to(file: Path):
    file.parent.mkdir()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE translations (word TEXT)")
    other.close()
    cache = TranslationCache(file)
    assert "moved" in (cache.warning or "") or "damaged" in (cache.warning or "")
    cache.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_is_read_only_is_said(file: Path):
    file.parent.mkdir(mode=0o500)
    cache = TranslationCache(file)
    assert "this run only" in (cache.warning or "")
    cache.close()


def test_a_place_that_cannot_hold_a_file_means_this_run_only(tmp_path: Path):
    (tmp_path / "file").write_text("where a folder should be")
    cache = TranslationCache(tmp_path / "file" / "translations.sqlite")
    assert "this run only" in (cache.warning or "")
    cache.store("route", {"O zi.": DAY})
    assert cache.find("route", ["O zi."]) == [DAY]
    assert cache.stats().path is None
    cache.close()


def test_what_comes_after_closing_is_neither_kept_nor_taken_for_damage(file: Path):
    filled(file)
    cache = TranslationCache(file)
    cache.close()
    cache.store("route", {"Altă zi.": DAY})
    assert cache.find("route", ["O zi.", "Altă zi."]) == [None, None]
    assert cache.warning is None
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    again = TranslationCache(file)
    assert again.stats().sentences == 2
    again.close()


def test_stats_count_and_clear_forgets(file: Path):
    filled(file)
    cache = TranslationCache(file)
    stats = cache.stats()
    assert (stats.path, stats.sentences) == (file, 2)
    assert stats.size > 0
    cache.clear()
    assert cache.stats().sentences == 0
    assert cache.find("route", ["O zi."]) == [None]
    cache.close()


def test_two_readers_may_share_the_file(file: Path):
    first, second = TranslationCache(file), TranslationCache(file)

    def write(cache: TranslationCache, start: int) -> None:
        for i in range(start, start + 30):
            cache.store("route", {f"Propoziția {i}.": DAY})

    threads = [threading.Thread(target=write, args=(cache, i * 30)) for i, cache in enumerate((first, second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert second.stats().sentences == 90
    assert first.warning is second.warning is None
    first.close()
    second.close()
