"""The judge: each rule with a plan that is right and one that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from homebody.assistant.plan import Command, Condition, Plan, Problem, Query, Step, Timer, When
from homebody.home.function import Action
from homebody.lab.expectation import Case, Expectation
from homebody.lab.judge import differences, judge, same_value


def plan(*steps: Step, problems: tuple[Problem, ...] = (), **more: Any) -> Plan:
    return Plan(text="", language="en", steps=steps, problems=problems, **more)


def lamp(action: Action = Action.ON, **more: Any) -> Command:
    return Command(**{"device": "lamp", "function": "on_off", "action": action, **more})


def dim(value: float, **more: Any) -> Command:
    return lamp(Action.SET, function="brightness", value=value, **more)


def step(**keys: Any) -> dict[str, Any]:
    return {"do": "command", "device": "lamp", "function": "on_off", "action": "on", **keys}


def bright(value: Any) -> dict[str, Any]:
    return step(function="brightness", action="set", value=value)


def expect(*steps: dict[str, Any], **more: Any) -> Expectation:
    return Expectation(steps=steps, **more)


def at_night(**more: Any) -> When:
    return When(**{"kind": "at", "time": "2026-03-04T20:00", **more})


DARK = Condition(device="sensor", function="illuminance", comparison="below", value=50)


@pytest.mark.parametrize(
    ("expected", "right", "wrong"),
    [
        pytest.param(expect(step()), plan(lamp()), plan(lamp(Action.OFF)), id="action"),
        pytest.param(expect(step()), plan(lamp()), plan(lamp(device="fan")), id="device"),
        pytest.param(expect(step()), plan(lamp()), plan(lamp(function="bubbles")), id="function"),
        pytest.param(expect(step()), plan(lamp()), plan(lamp(), lamp()), id="not twice"),
        pytest.param(
            expect(step(), step(device="fan")), plan(lamp(device="fan"), lamp()), plan(lamp()), id="all of it"
        ),
        pytest.param(expect(bright(40)), plan(dim(40.0000001)), plan(dim(40.1)), id="number"),
        pytest.param(expect(bright({"above": 40})), plan(dim(41)), plan(dim(40)), id="above"),
        pytest.param(expect(bright({"below": 40})), plan(dim(39)), plan(dim(40)), id="below"),
        pytest.param(expect(bright({"from": 30, "to": 40})), plan(dim(40)), plan(dim(41)), id="range"),
        pytest.param(expect(bright(40)), plan(dim(40, unit="%", delta=-10, words="x")), plan(), id="extras"),
        pytest.param(expect(step()), plan(lamp()), plan(lamp(when=at_night())), id="at once unless said"),
        pytest.param(
            expect(step(when={"kind": "at", "time": "2026-03-04T20:00:00"})),
            plan(lamp(when=at_night())),
            plan(lamp(when=at_night(time="2026-03-04T21:00"))),
            id="moment by its meaning",
        ),
        pytest.param(
            expect(step(when={"kind": "after", "duration": "PT1H"})),
            plan(lamp(when=When(kind="after", duration="PT60M"))),
            plan(lamp(when=When(kind="after", duration="PT60M", lasting="PT5M"))),
            id="keys of when have their defaults",
        ),
        pytest.param(
            expect(step(when={"kind": "every", "time": "07:00", "days": ["sun", "sat"]})),
            plan(lamp(when=When(kind="every", time="07:00:00", days=("sat", "sun")))),
            plan(lamp(when=When(kind="every", time="07:00", days=("sat",)))),
            id="days in any order",
        ),
        pytest.param(
            expect(
                step(
                    when={
                        "kind": "if",
                        "wait": True,
                        "condition": {
                            "device": "sensor", "function": "illuminance", "comparison": "below", "value": 50,
                        },
                    }
                )
            ),
            plan(lamp(when=When(kind="if", wait=True, condition=DARK))),
            plan(lamp(when=When(kind="if", condition=DARK))),
            id="when is not if",
        ),
        pytest.param(
            expect({"do": "query", "what": "state", "devices": ["a", "b"]}),
            plan(Query(what="state", devices=("b", "a"))),
            plan(Query(what="state", devices=("a",))),
            id="devices of a question",
        ),
        pytest.param(
            expect({"do": "timer", "action": "set", "duration": "PT9M"}),
            plan(Timer(action="set", duration="PT9M", name="tea")),
            plan(Timer(action="set", duration="PT10M")),
            id="only keys that are given",
        ),
        pytest.param(
            Expectation(problems=({"kind": "no_such_device"},)),
            plan(problems=(Problem(kind="no_such_device", words="x"),)),
            plan(problems=(Problem(kind="no_such_device", words="x"),) * 2),
            id="problems are a multiset",
        ),
        pytest.param(
            Expectation(problems=({"kind": "out_of_range", "max": 30},)),
            plan(problems=(Problem(kind="out_of_range", words="x", max=30.0),)),
            plan(problems=(Problem(kind="out_of_range", words="x", max=25.0),)),
            id="keys of a problem",
        ),
        pytest.param(Expectation(say=True), plan(say="Hello"), plan(lamp(), say="Hello"), id="words alone"),
        pytest.param(Expectation(say=True), plan(say="Hello"), plan(), id="words are needed"),
        pytest.param(expect(step()), plan(lamp(), say="Done"), plan(say="Done"), id="words are no deed"),
        pytest.param(
            expect(step(), say=False), plan(lamp()), plan(lamp(), say="And more"), id="no words wanted"
        ),
        pytest.param(Expectation(), plan(say="Noted"), plan(), id="an empty plan is wrong"),
        pytest.param(Expectation(nothing=True), plan(), plan(say="Noted"), id="unless it is wanted"),
        pytest.param(Expectation(answer="yes"), plan(answer="yes"), plan(answer="no"), id="answer"),
        pytest.param(expect(step()), plan(lamp()), plan(lamp(), answer="yes"), id="no answer was asked"),
    ],
)  # fmt: skip
def test_judge_rule(expected: Expectation, right: Plan, wrong: Plan) -> None:
    assert differences(right, expected) == []
    assert differences(wrong, expected) != []


def test_judge_accepts_any_of_the_expected_plans_and_tells_what_the_first_misses() -> None:
    case = Case(say="x", class_="plain", expected=(expect(step()), Expectation(say=True)))
    assert judge(plan(say="Which one?"), case).exact
    verdict = judge(plan(lamp(Action.OFF)), case)
    assert not verdict.exact
    assert verdict.reasons == ("step missing: lamp on_off on", "step too much: lamp on_off off")


def test_judge_pairs_loose_expectations_after_strict_ones() -> None:
    loose = step(function="brightness", action="set", value={"above": 10})
    assert differences(plan(dim(40), dim(60)), expect(loose, bright(40))) == []


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        (True, True, True),
        (True, 1, False),
        (1, True, False),
        (2, "2", True),
        (2, "two", False),
        ("PT1H", "PT60M", True),
        ("PT1H", "PT61M", False),
        (["a", "b"], ("b", "a"), True),
        (["a"], ("a", "a"), False),
        ({"x": 1}, {"x": 1.0}, True),
        ({"x": 1}, {"y": 1}, False),
        ({"above": 1}, True, False),
        (None, None, True),
        (None, 0, False),
        ("8", 8, False),
    ],
)
def test_judge_values(expected: object, got: object, same: bool) -> None:
    assert same_value(expected, got) is same
