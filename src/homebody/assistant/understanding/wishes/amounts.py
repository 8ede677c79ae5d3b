"""How much: a bit brighter, half, ten degrees more. Against the range of a function."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes import scales
from homebody.assistant.understanding.wishes.change import Cannot, Change
from homebody.assistant.understanding.wishes.named import USUAL, settable_numbers
from homebody.assistant.understanding.wishes.units import convert, tidy, unit_of
from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.numbers import Number
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type


def by_a_bit(device: Device, frame: Frame) -> Change | None:
    """Close the curtains a bit."""
    position = device.function("position")
    verbs = {verb for verb, _ in frame.verbs}
    direction = 1 if "open" in verbs else -1 if "close" in verbs else 0
    said = any(token.is_("amount") for token in frame.tokens)
    if not (position and direction and said and Action.SET in position.actions) or frame.levels:
        return None
    return Change(
        position, Action.SET, delta=tidy(direction * (step_of(position, None) or 10) * frame.amount)
    )


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


def by_direction(
    device: Device, frame: Frame, functions: Sequence[Function], number: Number | None
) -> Change | Cannot | None:
    settable = [f for f in functions if _movable(f)]
    direction, found = 0, None
    for change in frame.changes:
        for name in filter(None, change.functions):
            sign = -1 if name.startswith("-") else 1
            function = _by_pattern(device, name.lstrip("-"))
            if function is not None and (not settable or function in settable):
                found, direction = function, change.direction * sign
                break
        if found is None and (not change.functions or "" in change.functions):
            direction = direction or change.direction
        elif found is None and settable:
            direction = change.direction
        if (found is not None and change.complaint) or (change.complaint and found is None and settable):
            direction = -direction
    if not direction:
        verbs = {verb for verb, _ in frame.verbs}
        direction = 1 if "raise" in verbs else -1 if "lower" in verbs else 0
    if not direction:
        return _switched(device, frame, frame.changes[0].direction) if frame.changes else None
    if found is None:
        opening = device.function("position")
        plain = not frame.functions and number is None and not frame.more and not frame.levels
        if opening and plain and any(verb in ("raise", "lower") for verb, _ in frame.verbs):
            return Change(opening, Action.OPEN if direction > 0 else Action.CLOSE)
        found = settable[0] if settable else None
        if found is None and (switched := _switched(device, frame, direction)) is not None:
            return switched
        if found is None and (frame.functions or any(c.functions for c in frame.changes)):
            return Cannot(
                "no_such_function",
                name=frame.functions[0].text if frame.functions else frame.changes[0].token.text,
            )
        if found is None:
            pool = settable_numbers(device)
            last = [f for f in device.functions if f.id in frame.spoken_of and _movable(f)]
            usual = last or [f for name in USUAL for f in pool if f.id == name]
            found = usual[0] if usual else pool[0] if len(pool) == 1 else None
    if found is None:
        return _switched(device, frame, direction) or Cannot("no_such_function")
    if found.type is Type.CHOICE:
        steps = number.value if number and number.unit in ("", "level") else 1.0
        return Change(found, Action.SET, delta=direction * steps)
    if frame.levels:
        return Change(found, Action.SET, _level_value(found, frame.levels[0]))
    step = step_of(found, number)
    if step is None:
        return Cannot("no_such_function", function=found)
    amount = frame.amount if number is None else 1.0
    return Change(found, Action.SET, delta=tidy(direction * step * amount))


_SWITCHES = {
    "thermostat": ("heat", "warm"),
    "-thermostat": ("cool", "chill"),
    "brightness": ("lamp", "light"),
}
"""The beginnings of what switches are called that warm, cool and light."""


def _switched(device: Device, frame: Frame, direction: int) -> Change | None:
    """Warm up the bed, that has a switch for its heating and no temperature."""
    for change in frame.changes:
        if change.complaint or not change.functions or change.token.text.endswith("er"):
            continue
        name = change.functions[0]
        on, off = _SWITCHES.get(name, ()), _SWITCHES.get(f"-{name}", ())
        for words, action in ((on, direction), (off, -direction)):
            for function in device.controls:
                said = {word for text in function.name.all() for word in fold(text).split()}
                if function.type is Type.BOOL and any(w.startswith(words) for w in said if words):
                    return Change(function, Action.ON if action > 0 else Action.OFF)
    return None


def _movable(function: Function) -> bool:
    """Whether there is more and less of it: a number, or choices that go from little to much."""
    number = function.type is Type.NUMBER and Action.SET in function.actions
    return number or bool(scales.scale(function))


def _by_pattern(device: Device, name: str) -> Function | None:
    """A function by id; (``*word``) any number whose id ends with the word; (``~字``) what can be more or
    less and has these characters in its name."""
    if name.startswith("~"):
        movable = [f for f in device.functions if _movable(f)]
        return next((f for f in movable if scales.named_alike(f, name[1:])), None)
    if name.startswith("*"):
        word = name[1:]
        numbers = [f for f in settable_numbers(device) if word in f.id or _called(f, word)]
        scaled = [f for f in device.functions if scales.scale(f) and word in f.id]
        return next(iter((*numbers, *scaled)), None)
    function = device.function(name)
    return function if function and Action.SET in function.actions and function.type is Type.NUMBER else None


def _called(function: Function, word: str) -> bool:
    return any(word in fold(name).split() for name in (*function.name.all(), *function.aliases))


def _level_value(function: Function, level: str) -> float:
    span = function.max - function.min
    if level == "half" and function.unit == "%":
        return 50
    share = {"max": 1.0, "min": 0.0, "half": 0.5, "low": 0.25, "medium": 0.5, "high": 0.75}[level]
    return tidy(function.fit(function.min + span * share))


def by_level(device: Device, frame: Frame, functions: Sequence[Function]) -> Change | Cannot:
    level = frame.levels[0]
    pool = [f for f in functions if f.writable] or [f for f in device.functions if f.writable]
    for function in pool:
        if function.type is Type.CHOICE and function.choice(level):
            return Change(function, Action.SET, level)
    for function in functions:
        if (chosen := scales.at_level(function, level)) is not None:
            return Change(function, Action.SET, chosen)
    usable = [f for f in pool if f.type is Type.NUMBER and f.max < float("inf") and f.min > float("-inf")]
    hinted = [
        f
        for change in frame.changes
        for name in change.functions
        if (f := _by_pattern(device, name.lstrip("-")))
    ]
    word = next((t for t in frame.tokens if t.is_("level")), None)
    hinted = hinted or ([f for f in usable if _superlative(word.text, f)] if word else [])
    usual = [f for name in USUAL for f in usable if f.id == name]
    best = hinted or usual or usable
    if not best and not functions:
        chosen_of = [(f, c) for f in pool if (c := scales.at_level(f, level)) is not None]
        if len(chosen_of) == 1:
            return Change(chosen_of[0][0], Action.SET, chosen_of[0][1])
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


def by_factor(device: Device, frame: Frame, functions: Sequence[Function], factor: float) -> Change | Cannot:
    hinted = [f for change in frame.changes for name in filter(None, change.functions)
              if (f := _by_pattern(device, name.lstrip("-")))]  # fmt: skip
    functions = functions or [f for f in hinted if f.type is Type.NUMBER]
    pool = [f for f in functions if f.type is Type.NUMBER and f.writable] or settable_numbers(device)
    usual = [f for name in USUAL for f in pool if f.id == name]
    best = usual or pool
    return Change(best[0], Action.SET, factor=factor) if best else Cannot("no_such_function")
