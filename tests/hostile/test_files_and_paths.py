"""Cases 22–35: names, folders, permissions, moved and changed articles."""

from __future__ import annotations

import json
import os
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from reader.annotations.session import NotesSession
from reader.articles import reading
from reader.articles.article import Encoding
from reader.articles.reading import read_article, shown_name, windows_objection
from reader.library.catalogue import scan
from reader.text.errors import ArticleUnreadable, SidecarNotSaved
from tests.annotations.support import QUOTE_TEXT, TEXT, open_session, span_of

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names, links or modes")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def noted(path: Path) -> list[str]:
    return [each.note for each, _ in open_session(path).placed]


@posix
@pytest.mark.parametrize(
    "name", ["rând\nnou.txt", "\u202etxt.exe", "d'\"q.txt", "x" * 251 + ".txt", "ă" * 124 + ".txt"]
)
def test_22_odd_names_open_are_shown_safely_and_keep_notes(article_path, name):
    path = article_path.with_name(name)
    session = open_session(path)
    assert read_article(path).text == TEXT
    assert shown_name(path).isprintable()
    session.add(span_of("trei luni"), note="aici")
    session.save()
    assert noted(path) == ["aici"]
    too_long = len(os.fsencode(name)) > 200
    assert [("too long" in words) for words in session.warnings] == [True] * too_long


@posix
def test_23_a_name_that_is_no_utf_8_opens_and_has_notes(article_path):
    path = article_path.with_name(os.fsdecode(b"\xcf\xee\xe4.txt"))
    session = open_session(path)
    assert read_article(path).text == TEXT
    assert shown_name(path) == "\ufffd\ufffd\ufffd.txt"
    session.add(span_of("trei luni"), note="aici")
    session.save()
    assert noted(path) == ["aici"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("CON", "device"),
        ("con.txt", "device"),
        ("nul .tar.md", "device"),
        ("COM1.txt", "device"),
        ("lpt³.txt", "device"),
        ("știre.txt.", "dot or a space"),
        ("știre.txt ", "dot or a space"),
        ("știre.txt:ascuns", "contains :"),
        ("ce?.txt", r"contains \?"),
    ],
)
def test_24_names_that_windows_takes_for_something_else_are_refused_there(article_path, monkeypatch, name, why):
    monkeypatch.setattr(reading.sys, "platform", "win32")
    with pytest.raises(ArticleUnreadable, match=why) as caught:
        read_article(article_path.with_name(name))
    assert str(caught.value).endswith("Rename the file.")


@pytest.mark.parametrize("name", ["console.txt", "COM.txt", "com10.txt", "a.con", "știre.de.ieri.txt", ".txt"])
def test_24_names_that_only_resemble_them_are_fine(name):
    assert windows_objection(name) is None


def test_25_articles_that_differ_in_suffix_have_a_sidecar_each(article_path):
    other = article_path.with_name("podul.md")
    for path, words in ((article_path, "trei luni"), (other, "pod provizoriu")):
        session = open_session(path)
        session.add(span_of(words), note=words)
        session.save()
    assert (noted(article_path), noted(other)) == (["trei luni"], ["pod provizoriu"])


def test_26_twins_in_composed_and_decomposed_letters_do_not_meet(article_path):
    twins = [article_path.with_name(unicodedata.normalize(form, "știre.txt")) for form in ("NFC", "NFD")]
    for path in twins:
        path.write_text(TEXT, "utf-8")
    if len(names(article_path.parent)) == 1:
        pytest.skip("this file system does not tell the two names apart")
    for path, words in zip(twins, ("trei luni", "pod provizoriu"), strict=True):
        session = open_session(path)
        session.add(span_of(words), note=words)
        session.save()
    assert [noted(path) for path in twins] == [["trei luni"], ["pod provizoriu"]]


@posix
def test_27_a_loop_of_links_ends_the_scan(article_path):
    article_path.write_text(TEXT, "utf-8")
    (article_path.parent / "sub").mkdir()
    (article_path.parent / "sub" / "up").symlink_to(article_path.parent)
    (article_path.parent / "self").symlink_to("self")
    assert scan([article_path.parent]).articles == (article_path,)


