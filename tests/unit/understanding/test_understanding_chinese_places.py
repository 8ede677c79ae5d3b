"""Rooms by the other words for them, rooms from one number to another, and little words around them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from homebody.assistant.plan import Command, Plan, Query
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.device import Area, Device, Home
from homebody.home.function import Action, Function, Type
from homebody.home.label import Label

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=timezone(timedelta(hours=8)))
SWITCH = Function(
    id="on_off", name=Label(zh="电源"), type=Type.BOOL, actions=(Action.ON, Action.OFF), trait=True
)


def home(*rooms: str) -> Home:
    areas = tuple(Area(id=f"a{index}", name=Label(zh=room)) for index, room in enumerate(rooms))
    lamps = tuple(
        Device(id=f"{area.id}.lamp", kind="light", name=Label(zh="顶灯"), area=area.id, traits=(SWITCH,))
        for area in areas
    )
    return Home(name=Label(zh="家"), areas=areas, devices=lamps)


def read(text: str, *rooms: str) -> Plan:
    return Grammar(home(*rooms)).parse(text, now=NOW).plan


def switched(text: str, *rooms: str) -> list[str]:
    return [step.device for step in read(text, *rooms).steps if isinstance(step, Command)]


@pytest.mark.parametrize(
    ("said", "called"),
    [("厕所", "卫生间"), ("洗手间", "浴室"), ("门厅", "玄关"), ("过道", "走廊"), ("孩子房间", "儿童房"),
     ("庭院", "院子"), ("301室", "301房"), ("换鞋室", "换鞋间"), ("院儿里", "院子")],
)  # fmt: skip
def test_another_word_for_the_one_room(said: str, called: str) -> None:
    assert switched(f"把{said}的灯打开", called, "阁楼卧室") == ["a0.lamp"]


def test_a_word_for_two_rooms_is_none() -> None:
    plan = read("把洗手间的灯打开", "卫生间", "浴室")
    assert not plan.steps
    assert [problem.kind for problem in plan.problems] == ["no_such_area"]


def test_what_the_home_calls_a_room_is_that_room() -> None:
    assert switched("把浴室的灯打开", "卫生间", "浴室") == ["a1.lamp"]


def test_rooms_from_one_number_to_another() -> None:
    rooms = [f"{number}房" for number in range(201, 208)]
    assert switched("203到205房的灯都关了", *rooms) == ["a2.lamp", "a3.lamp", "a4.lamp"]


@pytest.mark.parametrize(
    "text",
    ["您受累把书房的灯打开", "俺想让你把书房那灯开开中不中", "书房的灯儿给我打开", "麻溜儿的，书房灯打开奥"],
)
def test_words_around_a_wish_are_no_thing(text: str) -> None:
    assert switched(text, "书房", "厨房") == ["a0.lamp"]


@pytest.mark.parametrize(
    "text", ["书房的灯还开着不", "书房灯关没关好", "书房的灯关没关上", "书房的灯有没有关"]
)
def test_questions_by_their_form(text: str) -> None:
    plan = read(text, "书房", "厨房")
    assert [type(step) for step in plan.steps] == [Query]
