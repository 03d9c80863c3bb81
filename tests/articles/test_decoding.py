from __future__ import annotations

from pathlib import Path

import pytest

from reader.articles.decoding import decode
from reader.text.errors import ArticleError, ArticleNotText
from tests.benchmarks.decoding import ENCODINGS, reads_right, windows, written

TEXTS = {path.stem: path.read_text("utf-8") for path in (Path(__file__).parent / "texts").glob("*.txt")}
COMMAS = str.maketrans("şţŞŢ", "șțȘȚ")


def test_a_byte_order_mark_is_dropped_so_that_offset_0_is_the_first_letter():
    for codec in ("utf-8-sig", "utf-16", "utf-32"):
        assert decode("Ілля прийшов.".encode(codec)).text == "Ілля прийшов."


def test_line_ends_become_line_feeds_and_nothing_else_changes():
    assert decode("a\r\nb\rc\n d\xa0e\u2028f\u0085g\ufdd0e\u0301 \t".encode()).text == (
        "a\nb\nc\n d\xa0e\u2028f\u0085g\ufdd0e\u0301 \t"
    )


def test_a_replacement_character_that_stands_in_the_file_is_no_bad_byte():
    decoded = decode("Ceva \ufffd aici".encode())
    assert (decoded.encoding.replaced, decoded.warnings) == (0, ())


@pytest.mark.parametrize("length", [400, 40])
@pytest.mark.parametrize("language", sorted(TEXTS))
def test_legacy_encodings_are_found_on_long_and_short_texts(language: str, length: int):
    text = TEXTS[language].replace("\n", " ")
    tried = right = 0
    for encoding in ENCODINGS[language]:
        for window in windows(text, length)[:: 1 if length == 400 else 3]:
            data = written(window, encoding)
            if data is not None and not data.isascii():
                tried += 1
                right += reads_right(data, encoding)
    assert tried >= 2
    assert right >= (0.99 if length == 400 else 0.95) * tried


def test_romanian_comma_letters_come_back_from_iso_8859_16():
    text = TEXTS["ro"].translate(COMMAS)
    decoded = decode(text.encode("iso-8859-16"))
    assert (decoded.text, decoded.encoding.name) == (text, "iso-8859-16")


def test_an_encoding_chosen_by_hand_overrides_the_detection():
    decoded = decode(TEXTS["bg"].encode("windows-1251"), "iso-8859-5")
    assert (decoded.encoding.name, decoded.encoding.how) == ("iso-8859-5", "manual")
    assert decoded.text != TEXTS["bg"]


def test_a_mark_is_dropped_when_its_encoding_is_chosen_by_hand():
    assert decode("\ufeffТак".encode(), "utf-8").text == "Так"
    assert decode("Так".encode("utf-16"), "utf-16").text == "Так"


@pytest.mark.parametrize("name", ["klingon", "hex", "", "utf-8\x00"])
def test_an_encoding_nobody_knows_is_an_error(name: str):
    with pytest.raises(ArticleError, match="no encoding named"):
        decode(b"abc", name)


def test_lone_surrogates_never_reach_the_text():
    assert decode(b"a +2AA- b", "utf-7").text == "a \ufffd b"


def test_a_few_zero_bytes_stay_where_they_are():
    text = "Primul rând\x00 și al doilea rând\x00 din text."
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\x7fELF\x02\x01\x01" + bytes(40),
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(30),
        b"%PDF-1.7\n1 0 obj",
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"GIF89a\x01\x00\x01\x00",
        bytes(3000),
        bytes(range(256)) * 20,
    ],
    ids=["png", "elf", "zip", "pdf", "exe", "gif", "zeros", "every byte"],
)
def test_bytes_that_are_no_text_are_refused(data: bytes):
    with pytest.raises(ArticleNotText):
        decode(data)


def test_a_text_that_begins_like_a_windows_program_is_text():
    assert decode(b"MZ is how the note begins.").text == "MZ is how the note begins."


def test_a_text_no_known_encoding_fits_is_opened_with_a_warning():
    decoded = decode("新华社北京二月十二日电，记者昨日从有关部门获悉此事。".encode("gb18030"))
    assert "by hand" in " ".join(decoded.warnings)
    assert decode("新华社北京".encode("gb18030"), "gb18030").text == "新华社北京"


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_plain_utf_8_is_never_taken_for_another(language: str):
    decoded = decode(TEXTS[language].encode())
    assert (decoded.text, decoded.encoding.name, decoded.warnings) == (TEXTS[language], "utf-8", ())
