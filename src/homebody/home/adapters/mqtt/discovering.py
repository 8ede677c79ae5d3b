"""Looking for devices through the broker that a home file names."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from homebody.core.errors import UnreachableError
from homebody.home.adapter import Found, Means
from homebody.home.adapters.mqtt import zigbee
from homebody.home.adapters.mqtt.announcements import Announcements, topics_under
from homebody.home.adapters.mqtt.broker import Broker, Where
from homebody.home.adapters.mqtt.described import Described
from homebody.home.adapters.mqtt.payload import Payload, PayloadError
from homebody.home.deadline import within

LISTEN_S = 1.5
"""What a broker keeps comes at once; this is for a slow one."""


async def discover(means: Means, where: Sequence[str], settings: Mapping[str, Any]) -> list[Found]:
    """See ``home.adapter.Discovery``. Nothing, where no broker is known or others were to be asked.

    Raises ``OSError`` where the broker cannot be reached.
    """
    if not settings or (where and settings["host"] not in where):
        return []
    try:
        known = await everything(means, settings)
    except UnreachableError as error:
        raise OSError(str(error)) from error
    address = Where.of(settings).address
    return [
        Found(
            adapter="mqtt", id=each.id, address=address, model=each.model, name=each.name.text("en"),
            known={"via": each.via, "kind": each.kind, "functions": str(len(each.wires))},
        )
        for each in known
    ]  # fmt: skip


async def everything(means: Means, settings: Mapping[str, Any]) -> list[Described]:
    """All that the broker tells of, by name. Raises ``UnreachableError``."""
    place = Where.of(settings)
    means.may_reach([place.host], by="the home file")
    broker = Broker(place, means)
    bridge: str = settings["zigbee2mqtt"]
    heard: dict[str, Payload] = {}

    async def listen() -> None:
        async for topic, payload in broker.messages():
            heard[topic] = payload

    async with broker.connected():
        await broker.hear([zigbee.devices_topic(bridge), *topics_under(settings["discovery"])])
        with contextlib.suppress(TimeoutError):
            await within(means.clock, LISTEN_S, listen())
    announced = Announcements(settings["discovery"])
    for topic, payload in heard.items():
        if announced.are(topic):
            announced.heard(topic, payload)
    known = [*await asyncio.to_thread(_listed, heard, bridge), *map(announced.described, announced.ids())]
    return sorted((each for each in known if each is not None), key=lambda each: each.name.text("en"))


def _listed(heard: Mapping[str, Payload], bridge: str) -> list[Described]:
    listed = heard.get(zigbee.devices_topic(bridge))
    try:
        return list(zigbee.described(listed.data, bridge).values()) if listed else []
    except PayloadError as error:
        raise UnreachableError(f"the list of devices of {bridge} cannot be understood: {error}") from error
