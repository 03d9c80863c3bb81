"""The command line: the same use cases as the window, one JSON object a line, no Qt."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader import __version__
from reader.annotations.annotation import COLOURS, HIGHLIGHT, PERSON
from reader.articles.reading import shown_name
from reader.commands.library import LIBRARY_COMMANDS, add_library_commands, with_unwanted_words
from reader.text.errors import PackageError, ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.analysis.results import Sentence
    from reader.annotations.session import NotesSession
    from reader.articles.article import Article
    from reader.export.passages import Request
    from reader.opened import OpenArticle
    from reader.translation.downloads import PackageIndex
    from reader.translation.package import InstalledPackage
    from reader.translation.packages import PackageStore
    from reader.workspace import Workspace

COMMANDS = ("analyze", "translate", "export", "annotate", "annotations", *LIBRARY_COMMANDS, "packages", "doctor")
KINDS = ("quote", "person", "highlight")
FORMATS = ("md", "html", "docx", "pdf", "csv", "json", "tmx")
ORDERS = ("place", "person", "date", "tag")


def main(arguments: Sequence[str]) -> int:
    """Run one command; return 0, or 1 where something failed. Wrong usage ends with 2 (`SystemExit`)."""
    options = _parser().parse_args(with_unwanted_words(arguments))
    out = _Output(json=getattr(options, "json", False))
    try:
        options.run(options, out)
    except ReaderError as exc:
        out.fail(exc.path, exc)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130
    except BrokenPipeError:  # the reader of our output has closed it, as `head` does
        sys.stdout = None  # nothing is left to flush at exit
    return 1 if out.failed else 0


class _Output:
    """Standard output and the count of failures."""

    def __init__(self, *, json: bool) -> None:
        self.json = json
        self.failed = 0

    def record(self, value: dict[str, Any]) -> None:
        """Print one JSON object a line; a lone surrogate of a strange file name is escaped."""
        line = json.dumps(value, ensure_ascii=False, allow_nan=False)
        sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()

    def line(self, words: str) -> None:
        """Print a line for a person."""
        sys.stdout.buffer.write(_harmless(words).encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()

    def fail(self, path: Path | None, error: object) -> None:
        """Report a failure; the command goes on with the other files."""
        self.failed += 1
        if self.json:
            self.record({"path": str(path) if path else None, "error": str(error)})
        else:
            name = f"{path}: " if path and shown_name(path) not in str(error) else ""
            words = " ".join(f"{name}{error}".split())
            sys.stderr.buffer.write(_harmless(words).encode("utf-8", "backslashreplace") + b"\n")
            sys.stderr.buffer.flush()

    def progress(self, words: str) -> None:
        """Show progress on a terminal."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{_harmless(words)}")
            sys.stderr.flush()


_CONTROLS = dict.fromkeys((*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0)), "\ufffd")


def _harmless(words: str) -> str:
    """Return `words` without what would steer a terminal: articles and file names may hold anything."""
    return words.translate(_CONTROLS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="parallel-reader",
        description="Read foreign news beside its offline translation. Without a command, open the window on PATH ...",
    )
    parser.add_argument("--version", action="version", version=f"Parallel Reader {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, words: str, run: Callable[[argparse.Namespace, _Output], None]) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        return added

    analyze = command("analyze", "Find language, paragraphs, sentences, quotes, speakers and people.", _analyze)
    translate = command("translate", "Translate articles sentence by sentence.", _translate)
    translate.add_argument("--to", default="en", metavar="CODE", help="target language (en)")
    export = command("export", "Write quotes, people and highlights with translation and source to a file.", _export)
    _add_export_options(export)
    annotate = command("annotate", "Mark a passage, save, and print the new annotation's id.", _annotate)
    annotate.add_argument("path", type=Path, metavar="PATH", help="article")
    annotate.add_argument("--start", required=True, type=int, metavar="N", help="first code point of the passage")
    annotate.add_argument("--end", required=True, type=int, metavar="N", help="code point after its last")
    annotate.add_argument("--kind", choices=KINDS, default=HIGHLIGHT, help="what the passage is (highlight)")
    annotate.add_argument(
        "--person", default="", metavar="NAME", help="who speaks the quote; who is named, if not as the passage says"
    )
    colours = ", ".join(COLOURS)
    annotate.add_argument(
        "--colour", metavar="NAME", type=_colour, help=f"one of {colours}; {COLOURS[0]} for a highlight, else none"
    )
    annotate.add_argument("--note", default="", metavar="TEXT", help="a note on the passage")
    annotate.add_argument("--tag", action="extend", nargs="+", default=[], metavar="TAG", help="tags of the passage")
    annotate.set_defaults(refuse=annotate.error)
    annotations = command("annotations", "List what the notes hold, and where it stands now.", _annotations)
    for each in (analyze, translate, export, annotations):
        each.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")
    folders = add_library_commands(command)
    packages = command("packages", "List, download, install and remove Argos packages.", _packages_list)
    actions = packages.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="installed packages, broken ones with their reason")
    listing.set_defaults(run=_packages_list)
    install = actions.add_parser("install", help="install package files")
    install.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an .argosmodel file")
    install.add_argument("--replace", action="store_true", help="replace an installed package of the same languages")
    install.set_defaults(run=_packages_install)
    available = actions.add_parser("available", help="packages that can be downloaded, as last fetched")
    available.add_argument("--refresh", action="store_true", help="fetch the list anew (goes online)")
    available.set_defaults(run=_packages_available)
    download = actions.add_parser("download", help="download and install a package (goes online)")
    download.add_argument("--replace", action="store_true", help="replace an installed package of the same languages")
    download.set_defaults(run=_packages_download)
    for each in (available, download):
        each.add_argument("--yes", action="store_true", help="go online without asking")
    remove = actions.add_parser("remove", help="remove the package of a language pair")
    for each in (download, remove):
        each.add_argument("from_code", metavar="FROM", help="code of the language translated, as in ro")
        each.add_argument("to_code", metavar="TO", help="code of the language translated into, as in en")
    remove.set_defaults(run=_packages_remove)
    doctor = command("doctor", "Say what is installed, what is missing, and where everything lies.", _doctor)
    for each in (analyze, translate, annotations, *folders, listing, available, download, install, remove, doctor):
        each.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser


