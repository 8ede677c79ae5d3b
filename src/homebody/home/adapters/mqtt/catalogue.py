"""What the broker tells of which devices there are, followed for those that a home has.

A bridge sends its whole list whenever anything in it changes, megabytes in a large home: it is read in a
thread, the latest one counting, and at most once a second.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any

from homebody.core.clock import Clock
from homebody.home.adapters.mqtt import zigbee
from homebody.home.adapters.mqtt.announcements import Announcements, topics_under
from homebody.home.adapters.mqtt.described import DISCOVERY, ZIGBEE, Described
from homebody.home.adapters.mqtt.payload import Payload, PayloadError

_log = logging.getLogger(__name__)

BETWEEN_LISTS_S = 1.0
SWARM_S = 0.05

Key = tuple[str, str]
"""``via`` and ``id`` of a binding."""
Tell = Callable[[Mapping[Key, Described | None]], Awaitable[None]]


class Catalogue:
    """``tell`` is called with those of ``wanted`` that are described anew, and with None for those that are
    no longer there. ``settings`` are the keys of ``adapters: mqtt``."""

    def __init__(
        self, settings: Mapping[str, Any], wanted: Collection[Key], tell: Tell, clock: Clock
    ) -> None:
        self._bridge: str = settings["zigbee2mqtt"]
        self._zigbee = {id_ for via, id_ in wanted if via == ZIGBEE}
        self._tell = tell
        self._clock = clock
        self._list: bytes | None = None
        self._listed = asyncio.Event()
        self._announced = {id_ for via, id_ in wanted if via == DISCOVERY}
        self._prefix: str = settings["discovery"]
        self._announcements = Announcements(self._prefix)
        self._changed: set[str] = set()
        self._heard = asyncio.Event()

    @property
    def topics(self) -> list[str]:
        """What must be heard to know of the wanted devices, and no more."""
        bridge = [zigbee.devices_topic(self._bridge)] if self._zigbee else []
        return bridge + (topics_under(self._prefix) if self._announced else [])

    def heard(self, topic: str, payload: Payload) -> bool:
        """Whether this message is about which devices there are."""
        if topic == zigbee.devices_topic(self._bridge):
            self._list = payload.data
            self._listed.set()
            return True
        if not self._announcements.are(topic):
            return False
        self._changed |= self._announcements.heard(topic, payload) & self._announced
        self._heard.set()
        return True

    async def read_lists(self) -> None:
        """For as long as the connection lasts."""
        while True:
            await self._listed.wait()
            self._listed.clear()
            data, self._list = self._list, None
            if data is not None:
                await self._read_list(data)
            await self._clock.sleep(BETWEEN_LISTS_S)

    async def read_announcements(self) -> None:
        """For as long as the connection lasts. They come in swarms: what came together is told together."""
        while True:
            await self._heard.wait()
            await self._clock.sleep(SWARM_S)
            self._heard.clear()
            changed, self._changed = self._changed, set()
            await self._tell({(DISCOVERY, id_): self._announcements.described(id_) for id_ in changed})

    async def _read_list(self, data: bytes) -> None:
        try:
            found = await asyncio.to_thread(zigbee.described, data, self._bridge)
        except PayloadError as error:
            _log.warning("the list of devices of %s cannot be understood: %s", self._bridge, error)
            return
        await self._tell({(ZIGBEE, id_): found.get(id_) for id_ in self._zigbee})
