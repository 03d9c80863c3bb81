"""`packages`: the Argos packages, listed, downloaded, installed, removed."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from reader.commands.opening import add_json
from reader.text.errors import PackageError, ReaderError
from reader.translation.report import to_json

if TYPE_CHECKING:
    import argparse

    from reader.commands.output import AddCommand, Output
    from reader.translation.downloads import PackageIndex
    from reader.translation.packages import PackageStore


def add_package_commands(command: AddCommand) -> None:
    """Add the command and its actions."""
    packages = command("packages", "List, download, install and remove Argos packages.", _list)
    actions = packages.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="installed packages, broken ones with their reason")
    listing.set_defaults(run=_list)
    install = actions.add_parser("install", help="install package files")
    install.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an .argosmodel file")
    install.add_argument("--replace", action="store_true", help="replace an installed package of the same languages")
    install.set_defaults(run=_install)
    available = actions.add_parser("available", help="packages that can be downloaded, as last fetched")
    available.add_argument("--refresh", action="store_true", help="fetch the list anew (goes online)")
    available.set_defaults(run=_available)
    download = actions.add_parser("download", help="download and install a package (goes online)")
    download.add_argument("--replace", action="store_true", help="replace an installed package of the same languages")
    download.set_defaults(run=_download)
    for each in (available, download):
        each.add_argument("--yes", action="store_true", help="go online without asking")
    remove = actions.add_parser("remove", help="remove the package of a language pair")
    for each in (download, remove):
        each.add_argument("from_code", metavar="FROM", help="code of the language translated, as in ro")
        each.add_argument("to_code", metavar="TO", help="code of the language translated into, as in en")
    remove.set_defaults(run=_remove)
    add_json(listing, available, download, install, remove)


def _list(options: argparse.Namespace, out: Output) -> None:
    from reader.translation.packages import PackageStore

    packages = PackageStore().installed()
    for package in packages:
        if out.json:
            out.record(to_json(package))
        else:
            fine = f"{package.size / 1e6:.1f} MB  {(package.sha256 or '')[:12]}".rstrip()
            state = f"broken: {package.problem}" if package.problem else fine
            out.line(f"{package.label}  {state}")
    if not packages and not out.json:
        out.line("No package is installed. `packages install FILE` installs an .argosmodel file.")


def _install(options: argparse.Namespace, out: Output) -> None:
    from reader.translation.packages import PackageAlreadyInstalled, PackageStore

    store = PackageStore()
    for file in options.files:
        out.progress(f"checking {file.name}")
        try:
            package = store.install(file, replace=options.replace)
        except ReaderError as exc:
            out.progress("")
            hint = " --replace puts the file's in its place." if isinstance(exc, PackageAlreadyInstalled) else ""
            out.fail(file, f"{exc}{hint}")
            continue
        out.progress("")
        if out.json:
            out.record(to_json(package))
        else:
            out.line(f"{package.label} is installed.")


def _available(options: argparse.Namespace, out: Output) -> None:
    from reader.translation.packages import PackageStore

    store = PackageStore()
    offered = _index(store, options, out, refresh=options.refresh).available()
    installed = {(package.from_code, package.to_code): package.version for package in store.installed()}
    for package in offered:
        pair = (package.from_code, package.to_code)
        if out.json:
            names = {"from_name": package.from_name, "to_name": package.to_name}
            about = {"version": package.version, "host": package.host, "installed": installed.get(pair)}
            out.record({"from": package.from_code, "to": package.to_code, **names, **about})
        else:
            there = f"  ({installed[pair] or 'unknown version'} is installed)" if pair in installed else ""
            out.line(f"{package.label}  {package.from_name} → {package.to_name}, from {package.host}{there}")


def _download(options: argparse.Namespace, out: Output) -> None:
    from reader.text.errors import PackageRefused
    from reader.translation.packages import PackageStore

    store = PackageStore()
    for package in store.installed():
        if (package.from_code, package.to_code) == (options.from_code, options.to_code) and not options.replace:
            raise PackageRefused(f"{package.label} is installed already. --replace downloads it anew.", package.path)
    index = _index(store, options, out, refresh=not store.dirs.index.exists())
    wanted = index.find(options.from_code, options.to_code)
    with closing(index.download(wanted)) as steps:
        step = next(steps)
        size = f"{step.total / 1e6:.1f} MB" if step.total else "of unknown size"
        _ask(f"Download {wanted.label} ({size}) from {wanted.host}", options, out)
        for step in steps:
            out.progress(f"{step.done / 1e6:.1f} of {size}")
    out.progress("")
    assert step.file is not None
    try:
        installed = store.install(step.file, replace=options.replace)
    finally:
        step.file.unlink(missing_ok=True)
    if out.json:
        out.record(to_json(installed))
    else:
        out.line(f"{installed.label} is installed.")


def _index(store: PackageStore, options: argparse.Namespace, out: Output, *, refresh: bool) -> PackageIndex:
    """Return the package index, fetched anew where that was asked for."""
    from reader.translation.downloads import PackageIndex

    index = PackageIndex(store.dirs)
    if refresh:
        _ask(f"Fetch the package index from {store.dirs.index_url}", options, out)
        index.refresh()
    return index


def _ask(what: str, options: argparse.Namespace, out: Output) -> None:
    """Say what goes online; on a terminal, go on only after a yes. Raise `PackageError` after a no."""
    if options.yes or not sys.stdin.isatty():
        out.progress(what)
        return
    sys.stderr.write(f"{what}? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise PackageError("Nothing was downloaded.")


def _remove(options: argparse.Namespace, out: Output) -> None:
    from reader.translation.packages import PackageStore

    for package in PackageStore().remove(options.from_code, options.to_code):
        if out.json:
            out.record(to_json(package))
        else:
            out.line(f"{package.label} is removed.")
