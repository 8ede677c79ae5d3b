"""Noun phrases, states, values and times in words, in both languages: the parts that `reply` puts together.

Every function takes the language last. Names are those of the home file; where two things of this home have
the same name, the room is said too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from homebody.assistant import phrases as p
from homebody.assistant import skill_replies
from homebody.assistant.plan import WEEKDAYS, Command, Condition, Reminder, Say, Skill, Step, Timer, When
from homebody.assistant.when import WhenError, local, parse_duration
from homebody.home.device import Device, Home
from homebody.home.function import Action, Function, Type, Value
from homebody.home.kinds import kind_name
from homebody.home.label import Language

LISTED = 3
"""More things than this are counted, not named."""


def join(items: Sequence[str], language: Language, *, last: tuple[str, str] = ("和", "and")) -> str:
    """A, B and C. ``last`` is the word before the last item, in Chinese and English."""
    items = list(dict.fromkeys(items))
    if len(items) < 2:
        return "".join(items)
    if language == "zh":
        return "、".join(items[:-1]) + last[0] + items[-1]
    comma = "," if len(items) > 2 else ""
    return f"{', '.join(items[:-1])}{comma} {last[1]} {items[-1]}"


def definite(name: str) -> str:
    """An English name with its article; proper names go without."""
    first = name.split(maxsplit=1)[0]
    if not first.isascii() or not first[0].isalpha() or first.lower() in ("the", "my", "our"):
        return name
    proper = first[0].isupper() and not first.isupper()  # "TV" and "LED strip" take an article
    return name if proper else f"the {name}"


def area_name(home: Home, area_id: str | None, language: Language) -> str:
    """The area's name, with its article in English; empty where there is none."""
    area = home.area(area_id)
    if area is None:
        return ""
    name = area.name.text(language)
    return name if language == "zh" else definite(name)


def thing(home: Home, device_id: str, language: Language) -> str:
    """A device by its name, and by its room where another device has the same name."""
    device = home.device(device_id)
    if device is None:
        return device_id
    name = device.name.text(language)
    twins = any(d.id != device.id and d.name.text(language) == name for d in home.devices)
    place = area_name(home, device.area, language) if twins else ""
    if language == "zh":
        return f"{place}的{name}" if place else name
    return f"{definite(name)} in {place}" if place else definite(name)


def things(home: Home, device_ids: Sequence[str], language: Language) -> str:
    """Several devices: up to three by name, more by number and kind."""
    ids = list(dict.fromkeys(device_ids))
    if len(ids) <= LISTED:
        return join([thing(home, device_id, language) for device_id in ids], language)
    devices = [device for device_id in ids if (device := home.device(device_id))]
    kinds = {device.kind for device in devices}
    measure, noun, plural = (
        p.KINDS.get(devices[0].kind) or _other_kind(devices[0]) if len(kinds) == 1 else p.SOME_KIND
    )
    areas = {device.area for device in devices}
    place = area_name(home, areas.pop(), language) if len(areas) == 1 else ""
    if language == "zh":
        return f"{place + '的' if place else ''}{len(ids)}{measure}{noun}"
    return f"{len(ids)} {plural}" + (f" in {place}" if place else "")


def _other_kind(device: Device) -> tuple[str, str, str]:
    name = kind_name(device)
    return "个", name.text("zh"), f"{name.text('en')}s"


def part(home: Home, device_ids: Sequence[str], function_id: str, language: Language) -> str:
    """A function of devices: 客厅灯的亮度, the brightness of the living room light."""
    whole = things(home, device_ids, language)
    device = home.device(device_ids[0])
    function = device.function(function_id) if device else None
    if function is None or function_id in p.DIRECT:
        return whole
    name = function.name.text(language)
    return f"{whole}的{name}" if language == "zh" else f"{definite(name)} of {whole}"


