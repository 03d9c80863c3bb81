"""Undo and redo: a record of differences, so that an undo never takes back what another reader did meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.annotations.merging import applied, changes

if TYPE_CHECKING:
    from reader.annotations.annotation import Notes
    from reader.annotations.merging import Change


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of the history: its words in the menu, and what it changed. `run` joins steps of one typing."""

    label: str
    changes: tuple[Change, ...]
    run: str | None = None


class History:
    """The edits of one session, unlimited."""

    __slots__ = ("_done", "_undone")

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    @property
    def undo_label(self) -> str | None:
        """The name of the edit that an undo takes back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """The name of the edit that a redo makes again."""
        return self._undone[-1].label if self._undone else None

    def record(self, label: str, old: Notes, new: Notes, run: str | None = None) -> None:
        """Remember the edit from `old` to `new`; one of the same `run` as the last becomes part of that."""
        done = changes(old, new)
        if not done:
            return
        if run is not None and self._done and self._done[-1].run == run:
            before = self._done.pop()
            old = applied(tuple(change.reversed() for change in reversed(before.changes)), old, None)
            done = changes(old, new)
        self._done.append(Edit(label, done, run))
        self._undone.clear()

    def undo(self, notes: Notes) -> Notes:
        """Return `notes` without the last edit; as they are where there is none."""
        if not self._done:
            return notes
        edit = self._done.pop()
        self._undone.append(edit)
        return applied(tuple(change.reversed() for change in reversed(edit.changes)), notes, None)

    def redo(self, notes: Notes) -> Notes:
        """Return `notes` with the edit last undone; as they are where there is none."""
        if not self._undone:
            return notes
        edit = self._undone.pop()
        self._done.append(edit)
        return applied(edit.changes, notes, None)
