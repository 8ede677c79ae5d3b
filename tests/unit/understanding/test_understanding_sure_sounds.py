"""Spoken names and numbers of which a character was written by its sound."""

from __future__ import annotations

import pytest

from homebody.assistant.plan import Command, Plan
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.file import default_home


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(default_home())


def commands(plan: Plan) -> list[tuple[str, str, object]]:
    return [(s.device, str(s.action), s.value) for s in plan.steps if isinstance(s, Command)]


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("打开书房等", "打开书房灯"),
        ("把书房等打开", "把书房灯打开"),
        ("客厅空条调到二十四度", "客厅空调调到二十四度"),
        ("主卧空调设成二石六度", "主卧空调设成二十六度"),
        ("儿童房灯亮度调到一百", "儿童房灯亮度调到一百"),
        ("客厅空调调到十起度", "客厅空调调到十七度"),
    ],
)
def test_a_name_or_number_by_its_sound_is_the_one_that_was_meant(
    grammar: Grammar, heard: str, meant: str
) -> None:
    found, wanted = grammar.parse(heard, spoken=True).plan, grammar.parse(meant).plan
    assert commands(found) == commands(wanted) != []


def test_a_number_out_of_range_is_not_cut_to_its_end(grammar: Grammar) -> None:
    plan = grammar.parse("儿童房灯亮度一白五", spoken=True).plan
    assert not plan.steps and [problem.kind for problem in plan.problems] == ["out_of_range"]


@pytest.mark.parametrize(
    "text", ["把客厅灯调成白色", "关灯是吗", "现在是十点", "客厅灯是不是开着", "三石米是什么"]
)
def test_other_words_stay_as_they_are(grammar: Grammar, text: str) -> None:
    assert commands(grammar.parse(text, spoken=True).plan) == commands(grammar.parse(text).plan)


def test_what_was_typed_is_taken_as_it_is_written(grammar: Grammar) -> None:
    assert not any("heard" in note for note in grammar.parse("打开书房等").explanation)


@pytest.mark.parametrize("heard", ["打开大闷锁", "打开大们锁"])
def test_no_lock_is_opened_by_its_sound(grammar: Grammar, heard: str) -> None:
    reading = grammar.parse(heard, spoken=True)
    opens = [step for step in reading.plan.steps if getattr(step, "action", "") in ("unlock", "open")]
    assert not (opens and any("heard" in note for note in reading.explanation))
