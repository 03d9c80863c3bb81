"""What the reader and its worker say to each other: one JSON object a line.

JSON and not pickle: a damaged or hostile model runs in the worker, and nothing that comes out of it may run here.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Decoding:
    """How sentences are decoded. The defaults are stock Argos' (beam 4, the same length penalty), with its gaps closed.

    A sentence may become at most `length_factor` × its tokens + `length_margin`; one of more than `longest_source`
    tokens is translated clause by clause. `retry` gives a doubtful sentence a second try.
    """

    beam_size: int = 4
    length_penalty: float = 0.2
    length_factor: float = 2.0
    length_margin: int = 10
    longest_source: int = 120
    retry: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One package on the way from one language to another, as the worker needs it; `to_code` is what it writes."""

    path: str
    target_prefix: str = ""
    to_code: str = "en"


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the engine made of one sentence.

    `score` is the mean log probability of a token, summed over the packages of a chain; `cut` says that the text
    ran into the length limit.
    """

    text: str
    score: float
    cut: bool = False


class Action(StrEnum):
    """What the worker is asked to do."""

    LOAD = "load"
    TRANSLATE = "translate"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Request:
    """Work for the worker: sentences, and for each the people's names that stand in it, or no names at all.

    What is in the background waits, even half done, while something else is translated. `CANCEL` drops the request
    of the same number, the rest of it if it has begun.
    """

    number: int
    action: Action
    chain: tuple[Step, ...] = ()
    texts: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    background: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to the request of the same number: sentences, or why there are none.

    `culprit` is the path of the package that failed, where it is known.
    """

    number: int
    sentences: tuple[Decoded, ...] = ()
    failure: str | None = None
    culprit: str | None = None


def encode(message: Request | Reply) -> bytes:
    """Return the message as one line of ASCII JSON, line feed included."""
    return json.dumps(asdict(message)).encode("ascii") + b"\n"


def decode_request(line: bytes) -> Request:
    """Read a line that `encode` wrote."""
    fields: dict[str, Any] = json.loads(line)
    chain = tuple(Step(**step) for step in fields["chain"])
    names = tuple(map(tuple, fields["names"]))
    texts = tuple(fields["texts"])
    return Request(fields["number"], Action(fields["action"]), chain, texts, names, fields["background"])


def decode_reply(line: bytes) -> Reply:
    """Read a line that `encode` wrote; raise `ValueError` where it is none."""
    try:
        fields: dict[str, Any] = json.loads(line)
        sentences = tuple(
            Decoded(str(one["text"]), float(one["score"]), bool(one["cut"])) for one in fields["sentences"]
        )
        return Reply(int(fields["number"]), sentences, fields["failure"], fields["culprit"])
    except (KeyError, TypeError) as exc:
        raise ValueError("not a reply") from exc
