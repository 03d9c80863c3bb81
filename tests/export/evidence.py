"""An invented article with finds and annotations of every sort, for the tests of all formats."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from reader.analysis.results import Analysis, LanguageGuess, Mention, Quote, QuoteKind, Sentence, Speaker
from reader.annotations.anchoring import make_target, place
from reader.annotations.annotation import (
    ACCEPTED,
    AUTO,
    MANUAL,
    REJECTED,
    SUGGESTED,
    Annotation,
    Attribution,
    Target,
    Translation,
)
from reader.articles.article import Article
from reader.articles.decoding import decode
from reader.articles.structure import find_structure
from reader.export.collecting import annotate
from reader.export.evidence import Evidence, Gathered
from reader.export.passages import EVERYTHING, AnnotatedArticle, Passage, Request, Selection, SentenceTranslation
from reader.export.writing import render
from reader.text.span import Span

TEXT = """ date 2026-02-11 Podul din Valea Lungă se redeschide

„Nu mai puteam aștepta”, a spus primarul Ion Câmpeanu marți. Lucrările au costat | 4 * 3 = 12 milioane.
Inginera Sânziana Țurcan crede altceva. „Podul_nou ține
cel mult *zece* ani. #rușine <b>mare</b>”, a scris ea pe `forum`, [aici](javascript:alert(1)).

Așa-zisa „minune” a fost inaugurată cu muzică. Ion Câmpeanu n-a venit.\u202e
=cine plătește? Nimeni.
"""
WORDS = ("Nu mai puteam aștepta", "minune")


def article_of(text: str, name: str = "pod.txt") -> Article:
    decoded = decode(text.encode())
    found = find_structure(decoded.text)
    return Article(
        Path("/articles") / name,
        decoded.text,
        len(text.encode()),
        "5f" * 32,
        "a1" * 32,
        decoded.encoding,
        found.paragraphs,
        found.date,
        found.header,
        found.title,
    )


ARTICLE = article_of(TEXT)
LONG_QUOTE = TEXT[TEXT.index("Podul_nou") : TEXT.index("”, a scris")]


def span_of(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def quote(words: str, speaker: str | None = None, kind: QuoteKind = QuoteKind.SPEECH) -> Quote:
    span = span_of(words)
    said = Speaker(speaker, None, 0.875, evidence="a spus") if speaker else None
    return Quote(span, Span(span.start - 1, span.end + 1), "„", "”", kind, speaker=said)


def sentences_of(article: Article) -> tuple[Sentence, ...]:
    ends = article.header.end if article.header else 0
    sentence = re.compile(r"\S(?:.*?[.!?]”?(?= [A-ZÎ„])|.*)", re.DOTALL)
    found: list[Sentence] = []
    for index, paragraph in enumerate(article.paragraphs):
        start = max(paragraph.span.start, ends)
        matches = sentence.finditer(article.text[start : paragraph.span.end])
        found.extend(Sentence(Span(*match.span()).shifted(start), index) for match in matches)
    return tuple(found)


ANALYSIS = Analysis(
    LanguageGuess("ro", 0.99),
    ARTICLE.paragraphs,
    ARTICLE.title,
    sentences_of(ARTICLE),
    (
        quote("Nu mai puteam aștepta", "Ion Câmpeanu"),
        quote(LONG_QUOTE, "Ion Câmpeanu"),
        quote("minune", kind=QuoteKind.TERM),
    ),
    (
        Mention(span_of("Ion Câmpeanu"), "Ion Câmpeanu", "Ion Câmpeanu", 0.97),
        Mention(span_of("Sânziana Țurcan"), "Sânziana Țurcan", "Sânziana Țurcan", 0.91),
    ),
)


def annotation(number: int, kind: str, words: str, **more: object) -> Annotation:
    target = make_target(TEXT, span_of(words)) if words in TEXT else Target(words)
    stamps = {"created": "2026-11-22T01:05:00Z", "modified": "2026-11-22T01:06:10Z"}
    return Annotation(f"urn:uuid:{number:032x}", kind, target, **(stamps | more))  # type: ignore[arg-type]


ANNOTATIONS = (
    annotation(1, "quote", "Nu mai puteam aștepta", status=ACCEPTED, attribution=Attribution("Ion Câmpeanu", AUTO)),
    annotation(2, "quote", LONG_QUOTE, attribution=Attribution("Sânziana Țurcan", MANUAL), tags=("bridge", "cost")),
    annotation(3, "person", "Ion Câmpeanu", status=REJECTED),
    annotation(4, "person", "Sânziana Țurcan", status=SUGGESTED, attribution=Attribution("Sânziana Țurcan", AUTO)),
    annotation(
        5,
        "highlight",
        TEXT[TEXT.index("Lucrările") : TEXT.index("crede altceva.") + 14],
        colour="green",
        note="=SUM(A1) <script>alert(1)</script>\n| check *this*",
        tags=("cost",),
    ),
    annotation(
        6,
        "highlight",
        "Cuvinte care nu mai sunt în articol",
        translation=Translation("Words that are gone", "en", "argos ro-en 1.0", "cd" * 32, AUTO),
    ),
    annotation(7, "highlight", "muzică. Ion Câmpeanu n-a venit.\u202e\n=cine plătește?", colour="blue"),
)
TRANSLATIONS = {
    index: SentenceTranslation(
        f"Sentence {index} in *English*.",
        "manual" if index == 1 else "reference" if index == 0 else "machine",
        ("a number differs: 12 against 4",) if index == 2 else (),
        "" if index < 2 else "argos ro-en 1.0",
        "" if index < 2 else "cd" * 32,
    )
    for index in range(len(ANALYSIS.sentences) - 2)
}


def placed(article: Article = ARTICLE, annotations: tuple[Annotation, ...] = ANNOTATIONS):
    return [(each, place(article.text, each.target)) for each in annotations]


def collect(*arguments: object, wanted: Selection = EVERYTHING) -> tuple[Passage, ...]:
    """Return the wanted passages of an article; the arguments are those of `annotate`."""
    return tuple(filter(wanted.takes, annotate(*arguments).passages))  # type: ignore[arg-type]


def passages(selection: Selection = EVERYTHING) -> tuple[Passage, ...]:
    return collect(ARTICLE, ANALYSIS, placed(), TRANSLATIONS, wanted=selection)


def article() -> AnnotatedArticle:
    return annotate(ARTICLE, ANALYSIS, placed(), TRANSLATIONS)


def gathered(*articles: AnnotatedArticle) -> Gathered:
    found = Gathered()
    for each in articles or (article(),):
        found.add(each)
    return found


def written(suffix: str, *articles: AnnotatedArticle, **wanted: object) -> bytes:
    """Return an export's bytes; `wanted` are fields of its request."""
    with gathered(*articles) as found, tempfile.TemporaryFile() as out:
        render(Evidence(found, Request(suffix, **wanted)), out)  # type: ignore[arg-type]
        out.seek(0)
        return out.read()


def written_of(suffix: str, *found: Passage, **wanted: object) -> str:
    """Return the export of these passages alone."""
    return written(suffix, replace(article(), passages=found), **wanted).decode(
        "utf-8-sig" if suffix == "csv" else "utf-8"
    )
