"""The reply: what each result is said as, in both languages; nothing is claimed that is not known."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homebody.assistant import phrases as p
from homebody.assistant.plan import (
    Command,
    Condition,
    Plan,
    Problem,
    ProblemKind,
    Query,
    Reminder,
    Routine,
    Say,
    Skill,
    Step,
    Timer,
    When,
)
from homebody.assistant.policy import RULES
from homebody.assistant.reply import reply
from homebody.assistant.turn import Appointment, Decision, Finding, StepResult
from homebody.home.file import parse_home
from homebody.home.function import Action, Value
from homebody.home.label import Label, Language
from homebody.home.outcome import Operation, Outcome, Status

HOME = parse_home("""\
schema: homebody.home/1
name: test
areas: [{id: den, name: {zh: 书房, en: den}}, {id: hall, name: {zh: 玄关, en: hall}}]
devices:
  - {id: lamp, kind: light, area: den, name: {zh: 台灯, en: lamp}, traits: {on_off: {}, brightness: {}}}
  - {id: spot, kind: light, area: den, name: {zh: 射灯, en: spot}, traits: {on_off: {}}}
  - {id: lock, kind: lock, area: hall, name: {zh: 门锁, en: front door}, traits: {lock: {}}}
  - {id: blind, kind: curtain, area: den, name: {zh: 百叶窗, en: blind}, traits: {position: {}}}
  - {id: pot, kind: pot, area: den, name: {zh: 锅, en: pot}, controls: [
      {id: soup, name: {zh: 煲汤, en: make soup}, type: action}]}
