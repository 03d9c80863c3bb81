"""One open article's notes: what they are, where each stands now, every edit, undo, and the save."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from reader.annotations import people
from reader.annotations.anchoring import Placement, make_target, place
from reader.annotations.annotation import (
    ACCEPTED,
    AUTO,
    COLOURS,
    HIGHLIGHT,
    MANUAL,
    PERSON,
    QUOTE,
    REJECTED,
    Annotation,
    ArticleRecord,
    Attribution,
    Choice,
    Correction,
    Deletion,
    Detection,
    Notes,
    Target,
    Translation,
)
from reader.annotations.copies import conflict_copies, put_aside, read_copy
from reader.annotations.edits import as_tags, mended, with_annotation, with_correction, without_annotation
from reader.annotations.history import History
from reader.annotations.loading import backup_of, glance
from reader.annotations.merging import merged, with_copy
from reader.annotations.moved import clear_old_place, find_moved
from reader.annotations.places import data_folder, place_away, sidecar_path
from reader.annotations.review import Decisions, stored_for, suggestion, with_suggestions
from reader.annotations.sidecar import in_order
from reader.annotations.store import NotesStore
from reader.text.errors import SidecarNotSaved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from reader.annotations.moved import MovedNotes
    from reader.articles.article import Article
    from reader.text.span import Span

_MARKED = {HIGHLIGHT: "Highlight", QUOTE: "Mark quote", PERSON: "Mark person"}


LARGE = 200
"""Entries from which a save takes longer than a window may stand still."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A save: the notes when it began, those that were to be saved, and those that the disk holds now.

    `with_shown` says that the finds on screen were saved with them.
    """

    sent: Notes
    notes: Notes
    saved: Notes
    with_shown: bool


def utc_now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


def new_urn() -> str:
    """Return a new id for an annotation."""
    return f"urn:uuid:{uuid4()}"


def noted(article: Path, away_folder: Path | None = None) -> Notes | None:
    """Return an article's notes as they are saved, without a word about what is wrong with them."""
    return glance(place_away(article, away_folder or data_folder())) or glance(sidecar_path(article))


def remembered(article: Path, away_folder: Path | None = None) -> ArticleRecord | None:
    """Return what the notes say of an article that is still to be read: its encoding and language, above all."""
    notes = noted(article, away_folder)
    return notes.article if notes else None


