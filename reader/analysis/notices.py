"""Tell an article's own paragraphs from what the site put around them: notices, related links, bylines.

Three kinds of evidence: the phrases of all language files (an Italian article may end in "More Stories"), the
shape of a line (a headline has no full stop), and its place (what follows a heading of links is a link).
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from reader.analysis.languages import DEFAULT_CODE, fold, known_languages, load_language, load_notices
from reader.articles.article import Paragraph, ParagraphKind
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.analysis.languages import NoticePhrases
    from reader.articles.article import Article

LINK_LONGEST = 220  # characters of a headline that is a link
HEADING_LONGEST = 60
BYLINE_LONGEST = 160
NOTICE_LONGEST = 900
NOTICE_ENOUGH = 2.0  # evidence that makes a short paragraph a notice; longer ones need more
WEAK = 0.8  # a phrase that news use too
ADDRESSED = NOTICE_ENOUGH - WEAK  # words that speak to the reader
LOOK_BACK = 20  # the marks at a paragraph's end
LINKS_IN_A_TAIL = 3  # as many headlines in a row end no article

_WORD = re.compile(r"[^\W_]+(?:['.+-][^\W_]+)*|[#©&@]")
_QUOTED = re.compile(r"„[^„”“\"\n]*[”“\"]|«[^«»\n]*»|“[^“”\n]*”|\"[^\"\n]*\"|»[^»«\n]*«")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\b\S+@\S+\.\w+|(?<!\S)@\w{3,}|\bctrl\s?\+", re.IGNORECASE)
_ONLY_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*")
_SOCIAL = re.compile(
    r"\b(?:facebook|instagram|twitter|telegram|whatsapp|viber|youtube|tiktok|linkedin|google news|google discover"
    r"|pinterest|reddit|threads|bluesky|messenger|x|rss|e-?mail|vk|ok)\b",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"[^\n>›»|/]{2,40}(?:\s[>›»|/]\s[^\n>›»|/]{2,40}){2,}")
_HASHTAGS = re.compile(r"(?:#[^\s#]+[\s,]*)+")
_MINUTES = re.compile(r"\d+\s*(?:min|хв|мин)\b[^.]{0,25}")
_LEADING = re.compile(r"[^\w©@\"'„“”«»‘’/]*")
_INITIALS = re.compile(r"\(?(?:[^\W\d_]\.\s?){2,4}\)?|/[^/\n]{2,30}/|\([^\W\d_]{2,12}\)")
_END_MARKS = re.compile(r"[.!?…。][\"'»”“’)\]]*\s*$")
_STOP_AT_END = re.compile(r"(?<!\.)[.。][\"'»”“’)\]]*\s*$")
_AFTER_PHRASE = re.compile(r"\s*([:：|>»›–—-])\s*|\s+")


def classify_paragraphs(
    article: Article, languages: Sequence[str | None] = (), main: str = DEFAULT_CODE
) -> tuple[Paragraph, ...]:
    """Return the article's paragraphs with their kinds; `main` is the article's language.

    `languages` are the codes of `LanguageDetector.detect_paragraphs`, one a paragraph; they become the
    paragraphs' own, and one that differs from the article's is evidence at the article's end.
    """
    codes = languages or [paragraph.language for paragraph in article.paragraphs]
    lines = [
        _Line(paragraph, paragraph.span.of(article.text).strip(), code)
        for paragraph, code in zip(article.paragraphs, codes, strict=True)
    ]
    kinds = [_own_kind(line, main) for line in lines]
    _follow_headings(lines, kinds)
    _read_tail(lines, kinds)
    return tuple(
        replace(line.paragraph, kind=kind, language=line.language) for line, kind in zip(lines, kinds, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph, its text, and its language where it is not the article's."""

    paragraph: Paragraph
    text: str
    language: str | None

    @property
    def is_body_like(self) -> bool:
        """Say whether it ends as a sentence does, at a length no headline has."""
        return bool(_END_MARKS.search(self.text[-LOOK_BACK:])) and (len(self.text) > LINK_LONGEST or self._stops)

    @property
    def _stops(self) -> bool:
        return bool(_STOP_AT_END.search(self.text[-LOOK_BACK:]))

    @property
    def is_link_like(self) -> bool:
        """Say whether it could be another article's headline."""
        first = self.text.lstrip("\"'„“”«»‘’([•-–— ")[:1]
        return (
            len(self.text) <= LINK_LONGEST and not self._stops and not first.islower() and self.text[-1:] not in ":,;"
        )


