"""The few things near the words of a sentence: all that a model gets to see of a home.

A device is near if it, its kind, its area or one of its functions is named, or shares words with the
sentence; of its functions those that are near are shown, else what it is mostly used for. What opens locks,
doors and valves is never shown: that has to be said clearly, and then the grammar understands it.
"""

from __future__ import annotations

from dataclasses import dataclass

from homebody.assistant.context import Context
from homebody.assistant.understanding.model.mentions import Mentions
from homebody.home.device import Device, Home
from homebody.home.function import Function, Type

LIMIT = 3
"""Devices."""
FUNCTIONS = 2
"""Functions of each, unless more are near the words."""

_GUARDED_KINDS = frozenset(
    {"lock", "door_lock", "smart_lock", "garage_door", "garage", "gate", "door", "valve", "gas_valve",
     "water_valve", "alarm", "alarm_panel", "security", "security_system"}
)  # fmt: skip
_GUARDED_FUNCTIONS = frozenset({"lock", "valve"})
_MAIN = ("on_off", "position", "cleaning", "playback", "thermostat", "brightness", "volume", "fan_speed")


@dataclass(frozen=True, slots=True)
class Near:
    """A device, its functions to show, and the choices of them that the sentence names."""

    device: Device
    functions: tuple[Function, ...]
    score: float = 0.0
    choices: frozenset[tuple[str, str]] = frozenset()


def nearest(said: Mentions, home: Home, context: Context, limit: int = LIMIT) -> list[Near]:
    """At most ``limit`` devices, nearest first; none where nothing of the home is named or alluded to."""
    areas = said.areas or {context.area}
    found: list[Near] = []
    for device in home.devices:
        able = [f for f in device.functions if may_be_shown(device, f)]
        if not able:
            continue
        near = [f for f in able if is_near(f, said)]
        score = 3.0 * (device.id in said.devices) + 2.0 * (device.id in said.of_kind) + 1.0 * bool(near)
        score += 0.5 * said.shares((*device.name.all(), *device.aliases))
        score += 1.0 * (device.area is not None and device.area in areas)
        if score:
            found.append(Near(device, _to_show(able, near), score, said.choices))
    found.sort(key=lambda item: -item.score)  # stable: the home's order among equals
    return found[:limit]


def everything(home: Home, limit: int = 26) -> list[Near]:
    """The home from its beginning, whatever was said: what `nearest` is measured against."""
    able = ((device, [f for f in device.functions if may_be_shown(device, f)]) for device in home.devices)
    return [Near(device, _to_show(functions, [])) for device, functions in able if functions][:limit]


def may_be_shown(device: Device, function: Function) -> bool:
    """Never what keeps people, gas or water out; nor what takes a text, which a model would make up."""
    if device.kind in _GUARDED_KINDS or function.id in _GUARDED_FUNCTIONS:
        return False
    return function.writable and function.type is not Type.TEXT


def is_near(function: Function, said: Mentions) -> bool:
    """Whether the sentence names a function, a choice of it, or a part of its name."""
    if function.id in said.functions or any((function.id, c.id) in said.choices for c in function.choices):
        return True
    return bool(said.shares((*function.name.all(), *function.aliases)))


def _to_show(able: list[Function], near: list[Function]) -> tuple[Function, ...]:
    main = sorted(able, key=lambda f: _MAIN.index(f.id) if f.id in _MAIN else len(_MAIN))
    chosen = [*near, *(function for function in main if function not in near)]
    return tuple(chosen[: max(FUNCTIONS, len(near))][:4])
