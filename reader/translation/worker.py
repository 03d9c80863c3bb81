"""The worker process: reads requests from standard input and writes replies to what was standard output.

It is a process of its own because a damaged model may crash the engine; the window and the notes must not notice.
It ends when its input ends, so it never outlives the reader.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from reader.translation.messages import Action, Decoding, Reply, Request, decode_request, encode

_NICENESS = 5
# At once: far more than are sent, as those in the background may all stand and wait for the others.
_REQUESTS = 64


def main() -> None:
    """Serve until standard input ends. Arguments: threads, and the `Decoding` as JSON."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the reader to handle
    replies = _private_stdout()
    stand_back()
    threads, decoding = int(sys.argv[1]), Decoding(**json.loads(sys.argv[2]))
    _Server(threads, decoding, replies).serve(sys.stdin.buffer)
    sys.stderr.flush()
    os._exit(0)  # nobody waits for what is still being decoded


def stand_back() -> None:
    """Leave the processors to others first. On Windows whoever starts this process sees to it."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    with suppress(OSError):
        # Linux weighs sessions against each other; within its own session this process is the only one
        Path("/proc/self/autogroup").write_text(str(_NICENESS), "ascii")


def _private_stdout() -> BinaryIO:
    """Return standard output for replies alone; whatever a library prints goes to standard error."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return replies


class _Server:
    """Work on several requests at once; the engine decodes as many batches at once as there are threads."""

    def __init__(self, threads: int, decoding: Decoding, replies: BinaryIO) -> None:
        from reader.translation.engine import Engine

        self._engine = Engine(decoding, threads)
        self._pool = ThreadPoolExecutor(_REQUESTS)
        self._replies = replies
        self._write_lock = threading.Lock()
        self._changed = threading.Condition()
        self._urgent: dict[int, bool] = {}  # by the number of each request that is not done or cancelled

    def serve(self, requests: BinaryIO) -> None:
        """Take requests until the stream ends."""
        for line in requests:
            request = decode_request(line)
            if request.action is Action.CANCEL:
                self._done(request)
            else:
                with self._changed:
                    self._urgent[request.number] = request.action is Action.TRANSLATE and not request.background
                self._pool.submit(self._work, request)

    def _done(self, request: Request) -> None:
        with self._changed:
            self._urgent.pop(request.number, None)
            self._changed.notify_all()

    def _take_turns(self, request: Request) -> None:
        """Wait, in the background, until nobody waits for anything else; raise `CancelledError` if it was dropped."""
        with self._changed:
            while request.number in self._urgent:
                if not (request.background and any(self._urgent.values())):
                    return
                self._changed.wait()
        raise CancelledError

    def _work(self, request: Request) -> None:
        reply = self._answer(request)
        self._done(request)
        with self._write_lock:
            self._replies.write(encode(reply))
            self._replies.flush()

    def _answer(self, request: Request) -> Reply:
        from reader.translation.engine import LoadFailed

        try:
            if request.action is Action.LOAD:
                self._engine.load(request.chain)
                return Reply(request.number)
            turns = partial(self._take_turns, request)
            found = self._engine.translate(request.chain, request.texts, request.names, turns)
            return Reply(request.number, tuple(found))
        except (Exception, SystemExit) as exc:  # the job boundary: every failure goes home as words
            if isinstance(exc, MemoryError) or "alloc" in str(exc):  # "mkl_malloc: failed to allocate memory"
                return Reply(request.number, failure="there is not enough memory")
            if isinstance(exc, LoadFailed):
                return Reply(request.number, failure=str(exc), culprit=exc.path)
            return Reply(request.number, failure=f"{type(exc).__name__}: {exc}")


if __name__ == "__main__":
    main()
