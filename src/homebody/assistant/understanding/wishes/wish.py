"""What a clause wishes of one device: which function, which action, which value.

The device's own description decides: its functions, their units, bounds and choices. A lamp, a kettle and
a thing that nobody has heard of are treated alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.senses import sense, sense_of_function
from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.numbers import Number
from homebody.assistant.understanding.words.participles import participle
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type, Value


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one function. ``delta`` is in the function's unit; ``factor`` multiplies the state."""

    function: Function
    action: Action
    value: Value | None = None
    delta: float | None = None
    factor: float | None = None


@dataclass(frozen=True, slots=True)
class Cannot:
    """Why not: ``no_such_function``, ``out_of_range`` or ``too_long`` (of ``function``), or ``unclear``."""

    kind: str
    function: Function | None = None
    name: str = ""


# A bare number means the first of these that a device has.
_USUAL = ("brightness", "position", "thermostat", "volume", "fan_speed", "humidity_target")
_TIME = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_SCALES: tuple[Mapping[str, float], ...] = (
    _TIME,
    {"mm": 0.001, "cm": 0.01, "in": 0.0254, "ft": 0.3048, "m": 1.0, "km": 1000.0},
    {"km": 1.0, "km/h": 1.0, "mph": 1.609344, "kn": 1.852},
    {"ml": 0.001, "L": 1.0, "floz": 0.24},
    {"L/h": 1.0, "L": 1.0},
    {"W": 1.0, "kW": 1000.0},
    {"g": 0.001, "kg": 1.0, "lb": 0.45359237, "oz": 0.028349523},
)
_SAME_UNIT: Mapping[str, str] = {
    "minutes": "min", "minute": "min", "分钟": "min", "seconds": "s", "sec": "s", "秒": "s", "hours": "h",
    "hour": "h", "小时": "h", "℃": "°C", "c": "°C", "celsius": "°C", "percent": "%", "kelvin": "K",
    "档": "level", "级": "level", "level": "level", "°f": "°F", "℉": "°F", "毫升": "ml", "升": "L", "克": "g",
    "°c": "°C", "k": "K", "a": "A", "v": "V", "amps": "A", "volts": "V", "hpa": "hPa", "l/h": "L/h",
    "kw": "kW", "litres per hour": "L/h", "knots": "kn", "kg": "kg", "千克": "kg", "公斤": "kg", "毫米": "mm",
    "lux": "lx", "厘米": "cm", "米": "m", "转": "rpm",
}  # fmt: skip


def unit_of(function: Function) -> str:
    return _SAME_UNIT.get(function.unit.lower(), function.unit)


def convert(number: Number, function: Function) -> float | None:
    """The number in the function's unit, or None where the two have nothing to do with each other."""
    said, wanted = number.unit, unit_of(function)
    if said in ("", wanted) or (said == "level" and wanted in ("", "level")):
        return number.value
    if said == "°" and wanted in ("°C", "°F", "°"):
        return number.value
    if said == "°F" and wanted == "°C":
        return round((number.value - 32) / 1.8, 1)
    if said == "°C" and wanted == "°F":
        return round(number.value * 1.8 + 32, 1)
    for scale in _SCALES:
        if said in scale and wanted in scale:
            return number.value * scale[said] / scale[wanted]
    if said == "%" and wanted not in ("°C", "°F", "K", "") and wanted not in _TIME:
        return None
    if said == "%" and function.max < float("inf") and wanted == "":
        return function.min + (function.max - function.min) * number.value / 100
    return None


def _numbers(device: Device) -> list[Function]:
    return [f for f in device.functions if f.type is Type.NUMBER and Action.SET in f.actions]


def named(device: Device, frame: Frame) -> list[Function]:
    """The functions of this device that the clause names, best first."""
    result: list[Function] = []
    for token in frame.functions:
        ids = token.all("function")
        exact = [f for f in device.functions if f.id in ids]
        if not exact:
            exact = [f for f in device.functions if _contains(f, token.text)]
        if exact and not any(f.writable for f in exact) and frame.mood == "command":
            exact += [
                f for f in device.functions if f.writable and _contains(f, token.text)
            ]  # 湿度: its target
        exact.sort(key=lambda f: not f.writable)
        result += [f for f in exact if f not in result]
    return result


def _contains(function: Function, text: str) -> bool:
    """目标温度 is meant by 温度 where nothing is called just that."""
    if len(text) < 2:
        return False
    for name in function.name.all():
        folded = fold(name)
        if text.isascii():
            if text in folded.split() or (" " in text and text in folded):
                return True
        elif text in folded:
            return True
    return False


