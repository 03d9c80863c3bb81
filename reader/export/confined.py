"""A person's template in a process of its own, which is ended when the template takes too much of anything.

A loop without an end, a recursion that doubles, a text of gigabytes: no sandbox counts them, and a thread could not be
stopped. What the template may take grows with what is exported. The process reads a copy of the evidence and sends
what it writes; it ends with the export.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from reader.export import templates
from reader.export.evidence import Evidence, Gathered
from reader.text.errors import ExportError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from typing import BinaryIO

    from reader.export.passages import Request

SECONDS, SECONDS_EACH = 10.0, 0.05
"""Seconds of a processor for any template, and more for each passage and each article."""
BYTES, BYTES_EACH = 20_000_000, 200_000
"""What may be written, counted alike."""
MEMORY = 1 << 30
"""Bytes beside what the process has at its start; only POSIX keeps to it."""
_PIECE = 1 << 16


def write_template(evidence: Evidence, out: BinaryIO) -> None:
    """Write the Markdown that the request's template makes of the evidence; raises `ExportError`."""
    template = Path(evidence.request.template)
    much = evidence.passage_count + evidence.article_count
    seconds, most = SECONDS + SECONDS_EACH * much, BYTES + BYTES_EACH * much
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(prefix="reader-export-") as folder:
        copy = Path(folder) / "evidence"
        evidence.copy_to(copy)
        arguments = (theirs, copy, evidence.request, evidence.limit, seconds)
        process = context.Process(target=_serve, args=arguments, daemon=True, name="reader-template")
        process.start()
        theirs.close()  # so that the pipe ends when the process does
        try:
            while (piece := _received(pipe, evidence)) is not None:
                most -= len(piece)
                if most < 0:
                    raise templates.broken(template, None, "it writes without an end")
                out.write(piece)
        except EOFError as exc:
            raise templates.broken(template, None, "it took too long or too much memory and was stopped") from exc
        finally:
            process.kill()
            process.join()
            pipe.close()


def _received(pipe: Connection, evidence: Evidence) -> bytes | None:
    """Return what the process wrote next, None at its end; raises `ExportError` and, where it died, `EOFError`."""
    while not pipe.poll(0.1):
        evidence.go_on()
    said = pipe.recv()
    if isinstance(said, ExportError):
        raise said
    return said  # type: ignore[no-any-return]  # it came by pipe


# -- in the process --------------------------------------------------------------------------------------------------


class _Sender:
    """Sends what is written in pieces. The watch sends, too, from its own thread."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._waiting = bytearray()

    def write(self, piece: bytes) -> int:
        self._waiting += piece
        if len(self._waiting) >= _PIECE:
            self.flush()
        return len(piece)

    def flush(self) -> None:
        whole, self._waiting = bytes(self._waiting), bytearray()
        for start in range(0, len(whole), _PIECE):
            self.say(whole[start : start + _PIECE])

    def say(self, what: bytes | ExportError | None) -> None:
        with self._lock:
            self._pipe.send(what)


def _serve(pipe: Connection, copy: Path, request: Request, limit: int | None, seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the reader, which ends this process
    sender = _Sender(pipe)
    _confine(seconds)
    watch = (sender, Path(request.template), threading.get_ident(), seconds)
    threading.Thread(target=_watch, args=watch, daemon=True).start()
    try:
        with Gathered(copy) as gathered:
            templates.render_template(Evidence(gathered, request, limit), sender)  # type: ignore[arg-type]
        sender.flush()
    except ExportError as exc:
        sender.say(exc)
    else:
        sender.say(None)


def _confine(seconds: float) -> None:
    """Let the system end the process where the watch can't: in one step that takes very long."""
    if sys.platform == "win32":
        return
    import resource

    hard = int(time.process_time() + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _watch(sender: _Sender, template: Path, thread: int, seconds: float) -> None:
    """End the process once it has taken so much of a processor; say in which line of the template it is."""
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        time.sleep(0.05)
    line = templates.line_of(sys._current_frames()[thread])  # noqa: SLF001  # no other way to see another thread's line
    sender.say(templates.broken(template, line, f"it goes on without an end, and was stopped after {seconds:.0f} s"))
    os._exit(1)
