"""The queue of articles to translate, with real articles, packages and engine."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from reader.queueing import TranslationQueue
from reader.text.errors import TranslationError
from tests.support.argos_package import write_package_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.workspace import Workspace

ROMANIAN = """Primarul din Valea Plopilor a anunțat un buget nou

Consiliul local a votat marți un buget nou pentru drumuri și pentru școala veche din oraș.
Primarul Radu Munteanu a spus că lucrările numărul {0} vor începe în luna aprilie și vor dura {0} ani.
Potrivit companiei de apă, rețeaua {0} a fost construită în urmă cu patruzeci de ani.
"""


@pytest.fixture(autouse=True)
def package(home: Path) -> Path:
    """The package ro → en, installed."""
    return write_package_folder(home / "packages" / "ro_en", "ro", "en")


@pytest.fixture
def library(tmp_path: Path) -> list[Path]:
    """Four Romanian articles."""
    folder = tmp_path / "library"
    folder.mkdir()
    paths = [folder / f"{number}.txt" for number in range(1, 5)]
    for number, path in enumerate(paths, 20):
        path.write_text(ROMANIAN.format(number), "utf-8")
    return paths


@pytest.fixture
def queue(workspace: Workspace, tmp_path: Path) -> TranslationQueue:
    return TranslationQueue(workspace, tmp_path / "state" / "queue.json")


def finished(queue: TranslationQueue) -> list[str]:
    return [news.finished.name for news in queue.run() if news.finished]


def missing(workspace: Workspace, path: Path) -> int:
    """Count the sentences of an article that the cache doesn't know."""
    return sum(map(len, workspace.prepare(path).untranslated().values()))


def test_every_sentence_of_every_article_is_in_the_cache_afterwards(
    queue: TranslationQueue, workspace: Workspace, library: list[Path]
):
    queue.add(library)
    last = list(queue.run())[-1]
    assert (last.done, last.failed, last.waiting) == (4, 0, 0)
    assert last.words > 100
    assert [missing(workspace, path) for path in library] == [0, 0, 0, 0]
    assert queue.waiting == ()


def test_the_sentences_of_several_articles_are_pooled(
    queue: TranslationQueue, workspace: Workspace, library: list[Path], monkeypatch: pytest.MonkeyPatch
):
    asked = []
    translate = workspace.translations.translate

    def counted(route: object, texts: list[str], **options: object) -> object:
        asked.append(len(texts))
        return translate(route, texts, **options)

    monkeypatch.setattr(workspace.translations, "translate", counted)
    queue.add(library)
    assert sorted(finished(queue)) == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert len(asked) == 1


