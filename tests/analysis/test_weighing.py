"""Who speaks where no verb gives a quote to a name: everybody named near it is weighed, and nobody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reader.analysis import weighing
from reader.analysis.analyzer import Analyzer
from reader.analysis.results import CERTAIN
from reader.analysis.weighing import load_model
from reader.articles.reading import read_article
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader.analysis.results import Analysis, Speaker


def analysed(tmp_path: Path, *paragraphs: str) -> Analysis:
    """Return the analysis of an article of some paragraphs."""
    path = tmp_path / "article.txt"
    path.write_text("\n\n".join(paragraphs), "utf-8")
    return Analyzer().analyze(read_article(path))


def speakers(tmp_path: Path, *paragraphs: str) -> list[Speaker | None]:
    """Return who speaks each quote."""
    return [quote.speaker for quote in analysed(tmp_path, *paragraphs).quotes]


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a resources folder whose model can be written."""
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(weighing, "resources_dir", lambda: tmp_path)
    load_model.cache_clear()
    yield tmp_path / "models/speakers.json"
    load_model.cache_clear()


HARBOUR = (
    "Harbour crane falls on empty quay",
    "The harbour master, Edwin Tarrant, closed the quay on Monday after a crane fell into the water.",
)


def test_a_quote_that_nothing_reports_is_given_to_who_acted_before(tmp_path: Path) -> None:
    found = speakers(tmp_path, *HARBOUR, "“We heard a groan and then the whole thing leaned over us.”")
    assert [each and each.person for each in found] == ["Edwin Tarrant"]


def test_a_name_beside_its_verb_is_not_weighed(tmp_path: Path) -> None:
    (speaker,) = speakers(tmp_path, *HARBOUR, "“Nobody was hurt,” said Alma Quist, who runs the ferry.")
    assert speaker is not None
    assert (speaker.person, speaker.confidence >= CERTAIN) == ("Alma Quist", True)
    assert speaker.mention is not None


def test_an_organisation_keeps_its_quote(tmp_path: Path) -> None:
    assert speakers(tmp_path, *HARBOUR, "“The crane was inspected in May,” the ministry said in a statement.") == [None]


def test_every_speaker_has_a_reason_and_a_confidence_below_one(tmp_path: Path) -> None:
    found = speakers(
        tmp_path,
        *HARBOUR,
        "“It leaned over us like a tired man,” he said. “Then it went.”",
        "“We will lift it on Friday.”",
    )
    assert [each and each.person for each in found] == ["Edwin Tarrant"] * 3
    assert all(each and each.evidence and 0 < each.confidence < 1 for each in found)


@pytest.mark.parametrize("written", [None, "", "[]", '{"weights": {}}', '{"nobody": 1, "weights": {"a": "heavy"}}'])
def test_a_damaged_model_is_named_and_leaves_the_rules_answers(
    written: str | None, damaged: Path, tmp_path: Path
) -> None:
    if written is not None:
        damaged.write_text(written, "utf-8")
    with pytest.raises(ResourceError, match=r"speakers\.json"):
        load_model()
    found = analysed(tmp_path, *HARBOUR, "“It leaned over us like a tired man,” he said.")
    assert [quote.speaker and quote.speaker.person for quote in found.quotes] == ["Edwin Tarrant"]
    assert any("speakers.json" in gap for gap in found.gaps)


def test_a_model_without_weights_leaves_it_to_the_share_of_nobody(damaged: Path, tmp_path: Path) -> None:
    damaged.write_text(json.dumps({"nobody": 0.0, "weights": {}}), "utf-8")
    assert speakers(tmp_path, *HARBOUR, "“It leaned over us like a tired man,” he said.") == [None]
