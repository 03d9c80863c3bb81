"""Gather the passages of one article: what the analysis found, what a person decided, what a person marked."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.analysis.results import Quote, QuoteKind
from reader.annotations.anchoring import make_target
from reader.annotations.annotation import AUTO, HIGHLIGHT, MANUAL, PERSON, QUOTE, REJECTED, SUGGESTED, Detection
from reader.annotations.review import stored_for
from reader.articles.article import ParagraphKind
from reader.articles.outlet import outlet_of
from reader.articles.reading import shown_name
from reader.export.passages import (
    ASSIGNED,
    CONFIRMED,
    DETECTED,
    AnnotatedArticle,
    Passage,
    PassageTranslation,
    SentencePair,
    SentenceTranslation,
    Source,
)
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reader.analysis.results import Analysis, Mention
    from reader.annotations.anchoring import Placement
    from reader.annotations.annotation import Annotation, Target
    from reader.articles.article import Article

GAP = "[…]"
"""Stands in a passage's translation for sentences that have none."""
_STRETCH = 1_000
_OPENING = 80
"""Code points of an article's beginning that stand for a title."""


def annotate(
    article: Article,
    analysis: Analysis | None,
    placed: Sequence[tuple[Annotation, Placement]],
    translations: Mapping[int, SentenceTranslation],
    *,
    to: str = "en",
) -> AnnotatedArticle:
    """Return the whole article with all of its passages.

    `placed` is all of its annotations with their places, `translations` is keyed by the index of the sentence in
    the analysis and `to` their language. A find that a person rejected is left out; one that a person accepted or
    changed is that annotation.
    """
    gathering = _Gathering(article, analysis, placed, translations, to)
    return AnnotatedArticle(
        gathering.source,
        article.text,
        to,
        gathering.paragraphs,
        tuple(gathering.pairs()),
        _in_order(article, gathering.passages()),
    )


def cite(
    article: Article,
    analysis: Analysis | None,
    placed: Sequence[tuple[Annotation, Placement]],
    translations: Mapping[int, SentenceTranslation],
    span: Span,
    *,
    to: str = "en",
) -> Passage:
    """Return the passage at `span`, whether or not anything is marked there; arguments as for `annotate`."""
    gathering = _Gathering(article, analysis, placed, translations, to)
    known = (passage for passage in gathering.passages() if passage.span == span)
    return next(known, None) or gathering.at(span, HIGHLIGHT, make_target(article.text, span))


