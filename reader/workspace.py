"""The use cases: open, analyse, translate, annotate, summarise, export. No Qt, no argument parsing."""

from __future__ import annotations

import shutil
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from rapidfuzz import fuzz, process

from reader.analysis.analyzer import Analyzer
from reader.analysis.identities import Edit
from reader.analysis.process import AnalyzerProcess, Analyzes
from reader.analysis.results import Quote, QuoteKind
from reader.annotations.annotation import COLOURS, HIGHLIGHT, PERSON, QUOTE, REJECTED, SUGGESTED, Choice, Detection
from reader.annotations.annotation import Translation as StoredTranslation
from reader.annotations.session import NotesSession, remembered
from reader.articles.article import ARTICLE_SUFFIXES
from reader.articles.reading import changed_on_disk, read_article, shown_name
from reader.export.collecting import collect
from reader.export.passages import EVERYTHING, Order, Passage, Selection, SentenceTranslation
from reader.export.writing import FORMATS, write_export
from reader.page import Layer, Mark, Page, Summary, page_of
from reader.repeats import CorrectionIndex, changed
from reader.resources import resources_dir
from reader.respelling import respell
from reader.text import APPLICATION
from reader.text.errors import PackageError, ReaderError, ResourceError
from reader.text.span import Span
from reader.translation.cache import TranslationCache
from reader.translation.packages import PackageStore
from reader.translation.service import TranslationService

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.analysis.results import Analysis, Mention
    from reader.annotations.anchoring import Placement
    from reader.annotations.annotation import Annotation, Correction, Notes
    from reader.articles.article import Article
    from reader.repeats import Offer
    from reader.respelling import Respelled
    from reader.translation.package import Route
    from reader.translation.service import Progress, Translation

SOURCE_CHANGED = "The original of this sentence was changed after its translation was corrected: check the correction."
"""The doubt about a correction that may no longer fit."""

CERTAIN = 0.5
"""Confidence below which a find is shown as a suggestion."""

LIKE_BEFORE = 60
"""Per cent of `rapidfuzz.fuzz.ratio` from which a sentence may be the changed form of another."""

TITLE_LENGTH = 160
"""Code points of a title in lists and window titles."""


@dataclass(frozen=True, slots=True)
class Routes:
    """How the languages of one article come into the target language.

    `known` maps a language to its packages, `missing` a language to the sentence that says what to do, in the
    order of how much text is concerned.
    """

    known: dict[str, Route] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LostCorrection:
    """A correction whose sentence was changed or cut out; `candidate` is the index of the sentence most like it."""

    correction: Correction
    candidate: int | None


@dataclass(frozen=True, slots=True)
class _Request:
    """Sentences of one language to be translated: their indices in the page, texts, and the names in each."""

    route: Route
    indices: list[int]
    texts: list[str]
    names: list[tuple[str, ...]]


