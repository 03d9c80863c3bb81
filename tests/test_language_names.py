"""What languages are called."""

import pytest

from reader.analysis.language import LANGUAGES
from reader.analysis.languages import known_languages, load_language
from reader.resources import language_name
from reader.translation import packages


def test_every_language_that_can_be_recognised_has_a_name():
    assert [code for code in LANGUAGES if language_name(code) == code] == []


@pytest.mark.parametrize("code", known_languages())
def test_a_language_is_called_as_its_own_file_says(code):
    assert language_name(code) == load_language(code).name


def test_a_code_that_is_no_languages_is_shown_as_it_is():
    assert language_name("qq") == "qq"


def test_a_missing_package_names_both_languages_with_their_codes():
    assert "translates Croatian (hr) into English (en)." in packages._missing("hr", "en", None, None)
    assert "translates qq into" in packages._missing("qq", "en", None, None)
