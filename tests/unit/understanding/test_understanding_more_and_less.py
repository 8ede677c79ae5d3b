"""More and less in Chinese, of whatever a thing's description says can be more or less."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

from homebody.assistant.plan import Command, Plan
from homebody.assistant.understanding.grammar import Grammar
from homebody.assistant.understanding.wishes.scales import at_level, scale, stepped
from homebody.home.device import Area, Device, Home
from homebody.home.function import Action, Choice, Function, Type
from homebody.home.label import Label

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=timezone(timedelta(hours=8)))


def number(id_: str, name: str, low: float, high: float, step: float = 1.0, unit: str = "") -> Function:
    return Function(
        id=id_, name=Label(zh=name), type=Type.NUMBER, actions=(Action.SET,), min=low, max=high, step=step,
        unit=unit,
    )  # fmt: skip


def choices(id_: str, name: str, *names: str) -> Function:
    return Function(
        id=id_, name=Label(zh=name), type=Type.CHOICE, actions=(Action.SET,),
        choices=tuple(Choice(id=f"c{index}", name=Label(zh=name)) for index, name in enumerate(names)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """A home with one made-up thing, 枢霖, that has these functions and this state."""

    functions: tuple[Function, ...]
    state: dict[str, float | str]

    def read(self, text: str) -> Plan:
        device = Device(id="it", kind="odd", name=Label(zh="枢霖"), area="room", controls=self.functions)
        home = Home(name=Label(zh="家"), areas=(Area(id="room", name=Label(zh="书房")),), devices=(device,))
        return Grammar(home).parse(text, states=lambda _: self.state, now=NOW).plan

    def value(self, text: str) -> object:
        steps = self.read(text).steps
        return steps[0].value if len(steps) == 1 and isinstance(steps[0], Command) else None


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (("强力", "标准", "安静"), ("c2", "c1", "c0")),
        (("细", "中", "粗"), ("c0", "c1", "c2")),
        (("文火", "武火"), ("c0", "c1")),
        (("绿茶", "普洱", "乌龙"), ()),
        (("自动", "低", "高"), ("c1", "c2")),
    ],
)
def test_choices_that_go_from_little_to_much(names: tuple[str, ...], ordered: tuple[str, ...]) -> None:
    assert scale(choices("x", "枢", *names)) == ordered


def test_a_scale_is_climbed_and_ends() -> None:
    suction = choices("suction", "吸力", "安静", "标准", "强力")
    assert stepped(suction, "c1", 1) == "c2"
    assert stepped(suction, "c2", 1) == "c2"
    assert stepped(suction, "c1", -5) == "c0"
    assert stepped(suction, None, -1) == "c0"
    assert [at_level(suction, level) for level in ("max", "medium", "min")] == ["c2", "c1", "c0"]
    assert at_level(choices("leaves", "茶叶", "绿茶", "普洱"), "max") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("枢霖浓一点", 5),
        ("枢霖淡一点", 3),
        ("枢霖的香气浓度再高两格", 6),
        ("枢霖香气浓度往下调两格", 2),
        ("把枢霖的香气浓度砍掉一半", 2),
        ("枢霖香气浓度加一半", 6),
    ],
)
def test_adjectives_find_the_number_that_is_called_like_them(text: str, value: float) -> None:
    room = Room((number("scent", "香气浓度", 0, 10), number("span", "时长", 10, 60, 5, "min")),
                {"scent": 4, "span": 30})  # fmt: skip
    assert room.value(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("枢霖磨粗一点", "c2"), ("枢霖细点", "c0"), ("枢霖的研磨度调到最粗", "c2"), ("枢霖研磨度调高", "c2"),
     ("枢霖研磨度最高", "c2")],
)  # fmt: skip
def test_adjectives_move_along_a_scale_of_choices(text: str, value: str) -> None:
    room = Room((choices("grind", "研磨度", "细", "中", "粗"),), {"grind": "c1"})
    assert room.value(text) == value


def test_more_of_nothing_named_is_of_what_was_set_last() -> None:
    room = Room((number("scent", "香气浓度", 0, 10), number("span", "时长", 10, 60, 5, "min")),
                {"scent": 4, "span": 30})  # fmt: skip
    steps = room.read("枢霖的时长调到四十，再高一点").steps
    assert [s.function for s in steps if isinstance(s, Command)] == ["span", "span"]


def test_soon_is_no_speed() -> None:
    stand = Function(id="stand", name=Label(zh="起立"), type=Type.ACTION, actions=(Action.RUN,))
    room = Room((stand, number("speed", "步速", 1, 9)), {"speed": 4})
    steps = room.read("枢霖快起立").steps
    assert [(s.function, s.action) for s in steps if isinstance(s, Command)] == [("stand", Action.RUN)]
