"""Tell an article's own paragraphs from what the site put around them: notices, related links, bylines.

Three kinds of evidence: the phrases of all language files (an Italian article may end in "More Stories"), the
shape of a line (a headline has no full stop), and its place (what follows a heading of links is a link).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.analysis.languages import DEFAULT_CODE, fold
from reader.analysis.phrases import WORD, all_phrases, particles, verbs_of, without_accents
from reader.articles.article import Paragraph, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.articles.article import Article

LINK_LONGEST = 220  # characters of a headline that is a link
HEADING_LONGEST = 60
BYLINE_LONGEST = 160
NOTICE_LONGEST = 900
NOTICE_ENOUGH = 2.0  # evidence that makes a short paragraph a notice; longer ones need more
WEAK = 0.8  # a phrase that news use too
INSIDE = 1.4
BEGINS = 1.5  # one word that asks for something, at a sentence's beginning
ADDRESSED = NOTICE_ENOUGH - WEAK  # words that speak to the reader
LOOK_BACK = 20  # the marks at a paragraph's end
SHORT_IN_A_TAIL = 2  # as many short lines may stand below an author's life
LINKS_IN_A_TAIL = 3  # as many headlines in a row end no article

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
_INITIALS = re.compile(
    r"\(?(?:[^\W\d_]\.\s?){2,4}\)?|/[^/\n]{2,30}/?|\([^\W\d_]{2,12}\)"
    r"|\(?[^\W\d_]{2,10}(?:\s?/\s?[^\W\d_]{2,12}){1,3}\s?/?\)?|[^\W\d_]{2,6}/"
)
_LEADING_DATE = re.compile(r"(?:\d{1,4}[.:/-]\d{1,2}(?:[.:/-]\d{1,4})?(?:\s+\w{1,3}\.?)?[\s,|•·–—-]+)+(?=[^\W\d_])")
_PARTED = re.compile(r"\s*[,|/•·(–—]\s*|\s-\s")
_NAME = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:['’.-]+[^\W\d_]+)*\.?")
_FULL_NAME = re.compile(r"(?:[A-ZÀ-ÞĀ-Ž\u0400-\u042f\u0490]\S*\s+){1,3}(?P<surname>[^\W\d_a-z][\w'’-]{2,})")
_LIST_ITEM = re.compile(r"[-–—•*·▪●►]|\d{1,3}[.)]")
_UNCLOSED = re.compile(r"[„«“\"]")
_END_MARKS = re.compile(r"[.!?…。][\"'»”“’)\]]*\s*$")
_STOP_AT_END = re.compile(r"(?<!\.)[.。][\"'»”“’)\]]*\s*$")
_AFTER_PHRASE = re.compile(r"\s*([:：|>»›–—-])\s*|\s+")
_AFTER_LABEL = re.compile(r"[.!]?\s+(?=[\"'«„“‘¿¡]*[^\W_])")


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
    _find_title(lines, kinds)
    _follow_headings(lines, kinds)
    _read_head(lines, kinds)
    _read_tail(lines, kinds, main)
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
    def is_phrase(self) -> bool:
        """Say whether it has words enough for a headline."""
        return len(self.text) > 25 or self.text.count(" ") >= 3

    @property
    def is_link_like(self) -> bool:
        """Say whether it could be another article's headline."""
        first = self.text.lstrip("\"'„“”«»‘’([•-–— ")[:1]
        return (
            len(self.text) <= LINK_LONGEST and not self._stops and not first.islower() and self.text[-1:] not in ":,;"
        )


def _own_kind(line: _Line, main: str) -> ParagraphKind:
    """Return what the paragraph says of itself, by phrases and shape."""
    plain = _plain(line.text)
    if line.paragraph.kind is ParagraphKind.TITLE and _is_furniture(plain):
        return ParagraphKind.NOTICE
    if line.paragraph.kind is not ParagraphKind.BODY:
        return line.paragraph.kind
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
    for phrase in all_phrases().starting(plain, "related", "related_heading"):
        if text.endswith(":") and " " in phrase and len(text) <= HEADING_LONGEST:
            return True
        mark = _AFTER_PHRASE.match(plain, len(phrase))
        rest = plain[mark.end() :] if mark else ""
        if _is_label(_shown(text), len(phrase)) and not _STOP_AT_END.search(text):
            return True
        if phrase.endswith(":") or (mark and mark[1]):
            return bool(rest) and (not _STOP_AT_END.search(text) or " " in phrase)
        if " " in phrase and rest and phrase in all_phrases().related and not _STOP_AT_END.search(text):
            # without a colon the headline must show itself: by a capital or a quote mark
            return mark is not None and not _shown(text)[mark.end() :][:1].islower()
    return False


