"""Cases 1–21: what an article's bytes may be. The numbers are those of the list of hostile input."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reader.annotations.anchoring import make_target, place
from reader.annotations.session import NotesSession
from reader.articles.article import ParagraphKind
from reader.articles.reading import read_article
from reader.export.passages import Request
from reader.exporting import export
from reader.text.errors import ArticleNotText
from reader.text.span import Span
from tests.benchmarks.decoding import written
from tests.support.news import BRIDGE

ROOT = Path(__file__).resolve().parent.parent.parent
TEXTS = {path.stem: path.read_text("utf-8") for path in (ROOT / "tests" / "articles" / "texts").glob("*.txt")}
QUOTE = "Nu mai putem\u00a0aștepta nici măcar o lună"
COMMAS = str.maketrans("şţŞŢ", "șțȘȚ")


def article_of(path: Path, payload: bytes, encoding: str | None = None):
    """Write an article, read it, and see that the file stays as it was."""
    path.write_bytes(payload)
    article = read_article(path, encoding)
    assert path.read_bytes() == payload
    return article


def quotes_of(analyzer, article) -> list[str]:
    return [quote.span.of(article.text) for quote in analyzer.analyze(article, "ro").quotes]


def test_01_a_utf_8_byte_order_mark_is_stripped_and_offset_0_is_the_first_letter(article_path):
    article = article_of(article_path, b"\xef\xbb\xbf" + "Ілля прийшов.".encode())
    assert article.text == "Ілля прийшов."
    assert article.paragraphs[0].span.start == 0


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_02_utf_16_with_a_mark_gives_the_right_text(article_path, name):
    article = article_of(article_path, ("\ufeff" + TEXTS["uk"]).encode(name))
    assert (article.text, article.encoding.name) == (TEXTS["uk"], name)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["uk", "ro", "de"])
def test_03_utf_16_without_a_mark_gives_the_right_text(article_path, language, name):
    article = article_of(article_path, TEXTS[language].encode(name))
    assert (article.text, article.encoding.name) == (TEXTS[language], name)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        *(("uk", name) for name in ("windows-1251", "koi8-u", "iso-8859-5", "cp866")),
        *(("bg", name) for name in ("windows-1251", "iso-8859-5", "cp866")),
    ],
)
def test_04_ukrainian_and_bulgarian_in_eight_bits_give_the_right_text(article_path, language, name):
    payload = written(TEXTS[language], name)
    assert article_of(article_path, payload).text == payload.decode(name)


@pytest.mark.parametrize("name", ["windows-1250", "iso-8859-2", "iso-8859-16"])
def test_05_romanian_with_cedilla_and_comma_letters_is_readable(article_path, name):
    payload = written(TEXTS["ro"], name)
    read = article_of(article_path, payload).text
    assert read.translate(COMMAS) == payload.decode(name).translate(COMMAS)


def test_05_romanian_that_two_encodings_read_well_is_noted_as_ambiguous(article_path):
    article = article_of(article_path, "Ştim că şedinţa se ţine mâine în piaţă, la ora şapte.".encode("iso-8859-2"))
    assert article.text.translate(COMMAS) == "Știm că ședința se ține mâine în piață, la ora șapte."
    assert "iso-8859-16" in article.encoding.alternatives
    assert "iso-8859-16" in article.warnings[0]


def test_06_three_bad_bytes_in_utf_8_are_shown_and_counted(article_path):
    payload = TEXTS["ro"].encode()
    for at in (600, 400, 200):
        while payload[at] >= 128 or payload[at + 1] >= 128:
            at += 1
        payload = payload[:at] + b"\xff" + payload[at:]
    article = article_of(article_path, payload)
    assert article.encoding.name == "utf-8"
    assert article.encoding.replaced == article.text.count("\ufffd") == 3
    assert article.text.replace("\ufffd", "") == TEXTS["ro"]
    assert "3 places" in article.warnings[0]


def test_07_half_windows_1251_and_half_utf_8_warns_and_offers_the_other_by_hand(article_path):
    half = len(TEXTS["uk"]) // 2
    payload = TEXTS["uk"][:half].encode() + TEXTS["uk"][half:].encode("windows-1251")
    article = article_of(article_path, payload)
    assert (article.encoding.name, article.encoding.alternatives) == ("utf-8", ("windows-1251",))
    assert article.text.startswith(TEXTS["uk"][:half])
    assert "two encodings" in article.warnings[0]
    assert read_article(article_path, "windows-1251").text.endswith(TEXTS["uk"][half:])


def test_08_an_empty_file_opens(article_path):
    article = article_of(article_path, b"")
    assert (article.text, article.paragraphs, article.warnings) == ("", (), ())
    assert NotesSession.open(article).moved_notes() == ()


def test_09_nuls_stay_where_they_are_and_offsets_are_stable(article_path):
    text = BRIDGE.replace("podul", "po\x00dul").replace("luni", "luni\x00")
    article = article_of(article_path, text.encode())
    assert article.text == text
    start = text.index(QUOTE)
    session = NotesSession.open(article)
    session.add(Span(start, start + len(QUOTE)))
    session.save()
    ((annotation, where),) = NotesSession.open(read_article(article_path)).placed
    assert (annotation.target.exact, where.span, where.how) == (QUOTE, Span(start, start + len(QUOTE)), "exact")


def test_10_a_gigabyte_in_one_line_is_refused_in_2_seconds_and_500_megabytes(article_path):
    with article_path.open("wb") as file:
        file.truncate(1 << 30)
    code = f"""
