"""What is said after something was done, in few words; and what may never be taken for opening a lock."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from homebody.assistant.context import Context
from homebody.assistant.plan import Command
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.file import load_home

HOME = load_home(Path(__file__).parents[2] / "homes" / "house.yaml")
GRAMMAR = Grammar(HOME)
NOW = datetime(2026, 11, 24, 15, 0).astimezone()


def after(before: str, text: str) -> list[Command]:
    first = GRAMMAR.parse(before, states=lambda i: HOME.state.get(i, {}), now=NOW).plan
    done = tuple(step for step in first.steps if isinstance(step, Command))
    context = Context(last_commands=done, last_devices=tuple(step.device for step in done))
    plan = GRAMMAR.parse(text, context=context, states=lambda i: HOME.state.get(i, {}), now=NOW).plan
    return [step for step in plan.steps if isinstance(step, Command)]


def test_for_how_long_what_was_done_lasts() -> None:
    (step,) = after("turn on the kitchen light", "for an hour")
    assert (step.device, step.when.kind, step.when.lasting) == ("kitchen.light", "now", "PT1H")


def test_too_much_takes_half_of_the_step_back() -> None:
    (up,) = after("", "turn the kitchen light up")
    (back,) = after("turn the kitchen light up", "too much")
    assert up.delta is not None
    assert back.delta == -up.delta / 2


@pytest.mark.parametrize("text", ["undo that", "undo it", "release it", "let go"])
def test_no_lock_opens_where_none_was_spoken_of(text: str) -> None:
    assert all(step.device == "kitchen.light" for step in after("turn off the kitchen light", text))
