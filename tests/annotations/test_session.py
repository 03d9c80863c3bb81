"""What a person does with notes, and what of it survives."""

from __future__ import annotations

from tests.annotations.support import QUOTE_TEXT, open_session, span_of


def test_a_highlight_survives_closing_and_opening(article_path):
    session = open_session(article_path)
    made = session.add(span_of("pod provizoriu"), colour="green", note="cine plătește?", tags=["bani"])
    assert session.dirty
    session.save()
    assert not session.dirty
    again = open_session(article_path)
    ((annotation, where),) = again.placed
    assert annotation == made
    assert (where.span, where.how) == (span_of("pod provizoriu"), "exact")
    assert not again.dirty


def test_notes_stay_on_their_passage_when_lines_are_added_above(article_path):
    session = open_session(article_path)
    session.add(span_of(QUOTE_TEXT))
    session.save()
    grown = "Actualizat marți.\n\n" + article_path.read_text("utf-8")
    ((_, where),) = open_session(article_path, grown).placed
    assert (where.span, where.how) == (span_of(QUOTE_TEXT, grown), "moved")