@posix
@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "device"])
def test_28_a_sidecar_that_is_no_plain_file_of_the_folder_is_refused_without_waiting(article_path, tmp_path, kind):
    path = article_path.with_name("podul.txt.notes.json")
    outside = tmp_path / "outside.json"
    outside.write_bytes(b"{}")
    if kind == "link":
        path.symlink_to(outside)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    session = open_session(article_path)
    assert ("link" if kind in ("link", "device") else "plain file") in session.read_only
    with pytest.raises(SidecarNotSaved):
        session.add(span_of("trei luni"))
    assert outside.read_bytes() == b"{}"


@posix
def test_28_a_pipe_among_the_copies_of_a_damaged_sidecar_is_not_waited_for(article_path, sidecar):
    sidecar.write_bytes(b"")
    os.mkfifo(sidecar.with_name(sidecar.name + ".damaged-pipe"))
    os.mkfifo(sidecar.with_name("podul.txt.notes.sync-conflict-20261122-010500-ABCDEFG.json"))
    session = open_session(article_path)
    assert [each.note for each, _ in session.placed] == ["prima"]
    assert session.conflict_copies() == ()


@posix
def test_29_notes_in_a_read_only_folder_are_kept_in_the_data_folder_and_come_home(article_path, sidecar):
    assert_kept_away_and_brought_home(article_path, sidecar, article_path.parent, 0o555)


@posix
def test_30_notes_in_a_read_only_sidecar_are_too_and_its_permissions_stay(article_path, sidecar):
    assert_kept_away_and_brought_home(article_path, sidecar, sidecar, 0o444)


def assert_kept_away_and_brought_home(article_path: Path, sidecar: Path, target: Path, protected: int) -> None:
    """Edit while `target` is protected, then open the notes again without the protection."""
    mode = target.stat().st_mode
    target.chmod(protected)
    protected_mode = target.stat().st_mode
    before = sidecar.read_bytes()
    session = open_session(article_path)
    assert (len(session.placed), session.dirty) == (2, False)
    assert str(session.path) in session.warnings[0]  # the window's banner
    session.add(span_of("trei luni"), note="pe drum")
    session.remove("urn:uuid:a1")
    session.save()
    assert (sidecar.read_bytes(), target.stat().st_mode) == (before, protected_mode)
    again = open_session(article_path, prefix="b")
    assert [each.note for each, _ in again.placed] == ["a doua", "pe drum"]
    away = again.path

    target.chmod(mode)
    home = open_session(article_path, prefix="c")
    assert home.dirty
    home.save()
    assert not away.exists()
    assert noted(article_path) == ["a doua", "pe drum"]


def test_31_a_folder_that_is_unmounted_leaves_the_notes_dirty_until_it_is_back(article_path, sidecar):
    session = open_session(article_path)
    session.add(span_of("trei luni"), note="a treia")
    folder, hidden = article_path.parent, article_path.parent.with_name("unmounted")
    folder.rename(hidden)
    for _ in range(2):
        with pytest.raises(SidecarNotSaved, match="your changes are kept here"):
            session.save()
    assert session.dirty
    hidden.rename(folder)
    session.save()
    assert not session.dirty
    assert noted(article_path) == ["a doua", "a treia", "prima"]


def test_31_notes_of_an_unmounted_folder_are_saved_elsewhere_when_the_article_is_left_and_come_home(
    article_path, sidecar
):
    session = open_session(article_path)
    session.add(span_of("trei luni"), note="a treia")
    session.change("urn:uuid:a1", note="schimbată")
    folder, hidden = article_path.parent, article_path.parent.with_name("unmounted")
    folder.rename(hidden)
    with pytest.raises(SidecarNotSaved):
        session.save()
    kept = session.save_elsewhere()
    assert not session.dirty
    assert kept.parent != folder
    hidden.rename(folder)
    other = json.loads(sidecar.read_bytes())  # somebody else worked on it meanwhile
    other["annotations"][0]["colour"] = "blue"
    sidecar.write_text(json.dumps(other), "utf-8")
    home = open_session(article_path, prefix="h")
    assert sorted((each.note, each.colour) for each, _ in home.placed) == [
        ("a doua", "blue"),
        ("a treia", "yellow"),
        ("schimbată", "yellow"),
    ]
    home.save()
    assert not kept.exists()
    assert sorted(noted(article_path)) == ["a doua", "a treia", "schimbată"]


