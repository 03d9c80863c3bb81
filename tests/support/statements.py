"""Statements of invented people as newspapers in several languages would quote them, written for these tests.

Each statement is what one person said on one occasion; its renderings differ as translations by different journalists
do, some shorten it. `english` is what a machine would make of each. Statements of one speaker on near days, about the
same subject, are there to be told apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from reader.library.sameness import Utterance, chosen, compare, rarity_of, traits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Rendering:
    """One newspaper's version: language, day, words, and their English."""

    language: str
    date: str
    text: str
    english: str


Statements = dict[tuple[str, str], tuple[Rendering, ...]]
"""By speaker and subject."""

STATEMENTS: Statements = {
    ("Ilinca Vârlan", "budget of the dredging"): (
        Rendering(
            "ro",
            "2026-03-14",
            "Lucrările vor dura 40 de zile și vor costa 2,6 milioane de euro, nici un ban mai mult",
            "The works will take 40 days and cost 2.6 million euros, not a penny more",
        ),
        Rendering(
            "uk",
            "2026-03-14",
            "Роботи триватимуть 40 днів і коштуватимуть 2,6 мільйона євро, ні копійки більше",
            "The work will last 40 days and cost 2.6 million euros, not a penny more",
        ),
        Rendering(
            "it",
            "2026-03-15",
            "I lavori dureranno quaranta giorni e costeranno 2,6 milioni di euro, non un centesimo di più",
            "The work will last forty days and cost 2.6 million euros, not a cent more",
        ),
    ),
    ("Ilinca Vârlan", "fish"): (
        Rendering(
            "ro",
            "2026-03-14",
            "Pescarii nu trebuie să plătească pentru o greșeală a căpitanilor",
            "Fishermen should not pay for a mistake of the captains",
        ),
        Rendering(
            "uk",
            "2026-03-15",
            "Рибалки не повинні платити за помилку капітанів",
            "Fishermen should not have to pay for the captains' mistake",
        ),
    ),
    ("Mateo Iriarte", "energy initiative"): (
        Rendering(
            "es",
            "2026-02-10",
            "Cualquier iniciativa diplomática que evite una crisis energética merece el apoyo de este Parlamento",
            "Any diplomatic initiative that avoids an energy crisis deserves the support of this Parliament",
        ),
        Rendering(
            "uk",
            "2026-02-11",
            "Будь-яка дипломатична ініціатива, що відвертає енергетичну кризу, заслуговує на підтримку парламенту",
            "Any diplomatic initiative that averts an energy crisis deserves the support of parliament",
        ),
        Rendering(
            "de",
            "2026-02-11",
            "Jede diplomatische Initiative, die eine Energiekrise verhindert, verdient die Unterstützung dieses Hauses",
            "Every diplomatic initiative that prevents an energy crisis deserves the support of this house",
        ),
    ),
    ("Mateo Iriarte", "his resignation"): (
        Rendering(
            "es",
            "2026-02-10",
            "No voy a dimitir por una fotografía, y menos por una fotografía falsa",
            "I'm not going to resign over a photograph, much less over a fake photograph",
        ),
        Rendering(
            "bg",
            "2026-02-11",
            "Няма да подам оставка заради една фотография, още по-малко заради фалшива",
            "I will not resign because of one photograph, even less because of a fake one",
        ),
    ),
    ("Solveig Aasland", "satellites"): (
        Rendering(
            "de",
            "2026-01-20",
            "Wir haben 17 Satelliten verloren, aber keine einzige Stunde an Daten. Darauf bin ich stolz",
            "We have lost 17 satellites, but not a single hour of data. I am proud of that",
        ),
        Rendering(
            "fr",
            "2026-01-21",
            "Nous avons perdu 17 satellites, mais pas une seule heure de données",
            "We lost 17 satellites, but not a single hour of data",
        ),
        Rendering(
            "ru",
            "2026-01-21",
            "Мы потеряли 17 спутников, но ни одного часа данных. Этим я горжусь",
            "We lost 17 satellites, but not a single hour of data. I'm proud of that",
        ),
    ),
    ("Solveig Aasland", "next launch"): (
        Rendering(
            "de",
            "2026-01-20",
            "Den nächsten Start planen wir im Herbst, sofern das Wetter auf den Lofoten mitspielt",
            "We plan the next launch in autumn, provided the weather on the Lofoten plays along",
        ),
        Rendering(
            "ru",
            "2026-01-22",
            "Следующий запуск мы планируем осенью, если позволит погода на Лофотенах",
            "We plan the next launch in the autumn, if the weather in Lofoten permits",
        ),
    ),
    ("Bogdan Wrzesień", "court"): (
        Rendering(
            "pl",
            "2026-04-02",
            "Sąd nie jest teatrem, a sędzia nie jest aktorem. Wyrok ogłosimy, kiedy będzie gotowy",
            "The court is not a theatre, and the judge is not an actor. We will announce the verdict when it is ready",
        ),
        Rendering(
            "uk",
            "2026-04-02",
            "Суд – не театр, а суддя – не актор",
            "The court is not a theatre, and the judge is not an actor",
        ),
        Rendering(
            "en",
            "2026-04-03",
            "A courtroom is no theatre and a judge is no actor; the verdict will be announced when it is ready",
            "A courtroom is no theatre and a judge is no actor; the verdict will be announced when it is ready",
        ),
    ),
    ("Bogdan Wrzesień", "documents"): (
        Rendering(
            "pl",
            "2026-04-02",
            "Dokumenty dotarły do nas w styczniu, a prokurator poprosił o nie dopiero w marcu",
            "The documents reached us in January, and the prosecutor asked for them only in March",
        ),
        Rendering(
            "en",
            "2026-04-03",
            "We had the documents in January; the prosecutor did not ask for them until March",
            "We had the documents in January; the prosecutor did not ask for them until March",
        ),
    ),
    ("Giulia Santacroce", "vaccine"): (
        Rendering(
            "it",
            "2026-05-06",
            "Il vaccino è sicuro: su 30.000 volontari abbiamo avuto tre reazioni gravi, tutte risolte",
            "The vaccine is safe: in 30,000 volunteers we had three serious reactions, all resolved",
        ),
        Rendering(
            "bg",
            "2026-05-07",
            "Ваксината е безопасна: при 30 000 доброволци имахме три тежки реакции, всичките преодолени",
            "The vaccine is safe: among 30,000 volunteers we had three severe reactions, all overcome",
        ),
        Rendering(
            "es",
            "2026-05-07",
            "La vacuna es segura. Entre 30.000 voluntarios vimos tres reacciones graves, todas resueltas",
            "The vaccine is safe. Among 30,000 volunteers we saw three serious reactions, all resolved",
        ),
    ),
    ("Giulia Santacroce", "price of the vaccine"): (
        Rendering(
            "it",
            "2026-05-06",
            "Del prezzo non parlo io, ne parla il ministero. Io parlo di medicina",
            "I don't talk about the price, the ministry talks about it. I talk about medicine",
        ),
        Rendering(
            "bg",
            "2026-05-07",
            "За цената не говоря аз, говори министерството",
            "I don't speak about the price, the ministry speaks",
        ),
    ),
    ("Henri Castelnau", "tunnel"): (
        Rendering(
            "fr",
            "2026-06-01",
            "Ce tunnel n'unit pas deux vallées, il unit deux peuples qui se tournaient le dos",
            "This tunnel does not unite two valleys, it unites two peoples who turned their backs on each other",
        ),
        Rendering(
            "it",
            "2026-06-01",
            "Questo tunnel non unisce due valli: unisce due popoli che si voltavano le spalle",
            "This tunnel does not unite two valleys: it unites two peoples who turned their backs on each other",
        ),
        Rendering(
            "ro",
            "2026-06-02",
            "Tunelul acesta nu unește două văi, ci două popoare care își întorceau spatele",
            "This tunnel does not unite two valleys, but two peoples who turned their backs",
        ),
    ),
    ("Henri Castelnau", "toll"): (
        Rendering(
            "fr",
            "2026-06-01",
            "Le péage restera à 12 euros pendant cinq ans, je m'y engage",
            "The toll will remain at 12 euros for five years, I commit to it",
        ),
        Rendering(
            "it",
            "2026-06-02",
            "Il pedaggio resterà a 12 euro per cinque anni: è un impegno",
            "The toll will stay at 12 euros for five years: it is a commitment",
        ),
    ),
    ("Henri Castelnau", "cost of the tunnel"): (
        Rendering("fr", "2026-06-01", "Le tunnel a coûté 340 millions d'euros", "The tunnel cost 340 million euros"),
        Rendering("it", "2026-06-01", "Il tunnel è costato 340 milioni di euro", "The tunnel cost 340 million euros"),
    ),
    ("Mateo Iriarte", "investments"): (
        Rendering(
            "es",
            "2026-02-10",
            "La crisis energética no se resuelve con diplomacia, se resuelve con inversiones",
            "The energy crisis is not solved with diplomacy, it is solved with investments",
        ),
        Rendering(
            "uk",
            "2026-02-11",
            "Енергетичну кризу не вирішують дипломатією, її вирішують інвестиціями",
            "The energy crisis is not solved by diplomacy, it is solved by investments",
        ),
    ),
    ("Solveig Aasland", "price of a satellite"): (
        Rendering(
            "de",
            "2026-01-20",
            "Ein neuer Satellit kostet vier Millionen Euro, und er fliegt sieben Jahre",
            "A new satellite costs four million euros, and it flies for seven years",
        ),
        Rendering(
            "ru",
            "2026-01-21",
            "Новый спутник стоит четыре миллиона евро и летает семь лет",
            "A new satellite costs four million euros and flies for seven years",
        ),
    ),
    ("Giulia Santacroce", "when the vaccine comes"): (
        Rendering(
            "it",
            "2026-05-06",
            "Il vaccino arriverà negli ospedali in autunno, prima agli anziani",
            "The vaccine will arrive in hospitals in autumn, first to the elderly",
        ),
        Rendering(
            "bg",
            "2026-05-07",
            "Ваксината ще стигне до болниците през есента, най-напред за възрастните",
            "The vaccine will reach hospitals in the autumn, first for the elderly",
        ),
    ),
    ("Vittorio Pellegrin", "tunnel"): (
        Rendering(
            "it",
            "2026-06-01",
            "Questo tunnel divide una valle in due e nessuno ce lo ha chiesto",
            "This tunnel divides a valley in two and nobody asked us",
        ),
        Rendering(
            "fr",
            "2026-06-02",
            "Ce tunnel coupe une vallée en deux, et personne ne nous a demandé notre avis",
            "This tunnel cuts a valley in two, and nobody asked our opinion",
        ),
    ),
}


