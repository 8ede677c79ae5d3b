"""What an intent with its slots means in a home, by general rules.

``HassTurnOn`` with an area and a domain is: all devices of that domain in that area, on, or open, or locked,
as it is with things of their kind. Both sides use this: the sentence tests, to know what a plan must hold;
and the peer's recognitions, to become plans.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import product
from typing import Any

from homebody.assistant.plan import Timer
from homebody.assistant.when import format_duration
from homebody.home.device import Area, Device, Floor, Home
from homebody.home.function import Action, Function, Type
from homebody.lab.expectation import Expectation
from homebody.lab.hass.domains import device_class_of, domain_of

Slots = Mapping[str, Any]
Parts = dict[str, Any]

VOLUME_STEP = 10.0
"""What Home Assistant changes a volume by where no amount is said, percent."""

_WHEREVER = frozenset({"HassVacuumCleanArea", "HassVacuumStart"})
"""Their area is where the work is, not where the machine stands."""


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
    if intent in _RULES:
        return _commands([_RULES[intent](device, slots) for device in devices])
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
            return _timer(_TIMERS[intent], slots, home)
        case _ if intent in _LISTS:
            name = slots.get("name", "shopping")
            return _one({"do": "list", "action": _LISTS[intent], "item": slots["item"], "list": name})
        case _:
            return None


# which devices


def targets(home: Home, intent: str, slots: Slots, area: str | None = None) -> list[Device]:
    """The devices that slots name; else those of the domain, near the speaker where there are any there."""
    found = list(home.devices) if intent in _WHEREVER else _placed(home, slots)
    if "name" in slots:
        return [device for device in found if _called(device, slots["name"])]
    domain = slots.get("domain") or DOMAIN_OF_INTENT.get(intent)
    wanted = [device for device in found if domain is None or domain_of(device) == domain]
    if device_class := slots.get("device_class"):
        same = "blind" if device_class in ("shade", "shutter") else device_class
        wanted = [device for device in wanted if device_class_of(device) == same]
    if intent == "HassClimateGetTemperature":
        wanted = _measuring(wanted, found)
    if "area" in slots or "floor" in slots or area is None:
        return wanted
    return [device for device in wanted if device.area == area] or wanted


def _measuring(climate: Sequence[Device], found: Sequence[Device]) -> list[Device]:
    """What tells a room's temperature: climate devices that measure, else sensors."""
    able = [device for device in climate if device.function("temperature")]
    return able or [device for device in found if device.kind == "sensor" and device.function("temperature")]


def _placed(home: Home, slots: Slots) -> list[Device]:
    found = list(home.devices)
    if "floor" in slots:
        floors = {floor.id for floor in home.floors if _called(floor, slots["floor"])}
        areas = {area.id for area in home.areas if area.floor in floors}
        found = [device for device in found if device.area in areas]
    if "area" in slots:
        areas = {area.id for area in home.areas if _called(area, slots["area"])}
        found = [device for device in found if device.area in areas]
    return found


def _called(thing: Device | Area | Floor, name: object) -> bool:
    return str(name).casefold() in {n.casefold() for n in (*thing.name.all(), *thing.aliases, thing.id)}


# what is to be done with a device: the commands that would each be right; none if it cannot be done

Rule = Callable[[Device, Slots], list[Parts]]


def _command(device: Device, function: str, action: Action, value: Any = None) -> Parts:
    parts = {"do": "command", "device": device.id, "function": function, "action": action}
    return parts if value is None else parts | {"value": value}


_ON = (
    ("lock", Action.LOCK, Action.UNLOCK), ("valve", Action.OPEN, Action.CLOSE),
    ("position", Action.OPEN, Action.CLOSE), ("on_off", Action.ON, Action.OFF),
    ("cleaning", Action.START, Action.DOCK),
)  # fmt: skip
"""What on and off are for a device: the first of these functions that it has. A lock is on when locked."""


