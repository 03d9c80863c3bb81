"""What the reader knows about each language: words and phrases, one TOML file a language, read once.

Adding a language adds a file to `resources/languages/`; `default.toml` serves every language without one.
All words are lower case, in the spelling that `fold` gives.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from reader.resources import resources_dir
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]
Table = TypeVar("Table")

DEFAULT_CODE = "default"
MONTHS = 12

# Characters that news sites write in several ways, each to the one the language files use.
_SAME = (("ş", "ș"), ("ţ", "ț"), ("’", "'"), ("ʼ", "'"), ("\u00a0", " "), ("\u202f", " "))

# The lines of a file as all are laid out: a table's head, or a key and text, a truth or a list over several lines.
_LINES = re.compile(r"\s*(?:\[(?P<table>[a-z_]+)\]|(?P<key>[a-z_]+) = (?P<value>\[\n(?:  .*\n)*\]|.+))[ ]*(?=\n|\Z)")
_LAST_COMMA = re.compile(r",(?=\n\s*\])")  # a text never holds a line's end
_NOTICES = re.compile(r"^\[notices\]$.*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class QuoteMarks:
    """Pairs of an opening and a closing mark, most usual first, and whether a dash at a line's start opens speech.

    `titled` are the words that a title or a name in quotes stands after: film, newspaper, company.
    """

    pairs: Words = ()
    dialogue_dash: bool = False
    titled: Words = ()


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """What tells a full stop that ends a sentence from one that doesn't; words without their last full stop.

    After `abbreviations` no sentence ends before a capital; after `before_number` none ends before a digit;
    `may_end` are abbreviations that often do end a sentence (etc., p.m.). `ordinals` says that "3." is "third".
    """

    abbreviations: Words = ()
    before_number: Words = ()
    may_end: Words = ()
    starters: Words = ()
    ordinals: bool = False


@dataclass(frozen=True, slots=True)
class NoticePhrases:
    """Phrases of paragraphs that are no news; `months` are twelve lists of names, January first.

    `related` opens a paragraph that announces or is a link; `related_heading` is a whole line. `notice` says on its
    own that a paragraph is a notice, `promo` together with another phrase or with `reader`, words that address
    the reader; `whole` does where it is all of a line (print, 12 comments). `byline` opens a line and is followed
    by names; `bio` is usual in what is said of an author.
    """

    related: Words = ()
    related_heading: Words = ()
    notice: Words = ()
    whole: Words = ()
    byline: Words = ()
    promo: Words = ()
    bio: Words = ()
    reader: Words = ()
    months: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """Words that show who speaks: reporting verbs in every finite form of news, and who can't be a person.

    The name after one of the `prepositions` is nobody's subject (determiners of the genitive stand with them);
    `adverbs` may stand between verb and subject; `stops` begin another clause (that, who, but). A noun after one
    of the `definite` articles is somebody named before, after an `indefinite` one nobody named. `plural` marks a verb
    that several people share. In these three a word that begins with "-" is an ending. `leaders` are roles that
    fit whoever leads anything; `genitive` are the prepositions that go on with a role ("head of NATO"),
    `relatives` the words whose clause tells of the name before them (who). `feminine` and `masculine` are words
    (pronouns, articles, titles, given names) that tell a woman from a man; one that begins with "-" is a verb's ending.
    `first_person` are the words and verbs' endings with which somebody quotes themself ("I said: …").
    A sentence that begins with one of `thus` tells who spoke the quote before it ("with these words X …"); `answers`
    before a colon are words of whoever was asked.
    `capital_nouns` says that every noun has a capital, so that a capital tells of no institution.
    """

    verbs: Words = ()
    according: Words = ()
    pronouns: Words = ()
    same_source: Words = ()
    unnamed: Words = ()
    organisations: Words = ()
    prepositions: Words = ()
    adverbs: Words = ()
    stops: Words = ()
    definite: Words = ()
    indefinite: Words = ()
    plural: Words = ()
    leaders: Words = ()
    genitive: Words = ()
    relatives: Words = ()
    feminine: Words = ()
    masculine: Words = ()
    first_person: Words = ()
    thus: Words = ()
    answers: Words = ()
    capital_nouns: bool = False


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words around names. `case_endings` are the endings a name may take, longest first.

    `nominative` are rules such as "ським>ський": the ending of a case form, and that of its nominative. Right after
    one of the `determiners` no name stands alone (my, every, in the); articles that may stand before one are not
    among them. `joints` stand between the two surnames of one person (Ortega y Gasset).
    """

    titles: Words = ()
    particles: Words = ()
    articles: Words = ()
    not_people: Words = ()
    case_endings: Words = ()
    given_names: Words = ()
    nominative: Words = ()
    determiners: Words = ()
    joints: Words = ()


@dataclass(frozen=True, slots=True)
class Language:
    """One language's file. `code` is ISO 639-1, "default" for the file that serves all others.

    `common` are the words that most sentences hold one of: they tell the language.
    """

    code: str
    name: str
    scripts: Words = ()
    common: Words = ()
    quotes: QuoteMarks = QuoteMarks()
    sentences: SentenceWords = SentenceWords()
    notices: NoticePhrases = NoticePhrases()
    speech: SpeechWords = SpeechWords()
    names: NameWords = NameWords()


