import json
import os
import sys
from pathlib import Path

import pytest

from reader.annotations.places import sidecar_path
from reader.annotations.session import NotesSession
from reader.page import Layer
from reader.text.errors import ArticleNotText, ArticleUnreadable, PackageBroken, TranslationError
from reader.translation.service import Stage
from tests.support.argos_package import write_package_folder
from tests.support.news import BRIDGE, HARBOUR, write
from tests.support.pages import span_of

QUOTE = "Nu mai putem\u00a0aștepta nici măcar o lună"


@pytest.fixture
def bridge(tmp_path):
    return write(tmp_path / "news", "bridge.txt", BRIDGE)


@pytest.fixture
def installed(home):
    return write_package_folder(home / "packages" / "translate-ro_en-1_0", "ro", "en")


def marks(opened, layer):
    return [mark for mark in opened.marks() if mark.layer is layer]


# -- open and analyse ----


def test_an_article_opens_with_its_notes_and_its_finds(workspace, bridge):
    opened = workspace.prepare(bridge)
    assert opened.title == "Podul vechi se închide luni"
    assert marks(opened, Layer.QUOTE)[0].span.of(BRIDGE) == QUOTE
    assert {mark.name for mark in marks(opened, Layer.PERSON)} == {"Andrei Voicu", "Maria Petrescu"}


def test_opening_raises_what_the_user_can_read(workspace, tmp_path):
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    with pytest.raises(ArticleNotText, match=r"picture\.txt"):
        workspace.open(tmp_path / "picture.txt")
    with pytest.raises(ArticleUnreadable, match=r"gone\.txt"):
        workspace.open(tmp_path / "gone.txt")


def test_a_summary_never_raises(workspace, tmp_path, bridge):
    assert "gone.txt" in workspace.summarise(tmp_path / "gone.txt").error
    summary = workspace.summarise(bridge)
    assert (summary.language, summary.quotes, summary.people, summary.error) == ("ro", 2, 2, None)
    assert set(summary.persons) == {"Andrei Voicu", "Maria Petrescu"}


def test_a_decision_stands_over_what_is_found_again(workspace, bridge):
    opened = workspace.prepare(bridge)
    first, second = marks(opened, Layer.QUOTE)
    opened.notes.reject(opened.detection_of(first))
    opened.notes.accept(opened.detection_of(second))
    opened.notes.save()
    again = workspace.prepare(bridge)
    (mark,) = marks(again, Layer.QUOTE)
    assert (mark.span, mark.stored) == (second.span, True)


def test_the_first_save_keeps_what_was_found_as_suggestions(workspace, bridge):
    opened = workspace.prepare(bridge)
    opened.notes.add(span_of(BRIDGE, "trei luni"))
    opened.notes.save()
    kinds = [each["kind"] for each in json.loads(sidecar_path(bridge).read_bytes())["annotations"]]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"quote": 2, "person": 4, "highlight": 1}


def test_a_highlight_of_a_colour_that_this_reader_lacks_is_shown_in_the_first(workspace, bridge):
    opened = workspace.prepare(bridge)
    opened.notes.add(span_of(BRIDGE, "trei luni"), colour="ultraviolet")
    (mark,) = marks(opened, Layer.HIGHLIGHT)
    assert mark.colour == "yellow"


def test_an_article_that_changed_on_disk_is_noticed_and_a_touched_one_is_not(workspace, bridge):
    opened = workspace.open(bridge)
    bridge.touch()
    assert not workspace.changed_on_disk(opened)
    bridge.write_text(BRIDGE + "Un rând nou.\n", "utf-8")
    assert workspace.changed_on_disk(opened)
    bridge.unlink()
    assert not workspace.changed_on_disk(opened)


def test_one_person_gets_one_name_in_several_articles(workspace, bridge, tmp_path):
    short = write(tmp_path / "news", "short.txt", "„Podul se va deschide la vară”, a spus Voicu luni dimineață.\n")
    opened = workspace.link([workspace.prepare(bridge), workspace.prepare(short)])
    assert marks(opened[1], Layer.PERSON)[0].name == "Andrei Voicu"
    assert marks(opened[1], Layer.QUOTE)[0].name == "Andrei Voicu"


# -- translate ----


