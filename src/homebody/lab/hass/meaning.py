"""What an intent with its slots means in a home, by general rules.

``HassTurnOn`` with an area and a domain is: all devices of that domain in that area, on, or open, or locked,
as it is with things of their kind. Both sides use this: the sentence tests, to know what a plan must hold;
and the peer's recognitions, to become plans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

from homebody.assistant.when import format_duration
from homebody.home.device import Device, Home
from homebody.home.function import Action
from homebody.lab.expectation import Expectation
from homebody.lab.hass.commands import RULES, Parts, clean_area, command
from homebody.lab.hass.targets import Slots, called, targets

VOLUME_STEP = 10.0
"""What Home Assistant changes a volume by where no amount is said, percent."""

NEAR_KELVIN = 0.15
"""How far from Home Assistant's a colour temperature may be that was named, as in warm white."""


def loosened(slots: Slots, sentence: str) -> Slots:
    """Slots of a sentence: a white that it names has no exact temperature, so a range around it is right."""
    kelvin = slots.get("temperature")
    if kelvin is None or "brightness" in slots or any(c.isdecimal() for c in sentence) or kelvin < 1000:
        return slots
    return {**slots, "temperature": {"from": kelvin * (1 - NEAR_KELVIN), "to": kelvin * (1 + NEAR_KELVIN)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """A question about devices: the value of ``function`` (any, where it is None), or whether they are in
    ``state`` (a word of Home Assistant's)."""

    devices: tuple[Device, ...]
    function: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Plans that are right, or what is asked."""

    expected: tuple[Expectation, ...] = ()
    asks: Asks | None = None


def meaning(intent: str, slots: Slots, home: Home, area: str | None = None) -> Meaning | None:
    """What is to be done or asked; None where it cannot be expressed in this home.

    ``slots`` give the names of things; ``area`` is the id of the area where the speaker is.
    """
    if intent == "HassVacuumCleanArea" and "area" not in slots and area is not None:
        slots = {**slots, "area": area}
    devices = targets(home, intent, slots, area)
    if intent == "HassVacuumStart" and "floor" in slots:
        return _floor_cleaned(devices, slots, home)
    if intent in RULES:
        return _commands([RULES[intent](device, slots) for device in devices])
    match intent:
        case "HassGetState":
            asks = Asks(devices=tuple(devices), state=slots.get("state"))
            return Meaning(asks=asks) if devices else None
        case "HassClimateGetTemperature":
            return Meaning(asks=Asks(devices=tuple(devices), function="temperature")) if devices else None
        case "HassGetCurrentTime" | "HassGetCurrentDate":
            return _one({"do": "query", "what": "time" if intent.endswith("Time") else "date"})
        case "HassRespond" | "HassNevermind":
            return Meaning(expected=(Expectation(say=True),))
        case "HassBroadcast":
            return _one({"do": "say", "text": slots["message"]})
        case "HassStartTimer" if "conversation_command" in slots:
            return _later(slots, home, area)
        case _ if intent in _TIMERS:
            return _timer(_TIMERS[intent], slots)
        case _ if intent in _LISTS:
            name = slots.get("name", "shopping")
            return _one({"do": "list", "action": _LISTS[intent], "item": slots["item"], "list": name})
        case _:
            return None


def _floor_cleaned(devices: Sequence[Device], slots: Slots, home: Home) -> Meaning | None:
    """Home Assistant starts the machine of that floor; one that knows rooms may be sent to those of it."""
    floors = {floor.id for floor in home.floors if called(floor, slots["floor"])}
    rooms = [area.id for area in home.areas if area.floor in floors]
    start = _commands([RULES["HassVacuumStart"](device, slots) for device in devices])
    if start is None or len(devices) != 1:
        return start
    sent = [step for room in rooms for step in clean_area(devices[0], {"area": room})[:1]]
    return Meaning(expected=(*start.expected, Expectation(steps=tuple(sent)))) if sent else start


def _commands(choices: Sequence[Sequence[Parts]]) -> Meaning | None:
    """One command for each device, in every combination that is right; None where a device has none."""
    if not choices or not all(choices):
        return None
    most = 2 if max(map(len, choices)) > 1 and len(choices) <= 4 else 1
    combinations = product(*(choice[:most] for choice in choices))
    return Meaning(expected=tuple(Expectation(steps=tuple(steps)) for steps in combinations))


def _one(step: Parts) -> Meaning:
    return Meaning(expected=(Expectation(steps=(step,)),))


# timers and lists

_TIMERS: Mapping[str, str] = {
    "HassStartTimer": "set", "HassCancelTimer": "cancel", "HassCancelAllTimers": "cancel_all",
    "HassPauseTimer": "pause", "HassUnpauseTimer": "resume", "HassIncreaseTimer": "extend",
    "HassDecreaseTimer": "shorten", "HassTimerStatus": "status",
}  # fmt: skip
_LISTS: Mapping[str, str] = {
    "HassShoppingListAddItem": "add", "HassShoppingListCompleteItem": "complete", "HassListAddItem": "add",
    "HassListRemoveItem": "remove", "HassListCompleteItem": "complete",
}  # fmt: skip
_UNITS = ("hours", "minutes", "seconds")


def _duration(slots: Slots, prefix: str = "") -> str | None:
    said = {unit: float(slots[prefix + unit]) for unit in _UNITS if prefix + unit in slots}
    return format_duration(timedelta(**said)) if said else None


def _timer(action: str, slots: Slots) -> Meaning:
    """A timer, and which one is meant: by its name, by the length that it was set to, or by its room.

    A timer has no room of its own: that it is the kitchen's is told by its name.
    """
    step: dict[str, Any] = {"do": "timer", "action": action}
    told = {
        "duration": _duration(slots),
        "length": _duration(slots, "start_"),
        "name": slots.get("name"),
    }
    step |= {key: value for key, value in told.items() if value is not None}
    return _one(step | {"name": slots["area"]} if "area" in slots else step)


_DELAYED = frozenset({"turn off the lights", "关灯"})
"""The one command that the tests delay; of another, the meaning is not known."""


def _later(slots: Slots, home: Home, area: str | None) -> Meaning | None:
    if slots["conversation_command"] not in _DELAYED:
        return None
    devices = targets(home, "HassTurnOff", {"domain": "light"}, area)
    when = {"kind": "after", "duration": _duration(slots)}
    steps = tuple(command(device, "on_off", Action.OFF) | {"when": when} for device in devices)
    return Meaning(expected=(Expectation(steps=steps),)) if steps else None