def _in_order(article: Article, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    beyond = len(article.text) + 1
    return tuple(sorted(passages, key=lambda each: (each.span.start, -each.span.end) if each.span else (beyond, 0)))


def _stretches(span: Span | None) -> range:
    """Return the stretches of the text that a span touches, to look up what may overlap it."""
    return range(span.start // _STRETCH, span.end // _STRETCH + 1) if span else range(0)


class _Gathering:
    """The passages of one article: finds with their annotations, then the annotations that no find is about."""

    def __init__(
        self,
        article: Article,
        analysis: Analysis | None,
        placed: Sequence[tuple[Annotation, Placement]],
        translations: Mapping[int, SentenceTranslation],
        to: str,
    ) -> None:
        self._text = article.text
        self.paragraphs = analysis.paragraphs if analysis else article.paragraphs
        self._analysed = analysis is not None
        self._sentences = analysis.sentences if analysis else ()
        self._finds: tuple[Quote | Mention, ...] = (*analysis.quotes, *analysis.people) if analysis else ()
        self._placed = placed
        self._near: dict[int, list[tuple[Annotation, Placement]]] = defaultdict(list)
        for annotation, placement in placed:
            for stretch in _stretches(placement.span):
                self._near[stretch].append((annotation, placement))
        self._translations = translations
        self._to = to
        self._header_end = article.header.end if article.header else 0
        self.source = self._describe(article, analysis)

    def passages(self) -> Iterator[Passage]:
        """Yield every passage but those of rejected finds."""
        used: set[str] = set()
        places = {annotation.id: placement for annotation, placement in self._placed}
        for find in self._finds:
            if not find.span:
                continue
            kind = QUOTE if isinstance(find, Quote) else PERSON
            near = [pair for stretch in _stretches(find.span) for pair in self._near.get(stretch, ())]
            stored = stored_for(Detection(kind, find.span), near)
            plain = self._found(find)
            if stored is None:
                yield plain
            elif stored.status == REJECTED:
                used.add(stored.id)
            elif stored.id not in used:
                used.add(stored.id)
                yield plain if stored.status == SUGGESTED else self._annotated(stored, places[stored.id], plain)
        for annotation, placement in self._placed:
            superseded = annotation.status == SUGGESTED and self._analysed
            if annotation.id not in used and annotation.status != REJECTED and not superseded:
                yield self._annotated(annotation, placement, self._bare(annotation, placement))

    def pairs(self) -> Iterator[SentencePair]:
        """Yield every sentence beside its translation."""
        for index, sentence in enumerate(self._sentences):
            language = self.paragraphs[sentence.paragraph].language or self.source.language
            yield SentencePair(
                sentence.span,
                sentence.paragraph,
                sentence.span.of(self._text),
                language,
                self._translations.get(index),
            )

    def _describe(self, article: Article, analysis: Analysis | None) -> Source:
        title = analysis.title if analysis else article.title
        translation = self._translated(title) if title else None
        return Source(
            shown_name(article.path),
            article.sha256,
            article.text_sha256,
            analysis.language.code if analysis else "und",
            title.of(self._text) if title else None,
            translation.text if translation else None,
            article.date,
            outlet_of(article),
            "" if title else self._opening(),
        )

    def _opening(self) -> str:
        """Return the first words of the article itself, on one line."""
        body = next((each.span for each in self.paragraphs if each.kind is ParagraphKind.BODY), None)
        start = max(body.start, self._header_end) if body else 0
        words = " ".join(self._text[start : body.end][: 4 * _OPENING].split()) if body else ""
        return words if len(words) <= _OPENING else f"{words[:_OPENING].rsplit(' ', 1)[0]}…"

    def _found(self, find: Quote | Mention) -> Passage:
        """Describe what the analysis found."""
        passage = self.at(find.span, QUOTE if isinstance(find, Quote) else PERSON, make_target(self._text, find.span))
        if isinstance(find, Quote):
            speaker = find.speaker
            return replace(
                passage,
                open=find.open,
                close=find.close,
                term=find.kind is QuoteKind.TERM,
                person=speaker.person if speaker else None,
                person_how=DETECTED if speaker else "",
                confidence=speaker.confidence if speaker else None,
                evidence=speaker.evidence if speaker else "",
            )
        return replace(
            passage, person=find.person, person_how=DETECTED, confidence=find.confidence, evidence=find.evidence
        )

    def _bare(self, annotation: Annotation, placement: Placement) -> Passage:
        """Describe an annotation's passage where no find stands."""
        if placement.span is None:
            exact = annotation.target.exact
            return Passage(self.source, annotation.kind, exact, None, annotation.target, self.source.language)
        return self.at(placement.span, annotation.kind, annotation.target)

    def _annotated(self, annotation: Annotation, placement: Placement, passage: Passage) -> Passage:
        """Add to a passage what its annotation says, which goes before what was found."""
        if placement.span is not None and placement.span != passage.span:
            found = passage
            passage = self.at(placement.span, annotation.kind, annotation.target)
            passage = replace(passage, term=found.term, person=found.person, person_how=found.person_how)
        exact = annotation.target.exact
        attribution = annotation.attribution
        if attribution is not None:
            how = ASSIGNED if attribution.how == MANUAL else CONFIRMED
            same = attribution.person == passage.person
            passage = replace(
                passage,
                person=attribution.person,
                person_how=how,
                confidence=passage.confidence if same and how != ASSIGNED else None,
                evidence=passage.evidence if same and how != ASSIGNED else "",
            )
        return replace(
            passage,
            target=annotation.target,
            placement=placement.how,
            marked=exact if exact != passage.original else None,
            id=annotation.id,
            status=annotation.status,
            translation=self._best_translation(annotation, passage.translation),
            note=annotation.note,
            tags=annotation.tags,
            colour=annotation.colour,
            created=annotation.created,
            modified=annotation.modified,
        )

    def at(self, span: Span, kind: str, target: Target) -> Passage:
        """Describe the text at `span`: its sentences, paragraphs, language and translation."""
        sentences = self._sentences_in(span)
        around = span
        if sentences:
            first, last = self._sentences[sentences[0]].span, self._sentences[sentences[-1]].span
            around = Span(min(span.start, first.start), max(span.end, last.end))
        paragraphs = self._paragraphs_of(span)
        language = self.paragraphs[paragraphs[0] - 1].language if paragraphs else None
        return Passage(
            self.source,
            kind,
            span.of(self._text),
            span,
            target,
            language or self.source.language,
            paragraphs,
            before=self._text[around.start : span.start],
            after=self._text[span.end : around.end],
            translation=self._translated(span),
        )

    def _sentences_in(self, span: Span) -> range:
        first = bisect_right(self._sentences, span.start, key=lambda sentence: sentence.span.end)
        last = bisect_right(self._sentences, span.end - 1, key=lambda sentence: sentence.span.start)
        return range(first, max(first, last))

    def _paragraphs_of(self, span: Span) -> tuple[int, int] | None:
        """Return the numbers, from 1, of the first and the last paragraph that `span` touches."""
        last = bisect_right(self.paragraphs, span.end - 1, key=lambda paragraph: paragraph.span.start)
        first = bisect_right(self.paragraphs, span.start, key=lambda paragraph: paragraph.span.start)
        return (max(1, first), last) if last else None

    def _translated(self, span: Span) -> PassageTranslation | None:
        """Join the translations of the sentences that overlap `span`."""
        wanted = self._sentences_in(span)
        known = [self._translations[index] for index in wanted if index in self._translations]
        if not known:
            return None
        hows = {each.how for each in known}
        return PassageTranslation(
            self._joined(wanted),
            self._to,
            hows.pop() if len(hows) == 1 else "mixed",
            complete=len(known) == len(wanted),
            doubts=tuple(dict.fromkeys(doubt for each in known for doubt in each.doubts)),
            engine=", ".join(dict.fromkeys(each.engine for each in known if each.engine)),
            package_sha256=", ".join(dict.fromkeys(each.package_sha256 for each in known if each.package_sha256)),
        )

    def _joined(self, sentences: range) -> str:
        """Join translations with spaces, and with line breaks where a new paragraph begins."""
        text = ""
        for index in sentences:
            known = self._translations.get(index)
            piece = known.text if known else GAP
            if text.endswith(GAP) and piece == GAP:
                continue
            new_paragraph = (
                index > sentences[0] and self._sentences[index].paragraph != self._sentences[index - 1].paragraph
            )
            text += ("\n" if new_paragraph else " " if text else "") + piece
        return text

    @staticmethod
    def _best_translation(annotation: Annotation, live: PassageTranslation | None) -> PassageTranslation | None:
        """Choose between the words stored with an annotation and what its sentences' translations are now.

        A person's words go first; then a complete translation by sentence; then what was stored.
        """
        stored = annotation.translation
        if stored is None or (stored.how == AUTO and live is not None and live.complete):
            return live
        how = "machine" if stored.how == AUTO else stored.how
        return PassageTranslation(
            stored.text,
            stored.language,
            how,
            by_sentence=False,
            engine=stored.engine,
            package_sha256=stored.package_sha256,
        )
