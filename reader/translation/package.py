"""What an Argos package is: a folder with a model, a tokenizer and metadata.json; and the route that packages make."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.translation.messages import Step

if TYPE_CHECKING:
    from pathlib import Path

_CODE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]+)*")
_MAX_METADATA = 1_000_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of metadata.json that matter here."""

    from_code: str
    to_code: str
    from_name: str
    to_name: str
    version: str
    target_prefix: str
    kind: str

    @property
    def has_pair(self) -> bool:
        """Say whether both codes are language codes."""
        return bool(_CODE.fullmatch(self.from_code) and _CODE.fullmatch(self.to_code))


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """A package's folder. Where `problem` says why it can't be used, the other fields may be empty.

    `size` counts the bytes of model.bin, `sha256` is its hash, `fingerprint` that of all that decides what a
    sentence becomes (model, tokenizer, prefix).
    """

    path: Path
    from_code: str = ""
    to_code: str = ""
    from_name: str = ""
    to_name: str = ""
    version: str = ""
    target_prefix: str = ""
    size: int = 0
    sha256: str = ""
    fingerprint: str = ""
    problem: str | None = None

    @property
    def label(self) -> str:
        """The package as it is called in messages: “ro → en 1.0”, or its folder's name."""
        if not self.from_code:
            return self.path.name
        return f"{self.from_code} → {self.to_code} {self.version}".strip()


@dataclass(frozen=True, slots=True)
class Route:
    """The packages that lead from one language to another: one, or two through English."""

    packages: tuple[InstalledPackage, ...]

    @property
    def from_code(self) -> str:
        """Language of the sentences."""
        return self.packages[0].from_code

    @property
    def to_code(self) -> str:
        """Language of the translations."""
        return self.packages[-1].to_code

    @property
    def via(self) -> str | None:
        """The language in between, where no package leads there directly."""
        return self.packages[0].to_code if len(self.packages) > 1 else None

    @property
    def version(self) -> str:
        """The packages' versions: "1.9", or "1.9+1.1" through English."""
        return "+".join(package.version for package in self.packages)

    @property
    def sha256(self) -> str:
        """The models' SHA-256, joined like `version`."""
        return "+".join(package.sha256 for package in self.packages)

    @property
    def key(self) -> str:
        """A hash that changes whenever translations might."""
        return hashlib.sha256("+".join(package.fingerprint for package in self.packages).encode()).hexdigest()

    @property
    def label(self) -> str:
        """The packages as they are called in messages."""
        return " and ".join(package.label for package in self.packages)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The chain as the worker needs it."""
        return tuple(Step(str(package.path), package.target_prefix, package.to_code) for package in self.packages)


def read_metadata(file: Path) -> Metadata:
    """Read metadata.json; raise `ValueError` with a sentence that says what is wrong."""
    try:
        if file.stat().st_size > _MAX_METADATA:
            raise ValueError("Its metadata.json is too large.")
        fields = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise ValueError("It has no metadata.json.") from None
    except OSError as exc:
        raise ValueError(f"Its metadata.json can't be read ({exc.strerror}).") from exc
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise ValueError("Its metadata.json is not JSON.") from exc
    if not isinstance(fields, dict):
        raise ValueError("Its metadata.json holds no fields.")
    return parse_metadata(fields)


def parse_metadata(fields: dict[str, object]) -> Metadata:
    """Read the fields of metadata.json or of an entry of the package index; raise `ValueError` as `read_metadata`."""

    def text(name: str, default: str = "") -> str:
        value = fields.get(name, default)
        if not isinstance(value, str):
            raise ValueError(f"“{name}” in its metadata.json is not text.")
        return value

    return Metadata(
        from_code=text("from_code"),
        to_code=text("to_code"),
        from_name=text("from_name"),
        to_name=text("to_name"),
        version=text("package_version"),
        target_prefix=text("target_prefix"),
        kind=text("type", "translate"),
    )


def read_package(folder: Path) -> InstalledPackage | None:
    """Read what a folder says it is; None for a package of another kind than translation."""
    try:
        metadata = read_metadata(folder / "metadata.json")
    except ValueError as exc:
        return InstalledPackage(folder, problem=f"{exc} It is no Argos package, or a damaged one.")
    if metadata.kind != "translate":
        return None
    package = InstalledPackage(
        folder,
        from_code=metadata.from_code,
        to_code=metadata.to_code,
        from_name=metadata.from_name,
        to_name=metadata.to_name,
        version=metadata.version,
        target_prefix=metadata.target_prefix,
    )
    if not metadata.has_pair:
        return InstalledPackage(folder, problem="Its metadata.json names no pair of languages.")
    model = folder / "model" / "model.bin"
    if not model.is_file() or not model.stat().st_size:
        return replace(package, problem="Its model/model.bin is missing or empty. Install the package again.")
    if not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        return replace(package, problem="It has no tokenizer (sentencepiece.model or bpe.model).")
    return replace(package, size=model.stat().st_size)