def test_sentences_are_translated_and_known_the_next_time(workspace, bridge, installed):
    opened = workspace.prepare(bridge, translate=True)
    texts = [part.text for part in opened.shown()]
    assert all(texts)
    assert [part.text for part in workspace.prepare(bridge).shown()] == texts


def test_the_visible_sentences_come_first(workspace, bridge, installed):
    opened = workspace.prepare(bridge)
    order = [index for index, _ in workspace.translate(opened, visible=lambda: [4])]
    assert sorted(order) == list(range(6))
    assert order[0] == 4


def test_progress_names_its_stages(workspace, bridge, installed):
    news = []
    dict(workspace.translate(workspace.prepare(bridge), progress=news.append))
    assert news[0].stage is Stage.LOADING
    assert (news[-1].stage, news[-1].done) == (Stage.TRANSLATING, news[-1].total)


def test_only_an_edited_sentence_is_translated_again(workspace, bridge, installed):
    workspace.prepare(bridge, translate=True)
    bridge.write_text(BRIDGE.replace("trei luni", "patru luni"), "utf-8")
    opened = workspace.prepare(bridge)
    assert [index for indices in opened.untranslated().values() for index in indices] == [3]


def test_without_a_package_nothing_is_translated_and_the_reason_is_known(workspace, bridge):
    opened = workspace.prepare(bridge, translate=True)
    assert opened.shown() == [None] * 6
    assert "ro" in opened.routes.missing


def test_a_correction_is_shown_instead_of_the_machines_text_and_goes_with_the_highlight(workspace, bridge, installed):
    opened = workspace.prepare(bridge, translate=True)
    span = span_of(BRIDGE, "Lucrările durează trei luni.")
    opened.notes.correct(span, "The works take three months.")
    assert opened.translation_of(span_of(BRIDGE, "trei luni")).text == "The works take three months."
    assert opened.shown_sentence(3).how == "manual"


def test_a_passage_over_an_untranslated_sentence_has_no_translation(workspace, bridge):
    opened = workspace.prepare(bridge)
    assert opened.translation_of(span_of(BRIDGE, "trei luni")) is None


def test_a_worker_that_can_not_load_its_package_says_which_one(workspace, bridge, installed):
    opened = workspace.prepare(bridge)
    (installed / "model" / "model.bin").write_bytes(b"\0" * 500)
    with pytest.raises((PackageBroken, TranslationError), match="ro → en"):
        dict(workspace.translate(opened))


# -- samples ----


def test_samples_are_copied_once_and_a_persons_notes_on_them_are_kept(workspace, tmp_path):
    paths = workspace.samples(tmp_path / "samples")
    assert len(paths) == 6
    session = NotesSession.open(workspace.open(paths[0]).article)
    session.set_language("ro")
    session.save()
    before = sidecar_path(paths[0]).read_bytes()
    assert workspace.samples(tmp_path / "samples") == paths
    assert sidecar_path(paths[0]).read_bytes() == before


def test_a_ukrainian_article_in_windows_1251_reads_like_one_in_utf_8(workspace, tmp_path):
    one = workspace.prepare(write(tmp_path, "utf8.txt", HARBOUR))
    other = workspace.prepare(write(tmp_path, "cp1251.txt", HARBOUR, "windows-1251"))
    assert one.article.text == other.article.text
    assert [mark.span for mark in one.marks()] == [mark.span for mark in other.marks()]


def test_a_language_that_a_person_chose_counts_for_the_whole_article(workspace, bridge):
    session = NotesSession.open(workspace.open(bridge).article)
    session.set_language("it")
    session.save()
    opened = workspace.prepare(bridge)
    assert (opened.language, opened.analysis.language.how) == ("it", "manual")
    assert {row.language for row in opened.page.rows} == {"it"}


def test_closing_ends_the_worker(make_workspace, bridge, installed):
    workspace = make_workspace()
    workspace.prepare(bridge, translate=True)
    assert workspace.translations.worker_pid is not None
    workspace.close()
    assert workspace.translations.worker_pid is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists a process's open files")
def test_closing_closes_the_cache(make_workspace, home):
    workspace = make_workspace()
    opened = {os.path.realpath(link) for link in Path("/proc/self/fd").iterdir()}
    (cache,) = [name for name in opened if name.endswith("translations.sqlite") and name.startswith(str(home))]
    workspace.close()
    assert cache not in {os.path.realpath(link) for link in Path("/proc/self/fd").iterdir()}