def _is_label(shown: str, length: int) -> bool:
    """Say whether the first `length` letters are a label in capitals before a headline: “VIDEO The bridge”."""
    found = _AFTER_LABEL.match(shown, length)
    rest = shown[found.end() :].lstrip("\"'«„“‘¿¡") if found else ""
    return length > len("TV") and shown[:length].isupper() and rest[:1].isupper() and not rest.isupper()


def _is_heading(plain: str) -> bool:
    """Say whether a whole line is a heading of links."""
    return len(plain) <= HEADING_LONGEST and _bare(plain) in all_phrases().headings


def _bare(plain: str) -> str:
    """Return a line without the marks and the count (“Comments (12)”) at its end."""
    return plain.rstrip(" :.…>»›→!?|-–—↓▼()·•0123456789").lstrip(" ()0123456789").strip()


def _is_byline(text: str, plain: str) -> bool:
    """Say whether a line credits somebody: “Photo: Ann Lee / Agency”, “By Ann Lee”, a date of publication."""
    if len(text) > BYLINE_LONGEST or any(len(quote[0].split()) > 3 for quote in _QUOTED.finditer(text)):
        return False
    if _INITIALS.fullmatch(text):
        return True
    if dated := _LEADING_DATE.match(text):
        text = text[dated.end() :]
        plain = _plain(text)
    return any(
        # a date alone is the article's own
        _is_date(plain) or _is_credit(phrase, _shown(text)[len(phrase) :].strip(" )"))
        for phrase in all_phrases().starting(plain, "byline")
    )


def _is_credit(phrase: str, rest: str) -> bool:
    """Say whether what follows a phrase such as “photo” at a line's beginning is who made it, or when."""
    if not rest:
        return True
    marked = phrase.endswith((":", ".")) or rest[0] in ":|–—-/"
    rest = rest.lstrip(":|–—-/ ")
    words = rest.split()
    names = sum(word.lstrip('(«„“"')[:1].isupper() for word in words)
    if _is_date(_plain(rest)) or _is_signature(rest):
        return True
    open_ended = len(words) <= 15 and not re.search(r"[.!?]\s*$", rest)
    if open_ended and (marked or (" " in phrase and (names or len(words) == 1))):
        return True
    return names >= (1 if len(phrase) > len("von") else 2) and len(words) <= 8 and _are_names(words)


def _is_signature(text: str) -> bool:
    """Say whether a line is a full name, alone or with an office or an outlet: “Ann Lee | Staff writer”."""
    name, parted, rest = _PARTED.split(text, maxsplit=1)[0], _PARTED.search(text), ""
    if parted:
        rest = text[parted.end() :].strip(" )")
    words = name.split()
    if not 2 <= len(words) <= 4 or len(rest) > BYLINE_LONGEST // 2 or text[-1:] in ".!?:;,…":
        return False
    if not all(_NAME.fullmatch(word) and (word[0].isupper() or word in particles()) for word in words):
        return False
    if not (words[0][0].isupper() and words[-1][0].isupper()):
        return False
    if not rest:
        return not parted
    known = any(True for _ in all_phrases().inside(_plain(rest), "byline", "bio")) or "@" in rest
    return known or (not name.isupper() and all(word.lstrip("\"'«„“(")[:1].isupper() for word in rest.split()))


def _are_names(words: list[str]) -> bool:
    """Say whether words are names of people or agencies: capitals, initials, joined by small words."""
    letters = [word.strip("(),;/|&.") for word in words]
    named = [word for word in letters if word[:1].isupper()]
    small = [word for word in letters if word and not word[:1].isupper()]
    return bool(named) and all(len(word) <= 4 or not word.isalpha() for word in small) and len(small) <= len(named)


def _is_date(plain: str) -> bool:
    """Say whether a line holds nothing but a date or a time, perhaps with “published” before it."""
    if len(plain) > HEADING_LONGEST * 1.5 or not any(char.isdigit() for char in plain):
        return False
    for phrase in all_phrases().starting(plain, "byline"):
        plain = plain[len(phrase) :]
        break
    words = [word for word in re.findall(r"[^\W\d_]+", plain) if word not in all_phrases().months]
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
    words = WORD.findall(plain)
    if words and len(words) <= 8 and not _SOCIAL.sub("", plain).strip(" ,|/·•-"):
        return True
    if _is_furniture(plain):
        return True
    unquoted = _QUOTED.sub(" ", plain)
    weight = _weight(unquoted)
    networks = len(set(_SOCIAL.findall(unquoted)))
    if not weight and not networks:
        return False
    addressed = any(word in all_phrases().reader for word in WORD.findall(unquoted))
    if not weight and networks and addressed and len(words) <= 12 and not _STOP_AT_END.search(text):
        return True  # “All the goals on our YouTube!”
    if not weight:
        return False
    asks = next(all_phrases().inside(unquoted, "notice", "promo"), (1, ""))[0] == 0
    weight += bool(_ADDRESS.search(text)) + (ADDRESSED * (networks > 0) if asks else 0.5 * min(2, networks))
    weight += ADDRESSED * addressed
    weight += 1.0 * (len(words) <= 3) - 1.5 * (len(unquoted) < len(plain) and not asks) - 1.5 * _reports(unquoted, code)
    return weight >= NOTICE_ENOUGH + len(text) // 400


