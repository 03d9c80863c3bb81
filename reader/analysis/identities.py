"""Tell which mentions are the same person, across cases, scripts and articles.

Names with a given name or an initial are joined first, where surname and given name are alike; a surname alone
goes to the one person of that surname in the same article, else in the other articles, else in the table of
public figures. Where two persons share it, the one just mentioned is meant, else the one whom the article introduces
first, or, where neither stands there, the one who meets the same people elsewhere. What the user says always wins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reader.analysis.blocks import Blocks
from reader.analysis.display import Figures, display_name
from reader.analysis.grammar import grammar_of, is_patronymic
from reader.analysis.languages import load_language
from reader.analysis.names import (
    Name,
    compare,
    parse,
    surname_alike,
    undecided,
    unlike,
    unlike_given,
)
from reader.analysis.phonetic import plain, romanise
from reader.analysis.results import Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from reader.analysis.languages import Language
    from reader.analysis.results import Mention


_EQUAL = 0.16  # surnames that differ by less than a case ending count as equal
_SAME = 0.01  # surnames that differ by less are spelled alike
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

    def has(self, name: Name) -> bool:
        """Say whether a name's spelling is one of the person's."""
        return any(known.text == name.text for known in self.names)

    def add(self, name: Name, language: str, spot: tuple[int, int]) -> None:
        """Count one more mention."""
        if not self.has(name):
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
            self._known[text, code] = parse(text, grammar_of(self.language(code)))
        return self._known[text, code]


def _within(article: Names, number: int, reader: _Reader) -> list[Cluster]:
    """Join the mentions of one article: full names first, then what stands alone."""
    names = [reader.name(mention.text, article.language) for mention in article.mentions]
    index: Blocks[Cluster] = Blocks()
    clusters: list[Cluster] = []
    whose: dict[int, Cluster] = {}  # by mention
    of_full: dict[str, Cluster] = {}  # by spelling: the same full name is the same person in one article
    may_own = _Owners(index)
    for full in (True, False):
        for i, name in enumerate(names):
            if (name.given is not None) is not full:
                continue
            if full:
                cluster = of_full.get(name.text) or _best(_in_order(index.near((name,))), name)
            else:
                cluster = may_own.choose(name, whose.get(i - 1))
            if cluster is None and full and is_patronymic(romanise(name.surname.lower)):
                cluster = _of_given(name, index)
            if cluster is None:
                cluster = Cluster()
                clusters.append(cluster)
            elif not cluster.has(name):
                known = cluster.names[0].text
                cluster.evidence.append(
                    f"“{name.text}” and “{known}”: surname and given name alike"
                    if full
                    else f"“{name.text}” alone, “{known}” in the same article"
                )
            if not cluster.has(name):
                index.add(cluster, (name,))
            cluster.add(name, article.language, (number, i))
            whose[i] = cluster
            if full:
                of_full[name.text] = cluster
    return clusters


def _in_order(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Return clusters in the order of the text."""
    return sorted(clusters, key=lambda cluster: cluster.spots[0])


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
            if likeness is None and (undecided(known, name) or known.given.initial or name.given.initial):
                continue  # W. J. may be William, who is also called Bill
            if likeness is None:
                return None
            best = likeness if best is None else min(best, likeness)
    return best


class _Owners:
    """Finds whom a word alone means; a spelling is compared again only after new names have come."""

    def __init__(self, index: Blocks[Cluster]) -> None:
        self._index = index
        self._known: dict[str, tuple[int, list[Cluster]]] = {}

    def choose(self, name: Name, before: Cluster | None) -> Cluster | None:
        """Return whom a word means: of equals the one just mentioned, else the first.

        An article is about the one whom it introduces first: relatives that share the surname go by full names.
        """
        size, equal = self._known.get(name.text, (-1, []))
        if size != self._index.size:
            equal = _equal_owners(name, self._index.near((name,)))
            self._known[name.text] = self._index.size, equal
        just = next((cluster for cluster in equal if cluster is before), None)
        return just or min(equal, key=lambda cluster: min(cluster.spots), default=None)