def able(device: Device, frame: Frame) -> bool:
    """Whether the device can do what is wished, whatever the value."""
    return any(isinstance(change, Change) or change.kind == "out_of_range" for change in wish(device, frame))


def wish(device: Device, frame: Frame) -> list[Change | Cannot]:
    """All changes that the clause asks of this device. Never empty: at least one `Cannot`."""
    result: list[Change | Cannot] = []
    functions = named(device, frame)
    verbs = [verb for verb, _ in frame.verbs]
    result += _choices(device, frame, functions)
    texts = [f for f in functions if f.type is Type.TEXT and f.writable]
    if texts and frame.text:
        fits = len(frame.text) <= texts[0].max_length
        return [Change(texts[0], Action.SET, frame.text) if fits else Cannot("too_long", function=texts[0])]
    if frame.tints:
        result.append(_tint(device, frame.tints[-1]))
    valued = bool(result)
    if "halve" in verbs or "double" in verbs:
        result.append(_factor(device, functions, 0.5 if "halve" in verbs else 2.0))
        return result
    runs = [function for function in functions if function.type is Type.ACTION]
    counted = (
        bool(runs) and len(runs) == len(functions) and not frame.numbers[-1].unit if frame.numbers else False
    )
    if frame.numbers and not counted:
        value = _number(device, frame, functions)
        if value is not None and not (valued and isinstance(value, Cannot)):
            result.append(value)
            valued = True
    elif (nudged := _nudged(device, frame)) is not None:
        result.append(nudged)
        valued = True
    elif frame.changes or "raise" in verbs or "lower" in verbs:
        change = _relative(device, frame, functions, None)
        if change is not None:
            result.append(change)
            valued = True
    if frame.levels and not frame.numbers and not valued and not _all_the_way(device, frame):
        result.append(_level(device, frame, functions))
        valued = True
    acted = _act(device, frame, functions, valued)
    if not (valued and any(isinstance(change, Cannot) for change in acted)):
        result = [*acted, *result]
    if any(isinstance(change, Change) for change in result) and _only_verbs(frame):
        result = [change for change in result if isinstance(change, Change)]
    if not result and _only_lasts(frame) and (found := sense(device, "on")):
        result.append(Change(*found))  # the sprinkler, five minutes
    if not result:
        moving = bool(frame.changes or frame.levels or "raise" in verbs or "lower" in verbs)
        result.append(Cannot("no_such_function" if moving else "unclear"))
    return result


def _all_the_way(device: Device, frame: Frame) -> bool:
    """Open it fully, close them all the way: no more than to open and to close."""
    moves = any(verb in ("open", "open_or_on", "close", "close_or_off") for verb, _ in frame.verbs)
    position = device.function("position")
    return moves and frame.levels[0] == "max" and position is not None and Action.OPEN in position.actions


def _only_lasts(frame: Frame) -> bool:
    """Nothing but for how long."""
    wished = frame.verbs or frame.functions or frame.choices or frame.changes or frame.levels or frame.tints
    return not wished and bool(frame.moments) and all(number.unit in _TIME for number in frame.numbers)


def _nudged(device: Device, frame: Frame) -> Change | None:
    """Close the curtains a bit."""
    position = device.function("position")
    verbs = {verb for verb, _ in frame.verbs}
    direction = 1 if "open" in verbs else -1 if "close" in verbs else 0
    said = any(token.is_("amount") for token in frame.tokens)
    if not (position and direction and said and Action.SET in position.actions) or frame.levels:
        return None
    return Change(
        position, Action.SET, delta=_tidy(direction * (step_of(position, None) or 10) * frame.amount)
    )


def _tint(device: Device, kelvin: float) -> Change | Cannot:
    """Warm white, daylight: the nearest that the lamp has."""
    function = device.function("color_temperature")
    if function is None or Action.SET not in function.actions:
        return Cannot("no_such_function")
    return Change(function, Action.SET, _tidy(function.fit(kelvin)))


def _choice_of_verb(device: Device, frame: Frame, functions: Sequence[Function]) -> Change | None:
    """Close the entrance, whose choices are closed, narrow and wide: the verb's participle is a choice."""
    for _, token in frame.verbs:
        done = participle(token.text)
        for function in [f for f in functions if f.type is Type.CHOICE] or device.functions:
            if function.type is Type.CHOICE and function.writable and not function.trait:
                for choice in function.choices:
                    if done in map(fold, (choice.id, *choice.name.all())):
                        return Change(function, Action.SET, choice.id)
    return None


_OUTWARD = ("awning", "drying_rack", "clothes_rack", "slide_out", "sunshade")
"""What is out when it is open."""


