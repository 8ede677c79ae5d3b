"""The devices of a home behind its broker: one connection, and a `Thing` for each device.

What a device can do is told by the broker itself, and again at each connection: by the list of a Zigbee2MQTT
bridge, or by discovery messages. So there is nothing to cache, and a device that is renamed there is found
again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping

from homebody.core.errors import HomebodyError, InputError, UnreachableError
from homebody.home.adapter import Link, Means, Push
from homebody.home.adapters.mqtt.broker import MUTED_S, Broker, Where
from homebody.home.adapters.mqtt.catalogue import Catalogue, Key
from homebody.home.adapters.mqtt.described import Described
from homebody.home.adapters.mqtt.thing import Thing
from homebody.home.device import Device, Home
from homebody.home.function import Value
from homebody.home.network.keeper import Keeper
from homebody.home.outcome import Operation

_log = logging.getLogger(__name__)

SETTLE_S = 1.0
"""So long after a connection what the broker keeps has come; what told nothing by then is asked."""
ASK_EVERY_S = 0.2
"""Between two devices that are asked: a radio network of a hundred lamps does not carry more."""


class Mqtt:
    """Things by device; several devices of a home may be the same thing on the broker."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._things: dict[str, Thing] = {}
        self._by_key: dict[Key, list[Thing]] = {}
        self._by_topic: dict[str, set[Thing]] = {}
        self._broker: Broker | None = None
        self._keeper: Keeper | None = None
        self._catalogue: Catalogue | None = None

    async def start(self, home: Home, push: Push) -> None:
        devices = [device for device in home.devices if device.adapter == self._means.name]
        settings = home.adapters.get("mqtt")
        if settings is None:
            raise InputError("The home file does not say where the broker is", hint="homebody devices broker")
        where = Where.of(settings)
        self._means.may_reach([where.host])
        broker = Broker(where, self._means, flooded=self._flooded)
        for device in devices:
            key = (home.bindings[device.id]["via"], home.bindings[device.id]["id"])
            thing = Thing(device, key[0], where.address, self._means.clock, push, broker.publish)
            self._things[device.id] = thing
            self._by_key.setdefault(key, []).append(thing)
        self._catalogue = Catalogue(settings, self._by_key, self._described, self._means.clock)
        self._broker = broker
        self._keeper = Keeper(
            self._hold, self._means.clock, name=f"the broker {where.address}", lost=self._lost
        )
        self._keeper.start()

    async def read(self, device: Device, only: str | None = None) -> Mapping[str, Value]:
        await self._reached()
        return await self._of(device).read(only)

    async def execute(self, device: Device, operation: Operation) -> None:
        await self._reached()
        await self._of(device).execute(operation)

    def live(self, device: Device) -> bool:
        thing = self._things.get(device.id)
        return thing is not None and self._keeper is not None and self._keeper.is_up and thing.live

    def link(self, device: Device) -> Link:
        if (thing := self._things.get(device.id)) is not None:
            return thing.contact.link()
        return Link(protocol="MQTT", problem="not started")

    async def stop(self) -> None:
        if self._keeper is not None:
            await self._keeper.stop()

    def _of(self, device: Device) -> Thing:
        try:
            return self._things[device.id]
        except KeyError:
            raise UnreachableError("the adapter is not started") from None

    # The connection

    async def _hold(self, up: Callable[[], None]) -> None:
        assert self._broker is not None and self._catalogue is not None
        try:
            async with self._broker.connected(), asyncio.TaskGroup() as tasks:
                await self._broker.hear(self._catalogue.topics)
                up()
                tasks.create_task(self._catalogue.read_lists())
                tasks.create_task(self._catalogue.read_announcements())
                tasks.create_task(self._ask_the_silent())
                await self._listen(self._broker, self._catalogue)
        except* HomebodyError as group:
            raise _first(group) from None

    async def _listen(self, broker: Broker, catalogue: Catalogue) -> None:
        async for topic, payload in broker.messages():
            if catalogue.heard(topic, payload):
                continue
            for thing in self._by_topic.get(topic, ()):
                thing.heard(topic, payload)

    def _lost(self, reason: str) -> None:
        self._by_topic.clear()
        for thing in self._things.values():
            thing.disconnected(reason)

    async def _reached(self) -> None:
        """Wait for the broker. Raises ``UnreachableError``."""
        if self._keeper is None:
            raise UnreachableError("not started")
        await self._keeper.reached()

    async def _ask_the_silent(self) -> None:
        """Where the broker keeps no states, devices are asked for theirs, a few at a time."""
        await self._means.clock.sleep(SETTLE_S)
        for thing in self._things.values():
            if thing.silent:
                await thing.ask()
                await self._means.clock.sleep(ASK_EVERY_S)

    # What the devices are

    async def _described(self, told: Mapping[Key, Described | None]) -> None:
        """Something on the broker tells what these devices are, or knows them no more."""
        assert self._broker is not None
        new: set[str] = set()
        for key, described in told.items():
            for thing in self._by_key.get(key, ()):
                before = thing.topics
                if missing := thing.describe(described):
                    _log.warning("%s: its description has no %s", thing.device.id, ", ".join(missing))
                for topic in before - thing.topics:
                    self._by_topic[topic].discard(thing)
                for topic in thing.topics - before:
                    self._by_topic.setdefault(topic, set()).add(thing)
                    new.add(topic)
        gone = {topic for topic, things in self._by_topic.items() if not things}
        for topic in gone:
            del self._by_topic[topic]
        # what the broker keeps it tells when it is subscribed to: for those who come later, once more
        await self._broker.forget(gone | new)
        await self._broker.hear(new)

    def _flooded(self, topic: str) -> None:
        _log.warning("more than the usual comes on %r: it is not listened to for a moment", topic)
        for thing in self._by_topic.get(topic, ()):
            thing.flooded(MUTED_S)


def _first(group: BaseExceptionGroup[HomebodyError]) -> HomebodyError:
    """What ended the connection; the other tasks ended with it."""
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
