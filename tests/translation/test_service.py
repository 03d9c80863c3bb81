from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.text.errors import PackageBroken, TranslationError
from reader.translation import process
from reader.translation.cache import TranslationCache
from reader.translation.doubts import DoubtKind
from reader.translation.engine import Engine, _Model
from reader.translation.messages import Decoded, Decoding
from reader.translation.packages import PackageStore
from reader.translation.service import Progress, Stage, TranslationService
from tests.support.argos_package import TEXT, write_package_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.translation.folders import PackageDirs
    from reader.translation.messages import Request

SENTENCES = (
    "Primarul Radu Munteanu a spus că lucrările vor începe în luna aprilie.",
    "„Nu mai putem aștepta”, a declarat el în fața celor 250 de locuitori.",
    "Drumul va fi gata în doi ani.",
)
WORDS = TEXT.split()
MANY = [" ".join(WORDS[i % 150 : i % 150 + 12]) + f" {i}." for i in range(240)]


def service_for(dirs: PackageDirs, folder: Path, **options: float) -> TranslationService:
    return TranslationService(PackageStore(dirs), TranslationCache(folder / "cache.sqlite"), threads=2, **options)


def test_sentences_come_out_one_by_one(service: TranslationService):
    found = dict(service.translate(service.route("ro", "en"), SENTENCES))
    assert sorted(found) == [0, 1, 2]
    for source, translation in zip(SENTENCES, (found[i] for i in range(3)), strict=True):
        assert translation.text != source
        assert len(translation.text.split()) == len(source.split())
        assert not translation.from_cache
    assert "250" in found[1].text


def test_what_was_translated_once_comes_from_the_cache_without_a_worker(service: TranslationService):
    route = service.route("ro", "en")
    first = dict(service.translate(route, SENTENCES))
    service.rest()
    assert [known and known.text for known in service.cached(route, SENTENCES)] == [first[i].text for i in range(3)]
    again = dict(service.translate(route, SENTENCES))
    assert all(translation.from_cache for translation in again.values())
    assert service.worker_pid is None


def test_only_a_changed_sentence_is_translated_again(service: TranslationService):
    route = service.route("ro", "en")
    list(service.translate(route, SENTENCES))
    edited = (*SENTENCES[:2], "Drumul va fi gata în trei ani.")
    assert [one.from_cache for _, one in sorted(service.translate(route, edited))] == [True, True, False]


def test_another_model_does_not_answer_from_the_cache(dirs: PackageDirs, tmp_path: Path):
    service = service_for(dirs, tmp_path)
    results = []
    for seed in (1, 2):
        shutil.rmtree(dirs.install, ignore_errors=True)
        write_package_folder(dirs.install / f"p{seed}", seed=seed)
        results.append(dict(service.translate(service.route("ro", "en"), SENTENCES))[0])
    service.close()
    assert not results[1].from_cache
    assert results[0].text != results[1].text


@pytest.mark.parametrize("text", ["", "  ", "2026", "2026-02-11, 14:30", "***", "—", "\u200b", "…"])
def test_a_sentence_without_a_letter_is_its_own_translation(service: TranslationService, text: str):
    assert [(i, one.text, one.doubts) for i, one in service.translate(service.route("ro", "en"), [text])] == [
        (0, text, ())
    ]
    assert service.worker_pid is None


def test_a_hard_wrapped_sentence_is_translated_like_its_unwrapped_twin(service: TranslationService):
    wrapped = SENTENCES[0].replace(" a spus ", " a\nspus  ")
    found = dict(service.translate(service.route("ro", "en"), [SENTENCES[0], wrapped]))
    assert found[0] == found[1]


def test_what_is_wanted_first_comes_first(service: TranslationService):
    found = [i for i, _ in service.translate(service.route("ro", "en"), MANY, order=[200, 201, 202])]
    assert sorted(found) == list(range(len(MANY)))
    assert {200, 201, 202} <= set(found[:60])


