"""Tell which mentions are the same person, across cases, scripts and articles.

Names with a given name or an initial are joined first, where surname and given name are alike; a surname alone
goes to the one person of that surname in the same article, else in the other articles, else in the table of
public figures. Where two persons share it, the one mentioned last in the article is meant, or, where neither stands
there, the one who meets the same people elsewhere. What the user says always wins.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.analysis.display import Figures, display_name
from reader.analysis.languages import load_language
from reader.analysis.names import Name, compare, parse, surname_alike, unlike
from reader.analysis.phonetic import plain, romanise, skeleton
from reader.analysis.results import Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reader.analysis.languages import Language
    from reader.analysis.results import Mention


_EQUAL = 0.16  # surnames that differ by less than a case ending count as equal
_DECLINED = frozenset(("a>", "а>", "я>й", "я>ь"))  # rules of languages in which a man's name ends in -a in some case
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
            gendered = not any(rule in _DECLINED for rule in words.nominative)
            self._known[text, code] = parse(text, endings, frozenset(words.particles), gendered=gendered)
        return self._known[text, code]


def _within(article: Names, number: int, reader: _Reader) -> list[Cluster]:
    """Join the mentions of one article: full names first, then what stands alone."""
    names = [reader.name(mention.text, article.language) for mention in article.mentions]
    clusters: list[Cluster] = []
    near: dict[str, dict[int, Cluster]] = defaultdict(dict)  # by first sounds, then by id
    met: dict[int, list[int]] = defaultdict(list)  # by the cluster's id: its mentions, in order
    for i, name in enumerate(names):
        if name.given is None:
            continue
        keys = _keys(name)
        cluster = _best(dict(pair for key in keys for pair in near[key].items()).values(), name)
        if cluster is None:
            cluster = Cluster()
            clusters.append(cluster)
        elif not any(known.text == name.text for known in cluster.names):
            cluster.evidence.append(f"“{name.text}” and “{cluster.names[0].text}”: surname and given name alike")
        cluster.add(name, article.language, (number, i))
        met[id(cluster)].append(i)
        for key in keys:
            near[key][id(cluster)] = cluster
    for i, name in enumerate(names):
        if name.given is None:
            cluster = _owner(name, clusters, met, i)
            if cluster is None:
                cluster = Cluster()
                clusters.append(cluster)
            elif not any(known.text == name.text for known in cluster.names):
                cluster.evidence.append(f"“{name.text}” alone, “{cluster.names[0].text}” in the same article")
            cluster.add(name, article.language, (number, i))
            insort(met[id(cluster)], i)
    return clusters


def _last(mentions: Sequence[int], before: int) -> int:
    """Return the last of the mentions before one, -1 where there is none."""
    place = bisect_left(mentions, before)
    return mentions[place - 1] if place else -1


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


def _owner(name: Name, clusters: Sequence[Cluster], met: Mapping[int, Sequence[int]], place: int) -> Cluster | None:
    """Return whom a word alone at a place means: by surname, else by given name; of equals, the one mentioned last."""
    for part in (_by_surname, _by_given):
        found = [(unlikeness, cluster) for cluster in clusters if (unlikeness := part(cluster, name)) < 1]
        if found:
            nearest = min(unlikeness for unlikeness, _ in found)
            equal = [cluster for unlikeness, cluster in found if unlikeness <= nearest + _EQUAL]
            return max(equal, key=lambda cluster: _last(met.get(id(cluster), ()), place))
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
    """Join clusters of different articles, the most mentioned first; surnames alone after all full names."""
    register = _Register(figures)
    doubtful = []
    for cluster in sorted(clusters, key=lambda c: (not c.has_given, -len(c.spots))):
        found = register.full_name(cluster) if cluster.has_given else register.surname(cluster)
        if found is not None:
            register.join(found[0], cluster, found[1])
        elif not cluster.has_given and register.shared(cluster):
            doubtful.append(cluster)
        else:
            register.add(cluster)
    for cluster in doubtful:  # once it is known who else stands in which article
        owner = register.by_company(cluster)
        if owner is None:
            register.add(cluster)
        else:
            register.join(owner, cluster, f"“{cluster.names[0].text}” alone, in the company of other articles")
    return register.clusters


class _Register:
    """The persons met so far, found by the first sounds of their names."""

    def __init__(self, figures: Figures) -> None:
        self.clusters: list[Cluster] = []
        self._figures = figures
        self._by_key: dict[str, list[Cluster]] = defaultdict(list)
        self._by_figure: dict[str, Cluster] = {}
        self._by_article: dict[int, list[Cluster]] = defaultdict(list)

    def add(self, cluster: Cluster) -> None:
        self.clusters.append(cluster)
        self._index(cluster, cluster)

    def join(self, cluster: Cluster, other: Cluster, why: str) -> None:
        cluster.absorb(other, why)
        self._index(cluster, other)

    def full_name(self, cluster: Cluster) -> tuple[Cluster, str] | None:
        """Return the person whose full names are like these, the most alike one, and why."""
        best: tuple[float, Cluster] | None = None
        for other in self._near(cluster):
            likeness = _alike(other, cluster.names, parts=False)
            if likeness is not None and (best is None or likeness < best[0]):
                best = (likeness, other)
        if best is not None:
            return best[1], f"“{cluster.names[0].text}” and “{best[1].names[0].text}”: names alike"
        return self._as_figure(cluster)

    def surname(self, cluster: Cluster) -> tuple[Cluster, str] | None:
        """Return the one person of other articles whom a surname alone can mean, and why."""
        known = self._as_figure(cluster)
        if known is not None:
            return known
        name = cluster.names[0]
        full, found = self._of_surname(cluster)
        if self.shared(cluster):
            return None
        if full:
            return full[0][1], f"“{name.text}” alone, “{full[0][1].names[0].text}” in another article"
        if found:
            nearest = found[0][1]
            return nearest, f"“{name.text}” and “{nearest.names[0].text}” are spelled alike"
        return None

    def _of_surname(self, cluster: Cluster) -> tuple[list[tuple[float, Cluster]], list[tuple[float, Cluster]]]:
        """Return the persons with a given name whom a surname can mean, nearest first, and all of that surname."""
        name = cluster.names[0]
        near = ((_by_surname(other, name), other) for other in self._near(cluster))
        found = sorted(((unlikeness, other) for unlikeness, other in near if unlikeness < 1), key=lambda pair: pair[0])
        return [pair for pair in found if pair[1].has_given], found

    def shared(self, cluster: Cluster) -> list[Cluster]:
        """Return the persons among whom a surname alone doesn't decide; none where it means one."""
        full, _ = self._of_surname(cluster)
        equal = [other for unlikeness, other in full if unlikeness - full[0][0] < _EQUAL]
        return equal if len(equal) > 1 else []

    def by_company(self, cluster: Cluster) -> Cluster | None:
        """Return the one of several who meets the persons of this article in other articles too, by far the most."""
        equal = self.shared(cluster)
        here = {id(other): other for number, _ in cluster.spots for other in self._by_article[number]}
        articles = [{number for number, _ in other.spots} for other in here.values()]
        met = []
        for candidate in equal:
            own = {number for number, _ in candidate.spots}
            met.append(sum(not own.isdisjoint(numbers) for numbers in articles))
        most = max(met, default=0)
        return equal[met.index(most)] if sum(2 * count >= most for count in met) == 1 else None

    def _as_figure(self, cluster: Cluster) -> tuple[Cluster, str] | None:
        figure = self._figures.of(cluster.names)
        known = self._by_figure.get(figure) if figure else None
        return (known, f"“{cluster.names[0].text}”: known as {figure}") if known is not None else None

    def _index(self, cluster: Cluster, added: Cluster) -> None:
        """Make `cluster` found by what the names of `added` sound like."""
        for key in sorted(_blocks(added)):
            if not any(known is cluster for known in self._by_key[key]):
                self._by_key[key].append(cluster)
        for number in {number for number, _ in added.spots}:
            if not any(known is cluster for known in self._by_article[number]):
                self._by_article[number].append(cluster)
        figure = self._figures.of(cluster.names)
        if figure:
            self._by_figure.setdefault(figure, cluster)

    def _near(self, cluster: Cluster) -> list[Cluster]:
        near: dict[int, Cluster] = {}
        for key in sorted(_blocks(cluster)):
            near |= {id(other): other for other in self._by_key[key]}
        return list(near.values())


