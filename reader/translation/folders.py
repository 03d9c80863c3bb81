"""Where Argos keeps its packages, so that those of LibreTranslate and `argos-translate` are found.

The same rules as `argostranslate.settings`, which can't be asked: importing it makes folders in the user's home.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from reader.text import APPLICATION

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"


@dataclass(frozen=True, slots=True)
class PackageDirs:
    """`install` takes new packages; all of `search` are listed, `install` among them.

    `record` is the reader's own file of what the packages' SHA-256 were. `index` is the last package index that
    was fetched, `index_url` the folder it came from, `downloads` holds what is being fetched.
    """

    install: Path
    search: tuple[Path, ...]
    record: Path
    index: Path
    index_url: str
    downloads: Path


def argos_dirs(environ: Mapping[str, str] = os.environ) -> PackageDirs:
    """Return the folders that Argos would use: environment first, then settings.json, then the XDG defaults."""
    home = Path(environ.get("SNAP_USER_DATA", Path.home())) if "SNAP" in environ else Path.home()
    place = {
        kind: Path(environ.get(f"XDG_{kind}_HOME") or home / default) / "argos-translate"
        for kind, default in (("DATA", ".local/share"), ("CONFIG", ".config"), ("CACHE", ".local/cache"))
    }
    settings = _settings(place["CONFIG"] / "settings.json")
    install = Path(
        environ.get("ARGOS_PACKAGES_DIR") or settings.get("ARGOS_PACKAGES_DIR") or place["DATA"] / "packages"
    )
    index_url = environ.get("ARGOS_PACKAGE_INDEX") or settings.get("ARGOS_PACKAGE_INDEX") or DEFAULT_INDEX
    return PackageDirs(
        install=install,
        search=(install, *_snap_dirs(environ)),
        record=platformdirs.user_data_path(APPLICATION) / "packages.json",
        index=place["DATA"] / "index.json",
        index_url=index_url,
        downloads=place["CACHE"] / "downloads",
    )


def _settings(file: Path) -> dict[str, str]:
    """Read settings.json; a missing or damaged one counts as empty, as it does for Argos."""
    try:
        settings = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(settings, dict):
        return {}
    return {key: value for key, value in settings.items() if isinstance(value, str) and value}


def _snap_dirs(environ: Mapping[str, str]) -> tuple[Path, ...]:
    if "SNAP" not in environ:
        return ()
    custom = Path(environ["SNAP"]) / "snap_custom"
    content = custom / "content_snap_packages"
    found = [custom / "packages", *(content.iterdir() if content.is_dir() else ())]
    return tuple(folder for folder in found if folder.is_dir())
