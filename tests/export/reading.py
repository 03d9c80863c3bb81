"""Read exports as other programs do, to compare what stands in them with the article."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import docx
import markdown
from docx.oxml.ns import qn
from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path


UNDONE = re.compile("^'(?='*[=+\\-@\t\r\n\0＝＋－＠])")
"""What takes away the sign that keeps a cell from being a formula."""


class Page(HTMLParser):
    """The text of each element, white space kept, `br` as a line break; and the attributes seen."""

    def __init__(self, page: str, dropped_after_break: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self._dropped = dropped_after_break
        self._after_break = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
            self._after_break = True
        elif tag != "meta":
            texts: list[str] = []
            self.texts.append((tag, dict(attrs), texts))
            self._open.append((tag, texts))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._after_break:
            data = data.removeprefix(self._dropped)
            self._after_break = False
        for _, texts in self._open:
            texts.append(data)

    def all(self, tag: str, look: str = "") -> list[str]:
        """Return the text of every element of a kind, of one class where that is given."""
        return ["".join(texts) for name, has, texts in self.texts if name == tag and look in (has.get("class") or "")]


def originals(suffix: str, payload: bytes) -> list[str]:
    """Return the passages that stand in an export, in its order."""
    return _READERS[suffix](payload)


def marked_in(page: str, dropped_after_break: str = "") -> list[str]:
    """Return the passages of a page: the marked or bold text in each quotation."""
    quotations = re.findall(r"<blockquote.*?</blockquote>", page, re.DOTALL)
    read = [Page(quotation, dropped_after_break) for quotation in quotations]
    return [(each.all("mark") or each.all("strong"))[0] for each in read]


def rendered(text: str) -> str:
    """Return Markdown as HTML, with what CommonMark readers know beside it."""
    return markdown.markdown(text, extensions=["tables"])


def table(payload: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column."""
    return list(csv.DictReader(io.StringIO(payload.decode("utf-8-sig"), newline="")))


def annotations(payload: bytes) -> list[dict[str, object]]:
    """Return the annotations of a JSON file."""
    return json.loads(payload)["items"]  # type: ignore[no-any-return]


def pairs(payload: bytes) -> list[tuple[str, str]]:
    """Return the segments of a TMX file, original and translation."""
    root = etree.fromstring(payload, etree.XMLParser(resolve_entities=False, no_network=True))
    return [tuple("".join(seg.itertext()) for seg in unit.iter("seg")) for unit in root.iter("tu")]  # type: ignore[misc]


def word_lines(payload: bytes) -> list[str]:
    """Return the paragraphs of a Word file in its order, each with its style, cells too."""
    document = docx.Document(io.BytesIO(payload))
    found = []
    for element in document.element.body.iter(qn("w:p")):
        style = element.pPr.pStyle.val if element.pPr is not None and element.pPr.pStyle is not None else "Normal"
        found.append(f"{style}: {''.join(map(_run_text, element.iter(qn('w:r'))))}")
    return found


def _word_passages(payload: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(payload))
    runs = document.element.body.iter(qn("w:r"))
    return [_run_text(run) for run in runs if run.style == "Passagetext"]


def _run_text(run: etree._Element) -> str:
    as_text = {qn("w:br"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
    return "".join(as_text.get(part.tag, part.text or "") for part in run if part.tag != qn("w:rPr"))


def pdf_text(path: Path) -> str:
    """Return the text of a PDF as pdftotext reads it: lines end where the page's do."""
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return _seen(done.stdout.decode())


def drawn(words: str) -> re.Pattern[str]:
    """Return what finds `words` in the text of a PDF: white space where they have some and nowhere else.

    A line may end after any letter, where a long word is cut. Letters that go from right to left are told one by one.
    Signs beyond U+FFFF are pictures there.
    """
    words = re.sub("[\U00010000-\U0010ffff]", "", _seen(words))
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in words):
        return re.compile(r"\s*".join(re.escape(char) for char in words if not char.isspace()))
    parts = re.split(r"(\s+)", words)
    return re.compile("".join(r"\s+" if part.isspace() else r"\n?".join(map(re.escape, part)) for part in parts))


def attached(path: Path) -> bytes:
    """Return what is attached to a PDF."""
    done = subprocess.run(["pdfdetach", "-save", "1", "-o", "/dev/stdout", str(path)], capture_output=True, check=True)
    return done.stdout


def _seen(text: str) -> str:
    """Return text as glyphs tell it: composed, without signs that nobody sees, Arabic letters in their plain form."""
    composed = unicodedata.normalize("NFC", text.replace("\ufdd0", "\ufffd"))
    plain = re.sub(
        "[\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]", lambda form: unicodedata.normalize("NFKC", form[0]), composed
    )
    return re.sub("[\u2020\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]", "", plain)


def squeezed(text: str) -> str:
    """Return text without white space."""
    return re.sub(r"\s", "", text)


_READERS = {
    "md": lambda payload: marked_in(rendered(payload.decode()), "\n"),
    "html": lambda payload: marked_in(payload.decode()),
    "docx": _word_passages,
    "csv": lambda payload: [UNDONE.sub("", row["original"]) for row in table(payload)],
    "json": lambda payload: [item["target"]["selector"][0]["exact"] for item in annotations(payload)],  # type: ignore[index]
}
