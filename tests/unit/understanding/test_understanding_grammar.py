"""The grammar against a plain house: what is done, what is asked, and what must never act."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homebody.assistant.context import Context
from homebody.assistant.plan import Command, Plan, Query
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.file import load_home

HOME = load_home(Path(__file__).parents[2] / "homes" / "house.yaml")
GRAMMAR = Grammar(HOME)
NOW = datetime(2026, 11, 24, 15, 0).astimezone()


def read(text: str, area: str | None = None) -> Plan:
    states = HOME.state
    context = Context(area=area)
    return GRAMMAR.parse(text, context=context, states=lambda i: states.get(i, {}), now=NOW).plan


def commands(text: str, area: str | None = None) -> set[tuple[object, ...]]:
    return {
        (s.device, s.function, s.action.value, s.value)
        for s in read(text, area).steps
        if isinstance(s, Command)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打开厨房的灯", {("kitchen.light", "on_off", "on", None)}),
        ("turn the kitchen light off", {("kitchen.light", "on_off", "off", None)}),
        ("把廚房的燈打開", {("kitchen.light", "on_off", "on", None)}),
        ("把厨房的灯调暗20%", {("kitchen.light", "brightness", "set", 40)}),
        ("客厅空调调到24度", {("living_room.ac", "thermostat", "set", 24)}),
        ("打开前门", {("hallway.lock", "lock", "unlock", None)}),
        ("给鱼缸喂食", {("study.aquarium", "feed", "run", None)}),
        ("把鱼缸水温调到25度", {("study.aquarium", "water_temperature", "set", 25)}),
        (
            "turn on the kitchen light and close the study curtain",
            {("kitchen.light", "on_off", "on", None), ("study.curtain", "position", "close", None)},
        ),
        ("客厅，不，厨房的灯打开", {("kitchen.light", "on_off", "on", None)}),
    ],
)
def test_commands(text: str, expected: set[tuple[object, ...]]) -> None:
    assert commands(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "客厅的灯开着吗", "is the kitchen light on?", "which lights are on", "前门锁了吗", "别关灯",
        "don't turn off the kitchen light", "the kitchen light is on", "我把厨房灯关了", "她说把灯关了",
        "I turned off the kitchen light",
    ],
)  # fmt: skip
def test_questions_negations_and_reports_never_act(text: str) -> None:
    assert not commands(text)


def test_questions_become_queries() -> None:
    (step,) = read("what's the temperature in the study").steps
    assert isinstance(step, Query)
    assert (step.what, step.devices, step.function) == ("value", ("study.climate",), "temperature")


def test_what_is_not_there_is_named_and_the_rest_is_done() -> None:
    plan = read("打开厨房的灯和地下室的灯")
    assert {s.device for s in plan.steps if isinstance(s, Command)} == {"kitchen.light"}
    assert [p.kind for p in plan.problems] == ["no_such_area"]


def test_out_of_range_says_the_range() -> None:
    plan = read("把鱼缸水温调到45度")
    (problem,) = plan.problems
    assert not plan.steps
    assert (problem.kind, problem.min, problem.max) == ("out_of_range", 20, 30)


def test_a_time_and_a_duration() -> None:
    (later,) = read("十分钟后关掉厨房的灯").steps
    (daily,) = read("every weekday at 7 open the study curtain").steps
    assert isinstance(later, Command)
    assert isinstance(daily, Command)
    assert (later.when.kind, later.when.duration) == ("after", "PT10M")
    assert (daily.when.kind, daily.when.time, len(daily.when.days)) == ("every", "07:00", 5)


def test_an_unclear_light_is_asked_about() -> None:
    (problem,) = read("关灯").problems
    assert problem.kind == "ambiguous"
    assert "kitchen.light" in problem.candidates


@given(st.text(max_size=200))
def test_any_text_gives_a_plan_of_things_that_exist(text: str) -> None:
    for step in read(text).steps:
        if isinstance(step, Command):
            device = HOME.device(step.device)
            assert device is not None
            function = device.function(step.function)
            assert function is not None
            assert step.value is None or function.reject(step.action, step.value) is None
