"""Argos packages on this computer: list, install, remove, and find the way from one language to another."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from reader.resources import language_name
from reader.text import APPLICATION
from reader.text.errors import PackageBroken, PackageError, PackageMissing, PackageRefused, TranslationError
from reader.translation.archive import unpack
from reader.translation.folders import PackageDirs, argos_dirs
from reader.translation.hashes import HashRecord
from reader.translation.package import InstalledPackage, Route, read_package
from reader.translation.trial import try_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PIVOT = "en"
_STAGING = f".{APPLICATION}-"
_LOCK_SECONDS = 180


class PackageAlreadyInstalled(PackageRefused):
    """The pair is installed and `replace` was not asked for: the caller may ask the user, and try again."""

    def __init__(self, message: str, path: Path, installed: InstalledPackage, offered: InstalledPackage) -> None:
        super().__init__(message, path)
        self.installed = installed
        self.offered = offered


class PackageStore:
    """The packages in Argos' folders. `try_out` loads a package and raises `PackageError` where it doesn't work."""

    def __init__(
        self, dirs: PackageDirs | None = None, *, try_out: Callable[[InstalledPackage], None] = try_package
    ) -> None:
        self.dirs = dirs or argos_dirs()
        self._try_out = try_out
        self._hashes = HashRecord(self.dirs.record)

    def installed(self) -> tuple[InstalledPackage, ...]:
        """List all packages, the broken ones with their `problem`; models that are new or changed are hashed."""
        folders = [folder for where in self.dirs.search for folder in _subfolders(where)]
        packages = [package for folder in folders if (package := self._checked(read_package(folder))) is not None]
        return tuple(sorted(packages, key=lambda package: (package.from_code, package.to_code, str(package.path))))

    def route(self, from_code: str, to_code: str) -> Route:
        """Find the packages that translate: a direct one, else two through English.

        Raise `PackageMissing` where there are none, `PackageBroken` where there would be if one worked.
        """
        if from_code == to_code:
            raise TranslationError(f"The text is already in {_named(to_code)}: there is nothing to translate.")
        installed = self.installed()
        usable = [package for package in installed if package.problem is None]
        if direct := _newest(usable, from_code, to_code):
            return Route((direct,))
        first, second = _newest(usable, from_code, PIVOT), _newest(usable, PIVOT, to_code)
        if first and second:
            return Route((first, second))
        pairs = {(from_code, to_code)}
        if to_code != PIVOT:
            pairs |= {pair for pair, found in (((from_code, PIVOT), first), ((PIVOT, to_code), second)) if not found}
        for package in installed:
            if (package.from_code, package.to_code) in pairs:
                raise _broken(package)
        raise PackageMissing(_missing(from_code, to_code, first, second))

    def install(self, file: Path, replace: bool = False) -> InstalledPackage:
        """Install a package file; nothing changes unless it loads and translates a test sentence.

        Raise `PackageRefused` for a file that is no safe, working package, and `PackageAlreadyInstalled` where the
        pair is there and `replace` is not set. A package that is replaced stays in use until the new one works.
        """
        with self._changing() as staging:
            offered = self._unpacked(file, staging / "new")
            there = [one for one in self.installed() if (one.from_code, one.to_code) == _pair(offered)]
            if there and not replace:
                raise PackageAlreadyInstalled(_already(there[0], offered), file, there[0], offered)
            self._try_out(offered)
            mine = [one.path for one in there if one.path.parent == self.dirs.install]
            target = self._swap(offered.path, mine, staging / "old")
            self._hashes.forget([*mine, target])
        return self._checked(read_package(target)) or offered

    def remove(self, from_code: str, to_code: str) -> tuple[InstalledPackage, ...]:
        """Remove all packages of a pair; return them. Raise `PackageMissing` where there is none."""
        found = tuple(one for one in self.installed() if (one.from_code, one.to_code) == (from_code, to_code))
        if not found:
            raise PackageMissing(f"No package {from_code} → {to_code} is installed: there is nothing to remove.")
        for package in found:
            self.remove_package(package)
        return found

    def remove_package(self, package: InstalledPackage) -> None:
        """Remove one package, also a broken one that has no pair."""
        with self._changing() as staging:
            try:
                if package.path.is_symlink():
                    package.path.unlink()
                else:
                    os.replace(package.path, staging / "removed")
            except OSError as exc:
                raise PackageError(
                    f"The package {package.label} can't be removed: {exc.strerror}.", package.path
                ) from exc
            self._hashes.forget([package.path])

    def verify(self) -> tuple[InstalledPackage, ...]:
        """List all packages after hashing every model anew, whatever its size and date say."""
        self._hashes.distrust()
        return self.installed()

    def _checked(self, package: InstalledPackage | None) -> InstalledPackage | None:
        """Add hashes; a model that is not the one recorded becomes the package's problem."""
        if package is None or package.problem is not None:
            return package
        try:
            hashes = self._hashes.of(package.path, package.version)
        except OSError as exc:
            return replace(package, problem=f"Its files can't be read ({exc.strerror}).")
        if hashes.changed:
            return replace(
                package,
                sha256=hashes.model,
                problem=f"Its {hashes.changed} is not the file that was installed (the SHA-256 differs): it may be "
                "damaged. Install the package again.",
            )
        print_ = hashlib.sha256(f"{hashes.model} {hashes.tokenizer} {package.target_prefix}".encode()).hexdigest()
        return replace(package, sha256=hashes.model, fingerprint=print_)

    def _unpacked(self, file: Path, folder: Path) -> InstalledPackage:
        package = read_package(unpack(file, folder))
        if package is None:
            raise PackageRefused(f"“{file.name}” is an Argos package, but not one that translates.", file)
        if package.problem is not None:
            raise PackageRefused(f"“{file.name}” is no usable Argos package: {package.problem}", file)
        return package

    def _swap(self, new: Path, old: list[Path], aside: Path) -> Path:
        """Move the new folder into place, the old ones aside; put them back where that fails."""
        target = self.dirs.install / new.name
        if target.exists() and target not in old:
            target = self.dirs.install / f"{new.name}-{hashlib.sha256(os.urandom(8)).hexdigest()[:6]}"
        aside.mkdir()
        moved: list[Path] = []
        try:
            for folder in old:
                os.replace(folder, aside / folder.name)
                moved.append(folder)
            os.replace(new, target)
        except OSError as exc:
            for folder in moved:
                os.replace(aside / folder.name, folder)
            raise PackageError(
                f"The package can't be put into {self.dirs.install} ({exc.strerror}). What was installed is kept.",
                target,
            ) from exc
        return target

    @contextmanager
    def _changing(self) -> Iterator[Path]:
        """Hold the lock on the package folder and give a staging folder beside it, removed afterwards."""
        try:
            self.dirs.install.mkdir(parents=True, exist_ok=True)
            # beside and not inside: Argos takes every folder in there for a package
            beside = self.dirs.install.parent
            with FileLock(beside / f"{_STAGING}packages.lock", timeout=_LOCK_SECONDS):
                _recover(beside, self.dirs.install)
                staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=beside))
                try:
                    yield staging
                finally:
                    shutil.rmtree(staging, ignore_errors=True)
        except OSError as exc:
            raise PackageError(
                f"The package folder {self.dirs.install} can't be changed ({exc.strerror or exc}). It is as it was.",
                self.dirs.install,
            ) from exc