def _act(device: Device, frame: Frame, functions: Sequence[Function], valued: bool) -> list[Change | Cannot]:
    """The verbs, on the device or on the functions that are named."""
    verbs = [verb for verb, _ in frame.verbs if verb not in ("set", "halve", "double")]
    if valued:
        verbs = [verb for verb in verbs if verb in ("on", "open_or_on")]
        found = (
            sense(device, "on") if verbs and not frame.to and device.function("brightness") is None else None
        )
        # 打开空调，制冷: a number or a mode with "turn on" switches the device on too
        return [Change(*found)] if found and found[1] is Action.ON else []
    runs = [function for function in functions if function.type is Type.ACTION]
    if runs:
        return [Change(function, Action.RUN) for function in runs]
    mute = device.function("mute")
    if mute is not None and any(function.id == "volume" for function in functions):
        silent = {"off": Action.ON, "close_or_off": Action.ON, "on": Action.OFF, "open_or_on": Action.OFF,
                  "resume": Action.OFF}  # fmt: skip
        for verb in verbs:
            if verb in silent:
                return [Change(mute, silent[verb])]
    if verbs and frame.functions and not functions and not device.function("on_off"):
        return [Cannot("no_such_function", name=frame.functions[0].text)]
    if any(token.text == "out" for _, token in frame.verbs) and device.kind in _OUTWARD:
        found = sense(device, "open")
        return [Change(*found)] if found else [Cannot("no_such_function")]
    if (chosen := _choice_of_verb(device, frame, functions)) is not None:
        return [chosen]
    for verb in verbs:
        for function in functions:
            action = sense_of_function(function, verb)
            if action is not None:
                return [Change(function, action)]
        if functions and all(f.id not in ("on_off", "thermostat", "temperature") for f in functions):
            continue
        found = sense(device, verb)
        if found is not None:
            return [Change(*found)]
    if not verbs and frame.verbs and not valued:
        for function in functions:
            if function.type is Type.BOOL and Action.ON in function.actions and function.id != "on_off":
                return [Change(function, Action.ON)]  # make the fan swing
    if not verbs:
        found = sense(device, "set") if frame.verbs and not valued else None
        return [Change(*found)] if found else []
    missing = frame.functions[0].text if frame.functions and not functions else ""
    return [Cannot("no_such_function", name=missing)]


def _choices(device: Device, frame: Frame, functions: Sequence[Function]) -> list[Change | Cannot]:
    result: list[Change | Cannot] = []
    for token in frame.choices:
        options = [(function_id, choice) for function_id, choice in token.all("choice")]
        fitting = [
            (function, choice)
            for function_id, choice in options
            if (function := device.function(function_id)) and function.writable and function.choice(choice)
        ]
        preferred = [pair for pair in fitting if pair[0] in functions] or fitting
        if preferred:
            result.append(Change(preferred[0][0], Action.SET, preferred[0][1]))
        elif not any(change.token is token for change in frame.changes) and not token.is_(
            "level", "state", "verb", "kind"
        ):
            own = next((f for f in device.functions if f.id in {i for i, _ in options}), None)
            result.append(Cannot("no_such_function", function=own, name=token.text))
    return result


def _only_verbs(frame: Frame) -> bool:
    """Heat the tub to 39: what is a mode elsewhere is the verb here."""
    content = [token for token in frame.tokens if not token.is_("request", "filler")]
    return bool(frame.choices) and frame.choices == content[:1]


_OPENING = frozenset({"open", "open_or_on", "on", "raise"})
_CLOSING = frozenset({"close", "close_or_off", "off", "lower"})


