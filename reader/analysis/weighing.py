"""Weigh who may have said a quote that no verb gives to a name: everybody named near it, and nobody.

The rules' own answer is one feature among others, for where they are unsure they are often wrong. The weights of a
log-linear model, learned by `tests/benchmarks/train_speakers.py`, are in `resources/models/speakers.json`.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING

from reader.analysis.cues import Role
from reader.analysis.roles import stems
from reader.analysis.subjects import breaks, first_name, pauses
from reader.resources import resources_dir
from reader.text.errors import ResourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reader.analysis.cast import Cast
    from reader.analysis.results import Quote
    from reader.analysis.scene import Frame, Item
    from reader.analysis.subjects import Subject

_MODEL = "speakers.json"
_SOON = 300  # characters after a quote in which who said it may be named
_GOVERNED = 3  # items from a preposition to the name it governs
_NEAR = 3  # items from a quote to a name beside it
_SHORT = 40  # characters of a fragment
_FEW = 3  # people
_AROUND = 10  # items on each side of a name that may describe its owner
_BACK = 8  # quotes before, and names of those who acted before
_CUES = (
    (Role.ORGANISATION, "organisation"),
    (Role.UNNAMED, "unnamed"),
    (Role.PLURAL, "plural"),
    (Role.INDEFINITE, "indefinite"),
    (Role.VERB, "verb"),
)
_WHY = (  # features that explain a choice to a reader, the most telling first
    ("last:", "spoke the quote before"),
    ("after:", "named right after it"),
    ("beside", "named in its sentence"),
    ("acts:0", "the last to act before it"),
    ("named:0", "the last one named before it"),
    ("next", "who acts in the next sentence"),
    ("spoke", "spoke before in this article"),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules say of a quote: whom they mean (None: nobody), of which kind that is, the gender and role told."""

    person: str | None
    kind: str
    gender: int = 0
    role: Subject | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where a quote stands: its paragraph's number, its frame, and whether it begins the paragraph."""

    paragraph: int
    frame: Frame
    begins: bool
    title: bool = False