def test_the_order_may_change_on_the_way(service: TranslationService):
    wanted = [0]
    found = []
    for i, _ in service.translate(service.route("ro", "en"), MANY, order=lambda: tuple(wanted)):
        found.append(i)
        wanted[:] = [239]
    # the last of all without an order; what the worker has been sent already comes before it
    assert found.index(239) < len(MANY) // 2
    assert sorted(found) == list(range(len(MANY)))


def test_what_comes_on_screen_is_sent_although_the_worker_has_enough_to_do(
    service: TranslationService, monkeypatch: pytest.MonkeyPatch
):
    sent: list[tuple[int, bool]] = []
    encode = process.encode

    def watched(request: Request) -> bytes:
        sent.extend((MANY.index(text), request.background) for text in request.texts)
        return encode(request)

    monkeypatch.setattr(process, "encode", watched)
    wanted: list[int] = []
    results = service.translate(service.route("ro", "en"), MANY, order=lambda: tuple(wanted))
    assert service.worker_pid is None  # nothing is done before the first is asked for
    next(results)
    assert all(background for _, background in sent)
    unsent = next(i for i in range(len(MANY)) if i not in dict(sent))
    wanted[:] = [unsent]
    list(results)
    assert (unsent, False) in sent
    assert len(sent) == len(MANY)


def test_closing_the_iterator_cancels_the_rest(service: TranslationService):
    route = service.route("ro", "en")
    results = service.translate(route, MANY)
    first, _ = next(results)
    results.close()
    assert service.cached(route, MANY)[first] is not None
    assert service.cached(route, MANY).count(None) > 100
    assert len(dict(service.translate(route, SENTENCES))) == 3


def test_loading_and_progress_are_reported(service: TranslationService):
    seen: list[Progress] = []
    list(service.translate(service.route("ro", "en"), [*SENTENCES, "2026"], progress=seen.append))
    assert seen[0] == Progress(Stage.LOADING, 1, 4)
    assert seen[1] == Progress(Stage.TRANSLATING, 1, 4)
    assert seen[-1] == Progress(Stage.TRANSLATING, 4, 4)
    seen.clear()
    list(service.translate(service.route("ro", "en"), ["Încă o propoziție."], progress=seen.append))
    assert Stage.LOADING not in {step.stage for step in seen}


def test_a_pair_without_a_package_is_translated_sentence_by_sentence_through_english(service: TranslationService):
    direct = dict(service.translate(service.route("ro", "en"), SENTENCES))
    onward = dict(service.translate(service.route("en", "it"), [direct[i].text for i in range(3)]))
    through = dict(service.translate(service.route("ro", "it"), SENTENCES))
    assert [through[i].text for i in range(3)] == [onward[i].text for i in range(3)]