def _number(device: Device, frame: Frame, functions: Sequence[Function]) -> Change | Cannot | None:
    number = frame.numbers[-1]
    if frame.counted and not functions and not any(_counts(f, frame.counted) for f in _numbers(device)):
        return Cannot("no_such_function")
    verbs = {verb for verb, _ in frame.verbs}
    absolute = frame.to and not frame.by
    relative = not absolute and (frame.changes or verbs & {"raise", "lower"} or frame.by)
    position = device.function("position") or _openness(device)
    if position and not absolute and (frame.more or frame.by) and not frame.changes:
        direction = 1 if verbs & _OPENING else -1 if verbs & _CLOSING else 0
        step = step_of(position, number)
        if direction and step is not None and Action.SET in position.actions:
            return Change(position, Action.SET, delta=_tidy(direction * step))
    again = any(token.text == "再" for token in frame.tokens) and not absolute
    if again and not frame.changes and number.unit not in _TIME and not verbs & {"raise", "lower"}:
        moved = _numeric(device, functions, frame, number)
        step = step_of(moved, number) if moved and moved.type is Type.NUMBER else None
        if moved and step is not None:
            back = bool(verbs & _CLOSING) or any(token.text in ("收", "减", "降") for token in frame.tokens)
            return Change(moved, Action.SET, delta=_tidy(-step if back else step))
    if relative and (frame.changes or verbs & {"raise", "lower"}):
        moving = _relative(device, frame, functions, number)
        if isinstance(moving, Change):
            return moving
    function = _numeric(device, functions, frame, number)
    if function is None:
        if number.unit in _TIME and frame.moments:
            return None  # a duration: for how long, not how much
        return Cannot("no_such_function", name=frame.functions[0].text if frame.functions else "")
    if function.type is Type.CHOICE:
        chosen = _choice_by_number(function, number)
        return (
            Change(function, Action.SET, chosen) if chosen else Cannot("no_such_function", function=function)
        )
    value = convert(number, function)
    if value is None:
        return Cannot("no_such_function", function=function)
    if not function.min <= value <= function.max:
        return Cannot("out_of_range", function=function)
    if number.rough or (number.unit in ("°C", "°F") and unit_of(function) != number.unit):
        value = function.fit(value)  # a third, or another scale: as near as the device can
    return Change(function, Action.SET, _tidy(value))


def _counts(function: Function, noun: str) -> bool:
    """六碗: whether a function is counted in what was said behind the number."""
    said = (function.unit, *function.name.all(), *function.aliases)
    return any(noun == fold(text) or fold(text).startswith(noun) for text in said)


def _openness(device: Device) -> Function | None:
    """A control that tells how far a thing is open."""
    for function in _numbers(device):
        if function.id.startswith("open") and unit_of(function) == "%":
            return function
    return None


def _choice_by_number(function: Function, number: Number) -> str | None:
    """3档 where the levels are choices: by the number in their name or id."""
    digit = f"{number.value:g}"
    for choice in function.choices:
        if digit in (choice.id, *(_LEVEL_WORD.sub("", fold(name)) for name in choice.name.all())):
            return choice.id
    return None


_LEVEL_WORD = re.compile(r"^level\s?|\s?level$|[档挡级]$")


def _tidy(value: float) -> float:
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) and abs(rounded) < 1e15 else rounded


def _numeric(device: Device, functions: Sequence[Function], frame: Frame, number: Number) -> Function | None:
    """Which function a number speaks of: the named one, else by unit, else the usual one."""
    settable = [f for f in functions if f.type is Type.NUMBER and Action.SET in f.actions]
    if settable:
        return next((f for f in settable if convert(number, f) is not None), settable[0])
    if any(f.type is Type.CHOICE and f.writable for f in functions):
        return next(f for f in functions if f.type is Type.CHOICE and f.writable)
    if frame.functions and not functions:
        return None
    candidates = [f for f in _numbers(device) if convert(number, f) is not None]
    by_unit = [f for f in candidates if number.unit and unit_of(f) == number.unit]
    by_unit = by_unit or [f for f in candidates if number.unit == "°" and unit_of(f) in ("°C", "°F")]
    by_unit = by_unit or [f for f in candidates if number.unit in ("°F", "°C") and unit_of(f) in ("°C", "°F")]
    if number.unit in _TIME and not by_unit:
        by_unit = [f for f in candidates if unit_of(f) in _TIME]
    pool = by_unit or candidates
    usual = [f for name in _USUAL for f in pool if f.id == name]
    if usual:
        return usual[0]
    if by_unit:
        return by_unit[0]
    if number.unit == "" and len(pool) == 1:
        return pool[0]
    levels = [
        f for f in device.functions if f.type is Type.CHOICE and f.writable and _choice_by_number(f, number)
    ]
    if number.unit in ("level", "") and levels:
        return levels[0]
    if number.unit == "" and pool:
        inside = [f for f in pool if f.min <= number.value <= f.max]
        return inside[0] if len(inside) == 1 else None
    return pool[0] if len(pool) == 1 else None


def step_of(function: Function, number: Number | None) -> float | None:
    """How much "a bit" is: a tenth of the range, one degree; or what was said."""
    if number is not None:
        if number.unit == "°F" and unit_of(function) == "°C":
            return number.value / 1.8
        if number.unit == "level" and unit_of(function) == "%":
            return number.value * (step_of(function, None) or 1.0)  # 小一档
        return convert(number, function)
    if unit_of(function) in ("°C", "°F"):
        return 1.0
    if function.max == float("inf") or function.min == float("-inf"):
        return max(function.step, 1.0)
    span = (function.max - function.min) / 10
    step = function.step or 1.0
    return float(max(step, round(span / step) * step))


