"""What a person does with notes, and what of it survives."""

from __future__ import annotations

import json

import pytest

from reader.annotations.annotation import Attribution, Choice, Detection, PersonEdit
from reader.text.span import Span
from tests.annotations.support import QUOTE_TEXT, TEXT, article_of, open_session, span_of

QUOTE = Detection("quote", span_of(QUOTE_TEXT), "Andrei Voicu", "quotes")
SECOND = Detection("quote", span_of("Oamenii vor trece râul pe jos"), None, "quotes")
PERSON = Detection("person", span_of("Andrei Voicu"), "Andrei Voicu", "people")


def reopened(article_path, session):
    session.save()
    return open_session(article_path)


def statuses(session) -> list[tuple[str, str]]:
    return [(each.target.exact, each.status) for each, _ in session.placed]


def test_a_highlight_survives_closing_and_opening(article_path):
    session = open_session(article_path)
    made = session.add(span_of("pod provizoriu"), colour="green", note="cine plătește?", tags=[" bani ", "bani", ""])
    assert session.dirty
    session.save()
    assert not session.dirty
    again = open_session(article_path)
    ((annotation, where),) = again.placed
    assert annotation == made
    assert annotation.tags == ("bani",)
    assert (where.span, where.how) == (span_of("pod provizoriu"), "exact")
    assert not again.dirty


def test_a_change_of_the_article_while_it_is_open_moves_the_notes(article_path):
    session = open_session(article_path)
    session.add(span_of(QUOTE_TEXT))
    session.save()
    grown = "Actualizat marți.\n\n" + TEXT
    session.set_article(article_of(article_path, grown))
    assert session.placed[0][1].span == span_of(QUOTE_TEXT, grown)
    assert not session.dirty


def test_an_unplaced_passage_is_placed_by_hand_and_keeps_its_first_target(article_path):
    session = open_session(article_path)
    made = session.add(span_of("pod provizoriu"))
    session.save()
    text = TEXT.replace("pod provizoriu", "drum de ocolire")
    session = open_session(article_path, text)
    assert session.placed[0][1].how == "unplaced"
    for words in ("drum de ocolire", "un drum"):
        session.place_at(made.id, span_of(words, text))
    assert session.undo_label == "Place"
    session.save()
    ((annotation, where),) = open_session(article_path, text).placed
    assert where.span == span_of("un drum", text)
    assert annotation.original == made.target


def test_a_rejected_detection_stays_rejected(article_path):
    session = open_session(article_path)
    session.reject(QUOTE)
    again = reopened(article_path, session)
    assert again.undecided([QUOTE, SECOND]) == (SECOND,)
    assert again.stored_for(QUOTE).status == "rejected"
    # a later analysis draws the edges a little otherwise
    wider = Detection("quote", Span(QUOTE.span.start - 1, QUOTE.span.end + 2), "Voicu", "quotes", "2")
    assert again.undecided([wider]) == ()
    grown = "Actualizat.\n" + TEXT
    moved = Detection("quote", QUOTE.span.shifted(12), "Voicu", "quotes", "2")
    assert open_session(article_path, grown).undecided([moved]) == ()


def test_a_decision_on_one_kind_says_nothing_about_another(article_path):
    session = open_session(article_path)
    session.reject(PERSON)
    assert session.undecided([Detection("quote", PERSON.span)])


def test_an_accepted_detection_keeps_its_speaker_and_who_confirmed_it(article_path):
    session = open_session(article_path)
    session.accept(QUOTE)
    ((annotation, _),) = reopened(article_path, session).placed
    assert annotation.status == "accepted"
    assert annotation.attribution == Attribution("Andrei Voicu", "auto")
    assert (annotation.creator.how, annotation.creator.engine) == ("auto", "quotes")
    assert annotation.creator.confirmed_by == "manual"


def test_an_assigned_speaker_outlives_analysis_and_may_be_nobody(article_path):
    session = open_session(article_path)
    session.assign(QUOTE, "Ana Marin")
    session.assign(SECOND, None)
    again = reopened(article_path, session)
    assert again.stored_for(QUOTE).attribution == Attribution("Ana Marin", "manual")
    assert again.stored_for(SECOND).attribution == Attribution(None, "manual")
    assert again.stored_for(SECOND).person is None


def test_the_first_save_stores_what_is_shown_and_later_ones_do_not(article_path):
    session = open_session(article_path)
    session.set_shown([QUOTE, SECOND, PERSON], Choice("ro", "detected"))
    assert not session.dirty
    session.reject(SECOND)
    session.save()
    again = open_session(article_path)
    assert statuses(again) == [
        ("Andrei Voicu", "suggested"),
        (QUOTE_TEXT, "suggested"),
        ("Oamenii vor trece râul pe jos", "rejected"),
    ]
    assert again.notes.article.language == Choice("ro", "detected")
    assert again.undecided([QUOTE, SECOND, PERSON]) == (QUOTE, PERSON)
    again.set_shown([Detection("person", span_of("Voicu", nth=1), "Andrei Voicu")])
    again.add(span_of("trei luni"))
    assert len(reopened(article_path, again).placed) == 4