def _add_export_options(export: argparse.ArgumentParser) -> None:
    export.add_argument("--format", required=True, choices=FORMATS, help="the kind of file")
    export.add_argument("--output", required=True, type=Path, metavar="FILE", help="the file to write")
    export.add_argument(
        "--kind", type=_kinds, default=frozenset(), metavar="KIND,…", help=f"some of {', '.join(KINDS)}"
    )
    export.add_argument("--no-terms", action="store_true", help="without quotes that are titles or single terms")
    export.add_argument("--person", action="append", default=[], metavar="NAME", help="only this person's passages")
    colours = ", ".join(COLOURS)
    export.add_argument(
        "--colour", action="append", default=[], type=_colour, metavar="NAME", help=f"only this colour: {colours}"
    )
    export.add_argument("--tag", action="append", default=[], metavar="TAG", help="only passages with this tag")
    export.add_argument("--from", dest="since", type=_day, metavar="DAY", help="articles from 2026-01-31 on")
    export.add_argument("--until", type=_day, metavar="DAY", help="articles up to this day")
    export.add_argument("--filter", default="", metavar="WORDS", help="only passages in which all these words occur")
    export.add_argument("--order", choices=ORDERS, default="place", help="what the passages are grouped by (place)")
    export.add_argument(
        "--form", choices=("full", "compact"), default="full", help="everything known of a passage, or the least (full)"
    )
    export.add_argument("--content", choices=("passages", "articles"), help="passages, or whole articles with them")
    export.add_argument("--template", default="", metavar="NAME|FILE", help="briefing, annotated-article or a file")
    export.add_argument("--title", default="", metavar="TEXT", help="the title above the export")
    export.add_argument("--to", default="en", metavar="CODE", help="target language (en)")


def _day(words: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(words).isoformat()
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"{words} is no day like 2026-01-31") from exc


def _kinds(words: str) -> frozenset[str]:
    kinds = frozenset(filter(None, words.split(",")))
    if unknown := kinds - set(KINDS):
        raise argparse.ArgumentTypeError(f"unknown kind: {', '.join(sorted(unknown))}")
    return kinds


def _colour(name: str) -> str:
    if name not in COLOURS:
        raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(COLOURS)}")
    return name


def _workspace(target: str = "en") -> Workspace:
    from reader.workspace import Workspace  # the analysis is heavy: `packages list` and `--help` do without

    return Workspace.create(target)


def _articles(paths: Sequence[Path], out: _Output) -> list[Path]:
    from reader.library.catalogue import scan

    found = scan(paths)
    for problem in found.problems:
        out.fail(problem.path, problem.message)
    return list(found.articles)


def _each_opened(workspace: Workspace, paths: Sequence[Path], out: _Output) -> Iterator[OpenArticle]:
    """Yield the articles that open, analysed; report the others."""
    for number, path in enumerate(paths, 1):
        out.progress(f"{number} of {len(paths)}: {path.name}")
        try:
            opened = workspace.open(path)
            opened.set_analysis(workspace.analyse(opened))
        except ReaderError as exc:
            out.fail(path, exc)
        else:
            yield opened
    out.progress("")


# -- analyze, translate, export ----------------------------------------------------------------------------------