def _named(code: str) -> str:
    """Return a language's English name with its code, or the code alone where it has no name."""
    name = language_name(code)
    return code if name == code else f"{name} ({code})"


def _subfolders(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))
    except OSError:
        return []


def _pair(package: InstalledPackage) -> tuple[str, str]:
    return package.from_code, package.to_code


def _newest(packages: list[InstalledPackage], from_code: str, to_code: str) -> InstalledPackage | None:
    found = [package for package in packages if _pair(package) == (from_code, to_code)]
    return max(found, key=lambda package: [int(part) for part in re.findall(r"\d+", package.version)], default=None)


def _broken(package: InstalledPackage) -> PackageBroken:
    return PackageBroken(f"The installed package {package.label} can't be used. {package.problem}", package.path)


def _missing(from_code: str, to_code: str, first: object, second: object) -> str:
    wanted = f"{from_code} → {to_code}"
    if to_code != PIVOT and from_code != PIVOT and (first or second):
        # one half of the way through English is there
        wanted += f" or {PIVOT} → {to_code}" if first else f" or {from_code} → {PIVOT}"
    return (
        f"No installed Argos package translates {_named(from_code)} into {_named(to_code)}. "
        f"Install the package {wanted} from its .argosmodel file; everything else works without it."
    )


def _already(there: InstalledPackage, offered: InstalledPackage) -> str:
    return f"The package {there.label} is installed already; the file holds version {offered.version}. Nothing changed."


def _recover(beside: Path, install: Path) -> None:
    """Clean up after an installation that was killed: packages it had moved aside come back, the rest goes."""
    for staging in beside.glob(f"{_STAGING}*/"):
        for folder in _subfolders(staging / "old"):
            if not (install / folder.name).exists():
                os.replace(folder, install / folder.name)
        shutil.rmtree(staging, ignore_errors=True)