def fold(text: str) -> str:
    """Return `text` in lower case and in the files' spelling, code point for code point (the length stays)."""
    text = text.replace("İ", "i").lower().replace("`", "'")  # İ is the only letter that grows in lower case
    if not text.isascii():
        for mark, same in _SAME:
            text = text.replace(mark, same)
    return text


@cache
def known_languages() -> tuple[str, ...]:
    """Return the codes that have a file of their own, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml") if path.stem != DEFAULT_CODE))


@cache
def load_language(code: str) -> Language:
    """Return the language of an ISO 639-1 code; one without a file gets `default.toml`.

    Raises `ResourceError` that names file and key where a language file is damaged.
    """
    return read_language(_folder() / f"{code if code in known_languages() else DEFAULT_CODE}.toml")


@cache
def load_notices(code: str) -> NoticePhrases:
    """Return the notices of a language with a file, reading no more of it: all languages' together are often asked.

    Raises `ResourceError` as `load_language` does.
    """
    path = _folder() / f"{code}.toml"
    try:
        table = _NOTICES.search(path.read_text("utf-8"))
        tables = _tables(table[0]) if table else {}
    except (OSError, ValueError):
        return load_language(code).notices  # says what is wrong, unless the file is merely laid out in another way
    return _read_table(path, "notices", tables, NoticePhrases)


@cache
def load_common(code: str) -> tuple[Words, frozenset[str]]:
    """Return the scripts and the common words of a language with a file, reading no more of it, as `load_notices`."""
    path = _folder() / f"{code}.toml"
    try:
        tables = _tables(path.read_text("utf-8").partition("\n[")[0])
    except (OSError, ValueError):
        language = load_language(code)
        return language.scripts, frozenset(language.common)
    scripts = _words(path, "scripts", tables.get("scripts", []), folded=False)
    return scripts, frozenset(_words(path, "common", tables.get("common", [])))


def read_language(path: Path) -> Language:
    """Read and check one language file; raises `ResourceError` that names the file and the key."""
    try:
        tables = _tables(path.read_text("utf-8"))
    except (OSError, ValueError) as exc:
        raise ResourceError(
            f"The language file {path.name} can't be read ({exc}): install the reader again.", path
        ) from exc
    known = {field.name for field in fields(Language)}
    for key in ("code", "name"):
        if not isinstance(tables.get(key), str):
            raise _wrong(path, key, "must be text")
    for key in tables.keys() - known:
        raise _wrong(path, key, "is unknown")
    return Language(
        code=tables["code"],
        name=tables["name"],
        scripts=_words(path, "scripts", tables.get("scripts", []), folded=False),
        common=_words(path, "common", tables.get("common", [])),
        quotes=_read_table(path, "quotes", tables, QuoteMarks),
        sentences=_read_table(path, "sentences", tables, SentenceWords),
        notices=_read_table(path, "notices", tables, NoticePhrases),
        speech=_read_table(path, "speech", tables, SpeechWords),
        names=_read_table(path, "names", tables, NameWords),
    )


def _tables(text: str) -> dict[str, Any]:
    """Return the tables of a TOML text; raises `ValueError` as `tomllib` does.

    Its lists are JSON but for the last comma, and read as such in a tenth of the time: a start takes that
    long. Whatever isn't laid out like the files we ship is left to `tomllib`, errors too.
    """
    tables: dict[str, Any] = {}
    here, at = tables, 0
    try:
        while found := _LINES.match(text, at):
            at = found.end()
            into, name = (tables, found["table"]) if found["table"] else (here, found["key"])
            if name in into or found["value"] == "null":
                raise ValueError(name)
            into[name] = {} if found["table"] else json.loads(_LAST_COMMA.sub("", found["value"]))
            here = into[name] if found["table"] else here
        if not text[at:].strip():
            return tables
    except ValueError:
        pass
    import tomllib

    return tomllib.loads(text)


def _folder() -> Path:
    return resources_dir() / "languages"


def _read_table(path: Path, name: str, tables: dict[str, Any], kind: type[Table]) -> Table:
    """Build one table's value; keys that are missing keep their default."""
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise _wrong(path, name, "must be a table")
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in table.items():
        where = f"{name}.{key}"
        if key not in known:
            raise _wrong(path, where, "is unknown")
        if isinstance(known[key].default, bool):
            if not isinstance(value, bool):
                raise _wrong(path, where, "must be true or false")
            values[key] = value
        elif key == "months":
            if not isinstance(value, list) or len(value) != MONTHS:
                raise _wrong(path, where, "must hold twelve lists of names")
            values[key] = tuple(_words(path, where, month) for month in value)
        else:
            values[key] = _words(path, where, value, folded=key != "pairs")
            if key == "pairs" and any(len(pair) != len("()") for pair in values[key]):
                raise _wrong(path, where, "must hold pairs of an opening and a closing mark")
    return kind(**values)


def _words(path: Path, where: str, value: object, *, folded: bool = True) -> Words:
    """Check a list of words; return them in the order given, each once."""
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise _wrong(path, where, "must be a list of words")
    if not folded:
        return tuple(dict.fromkeys(value))
    words = fold("\n".join(value)).split("\n")  # all at once: there are twenty thousand
    return tuple(dict.fromkeys(words if len(words) == len(value) else map(fold, value)))


def _wrong(path: Path, key: str, why: str) -> ResourceError:
    return ResourceError(f"The language file {path.name} has an error: “{key}” {why}. Install the reader again.", path)
