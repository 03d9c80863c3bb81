"""Try a package out in a worker of its own, before it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.errors import PackageRefused
from reader.translation.messages import Action, Decoding
from reader.translation.package import Route
from reader.translation.process import WorkerGone, WorkerProcess, WorkFailed

if TYPE_CHECKING:
    from reader.translation.package import InstalledPackage

_SECONDS = 120
_SENTENCE = "Test 1, 2, 3."


def try_package(package: InstalledPackage) -> None:
    """Load the package and translate a sentence; raise `PackageRefused` where that fails, crashes or hangs."""
    worker = WorkerProcess(1, Decoding())
    try:
        worker.send(Action.TRANSLATE, Route((package,)).steps, (_SENTENCE,)).result(_SECONDS)
    except (WorkFailed, WorkerGone, TimeoutError) as exc:
        why = f"no answer within {_SECONDS} seconds" if isinstance(exc, TimeoutError) else str(exc)
        raise PackageRefused(
            f"The package {package.label} was not installed: its model can't be used ({why}). Get the file again.",
            package.path,
        ) from exc
    finally:
        worker.close()
