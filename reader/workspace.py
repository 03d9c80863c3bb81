"""The use cases: open, analyse, translate, annotate, summarise. No Qt, no argument parsing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from reader.analysis.process import AnalyzerProcess, Analyzes
from reader.annotations.session import NotesSession, remembered
from reader.articles.article import ARTICLE_SUFFIXES
from reader.articles.reading import changed_on_disk, read_article, shown_name
from reader.opened import Findings, OpenArticle, Routes
from reader.page import Page, Summary
from reader.repeats import CorrectionIndex
from reader.resources import resources_dir
from reader.text import APPLICATION
from reader.text.errors import PackageError, ReaderError, ResourceError
from reader.translation.cache import TranslationCache
from reader.translation.packages import PackageStore
from reader.translation.service import TranslationService

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reader.analysis.identities import Edit
    from reader.analysis.results import Analysis
    from reader.articles.article import Article
    from reader.repeats import Offer
    from reader.translation.package import Route
    from reader.translation.service import Progress, Translation


@dataclass(frozen=True, slots=True)
class Request:
    """Sentences of one language to be translated: their indices in the page, texts, and the names in each."""

    route: Route
    indices: list[int]
    texts: list[str]
    names: list[tuple[str, ...]]


class Workspace:
    """What the window and the command line share: one analyzer, one translation service, one target language."""

    def __init__(self, analyzer: Analyzes, translations: TranslationService, store: PackageStore, target: str) -> None:
        self.analyzer = analyzer
        self.translations = translations
        self.packages = store
        self.target = target
        self.corrections = CorrectionIndex()

    @classmethod
    def create(cls, target: str = "en", threads: int | None = None, *, responsive: bool = False) -> Workspace:
        """Build a workspace over the user's packages and cache; a `responsive` one analyses in another process."""
        store = PackageStore()
        analyzer: Analyzes
        if responsive:
            analyzer = AnalyzerProcess()
        else:
            from reader.analysis.analyzer import Analyzer  # which the window must not wait for: it has a process

            analyzer = Analyzer()
        return cls(analyzer, TranslationService(store, TranslationCache(), threads), store, target)

    def close(self) -> None:
        """End the processes that translate and analyse, and close the cache."""
        self.translations.close()
        self.analyzer.close()

    # -- open and analyse ----------------------------------------------------------------------------------------

    def open(self, path: Path, encoding: str | None = None, target: str | None = None) -> OpenArticle:
        """Read an article and its notes; raises `ArticleError`. An encoding chosen earlier is remembered.

        `target` is a language for this article alone.
        """
        if encoding is None:
            record = remembered(path)
            chosen = record.encoding if record else None
            encoding = chosen.value if chosen and chosen.how == "manual" else None
        article = read_article(path, encoding)
        notes = NotesSession.open(article)
        return OpenArticle(article, notes, target or notes.notes.shown_in or self.target)

    @staticmethod
    def read_again(opened: OpenArticle, encoding: str | None = None) -> Article:
        """Read an open article's file again, in any thread, for `OpenArticle.set_article`; raises `ArticleError`.

        An encoding chosen by hand stays, unless another one is given; "" lets it be detected.
        """
        former = opened.article.encoding
        if encoding is None and former.how == "manual":
            encoding = former.name
        return read_article(opened.path, encoding or None)

    @staticmethod
    def changed_on_disk(opened: OpenArticle) -> bool:
        """Say whether the article's file is another than when it was read; one that vanished is not."""
        return changed_on_disk(opened.article)

    def analyse(self, opened: OpenArticle, article: Article | None = None) -> Analysis:
        """Analyse an open article, in any thread; a language chosen by a person wins, and so do edits of people.

        `article` is the same one as it was read again and is not yet shown.
        """
        choice = opened.notes.notes.article.language
        language = choice.value if choice and choice.how == "manual" else None
        analysis = self.analyzer.analyze(article or opened.article, language)
        edits = edits_of(opened)
        return self.analyzer.link([analysis], edits)[0] if edits else analysis

    def routes(self, page: Page, target: str | None = None) -> Routes:
        """Find the packages for a page's languages. May hash models, so not on the main thread."""
        target = target or self.target
        routes = Routes()
        lengths: dict[str, int] = {}
        for row in page.rows:
            lengths[row.language] = lengths.get(row.language, 0) + len(row.span)
        for language in sorted(lengths, key=lengths.__getitem__, reverse=True):
            if language in (target, "und"):
                continue
            try:
                routes.known[language] = self.translations.route(language, target)
            except PackageError as exc:
                routes.missing[language] = str(exc)
        return routes

    def summarise(self, path: Path) -> Summary:
        """Open and analyse an article for the library list; what goes wrong is in the summary."""
        try:
            return self.prepare(path).summary()
        except ReaderError as exc:
            return Summary(path, shown_name(path), error=str(exc))

    # -- translate -----------------------------------------------------------------------------------------------

    def take_cached(self, opened: OpenArticle) -> None:
        """Put in what the cache knows of an open article's sentences."""
        for request in self.plan(opened):
            found = self.translations.cached(request.route, request.texts, request.names)
            opened.keep({i: known for i, known in zip(request.indices, found, strict=True) if known is not None})

    def translate(
        self,
        opened: OpenArticle,
        visible: Callable[[], Sequence[int]] | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Iterator[tuple[int, Translation]]:
        """Translate the sentences that still need it, those that `visible` names first; see `carry_out`."""
        return self.carry_out(self.plan(opened), visible, progress)

    def plan(self, opened: OpenArticle) -> list[Request]:
        """Return what of an open article needs a translation. For the thread that owns the article."""
        return self.requests(opened.findings, opened.routes, opened.untranslated()) if opened.findings else []

    @staticmethod
    def requests(findings: Findings, routes: Routes, waiting: Mapping[str, list[int]]) -> list[Request]:
        """Return what asks for the translation of sentences by language, in any thread."""
        page = findings.page
        return [
            Request(
                routes.known[language],
                indices,
                [page.sentences[index].span.of(page.text) for index in indices],
                [findings.names_in(index) for index in indices],
            )
            for language, indices in waiting.items()
        ]

    def carry_out(
        self,
        plan: Sequence[Request],
        visible: Callable[[], Sequence[int]] | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Iterator[tuple[int, Translation]]:
        """Translate what was planned, in any thread, the sentences that `visible` names first.

        It yields sentence index and translation and changes nothing: the thread that owns the article gives them
        to `OpenArticle.keep`. Closing it cancels. Raises `PackageBroken`, `TranslationError`.
        """
        for request in plan:
            place = {index: number for number, index in enumerate(request.indices)}

            def order(place: dict[int, int] = place) -> list[int]:
                return [place[index] for index in (visible() if visible else ()) if index in place]

            translated = self.translations.translate(
                request.route, request.texts, order=order, names=request.names, progress=progress
            )
            for number, translation in translated:
                yield request.indices[number], translation

    def offers(self, opened: OpenArticle, index: int) -> tuple[Offer, ...]:
        """Return how the same sentence was corrected in other articles of which `corrections` knows."""
        sentence = opened.page.sentences[index].span
        offers = self.corrections.offers(sentence.of(opened.article.text), opened.target, opened.path)
        return () if offers and opened.notes.correction_at(sentence, opened.target) else offers

    def prepare(self, path: Path, *, translate: bool = False) -> OpenArticle:
        """Open and analyse an article and put in its translations: what the cache knows, or all of them."""
        opened = self.open(path)
        opened.set_analysis(self.analyse(opened))
        opened.routes = self.routes(opened.page, opened.target)
        self.take_cached(opened)
        if translate:
            opened.keep(dict(self.translate(opened)))
        return opened

    def link(self, opened: Sequence[OpenArticle]) -> Sequence[OpenArticle]:
        """Give one person the same display name in all these articles."""
        analyses = [each.analysis for each in opened if each.analysis is not None]
        if len(opened) > 1 and len(analyses) == len(opened):
            edits = [edit for each in opened for edit in edits_of(each)]
            for each, analysis in zip(opened, self.analyzer.link(analyses, edits), strict=True):
                each.relink(analysis)
        return opened

    # -- samples -------------------------------------------------------------------------------------------------

    def samples(self, folder: Path | None = None) -> tuple[Path, ...]:
        """Copy the sample articles where they can be annotated and return their paths; copies made are kept."""
        target = folder or Path(platformdirs.user_data_dir(APPLICATION, appauthor=False)) / "samples"
        try:
            target.mkdir(parents=True, exist_ok=True)
            for source in sorted((resources_dir() / "samples").iterdir()):
                if not (target / source.name).exists():
                    shutil.copyfile(source, target / source.name)
        except OSError as exc:
            raise ResourceError(f"The sample articles can't be copied to {target}: {exc.strerror}.", target) from exc
        return tuple(sorted(path for path in target.iterdir() if path.suffix in ARTICLE_SUFFIXES))


def edits_of(opened: OpenArticle) -> list[Edit]:
    """Return what a person said of names in an article."""
    said = opened.notes.notes.people
    if not said:
        return []
    from reader.analysis.identities import Edit  # whoever says nothing of names needs nothing of how they are joined

    return [Edit(each.person, each.names, each.how) for each in said]