class OpenArticle:
    """One article in work: its text, analysis, notes and translations. Belongs to one thread."""

    def __init__(self, article: Article, notes: NotesSession, target: str) -> None:
        self.article = article
        self.notes = notes
        self.target = target
        self.analysis: Analysis | None = None
        self.page: Page = page_of(article)
        self.routes = Routes()
        self._machine: dict[int, SentenceTranslation] = {}
        self._layer: tuple[Notes | None, Analysis | None, tuple[Mark, ...]] = (None, None, ())

    @property
    def path(self) -> Path:
        """The article's file."""
        return self.article.path

    @property
    def language(self) -> str:
        """The article's language as detected or chosen; "und" before the analysis."""
        return self.analysis.language.code if self.analysis else "und"

    @property
    def title(self) -> str:
        """The title found in the text, else how the text begins, else the file's name."""
        span = self.analysis.title if self.analysis else self.article.title
        words = (span or (self.page.rows[0].span if self.page.rows else Span(0, 0))).of(self.article.text[:5000])
        return _shortened(words) or shown_name(self.path)

    def set_analysis(self, analysis: Analysis) -> None:
        """Take over an analysis; translations of sentences that stay are kept by the cache, not here."""
        self.analysis = analysis
        self.page = page_of(self.article, analysis)
        self._machine = {}
        self.notes.set_shown(self.detections(), Choice(analysis.language.code, analysis.language.how))

    def relink(self, analysis: Analysis) -> None:
        """Take over other display names for the same finds; translations stay."""
        self.analysis = analysis
        self.notes.set_shown(self.detections(), Choice(analysis.language.code, analysis.language.how))

    def detections(self) -> tuple[Detection, ...]:
        """Return the finds of the analysis in the form the notes know."""
        return tuple(self._finds())

    def _finds(self) -> dict[Detection, Quote | Mention]:
        if self.analysis is None:
            return {}
        finds: dict[Detection, Quote | Mention] = {}
        for quote in self.analysis.quotes:
            finds[Detection(QUOTE, quote.span, quote.speaker.person if quote.speaker else None, "quotes")] = quote
        for mention in self.analysis.people:
            finds[Detection(PERSON, mention.span, mention.person, "people")] = mention
        return {detection: find for detection, find in finds.items() if detection.span}

    # -- the highlight layer -------------------------------------------------------------------------------------

    def marks(self) -> tuple[Mark, ...]:
        """Return the highlight layer in the order of the text: what a person decided, and what was found.

        Made anew only after an edit or an analysis: the window asks at every step of the caret.
        """
        notes, analysis, marks = self._layer
        if notes is not self.notes.notes or analysis is not self.analysis:
            marks = self._make_marks()
            self._layer = (self.notes.notes, self.analysis, marks)
        return marks

    def _make_marks(self) -> tuple[Mark, ...]:
        finds = self._finds()
        kinds = {quote.span: quote.kind for quote in self.analysis.quotes} if self.analysis else {}
        marks = [
            _stored_mark(annotation, placement.span, kinds.get(placement.span))
            for annotation, placement in self.notes.placed
            if placement.span is not None and self._is_shown(annotation)
        ]
        marks += [_found_mark(detection, finds[detection]) for detection in self.notes.undecided(finds)]
        return tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.layer)))

    def _is_shown(self, annotation: Annotation) -> bool:
        return annotation.status != REJECTED and not (annotation.status == SUGGESTED and self.analysis is not None)

    def unplaced(self) -> tuple[tuple[Annotation, Placement], ...]:
        """Return the annotations whose passage is not in the text any more."""
        return tuple(
            (annotation, placement)
            for annotation, placement in self.notes.placed
            if placement.span is None and self._is_shown(annotation)
        )

    def detection_of(self, mark: Mark) -> Detection | None:
        """Return the find behind a mark that nobody has decided on."""
        kind = PERSON if mark.layer is Layer.PERSON else QUOTE
        return next((each for each in self.detections() if each.kind == kind and each.span == mark.span), None)

    # -- translation ---------------------------------------------------------------------------------------------

    def keep(self, translations: dict[int, Translation]) -> dict[int, SentenceTranslation | None]:
        """Take over the machine's translations by sentence; return what to show for these sentences now."""
        for index, translation in translations.items():
            route = self.routes.known[self.page.sentence_language(index)]
            self._machine[index] = SentenceTranslation(
                translation.text,
                doubts=tuple(doubt.message for doubt in translation.doubts),
                engine=f"argos {route.label}",
                package_sha256=route.sha256,
            )
        return {index: self.shown_sentence(index) for index in translations}

    def shown_sentence(self, index: int) -> SentenceTranslation | None:
        """Return what stands beside a sentence: a correction, the machine's text, or nothing yet."""
        sentence = self.page.sentences[index].span
        correction = self.notes.correction_at(sentence) if self.can_correct else None
        if correction is not None:
            doubts = (SOURCE_CHANGED,) if changed(correction, sentence.of(self.article.text)) else ()
            return SentenceTranslation(correction.value, correction.how, doubts)
        if index in self._machine:
            return self._machine[index]
        if self.page.sentence_language(index) == self.target != self.language:
            return SentenceTranslation(sentence.of(self.article.text), "same")
        return None

    def respelled(self, index: int) -> Respelled | None:
        """Return what is shown where the machine's translation spells a known person's name otherwise than we do.

        Only for the pane: what is stored and exported stays the machine's own text.
        """
        part = self.shown_sentence(index)
        if part is None or part.how != "machine":
            return None
        mentions = [mention for mention in self._mentions_in(index) if mention.confidence >= CERTAIN]
        people = [(mention.text, mention.person) for mention in mentions]
        respelled = respell(self.page.sentences[index].span.of(self.article.text), part.text, people)
        return respelled if respelled.changes else None

    @property
    def can_correct(self) -> bool:
        """Say whether corrections are in the language that is shown: notes hold those of one target language."""
        return self.notes.notes.translation_to == self.target

    def lost_corrections(self) -> tuple[LostCorrection, ...]:
        """Return the corrections whose sentence is not in the text any more, with the sentence most like it."""
        if self.analysis is None:
            return ()
        spans = {sentence.span for sentence in self.page.sentences}
        texts = [span.of(self.article.text) for span in (sentence.span for sentence in self.page.sentences)]
        lost = [each for each, where in self.notes.corrections if where.span not in spans and not each.conflict]
        near = [process.extractOne(each.exact, texts, scorer=fuzz.ratio, score_cutoff=LIKE_BEFORE) for each in lost]
        return tuple(LostCorrection(each, hit[2] if hit else None) for each, hit in zip(lost, near, strict=True))

    def set_target(self, code: str) -> None:
        """Show this article in another language; the caller finds its routes and translates anew."""
        self.target = code
        self.routes = Routes()
        self._machine = {}

    def shown(self) -> list[SentenceTranslation | None]:
        """Return what stands beside every sentence."""
        return [self.shown_sentence(index) for index in range(len(self.page.sentences))]

    def untranslated(self) -> dict[str, list[int]]:
        """Return the sentences for which a package is there and no translation is, by language."""
        waiting: dict[str, list[int]] = {}
        for index in range(len(self.page.sentences)):
            language = self.page.sentence_language(index)
            if language in self.routes.known and self.shown_sentence(index) is None:
                waiting.setdefault(language, []).append(index)
        return waiting

    def names_in(self, index: int) -> tuple[str, ...]:
        """Return the names that stand in a sentence, as written and as displayed, to check its translation for."""
        return tuple(f"{mention.text} {mention.person}" for mention in self._mentions_in(index))

    def _mentions_in(self, index: int) -> tuple[Mention, ...]:
        sentence = self.page.sentences[index].span
        people = self.analysis.people if self.analysis else ()
        first = bisect_left(people, sentence.start, key=lambda mention: mention.span.start)
        last = bisect_left(people, sentence.end, key=lambda mention: mention.span.start)
        return people[first:last]

    def translation_of(self, span: Span) -> StoredTranslation | None:
        """Return the translation of the sentences a passage stands in, to be stored with an annotation."""
        parts = [self.shown_sentence(index) for index in self.page.sentences_in(span)]
        if not parts or any(part is None for part in parts):
            return None
        known = [part for part in parts if part is not None]
        first = known[0]
        how = "auto" if first.how == "machine" else first.how
        text = " ".join(part.text for part in known)
        return StoredTranslation(text, self.target, first.engine, first.package_sha256, how)

    def passages(self, selection: Selection = EVERYTHING) -> tuple[Passage, ...]:
        """Return the passages worth exporting, in the order of the text."""
        shown = {index: part for index, part in enumerate(self.shown()) if part is not None}
        return collect(self.article, self.analysis, self.notes.placed, shown, selection, to=self.target)

    def _is_translated(self, shown: Sequence[SentenceTranslation | None]) -> bool:
        """Say whether every sentence in the article's language has a translation; a foreign tail need not."""
        own = [part for index, part in enumerate(shown) if self.page.sentence_language(index) == self.language]
        return bool(own) and all(own)

    def summary(self) -> Summary:
        """Return what the library list shows of this article."""
        marks = self.marks()
        shown = self.shown() if self.page.sentences else []
        analysed = self.analysis is not None
        title = self.analysis.title if self.analysis else None
        over_title = [shown[index] for index in self.page.sentences_in(title)] if title else []
        return Summary(
            self.path,
            self.title,
            self.article.date,
            self.language if analysed else None,
            " ".join(part.text for part in over_title if part) or None,
            sum(mark.layer is Layer.QUOTE for mark in marks) if analysed else None,
            len({mark.name for mark in marks if mark.layer is Layer.PERSON}) if analysed else None,
            sum(mark.layer is Layer.HIGHLIGHT for mark in marks),
            self._is_translated(shown),
            tuple(dict.fromkeys(mark.name for mark in marks if mark.name)),
        )


