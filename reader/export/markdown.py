"""Passages as Markdown that is read as it stands and renders the same everywhere.

A heading of the second level opens a group, one of the third a passage; then follow a quotation (the sentences in
the original, the passage itself bold), a paragraph with the translation where there is one, and a list of facts.
The last group lists the articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.export.escaping import literal, one_line, with_bold
from reader.export.wording import around, caption, facts, groups, source_line, summary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from reader.export.evidence import Evidence
    from reader.export.passages import Form, Passage, Source


def write_markdown(evidence: Evidence, out: BinaryIO) -> None:
    """Write the passages as one Markdown document, grouped by what they are ordered by."""
    for number, block in enumerate(_blocks(evidence)):
        out.write((("\n" if number else "") + block + "\n").encode())
    for number, source in enumerate(evidence.sources()):
        out.write((("" if number else "\n") + source_entry(source) + "\n").encode())


def _blocks(evidence: Evidence) -> Iterator[str]:
    yield f"# {one_line(evidence.title)}"
    yield one_line(summary(evidence))
    for heading, _, passages in groups(evidence):
        if heading:
            yield f"## {one_line(heading)}"
        for number, passage in passages:
            yield from _passage(number, passage, evidence.request.form)
    if evidence.article_count:
        yield "## Articles"


def _passage(number: int, passage: Passage, form: Form) -> Iterator[str]:
    yield f"### {number}. {one_line(caption(passage))}"
    yield quotation(passage)
    if passage.translation:
        yield literal(passage.translation.text)
    yield fact_list(passage, form)


def quotation(passage: Passage) -> str:
    """Return the sentences of a passage as a Markdown quotation, the passage itself bold."""
    before, after = around(passage)
    words = with_bold([(False, before), (True, passage.original), (False, after)])
    return "\n".join(f"> {line}" for line in words.split("\n"))


def fact_list(passage: Passage, form: Form) -> str:
    """Return what is known of a passage as a Markdown list."""
    # a fact's further lines are indented: they stay in its entry
    return "\n".join(f"- **{name}:** " + literal(text).replace("\n", "\n  ") for name, text in facts(passage, form))


def source_entry(source: Source) -> str:
    """Return an article as an entry of a Markdown list."""
    title = f" — {one_line(source.title)}" if source.title else ""
    translated = f" ({one_line(source.translated_title)})" if source.translated_title else ""
    return f"- **{one_line(source.file)}**{title}{translated} · {one_line(source_line(source))}"
