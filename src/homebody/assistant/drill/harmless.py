"""What a drill may ask of a device: something that nobody minds and that can be put back, or nothing at all.

A lamp is changed for a moment. What might switch off a fridge, move in somebody's hands or make a noise is
asked to stay as it is: it is commanded and read back all the same, and nothing happens. Kinds that are not in
this table are read only, since nobody knows what they do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from homebody.assistant.plan import Command
from homebody.assistant.policy import ALARMS, GATES, LOCKS, VALVES, decide
from homebody.home.device import Device, Home
from homebody.home.function import Action, Function, Type, Value
from homebody.home.kinds import KINDS
from homebody.home.outcome import Operation
from homebody.home.registry import DeviceState

Manner = Literal["changed", "kept"]
Spared = Literal["notices", "guards", "moves", "heats", "sensitive", "unknown", "nothing", "unsure"]
"""Why a device is read only: it only notices; keeps people, gas or water out; moves or feeds; warms, cools or
cooks; its owner wants to be asked; its kind is not known to be harmless; it has nothing harmless to set; its
state is not known, so that it could not be put back."""

NUDGE = 10.0
"""Percent by which a lamp becomes darker or brighter."""


def _own(*kinds: str) -> frozenset[str]:
    return frozenset(word for kind in kinds for word in KINDS[kind].own)


_CHANGED = _own("light")
_KEPT = _own("switch", "outlet", "fan", "curtain", "blind", "shutter", "awning", "media_player", "tv",
             "speaker", "projector")  # fmt: skip
_NOTICES = _own("sensor", "contact_sensor", "motion_sensor", "smoke_detector", "gas_detector", "leak_sensor",
                "camera", "doorbell", "button", "remote")  # fmt: skip
_GUARDS = _own("lock", "door", "gate", "garage_door", "window", "valve", "alarm") | {
    *LOCKS, *GATES, *VALVES, *ALARMS,
}  # fmt: skip
_MOVES = _own("vacuum", "mower", "robot", "robot_dog", "pet_feeder", "bed", "desk", "massage_chair",
              "drying_rack", "irrigation", "toilet", "aquarium")  # fmt: skip
_HEATS = _own("air_conditioner", "heater", "floor_heating", "thermostat", "fireplace", "water_heater", "oven",
              "microwave", "stove", "rice_cooker", "kettle", "coffee_machine", "towel_warmer", "fridge",
              "freezer", "electric_blanket", "washing_machine", "dryer", "dishwasher")  # fmt: skip
_READ_ONLY: tuple[tuple[frozenset[str], Spared], ...] = (
    (_NOTICES, "notices"), (_GUARDS, "guards"), (_MOVES, "moves"), (_HEATS, "heats"),
)  # fmt: skip
_GUARDING = frozenset(("lock", "valve"))
_KEEPABLE = ("on_off", "position", "mute", "volume")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """``ask`` and then ``put_back``, which leads to the state that was read before."""

    manner: Manner
    ask: Operation
    put_back: Operation


def trial(home: Home, device: Device, state: DeviceState) -> Trial | Spared:
    """What to ask of ``device`` in this state, or why nothing is asked."""
    if spared := _spared(device):
        return spared
    manner: Manner = "changed" if device.kind in _CHANGED else "kept"
    chosen = _changing(device, state) if manner == "changed" else _keeping(device, state)
    if not isinstance(chosen, tuple):
        return chosen
    ask, put_back = chosen
    if not (_allowed(home, ask) and _allowed(home, put_back)):
        return "sensitive"
    return Trial(manner=manner, ask=ask, put_back=put_back)


def _spared(device: Device) -> Spared | None:
    if not any(function.writable for function in device.functions):
        return "notices"
    if any(function.id in _GUARDING for function in device.functions):
        return "guards"
    for kinds, spared in _READ_ONLY:
        if device.kind in kinds:
            return spared
    if device.sensitive:
        return "sensitive"
    return None if device.kind in _CHANGED | _KEPT else "unknown"


def _changing(device: Device, state: DeviceState) -> tuple[Operation, Operation] | Spared:
    power, brightness = device.function("on_off"), device.function("brightness")
    now = state.values.get("brightness")
    lit = state.values.get("on_off", True) is True
    if lit and _settable(brightness) and brightness is not None and isinstance(now, int | float):
        darker = brightness.fit(now - NUDGE)
        other = brightness.fit(now + NUDGE) if brightness.matches(darker, now) or darker <= 1 else darker
        if not brightness.matches(other, now):
            return _set(device, brightness, other), _set(device, brightness, float(now))
    if power is None or power.type is not Type.BOOL or not power.writable:
        return "nothing"
    on = state.values.get("on_off")
    if not isinstance(on, bool):
        return "unsure"
    return _switch(device, power, not on), _switch(device, power, on)


def _keeping(device: Device, state: DeviceState) -> tuple[Operation, Operation] | Spared:
    found: Spared = "nothing"
    for id_ in _KEEPABLE:
        function = device.function(id_)
        if function is None or not function.writable:
            continue
        now = state.values.get(id_)
        if isinstance(now, bool) and Action.ON in function.actions:
            same = _switch(device, function, now)
            return same, same
        if isinstance(now, int | float) and not isinstance(now, bool) and _settable(function):
            same = _set(device, function, float(now))
            return same, same
        found = "unsure"
    return found


def _settable(function: Function | None) -> bool:
    return function is not None and function.type is Type.NUMBER and Action.SET in function.actions


def _set(device: Device, function: Function, value: Value) -> Operation:
    return Operation(device=device.id, function=function.id, action=Action.SET, value=value)


def _switch(device: Device, function: Function, on: bool) -> Operation:
    return Operation(device=device.id, function=function.id, action=Action.ON if on else Action.OFF)


def _allowed(home: Home, operation: Operation) -> bool:
    command = Command(
        device=operation.device, function=operation.function, action=operation.action, value=operation.value
    )
    return decide(command, home).verdict == "allow"