def _blocks(cluster: Cluster) -> set[str]:
    """Return the keys under which clusters are compared."""
    return {key for name in cluster.names for key in _keys(name)}


@lru_cache(maxsize=1 << 12)
def _keys(name: Name) -> tuple[str, ...]:
    """Return the first sounds of each full word, those that are confused as one."""
    keys = set()
    for word in name.full or name.words:
        for heard in word.sounds:
            first = "a" if heard[:1] in "aeiouh" else skeleton(heard[:1].lower())
            keys.add("s" if first in ("s", "k") else first)
    return tuple(sorted(keys))


def _apply(edits: Sequence[Edit], clusters: list[Cluster], articles: Sequence[Names]) -> set[tuple[int, int]]:
    """Carry out the user's decisions; return the mentions that are no persons.

    An edit takes the mentions that are spelled as it says; the other spellings of their person go along in the
    articles where it took some, unless another edit claims them.
    """
    claims = _claims(edits, articles)
    by_hand: dict[str, Cluster] = {}
    for cluster in list(clusters):
        claimed = {spot: claims[spot] for spot in cluster.spots if spot in claims}
        said = set(claimed.values()) - {""}
        if len(said) == 1:
            touched = {number for number, _ in claimed}
            rest = dict.fromkeys((spot for spot in cluster.spots if spot[0] in touched), next(iter(said)))
            claimed = rest | claimed
        for spot, person in claimed.items():
            name, language = _take_out(cluster, spot, articles)
            if person:
                target = by_hand.setdefault(person, Cluster(edited=person, evidence=["joined by hand"]))
                target.add(name, language, spot)
    clusters[:] = [cluster for cluster in clusters if cluster.spots] + list(by_hand.values())
    return {spot for spot, person in claims.items() if not person}


def _claims(edits: Sequence[Edit], articles: Sequence[Names]) -> dict[tuple[int, int], str]:
    """Return the person, or nothing for "not a person", of each mention that an edit names; the last edit wins."""
    claims: dict[tuple[int, int], str] = {}
    for edit in edits:
        wanted = {_spelling(name) for name in edit.names}
        for number, article in enumerate(articles):
            if edit.article in (None, number):
                for i, mention in enumerate(article.mentions):
                    if _spelling(mention.text) in wanted:
                        claims[number, i] = edit.person or ""
    return claims


def _take_out(cluster: Cluster, spot: tuple[int, int], articles: Sequence[Names]) -> tuple[Name, str]:
    """Remove one mention from a cluster; return its name and language."""
    number, i = spot
    text, language = articles[number].mentions[i].text, articles[number].language
    name = next(known for known in cluster.names if known.text == text)
    cluster.spots.remove(spot)
    cluster.forms -= Counter({(text, language): 1})
    if not any(form == text for form, _ in cluster.forms):
        cluster.names.remove(name)
    return name, language


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
