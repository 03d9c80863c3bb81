"""What the command line says where a language file, the model or a list of the analysis is damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader import cli
from reader.analysis.analyzer import Analyzer
from tests.support.damaged import DAMAGES, NOT_NEEDED, copy_resources, forget
from tests.support.news import BRIDGE, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=DAMAGES)
def named(request: pytest.FixtureRequest, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Damage something; give the words that must name it."""
    damage, words = DAMAGES[request.param]
    damage(copy_resources(tmp_path, monkeypatch))
    monkeypatch.setattr("reader.analysis.analyzer.Analyzer", Analyzer)
    forget()
    yield words
    forget()


def test_doctor_names_what_is_damaged(named: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == 1
    assert any(line.startswith("!") and named in line for line in capsys.readouterr().out.splitlines())


def test_an_article_is_analysed_without_what_is_damaged(
    named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["analyze", str(write(tmp_path / "news", "bridge.txt", BRIDGE))])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("  speech") for line in lines)
    if not named.startswith(NOT_NEEDED):
        assert any(line.startswith("  !") and named in line for line in lines)
