"""Undo and redo: a record of differences, so that an undo never takes back what another reader did meanwhile."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from reader.annotations.merging import applied, changes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from reader.annotations.annotation import Notes
    from reader.annotations.merging import Change


class Step(Protocol):
    """Something that was done."""

    @property
    def label(self) -> str:
        """Its name in the menu."""


S = TypeVar("S", bound=Step)


class UndoList(Generic[S]):
    """The steps of one session, unlimited: those done and those undone. What a step means is its owner's business."""

    __slots__ = ("_done", "_undone")

    def __init__(self) -> None:
        self._done: list[S] = []
        self._undone: list[S] = []

    @property
    def undo_label(self) -> str | None:
        """The name of the step that an undo takes back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """The name of the step that a redo makes again."""
        return self._undone[-1].label if self._undone else None

    @property
    def last(self) -> S | None:
        """The step that was done last."""
        return self._done[-1] if self._done else None

    def record(self, step: S) -> None:
        """Remember a step that was done; what was undone before can't be made again."""
        self._done.append(step)
        self._undone.clear()

    def drop_last(self) -> None:
        """Forget the step done last, which becomes part of the next."""
        self._done.pop()

    def undoing(self) -> AbstractContextManager[S | None]:
        """Give the step that is to be taken back, None where there is none; where that fails, it still holds."""
        return _moving(self._done, self._undone)

    def redoing(self) -> AbstractContextManager[S | None]:
        """Give the step that is to be made again, None where there is none; where that fails, it stays undone."""
        return _moving(self._undone, self._done)


@contextmanager
def _moving(source: list[S], target: list[S]) -> Iterator[S | None]:
    yield source[-1] if source else None
    if source:
        target.append(source.pop())


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of the notes' history: its name, and what it changed. `run` joins steps of one typing."""

    label: str
    changes: tuple[Change, ...]
    run: str | None = None

    def taken_back(self, notes: Notes) -> Notes:
        """Return `notes` without this edit."""
        return applied(tuple(change.reversed() for change in reversed(self.changes)), notes, None)


class History:
    """The edits of one session's notes."""

    __slots__ = ("_edits",)

    def __init__(self) -> None:
        self._edits: UndoList[Edit] = UndoList()

    @property
    def undo_label(self) -> str | None:
        """The name of the edit that an undo takes back."""
        return self._edits.undo_label

    @property
    def redo_label(self) -> str | None:
        """The name of the edit that a redo makes again."""
        return self._edits.redo_label

    def record(self, label: str, old: Notes, new: Notes, run: str | None = None) -> None:
        """Remember the edit from `old` to `new`; one of the same `run` as the last becomes part of that."""
        done = changes(old, new)
        if not done:
            return
        before = self._edits.last
        if run is not None and before is not None and before.run == run:
            self._edits.drop_last()
            done = changes(before.taken_back(old), new)
        self._edits.record(Edit(label, done, run))

    def undo(self, notes: Notes) -> Notes:
        """Return `notes` without the last edit; as they are where there is none."""
        with self._edits.undoing() as edit:
            return edit.taken_back(notes) if edit else notes

    def redo(self, notes: Notes) -> Notes:
        """Return `notes` with the edit last undone; as they are where there is none."""
        with self._edits.redoing() as edit:
            return applied(edit.changes, notes, None) if edit else notes