@dataclass(slots=True)
class _Told:
    """A quote already given to somebody (None: to nobody)."""

    person: str | None
    paragraph: int
    frame: int
    end: int
    asks: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Who most likely said a quote, how likely that is, and how likely nobody who is named did."""

    person: str | None
    share: float
    nobody: float
    why: str


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of features, and the share of "nobody" from which on a quote is given to nobody."""

    weights: Mapping[str, float]
    nobody: float


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Return the model of the reader's resources."""
    path = resources_dir() / "models" / _MODEL
    try:
        read = json.loads(path.read_text("utf-8"))
        return Model({str(name): float(weight) for name, weight in read["weights"].items()}, float(read["nobody"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        message = f"{path} can't be read ({exc}); unreported quotes keep the speakers that rules give them."
        raise ResourceError(message) from exc


class Scales:
    """Weighs the speakers of one article's quotes, in order."""

    def __init__(
        self,
        text: str,
        cast: Cast,
        frames: Sequence[Frame],
        titled: set[str],
        weights: Mapping[str, float],
    ) -> None:
        self.text = text
        self.cast = cast
        self.frames = frames
        self.starts = [frame.start for frame in frames]
        self._weights = weights
        self.titled = titled
        self.count = Counter(mention.person for mention in cast.mentions)
        self.most, self.second = [*(count for _, count in self.count.most_common(2)), 0, 0][:2]
        self.told: list[_Told] = []
        self.spoke: Counter[str] = Counter()
        self.frame_of: dict[int, int] = {}
        self.governed: set[int] = set()
        self.reports: set[int] = set()
        self.around: dict[str, set[str]] = {}
        self.acting: list[tuple[int, str]] = []  # start of the frame, its first name that no preposition governs
        for number, frame in enumerate(frames):
            self._note(number, frame)

    def _note(self, number: int, frame: Frame) -> None:
        for place, item in enumerate(frame.items):
            if item.mention is not None:
                self.frame_of[item.mention] = number
                if _is_governed(frame.items, place):
                    self.governed.add(item.mention)
                around = self.around.setdefault(self.cast.mentions[item.mention].person, set())
                for each in frame.items[max(0, place - _AROUND) : place + _AROUND + 1]:
                    around.update(stems(each.words) if each.mention is None else ())
                beside = frame.items[max(0, place - 1) : place + 2]
                if any(each.roles & Role.VERB for each in beside):
                    self.reports.add(item.mention)
        first = first_name(frame.items)
        if first is not None and first.mention is not None:
            self.acting.append((first.span.start, self.cast.mentions[first.mention].person))

    def tell(self, quote: Quote, where: Where, person: str | None) -> None:
        """Note who said a quote."""
        frame = bisect_right(self.starts, where.frame.start) - 1
        asks = quote.span.of(self.text).endswith("?")
        self.told.append(_Told(person, where.paragraph, frame, quote.outer.end, asks))
        if person is not None:
            self.spoke[person] += 1

    def choose(self, quote: Quote, where: Where, rules: Rules) -> Choice:
        """Return who most likely said a quote."""
        features = self.features(quote, where, rules)
        weight = self._weights.get
        scores = {person: sum(weight(name, 0.0) for name in names) for person, names in features.items()}
        top = max(scores.values())
        parts = {person: exp(score - top) for person, score in scores.items()}
        whole = sum(parts.values())
        named = [person for person in parts if person is not None]
        best = max(named, key=lambda person: parts[person], default=None)
        nobody = parts[None] / whole
        if best is None:
            return Choice(None, 0.0, 1.0, "")
        why = next((words for start, words in _WHY if any(name.startswith(start) for name in features[best])), "")
        return Choice(best, parts[best] / whole, nobody, why)

    def features(self, quote: Quote, where: Where, rules: Rules) -> dict[str | None, list[str]]:
        """Return the features of everybody who may have said a quote, and (None) of nobody."""
        near = _Near(self, quote, where)
        people = list(dict.fromkeys([*near.named, *near.later, *filter(None, (rules.person, near.last, near.other))]))
        found: dict[str | None, list[str]] = {None: list(near.of_nobody(rules, people))}
        for person in people:
            found[person] = list(near.of(person, rules))
        return found


class _Near:
    """What stands around one quote."""

    def __init__(self, scales: Scales, quote: Quote, where: Where) -> None:
        self._scales = scales
        self._where = where
        cast, text = scales.cast, scales.text
        self._quote = quote
        self._number = bisect_right(scales.starts, where.frame.start) - 1
        self._before = where.frame.before(quote.outer.start)
        self._after = where.frame.after(quote.outer.end)
        self._named: dict[str, int] = {}  # the last mention before, of all but those inside quotes
        for index in cast.numbered_before(quote.outer.start):
            if index in scales.frame_of:
                self._named.setdefault(cast.mentions[index].person, index)
        self.named = list(self._named)
        self.later: dict[str, int] = {}
        for index in cast.numbered_after(quote.outer.end, _SOON):
            if index in scales.frame_of:
                self.later.setdefault(cast.mentions[index].person, index)
        end = bisect_right(scales.acting, (quote.outer.start,))
        self._acts = list(dict.fromkeys(person for _, person in reversed(scales.acting[max(0, end - _BACK) : end])))
        self._inside = {mention.person for _, mention in cast.inside(quote.span)}
        self._previous = scales.told[-1] if scales.told else None
        spoken = list(dict.fromkeys(each.person for each in reversed(scales.told[-_BACK:]) if each.person))
        self.last, self.other = [*spoken, None, None][:2]
        end = self._previous.end if self._previous else 0
        self._since = {person for person, i in self._named.items() if cast.mentions[i].span.start >= end}
        self._bare = not where.frame.items
        self._asks = quote.span.of(text).endswith("?")
        self._small = text[quote.span.start].islower()

    def _situation(self) -> str:
        """Return where the last quote stood."""
        told = self._previous
        if told is None:
            return "first"
        if told.frame == self._number:
            return "sentence"
        away = self._where.paragraph - told.paragraph
        return "paragraph" if not away else "next" if away == 1 else "far"

    def of_nobody(self, rules: Rules, people: Sequence[str]) -> Iterator[str]:
        """Yield what speaks for nobody who is named."""
        yield "nobody"
        yield f"nobody:{rules.kind}" + ("" if rules.person else ":none")
        roles = 0
        for item in (*self._before, *self._after):
            roles |= item.roles
        yield from (f"nobody:{word}" for role, word in _CUES if roles & role)
        signs = {
            "bare": self._bare,
            "asks": self._asks,
            "asks in dialogue": self._asks and not self._quote.close,
            "fragment": len(self._quote.span) < _SHORT,
            "small": self._small,
            "title": self._where.title,
            "unknown": not self.named,
            "few": len(self._scales.count) < _FEW,
            "alone": not people,
            "begins": self._where.begins,
        }
        yield from (f"nobody:{sign}" for sign, true in signs.items() if true)
        if self._previous and self._previous.person is None:
            yield f"nobody:again:{self._situation()}"

    def of(self, person: str, rules: Rules) -> Iterator[str]:
        """Yield what speaks for a person, or against."""
        if person == rules.person:
            yield f"rules:{rules.kind}"
        yield from self._by_names_before(person, rules)
        yield from self._by_names_after(person)
        if self._previous is not None:
            yield from self._by_speech(person, rules, self._previous)
        yield from self._by_description(person, rules)
        if person in self._inside:
            yield "inside"
        count = self._scales.count[person]
        if count == self._scales.most:
            yield "often"
            if count > 2 * self._scales.second:
                yield "main"
        elif count == 1:
            yield "once"
        if person in self._scales.titled:
            yield "headline"

    def _by_description(self, person: str, rules: Rules) -> Iterator[str]:
        """Yield whether a person has the gender that is told, and what the role told of was said of."""
        cast = self._scales.cast
        if rules.gender and not cast.fits(person, rules.gender):
            yield "other gender"
        if rules.role is not None:
            same = not self._scales.around.get(person, set()).isdisjoint(stems(rules.role.words))
            yield "described" if same else "not described"
            head, rest = cast.shares_role(person, rules.role)
            yield f"role:{min(head, 1)}{min(rest, 2)}"

    def _by_names_before(self, person: str, rules: Rules) -> Iterator[str]:
        scales, index = self._scales, self._named.get(person)
        if index is not None:
            rank, away = self.named.index(person), self._number - scales.frame_of[index]
            yield f"named:{min(3, rank)}"
            yield f"named:{min(2, rank)}:{rules.kind}"
            yield f"away:{min(4, away)}"
            if index in scales.reports:
                yield "reports"
            if index in scales.governed:
                yield "governed"
            elif not away:
                yield "beside"
        if person in self._acts:
            yield f"acts:{min(2, self._acts.index(person))}"
            yield f"acts:{min(2, self._acts.index(person))}:{rules.kind}"

    def _by_names_after(self, person: str) -> Iterator[str]:
        scales, index, known = self._scales, self.later.get(person), person in self._named
        if index is None:
            return
        if index in scales.governed:
            yield "later governed"
        if not self.named and next(iter(self.later)) == person:
            yield "first named"
        away = scales.frame_of[index] - self._number
        if not away:
            yield "after:sentence"
            if any(item.mention == index for item in self._after[:_NEAR]):
                yield "after:at once"
        elif away == 1:
            yield "next again" if known else "next"
        elif not known:
            yield "later"

    def _by_speech(self, person: str, rules: Rules, told: _Told) -> Iterator[str]:
        """Yield how a person stands to the quotes before."""
        if self._scales.spoke[person]:
            yield "spoke"
        where = self._situation()
        if told.person == person:
            yield f"last:{where}"
            yield f"last:{rules.kind}"
            yield from (f"last:bare:{where}",) if self._bare else ()
            yield from ("last:others since",) if self._since - {person} else ()
        elif person in self._since:
            yield f"since:{where}"
            yield f"since:{rules.kind}"
        if person == self.last:
            yield from (f"last named:{where}",) if told.person is None else ()
            yield from ("last:asked",) if told.asks else ()
        elif person == self.other:
            yield "turn:" + ("asked" if told.asks else "bare" if self._bare else "told")


def _is_governed(items: Sequence[Item], place: int) -> bool:
    """Say whether a preposition stands shortly before a name."""
    for before in range(place - 1, max(-1, place - 1 - _GOVERNED), -1):
        item, right = items[before], items[before + 1]
        if pauses(right) or breaks(right, item) or item.roles & (Role.VERB | Role.STOP) or item.mention is not None:
            return False
        if item.roles & Role.PREPOSITION:
            return True
    return False
