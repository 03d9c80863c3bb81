"""Translate many articles in the background, the sentences of several of them pooled so that the engine never idles.

What is translated goes into the translation cache, sentence by sentence; the queue itself only knows which articles
wait and which failed, in a small file of the user's data folder, so that it goes on after a restart.
"""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import platformdirs

from reader.text import APPLICATION
from reader.text.errors import PackageError, PackageMissing, ReaderError, TranslationError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from concurrent.futures import Future

    from reader.translation.package import Route
    from reader.workspace import Workspace

_POOL = 500
"""Sentences translated together: enough to keep all cores busy, few enough to be read and analysed in seconds."""
_ENGINE_FAILURES = 3
"""Articles in a row on which the engine may fail before the queue pauses: it would fail on the others too."""


@dataclass(frozen=True, slots=True)
class QueueProgress:
    """How far a run of the queue is.

    `done` counts the articles of this run, `failed` all that could not be translated, `waiting` those to come.
    `rate` is in words a second, `remaining` in seconds, None before it can be told. `finished` is the article whose
    last sentence just came.
    """

    done: int
    failed: int
    waiting: int
    words: int
    rate: float
    remaining: float | None
    finished: Path | None = None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, how it is translated, and the people's names in it."""

    route: Route
    text: str
    names: tuple[str, ...]


@dataclass(slots=True)
class _Article:
    """An article read and analysed, and its sentences that need a translation."""

    path: Path
    sentences: list[_Sentence] = field(default_factory=list)