def _equal_owners(name: Name, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return whom a word alone can mean, by surname, else by given name: the nearest, and all about as near."""
    for part in (_by_surname, _by_given):
        found = [(unlikeness, cluster) for cluster in clusters if (unlikeness := part(cluster, name)) < 1]
        if found:
            nearest = min(unlikeness for unlikeness, _ in found)
            return [cluster for unlikeness, cluster in found if unlikeness <= nearest + _EQUAL]
    return []


def _by_surname(cluster: Cluster, name: Name) -> float:
    last = min(surname_alike(known, name) for known in cluster.names)
    middle = [unlike(word, name.surname) + _MIDDLE for known in cluster.names for word in known.full[1:-1]]
    return min(last, *middle) if middle else last


def _by_given(cluster: Cluster, name: Name) -> float:
    found = (unlike_given(known.given, name.surname) for known in cluster.names if known.given)
    return min((unlikeness for unlikeness in found if unlikeness is not None), default=9.0)


def _of_given(name: Name, index: Blocks[Cluster]) -> Cluster | None:
    """Return the only person whom a given name and a patronymic can mean, whose full name has no patronymic."""
    found = []
    for cluster in index.having(name.words[0]):
        likeness = [unlike_given(name.words[0], known.words[0]) for known in cluster.names]
        if any(each is not None and each < 1 for each in likeness):
            found.append(cluster)
    return found[0] if len(found) == 1 else None


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
        self._index: Blocks[Cluster] = Blocks()
        self._by_figure: dict[str, Cluster] = {}
        self._by_article: dict[int, dict[int, Cluster]] = defaultdict(dict)

    def add(self, cluster: Cluster) -> None:
        self.clusters.append(cluster)
        self._register(cluster, cluster)

    def join(self, cluster: Cluster, other: Cluster, why: str) -> None:
        cluster.absorb(other, why)
        self._register(cluster, other)

    def full_name(self, cluster: Cluster) -> tuple[Cluster, str] | None:
        """Return the person whose full names are like these, the most alike one, and why."""
        best: tuple[float, Cluster] | None = None
        for other in _in_order(self._index.near(cluster.names)):
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
        near = ((_by_surname(other, name), other) for other in _in_order(self._index.near(cluster.names)))
        most = _SAME if name.surname.known or name.surname.groups else 1  # what is a given name can mean anybody
        found = sorted(
            ((unlikeness, other) for unlikeness, other in near if unlikeness < most), key=lambda pair: pair[0]
        )
        return [pair for pair in found if pair[1].has_given], found

    def shared(self, cluster: Cluster) -> list[Cluster]:
        """Return the persons among whom a surname alone doesn't decide; none where it means one."""
        full, _ = self._of_surname(cluster)
        equal = [other for unlikeness, other in full if unlikeness - full[0][0] < _EQUAL]
        return equal if len(equal) > 1 else []

    def by_company(self, cluster: Cluster) -> Cluster | None:
        """Return the one of several who meets the persons of this article in other articles too, by far the most."""
        equal = self.shared(cluster)
        here = {key: other for number, _ in cluster.spots for key, other in self._by_article[number].items()}
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

    def _register(self, cluster: Cluster, added: Cluster) -> None:
        """Make `cluster` found by what the names of `added` sound like."""
        self._index.add(cluster, added.names)
        for number in {number for number, _ in added.spots}:
            self._by_article[number][id(cluster)] = cluster
        figure = self._figures.of(cluster.names)
        if figure:
            self._by_figure.setdefault(figure, cluster)


def _apply(edits: Sequence[Edit], clusters: list[Cluster], articles: Sequence[Names]) -> set[tuple[int, int]]:
    """Carry out the user's decisions; return the mentions that are no persons.

    An edit takes the mentions that are spelled as it says; the other spellings of their person go along in the
    articles where it took some, unless another edit claims them.
    """
    if not edits:
        return set()
    claims = _claims(edits, articles)
    by_hand: dict[str, Cluster] = {}
    for cluster in list(clusters):
        claimed = {spot: claims[spot] for spot in cluster.spots if spot in claims}
        said = set(claimed.values()) - {""}
        if len(said) == 1:
            touched = {number for number, _ in claimed}
            rest = dict.fromkeys((spot for spot in cluster.spots if spot[0] in touched), next(iter(said)))
            claimed = rest | claimed
        for spot, name, language in _take_out(cluster, claimed, articles):
            if person := claimed[spot]:
                target = by_hand.setdefault(person, Cluster(edited=person, evidence=["joined by hand"]))
                target.add(name, language, spot)
    clusters[:] = [cluster for cluster in clusters if cluster.spots] + list(by_hand.values())
    return {spot for spot, person in claims.items() if not person}


def _claims(edits: Sequence[Edit], articles: Sequence[Names]) -> dict[tuple[int, int], str]:
    """Return the person, or nothing for "not a person", of each mention that an edit names; the last edit wins."""
    if not edits:
        return {}
    spelled: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, article in enumerate(articles):
        for i, mention in enumerate(article.mentions):
            spelled[_spelling(mention.text)].append((number, i))
    claims: dict[tuple[int, int], str] = {}
    for edit in edits:
        for wanted in {_spelling(name) for name in edit.names}:
            claims |= {spot: edit.person or "" for spot in spelled[wanted] if edit.article in (None, spot[0])}
    return claims


def _take_out(
    cluster: Cluster, claimed: Collection[tuple[int, int]], articles: Sequence[Names]
) -> list[tuple[tuple[int, int], Name, str]]:
    """Remove mentions from a cluster; return them with their names and languages."""
    named = {name.text: name for name in cluster.names}
    taken = []
    for number, i in claimed:
        text, language = articles[number].mentions[i].text, articles[number].language
        taken.append(((number, i), named[text], language))
    cluster.spots = [spot for spot in cluster.spots if spot not in claimed]
    cluster.forms -= Counter((name.text, language) for _, name, language in taken)
    left = {text for text, _ in cluster.forms}
    cluster.names = [name for name in cluster.names if name.text in left]
    return taken


def _spelling(text: str) -> str:
    return " ".join(plain(text).casefold().split())


def _name_all(clusters: list[Cluster], figures: Figures, reader: _Reader) -> None:
    """Give every cluster a display name of its own, kept in `edited`."""
    taken = {cluster.edited for cluster in clusters if cluster.edited}
    last: dict[str, int] = {}  # the number that the latest namesake got
    for cluster in sorted(clusters, key=lambda c: min(c.spots)):
        if cluster.edited:
            continue
        name = figures.of(cluster.names) if not cluster.has_given else None
        name = name or display_name(cluster.forms, cluster.names, figures, reader.language)
        number, free = last.get(name, 1), name
        while free in taken:
            number += 1
            free = f"{name} ({number})"
        last[name] = number
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
