from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.translation.clauses import split_clauses


@given(st.text(alphabet="abcd ;,:—\n،，1", max_size=300), st.integers(1, 40))
def test_nothing_but_white_space_is_lost_and_no_part_is_too_long(text: str, longest: int):
    parts = split_clauses(text, len, longest)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < len(part) <= longest for part in parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("the road is long; the bridge, too, is old", ["the road is long;", "the bridge, too, is old"]),
        ("the road is long, the bridge is old", ["the road is long,", "the bridge is old"]),
        ("the road – the long one – is old", ["the road –", "the long one – is old"]),
        ("they paid 3,5 million for it", ["they paid 3,5", "million for it"]),
        ("道路很长，桥也很旧", ["道路很长，", "桥也很旧"]),
        ("abcdefgh", ["abcd", "efgh"]),
    ],
)
def test_a_sentence_is_cut_at_its_strongest_joint_near_the_middle(text: str, parts: list[str]):
    assert split_clauses(text, len, max(map(len, parts))) == parts


def test_a_short_sentence_stays_whole():
    assert split_clauses("a; b, c", len, 7) == ["a; b, c"]
