import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.span import Span, Utf16Map

TEXT = st.text(st.sampled_from("aЖé \u00a0\u2028😀𝒳🇷\u0301"), max_size=40)


def units(text):
    """UTF-16 length, counted by the codec itself."""
    return len(text.encode("utf-16-le")) // 2


@given(TEXT)
def test_an_offset_in_utf_16_is_the_length_of_the_text_before_it(text):
    places = Utf16Map(text)
    assert [places.to_u16(i) for i in range(len(text) + 1)] == [units(text[:i]) for i in range(len(text) + 1)]


@given(TEXT)
def test_offsets_come_back_from_utf_16_unchanged(text):
    places = Utf16Map(text)
    for offset in range(len(text) + 1):
        assert places.to_code_points(places.to_u16(offset)) == offset


@given(TEXT)
def test_an_offset_inside_a_surrogate_pair_is_that_of_its_character(text):
    places = Utf16Map(text)
    for offset, char in enumerate(text):
        if char > "\uffff":
            assert places.to_code_points(places.to_u16(offset) + 1) == offset


@given(TEXT, st.integers(0, 500))
def test_an_offset_beyond_the_text_is_its_end(text, beyond):
    assert Utf16Map(text).to_code_points(units(text) + beyond) == len(text)


def test_a_span_that_ends_before_it_begins_or_begins_below_zero_is_refused():
    for start, end in ((3, 2), (-1, 4)):
        with pytest.raises(ValueError, match="not a span"):
            Span(start, end)


def test_a_span_gives_its_part_of_the_text():
    assert Span(2, 5).of("😀 abc") == "abc"
    assert len(Span(2, 5)) == 3


def test_spans_that_only_touch_do_not_overlap():
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))


def test_a_span_covers_what_lies_inside_its_ends():
    assert Span(2, 8).covers(Span(2, 8))
    assert Span(2, 8).covers(Span(4, 4))
    assert not Span(2, 8).covers(Span(1, 4))


def test_a_span_moves_without_changing_its_length():
    assert Span(2, 5).shifted(7) == Span(9, 12)


def test_spans_sort_by_where_they_begin():
    assert sorted([Span(4, 5), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(4, 5)]
