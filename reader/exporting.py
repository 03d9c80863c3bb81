"""The use case of exporting: articles one after the other into evidence, the evidence into a file."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.identities import Edit
from reader.analysis.results import Mention
from reader.export.collecting import annotate, cite
from reader.export.evidence import Evidence, Gathered
from reader.export.passages import Content
from reader.export.wording import counted
from reader.export.writing import check, render, write_export
from reader.text.errors import ReaderError
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from reader.analysis.results import Analysis
    from reader.export.passages import AnnotatedArticle, Passage, Request
    from reader.opened import OpenArticle
    from reader.workspace import Workspace


def export(
    workspace: Workspace,
    paths: Iterable[Path],
    target: Path,
    request: Request,
    *,
    translate: bool = False,
    problem: Callable[[ReaderError], None] | None = None,
    articles: Sequence[Path] = (),
) -> str:
    """Write the passages of articles to `target`; return a sentence that says so.

    With `translate`, what no cache knows is translated where a package is there. An article that fails goes to
    `problem`, where there is one, and the others are exported. `articles` are all that must not be written over,
    those of `paths` among them. Raises `ExportError` and `ReaderError`.
    """
    check(request, target, articles)
    with gather(workspace, paths, translate=translate, problem=problem) as gathered:
        evidence = Evidence(gathered, request)
        write_export(target, lambda out: render(evidence, out), articles)
    if request.format == "tmx":
        counted_articles = "1 article" if evidence.article_count == 1 else f"{evidence.article_count:,} articles"
        return f"Sentence pairs of {counted_articles} written to {target}."
    if not evidence.passage_count and evidence.content is Content.PASSAGES:
        return f"No passages were found: {target} was written without any."
    return f"{counted(evidence).removesuffix('.')}: written to {target}."


def gather(
    workspace: Workspace,
    paths: Iterable[Path],
    *,
    translate: bool = False,
    problem: Callable[[ReaderError], None] | None = None,
) -> Gathered:
    """Open, analyse and annotate articles one at a time; of each, only names stay in memory."""
    gathered = Gathered()
    cast: list[Analysis] = []
    edits: list[Edit] = []
    try:
        for path in paths:
            try:
                opened = workspace.prepare(path, translate=translate)
            except ReaderError as exc:
                if problem is None:
                    raise
                problem(exc)
                continue
            gathered.add(annotated(opened))
            if opened.analysis is not None:
                cast.append(_names_alone(opened.analysis))
            edits += [Edit(each.person, each.names, each.how) for each in opened.notes.notes.people]
        if len(cast) > 1:
            gathered.rename(_renamings(cast, workspace.analyzer.link(cast, edits)))
    except BaseException:
        gathered.close()
        raise
    return gathered


def annotated(opened: OpenArticle) -> AnnotatedArticle:
    """Return an open article whole, with its passages, as it is exported."""
    shown = {index: part for index, part in enumerate(opened.shown()) if part is not None}
    return annotate(opened.article, opened.analysis, opened.notes.placed, shown, to=opened.target)


def cited(opened: OpenArticle, span: Span) -> Passage:
    """Return the passage of an open article that stands at `span`, with all that is known of it."""
    shown = {index: part for index, part in enumerate(opened.shown()) if part is not None}
    return cite(opened.article, opened.analysis, opened.notes.placed, shown, span, to=opened.target)


def _names_alone(analysis: Analysis) -> Analysis:
    """Return an analysis with what persons are told apart by, and no more: ten thousand are held at once."""
    people = tuple(
        Mention(_spot(number), sys.intern(mention.text), sys.intern(mention.person), mention.confidence)
        for number, mention in enumerate(analysis.people)
    )
    return replace(analysis, paragraphs=(), title=None, sentences=(), quotes=(), identities=(), people=people)


@cache
def _spot(number: int) -> Span:
    return Span(number, number + 1)


def _renamings(before: Sequence[Analysis], after: Sequence[Analysis]) -> Iterator[dict[str, str]]:
    """Yield for each article what its persons are called among all: most mentions decide."""
    for was, now in zip(before, after, strict=True):
        names = {mention.span: mention.person for mention in now.people}
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for mention in was.people:
            if mention.span in names:
                votes[mention.person][names[mention.span]] += 1
        yield {person: counted.most_common(1)[0][0] for person, counted in votes.items()}
