"""Bring an index up to date: what is new, changed or gone since; first words, then people, quotes and translations."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from filelock import FileLock, Timeout

from reader.analysis.language import UNDETERMINED
from reader.articles.reading import shown_name
from reader.library.catalogue import Problem, scan
from reader.library.control import Control
from reader.library.extracting import Finds, Words, analyse, read_words
from reader.library.linking import relink
from reader.library.pool import Lost, Pool
from reader.library.schema import ANALYSED, UNREAD
from reader.library.summaries import notes_stamp
from reader.text.errors import IndexDamaged, LibraryError, PackageError
from reader.translation.cache import TranslationCache, cache_file
from reader.translation.packages import PackageStore
from reader.translation.service import TranslationService

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reader.library.index import Index, Known
    from reader.translation.package import Route


_Untranslated: TypeAlias = tuple[Path, str, dict[str, list[str]]]
"""An article, its language, and some of its sentences by the target into which they are not translated."""

_BATCH = 256  # articles written at a time
_CHUNK = 32  # articles sent to be read at a time: sending one by one would cost more than reading it
_SAMPLE = 3  # untranslated sentences of an article that are asked for to see whether it was translated since


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: the stage ("reading", "analysing", "linking"), what is done, of how many.

    Articles are read and analysed; what is linked are groups of names.
    """

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `problems` are what can't be indexed in full; `finished` is false where it was stopped."""

    read: int = 0
    analysed: int = 0
    removed: int = 0
    finished: bool = True
    problems: tuple[Problem, ...] = ()


def build(
    index: Index,
    paths: Sequence[Path] | None = None,
    *,
    processes: int = 2,
    analysing: bool = True,
    report: Callable[[Progress], None] = lambda _: None,
    control: Control | None = None,
) -> Built:
    """Bring `index` up to date with its folder, or with these files of it.

    Raises `LibraryError` where another program is at it or the file can't be written.
    """
    if index.read_only:
        return Built(problems=(Problem(index.file, index.warning or ""),))
    control, before = control or Control(), index.warning
    index.renew()
    with _alone(index), closing(Pool(processes)) as pool:
        try:
            built = _Build(index, pool, report, control).run(paths, analysing=analysing)
        except sqlite3.OperationalError as exc:
            words = f"The index of {index.folder.name} can't be written ({exc}). Articles and notes are as they were."
            raise LibraryError(words, index.file) from exc
        except IndexDamaged:
            built = _Build(index, pool, report, control).run(paths, analysing=analysing)
        except sqlite3.DatabaseError as exc:
            index.begin_anew(exc)
            built = _Build(index, pool, report, control).run(paths, analysing=analysing)
    if index.warning and index.warning != before:  # it proved damaged, or was removed meanwhile
        return replace(built, problems=(Problem(index.file, index.warning), *built.problems))
    return built


@contextmanager
def _alone(index: Index) -> Iterator[None]:
    """Keep other programs from building the same index at the same time."""
    lock = FileLock(index.file.with_suffix(".lock"))
    with suppress(OSError):
        index.file.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        words = f"Another program is indexing {index.folder.name}: it is searched as far as that has come."
        raise LibraryError(words, index.file) from exc
    except OSError:  # no place for a lock: the index lasts for this run only and is nobody else's
        yield
        return
    try:
        yield
    finally:
        lock.release()


class _Build:
    """One run over a folder."""

    def __init__(self, index: Index, pool: Pool, report: Callable[[Progress], None], control: Control) -> None:
        self._index, self._pool, self._report, self._control = index, pool, report, control
        self._read = self._analysed = 0

    def run(self, paths: Sequence[Path] | None, *, analysing: bool) -> Built:
        if not self._index.fact("folder"):  # the file's name doesn't tell it
            self._index.set_fact("folder", str(self._index.folder))
        found = scan([self._index.folder] if paths is None else paths)
        known = self._index.known()
        gone = _gone(known, found.articles, found.problems, self._index.folder, whole=paths is None)
        self._index.remove(gone)
        changed = [path for path in found.articles if _changed(path, known.get(path))]
        self._read_all(changed, known)
        stale = [path for path in found.articles if _stale(path, known.get(path))]
        self._index.analyse_again([*stale, *self._translated_since(known)])
        if analysing and self._control.go_on():
            self._analyse_all()
        if analysing and self._control.go_on():

            def report(done: int, total: int) -> None:
                self._report(Progress("linking", done, total))

            relink(self._index, self._pool, report, self._control.go_on)
        problems = (*found.problems, *(Problem(path, words) for path, words in self._index.problems()))
        return Built(self._read, self._analysed, len(gone), not self._control.stopped, problems)

    def _read_all(self, paths: Sequence[Path], known: dict[Path, Known]) -> None:
        batch: list[Words] = []
        if paths:
            self._report(Progress("reading", 0, len(paths)))
        for results in self._pool.run(read_words, paths, self._control.go_on, chunk=_CHUNK):
            for result in results:
                self._read += 1
                words = _unreadable(result) if isinstance(result, Lost) else result
                before = known.get(words.path)
                if before is not None and words.sha256 and before.sha256 == words.sha256 and before.stage != UNREAD:
                    self._index.touch(words.path, words.size, words.mtime)  # another time, the same bytes
                else:
                    batch.append(words)
            if len(batch) >= _BATCH:
                self._index.put_words(batch)
                batch = []
            self._report(Progress("reading", self._read, len(paths)))
        self._index.put_words(batch)

    def _analyse_all(self) -> None:
        waiting = self._index.waiting()
        batch: list[Finds] = []
        for results in self._pool.run(_analyse, waiting, self._control.go_on):
            self._analysed += len(results)
            batch += [_unanalysed(each) if isinstance(each, Lost) else each for each in results]
            if len(batch) >= _BATCH // 4:
                self._index.put_finds(batch)
                batch = []
            self._report(Progress("analysing", self._analysed, len(waiting)))
        self._index.put_finds(batch)

    def _translated_since(self, known: dict[Path, Known]) -> Iterable[Path]:
        """Return the articles of which the translation cache knows more than when they were indexed."""
        stamp = _translation_stamp()
        if self._index.fact("translations") == stamp:
            return ()
        waiting = (
            self._untranslated(path, before.id)
            for path, before in known.items()
            if before.stage == ANALYSED and before.untranslated
        )
        found = [
            path
            for results in self._pool.run(_translated_since, waiting, self._control.go_on)
            for path in results
            if isinstance(path, Path)
        ]
        self._index.set_fact("translations", stamp)
        return found

    def _untranslated(self, path: Path, article: int) -> _Untranslated:
        """Return a few sentences of an article that have no translation in the index, by target."""
        query = "SELECT original, sentences, language FROM texts JOIN articles USING (id) WHERE id = ?"
        for text, sentences, language in self._index.rows(query, (article,)):
            waiting = {
                target: [text[start:end] for start, end, length in places if not length][:_SAMPLE]
                for target, places in json.loads(sentences).items()
            }
            return path, language, waiting
        return path, "und", {}