class TranslationQueue:
    """The articles to be translated, in order. Methods may be called from any thread; one thread consumes `run`.

    `waiting` and `failed` are kept in `file`, by default in the user's data folder.
    """

    def __init__(
        self, workspace: Workspace, file: Path | None = None, *, clock: Callable[[], float] = monotonic
    ) -> None:
        self._workspace = workspace
        self._file = file or platformdirs.user_data_path(APPLICATION) / "queue.json"
        self._clock = clock
        self._lock = threading.RLock()
        self._waiting: dict[Path, None] = {}
        self._failed: dict[Path, str] = {}
        self._paused = False
        self._wanted: tuple[Path, ...] = ()
        self._pooled: frozenset[Path] = frozenset()
        self._changed = self._stopped = False
        self._load()

    # -- what there is -------------------------------------------------------------------------------------------

    @property
    def waiting(self) -> tuple[Path, ...]:
        """The articles to come, those in work included, in order."""
        with self._lock:
            return tuple(self._waiting)

    @property
    def failed(self) -> dict[Path, str]:
        """The articles that could not be translated, with the reason for the user."""
        with self._lock:
            return dict(self._failed)

    @property
    def paused(self) -> bool:
        """Say whether the queue was told to pause, perhaps before a restart."""
        return self._paused

    # -- what a person asks for ----------------------------------------------------------------------------------

    def add(self, articles: Iterable[Path]) -> None:
        """Queue articles behind the others; those that failed get another try."""
        with self._lock:
            for path in _absolute(articles):
                self._failed.pop(path, None)
                self._waiting.setdefault(path)
            self._keep()

    def want(self, articles: Iterable[Path]) -> None:
        """Bring those of the queued articles to the front that are on screen."""
        with self._lock:
            self._wanted = tuple(path for path in _absolute(articles) if path in self._waiting)
            self._waiting = dict.fromkeys((*self._wanted, *self._waiting))
            self._changed |= not self._pooled.issuperset(self._wanted)
            self._keep()

    def remove(self, articles: Iterable[Path]) -> None:
        """Take articles out of the queue and off the list of failures; sentences already translated stay."""
        with self._lock:
            for path in _absolute(articles):
                self._waiting.pop(path, None)
                self._failed.pop(path, None)
                self._changed |= path in self._pooled
            self._keep()

    def cancel(self) -> None:
        """Empty the queue; a `run` ends soon."""
        self.remove(self.waiting)

    def pause(self) -> None:
        """Let `run` end soon; the queue stays as it is, over a restart too."""
        with self._lock:
            self._paused = self._changed = True
            self._keep()

    def stop(self) -> None:
        """Let `run` end soon, as when the program ends; the next start goes on."""
        self._stopped = self._changed = True

    def resume(self) -> None:
        """Allow `run` again; the caller starts it."""
        with self._lock:
            self._paused = False
            self._keep()

    # -- the work ------------------------------------------------------------------------------------------------

    def run(self) -> Iterator[QueueProgress]:
        """Translate until nothing waits or somebody pauses; yield after each sentence and each article.

        Articles are read and analysed in here: consume it in a thread of its own. An article that fails goes to
        `failed`, and the rest goes on. Closing the iterator stops; what was translated is kept.
        """
        meter = _Meter(self._clock)
        failures, alone = 0, False
        ahead: Future[list[_Article]] | None = None
        self._stopped = False
        with ThreadPoolExecutor(1, thread_name_prefix="queue") as reading:
            try:
                while self._goes_on():
                    if self._changed or alone:
                        ahead = None
                    self._changed = False
                    found = ahead.result() if ahead else self._gather((), 0 if alone else _POOL)
                    pool = [article for article in found if article.path in self._waiting]
                    self._pooled = frozenset(article.path for article in pool)
                    ahead = reading.submit(self._gather, self._pooled, _POOL)  # while this pool is translated
                    try:
                        yield from self._translated(pool, meter)
                        failures, alone = 0, False
                    except TranslationError as exc:
                        # one of them may be too much for the engine: which?
                        alone = len(pool) > 1
                        if not alone and not self._stopped:
                            self._fail(pool, exc)
                            failures += 1
                        if failures == _ENGINE_FAILURES:
                            self.pause()
                    yield self._progress(meter)
            finally:
                self._changed = True  # reading ahead stops
                self._pooled = frozenset()

    def _goes_on(self) -> bool:
        return bool(self._waiting) and not self._paused and not self._stopped

    def _gather(self, skipped: Collection[Path], sentences: int) -> list[_Article]:
        """Read the next articles until they have so many sentences, at least one article; drop those that fail."""
        pool: list[_Article] = []
        for path in self.waiting:
            if path in skipped:
                continue
            try:
                pool.append(self._read(path))
            except ReaderError as exc:
                self._fail([_Article(path)], exc)
            except Exception as exc:  # a job's boundary: a defect in one article must not stop the others
                self._fail(
                    [_Article(path)], TranslationError(f"{path.name} can't be read: {type(exc).__name__}: {exc}.")
                )
            if self._changed or sum(len(article.sentences) for article in pool) > sentences:
                break
        return pool

    def _read(self, path: Path) -> _Article:
        """Analyse an article; raise `ReaderError` where nothing can translate it."""
        opened = self._workspace.prepare(path)
        article = _Article(path)
        for language, indices in opened.untranslated().items():
            route = opened.routes.known[language]
            for index in indices:
                text = opened.page.sentences[index].span.of(opened.article.text)
                article.sentences.append(_Sentence(route, text, opened.names_in(index)))
        if opened.language in opened.routes.missing:
            raise PackageMissing(opened.routes.missing[opened.language], path)
        if opened.language == "und" and opened.page.sentences:
            raise TranslationError(
                f"The language of “{path.name}” can't be told. Open it and choose its language.", path
            )
        return article

    def _translated(self, pool: list[_Article], meter: _Meter) -> Iterator[QueueProgress]:
        """Translate a pool of articles, route by route; stop early where the queue was changed."""
        meter.read(pool)
        left = Counter({article.path: len(article.sentences) for article in pool})
        for article in pool:
            if not article.sentences:
                yield self._finished(article.path, meter)
        for route in dict.fromkeys(sentence.route for article in pool for sentence in article.sentences):
            found = [(article.path, each) for article in pool for each in article.sentences if each.route == route]
            paths = [path for path, _ in found]
            texts = [sentence.text for _, sentence in found]
            names = [sentence.names for _, sentence in found]

            def on_screen(paths: list[Path] = paths) -> list[int]:
                return [index for index, path in enumerate(paths) if path in self._wanted]

            try:
                translated = self._workspace.translations.translate(
                    route, texts, order=on_screen, names=names, background=True
                )
                with closing(translated):  # type: ignore[type-var]  # it is a generator
                    for index, _ in translated:
                        path = paths[index]
                        meter.add(texts[index])
                        left[path] -= 1
                        yield self._progress(meter) if left[path] else self._finished(path, meter)
                        if self._changed:
                            return
            except PackageError as exc:
                self._fail([article for article in pool if article.path in paths and left[article.path]], exc)
                yield self._progress(meter)

    def _finished(self, path: Path, meter: _Meter) -> QueueProgress:
        with self._lock:
            self._waiting.pop(path, None)
            self._keep()
        meter.articles += 1
        return self._progress(meter, path)

    def _fail(self, articles: Iterable[_Article], why: ReaderError) -> None:
        with self._lock:
            for article in articles:
                if article.path in self._waiting:
                    del self._waiting[article.path]
                    self._failed[article.path] = str(why)
            self._keep()

    def _progress(self, meter: _Meter, finished: Path | None = None) -> QueueProgress:
        with self._lock:
            waiting, failed = tuple(self._waiting), len(self._failed)
        unread = [path for path in waiting if path not in self._pooled]
        rate, remaining = meter.rate, meter.remaining(unread)
        return QueueProgress(meter.articles, failed, len(waiting), meter.words, rate, remaining, finished)

    # -- over a restart ------------------------------------------------------------------------------------------

    def _load(self) -> None:
        """Take up what an earlier run left; a missing or damaged file is an empty queue."""
        try:
            state = json.loads(self._file.read_bytes())
            self._waiting = {Path(path): None for path in state["waiting"]}
            self._failed = {Path(path): str(why) for path, why in state["failed"].items()}
            self._paused = bool(state["paused"])
        except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
            self._waiting, self._failed, self._paused = {}, {}, False

    def _keep(self) -> None:
        state = {
            "waiting": [str(path) for path in self._waiting],
            "failed": {str(path): why for path, why in self._failed.items()},
            "paused": self._paused,
        }
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(state, indent=1), encoding="ascii")
            os.replace(part, self._file)
        except OSError:
            pass  # a read-only home or a full disk: the queue lives as long as the program