def _own_kind(line: _Line, main: str) -> ParagraphKind:
    """Return what the paragraph says of itself, by phrases and shape."""
    if line.paragraph.kind is not ParagraphKind.BODY:
        return line.paragraph.kind
    plain = _plain(line.text)
    if _is_related(line.text, plain):
        return ParagraphKind.RELATED
    if _is_byline(line.text, plain):
        return ParagraphKind.BYLINE
    return ParagraphKind.NOTICE if _is_notice(line.text, plain, line.language or main) else ParagraphKind.BODY


def _is_related(text: str, plain: str) -> bool:
    """Say whether a line announces links or is one: „Още: …“, “Read more”, a bare address, tags."""
    if len(text) > LINK_LONGEST + HEADING_LONGEST:
        return False
    if _ONLY_ADDRESS.fullmatch(text) or _HASHTAGS.fullmatch(text):
        return True
    if _is_heading(plain):
        return True
    for phrase in _phrases().starting(plain, "related", "related_heading"):
        if text.endswith(":") and " " in phrase and len(text) <= HEADING_LONGEST:
            return True
        mark = _AFTER_PHRASE.match(plain, len(phrase))
        rest = plain[mark.end() :] if mark else ""
        if phrase.endswith(":") or (mark and mark[1]):
            return bool(rest) and (not _STOP_AT_END.search(text) or " " in phrase)
        if " " in phrase and rest and phrase in _phrases().related and not _STOP_AT_END.search(text):
            # without a colon the headline must show itself: by a capital or a quote mark
            return mark is not None and not _shown(text)[mark.end() :][:1].islower()
    return False


def _is_heading(plain: str) -> bool:
    """Say whether a whole line is a heading of links."""
    return len(plain) <= HEADING_LONGEST and _bare(plain) in _phrases().headings


def _bare(plain: str) -> str:
    """Return a line without the marks and the count (“Comments (12)”) at its end."""
    return plain.rstrip(" :.…>»›→!?|-–—↓▼()0123456789").strip()


def _is_byline(text: str, plain: str) -> bool:
    """Say whether a line credits somebody: “Photo: Ann Lee / Agency”, “By Ann Lee”, a date of publication."""
    if len(text) > BYLINE_LONGEST or any(len(quote[0].split()) > 3 for quote in _QUOTED.finditer(text)):
        return False
    if _INITIALS.fullmatch(text):
        return True
    for phrase in _phrases().starting(plain, "byline"):  # a date alone is the article's own
        if _is_date(plain):
            return True
        rest = _shown(text)[len(phrase) :].strip(" )")
        if not rest:
            return " " in phrase or phrase.endswith(":") or len(plain) == len(phrase)
        marked = phrase.endswith((":", ".")) or rest[0] in ":|–—-/"
        rest = rest.lstrip(":|–—-/ ")
        words = rest.split()
        names = sum(word.lstrip('(«„“"')[:1].isupper() for word in words)
        if _is_date(_plain(rest)):
            return True
        if (
            (marked or (" " in phrase and (names or len(words) == 1)))
            and len(words) <= 15
            and not re.search(r"[.!?]\s*$", rest)
        ):
            return True
        if names >= (1 if len(phrase) > len("von") else 2) and len(words) <= 8 and _are_names(words):
            return True
    return False


def _are_names(words: list[str]) -> bool:
    """Say whether words are names of people or agencies: capitals, initials, joined by small words."""
    letters = [word.strip("(),;/|&.") for word in words]
    named = [word for word in letters if word[:1].isupper()]
    small = [word for word in letters if word and not word[:1].isupper()]
    return bool(named) and all(len(word) <= 3 or not word.isalpha() for word in small) and len(small) <= len(named)


def _is_date(plain: str) -> bool:
    """Say whether a line holds nothing but a date or a time, perhaps with “published” before it."""
    if len(plain) > HEADING_LONGEST * 1.5 or not any(char.isdigit() for char in plain):
        return False
    for phrase in _phrases().starting(plain, "byline"):
        plain = plain[len(phrase) :]
        break
    words = [word for word in re.findall(r"[^\W\d_]+", plain) if word not in _phrases().months]
    return (
        sum(map(len, words)) <= 8
        and all(len(word) <= 4 for word in words)
        and bool(re.search(r"\d[./:]\d|\d{4}", plain))
    )


