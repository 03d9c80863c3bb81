"""Search a library folder: articles with the places that match, best first."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import Levenshtein

from reader.analysis.phonetic import distance, romanise, sound
from reader.analysis.romanise import is_latin
from reader.library.linking import NOBODY
from reader.library.query import Query, Term, parse
from reader.library.tokens import Wording, bones_of, folded, tokens
from reader.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from reader.library.index import Index

ORIGINAL, TRANSLATION, NOTE = "original", "translation", "note"
ARTICLES = 20
"""Articles that a search returns."""
PLACES = 6
"""Places of one article that are returned; all are counted."""
_RANKED = 2000  # articles that are put in order by how well they match
_AROUND = 60  # code points of a snippet on either side of what was found
_MOST_WAYS = 24  # ways of spelling a phrase that are looked for
_UNLIKE = 0.12  # how far a spelling may be, for each sound, to be the same name
_CASE_ENDING = 3  # letters by which a name in another alphabet may be longer


@dataclass(frozen=True, slots=True)
class Place:
    """A place that matches: `span` in the article, where it was found, and what stands around, the match marked.

    In a translation the span is that of the sentence, for a note that of its passage.
    """

    span: Span
    found_in: str
    snippet: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches, with its first places and the number of all."""

    path: Path
    title: str
    date: str | None
    language: str | None
    places: tuple[Place, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """The articles found, best first, and how many there are in all; `ways` are the spellings that were looked for."""

    hits: tuple[Hit, ...] = ()
    articles: int = 0
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One way to match: words one behind the other, the last of which may go on."""

    words: tuple[str, ...]
    prefix: bool = False


def search(index: Index, line: str, *, articles: int = ARTICLES, places: int = PLACES) -> Found:
    """Find what a search line asks for; raises `LibraryError` where it can't be understood."""
    query = parse(line)
    if query.empty:
        return Found()
    ways = [spelled(index, term) for term in query.terms]
    ids, total = find_articles(index, query, ways, articles)
    wanted = [way for term, each in zip(query.terms, ways, strict=True) if not term.without for way in each]
    meant = _Meant() if wanted else _Meant(tuple(persons_named(index, words) for words in query.persons), query.tags)
    hits = tuple(hit for id in ids if (hit := _hit(index, id, meant, wanted, places)) is not None)
    typed = {" ".join(term.words) for term in query.terms}
    others = dict.fromkeys(" ".join(way.words) for way in wanted)
    return Found(hits, total, tuple(way for way in others if way not in typed))


def spelled(index: Index, term: Term) -> list[Match]:
    """Return the ways in which a term may be spelled: as typed, and as other alphabets have the names in it."""
    typed = Match(term.words, term.prefix)
    if term.prefix:
        return [typed]
    each = [(word, *_other_spellings(index, word)) for word in term.words]
    return [Match(words) for words, _ in zip(product(*each), range(_MOST_WAYS), strict=False)]


def _other_spellings(index: Index, word: str) -> list[str]:
    """Return the words of names in the library that sound like this one."""
    found: set[str] = set()
    latin = is_latin(word)
    for bones in bones_of(sound(romanise(word))):
        if len(bones) < 2:
            continue
        # a case form in another alphabet may have more sounds than the name, on either side
        query = "SELECT bones, word FROM names WHERE bones >= ? AND bones < ? AND length(bones) <= ?"
        rows = index.rows(query, (bones, bones + "\uffff", len(bones) + 2))
        found |= {other for known, other in rows if known == bones or not is_latin(other)}
        if not latin:
            stems = [bones[:length] for length in range(max(3, len(bones) - 2), len(bones))]
            rows = index.rows(f"SELECT bones, word FROM names WHERE bones IN ({','.join('?' * len(stems))})", stems)
            found |= {other for _, other in rows}
    return sorted(other for other in found if other != word and sounds_alike(word, other))


@lru_cache(maxsize=1 << 14)
def sounds_alike(one: str, other: str) -> bool:
    """Say whether two folded words are spellings of one name, in two alphabets or in one; case endings apart."""
    a, b = sound(romanise(one)), sound(romanise(other))
    if min(len(a), len(b)) < 3:
        return a == b
    same_script = is_latin(one) == is_latin(other)
    if not (is_latin(one) and is_latin(other)):
        if not is_latin(other) and 0 < len(b) - len(a) <= _CASE_ENDING:
            b = b[: len(a)] if len(a) > 3 else b
        elif not is_latin(one) and 0 < len(a) - len(b) <= _CASE_ENDING:
            a = a[: len(b)] if len(b) > 3 else a
    if Levenshtein.distance(a, b, score_cutoff=3) > 3:
        return False
    limit = _UNLIKE * max(len(a), len(b))
    return distance(a, b, limit + 0.01, strict=same_script) <= limit


# -- which articles ----------------------------------------------------------------------------------------------


def find_articles(index: Index, query: Query, ways: Sequence[Sequence[Match]], most: int) -> tuple[list[int], int]:
    """Return the ids of the best articles, and how many there are."""
    conditions, parameters = conditions_of(index, query)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    match = match_of(query.terms, ways)
    allowed = None
    if conditions or not match:
        rows = index.rows(f"SELECT a.id FROM articles AS a {where} ORDER BY a.date DESC, a.id", parameters)
        allowed = [id for (id,) in rows]
        if not match:
            return (allowed if most < 0 else allowed[:most]), len(allowed)
    found = {id for (id,) in index.rows("SELECT rowid FROM words WHERE words MATCH ?", (match,))}
    if allowed is not None:
        found.intersection_update(allowed)
    if len(found) <= _RANKED:
        ranked = index.rows("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank", (match,)) if found else ()
        best = (id for (id,) in ranked if id in found)
    else:  # of so many, which has the word more often says little: the newest come first
        newest = allowed or _newest(index)
        best = (id for id in newest if id in found)
    return list(islice(best, most if most >= 0 else None)), len(found)


def _newest(index: Index) -> Iterator[int]:
    """Yield the articles, the newest first; who wants a few of them need not wait for all."""
    query, start = "SELECT id FROM articles ORDER BY date DESC, id LIMIT ? OFFSET ?", 0
    while rows := index.rows(query, (_RANKED, start)):
        yield from (id for (id,) in rows)
        start += _RANKED


def match_of(terms: Sequence[Term], ways: Sequence[Sequence[Match]]) -> str:
    """Return the full-text query; folded words hold nothing that it could take for its own signs."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for term, each in zip(terms, ways, strict=True):
        alternatives = " OR ".join(map(_full_text, each))
        (unwanted if term.without else wanted).append(f"({alternatives})")
    if not wanted:
        return ""
    asked = " AND ".join(wanted)
    return f"({asked}) NOT ({' OR '.join(unwanted)})" if unwanted else asked


def _full_text(way: Match) -> str:
    return f'"{" ".join(way.words)}"{"*" * way.prefix}'


def conditions_of(index: Index, query: Query) -> tuple[list[str], tuple[Any, ...]]:
    """Return what the filters ask of an article `a`, with the parameters."""
    conditions: list[str] = []
    parameters: list[Any] = []
    for words in query.persons:
        ids = persons_named(index, words)
        marks = ",".join("?" * len(ids))
        conditions.append(f"a.id IN (SELECT article FROM appearances WHERE person IN ({marks}))")
        parameters += ids
    for tag in query.tags:
        conditions.append("a.id IN (SELECT article FROM tags WHERE tag = ?)")
        parameters.append(tag)
    if query.languages:
        conditions.append(f"a.language IN ({','.join('?' * len(query.languages))})")
        parameters += query.languages
    for day, sign in ((query.since, ">="), (query.until, "<=")):
        if day is not None:
            conditions.append(f"a.date {sign} ?")
            parameters.append(day)
    only_without = [term for term in query.terms if term.without]
    if only_without and len(only_without) == len(query.terms):
        match = " OR ".join(_full_text(way) for term in only_without for way in spelled(index, term))
        conditions.append("a.id NOT IN (SELECT rowid FROM words WHERE words MATCH ?)")
        parameters.append(match)
    if query.without is not None:
        inner, values = conditions_of(index, query.without)
        conditions.append(f"NOT ({' AND '.join(inner)})")
        parameters += values
    return conditions, tuple(parameters)


def persons_named(index: Index, words: Sequence[str]) -> list[int]:
    """Return the persons who have a spelling, or the display name, in which all these words occur."""
    found: set[int] | None = None
    for word in words:
        likes = [f"%{each}%" for each in (word, *_other_spellings(index, word))]
        either = " OR ".join(["line LIKE ?"] * len(likes))
        rows = index.rows(f"SELECT DISTINCT person FROM spellings WHERE {either}", likes)
        here = {person for (person,) in rows}
        here |= {id for id, name in index.rows("SELECT id, name FROM people") if word in _words_of(name)}
        found = here if found is None else found & here
    return sorted((found or set()) - {NOBODY})


@lru_cache(maxsize=1 << 14)
def _words_of(name: str) -> frozenset[str]:
    return frozenset(word for word, _ in tokens(name))


# -- which places ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Meant:
    """Whose mentions and which tags are the places of a search without words: persons by number."""

    persons: tuple[Sequence[int], ...] = ()
    tags: tuple[str, ...] = ()


def _hit(index: Index, id: int, meant: _Meant, ways: Sequence[Match], most: int) -> Hit | None:
    query_text = (
        "SELECT a.path, a.title, a.date, a.language, t.original, t.translation, t.sentences, t.notes, t.note_places"
        " FROM articles AS a JOIN texts AS t USING (id) WHERE a.id = ?"
    )
    rows = index.rows(query_text, (id,))
    if not rows:  # it was changed since it was found
        return None
    path, title, date, language, text, translation, sentences, notes, note_places = rows[0]
    found = [Place(span, ORIGINAL, "", (span,)) for span in occurrences(text, ways)] if ways else []
    found += _filtered(index, id, meant)
    shown = [_with_snippet(place, text) for place in found[:most]]
    translated = [each for every in json.loads(sentences).values() for each in every]
    others = [
        *_within(translation, translated, ways, TRANSLATION),
        *_within(notes, json.loads(note_places), ways, NOTE),
    ]
    places = (*shown[: most - min(2, len(others))], *others) if len(shown) == most else (*shown, *others)
    count = len(found) + len(others)
    if not places:
        places = (Place(Span(0, 0), ORIGINAL, title),)
    return Hit(index.path(path), title, date, language, tuple(places[:most]), count)


def occurrences(text: str, ways: Sequence[Match]) -> list[Span]:
    """Return where some way of spelling stands in a text."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for way in ways:
        if not way.prefix:
            by_first.setdefault(way.words[0], []).append(way.words)
    prefixes = tuple(way.words[0] for way in ways if way.prefix)
    found = []
    wording = Wording(text)
    for form in wording.forms():
        word = folded(form)
        goes_on = bool(prefixes) and word.startswith(prefixes)
        if goes_on or word in by_first:
            for span in wording.places(form):
                if goes_on:
                    found.append(span)
                ends = (_end(wording, span, words) for words in by_first.get(word, ()))
                found += [Span(span.start, end) for end in ends if end]
    return sorted(set(found))


def _end(wording: Wording, first: Span, words: tuple[str, ...]) -> int | None:
    """Return where a phrase ends whose first word stands at a place, None where another word follows."""
    end = first.end
    following = wording.after(first.end)
    for wanted in words[1:]:
        word, span = next(following, ("", first))
        if word != wanted:
            return None
        end = span.end
    return end


def _within(text: str, spans: Iterable[Sequence[int]], ways: Sequence[Match], found_in: str) -> list[Place]:
    """Return the places found in lines of translation or notes, each with the span of the original it is about."""
    if not text or not ways:
        return []
    found: dict[tuple[int, int], Place] = {}
    hits = occurrences(text, ways)
    at = 0
    for start, end, length in spans:
        here = [span.shifted(-at) for span in hits if at <= span.start and span.end <= at + length]
        if here:
            line = text[at : at + length]
            found.setdefault((start, end), _cut(Place(Span(start, end), found_in, line, tuple(here))))
        at += length + 1
    return list(found.values())


def _filtered(index: Index, article: int, meant: _Meant) -> Iterable[Place]:
    """Return the places that filters alone mean: mentions of a person, passages with a tag."""
    for ids in meant.persons:
        marks = ",".join("?" * len(ids))
        rows = index.rows(
            "SELECT start, end FROM mentions JOIN appearances ON appearance = appearances.id"
            f" WHERE mentions.article = ? AND person IN ({marks}) ORDER BY start",
            (article, *ids),
        )
        yield from (Place(Span(start, end), ORIGINAL, "", (Span(start, end),)) for start, end in rows)
    for tag in meant.tags:
        rows = index.rows("SELECT start, end FROM tags WHERE article = ? AND tag = ? ORDER BY start", (article, tag))
        yield from (Place(Span(start, end), ORIGINAL, "", (Span(start, end),)) for start, end in rows)


def _with_snippet(place: Place, text: str) -> Place:
    """Show what stands around a place of the original, within its paragraph."""
    span = place.span
    start = text.rfind("\n", 0, span.start) + 1
    start += len(text[start : span.start]) - len(text[start : span.start].lstrip())
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    return _cut(replace(place, snippet=text[start:end], marks=tuple(mark.shifted(-start) for mark in place.marks)))


def _cut(place: Place) -> Place:
    """Cut the line of a place to a snippet around its first mark, at the words' ends."""
    line, first = place.snippet, place.marks[0]
    start, end = max(0, first.start - _AROUND), min(len(line), first.end + _AROUND)
    if start:
        start = line.find(" ", start, first.start) + 1 or start
    if end < len(line):
        space = line.rfind(" ", first.end, end)
        end = space if space > 0 else end
    head = "…" if start else ""
    marks = [mark for mark in place.marks if start <= mark.start and mark.end <= end]
    shifted = tuple(Span(mark.start - start + len(head), mark.end - start + len(head)) for mark in marks)
    return replace(place, snippet=f"{head}{line[start:end]}{'…' if end < len(line) else ''}", marks=shifted)
