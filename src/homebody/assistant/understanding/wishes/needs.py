"""Indirect wishes: what a person lacks, and what an area may have against it.

A need is resolved by the first remedy that the area has; nothing is ever done elsewhere. The table is all
there is (docs/understanding.md shows it): a need that is not here is no wish.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from homebody.assistant.understanding.wishes.amounts import step_of
from homebody.assistant.understanding.wishes.change import Change
from homebody.assistant.understanding.wishes.states import States
from homebody.home.device import Device
from homebody.home.function import Action, Type, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """On devices of ``kinds`` (any, if empty): ``function`` by a step in ``direction``, or ``action``.

    ``running`` asks that the device is on (true), is off (false), or does not care (None).
    """

    kinds: tuple[str, ...] = ()
    function: str = "on_off"
    direction: int = 0
    action: Action = Action.ON
    running: bool | None = None


_CLIMATE = ("air_conditioner", "thermostat", "floor_heating", "climate", "ac")
_SCREENS = ("tv", "speaker", "media_player", "projector")
_SHADES = ("curtain", "blind", "shade", "shutter")

NEEDS: Mapping[str, tuple[Remedy, ...]] = {
    "cold": (
        Remedy(kinds=_CLIMATE, function="thermostat", direction=1, running=True),
        Remedy(kinds=("heater", "radiator", "floor_heating", "thermostat"), running=False),
        Remedy(kinds=("heater", "radiator"), function="thermostat", direction=1),
        Remedy(kinds=_CLIMATE, function="thermostat", direction=1),
        Remedy(kinds=("electric_blanket", "fireplace")),
    ),
    "hot": (
        Remedy(kinds=_CLIMATE, function="thermostat", direction=-1, running=True),
        Remedy(kinds=("heater", "radiator"), action=Action.OFF, running=True),
        Remedy(kinds=("air_conditioner", "ac", "climate"), running=False),
        Remedy(kinds=("fan", "ceiling_fan")),
        Remedy(kinds=_CLIMATE, function="thermostat", direction=-1),
    ),
    "dark": (
        Remedy(kinds=("light",), running=False),
        Remedy(kinds=("light",), function="brightness", direction=1),
        Remedy(kinds=_SHADES, function="position", action=Action.OPEN),
    ),
    "bright": (
        Remedy(kinds=("light",), function="brightness", direction=-1, running=True),
        Remedy(kinds=_SHADES, function="position", action=Action.CLOSE),
        Remedy(kinds=("light",), function="brightness", direction=-1),
    ),
    "loud": (
        Remedy(kinds=_SCREENS, function="volume", direction=-1, running=True),
        Remedy(kinds=_SCREENS, function="volume", direction=-1),
    ),
    "faint": (
        Remedy(kinds=_SCREENS, function="volume", direction=1, running=True),
        Remedy(kinds=_SCREENS, function="volume", direction=1),
    ),
    "sleep": (Remedy(kinds=("light",), action=Action.OFF, running=True),),
    "dirty": (Remedy(kinds=("vacuum",), function="cleaning", action=Action.START),),
    "fumes": (
        Remedy(kinds=("range_hood",)),
        Remedy(kinds=("exhaust_fan",)),
        Remedy(kinds=("air_purifier", "fresh_air")),
    ),
    "dry": (Remedy(kinds=("humidifier",)),),
    "damp": (
        Remedy(kinds=("dehumidifier",)),
        Remedy(kinds=("exhaust_fan",)),
    ),
    "stuffy": (
        Remedy(kinds=("fresh_air",)),
        Remedy(kinds=("window",), function="position", action=Action.OPEN),
        Remedy(kinds=("exhaust_fan",)),
        Remedy(kinds=("air_purifier",)),
        Remedy(kinds=("fan", "ceiling_fan")),
    ),
}

_BY_DIRECTION: Mapping[tuple[str, int], str] = {
    ("thermostat", 1): "hot", ("thermostat", -1): "cold", ("brightness", 1): "bright",
    ("brightness", -1): "dark", ("-air", -1): "stuffy", ("-floor", -1): "dirty", ("-fumes", 1): "fumes",
    ("volume", 1): "loud", ("volume", -1): "faint",
    ("humidity_target", 1): "damp", ("humidity_target", -1): "dry",
}  # fmt: skip


def need_of(functions: Sequence[str], direction: int) -> str | None:
    """The need that a complaint about (function, direction) stands for: too cold is ``cold``."""
    return next((need for f in functions if (need := _BY_DIRECTION.get((f, direction)))), None)


def remedies(need: str | None, pool: Sequence[Device], states: States) -> list[tuple[Device, Change]]:
    """What these devices can do about it: all devices that the first fitting remedy fits."""
    for remedy in NEEDS.get(need or "", ()):
        found = [(d, change) for d in pool if (change := _apply(remedy, d, states(d.id)))]
        if found:
            return found
    return []


def _apply(remedy: Remedy, device: Device, state: Mapping[str, Value]) -> Change | None:
    if remedy.kinds and device.kind not in remedy.kinds:
        return None
    running = state.get("on_off")
    if remedy.running is not None and running is not None and running is not remedy.running:
        return None
    function = device.function(remedy.function)
    if function is None:
        return None
    if remedy.direction:
        step = step_of(function, None)
        if function.type is not Type.NUMBER or Action.SET not in function.actions or step is None:
            return None
        return Change(function, Action.SET, delta=remedy.direction * step)
    return Change(function, remedy.action) if remedy.action in function.actions else None
