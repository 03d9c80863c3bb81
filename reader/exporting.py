"""The use case of exporting: articles one after the other into evidence, the evidence into a file."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from reader.export.collecting import annotate, cite
from reader.export.evidence import STOPPED, Evidence, Gathered
from reader.export.passages import Content
from reader.export.tmx import has_pairs
from reader.export.wording import extent
from reader.export.writing import check, render, write_export
from reader.joining import Cast
from reader.library.decisions import PeopleFile
from reader.text.counting import counted
from reader.text.errors import ExportError, ReaderError, ResourceError
from reader.workspace import edits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from reader.analysis.identities import Edit
    from reader.export.passages import AnnotatedArticle, Passage, Request, SentenceTranslation
    from reader.opened import OpenArticle
    from reader.text.span import Span
    from reader.workspace import Workspace

    Shown = Mapping[Path, Mapping[Span, SentenceTranslation]]


def export(
    workspace: Workspace,
    paths: Iterable[Path],
    target: Path,
    request: Request,
    *,
    translate: bool = False,
    problem: Callable[[ReaderError], None] | None = None,
    unread: Callable[[Path, str], object] = lambda *_: None,
    articles: Sequence[Path | str] = (),
    shown: Shown | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> str:
    """Write the passages of articles to `target`; return a sentence that says so.

    With `translate`, what no cache knows is translated where a package is there. An article that fails goes to
    `problem`, where there is one, and the others are exported; `unread` hears of notes that could not be read and
    so are missing. Where no article is left, nothing is written. `articles` are all that must not be written over,
    those of `paths` among them. `shown` is what stands on screen of translations. Raises `ExportError`, also once
    `stopped` says yes, and `ReaderError`.
    """
    check(request, target, articles)
    with gather(
        workspace, paths, translate=translate, problem=problem, unread=unread, shown=shown, stopped=stopped
    ) as gathered:
        if not gathered.count:
            raise ExportError("There is no article to export: nothing was written.")
        evidence = Evidence(gathered, request, stopped=stopped)
        paired = request.format == "tmx" and has_pairs(evidence)
        write_export(target, lambda out: render(evidence, out), articles)
    if request.format == "tmx":
        if not paired:
            return f"No sentence has a translation beside it: {target} was written without any."
        return f"Sentence pairs of {counted(evidence.article_count, 'article')} written to {target}."
    if not evidence.passage_count and evidence.content is Content.PASSAGES:
        return f"No passages were found: {target} was written without any."
    return f"{extent(evidence).removesuffix('.')}: written to {target}."


def gather(
    workspace: Workspace,
    paths: Iterable[Path],
    *,
    translate: bool = False,
    problem: Callable[[ReaderError], None] | None = None,
    unread: Callable[[Path, str], object] = lambda *_: None,
    shown: Shown | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Gathered:
    """Open, analyse and annotate articles one at a time; nothing of them stays in memory.

    What a person said of names in an article holds there; what the folder's register says holds in all of it.
    """
    gathered = Gathered()
    folders = _Folders()
    try:
        with Cast() as cast:
            for path in paths:
                if stopped():
                    raise ExportError(STOPPED)
                try:
                    opened = workspace.prepare(path, translate=translate)
                except ReaderError as exc:
                    if problem is None:
                        raise
                    problem(exc)
                    continue
                for words in opened.notes.unread:
                    unread(path, words)
                edits = folders.edits(path)
                own = edits_of(opened)
                if opened.analysis is not None and edits:
                    opened.relink(workspace.analyzer.link([opened.analysis], [*edits, *own])[0])
                if opened.analysis is not None:
                    by_hand = {edit.person for edit in (*edits, *own) if edit.person}
                    cast.add(gathered.count, opened.analysis, by_hand)
                gathered.add(annotated(opened, (shown or {}).get(path)))
            if gathered.count > 1:
                with suppress(ResourceError):  # without their languages people keep the names of their articles
                    gathered.rename(cast.names())
    except BaseException:
        gathered.close()
        raise
    return gathered


class _Folders:
    """What the registers of folders say about names; an article follows the nearest one above it."""

    def __init__(self) -> None:
        self._edits: dict[Path, list[Edit]] = {}

    def edits(self, article: Path) -> list[Edit]:
        """Return the decisions for an article."""
        folder = article.parent
        if folder not in self._edits:
            around = (folder, *folder.parents)
            nearest = next((PeopleFile(each) for each in around if (PeopleFile(each).path).is_file()), None)
            self._edits[folder] = nearest.edits() if nearest else []
        return self._edits[folder]


def translations_of(opened: OpenArticle) -> dict[Span, SentenceTranslation]:
    """Return what stands beside each sentence of an open article now."""
    pairs = zip(opened.page.sentences, opened.shown(), strict=True)
    return {sentence.span: part for sentence, part in pairs if part is not None}


def annotated(opened: OpenArticle, shown: Mapping[Span, SentenceTranslation] | None = None) -> AnnotatedArticle:
    """Return an open article whole, with its passages, as it is exported.

    `shown` is what stood beside its sentences elsewhere; it fills in for what no cache knows any more.
    """
    known = {**(shown or {}), **translations_of(opened)}
    sentences = enumerate(opened.page.sentences)
    translations = {index: known[sentence.span] for index, sentence in sentences if sentence.span in known}
    return annotate(opened.article, opened.analysis, opened.notes.placed, translations, to=opened.target)


def cited(opened: OpenArticle, span: Span) -> Passage:
    """Return the passage of an open article that stands at `span`, with all that is known of it."""
    shown = {index: part for index, part in enumerate(opened.shown()) if part is not None}
    return cite(opened.article, opened.analysis, opened.notes.placed, shown, span, to=opened.target)
