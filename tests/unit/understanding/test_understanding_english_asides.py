"""What people say beside a wish changes nothing of it, and is no problem; speech of others stays speech."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from homebody.assistant.plan import Command, Plan
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.file import load_home

HOME = load_home(Path(__file__).parents[2] / "homes" / "house.yaml")
GRAMMAR = Grammar(HOME)
NOW = datetime(2026, 11, 24, 15, 0).astimezone()


def read(text: str) -> Plan:
    return GRAMMAR.parse(text, states=lambda i: HOME.state.get(i, {}), now=NOW).plan


@pytest.mark.parametrize(
    "reason",
    [
        "my hands are full",
        "the plumber's here",
        "I've lost my keys",
        "it's me",
        "we're nearly home",
        "there's someone at the door",
        "let me in",
        "because it's raining and I'm soaked",
    ],
)
def test_a_reason_leaves_only_the_wish(reason: str) -> None:
    for text in (f"{reason}, unlock the front door", f"unlock the front door, {reason}"):
        plan = read(text)
        assert [(s.function, s.action.value) for s in plan.steps if isinstance(s, Command)] == [
            ("lock", "unlock")
        ]
        assert not plan.problems


@pytest.mark.parametrize(
    "text",
    [
        "he said my hands are full, unlock the front door",
        "my hands are full, don't unlock the front door",
        "my hands are full and it's raining",
        "I unlocked the front door, it's me",
    ],
)
def test_what_is_told_opens_nothing(text: str) -> None:
    assert not any(isinstance(step, Command) for step in read(text).steps)
