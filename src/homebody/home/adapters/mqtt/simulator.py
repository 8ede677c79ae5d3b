"""A bridge like Zigbee2MQTT with simulated devices, at a real broker: for tests and rehearsals.

It publishes the retained list, answers ``set`` and ``get`` with the state, and misbehaves as told. It is no
Zigbee network: what a radio adds is not here.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiomqtt

SAMPLES: Mapping[str, list[dict[str, Any]]] = {
    "lamp": [{"type": "light", "features": [
        {"type": "binary", "name": "state", "property": "state", "access": 7, "value_on": "ON",
         "value_off": "OFF", "value_toggle": "TOGGLE"},
        {"type": "numeric", "name": "brightness", "property": "brightness", "access": 7, "value_min": 0,
         "value_max": 254},
        {"type": "numeric", "name": "color_temp", "property": "color_temp", "access": 7, "unit": "mired",
         "value_min": 153, "value_max": 500},
        {"type": "composite", "name": "color_xy", "property": "color", "access": 7, "features": [
            {"type": "numeric", "name": "x", "property": "x", "access": 7},
            {"type": "numeric", "name": "y", "property": "y", "access": 7}]}]},
        {"type": "enum", "name": "effect", "property": "effect", "access": 2,
         "values": ["blink", "breathe", "okay"]},
        {"type": "numeric", "name": "linkquality", "property": "linkquality", "access": 1, "unit": "lqi",
         "value_min": 0, "value_max": 255}],
    "curtain": [{"type": "cover", "features": [
        {"type": "enum", "name": "state", "property": "state", "access": 3,
         "values": ["OPEN", "CLOSE", "STOP"]},
        {"type": "numeric", "name": "position", "property": "position", "access": 7, "value_min": 0,
         "value_max": 100}]}],
    "door": [
        {"type": "binary", "name": "contact", "property": "contact", "access": 1, "value_on": False,
         "value_off": True},
        {"type": "numeric", "name": "battery", "property": "battery", "access": 1, "unit": "%",
         "value_min": 0, "value_max": 100}],
    "lock": [{"type": "lock", "features": [
        {"type": "binary", "name": "state", "property": "state", "access": 7, "value_on": "LOCK",
         "value_off": "UNLOCK"}]}],
}  # fmt: skip
"""What simulated devices expose, in Zigbee2MQTT's form."""


def listed(address: str, name: str, exposes: object, **more: Any) -> dict[str, Any]:
    """An entry of ``bridge/devices``."""
    definition = {"model": "S1", "vendor": "Simulated", "description": "simulated", "exposes": exposes}
    return {"ieee_address": address, "friendly_name": name, "type": "Router", "supported": True,
            "disabled": False, "definition": definition, **more}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class SimulatedZigbee:
    """``deaf``: takes commands, and does and tells nothing. ``lies``: tells its old state. ``latency`` in
    seconds before it tells."""

    address: str
    name: str
    exposes: object
    state: dict[str, Any] = field(default_factory=dict)
    retain: bool = False
    deaf: bool = False
    lies: bool = False
    latency: float = 0.0
    commands: list[dict[str, Any]] = field(default_factory=list)
    commanded: asyncio.Event = field(default_factory=asyncio.Event)


_WAYS = ("+/set", "+/get", "+/+/set", "+/+/get")  # a name may hold a slash


class SimulatedBridge:
    """A bridge under ``base``; ``run`` it until it is cancelled. It ends when the broker does."""

    def __init__(self, base: str = "zigbee2mqtt") -> None:
        self.base = base
        self.devices: dict[str, SimulatedZigbee] = {}
        self.running = asyncio.Event()
        self.client: aiomqtt.Client | None = None
        self._later: set[asyncio.Task[None]] = set()

    def add(self, kind: str, name: str, **more: Any) -> SimulatedZigbee:
        address = f"0x{len(self.devices) + 1:016x}"
        made = SimulatedZigbee(address=address, name=name, exposes=SAMPLES[kind], **more)
        self.devices[name] = made
        return made

    async def run(self, host: str, port: int, **client: Any) -> None:
        """Raises ``aiomqtt.MqttError`` when the broker goes away."""
        will = aiomqtt.Will(f"{self.base}/bridge/state", '{"state":"offline"}', retain=True)
        at_once = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
        async with aiomqtt.Client(host, port, will=will, socket_options=at_once, **client) as connected:
            self.client = connected
            try:
                await self.announce()
                await connected.subscribe([(f"{self.base}/{way}", 1) for way in _WAYS])
                self.running.set()
                async for message in connected.messages:
                    self._heard(message)
            finally:
                self.client = None
                self.running.clear()

    async def announce(self) -> None:
        """Tell that it is there, what there is, and how each is."""
        await self.publish("bridge/state", {"state": "online"}, retain=True)
        await self.publish(
            "bridge/devices",
            [{"ieee_address": f"0x{0:016x}", "type": "Coordinator", "friendly_name": "Coordinator"}]
            + [listed(each.address, each.name, each.exposes) for each in self.devices.values()],
            retain=True,
        )
        for device in self.devices.values():
            if device.retain:
                await self.tell(device)

    async def publish(self, topic: str, body: Any, *, retain: bool = False) -> None:
        """Under the bridge's base topic."""
        assert self.client is not None, "the bridge is not running"
        data = body if isinstance(body, str | bytes) else json.dumps(body, ensure_ascii=False)
        await self.client.publish(f"{self.base}/{topic}", data, qos=1, retain=retain)

    async def tell(self, device: SimulatedZigbee, **more: Any) -> None:
        await self.publish(device.name, {**device.state, **more}, retain=device.retain)

    def _heard(self, message: aiomqtt.Message) -> None:
        name, _, way = message.topic.value.removeprefix(f"{self.base}/").rpartition("/")
        device = self.devices.get(name)
        if device is None or not isinstance(message.payload, bytes):
            return
        body = json.loads(message.payload)
        if way == "set":
            device.commands.append(body)
            device.commanded.set()
            if device.deaf:
                return
            if not device.lies:
                device.state.update(body)
        elif device.deaf:
            return
        later = asyncio.ensure_future(self._answer(device))
        self._later.add(later)
        later.add_done_callback(self._later.discard)

    async def _answer(self, device: SimulatedZigbee) -> None:
        if device.latency:
            await asyncio.sleep(device.latency)
        if self.client is not None:
            await self.tell(device)
