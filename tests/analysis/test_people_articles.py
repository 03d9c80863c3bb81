"""People and identities on the articles of `people_articles`: the scores don't fall below what was measured."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.benchmarks.people import f1, measure


@pytest.fixture(scope="module")
def scores():
    return measure()


def test_people_are_found_in_every_language(scores):
    assert {code: f1(counts) for code, counts in scores.spans.items() if f1(counts) < 0.85} == {}


def test_nearly_all_people_are_found_exactly(scores):
    assert f1(sum(scores.spans.values(), Counter())) >= 0.94


def test_mentions_of_one_person_are_joined_and_others_are_not(scores):
    assert scores.pairs["right"] >= 0.97 * scores.pairs["found"]
    assert scores.pairs["right"] >= 0.95 * scores.pairs["gold"]
