"""A home made of what a Home Assistant has: floors, areas, and a device for each thing that people name.

A device there that is one light becomes one device here, with the sensors and settings beside the light as
its further functions. One that is several things, such as a strip of four outlets, becomes so many devices,
and one more for what it measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homebody.core.secrets import Secret
from homebody.home.adapter import Means
from homebody.home.adapters.home_assistant.connection import connected
from homebody.home.adapters.home_assistant.mapping import BESIDE, MAIN
from homebody.home.adapters.home_assistant.place import Place
from homebody.home.adapters.home_assistant.registries import (
    HaDevice,
    HaEntity,
    Registries,
    Spot,
    aliases_of,
    ask,
)
from homebody.home.adapters.home_assistant.states import State, is_entity, state_of
from homebody.home.adapters.home_assistant.thing import described_as
from homebody.home.describing import device_entry, name_entry
from homebody.home.label import Label
from homebody.home.naming import free, number_of, slug, visible

MOST_DEVICES = 5000
_AT_ONCE = 500  # entities whose aliases are asked for in one message
_MOST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a Home Assistant told of itself. ``aliases`` by entity id."""

    registries: Registries
    states: Mapping[str, State]
    aliases: Mapping[str, tuple[str, ...]]
    config: Mapping[str, Any]


async def look(place: Place, token: Secret, means: Means) -> Known:
    """Raises ``RefusedError``, ``UnreachableError``, ``InputError``."""
    async with connected(place, token, means) as connection:
        registries = await ask(connection)
        config = await connection.request("get_config")
        told = await connection.request("get_states")
        numbered = [entity.entity for entity in registries.entities.values() if entity.number]
        aliases: dict[str, tuple[str, ...]] = {}
        for start in range(0, len(numbered), _AT_ONCE):
            wanted = numbered[start : start + _AT_ONCE]
            entries = await connection.request("config/entity_registry/get_entries", entity_ids=wanted)
            for entity, entry in entries.items() if isinstance(entries, dict) else ():
                if isinstance(entry, dict):
                    aliases[entity] = aliases_of(entry)
    return Known(
        registries=registries,
        states=_states(told),
        aliases=aliases,
        config=config if isinstance(config, dict) else {},
    )


def home_document(known: Known, url: str, ca: str = "") -> dict[str, Any]:
    """A whole home file as plain data."""
    registries = known.registries
    latitude, longitude = number_of(known.config.get("latitude")), number_of(known.config.get("longitude"))
    document: dict[str, Any] = {
        "schema": "homebody.home/1",
        "name": visible(known.config.get("location_name"), _MOST_NAME) or "Home",
    }
    if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
        document["location"] = {"latitude": latitude, "longitude": longitude}
    floors = {floor.id for floor in registries.floors}
    document["floors"] = [_place_entry(floor) for floor in registries.floors]
    document["areas"] = [
        _place_entry(area) | ({"floor": area.floor} if area.floor in floors else {})
        for area in registries.areas
    ]
    document["adapters"] = {"home_assistant": adapter_entry(url, ca)}
    areas = {area.id: area.id for area in registries.areas}
    document["devices"] = list(device_entries(known, areas, taken=set()))
    return document


def adapter_entry(url: str, ca: str = "") -> dict[str, str]:
    return {"url": url, **({"ca": ca} if ca else {})}


def device_entries(
    known: Known, areas: Mapping[str, str], taken: set[str], bound: Sequence[str] = ()
) -> Iterator[dict[str, Any]]:
    """Entries of a home file, for what is not ``bound`` there yet.

    ``areas``: ids of areas in the home file by those of Home Assistant. ``taken``: ids of devices there, to
    which those of the entries are added.
    """
    for found in _things(known)[:MOST_DEVICES]:
        if found.bound in bound or found.first.entity in bound:
            continue
        described = described_as(found.members, known.states.get, known.registries.fahrenheit)
        if not described.wires:
            continue
        id_ = free(found.id, taken)
        taken.add(id_)
        yield device_entry(
            id=id_,
            kind=described.kind,
            name=Label.of(found.name),
            aliases=known.aliases.get(found.first.entity, ()) if found.is_entity else (),
            traits=described.traits,
            controls=described.controls,
            adapter="home_assistant",
            binding={"id": found.bound},
            area=areas.get(found.area),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """One device to be. ``bound`` is how it is found again."""

    id: str
    bound: str
    name: str
    area: str
    members: tuple[HaEntity, ...]
    is_entity: bool = True

    @property
    def first(self) -> HaEntity:
        return self.members[0]


def _things(known: Known) -> list[_Found]:
    """In the order of their ids."""
    registries = known.registries
    found: list[_Found] = []
    for device in registries.devices.values():
        main = [each for each in registries.main(device.id) if _is_offered(each, known)]
        beside = tuple(each for each in registries.beside(device.id) if _is_offered(each, known))
        found += [_of_entity(each, known, beside if len(main) == 1 else ()) for each in main]
        if beside and len(main) != 1:
            found.append(_of_device(device, beside))
    of_devices = set(registries.devices)
    alone = [each for each in registries.entities.values() if each.device not in of_devices]
    unlisted = [HaEntity(entity=entity) for entity in known.states if entity not in registries.entities]
    found += [_of_entity(each, known) for each in (*alone, *unlisted) if _is_offered(each, known)]
    return sorted(found, key=lambda each: each.id)


def _is_offered(entity: HaEntity, known: Known) -> bool:
    return not entity.kept_back and entity.entity in known.states and entity.domain in {*MAIN, *BESIDE}


def _of_entity(entity: HaEntity, known: Known, beside: tuple[HaEntity, ...] = ()) -> _Found:
    device = known.registries.devices.get(entity.device)
    name = visible(known.states[entity.entity].text("friendly_name"), _MOST_NAME)
    return _Found(
        id=entity.entity,
        bound=entity.number or entity.entity,
        name=name or entity.name or entity.entity,
        area=entity.area or (device.area if device else ""),
        members=(entity, *beside),
    )


def _of_device(device: HaDevice, beside: tuple[HaEntity, ...]) -> _Found:
    return _Found(
        id=f"device.{slug(device.name) or device.id}",
        bound=device.id,
        name=device.name,
        area=device.area or beside[0].area,
        members=beside,
        is_entity=False,
    )


def _place_entry(place: Spot) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": place.id, "name": name_entry(Label.of(place.name))}
    if place.aliases:
        entry["aliases"] = list(place.aliases)
    return entry


def _states(told: object) -> Mapping[str, State]:
    states = {}
    for each in told if isinstance(told, list) else ():
        entity = each.get("entity_id") if isinstance(each, dict) else None
        if not isinstance(entity, str) or not is_entity(entity):
            continue
        if (state := state_of(entity, each.get("state"), each.get("attributes"))) is not None:
            states[entity] = state
    return states
