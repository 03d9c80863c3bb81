"""Tell which mentions are the same person, across cases, scripts and articles.

Names with a given name or an initial are joined first, where surname and given name are alike; a surname alone
goes to the one person of that surname in the same article, else in the other articles, else in the table of
public figures. Where two persons share it, the one mentioned last in the article is meant. What the user says
always wins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reader.analysis.display import Figures, display_name
from reader.analysis.languages import load_language
from reader.analysis.names import Name, compare, parse, surname_alike, unlike
from reader.analysis.phonetic import plain, romanise, skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reader.analysis.languages import Language
    from reader.analysis.results import Mention


_MIDDLE = 0.2  # what it costs that a surname alone is the first of two: Peñalba, of Peñalba Ruiz


@dataclass(frozen=True, slots=True)
class Names:
    """The mentions of one article, with the article's language."""

    language: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A decision of the user's: these names are this person, or (`person` None or "") no person.

    `names` are spelled as in the texts, in any case form; `article` limits it to one article's mentions.
    """

    person: str | None
    names: tuple[str, ...]
    how: str = "manual"
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """One person: the display name, the spellings met (most used first), how many mentions, and why joined."""

    person: str
    names: tuple[str, ...]
    mentions: int
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """The articles' mentions with `person` filled in, in the order given, and the identities they name."""

    articles: tuple[tuple[Mention, ...], ...]
    identities: tuple[Identity, ...]


@dataclass(slots=True)
class Cluster:
    """Mentions held to be one person: name forms with their counts and languages, and the joins' reasons."""

    forms: Counter[tuple[str, str]] = field(default_factory=Counter)  # (text, language)
    names: list[Name] = field(default_factory=list)
    spots: list[tuple[int, int]] = field(default_factory=list)  # (article, mention)
    evidence: list[str] = field(default_factory=list)
    edited: str | None = None

    @property
    def has_given(self) -> bool:
        """Say whether some name of the person has a given name or an initial."""
        return any(name.given for name in self.names)

    def add(self, name: Name, language: str, spot: tuple[int, int]) -> None:
        """Count one more mention."""
        if not any(known.text == name.text for known in self.names):
            self.names.append(name)
        self.forms[name.text, language] += 1
        self.spots.append(spot)

    def absorb(self, other: Cluster, why: str) -> None:
        """Take over another cluster's mentions, for a reason shown to the user."""
        self.forms += other.forms
        known = {name.text for name in self.names}
        self.names += [name for name in other.names if name.text not in known]
        self.spots += other.spots
        self.evidence += [*other.evidence, why]
        self.edited = self.edited or other.edited


def link(
    articles: Sequence[Names],
    edits: Sequence[Edit] = (),
    *,
    language: Callable[[str], Language] = load_language,
    figures: Figures | None = None,
) -> Linked:
    """Join mentions to persons and name each; `edits` always win."""
    figures = figures or Figures.load()
    reader = _Reader(language)
    clusters: list[Cluster] = []
    for number, article in enumerate(articles):
        clusters += _within(article, number, reader)
    clusters = _across(clusters, figures)
    dropped = _apply(edits, clusters, articles)
    _name_all(clusters, figures, reader)
    return _result(articles, clusters, dropped)


class _Reader:
    """Reads names with their language's particles and case endings; remembers what it has read."""

    def __init__(self, language: Callable[[str], Language]) -> None:
        self.language = language
        self._known: dict[tuple[str, str], Name] = {}

    def name(self, text: str, code: str) -> Name:
        if (text, code) not in self._known:
            words = self.language(code).names
            endings = tuple(romanise(plain(ending)) for ending in words.case_endings)
            self._known[text, code] = parse(text, endings, frozenset(words.particles))
        return self._known[text, code]


def _within(article: Names, number: int, reader: _Reader) -> list[Cluster]:
    """Join the mentions of one article: full names first, then what stands alone."""
    names = [reader.name(mention.text, article.language) for mention in article.mentions]
    clusters: list[Cluster] = []
    of_mention: dict[int, Cluster] = {}
    for i, name in enumerate(names):
        if name.given is None:
            continue
        cluster = _best(clusters, name)
        if cluster is None:
            cluster = Cluster()
            clusters.append(cluster)
        elif not any(known.text == name.text for known in cluster.names):
            cluster.evidence.append(f"“{name.text}” and “{cluster.names[0].text}”: surname and given name alike")
        cluster.add(name, article.language, (number, i))
        of_mention[i] = cluster
    for i, name in enumerate(names):
        if name.given is None:
            before = [of_mention[j] for j in range(i - 1, -1, -1) if j in of_mention]
            cluster = _owner(name, clusters, before)
            if cluster is None:
                cluster = Cluster()
                clusters.append(cluster)
            elif not any(known.text == name.text for known in cluster.names):
                cluster.evidence.append(f"“{name.text}” alone, “{cluster.names[0].text}” in the same article")
            cluster.add(name, article.language, (number, i))
            of_mention[i] = cluster
    return clusters


