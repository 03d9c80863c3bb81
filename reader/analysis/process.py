"""The analysis in a process of its own, for the window: the libraries hold the interpreter's lock while they work."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
from typing import TYPE_CHECKING, Any, Protocol

from reader.text.errors import AnalysisFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

    from reader.analysis.identities import Edit
    from reader.analysis.results import Analysis
    from reader.articles.article import Article

log = logging.getLogger(__name__)

_GONE = "The process that looks for quotes and people ended. Text and notes are as they were."
LONG = 300_000
"""Code points from which an article gets a process for itself, so that shorter ones need not wait for it."""


class Analyzes(Protocol):
    """What both the analyzer and its process do."""

    def analyze(self, article: Article, language: str | None = None) -> Analysis:
        """Return all that is found in an article; `language` is an ISO 639-1 code chosen by a person."""

    def link(self, analyses: Sequence[Analysis], edits: Sequence[Edit] = ()) -> tuple[Analysis, ...]:
        """Return the analyses with one display name for one person in all of them; `edits` always win."""

    def gaps(self) -> tuple[str, ...]:
        """Load every part and return a sentence for each that is damaged."""

    def close(self) -> None:
        """Give back what is held."""


class AnalyzerProcess:
    """What `Analyzer` does, in a process that is started when needed and started again when it died.

    May be called from several threads; each call waits for its result. Raises `AnalysisFailed` where the process
    dies over the work, or is closed.
    """

    def __init__(self) -> None:
        self._usual = _Worker()
        self._others: set[_Worker] = set()

    def analyze(self, article: Article, language: str | None = None) -> Analysis:
        """Return all that is found in an article; `language` is an ISO 639-1 code chosen by a person."""
        if len(article.text) <= LONG:
            return self._usual.call("analyze", article, language)  # type: ignore[no-any-return]  # it came by pipe
        alone = _Worker()
        self._others.add(alone)
        try:
            return alone.call("analyze", article, language)  # type: ignore[no-any-return]
        finally:
            self._others.discard(alone)
            alone.end()

    def link(self, analyses: Sequence[Analysis], edits: Sequence[Edit] = ()) -> tuple[Analysis, ...]:
        """Return the analyses with one display name for one person in all of them; `edits` always win."""
        return self._usual.call("link", analyses, edits)  # type: ignore[no-any-return]

    def gaps(self) -> tuple[str, ...]:
        """Load every part, in the process, and return a sentence for each that is damaged."""
        return self._usual.call("gaps")  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the processes at once, whatever they do; a call that waits raises `AnalysisFailed`."""
        for worker in (self._usual, *self._others):
            worker.end()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._life = threading.Lock()  # whoever ends the process doesn't wait for the call
        self._ended = False
        self._process: Any = None
        self._pipe: Connection | None = None

    def call(self, name: str, *arguments: object) -> Any:  # noqa: ANN401  (whatever the analyzer's method returns)
        """Call a method of the analyzer over there; one call at a time."""
        with self._lock:
            pipe = self._started()
            try:
                pipe.send((name, arguments))
                failed, result = pipe.recv()
            except (EOFError, OSError) as exc:
                self._stop()
                raise AnalysisFailed(_GONE) from exc
        if failed:
            raise AnalysisFailed(f"Looking for quotes and people failed: {result}. Text and notes are as they were.")
        return result

    def _started(self) -> Connection:
        with self._life:
            if self._ended:
                raise AnalysisFailed(_GONE)
            if self._pipe is None or self._process is None or not self._process.is_alive():
                context = multiprocessing.get_context("spawn")
                self._pipe, theirs = context.Pipe()
                self._process = context.Process(target=_serve, args=(theirs,), daemon=True, name="reader-analysis")
                self._process.start()
                theirs.close()  # so that the pipe ends when the process does
            return self._pipe

    def end(self) -> None:
        """End the process for good."""
        with self._life:
            self._ended = True
        self._stop()

    def _stop(self) -> None:
        process = self._process
        if process is not None:
            process.terminate()
            process.join()


def _serve(pipe: Connection) -> None:
    """Answer calls until the other end is gone, which is also how this process learns that the window died."""
    from reader.analysis.analyzer import Analyzer  # here alone: who calls has no use for its parts

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the window
    analyzer = Analyzer()
    while True:
        try:
            name, arguments = pipe.recv()
        except EOFError:
            return
        try:
            answer = (False, getattr(analyzer, name)(*arguments))
        except Exception as exc:  # the job boundary: the next article must still be analysed
            log.exception("the analysis failed")
            answer = (True, f"{type(exc).__name__}: {exc}")
        pipe.send(answer)
