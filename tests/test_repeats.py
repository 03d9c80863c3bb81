"""Corrections of sentences: offered on repeats, flagged when the original changed, kept to their language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reader.annotations.places import data_folder, place_away
from reader.cli import main
from reader.opened import SOURCE_CHANGED
from reader.repeats import CorrectionIndex
from tests.support.argos_package import write_package_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.opened import OpenArticle
    from reader.workspace import Workspace

FIRST = "Consiliul local a votat marți un buget nou pentru drumuri și pentru școala veche din oraș."
SECOND = "Primarul Radu Munteanu a spus că lucrările vor începe în luna aprilie și vor dura doi ani."


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, *sentences: str) -> Path:
        path = tmp_path / name
        path.write_text("\n\n".join(("Un oraș își repară drumurile", *sentences)), "utf-8")
        return path

    return write


def index_of(opened: OpenArticle, sentence: str) -> int:
    spans = [each.span.of(opened.article.text) for each in opened.page.sentences]
    return spans.index(sentence)


def corrected(workspace: Workspace, path: Path, sentence: str, words: str) -> OpenArticle:
    opened = workspace.prepare(path)
    opened.notes.correct(opened.page.sentences[index_of(opened, sentence)].span, words)
    opened.notes.save()
    return opened


def test_a_correction_is_offered_where_the_same_sentence_stands_in_another_article(
    workspace: Workspace, write: Callable[..., Path]
):
    one, other = write("one.txt", FIRST), write("other.txt", SECOND, FIRST)
    corrected(workspace, one, FIRST, "The council voted.")
    workspace.corrections.read([one, other])
    opened = workspace.prepare(other)
    (offer,) = workspace.offers(opened, index_of(opened, FIRST))
    assert (offer.correction.value, offer.article) == ("The council voted.", one)
    assert workspace.offers(opened, index_of(opened, SECOND)) == ()


def test_a_correction_not_saved_yet_is_offered_too(workspace: Workspace, write: Callable[..., Path]):
    one, other = workspace.prepare(write("one.txt", FIRST)), workspace.prepare(write("other.txt", FIRST))
    one.notes.correct(one.page.sentences[index_of(one, FIRST)].span, "The council voted.")
    workspace.corrections.update(one.path, one.notes.notes)
    assert [offer.correction.value for offer in workspace.offers(other, index_of(other, FIRST))] == [
        "The council voted."
    ]


def test_a_sentence_corrected_here_has_no_offers(workspace: Workspace, write: Callable[..., Path]):
    one, other = write("one.txt", FIRST), write("other.txt", FIRST)
    corrected(workspace, one, FIRST, "The council voted.")
    opened = corrected(workspace, other, FIRST, "It was voted.")
    workspace.corrections.read([one, other])
    assert workspace.offers(opened, index_of(opened, FIRST)) == ()


def test_a_hard_wrapped_repeat_is_a_repeat(workspace: Workspace, write: Callable[..., Path]):
    one = write("one.txt", FIRST)
    corrected(workspace, one, FIRST, "The council voted.")
    workspace.corrections.read([one])
    offers = workspace.corrections.offers(FIRST.replace(" buget ", "\nbuget "), "en", one.with_name("other.txt"))
    assert len(offers) == 1


def test_each_wording_is_offered_once(workspace: Workspace, write: Callable[..., Path]):
    paths = [write(f"{number}.txt", FIRST) for number in range(3)]
    for path, words in zip(paths, ("The council voted.", "It was voted.", "The council voted."), strict=True):
        corrected(workspace, path, FIRST, words)
    workspace.corrections.read(paths)
    values = [offer.correction.value for offer in workspace.corrections.offers(FIRST, "en", paths[0].with_name("x"))]
    assert sorted(values) == ["It was voted.", "The council voted."]


def test_a_sidecar_that_changed_is_read_again_and_one_that_went_is_forgotten(
    workspace: Workspace, write: Callable[..., Path]
):
    one = write("one.txt", FIRST)
    index, elsewhere = CorrectionIndex(), one.with_name("other.txt")
    index.read([one])
    assert index.offers(FIRST, "en", elsewhere) == ()
    opened = corrected(workspace, one, FIRST, "The council voted.")
    index.read([one])
    assert len(index.offers(FIRST, "en", elsewhere)) == 1
    opened.notes.path.unlink()
    index.read([one])
    assert index.offers(FIRST, "en", elsewhere) == ()


def test_notes_kept_away_from_a_folder_that_can_not_be_written_count_as_well(
    workspace: Workspace, write: Callable[..., Path]
):
    one = write("one.txt", FIRST)
    opened = corrected(workspace, one, FIRST, "The council voted.")
    away = place_away(one, data_folder())
    away.parent.mkdir(parents=True, exist_ok=True)
    opened.notes.path.rename(away)
    index = CorrectionIndex()
    index.read([one])
    assert len(index.offers(FIRST, "en", one.with_name("other.txt"))) == 1


def test_sidecars_that_did_not_change_are_not_read_again(
    workspace: Workspace, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
):
    one = write("one.txt", FIRST)
    corrected(workspace, one, FIRST, "The council voted.")
    index, read = CorrectionIndex(), []
    monkeypatch.setattr("reader.repeats.glance", lambda path: read.append(path))
    index.read([one])
    index.read([one])
    assert read == [one.with_name("one.txt.notes.json")]


def test_a_damaged_sidecar_hides_no_other(workspace: Workspace, write: Callable[..., Path]):
    one, bad = write("one.txt", FIRST), write("bad.txt", FIRST)
    corrected(workspace, one, FIRST, "The council voted.")
    bad.with_name("bad.txt.notes.json").write_bytes(b"{")
    workspace.corrections.read([bad, one])
    assert len(workspace.corrections.offers(FIRST, "en", bad)) == 1


def test_a_short_sentence_is_not_offered(workspace: Workspace, write: Callable[..., Path]):
    one = write("one.txt", FIRST, "Da, bine.")
    corrected(workspace, one, "Da, bine.", "Yes, all right.")
    workspace.corrections.read([one])
    assert workspace.corrections.offers("Da, bine.", "en", one.with_name("other.txt")) == ()


def test_a_correction_in_another_language_is_neither_shown_nor_offered(
    workspace: Workspace, write: Callable[..., Path]
):
    one = write("one.txt", FIRST)
    opened = corrected(workspace, one, FIRST, "The council voted.")
    index = index_of(opened, FIRST)
    workspace.corrections.read([one])
    opened.set_target("it")
    assert opened.shown_sentence(index) is None
    assert workspace.corrections.offers(FIRST, "it", one.with_name("other.txt")) == ()
    opened.set_target("en")
    assert opened.shown_sentence(index) is not None


def test_a_correction_whose_original_was_changed_is_shown_with_a_doubt(
    workspace: Workspace, write: Callable[..., Path]
):
    one = write("one.txt", FIRST, SECOND)
    corrected(workspace, one, FIRST, "The council voted.")
    edited = FIRST.replace("marți", "joi")
    write("one.txt", edited, SECOND)
    opened = workspace.prepare(one)
    shown = opened.shown_sentence(index_of(opened, edited))
    assert shown is not None
    assert (shown.text, shown.doubts) == ("The council voted.", (SOURCE_CHANGED,))


def test_the_command_line_tells_a_correction_whose_original_was_changed(
    workspace: Workspace, write: Callable[..., Path], home: Path, capfd: pytest.CaptureFixture[str]
):
    write_package_folder(home / "packages" / "ro_en", "ro", "en")
    one = write("one.txt", FIRST, SECOND)
    corrected(workspace, one, FIRST, "The council voted.")
    write("one.txt", FIRST.replace("marți", "joi"), SECOND)
    assert main(["translate", str(one), "--json"]) == 0
    sentences = json.loads(capfd.readouterr().out)["sentences"]
    (manual,) = [each for each in sentences if "correction" in each]
    assert (manual["translation"], manual["doubts"]) == ("The council voted.", ["source_changed"])


def test_a_correction_in_one_language_is_no_translation_into_another(
    workspace: Workspace, write: Callable[..., Path], home: Path, capfd: pytest.CaptureFixture[str]
):
    write_package_folder(home / "packages" / "ro_en", "ro", "en")
    write_package_folder(home / "packages" / "en_it", "en", "it", seed=2)
    one = write("one.txt", FIRST, SECOND)
    corrected(workspace, one, FIRST, "The council voted.")
    assert main(["translate", str(one), "--to", "it", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert (found["to"], found["via"]) == ("it", "en")
    assert not any("correction" in each for each in found["sentences"])
    assert all(each["translation"] for each in found["sentences"])


def test_a_correction_without_a_change_has_no_doubt(workspace: Workspace, write: Callable[..., Path]):
    one = write("one.txt", FIRST)
    corrected(workspace, one, FIRST, "The council voted.")
    write("one.txt", SECOND, FIRST)
    opened = workspace.prepare(one)
    shown = opened.shown_sentence(index_of(opened, FIRST))
    assert shown is not None
    assert (shown.text, shown.doubts) == ("The council voted.", ())
    assert opened.lost_corrections() == ()


def test_a_correction_that_lost_its_sentence_names_the_one_most_like_it(
    workspace: Workspace, write: Callable[..., Path]
):
    one = write("one.txt", FIRST, SECOND)
    corrected(workspace, one, FIRST, "The council voted.")
    rewritten = "Consiliul local a votat joi, după două amânări, un buget nou numai pentru școala veche din oraș."
    write("one.txt", SECOND, rewritten)
    opened = workspace.prepare(one)
    (lost,) = opened.lost_corrections()
    assert lost.correction.value == "The council voted."
    assert lost.candidate == index_of(opened, rewritten)


def test_a_correction_survives_retranslation(workspace: Workspace, write: Callable[..., Path], home: Path):
    write_package_folder(home / "packages" / "ro_en", "ro", "en")
    one = write("one.txt", FIRST, SECOND)
    corrected(workspace, one, FIRST, "The council voted.")
    opened = workspace.prepare(one, translate=True)
    shown = opened.shown()
    assert all(shown)
    assert [part.how for part in shown if part].count("manual") == 1


def test_each_article_may_have_a_target_language_of_its_own(
    workspace: Workspace, write: Callable[..., Path], home: Path
):
    write_package_folder(home / "packages" / "ro_en", "ro", "en")
    write_package_folder(home / "packages" / "en_it", "en", "it", seed=2)
    path = write("one.txt", FIRST)
    english = workspace.prepare(path, translate=True)
    opened = workspace.open(path, target="it")
    opened.set_analysis(workspace.analyse(opened))
    opened.routes = workspace.routes(opened.page, opened.target)
    assert opened.routes.known["ro"].via == "en"
    opened.keep(dict(workspace.translate(opened)))
    index = index_of(opened, FIRST)
    assert opened.shown_sentence(index) != english.shown_sentence(index)
    assert workspace.target == "en"


def test_a_known_name_is_respelled_in_what_is_shown_and_not_in_what_is_kept(
    workspace: Workspace, write: Callable[..., Path]
):
    from reader.translation.package import InstalledPackage, Route
    from reader.translation.service import Translation

    opened = workspace.prepare(write("one.txt", SECOND))
    index = index_of(opened, SECOND)
    opened.routes.known["ro"] = Route((InstalledPackage(opened.path, "ro", "en"),))
    machine = "Mayor Radou Muntianu said that work will begin in April and last two years."
    opened.keep({index: Translation(machine, -0.2)})
    respelled = opened.respelled(index)
    shown = opened.shown_sentence(index)
    assert respelled is not None
    assert shown is not None
    assert "Munteanu" in respelled.text
    assert respelled.machine == shown.text == machine