# -- 32: renamed and moved ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["podul-nou.txt", "arhiva/podul.txt", "../alt dosar/podul.txt", "../podul.txt"])
def test_32_a_renamed_or_moved_article_gets_its_notes_back_on_confirmation(article_path, sidecar, to):
    before = sidecar.read_bytes()
    moved_to = article_path.parent / to
    moved_to.parent.mkdir(exist_ok=True)
    article_path.rename(moved_to)
    session = open_session(moved_to)
    assert session.placed == ()
    (found,) = session.moved_notes()
    assert (found.sidecar.resolve(), found.name, found.highlights) == (sidecar.resolve(), "podul.txt", 2)
    assert (found.same_bytes, found.is_copy) == (True, False)
    assert not session.dirty  # nothing happens before a person agrees
    assert not session.path.exists()
    session.attach(found)
    assert not session.dirty
    assert session.moved_notes() == ()
    assert noted(moved_to) == ["a doua", "prima"]
    assert session.path.with_name(session.path.name + ".bak").read_bytes() == before
    assert not sidecar.exists()


def test_32_an_article_moved_together_with_its_sidecar_just_has_its_notes(article_path, sidecar, tmp_path):
    shutil.copytree(article_path.parent, tmp_path / "elsewhere")
    assert noted(tmp_path / "elsewhere" / "podul.txt") == ["a doua", "prima"]
    article_path.rename(article_path.with_name("altul.txt"))
    sidecar.rename(article_path.with_name("altul.txt.notes.json"))
    assert noted(article_path.with_name("altul.txt")) == ["a doua", "prima"]


def test_32_the_notes_of_a_copied_article_are_copied_and_stay_with_the_first(article_path, sidecar):
    copy = article_path.with_name("copie.txt")
    shutil.copy(article_path, copy)
    before = sidecar.read_bytes()
    session = open_session(copy)
    (found,) = session.moved_notes()
    assert found.is_copy
    session.attach(found)
    assert sidecar.read_bytes() == before
    assert noted(copy) == noted(article_path) == ["a doua", "prima"]


def test_32_an_article_in_another_encoding_is_found_by_its_text_after_one_with_the_same_bytes(article_path, sidecar):
    text = TEXT.replace("\n", "\r\n")
    article_path.rename(article_path.with_name("altul.txt"))
    article_path.with_name("altul.txt").write_bytes(text.encode())
    session = NotesSession.open(read_article(article_path.with_name("altul.txt")))
    (found,) = session.moved_notes()
    assert not found.same_bytes
    twin = article_path.with_name("twin.txt")
    twin.write_bytes(text.encode())
    other = NotesSession.open(read_article(twin))
    other.add(span_of("un pod"))
    other.save()
    assert [each.same_bytes for each in session.moved_notes()] == [True, False]


def test_32_notes_made_before_the_confirmation_and_unknown_fields_are_kept(article_path, sidecar):
    document = json.loads(sidecar.read_bytes())
    document["x-theirs"] = [1.5]
    document["annotations"].append({"id": "half"})
    sidecar.write_text(json.dumps(document), "utf-8")
    renamed = article_path.rename(article_path.with_name("altul.txt"))
    session = open_session(renamed)
    (found,) = session.moved_notes()
    session.add(span_of("trei luni"), note="nouă")
    session.attach(found)
    written = json.loads(session.path.read_bytes())
    assert written["x-theirs"] == [1.5]
    assert {"id": "half"} in written["annotations"]
    assert noted(renamed) == ["a doua", "nouă", "prima"]
    session.undo()
    assert len(session.placed) == 2


def test_32_notes_kept_away_from_a_protected_folder_are_found_too(article_path):
    article_path.write_text(TEXT, "utf-8")
    article_path.parent.chmod(0o555)
    session = open_session(article_path)
    session.add(span_of("trei luni"), note="departe")
    session.save()
    article_path.parent.chmod(0o755)
    renamed = article_path.rename(article_path.with_name("altul.txt"))
    (found,) = open_session(renamed).moved_notes()
    assert (found.name, found.is_copy) == ("podul.txt", True)