def test_finds_that_came_after_the_first_save_are_stored_by_the_next(article_path):
    session = open_session(article_path)
    session.add(span_of("trei luni"))
    session.save()
    session.set_shown([QUOTE])
    session.add(span_of("un pod"))
    assert (QUOTE_TEXT, "suggested") in statuses(reopened(article_path, session))


def test_accepting_a_stored_suggestion_makes_no_second_annotation(article_path):
    session = open_session(article_path)
    session.set_shown([QUOTE])
    session.add(span_of("trei luni"))
    again = reopened(article_path, session)
    again.accept(QUOTE)
    assert statuses(again) == [(QUOTE_TEXT, "accepted"), ("trei luni", "accepted")]
    again.reject(again.stored_for(QUOTE))
    assert statuses(reopened(article_path, again))[0] == (QUOTE_TEXT, "rejected")


def test_a_correction_is_found_by_its_sentence_after_lines_were_added(article_path):
    session = open_session(article_path)
    sentence = span_of("Lucrările durează trei luni.")
    session.correct(sentence, "The works take three months.")
    session.correct(sentence, "The works last three months.")
    session.save()
    grown = "Actualizat.\n" + TEXT
    again = open_session(article_path, grown)
    assert again.correction_at(sentence.shifted(12)).value == "The works last three months."
    assert again.correction_at(sentence) is None
    again.remove_correction(sentence.shifted(12))
    again.save()
    assert open_session(article_path, grown).corrections == ()


def test_a_reference_translation_becomes_the_persons_own_when_corrected(article_path):
    session = open_session(article_path)
    sentence = span_of("Lucrările durează trei luni.")
    session.correct(sentence, "The works take three months.")
    session.save()
    document = json.loads(session.path.read_bytes())
    document["translation"]["corrections"][0]["how"] = "reference"
    session.path.write_text(json.dumps(document), "utf-8")
    again = open_session(article_path)
    assert again.correction_at(sentence).how == "reference"
    again.correct(sentence, "My words.")
    again.undo()
    assert again.correction_at(sentence).how == "reference"
    again.redo()
    assert reopened(article_path, again).correction_at(sentence).how == "manual"


def test_a_language_chosen_by_hand_is_kept_against_the_detected_one(article_path):
    session = open_session(article_path)
    session.set_language("md")
    session.set_shown([], Choice("ro", "detected"))
    again = reopened(article_path, session)
    assert again.notes.article.language == Choice("md", "manual")


def test_a_removed_annotation_leaves_a_mark_that_it_was_deleted(article_path):
    session = open_session(article_path)
    made = session.add(span_of("trei luni"))
    session.save()
    session.remove(made.id)
    again = reopened(article_path, session)
    assert again.placed == ()
    assert [each.id for each in again.notes.deleted] == [made.id]


def test_an_unknown_id_is_a_key_error(article_path):
    session = open_session(article_path)
    for act in (session.annotation, session.remove, lambda id: session.change(id, note="x")):
        with pytest.raises(KeyError):
            act("urn:uuid:none")


def test_half_a_character_in_a_pasted_note_does_not_stop_the_save(article_path):
    session = open_session(article_path)
    session.add(span_of("trei luni"), note="vezi \ud83d și \ud83d\ude00")
    assert reopened(article_path, session).placed[0][0].note == "vezi \ufffd și 😀"


def test_a_merge_of_people_renames_those_who_carry_the_old_names(article_path):
    session = open_session(article_path)
    session.accept(QUOTE)
    session.merge_people("Andrei Voicu (primar)", ["Andrei Voicu", "Voicu"])
    session.not_a_person(["Podul"])
    again = reopened(article_path, session)
    assert again.notes.people == (
        PersonEdit(None, ("Podul",)),
        PersonEdit("Andrei Voicu (primar)", ("Andrei Voicu", "Voicu")),
    )
    assert again.stored_for(QUOTE).person == "Andrei Voicu (primar)"
    again.rename_person("Andrei Voicu (primar)", "Voicu A.")
    again.forget_people(["Podul", "Voicu"])
    assert again.notes.people == (PersonEdit("Voicu A.", ("Andrei Voicu", "Andrei Voicu (primar)")),)
    assert again.stored_for(QUOTE).person == "Voicu A."