class NotesSession:
    """The notes of one open article.

    Damaged or unwritable notes open too, with `warnings` or `read_only`. Edits raise `SidecarNotSaved` where the
    notes are read-only, and can be undone. Nothing is written to the sidecar before `save`.
    """

    def __init__(
        self,
        article: Article,
        away_folder: Path | None = None,
        clock: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = new_urn,
    ) -> None:
        self._article = article
        self._away_folder = away_folder or data_folder()
        self._clock = clock
        self._new_id = new_id
        self._history = History()
        self._placements: dict[Target, Placement] = {}
        self._shown: tuple[Detection, ...] | None = None
        self._shown_language: Choice | None = None
        self._store = NotesStore(article.path, self._away_folder, clock, new_id)
        self._notes = self._store.load(replace(self._record(None), encoding=None))
        self._stores_shown = self._store.is_new
        self._remember_encoding()

    @classmethod
    def open(cls, article: Article, away_folder: Path | None = None) -> NotesSession:
        """Open the notes of `article`; `away_folder` takes those that can't lie beside their article."""
        return cls(article, away_folder)

    # -- what there is -------------------------------------------------------------------------------------------

    @property
    def notes(self) -> Notes:
        """All notes as they stand, saved or not."""
        return self._notes

    @property
    def placed(self) -> tuple[tuple[Annotation, Placement], ...]:
        """Every annotation with its place in the article as it is now, those of rejected finds too."""
        return tuple((annotation, self._place(annotation.target)) for annotation in self._notes.annotations)

    def placed_where(self, wanted: Callable[[Annotation], bool]) -> tuple[tuple[Annotation, Placement], ...]:
        """Return those of `placed` that are wanted: the suggestions stored for a long article are thousands."""
        return tuple((each, self._place(each.target)) for each in self._notes.annotations if wanted(each))

    @property
    def corrections(self) -> tuple[tuple[Correction, Placement], ...]:
        """Every correction of a sentence's translation, with the place of its sentence."""
        return tuple((each, self._place(_sentence_target(each))) for each in self._notes.corrections)

    def correction_at(self, span: Span, to: str | None = None) -> Correction | None:
        """Return the correction of the sentence that stands at `span`, in the language `to` (the notes' own)."""
        to = to or self._notes.translation_to
        here = (each for each, where in self.corrections if where.span == span and not each.conflict)
        return next((each for each in here if self._notes.language_of(each) == to), None)

    def annotation(self, id: str) -> Annotation:
        """Return an annotation by its id; raises `KeyError`."""
        for annotation in self._notes.annotations:
            if annotation.id == id:
                return annotation
        raise KeyError(id)

    def stored_for(self, detection: Detection) -> Annotation | None:
        """Return the annotation about the same find: a person's decision on it, or the suggestion stored for it."""
        return stored_for(detection, self.placed)

    def undecided(self, detections: Iterable[Detection]) -> tuple[Detection, ...]:
        """Return those finds that nobody has decided on; the others stand among the annotations."""
        decided = Decisions(self.placed_where(lambda annotation: annotation.decided))
        return tuple(each for each in detections if decided.about(each) is None)

    @property
    def dirty(self) -> bool:
        """Say whether something is not saved."""
        return self._notes != self._store.saved or self.gone

    @property
    def gone(self) -> bool:
        """Say whether somebody took the saved file away while the article stayed; the next save writes it again."""
        return self._store.gone

    @property
    def path(self) -> Path:
        """The file that the next save writes: beside the article, or in the user's data folder."""
        return self._store.path

    @property
    def read_only(self) -> str | None:
        """Why nothing can be changed or saved, as a sentence for the user; None where it can."""
        return self._store.read_only

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for the user about these notes: damaged and recovered, kept elsewhere, not understood."""
        found = [*self._store.warnings, *self._not_understood()]
        if lost := sum(bool(each.conflict) for each in self._notes.corrections):
            found.append(f"{lost} corrected sentences were corrected otherwise elsewhere; both versions are kept.")
        return tuple(found)

    @property
    def unread(self) -> tuple[str, ...]:
        """Sentences for the user about notes that could not be read: damaged, foreign, newer, not understood."""
        return (*self._store.unread, *self._not_understood())

    def _not_understood(self) -> tuple[str, ...]:
        if not (unread := len(self._notes.unread)):
            return ()
        return (f"{unread} of the notes can't be understood; they are kept as they are in {self.path.name}.",)

    @property
    def undo_label(self) -> str | None:
        """The name of the edit that `undo` takes back, for the menu."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        """The name of the edit that `redo` makes again, for the menu."""
        return self._history.redo_label

    # -- edits ---------------------------------------------------------------------------------------------------

    def add(
        self,
        span: Span,
        *,
        kind: str = HIGHLIGHT,
        colour: str | None = COLOURS[0],
        note: str = "",
        tags: Iterable[str] = (),
        person: str | None = None,
        translation: Translation | None = None,
    ) -> Annotation:
        """Mark a passage by hand and return its annotation; `person` is the speaker of a quote or who is named.

        Raises `ValueError` for an empty span or one beyond the text.
        """
        now = self._now()
        annotation = Annotation(
            self._new_id(),
            kind,
            make_target(self._article.text, span),
            created=now,
            modified=now,
            colour=colour or None,
            note=mended(note),
            tags=as_tags(tags),
            attribution=Attribution(person, MANUAL) if person else None,
            translation=translation,
        )
        self._edit(_MARKED.get(kind, "Mark passage"), with_annotation(self._notes, annotation))
        return annotation

    def add_all(self, spans: Iterable[Span], colour: str) -> tuple[Annotation, ...]:
        """Highlight several passages as one step of the undo history."""
        now = self._now()
        targets = [make_target(self._article.text, span) for span in spans]
        made = [
            Annotation(self._new_id(), HIGHLIGHT, each, created=now, modified=now, colour=colour) for each in targets
        ]
        if made:
            self._edit("Highlight all", in_order(replace(self._notes, annotations=(*self._notes.annotations, *made))))
        return tuple(made)

    def change(
        self,
        id: str,
        *,
        colour: str | None = None,
        note: str | None = None,
        tags: Iterable[str] | None = None,
        typing: bool = False,
    ) -> Annotation:
        """Change what is given and leave the rest; an empty colour takes it away. Raises `KeyError`.

        With `typing`, consecutive changes of one annotation make one step of the undo history.
        """
        old, new = self.annotation(id), self.annotation(id)
        label = "Change highlight"
        if colour is not None:
            new, label = replace(new, colour=colour or None), "Change colour"
        if tags is not None:
            new, label = replace(new, tags=as_tags(tags)), "Change tags"
        if note is not None:
            new, label = replace(new, note=mended(note)), "Change note"
        return self._change(label, old, new, run=f"{label} {id}" if typing else None)

    def remove(self, id: str) -> None:
        """Remove an annotation; raises `KeyError`."""
        self.annotation(id)
        self._edit("Remove", without_annotation(self._notes, Deletion(id, self._now())))

    def place_at(self, id: str, span: Span) -> Annotation:
        """Put an annotation on another passage by hand; its first target is kept. Raises `KeyError`, `ValueError`."""
        old = self.annotation(id)
        target = make_target(self._article.text, span)
        return self._change("Place", old, replace(old, target=target, original=old.original or old.target))

    def accept(self, what: Detection | Annotation) -> Annotation:
        """Make a find, or what is stored about one, a person's own."""
        return self._decide(f"Accept {what.kind}", what, status=ACCEPTED)

    def reject(self, what: Detection | Annotation) -> Annotation:
        """Say that a find is none; it stays rejected whatever a later analysis finds there."""
        return self._decide(f"Reject {what.kind}", what, status=REJECTED)

    def assign(self, what: Detection | Annotation, person: str | None) -> Annotation:
        """Say who speaks in a quote or whom a mention names; None: nobody is named."""
        label = "Reassign speaker" if what.kind == QUOTE else "Reassign person"
        return self._decide(label, what, status=ACCEPTED, attribution=Attribution(person or None, MANUAL))

    def correct(self, sentence: Span, value: str, to: str | None = None) -> Correction:
        """Put a person's words in place of the sentence's translation into `to` (the notes' own language)."""
        old = self.correction_at(sentence, to)
        new = Correction(sentence.of(self._article.text), sentence.start, sentence.end, mended(value), self._now())
        if to and to != self._notes.translation_to:
            new = replace(new, to=to)
        if old:
            new = replace(old, value=new.value, modified=new.modified, how=MANUAL)
        self._edit("Correct translation", with_correction(self._notes, old, new))
        return new

    def remove_correction(self, sentence: Span, to: str | None = None) -> None:
        """Let the machine's translation of a sentence into `to` (the notes' own language) stand again."""
        old = self.correction_at(sentence, to)
        self._edit("Remove correction", with_correction(self._notes, old, None))

    def set_language(self, code: str) -> None:
        """Choose the article's language by hand."""
        record = replace(self._notes.article, language=Choice(code, MANUAL))
        self._edit("Set language", replace(self._notes, article=record))

    def set_target(self, code: str) -> None:
        """Choose the language in which this article is read; "" for that of all articles."""
        self._edit("Set language of translation", replace(self._notes, shown_in=code))

    def merge_people(self, person: str, names: Iterable[str]) -> None:
        """Let all of `names` (display names or forms in the text) mean one person."""
        self._edit("Merge people", people.meaning(self._notes, person, names))

    def rename_person(self, old: str, new: str, spellings: Iterable[str] = ()) -> None:
        """Give a person another display name; `spellings` are the forms in the text that mean the person."""
        self._edit("Rename person", people.renamed(self._notes, old, new, spellings))

    def not_a_person(self, names: Iterable[str]) -> None:
        """Say that `names` are nobody's."""
        self._edit("Not a person", people.meaning(self._notes, None, names))

    def forget_people(self, names: Iterable[str]) -> None:
        """Take back what was said about `names` and let the analysis decide again."""
        self._edit("Split people", people.forgotten(self._notes, names))

    def undo(self) -> None:
        """Take the last edit back, and nothing that another reader saved meanwhile."""
        self._may_edit()
        self._notes = self._history.undo(self._notes)

    def redo(self) -> None:
        """Make the edit last undone again."""
        self._may_edit()
        self._notes = self._history.redo(self._notes)

    # -- the article and the disk --------------------------------------------------------------------------------

    def set_shown(self, detections: Iterable[Detection], language: Choice | None = None) -> None:
        """Tell what is shown to the user: the first save after that stores it, unless the article had notes before.

        This is no edit, and nothing gets dirty by it.
        """
        self._shown = tuple(detections)
        self._shown_language = language

    def set_article(self, article: Article) -> None:
        """Take the article as it was read again; all notes find their places in the new text."""
        self._article = article
        self._placements.clear()
        self._remember_encoding()

    def save(self) -> bool:
        """Bring all edits onto the disk; say whether they were merged with what another reader saved meanwhile.

        Nothing happens where none is new. Raises `SidecarNotSaved`; the notes are still dirty then, and the file on
        the disk is whole.
        """
        return self._save(self._store.save)

    @property
    def is_large(self) -> bool:
        """Say whether there is so much to save that it belongs into another thread, see `begin_save`."""
        new = len(self._shown or ()) if self._stores_shown else 0
        return len(self._notes.annotations) + new > LARGE

    def begin_save(self, save: Callable[[Notes], Notes] | None = None) -> Callable[[], Sending]:
        """Return the work of a save, to be done in any thread; what it returns is for `end_save`.

        The notes may be edited meanwhile, but neither saved otherwise nor read again. Raises `SidecarNotSaved`, and
        so does the work.
        """
        self._may_edit()
        sent, shown, save = self._notes, self._shown if self._stores_shown else None, save or self._store.save

        def work() -> Sending:
            notes = replace(sent, article=self._record(sent.article.language))
            if shown is not None:
                decisions = Decisions((each, self._place(each.target)) for each in notes.annotations)
                notes = with_suggestions(notes, shown, decisions, self._article, self._now())
            return Sending(sent, notes, save(notes), shown is not None)

        return work

    def end_save(self, sending: Sending) -> bool:
        """Take over what a save brought onto the disk; say what `save` says."""
        now = self._notes
        self._notes = sending.saved if now is sending.sent else merged(sending.sent, now, sending.saved, self._new_id)
        self._stores_shown = self._stores_shown and not sending.with_shown
        return replace(sending.saved, revision=0) != in_order(replace(sending.notes, revision=0))

    def save_elsewhere(self) -> Path:
        """Bring the edits to a safe place when `save` keeps failing and the article is left; return the file.

        They are merged into the sidecar when the article is opened again and can be saved. Raises `SidecarNotSaved`.
        """
        self._save(self._store.save_elsewhere)
        return self.path

    def refresh(self) -> bool:
        """Take over what another reader saved since; say whether that was anything. A damaged file waits for a save."""
        fresh = self._store.refresh(self._notes)
        if fresh is not None:
            self._notes = fresh
        return fresh is not None

    # -- notes from elsewhere, taken over when a person agrees ----------------------------------------------------

    def conflict_copies(self) -> tuple[Path, ...]:
        """Return other versions of these notes beside them, left by a synchronised folder or by a failed save."""
        return () if self.read_only else conflict_copies(sidecar_path(self._article.path))

    def merge_copy(self, copy: Path) -> None:
        """Add what a copy has beyond these notes, save, and rename the copy; one step of the undo history.

        Raises `SidecarError` where the copy can't be read, and `SidecarNotSaved`: it is then still offered.
        """
        former = glance(backup_of(sidecar_path(self._article.path)))
        self._edit("Merge notes", with_copy(self._notes, read_copy(copy), former, self._new_id))
        self.save()
        with suppress(OSError):  # it is offered again, and has nothing new
            put_aside(copy)

    def moved_notes(self) -> tuple[MovedNotes, ...]:
        """Look near an article without notes for those of one with the same content; reads many files."""
        first_save_is_ahead = self._store.is_new and not self._store.saved.revision
        return find_moved(self._article, self._away_folder) if first_save_is_ahead and not self.read_only else ()

    def attach(self, moved: MovedNotes) -> None:
        """Make these notes the article's own and save; no step of the undo history.

        Their file becomes the backup of ours where its article is gone, and stays where it is a copy's. Raises
        `SidecarError` where they can't be read, and `SidecarNotSaved`: everything stays where it is.
        """
        self._may_edit()
        theirs = read_copy(moved.sidecar)
        self._notes = merged(Notes(self._record(None)), self._notes, theirs, self._new_id)
        self._stores_shown = False
        self.save()
        clear_old_place(moved, self.path, theirs)

    # -- inside --------------------------------------------------------------------------------------------------

    def _edit(self, label: str, notes: Notes, run: str | None = None) -> None:
        self._may_edit()
        self._history.record(label, self._notes, notes, run)
        self._notes = notes

    def _save(self, save: Callable[[Notes], Notes]) -> bool:
        return self.end_save(self.begin_save(save)()) if self.dirty else False

    def _may_edit(self) -> None:
        if self.read_only:
            raise SidecarNotSaved(self.read_only, self.path)

    def _change(self, label: str, old: Annotation, new: Annotation, run: str | None = None) -> Annotation:
        if new == old:
            return old
        new = replace(new, modified=self._now())
        self._edit(label, with_annotation(self._notes, new), run)
        return new

    def _decide(
        self, label: str, what: Detection | Annotation, status: str, attribution: Attribution | None = None
    ) -> Annotation:
        """Store a person's decision on a find: on what is stored about it, or anew."""
        stored = self.annotation(what.id) if isinstance(what, Annotation) else self.stored_for(what)
        now = self._now()
        if isinstance(what, Detection) and (stored is None or not stored.decided):
            found = suggestion(what, self._article, now)
            # what is decided on is what is shown, even where an older find is stored
            stored = replace(found, id=stored.id, created=stored.created, raw=stored.raw) if stored else found
        assert stored is not None
        confirmed = MANUAL if stored.creator.how == AUTO else stored.creator.confirmed_by
        decided = replace(
            stored,
            status=status,
            modified=now,
            creator=replace(stored.creator, confirmed_by=confirmed),
            attribution=attribution or stored.attribution,
        )
        self._edit(label, with_annotation(self._notes, decided))
        return decided

    def _place(self, target: Target) -> Placement:
        if target not in self._placements:
            self._placements[target] = place(self._article.text, target)
        return self._placements[target]

    def _now(self) -> str:
        return self._clock().strftime("%Y-%m-%dT%H:%M:%SZ")

    def _record(self, language: Choice | None) -> ArticleRecord:
        """Describe the article as it is read now; a language chosen by hand goes before the one shown."""
        article = self._article
        chosen = language if language and language.how == MANUAL else self._shown_language or language
        return ArticleRecord(
            # a name that is no UTF-8 can't stand in JSON; there it is for people to read
            os.fsencode(article.path.name).decode("utf-8", "replace"),
            article.size,
            article.sha256,
            article.text_sha256,
            Choice(article.encoding.name, article.encoding.how),
            chosen,
        )

    def _remember_encoding(self) -> None:
        """Make an encoding chosen by hand, or the end of one, worth a save."""
        record = self._notes.article
        encoding = self._record(None).encoding
        if self.read_only:
            return
        if encoding != record.encoding and any(each and each.how == MANUAL for each in (encoding, record.encoding)):
            self._notes = replace(self._notes, article=replace(record, encoding=encoding))


def _sentence_target(correction: Correction) -> Target:
    return Target(correction.exact, start=correction.start, end=correction.end)
