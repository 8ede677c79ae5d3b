"""Devices that nobody has heard of, in homes that nobody has seen: commanded, bounded and asked about by
their description alone, in both languages."""

from __future__ import annotations

import json
from datetime import datetime

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter
from tests.made_homes import Spoken, said_number, spoken

from homebody.assistant.plan import Command, Plan, Query
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.function import Action, Type
from homebody.home.label import Language

NOW = datetime(2026, 11, 24, 15, 0).astimezone()
LANGUAGES: st.SearchStrategy[Language] = st.sampled_from(("zh", "en"))
bounded = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a home is built for each example: no shrinking
    suppress_health_check=[HealthCheck.too_slow],
)


SET = {
    "zh": ("把{d}的{c}调到{v}", "将{d}的{c}设为{v}", "{d}的{c}调到{v}", "请把{d}{c}设置成{v}"),
    "en": (
        "set the {c} of the {d} to {v}", "set the {d} {c} to {v}", "please change the {d}'s {c} to {v}",
        "could you set the {d} {c} to {v}",
    ),
}  # fmt: skip
SWITCHED = {
    ("zh", Action.ON): ("打开{d}的{c}", "把{d}的{c}打开", "请开启{d}的{c}"),
    ("zh", Action.OFF): ("关闭{d}的{c}", "把{d}的{c}关掉", "关掉{d}的{c}"),
    ("en", Action.ON): ("turn on the {c} of the {d}", "turn the {d} {c} on", "switch on the {d} {c}"),
    ("en", Action.OFF): ("turn off the {c} of the {d}", "turn the {d} {c} off", "switch off the {d} {c}"),
}
RUN = {
    "zh": ("让{d}{c}", "{d}{c}", "运行{d}的{c}"),
    "en": ("run the {c} of the {d}", "run {c} on the {d}", "start the {d} {c}"),
}
ASKED = {
    (Type.NUMBER, "zh"): ("{d}的{c}是多少", "{d}的{c}多少了？"),
    (Type.NUMBER, "en"): ("what is the {c} of the {d}", "what's the {d} {c}?"),
    (Type.BOOL, "zh"): ("{d}的{c}开着吗", "{d}的{c}开了没有？"),
    (Type.BOOL, "en"): ("is the {c} of the {d} on", "is the {d} {c} on?"),
    (Type.CHOICE, "zh"): ("{d}的{c}是什么", "{d}的{c}现在是什么？"),
    (Type.CHOICE, "en"): ("what is the {c} of the {d}", "what is the {d} {c} set to?"),
}
NOWHERE = {"zh": ("嫦娥", "饕餮"), "en": ("hufflepuff", "xyzzy")}
NO_WISH = {
    "zh": ("不要{s}", "别{s}", "妈妈说{s}", "为什么要{s}", "我昨天{s}了", "她问要不要{s}"),
    "en": (
        "don't {s}", "do not {s}", "she said {s}", "why did you {s}", "should I {s}?", "he told me to {s}",
        "never {s}",
    ),
}  # fmt: skip


VALIDATOR = Draft202012Validator(TypeAdapter(Plan).json_schema())


def read(text: str, at: Spoken) -> Plan:
    """The plan, which validates, is pure JSON, and accounts for something."""
    plan = Grammar(at.home).parse(text, now=NOW).plan
    document = json.loads(json.dumps(plan.to_json(), allow_nan=False))
    VALIDATOR.validate(document)
    assert plan.steps or plan.problems or plan.say, text
    return plan


def commands(plan: Plan) -> list[tuple[str, str, Action, object]]:
    return [(s.device, s.function, s.action, s.value) for s in plan.steps if isinstance(s, Command)]


def sentence(
    data: st.DataObject, at: Spoken, patterns: tuple[str, ...], language: Language, value: str = ""
) -> str:
    names = {"d": at.device.name.text(language), "c": at.control.name.text(language), "v": value}
    return data.draw(st.sampled_from(patterns)).format(**names)


@bounded
@given(spoken(Type.NUMBER), LANGUAGES, st.data())
def test_a_number_is_set_to_exactly_that(at: Spoken, language: Language, data: st.DataObject) -> None:
    control = at.control
    steps = data.draw(st.integers(0, round((control.max - control.min) / control.step)))
    value = control.min + steps * control.step
    text = sentence(data, at, SET[language], language, said_number(value, control.unit, language))
    plan = read(text, at)
    assert commands(plan) == [(at.device.id, control.id, Action.SET, value)], text
    assert not plan.problems, text