def _is_notice(text: str, plain: str, code: str) -> bool:
    """Weigh what speaks for a notice: its phrases, words that address the reader, addresses, networks."""
    if len(text) > NOTICE_LONGEST:
        return False
    if text.startswith("©") or (len(text) <= LINK_LONGEST and (_CRUMBS.fullmatch(text) or _MINUTES.match(plain))):
        return True
    words = _WORD.findall(plain)
    if words and len(words) <= 8 and not _SOCIAL.sub("", plain).strip(" ,|/·•-"):
        return True
    if _bare(plain) in _phrases().whole:
        return True
    unquoted = _QUOTED.sub(" ", plain)
    weight = _weight(unquoted)
    if not weight:
        return False
    asks = next(_phrases().inside(unquoted, "notice", "promo"), (1, ""))[0] == 0
    weight += bool(_ADDRESS.search(text)) + (ADDRESSED if asks else 0.5) * bool(_SOCIAL.search(unquoted))
    weight += ADDRESSED * any(word in _phrases().reader for word in _WORD.findall(unquoted))
    weight += 1.0 * (len(words) <= 3) - 1.5 * (len(unquoted) < len(plain) and not asks) - 1.5 * _reports(unquoted, code)
    return weight >= NOTICE_ENOUGH + len(text) // 400


def _weight(plain: str) -> float:
    """Add up the phrases of notices; one that speaks for itself is enough."""
    found = _phrases()
    weight = 0.0
    begins = True
    for sentence in re.split(r"[.!?…:]+\s", plain):
        for at, phrase in found.inside(sentence, "notice", "promo"):
            begins = not sentence[:at].strip(" •*-–—>»\"'")
            strong = phrase in found.notice and (" " in phrase or "-" in phrase or begins)
            weight += NOTICE_ENOUGH if strong else WEAK
    return weight


def _reports(plain: str, code: str) -> bool:
    """Say whether somebody is reported to have said something."""
    return any(True for _ in _verbs(code).inside(plain, "verbs"))


def _follow_headings(lines: list[_Line], kinds: list[ParagraphKind]) -> None:
    """Mark the headlines after a heading of links, up to the next paragraph of the article's own."""
    open_list = False
    for i, line in enumerate(lines):
        if kinds[i] is ParagraphKind.RELATED:
            open_list = open_list or _opens_list(lines, i)
        elif kinds[i] is ParagraphKind.BODY and open_list:
            if line.is_link_like:
                kinds[i] = ParagraphKind.RELATED
            else:
                open_list = False


def _opens_list(lines: list[_Line], i: int) -> bool:
    """Say whether a heading of links stands at `i`; one word alone (“Video”) needs two headlines after it."""
    text = lines[i].text
    if not _is_heading(_plain(text)):
        return False
    return " " in text or text.endswith(":") or all(line.is_link_like for line in lines[i + 1 : i + 3])


def _read_tail(lines: list[_Line], kinds: list[ParagraphKind]) -> None:
    """Judge the last paragraphs: an author's life, a name alone, headlines, lines in another language."""
    after: ParagraphKind | None = None
    for i in range(len(lines) - 1, 0, -1):
        line = lines[i]
        if kinds[i] is ParagraphKind.BODY:
            kind = _tail_kind(line, after)
            if kind is None:
                break
            kinds[i] = kind
        after = kinds[i]
    last = max((i for i, kind in enumerate(kinds) if kind in (ParagraphKind.BODY, ParagraphKind.TITLE)), default=-1)
    first = last
    while (
        first > 0 and kinds[first] is ParagraphKind.BODY and lines[first].is_link_like and len(lines[first].text) > 25
    ):
        first -= 1
    if last - first >= LINKS_IN_A_TAIL and first > 0 and lines[first].is_body_like:
        kinds[first + 1 : last + 1] = [ParagraphKind.RELATED] * (last - first)


