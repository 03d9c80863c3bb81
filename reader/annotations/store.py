"""Which file holds an article's notes, what it last held, and the way there and back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotations.annotation import Notes
from reader.annotations.durable import discard, replace_file
from reader.annotations.loading import backup_of, glance, load, read_bytes
from reader.annotations.merging import merged
from reader.annotations.places import place_away, sidecar_path, why_not_beside
from reader.annotations.saving import Displaced, Saved, digest_of, encoded, save
from reader.annotations.sidecar import VERSION, decode, encode
from reader.text.errors import SidecarError, SidecarNotSaved

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from reader.annotations.annotation import ArticleRecord


class NotesStore:
    """The sidecar of one article: beside it, or in the user's data folder where it can't be written there.

    `saved` are the notes as the disk last held them, the base of every merge. `read_only` says why nothing may be
    written; `warnings` are sentences for the user; `is_new` says that no notes were found.
    """

    def __init__(
        self, article: Path, away_folder: Path, clock: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self._article = article
        self._beside = sidecar_path(article)
        self._away = place_away(article, away_folder)
        # the sidecar as it was when the notes went away: the base for bringing them together again
        self._away_base = self._away.with_suffix(".base")
        self._clock = clock
        self._new_id = new_id
        self._why_away = why_not_beside(article)
        self._bring_home = False
        self._aside: Path | None = None
        self._warnings: tuple[str, ...] = ()
        self.read_only: str | None = None
        self.is_new = True

    @property
    def path(self) -> Path:
        """The file that the next save writes."""
        return self._away if self._why_away else self._beside

    @property
    def saved(self) -> Notes:
        """The notes as the disk last held them."""
        return self._base.notes

    @property
    def gone(self) -> bool:
        """Say whether the file of the last save was taken away from beside an article that stayed."""
        if self._base.digest is None:
            return False
        try:
            return not self.path.exists() and self._article.exists()
        except OSError:  # nobody can tell; who saves is told why
            return False

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for the user about the file."""
        if self._why_away and not self.read_only:
            away = f"Notes of this article are kept in {self._away}, because {self._why_away}."
            return (*self.unread, away)
        return self.unread

    @property
    def unread(self) -> tuple[str, ...]:
        """Sentences for the user about notes that could not be read, or not all of them."""
        return (*self._warnings, self.read_only) if self.read_only else self._warnings

    def load(self, record: ArticleRecord) -> Notes:
        """Read the notes, those kept away while the folder was write-protected included."""
        beside, away = load(self._beside, self._stamp()), load(self._away, self._stamp())
        self._warnings = (*beside.warnings, *away.warnings)
        self.read_only = beside.refused or away.refused
        self.is_new = beside.notes is None and away.notes is None
        self._bring_home = not self._why_away and away.notes is not None
        home = away if self._why_away else beside
        base = home.notes or (beside.notes if self._why_away else None) or Notes(record)
        self._base = Saved(base, home.digest, home.sound)
        if away.notes and beside.notes and home.notes:
            parted = glance(self._away_base) or Notes(beside.notes.article)
            together = merged(parted, away.notes, beside.notes, self._new_id)
            return replace(together, revision=home.notes.revision)
        return away.notes or base

    def save(self, notes: Notes) -> Notes:
        """Save `notes` and return them as the disk now holds them, merged where another reader had saved.

        Raises `SidecarNotSaved`. A file that turned foreign, damaged or newer is not touched: the notes then go
        to a file of their own beside it, which the error names.
        """
        self._leave_a_protected_folder()
        try:
            if self._why_away:
                self._prepare_away()
            self._base = save(self.path, notes, self._base, self._new_id)
        except Displaced as exc:
            copy = self._keep_aside(notes)
            raise SidecarNotSaved(
                f"{exc}; it is left untouched. Your notes are kept in {copy.name}: move {self.path.name} away, "
                "and they will be saved under its name.",
                self.path,
            ) from exc
        except OSError as exc:
            raise SidecarNotSaved(f"The notes could not be saved in {self._away}: {exc.strerror}.", self._away) from exc
        if self._aside:  # all that it holds is saved now
            discard(self._aside)
            self._aside = None
        if self._bring_home:
            self._bring_home = False
            for left in (self._away, backup_of(self._away), self._away_base):
                discard(left)
        return self._base.notes

    def save_elsewhere(self, notes: Notes) -> Notes:
        """Save `notes` in the data folder because they can't be saved beside the article; raises `SidecarNotSaved`.

        When the article is opened again they come home, merged with what was saved there meanwhile.
        """
        if not self._why_away:
            self._go_away("they could not be saved beside it")
        return self.save(notes)

    def refresh(self, ours: Notes) -> Notes | None:
        """Return `ours` merged with what another reader saved since, None where nothing is new or readable."""
        with suppress(SidecarError, OSError):
            payload = read_bytes(self.path)
            if payload is None or digest_of(payload) == self._base.digest:
                return None
            theirs = decode(payload)
            if theirs.min_reader > VERSION:
                return None
            fresh = merged(self._base.notes, ours, theirs, self._new_id)
            self._base = Saved(theirs, digest_of(payload))
            return fresh
        return None

    def _leave_a_protected_folder(self) -> None:
        """Go to the data folder where the article's folder was write-protected since; one that vanished may return."""
        why = why_not_beside(self._article)
        if why and not self._why_away:
            self._go_away(why)

    def _go_away(self, why: str) -> None:
        self._why_away = why
        self._bring_home = False
        self._base = Saved(self._base.notes, None)

    def _prepare_away(self) -> None:
        self._away.parent.mkdir(parents=True, exist_ok=True)
        if not self._away.exists():
            replace_file(self._away_base, encode(self._base.notes))

    def _keep_aside(self, notes: Notes) -> Path:
        """Write the notes to a file that disturbs nothing, the same one for all failures in a row."""
        if self._aside is None:
            self._aside = self.path.with_name(f"{self.path.name}.conflict-{self._stamp()}.json")
        try:
            replace_file(self._aside, encoded(notes))
        except OSError as exc:
            raise SidecarNotSaved(
                f"{self.path.name} can't be overwritten, and {self._aside.name} can't be written ({exc.strerror}). "
                "Your changes are kept here.",
                self._aside,
            ) from exc
        return self._aside

    def _stamp(self) -> str:
        return self._clock().strftime("%Y%m%dT%H%M%SZ")
