"""The change from one state of the notes to another, and its application to a third.

One mechanism serves three ends: a merge applies our changes since loading to what another reader saved; undo applies
the reverse of an edit to what stands now; an edit's record is the difference it made. Entries are matched by id (an
annotation), sentence (a correction), person (an edit of people); times never decide.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from reader.annotations.annotation import MANUAL, Annotation, Choice, Correction, Deletion, Notes, PersonEdit
from reader.annotations.sidecar import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Entry: TypeAlias = Annotation | Correction | PersonEdit | Deletion | Choice

LANGUAGE = "language"
SHOWN_IN = "shown in"
_TABLES: dict[str, Callable[[Any], Hashable]] = {
    "annotations": lambda annotation: annotation.id,
    "corrections": lambda correction: (correction.exact, correction.start, correction.conflict, correction.to),
    "people": lambda edit: edit.person,
    "deleted": lambda deletion: deletion.id,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One entry as it was and as it became; None where it was not there, or is no longer."""

    table: str
    key: Hashable
    before: Entry | None
    after: Entry | None

    def reversed(self) -> Change:
        """Return the change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


def changes(old: Notes, new: Notes) -> tuple[Change, ...]:
    """List what an edit did, entry by entry."""
    before, after = _tables(old), _tables(new)
    return tuple(
        Change(table, key, before[table].get(key), after[table].get(key))
        for table in before
        for key in dict.fromkeys((*before[table], *after[table]))
        if before[table].get(key) != after[table].get(key)
    )


def applied(done: tuple[Change, ...], notes: Notes, new_id: Callable[[], str] | None) -> Notes:
    """Return `notes` with the changes `done`.

    Where `notes` changed the same field otherwise, theirs stays and ours becomes a new annotation with
    `conflict_of` and an id from `new_id`; without `new_id` ours is set all the same (undo does that).
    """
    tables = _tables(notes)
    for change in done:
        _apply(change, tables[change.table], new_id)
    present = tables["annotations"]
    return in_order(
        replace(
            notes,
            article=replace(notes.article, language=tables[LANGUAGE].get(LANGUAGE)),
            shown_in=tables[SHOWN_IN][SHOWN_IN].value if tables[SHOWN_IN] else "",
            annotations=tuple(present.values()),
            corrections=tuple(tables["corrections"].values()),
            people=tuple(tables["people"].values()),
            deleted=tuple(each for key, each in tables["deleted"].items() if key not in present),
        )
    )


def merged(base: Notes, ours: Notes, theirs: Notes, new_id: Callable[[], str]) -> Notes:
    """Return `theirs` with all that we changed since `base`; the article's record is ours."""
    result = applied(changes(base, ours), theirs, new_id)
    return replace(result, article=replace(ours.article, language=result.article.language))


def with_copy(notes: Notes, copy: Notes, former: Notes | None, new_id: Callable[[], str]) -> Notes:
    """Return `notes` with what `copy`, another version of them, has beyond them; nothing of theirs is lost.

    The version in which the two parted is not known, so what stands in `copy` as it stood in `former`, an earlier
    version of `notes`, is old, what differs from it is new, and what `copy` lacks may never have reached it.
    """
    old = _tables(former) if former else {}
    news = tuple(
        Change(table, key, None, entry)
        for table, entries in _tables(copy).items()
        for key, entry in entries.items()
        if old.get(table, {}).get(key) != entry
    )
    return applied(news, notes, new_id)


def _tables(notes: Notes) -> dict[str, dict[Hashable, Any]]:
    tables: dict[str, dict[Hashable, Any]] = {
        name: {key(each): each for each in getattr(notes, name)} for name, key in _TABLES.items()
    }
    tables[LANGUAGE] = {LANGUAGE: notes.article.language} if notes.article.language else {}
    tables[SHOWN_IN] = {SHOWN_IN: Choice(notes.shown_in, MANUAL)} if notes.shown_in else {}
    return tables


def _apply(change: Change, table: dict[Hashable, Entry], new_id: Callable[[], str] | None) -> None:
    current = table.get(change.key)
    if change.after is None:
        if new_id is None or current == change.before:  # else it was edited meanwhile, and an edit beats a delete
            table.pop(change.key, None)
    elif current is None:
        table[change.key] = change.after
    elif (joined := _joined(change, current, force=new_id is None)) is not None:
        table[change.key] = joined
    elif new_id and isinstance(change.after, Annotation):
        lost = replace(change.after, id=new_id(), conflict_of=change.after.id)
        # a merge that is made again must not keep the same conflict twice
        if not any(replace(each, id=lost.id) == lost for each in table.values() if isinstance(each, Annotation)):
            table[lost.id] = lost
    elif new_id and isinstance(change.after, Correction):
        beside = replace(change.after, conflict=new_id())
        kept = (replace(each, conflict=beside.conflict) for each in table.values() if isinstance(each, Correction))
        if beside not in kept:
            table[_TABLES["corrections"](beside)] = beside


def _joined(change: Change, theirs: Entry, *, force: bool) -> Entry | None:
    """Return `theirs` with the fields that we changed, or None where both changed one; lists are joined as sets."""
    before, ours = change.before, change.after
    if before is None and _is_guess(theirs):
        return ours
    if before is None and _is_guess(ours):
        return theirs
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(theirs) if field.compare):
        mine, other = getattr(ours, name), getattr(theirs, name)
        was = getattr(before, name, None)
        if mine in (was, other):
            continue
        if force or (before is not None and other == was):
            values[name] = mine
        elif isinstance(mine, tuple):
            values[name] = _joined_lists(was or (), mine, other)
        elif name == "modified":
            values[name] = max(mine, other)
        elif isinstance(theirs, Annotation | Correction) and name != "created":
            return None
    return replace(theirs, **values)


def _joined_lists(was: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    kept = [each for each in theirs if each in ours or each not in was]
    return (*kept, *(each for each in ours if each not in theirs and each not in was))


def _is_guess(entry: Entry | None) -> bool:
    return isinstance(entry, Annotation) and not entry.decided
