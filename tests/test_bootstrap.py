import subprocess
import sys

import pytest

from reader import bootstrap

VERSION = ".".join(map(str, sys.version_info[:3]))


class Processes:
    """Stands for the processes that bootstrap starts: makes an environment as venv does, and lets pip end as told."""

    def __init__(self, root):
        self.venv = root / ".venv"
        self.started = []
        self.pip = 0

    def __call__(self, python, *arguments, cwd=None, variables=None):
        self.started.append(arguments[1] if arguments[0] == "-m" else arguments)
        if arguments[:2] == ("-m", "venv"):
            (self.venv / "bin").mkdir()
            (self.venv / "bin" / "python").touch()
            (self.venv / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {VERSION}\n")
        if arguments[:2] == ("-m", "pip"):
            assert (self.venv / "unfinished").exists()
            if isinstance(self.pip, BaseException):
                raise self.pip
            return self.pip
        return 0

    def again(self):
        """Forget what was started so far."""
        self.started.clear()
        self.pip = 0


@pytest.fixture
def processes(tmp_path, monkeypatch):
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text(name)
    started = Processes(tmp_path)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "_call", started)
    monkeypatch.setattr(bootstrap.os, "name", "posix")
    return started


def test_the_first_run_installs_and_the_second_does_not(processes):
    assert bootstrap.main(["cli", "doctor"]) == 0
    assert processes.started[:2] == ["venv", "pip"]
    processes.again()
    assert bootstrap.main(["cli", "doctor"]) == 0
    assert processes.started == [(str(bootstrap.ROOT / "main.py"), "doctor")]


def test_what_the_tests_need_serves_the_window_too(processes):
    bootstrap.main(["test"])
    processes.again()
    bootstrap.main(["cli", "doctor"])
    assert "pip" not in processes.started


def test_new_constraints_are_installed_into_the_environment_that_is_there(processes):
    bootstrap.main(["cli", "doctor"])
    processes.again()
    (bootstrap.ROOT / "constraints.txt").write_text("anyascii==0.3.3")
    bootstrap.main(["cli", "doctor"])
    assert processes.started[0] == "pip"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no X elsewhere")
@pytest.mark.parametrize(("user", "installs"), [(0, True), (1000, False)])
def test_the_screen_for_the_tests_is_installed_where_that_is_allowed(processes, monkeypatch, user, installs):
    monkeypatch.setattr("reader.preflight.missing_for_real_windows", lambda: ["xvfb"])
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: user)
    assert bootstrap.main(["test"]) == 0
    assert any("xvfb" in arguments for arguments in processes.started) == installs
    assert "pytest" in processes.started
    processes.again()
    bootstrap.main(["cli", "doctor"])
    assert not any("xvfb" in arguments for arguments in processes.started)


def test_an_interrupted_installation_is_made_anew(processes, capsys):
    processes.pip = KeyboardInterrupt()
    assert bootstrap.main(["cli", "doctor"]) == 130
    assert capsys.readouterr().err.endswith("Stopped.\n")
    (processes.venv / "half").touch()
    processes.again()
    assert bootstrap.main(["cli", "doctor"]) == 0
    assert processes.started[:2] == ["venv", "pip"]
    assert not (processes.venv / "half").exists()


def test_a_failed_first_installation_is_made_anew(processes, capsys):
    processes.pip = 1
    assert bootstrap.main(["cli", "doctor"]) == 1
    assert "Run the same command again" in capsys.readouterr().err
    processes.again()
    assert bootstrap.main(["cli", "doctor"]) == 0
    assert processes.started[:2] == ["venv", "pip"]


def test_a_failed_renewal_keeps_the_environment(processes):
    bootstrap.main(["cli", "doctor"])
    (bootstrap.ROOT / "constraints.txt").write_text("anyascii==0.3.3")
    processes.pip = 1
    assert bootstrap.main(["cli", "doctor"]) == 1
    (bootstrap.ROOT / "constraints.txt").write_text("constraints.txt")
    processes.again()
    assert bootstrap.main(["cli", "doctor"]) == 0
    assert "venv" not in processes.started


def test_an_environment_of_another_python_is_made_anew(processes):
    bootstrap.main(["cli", "doctor"])
    (processes.venv / "pyvenv.cfg").write_text("version = 3.9.2\n")
    processes.again()
    bootstrap.main(["cli", "doctor"])
    assert processes.started[:2] == ["venv", "pip"]


def test_nothing_is_installed_where_the_window_can_not_open(processes, monkeypatch):
    monkeypatch.setattr(bootstrap, "_call", lambda python, *arguments, **_: int("reader.preflight" in arguments))
    assert bootstrap.main(["run"]) == 1
    assert not processes.venv.exists()


def test_a_python_without_venv_is_told_the_package(processes, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)
    assert bootstrap.main(["cli", "doctor"]) == 1
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"apt install python{version}-venv" in capsys.readouterr().err


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 14, 0)])
def test_a_python_that_is_too_old_or_too_new_is_refused(processes, monkeypatch, capsys, version):
    monkeypatch.setattr(bootstrap.sys, "version_info", version)
    assert bootstrap.main(["cli", "doctor"]) == 1
    assert "needs Python 3.11 to 3.13" in capsys.readouterr().err


def test_an_old_python_is_told_so_before_anything_newer_is_imported():
    code = "import sys; sys.version_info = (3, 9, 2); import reader.bootstrap as b; sys.exit(b.main(['run']))"
    blocked = f"import sys; sys.modules['tomllib'] = None; {code}"
    done = subprocess.run(
        [sys.executable, "-c", blocked], cwd=bootstrap.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The reader needs Python 3.11 to 3.13")


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_a_wrong_call_prints_the_usage(arguments, capsys):
    assert bootstrap.main(arguments) == 2
    assert capsys.readouterr().err.startswith("usage: python3 -m reader.bootstrap run")


def test_a_path_given_to_make_may_hold_blanks(tmp_path):
    folder = tmp_path / "my news"
    folder.mkdir()
    assert bootstrap._from_make(str(folder)) == [str(folder)]
    assert bootstrap._from_make(f"'{folder}' other.txt") == [str(folder), "other.txt"]
    assert bootstrap._from_make("l'article.txt") == ["l'article.txt"]
    assert bootstrap._from_make("  ") == []


def test_every_dependency_is_pinned():
    import tomllib

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    pins = {}
    for line in (bootstrap.ROOT / "constraints.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            pin = Requirement(line)
            pins[canonicalize_name(pin.name)] = next(iter(pin.specifier)).version
    told = tomllib.loads((bootstrap.ROOT / "pyproject.toml").read_text("utf-8"))
    extras = told["project"]["optional-dependencies"]
    for line in [*told["build-system"]["requires"], *told["project"]["dependencies"], *extras["test"], *extras["dev"]]:
        asked = Requirement(line)
        assert asked.specifier.contains(pins[canonicalize_name(asked.name)]), line