def _turned(on: bool) -> Rule:
    def rule(device: Device, _slots: Slots) -> list[Parts]:
        for function, yes, no in _ON:
            if device.function(function) is not None:
                return [_command(device, function, yes if on else no)]
        runs = [function for function in device.controls if function.type is Type.ACTION]
        return [_command(device, runs[0].id, Action.RUN)] if on and len(runs) == 1 else []

    return rule


def _set_light(device: Device, slots: Slots) -> list[Parts]:
    for slot, function in (
        ("brightness", "brightness"),
        ("color", "color"),
        ("temperature", "color_temperature"),
    ):
        if slot in slots:
            return _set(device, function, slots[slot])
    return []


NEAR_KELVIN = 0.15
"""How far from Home Assistant's a colour temperature may be that was named, as in warm white."""


def loosened(slots: Slots, sentence: str) -> Slots:
    """Slots of a sentence: a white that it names has no exact temperature, so a range around it is right."""
    kelvin = slots.get("temperature")
    if kelvin is None or "brightness" in slots or any(c.isdecimal() for c in sentence) or kelvin < 1000:
        return slots
    return {**slots, "temperature": {"from": kelvin * (1 - NEAR_KELVIN), "to": kelvin * (1 + NEAR_KELVIN)}}


def _set(device: Device, function_id: str, value: Any) -> list[Parts]:
    """Setting; where an action leads to just that state, the action too: 100 % is open."""
    function = device.function(function_id)
    if function is None or Action.SET not in function.actions:
        return []
    return [_command(device, function_id, Action.SET, value), *_same_as(device, function, value)]


def _same_as(device: Device, function: Function, value: Any) -> list[Parts]:
    return [_command(device, function.id, action) for action, state in function.effects if state == value]


def _setting(function: str, slot: str) -> Rule:
    return lambda device, slots: _set(device, function, slots[slot])


def _acting(function_id: str, *actions: Action) -> Rule:
    def rule(device: Device, _slots: Slots) -> list[Parts]:
        function = device.function(function_id)
        able = function.actions if function else ()
        return [_command(device, function_id, action) for action in actions if action in able]

    return rule


def _volume_step(device: Device, slots: Slots) -> list[Parts]:
    """By so much; or up or down, by whatever step."""
    step = slots["volume_step"]
    if device.function("volume") is None:
        return []
    base = _command(device, "volume", Action.SET)
    if step in ("up", "down"):
        return [base | {"delta": {"above" if step == "up" else "below": 0}}]
    return [base | {"delta": float(step)}]


def _floor_cleaned(devices: Sequence[Device], slots: Slots, home: Home) -> Meaning | None:
    """Home Assistant starts the machine of that floor; one that knows rooms may be sent to those of it."""
    floors = {floor.id for floor in home.floors if _called(floor, slots["floor"])}
    rooms = [area.id for area in home.areas if area.floor in floors]
    start = _commands([_RULES["HassVacuumStart"](device, slots) for device in devices])
    if start is None or len(devices) != 1:
        return start
    sent = [step for room in rooms for step in _clean_area(devices[0], {"area": room})[:1]]
    return Meaning(expected=(*start.expected, Expectation(steps=tuple(sent)))) if sent else start


def _clean_area(device: Device, slots: Slots) -> list[Parts]:
    """A vacuum that knows rooms has a choice of that name."""
    wanted = str(slots.get("area", "")).casefold()
    for function in device.functions:
        for choice in function.choices:
            names = {name.casefold() for name in (*choice.name.all(), choice.id)}
            if function.type is Type.CHOICE and wanted in names:
                return [_command(device, function.id, Action.SET, choice.id)]
    return []


