"""Homes, floors, areas, devices and people as values. State and connections live in the registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from homebody.core.floor_plan import FloorPlan
from homebody.home.function import Function, Value
from homebody.home.label import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    id: str
    name: Label
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    id: str
    name: Label
    aliases: tuple[str, ...] = ()
    floor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: str
    name: Label
    role: str = "adult"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One thing. ``kind`` is a word such as light or kettle; words nobody has met work too.

    ``sensitive`` names actions that a person wants to be asked about first, such as ``("off",)`` for a
    fridge, on top of the policy's own list. ``adapter`` says who speaks to it.
    """

    id: str
    kind: str
    name: Label
    aliases: tuple[str, ...] = ()
    kind_name: Label | None = None
    area: str | None = None
    part_of: str | None = None
    traits: tuple[Function, ...] = ()
    controls: tuple[Function, ...] = ()
    sensitive: tuple[str, ...] = ()
    adapter: str = "simulated"

    @property
    def functions(self) -> tuple[Function, ...]:
        return self.traits + self.controls

    def function(self, function_id: str) -> Function | None:
        return next((function for function in self.functions if function.id == function_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a home file describes. Ids are unique within their list; references lead somewhere."""

    name: Label
    floors: tuple[Floor, ...] = ()
    areas: tuple[Area, ...] = ()
    devices: tuple[Device, ...] = ()
    people: tuple[Person, ...] = ()
    state: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    """Initial state by device id and function id, for simulated devices."""
    behaviour: Mapping[str, Mapping[str, float | bool]] = field(default_factory=dict)
    """How simulated devices misbehave, by device id: see `home.simulated`."""
    bindings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What an adapter must know of a device to reach it, by device id: keys of `home.binding`."""
    adapters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What adapters must know of the home as a whole, by adapter."""
    location: tuple[float, float] | None = None
    """Latitude and longitude in degrees, for sunrise and sunset."""
    plan: FloorPlan | None = None
    """Where walls, doors and furniture are, if it is drawn."""
    _devices: dict[str, Device] = field(init=False, repr=False, compare=False)
    _areas: dict[str, Area] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_devices", {device.id: device for device in self.devices})
        object.__setattr__(self, "_areas", {area.id: area for area in self.areas})

    def device(self, device_id: str) -> Device | None:
        return self._devices.get(device_id)

    def area(self, area_id: str | None) -> Area | None:
        return self._areas.get(area_id) if area_id else None

    def floor(self, floor_id: str | None) -> Floor | None:
        return next((floor for floor in self.floors if floor.id == floor_id), None)

    def in_area(self, area_id: str) -> Iterator[Device]:
        return (device for device in self.devices if device.area == area_id)