def test_an_article_is_queued_once(queue: TranslationQueue, library: list[Path], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(library[0].parent)
    queue.add(library)
    queue.add([library[0], library[1].relative_to(library[1].parent)])
    assert queue.waiting == tuple(library)


def test_an_article_that_fails_is_reported_and_the_rest_goes_on(
    queue: TranslationQueue, workspace: Workspace, library: list[Path], tmp_path: Path
):
    gone, picture, foreign = tmp_path / "gone.txt", tmp_path / "picture.txt", tmp_path / "foreign.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    foreign.write_text("Il consiglio comunale ha approvato martedì un nuovo bilancio per le strade.\n" * 3, "utf-8")
    queue.add([library[0], gone, picture, foreign, library[1]])
    assert sorted(finished(queue)) == ["1.txt", "2.txt"]
    assert set(queue.failed) == {gone, picture, foreign}
    assert "No installed Argos package translates Italian" in queue.failed[foreign]


def test_a_defect_in_one_article_does_not_stop_the_others(
    queue: TranslationQueue, workspace: Workspace, library: list[Path], monkeypatch: pytest.MonkeyPatch
):
    prepare = workspace.prepare

    def broken(path: Path) -> object:
        if path == library[1]:
            raise ZeroDivisionError("a defect")
        return prepare(path)

    monkeypatch.setattr(workspace, "prepare", broken)
    queue.add(library)
    assert sorted(finished(queue)) == ["1.txt", "3.txt", "4.txt"]
    assert "a defect" in queue.failed[library[1]]


def test_an_article_that_failed_gets_another_try_when_it_is_queued_again(
    queue: TranslationQueue, library: list[Path], tmp_path: Path
):
    late = tmp_path / "late.txt"
    queue.add([late])
    assert finished(queue) == []
    assert late in queue.failed
    late.write_text(ROMANIAN.format(7), "utf-8")
    queue.add([late])
    assert queue.failed == {}
    assert finished(queue) == ["late.txt"]


def test_an_article_already_in_the_target_language_is_done_at_once(
    queue: TranslationQueue, workspace: Workspace, tmp_path: Path
):
    english = tmp_path / "english.txt"
    english.write_text("The town council voted on Tuesday for a new budget for the roads.\n" * 3, "utf-8")
    queue.add([english])
    assert finished(queue) == ["english.txt"]
    assert workspace.translations.worker_pid is None


def test_a_pause_ends_the_run_and_keeps_what_is_done_and_what_waits(
    queue: TranslationQueue, workspace: Workspace, library: list[Path]
):
    queue.add(library)
    for _ in queue.run():
        queue.pause()
    assert queue.paused
    assert queue.waiting == tuple(library)
    assert list(queue.run()) == []
    left = sum(missing(workspace, path) for path in library)
    assert left < 16
    queue.resume()
    assert len(finished(queue)) == 4


def test_a_cancelled_queue_is_empty_and_its_run_ends(
    queue: TranslationQueue, workspace: Workspace, library: list[Path]
):
    queue.add(library)
    for _ in queue.run():
        queue.cancel()
    assert queue.waiting == ()
    assert queue.failed == {}


def test_what_waits_failed_or_paused_is_known_after_a_restart(
    queue: TranslationQueue, make_workspace: Callable[[], Workspace], library: list[Path], tmp_path: Path
):
    queue.add([tmp_path / "gone.txt", *library])
    for _ in queue.run():
        queue.pause()
    later = TranslationQueue(make_workspace(), tmp_path / "state" / "queue.json")
    assert later.waiting == tuple(library)
    assert later.paused
    assert list(later.failed) == [tmp_path / "gone.txt"]
    later.resume()
    assert sorted(finished(later)) == ["1.txt", "2.txt", "3.txt", "4.txt"]


def test_a_program_that_ends_leaves_a_queue_that_goes_on_by_itself(
    queue: TranslationQueue, make_workspace: Callable[[], Workspace], library: list[Path], tmp_path: Path
):
    queue.add(library)
    for _ in queue.run():
        queue.stop()
    later = TranslationQueue(make_workspace(), tmp_path / "state" / "queue.json")
    assert not later.paused
    assert later.waiting == tuple(library)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"waiting": 5}', b"\xff", b'{"waiting": [], "failed": []}'])
def test_a_damaged_state_is_an_empty_queue(workspace: Workspace, tmp_path: Path, content: bytes):
    file = tmp_path / "queue.json"
    file.write_bytes(content)
    queue = TranslationQueue(workspace, file)
    assert (queue.waiting, queue.failed, queue.paused) == ((), {}, False)


def test_a_state_that_cannot_be_written_costs_only_the_memory_of_it(
    workspace: Workspace, tmp_path: Path, library: list[Path]
):
    (tmp_path / "state").write_text("a file where the folder should be")
    queue = TranslationQueue(workspace, tmp_path / "state" / "queue.json")
    queue.add(library[:1])
    assert finished(queue) == ["1.txt"]


def test_a_name_that_is_no_utf_8_survives_a_restart(workspace: Workspace, tmp_path: Path):
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    TranslationQueue(workspace, tmp_path / "queue.json").add([path])
    assert TranslationQueue(workspace, tmp_path / "queue.json").waiting == (path,)


