"""How a passage is described, in the same words in every format."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import chain, count, groupby
from typing import TYPE_CHECKING

from reader import __version__
from reader.annotations.anchoring import APPROXIMATE, MOVED, UNPLACED
from reader.annotations.annotation import PERSON, QUOTE
from reader.export.evidence import first_tag
from reader.export.passages import ASSIGNED, CONFIRMED, DETECTED, Content, Form, Order
from reader.resources import language_name
from reader.text.counting import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.evidence import Evidence
    from reader.export.passages import AnnotatedArticle, Passage, PassageTranslation, SentenceTranslation, Source

CONTEXT = 400
"""Code points of a passage's sentences that are shown on either side of it."""
GENERATOR = f"Parallel Reader {__version__}"
HOW_TRANSLATED = {
    "machine": "machine translation",
    "manual": "corrected by hand",
    "reference": "reference translation",
    "same": "already in this language",
    "mixed": "partly machine translation, partly corrected by hand",
}
_HOW_NAMED = {
    DETECTED: "found by the reader, not checked",
    CONFIRMED: "found by the reader, accepted by a person",
    ASSIGNED: "assigned by a person",
}
_HOW_PLACED = {
    MOVED: "moved since it was marked",
    APPROXIMATE: "approximate: the article's words changed since it was marked",
    UNPLACED: "no longer found in the article; these are the words as they were marked",
}


def summary(evidence: Evidence) -> str:
    """Say how much there is, and what made it."""
    return f"{extent(evidence)} {GENERATOR}."


def extent(evidence: Evidence) -> str:
    """Say how many passages there are from how many articles."""
    articles, passages = counted(evidence.article_count, "article"), counted(evidence.passage_count, "passage")
    if evidence.content is Content.ARTICLES:
        if not evidence.article_count:
            return "No articles."
        return f"{articles}, {passages} marked."
    return f"{passages} from {articles}." if evidence.passage_count else "No passages."


def groups(evidence: Evidence) -> Iterator[tuple[str, str, Iterator[tuple[int, Passage]]]]:
    """Yield heading, what stands below it, and the passages with their numbers, group by group.

    A heading is empty where the title above says the same.
    """
    order, number = evidence.request.order, count(1)
    for heading, group in groupby(evidence.passages(), key=lambda passage: group_heading(passage, order)):
        first = next(group)
        passages = ((number, passage) for passage, number in zip(chain([first], group), number, strict=False))
        yield "" if heading == evidence.title else heading, group_subheading(first, order), passages


def group_heading(passage: Passage, order: Order) -> str:
    """Return what the passages of one group have in common."""
    if order is Order.PERSON:
        return passage.person or "Nobody named"
    if order is Order.DATE:
        return passage.source.date or "No date"
    if order is Order.TAG:
        return first_tag(passage) or "No tag"
    return passage.source.heading


def group_subheading(passage: Passage, order: Order) -> str:
    """Return what stands below a group's heading: an article's title in translation, file and date."""
    if order is not Order.PLACE:
        return ""
    source = passage.source
    origin = source.origin if source.heading != source.origin else ""
    return " · ".join(filter(None, (source.translated_title, origin, source.date)))


def caption(passage: Passage) -> str:
    """Say in a word or two what a passage is: who speaks, who is named, or its kind."""
    if passage.kind == QUOTE:
        kind = "term" if passage.term else "quote"
        return f"{passage.person} · {kind}" if passage.person else kind.capitalize()
    if passage.kind == PERSON:
        return f"{passage.person} · named" if passage.person else "Person"
    colour = passage.colour_name or passage.colour
    return passage.kind.capitalize() + (f" · {colour}" if colour else "")


def around(passage: Passage) -> tuple[str, str]:
    """Return what is shown before and after a passage: the rest of its sentences, cut where they are long."""
    before, after = passage.before or passage.open, passage.after or passage.close
    if len(before) > CONTEXT:
        before = "…" + before[-CONTEXT:]
    if len(after) > CONTEXT:
        after = after[:CONTEXT] + "…"
    return before, after


def facts(passage: Passage, form: Form = Form.FULL) -> Iterator[tuple[str, str]]:
    """Yield what is known about a passage, in the order in which it is shown, as (name, plain text)."""
    if form is Form.COMPACT:
        yield from _compact_facts(passage)
        return
    if passage.kind in (QUOTE, PERSON) and not (passage.term and passage.person is None):
        yield "Speaker" if passage.kind == QUOTE else "Person", _naming(passage)
    yield from _own_words(passage)
    if passage.translation:
        if passage.translation.doubts:
            yield "Doubts", "; ".join(passage.translation.doubts)
        yield "Translation", translating(passage.translation)
    if passage.kind in (QUOTE, PERSON) and passage.status != DETECTED:
        yield "Status", f"{passage.status} by a person"
    if passage.placement in _HOW_PLACED:
        yield "Place", _HOW_PLACED[passage.placement]
    if passage.marked is not None:
        yield "Marked as", passage.marked
    source = passage.source
    where = [*filter(None, (source.outlet, source.file)), source.date or "no date", passage.language, *place(passage)]
    yield "Source", " · ".join(where)
    titles = " — ".join(filter(None, (source.title, source.translated_title)))
    if titles:
        yield "Article", titles
    yield "SHA-256", source.sha256


