"""From devices and a wish to steps: the commands that can be, the problems of those that cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from homebody.assistant.plan import Command, Problem, When
from homebody.assistant.understanding.meaning.sentence import Sentence
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.change import Cannot, Change
from homebody.assistant.understanding.wishes.scales import stepped
from homebody.assistant.understanding.wishes.units import whole
from homebody.assistant.understanding.wishes.wish import wish
from homebody.home.device import Device
from homebody.home.function import Action, Type

_TIMES = ("s", "min", "h", "d")


def command_of(
    sentence: Sentence, frame: Frame, device: Device, change: Change, when: When, words: str
) -> Command:
    """A change as a step; a relative one against the last known state, as far as the bounds allow."""
    function = change.function
    value, delta = change.value, change.delta
    if delta is not None and function.type is Type.CHOICE:
        value, delta = stepped(function, sentence.states(device.id).get(function.id), delta), None
    elif delta is not None or change.factor is not None:
        present = sentence.states(device.id).get(function.id)
        if isinstance(present, int | float) and not isinstance(present, bool):
            wanted = present + delta if delta is not None else present * (change.factor or 1)
            value = whole(function.fit(wanted))
            if delta is None:
                delta = round(float(value) - present, 6)
        elif delta is None:
            value = whole(function.fit((function.min + function.max) / 2))
    unit = function.unit if function.type is Type.NUMBER and change.action is Action.SET else ""
    return Command(
        device=device.id, function=function.id, action=change.action, value=value, unit=unit, delta=delta,
        when=when, words=sentence.words(frame) or words,
    )  # fmt: skip


def steps(
    sentence: Sentence, frame: Frame, devices: list[Device], words: str, moment: When,
    note: dict[str, Any],
) -> list[Device]:  # fmt: skip
    """Commands for a group of devices. Of several, those that cannot are left out unless none can; a
    value that is out of one's range is always told."""
    results = [(device, wish(device, frame)) for device in devices]
    changing = [(d, [c for c in changes if isinstance(c, Change)]) for d, changes in results]
    failing = [(d, [c for c in changes if isinstance(c, Cannot)]) for d, changes in results]
    can = [(d, changes) for d, changes in changing if changes]
    cannot = [(d, reasons) for d, reasons in failing if reasons]
    note.setdefault("candidates", []).extend(
        {
            "device": device.id,
            "can": [f"{c.function.id}.{c.action}" for c in changes if isinstance(c, Change)],
            "cannot": [c.kind for c in changes if isinstance(c, Cannot)],
        }
        for device, changes in results
    )
    if not can or len(devices) == 1:
        _cannot(sentence, frame, cannot, words)
    else:
        bounded = [(d, [c for c in reasons if c.kind == "out_of_range"]) for d, reasons in cannot]
        _cannot(sentence, frame, [(d, reasons) for d, reasons in bounded if reasons], words)
    for device, changes in can:
        for change in changes:
            valued = frame.numbers and change.value is not None and change.function.type is Type.NUMBER
            consumed = moment.lasting and valued and frame.numbers[-1].unit in _TIMES
            step_when = replace(moment, lasting=None) if consumed else moment
            sentence.steps.append(command_of(sentence, frame, device, change, step_when, words))
        if any(change.complaint for change in frame.changes):
            _wake(sentence, device, changes, moment, words)
    return [device for device, _ in can]


def _wake(sentence: Sentence, device: Device, changes: list[Change], moment: When, words: str) -> None:
    """Too dark, and the lamp is off: it is switched on."""
    on_off = device.function("on_off")
    up = any((change.delta or 0) > 0 or change.function.id == "thermostat" for change in changes)
    if on_off and up and sentence.states(device.id).get("on_off") is False:
        sentence.steps.append(
            Command(device=device.id, function="on_off", action=Action.ON, when=moment, words=words)
        )


def _cannot(
    sentence: Sentence, frame: Frame, cannots: Sequence[tuple[Device, list[Cannot]]], words: str
) -> None:
    full = sentence.words(frame)
    for device, reasons in cannots:
        reason = reasons[0]
        function = reason.function
        if reason.kind == "out_of_range" and function is not None:
            sentence.problem(
                Problem(kind="out_of_range", words=full, device=device.id, function=function.id,
                        min=function.min, max=function.max, unit=function.unit)
            )  # fmt: skip
        elif reason.kind == "too_long" and function is not None:
            sentence.problem(
                Problem(kind="out_of_range", words=full, device=device.id, function=function.id,
                        max=float(function.max_length))
            )  # fmt: skip
        elif reason.kind == "unclear" and not (frame.unknown and frame.verbs):
            sentence.fail("not_understood", full, 0.5)
        else:
            function_id = function.id if function else None
            sentence.problem(
                Problem(kind="no_such_function", words=full or words, device=device.id,
                        function=function_id)
            )  # fmt: skip
            sentence.doubt(0.95)
