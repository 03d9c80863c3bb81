"""A doubt that stays after the second try is told wherever the translation goes: command line and every export."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

import pytest

from reader.cli import main
from tests.support.argos_package import write_package_folder

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """Un oraș își repară drumurile

„Nu mai putem aștepta nici măcar o lună”, a declarat primarul Radu Munteanu în fața celor 250 de locuitori.
"""
CUT = "The translation ran into the length limit: its end may be missing."


@pytest.fixture
def article(tmp_path: Path, home: Path) -> Path:
    """An article and a package that never ends a sentence."""
    write_package_folder(home / "packages" / "ro_en", "ro", "en", endless=True)
    path = tmp_path / "news" / "one.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE, "utf-8")
    return path


def test_translate_prints_the_kinds_of_doubt_of_each_sentence(article: Path, capfd: pytest.CaptureFixture[str]):
    assert main(["translate", "--json", str(article)]) == 0
    sentences = json.loads(capfd.readouterr().out)["sentences"]
    assert len(sentences) == 2
    assert all("cut" in sentence["doubts"] for sentence in sentences)


def test_without_json_a_doubt_stands_below_its_sentence(article: Path, capfd: pytest.CaptureFixture[str]):
    assert main(["translate", str(article)]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("  ! ") and "cut" in line for line in lines[1::2])


@pytest.mark.parametrize("form", ["md", "html", "csv", "json"])
def test_an_export_says_the_doubts_in_words(article: Path, tmp_path: Path, form: str):
    output = tmp_path / f"out.{form}"
    assert main(["export", str(article), "--format", form, "--output", str(output)]) == 0
    assert CUT in html.unescape(output.read_text("utf-8-sig"))
