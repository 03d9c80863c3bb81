"""The figures of docs/reliability.md: counted in full and printed with `-m slow`; a fast share of two runs always.

The fast shares of the others are the numbered tests of test_faults.py.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import reliability
from tests.hostile.running import can_trace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.parametrize("measure", reliability.MEASURES, ids=lambda measure: measure.__name__)
def test_nothing_is_lost_in_the_full_count(measure, tmp_path, capsys):
    if measure in reliability.NEED_FORK and not hasattr(os, "fork"):
        pytest.skip("needs fork and SIGKILL")
    if measure in reliability.NEED_STRACE and not can_trace():
        pytest.skip("strace is not installed, or tracing is not allowed here")
    figures = measure(tmp_path, 1)
    with capsys.disabled():
        print(f"\n{reliability.described(measure, figures)}")
    assert reliability.losses(figures) == 0
    assert figures.get("share placed exactly", 1) >= 0.99


@pytest.mark.slow
def test_the_time_of_a_save_is_measured(tmp_path: Path, capsys):
    figures = reliability.saving_500_annotations(tmp_path)
    with capsys.disabled():
        print(f"\n{reliability.described(reliability.saving_500_annotations, figures)}")
    assert figures["annotations"] == 500


def test_of_a_hundred_edited_articles_99_percent_of_the_passages_are_placed_and_none_wrong_unmarked(tmp_path):
    figures = reliability.scripted_edits_of_articles(tmp_path, 0.1)
    assert figures["surviving passages"] > 900
    assert figures["share placed exactly"] >= 0.99
    assert not figures["placed wrongly unmarked"]


def test_five_hundred_mutated_sidecars_crash_nothing_and_none_of_their_bytes_are_destroyed(tmp_path):
    figures = reliability.mutated_sidecars(tmp_path, 0.01)
    assert figures["mutated sidecars"] == 500
    assert figures["read"] > 100
    assert figures["replaced by the backup, a copy kept"] > 100
    assert not figures["crashes"] + figures["original bytes destroyed"]