class _Meter:
    """What a run has done, and how long the rest will take at that rate."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()
        self._sizes: dict[Path, int] = {}
        self._left = self._done = 0
        self._read_bytes = self._read_characters = 0
        self.words = 0
        self.articles = 0

    def read(self, pool: Iterable[_Article]) -> None:
        """Take a new pool in place of the one before."""
        self._left = 0
        for article in pool:
            characters = sum(len(sentence.text) for sentence in article.sentences)
            self._left += characters
            self._read_characters += characters
            self._read_bytes += self._size(article.path)

    def add(self, text: str) -> None:
        """Count a translated sentence."""
        self._left -= len(text)
        self._done += len(text)
        self.words += len(text.split())

    @property
    def rate(self) -> float:
        """Words a second since the run began."""
        return self.words / max(0.001, self._clock() - self._began)

    def remaining(self, unread: Iterable[Path]) -> float | None:
        """Return the seconds left; articles not read yet are taken to need as much a byte as those read."""
        if not self._done:
            return None
        ahead = sum(map(self._size, unread)) * self._read_characters / max(1, self._read_bytes)
        return (self._left + ahead) * (self._clock() - self._began) / self._done

    def _size(self, path: Path) -> int:
        if path not in self._sizes:
            try:
                self._sizes[path] = path.stat().st_size
            except OSError:
                self._sizes[path] = 0
        return self._sizes[path]


def _absolute(articles: Iterable[Path]) -> list[Path]:
    return [Path(os.path.abspath(path)) for path in articles]
