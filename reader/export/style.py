"""How exports look: the sheet of HTML, light, dark and printed, and the colours of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.annotations.annotation import COLOURS, PERSON, QUOTE

if TYPE_CHECKING:
    from reader.export.passages import Passage

INK, SOFT, ACCENT, LINE = "22211F", "645F56", "1F5688", "CFC9BC"
QUOTE_SHADE, PERSON_SHADE = "E0EBF6", "F6E7DD"
SHADES = dict(zip(COLOURS, ("FDEEB5", "D3EFCF", "D0E6FB", "FBD6E4", "FDDCBA", "E5DAFA"), strict=True))


def shade(passage: Passage) -> str:
    """Return the colour behind a passage on paper, as RRGGBB."""
    by_kind = {QUOTE: QUOTE_SHADE, PERSON: PERSON_SHADE}.get(passage.kind, SHADES[COLOURS[0]])
    return SHADES.get(passage.colour or "", by_kind)


STYLE = """
:root {
  color-scheme: light dark;
  --paper: #f6f4ef; --card: #fffefb; --ink: #22211f; --soft: #645f56; --line: #ddd8cd;
  --accent: #1f5688; --mark: #fdeeb5; --edge: #9a7500;
  --quote: #e3edf7; --quote-edge: #4a7fb3; --person: #a8552a; --doubt: #b4560f; --good: #2f7d4f;
}
.green { --mark: #d3efcf; --edge: #4f8a20; } .blue { --mark: #d0e6fb; --edge: #2a76b8; }
.pink { --mark: #fbd6e4; --edge: #bf3f6d; } .orange { --mark: #fddcba; --edge: #b8620a; }
.purple { --mark: #e5dafa; --edge: #7a4fc0; }
.is-quote { --mark: var(--quote); --edge: var(--quote-edge); }
.is-person { --mark: transparent; --edge: var(--person); } .is-term { --mark: transparent; --edge: var(--soft); }
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1a1917; --card: #232220; --ink: #e7e3da; --soft: #a8a296; --line: #3b3833;
    --accent: #8dbbe6; --mark: #55451a; --edge: #d0a93a;
    --quote: #22374b; --quote-edge: #6fa3d4; --person: #e09a6c; --doubt: #eba35c; --good: #7cc796;
  }
  .green { --mark: #264a2b; --edge: #7cbf55; } .blue { --mark: #1f4363; --edge: #6fb1e8; }
  .pink { --mark: #5c2a41; --edge: #ea86ac; } .orange { --mark: #623c17; --edge: #e79a4a; }
  .purple { --mark: #42326a; --edge: #b192ef; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 68rem; padding: 3rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 "Charter", "Bitstream Charter", "Source Serif 4", "Noto Serif", Georgia, Cambria, serif;
  overflow-wrap: break-word;
}
h1, h2, h3, dl, .summary, .below, .label, .sources, .key, .number, .head {
  font-family: system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
}
h1 { margin: 0; font-size: 1.8rem; line-height: 1.22; letter-spacing: -.01em; text-wrap: balance; }
.subtitle { margin: .3rem 0 0; font-size: 1.2rem; color: var(--soft); font-style: italic; }
.summary, .below, .key { margin: .4rem 0 0; color: var(--soft); font-size: .88rem; overflow-wrap: anywhere; }
h2 { margin: 2.8rem 0 0; font-size: 1.2rem; line-height: 1.35; font-weight: 650; }
.below { margin: .15rem 0 0; }
article {
  margin: 1.1rem 0 0; padding: 1.1rem 1.4rem 1rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card);
}
h3 { margin: 0 0 .9rem; color: var(--accent); font-size: .92rem; font-weight: 650; line-height: 1.4; }
h3 .number { display: inline-block; min-width: 1.6em; color: var(--soft); font-weight: 400; }
.pair { display: grid; grid-template-columns: 1fr 1fr; column-gap: 2.4rem; }
.pair > :only-child { grid-column: 1 / -1; }
.label { margin: 0 0 .2rem; color: var(--soft); font-size: .76rem; }
blockquote, .translation, .original, q, dd { white-space: pre-wrap; unicode-bidi: isolate; }
blockquote, .translation, .original { margin: 0; }
mark { color: inherit; background: var(--mark); border-bottom: 2px solid var(--edge); padding: .05em 0;
  unicode-bidi: isolate; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
dl { margin: 1rem 0 0; padding: .7rem 0 0; border-top: 1px solid var(--line); color: var(--soft);
  font-size: .8rem; line-height: 1.5; }
dl div { display: grid; grid-template-columns: 6rem 1fr; padding: .06rem 0; }
dd { margin: 0; overflow-wrap: anywhere; }
.about-note dd, .about-tags dd { color: var(--ink); font-size: .9rem; }
.about-doubts dd { color: var(--doubt); }
.about-sha-256 dd { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .72rem; line-height: 1.7; }
.sources ul { list-style: none; margin: .8rem 0 0; padding: 0; font-size: .9rem; }
.sources li { margin: 0 0 .7rem; unicode-bidi: isolate; overflow-wrap: anywhere; }
small { color: var(--soft); font-size: .8rem; }
header + .whole { margin-top: 3rem; }
.whole + .whole { margin-top: 4rem; padding-top: 2.5rem; border-top: 2px solid var(--line); }
.key { margin: .9rem 0 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
.row { display: grid; grid-template-columns: 2.2rem 1fr 1fr; column-gap: 0; padding: .5rem 0; }
.row .number { color: var(--soft); font-size: .74rem; padding-top: .35rem; }
.row .original { padding-right: 1.8rem; }
.row .translation { padding-left: 1.8rem; border-left: 1px solid var(--line); }
.single .row { grid-template-columns: 2.2rem minmax(0, 44rem); } .single .row .original { padding: 0; }
.head { margin-top: 1.4rem; padding: 0 0 .4rem; border-bottom: 1px solid var(--line); }
.head p { margin: 0; color: var(--soft); font-size: .8rem; }
.head p:first-child { grid-column: 2; } .head p + p { padding-left: 1.8rem; }
.title p { font-size: 1.2rem; font-weight: 650; line-height: 1.35; }
.aside p { color: var(--soft); font-size: .92rem; }
.quote { background: var(--quote); box-shadow: inset 0 -1px var(--quote-edge); }
.term { box-shadow: inset 0 -1px var(--soft); }
.person { text-decoration: underline var(--person) 2px; text-underline-offset: 3px; }
.highlight { background: var(--mark); box-shadow: inset 0 -2px var(--edge); }
.doubtful { text-decoration: underline dotted var(--doubt) 2px; text-underline-offset: 4px; }
.corrected { box-shadow: inset 0 -1px var(--good); } .missing { color: var(--soft); }
.list { border: 0; font-size: .9rem; } .list dd { color: var(--ink); } .list div { padding: .25rem 0; }
@media (max-width: 46rem) {
  body { padding: 1.5rem 1rem 3rem; }
  .pair { display: block; } .pair > div + div { margin-top: .9rem; }
  .row { grid-template-columns: 1.8rem 1fr; }
  .row .translation, .head p + p { grid-column: 2; padding: .4rem 0 0; border: 0; color: var(--soft); }
  .row .original { padding: 0; }
}
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; --person: #000;
    --doubt: #000; --good: #000; --quote-edge: #000;
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  mark, .quote, .highlight { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .quote, .term, .highlight, .corrected { box-shadow: none; border-bottom: 1px solid var(--soft); }
  .highlight { border-color: var(--edge); }
  article { border-width: 1px 0 0; border-radius: 0; padding: .6rem 0; }
  article, .row { break-inside: avoid-page; }
  h2, h3 { break-after: avoid; }
  @page { margin: 18mm; }
}
"""
