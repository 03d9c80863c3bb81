"""Make any text literal: in Markdown as python-markdown and CommonMark (with GitHub's additions) read it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Signs that mean something anywhere. Those that python-markdown knows no backslash for become character references.
_ANYWHERE = {char: f"\\{char}" for char in "\\`*_[]{}"} | {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "~": "&#126;",
    "$": "&#36;",
    "@": "&#64;",
}
_AT_LINE_END = re.compile(r"#(?=#*$)", re.MULTILINE)  # they would close a heading
_AT_LINE_START = re.compile(r"^([#+\-=:!]|\d+[.)])", re.MULTILINE)
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.|(?<=WWW)\.|(?<=mailto):|(?<=javascript):", re.IGNORECASE)
# HTML can't hold these; their pictures (U+2400 …) show where they stand
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: 0x2421, 0x85: 0x2424}
_NOT_IN_XML = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
# Invisible signs that reorder or hide text stay visible in the source, and so does white space that is not a space
_INVISIBLE = re.compile("[\t\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad]|(?<= ) ")
_SPACE_AT_EDGE = re.compile(r"[^\S\n](?=\n|\Z)|(?:(?<=\n)|\A)[^\S\n]")


def visible_controls(text: str) -> str:
    """Return `text` with its control characters as pictures, one for one: HTML can't hold them."""
    return text.translate(_CONTROLS)


def xml_text(text: str) -> str:
    """Return `text` with all that XML 1.0 can't hold replaced, one for one; markup is not escaped."""
    return visible_controls(text).translate(_NOT_IN_XML)


def literal(text: str, *, begins: bool = True, ends: bool = True) -> str:
    """Return Markdown that renders as `text`, code point by code point.

    `begins` and `ends` say whether a line, or bold, begins and ends with it. A line break becomes a hard break;
    further ones a reference, so that no paragraph ends. Control characters, U+0085 too, are shown as pictures.
    """
    inner = ("" if begins else "x") + visible_controls(text) + ("" if ends else "x")
    escaped = "".join(_ANYWHERE.get(char, char) for char in inner)
    escaped = _AT_LINE_START.sub(lambda match: match[1][:-1] + _reference(match[1][-1]), escaped)
    for pattern in (_AT_LINE_END, _ADDRESS, _INVISIBLE, _SPACE_AT_EDGE):
        escaped = pattern.sub(lambda match: _reference(match[0]), escaped)
    escaped = re.sub(r"\A\n+|\n+\Z", lambda match: _reference("\n") * len(match[0]), escaped)
    escaped = re.sub(r"\n+", lambda match: "  \n" + _reference("\n") * (len(match[0]) - 1), escaped)
    return escaped[not begins : len(escaped) - (not ends)]


def with_bold(pieces: Iterable[tuple[bool, str]]) -> str:
    """Return the Markdown of a text in pieces, some of them bold.

    CommonMark sees no bold between a letter outside and another sign inside: the letter becomes a reference there.
    """
    runs = [(bold, text) for bold, text in pieces if text]
    edges = ["", *(text for _, text in runs), ""]
    markdown = ""
    for place, (bold, text) in enumerate(runs):
        if bold:
            markdown += f"**{literal(text)}**"
            continue
        before, after = edges[place], edges[place + 2]
        head = tail = ""
        if before and not before[-1].isalnum() and _is_word(text[0]):
            head, text = _reference(text[0]), text[1:]
        if after and not after[0].isalnum() and text and _is_word(text[-1]):
            text, tail = text[:-1], _reference(text[-1])
        markdown += head + literal(text, begins=not before, ends=not after) + tail
    return markdown


def _is_word(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char)[0] in "LNM"


def one_line(text: str) -> str:
    """Return Markdown that renders as `text` on one line, for headings and facts."""
    return literal(" ".join(text.split()))


def _reference(char: str) -> str:
    return f"&#{ord(char)};"
