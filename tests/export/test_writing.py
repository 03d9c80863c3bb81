from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from reader.export.writing import write_export
from reader.text.errors import ExportError

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, modes and pipes as POSIX has them")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder"


@pytest.fixture
def article(folder: Path) -> Path:
    path = folder / "pod.md"
    path.write_text("Articolul.", "utf-8")
    path.with_name("pod.md.notes.json").write_text("{}", "utf-8")
    return path


def putting(payload: bytes):
    return lambda out: out.write(payload)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_an_export_replaces_an_older_one(folder: Path):
    target = folder / "out.md"
    write_export(target, putting(b"old"))
    write_export(target, putting(b"new"))
    assert target.read_bytes() == b"new"
    assert names(folder) == {"out.md"}


def test_an_export_never_goes_onto_an_exported_article(article: Path):
    with pytest.raises(ExportError, match=r"pod\.md is an article or its notes: nothing was exported"):
        write_export(article, putting(b"x"), [article])
    assert article.read_text("utf-8") == "Articolul."


@posix
@pytest.mark.parametrize("link", ["symbolic", "hard", "dotted"])
def test_an_article_is_recognised_behind_links_and_detours(article: Path, link: str):
    target = article.with_name("out.md")
    if link == "symbolic":
        target.symlink_to(article)
    elif link == "hard":
        target.hardlink_to(article)
    else:
        target = article.parent / ".." / article.parent.name / article.name
    with pytest.raises(ExportError, match="is an article"):
        write_export(target, putting(b"x"), [article])
    assert article.read_text("utf-8") == "Articolul."


@pytest.mark.parametrize("name", ["pod.md.notes.json", "other.txt.notes.json", "pod.md.notes.json.bak"])
def test_an_export_never_goes_onto_notes(article: Path, name: str):
    before = names(article.parent)
    with pytest.raises(ExportError, match="file of notes"):
        write_export(article.with_name(name), putting(b"x"), [article])
    assert names(article.parent) == before


@posix
def test_notes_behind_links_are_recognised(article: Path):
    notes = article.with_name("pod.md.notes.json")
    article.with_name("a.json").symlink_to(notes)
    article.with_name("b.json").hardlink_to(notes)
    for name in ("a.json", "b.json"):
        with pytest.raises(ExportError):
            write_export(article.with_name(name), putting(b"x"), [article])
    assert notes.read_text("utf-8") == "{}"


@posix
def test_a_link_to_an_older_export_stays_a_link(folder: Path):
    (folder / "real.md").write_bytes(b"old")
    (folder / "link.md").symlink_to(folder / "real.md")
    write_export(folder / "link.md", putting(b"new"))
    assert (folder / "link.md").is_symlink()
    assert (folder / "real.md").read_bytes() == b"new"


@posix
def test_a_folder_a_pipe_and_a_missing_folder_are_refused(folder: Path):
    os.mkfifo(folder / "pipe")
    for target, words in ((folder, "is a folder"), (folder / "pipe", "pipe"), (folder / "no" / "x.md", "folder")):
        with pytest.raises(ExportError, match=words) as caught:
            write_export(target, putting(b"x"))
        assert caught.value.path == target


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_older_export_and_no_litter(folder: Path, monkeypatch: pytest.MonkeyPatch, call: str):
    target = folder / "out.md"
    write_export(target, putting(b"old"))

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, call, fail)
        with pytest.raises(ExportError, match=r"No space left on device.*still stands"):
            write_export(target, putting(b"new" * 1000))
    assert target.read_bytes() == b"old"
    assert names(folder) == {"out.md"}


def test_an_export_that_stops_half_way_leaves_the_older_one_and_no_litter(folder: Path):
    target = folder / "out.md"
    write_export(target, putting(b"old"))

    def stop(out: BinaryIO) -> None:
        out.write(b"new" * 100_000)
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ExportError, match=r"No space left on device.*still stands"):
        write_export(target, stop)
    assert target.read_bytes() == b"old"
    assert names(folder) == {"out.md"}


def test_what_a_killed_export_left_is_swept_by_the_next_one(folder: Path):
    target = folder / "out.md"
    left: list[Path] = []

    def killed(out: BinaryIO) -> None:
        out.flush()
        left.append(Path(shutil.copy(out.name, f"{out.name[:-8]}abcd.tmp")))

    write_export(target, killed)
    assert left[0].exists()
    write_export(target, putting(b"new"))
    assert names(folder) == {"out.md"}


def test_an_article_with_notes_is_never_written_over_though_it_is_not_exported(article: Path):
    with pytest.raises(ExportError, match="is an article"):
        write_export(article, putting(b"x"))


def test_a_name_that_differs_from_an_article_in_capitals_alone_is_refused(folder: Path):
    with pytest.raises(ExportError, match="is an article"):
        write_export(folder / "POD.TXT", putting(b"x"), [folder / "pod.txt"])


def test_an_article_is_recognised_by_a_relative_path(article: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(article.parent)
    for target in ("pod.md", "./pod.md", "../folder/pod.md"):
        with pytest.raises(ExportError, match="is an article"):
            write_export(Path(target), putting(b"x"), [article])
    with pytest.raises(ExportError, match="is an article"):
        write_export(article, putting(b"x"), [Path("pod.md")])
    assert article.read_text("utf-8") == "Articolul."


def test_a_text_beside_exported_articles_is_an_article_though_it_is_not_exported(article: Path):
    other = article.with_name("other.txt")
    other.write_text("Alt articol.", "utf-8")
    with pytest.raises(ExportError, match=r"other\.txt is a text among articles"):
        write_export(other, putting(b"x"), [article])
    assert other.read_text("utf-8") == "Alt articol."
    for name in ("new.md", "table.csv"):
        for payload in (b"first", b"second"):
            write_export(article.with_name(name).parent.parent / name, putting(payload), [article])
    write_export(article.with_name("table.csv"), putting(b"1"), [article])
    write_export(article.with_name("table.csv"), putting(b"2"), [article])
