"""Damage sidecars at random, open and edit their notes, and look whether the damaged bytes are still somewhere.

python -m tests.hostile.mutations FOLDER TIMES
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotations.annotation import Detection
from reader.annotations.session import NotesSession
from tests.annotations.support import QUOTE_TEXT, TEXT, article_of, span_of

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent.parent / "golden" / "sidecar" / "podul.txt.notes.json"
VALUES = (
    *(b"NaN", b"-Infinity", b"1e999", b"-1", b"1.5", b"9" * 600, b"true", b"null", b"[]", b"{}", b'""', b'"x"', b"1"),
    *(rb'"\ud800"', rb'"\u0000"', b"[" * 90 + b"]" * 90, b'{"id": 1, "id": 2}', '"\u202e"'.encode(), b"\xff", b"-0"),
)


def run(folder: Path, times: int, seed: int = 20261122) -> dict[str, int]:
    """Return what became of `times` mutated sidecars in `folder`, which is emptied after each."""
    chance = random.Random(seed)
    whole = GOLDEN.read_bytes()
    article = article_of(folder / "podul.txt")
    sidecar = folder / "podul.txt.notes.json"
    backup = sidecar.with_name(sidecar.name + ".bak")
    seen: Counter[str] = Counter()
    for _ in range(times):
        mutated = mutate(whole, chance)
        sidecar.write_bytes(mutated)
        backup.write_bytes(whole)
        try:
            seen[_opened_and_edited(article)] += 1
        except Exception as exc:
            seen["crashes"] += 1
            seen[f"crash: {exc!r:.60}"] += 1
        left = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "podul.txt"}
        seen["original bytes destroyed"] += mutated not in left.values()
        for name in left:
            (folder / name).unlink()
    return {"mutated sidecars": times, "crashes": 0, **seen}


def _opened_and_edited(article) -> str:
    session = NotesSession(article, article.path.parent.parent / "away")
    for _, where in (*session.placed, *session.corrections):
        assert where.span is None or where.span.of(TEXT)
    session.undecided([Detection("quote", span_of(QUOTE_TEXT))])
    if session.read_only:
        return "refused, left untouched"
    session.add(span_of("trei luni"), note="nouă")
    session.save()
    found = NotesSession(article, article.path.parent.parent / "away")
    assert "nouă" in {each.note for each, _ in found.placed}
    return "replaced by the backup, a copy kept" if session.warnings and "damaged" in session.warnings[0] else "read"


def mutate(payload: bytes, chance: random.Random) -> bytes:
    """Return `payload` with one to three things wrong with it."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        payload = chance.choice(_MUTATIONS)(payload, chance)
    return payload


def _flip(payload: bytes, chance: random.Random) -> bytes:
    found = bytearray(payload or b" ")
    found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def _cut(payload: bytes, chance: random.Random) -> bytes:
    start, end = _range(payload, chance)
    return payload[:start] + payload[end:]


def _truncate(payload: bytes, chance: random.Random) -> bytes:
    return payload[: chance.randrange(len(payload) + 1)]


def _insert(payload: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(payload) + 1)
    return payload[:at] + chance.randbytes(chance.randint(1, 20)) + payload[at:]


def _zero(payload: bytes, chance: random.Random) -> bytes:
    start, end = _range(payload, chance)
    return payload[:start] + bytes(end - start) + payload[end:]


def _repeat(payload: bytes, chance: random.Random) -> bytes:
    start, end = _range(payload, chance)
    return payload[:end] + payload[start:end] + payload[end:]


def _repeat_line(payload: bytes, chance: random.Random) -> bytes:
    lines = payload.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    return b"".join([*lines[:at], lines[at] * 2, *lines[at + 1 :]])


def _other_value(payload: bytes, chance: random.Random) -> bytes:
    """Replace the value of one line of the file, so that the JSON mostly stays whole."""
    lines = payload.split(b"\n")
    with_value = [number for number, line in enumerate(lines) if b'": ' in line and not line.endswith((b"{", b"["))]
    if not with_value:
        return payload
    at = chance.choice(with_value)
    key, _, value = lines[at].partition(b'": ')
    lines[at] = key + b'": ' + chance.choice(VALUES) + (b"," if value.endswith(b",") else b"")
    return b"\n".join(lines)


def _other_node(payload: bytes, chance: random.Random) -> bytes:
    """Replace, remove or double one node of the document."""
    try:
        document = json.loads(payload)
    except (ValueError, RecursionError):
        return payload
    parents: list[dict | list] = []
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list) and node:
            parents.append(node)
            waiting.extend(node.values() if isinstance(node, dict) else node)
    if not parents:
        return payload
    parent = chance.choice(parents)
    key = chance.choice(list(parent) if isinstance(parent, dict) else range(len(parent)))
    match chance.randrange(3):
        case 0:
            del parent[key]
        case 1:
            parent[key] = chance.choice([None, True, -7, 1.5, "", "x", [], {}, [[1]], {"id": "x"}, 10**40])
        case 2 if isinstance(parent, list):
            parent.append(parent[key])
        case _:
            parent["x-new"] = parent[key]
    return json.dumps(document, ensure_ascii=chance.random() < 0.5, indent=2).encode("utf-8", "surrogatepass")


def _other_encoding(payload: bytes, chance: random.Random) -> bytes:
    name = chance.choice(["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "utf-7", "cp1251"])
    return payload.decode("utf-8", "replace").encode(name, "replace")


def _range(payload: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(payload) + 1)
    return start, min(len(payload), start + chance.choice((1, 3, 20, 300)))


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _flip, _cut, _truncate, _insert, _zero, _repeat, _repeat_line),
    *(_other_value, _other_value, _other_node, _other_node, _other_node, _other_encoding),
)


if __name__ == "__main__":
    root = Path(sys.argv[1])
    os.environ["XDG_CACHE_HOME"] = str(root / "cache")
    os.fsync = lambda descriptor: None  # no power fails here, and it would take nearly all of the time
    (root / "news").mkdir(parents=True)
    print(json.dumps(run(root / "news", int(sys.argv[2]))))