def test_32_an_encoding_chosen_for_the_article_goes_with_its_notes(article_path):
    session = open_session(article_path, encoding=Encoding("windows-1250", "manual"))
    session.save()
    renamed = article_path.rename(article_path.with_name("altul.txt"))
    (found,) = open_session(renamed).moved_notes()
    assert found.encoding == "windows-1250"


def test_32_when_the_save_fails_the_old_notes_stay_where_they_are(article_path, sidecar, monkeypatch):
    before = sidecar.read_bytes()
    renamed = article_path.rename(article_path.with_name("altul.txt"))
    session = open_session(renamed)
    (found,) = session.moved_notes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", _no_space)
        with pytest.raises(SidecarNotSaved):
            session.attach(found)
    assert sidecar.read_bytes() == before
    assert session.dirty
    session.save()
    assert noted(renamed) == ["a doua", "prima"]


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_32_an_article_with_notes_or_other_content_is_offered_none(article_path, sidecar):
    assert open_session(article_path).moved_notes() == ()
    assert open_session(article_path.with_name("altul.txt"), "Alt text.").moved_notes() == ()
    for name in ("gol.txt", "tot gol.txt"):
        session = open_session(article_path.with_name(name), "")
        session.set_language("ro")
        assert session.moved_notes() == ()
        session.save()


# -- 33–35: changed articles --------------------------------------------------------------------------------------


def test_33_lines_added_above_move_all_notes_right(article_path, sidecar):
    grown = "Actualizat marți.\n\n" + TEXT
    placed = open_session(article_path, grown).placed
    assert [(where.span, where.how) for _, where in placed] == [
        (span_of(QUOTE_TEXT, grown), "moved"),
        (span_of("pod provizoriu", grown), "moved"),
    ]
    assert [annotation.target.start for annotation, _ in placed] == [
        span_of(QUOTE_TEXT).start,
        span_of("pod provizoriu").start,
    ]


def test_33_a_change_while_the_article_is_open_is_noticed_and_moves_the_notes(article_path, sidecar):
    article = read_article(article_path)
    session = NotesSession.open(article)
    assert not reading.changed_on_disk(article)
    article_path.touch()
    assert not reading.changed_on_disk(article)  # other times, the same bytes
    grown = "Actualizat marți.\n\n" + TEXT
    article_path.write_text(grown, "utf-8")
    assert reading.changed_on_disk(article)
    session.set_article(read_article(article_path))
    assert [where.span.of(grown) for _, where in session.placed] == [QUOTE_TEXT, "pod provizoriu"]
    assert not session.dirty
    article_path.unlink()
    assert not reading.changed_on_disk(article)


@posix
def test_33_a_change_that_keeps_size_and_time_is_noticed(article_path):
    article_path.write_text(TEXT, "utf-8")
    article = read_article(article_path)
    before = article_path.stat()
    article_path.write_text(TEXT.replace("luni", "joi!"), "utf-8")
    os.utime(article_path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert article_path.stat().st_size == before.st_size
    assert reading.changed_on_disk(article)


def test_34_a_deleted_quote_is_not_put_on_a_lookalike(article_path, sidecar):
    text = TEXT.replace(f"„{QUOTE_TEXT}”, a spus Voicu.", "") + (
        "\nOpoziția răspunde altfel decât primăria: „Nu mai putem aștepta nici măcar o săptămâna”, scrie ziarul.\n"
    )
    found = {annotation.note: where for annotation, where in open_session(article_path, text).placed}["a doua"]
    assert (found.span, found.how) == (None, "unplaced")
    assert [span.of(text) for span in found.candidates] == ["Nu mai putem aștepta nici măcar o săptămâna"]


def test_35_three_occurrences_without_context_leave_a_note_unplaced_with_candidates(article_path, sidecar):
    text = "El a zis: pod provizoriu. Ea: pod provizoriu! Toți: pod provizoriu?"
    session = open_session(article_path, text)
    found = {annotation.note: where for annotation, where in session.placed}["prima"]
    assert (found.span, found.how) == (None, "unplaced")
    assert found.candidates == tuple(span_of("pod provizoriu", text, nth) for nth in range(3))
    session.place_at("urn:uuid:a1", found.candidates[1])
    session.save()
    again = {annotation.note: where for annotation, where in open_session(article_path, text).placed}["prima"]
    assert (again.span, again.how) == (found.candidates[1], "exact")
