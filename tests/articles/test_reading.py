from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from reader.articles import reading
from reader.articles.reading import read_article
from reader.text.errors import ArticleError, ArticleTooLarge, ArticleUnreadable

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


def test_a_file_that_grows_while_it_is_read_is_refused_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.txt").write_text("12345")
    monkeypatch.setattr(reading, "LARGEST_ARTICLE", 4)
    with pytest.raises(ArticleTooLarge):
        read_article(tmp_path / "a.txt")


def test_an_unknown_encoding_names_the_file(tmp_path: Path):
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(ArticleError, match=r"a\.txt: the reader knows no encoding named 'klingon'"):
        read_article(tmp_path / "a.txt", "klingon")
