"""A save in another thread, while a person goes on."""

import pytest

from reader.annotations import durable
from reader.annotations.annotation import Detection
from reader.annotations.review import Decisions
from reader.annotations.session import LARGE
from reader.text.errors import SidecarNotSaved
from reader.text.span import Span
from tests.annotations.support import QUOTE_TEXT, open_session, span_of

QUOTE = Detection("quote", span_of(QUOTE_TEXT), "Andrei Voicu", "quotes")


def kinds(session):
    return sorted(annotation.kind for annotation in session.notes.annotations)


def test_an_edit_made_during_a_save_stays_and_is_still_to_be_saved(article_path):
    session = open_session(article_path)
    session.set_shown([QUOTE])
    session.add(span_of("pod provizoriu"))
    work = session.begin_save()
    second = session.add(span_of("Andrei Voicu"))
    assert not session.end_save(work())
    assert second in session.notes.annotations
    assert kinds(session) == ["highlight", "highlight", "quote"]
    assert session.dirty
    session.save()
    assert kinds(open_session(article_path)) == ["highlight", "highlight", "quote"]


def test_an_undo_during_a_save_takes_back_what_it_saves(article_path):
    session = open_session(article_path)
    session.add(span_of("pod provizoriu"))
    work = session.begin_save()
    session.undo()
    session.end_save(work())
    assert kinds(session) == []
    session.save()
    assert kinds(open_session(article_path)) == []


def test_what_another_reader_saved_comes_in_with_a_save_in_the_background(article_path):
    session, other = open_session(article_path), open_session(article_path)
    session.add(span_of("pod provizoriu"))
    work = session.begin_save()
    other.add(span_of("Andrei Voicu"))
    other.save()
    assert session.end_save(work())
    assert len(session.notes.annotations) == 2
    assert not session.dirty


def test_a_save_in_the_background_that_fails_leaves_the_notes_to_be_saved(article_path, monkeypatch):
    session = open_session(article_path)
    session.add(span_of("pod provizoriu"))

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(durable.os, "replace", full)
        with pytest.raises(SidecarNotSaved, match="No space left"):
            session.begin_save()()
    assert session.dirty
    session.save()
    assert len(open_session(article_path).notes.annotations) == 1


def test_notes_are_large_by_what_is_stored_and_what_the_first_save_will_add(article_path):
    session = open_session(article_path)
    assert not session.is_large
    session.set_shown([Detection("person", Span(n, n + 1), "A", "people") for n in range(LARGE + 1)])
    assert session.is_large


def test_decisions_near_a_find_are_found_across_the_parts_of_a_long_text(article_path):
    session = open_session(article_path, "Un cuvânt. " * 400)
    for start in (5, 990, 1_995, 3_300):
        session.accept(Detection("quote", Span(start, start + 40), None, "quotes"))
    decisions = Decisions(session.placed)
    for start in (5, 990, 1_995, 3_300):
        near = Detection("quote", Span(start + 3, start + 42), None, "quotes")
        assert decisions.about(near) == session.stored_for(near) is not None
    assert decisions.about(Detection("quote", Span(600, 640), None, "quotes")) is None
    assert decisions.about(Detection("person", Span(5, 45), None, "people")) is None
