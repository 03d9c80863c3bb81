import os
from pathlib import Path

import pytest

from reader.library.read_marks import ReadMarks


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "read.jsonl"


def is_read(marks, path):
    return os.path.abspath(path) in marks.all_read()


def test_an_article_is_unread_until_it_is_marked(file):
    marks = ReadMarks(file)
    assert not is_read(marks, Path("a.txt"))
    marks.set_read(Path("a.txt"), True)
    assert is_read(marks, Path("a.txt"))


def test_marks_last_until_they_are_taken_back(file):
    marks = ReadMarks(file)
    for path, read in (("a.txt", True), ("ă\n.txt", True), ("a.txt", False)):
        marks.set_read(Path(path), read)
    again = ReadMarks(file)
    assert [is_read(again, Path(path)) for path in ("a.txt", "ă\n.txt")] == [False, True]


def test_a_file_name_that_is_no_unicode_can_be_marked(file):
    path = Path("bad\udcff.txt")
    ReadMarks(file).set_read(path, True)
    assert is_read(ReadMarks(file), path)


def test_a_damaged_line_costs_only_itself(file):
    ReadMarks(file).set_read(Path("a.txt"), True)
    with file.open("ab") as stream:
        stream.write(b'\xff[17, true]\n["half')
    assert is_read(ReadMarks(file), Path("a.txt"))


def test_a_folder_that_takes_no_files_costs_the_marks_alone(tmp_path):
    (tmp_path / "data").write_text("a file in the place of the folder")
    marks = ReadMarks(tmp_path / "data" / "read.jsonl")
    marks.set_read(Path("a.txt"), True)
    assert is_read(marks, Path("a.txt"))
    assert "read.jsonl" in marks.warning
