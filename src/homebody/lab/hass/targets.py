"""Which devices the slots of an intent speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from homebody.home.device import Area, Device, Floor, Home
from homebody.lab.hass.domains import device_class_of, domain_of

Slots = Mapping[str, Any]
"""What an intent is about, by Home Assistant's names: name, area, floor, domain, brightness …"""

_WHEREVER = frozenset({"HassVacuumCleanArea", "HassVacuumStart"})
"""Their area is where the work is, not where the machine stands."""

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


def targets(home: Home, intent: str, slots: Slots, area: str | None = None) -> list[Device]:
    """The devices that slots name; else those of the domain, near the speaker where there are any there."""
    found = list(home.devices) if intent in _WHEREVER else _placed(home, slots)
    if "name" in slots:
        return [device for device in found if called(device, slots["name"])]
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
        floors = {floor.id for floor in home.floors if called(floor, slots["floor"])}
        areas = {area.id for area in home.areas if area.floor in floors}
        found = [device for device in found if device.area in areas]
    if "area" in slots:
        areas = {area.id for area in home.areas if called(area, slots["area"])}
        found = [device for device in found if device.area in areas]
    return found


def called(thing: Device | Area | Floor, name: object) -> bool:
    """Whether a thing has this name, or this id, whatever the capitals."""
    return str(name).casefold() in {n.casefold() for n in (*thing.name.all(), *thing.aliases, thing.id)}
