"""A person's own Markdown: Jinja2 in a sandbox, without a loader, so that a template reads no file.

Whatever a template puts out is made literal for Markdown, unless a filter of this module made it. A template sees:

- `title`, `summary`: words over the whole;
- `passages`, `sources`, `articles`: what is exported, in its order (`Passage`, `Source`, `AnnotatedArticle`);
- `by(order, kind, …)`: groups with `heading` and `passages`, ordered by "place", "person", "date" or "tag", of these
  kinds alone where any are named; terms are no quotes;
- filters of a passage: `quotation`, `caption`, `citation`, `facts`, `translated_by`; of an article: `source`,
  `paragraphs`; of a paragraph: `marked`, `translated`; of text: `line` (no line breaks), `quoted`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, pass_context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reader.annotations.annotation import KINDS, PERSON
from reader.articles.reading import shown_name
from reader.export import markdown, wording
from reader.export.escaping import literal, one_line, with_bold
from reader.export.passages import Form, Order
from reader.export.pieces import paragraphs_of
from reader.resources import resources_dir
from reader.text.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import BinaryIO

    from reader.export.evidence import Evidence
    from reader.export.passages import Passage
    from reader.export.pieces import ParagraphPair

SUFFIX = ".md.jinja"
_READ_ONCE = re.compile(r"\b(?:islice|generator)'? (?:object )?has no (?:element|len)")
_WRONG = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Passages that have a person, date, tag or article in common."""

    heading: str
    passages: Iterator[Passage]


def shipped() -> tuple[str, ...]:
    """Return the names of the templates that come with the reader."""
    return tuple(sorted(path.name.removesuffix(SUFFIX) for path in _folder().glob(f"*{SUFFIX}")))


def load_template(name: str | Path) -> Template:
    """Compile a shipped template or a file; raises `ExportError` with line and reason where it is broken."""
    path = _folder() / f"{name}{SUFFIX}" if name in shipped() else Path(name).expanduser()
    try:
        source = path.read_text("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise ExportError(f"The template {shown_name(path)} is not UTF-8 text. Nothing was exported.", path) from exc
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or exc
        raise ExportError(
            f"The template {shown_name(path)} can't be read ({reason}). Nothing was exported. Give a file, or one of "
            f"{', '.join(shipped())}.",
            path,
        ) from exc
    try:
        return _environment(Form.FULL).from_string(source, {"path": str(path)})
    except (*_WRONG, SyntaxError) as exc:
        raise broken(path, exc.lineno if isinstance(exc, TemplateSyntaxError) else None, _reason(exc)) from exc


def render_template(evidence: Evidence, out: BinaryIO) -> None:
    """Write the Markdown that the request's template makes of the evidence, however long that takes."""
    template = load_template(evidence.request.template)
    template.environment.filters["facts"] = _facts(evidence.request.form)
    values = {
        "title": evidence.title,
        "summary": wording.summary(evidence),
        "passages": evidence.passages(),
        "sources": evidence.sources(),
        "articles": evidence.articles(),
        "by": lambda order, *kinds: _groups(evidence, order, frozenset(kinds)),
    }
    try:
        for piece in template.generate(values):
            out.write(piece.encode())
    except _WRONG as exc:
        raise broken(Path(str(template.globals["path"])), _line_of(exc), _reason(exc)) from exc


def _folder() -> Path:
    return resources_dir() / "templates"


def _environment(form: Form) -> ImmutableSandboxedEnvironment:
    # nothing is worked out while the template is compiled, which is done without bounds
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        optimized=False,
        finalize=pass_context(lambda context, value: _literal(value)),
    )
    environment.filters |= {
        "caption": wording.caption,
        "citation": wording.citation,
        "facts": _facts(form),
        "line": lambda text: Markdown(one_line(str(text))),
        "marked": _marked,
        "paragraphs": lambda article: list(paragraphs_of(article)),
        "quotation": lambda passage: Markdown(markdown.quotation(passage)),
        "quoted": lambda text: Markdown("\n".join(f"> {line}" for line in _literal(text).split("\n"))),
        "source": lambda article: wording.source_line(article.source),
        "translated": _translated,
        "translated_by": lambda passage: wording.translating(passage.translation) if passage.translation else "",
    }
    return environment


def _literal(value: object) -> str:
    return value if isinstance(value, Markdown) else literal(str(value))


def _facts(form: Form) -> object:
    return lambda passage: Markdown(markdown.fact_list(passage, form))


def _groups(evidence: Evidence, order: str, kinds: frozenset[str]) -> Iterator[Group]:
    for said, known in (({order}, [*Order]), (kinds, [*KINDS, "term"])):
        if unknown := set(said) - set(known):
            raise ValueError(f"by() knows no {min(unknown)!r}, but {', '.join(known)}")
    ordered = Order(order)
    passages = (
        passage
        for passage in evidence.passages(ordered)
        if not kinds or (passage.kind in kinds and not (passage.term and "term" not in kinds))
    )
    for heading, group in groupby(passages, key=lambda passage: wording.group_heading(passage, ordered)):
        yield Group(heading, group)


def _marked(pair: ParagraphPair) -> Markdown:
    """Return a paragraph's original with its passages bold, mentions of people left as they are."""
    runs = groupby(pair.pieces, key=lambda piece: bool(piece.marks - {PERSON}))
    return Markdown(with_bold([(bold, "".join(piece.text for piece in run)) for bold, run in runs]))


def _translated(pair: ParagraphPair) -> str:
    return " ".join(each.translation.text for each in pair.sentences if each.translation)


def line_of(frame: FrameType | None) -> int | None:
    """Return the line of the template that a running frame, or one that called it, is at."""
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            line: int = template.get_corresponding_lineno(frame.f_lineno)
            return line
        frame = frame.f_back
    return None


def broken(path: Path, line: int | None, reason: str) -> ExportError:
    """Return the error that says where a template is broken and why."""
    where = f"line {line} of the template" if line else "the template"
    return ExportError(f"{shown_name(path)}: {where} is broken: {reason}. Nothing was exported.", path)


def _line_of(exc: BaseException) -> int | None:
    """Return the line of the template where `exc` was raised: Jinja puts frames of its own into the traceback."""
    line, trace = None, exc.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _reason(exc: BaseException) -> str:
    if isinstance(exc, MemoryError):
        return "it needs more memory than a template may have"
    if isinstance(exc, RecursionError):
        return "it calls itself without an end"
    reason = " ".join(str(exc).split()).rstrip(".") or type(exc).__name__
    if _READ_ONCE.search(reason):
        return "what can only be read one after the other is counted or asked for by number; “| list” makes it a list"
    return reason