EDITS = {
    "Highlight": lambda session: session.add(span_of("podul se închide")),
    "Mark quote": lambda session: session.add(span_of("un pod"), kind="quote", person="Ana Marin"),
    "Change note": lambda session: session.change("urn:uuid:a1", note="alta"),
    "Change colour": lambda session: session.change("urn:uuid:a1", colour="pink"),
    "Change tags": lambda session: session.change("urn:uuid:a1", tags=["x", "y"]),
    "Remove": lambda session: session.remove("urn:uuid:a1"),
    "Place": lambda session: session.place_at("urn:uuid:a1", span_of("luni")),
    "Accept quote": lambda session: session.accept(QUOTE),
    "Reject quote": lambda session: session.reject(SECOND),
    "Reassign speaker": lambda session: session.assign(QUOTE, "Ana Marin"),
    "Reassign person": lambda session: session.assign(PERSON, "Ana Marin"),
    "Correct translation": lambda session: session.correct(span_of("Lucrările durează trei luni."), "x"),
    "Remove correction": lambda session: session.remove_correction(span_of("Podul vechi se închide luni")),
    "Set language": lambda session: session.set_language("md"),
    "Merge people": lambda session: session.merge_people("Voicu A.", ["Andrei Voicu", "Voicu"]),
    "Rename person": lambda session: session.rename_person("Ana Marin", "Ana M."),
    "Not a person": lambda session: session.not_a_person(["Podul"]),
    "Split people": lambda session: session.forget_people(["Marin"]),
}


def prepared(article_path):
    session = open_session(article_path)
    session.add(span_of("trei luni"), note="prima", tags=["x"])
    session.correct(span_of("Podul vechi se închide luni"), "The old bridge closes on Monday")
    session.merge_people("Ana Marin", ["Marin", "Ana Marin"])
    session.accept(PERSON)
    session.save()
    return session


@pytest.mark.parametrize("label", EDITS)
def test_every_edit_can_be_undone_and_made_again_under_its_name(article_path, label):
    session = prepared(article_path)
    before = session.notes
    EDITS[label](session)
    after = session.notes
    assert after != before
    assert session.undo_label == label
    session.undo()
    assert (session.notes, session.dirty, session.redo_label) == (before, False, label)
    session.redo()
    assert (session.notes, session.dirty, session.redo_label) == (after, True, None)
    session.save()
    session.undo()
    assert session.dirty
    again = reopened(article_path, session)
    assert again.notes.annotations == before.annotations
    assert again.notes.corrections == before.corrections
    assert again.notes.people == before.people


def test_all_edits_in_a_row_can_be_undone_to_the_start_and_redone_to_the_end(article_path):
    session = prepared(article_path)
    states = [session.notes]
    for label, edit in EDITS.items():
        if label != "Remove":
            edit(session)
            states.append(session.notes)
    for state in reversed(states[:-1]):
        session.undo()
        assert session.notes == state
    for state in states[1:]:
        session.redo()
        assert session.notes == state
    assert session.redo_label is None


def test_unknown_fields_come_back_when_a_removal_is_undone_after_a_save(article_path):
    session = prepared(article_path)
    document = json.loads(session.path.read_bytes())
    document["annotations"][0]["x-theirs"] = {"kept": [1.5, None]}
    session.path.write_text(json.dumps(document), "utf-8")
    again = open_session(article_path)
    again.remove(document["annotations"][0]["id"])
    again.save()
    again.undo()
    again.save()
    written = json.loads(session.path.read_bytes())
    assert written["annotations"][0]["x-theirs"] == {"kept": [1.5, None]}
    assert written["deleted"] == []


def test_a_new_edit_forgets_what_was_undone(article_path):
    session = prepared(article_path)
    session.undo()
    session.add(span_of("un pod"))
    assert session.redo_label is None
    session.redo()
    assert session.undo_label == "Highlight"


def test_the_keystrokes_of_one_note_are_one_step(article_path):
    session = prepared(article_path)
    for typed in ("p", "po", "pod"):
        session.change("urn:uuid:a1", note=typed, typing=True)
    session.undo()
    assert session.annotation("urn:uuid:a1").note == "prima"
    session.redo()
    assert session.annotation("urn:uuid:a1").note == "pod"


def test_a_change_to_what_stands_already_is_no_edit(article_path):
    session = prepared(article_path)
    label = session.undo_label
    session.change("urn:uuid:a1", note="prima", tags=["x"], colour="yellow")
    assert (session.undo_label, session.dirty) == (label, False)


def test_a_sentence_has_one_correction_for_each_language(article_path):
    session = open_session(article_path)
    sentence = span_of("Lucrările durează trei luni.")
    session.correct(sentence, "The works take three months.")
    session.correct(sentence, "Die Arbeiten dauern drei Monate.", "de")
    session.correct(sentence, "Die Arbeiten dauern ein Vierteljahr.", "de")
    again = reopened(article_path, session)
    assert again.correction_at(sentence).value == "The works take three months."
    assert again.correction_at(sentence, "de").value == "Die Arbeiten dauern ein Vierteljahr."
    assert again.correction_at(sentence, "fr") is None
    again.remove_correction(sentence, "de")
    assert again.correction_at(sentence, "de") is None
    assert again.correction_at(sentence, "en") is not None
    again.undo()
    assert again.correction_at(sentence, "de").value == "Die Arbeiten dauern ein Vierteljahr."


def test_the_language_chosen_for_one_article_is_kept_and_undone(article_path):
    session = open_session(article_path)
    session.set_target("de")
    assert session.undo_label == "Set language of translation"
    again = reopened(article_path, session)
    assert again.notes.shown_in == "de"
    session.undo()
    assert reopened(article_path, session).notes.shown_in == ""
