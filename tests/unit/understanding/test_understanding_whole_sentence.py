"""Chinese sentences that a recogniser wrote down with other characters, spelt anew by their sound."""

from __future__ import annotations

import pytest

from homebody.assistant.understanding.grammar import Grammar
from homebody.home.file import default_home


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(default_home())


@pytest.mark.parametrize(
    ("heard", "device", "action"),
    [
        ("把握式窗连喇上", "master_bedroom.curtain", "close"),
        ("把数房灯官掉", "study.light", "off"),
        ("打凯客厅店视", "living_room.tv", "on"),
    ],
)
def test_what_was_spoken_is_read_by_its_sound(grammar: Grammar, heard: str, device: str, action: str) -> None:
    reading = grammar.parse(heard, spoken=True)
    assert device in [getattr(step, "device", "") for step in reading.plan.steps], reading.plan
    assert {getattr(step, "action", "") for step in reading.plan.steps} == {action}
    assert reading.plan.confidence < 1.0
    assert any("heard" in note for note in reading.explanation)


def test_what_was_typed_is_taken_as_it_is_written(grammar: Grammar) -> None:
    assert not grammar.parse("把握式窗连喇上").plan.steps


@pytest.mark.parametrize("heard", ["打开大门所", "把大门的所打开", "开所"])
def test_no_lock_is_opened_by_its_sound(grammar: Grammar, heard: str) -> None:
    reading = grammar.parse(heard, spoken=True)
    opens = [step for step in reading.plan.steps if getattr(step, "action", "") in ("unlock", "open")]
    assert not (opens and any("heard" in note for note in reading.explanation))


@pytest.mark.parametrize("heard", ["今天天气真不错啊", "我们晚上吃什么好呢", "嗯那个这个", "一二三四五六七"])
def test_talk_is_not_spelt_into_a_command(grammar: Grammar, heard: str) -> None:
    assert not [step for step in grammar.parse(heard, spoken=True).plan.steps if step.do == "command"]


def test_work_is_bounded(grammar: Grammar) -> None:
    assert not [s for s in grammar.parse("是" * 2000, spoken=True).plan.steps if s.do == "command"]
