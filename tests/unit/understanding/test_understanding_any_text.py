"""Whatever is typed or heard: a plan that validates, in bounded work, and an honest word about what is too
much, is no time, or takes itself back."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from homebody.assistant.plan import Command, Plan
from homebody.assistant.reply import reply
from homebody.assistant.turn import MAX_TEXT
from homebody.assistant.understanding.grammar import Grammar
from homebody.assistant.understanding.limits import MAX_CLAUSES, MAX_WORDS
from homebody.home.device import Area, Device, Home
from homebody.home.file import default_home
from homebody.home.label import Label
from homebody.home.traits import trait

HOME = default_home()
GRAMMAR = Grammar(HOME)
NOW = datetime(2026, 11, 24, 15, 0).astimezone()
PIECES = (
    "打开", "关掉", "客厅", "的灯", "空调", "调到", "26度", "负零", "1e999", "和", "然后", "如果",
    "就", "除了", "所有",
    "不", "别", "吗", "每天", "2月30日", "二十五点", "半", "一点", "提醒我", "turn ", "on ", "off ",
    "the ", "light ",
    "all ", "except ", "and ", "then ", "if ", "at ", "set ", "to ", "50% ", "-0 ", "Feb 30 ",
    "every ", "don't ",
    "is ", "?", "，", "。", "“", "”", "\u202e", "\ud800", "😀", "\x00", "\ufdfa", "(", "[",
    "\\", "*", "+", "|",
)  # fmt: skip
BAIT = (
    "灯", "半", "一点", "百分之", "1", "9.", "一", "a ", "the ", "打开灯", "打开", "五分钟", "周一、",
    "1:", "monday and ",
    "ten hundred ", "twenty-", "如果", "if ", "不", "客厅，不，", "\"'", "提醒我", "remind me ",
    "list ", "add to ",
    "set timer ", "a\u0301", "\ufdfa", "😀", "\u202eمرحبا", "\ud800", " ", "每", "(a+)+$",
    "turn on the light and ",
    "打开客厅的灯，",
)  # fmt: skip


VALIDATOR = Draft202012Validator(TypeAdapter(Plan).json_schema())


def read(text: str, grammar: Grammar = GRAMMAR) -> Plan:
    states = grammar.home.state
    plan = grammar.parse(text, states=lambda i: states.get(i, {}), now=NOW).plan
    VALIDATOR.validate(json.loads(json.dumps(plan.to_json(), allow_nan=False)))
    assert plan.steps or plan.problems or plan.say or plan.answer
    for step in plan.steps:
        if isinstance(step, Command):
            device = grammar.home.device(step.device)
            function = device.function(step.function) if device else None
            assert function is not None
            assert step.value is None or function.reject(step.action, step.value) is None
    return plan


def told(plan: Plan) -> str:
    return reply(plan, (), HOME, NOW, plan.language)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=300))
def test_any_text_gives_a_plan_that_validates(text: str) -> None:
    assert told(read(text))


@pytest.mark.parametrize("bait", BAIT)
def test_no_text_costs_much_more_than_its_length(bait: str) -> None:
    """Measured in this machine's own time for a plain sentence; what grows with the square is far beyond."""
    text = (bait * MAX_TEXT)[:MAX_TEXT]
    plain = "打开客厅的灯，" * 30
    assert _cost(text) < 60 * _cost(plain)


def _cost(text: str) -> float:
    costs = []
    for _ in range(3):
        began = time.process_time()
        read(text)
        costs.append(time.process_time() - began)
    return min(costs)


@pytest.mark.parametrize("bait", BAIT)
def test_a_long_text_is_told_to_be_too_long(bait: str) -> None:
    text = (bait * 20_000)[:20_000]
    plan = read(text)
    (problem,) = plan.problems
    assert (problem.kind, problem.max, problem.unit) == ("unsupported", MAX_TEXT, "characters")
    assert not plan.steps
    assert f"{MAX_TEXT:,}" in told(plan)


@pytest.mark.parametrize(
    ("clause", "joint", "words"),
    [
        ("打开客厅的灯", "，", "分开说"), ("turn on the kitchen light", "; ", "at once"),
        ("turn on the kitchen light", " and ", "at once"),
    ],
)  # fmt: skip
def test_a_hundred_clauses_are_told_to_be_too_many(clause: str, joint: str, words: str) -> None:
    plan = read(joint.join([clause] * 100)[:MAX_TEXT])
    (problem,) = plan.problems
    assert not plan.steps
    assert problem.kind == "unsupported"
    assert (problem.max, problem.unit) in ((MAX_CLAUSES, "clauses"), (MAX_WORDS, "words"))
    assert words in told(plan)


