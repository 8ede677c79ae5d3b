"""What a robot is told, in both languages; and everything that is no matter of the robot."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from homebody.assistant.context import Context
from homebody.assistant.plan import Plan, Skill
from homebody.assistant.policy import decide
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.file import default_home, load_home

ROOT = Path(__file__).parents[3]
GRAMMAR = Grammar(load_home(ROOT / "examples/homes/with-a-dog.yaml"))
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
GROUND = "living_room,dining_room,kitchen,hallway,garage"


def read(text: str, grammar: Grammar = GRAMMAR) -> Plan:
    return grammar.parse(text, context=Context(area="living_room"), now=NOW).plan


def told(plan: Plan) -> list[tuple[str, dict[str, Any]]]:
    return [(step.name, dict(step.arguments)) for step in plan.steps if isinstance(step, Skill)]


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("去厨房看看，然后回来坐下",
         [("go_to", {"area": "kitchen"}), ("look_around", {}), ("home", {}), ("sit", {})]),
        ("go to the kitchen, have a look, then come back and sit down",
         [("go_to", {"area": "kitchen"}), ("look_around", {}), ("home", {}), ("sit", {})]),
        ("机器狗，过来", [("come", {"area": "living_room"})]),
        ("come here, Rex", [("come", {"area": "living_room"})]),
        ("巡逻厨房和餐厅", [("patrol", {"areas": "kitchen,dining_room"})]),
        ("patrol downstairs", [("patrol", {"areas": GROUND})]),
        ("巡逻", [("patrol", {"areas": GROUND + ",master_bedroom,kids_room,study,bathroom,balcony"})]),
        ("往前走两米", [("walk", {"metres": 2.0})]),
        ("walk back 1.5 metres", [("walk", {"metres": -1.5})]),
        ("后退一米", [("walk", {"metres": -1.0})]),
        ("turn left and then sit", [("turn", {"degrees": 90.0}), ("sit", {})]),
        ("向右转", [("turn", {"degrees": -90.0})]),
        ("turn 45 degrees", [("turn", {"degrees": 45.0})]),
        ("请你握手", [("shake_right", {})]),
        ("could you give me your paw please", [("shake_right", {})]),
        ("停下", [("stop", {})]),
        ("stop!", [("stop", {})]),
        ("急停", [("emergency_stop", {})]),
        ("你在哪？", [("where", {})]),
        ("where are you?", [("where", {})]),
        ("还有多少电？", [("battery", {})]),
        ("do a backflip", [("backflip", {})]),
    ],
)  # fmt: skip
def test_skills_in_the_order_in_which_they_were_said(
    text: str, skills: list[tuple[str, dict[str, Any]]]
) -> None:
    plan = read(text)
    assert told(plan) == skills and not plan.problems
    assert all(decide(step, GRAMMAR.home).verdict == "allow" for step in plan.steps)


@pytest.mark.parametrize(
    ("text", "kind", "time"),
    [
        ("patrol the ground floor every night at eleven", "every", "23:00"),
        ("每天晚上十一点巡逻一楼", "every", "23:00"),
        ("明天早上八点去厨房", "at", "2026-11-25T08:00"),
        ("go to the kitchen in ten minutes", "after", None),
    ],
)
def test_skills_at_their_time(text: str, kind: str, time: str | None) -> None:
    (step,) = read(text).steps
    assert isinstance(step, Skill) and step.when.kind == kind
    assert (step.when.time or "").startswith(time or "")


@pytest.mark.parametrize(
    "text", ["if the front door opens, go to the hallway and sit", "如果大门开了，就去玄关坐下"]
)
def test_skills_under_a_condition(text: str) -> None:
    plan = read(text)
    assert told(plan) == [("go_to", {"area": "hallway"}), ("sit", {})]
    for step in plan.steps:
        assert isinstance(step, Skill) and step.when.condition is not None
        assert step.when.condition.device == "hallway.door_sensor" and step.when.condition.value is True


@pytest.mark.parametrize(
    "text",
    ["don't sit", "别坐下", "去月球", "go to the moon", "why did the dog sit down", "打开客厅灯",
     "stop the music", "turn on the kitchen light", "if the moon is green, sit"],
)  # fmt: skip
def test_what_is_no_matter_of_the_robot_moves_nothing(text: str) -> None:
    assert told(read(text)) == []


def test_a_home_without_such_a_robot_has_no_skills() -> None:
    grammar = Grammar(default_home())
    for text in ("坐下", "go to the kitchen", "stop", "巡逻"):
        assert told(read(text, grammar)) == []


def test_what_a_model_guesses_and_what_is_not_in_the_table_is_refused() -> None:
    sit = Skill(name="sit")
    assert decide(sit, GRAMMAR.home, source="model").rule == "skill_by_guess"
    assert decide(Skill(name="bite"), GRAMMAR.home).rule == "no_such_skill"
