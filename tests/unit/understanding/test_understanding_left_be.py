"""Whatever a home's things and controls are called: these sentences order nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_homes import Spoken, spoken

from homebody.assistant.plan import Command
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.function import Type

ENGLISH = (
    "don't touch the {thing}",
    "please don't start the {thing}",
    "there is no need for the {thing} today",
    "I never asked for the {thing}",
    "we can do without the {thing}",
    "no {control} today",
    "no {control} for me, please",
    "my neighbour's {thing} is broken",
    "he said turn on the {thing}",
    "why would anybody want a {thing}",
    "what would you do without the {thing}",
)
CHINESE = (
    "别动{thing}",
    "今天不用开{thing}",
    "千万不要打开{thing}",
    "昨天有人把{thing}打开了",
    "妈妈说打开{thing}",
    "为什么要打开{thing}",
)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.sampled_from(list(Type)).flatmap(spoken))
def test_nothing_is_done(made: Spoken) -> None:
    grammar = Grammar(made.home)
    thing, control = made.device.name, made.control.name
    for frames, language in ((ENGLISH, "en"), (CHINESE, "zh")):
        for frame in frames:
            sentence = frame.format(thing=getattr(thing, language), control=getattr(control, language))
            steps = grammar.parse(sentence).plan.steps
            assert not any(isinstance(step, Command) for step in steps), sentence