""")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ALLOW = Decision(verdict="allow")
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def say(*results: StepResult, problems: tuple[Problem, ...] = (), said: str | None = None) -> tuple[str, str]:
    """The reply in Chinese and in English."""
    steps = tuple(result.step for result in results)
    plan = Plan(text="x", language="zh", steps=steps, problems=problems, say=said)
    return reply(plan, results, HOME, NOW, "zh"), reply(plan, results, HOME, NOW, "en")


def became(
    status: Status,
    *,
    device: str = "lamp",
    function: str = "on_off",
    action: Action = Action.ON,
    value: Value | None = None,
    wanted: Value | None = True,
    before: Value | None = False,
    after: Value | None = None,
    detail: str = "",
    note: str = "",
    when: When = When(),  # noqa: B008 - a frozen value
) -> StepResult:
    operation = Operation(device=device, function=function, action=action, value=value)
    outcome = Outcome(
        operation=operation, status=status, before=before, after=after, wanted=wanted, detail=detail
    )
    step = Command(device=device, function=function, action=action, value=value, when=when)
    return StepResult(step=step, decision=ALLOW, outcome=outcome, note=note)


LIT = Command(device="lamp", function="on_off", action=Action.ON)


# --- what became of commands


@pytest.mark.parametrize(
    ("result", "zh", "en"),
    [
        (became(Status.DONE, after=True), "台灯打开了。", "Turned on the lamp."),
        (became(Status.DONE, after=True, detail="already"), "台灯本来就开着。", "The lamp was already on."),
        (
            became(Status.DONE, function="brightness", action=Action.SET, value=40, wanted=40, after=40),
            "台灯的亮度调到40%了。",
            "The brightness of the lamp was set to 40%.",
        ),
        (
            became(Status.ACCEPTED, device="pot", function="soup", action=Action.RUN, wanted=None),
            "指令发出去了：执行锅的煲汤，但没有状态可以核实。",
            "Sent the command to run the make soup of the pot; it reports no state I can check.",
        ),
        (
            became(Status.ACCEPTED, device="blind", function="position", action=Action.OPEN, detail="moving"),
            "正在打开百叶窗，还没到位。",
            "It is on its way to open the blind, and still moving.",
        ),
        (
            became(Status.REFUSED),
            "没能打开台灯：设备拒绝了。",
            "I could not turn on the lamp: refused by the device.",
        ),
        (
            became(Status.REFUSED, detail="child lock"),
            "没能打开台灯：设备拒绝了（child lock）。",
            "I could not turn on the lamp: refused by the device (child lock).",
        ),
        (
            became(Status.UNREACHABLE),
            "没能打开台灯：设备没有回应。",
            "I could not turn on the lamp: no answer from the device.",
        ),
        (
            became(Status.UNVERIFIED, after=False),
            "台灯答应了，但读到的还是关着。",
            "The lamp says yes, but still reads off.",
        ),
        (
            became(Status.UNVERIFIED, after=None),
            "台灯答应了，但读不到状态，不能确认。",
            "The lamp says yes, but I could not read the state.",
        ),
        (
            became(Status.DONE, after=True, note="no_undo", when=When(lasting="PT5M")),
            "台灯打开了，但我不知道怎么恢复原样，到时候请自己来。",
            "Turned on the lamp, but I know no way to undo it, so please do that yourself.",
        ),
        (
            became(Status.DONE, device="lock", function="lock", action=Action.LOCK, after=True),
            "门锁锁上了。",
            "Locked the front door.",
        ),
    ],
)
def test_each_status(result: StepResult, zh: str, en: str) -> None:
    assert say(result) == (zh, en)


def test_what_went_alike_is_said_together_and_the_rest_apart() -> None:
    zh, en = say(
        became(Status.DONE, after=True),
        became(Status.DONE, device="spot", after=True),
        became(Status.UNREACHABLE, device="lock", function="lock", action=Action.LOCK),
    )
    assert zh == "台灯和射灯都打开了。没能锁上门锁：设备没有回应。"
    assert (
        en == "Turned on the lamp and the spot. I could not lock the front door: no answer from the device."
    )


def test_a_liar_is_not_counted_among_the_done() -> None:
    zh, en = say(became(Status.DONE, after=True), became(Status.UNVERIFIED, device="spot", after=False))
    assert zh == "台灯打开了。射灯答应了，但读到的还是关着。"
    assert en == "Turned on the lamp. The spot says yes, but still reads off."


def test_what_will_be_undone_is_said() -> None:
    undo = replace(LIT, action=Action.OFF, when=When(kind="after", duration="PT10M"))
    result = replace(became(Status.DONE, after=True), appointments=(Appointment(id="a", step=undo),))
    assert say(result) == (
        "台灯打开了，10分钟后恢复原样。",
        "Turned on the lamp; in 10 minutes I will put it back.",
    )


# --- why nothing was done


@pytest.mark.parametrize("note", [note for note in p.NOTES if note != "no_undo"])
def test_each_note_is_said_and_claims_nothing(note: str) -> None:
    finding = Finding(device="spot", function="on_off", value=False)
    zh, en = say(StepResult(step=LIT, decision=ALLOW, note=note, findings=(finding,)))
    for text, language in ((zh, "zh"), (en, "en")):
        assert not _claims(text, "zh" if language == "zh" else "en")
        head = p.NOTES[note].text("zh" if language == "zh" else "en").split("{")[0]
        assert head.lower() in text.lower()
    assert zh.endswith(("。", "？")) and en.endswith((".", "?"))


def test_a_condition_that_did_not_hold_says_what_was_read() -> None:
    finding = Finding(device="spot", function="on_off", value=False)
    result = StepResult(step=LIT, decision=ALLOW, note="condition_not_met", findings=(finding,))
    assert say(result) == (
        "没有打开台灯：条件不成立，射灯关着。",
        "I did not turn on the lamp: the spot is off.",
    )


@pytest.mark.parametrize("rule", [rule.id for rule in RULES if rule.verdict == "refuse"])
def test_a_refusal_gives_the_rule_s_reason(rule: str) -> None:
    zh, en = say(StepResult(step=LIT, decision=Decision(verdict="refuse", rule=rule)))
    reason = next(each.why for each in RULES if each.id == rule)
    assert zh == f"没有打开台灯：{reason.zh}。" and en == f"I did not turn on the lamp: {reason.en}."


def test_a_question_names_all_that_it_asks_about_and_comes_last() -> None:
    unlock = Command(device="lock", function="lock", action=Action.UNLOCK)
    asked = StepResult(step=unlock, decision=Decision(verdict="confirm", rule="unlock"), asked=True)
    assert say(asked, became(Status.DONE, after=True)) == (
        "台灯打开了。要打开门锁，确定吗？",
        "Turned on the lamp. Unlock the front door — are you sure?",
    )


# --- other steps


def _set(step: Step, **more: object) -> StepResult:
    return StepResult(step=step, decision=ALLOW, **more)  # type: ignore[arg-type]


TIMER = Appointment(id="t", step=Timer(action="set", duration="PT8M"), name="pasta", left="PT7M30S")
TEN = When(kind="after", duration="PT10M")


@pytest.mark.parametrize(
    ("result", "zh", "en"),
    [
        (
            _set(Timer(action="set", duration="PT8M", name="pasta"), appointments=(TIMER,)),
            "好，“pasta”计时器开始了。",
            "OK, the pasta timer is running.",
        ),
        (
            _set(Timer(action="status"), appointments=(TIMER,)),
            "“pasta”计时器还剩7分钟30秒。",
            "The pasta timer has 7 minutes 30 seconds left.",
        ),
        (
            _set(Timer(action="pause"), appointments=(replace(TIMER, paused=True),)),
            "“pasta”计时器暂停了，还剩7分钟30秒。",
            "Paused the pasta timer with 7 minutes 30 seconds left.",
        ),
        (
            _set(Timer(action="cancel"), appointments=(TIMER,)),
            "“pasta”计时器取消了。",
            "Cancelled the pasta timer.",
        ),
        (_set(Timer(action="cancel_all")), "没有计时器。", "There are no timers."),
        (_set(Routine(action="cancel_all")), "没有定时的事。", "Nothing is scheduled."),
        (
            _set(
                Routine(action="cancel"), appointments=(Appointment(id="a", step=replace(LIT, words="开灯")),)
            ),
            "取消了：开灯。",
            "Cancelled: 开灯.",
        ),
        (
            _set(replace(LIT, when=TEN), scheduled="a"),
            "好，10分钟后打开台灯。",
            "OK, in 10 minutes I will turn on the lamp.",
        ),
        (
            _set(Reminder(text="收衣服", when=TEN), scheduled="a"),
            "好，10分钟后提醒你：收衣服。",
            "OK, in 10 minutes I will remind you: 收衣服.",
        ),
        (_set(Say(text="吃饭了")), "发出去了：吃饭了。", "Announced: 吃饭了."),
        (
            _set(Skill(name="fetch", words="拿杯子"), note="unsupported"),
            "这个我还不会：拿杯子。",
            "I cannot do that yet: 拿杯子.",
        ),
        (
            _set(
                Query(what="state", devices=("lamp",), function="on_off", value=True),
                findings=(Finding(device="lamp", function="on_off", value=True),),
            ),
            "对，台灯开着。",
            "Yes, the lamp is on.",
        ),
        (
            _set(
                Query(what="value", devices=("lamp",), function="brightness"),
                findings=(Finding(device="lamp", function="brightness", reachable=False),),
            ),
            "台灯没有回应，不清楚。",
            "The lamp did not answer, so I do not know.",
        ),
        (_set(Query(what="time")), "现在15:00。", "It is 15:00."),
        (_set(Query(what="date")), "今天是2026年11月24日，星期二。", "Today is Tuesday, November 24, 2026."),
        (_set(Query(what="scheduled")), "没有定时的事。", "Nothing is scheduled."),
    ],
)
def test_other_steps(result: StepResult, zh: str, en: str) -> None:
    assert say(result) == (zh, en)


def test_all_is_never_said_of_what_did_not_answer() -> None:
    query = Query(what="all", devices=("lamp", "spot", "blind"), function="on_off", value=False)
    findings = (
        Finding(device="lamp", function="on_off", value=False),
        Finding(device="spot", function="on_off", value=False),
        Finding(device="blind", function="on_off", reachable=False),
    )
    zh, en = say(_set(query, findings=findings))
    assert zh == "读到的都关着，百叶窗没有回应，不清楚。"
    assert en == "All that I can read are off; the blind did not answer, so I do not know."


# --- problems


@pytest.mark.parametrize(
    ("problem", "zh", "en"),
    [
        (
            Problem(kind="no_such_area", words="泳池"),
            "家里没有“泳池”这个地方。",
            "This home has no place called “泳池”.",
        ),
        (
            Problem(kind="no_such_device", words="电梯", area="den"),
            "书房没有找到“电梯”。",
            "I found no “电梯” in the den.",
        ),
        (
            Problem(kind="no_such_function", words="跳舞", device="lamp"),
            "台灯不能“跳舞”。",
            "The lamp cannot do “跳舞”.",
        ),
        (Problem(kind="no_such_function", words="跳舞"), "没有找到“跳舞”。", "I found no “跳舞”."),
        (
            Problem(kind="no_such_function", words="唱", device="lamp", function="brightness"),
            "台灯的亮度不能“唱”。",
            "The lamp cannot do “唱” for its brightness.",
        ),
        (
            Problem(kind="out_of_range", words="300", device="lamp", function="brightness", min=1, max=100),
            "台灯的亮度只能在1%到100%之间。",
            "The brightness of the lamp can only be between 1% and 100%.",
        ),
        (Problem(kind="out_of_range", words="三百度"), "“三百度”超出了范围。", "“三百度” is out of range."),
        (
            Problem(kind="ambiguous", words="灯", candidates=("lamp", "spot")),
            "“灯”是指台灯还是射灯？",
            "Which one is “灯”: the lamp or the spot?",
        ),
        (Problem(kind="ambiguous", words="那个"), "“那个”具体是指什么？", "What do you mean by “那个”?"),
        (
            Problem(kind="ambiguous", words="亮一点", device="lamp", function="brightness"),
            "台灯的亮度要调到多少（1%到100%）？",
            "Set the brightness of the lamp to what (1% to 100%)?",
        ),
        (Problem(kind="not_understood", words="咕咕"), "没听懂“咕咕”。", "I did not understand “咕咕”."),
        (
            Problem(kind="not_understood", words="x"),
            "没听懂，换个说法试试？",
            "I did not understand that; could you put it another way?",
        ),
        (Problem(kind="unsupported", words="点外卖"), "“点外卖”我还不会。", "I cannot do “点外卖” yet."),
    ],
)
def test_each_problem(problem: Problem, zh: str, en: str) -> None:
    assert say(problems=(problem,)) == (zh, en)


def test_the_table_of_problems_is_whole() -> None:
    assert set(get_args(ProblemKind)) <= set(p.PROBLEMS)


def test_words_of_the_model_are_said_after_the_deeds() -> None:
    assert say(became(Status.DONE, after=True), said="晚安") == (
        "台灯打开了。晚安。",
        "Turned on the lamp. 晚安.",
    )


# --- whatever happens

_TEXTS = st.text(max_size=20) | st.sampled_from(["{thing}", "%s", "\x00", "{", "}}{", "🙂", " ", "说。"])
_IDS = st.sampled_from(["lamp", "spot", "lock", "blind", "pot", "ghost"])
_FUNCTIONS = st.sampled_from(["on_off", "brightness", "lock", "position", "soup", "ghost"])
_VALUES = st.none() | st.booleans() | st.integers(-5, 200) | st.floats(allow_nan=False) | _TEXTS
_WHENS = st.sampled_from(
    [
        When(),
        TEN,
        When(kind="every", time="07:00", days=("mon",)),
        When(kind="at", sun="sunset", offset="-PT10M"),
        When(kind="at", time="2026-11-25T07:00"),
        When(kind="at", time="nonsense"),
        When(kind="after", duration="nonsense"),
        When(lasting="PT5M"),
        When(kind="if", wait=True,
             condition=Condition(device="lamp", function="brightness", comparison="above", value=5)),
        When(kind="if", condition=Condition(device="ghost", function="x", comparison="is", value=True)),
    ]
)  # fmt: skip
_COMMANDS = st.builds(
    Command, device=_IDS, function=_FUNCTIONS, action=st.sampled_from(list(Action)), value=_VALUES,
    delta=st.none() | st.floats(-50, 50), when=_WHENS, words=_TEXTS,
)  # fmt: skip
_STATUSES = st.sampled_from([status for status in Status if status is not Status.DONE])
_REFUSING = st.sampled_from([rule.id for rule in RULES if rule.verdict == "refuse"] + ["no such rule"])


@st.composite
def _undone(draw: st.DrawFn) -> StepResult:
    """A command of which anything became but done."""
    step = draw(_COMMANDS)
    way = draw(st.sampled_from(["outcome", "note", "refused", "asked", "later"]))
    if way == "outcome":
        operation = Operation(
            device=step.device, function=step.function, action=step.action, value=draw(_VALUES)
        )
        outcome = Outcome(
            operation=operation,
            status=draw(_STATUSES),
            before=draw(_VALUES),
            after=draw(_VALUES),
            wanted=draw(_VALUES),
            detail=draw(st.sampled_from(["", "moving", "busy"])),
        )
        return StepResult(
            step=step, decision=ALLOW, outcome=outcome, note=draw(st.sampled_from(["", "no_undo"]))
        )
    if way == "note":
        return StepResult(step=step, decision=ALLOW, note=draw(st.sampled_from(sorted(p.NOTES))))
    if way == "refused":
        return StepResult(step=step, decision=Decision(verdict="refuse", rule=draw(_REFUSING)))
    if way == "asked":
        return StepResult(step=step, decision=Decision(verdict="confirm", rule="unlock"), asked=True)
    return StepResult(step=step, decision=ALLOW, scheduled="a")


def _pattern(label: Label, language: Language) -> re.Pattern[str]:
    """A template as it can be found in a reply: its gaps are filled within one clause."""
    parts = string.Formatter().parse(label.text(language))
    return re.compile(
        "".join(re.escape(text) + ("[^。：，.:;]*" if gap else "") for text, gap, _, _ in parts)
    )


_CLAIMS = {language: [_pattern(label, language) for label in (*p.DONE.values(), p.ALREADY)]
           for language in LANGUAGES}  # fmt: skip


def _claims(text: str, language: Language) -> list[str]:
    """What a text claims to be done or so, by the templates that claim it."""
    return [found[0] for pattern in _CLAIMS[language] if (found := pattern.search(text.lower()))]


def test_the_claims_are_known_by_their_words() -> None:
    zh, en = say(became(Status.DONE, after=True))
    assert _claims(zh, "zh") and _claims(en, "en")
    zh, en = say(became(Status.DONE, after=True, detail="already"))
    assert _claims(zh, "zh") and _claims(en, "en")


@given(st.lists(_undone(), min_size=1, max_size=4))
def test_only_done_is_said_as_done(results: list[StepResult]) -> None:
    plain = [replace(r, step=replace(r.step, words="")) for r in results if isinstance(r.step, Command)]
    made = say(*plain)
    for text, language in zip(made, LANGUAGES, strict=True):
        assert text.strip()
        if not any(isinstance(v, str) for r in plain for v in _shown_values(r)):
            assert not _claims(text, language), text


def _shown_values(result: StepResult) -> list[Value | None]:
    """Values that a reply may quote: a device's own words are not ours."""
    outcome, step = result.outcome, result.step
    values = [step.value] if isinstance(step, Command) else []
    return values + ([outcome.operation.value, outcome.wanted, outcome.after] if outcome else [])