def value(function: Function | None, state: Value | None, language: Language) -> str:
    """A value of a function, with its unit or its choice's name."""
    if state is None:
        return "?"
    if isinstance(state, bool):
        pair = p.STATES.get(function.id, p.SWITCH) if function else p.SWITCH
        return pair[0 if state else 1].text(language)
    if isinstance(state, str):
        choice = function.choice(state) if function else None
        return choice.name.text(language) if choice else f"“{state}”"
    number = f"{round(state, 2):g}" if abs(state) < 1e6 else f"{state:,.0f}"
    unit = function.unit if function else ""
    if label := p.UNITS.get(unit):
        return p.fill(label, language, n=number)
    return f"{number}{unit}" if language == "zh" or not unit else f"{number} {unit}"


def state(function: Function | None, seen: Value | None, language: Language) -> str:
    """What a function's state is, to stand behind the thing: 开着, 是50%; on, 50%."""
    if function is not None and function.id == "position" and isinstance(seen, int | float):
        if seen <= function.min:
            return p.CLOSED.text(language)
        if seen >= function.max:
            return p.WIDE_OPEN.text(language)
        return p.fill(p.PART_OPEN, language, value=value(function, seen, language))
    text = value(function, seen, language)
    direct = isinstance(seen, bool) or (function is not None and function.id in p.DIRECT)
    return text if direct or language == "en" else f"是{text}"


def wanted_state(function: Function, wanted: Value, comparison: str, language: Language) -> str:
    """The state that was asked about: 开着, 高于26度."""
    if comparison == "is":
        return state(function, wanted, language)
    if comparison == "above" and function.id in ("position", "brightness") and wanted == function.min:
        return {"zh": "开着", "en": "open" if function.id == "position" else "on"}[language]
    return p.fill(p.COMPARED[comparison], language, value=value(function, wanted, language))


# times


def duration(text: str, language: Language) -> str:
    """An ISO 8601 duration: 1小时30分钟, 1 hour 30 minutes; what is no duration stays as it is."""
    try:
        seconds = round(abs(parse_duration(text).total_seconds()))
    except WhenError:
        return text
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    zh = ((days, "天"), (hours, "小时"), (minutes, "分钟"), (seconds, "秒"))
    en = ((days, "day"), (hours, "hour"), (minutes, "minute"), (seconds, "second"))
    if language == "zh":
        return "".join(f"{n}{unit}" for n, unit in zh if n) or "0秒"
    return " ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in en if n) or "0 seconds"


def clock(moment: datetime, now: datetime, language: Language) -> str:
    """A moment as people say it: 明天7:30, tomorrow at 7:30; with the date if it is further away."""
    hour = f"{moment.hour}:{moment.minute:02}" + (f":{moment.second:02}" if moment.second else "")
    days = (moment.date() - now.date()).days
    if language == "zh":
        day = {0: "今天", 1: "明天", 2: "后天"}.get(days, f"{moment.month}月{moment.day}日")
        return f"{day}{hour}"
    if days == 0:
        return f"at {hour}"
    day = "tomorrow" if days == 1 else f"on {p.MONTHS_EN[moment.month - 1]} {moment.day}"
    return f"{day} at {hour}"


def full_date(moment: datetime, language: Language) -> str:
    if language == "zh":
        return f"{moment.year}年{moment.month}月{moment.day}日，星期{p.DAYS_ZH[moment.weekday()]}"
    month = p.MONTHS_EN[moment.month - 1]
    return f"{p.DAYS_EN[moment.weekday()]}, {month} {moment.day}, {moment.year}"


def when(moment: When, home: Home, now: datetime, language: Language) -> str:
    """When a step happens, to stand before (zh) or in front of (en) what happens. Empty for now."""
    zh = language == "zh"
    match moment.kind:
        case "after" if moment.duration:
            length = duration(moment.duration, language)
            return f"{length}后" if zh else f"in {length}"
        case "every" if moment.duration:
            length = duration(moment.duration, language)
            return f"每隔{length}" if zh else f"every {length}"
        case "every":
            hour = _sun(moment, language) if moment.sun else (moment.time or "")[:5]
            days = _days(moment.days, language)
            return f"{days}{hour}" if zh else f"{days} at {hour}"
        case "at" if moment.sun:
            return _sun(moment, language) if zh else f"at {_sun(moment, language)}"
        case "at" if moment.time:
            try:
                return clock(local(moment.time, now), now, language)
            except WhenError:
                return moment.time
        case "if" if moment.condition:
            holds = condition(moment.condition, home, language)
            if zh:
                return f"{holds}时" if moment.wait else f"如果{holds}，"
            return f"{'when' if moment.wait else 'if'} {holds},"
    return ""


