"""Edit articles by script and look whether their notes are found where their words went.

Every character carries a number of its own through all edits, so that the script knows where each passage is now.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotations.anchoring import make_target, place
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = (ROOT / "tests" / "articles" / "texts", ROOT / "resources" / "samples")
PASSAGES = 12
FRESH = -1
"""The number of characters that an edit put in."""

Marked = list[tuple[str, int]]


def run(times: int, seed: int = 20261122) -> dict[str, int | float]:
    """Return how the passages of `times` edited articles were found."""
    chance = random.Random(seed)
    texts = [path.read_text("utf-8") for folder in FOLDERS for path in sorted(folder.glob("*.txt"))]
    seen: Counter[str] = Counter()
    for _ in range(times):
        before = chance.choice(texts)
        passages = [_passage(before, chance) for _ in range(PASSAGES)]
        edited: Marked = [(char, number) for number, char in enumerate(before)]
        for _ in range(chance.randint(1, 5)):
            edited = chance.choice(EDITS)(edited, chance)
        after = "".join(char for char, _ in edited)
        for passage in passages:
            seen.update(_found(before, passage, after, _now(before, edited, passage)))
    share = seen["placed exactly"] / max(1, seen["surviving passages"])
    return {"edited articles": times, **seen, "share placed exactly": round(share, 4)}


def _passage(text: str, chance: random.Random) -> Span:
    """Choose a passage as a person marks them: a name, a few words, a sentence."""
    words = [match.span() for match in re.finditer(r"\w+", text)]
    count = chance.choice((1, 2, 4, 8, 20))
    first = chance.randrange(len(words) - count)
    return Span(words[first][0], words[first + count - 1][1])


def _now(before: str, edited: Marked, passage: Span) -> Span | None:
    """Return where a passage stands after the edits; None where its words changed.

    White space, quote marks and the Unicode form may change: a reader sees the same words.
    """
    own = range(passage.start, passage.end)
    places = [at for at, (char, number) in enumerate(edited) if number in own and not char.isspace()]
    if not places:
        return None
    span = Span(places[0], places[-1] + 1)
    after = "".join(char for char, _ in edited[span.start : span.end])
    return span if _plain(after) == _plain(passage.of(before)) else None


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(str.maketrans("„”«»“", '"' * 5))
    return " ".join(text.split())


def _found(before: str, passage: Span, after: str, now: Span | None) -> Counter[str]:
    placement = place(after, make_target(before, passage))
    seen: Counter[str] = Counter()
    if now is None:
        seen["destroyed passages"] += 1
    else:
        seen["surviving passages"] += 1
        seen["placed exactly"] += placement.span == now
        seen["left to the person"] += placement.span is None
    if placement.span is not None and placement.span != now:
        seen["placed wrongly, marked approximate"] += placement.how == "approximate"
        seen["placed wrongly unmarked"] += placement.how != "approximate"
    return seen


# -- edits -------------------------------------------------------------------------------------------------------


def _fresh(text: str) -> Marked:
    return [(char, FRESH) for char in text]


def _add_paragraph(text: Marked, chance: random.Random) -> Marked:
    """Put in a paragraph of words that the article has too."""
    words = "".join(char for char, _ in text).split()
    added = " ".join(chance.choices(words, k=chance.randint(5, 60)))
    at = _line_start(text, chance)
    return text[:at] + _fresh(f"{added}.\n") + text[at:]


def _remove_paragraph(text: Marked, chance: random.Random) -> Marked:
    at = _line_start(text, chance)
    end = next((i for i in range(at, len(text)) if text[i][0] == "\n"), len(text) - 1) + 1
    return text[:at] + text[end:] if len(text) - (end - at) > 200 else text


def _move_paragraph(text: Marked, chance: random.Random) -> Marked:
    at = _line_start(text, chance)
    end = next((i for i in range(at, len(text)) if text[i][0] == "\n"), len(text) - 1) + 1
    rest = text[:at] + text[end:]
    to = _line_start(rest, chance) if rest else 0
    return rest[:to] + text[at:end] + rest[to:]


def _remove_words(text: Marked, chance: random.Random) -> Marked:
    at = chance.randrange(max(1, len(text) - 60))
    return text[:at] + text[at + chance.choice((1, 5, 20, 50)) :]


def _put_in(text: Marked, chance: random.Random) -> Marked:
    at = chance.randrange(len(text) + 1)
    return text[:at] + _fresh("".join(chance.choices("abc деф șț 12", k=chance.choice((1, 4, 30))))) + text[at:]


def _other_quote_marks(text: Marked, chance: random.Random) -> Marked:
    marks = chance.choice(('""', "«»", "“”", "„“"))
    return [(marks[char in "”»“"] if char in '"„”«»“' else char, number) for char, number in text]


def _other_spaces(text: Marked, chance: random.Random) -> Marked:
    space = chance.choice(("\xa0", "\u202f", "\n"))
    return [(space if char == " " and chance.random() < 0.2 else char, number) for char, number in text]


def _other_form(text: Marked, chance: random.Random) -> Marked:
    """Compose or decompose all letters; both parts of a letter keep its number."""
    if chance.random() < 0.5:
        return [(part, number) for char, number in text for part in unicodedata.normalize("NFD", char)]
    found: Marked = []
    for char, number in text:
        composed = unicodedata.normalize("NFC", found[-1][0] + char) if found and unicodedata.combining(char) else ""
        if len(composed) == 1:
            found[-1] = (composed, found[-1][1])
        else:
            found.append((char, number))
    return found


def _line_start(text: Marked, chance: random.Random) -> int:
    return chance.choice([0, *(at + 1 for at, (char, _) in enumerate(text[:-1]) if char == "\n")])


EDITS: tuple[Callable[[Marked, random.Random], Marked], ...] = (
    *(_add_paragraph, _add_paragraph, _remove_paragraph, _move_paragraph),
    *(_remove_words, _put_in, _other_quote_marks, _other_spaces, _other_form),
)