@pytest.mark.parametrize(
    "text",
    [
        "2月30日早上八点打开客厅的灯", "4月31日打开客厅的灯", "二十五点打开客厅的灯", "99:99打开客厅的灯",
        "turn on the kitchen light on Feb 30 at 8", "turn on the kitchen light at 25:00",
        "on the 30th of february turn on the kitchen light",
        "in 99999999999999 hours turn on the kitchen light",
        "9" * 400 + "分钟后打开客厅的灯",
    ],
)  # fmt: skip
def test_a_time_that_there_is_not_is_said_so(text: str) -> None:
    plan = read(text)
    assert not plan.steps
    assert [(p.kind, p.unit) for p in plan.problems] == [("out_of_range", "time")]
    assert ("不存在" if plan.language == "zh" else "no such time") in told(plan)


@pytest.mark.parametrize(
    "text",
    [
        "把客厅灯调到1e999%", "set the living room light to 1e999 percent", "把客厅空调调到负零度",
        "set the living room air conditioner to -0 degrees", "set the living room light to -0%",
        "客厅空调调到999999999999999999999度",
    ],
)  # fmt: skip
def test_numbers_beyond_all_bounds_are_out_of_range(text: str) -> None:
    plan = read(text)
    assert not plan.steps
    assert [p.kind for p in plan.problems] == ["out_of_range"]


@pytest.mark.parametrize(
    "text",
    [
        "turn the kitchen light on and off", "turn on and off the kitchen light", "打开并关闭厨房的灯",
        "把厨房的灯打开和关闭", "lock and unlock the front door",
        "turn on the kitchen light and turn off the kitchen light", "打开厨房的灯，关掉厨房的灯",
    ],
)  # fmt: skip
def test_opposites_at_once_are_no_wish(text: str) -> None:
    plan = read(text)
    assert not [step for step in plan.steps if isinstance(step, Command)]
    assert plan.problems


@pytest.mark.parametrize(
    "text",
    ["turn on the kitchen light, then turn it off", "打开厨房的灯，然后关掉", "先开厨房灯，再关厨房灯"],
)
def test_one_after_the_other_is_a_wish(text: str) -> None:
    assert [s.action.value for s in read(text).steps if isinstance(s, Command)] == ["on", "off"]


NAMES = (
    "开关",
    "一号灯",
    "Off",
    "On",
    "All",
    "全部",
    "关灯",
    "turn",
    "is",
    "if",
    "26",
    "三",
    "不",
    "？",
    "的",
    "and",
)


def named(name: str) -> Home:
    """A lamp of this name in one room and an ordinary one in another."""
    light = (trait("on_off"), trait("brightness"))
    return Home(
        name=Label(en="home"),
        areas=(
            Area(id="study", name=Label(zh="书房", en="study")),
            Area(id="den", name=Label(zh="茶室", en="den")),
        ),
        devices=(
            Device(id="odd", kind="light", name=Label.of(name), area="study", traits=light),
            Device(
                id="plain", kind="light", name=Label(zh="落地灯", en="floor lamp"), area="den", traits=light
            ),
        ),
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_thing_may_have_any_word_for_a_name(name: str) -> None:
    grammar = Grammar(named(name))
    for text in (
        f"打开{name}", f"turn on {name}", f"turn off the {name}", f"把{name}关掉", name, f"{name}开着吗",
        f"is {name} on", f"不要打开{name}", f"don't turn on {name}", f"turn {name} on and the floor lamp off",
    ):  # fmt: skip
        read(text, grammar)
    on = [s for s in read("打开落地灯", grammar).steps if isinstance(s, Command)]
    assert [(s.device, s.action.value) for s in on] == [("plain", "on")]
    off = [s for s in read("turn off the floor lamp", grammar).steps if isinstance(s, Command)]
    assert [(s.device, s.action.value) for s in off] == [("plain", "off")]
    assert not [s for s in read("落地灯开着吗", grammar).steps if isinstance(s, Command)]


@pytest.mark.parametrize(
    ("name", "text"), [("Off", "turn on Off"), ("一号灯", "打开一号灯"), ("全部", "把全部打开")]
)
def test_a_lamp_with_a_word_for_a_name_is_switched_by_it(name: str, text: str) -> None:
    plan = read(text, Grammar(named(name)))
    assert "odd" in [s.device for s in plan.steps if isinstance(s, Command)]


def test_things_that_all_have_one_name_are_asked_about() -> None:
    lamp = Device(id="0", kind="light", name=Label(zh="灯", en="lamp"), area="a", traits=(trait("on_off"),))
    home = Home(
        name=Label(en="home"),
        areas=(Area(id="a", name=Label(zh="客厅", en="living room")),),
        devices=tuple(replace(lamp, id=str(index)) for index in range(300)),
    )
    grammar = Grammar(home)
    for text in ("打开灯", "turn on the lamp"):
        plan = read(text, grammar)
        assert not plan.steps
        assert [p.kind for p in plan.problems] == ["ambiguous"]
    assert len(read("turn on all the lamps", grammar).steps) == len(home.devices)
