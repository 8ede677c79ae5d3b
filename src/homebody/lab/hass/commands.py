"""What an intent does to one device: the commands that would each be right; none if it cannot be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from homebody.home.device import Device
from homebody.home.function import Action, Function, Type
from homebody.lab.hass.targets import Slots

Parts = dict[str, Any]
"""A step, as a part of a plan's JSON."""

Rule = Callable[[Device, Slots], list[Parts]]


def command(device: Device, function: str, action: Action, value: Any = None) -> Parts:
    """A command at once."""
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
                return [command(device, function, yes if on else no)]
        runs = [function for function in device.controls if function.type is Type.ACTION]
        return [command(device, runs[0].id, Action.RUN)] if on and len(runs) == 1 else []

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


def _set(device: Device, function_id: str, value: Any) -> list[Parts]:
    """Setting; where an action leads to just that state, the action too: 100 % is open."""
    function = device.function(function_id)
    if function is None or Action.SET not in function.actions:
        return []
    return [command(device, function_id, Action.SET, value), *_same_as(device, function, value)]


def _same_as(device: Device, function: Function, value: Any) -> list[Parts]:
    return [command(device, function.id, action) for action, state in function.effects if state == value]


def _setting(function: str, slot: str) -> Rule:
    return lambda device, slots: _set(device, function, slots[slot])


def _acting(function_id: str, *actions: Action) -> Rule:
    def rule(device: Device, _slots: Slots) -> list[Parts]:
        function = device.function(function_id)
        able = function.actions if function else ()
        return [command(device, function_id, action) for action in actions if action in able]

    return rule


def _volume_step(device: Device, slots: Slots) -> list[Parts]:
    """By so much; or up or down, by whatever step."""
    step = slots["volume_step"]
    if device.function("volume") is None:
        return []
    base = command(device, "volume", Action.SET)
    if step in ("up", "down"):
        return [base | {"delta": {"above" if step == "up" else "below": 0}}]
    return [base | {"delta": float(step)}]


def clean_area(device: Device, slots: Slots) -> list[Parts]:
    """A vacuum that knows rooms has a choice of that name."""
    wanted = str(slots.get("area", "")).casefold()
    for function in device.functions:
        for choice in function.choices:
            names = {name.casefold() for name in (*choice.name.all(), choice.id)}
            if function.type is Type.CHOICE and wanted in names:
                return [command(device, function.id, Action.SET, choice.id)]
    return []


RULES: Mapping[str, Rule] = {
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
    "HassVacuumCleanArea": clean_area,
    "HassLawnMowerStartMowing": _acting("cleaning", Action.START),
    "HassLawnMowerDock": _acting("cleaning", Action.DOCK, Action.STOP),
}
"""A mower of Home Assistant's cannot stop, so "stop mowing" docks it; Homebody's stops too."""
