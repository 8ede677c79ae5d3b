"""Home Assistant's domains and device classes, Homebody's kinds and functions: one table for both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from homebody.home.device import Device
from homebody.home.function import Value
from homebody.home.label import Language

COVERS: Mapping[str, str] = {
    "curtain": "curtain", "blind": "blind", "shade": "blind", "shutter": "blind", "awning": "awning",
    "garage": "garage_door", "door": "door", "gate": "gate", "window": "window",
}  # fmt: skip
"""Kinds of covers by device class."""

KINDS: Mapping[str, str] = {
    "light": "light", "switch": "switch", "fan": "fan", "lock": "lock", "valve": "valve",
    "climate": "thermostat", "media_player": "media_player", "vacuum": "vacuum", "lawn_mower": "mower",
    "scene": "scene", "script": "script", "sensor": "sensor", "binary_sensor": "sensor",
}  # fmt: skip
"""Kinds by domain. In Chinese, a climate entity is what people call 空调: see `kind_of`."""

_DOMAINS = {kind: domain for domain, kind in KINDS.items() if kind != "sensor"} | {
    "air_conditioner": "climate", "heater": "climate", "floor_heating": "climate", "outlet": "switch",
    "exhaust_fan": "fan", "tv": "media_player", "speaker": "media_player", "projector": "media_player",
}  # fmt: skip
_COVER_KINDS = {"blind": "blind"} | {kind: name for name, kind in COVERS.items() if kind != "blind"}

MEASURES: Mapping[str, str] = {
    "temperature": "temperature", "humidity": "humidity", "illuminance": "illuminance", "power": "power_draw",
    "battery": "battery", "pm25": "pm25", "carbon_dioxide": "co2", "°C": "temperature", "°F": "temperature",
    "lux": "illuminance", "lx": "illuminance", "W": "power_draw", "ppm": "co2",
}  # fmt: skip
"""What a sensor measures, by device class, else by unit."""

SIGNS: Mapping[str, str] = {
    "door": "contact", "window": "contact", "garage_door": "contact", "opening": "contact",
    "motion": "motion", "occupancy": "occupancy", "presence": "occupancy", "smoke": "smoke", "gas": "gas",
    "moisture": "leak",
}  # fmt: skip
"""What a binary sensor notices, by device class."""


def kind_of(domain: str, device_class: str, language: Language) -> str:
    """Homebody's kind for an entity; the domain itself where there is none."""
    if domain == "cover":
        return COVERS.get(device_class, "cover")
    if domain == "climate" and language == "zh":
        return "air_conditioner"
    return KINDS.get(domain, domain)


def domain_of(device: Device) -> str:
    """The domain that a device would have in Home Assistant, by its kind, else by what it can do."""
    if device.function("position") is not None and device.kind not in ("valve", "gas_valve"):
        return "cover"
    if device.kind in _DOMAINS:
        return _DOMAINS[device.kind]
    for function, domain in (
        ("lock", "lock"), ("valve", "valve"), ("cleaning", "vacuum"), ("playback", "media_player"),
        ("fan_speed", "fan"), ("on_off", "switch"),
    ):  # fmt: skip
        if device.function(function) is not None:
            return domain
    measured = any(f.trait and f.unit for f in device.functions)
    return "sensor" if measured else "binary_sensor" if device.traits else "none"


def device_class_of(device: Device) -> str:
    """The device class of a cover; empty for all else."""
    return _COVER_KINDS.get(device.kind, "") if domain_of(device) == "cover" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """That a function has a value: what an entity's state comes to."""

    function: str
    value: Value


_BOOLS = {"on": True, "off": False, "open": True, "closed": False, "locked": True, "unlocked": False}


def holding(device: Device, state: str) -> Holding | None:
    """What a state of Home Assistant's means for a device: ``on`` of a lamp, ``open`` of a curtain."""
    if state not in _BOOLS:
        return None
    wanted = _BOOLS[state]
    if device.function("position") is not None and state in ("open", "closed"):
        return Holding(function="position", value=100.0 if wanted else 0.0)
    for function in device.functions:
        if function.id in ("on_off", "lock", "valve", *SIGNS.values(), "state"):
            return Holding(function=function.id, value=wanted)
    return None


def signalled(device_class: str, name: str) -> str | None:
    """What a binary sensor notices. One without a class is taken for what its name says: a sensor notices
    people, anything else (a door, a skylight) is open or closed."""
    if device_class:
        return SIGNS.get(device_class)
    return "occupancy" if "sensor" in name.casefold() or "传感器" in name else "contact"


def measured(device_class: str, unit: str) -> str | None:
    return MEASURES.get(device_class) or MEASURES.get(unit)