def test_what_is_on_screen_comes_to_the_front(queue: TranslationQueue, library: list[Path]):
    queue.add(library)
    queue.want([library[3]])
    assert queue.waiting == (library[3], *library[:3])
    assert finished(queue)[0] == "4.txt"


def test_an_article_wanted_while_others_are_translated_is_next(
    queue: TranslationQueue, library: list[Path], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("reader.queueing._POOL", 0)  # an article at a time
    queue.add(library)
    order = []
    for news in queue.run():
        if news.finished:
            order.append(news.finished.name)
            if len(order) == 1:
                queue.want([library[3]])
    assert order == ["1.txt", "4.txt", "2.txt", "3.txt"]


def test_an_article_taken_out_is_not_translated(queue: TranslationQueue, workspace: Workspace, library: list[Path]):
    queue.add(library)
    queue.remove([library[1]])
    assert sorted(finished(queue)) == ["1.txt", "3.txt", "4.txt"]


def test_an_engine_killed_in_mid_pool_costs_no_article(
    queue: TranslationQueue, workspace: Workspace, library: list[Path]
):
    queue.add(library)
    killed = False
    done = []
    for news in queue.run():
        done += [news.finished.name] if news.finished else []
        if not killed:
            assert workspace.translations.worker_pid is not None
            os.kill(workspace.translations.worker_pid, signal.SIGKILL)
            killed = True
    assert sorted(done) == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert queue.failed == {}


def test_an_engine_that_fails_on_everything_pauses_the_queue(
    queue: TranslationQueue, workspace: Workspace, library: list[Path], monkeypatch: pytest.MonkeyPatch
):
    def dead(*_: object, **__: object) -> object:
        raise TranslationError("The translation engine died.")
        yield

    monkeypatch.setattr(workspace.translations, "translate", dead)
    queue.add(library)
    last = list(queue.run())[-1]
    assert (last.done, last.failed, last.waiting) == (0, 3, 1)
    assert queue.paused
    assert set(queue.failed.values()) == {"The translation engine died."}


def test_a_package_that_breaks_fails_its_articles_and_no_others(
    queue: TranslationQueue, library: list[Path], package: Path, home: Path
):
    write_package_folder(home / "packages" / "it_en", "it", "en", seed=2)
    italian = library[0].parent / "italian.txt"
    italian.write_text("Il consiglio comunale ha approvato martedì un nuovo bilancio per le strade.\n" * 3, "utf-8")
    config = package / "model" / "config.json"
    config.write_bytes(b"{")
    queue.add([*library, italian])
    assert finished(queue) == ["italian.txt"]
    assert set(queue.failed) == set(library)
    assert "ro → en 1.0" in queue.failed[library[0]]


def test_rate_and_remaining_time_follow_from_what_is_done(workspace: Workspace, library: list[Path], tmp_path: Path):
    seconds = iter(range(10_000))
    queue = TranslationQueue(workspace, tmp_path / "queue.json", clock=lambda: float(next(seconds)))
    queue.add(library)
    news = list(queue.run())
    assert news[0].rate > 0
    assert news[0].remaining is not None
    assert news[-1].remaining == 0
    assert news[-1].rate < news[-1].words


def test_names_go_with_the_sentences_they_stand_in(
    queue: TranslationQueue, workspace: Workspace, library: list[Path], monkeypatch: pytest.MonkeyPatch
):
    asked: dict[str, tuple[str, ...]] = {}
    translate = workspace.translations.translate

    def watched(route: object, texts: list[str], *, names: list[tuple[str, ...]], **options: object) -> object:
        asked.update(zip(texts, names, strict=True))
        return translate(route, texts, names=names, **options)

    monkeypatch.setattr(workspace.translations, "translate", watched)
    queue.add(library[:1])
    assert finished(queue) == ["1.txt"]
    assert {text.split()[0]: names for text, names in asked.items() if names} == {
        "Primarul": ("Radu Munteanu Radu Munteanu",)
    }
