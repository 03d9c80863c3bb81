"""The export formats, and the one way in which an export reaches the disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from reader.annotations.durable import replace_file
from reader.annotations.places import SUFFIX, sidecar_path
from reader.articles.reading import shown_name
from reader.export.html import render_html
from reader.export.markdown import render_markdown
from reader.export.tables import render_csv
from reader.export.webannotation import render_json
from reader.text.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reader.export.passages import Order, Passage

    Format: TypeAlias = Callable[[Sequence[Passage], str, Order], bytes]


def _markdown(passages: Sequence[Passage], title: str, order: Order) -> bytes:
    return render_markdown(passages, title, order).encode()


def _html(passages: Sequence[Passage], title: str, order: Order) -> bytes:
    return render_html(passages, title, order).encode()


def _csv(passages: Sequence[Passage], _title: str, _order: Order) -> bytes:
    return render_csv(passages).encode("utf-8-sig")  # without the mark Excel reads it in a code page


def _json(passages: Sequence[Passage], _title: str, _order: Order) -> bytes:
    return render_json(passages).encode()


FORMATS: dict[str, Format] = {"md": _markdown, "html": _html, "csv": _csv, "json": _json}
"""From passages already in their order, a title and that order to a file's bytes; by name, which is the suffix too."""


def write_export(target: Path, payload: bytes, articles: Iterable[Path] = ()) -> None:
    """Write an export whole or not at all, over an older one if there is one.

    Refuses the place of any of `articles`, of a sidecar or its copies, by whatever path or link it is reached.
    Raises `ExportError`; what stood there before still stands.
    """
    name = shown_name(target) or str(target)
    # the file behind a link is replaced, the link stays
    real = Path(os.path.realpath(target))
    if SUFFIX in real.name or SUFFIX in target.name:
        raise ExportError(f"{name} is a file of notes: nothing was exported. Choose another name.", target)
    if os.path.isdir(real):
        raise ExportError(f"{name} is a folder: nothing was exported. Give a file name in it.", target)
    if os.path.lexists(real) and not real.is_file():
        raise ExportError(f"{name} is a pipe or device: nothing was exported. Choose another name.", target)
    for article in articles:
        if _same(real, article) or _same(real, sidecar_path(article)):
            raise ExportError(f"{name} is an article or its notes: nothing was exported. Choose another name.", target)
    try:
        replace_file(real, payload)
    except FileNotFoundError as exc:
        raise ExportError(f"{name} can't be written: its folder is not there. Nothing was exported.", target) from exc
    except OSError as exc:
        reason = exc.strerror or exc
        raise ExportError(f"{name} can't be written ({reason}); what stood there before still stands.", target) from exc


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:  # one of them does not exist: then their names decide
        return os.path.realpath(one) == os.path.realpath(other)
