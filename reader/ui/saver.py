"""Save the notes of the open article soon after each edit, again after a failure, and to a safe place at the end."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.text.errors import SidecarError, SidecarNotSaved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.annotations.annotation import Notes
    from reader.annotations.session import NotesSession, Sending
    from reader.text.errors import ReaderError
    from reader.ui.jobs import Job, JobRunner

SAVE_AFTER = 700
"""Milliseconds from an edit to its save."""
RETRY_AFTER = 5_000
"""Milliseconds from a failed save to the next attempt."""


class Saving(Enum):
    """How far the notes on the disk are those in the window."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "not saved"


@dataclass(frozen=True, slots=True)
class SaveState:
    """What the status bar says of the notes; `why` is short, `words` are all there is to say."""

    saving: Saving
    why: str = ""
    words: str = ""


class _Save:
    """A save in another thread, for which the main thread can wait."""

    def __init__(self, notes: NotesSession) -> None:
        self.notes = notes
        self._save = notes.begin_save()
        self.sending: Sending | None = None
        self.error: SidecarError | None = None
        self.ended = threading.Event()

    def work(self, job: Job, report: Callable[[object], None]) -> _Save:
        """Save, in the other thread."""
        try:
            self.sending = self._save()
        except SidecarError as exc:
            self.error = exc
        finally:
            self.ended.set()
        return self


class Saver(QObject):
    """Keep the disk up to date with one article's notes.

    Signals:
        state_changed: a `SaveState`.
        merged: another reader's work came in with a save; the payload are the notes as they were before.
        failed: the `SidecarError` of a save; the same one is told once.
        recovered: the words of the last `failed`: a later attempt succeeded.
        ended: a save in the background succeeded.
    """

    state_changed = Signal(object)
    merged = Signal(object)
    failed = Signal(object)
    recovered = Signal(object)
    ended = Signal()

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._notes: NotesSession | None = None
        self._running: _Save | None = None
        self._told = ""
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_AFTER)
        for timer in (self._timer, self._retry):
            timer.timeout.connect(self._save_in_turn)

    def take(self, notes: NotesSession | None) -> None:
        """Care for these notes from now on; those before are left as they are."""
        self._timer.stop()
        self._retry.stop()
        self._notes, self._told = notes, ""
        self.report()

    def touch(self) -> None:
        """Save soon: the notes were edited."""
        self.report()
        if not self._timer.isActive():  # or somebody who types without a pause would never be saved
            self._timer.start()

    def report(self) -> None:
        """Tell the state as it is."""
        if self._notes is not None and not self._told:
            self.state_changed.emit(SaveState(Saving.SAVING if self._notes.dirty else Saving.SAVED))

    def _save_in_turn(self) -> None:
        if not self.begin():
            self.save()

    def begin(self) -> bool:
        """Save in the background where there is much to save; say whether that is going on."""
        notes = self._notes
        if self._running is None and notes is not None and notes.is_large and notes.dirty and not notes.read_only:
            self._timer.stop()
            self.state_changed.emit(SaveState(Saving.SAVING))
            running = self._running = _Save(notes)
            self._jobs.start(running.work, done=self._end, failed=self._broke, lane="save")
        return self._running is not None

    def settle(self) -> None:
        """Wait for a save in the background: the notes are about to be read or saved otherwise."""
        if self._running is not None:
            self._end(self._running)

    def _end(self, running: _Save) -> None:
        if running is not self._running:  # somebody waited for it
            return
        running.ended.wait()
        self._running = None
        if running.sending is None:
            words = self.tr("The notes could not be saved. Your changes are kept here.")
            self._retry.start()
            self._tell(running.error or SidecarNotSaved(words, running.notes.path))
            return
        before = running.notes.notes
        self._succeeded(before, merged=running.notes.end_save(running.sending))
        if running.notes.dirty:
            self.touch()
        self.ended.emit()

    def _broke(self, _: ReaderError) -> None:
        self.settle()

    def save(self) -> bool:
        """Save now; say whether nothing is left unsaved. What fails is tried again."""
        self.settle()
        self._timer.stop()
        notes = self._notes
        if notes is None:
            return True
        error = self._attempt(notes, notes.save) if notes.dirty else None
        if error is None:
            return True
        self._retry.start()
        self._tell(error)
        return False

    def bring_to_safety(self) -> Path | None:
        """Save before the article is left, in the user's data folder where its own place can't be written.

        Return the file in the data folder, None where the notes stand in their own place. Raises `SidecarError`:
        they could be brought nowhere.
        """
        self.settle()
        self._timer.stop()
        notes = self._notes
        if notes is None or not notes.dirty or self._attempt(notes, notes.save) is None:
            return None
        error = self._attempt(notes, notes.save_elsewhere)
        if error is None:
            return notes.path
        self._retry.start()
        self._tell(error)
        raise error

    def _attempt(self, notes: NotesSession, save: Callable[[], object]) -> SidecarError | None:
        before = notes.notes
        self.state_changed.emit(SaveState(Saving.SAVING))
        try:
            merged = save()
        except SidecarError as exc:
            return exc
        self._succeeded(before, merged=merged is True)
        return None

    def _succeeded(self, before: Notes, *, merged: bool) -> None:
        self._retry.stop()
        told, self._told = self._told, ""
        if told:
            self.recovered.emit(told)
        self.report()
        if merged:
            self.merged.emit(before)

    def _tell(self, error: SidecarError) -> None:
        cause = error.__cause__
        why = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(error)
        self.state_changed.emit(SaveState(Saving.FAILED, why, str(error)))
        if str(error) != self._told:
            self._told = str(error)
            self.failed.emit(error)
