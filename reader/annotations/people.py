"""What a person says about names: these mean one person, this one is called otherwise, that is nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotations.annotation import PersonEdit
from reader.annotations.sidecar import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.annotations.annotation import Notes


def meaning(notes: Notes, person: str | None, names: Iterable[str]) -> Notes:
    """Let all of `names` mean `person` (None: nobody), whatever they meant before.

    Annotations that carry one of the names as their speaker or person carry `person` instead.
    """
    wanted = tuple(dict.fromkeys(names))
    others = forgotten(notes, wanted).people
    same = next((edit for edit in others if edit.person == person), None)
    edit = replace(same, names=(*same.names, *wanted)) if same else PersonEdit(person, wanted)
    people = (*(each for each in others if each.person != person), edit)
    if person is not None:
        notes = _reattributed(notes, frozenset(wanted), person)
    return in_order(replace(notes, people=people))


def renamed(notes: Notes, old: str, new: str, spellings: Iterable[str] = ()) -> Notes:
    """Give a person another display name; the old one, its spellings and all names that meant it mean the new."""
    names = next((edit.names for edit in notes.people if edit.person == old), ())
    return meaning(notes, new, (*names, old, *spellings))


def forgotten(notes: Notes, names: Iterable[str]) -> Notes:
    """Take back all that was said about `names`: the analysis decides again who they are."""
    gone = frozenset(names)
    people = (replace(edit, names=tuple(name for name in edit.names if name not in gone)) for edit in notes.people)
    return replace(notes, people=tuple(edit for edit in people if edit.names))


def _reattributed(notes: Notes, names: frozenset[str], person: str) -> Notes:
    annotations = (
        replace(each, attribution=replace(each.attribution, person=person))
        if each.attribution and each.attribution.person in names
        else each
        for each in notes.annotations
    )
    return replace(notes, annotations=tuple(annotations))
