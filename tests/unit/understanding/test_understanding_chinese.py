"""Chinese against the default home: what is told, asked or forbidden, and what is a wish after all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from homebody.assistant.context import Context
from homebody.assistant.plan import Command, ListItem, Plan, Query, Reminder, Routine, Say, Timer
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.file import default_home

HOME = replace(default_home(), location=(31.23, 121.47))
GRAMMAR = Grammar(HOME)
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=timezone(timedelta(hours=8)))


def read(text: str, area: str | None = None) -> Plan:
    states = HOME.state
    context = Context(area=area)
    return GRAMMAR.parse(text, context=context, states=lambda i: states.get(i, {}), now=NOW).plan


def done(text: str, area: str | None = None) -> list[tuple[str, str, str]]:
    steps = read(text, area).steps
    return [(s.device, s.function, s.action.value) for s in steps if isinstance(s, Command)]


@pytest.mark.parametrize("text", ["起床啦，早安", "谢啦，真乖", "多谢晒", "晚安咯", "回来了，你好呀"])
def test_small_talk_of_several_parts(text: str) -> None:
    plan = read(text)
    assert plan.say
    assert not (plan.steps or plan.problems)


@pytest.mark.parametrize(
    "text",
    [
        "阳台灯亮了一整夜",  # told
        "灯带拧不亮",
        "扫地机器人扫完了",
        "客厅空调不制冷",
        "餐厅灯是小兰关的",
        "大门让豆豆给反锁了",
        "房东让我们关水阀",
        "玄关灯一直在闪",
        "学习灯开得太早",
        "等她回来再开车库门",
        "主卧空调现在是制冷还是制热",  # asked
        "打开车库门要几秒",
        "开落地灯还是开灯带好",
        "燃气阀是关着的吧",
        "开热水器费电吗",
        "不是让你开餐厅灯",  # forbidden
        "莫开取暖器",
        "唔开餐厅灯住",
        "可不敢开燃气阀",
        "先甭关电视",
        "班主任念道：打开窗帘",  # others' words
        "作文题目是打开车库门",
        "有首歌叫关灯",
        "谢谢你提醒我",
        "叫我老陈",
        "广播里说要降温",
    ],
)
def test_never_acts(text: str) -> None:
    assert all(isinstance(step, Query) for step in read(text).steps)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("燃气阀拧紧", [("kitchen.gas_valve", "valve", "close")]),
        ("把书房插座断掉", [("study.outlet", "on_off", "off")]),
        ("学习灯给关了", [("kids_room.desk_lamp", "on_off", "off")]),
        ("车库灯帮我开着", [("garage.light", "on_off", "on")]),
        ("把大门锁牢", [("hallway.lock", "lock", "lock")]),
        ("不是餐厅灯，是车库灯关掉", [("garage.light", "on_off", "off")]),
        ("浴室潮乎乎的", [("bathroom.exhaust_fan", "on_off", "on")]),
        ("养生壶别保温了", [("kitchen.health_pot", "keep_warm", "off")]),
        ("天冷了，把取暖器打开", [("kids_room.heater", "on_off", "on")]),
        ("我忘带钥匙了，开一下大门", [("hallway.lock", "lock", "unlock")]),
    ],
)
def test_wishes(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert done(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "comparison", "value", "wait"),
    [
        ("书房二氧化碳一超过八百就打开书房插座", "co2", "above", 800, True),
        ("客厅比27度热就打开客厅空调", "temperature", "above", 27, False),
        ("等鱼缸水温到26度再喂鱼", "water_temperature", "above", 26, True),
        ("当客厅湿度跌破35时打开加湿器", "humidity", "below", 35, True),
        ("除非儿童房有人，不然关掉儿童房灯", "occupancy", "is", False, False),
        ("车库门关上以后把车库灯关了", "position", "is", 0, True),
    ],
)
def test_conditions(text: str, kind: str, comparison: str, value: object, wait: bool) -> None:
    (step,) = read(text).steps
    assert isinstance(step, Command)
    condition = step.when.condition
    assert condition is not None
    assert (condition.function, condition.comparison, condition.value) == (kind, comparison, value)
    assert step.when.wait is wait


def test_a_condition_calls_for_a_notice() -> None:
    (step,) = read("冰箱温度一超过9度就告诉我").steps
    assert isinstance(step, Reminder)
    assert step.when.condition is not None
    assert step.text == "冰箱温度一超过9度"


@pytest.mark.parametrize(
    ("text", "lasting", "duration", "time"),
    [
        ("取暖器开三刻钟", "PT45M", None, None),
        ("再过二十来秒关玄关灯", None, "PT20S", None),
        ("晚上差十分九点打开客厅空调", None, None, "2026-03-04T20:50"),
        ("明儿个一早六点五十拉开主卧窗帘", None, None, "2026-03-05T06:50"),
    ],
)
def test_times(text: str, lasting: str | None, duration: str | None, time: str | None) -> None:
    (step,) = read(text).steps
    assert isinstance(step, Command)
    assert (step.when.lasting, step.when.duration, step.when.time) == (lasting, duration, time)


@pytest.mark.parametrize(
    ("text", "action", "item"),
    [
        ("往采购清单里补一箱矿泉水", "add", "矿泉水"),
        ("把洗洁精记到购物单上", "add", "洗洁精"),
        ("购物清单里的牙膏买好了", "complete", "牙膏"),
        ("从购物清单里去掉挂面", "remove", "挂面"),
        ("念一念购物清单", "read", ""),
    ],
)
def test_lists(text: str, action: str, item: str) -> None:
    (step,) = read(text).steps
    assert isinstance(step, ListItem)
    assert (step.action, step.item) == (action, item)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("倒数两分钟", Timer),
        ("所有预约都取消掉", Routine),
        ("全屋广播，下楼集合", Say),
        ("跟书房说一声该吃饭了", Say),
        ("闹钟定在六点半", Reminder),
    ],
)
def test_everyday(text: str, kind: type) -> None:
    (step,) = read(text).steps
    assert isinstance(step, kind)


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("升降桌现在多少厘米", "height"),
        ("餐边柜插座用了几瓦", "power_draw"),
        ("洗衣机还剩几分钟", "remaining"),
    ],
)
def test_amounts_asked(text: str, function: str) -> None:
    (step,) = read(text).steps
    assert isinstance(step, Query)
    assert step.function == function


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("明个儿晚上差五分九点关玄关灯", ("at", "2026-03-05T20:55", None)),
        ("半个钟之后熄玄关灯", ("after", None, "PT30M")),
        ("往后每晚十一点关玄关灯", ("every", "23:00", None)),
        ("逢一三五早上七点开玄关灯", ("every", "07:00", None)),
        ("十点睡觉，到点把玄关灯关了", ("at", "2026-03-04T22:00", None)),
    ],
)
def test_times_as_they_are_spoken(text: str, when: tuple[str, str | None, str | None]) -> None:
    step = read(text).steps[-1]
    assert isinstance(step, Command)
    assert (step.when.kind, step.when.time, step.when.duration) == when


def test_a_bare_hour_behind_a_time_is_the_next_one() -> None:
    first, second = read("热水器每天五点半开七点关").steps
    assert isinstance(first, Command) and isinstance(second, Command)
    assert (first.when.time, second.when.kind, second.when.time) == ("05:30", "every", "07:00")


@pytest.mark.parametrize(
    "text",
    ["煤气阀打开吧，要炒菜", "做晚饭了，把煤气阀打开", "打开煤气阀，我饿了"],
)
def test_what_people_are_up_to_is_a_reason(text: str) -> None:
    assert done(text) == [("kitchen.gas_valve", "valve", "open")] and not read(text).problems


def test_a_complaint_beside_a_wish_is_its_reason() -> None:
    assert done("有点冷，客厅空调调到26度") == [("living_room.air_conditioner", "thermostat", "set")]
    assert not read("扫地机别扫了，太吵").steps


def test_the_lock_of_a_window_is_not_that_of_the_door() -> None:
    assert done("大门的锁打开") == [("hallway.lock", "lock", "unlock")]
    assert not done("窗户的锁打开")


@pytest.mark.parametrize("text", ["歌词是这样的：打开玄关灯", "我记得玄关灯关了呀", "玄关灯开了一宿"])
def test_what_a_song_says_or_somebody_believes_is_no_wish(text: str) -> None:
    assert not read(text).steps


@pytest.mark.parametrize(
    ("text", "action"),
    [("再给五分钟", "extend"), ("还剩多久", "status"), ("停了吧", "cancel"), ("cancel it", "cancel")],
)
def test_right_after_a_timer_it_is_the_timer(text: str, action: str) -> None:
    (step,) = GRAMMAR.parse(text, context=Context(about_timer=True), now=NOW).plan.steps
    assert isinstance(step, Timer) and step.action == action
    assert not any(isinstance(step, Timer) for step in read(text).steps)


def test_what_was_planned_is_planned_anew() -> None:
    (planned,) = read("十分钟后关掉餐厅灯").steps
    assert isinstance(planned, Command)
    context = Context(last_commands=(planned,), last_devices=(planned.device,))
    cancelled, anew = GRAMMAR.parse("改成二十分钟以后", context=context, now=NOW).plan.steps
    assert isinstance(cancelled, Routine) and isinstance(anew, Command)
    assert (anew.device, anew.when.duration) == (planned.device, "PT20M")
