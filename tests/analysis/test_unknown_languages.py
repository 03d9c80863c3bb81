"""Articles in languages without a file: quotes, sentences, names, speakers and the site's lines are found too."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.analysis.analyzer import Analyzer
from reader.analysis.languages import known_languages
from reader.articles.article import Article, Encoding, ParagraphKind
from reader.articles.structure import find_structure

ANALYZER = Analyzer()
# "## code", the two speakers' names, the article: title, lead with a quote, a quote, and three lines of the site's
CASES = [
    (code, names.split("\n")[1:], text.strip())
    for block in (Path(__file__).parent / "unknown_languages.txt").read_text("utf-8").split("## ")[1:]
    for head, _, text in [block.partition("\n\n")]
    for code, names in [(head.split("\n")[0], head)]
]


def article(text: str) -> Article:
    shape = find_structure(text)
    return Article(
        Path("a.txt"), text, 0, "", "", Encoding("utf-8"), shape.paragraphs, shape.date, shape.header, shape.title
    )


@pytest.fixture(params=CASES, ids=[case[0] for case in CASES])
def case(request: pytest.FixtureRequest) -> tuple[str, list[str], str]:
    code, names, text = request.param
    return code, names, text


def test_an_article_in_an_unknown_language_is_understood(case: tuple[str, list[str], str]) -> None:
    code, names, text = case
    assert code not in known_languages()
    found = ANALYZER.analyze(article(text))
    assert found.language.code == code
    assert found.gaps == ()
    kinds = [paragraph.kind for paragraph in found.paragraphs]
    assert kinds[:3] == [ParagraphKind.TITLE, ParagraphKind.BODY, ParagraphKind.BODY]
    assert all(kind in (ParagraphKind.RELATED, ParagraphKind.NOTICE) for kind in kinds[3:])
    assert set(names) <= {mention.text for mention in found.people}
    assert [sentence.paragraph for sentence in found.sentences][:3] == [0, 1, 1]
    first = found.quotes[0]
    assert first.confidence == 1.0
    assert first.speaker is not None
    assert first.speaker.person == next(mention.person for mention in found.people if mention.text == names[0])


def test_the_site_s_lines_in_the_middle_of_an_unknown_language_are_no_body(case: tuple[str, list[str], str]) -> None:
    _, _, text = case
    title, lead, quote, link, wish, rights = text.split("\n\n")
    found = ANALYZER.analyze(article("\n\n".join((title, lead, link, lead, wish, quote, rights, lead, lead))))
    kinds = [paragraph.kind is ParagraphKind.BODY for paragraph in found.paragraphs]
    assert kinds == [False, True, False, True, False, True, False, True, True]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("图书馆\n\n市长表示：“我们不会放弃这座图书馆。”\n\n该项目名为“夜灯”，五月开始。\n", "speech term"),
        ("図書館\n\n町長は「図書館を閉めるつもりはない」と述べた。\n\n計画は「夜の灯」と呼ばれる。\n", "speech term"),
        (
            "المكتبة\n\nقال: «لن نغلق المكتبة أبدا.»\n\nوأضاف: «مستحيل!»\n\nيحمل اسم «ضوء الليل» ويبدأ.\n",
            "speech speech term",
        ),
    ],
    ids=("zh", "ja", "ar"),
)
def test_speech_is_told_from_a_name_without_spaces_or_capitals(text: str, kinds: str) -> None:
    assert " ".join(quote.kind for quote in ANALYZER.analyze(article(text)).quotes) == kinds