def _tail_kind(line: _Line, after: ParagraphKind | None) -> ParagraphKind | None:
    """Return the kind of a paragraph with nothing of the article's own after it, None for the article's own."""
    if len(line.text) > NOTICE_LONGEST // 2:
        return None
    words = line.text.split()
    if len(words) == 1 and line.text.isupper() and len(line.text) <= len("ADNKRONOS"):
        return ParagraphKind.BYLINE  # a news agency
    if line.language is not None:
        return ParagraphKind.RELATED if line.is_link_like and not line.is_body_like else ParagraphKind.NOTICE
    lives = sum(1 for _ in _phrases().inside(_plain(line.text), "bio"))
    sentences = [part for part in re.split(r"[.!?]+\s*", line.text.strip("\"'„“”«»")) if part.strip()]
    curt = len(sentences) >= 3 and all(len(part.split()) <= 9 for part in sentences)
    if lives >= 2 or (lives and (curt or after is ParagraphKind.RELATED)):
        return ParagraphKind.NOTICE
    if 2 <= len(words) <= 4 and all(
        word[:1].isupper() and word.strip(".").replace("-", "").isalpha() for word in words
    ):
        return ParagraphKind.BYLINE if line.text[-1].isalpha() and not line.text.isupper() else None
    return None


def _shown(text: str) -> str:
    """Return a line without the bullets, arrows and pictures before its first word."""
    return text[_LEADING.match(text).end() :]  # type: ignore[union-attr]


def _plain(text: str) -> str:
    """Return a line for comparing: folded, without leading marks, without accents."""
    return _without_accents(fold(_shown(text)))


class _WithoutCombining(dict[int, str | None]):
    """A table for `str.translate` that drops combining characters; it fills itself."""

    def __missing__(self, code: int) -> str | None:
        self[code] = found = None if unicodedata.combining(chr(code)) else chr(code)
        return found


_BARE = _WithoutCombining()


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return unicodedata.normalize("NFD", text.replace("ß", "ss").replace("ł", "l")).translate(_BARE)


class _Lists:
    """Lists of phrases, found by their first word."""

    def __init__(self, **lists: Iterable[str]) -> None:
        self._lists = {name: _by_first_word(phrases) for name, phrases in lists.items()}

    def starting(self, plain: str, *names: str) -> Iterator[str]:
        """Yield the phrases that `plain` begins with, the longest first."""
        first = _WORD.match(plain)
        if first:
            yield from sorted(self._at(plain, first, names), key=len, reverse=True)

    def inside(self, plain: str, *names: str) -> Iterator[tuple[int, str]]:
        """Yield place and phrase for all that stand in `plain`; they do not overlap."""
        free = 0
        for word in _WORD.finditer(plain):
            if word.start() >= free and (found := max(self._at(plain, word, names), key=len, default="")):
                free = word.start() + len(found)
                yield word.start(), found

    def _at(self, plain: str, word: re.Match[str], names: Iterable[str]) -> list[str]:
        at = word.start()
        return [
            phrase
            for name in names
            for phrase in self._lists[name].get(word[0], ())
            if plain.startswith(phrase, at) and not (phrase[-1].isalnum() and plain[at + len(phrase) :][:1].isalnum())
        ]


class _Phrases(_Lists):
    """The notices of all language files."""

    def __init__(self, notices: Sequence[NoticePhrases]) -> None:
        names = ("related", "related_heading", "byline", "notice", "promo", "bio")
        super().__init__(**{name: [p for table in notices for p in getattr(table, name)] for name in names})
        self.related = self._all("related")
        self.notice = self._all("notice")
        self.whole = {phrase.rstrip(" :.") for phrase in self.notice | self._all("promo")}
        self.headings = {phrase.rstrip(" :") for phrase in self.related | self._all("related_heading")}
        self.reader = {_without_accents(word) for table in notices for word in table.reader}
        self.months = {_without_accents(name) for table in notices for month in table.months for name in month}
        self.asked = {word for phrase in self.notice | self._all("promo") for word in phrase.split()}

    def _all(self, name: str) -> set[str]:
        return {phrase for phrases in self._lists[name].values() for phrase in phrases}


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    lists: dict[str, dict[str, None]] = {}
    for phrase in map(_without_accents, phrases):
        if first := _WORD.match(phrase):
            lists.setdefault(first[0], {})[phrase] = None
    return {word: tuple(found) for word, found in lists.items()}


@cache
def _phrases() -> _Phrases:
    """Read every language's notices; who asks for a broken file by its code is told."""
    tables = []
    for code in (*known_languages(), DEFAULT_CODE):
        with suppress(ResourceError):
            tables.append(load_notices(code))
    return _Phrases(tables)


@cache
def _verbs(code: str) -> _Lists:
    """Return a language's reporting verbs, without those that notices ask the reader to do: comment, write, share."""
    try:
        verbs = load_language(code).speech.verbs
    except ResourceError:
        verbs = ()
    return _Lists(verbs=[verb for verb in verbs if _without_accents(verb) not in _phrases().asked])
