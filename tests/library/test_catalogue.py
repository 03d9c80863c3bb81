from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.catalogue import place_key, scan

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and modes as POSIX has them")


def lay(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Text.", "utf-8")


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in scan([folder]).articles]


def test_a_folder_gives_its_articles_in_natural_order(tmp_path: Path):
    lay(
        tmp_path, "10.txt", "2.TXT", "a.md", "B.markdown", "b/9.txt", "b/30.txt", "x.html", "2.TXT.notes.json", ".c.txt"
    )
    lay(tmp_path, ".git/d.txt")
    assert names(tmp_path) == ["2.TXT", "10.txt", "a.md", "b/9.txt", "b/30.txt", "B.markdown"]


def test_articles_that_only_their_suffix_tells_apart_are_both_found(tmp_path: Path):
    lay(tmp_path, "a.txt", "a.md")
    assert names(tmp_path) == ["a.md", "a.txt"]


def test_paths_keep_their_order_and_each_article_comes_once(tmp_path: Path):
    lay(tmp_path, "z.txt", "sub/a.txt")
    found = scan([tmp_path / "z.txt", tmp_path / "sub", tmp_path])
    assert found.articles == (tmp_path / "z.txt", tmp_path / "sub" / "a.txt")
    assert found.problems == ()


def test_a_file_named_outright_needs_no_known_suffix(tmp_path: Path):
    lay(tmp_path, "stire.news")
    assert scan([tmp_path / "stire.news"]).articles == (tmp_path / "stire.news",)


def test_a_folder_without_articles_is_told_in_one_line(tmp_path: Path):
    (problem,) = scan([tmp_path]).problems
    assert problem.path == tmp_path
    assert problem.message == f"No articles in {tmp_path.name}: no .txt, .md or .markdown file."


def test_a_missing_path_and_a_sidecar_are_told(tmp_path: Path):
    lay(tmp_path, "a.txt.notes.json")
    found = scan([tmp_path / "nimic.txt", tmp_path / "a.txt.notes.json"])
    assert found.articles == ()
    assert [problem.message for problem in found.problems] == [
        "nimic.txt is not there.",
        "a.txt.notes.json holds notes; open the article beside it.",
    ]


@posix
def test_a_loop_of_links_ends(tmp_path: Path):
    lay(tmp_path, "sub/a.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    assert names(tmp_path) == ["sub/a.txt"]


@posix
def test_a_linked_folder_is_followed(tmp_path: Path):
    lay(tmp_path, "elsewhere/a.txt")
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "link").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path / "library") == ["link/a.txt"]


@posix
def test_an_unreadable_folder_inside_is_told_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    lay(tmp_path, "a.txt", "closed/b.txt")
    look = os.scandir

    def deny(folder: Path):
        if folder.name == "closed":
            raise PermissionError(13, "Permission denied")
        return look(folder)

    monkeypatch.setattr(os, "scandir", deny)
    found = scan([tmp_path])
    assert found.articles == (tmp_path / "a.txt",)
    assert [problem.message for problem in found.problems] == [
        "closed can't be looked into (Permission denied); it is left out."
    ]


@posix
def test_twins_in_composed_and_decomposed_letters_are_two_articles(tmp_path: Path):
    lay(tmp_path, "caf\u00e9.txt", "cafe\u0301.txt")
    if len(os.listdir(tmp_path)) < 2:
        pytest.skip("this file system does not tell them apart")
    assert len(scan([tmp_path]).articles) == 2


@posix
def test_names_that_are_no_utf_8_are_found(tmp_path: Path):
    lay(tmp_path, os.fsdecode(b"caf\xe9.txt"), "rând\nnou.txt")
    assert len(scan([tmp_path]).articles) == 2


def slow_key(name: str) -> list[tuple[int, int, str]]:
    """Order digits by their number and before letters, in the plain way."""
    parts = re.split(r"(\d+)", name)
    return [(0, int(part), part) if i % 2 else (1, 0, part) for i, part in enumerate(parts) if part]


@given(st.lists(st.text("ab0129-.", min_size=1, max_size=6), max_size=12))
def test_names_sort_as_a_person_counts(names: list[str]):
    by_text = sorted(names, key=lambda name: place_key(Path("folder") / f"x{name}"))
    assert by_text == sorted(names, key=lambda name: slow_key(f"x{name}"))


@given(st.lists(st.lists(st.text("ab019", min_size=1, max_size=3), min_size=1, max_size=3), max_size=8))
def test_files_sort_folder_by_folder(paths: list[list[str]]):
    by_text = sorted(paths, key=lambda parts: place_key(Path("/top", *parts)))
    assert by_text == sorted(paths, key=lambda parts: [slow_key(part) for part in parts])