def _analyze(options: argparse.Namespace, out: _Output) -> None:
    from reader.analysis.report import to_json

    with closing(_workspace()) as workspace:
        for opened in workspace.link(list(_each_opened(workspace, _articles(options.paths, out), out))):
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


def _translate(options: argparse.Namespace, out: _Output) -> None:
    workspace = _workspace(options.to)
    try:
        paths = _articles(options.paths, out)
        between = ""
        for opened in _each_opened(workspace, paths, out):
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


def _translation(workspace: Workspace, opened: OpenArticle, out: _Output) -> dict[str, Any]:
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


def _export(options: argparse.Namespace, out: _Output) -> None:
    from reader.exporting import export

    request = _request(options)
    paths = _articles(options.paths, out)

    def watched() -> Iterator[Path]:
        for number, path in enumerate(paths, 1):
            out.progress(f"{number} of {len(paths)}: {path.name}")
            yield path
        out.progress("")

    with closing(_workspace(options.to)) as workspace:
        said = export(
            workspace,
            watched(),
            options.output,
            request,
            translate=True,
            problem=lambda error: out.fail(error.path, error),
            articles=paths,
        )
    sys.stderr.write(f"{_harmless(said)}\n")


def _request(options: argparse.Namespace) -> Request:
    from reader.export.passages import Content, Form, Order, Request, Selection

    selection = Selection(
        options.kind,
        frozenset(options.person),
        frozenset(options.colour),
        frozenset(options.tag),
        terms=not options.no_terms,
        since=options.since or "",
        until=options.until or "",
        words=options.filter,
    )
    return Request(
        options.format,
        selection,
        Order(options.order),
        Form(options.form),
        Content(options.content) if options.content else None,
        options.template,
        options.title,
    )


# -- annotate, annotations ---------------------------------------------------------------------------------------


def _annotate(options: argparse.Namespace, out: _Output) -> None:
    from reader.text.errors import ArticleError
    from reader.text.span import Span

    person = " ".join(options.person.split())
    if person and options.kind == HIGHLIGHT:
        options.refuse("argument --person: give --kind quote or --kind person with it")
    article, notes = _open_notes(options.path)
    start, end, length = options.start, options.end, len(article.text)
    if not 0 <= start < end <= length:
        raise ArticleError(
            f"{shown_name(options.path)}: {start} to {end} is no passage of a text of {length} characters.",
            options.path,
        )
    span = Span(start, end)
    if options.kind == PERSON and not person:
        person = " ".join(span.of(article.text).split())
    colour = options.colour or (COLOURS[0] if options.kind == HIGHLIGHT else None)
    made = notes.add(span, kind=options.kind, colour=colour, note=options.note, tags=options.tag, person=person or None)
    notes.save()
    _warn(notes)
    out.line(made.id)


def _annotations(options: argparse.Namespace, out: _Output) -> None:
    from reader.annotations.report import to_json

    for path in _articles(options.paths, out):
        try:
            _, notes = _open_notes(path)
        except ReaderError as exc:
            out.fail(path, exc)
            continue
        if notes.read_only and not notes.placed:
            out.fail(path, notes.read_only)
            continue
        _warn(notes)
        for annotation, placement in notes.placed:
            found = to_json(path, annotation, placement)
            if out.json:
                out.record(found)
            else:
                place = f"{found['start']}–{found['end']}" if placement.span else ""
                said = " ".join([annotation.target.exact, *(f"#{tag}" for tag in annotation.tags), annotation.note])
                head = f"{path}: {annotation.status} {annotation.kind} {place} {placement.how}"
                out.line(f"{' '.join(head.split())}: {' '.join(said.split())}")


def _open_notes(path: Path) -> tuple[Article, NotesSession]:
    """Read an article, in the encoding chosen for it if there is one, and its notes."""
    from reader.annotations.session import NotesSession, remembered
    from reader.articles.reading import read_article

    record = remembered(path)
    chosen = record.encoding if record else None
    article = read_article(path, chosen.value if chosen and chosen.how == "manual" else None)
    return article, NotesSession.open(article)


def _warn(notes: NotesSession) -> None:
    """Say on stderr what the user should know of the notes' file; standard output is for what was asked."""
    for words in notes.warnings:
        line = " ".join(words.split())
        sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sys.stderr.buffer.flush()


# -- packages ----------------------------------------------------------------------------------------------------


def _packages_list(options: argparse.Namespace, out: _Output) -> None:
    from reader.translation.packages import PackageStore

    packages = PackageStore().installed()
    for package in packages:
        if out.json:
            out.record(_package(package))
        else:
            fine = f"{package.size / 1e6:.1f} MB  {(package.sha256 or '')[:12]}".rstrip()
            state = f"broken: {package.problem}" if package.problem else fine
            out.line(f"{package.label}  {state}")
    if not packages and not out.json:
        out.line("No package is installed. `packages install FILE` installs an .argosmodel file.")


