"""Set the reader up from a checkout and run it: `python3 -m reader.bootstrap run [PATH ...]`, or `test`, or `check`.

Makes `.venv` in this checkout, installs what `pyproject.toml` asks for at the versions of `constraints.txt`, and
installs again only when one of the two changes. Standard library only: nothing else is there yet.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 11), (3, 13)  # lingua has no wheels for a newer Python
USAGE = """usage: python3 -m reader.bootstrap run [PATH ...]        open the window (on the samples without a PATH)
       python3 -m reader.bootstrap cli COMMAND ...     the command line
       python3 -m reader.bootstrap test [ARGUMENT ...] run the tests; arguments go to pytest
       python3 -m reader.bootstrap check               run ruff and mypy
"""
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


class Failed(Exception):
    """The environment can't be made; the message says why and what to do."""


def main(arguments: list[str]) -> int:
    """Do what the first argument asks for and return the exit code."""
    steps = {"run": _run, "cli": _cli, "test": _test, "check": _check}
    if not arguments or arguments[0] not in steps:
        sys.stderr.write(USAGE)
        return 2
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.stderr.write(
            f"The reader needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}; this is {sys.version.split()[0]}. "
            f"Call it with the one you have: python3.{NEWEST[1]} -m reader.bootstrap "
            f"(on Windows, py -3.{NEWEST[1]} -m reader.bootstrap).\n"
        )
        return 1
    try:
        return steps[arguments[0]](arguments[1:])
    except (Failed, OSError) as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130


def _run(paths: list[str]) -> int:
    paths = paths or _from_make(os.environ.get("READER_PATHS", ""))
    # before anything is installed: whoever lacks a screen or a library learns it at once
    if _call(Path(sys.executable), "-m", "reader.preflight", cwd=ROOT):
        return 1
    return _call(_environment(), str(ROOT / "main.py"), *(paths or ["--samples"]))


def _cli(arguments: list[str]) -> int:
    return _call(_environment(), str(ROOT / "main.py"), *arguments)


def _test(arguments: list[str]) -> int:
    if _call(Path(sys.executable), "-m", "reader.preflight", cwd=ROOT, variables=OFFSCREEN):
        return 1
    _bring_a_screen()
    return _call(_environment("test"), "-m", "pytest", *arguments, cwd=ROOT, variables=OFFSCREEN)


def _bring_a_screen() -> None:
    """Install what the tests of the real window need, where that is allowed; without it they say why they don't run."""
    from reader.preflight import missing_for_real_windows  # here, for the sake of an old Python, as in `_check`

    missing = missing_for_real_windows() if sys.platform.startswith("linux") and shutil.which("apt-get") else []
    if not missing or os.geteuid():
        return
    sys.stderr.write(f"Installing for the tests of the real window: {' '.join(missing)}\n")
    quiet = ("-qq", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20")
    words = {"DEBIAN_FRONTEND": "noninteractive"}
    _call(Path("apt-get"), "update", *quiet, variables=words)
    _call(Path("apt-get"), "install", "-y", "--no-install-recommends", *quiet, *missing, variables=words)


def _check(_: list[str]) -> int:
    """Run ruff and mypy from an environment of their own, which sees the reader's libraries."""
    import tomllib  # here, so that an old Python comes as far as being told that it is old

    runtime = _environment("test")
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["dev"]
    python = _installed(ROOT / ".venv-check", needs, ("check",))
    _site_packages(python).joinpath("reader.pth").write_text(f"{_site_packages(runtime)}\n", "utf-8")
    checks = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",))
    return max(_call(python, "-m", *check, cwd=ROOT) for check in checks)


def _from_make(words: str) -> list[str]:
    """Return the paths in `make run PATHS=…`: one that exists, blanks and all, or several, quoted as in a shell."""
    if not words.strip():
        return []
    if Path(words).exists():
        return [words]
    try:
        return shlex.split(words)
    except ValueError:  # an apostrophe without its partner belongs to a name
        return [words]


def _call(
    program: Path, *arguments: str, cwd: Path | None = None, variables: Mapping[str, str] = MappingProxyType({})
) -> int:
    code = subprocess.call([program, *arguments], cwd=cwd, env={**os.environ, **variables})
    return 128 - code if code < 0 else code


# -- the environment ---------------------------------------------------------------------------------------------


def _environment(extra: str = "") -> Path:
    """Return the Python of `.venv`, with the reader and `extra` installed."""
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    return _installed(ROOT / ".venv", ["--editable", target], ("reader", extra) if extra else ("reader",))


def _installed(venv: Path, needs: list[str], covered: tuple[str, ...]) -> Path:
    """Return the Python of `venv`, where `needs` are installed; do nothing where all of `covered` is there already.

    A file `unfinished` stands in `venv` while it changes. Where one is found, the last run was ended half-way, and
    everything is made anew; what was downloaded is in pip's cache. Raises `Failed`.
    """
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    unfinished, stamps = venv / "unfinished", [venv / f"{name}.stamp" for name in covered]
    wanted = _fingerprint()
    usable = python.exists() and not unfinished.exists() and _made_by_this_python(venv)
    if usable and all(stamp.exists() and stamp.read_text("utf-8") == wanted for stamp in stamps):
        return python
    if not usable:
        _make(venv)
    unfinished.touch()
    sys.stderr.write(f"Installing into {venv.name}: once, a minute or two.\n")
    if _call(python, "-m", "pip", "install", "--quiet", *needs, variables=_pinned()):
        if usable:  # pip has put back what it had changed
            unfinished.unlink()
        raise Failed(
            "The installation failed; pip's words stand above. It needs the Python package index, this once, and "
            "1 GB of disk.\nRun the same command again when that is mended: it goes on by itself."
        )
    for stamp in stamps:
        stamp.write_text(wanted, "utf-8")
    unfinished.unlink()
    return python


def _pinned() -> dict[str, str]:
    """Return variables that make pip keep to `constraints.txt`; unlike its option -c, they bind builds as well."""
    constraints = str(ROOT / "constraints.txt")
    # pip 25.3 and newer read the second one for what a build uses
    return {"PIP_CONSTRAINT": constraints, "PIP_BUILD_CONSTRAINT": constraints, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _make(venv: Path) -> None:
    """Make `venv` anew, marked as unfinished from its first moment on."""
    if find_spec("ensurepip") is None:  # Debian leaves it out of python3, and venv would fail half-way
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise Failed(f"Python's venv is not complete here. On Debian and Ubuntu, as root: apt install {package}")
    if venv.exists():
        sys.stderr.write(f"{venv.name} is incomplete or belongs to another Python: it is made anew.\n")
        shutil.rmtree(venv)
    venv.mkdir()
    (venv / "unfinished").touch()
    if _call(Path(sys.executable), "-m", "venv", str(venv)):
        raise Failed(f"Python could not make {venv}; its words stand above. Run the same command again when mended.")


def _fingerprint() -> str:
    """Return a digest of all that decides what is installed: the place too, which an editable install names."""
    files = (ROOT / name for name in ("pyproject.toml", "constraints.txt"))
    return hashlib.sha256(b"\0".join([os.fsencode(ROOT), *(file.read_bytes() for file in files)])).hexdigest()


def _made_by_this_python(venv: Path) -> bool:
    """Tell whether `venv` is of this Python's version: packages of another one would not be found."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}."
    config = venv / "pyvenv.cfg"
    return config.exists() and any(
        line.partition("=")[2].strip().startswith(version)
        for line in config.read_text("utf-8").splitlines()
        if line.startswith("version")
    )


def _site_packages(python: Path) -> Path:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.check_output([python, "-c", code], text=True).strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