def _gone(
    known: Iterable[Path], there: Iterable[Path], problems: Iterable[Problem], folder: Path, *, whole: bool
) -> list[Path]:
    """Return the files that the index has and the folder has no longer; what can't be looked at may still be there."""
    hidden = [problem.path for problem in problems if problem.path != folder or not whole]
    found = set(there)
    return [path for path in known if path not in found and not any(path.is_relative_to(each) for each in hidden)]


def _changed(path: Path, before: Known | None) -> bool:
    if before is None:
        return True
    try:
        found = os.stat(path)
    except OSError:
        return True
    return (found.st_size, found.st_mtime_ns) != (before.size, before.mtime)


def _stale(path: Path, before: Known | None) -> bool:
    """Say whether an article's notes changed since it was analysed."""
    return before is not None and before.stage == ANALYSED and notes_stamp(path) != before.notes


def _unreadable(lost: Lost[Path]) -> Words:
    words = f"{shown_name(lost.task)} could not be read for the index: {lost.why}."
    try:
        found = lost.task.stat()
    except OSError:
        return Words(lost.task, 0, 0, problem=words)
    return Words(lost.task, found.st_size, found.st_mtime_ns, problem=words)


def _unanalysed(lost: Lost[Path]) -> Finds:
    words = f"{shown_name(lost.task)} could not be looked through: {lost.why}. Its words are indexed."
    return Finds(lost.task, "", "", problem=words)


# -- in the processes of the pool --------------------------------------------------------------------------------


def _analyse(path: Path) -> Finds:
    return analyse(path, _kept().find)


class _KeptTranslations:
    """What the translation cache knows, into every language to which a package leads. Lives as long as its process."""

    def __init__(self) -> None:
        self._store = PackageStore()
        self.service = TranslationService(self._store, TranslationCache(), 1)
        self._routes: dict[str, dict[str, Route]] = {}

    def find(self, language: str, sentences: Sequence[str]) -> dict[str, list[str | None]]:
        """Return what is known of sentences in a language, by target."""
        found = {}
        for target, route in self._to(language).items() if sentences else ():
            found[target] = [each.text if each else None for each in self.service.cached(route, sentences)]
        return found

    def _to(self, language: str) -> dict[str, Route]:
        """Return the ways from a language, by target; looked for once, for it opens every package."""
        routes = self._routes.get(language)
        if routes is None:
            routes = self._routes[language] = {}
            targets = {each.to_code for each in self._store.installed() if each.problem is None}
            for target in sorted(targets - {language}) if language != UNDETERMINED else ():
                with suppress(PackageError):
                    routes[target] = self.service.route(language, target)
        return routes


@cache
def _kept() -> _KeptTranslations:
    return _KeptTranslations()


def _translated_since(waiting: _Untranslated) -> Path | None:
    """Return the article where the cache knows one of the sentences it lacked."""
    path, language, lacking = waiting
    for target, sentences in lacking.items():
        if any(_kept().find(language, sentences).get(target, ())):
            return path
    return None


def _translation_stamp() -> str:
    """Return what changes whenever the translation cache does."""
    stamps = []
    for file in (cache_file(), cache_file().with_name(cache_file().name + "-wal")):
        try:
            found = file.stat()
        except OSError:
            continue
        stamps.append(f"{found.st_size}.{found.st_mtime_ns}")
    return " ".join(stamps)