def _relative(
    device: Device, frame: Frame, functions: Sequence[Function], number: Number | None
) -> Change | Cannot | None:
    settable = [f for f in functions if f.type is Type.NUMBER and Action.SET in f.actions]
    direction, found = 0, None
    for change in frame.changes:
        for name in change.functions:
            sign = -1 if name.startswith("-") else 1
            function = _by_pattern(device, name.lstrip("-"))
            if function is not None and (not settable or function in settable):
                found, direction = function, change.direction * sign
                break
        if found is None and not change.functions:
            direction = direction or change.direction
        elif found is None and settable:
            direction = change.direction
        if (found is not None and change.complaint) or (change.complaint and found is None and settable):
            direction = -direction
    if not direction:
        verbs = {verb for verb, _ in frame.verbs}
        direction = 1 if "raise" in verbs else -1 if "lower" in verbs else 0
    if not direction:
        return None
    if found is None:
        opening = device.function("position")
        plain = not frame.functions and number is None and not frame.more and not frame.levels
        if opening and plain and any(verb in ("raise", "lower") for verb, _ in frame.verbs):
            return Change(opening, Action.OPEN if direction > 0 else Action.CLOSE)
        found = settable[0] if settable else None
        if found is None and (frame.functions or any(c.functions for c in frame.changes)):
            return Cannot(
                "no_such_function",
                name=frame.functions[0].text if frame.functions else frame.changes[0].token.text,
            )
        if found is None:
            pool = _numbers(device)
            usual = [f for name in _USUAL for f in pool if f.id == name]
            found = usual[0] if usual else pool[0] if len(pool) == 1 else None
    if found is None:
        return Cannot("no_such_function")
    if frame.levels:
        return Change(found, Action.SET, _level_value(found, frame.levels[0]))
    step = step_of(found, number)
    if step is None:
        return Cannot("no_such_function", function=found)
    amount = frame.amount if number is None else 1.0
    return Change(found, Action.SET, delta=_tidy(direction * step * amount))


def _by_pattern(device: Device, name: str) -> Function | None:
    """A function by id, or (``*word``) any number whose id ends with the word."""
    if name.startswith("*"):
        word = name[1:]
        return next((f for f in _numbers(device) if f.id.endswith(word) or word in f.id), None)
    function = device.function(name)
    return function if function and Action.SET in function.actions and function.type is Type.NUMBER else None


def _level_value(function: Function, level: str) -> float:
    span = function.max - function.min
    if level == "half" and function.unit == "%":
        return 50
    share = {"max": 1.0, "min": 0.0, "half": 0.5, "low": 0.25, "medium": 0.5, "high": 0.75}[level]
    return _tidy(function.fit(function.min + span * share))


def _level(device: Device, frame: Frame, functions: Sequence[Function]) -> Change | Cannot:
    level = frame.levels[0]
    pool = [f for f in functions if f.writable] or [f for f in device.functions if f.writable]
    for function in pool:
        if function.type is Type.CHOICE and function.choice(level):
            return Change(function, Action.SET, level)
    usable = [f for f in pool if f.type is Type.NUMBER and f.max < float("inf") and f.min > float("-inf")]
    hinted = [
        f
        for change in frame.changes
        for name in change.functions
        if (f := _by_pattern(device, name.lstrip("-")))
    ]
    word = next((t for t in frame.tokens if t.is_("level")), None)
    hinted = hinted or ([f for f in usable if _superlative(word.text, f)] if word else [])
    usual = [f for name in _USUAL for f in usable if f.id == name]
    best = hinted or usual or usable
    if not best:
        return Cannot("no_such_function", name=frame.functions[0].text if frame.functions else "")
    return Change(best[0], Action.SET, _level_value(best[0], level))


_SUPERLATIVES = {
    "brightness": ("最亮", "最暗", "brightest", "dimmest", "darkest"),
    "thermostat": ("最热", "最冷", "最暖", "warmest", "hottest", "coldest", "coolest"),
    "volume": ("最大声", "最响", "最小声", "loudest", "quietest"),
    "fan_speed": ("最快", "最慢", "最强", "最弱", "fastest", "slowest"),
}


def _superlative(text: str, function: Function) -> bool:
    return text in _SUPERLATIVES.get(function.id, ())


def _factor(device: Device, functions: Sequence[Function], factor: float) -> Change | Cannot:
    pool = [f for f in functions if f.type is Type.NUMBER and f.writable] or _numbers(device)
    usual = [f for name in _USUAL for f in pool if f.id == name]
    best = usual or pool
    return Change(best[0], Action.SET, factor=factor) if best else Cannot("no_such_function")
