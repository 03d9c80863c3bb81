"""`doctor`: what is installed, what is missing, and where everything lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.commands.opening import add_json

if TYPE_CHECKING:
    import argparse

    from reader.commands.output import AddCommand, Output


def add_doctor_command(command: AddCommand) -> None:
    """Add the command."""
    add_json(command("doctor", "Say what is installed, what is missing, and where everything lies.", _doctor))


def _doctor(options: argparse.Namespace, out: Output) -> None:
    from reader.doctor import examine

    findings = examine()
    out.failed += len(findings["problems"])
    if out.json:
        out.record(findings)
        return
    for name, version in findings["versions"].items():
        out.line(f"{name:28}{version or 'missing'}")
    for name, place in findings["places"].items():
        out.line(f"{name:28}{place}")
    cache = findings["cache"]
    out.line(f"{'cached sentences':28}{cache['sentences']} ({cache['size'] / 1e6:.1f} MB)")
    for index in findings["indexes"]:
        what = index["folder"] or index["path"]
        state = index["remark"] or f"{index['articles']:,} articles, {index['analysed']:,} looked through"
        out.line(f"{'index':28}{what}: {state} ({index['size'] / 1e6:.1f} MB)")
    for package in findings["packages"]:
        out.line(
            f"{'package':28}{package['from']} → {package['to']} {package['version']}  {package['problem'] or 'ok'}"
        )
    for words in (*findings["problems"], *findings["hints"]):
        out.line(f"! {words}")
    if not findings["problems"]:
        out.line("Nothing is damaged.")