def test_two_threads_may_translate_at_once(service: TranslationService):
    found: dict[str, dict[int, object]] = {}

    def work(pair: tuple[str, str]) -> None:
        found[pair[1]] = dict(service.translate(service.route(*pair), MANY[:60]))

    threads = [threading.Thread(target=work, args=(pair,)) for pair in (("ro", "en"), ("ro", "it"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {to: len(results) for to, results in found.items()} == {"en": 60, "it": 60}


def test_work_in_the_background_stands_back_while_somebody_waits(service: TranslationService):
    route = service.route("ro", "en")
    urgent = service.translate(route, MANY[:40])
    next(urgent)
    done: list[str] = []

    def work() -> None:
        done.extend("background" for _ in service.translate(route, MANY[100:140], background=True))

    thread = threading.Thread(target=work)
    thread.start()
    done.extend("urgent" for _ in urgent)
    thread.join()
    assert done == ["urgent"] * 39 + ["background"] * 40


def test_a_worker_killed_in_mid_text_is_reported_and_the_next_call_works(service: TranslationService):
    route = service.route("ro", "en")
    results = service.translate(route, MANY)
    kept, _ = next(results)
    assert service.worker_pid is not None
    os.kill(service.worker_pid, signal.SIGKILL)
    with pytest.raises(TranslationError, match=r"SIGKILL.*ro → en 1\.0.*Translate again"):
        list(results)
    assert service.cached(route, MANY)[kept] is not None
    assert len(dict(service.translate(route, MANY))) == len(MANY)


def test_a_worker_that_hangs_is_ended_and_the_next_call_works(stocked: PackageStore, tmp_path: Path):
    service = service_for(stocked.dirs, tmp_path, timeout=2)
    route = service.route("ro", "en")
    results = service.translate(route, MANY)
    next(results)
    assert service.worker_pid is not None
    os.kill(service.worker_pid, signal.SIGSTOP)
    with pytest.raises(TranslationError, match=r"did not answer.*ro → en 1\.0"):
        list(results)
    assert len(dict(service.translate(route, SENTENCES))) == 3
    service.close()


def test_a_worker_that_ended_while_nobody_needed_it_is_not_missed(service: TranslationService):
    route = service.route("ro", "en")
    list(service.translate(route, SENTENCES))
    assert service.worker_pid is not None
    os.kill(service.worker_pid, signal.SIGKILL)
    assert len(dict(service.translate(route, MANY[:5]))) == 5


def test_closing_the_service_ends_a_translation_that_runs(service: TranslationService):
    results = service.translate(service.route("ro", "en"), MANY)
    next(results)
    service.close()
    with pytest.raises(TranslationError):
        list(results)
    assert service.worker_pid is None


def test_a_closed_service_starts_no_worker_again(service: TranslationService):
    route = service.route("ro", "en")
    service.close()
    with pytest.raises(TranslationError, match="being closed"):
        list(service.translate(route, SENTENCES))
    assert service.worker_pid is None


def test_a_worker_that_idles_gives_its_memory_back(stocked: PackageStore, tmp_path: Path):
    service = service_for(stocked.dirs, tmp_path, idle=0.0)
    list(service.translate(service.route("ro", "en"), SENTENCES))
    assert service._timer is not None
    service._timer.join()
    assert service.worker_pid is None
    assert len(dict(service.translate(service.route("ro", "en"), MANY[:3]))) == 3
    service.close()


def test_a_package_removed_while_in_use_is_an_error_that_names_it(dirs: PackageDirs, tmp_path: Path):
    write_package_folder(dirs.install / "p")
    service = service_for(dirs, tmp_path)
    route = service.route("ro", "en")
    shutil.rmtree(dirs.install / "p")
    with pytest.raises(PackageBroken, match=r"ro → en 1\.0"):
        list(service.translate(route, SENTENCES))
    service.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process limit another's memory")
def test_an_engine_out_of_memory_is_reported_and_the_next_call_works(service: TranslationService):
    import resource

    list(service.translate(service.route("ro", "en"), SENTENCES))
    assert service.worker_pid is not None
    resource.prlimit(service.worker_pid, resource.RLIMIT_AS, (1024**2, 1024**2))
    with pytest.raises(TranslationError, match=r"ro → en 1\.0 and en → it 1\.0"):
        list(service.translate(service.route("ro", "it"), MANY))
    assert len(dict(service.translate(service.route("ro", "it"), SENTENCES))) == 3


@pytest.mark.parametrize("options", [{"tokenizer": "bpe"}, {"target_prefix": ">>eng<<"}], ids=["bpe", "prefix"])
def test_older_and_multilingual_packages_work(dirs: PackageDirs, tmp_path: Path, options: dict[str, str]):
    write_package_folder(dirs.install / "p", **options)
    service = service_for(dirs, tmp_path)
    found = dict(service.translate(service.route("ro", "en"), SENTENCES))
    service.close()
    assert "250" in found[1].text
    assert not any(">>" in translation.text for translation in found.values())


def test_a_doubtful_sentence_is_tried_once_more_and_the_better_one_kept(
    dirs: PackageDirs, monkeypatch: pytest.MonkeyPatch
):
    write_package_folder(dirs.install / "p", endless=True)
    route = PackageStore(dirs).route("ro", "en")
    tried: list[tuple[int, bool]] = []
    translate = _Model.translate

    def watched(self: _Model, sentences: Sequence[str], *turns: object, careful: bool = False) -> list[Decoded]:
        tried.append((len(sentences), careful))
        found = translate(self, sentences, *turns, careful=careful)
        return [Decoded("Road 250.", -0.1)] * len(sentences) if careful else found

    monkeypatch.setattr(_Model, "translate", watched)
    (found,) = Engine(Decoding(), 1).translate(route.steps, ["Drumul 250."])
    assert tried == [(1, False), (1, True)]
    assert found.text == "Road 250."


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (
            Decoded("Munteanu: “the street, the street, the street” 250.", -0.1),
            Decoded("Munteanu: “the street” for 250.", -0.2),
        ),
        (Decoded("Munteanu: 250.", -0.1), Decoded("Munteanu said that the “street” is for 250 people.", -0.2)),
        (
            Decoded("Munteanu: „drumul este pentru oameni”, 250.", -0.1),
            Decoded("Munteanu: “the street” for 250.", -0.2),
        ),
        (
            Decoded("Munteanu said the “street” is for 350 people.", -0.1),
            Decoded("Munteanu: “the street” for 250.", -0.2),
        ),
        (
            Decoded("Munteanu said the street is for 250 people.", -0.1),
            Decoded("Munteanu: “the street” for 250.", -0.2),
        ),
        (
            Decoded("The hill said the “street” is for 250 people.", -0.1),
            Decoded("Munteanu: “the street” for 250.", -0.2),
        ),
        (Decoded("Munteanu: “the street” for 250.", -0.1, cut=True), Decoded("Munteanu: “the street” for 250.", -0.2)),
    ],
    ids=["repetition", "length", "copied", "number", "quote mark", "name", "cut"],
)
def test_whatever_can_be_pointed_at_is_tried_once_more(
    stocked: PackageStore, monkeypatch: pytest.MonkeyPatch, first: Decoded, again: Decoded
):
    tried: list[bool] = []

    def translate(self: _Model, sentences: Sequence[str], *_: object, careful: bool = False) -> list[Decoded]:
        tried.append(careful)
        return [again if careful else first for _ in sentences]

    monkeypatch.setattr(_Model, "translate", translate)
    source = "Munteanu a spus că „drumul este pentru oameni”, cei 250."
    steps = stocked.route("ro", "en").steps
    assert Engine(Decoding(), 1).translate(steps, [source], [["Radu Munteanu"]]) == [again]
    assert tried == [False, True]


def test_a_second_try_that_is_no_better_is_not_taken(stocked: PackageStore, monkeypatch: pytest.MonkeyPatch):
    first, again = Decoded("Road.", -0.1), Decoded("Road road road.", -0.05)
    monkeypatch.setattr(_Model, "translate", lambda *_, careful=False: [again if careful else first])
    assert Engine(Decoding(), 1).translate(stocked.route("ro", "en").steps, ["Drumul 250."]) == [first]


def test_a_small_number_written_as_a_word_is_tried_again_only_where_the_words_are_known(
    stocked: PackageStore, monkeypatch: pytest.MonkeyPatch
):
    tried: list[str] = []

    def translate(self: _Model, sentences: Sequence[str], *_: object, careful: bool = False) -> list[Decoded]:
        tried.append("again" if careful else "first")
        return [Decoded("Sono venute tre persone.", -0.1) for _ in sentences]

    monkeypatch.setattr(_Model, "translate", translate)
    for target in ("en", "it"):
        Engine(Decoding(), 1).translate(stocked.route("ro", target).steps, ["Au venit 3 oameni acolo."])
        tried.append(target)
    assert tried == ["first", "again", "en", "first", "first", "it"]


def test_names_go_with_their_sentences_to_the_worker(service: TranslationService, monkeypatch: pytest.MonkeyPatch):
    sent: dict[str, tuple[str, ...]] = {}
    decode = process.encode

    def watched(request: Request) -> bytes:
        sent.update(zip(request.texts, request.names, strict=True))
        return decode(request)

    monkeypatch.setattr(process, "encode", watched)
    names = [("Radu Munteanu",), (), ("Valea Plopilor", "Ion")]
    assert len(dict(service.translate(service.route("ro", "en"), SENTENCES, names=names))) == 3
    assert sent == dict(zip(SENTENCES, names, strict=True))


def test_a_sentence_without_a_doubt_is_translated_once(stocked: PackageStore, monkeypatch: pytest.MonkeyPatch):
    tried: list[bool] = []
    translate = _Model.translate

    def watched(self: _Model, sentences: Sequence[str], *turns: object, careful: bool = False) -> list[Decoded]:
        tried.append(careful)
        return translate(self, sentences, *turns, careful=careful)

    monkeypatch.setattr(_Model, "translate", watched)
    Engine(Decoding(), 1).translate(stocked.route("ro", "en").steps, [SENTENCES[0]])
    assert tried == [False]


def test_a_model_that_never_ends_is_stopped_and_said(dirs: PackageDirs, tmp_path: Path):
    write_package_folder(dirs.install / "p", endless=True)
    service = service_for(dirs, tmp_path)
    found = dict(service.translate(service.route("ro", "en"), SENTENCES))
    service.close()
    assert all(DoubtKind.CUT in {doubt.kind for doubt in found[i].doubts} for i in range(3))


def test_a_sentence_of_3000_characters_is_translated_to_its_last_word(service: TranslationService):
    long = "Consiliul a votat " + ", ".join(f"drumul {i} din Valea Plopilor" for i in range(100)) + "."
    assert len(long) > 3000
    ((_, translation),) = service.translate(service.route("ro", "en"), [long])
    assert len(translation.text.split()) == len(long.split())
    assert all(str(i) in translation.text for i in range(100))


@pytest.mark.parametrize(
    "long",
    [
        " ".join(f"drumul {i} din sat" for i in range(200)),
        "drumul" * 500,
        "„" + " ".join(f"drumul {i} nou;" for i in range(200)) + "”, a spus el.",
        "Міська рада ухвалила бюджет 2026 " * 100,
    ],
    ids=["no clause mark", "one word", "a quote", "another script"],
)
def test_no_letter_of_3000_is_lost_wherever_a_sentence_is_split(service: TranslationService, long: str):
    assert len(long) >= 3000
    ((_, translation),) = service.translate(service.route("ro", "en"), [long])
    # the test package keeps the length of words, digits and marks
    assert sum(map(str.isalnum, translation.text)) == sum(map(str.isalnum, long))
    assert re.findall(r"\d+", translation.text) == re.findall(r"\d+", long)


@pytest.fixture(scope="module")
def plain_service(stocked: PackageStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TranslationService]:
    """A service that translates each sentence once, without a second try."""
    cache = TranslationCache(tmp_path_factory.mktemp("cache") / "cache.sqlite")
    service = TranslationService(stocked, cache, threads=2, decoding=Decoding(retry=False))
    yield service
    service.close()
    cache.close()


@pytest.fixture(scope="module")
def reference() -> Engine:
    """The engine in this process, to translate sentences alone."""
    return Engine(Decoding(retry=False), 1)


sentence = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join),
    st.text(max_size=80),
    st.text(alphabet="„”«»\"'—-()[]•*.…!? aаșțі\n\t1٣\u00a0\u2028😀\ud800", max_size=60),
    st.sampled_from(WORDS).map(lambda word: word * 150),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(sentence, max_size=12))