def citation(passage: Passage) -> str:
    """Return in one line where a passage stands."""
    source = passage.source
    parts = [source.title or "", source.origin, source.date or "no date", *place(passage), *_doubtful_place(passage)]
    return ", ".join(filter(None, parts))


def place(passage: Passage) -> Iterator[str]:
    """Yield paragraph and code points, where the passage has a place."""
    if passage.paragraphs is not None:
        first, last = passage.paragraphs
        yield f"paragraph {first}" if first == last else f"paragraphs {first}–{last}"
    if passage.span is not None:
        yield f"code points {passage.span.start}–{passage.span.end}"


def original_label(passage: Passage) -> str:
    """Return the heading of the original: its language."""
    return language_name(passage.language)


def translation_label(translation: PassageTranslation) -> str:
    """Return the heading of a translation: its language, and whether a person wrote it."""
    return f"{language_name(translation.language)} · {HOW_TRANSLATED.get(translation.how, translation.how)}"


def has_translation(article: AnnotatedArticle) -> bool:
    """Say whether any sentence has a translation; an article in the target language has none."""
    return any(pair.translation for pair in article.sentences)


def usual_how(article: AnnotatedArticle) -> str:
    """Return how most of an article's sentences were translated."""
    hows = Counter(pair.translation.how for pair in article.sentences if pair.translation)
    return hows.most_common(1)[0][0] if hows else ""


def article_label(article: AnnotatedArticle) -> str:
    """Return the heading of an article's translation: its language, and how most of it was made."""
    how = usual_how(article)
    return " · ".join(filter(None, (language_name(article.language), HOW_TRANSLATED.get(how, how))))


def sentence_words(translation: SentenceTranslation, usual: str) -> str:
    """Say what is to be known of a sentence's translation besides its words; empty where it is as `usual`."""
    how = "" if translation.how == usual else HOW_TRANSLATED.get(translation.how, translation.how)
    return "; ".join(filter(None, (how, *translation.doubts)))


def source_line(source: Source) -> str:
    """Return an article's outlet where it is known, date, language and hash."""
    known = (source.outlet, source.date or "no date", language_name(source.language), f"SHA-256 {source.sha256}")
    return " · ".join(filter(None, known))


def is_right_to_left(text: str) -> bool:
    """Say whether the first letter that has a direction goes right to left, as `dir="auto"` decides."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _compact_facts(passage: Passage) -> Iterator[tuple[str, str]]:
    yield from _own_words(passage)
    translation = passage.translation
    if translation is not None and translation.doubts:
        yield "Doubts", "; ".join(translation.doubts)
    naming = f"speaker {passage.person_how}" if passage.kind == QUOTE and passage.person_how else ""
    yield "Source", " · ".join(filter(None, (citation(passage), naming)))


def _own_words(passage: Passage) -> Iterator[tuple[str, str]]:
    if passage.note:
        yield "Note", passage.note
    if passage.tags:
        yield "Tags", ", ".join(passage.tags)


def _doubtful_place(passage: Passage) -> Iterator[str]:
    if passage.placement in _HOW_PLACED:
        yield _HOW_PLACED[passage.placement]


def _naming(passage: Passage) -> str:
    if passage.person is None:
        if passage.person_how == ASSIGNED:
            return "nobody is named, a person said"
        return "none found by the reader" if passage.status == DETECTED else "none recorded"
    how = _HOW_NAMED[passage.person_how]
    if passage.confidence is not None:
        how += f", {passage.confidence:.0%} sure"
    return f"{passage.person} ({how})"


def translating(translation: PassageTranslation) -> str:
    """Say who or what made a translation: engine, package and version."""
    words = [HOW_TRANSLATED.get(translation.how, translation.how)]
    words.append("by sentence" if translation.by_sentence else "of the passage alone")
    if not translation.complete:
        words.append("some sentences have none")
    engine, packages, versions = translation.made_with
    if engine:
        words.append(f"engine {engine}")
    if packages:
        words.append(f"package {packages}" + (f", version {versions}" if versions else ""))
    if translation.package_sha256:
        words.append(f"SHA-256 {translation.package_sha256}")
    return ", ".join(words)
