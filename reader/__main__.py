"""Choose between the window and the command line; the command line never loads Qt."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main(argv: list[str] | None = None) -> int:
    """Run the reader with `argv` (the process's own where None) and return the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    from reader import cli

    samples = arguments == ["--samples"]
    if not samples and arguments and (arguments[0] in cli.COMMANDS or arguments[0].startswith("-")):
        return cli.main(arguments)
    from reader.preflight import obstacle

    if why := obstacle():
        sys.stderr.write(f"{why}\n")
        return 1
    gc.disable()  # the window collects by itself, and the modules that it loads are no garbage
    from reader.ui.app import run

    return run([] if samples else [Path(argument) for argument in arguments], samples=samples)


if __name__ == "__main__":
    sys.exit(main())