_RULES: Mapping[str, Rule] = {
    "HassTurnOn": _turned(True),
    "HassTurnOff": _turned(False),
    "HassLightSet": _set_light,
    "HassSetPosition": _setting("position", "position"),
    "HassClimateSetTemperature": _setting("thermostat", "temperature"),
    "HassFanSetSpeed": _setting("fan_speed", "percentage"),
    "HassSetVolume": _setting("volume", "volume_level"),
    "HassSetVolumeRelative": _volume_step,
    "HassMediaNext": _acting("playback", Action.NEXT),
    "HassMediaPrevious": _acting("playback", Action.PREVIOUS),
    "HassMediaPause": _acting("playback", Action.PAUSE),
    "HassMediaUnpause": _acting("playback", Action.PLAY),
    "HassMediaPlayerMute": _acting("mute", Action.ON),
    "HassMediaPlayerUnmute": _acting("mute", Action.OFF),
    "HassVacuumStart": _acting("cleaning", Action.START),
    "HassVacuumReturnToBase": _acting("cleaning", Action.DOCK),
    "HassVacuumCleanArea": _clean_area,
    "HassLawnMowerStartMowing": _acting("cleaning", Action.START),
    "HassLawnMowerDock": _acting("cleaning", Action.DOCK, Action.STOP),
}
"""A mower of Home Assistant's cannot stop, so "stop mowing" docks it; Homebody's stops too."""

DOMAIN_OF_INTENT: Mapping[str, str] = {
    "HassLightSet": "light", "HassSetPosition": "cover", "HassFanSetSpeed": "fan",
    "HassClimateSetTemperature": "climate", "HassClimateGetTemperature": "climate",
    "HassSetVolume": "media_player", "HassSetVolumeRelative": "media_player", "HassMediaNext": "media_player",
    "HassMediaPrevious": "media_player", "HassMediaPause": "media_player", "HassMediaUnpause": "media_player",
    "HassMediaPlayerMute": "media_player", "HassMediaPlayerUnmute": "media_player",
    "HassVacuumStart": "vacuum", "HassVacuumReturnToBase": "vacuum", "HassVacuumCleanArea": "vacuum",
    "HassLawnMowerStartMowing": "lawn_mower", "HassLawnMowerDock": "lawn_mower",
}  # fmt: skip
"""The domain that an intent acts on, where its slots name none."""


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
_TIMER_KEYS = frozenset(field.name for field in fields(Timer))


def _duration(slots: Slots, prefix: str = "") -> str | None:
    said = {unit: float(slots[prefix + unit]) for unit in _UNITS if prefix + unit in slots}
    return format_duration(timedelta(**said)) if said else None


def _timer(action: str, slots: Slots, home: Home) -> Meaning:
    """A timer, and which one is meant: by its name, by the room where it was set, or by its length.

    Where the change takes ``duration``, the length that it was set to is told apart in ``length``, and a room
    in ``area``; a plan whose timers have no such key cannot say which is meant, and is not right.
    """
    step: dict[str, Any] = {"do": "timer", "action": action}
    started = _duration(slots, "start_")
    if (duration := _duration(slots)) is not None:
        step["duration"] = duration
    if "name" in slots:
        step["name"] = slots["name"]
    if started is not None:
        step["length" if "length" in _TIMER_KEYS or duration is not None else "duration"] = started
    if "area" not in slots:
        return _one(step)
    ids = [area.id for area in home.areas if _called(area, slots["area"])]
    return Meaning(
        expected=(
            Expectation(steps=(step | {"name": slots["area"]},)),
            *(Expectation(steps=(step | {"area": area},)) for area in ids),
        )
    )


_DELAYED = frozenset({"turn off the lights", "关灯"})
"""The one command that the tests delay; of another, the meaning is not known."""


def _later(slots: Slots, home: Home, area: str | None) -> Meaning | None:
    if slots["conversation_command"] not in _DELAYED:
        return None
    devices = targets(home, "HassTurnOff", {"domain": "light"}, area)
    when = {"kind": "after", "duration": _duration(slots)}
    steps = tuple(_command(device, "on_off", Action.OFF) | {"when": when} for device in devices)
    return Meaning(expected=(Expectation(steps=steps),)) if steps else None