_OTHERS: st.SearchStrategy[Step] = st.one_of(
    _COMMANDS,
    st.builds(Timer, action=st.sampled_from(["set", "cancel", "pause", "status", "cancel_all"]),
              duration=st.sampled_from([None, "PT5M", "nonsense"]), name=_TEXTS),
    st.builds(Reminder, text=_TEXTS, when=_WHENS),
    st.builds(Say, text=_TEXTS, when=_WHENS),
    st.builds(Routine, action=st.sampled_from(["run", "cancel", "cancel_all"]), name=_TEXTS),
    st.builds(Skill, name=_TEXTS, words=_TEXTS),
)  # fmt: skip
_PROBLEMS = st.builds(
    Problem, kind=st.sampled_from(get_args(ProblemKind)), words=_TEXTS, device=st.none() | _IDS,
    function=st.none() | _FUNCTIONS, area=st.sampled_from([None, "den", "ghost"]),
    min=st.none() | st.floats(allow_nan=False), max=st.none() | st.floats(allow_nan=False),
    candidates=st.lists(_IDS, max_size=6).map(tuple),
)  # fmt: skip


@given(
    steps=st.lists(_OTHERS, max_size=3),
    problems=st.lists(_PROBLEMS, max_size=3),
    said=st.none() | _TEXTS,
    note=st.sampled_from(["", *sorted(p.NOTES)]),
)
def test_no_reply_is_ever_empty(
    steps: list[Step], problems: list[Problem], said: str | None, note: str
) -> None:
    results = tuple(StepResult(step=step, decision=ALLOW, note=note) for step in steps)
    for text in say(*results, problems=tuple(problems), said=said):
        assert text.strip()


@given(
    query=st.builds(
        Query,
        what=st.sampled_from(["state", "value", "which", "how_many", "any", "all", "where", "can"]),
        devices=st.lists(_IDS, max_size=3).map(tuple),
        function=st.none() | _FUNCTIONS,
        comparison=st.sampled_from(["is", "is_not", "above", "below"]),
        value=st.none() | st.booleans() | st.integers(0, 100),
    ),
    findings=st.lists(
        st.builds(
            lambda place, value, reachable: Finding(
                device=place[0], function=place[1], value=value, reachable=reachable
            ),
            st.sampled_from(
                [("lamp", "on_off"), ("lamp", "brightness"), ("spot", "on_off"), ("blind", "position")]
            ),
            st.none() | st.booleans() | st.integers(0, 100),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_no_answer_is_ever_empty(query: Query, findings: list[Finding]) -> None:
    for text in say(StepResult(step=query, decision=ALLOW, findings=tuple(findings))):
        assert text.strip()