def condition(compared: Condition, home: Home, language: Language) -> str:
    device = home.device(compared.device)
    function = device.function(compared.function) if device else None
    what = part(home, (compared.device,), compared.function, language)
    if function is None:
        return what
    holds = wanted_state(function, compared.value, compared.comparison, language)
    return f"{what}{holds}" if language == "zh" else f"{what} is {holds}"


def _sun(moment: When, language: Language) -> str:
    rises = moment.sun == "sunrise"
    event = ("日出" if rises else "日落") if language == "zh" else ("sunrise" if rises else "sunset")
    if not moment.offset:
        return event + ("时" if language == "zh" else "")
    length = duration(moment.offset, language)
    early = moment.offset.startswith("-")
    if language == "zh":
        return f"{event}{'前' if early else '后'}{length}"
    return f"{length} {'before' if early else 'after'} {event}"


def _days(days: Sequence[str], language: Language) -> str:
    if not days or set(days) == set(WEEKDAYS):
        return "每天" if language == "zh" else "every day"
    if tuple(days) == WEEKDAYS[:5]:
        return "工作日" if language == "zh" else "on weekdays"
    if tuple(days) == WEEKDAYS[5:]:
        return "周末" if language == "zh" else "on weekends"
    indexes = [WEEKDAYS.index(day) for day in WEEKDAYS if day in days]
    if language == "zh":
        return "每周" + "、".join(p.DAYS_ZH[index] for index in indexes)
    return "every " + join([p.DAYS_EN[index] for index in indexes], language)


# verb phrases


def do(steps: Sequence[Step], home: Home, language: Language) -> str:
    """What steps do, as one verb phrase. Commands that differ only in the device are said together."""
    groups: dict[tuple[object, ...], list[Command]] = {}
    said: list[str] = []
    for step in steps:
        if isinstance(step, Command):
            key = (step.function, step.action, step.value if step.delta is None else None, step.delta)
            groups.setdefault(key, []).append(step)
        else:
            said.append(_do_other(step, home, language))
    acted = [_do_commands(group, home, language) for group in groups.values()]
    return join([*acted, *said], language, last=("，", "and"))


def _do_commands(commands: Sequence[Command], home: Home, language: Language) -> str:
    first = commands[0]
    device = home.device(first.device)
    function = device.function(first.function) if device else None
    what = part(home, [command.device for command in commands], first.function, language)
    if first.delta is not None and first.value is None:
        label = p.RAISE if first.delta > 0 else p.LOWER
        return p.fill(label, language, thing=what, value=value(function, abs(first.delta), language))
    return act(first.action, what, value(function, first.value, language), language)


def act(action: Action, what: str, to: str, language: Language) -> str:
    return p.fill(p.DO[action], language, thing=what, value=to)


def _do_other(step: Step, home: Home, language: Language) -> str:
    match step:
        case Skill():
            return skill_replies.do(step, home, language)
        case Reminder():
            return f"提醒你：{step.text}" if language == "zh" else f"remind you: {step.text}"
        case Say():
            return f"说：{step.text}" if language == "zh" else f"say: {step.text}"
        case Timer():
            return timer_name(step.name, step.duration, language)
        case _:
            return step.words


def timer_name(name: str, length: str | None, language: Language) -> str:
    """The pasta timer; 10分钟的计时器; the timer."""
    if name:
        return f"“{name}”计时器" if language == "zh" else f"the {name} timer"
    if length:
        long = duration(length, language)
        if language == "zh":
            return f"{long}的计时器"
        return f"the timer of {long}"
    return "计时器" if language == "zh" else "the timer"


def readable(device: Device) -> list[Function]:
    """The functions of a device whose state can be told."""
    return [f for f in device.functions if f.readable and f.type is not Type.ACTION]
