"""Choose between the window and the command line; the command line never loads Qt."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run the reader with `argv` (the process's own where None) and return the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    from reader import cli

    return cli.main(arguments)
