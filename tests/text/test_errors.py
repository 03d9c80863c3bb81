from pathlib import Path

from reader.text import errors


def test_every_error_for_the_user_has_one_root_and_stands_in_the_drawn_tree():
    classes = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)]
    assert all(issubclass(each, errors.ReaderError) for each in classes)
    assert [each.__name__ for each in classes if each.__name__ not in errors.__doc__] == []


def test_an_error_carries_its_message_and_its_file():
    error = errors.ArticleUnreadable("gone.txt is no longer there.", Path("gone.txt"))
    assert str(error) == "gone.txt is no longer there."
    assert error.path == Path("gone.txt")
    assert errors.ReaderError("no file concerned").path is None
