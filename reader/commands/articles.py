"""`analyze` and `translate`: what the reader finds in articles, and their translation."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from reader.commands.opening import add_json, add_paths, articles_in, each_opened, new_workspace
from reader.text.errors import ReaderError

if TYPE_CHECKING:
    import argparse

    from reader.analysis.results import Sentence
    from reader.commands.output import AddCommand, Output
    from reader.opened import OpenArticle
    from reader.workspace import Workspace


def add_reading_commands(command: AddCommand) -> None:
    """Add the commands."""
    analyze = command("analyze", "Find language, paragraphs, sentences, quotes, speakers and people.", _analyze)
    translate = command("translate", "Translate articles sentence by sentence.", _translate)
    translate.add_argument("--to", default="en", metavar="CODE", help="target language (en)")
    add_paths(analyze, translate)
    add_json(analyze, translate)


def _analyze(options: argparse.Namespace, out: Output) -> None:
    from reader.analysis.report import to_json

    with closing(new_workspace()) as workspace:
        for opened in workspace.link(list(each_opened(workspace, articles_in(options.paths, out), out))):
            assert opened.analysis is not None
            if out.json:
                out.record(to_json(opened.article, opened.analysis))
            else:
                out.line(_described(opened))


def _described(opened: OpenArticle) -> str:
    """Return an article's analysis for a person to read."""
    analysis = opened.analysis
    assert analysis is not None
    text = opened.article.text
    about = [opened.article.date or "no date", f"{analysis.language.code} {analysis.language.confidence:.0%}"]
    lines = [str(opened.path), f"  {opened.title}", f"  {', '.join(about)}; {len(analysis.sentences)} sentences"]
    for quote in analysis.quotes:
        words = " ".join(quote.span.of(text).split())
        speaker = quote.speaker.person if quote.speaker else "no named speaker"
        lines.append(f"  {quote.kind} {quote.span.start}–{quote.span.end} [{speaker}] {words}")
    people: dict[str, list[str]] = {}
    for mention in analysis.people:
        people.setdefault(mention.person, []).append(mention.text)
    lines += [f"  person {person}: {', '.join(dict.fromkeys(names))}" for person, names in people.items()]
    return "\n".join([*lines, *(f"  ! {gap}" for gap in analysis.gaps)])


def _translate(options: argparse.Namespace, out: Output) -> None:
    workspace = new_workspace(options.to)
    try:
        paths = articles_in(options.paths, out)
        between = ""
        for opened in each_opened(workspace, paths, out):
            try:
                translated = _translation(workspace, opened, out)
            except ReaderError as exc:
                out.fail(opened.path, exc)
                continue
            if out.json:
                out.record(translated)
            else:
                heading = f"{between}{opened.path}\n" if len(paths) > 1 else ""
                out.line(heading + "\n".join(map(_sentence, translated["sentences"])))
                between = "\n"
    finally:
        workspace.close()


def _translation(workspace: Workspace, opened: OpenArticle, out: Output) -> dict[str, Any]:
    """Return the object of `translate --json`; a person's corrections stand in for the machine's text."""
    from reader.text.errors import PackageMissing

    opened.routes = workspace.routes(opened.page, opened.target)
    sentences: dict[int, dict[str, Any]] = {}
    for index, sentence in enumerate(opened.page.sentences):
        part = opened.shown_sentence(index)
        if part is not None and part.how in ("manual", "reference"):
            doubts = ["source_changed"] if part.doubts else []
            sentences[index] = {**_place(sentence), "translation": part.text, "doubts": doubts, "correction": part.how}
    if opened.language in opened.routes.missing and len(sentences) < len(opened.page.sentences):
        raise PackageMissing(opened.routes.missing[opened.language], opened.path)
    for index, translation in workspace.translate(
        opened, progress=lambda news: out.progress(f"{news.done} of {news.total}")
    ):
        sentences[index] = {
            **_place(opened.page.sentences[index]),
            "translation": translation.text,
            "score": round(translation.score, 4),
            "doubts": [str(doubt.kind) for doubt in translation.doubts],
            "from_cache": translation.from_cache,
        }
    out.progress("")
    route = opened.routes.known.get(opened.language)
    return {
        "path": str(opened.path),
        "from": opened.language,
        "to": opened.target,
        "via": route.via if route else None,
        "package": {"version": route.version, "sha256": route.sha256} if route else None,
        "sentences": [sentences[index] for index in sorted(sentences)],
    }


def _sentence(sentence: dict[str, Any]) -> str:
    """Return a sentence's translation for a person to read, its doubts in a line below."""
    doubts = ", ".join(sentence["doubts"])
    return f"{sentence['translation']}\n  ! {doubts}" if doubts else str(sentence["translation"])


def _place(sentence: Sentence) -> dict[str, Any]:
    start, end = sentence.span.start, sentence.span.end
    return {"start": start, "end": end, "translation": "", "score": None, "doubts": [], "from_cache": False}