def test_each_sentence_becomes_one_translation_whatever_stands_beside_it(
    plain_service: TranslationService, reference: Engine, texts: list[str]
):
    route = plain_service.route("ro", "en")
    found = list(plain_service.translate(route, texts))
    assert sorted(i for i, _ in found) == list(range(len(texts)))
    for i, translation in found:
        line = " ".join(texts[i].split())
        if any(char.isalpha() for char in line):
            (alone,) = reference.translate(route.steps, [line])
            assert translation.text == alone.text
        else:
            assert translation.text == texts[i]


def test_the_window_process_never_loads_the_engine():
    code = (
        "import sys, reader.translation.service, reader.translation.packages, reader.translation.cache;"
        "heavy = {'ctranslate2', 'sentencepiece', 'argostranslate', 'minisbd', 'onnxruntime', 'numpy', 'PySide6'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_worker_loads_no_sentence_splitter_and_no_window(stocked: PackageStore):
    folder = str(stocked.route("ro", "en").packages[0].path)
    code = (
        "import sys; from reader.translation import worker; from reader.translation.engine import Engine;"
        "from reader.translation.messages import Decoding, Step;"
        f"Engine(Decoding(), 1).translate([Step({folder!r})], ['Da, bine.']);"
        "bad = {'argostranslate.translate', 'argostranslate.sbd', 'minisbd', 'onnxruntime', 'stanza', 'spacy'};"
        "bad.add('PySide6');"
        "sys.exit(str(bad & set(sys.modules)) if bad & set(sys.modules) else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_worker_starts_from_any_folder_even_one_full_of_modules(
    service: TranslationService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "json.py").write_text("raise SystemExit('a downloaded file was imported')")
    monkeypatch.chdir(tmp_path)
    assert len(dict(service.translate(service.route("ro", "en"), SENTENCES))) == 3


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="only POSIX tells a process's priority")
def test_the_worker_stands_back_for_other_programs(service: TranslationService):
    list(service.translate(service.route("ro", "en"), SENTENCES))
    assert service.worker_pid is not None
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, service.worker_pid) == min(19, own + 5)
    weighed = Path(f"/proc/{service.worker_pid}/autogroup")  # Linux, where sessions are weighed
    if weighed.exists():
        assert weighed.read_text("ascii").split()[-1] == "5"


