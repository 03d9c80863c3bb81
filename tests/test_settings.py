"""The settings file: typed, written by hand too, never lost."""

import os
import tomllib
from pathlib import Path

import pytest

from reader.doctor import examine
from reader.settings import FILE, Settings
from reader.text.errors import SettingsNotSaved


def write(folder, words):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(words, "utf-8")
    return folder


def test_without_a_file_the_usual_values_hold_and_nothing_is_wrong(tmp_path):
    settings = Settings(tmp_path / "none")
    assert settings.text("theme", "system") == "system"
    assert settings.number("reading/size", 12) == 12
    assert settings.flag("view/show_people", True) is True
    assert (settings.texts("keys/export"), settings.paths("library/paths")) == (None, [])
    assert settings.problems == []
    settings.save()
    assert not (tmp_path / "none").exists()


def test_what_is_set_comes_back_with_its_type(tmp_path):
    settings = Settings(tmp_path / "new" / "folder")
    settings.set("theme", "dark")
    settings.set("reading/size", 13.5)
    settings.set("view/show_people", False)
    settings.set("keys/export", ["Ctrl+E", "F12"])
    settings.set("library/paths", ["/news/a b", "/news/ü"])
    settings.save()
    again = Settings(tmp_path / "new" / "folder")
    assert again.text("theme") == "dark"
    assert again.number("reading/size", 0) == 13.5
    assert again.flag("view/show_people", True) is False
    assert again.texts("keys/export") == ["Ctrl+E", "F12"]
    assert again.paths("library/paths") == [Path("/news/a b"), Path("/news/ü")]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ('theme = "pink"', "theme is not one of"),
        ("[reading]\nsize = 'huge'", "reading.size is not a number from 7 to 32"),
        ("[reading]\nsize = 400", "reading.size is not a number from 7 to 32"),
        ("[reading]\nsize = nan", "reading.size is not a number"),
        ("[reading]\nsize = true", "reading.size is not a number"),
        ("[view]\nshow_people = 'yes'", "view.show_people is not true or false"),
        ("[translation]\ntarget = 'klingon'", "translation.target is not the code of a language"),
        ("[translation]\nthreads = -3", "translation.threads is not a number"),
        ("[languages]\nexpected = ['bg', 'klingon']", "languages.expected is not a list of codes of languages"),
        ("[languages]\nexpected = 'bg'", "languages.expected is not a list of codes of languages"),
        ("[library]\npaths = 'news'", "library.paths is not a list of texts"),
        ("[keys]\nexport = [1]", "keys.export is not a list of keys"),
        ("[colours]\ngreen = ' '", "colours.green is not a name"),
        ("reading = 3", "reading is not a table"),
    ],
)
def test_a_broken_value_is_named_and_the_usual_one_holds(tmp_path, words, named):
    settings = Settings(write(tmp_path, words))
    (problem,) = settings.problems
    assert named in problem
    assert str(tmp_path / FILE) in problem
    assert settings.text("theme", "system") == "system"
    assert settings.number("reading/size", 12) == 12
    assert settings.flag("view/show_people", True) is True


def test_a_broken_value_stays_in_the_file_until_another_one_is_set(tmp_path):
    settings = Settings(write(tmp_path, "[reading]\nsize = 'huge'\n"))
    settings.set("theme", "dark")
    settings.save()
    assert tomllib.loads((tmp_path / FILE).read_text()) == {"theme": "dark", "reading": {"size": "huge"}}
    settings.set("reading/size", 14)
    settings.save()
    assert Settings(tmp_path).problems == []


def test_unknown_keys_and_comments_stay(tmp_path):
    mine = "# my own\n[reading]\nsize = 12 # for the train\n\n[later]\nmode = 'new'\n"
    settings = Settings(write(tmp_path, mine))
    settings.set("reading/font", "Georgia")
    settings.set("theme", "light")
    settings.save()
    words = (tmp_path / FILE).read_text()
    assert words == (
        '# my own\ntheme = "light"\n\n[reading]\nsize = 12 # for the train\nfont = "Georgia"\n\n'
        "[later]\nmode = 'new'\n"
    )


def test_a_setting_can_be_taken_back(tmp_path):
    settings = Settings(write(tmp_path, "[keys]\nexport = ['F12']\n"))
    settings.set("keys/export", None)
    settings.set("keys/find", None)
    settings.save()
    assert Settings(tmp_path).texts("keys/export") is None


def test_two_windows_keep_each_others_settings(tmp_path):
    one, other = Settings(tmp_path), Settings(tmp_path)
    one.set("theme", "dark")
    other.set("reading/size", 15)
    one.save()
    other.save()
    again = Settings(tmp_path)
    assert (again.text("theme"), again.number("reading/size", 0)) == ("dark", 15)


@pytest.mark.parametrize("payload", [b"[reading\nsize = 3", b"\x00\xff\xfe", b"a = [" + b"[" * 5000])
def test_a_file_that_cannot_be_read_is_reported_and_kept_aside(tmp_path, payload):
    (tmp_path / FILE).write_bytes(payload)
    settings = Settings(tmp_path)
    assert len(settings.problems) == 1
    assert "can't be read" in settings.problems[0]
    assert (tmp_path / FILE).read_bytes() == payload
    settings.set("theme", "dark")
    settings.save()
    assert (tmp_path / f"{FILE}.damaged-1").read_bytes() == payload
    assert Settings(tmp_path).text("theme") == "dark"
    (tmp_path / FILE).write_bytes(payload)
    settings.set("theme", "light")
    settings.save()
    assert (tmp_path / f"{FILE}.damaged-2").exists()


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_failed_save_leaves_the_old_file_whole_and_is_told(tmp_path, monkeypatch, call):
    def fail(*_):
        raise OSError(28, "No space left on device")

    settings = Settings(write(tmp_path, "theme = 'dark'\n"))
    settings.set("reading/size", 15)
    with monkeypatch.context() as broken:
        broken.setattr(os, call, fail)
        with pytest.raises(SettingsNotSaved, match="No space left"):
            settings.save()
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == [FILE]
    assert (tmp_path / FILE).read_text() == "theme = 'dark'\n"
    settings.save()
    assert Settings(tmp_path).number("reading/size", 0) == 15


def test_a_settings_file_that_is_a_link_stays_one(tmp_path):
    real = write(tmp_path / "dotfiles", "theme = 'dark'\n") / FILE
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / FILE).symlink_to(real)
    settings = Settings(tmp_path / "config")
    settings.set("theme", "light")
    settings.save()
    assert (tmp_path / "config" / FILE).is_symlink()
    assert tomllib.loads(real.read_text()) == {"theme": "light"}


def test_a_path_that_is_no_text_comes_back(tmp_path):
    odd = os.fsdecode(b"/news/\xff\xe0 100%.txt")
    settings = Settings(tmp_path)
    settings.set("library/paths", [odd, "/news/plain 100%.txt"])
    settings.save()
    assert Settings(tmp_path).paths("library/paths") == [Path(odd), Path("/news/plain 100%.txt")]


def test_a_value_of_another_kind_is_refused_in_code(tmp_path):
    with pytest.raises(ValueError, match="one of"):
        Settings(tmp_path).set("theme", "pink")


def test_doctor_names_broken_settings(home):
    write(home / "config" / "parallel-reader", "theme = 'pink'\n")
    findings = examine()
    assert any("theme is not one of" in problem for problem in findings["problems"])
    assert findings["places"]["settings"].endswith(FILE)