def _is_furniture(plain: str) -> bool:
    """Say whether a line holds nothing but what the site's buttons say: “Share Save Print”, “12 comments”."""
    if _bare(plain) in all_phrases().whole:
        return True
    if len(plain) > LINK_LONGEST:
        return False
    rest, at = [], 0
    for found, phrase in all_phrases().inside(plain, "whole", "promo", "notice", "related_heading"):
        rest.append(plain[at:found])
        at = found + len(phrase)
    return at > 0 and not any(map(str.isalpha, _SOCIAL.sub("", "".join([*rest, plain[at:]]))))


def _weight(plain: str) -> float:
    """Add up the phrases of notices; one that speaks for itself is enough."""
    found = all_phrases()
    weight = 0.0
    begins = True
    for sentence in re.split(r"(?<=[.!?…:])\s+", plain):
        for at, phrase in found.inside(sentence, "notice", "promo"):
            begins = not sentence[:at].strip(" •*-–—>»\"'")
            if phrase in found.notice and (" " in phrase or "-" in phrase):
                weight += NOTICE_ENOUGH if begins else INSIDE
            else:
                weight += BEGINS if phrase in found.notice and begins else WEAK
    return weight


def _reports(plain: str, code: str) -> bool:
    """Say whether somebody is reported to have said something; a verb that comes first asks for it: “Add us”."""
    return any(at > 0 for at, _ in verbs_of(code).inside(plain, "verbs"))


def _follow_headings(lines: list[_Line], kinds: list[ParagraphKind]) -> None:
    """Mark the headlines after a heading of links, up to the next paragraph of the article's own."""
    open_list = False
    for i, line in enumerate(lines):
        if kinds[i] is ParagraphKind.RELATED:
            open_list = open_list or _opens_list(lines, i)
        elif kinds[i] is ParagraphKind.BODY and not open_list and _begins_as_heading(lines, i):
            kinds[i], open_list = ParagraphKind.RELATED, True
        elif kinds[i] is ParagraphKind.BODY and open_list:
            if line.is_link_like:
                kinds[i] = ParagraphKind.RELATED
            else:
                open_list = False


def _begins_as_heading(lines: list[_Line], i: int) -> bool:
    """Say whether a few words such as “More football news” stand before a headline."""
    line, following = lines[i], lines[i + 1 : i + 2]
    if not (following and following[0].is_link_like and line.is_link_like) or len(line.text) > HEADING_LONGEST:
        return False
    return line.text.count(" ") <= 4 and any(True for _ in all_phrases().starting(_plain(line.text), "related_heading"))


def _opens_list(lines: list[_Line], i: int) -> bool:
    """Say whether a heading of links stands at `i`; one word alone (“Video”) needs two headlines after it."""
    text = lines[i].text
    if text.endswith(":"):
        return True
    if not _is_heading(_plain(text)):
        return False
    return " " in text or all(line.is_link_like for line in lines[i + 1 : i + 3])


def _find_title(lines: list[_Line], kinds: list[ParagraphKind]) -> None:
    """Take the first headline for the title, where what stood first turned out to be the site's."""
    for i, line in enumerate(lines):
        if kinds[i] is ParagraphKind.TITLE:
            return
        if kinds[i] is ParagraphKind.BODY:
            if i and line.is_link_like and line.is_phrase and not line.is_body_like:
                kinds[i] = ParagraphKind.TITLE
            return


def _read_head(lines: list[_Line], kinds: list[ParagraphKind]) -> None:
    """Find the author's name, or life, between the title and the text."""
    first = next((i for i, line in enumerate(lines) if kinds[i] is ParagraphKind.BODY and line.is_body_like), 0)
    titles = [i for i in range(first) if kinds[i] is ParagraphKind.TITLE]
    for i in range(titles[0] + 1 if titles else first, first):
        if kinds[i] is ParagraphKind.BODY and _is_signature(lines[i].text):
            kinds[i] = ParagraphKind.BYLINE


