"""Which pairs of written names become one person: a table over many languages, scripts and ways to shorten a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.analysis.display import Figures
from reader.analysis.given import GivenNames
from reader.analysis.grammar import sexes_clash
from reader.analysis.identities import Names, link
from reader.analysis.results import Mention
from reader.text.errors import ResourceError
from reader.text.span import Span

NOBODY = Figures([])
PRECISION, RECALL = 0.98, 0.98


def pairs():
    """Yield whether two names are one person's, and the names with their languages."""
    for line in (Path(__file__).parent / "name_pairs.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            one, other = (part.split(maxsplit=1) for part in line[1:].split("|"))
            yield line[0] == "=", one, other


def said(one, other):
    """Say whether the reader makes two names one person."""
    articles = [Names(code, (Mention(Span(0, len(text)), text, "", 1.0),)) for code, text in (one, other)]
    first, second = link(articles, figures=NOBODY).articles
    return first[0].person == second[0].person


def test_names_of_one_person_are_told_from_names_of_two():
    counts = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    wrong = []
    for true, one, other in pairs():
        found = said(one, other)
        counts[true, found] += 1
        if true != found:
            wrong.append((true, one, other))
    assert sum(counts.values()) >= 300
    assert counts[True, True] / (counts[True, True] + counts[False, True]) >= PRECISION, wrong
    assert counts[True, True] / (counts[True, True] + counts[True, False]) >= RECALL, wrong


@pytest.mark.parametrize(
    ("one", "other", "gendered", "clash"),
    [
        ("заплітний", "заплітна", (False, False), True),
        ("левицький", "левицької", (False, False), True),
        ("волков", "волкова", (False, False), False),  # the second may be a case form of the first
        ("волков", "волковой", (False, False), True),
        ("николов", "николова", (True, True), True),
        ("николов", "волкова", (True, False), False),
        ("borowski", "borowskiej", (False, False), True),
        ("rutka", "rutki", (False, False), False),
    ],
)
def test_surnames_of_man_and_woman_are_told_by_their_endings(one, other, gendered, clash):
    assert sexes_clash(one, other, gendered=gendered) is clash


def test_short_forms_and_spellings_of_a_given_name_are_one_group():
    names = GivenNames.load()
    assert names.groups(["саша"]) & names.groups(["aleksandr"])
    assert not names.groups(["марія"]) & names.groups(["mario"])


def test_given_names_of_a_language_say_whose_they_are():
    assert GivenNames.load().known("pl", ["stanisława", "stanisław", "krowa"]) == {"stanisława": "f", "stanisław": "m"}


def test_a_damaged_table_of_given_names_is_said(tmp_path):
    path = tmp_path / "given_names.tsv"
    path.write_text("m\tru\n", "utf-8")
    with pytest.raises(ResourceError, match=r"given_names\.tsv"):
        GivenNames.load(path)
