from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from reader.articles import reading
from reader.articles.reading import read_article, shown_name
from reader.text.errors import ArticleError, ArticleNotText, ArticleTooLarge, ArticleUnreadable

posix = pytest.mark.skipif(sys.platform == "win32", reason="FIFOs, modes and such names exist on POSIX only")


def test_an_article_carries_its_text_structure_and_hashes(tmp_path: Path):
    path = tmp_path / "pod.txt"
    data = "\ufeff date 2026-02-11 Podul vechi\r\n\r\nSe redeschide luni, spune primarul Ion Câmpeanu.\r\n".encode()
    path.write_bytes(data)
    article = read_article(path)
    assert article.text == " date 2026-02-11 Podul vechi\n\nSe redeschide luni, spune primarul Ion Câmpeanu.\n"
    assert (article.path, article.size, article.date) == (path, len(data), "2026-02-11")
    assert article.sha256 == hashlib.sha256(data).hexdigest()
    assert article.text_sha256 == hashlib.sha256(article.text.encode()).hexdigest()
    assert article.title is not None
    assert article.title.of(article.text) == "Podul vechi"
    assert path.read_bytes() == data


def test_the_text_is_the_same_whatever_the_line_ends(tmp_path: Path):
    text = "Unu „doi”\n\ntrei\n"
    hashes = set()
    for ends in ("\n", "\r\n", "\r"):
        (tmp_path / "a.txt").write_bytes(text.replace("\n", ends).encode())
        hashes.add(read_article(tmp_path / "a.txt").text_sha256)
    assert len(hashes) == 1


def test_an_empty_file_opens(tmp_path: Path):
    (tmp_path / "gol.txt").touch()
    article = read_article(tmp_path / "gol.txt")
    assert (article.text, article.paragraphs, article.title, article.warnings) == ("", (), None, ())


def test_a_windows_1251_file_can_be_read_as_another_encoding_by_hand(tmp_path: Path):
    path = tmp_path / "міст.txt"
    path.write_bytes("Міст відкриють у понеділок, сказав міський голова.".encode("windows-1251"))
    assert read_article(path).text.startswith("Міст відкриють")
    assert read_article(path, "koi8-u").encoding.how == "manual"


def test_a_markdown_file_is_read_as_markdown(tmp_path: Path):
    path = tmp_path / "a.MD"
    path.write_text("# Podul\n\nSe redeschide.", "utf-8")
    article = read_article(path)
    assert article.title is not None
    assert article.title.of(article.text) == "Podul"


def test_a_vanished_file_and_a_folder_are_told_by_name(tmp_path: Path):
    with pytest.raises(ArticleUnreadable, match=r"nimic\.txt is no longer there") as caught:
        read_article(tmp_path / "nimic.txt")
    assert caught.value.path == tmp_path / "nimic.txt"
    with pytest.raises(ArticleUnreadable, match="is a folder"):
        read_article(tmp_path)


@posix
def test_a_fifo_or_device_is_refused_at_once(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        with pytest.raises(ArticleUnreadable, match="pipe, socket or device"):
            read_article(path)


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(ArticleUnreadable, match="permission"):
        read_article(tmp_path / "a.txt")


def test_a_denied_read_is_told_as_a_matter_of_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)
    with pytest.raises(ArticleUnreadable, match="permission"):
        read_article(tmp_path / "a.txt")


def test_a_picture_named_txt_is_told_as_no_text(tmp_path: Path):
    (tmp_path / "poza.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(ArticleNotText, match=r"poza\.txt: this is a PNG picture, not text") as caught:
        read_article(tmp_path / "poza.txt")
    assert caught.value.path == tmp_path / "poza.txt"


def test_a_file_beyond_the_limit_is_refused_without_being_read(tmp_path: Path):
    with open(tmp_path / "mare.txt", "wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(ArticleTooLarge, match="1,074 MB; the reader opens articles of up to 64 MB"):
        read_article(tmp_path / "mare.txt")


def test_a_file_that_grows_while_it_is_read_is_refused_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.txt").write_text("12345")
    monkeypatch.setattr(reading, "LARGEST_ARTICLE", 4)
    with pytest.raises(ArticleTooLarge):
        read_article(tmp_path / "a.txt")


def test_an_unknown_encoding_names_the_file(tmp_path: Path):
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(ArticleError, match=r"a\.txt: the reader knows no encoding named 'klingon'"):
        read_article(tmp_path / "a.txt", "klingon")


def test_five_megabytes_in_one_line_are_one_paragraph(tmp_path: Path):
    text = "O propoziție obișnuită. " * 220_000
    (tmp_path / "lung.txt").write_text(text, "utf-8")
    article = read_article(tmp_path / "lung.txt")
    assert article.size > 5_000_000
    assert len(article.paragraphs) == 1


@posix
@pytest.mark.parametrize("name", ["rând\nnou.txt", "‮txt.exe", "d'\"q.txt", "x" * 251 + ".txt"])
def test_files_with_odd_names_open_and_are_shown_safely(tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_text("Text.", "utf-8")
    assert read_article(path).text == "Text."
    assert shown_name(path).isprintable()


@posix
def test_a_name_that_is_no_utf_8_opens(tmp_path: Path):
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("Text.", "utf-8")
    assert read_article(path).text == "Text."
    assert shown_name(path) == "caf\ufffd.txt"