def _read_tail(lines: list[_Line], kinds: list[ParagraphKind], main: str) -> None:
    """Judge the last paragraphs: an author's life, a name alone, headlines, lines in another language."""
    after: ParagraphKind | None = None
    passed = 0  # short lines that nothing speaks against, and what stands above them may still be the site's
    for i in range(len(lines) - 1, 0, -1):
        if kinds[i] is ParagraphKind.BODY:
            before = [line.text for line, kind in zip(lines[:i], kinds, strict=False) if kind is ParagraphKind.BODY]
            kind = None if passed else _tail_kind(lines[i])
            code = lines[i].language or main
            if kind is None and _is_life(lines[i].text, code, after if not passed else None, before):
                kind = ParagraphKind.NOTICE
            passed += kind is None
            if kind is None and (passed > SHORT_IN_A_TAIL or len(lines[i].text) > LINK_LONGEST // 2):
                break
            kinds[i] = kind or kinds[i]
        after = kinds[i]
    last = max((i for i, kind in enumerate(kinds) if kind in (ParagraphKind.BODY, ParagraphKind.TITLE)), default=-1)
    first = last
    while first > 0 and kinds[first] is ParagraphKind.BODY and lines[first].is_link_like and lines[first].is_phrase:
        first -= 1
    tail = lines[first + 1 : last + 1]
    if first > 0 and (
        (lines[first].is_body_like and len(tail) >= LINKS_IN_A_TAIL)
        or ((lines[first].is_body_like or kinds[first] is ParagraphKind.RELATED) and _are_headlines(tail, main))
    ):
        kinds[first + 1 : last + 1] = [ParagraphKind.RELATED] * len(tail)


def _are_headlines(lines: list[_Line], main: str) -> bool:
    """Say whether lines too few to be links by their number are headlines all the same, and not a list or a speech."""
    return all(
        line.text[-1] not in "!?…"
        and not _LIST_ITEM.match(line.text)
        and line.text.count(",") <= 2
        and sum(map(str.isdigit, line.text)) <= len("2026")
        and len(line.text) <= LINK_LONGEST * 2 // 3
        and not _UNCLOSED.search(_QUOTED.sub("", line.text))
        and not _reports(_QUOTED.sub(" ", _plain(line.text)), line.language or main)
        for line in lines
    )


def _tail_kind(line: _Line) -> ParagraphKind | None:
    """Return the kind of a paragraph with nothing of the article's own after it, None for the article's own."""
    if len(line.text) > NOTICE_LONGEST // 2:
        return None
    words = line.text.split()
    if len(words) == 1 and line.text.isupper() and len(line.text) <= len("ADNKRONOS"):
        return ParagraphKind.BYLINE  # a news agency
    if line.language is not None:
        return ParagraphKind.RELATED if line.is_link_like and not line.is_body_like else ParagraphKind.NOTICE
    return ParagraphKind.BYLINE if _is_signature(line.text) and not line.text.isupper() else None


def _is_life(text: str, code: str, after: ParagraphKind | None, before: Sequence[str]) -> bool:
    """Say whether a last paragraph tells who wrote the article: somebody of whom the article itself doesn't speak.

    `before` are the paragraphs of the article's own above it.
    """
    text = text.strip("\"'„“”«»")  # some sites quote it
    plain = _plain(text)
    lives = list(all_phrases().inside(plain, "bio"))
    if not lives or any(len(quote[0].split()) > 3 for quote in _QUOTED.finditer(text)):
        return False
    sentences = [part for part in re.split(r"[.!?]+\s*", text) if part.strip()]
    curt = len(sentences) >= 3 and all(len(part.split()) <= 9 for part in sentences)
    if curt or (len(lives) >= 2 and after is ParagraphKind.RELATED):
        return True
    name = _FULL_NAME.match(text)
    if name is None or not name["surname"][0].isupper() or any(name["surname"] in each for each in before):
        return False
    for _, phrase in lives:
        plain = plain.replace(phrase, " " * len(phrase))  # he writes, she reports
    said = [at for at, _ in verbs_of(code).inside(plain, "verbs") if not text[at : at + 1].isupper()]  # The Echo
    return not said and not any(True for _ in all_phrases().inside(_plain(name[0]), "bio"))


def _shown(text: str) -> str:
    """Return a line without the bullets, arrows and pictures before its first word."""
    return text[_LEADING.match(text).end() :]  # type: ignore[union-attr]


def _plain(text: str) -> str:
    """Return a line for comparing: folded, without leading marks, without accents."""
    return without_accents(fold(_shown(text)))
