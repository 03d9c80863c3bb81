"""Reports of what should not have happened: written on this computer, offered at the next start, sent nowhere."""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import traceback
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import qVersion

from reader import __version__
from reader.text import APPLICATION

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path

log = logging.getLogger(__name__)

FATAL = "Fatal Python error"
"""How faulthandler begins what it writes."""
SEEN, FAULT, ERROR = "seen-", "fault-", "error-"
"""How the names of reports begin: those put away, of what ended the reader, of what it outlived."""
KEPT = timedelta(days=30)
MOST_WRITTEN = 20
"""Reports of one run: an error that every repaint meets is told once."""
MOST_COPIED = 100_000
"""Characters of a report that are shown and copied."""


class CrashReports:
    """The reports in a folder. While a run lasts, a file of its own waits for the fault that would end it."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or platformdirs.user_log_path(APPLICATION, appauthor=False)
        self._waiting: TextIOWrapper | None = None
        self._written: set[str] = set()

    def begin(self) -> None:
        """Let a fault of native code write its report; a folder that can't be written costs the report alone."""
        self._tidy()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._waiting = self._name(FAULT).open("w", encoding="utf-8")
            self._waiting.write(_circumstances())
            self._waiting.flush()
            faulthandler.enable(self._waiting)
        except OSError:
            log.exception("reports of crashes can't be written")
            if self._waiting is not None:
                self._waiting.close()
                self._waiting = None

    def end(self) -> None:
        """Take the waiting file away: this run ended well."""
        if self._waiting is not None:
            faulthandler.disable()
            self._waiting.close()
            with suppress(OSError):
                os.unlink(self._waiting.name)
            self._waiting = None

    def write(self, error: BaseException) -> Path | None:
        """Write a report of an error that nothing caught; None where it was written before, or can't be."""
        file = self._name(ERROR)
        words = "".join(traceback.format_exception(error))
        if words in self._written or len(self._written) >= MOST_WRITTEN:
            return None
        self._written.add(words)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{_circumstances()}{words}", "utf-8", errors="backslashreplace")
        except OSError:
            log.exception("the error report could not be written")
            return None
        return file

    def unseen(self) -> list[tuple[Path, str]]:
        """Return the reports that nobody has put away, newest first, with their text."""
        reports = []
        for file in sorted(self._files(), key=lambda file: file.name.partition("-")[2], reverse=True):
            with suppress(OSError):
                words = file.read_text("utf-8", errors="replace")[:MOST_COPIED]
                if file.name.startswith(ERROR) or FATAL in words:
                    reports.append((file, words))
        return reports

    @staticmethod
    def is_of_end(file: Path) -> bool:
        """Say whether a report is of a fault that ended its run."""
        return file.name.startswith(FAULT)

    def put_away(self) -> None:
        """Offer these reports no more; they stay in the folder for a month."""
        for file, _ in self.unseen():
            try:
                file.rename(file.with_name(SEEN + file.name))
            except OSError:
                log.exception("a crash report could not be put away")

    def _files(self) -> list[Path]:
        waiting = self._waiting.name if self._waiting is not None else ""
        found = [*self.folder.glob(f"{ERROR}*.txt"), *self.folder.glob(f"{FAULT}*.txt")]
        return [file for file in found if str(file) != waiting]

    def _tidy(self) -> None:
        """Remove what is old, also what killed runs left: the file of a younger one may be in use."""
        oldest = (datetime.now(UTC) - KEPT).timestamp()
        for file in (*self._files(), *self.folder.glob(f"{SEEN}*.txt")):
            with suppress(OSError):
                if file.stat().st_mtime < oldest:
                    file.unlink()

    def _name(self, kind: str) -> Path:
        return self.folder / f"{kind}{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}.txt"


def _circumstances() -> str:
    return (
        f"Parallel Reader {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.platform()}, {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n\n"
    )
