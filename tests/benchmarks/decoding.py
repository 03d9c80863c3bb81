"""Measure how often the reader finds the encoding of text that it did not learn from.

    python -m tests.benchmarks.decoding [FOLDER …] [--errors]

A FOLDER holds `<language>*.txt` in UTF-8 (default: tests/articles/texts and resources/samples, written for this
project; the model learnt from word lists). Every text is cut into windows of 400 and of
40 characters, written in each encoding of its language, and read back. Right is the right text, not the name.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from reader.articles.decoding import decode
from reader.text.errors import ArticleError

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = (ROOT / "tests" / "articles" / "texts", ROOT / "resources" / "samples")

CYRILLIC = ("windows-1251", "iso-8859-5", "utf-16-le", "utf-16-be")
CENTRAL = ("windows-1250", "iso-8859-2", "utf-16-le", "utf-16-be")
ENCODINGS = {
    "uk": (*CYRILLIC, "koi8-u", "cp866"),
    "ru": (*CYRILLIC, "koi8-r", "cp866"),
    "bg": (*CYRILLIC, "cp866"),
    "ro": (*CENTRAL, "iso-8859-16"),
    "pl": CENTRAL,
    "hu": CENTRAL,
    "cs": CENTRAL,
    "sk": CENTRAL,
    "hr": CENTRAL,
    "sr": CENTRAL,
    "de": ("windows-1252", "utf-16-le"),
    "fr": ("windows-1252", "utf-16-le"),
    "pt": ("windows-1252", "utf-16-le"),
    "it": ("windows-1252", "utf-16-le"),
}
# What an encoding lacks was typed otherwise: no curly quotes in ISO 8859, no і in cp866
ASCII_SIGNS = str.maketrans(
    {"„": '"', "“": '"', "”": '"', "«": '"', "»": '"', "—": "-", "–": "-", "’": "'", "…": "..."}
)
LATIN_I = str.maketrans("іІґҐ", "iIгГ")
COMMAS = str.maketrans("şţŞŢ", "șțȘȚ")
CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")


def windows(text: str, length: int) -> list[str]:
    """Cut a text into windows that overlap by half; those of ASCII alone say nothing and are left out."""
    cuts = (text[at : at + length] for at in range(0, max(1, len(text) - length), max(1, length // 2)))
    return [cut for cut in cuts if not cut.isascii()]


def written(text: str, encoding: str) -> bytes | None:
    """Return the text in an encoding, None where its letters do not exist there."""
    plain = text.translate(ASCII_SIGNS)
    for variant in (text, plain, *(plain.translate(other) for other in (COMMAS, CEDILLAS, LATIN_I))):
        try:
            return variant.encode(encoding)
        except UnicodeEncodeError:
            continue
    return None


def reads_right(data: bytes, encoding: str) -> bool:
    """Say whether detection gives the text that was written; comma and cedilla letters count as the same."""
    try:
        got = decode(data).text
    except ArticleError:
        return False
    return got.translate(COMMAS) == data.decode(encoding).translate(COMMAS)


def main() -> int:
    """Print the share read right by encoding and length."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", default=FOLDERS)
    arguments.add_argument("--errors", action="store_true")
    options = arguments.parse_args()
    right: Counter[tuple[str, int]] = Counter()
    tried: Counter[tuple[str, int]] = Counter()
    for path in (path for folder in options.folders for path in sorted(folder.glob("*.txt"))):
        text = path.read_text("utf-8").replace("\n", " ")
        for encoding in ENCODINGS.get(path.stem[:2], ()):
            for length in (400, 40):
                for window in windows(text, length):
                    data = written(window, encoding)
                    if data is None or data.isascii():
                        continue
                    good = reads_right(data, encoding)
                    tried[encoding, length] += 1
                    right[encoding, length] += good
                    tried["all", length] += 1
                    right["all", length] += good
                    if options.errors and not good:
                        print(f"{path.stem} {encoding} {length}: {window[:60]!r}", file=sys.stderr)
    print(f"{'':14}{'400':>16}{'40':>16}")
    for encoding in sorted({encoding for encoding, _ in tried}):
        cells = (f"{right[encoding, n] / max(1, tried[encoding, n]):8.4f} ({tried[encoding, n]:5})" for n in (400, 40))
        print(f"{encoding:14}" + " ".join(cells))
    return 0


if __name__ == "__main__":
    sys.exit(main())