def _shortened(words: str) -> str:
    """Return a title on one line, cut at a word's end where it is longer than a headline."""
    words = " ".join(words.split())
    return words if len(words) <= TITLE_LENGTH else f"{words[:TITLE_LENGTH].rsplit(' ', 1)[0]}…"


def _stored_mark(annotation: Annotation, span: Span, kind: QuoteKind | None) -> Mark:
    layers = {HIGHLIGHT: Layer.HIGHLIGHT, PERSON: Layer.PERSON, QUOTE: Layer.QUOTE}
    layer = layers.get(annotation.kind, Layer.HIGHLIGHT)
    if layer is Layer.QUOTE and kind is QuoteKind.TERM:
        layer = Layer.TERM
    person = annotation.attribution.person if annotation.attribution else None
    said = {Layer.QUOTE: "Quote", Layer.TERM: "Term", Layer.PERSON: "Person"}.get(layer, "Highlight")
    words = f"{said}, confirmed by you" if annotation.creator.confirmed_by else f"{said}, marked by you"
    lines = [f"{words}: {person}" if person else words, annotation.note]
    known = annotation.colour if annotation.colour in COLOURS else COLOURS[0]  # a newer reader may have others
    colour = known if layer is Layer.HIGHLIGHT else None
    return Mark(span, layer, annotation.id, person, colour, True, True, annotation.note, "\n".join(filter(None, lines)))


