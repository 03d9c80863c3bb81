"""The real program on a screen of its own; skipped, with the reason, where there is none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from reader.preflight import missing_for_real_windows
from tests.window.driver import Program, virtual_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.window.driver import Screen


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """One screen for all tests."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the real window is driven through X, which is Linux'")
    if missing := missing_for_real_windows():
        pytest.skip(f"the real window needs what is missing here; as root: apt install {' '.join(missing)}")
    with virtual_screen() as screen:
        yield screen


@pytest.fixture
def start(screen: Screen, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Program]]:
    """Start the program; one that a test leaves behind is ended, and what was to be seen last is kept."""
    started: list[Program] = []

    def program(*arguments: Path) -> Program:
        started.append(Program(screen, tmp_path / f"program-{len(started)}.log", *arguments))
        return started[-1]

    failures = request.session.testsfailed
    yield program
    if request.session.testsfailed > failures:
        screen.picture(tmp_path / "screen.png")
    for one in started:
        one.end()
