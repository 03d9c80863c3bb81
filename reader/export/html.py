"""Passages as one HTML file that needs nothing else: made from the Markdown, styled for screen and paper."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from reader.annotations.annotation import COLOURS
from reader.export.markdown import render_markdown
from reader.export.passages import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.export.passages import Passage

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --ink: #22211f; --soft: #6a665f; --line: #ddd8cd; --card: #fff;
  --mark: #fdeeb5; --accent: #8a5a12;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b1a18; --ink: #e7e3da; --soft: #a19b8f; --line: #393631; --card: #242320;
    --mark: #55451a; --accent: #dcae63;
  }
}
.green { --mark: #d3efcf; } .blue { --mark: #d0e6fb; } .pink { --mark: #fbd6e4; }
.orange { --mark: #fddcba; } .purple { --mark: #e5dafa; }
@media (prefers-color-scheme: dark) {
  .green { --mark: #264a2b; } .blue { --mark: #1f4363; } .pink { --mark: #5c2a41; }
  .orange { --mark: #623c17; } .purple { --mark: #42326a; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 66rem; padding: 3rem 1.5rem 5rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 "Charter", "Bitstream Charter", "Source Serif 4", "Noto Serif", Georgia, Cambria, serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, li, .summary { font-family: system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em; }
.summary { margin: .4rem 0 0; color: var(--soft); font-size: .95rem; }
h2 {
  margin: 3.2rem 0 1.2rem; padding-bottom: .5rem; border-bottom: 1px solid var(--line);
  font-size: 1.25rem; line-height: 1.35; font-weight: 650;
}
article {
  margin: 0 0 1.4rem; padding: 1.2rem 1.5rem 1.1rem; border: 1px solid var(--line); border-radius: .6rem;
  background: var(--card); display: grid; grid-template-columns: 1fr 1fr; column-gap: 2.2rem;
}
article > * { grid-column: 1 / -1; }
h3 { margin: 0 0 .8rem; color: var(--accent); font-size: .86rem; font-weight: 650; line-height: 1.4; }
blockquote { margin: 0; white-space: pre-wrap; unicode-bidi: isolate; }
blockquote p { margin: 0; }
blockquote:has(+ .translation) { grid-column: 1; }
blockquote strong { font-weight: inherit; background: var(--mark); border-radius: .15em; padding: .06em 0;
  box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.translation { margin: 0; grid-column: 2; white-space: pre-wrap; unicode-bidi: isolate; color: var(--ink);
  padding-left: 1.4rem; border-left: 1px solid var(--line); }
ul { list-style: none; margin: 1.1rem 0 0; padding: .75rem 0 0; border-top: 1px solid var(--line); }
li { display: flow-root; padding: .08rem 0 .08rem 6rem; color: var(--soft); font-size: .8rem; line-height: 1.55;
  unicode-bidi: isolate; white-space: pre-wrap; }
li > strong:first-child { float: left; width: 5.6rem; margin-left: -6rem; font-weight: 400; }
.note { color: var(--ink); font-size: .92rem; }
.note > strong:first-child { color: var(--soft); font-size: .8rem; line-height: 1.8; }
.sources { border: 0; margin: 0; padding: 0; }
.sources li { padding-left: 0; margin-bottom: .5rem; }
.sources li > strong:first-child { float: none; margin: 0; font-weight: 600; color: var(--ink); }
@media (max-width: 46rem) {
  body { padding: 1.5rem 1rem 3rem; }
  article { display: block; padding: 1rem; }
  .translation { margin-top: .8rem; padding: .8rem 0 0; border-left: 0; border-top: 1px solid var(--line); }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --mark: #eee; --accent: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  article { break-inside: avoid-page; border-width: 0 0 1px; border-radius: 0; padding: .6rem 0; }
  h2 { break-after: avoid; }
  blockquote strong { background: none; border-bottom: 1.5pt solid #000; padding: 0; }
  @page { margin: 18mm; }
}
"""


def render_html(passages: Sequence[Passage], title: str = "Passages", order: Order = Order.PLACE) -> str:
    """Return the passages as one HTML page: no script, no link, no other file, nothing loaded."""
    body = markdown.markdown(
        render_markdown(passages, title, order), extensions=[_Evidence(passages)], output_format="html"
    )
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'\">\n"
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


class _Evidence(Extension):
    """Set up `markdown` for evidence: no links, no raw HTML, and the passages' structure as HTML tells it."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        super().__init__()
        self._passages = passages

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        """Take out what evidence never holds, as a second fence behind the escaping; add the structure."""
        md.preprocessors.deregister("html_block")
        for pattern in ("html", "link", "image_link", "reference", "image_reference", "short_reference", "autolink"):
            md.inlinePatterns.deregister(pattern)
        for pattern in ("short_image_ref", "automail"):
            md.inlinePatterns.deregister(pattern)
        # after the inline patterns (20), when line breaks are elements
        md.treeprocessors.register(_Structure(md, self._passages), "evidence", 5)


class _Structure(Treeprocessor):
    """Wrap each passage in an `article` and tell languages, directions and parts; the order is `markdown`'s."""

    def __init__(self, md: markdown.Markdown, passages: Sequence[Passage]) -> None:
        super().__init__(md)
        self._passages = passages

    def run(self, root: Element) -> None:
        """Rebuild the document's top level."""
        passages = iter(self._passages)
        children, root[:] = list(root), []
        inside: Element | None = None
        passage: Passage | None = None
        for child in children:
            for line_break in child.iter("br"):  # the page keeps white space: one break, not two
                line_break.tail = (line_break.tail or "").lstrip()
            if child.tag in ("h1", "h2"):
                inside = None
            elif child.tag == "h3":
                passage = next(passages)
                inside = Element("article")
                if passage.colour in COLOURS:
                    inside.set("class", passage.colour)
                root.append(inside)
            elif passage is not None:
                _dress(child, passage, inside is not None)
            else:
                child.set("class", "summary")
            (root if inside is None else inside).append(child)


def _dress(part: Element, passage: Passage, in_passage: bool) -> None:
    if part.tag == "ul":
        if not in_passage:
            part.set("class", "sources")
        for fact in part:
            fact.set("dir", "auto")
            fact[0].tail = (fact[0].tail or "").lstrip()
            if (fact[0].text or "") == "Note:":
                fact.set("class", "note")
        return
    part.set("dir", "auto")
    if part.tag == "blockquote":
        part.text = None  # white space between the tags would show
        for paragraph in part:
            paragraph.tail = None
            paragraph.set("dir", "auto")
        part.set("lang", passage.language)
    elif passage.translation is not None:
        part.set("class", "translation")
        part.set("lang", passage.translation.language)
