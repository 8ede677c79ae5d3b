"""What is ordered of a made-up thing that makes it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from homebody.assistant.plan import Command, Plan
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.device import Area, Device, Home
from homebody.home.function import Action, Choice, Function, Type
from homebody.home.label import Label

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=timezone(timedelta(hours=8)))


def maker(id_: str, name: str, *drinks: str) -> Device:
    drink = Function(
        id="drink", name=Label(zh="饮品"), type=Type.CHOICE, actions=(Action.SET,),
        choices=tuple(Choice(id=name, name=Label(zh=name)) for name in drinks),
    )  # fmt: skip
    start = Function(id="start", name=Label(zh="开始制作"), type=Type.ACTION, actions=(Action.RUN,))
    return Device(id=id_, kind="odd", name=Label(zh=name), area="room", controls=(drink, start))


def read(text: str, *devices: Device) -> Plan:
    home = Home(name=Label(zh="家"), areas=(Area(id="room", name=Label(zh="书房")),), devices=devices)
    return Grammar(home).parse(text, now=NOW).plan


@pytest.mark.parametrize("text", ["来杯琪露", "给我冲壶琪露", "泡杯琪露芷酿", "芷酿机来杯琪露"])
def test_what_is_ordered_is_chosen_and_made(text: str) -> None:
    steps = read(text, maker("it", "芷酿机", "琪露", "岚茶")).steps
    assert [(s.function, s.value) for s in steps if isinstance(s, Command)] == [
        ("drink", "琪露"),
        ("start", None),
    ]


@pytest.mark.parametrize("text", ["来杯蔓汁", "芷酿机做杯蔓汁", "芷酿机做一杯蔓汁"])
def test_what_nothing_makes_is_a_problem(text: str) -> None:
    plan = read(text, maker("it", "芷酿机", "琪露", "岚茶"))
    assert plan.problems
    assert not plan.steps


def test_two_that_make_it_are_not_guessed_between() -> None:
    plan = read("来杯琪露", maker("one", "芷酿机", "琪露"), maker("two", "枢酿机", "琪露"))
    assert plan.problems
    assert not plan.steps
