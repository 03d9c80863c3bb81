"""Packages as the objects of `packages --json` and `doctor --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.translation.package import InstalledPackage


def to_json(package: InstalledPackage) -> dict[str, Any]:
    """Return where a package lies, between which languages it translates, and what is wrong with it."""
    return {
        "from": package.from_code,
        "to": package.to_code,
        "version": package.version,
        "size": package.size,
        "sha256": package.sha256,
        "path": str(package.path),
        "problem": package.problem,
    }
