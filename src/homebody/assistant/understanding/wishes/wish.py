"""What a clause wishes of one device: which function, which action, which value.

The device's own description decides: its functions, their units, bounds and choices. A lamp, a kettle and
a thing that nobody has heard of are treated alike.
"""

from __future__ import annotations

from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.acts import by_verb
from homebody.assistant.understanding.wishes.amounts import by_a_bit, by_direction, by_factor, by_level
from homebody.assistant.understanding.wishes.change import Cannot, Change
from homebody.assistant.understanding.wishes.named import named
from homebody.assistant.understanding.wishes.senses import sense, starter_of
from homebody.assistant.understanding.wishes.units import TIME
from homebody.assistant.understanding.wishes.values import by_choices, by_number, by_tint
from homebody.home.device import Device
from homebody.home.function import Action, Type

_FACTORS = {"halve": 0.5, "double": 2.0, "half_more": 1.5}
"""Verbs that multiply what there is."""


def able(device: Device, frame: Frame) -> bool:
    """Whether the device can do what is wished, whatever the value."""
    return any(isinstance(change, Change) or change.kind == "out_of_range" for change in wish(device, frame))


def wish(device: Device, frame: Frame) -> list[Change | Cannot]:
    """All changes that the clause asks of this device. Never empty: at least one `Cannot`."""
    result: list[Change | Cannot] = []
    functions = named(device, frame)
    verbs = [verb for verb, _ in frame.verbs]
    result += by_choices(device, frame, functions)
    texts = [f for f in functions if f.type is Type.TEXT and f.writable]
    if texts and frame.text:
        fits = len(frame.text) <= texts[0].max_length
        return [Change(texts[0], Action.SET, frame.text) if fits else Cannot("too_long", function=texts[0])]
    if frame.tints:
        result.append(by_tint(device, frame.tints[-1]))
    valued = bool(result)
    if factors := [_FACTORS[verb] for verb in verbs if verb in _FACTORS]:
        result.append(by_factor(device, frame, functions, factors[0]))
        return result
    runs = [function for function in functions if function.type is Type.ACTION]
    counted = (
        bool(runs) and len(runs) == len(functions) and not frame.numbers[-1].unit and not frame.to
        if frame.numbers
        else False
    )
    if frame.numbers and not counted:
        value = by_number(device, frame, functions)
        if value is not None and not (valued and isinstance(value, Cannot)):
            result.append(value)
            valued = True
    elif (nudged := by_a_bit(device, frame)) is not None:
        result.append(nudged)
        valued = True
    elif frame.changes or "raise" in verbs or "lower" in verbs:
        change = by_direction(device, frame, functions, None)
        if change is not None:
            result.append(change)
            valued = True
    if frame.levels and not frame.numbers and not valued and not _all_the_way(device, frame):
        result.append(by_level(device, frame, functions))
        valued = True
    acted = by_verb(device, frame, functions, valued)
    if not (valued and any(isinstance(change, Cannot) for change in acted)):
        result = [*acted, *result]
    served = valued and any(token.is_("serve") for token in frame.tokens)
    if served and isinstance(result[-1], Change) and (starter := starter_of(device)):
        result.append(Change(starter, Action.RUN))  # 来杯拿铁: chosen, and made
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
    return not wished and bool(frame.moments) and all(number.unit in TIME for number in frame.numbers)


def _only_verbs(frame: Frame) -> bool:
    """Heat the tub to 39: what is a mode elsewhere is the verb here."""
    content = [token for token in frame.tokens if not token.is_("request", "filler")]
    return bool(frame.choices) and frame.choices == content[:1]
