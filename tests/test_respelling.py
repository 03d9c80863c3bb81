"""Names in the shown translation: whose spelling is changed, and above all whose is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.respelling import respell
from reader.text.span import Span

RUTTE = ("Рютте", "Mark Rutte")
ZELENSKYY = ("Володимир Зеленський", "Volodymyr Zelenskyy")
PUTIN = ("Путін", "Vladimir Putin")


@pytest.mark.parametrize(
    ("source", "machine", "people", "shown"),
    [
        ("Рютте прибув до Києва.", "Ryutte arrived in Kyiv.", [RUTTE], "Rutte arrived in Kyiv."),
        ("Це план Рютте.", "It is Ryutte's plan.", [RUTTE], "It is Rutte's plan."),
        ("РЮТТЕ У КИЄВІ", "RYUTTE IN KYIV", [("РЮТТЕ", "Mark Rutte")], "RUTTE IN KYIV"),
        (
            "Володимир Зеленський подякував.",
            "Vladimir Zelensky gave thanks.",
            [ZELENSKYY],
            "Volodymyr Zelenskyy gave thanks.",
        ),
        (
            "Це слова Шольца.",
            "So said Sholts.",
            [("Шольца", "Olaf Scholz")],
            "So said Scholz.",
        ),
        ("Болоян не отговори.", "Bolozhan did not answer.", [("Болоян", "Ilie Bolojan")], "Bolojan did not answer."),
        ("Sosoaca a plecat.", "Sosoaca left.", [("Sosoaca", "Diana Șoșoacă")], "Șoșoacă left."),
        (
            "Рютте сказав, що Рютте прийде.",
            "Ryutte said Ryutte will come.",
            [RUTTE, RUTTE],
            "Rutte said Rutte will come.",
        ),
    ],
)
def test_another_spelling_of_a_known_name_gives_way_to_the_readers(
    source: str, machine: str, people: list[tuple[str, str]], shown: str
):
    respelled = respell(source, machine, people)
    assert respelled.text == shown
    assert respelled.machine == machine
    assert all(change.span.of(shown).casefold() in change.person.casefold() for change in respelled.changes)


@pytest.mark.parametrize(
    ("source", "machine", "people"),
    [
        # the name is there already; the other is another's
        ("Рютте зустрів Рютту.", "Rutte met Ryutta.", [RUTTE]),
        ("Иванов и Иванова приехали.", "Ivanov and Ivanova arrived.", [("Иванов", "Petr Ivanov")]),
        # two spellings may be two people
        ("Петренко і Петренка бачили.", "Petrenka and Petrenki were seen.", [("Петренко", "Ivan Petrenko")]),
        # Vladimir is Putin's, whatever Zelenskyy's name is like
        (
            "Зеленський і Володимир Путін говорили.",
            "Zelenskyy and Vladimir Putin talked.",
            [("Володимир Зеленський", "Volodymyr Zelenskyy"), ("Володимир Путін", "Vladimir Putin")],
        ),
        # near, and not the same
        ("Марін виступила.", "Martin spoke.", [("Марін", "Sanna Marin")]),
        ("Merkel a vorbit.", "Merkle spoke.", [("Merkel", "Angela Merkel")]),
        ("Марк був там.", "Market was there.", [("Марк", "Mark Rutte")]),
        ("Марк був там.", "Marks were there.", [("Марк", "Mark Rutte")]),
        ("Туск відповів.", "The Task was answered.", [("Туск", "Donald Tusk")]),
        ("Байден приїхав.", "It came to Baghdad.", [("Байден", "Joe Biden")]),
        ("Popescu a câștigat.", "Ponescu won.", [("Popescu", "Ana Popescu")]),
        ("Кравчук програв.", "Kravchenko lost.", [("Кравчук", "Leonid Kravchuk")]),
        ("Стефанов загуби.", "Stefanova lost.", [("Кравчук", "Leonid Kravchuk")]),
        # the source has another name that fits as well
        ("Шольц і Шольтс говорили.", "Sholts spoke.", [("Шольц", "Olaf Scholz")]),
        # a lower-case word is no name, and a short one says too little
        ("Рютте прибув.", "The ryutte arrived.", [RUTTE]),
        ("Лі сказав.", "Lee spoke.", [("Лі", "Robert Li")]),
        # what the name is in the mention is all that is looked for
        ("Рютте прибув.", "Marc arrived.", [RUTTE]),
        ("Рютте прибув.", "The minister arrived.", [RUTTE]),
        ("Рютте прибув.", "", [RUTTE]),
        ("Рютте прибув.", "Ryutte arrived.", []),
    ],
)
def test_a_near_name_is_left_alone(source: str, machine: str, people: list[tuple[str, str]]):
    assert respell(source, machine, people).text == machine


@given(
    st.text(max_size=80),
    st.lists(st.sampled_from(["Ryutte", "Zelensky", "VLADIMIR", "Putina's", "and", "\u2028", "😀", "Ryutte-Zelensky"])),
    st.lists(st.sampled_from([RUTTE, ZELENSKYY, PUTIN, ("", ""), ("Х", "X")])),
)
def test_what_the_machine_wrote_always_comes_back(source: str, words: list[str], people: list[tuple[str, str]]):
    machine = " ".join(words)
    respelled = respell(source, machine, people)
    assert respelled.machine == machine
    assert all(change.span.of(respelled.text) for change in respelled.changes)


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("It", "It"),
        ("Ryutte", "Rutte"),
        ("yut", "Rutte"),
        ("plan", "plan"),
        ("Ryutte's plan", "Rutte's plan"),
        ("It is Ryutte", "It is Rutte"),
    ],
)
def test_a_stretch_of_the_machines_text_is_found_in_the_shown_one(words, stands):
    machine = "It is Ryutte's plan."
    shown = respell("Це план Рютте.", machine, [RUTTE])
    at = machine.index(words)
    assert shown.shown(Span(at, at + len(words))).of(shown.text) == stands