def _best(clusters: Iterable[Cluster], name: Name) -> Cluster | None:
    """Return the cluster whose names are all compatible with a full name, the most alike one."""
    best: tuple[float, Cluster] | None = None
    for cluster in clusters:
        likeness = _alike(cluster, (name,))
        if likeness is not None and (best is None or likeness < best[0]):
            best = (likeness, cluster)
    return best[1] if best else None


def _alike(cluster: Cluster, names: Iterable[Name], *, parts: bool = True) -> float | None:
    """Return how unlike the nearest full names are; None where one conflicts or none can be compared."""
    best = None
    for known in cluster.names:
        for name in names:
            if known.given is None or name.given is None:
                continue
            likeness = compare(known, name, parts=parts)
            if likeness is None:
                return None
            best = likeness if best is None else min(best, likeness)
    return best


def _owner(name: Name, clusters: Sequence[Cluster], before: Sequence[Cluster]) -> Cluster | None:
    """Return whom a word alone means: by surname, else by given name; of equals, the one mentioned last."""
    for part in (_by_surname, _by_given):
        found = [(unlikeness, cluster) for cluster in clusters if (unlikeness := part(cluster, name)) < 1]
        if found:
            nearest = min(unlikeness for unlikeness, _ in found)
            equal = [cluster for unlikeness, cluster in found if unlikeness <= nearest + 0.16]
            return next((cluster for cluster in before if any(cluster is one for one in equal)), equal[0])
    return None


def _by_surname(cluster: Cluster, name: Name) -> float:
    last = min(surname_alike(known, name) for known in cluster.names)
    middle = [unlike(word, name.surname) + _MIDDLE for known in cluster.names for word in known.full[1:-1]]
    return min(last, *middle) if middle else last


def _by_given(cluster: Cluster, name: Name) -> float:
    return min(
        (unlike(known.given, name.surname) for known in cluster.names if known.given and not known.given.initial),
        default=9.0,
    )


def _across(clusters: list[Cluster], figures: Figures) -> list[Cluster]:
    """Join clusters of different articles, the most mentioned first."""
    blocks: dict[str, list[Cluster]] = defaultdict(list)
    joined: list[Cluster] = []

    def keep(cluster: Cluster) -> None:
        joined.append(cluster)
        for key in _blocks(cluster):
            blocks[key].append(cluster)

    def near(cluster: Cluster) -> list[Cluster]:
        seen: dict[int, Cluster] = {}
        for key in _blocks(cluster):
            seen |= {id(other): other for other in blocks[key]}
        return list(seen.values())

    alone = [cluster for cluster in clusters if not cluster.has_given]
    for cluster in sorted((c for c in clusters if c.has_given), key=lambda c: -len(c.spots)):
        best: tuple[float, Cluster] | None = None
        for other in near(cluster):
            likeness = _alike(other, cluster.names, parts=False)
            if likeness is not None and (best is None or likeness < best[0]):
                best = (likeness, other)
        figure = figures.of(cluster.names)
        if best is None and figure is not None:
            known = next((c for c in joined if figures.of(c.names) == figure), None)
            best = (0.0, known) if known is not None else None
        if best is None:
            keep(cluster)
            continue
        best[1].absorb(cluster, f"“{cluster.names[0].text}” and “{best[1].names[0].text}”: names alike")
        for key in _blocks(cluster):
            if best[1] not in blocks[key]:
                blocks[key].append(best[1])
    for cluster in sorted(alone, key=lambda c: -len(c.spots)):
        owner, why = _owner_across(cluster, near(cluster), joined, figures)
        if owner is None:
            keep(cluster)
        else:
            owner.absorb(cluster, why)
    return joined