def _package(package: InstalledPackage) -> dict[str, Any]:
    return {
        "from": package.from_code,
        "to": package.to_code,
        "version": package.version,
        "size": package.size,
        "sha256": package.sha256,
        "path": str(package.path),
        "problem": package.problem,
    }


def _packages_install(options: argparse.Namespace, out: _Output) -> None:
    from reader.translation.packages import PackageAlreadyInstalled, PackageStore

    store = PackageStore()
    for file in options.files:
        out.progress(f"checking {file.name}")
        try:
            package = store.install(file, replace=options.replace)
        except ReaderError as exc:
            out.progress("")
            hint = " --replace puts the file's in its place." if isinstance(exc, PackageAlreadyInstalled) else ""
            out.fail(file, f"{exc}{hint}")
            continue
        out.progress("")
        if out.json:
            out.record(_package(package))
        else:
            out.line(f"{package.label} is installed.")


def _packages_available(options: argparse.Namespace, out: _Output) -> None:
    from reader.translation.packages import PackageStore

    store = PackageStore()
    offered = _index(store, options, out, refresh=options.refresh).available()
    installed = {(package.from_code, package.to_code): package.version for package in store.installed()}
    for package in offered:
        pair = (package.from_code, package.to_code)
        if out.json:
            names = {"from_name": package.from_name, "to_name": package.to_name}
            about = {"version": package.version, "host": package.host, "installed": installed.get(pair)}
            out.record({"from": package.from_code, "to": package.to_code, **names, **about})
        else:
            there = f"  ({installed[pair] or 'unknown version'} is installed)" if pair in installed else ""
            out.line(f"{package.label}  {package.from_name} → {package.to_name}, from {package.host}{there}")


def _packages_download(options: argparse.Namespace, out: _Output) -> None:
    from reader.text.errors import PackageRefused
    from reader.translation.packages import PackageStore

    store = PackageStore()
    for package in store.installed():
        if (package.from_code, package.to_code) == (options.from_code, options.to_code) and not options.replace:
            raise PackageRefused(f"{package.label} is installed already. --replace downloads it anew.", package.path)
    index = _index(store, options, out, refresh=not store.dirs.index.exists())
    wanted = index.find(options.from_code, options.to_code)
    with closing(index.download(wanted)) as steps:
        step = next(steps)
        size = f"{step.total / 1e6:.1f} MB" if step.total else "of unknown size"
        _ask(f"Download {wanted.label} ({size}) from {wanted.host}", options, out)
        for step in steps:
            out.progress(f"{step.done / 1e6:.1f} of {size}")
    out.progress("")
    assert step.file is not None
    try:
        installed = store.install(step.file, replace=options.replace)
    finally:
        step.file.unlink(missing_ok=True)
    if out.json:
        out.record(_package(installed))
    else:
        out.line(f"{installed.label} is installed.")


def _index(store: PackageStore, options: argparse.Namespace, out: _Output, *, refresh: bool) -> PackageIndex:
    """Return the package index, fetched anew where that was asked for."""
    from reader.translation.downloads import PackageIndex

    index = PackageIndex(store.dirs)
    if refresh:
        _ask(f"Fetch the package index from {store.dirs.index_url}", options, out)
        index.refresh()
    return index


def _ask(what: str, options: argparse.Namespace, out: _Output) -> None:
    """Say what goes online; on a terminal, go on only after a yes. Raise `PackageError` after a no."""
    if options.yes or not sys.stdin.isatty():
        out.progress(what)
        return
    sys.stderr.write(f"{what}? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise PackageError("Nothing was downloaded.")


def _packages_remove(options: argparse.Namespace, out: _Output) -> None:
    from reader.translation.packages import PackageStore

    for package in PackageStore().remove(options.from_code, options.to_code):
        if out.json:
            out.record(_package(package))
        else:
            out.line(f"{package.label} is removed.")


# -- doctor ------------------------------------------------------------------------------------------------------


def _doctor(options: argparse.Namespace, out: _Output) -> None:
    from reader.doctor import examine

    findings = examine()
    out.failed += len(findings["problems"])
    if out.json:
        out.record(findings)
        return
    for name, version in findings["versions"].items():
        out.line(f"{name:28}{version or 'missing'}")
    for name, place in findings["places"].items():
        out.line(f"{name:28}{place}")
    cache = findings["cache"]
    out.line(f"{'cached sentences':28}{cache['sentences']} ({cache['size'] / 1e6:.1f} MB)")
    for package in findings["packages"]:
        out.line(
            f"{'package':28}{package['from']} → {package['to']} {package['version']}  {package['problem'] or 'ok'}"
        )
    for words in (*findings["problems"], *findings["hints"]):
        out.line(f"! {words}")
    if not findings["problems"]:
        out.line("Nothing is damaged.")