def utterances(statements: Statements = STATEMENTS, *, translated: bool) -> list[tuple[str, Utterance]]:
    """Return all renderings with the statement each belongs to."""
    return [
        (
            f"{speaker}: {subject}",
            Utterance(each.text, each.language, each.english if translated else None, speaker, each.date),
        )
        for (speaker, subject), renderings in statements.items()
        for each in renderings
    ]


def pairs(statements: Statements = STATEMENTS, *, translated: bool) -> Iterator[tuple[bool, Utterance, Utterance]]:
    """Yield all pairs of renderings in two languages, and whether they are one statement."""
    for (one, a), (other, b) in combinations(utterances(statements, translated=translated), 2):
        if a.language != b.language:
            yield one == other, a, b


def figures(
    statements: Statements = STATEMENTS,
    *,
    translated: bool,
    rivals: bool = False,
    worsened: Callable[[Utterance], Utterance] = lambda utterance: utterance,
) -> tuple[float, float]:
    """Return precision and recall over all pairs in two languages, as in a library that holds these quotes alone.

    With `rivals` what a speaker says in one language stands in one article, so that quotes compete for their pair.
    """
    told = [(same, worsened(a), worsened(b)) for same, a, b in pairs(statements, translated=translated)]
    quotes = {each for _, a, b in told for each in (a, b)}
    counts = Counter(
        trait
        for each in quotes
        for trait in traits(each.text, each.text if each.language == "en" else each.translation)
    )
    rarity = rarity_of(counts, len(quotes))
    judged = [(same, a, b, compare(a, b, rarity).score) for same, a, b in told]
    best: dict[tuple[str, str | None, str], float] = {}
    for _, a, b, score in judged:
        for one, other in ((a, b), (b, a)):
            place = (one.text, other.speaker, other.language)
            best[place] = max(best.get(place, 0.0), score)
    right = proposed = wanted = 0
    for same, a, b, score in judged:
        others = [best[a.text, b.speaker, b.language], best[b.text, a.speaker, a.language]] if rivals else []
        found = chosen(score, others)
        right, proposed, wanted = right + (same and found), proposed + found, wanted + same
    return right / proposed, right / wanted
