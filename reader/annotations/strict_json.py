"""Read JSON without mercy for what makes it ambiguous or dangerous, and write it back without losing a digit."""

from __future__ import annotations

import json
import math
from json.encoder import encode_basestring
from typing import Any

MAX_BYTES = 32 * 2**20
MAX_DEPTH = 64
MAX_DIGITS = 400

_CONTAINERS = (dict, list)
_PLAIN = json.JSONEncoder(allow_nan=False)


class Literal:
    """JSON kept as text: a number that Python would write differently (1.50, 1E5, -0), a part written before."""

    __slots__ = ("literal",)

    def __init__(self, literal: str) -> None:
        self.literal = literal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal) and other.literal == self.literal

    def __hash__(self) -> int:
        return hash(self.literal)


def loads(payload: bytes) -> object:
    """Parse UTF-8, UTF-16 or UTF-32, with or without a BOM.

    Raises `ValueError` for what isn't JSON, duplicate keys, NaN and infinities (1e999 too), integers of more than
    `MAX_DIGITS` digits, and nesting deeper than `MAX_DEPTH`.
    """
    try:
        value: object = json.loads(
            payload, object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant
        )
    except RecursionError as exc:
        raise ValueError("nested too deep") from exc
    _check_depth(value)
    return value


def dumps(value: object, indent: str = "") -> str:
    """Write `value` with two spaces a level, no ASCII escapes, numbers as they were read."""
    inner = indent + "  "
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict) and value:
        fields = [f"{inner}{encode_basestring(key)}: {dumps(each, inner)}" for key, each in value.items()]
        return "{\n" + ",\n".join(fields) + f"\n{indent}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join([inner + dumps(each, inner) for each in value]) + f"\n{indent}]"
    return value.literal if isinstance(value, Literal) else _PLAIN.encode(value)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same key twice in one object")
    return found


def _integer(literal: str) -> int | Literal:
    if len(literal) > MAX_DIGITS:
        raise ValueError(f"an integer of {len(literal)} digits")
    return Literal(literal) if literal == "-0" else int(literal)


def _float(literal: str) -> float | Literal:
    value = float(literal)
    if not math.isfinite(value):
        raise ValueError(f"a number beyond all bounds: {literal[:20]}")
    return value if repr(value) == literal else Literal(literal)


def _constant(literal: str) -> float:
    raise ValueError(f"{literal} is not JSON")


def _check_depth(value: object) -> None:
    level: list[Any] = [value] if isinstance(value, _CONTAINERS) else []
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, _CONTAINERS)
        ]
        if not level:
            return
    raise ValueError("nested too deep")
