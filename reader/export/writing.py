"""The export formats, and the one way in which an export reaches the disk."""

from __future__ import annotations

import os
import secrets
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, cast

from reader.annotations.durable import discard, move_over
from reader.annotations.places import SUFFIX, sidecar_path
from reader.articles.article import ARTICLE_SUFFIXES
from reader.articles.reading import shown_name
from reader.export.passages import Content
from reader.text.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.export.evidence import Evidence
    from reader.export.passages import Request

Write: TypeAlias = Callable[["Evidence", BinaryIO], None]

_WRITERS = {
    "md": "markdown.write_markdown",
    "html": "html.write_html",
    "docx": "docx.write_docx",
    "pdf": "pdf.write_pdf",
    "csv": "tables.write_csv",
    "json": "webannotation.write_json",
    "tmx": "tmx.write_tmx",
}
_TEMPLATE = "confined.write_template"
FORMATS = tuple(_WRITERS)
"""The formats by name, which is the suffix too."""
WHOLE_ARTICLES = ("html", "pdf", "tmx")
"""The formats that can show whole articles; Markdown does so by a template."""


def render(evidence: Evidence, out: BinaryIO) -> None:
    """Write the evidence in its format, or through its template."""
    request = evidence.request
    module, name = (_TEMPLATE if request.template else _WRITERS[request.format]).split(".")
    # one format loads what it needs and no more: PDF alone loads Qt
    write = cast("Write", getattr(import_module(f"reader.export.{module}"), name))
    write(evidence, out)


def check(request: Request, target: Path, articles: Iterable[Path | str]) -> None:
    """Raise `ExportError` for what can be known to fail before an article is opened."""
    if request.template and request.format != "md":
        raise ExportError("Templates make Markdown: choose the format md.")
    if request.content is Content.ARTICLES and request.format not in WHOLE_ARTICLES:
        raise ExportError(
            f"Whole articles are exported as {', '.join(WHOLE_ARTICLES)}, or as md with the template annotated-article."
        )
    if request.template:
        from reader.export.templates import load_template

        load_template(request.template)
    _refuse(target, Path(os.path.realpath(target)), articles)


def write_export(target: Path, write: Callable[[BinaryIO], None], articles: Iterable[Path | str] = ()) -> None:
    """Write an export whole or not at all, over an older one if there is one.

    Refuses the place of any of `articles`, of an article with notes, of a sidecar or its copies, by whatever path,
    link or spelling it is reached. Raises `ExportError`; what stood there before still stands.
    """
    name = shown_name(target) or str(target)
    # the file behind a link is replaced, the link stays
    real = Path(os.path.realpath(target))
    _refuse(target, real, articles)
    try:
        _replace(real, write)
    except FileNotFoundError as exc:
        raise ExportError(f"{name} can't be written: its folder is not there. Nothing was exported.", target) from exc
    except OSError as exc:
        reason = exc.strerror or exc
        raise ExportError(f"{name} can't be written ({reason}); what stood there before still stands.", target) from exc


def _refuse(target: Path, real: Path, articles: Iterable[Path | str]) -> None:
    """Raise `ExportError` where an export may not go; `real` is the file behind all links."""
    name = shown_name(target) or str(target)
    if any(SUFFIX in each.name.casefold() for each in (real, target)):
        raise ExportError(f"{name} is a file of notes: nothing was exported. Choose another name.", target)
    if os.path.isdir(real):
        raise ExportError(f"{name} is a folder: nothing was exported. Give a file name in it.", target)
    if not os.path.lexists(real.parent):
        raise ExportError(f"{name} can't be written: its folder is not there. Nothing was exported.", target)
    if os.path.lexists(real) and not real.is_file():
        raise ExportError(f"{name} is a pipe or device: nothing was exported. Choose another name.", target)
    if sidecar_path(real).exists() or any(
        _same(real, article) or _same(real, sidecar_path(article)) for article in map(Path, articles)
    ):
        raise ExportError(f"{name} is an article or its notes: nothing was exported. Choose another name.", target)
    # a text among articles is one, though it is not exported and has no notes
    is_text = real.suffix.casefold() in ARTICLE_SUFFIXES and real.exists()
    if is_text and any(_same(real.parent, Path(article).parent) for article in articles):
        raise ExportError(
            f"{name} is a text among articles and may be one: nothing was exported. Choose another name or folder.",
            target,
        )


def _same(one: Path, other: Path) -> bool:
    """Say whether two paths lead to one file, or would where capitals or composed letters make no difference."""
    with suppress(OSError):  # where one of them does not exist their names decide
        if os.path.samefile(one, other):
            return True
    return _folded(one) == _folded(Path(os.path.realpath(other)))


def _folded(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()


def _replace(target: Path, write: Callable[[BinaryIO], None]) -> None:
    """Let `write` fill a new file beside `target` and put it there once it is on the disk; no litter is left."""
    prefix = f".export-{sha256(os.fsencode(target.name)).hexdigest()[:12]}-"
    for left in target.parent.glob(f"{prefix}*.tmp"):  # of an export that was killed
        discard(left)
    temp = target.with_name(f"{prefix}{secrets.token_hex(8)}.tmp")
    try:
        with open(temp, "xb", opener=partial(os.open, mode=0o666)) as out:
            if os.name == "posix":
                with suppress(FileNotFoundError):
                    os.fchmod(out.fileno(), target.stat().st_mode & 0o777)
            write(out)
            out.flush()
            os.fsync(out.fileno())
        move_over(temp, target)
    except BaseException:
        discard(temp)
        raise
