"""One article in work: its text, analysis, notes and translations, and what is shown of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from reader.analysis.results import CERTAIN
from reader.annotations.annotation import PERSON, QUOTE, REJECTED, SUGGESTED, Choice, Detection
from reader.annotations.annotation import Translation as StoredTranslation
from reader.articles.reading import shown_name
from reader.export.passages import SentenceTranslation
from reader.marks import found_mark, stored_mark
from reader.page import Layer, Summary, page_of
from reader.repeats import changed
from reader.respelling import respell
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reader.analysis.results import Analysis, Mention, Quote, QuoteKind
    from reader.annotations.anchoring import Placement
    from reader.annotations.annotation import Annotation, Correction, Notes
    from reader.annotations.session import NotesSession
    from reader.articles.article import Article
    from reader.page import Mark, Page
    from reader.respelling import Respelled
    from reader.translation.package import Route
    from reader.translation.service import Translation

SOURCE_CHANGED = "The original of this sentence was changed after its translation was corrected: check the correction."
"""The doubt about a correction that may no longer fit."""

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
class Findings:
    """What is shown of an analysis whatever a person decides: the page, and the mark of each find.

    It takes a while for a long article and may be made in any thread.
    """

    analysis: Analysis
    page: Page
    marks: dict[Detection, Mark]
    kinds: dict[Span, QuoteKind]

    @classmethod
    def of(cls, article: Article, analysis: Analysis) -> Findings:
        """Lay an analysed article out and make the marks of its finds."""
        finds: dict[Detection, Quote | Mention] = {}
        for quote in analysis.quotes:
            finds[Detection(QUOTE, quote.span, quote.speaker.person if quote.speaker else None, "quotes")] = quote
        for mention in analysis.people:
            finds[Detection(PERSON, mention.span, mention.person, "people")] = mention
        marks = {detection: found_mark(detection, find) for detection, find in finds.items() if detection.span}
        return cls(analysis, page_of(article, analysis), marks, {quote.span: quote.kind for quote in analysis.quotes})

    def mentions_in(self, index: int) -> tuple[Mention, ...]:
        """Return the mentions of people that begin in a sentence."""
        sentence, people = self.page.sentences[index].span, self.analysis.people
        first = bisect_left(people, sentence.start, key=lambda mention: mention.span.start)
        last = bisect_left(people, sentence.end, key=lambda mention: mention.span.start)
        return people[first:last]

    def names_in(self, index: int) -> tuple[str, ...]:
        """Return the names that stand in a sentence, as written and as displayed, to check its translation for."""
        return tuple(f"{mention.text} {mention.person}" for mention in self.mentions_in(index))


class OpenArticle:
    """One article in work: its text, analysis, notes and translations. Belongs to one thread."""

    def __init__(self, article: Article, notes: NotesSession, target: str) -> None:
        self.article = article
        self.notes = notes
        self.target = target
        self.page: Page = page_of(article)
        self.findings: Findings | None = None
        self.routes = Routes()
        self._machine: dict[int, SentenceTranslation] = {}
        self._corrected: tuple[tuple[object, object, object], dict[Span, Correction]] = ((None, None, None), {})
        self._layer: tuple[Notes | None, Analysis | None, tuple[Mark, ...]] = (None, None, ())

    @property
    def path(self) -> Path:
        """The article's file."""
        return self.article.path

    @property
    def analysis(self) -> Analysis | None:
        """The analysis, None before it is there."""
        return self.findings.analysis if self.findings else None

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

    def set_analysis(self, analysis: Analysis, findings: Findings | None = None) -> None:
        """Take over an analysis; translations of sentences that stay are kept by the cache, not here.

        `findings` are what `Findings.of` has made of it already.
        """
        self.findings = findings or Findings.of(self.article, analysis)
        self.page = self.findings.page
        self._machine = {}
        self.notes.set_shown(self.detections(), Choice(analysis.language.code, analysis.language.how))

    def set_article(self, article: Article, analysis: Analysis, findings: Findings | None = None) -> None:
        """Take the article as it was read again; notes find their places in it, undo goes on."""
        self.article = article
        self.notes.set_article(article)
        self.set_analysis(analysis, findings)

    def relink(self, analysis: Analysis) -> None:
        """Take over other display names for the same finds; translations stay."""
        self.findings = Findings.of(self.article, analysis)
        self.notes.set_shown(self.detections(), Choice(analysis.language.code, analysis.language.how))

    def detections(self) -> tuple[Detection, ...]:
        """Return the finds of the analysis in the form the notes know."""
        return tuple(self.findings.marks) if self.findings else ()

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
        found = self.findings
        marks = [
            stored_mark(annotation, placement.span, found.kinds.get(placement.span) if found else None)
            for annotation, placement in self.notes.placed_where(self._is_shown)
            if placement.span is not None
        ]
        marks += [found.marks[detection] for detection in self.notes.undecided(found.marks)] if found else []
        return tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.layer)))

    def _is_shown(self, annotation: Annotation) -> bool:
        return annotation.status != REJECTED and not (annotation.status == SUGGESTED and self.analysis is not None)

    def unplaced(self) -> tuple[tuple[Annotation, Placement], ...]:
        """Return the annotations whose passage is not in the text any more."""
        return tuple(
            (annotation, placement)
            for annotation, placement in self.notes.placed_where(self._is_shown)
            if placement.span is None
        )

    def detection_of(self, mark: Mark) -> Detection | None:
        """Return the find behind a mark that nobody has decided on."""
        kind = PERSON if mark.layer is Layer.PERSON else QUOTE
        return next((each for each in self.detections() if each.kind == kind and each.span == mark.span), None)

    # -- translation ---------------------------------------------------------------------------------------------

    def keep(self, translations: dict[int, Translation]) -> dict[int, SentenceTranslation | None]:
        """Take over the machine's translations by sentence; return what to show for these sentences now."""
        origins = {code: (f"argos {route.label}", route.sha256) for code, route in self.routes.known.items()}
        for index, translation in translations.items():
            engine, sha256 = origins[self.page.sentence_language(index)]
            doubts = tuple(doubt.message for doubt in translation.doubts)
            self._machine[index] = SentenceTranslation(
                translation.text, doubts=doubts, engine=engine, package_sha256=sha256
            )
        corrections = self._corrections()
        return {index: self._shown_by(corrections, index) for index in translations}

    def shown_sentence(self, index: int) -> SentenceTranslation | None:
        """Return what stands beside a sentence: a correction, the machine's text, or nothing yet."""
        return self._shown_by(self._corrections(), index)

    def _shown_by(self, corrections: Mapping[Span, Correction], index: int) -> SentenceTranslation | None:
        sentence = self.page.sentences[index].span
        correction = corrections.get(sentence) if corrections else None
        if correction is not None:
            doubts = (SOURCE_CHANGED,) if changed(correction, sentence.of(self.article.text)) else ()
            return SentenceTranslation(correction.value, correction.how, doubts)
        if index in self._machine:
            return self._machine[index]
        if self.page.sentence_language(index) == self.target != self.language:
            return SentenceTranslation(sentence.of(self.article.text), "same")
        return None

    def _corrections(self) -> dict[Span, Correction]:
        """Return the corrections by the place of their sentence; found anew only after an edit or another reading."""
        key = (self.notes.notes, self.article, self.target)
        if any(was is not now for was, now in zip(self._corrected[0], key, strict=True)):
            notes = self.notes.notes
            placed = {
                where.span: each
                for each, where in reversed(self.notes.corrections)  # the first one of a sentence holds
                if where.span is not None and not each.conflict and notes.language_of(each) == self.target
            }
            self._corrected = (key, placed)
        return self._corrected[1]

    def respelled(self, index: int) -> Respelled | None:
        """Return what is shown where the machine's translation spells a known person's name otherwise than we do.

        Only for the pane: what is stored and exported stays the machine's own text.
        """
        part = self.shown_sentence(index)
        if part is None or part.how != "machine":
            return None
        mentions = self.findings.mentions_in(index) if self.findings else ()
        people = [(mention.text, mention.person) for mention in mentions if mention.confidence >= CERTAIN]
        respelled = respell(self.page.sentences[index].span.of(self.article.text), part.text, people)
        return respelled if respelled.changes else None

    def why_not_correct(self, index: int) -> str | None:
        """Say in a sentence why the translation of a sentence can't be corrected, None where it can."""
        if self.notes.read_only:
            return self.notes.read_only
        if self.page.sentence_language(index) == self.target:
            return "This sentence is not translated: it is in the language of the translation already."
        return None

    def lost_corrections(self) -> tuple[LostCorrection, ...]:
        """Return the corrections whose sentence is not in the text any more, with the sentence most like it."""
        if self.analysis is None:
            return ()
        ours = [pair for pair in self.notes.corrections if self.notes.notes.language_of(pair[0]) == self.target]
        if not ours:
            return ()
        spans = {sentence.span for sentence in self.page.sentences}
        texts = [span.of(self.article.text) for span in (sentence.span for sentence in self.page.sentences)]
        lost = [each for each, where in ours if where.span not in spans and not each.conflict]
        near = [process.extractOne(each.exact, texts, scorer=fuzz.ratio, score_cutoff=LIKE_BEFORE) for each in lost]
        return tuple(LostCorrection(each, hit[2] if hit else None) for each, hit in zip(lost, near, strict=True))

    def set_target(self, code: str) -> None:
        """Show this article in another language; the caller finds its routes and translates anew."""
        self.target = code
        self.routes = Routes()
        self._machine = {}

    def shown(self) -> list[SentenceTranslation | None]:
        """Return what stands beside every sentence."""
        corrections, number = self._corrections(), len(self.page.sentences)
        read_as_it_is = self.target != self.language and any(row.language == self.target for row in self.page.rows)
        if corrections or read_as_it_is:
            return [self._shown_by(corrections, index) for index in range(number)]
        return [self._machine.get(index) for index in range(number)]

    def untranslated(self) -> dict[str, list[int]]:
        """Return the sentences for which a package is there and no translation is, by language."""
        waiting: dict[str, list[int]] = {}
        shown = self.shown()
        for row in self.page.rows:
            if row.language in self.routes.known:
                missing = [index for index in range(*row.sentences) if shown[index] is None]
                if missing:
                    waiting.setdefault(row.language, []).extend(missing)
        return waiting

    def names_in(self, index: int) -> tuple[str, ...]:
        """Return the names that stand in a sentence, see `Findings.names_in`."""
        return self.findings.names_in(index) if self.findings else ()

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

    def _is_translated(self, shown: Sequence[SentenceTranslation | None]) -> bool:
        """Say whether every sentence in the article's language has a translation; a foreign tail need not."""
        rows = [row.sentences for row in self.page.rows if row.language == self.language]
        own = [part for first, last in rows for part in shown[first:last]]
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
