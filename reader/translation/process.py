"""The reader's side of the worker process: start it, hand it requests, notice when it ends."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.translation.messages import Action, Decoding, Reply, Request, decode_reply, encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.translation.messages import Decoded, Step


class WorkerGone(Exception):
    """The worker ended before it answered; the text says how."""


class WorkFailed(Exception):
    """The worker answered that it can't; `culprit` is the folder of the package at fault, where it is known."""

    def __init__(self, reason: str, culprit: str | None) -> None:
        super().__init__(reason)
        self.culprit = culprit


class WorkerProcess:
    """A running worker. `send` may be called from any thread; each future fails with `WorkerGone` or `WorkFailed`."""

    def __init__(self, threads: int, decoding: Decoding) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the reading thread
        self._process = subprocess.Popen(
            # -P keeps the current folder, which may be full of downloaded files, off the import path
            [sys.executable, "-P", "-m", "reader.translation.worker", str(threads), json.dumps(asdict(decoding))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_environment(),
            start_new_session=True,
            **_windows_flags(),
        )
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._futures: dict[int, Future[tuple[Decoded, ...]]] = {}
        self._ended = False
        self._thread = threading.Thread(target=self._read, name="translation-replies", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """The worker's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Say whether the worker still answers."""
        return not self._ended

    def send(
        self,
        action: Action,
        chain: Sequence[Step],
        texts: Sequence[str] = (),
        names: Sequence[Sequence[str]] = (),
        *,
        background: bool = False,
    ) -> Future[tuple[Decoded, ...]]:
        """Hand over a request; the future holds a `Decoded` for each text."""
        future: Future[tuple[Decoded, ...]] = Future()
        with self._lock:
            named = tuple(map(tuple, names))
            request = Request(next(self._numbers), action, tuple(chain), tuple(texts), named, background)
            if self._ended:
                future.set_exception(WorkerGone(self._how_it_ended()))
                return future
            self._futures[request.number] = future
            self._write(request)
        return future

    def cancel(self, futures: Sequence[Future[tuple[Decoded, ...]]]) -> None:
        """Forget requests; the worker leaves them, those it has begun after the sentences it is at."""
        with self._lock:
            for number, future in list(self._futures.items()):
                if future in futures:
                    del self._futures[number]
                    self._write(Request(number, Action.CANCEL))

    def close(self) -> None:
        """End the worker at once and wait until it is gone."""
        self._process.kill()
        self._thread.join()

    def _write(self, request: Request) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):  # it has just ended; the reading thread fails the futures
            self._process.stdin.write(encode(request))
            self._process.stdin.flush()

    def _read(self) -> None:
        """Settle futures until the worker's output ends, then fail the rest."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                reply = decode_reply(line)
            except ValueError:  # half a line of a dying worker
                break
            self._settle(reply)
        self._process.kill()
        self._process.wait()
        with self._lock:
            self._ended = True
            how = self._how_it_ended()
            rest, self._futures = list(self._futures.values()), {}
            for stream in (self._process.stdin, self._process.stdout, self._errors):
                _close(stream)
        for future in rest:
            future.set_exception(WorkerGone(how))

    def _settle(self, reply: Reply) -> None:
        with self._lock:
            future = self._futures.pop(reply.number, None)
        if future is None:  # cancelled meanwhile
            return
        if reply.failure is None:
            future.set_result(reply.sentences)
        else:
            future.set_exception(WorkFailed(reply.failure, reply.culprit))

    def _how_it_ended(self) -> str:
        code = self._process.returncode
        if code is not None and code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
            return f"stopped by signal {name}"
        last = "" if self._errors.closed else _last_line(self._errors)
        return f"ended with code {code}" + (f": {last}" if last else "")


def _environment() -> dict[str, str]:
    """Return the environment in which the worker finds this very copy of the reader."""
    home = str(Path(__file__).resolve().parents[2])
    path = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path), "PYTHONUTF8": "1"}


def _windows_flags() -> dict[str, Any]:
    """Return what keeps a console window away and the priority low on Windows; elsewhere the worker sees to it."""
    if sys.platform != "win32":
        return {}
    return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS}


def _last_line(errors: Any) -> str:  # noqa: ANN401 - a temporary file's type differs between systems
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - 2000))
    lines: list[str] = errors.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""


def _close(stream: Any) -> None:  # noqa: ANN401
    with suppress(OSError):  # bytes that a dead worker never took
        stream.close()
