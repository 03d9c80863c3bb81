"""Find who published an article, where the file says so: in front matter, or in a line of its own at its head."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.articles.article import Article

_NAMES = r"(?:source|outlet|publisher|publication|newspaper|website|site|site[_ ]name)"
_NAMED = re.compile(rf"\s*{_NAMES}[ \t]*:[ \t]*(?P<name>\S.*?)\s*", re.IGNORECASE)
# "https://www.example.org/a/b", "URL: https://…", "Sursa: https://…", "url: 'https://…'"; no sentence with an address
_ADDRESS = re.compile(
    r"\s*(?:[^\W\d][\w-]*[ \t]?[\w-]*[ \t]*:[ \t]*)?[\"'<(]*https?://(?:[^/@\s]*@)?(?P<host>[^/\s:?#]+\.[^/\s:?#\"'>)]+)\S*\s*",
    re.IGNORECASE,
)
_BESIDE_THE_NAME = re.compile(r"(?:www\d?|m|amp)\.", re.IGNORECASE)
_HEAD = 4
"""Lines at the head of an article in which its outlet may stand."""
_LONGEST = 80


def outlet_of(article: Article) -> str | None:
    """Return the name of the outlet, else the host of the article's address; None where neither is given."""
    lines = list(_head(article))
    named = (_NAMED.fullmatch(line) for line in lines)
    for name in (match["name"].strip("\"'“”„«» ") for match in named if match):
        if name and len(name) <= _LONGEST and not _ADDRESS.fullmatch(name):
            return name
    for match in map(_ADDRESS.fullmatch, lines):
        if match:
            return _BESIDE_THE_NAME.sub("", match["host"], count=1).lower()
    return None


def is_origin(line: str) -> bool:
    """Say whether a line is no more than where the article comes from."""
    return bool(_ADDRESS.fullmatch(line) or ((match := _NAMED.fullmatch(line)) and len(match["name"]) <= _LONGEST))


def _head(article: Article) -> Iterator[str]:
    """Yield the lines of the front matter, and the first ones of the text."""
    text, header = article.text, article.header
    if header is not None and "\n" in header.of(text):
        yield from header.of(text).splitlines()
        text = text[header.end :]
    lines = (line for line in text[:4000].splitlines() if line.strip())
    yield from islice(lines, _HEAD)
