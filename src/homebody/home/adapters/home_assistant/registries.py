"""What Home Assistant has on record: floors, areas, devices, and which entities belong to what.

All of it was written by people and integrations: it is taken entry by entry, and what is not as it should be
is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from homebody.core.errors import RefusedError
from homebody.home.adapters.home_assistant.connection import Connection
from homebody.home.adapters.home_assistant.mapping import BESIDE, GUARDING, MAIN, SENSORS, is_main
from homebody.home.adapters.home_assistant.states import is_entity
from homebody.home.naming import visible

MOST_ENTRIES = 20_000
"""Of each list."""
_MOST_NAME = 80
_MOST_ALIASES = 20
_OFFERED_AT_FIRST = frozenset({
    "climate", "cover", "fan", "humidifier", "light", "lock", "switch", "vacuum", "water_heater",
})  # fmt: skip
"""Kinds that Home Assistant offers to assistants unless a person says no."""
_ID = re.compile(r"\w{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A floor or an area; ``floor`` is for areas."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    floor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HaDevice:
    id: str
    name: str
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HaEntity:
    """``number`` is its own in the record, and stays when ``entity`` is given another id. ``category``:
    ``config`` or ``diagnostic``, or none. ``name`` is without its device's."""

    entity: str
    number: str = ""
    device: str = ""
    area: str = ""
    category: str = ""
    name: str = ""
    kept_back: bool = False

    @property
    def domain(self) -> str:
        return self.entity.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registries:
    floors: tuple[Spot, ...] = ()
    areas: tuple[Spot, ...] = ()
    devices: Mapping[str, HaDevice] = field(default_factory=dict)
    entities: Mapping[str, HaEntity] = field(default_factory=dict)
    """By entity id, those that are switched off there left out."""
    fahrenheit: bool = False

    def members(self, bound: str) -> tuple[HaEntity, ...]:
        """The entities of what a home file binds, the one that it is there for first.

        ``bound``: an entity's id or number, with the settings and sensors beside it; or a device's id, with
        its settings and sensors alone. Empty for what is not on record.
        """
        if bound in self.devices:
            return self.beside(bound)
        entity = self._numbered.get(bound) or self.entities.get(bound)
        if entity is None:
            return (HaEntity(entity=bound),) if is_entity(bound) else ()
        if is_main(entity.domain, entity.category) and entity.device:
            return (entity, *self.beside(entity.device))
        return (entity,)

    def beside(self, device: str) -> tuple[HaEntity, ...]:
        """Settings and sensors of a device, in the order of their ids; of one with a lock, sensors alone."""
        entities = self._of_device.get(device, ())
        guarded = any(entity.domain in GUARDING for entity in entities)
        return tuple(
            entity
            for entity in entities
            if entity.domain in (SENSORS if guarded else BESIDE)
            and not is_main(entity.domain, entity.category)
        )

    def main(self, device: str) -> tuple[HaEntity, ...]:
        """What a device is there for."""
        entities = self._of_device.get(device, ())
        return tuple(entity for entity in entities if is_main(entity.domain, entity.category))

    _numbered: Mapping[str, HaEntity] = field(init=False, repr=False, compare=False)
    _of_device: Mapping[str, list[HaEntity]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        of_device: dict[str, list[HaEntity]] = {}
        for _, entity in sorted(self.entities.items()):
            if entity.device:
                of_device.setdefault(entity.device, []).append(entity)
        numbered = {entity.number: entity for entity in self.entities.values() if entity.number}
        object.__setattr__(self, "_of_device", of_device)
        object.__setattr__(self, "_numbered", numbered)


async def ask(connection: Connection) -> Registries:
    """Raises ``RefusedError``, ``UnreachableError``. Before 2024.4, Home Assistant had no floors."""
    try:
        floors = await connection.request("config/floor_registry/list")
    except RefusedError:
        floors = []
    areas = await connection.request("config/area_registry/list")
    devices = await connection.request("config/device_registry/list")
    entities = await connection.request("config/entity_registry/list")
    config = await connection.request("get_config")
    return registries_of(floors, areas, devices, entities, config)


def registries_of(
    floors: object, areas: object, devices: object, entities: object, config: object
) -> Registries:
    """From the five answers, whatever they are."""
    known_floors = {spot.id: spot for each in _entries(floors) if (spot := _spot(each, "floor_id"))}
    known_areas = {spot.id: spot for each in _entries(areas) if (spot := _spot(each, "area_id"))}
    known_devices = {device.id: device for each in _entries(devices) if (device := _device(each))}
    known = {entity.entity: entity for each in _entries(entities) if (entity := _entity(each))}
    units = config.get("unit_system") if isinstance(config, dict) else None
    return Registries(
        floors=tuple(known_floors.values()),
        areas=tuple(known_areas.values()),
        devices=known_devices,
        entities=known,
        fahrenheit=isinstance(units, dict) and units.get("temperature") == "°F",
    )


def aliases_of(entry: Mapping[str, Any]) -> tuple[str, ...]:
    told = entry.get("aliases")
    names = (visible(each, _MOST_NAME) for each in told) if isinstance(told, list) else ()
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_ALIASES]


def _entries(told: object) -> Iterator[Mapping[str, Any]]:
    entries = told[:MOST_ENTRIES] if isinstance(told, list) else []
    return (each for each in entries if isinstance(each, dict))


def _spot(entry: Mapping[str, Any], key: str) -> Spot | None:
    id_, name = _id(entry.get(key)), visible(entry.get("name"), _MOST_NAME)
    if not id_ or not name:
        return None
    return Spot(id=id_, name=name, aliases=aliases_of(entry), floor=_id(entry.get("floor_id")))


def _device(entry: Mapping[str, Any]) -> HaDevice | None:
    id_ = _id(entry.get("id"))
    if not id_ or entry.get("disabled_by") is not None:
        return None
    name = visible(entry.get("name_by_user"), _MOST_NAME) or visible(entry.get("name"), _MOST_NAME)
    return HaDevice(id=id_, name=name or id_, area=_id(entry.get("area_id")))


def _entity(entry: Mapping[str, Any]) -> HaEntity | None:
    entity = entry.get("entity_id")
    if not isinstance(entity, str) or not is_entity(entity) or entry.get("disabled_by") is not None:
        return None
    if entity.partition(".")[0] not in {*MAIN, *BESIDE, *GUARDING}:
        return None
    name = visible(entry.get("name"), _MOST_NAME) or visible(entry.get("original_name"), _MOST_NAME)
    return HaEntity(
        entity=entity,
        number=_id(entry.get("id")),
        device=_id(entry.get("device_id")),
        area=_id(entry.get("area_id")),
        category=visible(entry.get("entity_category"), 20),
        name=name,
        kept_back=entry.get("hidden_by") is not None or _is_withheld(entity, entry.get("options")),
    )


def _is_withheld(entity: str, options: object) -> bool:
    """Whether a person said there that no assistant is to have it. Of other kinds Home Assistant says so by
    itself."""
    told = options.get("conversation") if isinstance(options, dict) else None
    withheld = isinstance(told, dict) and told.get("should_expose") is False
    return withheld and entity.partition(".")[0] in _OFFERED_AT_FIRST


def _id(value: object) -> str:
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""
