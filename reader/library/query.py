"""What a person types into the search line: words, “phrases”, begin*, -not, person: lang: date: tag:."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass, replace

from reader.library.tokens import tokens
from reader.text.errors import LibraryError

_PART = re.compile(
    r"""(?P<not>-(?=\S))?(?:(?P<filter>person|lang|date|tag):)?(?:["“„«](?P<phrase>[^"“”„«»]*)["”“»]?|(?P<word>\S+))""",
    re.IGNORECASE,
)
_EXAMPLES = {"person": "person:Rutte", "lang": "lang:uk", "date": "date:2026-02", "tag": "tag:budget"}
_EMPTY = frozenset(f"{field}:" for field in _EXAMPLES)
_UNKNOWN = re.compile(r"([^\W\d_]{2,}):[^\s/]")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand one behind the other; with `prefix` the last one may go on; with `without` nowhere."""

    words: tuple[str, ...]
    prefix: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was understood. `persons` and `tags` are folded words; dates are ISO days, both ends included."""

    terms: tuple[Term, ...] = ()
    persons: tuple[tuple[str, ...], ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    without: Query | None = None

    @property
    def empty(self) -> bool:
        """Say whether nothing is asked."""
        return self == Query()


def parse(line: str) -> Query:
    """Understand a search line; raises `LibraryError` for a date that is none. A field without a value asks nothing."""
    wanted, unwanted = _Parts(), _Parts()
    for match in _PART.finditer(line):
        parts = unwanted if match["not"] and match["filter"] else wanted
        value = match["phrase"] if match["phrase"] is not None else match["word"]
        if value.lower() in _EMPTY and match["phrase"] is None:
            continue
        name = (match["filter"] or "").lower()
        if name == "date":
            parts.since, parts.until = _days(value)
        elif name == "lang":
            parts.languages.append(value.strip().lower())
        elif name:
            words = tuple(word for word, _ in tokens(value))
            if words:
                (parts.persons if name == "person" else parts.tags).append(words)
        else:
            words = tuple(word for word, _ in tokens(value))
            if words:
                prefix = match["phrase"] is None and value.endswith("*")
                parts.terms.append(Term(words, prefix, bool(match["not"])))
    without = unwanted.query()
    found = wanted.query()
    return found if without.empty else replace(found, without=without)


def doubts(line: str) -> tuple[str, ...]:
    """Return what of a line was hardly meant as it was understood: empty and unknown fields, turned days."""
    found: dict[str, None] = {}
    for match in _PART.finditer(line):
        value = match["phrase"] if match["filter"] else match["word"]
        empty = (match["filter"] or "").lower() if value is not None and not value.strip() else ""
        if match["word"] and match["word"].lower() in _EMPTY:
            empty = match["word"][:-1].lower()
        if empty:
            found[f"{empty}: is empty: its value stands right behind it, as in {_EXAMPLES[empty]}."] = None
        elif not match["filter"] and match["word"] and (unknown := _UNKNOWN.match(match["word"])):
            known = ", ".join(f"{field}:" for field in _EXAMPLES)
            found[f"{unknown[1]}: is no field and was looked for as a word; the fields are {known}."] = None
        elif (match["filter"] or "").lower() == "date":
            with suppress(LibraryError):  # that it is no date was said
                days = match["word"] or match["phrase"]
                since, until = _days(days)
                if since and until and since > until:
                    found[f"date:{days} ends before it begins."] = None
    return tuple(found)


class _Parts:
    """A query in the making."""

    def __init__(self) -> None:
        self.terms: list[Term] = []
        self.persons: list[tuple[str, ...]] = []
        self.tags: list[tuple[str, ...]] = []
        self.languages: list[str] = []
        self.since: str | None = None
        self.until: str | None = None

    def query(self) -> Query:
        tags = tuple(" ".join(words) for words in self.tags)
        return Query(tuple(self.terms), tuple(self.persons), tuple(self.languages), tags, self.since, self.until)


def _days(words: str) -> tuple[str | None, str | None]:
    """Return the first and the last day that a date, a month, a year, or a range of them means."""
    first, dots, last = words.strip().partition("..")
    if not dots:
        for sign in (">=", "<="):
            if first.startswith(sign):
                start, end = _one(first.removeprefix(sign), words)
                return (start, None) if sign[0] == ">" else (None, end)
        return _one(first, words)
    since = _one(first, words)[0] if first else None
    return since, _one(last, words)[1] if last else None


def _one(words: str, whole: str) -> tuple[str, str]:
    match = _DATE.match(words.strip())
    if match:
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if year >= 1 and month <= 12 and day <= (monthrange(year, month)[1] if month else 0):
            first = f"{year:04}-{month or 1:02}-{day or 1:02}"
            last = f"{year:04}-{month or 12:02}-{day or monthrange(year, month or 12)[1]:02}"
            return first, last
    raise LibraryError(
        f"“{whole}” is no date: write date:2026, date:2026-02, date:2026-02-11 or date:2026-02-01..2026-02-12."
    )


__all__ = ["Query", "Term", "doubts", "parse"]
