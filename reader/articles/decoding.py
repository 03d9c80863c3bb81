"""Turn a file's bytes into canonical text, and say how sure that is.

In this order: a byte order mark; strict UTF-8; UTF-16 by the pattern of its zero bytes; UTF-8 with a few bad
bytes; then the eight-bit encodings of `legacy`, weighed by letter pairs.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reader.articles.article import Encoding
from reader.articles.legacy import LEGACY_ENCODINGS, guess_legacy
from reader.text.counting import counted
from reader.text.errors import ArticleError, ArticleNotText

# UTF-32 first: its little-endian mark begins like that of UTF-16
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a Windows program"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "a database"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_SURROGATES = re.compile("[\ud800-\udfff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 200_000  # bytes that decide; enough for every statistic here
_UTF8_SHARE = 0.8  # well-formed sequences among the non-ASCII ones, from which on a file is damaged UTF-8
_MIXED_SHARE = 0.25  # … and from which on it holds two encodings, unless one reads better than this:
_FITS = -3.9
_MISFITS = -5.0  # a reading that no language fits

OFFERED_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", *LEGACY_ENCODINGS)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Canonical text with its encoding and what the user should know about it."""

    text: str
    encoding: Encoding
    warnings: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the canonical text of a file's bytes, decoded as `encoding` or as detected.

    Raises `ArticleNotText`; `ArticleError` for an encoding nobody knows. The messages name no file.
    """
    if encoding is not None:
        return _decode_as(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    _refuse_binary(data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _decode_unmarked(data)
    wide = _utf16_by_pattern(data)
    if wide is not None:
        return _decoded(data, wide)
    if _control_share(data) > 0.3:
        raise ArticleNotText("this is not text: too many control characters.")
    return Decoded(_canonical(text), Encoding("utf-8"))


def _decode_unmarked(data: bytes) -> Decoded:
    """Decode bytes that carry no mark and are not UTF-8 throughout."""
    wide = _utf16_by_pattern(data)
    if wide is not None:
        return _decoded(data, wide)
    if _control_share(data) > 0.02:
        raise ArticleNotText("this is not text in any encoding the reader knows.")
    share = _utf8_share(data)
    if share >= _UTF8_SHARE:
        return _decoded(data, "utf-8")
    guess = guess_legacy(data[:_SAMPLE])
    if share >= _MIXED_SHARE and guess.fit < _FITS:
        return _decode_mixed(data, guess_legacy(_MULTIBYTE.sub(b" ", data[:_SAMPLE])).name)
    text = data.decode(guess.name, errors="replace")
    replaced = text.count("\ufffd")
    warnings: tuple[str, ...] = (_replaced_warning(replaced, guess.name),) if replaced else ()
    if guess.fit < _MISFITS:
        warnings += (f"No encoding the reader knows reads well; {guess.name} is a guess: choose another by hand.",)
    elif guess.alternatives:
        others = ", ".join(guess.alternatives)
        warnings += (f"Read as {guess.name}, but {others} would read almost as well: check the accented letters.",)
    return Decoded(_canonical(text), Encoding(guess.name, "detected", replaced, guess.alternatives), warnings)


def _decode_mixed(data: bytes, other: str) -> Decoded:
    text = _canonical(data.decode(errors="replace"))
    warning = (
        f"This file seems to hold two encodings, UTF-8 and {other}. It is shown as UTF-8; "
        f"choose {other} by hand to read the other part."
    )
    return Decoded(text, Encoding("utf-8", "detected", text.count("\ufffd"), (other,)), (warning,))


def _decode_as(data: bytes, name: str) -> Decoded:
    try:
        known = codecs.lookup(name).name
        marks = [mark for mark, marked in _MARKS if data.startswith(mark) and known in {marked, marked[:6]}]
        text = _SURROGATES.sub("\ufffd", data[len(marks[0]) if marks else 0 :].decode(known, errors="replace"))
    except (LookupError, ValueError) as exc:
        raise ArticleError(f"the reader knows no encoding named {name!r}.") from exc
    replaced = text.count("\ufffd")
    warnings = (_replaced_warning(replaced, name),) if replaced else ()
    return Decoded(_canonical(text), Encoding(name.lower(), "manual", replaced), warnings)


def _decoded(data: bytes, name: str) -> Decoded:
    text = data.decode(name, errors="replace")
    # a U+FFFD that stands in the file as such is no bad byte
    replaced = text.count("\ufffd") - data.count("\ufffd".encode(name))
    warnings = (_replaced_warning(replaced, name),) if replaced else ()
    return Decoded(_canonical(text), Encoding(name, "detected", replaced), warnings)


def _canonical(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _replaced_warning(replaced: int, name: str) -> str:
    places = counted(replaced, "place")
    return f"The file is not clean {name}: {places} could not be read and are shown as \ufffd. The file is unchanged."


def _refuse_binary(data: bytes) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ArticleNotText(f"this is {what}, not text.")


def _control_share(data: bytes) -> float:
    sample = data[:_SAMPLE]
    return 1 - len(sample.translate(None, _CONTROLS)) / len(sample) if sample else 0.0


def _utf16_by_pattern(data: bytes) -> str | None:
    """Return the UTF-16 that reads as words: zero bytes on one side only, letters of few blocks on the other.

    Texts without a space or an ASCII sign have no zero bytes and are not recognised.
    """
    sample = data[: _SAMPLE - _SAMPLE % 2]
    sample = sample[: len(sample) & ~1]
    zeros = {"utf-16-le": sample[1::2].count(0), "utf-16-be": sample[::2].count(0)}
    name = max(zeros, key=lambda side: zeros[side])
    if not zeros[name] or zeros[name] * 50 < len(sample) or min(zeros.values()) * 20 > zeros[name]:
        return None
    text = sample.decode(name, errors="replace")
    readable = sum(c.isalnum() or c.isspace() or c.isprintable() for c in text)
    return name if readable >= 0.97 * len(text) else None


def _utf8_share(data: bytes) -> float:
    """Return the share of well-formed UTF-8 sequences among all that is not ASCII."""
    sample = data[:_SAMPLE]
    good = len(_MULTIBYTE.findall(sample))
    bad = sample.decode(errors="replace").count("\ufffd")
    return good / (good + bad) if good else 0.0
