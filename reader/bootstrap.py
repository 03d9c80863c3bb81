"""Set the reader up from a checkout and run it: `python3 -m reader.bootstrap run [PATH ...]`, or `test`, or `check`.

Makes `.venv` beside this checkout, installs what `pyproject.toml` asks for at the versions of `constraints.txt`,
and installs again only when one of the two changes. Standard library only: nothing else is there yet.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
USAGE = """usage: python3 -m reader.bootstrap run [PATH ...]     open the window (on the samples without a PATH)
       python3 -m reader.bootstrap cli COMMAND ...    the command line
       python3 -m reader.bootstrap test [ARGUMENT ...]  run the tests
       python3 -m reader.bootstrap check              run ruff and mypy"""


def main(arguments: list[str]) -> int:
    """Do what the first argument asks for and return the exit code."""
    steps = {"run": _run, "cli": _cli, "test": _test, "check": _check}
    if not arguments or arguments[0] not in steps:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    if sys.version_info < OLDEST:
        sys.stderr.write(
            f"The reader needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.\n"
        )
        return 1
    try:
        return steps[arguments[0]](arguments[1:])
    except subprocess.CalledProcessError as exc:
        sys.stderr.write(f"This step failed: {' '.join(map(str, exc.cmd))}\n")
        return 1


def _run(paths: list[str]) -> int:
    _install("")
    return _call("main.py", *(paths or ["--samples"]))


def _cli(arguments: list[str]) -> int:
    _install("")
    return _call("main.py", *arguments)


def _test(arguments: list[str]) -> int:
    _install("test")
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    if _call("-m", "reader.preflight", **offscreen):
        return 1
    return _call("-m", "pytest", *arguments, **offscreen)


def _check(_: list[str]) -> int:
    _install("test,dev")
    checks = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",))
    return max(_call("-m", *check) for check in checks)


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _call(*arguments: str, **environment: str) -> int:
    return subprocess.call([_python(), *arguments], cwd=ROOT, env=os.environ | environment)


def _install(extras: str) -> None:
    """Make the environment and install the reader with `extras`, unless that is done already."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + (ROOT / "constraints.txt").read_bytes())
    stamp = VENV / f"installed-{extras or 'reader'}"
    if stamp.exists() and stamp.read_text() == wanted.hexdigest() and _python().exists():
        return
    _make_environment()
    target = f"{ROOT}[{extras}]" if extras else str(ROOT)
    # the variable, unlike the option -c, pins what the build itself uses, too
    pinned = os.environ | {"PIP_CONSTRAINT": str(ROOT / "constraints.txt"), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    sys.stderr.write("Installing the reader into .venv; this happens once and takes a minute.\n")
    subprocess.run([_python(), "-m", "pip", "install", "--quiet", "--editable", target], check=True, env=pinned)
    stamp.write_text(wanted.hexdigest())


def _make_environment() -> None:
    if _python().exists():
        return
    try:
        import ensurepip  # noqa: F401  (Debian leaves it out of python3, and venv then fails half-way)
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.stderr.write(f"Python's venv is not complete here. On Debian: apt install python{version}-venv\n")
        raise SystemExit(1) from None
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