import json, time
from pathlib import Path
from reader.articles.reading import read_article
from reader.text.errors import ArticleTooLarge
begun = time.monotonic()
try:
    read_article(Path({str(article_path)!r}))
except ArticleTooLarge as exc:
    said = str(exc)
seconds = time.monotonic() - begun
# not getrusage, which counts in Linux what the process held before it became this one
status = Path("/proc/self/status")
kilobytes = int(status.read_text().partition("VmHWM:")[2].split()[0]) if status.exists() else 0
print(json.dumps([said, seconds, kilobytes]))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    said, seconds, kilobytes = json.loads(done.stdout)
    assert said == "podul.txt has 1,074 MB; the reader opens articles of up to 64 MB."
    assert seconds < 2
    assert kilobytes < 500_000


def test_11_five_megabytes_in_one_line_are_one_paragraph(article_path):
    """That the window stays responsive meanwhile is shown in tests/ui."""
    article = article_of(article_path, ("O propoziție obișnuită. " * 220_000).encode())
    assert article.size > 5_000_000
    assert len(article.paragraphs) == 1


def test_12_a_picture_named_txt_is_told_as_no_text(article_path):
    with pytest.raises(ArticleNotText, match=r"podul\.txt: this is a PNG picture, not text") as caught:
        article_of(article_path, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert caught.value.path == article_path


def test_13_any_line_ends_give_the_same_quotes(article_path, analyzer):
    found = set()
    mixed = BRIDGE.replace("\n\n", "\r\n\r\n", 1).replace("\nL", "\rL")
    for text in (BRIDGE, BRIDGE.replace("\n", "\r\n"), BRIDGE.replace("\n", "\r"), mixed):
        found.add(tuple(quotes_of(analyzer, article_of(article_path, text.encode()))))
    assert found == {(QUOTE, "Oamenii vor trece râul pe jos, ca pe vremuri")}


def test_13_line_ends_that_change_on_disk_keep_all_anchors(article_path):
    session = NotesSession.open(article_of(article_path, BRIDGE.encode()))
    for words in (QUOTE, "trei luni", "luni\n\nPrimarul"):
        start = BRIDGE.index(words)
        session.add(Span(start, start + len(words)))
    session.save()
    for ends in ("\r\n", "\r"):
        changed = NotesSession.open(article_of(article_path, BRIDGE.replace("\n", ends).encode()))
        assert {where.how for _, where in changed.placed} == {"exact"}


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\u0085", "\ufdd0"])
def test_14_odd_separators_and_noncharacters_leave_highlights_exact_to_the_code_point(article_path, odd, analyzer):
    text = BRIDGE.replace("podul 😀", f"podul{odd}😀").replace("trei luni", f"trei{odd}luni")
    article = article_of(article_path, text.encode())
    assert article.text == text
    assert QUOTE in quotes_of(analyzer, article)
    session = NotesSession.open(article)
    start = text.index(f"trei{odd}luni")
    session.add(Span(start, start + 9))
    session.save()
    ((annotation, where),) = NotesSession.open(read_article(article_path)).placed
    assert (annotation.target.exact, where.span, where.how) == (f"trei{odd}luni", Span(start, start + 9), "exact")


def test_15_the_stored_exact_of_a_quote_keeps_its_no_break_space(workspace, article_path):
    article_path.write_text(BRIDGE, "utf-8")
    opened = workspace.open(article_path)
    opened.set_analysis(workspace.analyse(opened))
    quote = next(found for found in opened.detections() if found.span.of(BRIDGE) == QUOTE)
    opened.notes.accept(quote)
    opened.notes.save()
    stored = json.loads(opened.notes.path.read_bytes())["annotations"]
    exact = [each["target"]["selector"][0]["exact"] for each in stored if each["status"] == "accepted"]
    assert exact == [QUOTE]
    assert "\u00a0" in exact[0]


@pytest.mark.parametrize("before", ["👩\u200d👩\u200d👧 ", "e\u0301a\u0308 ", "🇷🇴🇺🇦 ", "न\u094dत\u093f "])
def test_16_emoji_and_combining_marks_before_a_quote_leave_its_span_right(article_path, analyzer, before):
    quote = "Nu mai putem as\u0326tepta nici ma\u0306car o luna\u0306"
    text = BRIDGE.replace("Primarul", before + "Primarul").replace(QUOTE, quote)
    found = [each for each in quotes_of(analyzer, article_of(article_path, text.encode())) if each.startswith("Nu mai")]
    assert found == [quote]


def test_17_a_composed_quote_is_found_in_a_decomposed_article(article_path):
    start = BRIDGE.index(QUOTE)
    target = make_target(BRIDGE, Span(start, start + len(QUOTE)))
    decomposed = article_of(article_path, unicodedata.normalize("NFD", "Știre.\n" + BRIDGE).encode())
    found = place(decomposed.text, target)
    assert found.how == "moved"
    assert unicodedata.normalize("NFC", found.span.of(decomposed.text)) == QUOTE


@pytest.mark.parametrize("form", ["md", "html"])
def test_18_an_export_keeps_bidi_signs_from_reordering_what_is_around_them(workspace, article_path, form):
    """The sign that the window shows for them is shown in tests/ui."""
    hidden = "Oamenii \u202evor trece\u2066 râul"
    article_path.write_text(BRIDGE.replace("Oamenii vor trece râul", hidden), "utf-8")
    export(workspace, [article_path], article_path.with_name(f"out.{form}"), Request(form))
    written = article_path.with_name(f"out.{form}").read_text("utf-8")
    assert "Oamenii" in written
    if form == "md":
        assert "&#8238;" in written
        assert not set("\u202e\u2066") & set(written)
    else:
        assert "unicode-bidi: isolate" in written


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\u00ad"])
def test_19_a_name_with_a_zero_width_sign_inside_is_matched(article_path, analyzer, sign):
    text = BRIDGE.replace("a spus Voicu", f"a spus Vo{sign}icu")
    article = article_of(article_path, text.encode())
    people = {mention.span.of(text): mention.person for mention in analyzer.analyze(article, "ro").people}
    assert people.get(f"Vo{sign}icu") == "Andrei Voicu"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def test_20_html_in_an_article_is_literal_text(workspace, article_path):
    """That the window loads nothing is shown in tests/ui."""
    hostile = "<script>alert(1)</script> <img src=file:///etc/passwd>"
    text = BRIDGE.replace("un pod provizoriu", f"un {hostile} provizoriu")
    article_path.write_text(text, "utf-8")
    opened = workspace.open(article_path)
    assert opened.article.text == text
    assert {paragraph.kind for paragraph in opened.article.paragraphs} <= {ParagraphKind.TITLE, ParagraphKind.BODY}
    start = text.index(hostile)
    opened.notes.add(Span(start, start + len(hostile)))
    opened.notes.save()
    export(workspace, [article_path], article_path.with_name("out.html"), Request("html"))
    page = _Tags()
    page.feed(article_path.with_name("out.html").read_text("utf-8"))
    assert hostile in page.text
    assert not {"script", "img"} & page.tags


def test_21_an_encoding_overridden_with_notes_present_loses_none(article_path):
    payload = ("Podul a fost închis. " + TEXTS["uk"]).encode("windows-1251", "ignore")
    article = article_of(article_path, payload)
    session = NotesSession.open(article)
    words = ("Podul a fost", article.text[60:100])
    for each in words:
        start = article.text.index(each)
        session.add(Span(start, start + len(each)), note=each)
    session.save()
    other = NotesSession.open(read_article(article_path, "koi8-u"))
    assert {annotation.note: where.how for annotation, where in other.placed} == {
        words[0]: "exact",
        words[1]: "unplaced",
    }
    other.save()
    back = NotesSession.open(read_article(article_path, "windows-1251"))
    assert {annotation.note: where.how for annotation, where in back.placed} == dict.fromkeys(words, "exact")