def test_the_worker_ends_when_the_reader_is_killed(stocked: PackageStore, tmp_path: Path):
    code = (
        "import sys; from pathlib import Path; from tests.translation.conftest import make_dirs;"
        "from reader.translation.service import *; from reader.translation.packages import *;"
        "from reader.translation.cache import *;"
        f"service = TranslationService(PackageStore(make_dirs(Path({str(stocked.dirs.record.parent)!r}))),"
        f" TranslationCache(Path({str(tmp_path)!r}) / 'c'), 1);"
        "list(service.translate(service.route('ro', 'en'), ['Da, bine.']));"
        "print(service.worker_pid, flush=True); sys.stdin.read()"
    )
    reader = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert reader.stdin is not None
    assert reader.stdout is not None
    worker = int(reader.stdout.readline())
    watched = os.pidfd_open(worker) if hasattr(os, "pidfd_open") else None
    reader.kill()
    reader.wait()
    reader.stdin.close()
    reader.stdout.close()
    if watched is None:
        pytest.skip("this system can't wait for a process that is not a child")
    import select

    assert select.select([watched], [], [], 10)[0]
    os.close(watched)


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare")
def test_installing_and_translating_work_without_any_network(package_files: dict[str, Path], tmp_path: Path):
    code = (
        "from pathlib import Path; from tests.translation.conftest import make_dirs;"
        "from reader.translation.service import *; from reader.translation.packages import *;"
        "from reader.translation.cache import *;"
        f"here = Path({str(tmp_path)!r}); store = PackageStore(make_dirs(here));"
        f"store.install(Path({str(package_files['ro_en'])!r}));"
        "service = TranslationService(store, TranslationCache(here / 'c'), 1);"
        "((_, found),) = service.translate(service.route('ro', 'en'), ['Da, bine.']);"
        "service.close(); print(found.text)"
    )
    command = ["unshare", "-rn", sys.executable, "-c", code]
    if subprocess.run([*command[:2], "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system allows no network namespaces")
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.strip()
