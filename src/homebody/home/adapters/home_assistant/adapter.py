"""The devices of a home that Home Assistant has: one connection, and a `Thing` for each device.

What a device is made of and what it can do is told by Home Assistant at each connection, and again when its
record changes. So nothing is cached, and an entity that is given another id there is found again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from homebody.core.errors import InputError, UnreachableError
from homebody.home.adapter import Link, Means, Push
from homebody.home.adapters.home_assistant.connection import ANSWER_S, Connection, connected
from homebody.home.adapters.home_assistant.place import Place
from homebody.home.adapters.home_assistant.registries import ask
from homebody.home.adapters.home_assistant.states import States
from homebody.home.adapters.home_assistant.thing import Thing
from homebody.home.deadline import within
from homebody.home.device import Device, Home
from homebody.home.function import Value
from homebody.home.network.keeper import Keeper
from homebody.home.outcome import Operation

_log = logging.getLogger(__name__)

SETTLE_S = 1.0
"""So long after a change of its record it is read again, since seldom one comes alone."""
_RECORDS = ("entity_registry_updated", "device_registry_updated")


class HomeAssistant:
    """Things by device; several may be made of the same entity."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._place: Place | None = None
        self._things: dict[str, Thing] = {}
        self._by_entity: dict[str, list[Thing]] = {}
        self._states = States()
        self._connection: Connection | None = None
        self._subscription: int | None = None
        self._keeper: Keeper | None = None
        self._changed = asyncio.Event()

    async def start(self, home: Home, push: Push) -> None:
        settings = home.adapters.get("home_assistant")
        if settings is None:
            raise InputError(
                "The home file does not say where Home Assistant is",
                hint="homebody devices add home-assistant",
            )
        place = self._place = Place.of(settings)
        self._means.may_reach([place.host])
        for device in home.devices:
            if device.adapter == self._means.name:
                bound = home.bindings[device.id]["id"]
                self._things[device.id] = Thing(
                    device, bound, place.address, self._means.clock, push, self._states.get
                )
        self._keeper = Keeper(
            self._hold, self._means.clock, name=f"Home Assistant at {place.address}", lost=self._lost
        )
        self._keeper.start()

    async def read(self, device: Device, only: str | None = None) -> Mapping[str, Value]:
        thing, connection = await self._reached(device)
        values = await thing.read(connection)
        return values if only is None else {name: values[name] for name in (only,) if name in values}

    async def execute(self, device: Device, operation: Operation) -> None:
        thing, connection = await self._reached(device)
        await thing.execute(operation, connection)

    def live(self, device: Device) -> bool:
        thing = self._things.get(device.id)
        return thing is not None and thing.live

    def link(self, device: Device) -> Link:
        if (thing := self._things.get(device.id)) is not None:
            return thing.contact.link()
        return Link(protocol="Home Assistant", problem="not started")

    async def stop(self) -> None:
        if self._keeper is not None:
            await self._keeper.stop()

    async def _reached(self, device: Device) -> tuple[Thing, Connection]:
        """Raises ``UnreachableError``."""
        thing = self._things.get(device.id)
        if thing is None or self._keeper is None:
            raise UnreachableError("the adapter is not started")
        await self._keeper.reached()
        if self._connection is None:
            raise UnreachableError("the connection just ended")
        return thing, self._connection

    # The connection

    async def _hold(self, up: Callable[[], None]) -> None:
        assert self._place is not None
        token = self._means.secrets.get(self._place.secret)
        if token is None:
            raise UnreachableError("its token is not known here", hint="homebody devices add home-assistant")
        async with connected(self._place, token, self._means) as connection:
            for record in _RECORDS:
                await connection.subscribe(self._record_changed, "subscribe_events", event_type=record)
            await self._introduce(connection)
            self._connection = connection
            up()
            while True:
                await self._until_changed(connection)
                self._changed.clear()
                await self._introduce(connection)

    async def _until_changed(self, connection: Connection) -> None:
        """Wait for a change of the record, and a moment more. Raises ``UnreachableError`` at the end."""
        ways = [asyncio.ensure_future(connection.ended()), asyncio.ensure_future(self._changed.wait())]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
        connection.check()
        with contextlib.suppress(TimeoutError):
            await within(self._means.clock, SETTLE_S, connection.ended())
        connection.check()

    async def _introduce(self, connection: Connection) -> None:
        """Learn what the devices are made of, and hear of just these entities."""
        registries = await ask(connection)
        members = {name: registries.members(thing.bound) for name, thing in self._things.items()}
        by_entity: dict[str, list[Thing]] = {}
        for name, entities in members.items():
            for entity in entities:
                by_entity.setdefault(entity.entity, []).append(self._things[name])
        if by_entity.keys() != self._by_entity.keys() or self._subscription is None:
            await self._listen_to(connection, by_entity)
        self._by_entity = by_entity
        for name, thing in self._things.items():
            thing.introduce(members[name], registries.fahrenheit)
            thing.heard()
            if thing.live and thing.missing:
                _log.warning("%s: Home Assistant has no %s", thing.device.id, ", ".join(thing.missing))

    async def _listen_to(self, connection: Connection, entities: Collection[str]) -> None:
        """Hear of these; of those before, until all states of these were told."""
        before, self._subscription = self._subscription, None
        self._states.expect({*entities, *self._by_entity})
        if entities:  # none would be all
            told = asyncio.Event()
            self._subscription = await connection.subscribe(
                partial(self._heard, told), "subscribe_entities", entity_ids=sorted(entities)
            )
            try:
                await within(self._means.clock, ANSWER_S, _set(told))
            except TimeoutError:
                raise UnreachableError("Home Assistant told no states") from None
        if before is not None:
            await connection.unsubscribe(before)
        self._states.expect(entities)

    def _heard(self, told: asyncio.Event, event: Mapping[str, Any]) -> None:
        for entity in self._states.apply(event):
            for thing in self._by_entity.get(entity, ()):
                thing.heard(entity)
        told.set()  # the first event tells all states

    def _record_changed(self, _event: Mapping[str, Any]) -> None:
        self._changed.set()

    def _lost(self, reason: str) -> None:
        self._connection = None
        self._subscription = None
        self._by_entity = {}
        self._states.expect(())
        self._changed.clear()
        for thing in self._things.values():
            thing.disconnected(reason)


async def _set(event: asyncio.Event) -> None:
    await event.wait()
