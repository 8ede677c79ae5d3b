"""To what: a number, a choice, a kind of white; within the range of a function."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.amounts import by_direction, step_of
from homebody.assistant.understanding.wishes.change import Cannot, Change
from homebody.assistant.understanding.wishes.named import (
    choice_by_number,
    function_of_number,
    settable_numbers,
)
from homebody.assistant.understanding.wishes.units import TIME, convert, tidy, unit_of
from homebody.assistant.understanding.words.normalise import fold
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type


def by_tint(device: Device, kelvin: float) -> Change | Cannot:
    """Warm white, daylight: the nearest that the lamp has."""
    function = device.function("color_temperature")
    if function is None or Action.SET not in function.actions:
        return Cannot("no_such_function")
    return Change(function, Action.SET, tidy(function.fit(kelvin)))


def by_choices(device: Device, frame: Frame, functions: Sequence[Function]) -> list[Change | Cannot]:
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


_OPENING = frozenset({"open", "open_or_on", "on", "raise"})
_CLOSING = frozenset({"close", "close_or_off", "off", "lower"})


def by_number(device: Device, frame: Frame, functions: Sequence[Function]) -> Change | Cannot | None:
    number = frame.numbers[-1]
    if (
        frame.counted
        and not functions
        and not any(_counts(f, frame.counted) for f in settable_numbers(device))
    ):
        return Cannot("no_such_function")
    verbs = {verb for verb, _ in frame.verbs}
    absolute = frame.to and not frame.by
    relative = not absolute and (frame.changes or verbs & {"raise", "lower"} or frame.by)
    position = device.function("position") or _openness(device)
    if position and not absolute and (frame.more or frame.by) and not frame.changes:
        direction = 1 if verbs & _OPENING else -1 if verbs & _CLOSING else 0
        step = step_of(position, number)
        if direction and step is not None and Action.SET in position.actions:
            return Change(position, Action.SET, delta=tidy(direction * step))
    again = any(token.text == "再" for token in frame.tokens) and not absolute
    if again and not frame.changes and number.unit not in TIME and not verbs & {"raise", "lower"}:
        moved = function_of_number(device, functions, frame, number)
        step = step_of(moved, number) if moved and moved.type is Type.NUMBER else None
        if moved and step is not None:
            back = bool(verbs & _CLOSING) or any(token.text in ("收", "减", "降") for token in frame.tokens)
            return Change(moved, Action.SET, delta=tidy(-step if back else step))
    if relative and (frame.changes or verbs & {"raise", "lower"}):
        moving = by_direction(device, frame, functions, number)
        if isinstance(moving, Change):
            return moving
    function = function_of_number(device, functions, frame, number)
    if function is None:
        if number.unit in TIME and frame.moments:
            return None  # a duration: for how long, not how much
        return Cannot("no_such_function", name=frame.functions[0].text if frame.functions else "")
    if function.type is Type.CHOICE:
        chosen = choice_by_number(function, number)
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
    return Change(function, Action.SET, tidy(value))


def _counts(function: Function, noun: str) -> bool:
    """六碗: whether a function is counted in what was said behind the number."""
    said = (function.unit, *function.name.all(), *function.aliases)
    return any(noun == fold(text) or fold(text).startswith(noun) for text in said)


def _openness(device: Device) -> Function | None:
    """A control that tells how far a thing is open."""
    for function in settable_numbers(device):
        if function.id.startswith("open") and unit_of(function) == "%":
            return function
    return None
