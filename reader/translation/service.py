"""Translate sentences: from the cache where they are known, else through the worker, the visible ones first."""

from __future__ import annotations

import hashlib
import os
import threading
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING

from reader.text.errors import PackageBroken, TranslationError
from reader.translation.doubts import Doubt, find_doubts
from reader.translation.messages import Action, Decoded, Decoding
from reader.translation.process import WorkerGone, WorkerProcess, WorkFailed
from reader.translation.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reader.translation.cache import TranslationCache
    from reader.translation.package import Route
    from reader.translation.packages import PackageStore
    from reader.translation.schedule import Order

    Names = Sequence[Sequence[str]]

# Raise it when the engine's results change for the same package and the same settings.
_ENGINE_VERSION = 2
_MAX_THREADS = 8
# Seconds after which it is asked again what somebody looks at, if nothing has come back.
_GLANCE = 0.1


@dataclass(frozen=True, slots=True)
class Translation:
    """What a sentence became, and why one may doubt it. `score` is the mean log probability of a token."""

    text: str
    score: float
    doubts: tuple[Doubt, ...] = ()
    from_cache: bool = False


class Stage(StrEnum):
    """What a translation is busy with."""

    LOADING = "loading"
    TRANSLATING = "translating"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a call of `translate` is: sentences done, of how many."""

    stage: Stage
    done: int
    total: int


class TranslationService:
    """Translate through one worker process, started when needed and ended when idle.

    `cached` answers at once from any thread. Each `translate` may run in a thread of its own; several at a time
    share the worker. `timeout` is for a thousand characters, `load_timeout` for a package, `idle` how long the worker
    keeps its memory; all in seconds.
    """

    def __init__(
        self,
        store: PackageStore,
        cache: TranslationCache,
        threads: int | None = None,
        *,
        decoding: Decoding | None = None,
        timeout: float = 120,
        load_timeout: float = 120,
        idle: float = 300,
    ) -> None:
        self._store = store
        self._cache = cache
        self._threads = threads or min(_MAX_THREADS, os.cpu_count() or 1)
        self._decoding = decoding or Decoding()
        self._timeout = timeout
        self._load_timeout = load_timeout
        self._idle = idle
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._loaded: str | None = None
        self._closed = False
        self._busy = 0
        self._urgent = 0
        self._calm = threading.Event()
        self._calm.set()
        self._timer: threading.Timer | None = None

    @property
    def worker_pid(self) -> int | None:
        """The worker's process id, while there is one."""
        worker = self._worker
        return worker.pid if worker is not None and worker.alive else None

    def route(self, from_code: str, to_code: str) -> Route:
        """Find the packages for a pair of languages; raises what `PackageStore.route` raises."""
        return self._store.route(from_code, to_code)

    def cached(self, route: Route, texts: Sequence[str], names: Names | None = None) -> list[Translation | None]:
        """Return what is known without the worker.

        Sentences without a letter (a date, a rule of asterisks, nothing) are their own translation.
        """
        lines = [_one_line(text) for text in texts]
        found = self._cache.find(self._key(route), lines)
        known: list[Translation | None] = []
        for i, (text, line, decoded) in enumerate(zip(texts, lines, found, strict=True)):
            if not any(char.isalpha() for char in line):
                known.append(Translation(text, 0.0))
            elif decoded is None:
                known.append(None)
            else:
                known.append(_translation(line, decoded, _at(names, i), route, from_cache=True))
        return known

    def translate(
        self,
        route: Route,
        texts: Sequence[str],
        *,
        order: Order | None = None,
        names: Names | None = None,
        progress: Callable[[Progress], None] | None = None,
        background: bool = False,
    ) -> Iterator[tuple[int, Translation]]:
        """Yield (index, translation) for each text once: known ones first, then in `order`, batch by batch.

        `order` lists the indices wanted first; a callable is asked again before each batch. `names` holds, for each
        text, the people's names that stand in it. Work in the `background` stands back while other work goes on.
        Closing the iterator cancels what has not begun.
        Raise `PackageBroken` where a package can't be loaded, `TranslationError` where the engine dies or hangs;
        what was yielded stays valid, and the next call starts the engine again.
        """
        waiting: dict[str, list[int]] = {}
        for i, known in enumerate(self.cached(route, texts, names)):
            if known is not None:
                yield i, known
            else:
                waiting.setdefault(_one_line(texts[i]), []).append(i)
        if not waiting:
            return
        report = progress or (lambda _: None)
        with self._working(background):
            worker = self._ready(route, report, len(texts) - sum(map(len, waiting.values())), len(texts))
            schedule = Schedule(waiting, order, threads=self._threads, background=background)
            standing = {line: _at(names, indices[0]) for line, indices in waiting.items()}
            for batch in self._batches(worker, route, schedule, standing, background):
                self._cache.store(self._key(route), batch)
                for line, decoded in batch.items():
                    for i in waiting.pop(line):
                        yield i, _translation(line, decoded, _at(names, i), route)
                left = sum(map(len, waiting.values()))
                report(Progress(Stage.TRANSLATING, len(texts) - left, len(texts)))

    def rest(self) -> None:
        """End the worker and give its memory back, unless work goes on; the next `translate` starts another."""
        with self._lock:
            if self._busy:
                return
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def close(self) -> None:
        """End the worker and close the cache for good; every `translate` raises `TranslationError` from now on."""
        with self._lock:
            self._closed = True
            worker, self._worker = self._worker, None
            if self._timer is not None:
                self._timer.cancel()
        if worker is not None:
            worker.close()
        self._cache.close()

    def _batches(
        self,
        worker: WorkerProcess,
        route: Route,
        schedule: Schedule,
        names: Mapping[str, Sequence[str]],
        background: bool,
    ) -> Iterator[dict[str, Decoded]]:
        """Keep the worker busy, one request more than it has threads, and yield what comes back, as it comes.

        What is asked for now is sent even if the worker has enough of the rest: that waits in the background.
        """
        running: dict[Future[tuple[Decoded, ...]], list[str]] = {}
        asked_for: set[Future[tuple[Decoded, ...]]] = set()
        lines = [""]
        heard = monotonic()
        try:
            while running or lines:
                if background and not running:
                    self._calm.wait()
                while lines and (self._calm.is_set() or not background):
                    asked = not background and schedule.asked()
                    if sum((future in asked_for) == asked for future in running) > self._threads:
                        break
                    if lines := schedule.next():
                        standing = [names[line] for line in lines]
                        sent = worker.send(Action.TRANSLATE, route.steps, lines, standing, background=not asked)
                        running[sent], heard = lines, monotonic()
                        asked_for |= {sent} if asked else set()
                if not running:
                    continue
                done, _ = wait(running, timeout=_GLANCE, return_when=FIRST_COMPLETED)
                # a large request may take minutes on a slow machine that is busy with other things
                seconds = self._timeout * max(1.0, max(sum(map(len, texts)) for texts in running.values()) / 1000)
                if not done and monotonic() - heard > seconds:
                    raise self._hung(worker, route, seconds)
                for future in [future for future in running if future in done]:
                    yield dict(zip(running.pop(future), self._result(worker, route, future), strict=True))
                if done or (background and self._urgent):  # the worker lets what is in the background wait
                    heard = monotonic()
        finally:
            worker.cancel(list(running))

    def _ready(self, route: Route, report: Callable[[Progress], None], done: int, total: int) -> WorkerProcess:
        """Return a worker that has loaded the route's packages."""
        worker, fresh = self._running()
        if fresh or self._loaded != route.key:
            report(Progress(Stage.LOADING, done, total))
        future = worker.send(Action.LOAD, route.steps)
        wait([future], timeout=self._load_timeout)
        if not fresh and future.done() and isinstance(future.exception(), WorkerGone):
            return self._ready(route, report, done, total)  # it ended while nobody needed it
        if not future.done():
            raise self._hung(worker, route, self._load_timeout)
        self._result(worker, route, future)
        self._loaded = route.key
        report(Progress(Stage.TRANSLATING, done, total))
        return worker

    def _running(self) -> tuple[WorkerProcess, bool]:
        """Return the worker, and whether it was started just now."""
        with self._lock:
            if self._worker is not None and self._worker.alive:
                return self._worker, False
            if self._closed:
                raise TranslationError("The reader is being closed: nothing more is translated.")
            self._worker = WorkerProcess(self._threads, self._decoding)
            return self._worker, True

    def _result(self, worker: WorkerProcess, route: Route, future: Future[tuple[Decoded, ...]]) -> tuple[Decoded, ...]:
        """Return what the worker answered, or raise in the user's words."""
        try:
            return future.result()
        except WorkFailed as exc:
            for package in route.packages:
                if str(package.path) == exc.culprit:
                    raise PackageBroken(
                        f"The package {package.label} can't be loaded ({exc}). Install it again; your notes are safe.",
                        package.path,
                    ) from exc
            worker.close()  # after running out of memory, say, it can't be relied on
            raise TranslationError(
                f"The package {route.label} could not translate ({exc}). Notes and finished sentences are kept; "
                "translate again.",
                route.packages[0].path,
            ) from exc
        except WorkerGone as exc:
            raise TranslationError(
                f"The translation engine {exc} while it used the package {route.label}. Notes and finished sentences "
                "are kept. Translate again; if it happens again, install the package anew or free some memory.",
                route.packages[0].path,
            ) from exc

    def _hung(self, worker: WorkerProcess, route: Route, seconds: float) -> TranslationError:
        worker.close()
        return TranslationError(
            f"The translation engine did not answer for {seconds:.0f} seconds with the package {route.label} and was "
            "ended. Notes and finished sentences are kept. Translate again; if it happens again, install the package "
            "anew.",
            route.packages[0].path,
        )

    @contextmanager
    def _working(self, background: bool) -> Iterator[None]:
        """Keep the worker from being sent to rest, and work in the background from going on beside other work."""
        with self._lock:
            self._busy += 1
            self._hurry(0 if background else 1)
            if self._timer is not None:
                self._timer.cancel()
        try:
            yield
        finally:
            with self._lock:
                self._busy -= 1
                self._hurry(0 if background else -1)
                if not self._busy and self._worker is not None:
                    self._timer = threading.Timer(self._idle, self.rest)
                    self._timer.daemon = True
                    self._timer.start()

    def _hurry(self, more: int) -> None:
        self._urgent += more
        if self._urgent:
            self._calm.clear()
        else:
            self._calm.set()

    def _key(self, route: Route) -> str:
        settings = f"{_ENGINE_VERSION} {self._decoding}"
        return hashlib.sha256(f"{route.key} {settings}".encode()).hexdigest()


def _one_line(text: str) -> str:
    """Return the sentence with its white space evened out: hard wraps mean nothing to the model."""
    return " ".join(text.split())


def _at(names: Names | None, index: int) -> Sequence[str]:
    return names[index] if names is not None else ()


def _translation(
    line: str, decoded: Decoded, names: Sequence[str], route: Route, *, from_cache: bool = False
) -> Translation:
    doubts = find_doubts(line, decoded.text, decoded.score, names, decoded.cut, route.to_code)
    return Translation(decoded.text, decoded.score, doubts, from_cache)
