"""Run a fault scenario in a process of its own: it forks, kills and is traced, which a test's process must not be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def figures_of(scenario: str, folder: Path, *arguments: object) -> dict[str, int]:
    """Return the figures that `python -m tests.hostile.<scenario> FOLDER …` prints."""
    command = [sys.executable, "-m", f"tests.hostile.{scenario}", str(folder), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, int] = json.loads(done.stdout)
    return figures


@cache
def can_trace() -> bool:
    """Say whether `strace` is here and may trace."""
    if not (shutil.which("strace") and hasattr(os, "fork")):
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0