def _owner_across(
    cluster: Cluster, near: list[Cluster], joined: list[Cluster], figures: Figures
) -> tuple[Cluster | None, str]:
    """Return the one person of other articles whom a surname alone can mean, and why."""
    name = cluster.names[0]
    found = [(unlikeness, other) for other in near if (unlikeness := _by_surname(other, name)) < 1]
    full = [(unlikeness, other) for unlikeness, other in found if other.has_given]
    figure = figures.of(cluster.names)
    if figure is not None:
        for other in joined:
            if figures.of(other.names) == figure:
                return other, f"“{name.text}”: known as {figure}"
    if full:
        full.sort(key=lambda pair: pair[0])
        if len(full) > 1 and full[1][0] - full[0][0] < 0.16:
            return None, ""
        return full[0][1], f"“{name.text}” alone, “{full[0][1].names[0].text}” in another article"
    if found:
        nearest = min(found, key=lambda pair: pair[0])[1]
        return nearest, f"“{name.text}” and “{nearest.names[0].text}” are spelled alike"
    return None, ""


def _blocks(cluster: Cluster) -> set[str]:
    """Return the keys under which clusters are compared: the first sounds of each full word."""
    keys = set()
    for name in cluster.names:
        for word in name.full or name.words:
            for heard in word.sounds[:1]:
                first = "a" if heard[:1] in "aeiouh" else skeleton(heard[:1].lower())
                keys.add("s" if first in ("s", "k") else first)
    return keys


def _apply(edits: Sequence[Edit], clusters: list[Cluster], articles: Sequence[Names]) -> set[tuple[int, int]]:
    """Carry out the user's decisions; return the mentions that are no persons.

    An edit takes the mentions that are spelled as it says; the other spellings of their person go along,
    unless another edit claims them or part of the person's mentions lie outside the edit's article.
    """
    claims: dict[tuple[int, int], str] = {}
    for edit in edits:
        wanted = {_spelling(name) for name in edit.names}
        for number, article in enumerate(articles):
            if edit.article is None or edit.article == number:
                for i, mention in enumerate(article.mentions):
                    if _spelling(mention.text) in wanted:
                        claims[number, i] = edit.person or ""
    if not claims:
        return set()
    dropped = {spot for spot, person in claims.items() if not person}
    split: dict[str, Cluster] = {}
    for cluster in list(clusters):
        said = {claims[spot] for spot in cluster.spots if spot in claims} - {""}
        scoped = {spot[0] for spot in cluster.spots if spot in claims}
        for spot in list(cluster.spots):
            person = claims.get(spot)
            if person is None and len(said) == 1 and spot[0] in scoped:
                person = next(iter(said))
            if person is None:
                continue
            cluster.spots.remove(spot)
            mention = articles[spot[0]].mentions[spot[1]]
            form = (mention.text, articles[spot[0]].language)
            cluster.forms[form] -= 1
            if person:
                new = split.setdefault(person, Cluster(edited=person, evidence=["joined by hand"]))
                name = next(known for known in cluster.names if known.text == mention.text)
                new.add(name, form[1], spot)
        cluster.forms = +cluster.forms
        left = {text for text, _ in cluster.forms}
        cluster.names = [name for name in cluster.names if name.text in left]
    clusters[:] = [cluster for cluster in clusters if cluster.spots] + list(split.values())
    return dropped


def _spelling(text: str) -> str:
    return " ".join(plain(text).casefold().split())


def _name_all(clusters: list[Cluster], figures: Figures, reader: _Reader) -> None:
    """Give every cluster a display name of its own, kept in `edited`."""
    taken = {cluster.edited for cluster in clusters if cluster.edited}
    for cluster in sorted(clusters, key=lambda c: min(c.spots)):
        if cluster.edited:
            continue
        name = figures.of(cluster.names) if not cluster.has_given else None
        name = name or display_name(cluster.forms, cluster.names, figures, reader.language)
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name} ({number})"
        taken.add(free)
        cluster.edited = free


def _result(articles: Sequence[Names], clusters: list[Cluster], dropped: set[tuple[int, int]]) -> Linked:
    """Write the persons into the mentions."""
    person = {spot: cluster.edited or "" for cluster in clusters for spot in cluster.spots}
    linked = tuple(
        tuple(
            replace(mention, person=person[number, i])
            for i, mention in enumerate(article.mentions)
            if (number, i) not in dropped
        )
        for number, article in enumerate(articles)
    )
    identities = tuple(
        Identity(
            cluster.edited or "",
            tuple(dict.fromkeys(text for (text, _), _ in cluster.forms.most_common())),
            len(cluster.spots),
            tuple(dict.fromkeys(cluster.evidence)),
        )
        for cluster in sorted(clusters, key=lambda c: (-len(c.spots), min(c.spots)))
    )
    return Linked(linked, identities)
