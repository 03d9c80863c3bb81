"""The worker's turns: what somebody waits for goes before what is done in the background, and what is dropped ends."""

from __future__ import annotations

import io
import os
import threading
from typing import TYPE_CHECKING

import pytest

from reader.translation.messages import Action, Decoded, Decoding, Request, decode_reply, encode
from reader.translation.worker import _Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Engine:
    """Takes each text for a batch; one that ends in a question mark waits for the test's word."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.reached = {name: threading.Event() for name in ("b?", "u?")}
        self.go = {name: threading.Event() for name in ("b?", "u?")}

    def translate(
        self, chain: object, texts: Sequence[str], names: object, before_batch: Callable[[], None]
    ) -> list[Decoded]:
        for text in texts:
            before_batch()
            self.begun.append(text)
            if text in self.go:
                self.reached[text].set()
                assert self.go[text].wait(60)
        return [Decoded(text, 0.0) for text in texts]


class Line:
    """A server with a stub of an engine, and the pipe to it."""

    def __init__(self) -> None:
        self.replies = io.BytesIO()
        self.engine = Engine()
        server = _Server(1, Decoding(), self.replies)
        server._engine = self.engine  # type: ignore[assignment]
        source, sink = os.pipe()
        self.requests = os.fdopen(sink, "wb", buffering=0)

        def serve() -> None:
            with os.fdopen(source, "rb") as stream:
                server.serve(stream)
            server._pool.shutdown()

        self.thread = threading.Thread(target=serve)
        self.thread.start()

    def send(self, number: int, *texts: str, background: bool = False, action: Action = Action.TRANSLATE) -> None:
        self.requests.write(encode(Request(number, action, (), texts, background=background)))

    def end(self) -> list[int]:
        """Let everything finish; return the numbers of the requests that were answered in full, in order."""
        for event in self.engine.go.values():
            event.set()
        if not self.requests.closed:
            self.requests.close()
        self.thread.join(60)
        replies = [decode_reply(line) for line in self.replies.getvalue().splitlines()]
        return [reply.number for reply in replies if reply.failure is None]


@pytest.fixture
def line() -> Iterator[Line]:
    line = Line()
    yield line
    line.end()


def test_background_work_lets_other_work_pass_between_two_batches(line: Line):
    line.send(1, "b?", "b2", background=True)
    assert line.engine.reached["b?"].wait(60)
    line.send(2, "u?", "u2")
    assert line.engine.reached["u?"].wait(60)
    line.engine.go["b?"].set()
    line.engine.go["u?"].set()
    assert line.end() == [2, 1]
    assert line.engine.begun == ["b?", "u?", "u2", "b2"]


def test_what_is_dropped_ends_after_its_batch(line: Line):
    line.send(1, "b?", "b2")
    assert line.engine.reached["b?"].wait(60)
    line.send(1, action=Action.CANCEL)
    line.send(2, "u?")
    assert line.engine.reached["u?"].wait(60)  # the worker has read the cancellation
    assert line.end() == [2]
    assert line.engine.begun == ["b?", "u?"]


def test_what_is_dropped_does_not_hold_up_the_background(line: Line):
    line.send(1, "u?", "u2")
    assert line.engine.reached["u?"].wait(60)
    line.send(2, "b?", background=True)
    line.send(1, action=Action.CANCEL)
    assert line.engine.reached["b?"].wait(60)
    assert line.end() == [2]
    assert line.engine.begun == ["u?", "b?"]


def test_many_waiting_background_requests_leave_room_for_others(line: Line):
    line.send(1, "u?")
    assert line.engine.reached["u?"].wait(60)
    for number in range(2, 20):
        line.send(number, "b", background=True)
    line.send(20, "b?")
    assert line.engine.reached["b?"].wait(60)
    answered = line.end()
    assert set(answered[:2]) == {1, 20}
    assert len(answered) == 20
