"""Who published an article, where the file says so."""

from pathlib import Path

import pytest

from reader.articles.outlet import outlet_of
from reader.articles.reading import read_article

BODY = "Podul se redeschide\n\nPrimarul a spus că podul se redeschide luni, după doi ani de lucrări.\n"


def outlet(folder: Path, text: str, name: str = "a.txt") -> str | None:
    (folder / name).write_text(text, "utf-8")
    return outlet_of(read_article(folder / name))


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("https://www.gazeta-vaii.ro/stiri/pod-123.html\n", "gazeta-vaii.ro"),
        ("Sursa: https://m.gazeta-vaii.ro/stiri/pod\n", "gazeta-vaii.ro"),
        ("Source URL: <http://user@news.example.org:8080/a?b=c#d>\n", "news.example.org"),
        (" date 2026-02-12\nhttps://Gazeta.example/pod\n", "gazeta.example"),
        ("Source: The Valley Gazette\n", "The Valley Gazette"),
        ("publisher: “Gazeta Văii”\n2026-02-12\n", "Gazeta Văii"),
        ("", None),
        ("Citiți tot la https://gazeta.ro/pod și spuneți-ne\n", None),
        ("Source: spokesmen who did not want to be named, " + "and others " * 10 + "\n", None),
    ],
)
def test_the_outlet_is_what_a_line_at_the_head_says_and_no_sentence(tmp_path, head, wanted):
    assert outlet(tmp_path, head + BODY) == wanted


def test_front_matter_names_the_outlet_before_its_address(tmp_path):
    front = "---\ntitle: Podul\nurl: https://www.gazeta.ro/pod\nsource: 'Gazeta Văii'\n---\n\n"
    assert outlet(tmp_path, front + BODY, "a.md") == "Gazeta Văii"
    assert outlet(tmp_path, front.replace("source:", "author:") + BODY, "b.md") == "gazeta.ro"


def test_an_address_in_the_body_is_not_the_outlets(tmp_path):
    assert outlet(tmp_path, BODY * 4 + "\nhttps://elsewhere.example/a\n") is None


@pytest.mark.parametrize("head", ["https://www.gazeta.ro/pod\n\n", "Source: Gazeta Văii\nhttps://gazeta.ro/pod\n\n"])
def test_the_line_that_names_the_outlet_is_not_the_title(tmp_path, head):
    (tmp_path / "a.txt").write_text(head + BODY, "utf-8")
    article = read_article(tmp_path / "a.txt")
    assert article.title
    assert article.title.of(article.text) == "Podul se redeschide"
