"""Which functions of a device a clause names, and which a number may mean where it names none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.units import TIME, convert, unit_of
from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.numbers import Number
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type

# A bare number means the first of these that a device has.
USUAL = ("brightness", "position", "thermostat", "volume", "fan_speed", "humidity_target")


def settable_numbers(device: Device) -> list[Function]:
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


def choice_by_number(function: Function, number: Number) -> str | None:
    """3档 where the levels are choices: by the number in their name or id."""
    digit = f"{number.value:g}"
    for choice in function.choices:
        if digit in (choice.id, *(_LEVEL_WORD.sub("", fold(name)) for name in choice.name.all())):
            return choice.id
    return None


_LEVEL_WORD = re.compile(r"^level\s?|\s?level$|[档挡级]$")


def function_of_number(
    device: Device, functions: Sequence[Function], frame: Frame, number: Number
) -> Function | None:
    """Which function a number speaks of: the named one, else by unit, else the usual one."""
    settable = [f for f in functions if f.type is Type.NUMBER and Action.SET in f.actions]
    if settable:
        return next((f for f in settable if convert(number, f) is not None), settable[0])
    if any(f.type is Type.CHOICE and f.writable for f in functions):
        return next(f for f in functions if f.type is Type.CHOICE and f.writable)
    if frame.functions and not functions:
        return None
    candidates = [f for f in settable_numbers(device) if convert(number, f) is not None]
    by_unit = [f for f in candidates if number.unit and unit_of(f) == number.unit]
    by_unit = by_unit or [f for f in candidates if number.unit == "°" and unit_of(f) in ("°C", "°F")]
    by_unit = by_unit or [f for f in candidates if number.unit in ("°F", "°C") and unit_of(f) in ("°C", "°F")]
    if number.unit in TIME and not by_unit:
        by_unit = [f for f in candidates if unit_of(f) in TIME]
    pool = by_unit or candidates
    usual = [f for name in USUAL for f in pool if f.id == name]
    if usual:
        return usual[0]
    if by_unit:
        return by_unit[0]
    if number.unit == "" and len(pool) == 1:
        return pool[0]
    levels = [
        f for f in device.functions if f.type is Type.CHOICE and f.writable and choice_by_number(f, number)
    ]
    if number.unit in ("level", "") and levels:
        return levels[0]
    if number.unit == "" and pool:
        inside = [f for f in pool if f.min <= number.value <= f.max]
        return inside[0] if len(inside) == 1 else None
    return pool[0] if len(pool) == 1 else None