@bounded
@given(spoken(Type.NUMBER), LANGUAGES, st.data())
def test_out_of_range_is_a_problem_with_the_range(
    at: Spoken, language: Language, data: st.DataObject
) -> None:
    control = at.control
    beyond = data.draw(st.integers(1, 100_000))
    below = data.draw(st.booleans()) and control.min - beyond >= 0
    value = control.min - beyond if below else control.max + beyond
    text = sentence(data, at, SET[language], language, said_number(value, control.unit, language))
    plan = read(text, at)
    assert not plan.steps, text
    assert [(p.kind, p.device, p.function, p.min, p.max) for p in plan.problems] == [
        ("out_of_range", at.device.id, control.id, control.min, control.max)
    ], text


@bounded
@given(spoken(Type.CHOICE), LANGUAGES, st.data())
def test_a_choice_is_set_to_exactly_that(at: Spoken, language: Language, data: st.DataObject) -> None:
    choice = data.draw(st.sampled_from(at.control.choices))
    text = sentence(data, at, SET[language], language, choice.name.text(language))
    assert commands(read(text, at)) == [(at.device.id, at.control.id, Action.SET, choice.id)], text


@bounded
@given(spoken(Type.CHOICE), LANGUAGES, st.data())
def test_a_choice_that_is_not_offered_is_a_problem(
    at: Spoken, language: Language, data: st.DataObject
) -> None:
    absent = data.draw(st.sampled_from(NOWHERE[language]))
    text = sentence(data, at, SET[language], language, absent)
    plan = read(text, at)
    assert not plan.steps and plan.problems, text


@bounded
@given(spoken(Type.BOOL), LANGUAGES, st.sampled_from((Action.ON, Action.OFF)), st.data())
def test_a_switch_is_switched(at: Spoken, language: Language, action: Action, data: st.DataObject) -> None:
    text = sentence(data, at, SWITCHED[language, action], language)
    assert commands(read(text, at)) == [(at.device.id, at.control.id, action, None)], text


@bounded
@given(spoken(Type.ACTION), LANGUAGES, st.data())
def test_an_action_is_run(at: Spoken, language: Language, data: st.DataObject) -> None:
    text = sentence(data, at, RUN[language], language)
    assert commands(read(text, at)) == [(at.device.id, at.control.id, Action.RUN, None)], text


@bounded
@given(spoken(Type.TEXT), LANGUAGES, st.sampled_from(("nice weather today", "饭好了", "a b c")), st.data())
def test_a_text_is_taken_as_it_was_said(
    at: Spoken, language: Language, words: str, data: st.DataObject
) -> None:
    text = sentence(data, at, SET[language], language, words)
    assert commands(read(text, at)) == [(at.device.id, at.control.id, Action.SET, words)], text


@bounded
@given(st.sampled_from((Type.NUMBER, Type.BOOL, Type.CHOICE)), LANGUAGES, st.data())
def test_a_question_reads_and_never_changes(type_: Type, language: Language, data: st.DataObject) -> None:
    at = data.draw(spoken(type_))
    text = sentence(data, at, ASKED[type_, language], language)
    plan = read(text, at)
    assert [type(step) for step in plan.steps] == [Query], text
    (query,) = plan.steps
    assert isinstance(query, Query)
    assert (query.devices, query.function) == ((at.device.id,), at.control.id), text


@bounded
@given(st.sampled_from((Type.NUMBER, Type.BOOL, Type.ACTION)), LANGUAGES, st.data())
def test_what_is_no_wish_never_acts(type_: Type, language: Language, data: st.DataObject) -> None:
    at = data.draw(spoken(type_))
    patterns = {
        Type.NUMBER: SET[language][:1],
        Type.BOOL: SWITCHED[language, Action.ON][:1],
        Type.ACTION: RUN[language][:1],
    }[type_]
    value = said_number(at.control.min, at.control.unit, language) if type_ is Type.NUMBER else ""
    wish = sentence(data, at, patterns, language, value)
    text = data.draw(st.sampled_from(NO_WISH[language])).format(s=wish)
    assert not commands(read(text, at)), text


@bounded
@given(spoken(Type.NUMBER), LANGUAGES, st.data())
def test_every_clause_becomes_steps_or_a_problem(at: Spoken, language: Language, data: st.DataObject) -> None:
    control = at.control
    good = sentence(data, at, SET[language][:2], language, said_number(control.min, control.unit, language))
    bad = sentence(
        data, at, SET[language][:2], language, said_number(control.max + 7, control.unit, language)
    )
    absent = "打开地窖的饕餮机" if language == "zh" else "turn on the hufflepuff in the dungeon"
    clauses = data.draw(st.permutations([good, bad, absent]))
    text = ("，" if language == "zh" else ", and ").join(clauses)
    plan = read(text, at)
    assert commands(plan) == [(at.device.id, control.id, Action.SET, control.min)], text
    assert sorted(problem.kind for problem in plan.problems) in (
        ["no_such_area", "out_of_range"],
        ["no_such_device", "out_of_range"],
    ), text
