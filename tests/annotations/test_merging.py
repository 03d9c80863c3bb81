"""Two readers on one sidecar: what either did is there."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings

from reader.annotations.annotation import Detection
from reader.annotations.merging import applied, changes, merged
from reader.annotations.sidecar import in_order
from tests.annotations.support import QUOTE_TEXT, numbered_ids, open_session, span_of
from tests.annotations.test_sidecar import notes_values


def two_sessions(article_path):
    first = open_session(article_path)
    first.add(span_of("pod provizoriu"), note="comună")
    first.save()
    return open_session(article_path, prefix="b"), open_session(article_path, prefix="c")


def notes_of(article_path) -> list[str]:
    return [each.note for each, _ in open_session(article_path).placed]


def test_edits_of_different_annotations_join(article_path):
    ours, theirs = two_sessions(article_path)
    ours.add(span_of(QUOTE_TEXT), note="b")
    theirs.add(span_of("trei luni"), note="c")
    theirs.save()
    ours.save()
    assert notes_of(article_path) == ["b", "c", "comună"]
    assert [each.note for each, _ in ours.placed] == ["b", "c", "comună"]
    assert not ours.dirty


def test_edits_of_different_fields_of_one_annotation_join(article_path):
    ours, theirs = two_sessions(article_path)
    ours.change("urn:uuid:a1", note="altfel", tags=["a", "b"])
    theirs.change("urn:uuid:a1", colour="green", tags=["c"])
    theirs.save()
    ours.save()
    ((joined, _),) = open_session(article_path).placed
    assert (joined.note, joined.colour, set(joined.tags)) == ("altfel", "green", {"a", "b", "c"})


def test_the_same_field_changed_twice_keeps_theirs_under_the_id_and_ours_beside_it(article_path):
    ours, theirs = two_sessions(article_path)
    ours.change("urn:uuid:a1", note="a noastră")
    theirs.change("urn:uuid:a1", note="a lor")
    theirs.save()
    ours.save()
    stored = {each.id: each for each, _ in open_session(article_path).placed}
    assert stored.pop("urn:uuid:a1").note == "a lor"
    (other,) = stored.values()
    assert (other.note, other.conflict_of) == ("a noastră", "urn:uuid:a1")


def test_an_edit_beats_a_delete_whoever_saves_first(article_path):
    for editor_first in (True, False):
        session = open_session(article_path, prefix=f"n{editor_first}")
        made = session.add(span_of("trei luni"))
        session.save()
        editor, deleter = open_session(article_path, prefix="e"), open_session(article_path, prefix="d")
        editor.change(made.id, note="rămâne")
        deleter.remove(made.id)
        for each in (editor, deleter) if editor_first else (deleter, editor):
            each.save()
        document = json.loads(session.path.read_bytes())
        assert made.id in {each["id"] for each in document["annotations"]}
        assert document["deleted"] == []


def test_a_delete_stays_a_delete_where_the_other_only_looked(article_path):
    ours, theirs = two_sessions(article_path)
    theirs.remove("urn:uuid:a1")
    theirs.save()
    ours.add(span_of("trei luni"), note="b")
    ours.save()
    assert notes_of(article_path) == ["b"]


def test_a_damaged_replacement_is_not_taken_over(article_path):
    ours, _ = two_sessions(article_path)
    ours.path.write_bytes(b"{")
    assert not ours.refresh()
    assert len(ours.placed) == 1


def test_unknown_fields_that_another_reader_added_survive_our_edit(article_path):
    ours, _ = two_sessions(article_path)
    document = json.loads(ours.path.read_bytes())
    document["annotations"][0]["x-new"] = [1]
    document["x-top"] = {"a": 1}
    ours.path.write_text(json.dumps(document), "utf-8")
    ours.change("urn:uuid:a1", note="altfel")
    ours.save()
    written = json.loads(ours.path.read_bytes())
    assert written["x-top"] == {"a": 1}
    assert written["annotations"][0]["x-new"] == [1]
    assert notes_of(article_path) == ["altfel"]


def test_undo_takes_back_our_edit_and_not_what_another_did_meanwhile(article_path):
    ours, theirs = two_sessions(article_path)
    ours.change("urn:uuid:a1", note="a noastră")
    theirs.change("urn:uuid:a1", colour="blue")
    theirs.add(span_of("trei luni"), note="c")
    theirs.save()
    ours.save()
    ours.undo()
    assert [(each.note, each.colour) for each, _ in ours.placed] == [("c", "yellow"), ("comună", "blue")]


def test_two_first_saves_of_the_same_finds_store_them_once(article_path):
    found = [Detection("quote", span_of(QUOTE_TEXT), "Andrei Voicu", "quotes")]
    ours, theirs = open_session(article_path, prefix="b"), open_session(article_path, prefix="c")
    for session in (ours, theirs):
        session.set_shown(found)
    ours.accept(found[0])
    theirs.add(span_of("trei luni"))
    theirs.save()
    ours.save()
    stored = [each for each, _ in open_session(article_path).placed]
    assert [(each.kind, each.status) for each in stored] == [("quote", "accepted"), ("highlight", "accepted")]


def test_two_corrections_of_one_sentence_are_both_kept_and_theirs_shown(article_path):
    ours, theirs = two_sessions(article_path)
    sentence = span_of("Lucrările durează trei luni.")
    ours.correct(sentence, "Ours.")
    theirs.correct(sentence, "Theirs.")
    theirs.save()
    ours.save()
    again = open_session(article_path)
    assert again.correction_at(sentence).value == "Theirs."
    assert {each.value for each, _ in again.corrections} == {"Ours.", "Theirs."}
    assert "corrected otherwise" in again.warnings[0]


def test_names_that_both_readers_gave_a_person_are_joined(article_path):
    ours, theirs = two_sessions(article_path)
    ours.merge_people("Andrei Voicu", ["Voicu"])
    theirs.merge_people("Andrei Voicu", ["A. Voicu"])
    theirs.save()
    ours.save()
    (edit,) = open_session(article_path).notes.people
    assert set(edit.names) == {"Voicu", "A. Voicu"}


@given(notes_values, notes_values)
@settings(max_examples=60)
def test_the_changes_between_any_two_states_lead_from_one_to_the_other_and_back(old, new):
    def entries(notes):
        return {
            name: {repr(each) for each in getattr(notes, name)}
            for name in ("annotations", "corrections", "people", "deleted")
        }

    old, new = _without_clashes(old), _without_clashes(new)
    done = changes(old, new)
    assert entries(applied(done, old, None)) == entries(new)
    assert entries(applied(tuple(each.reversed() for each in done), new, None)) == entries(old)


@given(notes_values, notes_values)
@settings(max_examples=60)
def test_a_merge_keeps_all_that_only_one_side_changed(base, ours):
    base, ours = _without_clashes(base), _without_clashes(ours)
    assert merged(base, ours, base, numbered_ids()).annotations == in_order(ours).annotations
    assert merged(base, base, ours, numbered_ids()).annotations == in_order(ours).annotations


def _without_clashes(notes):
    """Drop what no session makes: two entries of one key, deleted annotations that are there."""
    people = {each.person: each for each in notes.people}
    corrections = {(each.exact, each.start, each.conflict, each.to): each for each in notes.corrections}
    present = {each.id for each in notes.annotations}
    deleted = {each.id: each for each in notes.deleted if each.id not in present}
    return replace(
        notes,
        people=tuple(people.values()),
        corrections=tuple(corrections.values()),
        deleted=tuple(deleted.values()),
    )
