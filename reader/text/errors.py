"""Everything that can go wrong, in the words the user reads.

::

    ReaderError
    ├── ArticleError            an article can't be opened
    │   ├── ArticleUnreadable   vanished, no permission, not a file
    │   ├── ArticleNotText      a picture, a program, an archive
    │   └── ArticleTooLarge
    ├── SidecarError            the notes beside an article
    │   ├── SidecarDamaged      not JSON, cut off, invalid throughout
    │   ├── SidecarForeign      valid JSON that is not ours
    │   ├── SidecarNewer        written by a newer reader: read-only
    │   └── SidecarNotSaved     the save failed; the old file stands
    ├── PackageError            Argos packages
    │   ├── PackageRefused      a file that is not a safe package
    │   ├── PackageBroken       an installed package that can't be used
    │   └── PackageMissing      no package for a pair of languages
    ├── AnalysisFailed          the process that looks for quotes and people died
    ├── TranslationError        the engine died, hung or refused
    ├── ExportError             an export could not be written
    ├── LibraryError            the index of a folder, or what a person decided about it, can't be kept
    │   └── IndexDamaged        the index proved damaged; it is begun anew
    ├── SettingsNotSaved        what a person chose can't be kept for the next run
    └── ResourceError           a language file, model or theme of the reader is damaged

The text of an error says what happened, to which file, what was kept and what to do. Third-party errors are
translated where they enter and always chained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class ReaderError(Exception):
    """Base of every error that is meant for the user's eyes.

    `path` is the file concerned, where there is one; the message alone must make sense without it.
    """

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class ArticleError(ReaderError):
    """An article can't be opened."""


class ArticleUnreadable(ArticleError):
    """The file vanished, may not be read, or is no file."""


class ArticleNotText(ArticleError):
    """The file's bytes are not text in any likely encoding."""


class ArticleTooLarge(ArticleError):
    """The file is larger than the reader takes."""


class SidecarError(ReaderError):
    """The notes beside an article can't be read or kept."""


class SidecarDamaged(SidecarError):
    """The sidecar is not JSON, is cut off, or is invalid throughout."""


class SidecarForeign(SidecarError):
    """The file under the sidecar's name is valid but not the reader's."""


class SidecarNewer(SidecarError):
    """A newer reader wrote the sidecar: it is shown, never saved."""


class SidecarNotSaved(SidecarError):
    """A save failed; the file on disk is the old one and the notes are still unsaved."""


class PackageError(ReaderError):
    """Something about an Argos package."""


class PackageRefused(PackageError):
    """A file that is not a package, or not a safe one."""


class PackageBroken(PackageError):
    """An installed package that can't be used."""


class PackageMissing(PackageError):
    """No installed package translates this pair of languages."""


class AnalysisFailed(ReaderError):
    """The process that looks for quotes and people died."""


class TranslationError(ReaderError):
    """The translation engine died, hung or refused."""


class ExportError(ReaderError):
    """An export could not be written; what stood there before still stands."""


class LibraryError(ReaderError):
    """The index of a folder can't be built, or what a person decided about the folder can't be saved."""


class IndexDamaged(LibraryError):
    """The index of a folder proved damaged in use; an empty one stands in its place."""


class SettingsNotSaved(ReaderError):
    """The settings can't be written; they hold for this run, and the old file stands."""


class ResourceError(ReaderError):
    """A file of the reader's own (language data, model, theme) is missing or damaged."""