def _found_mark(detection: Detection, find: Quote | Mention) -> Mark:
    key = f"{detection.kind}:{detection.span.start}-{detection.span.end}"
    certain = find.confidence >= CERTAIN
    if not isinstance(find, Quote):
        words = _evidence(find.person, find.confidence, find.evidence)
        return Mark(find.span, Layer.PERSON, key, find.person, certain=certain, words=words)
    layer = Layer.TERM if find.kind is QuoteKind.TERM else Layer.QUOTE
    speaker = find.speaker
    if speaker is None:
        words = "Quote, no named speaker" if layer is Layer.QUOTE else "Term in quote marks"
        return Mark(find.span, layer, key, None, certain=certain, words=words)
    sure = speaker.confidence >= CERTAIN
    words = _evidence(speaker.person if sure else f"perhaps {speaker.person}", speaker.confidence, speaker.evidence)
    return Mark(find.span, layer, key, speaker.person, certain=certain, words=words, name_certain=sure)


def _evidence(name: str, confidence: float, why: str) -> str:
    return f"{name} · {confidence:.0%}\n{why}".strip()


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
        analyzer: Analyzes = AnalyzerProcess() if responsive else Analyzer()
        return cls(analyzer, TranslationService(store, TranslationCache(), threads), store, target)

    def close(self) -> None:
        """End the processes that translate and analyse."""
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
        return OpenArticle(article, NotesSession.open(article), target or self.target)

    @staticmethod
    def changed_on_disk(opened: OpenArticle) -> bool:
        """Say whether the article's file is another than when it was read; one that vanished is not."""
        return changed_on_disk(opened.article)

    def analyse(self, opened: OpenArticle) -> Analysis:
        """Analyse an open article, in any thread; a language chosen by a person wins, and so do edits of people."""
        choice = opened.notes.notes.article.language
        language = choice.value if choice and choice.how == "manual" else None
        analysis = self.analyzer.analyze(opened.article, language)
        edits = _edits(opened)
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
        for request in self._requests(opened):
            found = self.translations.cached(request.route, request.texts, request.names)
            opened.keep({i: known for i, known in zip(request.indices, found, strict=True) if known is not None})

    def translate(
        self,
        opened: OpenArticle,
        visible: Callable[[], Sequence[int]] | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Iterator[tuple[int, Translation]]:
        """Translate the sentences that still need it, those that `visible` names first.

        What is needed is decided at once; the iterator may then be consumed in another thread. It yields sentence
        index and translation and changes nothing: the thread that owns the article gives them to
        `OpenArticle.keep`. Closing it cancels. Raises `PackageBroken`, `TranslationError`.
        """
        return self._translated(self._requests(opened), visible, progress)

    def _requests(self, opened: OpenArticle) -> list[_Request]:
        text = opened.article.text
        return [
            _Request(
                opened.routes.known[language],
                indices,
                [opened.page.sentences[index].span.of(text) for index in indices],
                [opened.names_in(index) for index in indices],
            )
            for language, indices in opened.untranslated().items()
        ]

    def _translated(
        self,
        requests: list[_Request],
        visible: Callable[[], Sequence[int]] | None,
        progress: Callable[[Progress], None] | None,
    ) -> Iterator[tuple[int, Translation]]:
        for request in requests:
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
        if not opened.can_correct or opened.notes.correction_at(opened.page.sentences[index].span):
            return ()
        sentence = opened.page.sentences[index].span.of(opened.article.text)
        return self.corrections.offers(sentence, opened.target, opened.path)

    # -- export --------------------------------------------------------------------------------------------------

    def export(
        self,
        paths: Sequence[Path],
        target: Path,
        form: str,
        selection: Selection = EVERYTHING,
        *,
        translate: bool = False,
        problem: Callable[[ReaderError], None] | None = None,
    ) -> str:
        """Write the passages of articles to `target` in the format `form`; return a sentence that says so.

        With `translate`, what no cache knows is translated where a package is there. An article that fails goes
        to `problem`, where there is one, and the others are exported. Raises `ExportError` and `ReaderError`.
        """
        prepared = []
        for path in paths:
            try:
                prepared.append(self.prepare(path, translate=translate))
            except ReaderError as exc:
                if problem is None:
                    raise
                problem(exc)
        passages = tuple(passage for opened in self.link(prepared) for passage in opened.passages(selection))
        title = prepared[0].title if len(prepared) == 1 else f"Passages from {len(prepared)} articles"
        write_export(target, FORMATS[form](passages, title, Order.PLACE), [*paths])
        return f"{len(passages)} passages from {len(prepared)} articles written to {target}."

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
            edits = [edit for each in opened for edit in _edits(each)]
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


def _edits(opened: OpenArticle) -> list[Edit]:
    return [Edit(each.person, each.names, each.how) for each in opened.notes.notes.people]
