import sys
import tomllib
import unicodedata

import pytest

from reader.analysis import languages
from reader.analysis.languages import fold, known_languages, load_language, load_notices, read_language
from reader.resources import resources_dir
from reader.text.errors import ResourceError

HEAD = 'code = "xx"\nname = "Test"\n'
TEN = ("bg", "de", "en", "es", "fr", "it", "pl", "ro", "ru", "uk")


def written(folder, text):
    path = folder / "xx.toml"
    path.write_text(text, "utf-8")
    return path


def all_words(language):
    for table in (language.sentences, language.notices, language.speech, language.names):
        for key in table.__slots__:
            value = getattr(table, key)
            for word in value if isinstance(value, tuple) else ():
                yield from word if isinstance(word, tuple) else (word,)


def test_the_ten_languages_have_files():
    assert set(TEN) <= set(known_languages())


@pytest.mark.parametrize("code", TEN)
def test_every_language_knows_verbs_titles_and_notices(code):
    language = load_language(code)
    assert language.code == code
    assert min(len(language.speech.verbs), len(language.names.titles), len(language.speech.unnamed)) >= 60
    assert min(len(language.notices.notice), len(language.sentences.abbreviations)) >= 40
    assert len(language.notices.months) == 12
    assert language.quotes.pairs


@pytest.mark.parametrize("code", TEN)
def test_no_word_mixes_latin_and_cyrillic(code):
    for word in " ".join(all_words(load_language(code))).replace("-", " ").split():
        scripts = {unicodedata.name(char).split()[0] for char in word if char.isalpha()}
        assert not {"LATIN", "CYRILLIC"} <= scripts, word


def test_an_unknown_language_gets_the_default():
    assert load_language("qq").code == "default"
    assert load_language("../ro").code == "default"


@pytest.mark.parametrize("code", [*TEN, "default"])
def test_the_notices_alone_are_those_of_the_whole_file(code):
    assert load_notices(code) == load_language(code).notices


def test_a_language_is_read_once():
    assert load_language("ro") is load_language("ro")


def test_missing_keys_take_their_defaults(tmp_path):
    language = read_language(written(tmp_path, HEAD))
    assert language.speech.verbs == ()
    assert not language.quotes.dialogue_dash


def test_words_are_folded_and_kept_once(tmp_path):
    language = read_language(written(tmp_path, HEAD + '[names]\ntitles = ["Preşedinte", "preș", "PREȘ"]\n'))
    assert language.names.titles == ("președinte", "preș")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("name = 'Test'\n", "code"),
        (HEAD + "colour = 1\n", "colour"),
        (HEAD + "speech = 3\n", "speech"),
        (HEAD + "[speech]\nverb = ['says']\n", "speech.verb"),
        (HEAD + "[speech]\nverbs = 'says'\n", "speech.verbs"),
        (HEAD + "[speech]\nverbs = ['says', 3]\n", "speech.verbs"),
        (HEAD + "[names]\ntitles = [' ']\n", "names.titles"),
        (HEAD + "[quotes]\ndialogue_dash = 1\n", "quotes.dialogue_dash"),
        (HEAD + "[quotes]\npairs = ['«']\n", "quotes.pairs"),
        (HEAD + "[notices]\nmonths = [['jan']]\n", "notices.months"),
        (HEAD + "scripts = 'Latin'\n", "scripts"),
    ],
)
def test_an_error_names_the_file_and_the_key(tmp_path, text, key):
    with pytest.raises(ResourceError) as caught:
        read_language(written(tmp_path, text))
    assert "xx.toml" in str(caught.value)
    assert f"“{key}”" in str(caught.value)


def test_a_file_that_is_no_toml_is_an_error(tmp_path):
    with pytest.raises(ResourceError, match=r"xx\.toml"):
        read_language(written(tmp_path, "code = "))
    with pytest.raises(ResourceError, match=r"gone\.toml"):
        read_language(tmp_path / "gone.toml")


def test_folding_never_changes_the_length():
    every = "".join(map(chr, (i for i in range(sys.maxunicode + 1) if not 0xD800 <= i <= 0xDFFF)))
    assert len(fold(every)) == len(every)


def test_folding_unites_spellings():
    assert fold("Preşedinţia ÎN\u00a0L’Aquila") == "președinția în l'aquila"


@pytest.mark.parametrize("code", [*TEN, "default"])
def test_every_file_reads_the_same_the_quick_way_and_as_toml(code):
    text = (resources_dir() / "languages" / f"{code}.toml").read_text("utf-8")
    assert languages._tables(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "code = 'de'\n",
        'code = "\\U0001F600"\n',
        '[quotes]\npairs = [\n  # most usual first\n  "„“",\n]\n',
        '[names]\ntitles = [ "dr" ]  # a comment\n',
        '[names]\ntitles = ["a,", ",]", "b"]\n',
        "a.b = 1\n",
        "",
    ],
)
def test_toml_of_another_layout_reads_the_same(text):
    assert languages._tables(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text", ['code = "de"\ncode = "fr"\n', "[names]\n[names]\n", "code = \n", 'a = ["b"', "a = null\n"]
)
def test_text_that_is_no_toml_is_refused(text):
    with pytest.raises(tomllib.TOMLDecodeError):
        languages._tables(text)


def test_a_cedilla_is_a_comma_in_capitals_too():
    assert languages.fold("ŞTIRI Ţara ` İ") == "știri țara ' i"
