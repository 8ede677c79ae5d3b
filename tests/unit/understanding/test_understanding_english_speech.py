"""How English is spoken: slips of the tongue, labels, afterthoughts, strange objects, conditions of what a
thing tells. In homes whose names mean nothing to the grammar."""

from __future__ import annotations

from datetime import datetime

import pytest

from homebody.assistant.context import Context
from homebody.assistant.plan import Command, Plan, Reminder
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.file import parse_home

HOME = parse_home("""\
schema: homebody.home/1
name: test
areas: [{id: a, name: Zorbli room}, {id: b, name: gimnep}]
devices:
  - {id: a.lamp, kind: light, name: Zorbli room lamp, area: a, traits: {on_off: {}, brightness: {}},
     state: {on_off: true, brightness: 50}}
  - {id: b.lamp, kind: light, name: gimnep lamp, area: b, traits: {on_off: {}, brightness: {}},
     state: {on_off: true, brightness: 50}}
  - id: vat
    kind: folquen
    kind_name: folquen vat
    name: Ludwig
    area: b
    controls:
      - {id: drain, name: drain, type: action}
      - {id: heat, name: warming plate, type: bool}
      - {id: strength, name: stirring strength, type: number, min: 1, max: 9, step: 1}
      - {id: peak, name: peak, type: number, min: 100, max: 1300, step: 10, unit: °C}
      - {id: murk, name: murk level, type: number, unit: "%", access: read}
      - {id: warm, name: keep warm, type: bool}
""")
GRAMMAR = Grammar(HOME)
NOW = datetime(2026, 11, 24, 15, 0).astimezone()


def read(text: str, context: Context | None = None) -> Plan:
    return GRAMMAR.parse(text, context=context, states=lambda i: HOME.state.get(i, {}), now=NOW).plan


def done(text: str) -> list[tuple[str, str, str, object]]:
    plan = read(text)
    assert not plan.problems, text
    return [(s.device, s.function, s.action.value, s.value) for s in plan.steps if isinstance(s, Command)]


OFF_B = [("b.lamp", "on_off", "off", None)]


@pytest.mark.parametrize(
    "text",
    [
        "turn off the Zorbli room lamp, er, no, the gimnep one",
        "turn off the wug, no, the gimnep lamp",
        "turn off the Zorbli room lamp, the gimnep lamp I mean",
        "turn gim, ah, turn off the gimnep lamp",
        "bedtime: gimnep lamp off",
        "gimnep lamp off, would ya",
        "gimnep lamp off, so the wug can sleep",
        "gimnep lamp off, I'm about to drain the pasta",
    ],
)
def test_only_what_was_meant_is_done(text: str) -> None:
    assert done(text) == OFF_B


def test_a_corrected_value_is_the_last() -> None:
    assert done("gimnep lamp to forty, actually make it thirty") == [("b.lamp", "brightness", "set", 30)]


def test_the_value_behind_a_direction_is_where_it_ends() -> None:
    assert done("make the gimnep lamp dimmer, fifteen percent") == [("b.lamp", "brightness", "set", 15)]


def test_a_sum_is_its_list() -> None:
    both = done("Zorbli room lamp and gimnep lamp, both off")
    assert both == [("a.lamp", "on_off", "off", None), *OFF_B]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("drain the vats", ("vat", "drain", "run", None)),
        ("peak of twelve forty", ("vat", "peak", "set", 1240)),
        ("Ludwig to nine hundred peak", ("vat", "peak", "set", 900)),
        ("warm up Ludwig", ("vat", "heat", "on", None)),
    ],
)
def test_a_description_is_enough(text: str, step: tuple[str, str, str, object]) -> None:
    assert done(text) == [step]


def test_a_strange_object_that_nothing_describes_is_no_reason_to_act() -> None:
    assert not read("drain the wug").steps


def test_a_condition_is_of_what_its_thing_tells() -> None:
    plan = read("if Ludwig is over 40 percent turn off the gimnep lamp")
    (step,) = plan.steps
    assert isinstance(step, Command)
    assert step.when.condition is not None
    assert (step.when.condition.device, step.when.condition.function) == ("vat", "murk")


def test_what_is_to_be_told_when_it_happens_changes_nothing() -> None:
    (step,) = read("let me know if Ludwig's murk level goes above 40").steps
    assert isinstance(step, Reminder)
    assert step.when.kind == "if"


def test_what_it_does_is_asked_by_its_own_verb() -> None:
    (step,) = read("is Ludwig keeping warm").steps
    assert (step.do, getattr(step, "function", "")) == ("query", "warm")


@pytest.mark.parametrize(
    ("before", "wanted"), [("turn off the gimnep lamp", "on"), ("turn on the gimnep lamp", "off")]
)
def test_what_was_done_can_be_undone(before: str, wanted: str) -> None:
    first = tuple(step for step in read(before).steps if isinstance(step, Command))
    (back,) = read("put it back", Context(last_commands=first, last_devices=("b.lamp",))).steps
    assert isinstance(back, Command)
    assert (back.device, back.action.value) == ("b.lamp", wanted)


@pytest.mark.parametrize(
    "text", ["keep it warm", "keep the wug warm, Ludwig", "Gran would like Ludwig warming on"]
)
def test_names_may_be_split_and_wishes_be_of_others(text: str) -> None:
    steps = [step for step in read(text).steps if isinstance(step, Command)]
    assert [(step.device, step.action.value) for step in steps] == [("vat", "on")]


def test_what_is_done_instead_is_all_that_is_done() -> None:
    assert done("turn off the gimnep lamp instead of the Zorbli room lamp") == OFF_B
    assert done("rather than the Zorbli room lamp, turn off the gimnep lamp") == OFF_B


def test_a_question_may_be_what_a_wish_waits_for() -> None:
    (step,) = read("is the gimnep lamp on? if so turn it off").steps
    assert isinstance(step, Command)
    assert step.when.condition is not None
    assert (step.when.condition.device, step.when.condition.value) == ("b.lamp", True)


def test_it_is_not_so_is_denied() -> None:
    (step,) = read("turn on the gimnep lamp if the Zorbli room lamp isn't on").steps
    assert isinstance(step, Command)
    assert step.when.condition is not None
    assert step.when.condition.value is False


@pytest.mark.parametrize(
    "text",
    [
        "the wug turns the gimnep lamp on",
        "somebody should have closed the gimnep lamp",
        "it's warm enough in here",
        "let Ludwig be",
        "I love the smell of the drain",
        "drains drain better than wugs",
        "no drain after ten",
    ],
)
def test_what_is_told_is_not_done(text: str) -> None:
    assert not [step for step in read(text).steps if isinstance(step, Command)]
