"""The command line: the same use cases as the window, one JSON object a line, no Qt."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from reader import __version__
from reader.commands.articles import add_reading_commands
from reader.commands.doctor import add_doctor_command
from reader.commands.export import add_export_command
from reader.commands.library import LIBRARY_COMMANDS, add_library_commands, with_unwanted_words
from reader.commands.notes import add_note_commands
from reader.commands.output import Output
from reader.commands.packages import add_package_commands
from reader.text.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMMANDS = ("analyze", "translate", "export", "annotate", "annotations", *LIBRARY_COMMANDS, "packages", "doctor")


def main(arguments: Sequence[str]) -> int:
    """Run one command; return 0, or 1 where something failed. Wrong usage ends with 2 (`SystemExit`)."""
    options = _parser().parse_args(with_unwanted_words(arguments))
    out = Output(json=getattr(options, "json", False))
    try:
        options.run(options, out)
    except ReaderError as exc:
        out.fail(exc.path, exc)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130
    except BrokenPipeError:  # the reader of our output has closed it, as `head` does
        sys.stdout = None  # nothing is left to flush at exit
    return 1 if out.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="parallel-reader",
        description="Read foreign news beside its offline translation. Without a command, open the window on PATH ...",
    )
    parser.add_argument("--version", action="version", version=f"Parallel Reader {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, words: str, run: Callable[[argparse.Namespace, Output], None]) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        return added

    add_reading_commands(command)
    add_export_command(command)
    add_note_commands(command)
    add_library_commands(command)
    add_package_commands(command)
    add_doctor_command(command)
    return parser
