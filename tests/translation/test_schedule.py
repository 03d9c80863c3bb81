"""How waiting sentences are cut into requests: what somebody waits for first, even work for all threads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.translation.schedule import Schedule


def lines(*lengths: int) -> dict[str, list[int]]:
    return {f"{i:04}".ljust(length, "x"): [i] for i, length in enumerate(lengths)}


def requests(schedule: Schedule) -> list[list[str]]:
    return list(iter(schedule.next, []))


@given(
    st.lists(st.integers(4, 3000), max_size=60),
    st.lists(st.integers(0, 80), max_size=20),
    st.integers(1, 8),
    st.booleans(),
)
def test_every_sentence_is_asked_for_once(lengths: list[int], order: list[int], threads: int, background: bool):
    waiting = lines(*lengths)
    found = [
        line
        for request in requests(Schedule(waiting, order, threads=threads, background=background))
        for line in request
    ]
    assert sorted(found) == sorted(waiting)


def test_the_first_visible_sentence_goes_alone_and_the_shortest_beside_it():
    waiting = lines(*[200, 150, 90, 300, 120] * 4)
    first, second, third = requests(Schedule(waiting, [3, 0, 1, 2, 4], threads=2))[:3]
    assert [int(line[:4]) for line in (*first, *second)] == [3, 2]
    assert [int(line[:4]) for line in third] == [4, 1, 0]


def test_a_request_for_what_is_visible_is_small_one_in_the_background_large():
    waiting = lines(*[100] * 400)
    asked = requests(Schedule(waiting, range(100), threads=1))
    assert [len(request) for request in asked[:3]] == [1, 10, 10]
    assert [len(request) for request in requests(Schedule(waiting, threads=1))[:2]] == [20, 20]
    assert [len(request) for request in requests(Schedule(waiting, threads=1, background=True))[:2]] == [40, 40]


@pytest.mark.parametrize("background", [False, True])
def test_towards_the_end_requests_get_smaller_so_that_all_threads_end_together(background: bool):
    sizes = [len(request) for request in requests(Schedule(lines(*[100] * 160), threads=4, background=background))]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] <= 5
    assert sum(sizes) == 160


def test_the_order_is_asked_for_again_before_each_request():
    wanted = [0]
    schedule = Schedule(lines(*[100] * 100), lambda: wanted, threads=1)
    assert schedule.next()[0].startswith("0000")
    wanted[:] = [70]
    assert schedule.next() == [next(line for line in lines(*[100] * 100) if line.startswith("0070"))]


def test_what_is_asked_for_is_told_until_it_was_sent():
    wanted: list[int] = []
    schedule = Schedule(lines(*[100] * 100), lambda: wanted, threads=1)
    assert not schedule.asked()
    schedule.next()
    assert not schedule.asked()
    wanted[:] = [70, 71]
    assert schedule.asked()
    assert len(schedule.next()) == 1
    assert schedule.asked()
    assert len(schedule.next()) == 1
    assert not schedule.asked()
