"""Tell speech from terms: titles, names, scare quotes and fragments of three words or fewer are terms."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.analysis.cues import Role, split_words
from reader.analysis.results import Quote, QuoteKind

if TYPE_CHECKING:
    from reader.analysis.cues import PhraseBook
    from reader.text.span import Span

_SHORT = 3  # words
_VERB_WITHIN = 6  # words between a closing mark and its reporting verb
_REACH = 160  # characters in which that verb is looked for
_LONG = 400  # characters after which no quote is a fragment, and before it that still tell of it
_ENDS = re.compile(r"[.!?…](?!\w)|[。！？؟]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese, which put no space between words."""
_LETTERS_A_WORD = 2  # about, where words aren't told apart
_CLAUSE_END = re.compile(r"[.!?…](?=\s)|[\"„“«\n;]")
_SENTENCE_END = re.compile(r"[.!?…]['\"”»“)]?\s+(?=[^\w\s]*[^\W\d_a-zà-öø-ÿа-яёіїєґăâîșțąćęłńóśźż])")
_NO_SUBJECT_AFTER = (".", "!", "?", ";", ":", ")", "")


class KindTeller:
    """Tells the kinds of the quotes in one paragraph; its words are read once."""

    def __init__(self, text: str, paragraph: Span, book: PhraseBook) -> None:
        self._text = text
        self._paragraph = paragraph
        words = self._words = split_words(text, paragraph.start, paragraph.end)
        self._heads = book.titled
        self._word_starts = [word.start for word in words]
        self._reports = [
            words[phrase.first].start for phrase in book.all_in(words) if phrase.roles & (Role.VERB | Role.ACCORDING)
        ]
        self._sentences = [match.end() for match in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end)]

    def tell(self, quote: Quote) -> Quote:
        """Return the quote with its kind and, in `evidence`, what decided it."""
        kind, why = self._decide(quote)
        return replace(quote, kind=kind, evidence=why)

    def _decide(self, quote: Quote) -> tuple[QuoteKind, str]:
        if len(quote.span) > _LONG:
            return QuoteKind.SPEECH, "more than three words"
        content = quote.span.of(self._text)
        count = sum(any(map(str.isalnum, word)) for word in content.split())
        count = max(count, len(_UNSPACED.findall(content)) // _LETTERS_A_WORD)
        start = max(self._sentence_start(quote.outer.start), quote.outer.start - _LONG)
        lead = self._text[start : quote.outer.start].strip(" \t\u00a0—–-(")
        introduced = lead.endswith((":", "："))
        first = next(c for c in content if c.isalnum())
        capital = first.isalpha() and not first.islower()  # letters of a script without capitals may begin too
        ended = bool(_ENDS.search(content))
        before, after = self._reported_before(start, quote.outer.start), self._reported_after(quote.outer.end)
        if not introduced and capital and self._titled(start, quote.outer.start):
            return QuoteKind.TERM, "named by the word before it"
        if count <= _SHORT:
            if self._goes_on(quote.outer.end):
                return QuoteKind.TERM, "part of its sentence"
            utterance = capital and (introduced or not lead or before) and (introduced or ended or after)
            return (QuoteKind.SPEECH, "a short utterance") if utterance else (QuoteKind.TERM, "three words or fewer")
        if introduced or before or after or ended or not lead:
            return QuoteKind.SPEECH, "an utterance"
        if quote.parent is None and first.isupper() and lead[-1].isalpha():
            return QuoteKind.TERM, "a title or a name"
        return QuoteKind.SPEECH, "more than three words"

    def _sentence_start(self, position: int) -> int:
        index = bisect_right(self._sentences, position)
        return self._sentences[index - 1] if index else min(self._paragraph.start, position)

    def _titled(self, start: int, position: int) -> bool:
        """Say whether one of the two words before is one that a title or a name stands after."""
        after = bisect_left(self._word_starts, position)
        near = [word for word in self._words[max(0, after - 2) : after] if word.start >= start]
        if not near or self._text[near[-1].end : position].strip(" ,("):
            return False
        return any(word.folded in self._heads for word in near)

    def _goes_on(self, position: int) -> bool:
        """Say whether the sentence runs on after a quote without a pause, and without a reporting verb."""
        word = bisect_left(self._word_starts, position)
        if word == len(self._words) or self._text[position : self._words[word].start].strip():
            return False
        verb = bisect_left(self._reports, position)
        reported = verb < len(self._reports) and self._reports[verb] in self._word_starts[word : word + 2]
        return not self._words[word].capital and not reported

    def _reported_before(self, start: int, end: int) -> bool:
        return bisect_left(self._reports, start) < bisect_left(self._reports, end)

    def _reported_after(self, position: int) -> bool:
        """Say whether a reporting verb follows the quote at once, in the same sentence."""
        following = self._text[position : position + 3].lstrip()[:1]
        index = bisect_left(self._reports, position)
        if following in _NO_SUBJECT_AFTER or index == len(self._reports):
            return False
        verb = self._reports[index]
        between = bisect_left(self._word_starts, verb) - bisect_left(self._word_starts, position)
        if verb - position > _REACH or between > _VERB_WITHIN:
            return False
        return not _CLAUSE_END.search(self._text, position, verb)
